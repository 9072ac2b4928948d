"""The rows of the list of call backs: the number large, who and what below it, the countdown at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space, Type
from desk_client.ui.widgets.shapes import CHIP_RATIO, CHIP_WEIGHT, chip_height, chip_width, draw_chip
from desk_client.ui.widgets.text import visible_text
from desk_client.ui.words import Mark
from desk_core import references

Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 84
_FIRST = 30
_PITCH = 19


@dataclass(frozen=True, slots=True)
class CallBack:
    """One call that is owed. ``phone`` is in readable groups, ``reference`` has digits only, ``holder`` is empty while nobody has it."""

    ticket: str
    phone: str
    who: str
    company: str
    title: str
    category: str
    reference: str
    due: str
    holder: str
    mark: Mark


class CallBackModel(QAbstractListModel):
    """What is owed, by deadline."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[CallBack] = ()

    def show(self, items: Sequence[CallBack]) -> None:
        """Show these; only what changed is drawn again while the same calls are owed."""
        if [item.ticket for item in items] == [item.ticket for item in self._items]:
            before, self._items = self._items, tuple(items)
            for place, (old, new) in enumerate(zip(before, items, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def items(self) -> Sequence[CallBack]:
        """What is on show."""
        return self._items

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many calls are owed."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The record, a line of plain text, or the whole as a sentence for screen readers."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return visible_text(f"{item.who} {item.company}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (
                item.phone,
                item.who,
                item.company,
                item.title,
                item.category,
                item.due,
                item.mark.words,
                item.holder,
            )
            return visible_text(", ".join(part for part in (*parts, references.grouped(item.reference)) if part))
        return None


class CallBackDelegate(QStyledItemDelegate):
    """Paints one call."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row has the same height, which grows with the type."""
        return QSize(look().scaled(Size.QUEUE_LEAST), look().scaled(_ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, chip and due time at the right, three lines at the left."""
        item: CallBack | None = index.data(ITEM_ROLE)
        if item is None:
            return
        painter.save()
        cell: QRect = option.rect
        self._paint_ground(painter, cell, option.state)
        now, colours = look(), look().colours
        inner = cell.adjusted(Space.L, now.scaled(8), -Space.L, 0)
        taken = self._paint_right(painter, inner, item)
        left = inner.adjusted(0, 0, -taken, 0)
        big = now.font(Type.TIMER, Type.STRONG)
        _line(painter, big, colours.text, item.phone, left, 0, now.scaled(_FIRST - 4))
        who = " · ".join(part for part in (item.who, item.company) if part)
        _line(
            painter, now.font(Type.BODY, Type.STRONG), colours.text, who, left, now.scaled(_FIRST), now.scaled(_PITCH)
        )
        what = " · ".join(part for part in (item.title, item.category, item.holder) if part)
        below = now.scaled(_FIRST + _PITCH)
        _line(painter, now.font(Type.SECONDARY), colours.secondary, what, inner, below, now.scaled(_PITCH))
        painter.restore()

    def _paint_ground(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        colours = look().colours
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(colours.selected if selected else colours.hover))
        painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), QColor(colours.line))
        if selected:
            painter.fillRect(QRect(cell.left(), cell.top(), Size.SELECTED_BAR, cell.height()), QColor(colours.accent))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), Size.FOCUS))
            painter.drawRect(cell.adjusted(1, 1, -1, -2))

    def _paint_right(self, painter: QPainter, inner: QRect, item: CallBack) -> int:
        """Chip, and below it when it is due and who has it; how much room they take."""
        now, colours = look(), look().colours
        words, height = visible_text(item.mark.words), chip_height(now)
        font = now.font(CHIP_RATIO, CHIP_WEIGHT)
        width = chip_width(QFontMetricsF(font), words, now) if words else 0
        painter.setFont(font)
        area = QRectF(inner.right() + 1 - width, inner.top() + (now.scaled(_FIRST - 4) - height) / 2, width, height)
        if words:
            draw_chip(painter, area, item.mark.tone, words, now, check=item.mark.settled)
        small = now.font(Type.SECONDARY)
        second = " · ".join(part for part in (item.due, references.grouped(item.reference)) if part)
        needed = round(QFontMetricsF(small).horizontalAdvance(second))
        painter.setFont(small)
        painter.setPen(QColor(colours.secondary))
        line = inner.adjusted(0, now.scaled(_FIRST), 0, 0)
        line.setHeight(now.scaled(_PITCH))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, second)
        return max(width, needed) + Space.M


def _line(painter: QPainter, font: QFont, colour: str, text: str, area: QRect, top: int, height: int) -> None:
    shown = visible_text(text).replace("\n", " ")
    cut = QFontMetricsF(font).elidedText(shown, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    place = QRect(area.left(), area.top() + top, area.width(), height)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)


class CallBackList(QListView):
    """Arrows move, Enter or a double click opens. ``moved`` when another call is selected; both carry the ticket's id."""

    moved = Signal(str)
    opened = Signal(str)

    def __init__(self, model: CallBackModel) -> None:
        super().__init__()
        self._rows = model
        self.setProperty("place", "queue")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Call backs"))
        self.setModel(model)
        self.setItemDelegate(CallBackDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def current(self) -> CallBack | None:
        """The call that is selected."""
        index = self.currentIndex()
        return self._rows.items()[index.row()] if index.isValid() else None

    def show_items(self, items: Sequence[CallBack]) -> None:
        """Show these; the selected call stays selected, else the one in its place (23)."""
        before, place = self.current(), max(0, self.currentIndex().row())
        self._rows.show(items)
        if not items:
            return
        ids = [item.ticket for item in items]
        row = ids.index(before.ticket) if before and before.ticket in ids else min(place, len(ids) - 1)
        self.setCurrentIndex(self._rows.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the person is."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(self._rows.items()[current.row()].ticket)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.items()[index.row()].ticket)
