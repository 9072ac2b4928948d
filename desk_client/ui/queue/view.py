"""The list of the queue: keys, ticks of the countdown, and a selection that survives a sync."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QListView

from desk_client.ui.i18n import tr
from desk_client.ui.queue.countdown import Countdown, Countdowns
from desk_client.ui.queue.delegate import QueueDelegate
from desk_client.ui.queue.model import QueueModel
from desk_client.ui.queue.uniform import UniformList
from desk_core import references


class QueueView(UniformList):
    """Shows a :class:`QueueModel`.

    ``picked`` carries the id of the ticket that the person moved to, ``opened`` that of the one they opened by Enter or double click.
    """

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, model: QueueModel, countdowns: Countdowns) -> None:
        super().__init__()
        self._rows, self._countdowns, self._restoring = model, countdowns, False
        self._typed, self._since_typed = "", QElapsedTimer()
        self._delegate = QueueDelegate(countdowns, self.is_dirty, self)
        self.setProperty("place", "queue")
        self.setAccessibleName(tr("Waiting tickets"))
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.doubleClicked.connect(self._open)

    def set_show_office(self, show: bool) -> None:
        """Name the office in each row."""
        self._delegate.set_show_office(show)
        self.viewport().update()

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these tickets in this order; the selected ticket stays selected and what is on top stays on top (23)."""
        if len(ids) == len(self._rows.ids()) and ids == self._rows.ids():
            self._rows.refetch()
            self.viewport().update()
            return
        current, place, top = self.current_id(), self.currentIndex().row(), self._top()
        self._restoring = True
        try:
            self._rows.set_ids(ids)
            self.select_id(current, place)
            self._scroll_to(top)
        finally:
            self._restoring = False

    def current_id(self) -> int | None:
        """The selected ticket."""
        index = self.currentIndex()
        return self._rows.ids()[index.row()] if index.isValid() else None

    def select_id(self, ticket_id: int | None, near: int = 0) -> bool:
        """Select a ticket if it is in the list; ``near`` is where it probably stands."""
        position = -1 if ticket_id is None else self._rows.row_of(ticket_id, near)
        if position >= 0:
            self.setCurrentIndex(self._rows.index(position))
        return position >= 0

    def neighbour(self, steps: int) -> int | None:
        """The ticket so many rows below (or above, negative) the selected one; without a selection the first, None past an end."""
        index, ids = self.currentIndex(), self._rows.ids()
        row = index.row() + steps if index.isValid() else 0
        return ids[row] if 0 <= row < len(ids) else None

    def tick(self, now: datetime) -> None:
        """Go on to ``now`` (aware): repaint the chips of those visible rows whose words have changed; hidden, do nothing."""
        if not self.isVisible():
            return
        before = self._countdowns.advance(now)
        for position in self.visible_rows():
            row = self._rows.row(position)
            if row is not None and before.get(row.ticket_id) != self._countdowns.of(row):
                cell = self.visualRect(self._rows.index(position))
                self.viewport().update(self._changed(cell, before.get(row.ticket_id), self._countdowns.of(row)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, copy puts the row on the clipboard as tab-separated text (58)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Type-ahead by company or reference, without reading the whole of a long list."""
        paused = not self._since_typed.isValid() or self._since_typed.elapsed() > QApplication.keyboardInputInterval()
        self._typed = search if paused else self._typed + search
        self._since_typed.start()
        if not self._rows.rowCount():
            return
        # The first letter goes on from the row after the current one, so that it can be pressed again for the next match.
        start = max(0, self.currentIndex().row() + (1 if paused else 0))
        position = self._rows.find_prefix(self._typed, start)
        if position >= 0:
            self.setCurrentIndex(self._rows.index(position))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which ticket the person moved to; not when a sync put the selection back."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._restoring:
            self.picked.emit(self._rows.ids()[current.row()])

    def _changed(self, cell: QRect, old: Countdown | None, new: Countdown) -> QRect:
        """What to repaint: the chip, or the whole first line when a chip of another length leaves the company more or less room."""
        chip = self._delegate.chip_rect(cell, new)
        if old is not None and self._delegate.chip_rect(cell, old) == chip:
            return chip
        return self._delegate.first_line_rect(cell)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.ids()[index.row()])

    def _copy(self) -> None:
        index = self.currentIndex()
        row = self._rows.row(index.row()) if index.isValid() else None
        if row:
            cells = (references.grouped(row.reference), row.company, row.title, row.promise, row.due_text)
            QGuiApplication.clipboard().setText("\t".join(cell.replace("\t", " ") for cell in cells))

    def _top(self) -> tuple[int, int, int] | None:
        index = self.indexAt(self.viewport().rect().topLeft())
        if not index.isValid() or not self.verticalScrollBar().value():
            return None
        return self._rows.ids()[index.row()], index.row(), self.visualRect(index).top()

    def _scroll_to(self, top: tuple[int, int, int] | None) -> None:
        position = self._rows.row_of(top[0], top[1]) if top else -1
        if top and position >= 0:
            self.scrollTo(self._rows.index(position), QListView.ScrollHint.PositionAtTop)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - top[2])


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
