"""Paints a row of the queue: three lines and a chip. Texts are cut and laid out once, not in each paint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_client.ui.i18n import tr
from desk_client.ui.queue.countdown import Countdown, Countdowns
from desk_client.ui.queue.model import ROW_ROLE
from desk_client.ui.queue.row import QueueRow
from desk_client.ui.theme import Look, look
from desk_client.ui.tokens import Size, Space, Type
from desk_client.ui.widgets.shapes import CHIP_RATIO, CHIP_WEIGHT, chip_height, chip_width, draw_chip
from desk_client.ui.widgets.text import visible_text
from desk_core import references

_ROW_HEIGHT = 66
_TOP = 8
_PITCH = 18
_KEPT = 512


@dataclass(slots=True)
class _Lines:
    """The texts of a row, cut to a width."""

    row: QueueRow
    width: int
    chip: int
    reference: QStaticText
    company: QStaticText
    title: QStaticText
    promise: QStaticText
    holder: QStaticText
    company_left: float
    holder_left: float


class _Fonts:
    """The fonts of a row and their measures, made once for a look."""

    def __init__(self, now: Look) -> None:
        self.look = now
        self.strong = now.font(Type.BODY, Type.STRONG)
        self.body = now.font(Type.BODY)
        self.small = now.font(Type.SECONDARY)
        self.small_strong = now.font(Type.SECONDARY, Type.STRONG)
        self.chip = now.font(CHIP_RATIO, CHIP_WEIGHT)
        self.chip_metrics = QFontMetricsF(self.chip)


class QueueDelegate(QStyledItemDelegate):
    """Three lines: reference and company; what is wrong; which promise and when. The chip stands at the right of the first."""

    def __init__(
        self, countdowns: Countdowns, is_dirty: Callable[[QRect], bool], parent: QObject | None = None
    ) -> None:
        """``is_dirty`` tells whether the paint event at work touches an area, so that a tick draws chips and nothing else."""
        super().__init__(parent)
        self._is_dirty = is_dirty
        self._countdowns = countdowns
        self._lines: dict[int, _Lines] = {}
        self._fonts = _Fonts(look())
        self._show_office = False

    def set_show_office(self, show: bool) -> None:
        """Name the office in the third line, for members who see more than one."""
        self._show_office = show
        self._lines.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row has the same height, which grows with the type."""
        return QSize(look().scaled(Size.QUEUE_LEAST), look().scaled(_ROW_HEIGHT))

    def chip_rect(self, cell: QRect, chip: Countdown) -> QRect:
        """Where the chip of a row stands."""
        now = self._current().look
        width = chip_width(self._current().chip_metrics, chip.words, now) if chip.words else 0
        right = cell.right() + 1 - Space.L
        return QRect(right - width, cell.top() + now.scaled(_TOP), width, chip_height(now))

    def first_line_rect(self, cell: QRect) -> QRect:
        """The strip that a tick may change: a longer chip can make the company shorter."""
        now = self._current().look
        return QRect(cell.left(), cell.top() + now.scaled(_TOP), cell.width(), chip_height(now))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        fonts = self._current()
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, cell, state, fonts.look)
        row = index.data(ROW_ROLE)
        if row is None:
            painter.setPen(QColor(fonts.look.colours.secondary))
            painter.drawText(cell.adjusted(Space.L, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, tr("This ticket is gone"))
        else:
            self._paint_row(painter, cell, row, fonts)
        painter.restore()

    def _paint_ground(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag, now: Look) -> None:
        colours = now.colours
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(colours.selected if selected else colours.hover))
        left = cell.left() + Space.L
        painter.fillRect(QRect(left, cell.bottom(), cell.right() - left + 1, 1), QColor(colours.line))
        if selected:
            bar = QRect(cell.left(), cell.top(), Size.SELECTED_BAR, cell.height())
            painter.fillRect(bar, QColor(colours.accent))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), Size.FOCUS))
            painter.drawRect(cell.adjusted(1, 1, -1, -2))

    def _paint_row(self, painter: QPainter, cell: QRect, row: QueueRow, fonts: _Fonts) -> None:
        chip = self._countdowns.of(row)
        area = self.chip_rect(cell, chip)
        if self._is_dirty(QRect(cell.left(), cell.top(), area.left() - cell.left(), cell.height())):
            self._paint_lines(painter, cell, self._lines_of(row, cell.width(), area.width(), fonts), fonts)
        if chip.words:
            painter.setFont(fonts.chip)
            draw_chip(painter, QRectF(area), chip.tone, chip.words, fonts.look)

    def _paint_lines(self, painter: QPainter, cell: QRect, lines: _Lines, fonts: _Fonts) -> None:
        now = fonts.look
        left, top, pitch = cell.left() + Space.L, cell.top() + now.scaled(_TOP), now.scaled(_PITCH)
        secondary, text = QColor(now.colours.secondary), QColor(now.colours.text)
        self._draw(painter, fonts.small_strong, secondary, lines.reference, left, top, pitch)
        self._draw(painter, fonts.strong, text, lines.company, cell.left() + lines.company_left, top, pitch)
        self._draw(painter, fonts.body, text, lines.title, left, top + pitch, pitch)
        third = top + 2 * pitch
        self._draw(painter, fonts.small, secondary, lines.promise, left, third, pitch)
        if lines.row.holder:
            self._draw(painter, fonts.small, secondary, lines.holder, cell.left() + lines.holder_left, third, pitch)

    @staticmethod
    def _draw(
        painter: QPainter, font: QFont, colour: QColor, text: QStaticText, left: float, top: float, pitch: int
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawStaticText(QPointF(left, top + (pitch - text.size().height()) / 2), text)

    def _lines_of(self, row: QueueRow, width: int, chip: int, fonts: _Fonts) -> _Lines:
        known = self._lines.get(row.ticket_id)
        if known is not None and known.row is row and known.width == width and known.chip == chip:
            return known
        if len(self._lines) >= _KEPT:
            self._lines.clear()
        made = self._lay_out(row, width, chip, fonts)
        self._lines[row.ticket_id] = made
        return made

    def _lay_out(self, row: QueueRow, width: int, chip: int, fonts: _Fonts) -> _Lines:
        now = fonts.look
        edge = Space.L
        space = width - 2 * edge
        reference = references.grouped(row.reference)
        # Companies stand in one column whatever the digits; a longer reference pushes only its own.
        company_left = edge + max(
            now.scaled(82), round(QFontMetricsF(fonts.small_strong).horizontalAdvance(reference)) + Space.M
        )
        holder = tr("held by {name}", name=row.holder) if row.holder else ""
        held = _cut(holder, fonts.small, space * 0.5)
        held_width = QFontMetricsF(fonts.small).horizontalAdvance(held)
        parts = [row.promise, row.due_text, row.office if self._show_office else ""]
        third = " · ".join(part for part in parts if part)
        return _Lines(
            row=row,
            width=width,
            chip=chip,
            reference=_static(reference, fonts.small_strong),
            company=_static(
                _cut(row.company, fonts.strong, width - company_left - edge - chip - Space.S), fonts.strong
            ),
            title=_static(_cut(row.title, fonts.body, space), fonts.body),
            promise=_static(_cut(third, fonts.small, space - held_width - Space.M), fonts.small),
            holder=_static(held, fonts.small),
            company_left=company_left,
            holder_left=width - edge - held_width,
        )

    def _current(self) -> _Fonts:
        now = look()
        if self._fonts.look is not now:
            self._fonts = _Fonts(now)
            self._lines.clear()
        return self._fonts


def _cut(text: str, font: QFont, width: float) -> str:
    shown = visible_text(text).replace("\n", " ")
    return QFontMetricsF(font).elidedText(shown, Qt.TextElideMode.ElideRight, max(0.0, width))


def _static(text: str, font: QFont) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font)
    return made
