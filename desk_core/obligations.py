"""What is still owed on a ticket because of something that happened, with its deadline (A-42, A-43, K-25)."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk_core.policy import Policy
from desk_core.tickets import Ticket


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """An obligation that is not fulfilled; ``message`` is the one that fulfils it, ``late`` when its promise was missed."""

    id: str
    title: str
    message: str
    deadline: dt.datetime | None
    late: bool


def still_owed(policy: Policy, ticket: Ticket) -> tuple[str, ...]:
    """What is owed on a ticket that is solved or closed: its promises to the customer that nobody has kept, the first due first, each as
    a hint with its title and its deadline on a clock of its calendar (:data:`desk_core.wording.HINTS`)."""
    office = policy.office(ticket.office) or policy.offices[0]
    found = [(each.due, each.what, office.calendar) for each in ticket.promises if each.kept_at is None]
    for clock in ticket.clocks:
        rule = policy.clock(clock.id)
        promised = rule is not None and not rule.measure and clock.owed and clock.state != "exempt"
        if promised and clock.deadline is not None:
            found.append((clock.deadline, clock.title, clock.calendar))
    return tuple(
        f"still_owed:{due.astimezone(policy.calendar(calendar).zone):%Y-%m-%d %H:%M %z}/{title}"
        for due, title, calendar in sorted(found)
    )


def owed(policy: Policy, ticket: Ticket) -> tuple[Owed, ...]:
    """The obligations whose clock runs or was missed and is owed still, the first due first. One that a message fulfils by itself at
    once, without a clock, is never open."""
    found = []
    for rule in policy.obligations:
        clock = ticket.clock(rule.clock) if rule.clock else None
        if clock is not None and clock.owed and clock.state != "exempt":
            late = clock.state == "missed"
            found.append(Owed(id=rule.id, title=rule.title, message=rule.message, deadline=clock.deadline, late=late))
    return tuple(sorted(found, key=lambda each: (each.deadline is None, each.deadline)))
