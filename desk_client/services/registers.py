"""The desk's registers: their lines, what is overdue, who is absent and whom a question goes to (A-14, A-20, A-21, E-25, E-29, E-36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from desk_client.models import queries
from desk_client.models.access import Access, Here
from desk_client.models.network import Network
from desk_client.services.acting import Acting
from desk_client.services.errors import Missing
from desk_client.services.records import Record, Saved
from desk_client.services.words import office_zone
from desk_core import registers, routing
from desk_core.commands_of_service import AddEntry, ChangeEntry, EnterAbsence
from desk_core.people import Member, fold
from desk_core.policy_tables import Register
from desk_core.records import Entry, Value
from desk_core.scope import closed, keeps_closed

_SHORTEST = 4
"""Letters of a line's id that are enough to name it, when no other line begins so."""


class Line(Record, frozen=True, kw_only=True):
    """A line of a register. ``subject`` is what it is about in words (a customer's name), ``reference`` the number of its ticket;
    ``unsent`` marks work of this machine that the server has not judged yet."""

    entry: Entry
    register: Register
    member: str = ""
    subject: str = ""
    reference: str = ""
    overdue: bool = False
    unsent: bool = False


class Counted(Record, frozen=True, kw_only=True):
    """A register with how many lines it has, and how many of them are overdue."""

    register: Register
    lines: int
    overdue: int


class Suggested(Record, frozen=True, kw_only=True):
    """Whom a question goes to, and whether the member is absent now."""

    member: Member
    absent: bool


class Registers:
    """What a member reads in registers and writes into them."""

    def __init__(self, access: Access, network: Network, new_id: Callable[[], str]) -> None:
        self._access = access
        self._acting = Acting(access, network)
        self._new_id = new_id

    # --- looking ---------------------------------------------------------------------------------------------------------

    def all(self) -> tuple[Counted, ...]:
        """The registers that the member may read, in the policy's order."""
        with self._access.read() as here:
            today = self._today(here)
            return tuple(_counted(here, register, today) for register in _readable(here))

    def named(self, typed: str) -> Register:
        """The register with this id or title, one that the member may read. Raises ``Missing``."""
        with self._access.read() as here:
            return _named(here, typed)

    def lines(self, register: str, *, overdue: bool = False) -> tuple[Line, ...]:
        """The lines of a register (by id or title), the oldest first; with ``overdue`` those alone that are. Raises ``Missing`` for a
        register that the member may not read."""
        with self._access.read() as here:
            found = _named(here, register)
            entries = here.view.entries(found.id)
            late = {entry.id for entry in registers.overdue(found, entries, self._today(here))}
            unsent = queries.unsent_entries(here.reading.cache)
            return tuple(
                _line(here, found, entry, late, unsent) for entry in entries if entry.id in late or not overdue
            )

    def line(self, typed: str) -> Line:
        """The line with this id, or whose id alone begins so. Raises ``Missing``."""
        with self._access.read() as here:
            everything = [line for register in _readable(here) for line in self.lines(register.id)]
        found = [line for line in everything if line.entry.id == typed]
        if not found and len(typed) >= _SHORTEST:
            found = [line for line in everything if line.entry.id.startswith(typed)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Missing(f"More than one line begins with “{typed}”; write more of its id.", code="ambiguous_entry")
        raise Missing(
            f"There is no line with the id “{typed}”; the command register lists them with theirs.",
            code="no_such_entry",
        )

    def suggested(self, typed: str) -> tuple[Suggested, ...]:
        """Whom a type of question goes to: the primary contact, then the secondary one; who is absent comes last (E-29). Raises
        ``Missing``."""
        with self._access.read() as here:
            routes, now = here.policy.routes, self._access.now()
            route = next((each for each in routes if fold(typed) in (fold(each.id), fold(each.title))), None)
            if route is None:
                names = ", ".join(each.id for each in routes) or "none"
                raise Missing(
                    f"There is no type of question called “{typed}”; choose one of: {names}.", code="unknown_route"
                )
            people = routing.suggested(here.view, route.id, now)
            return tuple(Suggested(member=each, absent=routing.away(here.view, each.id, now)) for each in people)

    # --- writing ---------------------------------------------------------------------------------------------------------

    def add(
        self,
        register: str,
        values: Iterable[Value],
        *,
        member: str = "",
        subject: str = "",
        ticket: str = "",
        due: dt.date | None = None,
    ) -> AddEntry:
        """The command for a new line, with its id; :meth:`give` carries it out."""
        return AddEntry(
            entry=self._new_id(),
            register=register,
            values=tuple(values),
            member=member,
            subject=subject,
            ticket=ticket,
            due=due,
        )

    def absence(self, member: str, begins: dt.datetime, ends: dt.datetime, notice: str = "") -> EnterAbsence:
        """The command for an absence, with its id; :meth:`give` carries it out (E-36, E-37)."""
        return EnterAbsence(entry=self._new_id(), member=member, begins=begins, ends=ends, notice=notice)

    def give(self, ask: AddEntry | ChangeEntry | EnterAbsence) -> Future[Saved]:
        """Carry it out: the line shows at once, network or not."""
        return self._acting.ask(ask)

    def _today(self, here: Here) -> dt.date:
        """The day at the member's office: a line is overdue from the morning after its date."""
        return self._access.now().astimezone(office_zone(here.policy, here.member.office)).date()


def _readable(here: Here) -> list[Register]:
    return [each for each in here.policy.registers if not closed(each) or keeps_closed(here.member)]


def _named(here: Here, typed: str) -> Register:
    choices = _readable(here)
    found = next((each for each in choices if fold(typed) in (fold(each.id), fold(each.title))), None)
    if found is None:
        names = ", ".join(each.id for each in choices) or "none"
        raise Missing(
            f"There is no register called “{typed}” that you may read; choose one of: {names}.",
            code="unknown_register",
            params={"value": typed, "choices": names},
        )
    return found


def _counted(here: Here, register: Register, today: dt.date) -> Counted:
    entries = here.view.entries(register.id)
    return Counted(register=register, lines=len(entries), overdue=len(registers.overdue(register, entries, today)))


def _line(here: Here, register: Register, entry: Entry, late: set[str], unsent: set[str]) -> Line:
    member = here.view.member(entry.member) if entry.member else None
    customer = here.view.customer(entry.subject) if entry.subject else None
    ticket = here.view.ticket(entry.ticket) if entry.ticket else None
    return Line(
        entry=entry,
        register=register,
        member=member.name if member else entry.member,
        subject=customer.name if customer else entry.subject,
        reference=ticket.reference if ticket else "",
        overdue=entry.id in late,
        unsent=entry.id in unsent,
    )
