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
