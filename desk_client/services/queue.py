"""The queue and the lists beside it: the call-back list, what is in hand, a customer's open tickets (H-14)."""

from __future__ import annotations

from collections.abc import Sequence

from desk_client.models import queries
from desk_client.models.access import Access, Here
from desk_client.services.records import Page, Row
from desk_core import queue
from desk_core.scope import covers, reads_all

PAGE = 50


class Queue:
    """Lists of tickets in the policy's order; read-only."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def page(
        self,
        *,
        department: str = "",
        mine: bool = False,
        waiting: bool = False,
        call_backs: bool = False,
        after: str = "",
        size: int = PAGE,
    ) -> Page:
        """The next rows after the place ``after``. ``mine`` holds what the member holds, ``waiting`` what *Take next* can give,
        ``call_backs`` what is owed a call; nothing chosen: everything open that the member reads, which is more than the member's
        departments for those who follow every ticket (V-02)."""
        with self._access.read() as here:
            chosen = _filter(here, department, mine, waiting, call_backs)
            found = queries.queue_page(here.reading.cache, chosen, after, size)
            names = _names(here)
        rows = tuple(row(r, names) for r in found)
        return Page(rows=rows, after=rows[-1].rank if len(rows) == size else "")

    def ids(
        self, *, department: str = "", mine: bool = False, waiting: bool = False, call_backs: bool = False
    ) -> tuple[str, ...]:
        """The ids of a whole list, in order; :meth:`rows` fetches what is painted."""
        with self._access.read() as here:
            return tuple(queries.queue_ids(here.reading.cache, _filter(here, department, mine, waiting, call_backs)))

    def rows(self, ids: Sequence[str]) -> tuple[Row, ...]:
        """Rows by id, in the order asked for; those that have gone are left out."""
        with self._access.read() as here:
            found, names = queries.tickets(here.reading.cache, list(ids)), _names(here)
        return tuple(row(r, names) for r in found)

    def count(
        self, *, department: str = "", mine: bool = False, waiting: bool = False, call_backs: bool = False
    ) -> int:
        """How many tickets a list holds."""
        with self._access.read() as here:
            return queries.count(here.reading.cache, _filter(here, department, mine, waiting, call_backs))

    def next(self, department: str = "") -> Row | None:
        """What *Take next* would probably give: the first one that waits. Only the server can say."""
        with self._access.read() as here:
            after = ""
            while True:
                found = queries.queue_page(
                    here.reading.cache, _filter(here, department, False, True, False), after, PAGE
                )
                for ranked in found:
                    if queue.takeable(here.member, ranked.ticket):
                        return row(ranked, _names(here))
                if len(found) < PAGE:
                    return None
                after = found[-1].rank

    def in_hand(self) -> tuple[Row, ...]:
        """What the member holds."""
        return self.page(mine=True, size=500).rows

    def stalled(self, hours: float) -> tuple[Row, ...]:
        """The open tickets that the member reads and on which nothing has happened for so many hours, the oldest first (V-02)."""
        with self._access.read() as here:
            cache, chosen = here.reading.cache, _filter(here, "", False, False, False)
            found = queries.tickets(cache, queries.queue_ids(cache, chosen))
            ranked, names = {each.ticket.id: each for each in found}, _names(here)
            late = queue.stalled((each.ticket for each in found), self._access.now(), hours)
        return tuple(row(ranked[ticket.id], names) for ticket in late)

    def of_customer(self, customer: str) -> tuple[Row, ...]:
        """A customer's open tickets in the member's departments: the duplicate hint (point 13)."""
        with self._access.read() as here:
            chosen = queries.Filter(departments=_scope(here), also_held_by=here.member.id, customer=customer)
            found, names = queries.queue_page(here.reading.cache, chosen, "", PAGE), _names(here)
        return tuple(row(r, names) for r in found)


def _scope(here: Here, *, reading: bool = True) -> tuple[str, ...]:
    """The departments of a list, none: all that this machine has."""
    if not here.member.departments or (reading and reads_all(here.policy, here.member)):
        return ()
    return tuple(d.id for d in here.policy.departments if covers(here.member, d.id))


def _filter(here: Here, department: str, mine: bool, waiting: bool, call_backs: bool) -> queries.Filter:
    return queries.Filter(
        departments=(department,) if department else _scope(here, reading=not (waiting or call_backs)),
        also_held_by="" if department else here.member.id,
        holder=here.member.id if mine else "",
        waiting=waiting,
        call_back=call_backs,
    )


def _names(here: Here) -> dict[str, str]:
    return queries.names(here.reading.cache) | {here.member.id: here.member.name}


def row(ranked: queries.Ranked, names: dict[str, str]) -> Row:
    """The row of a list."""
    ticket, rank, unsent = ranked
    return Row(ticket, names.get(ticket.holder, ""), rank, unsent)
