"""The rows of a list that may be very long: ids in memory, pages of rows fetched when they are painted, no proxy."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_client.ui.i18n import tr
from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.row import QueueRow
from desk_client.ui.widgets.text import visible_text
from desk_core import references

Index = QModelIndex | QPersistentModelIndex

PAGE = 128
PAGES_KEPT = 16
_NEAR = 64
TYPE_AHEAD_ROWS = 1_000
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class QueueModel(QAbstractListModel):
    """Ids first, rows on demand.

    ``page(ids)`` answers the rows of these ids in their order, None for one that is gone; it runs on the GUI thread and reads from the
    local cache only. A row that is gone is shown as such, nothing is raised into Qt.
    """

    def __init__(
        self,
        page: Callable[[Sequence[int]], Sequence[QueueRow | None]],
        countdowns: Countdowns,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._countdowns = countdowns
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Sequence[QueueRow | None]] = OrderedDict()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these tickets in this order. The view restores selection and scroll position by id."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()

    def refetch(self) -> None:
        """The same tickets, whose content may have changed."""
        pages = sorted(self._pages)
        self._forget()
        for number in pages:
            last = min((number + 1) * PAGE, len(self._ids)) - 1
            self.dataChanged.emit(self.index(number * PAGE), self.index(last))

    def ids(self) -> Sequence[int]:
        """The ids in order."""
        return self._ids

    def row_of(self, ticket_id: int, near: int = 0) -> int:
        """Where a ticket stands, or -1; a ticket that is still close to the position ``near`` is found at once."""
        start = max(0, near - _NEAR)
        for position in range(start, min(len(self._ids), near + _NEAR)):
            if self._ids[position] == ticket_id:
                return position
        try:
            return self._ids.index(ticket_id)
        except ValueError:
            return -1

    def row(self, position: int) -> QueueRow | None:
        """The row at a position; None when the ticket is gone."""
        number, offset = divmod(position, PAGE)
        rows = self._pages.get(number)
        if rows is None:
            rows = self._page(self._ids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = rows
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return rows[offset] if offset < len(rows) else None

    def find_prefix(self, text: str, start: int) -> int:
        """The next row after ``start`` whose company or reference begins with ``text``; it looks at a thousand rows, or -1."""
        wanted = text.casefold()
        count = len(self._ids)
        for step in range(min(count, TYPE_AHEAD_ROWS)):
            position = (start + step) % count
            row = self.row(position)
            if row and (row.company.casefold().startswith(wanted) or row.reference.startswith(wanted)):
                return position
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many tickets the list has."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The record (ROW_ROLE), one line of plain text, or the whole as a sentence for screen readers."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ROW_ROLE:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index.row())
            return (
                visible_text(f"{references.grouped(row.reference)} {row.company}") if row else tr("This ticket is gone")
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            return self._sentence(row) if row else tr("This ticket is gone")
        return None

    def _sentence(self, row: QueueRow) -> str:
        parts = [
            references.grouped(row.reference),
            row.company,
            row.title,
            " ".join(part for part in (row.promise, row.due_text) if part),
            self._countdowns.of(row).detail,
            tr("held by {name}", name=row.holder) if row.holder else "",
            row.department,
            row.office,
        ]
        return visible_text(", ".join(part for part in parts if part))

    def _forget(self) -> None:
        self._pages.clear()
        self._countdowns.forget()
