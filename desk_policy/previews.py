"""What a changed policy would do to the promises that are running, before anybody publishes it (A-01, TS-13).

When nothing but the dates of calendars differs, publishing revises them and running promises are counted anew. Anything else is a new
version: running tickets keep the one under which they were opened, and only what is opened later is due otherwise. Both are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec

from desk_core.calendars import CalendarError
from desk_core.clocks import deadline
from desk_core.explanation_texts import display_deadline
from desk_core.exports import ExportedTicket
from desk_core.policy import Policy
from desk_core.policy_versions import revision
from desk_core.tickets import Clock
from desk_policy.cases import read_line

Effect = Literal["moves", "keeps"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A running promise that the new policy counts otherwise: it ``moves`` to ``new_deadline``, or ``keeps`` its own while a ticket opened
    under the new policy would be due then; without ``new_deadline`` the new policy does not make that promise."""

    reference: str
    clock: str
    calendar: str
    effect: Effect
    old_deadline: dt.datetime
    new_deadline: dt.datetime | None
    moved_seconds: float | None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The changes in the order in which they are due now, and how many running promises of how many tickets were looked at."""

    changes: tuple[Change, ...]
    tickets: int
    running: int

    @property
    def moved(self) -> int:
        """How many deadlines move."""
        return sum(change.effect == "moves" for change in self.changes)


def preview(old: Policy, new: Policy, tickets: Iterable[ExportedTicket], now: dt.datetime) -> Preview:
    """What publishing ``new`` in place of ``old`` does to the running promises of the tickets; what is kept, missed or overdue at ``now``
    stays as it is (TS-12). Raises CalendarError for amounts that the new calendars cannot count.
    """
    effect: Effect = "keeps" if revision(old, new) is None else "moves"
    changes: list[Change] = []
    looked = running = 0
    for ticket in tickets:
        looked += 1
        for clock in ticket.clocks:
            if clock.state != "running" or clock.deadline is None or clock.deadline < now:
                continue
            running += 1
            then = _deadline(old, new, ticket, clock)
            if then != clock.deadline:
                changes.append(_change(ticket, clock, effect, clock.deadline, then))
    changes.sort(key=lambda change: (change.old_deadline, change.reference, change.clock))
    return Preview(changes=tuple(changes), tickets=looked, running=running)


def read_tickets(lines: Iterable[bytes], place: str) -> list[ExportedTicket]:
    """The tickets of JSON lines. Raises CalendarError with ``place`` and number of a line that is no ticket."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(read_line(line, ExportedTicket))
            except CalendarError as error:
                raise CalendarError(f"{place}, line {number}: {error}") from None
    return found


def sentence(change: Change, old: Policy, new: Policy) -> str:
    """A change as one line for people, in the zone of the promise's calendar."""
    zone = next(p.calendar(change.calendar) for p in (old, new) if change.calendar in _calendars(p)).zone
    was = display_deadline(change.old_deadline, zone)
    if change.new_deadline is None or change.moved_seconds is None:
        return f"{change.reference}  {change.clock}: {was} stays; the new policy does not make this promise"
    then = f"{display_deadline(change.new_deadline, zone)} ({_length(change.moved_seconds)})"
    if change.effect == "moves":
        return f"{change.reference}  {change.clock}: {was} moves to {then}"
    return f"{change.reference}  {change.clock}: {was} stays; opened under the new policy it would be {then}"


def _deadline(old: Policy, new: Policy, ticket: ExportedTicket, clock: Clock) -> dt.datetime | None:
    """When the promise would be due by the new policy; None when that does not make it."""
    before, after = old.clock(clock.id), new.clock(clock.id)
    if after is None:
        return None
    calendar = (ticket.common and after.common_calendar) or new.calendar_id(after, ticket.office)
    if calendar not in _calendars(new):
        return None
    # An amount that was agreed with the customer is nobody's to change.
    agreed = before is None or before.amount != clock.amount
    return deadline(new, calendar, clock.amount if agreed else after.amount, clock.started_at, clock.pauses)


def _change(ticket: ExportedTicket, clock: Clock, effect: Effect, was: dt.datetime, then: dt.datetime | None) -> Change:
    return Change(
        reference=ticket.reference,
        clock=clock.id,
        calendar=clock.calendar,
        effect="keeps" if then is None else effect,
        old_deadline=was,
        new_deadline=then,
        moved_seconds=None if then is None else (then - was).total_seconds(),
    )


def _calendars(policy: Policy) -> list[str]:
    return [spec.id for spec in policy.calendars]


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(abs(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = ((days, "d"), (hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{n} {unit}" for n, unit in units if n) + (" later" if seconds > 0 else " earlier")
