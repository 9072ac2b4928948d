"""Lists to choose from: two lines each and perhaps a chip. One takes the focus; the other hangs under a field while the person types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space, Tone, Type
from desk_client.ui.widgets.shapes import CHIP_RATIO, CHIP_WEIGHT, chip_height, chip_width, draw_chip
from desk_client.ui.widgets.text import announce, visible_text

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_OFFERED = 7
_LEAST_BELOW = 150


@dataclass(frozen=True, slots=True)
class Item:
    """One choice: ``key`` is for the program; the second line, the chip and the shortcut may be missing."""

    key: str
    title: str
    detail: str = ""
    chip: str = ""
    tone: Tone = Tone.PAUSED
    keys: str = ""


class ItemModel(QAbstractListModel):
    """The choices on show."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Show these."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def items(self) -> Sequence[Item]:
        """What is on show."""
        return self._items

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The record, or the whole as one plain sentence."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return visible_text(item.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return visible_text(", ".join(part for part in (item.title, item.detail, item.chip, item.keys) if part))
        return None


class ItemDelegate(QStyledItemDelegate):
    """Paints a choice."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line or two."""
        item = index.data(ITEM_ROLE)
        return QSize(look().scaled(120), look().scaled(46 if item is not None and item.detail else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, chip, two lines."""
        item: Item | None = index.data(ITEM_ROLE)
        if item is None:
            return
        now, colours = look(), look().colours
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(colours.selected if selected else colours.hover))
        if selected:
            painter.fillRect(QRect(cell.left(), cell.top(), Size.SELECTED_BAR, cell.height()), QColor(colours.accent))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), Size.FOCUS))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        inner = cell.adjusted(Space.M, now.scaled(4), -Space.M, -now.scaled(4))
        chip = self._paint_chip(painter, inner, item) + self._paint_keys(painter, inner, item)
        title_font = now.font(Type.BODY, Type.STRONG if item.detail else Type.REGULAR)
        half = inner.height() // 2 if item.detail else inner.height()
        first = QRect(inner.left(), inner.top(), inner.width() - chip, half)
        _draw(painter, title_font, colours.text, item.title, first)
        if item.detail:
            second = QRect(inner.left(), inner.top() + half, inner.width() - chip, half)
            _draw(painter, now.font(Type.SECONDARY), colours.secondary, item.detail, second)
        painter.restore()

    def _paint_keys(self, painter: QPainter, inner: QRect, item: Item) -> int:
        """Write the shortcut at the right; how much room it takes."""
        if not item.keys:
            return 0
        font = look().font(Type.SECONDARY)
        painter.setFont(font)
        painter.setPen(QColor(look().colours.secondary))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.keys)
        return round(QFontMetricsF(font).horizontalAdvance(item.keys)) + Space.M

    def _paint_chip(self, painter: QPainter, inner: QRect, item: Item) -> int:
        """Draw the chip at the right; how much room it takes."""
        if not item.chip:
            return 0
        now = look()
        font = now.font(CHIP_RATIO, CHIP_WEIGHT)
        width = chip_width(QFontMetricsF(font), visible_text(item.chip), now)
        height = chip_height(now)
        top = inner.center().y() - height / 2 + 1
        painter.setFont(font)
        draw_chip(
            painter, QRectF(inner.right() + 1 - width, top, width, height), item.tone, visible_text(item.chip), now
        )
        return width + Space.S


def _draw(painter: QPainter, font: QFont, colour: str, text: str, area: QRect) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(
        visible_text(text).replace("\n", " "), Qt.TextElideMode.ElideRight, area.width()
    )
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class _List(QListView):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = ItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(ItemDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def items(self) -> Sequence[Item]:
        """The choices on show."""
        return self._model.items()

    def current(self) -> Item | None:
        """The choice that is selected."""
        index = self.currentIndex()
        found: Item | None = index.data(ITEM_ROLE) if index.isValid() else None
        return found

    def content_height(self) -> int:
        """What all choices together need, in pixels."""
        return sum(self.sizeHintForRow(place) for place in range(self._model.rowCount()))


class ChoiceList(_List):
    """A list that takes the focus: arrows move, Enter or a double click chooses. ``moved`` and ``chosen`` carry the key."""

    moved = Signal(str)
    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setProperty("place", "queue")
        self.doubleClicked.connect(self._choose)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these; the selected one stays selected when it is still there."""
        if tuple(items) == tuple(self.items()):
            return
        before = self.current()
        self._model.show(items)
        if before is not None:
            self.select(before.key)

    def fit(self) -> None:
        """Be no higher than what there is to choose from, and not there at all without any."""
        self.setMaximumHeight(self.content_height() + 2)
        self.setVisible(bool(self.items()))

    def select(self, key: str) -> bool:
        """Select a choice."""
        for place, item in enumerate(self.items()):
            if item.key == key:
                self.setCurrentIndex(self._model.index(place))
                return True
        return False

    def step(self, steps: int) -> None:
        """Move the selection; from nothing selected to the first."""
        last = self._model.rowCount() - 1
        index = self.currentIndex()
        place = min(max(index.row() + steps, 0), last) if index.isValid() else 0
        if last >= 0:
            self.setCurrentIndex(self._model.index(place))

    def choose_current(self) -> None:
        """As if Enter had been pressed."""
        self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """The first choice is selected when the keyboard comes."""
        super().focusInEvent(event)
        if not self.selectedIndexes() and self._model.rowCount():
            # Qt has made the first one the current one by now, without selecting it.
            index = self.currentIndex() if self.currentIndex().isValid() else self._model.index(0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the person is."""
        super().currentChanged(current, previous)
        item = current.data(ITEM_ROLE) if current.isValid() else None
        self.moved.emit(item.key if item is not None else "")

    def _choose(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROLE) if index.isValid() else None
        if item is not None:
            self.chosen.emit(item.key)


class Offers(QObject):
    """Choices that hang under a field while the person types. The field keeps the focus; Down goes into the list, Enter picks the selected
    one (nothing is preselected, 3), Esc puts the list away, and typing simply goes on. ``picked`` carries the key; ``wanted`` when Down is
    pressed while nothing hangs there. In a text of several lines they hang under the cursor, and Tab picks the selected or the first one.
    """

    picked = Signal(str)
    wanted = Signal()

    def __init__(self, editor: QLineEdit | QPlainTextEdit, name: str) -> None:
        super().__init__(editor)
        self._editor = editor
        self._list = _List(name)
        self._list.setProperty("popup", True)
        self._list.setFrameShape(QFrame.Shape.StyledPanel)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._pick)
        self._list.setParent(editor)
        self._list.hide()
        editor.installEventFilter(self)

    @property
    def shown(self) -> bool:
        """True while the list hangs there."""
        return not self._list.isHidden()

    def items(self) -> Sequence[Item]:
        """What is offered."""
        return self._list.items() if self.shown else ()

    def offer(self, items: Sequence[Item]) -> None:
        """Hang these under the field; none takes the list away. Only a field that has the focus gets them."""
        if not items or not self._editor.hasFocus():
            self.put_away()
            return
        if tuple(items) == tuple(self.items()):
            return
        window: QWidget = self._editor.window()
        self._list.setParent(window)
        self._list._model.show(items)
        self._list.setCurrentIndex(QModelIndex())
        self._place(window)
        self._list.show()
        self._list.raise_()
        announce(self._editor, tr("%n choices, press Down", "", len(items), one="%n choice, press Down"))

    def follow(self) -> None:
        """The field has moved."""
        if self.shown:
            self._place(self._editor.window())

    def put_away(self) -> None:
        """Nothing is offered any more."""
        if self.shown:
            self._list.hide()
            # It ends with its field, wherever it hung.
            self._list.setParent(self._editor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list while the focus stays in the field."""
        if event.type() == QEvent.Type.FocusOut and self.shown:
            self.put_away()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self.shown:
                return self._key(event)
            if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.wanted.emit()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, last = event.key(), len(self._list.items()) - 1
        place = self._list.currentIndex().row() if self._list.currentIndex().isValid() else -1
        if key == Qt.Key.Key_Down:
            self._list.setCurrentIndex(self._list.model().index(min(place + 1, last), 0))
            self._say()
        elif key == Qt.Key.Key_Up and place > 0:
            self._list.setCurrentIndex(self._list.model().index(place - 1, 0))
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place >= 0:
            self._pick(self._list.currentIndex())
        elif key == Qt.Key.Key_Tab and isinstance(self._editor, QPlainTextEdit):
            self._pick(self._list.model().index(max(place, 0), 0))
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            return False
        return True

    def _say(self) -> None:
        announce(self._editor, str(self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)))

    def _pick(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROLE) if index.isValid() else None
        self.put_away()
        if item is not None:
            self.picked.emit(item.key)

    def _place(self, window: QWidget) -> None:
        width = max(self._editor.width(), look().scaled(320))
        corner = self._editor.mapTo(window, QPoint(0, self._editor.height() + 2))
        if isinstance(self._editor, QPlainTextEdit):
            width = look().scaled(400)
            corner = self._editor.viewport().mapTo(window, self._editor.cursorRect().bottomLeft() + QPoint(0, 2))
        left = min(corner.x(), max(0, window.width() - width - Space.S))
        rows = min(len(self._list.items()), _MOST_OFFERED)
        height = sum(self._list.sizeHintForRow(place) for place in range(rows)) + 2 * Space.XS + 4
        below = window.height() - corner.y() - Space.S
        if below < min(height, look().scaled(_LEAST_BELOW)) and isinstance(self._editor, QPlainTextEdit):
            line = self._editor.cursorRect().height() + 4
            self._list.setGeometry(left, max(Space.S, corner.y() - line - height), width, height)
            return
        self._list.setGeometry(left, corner.y(), width, min(height, below))
