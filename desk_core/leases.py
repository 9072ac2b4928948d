"""Work leases: what was taken from the queue is handed out for a time, and its holder keeps it by staying in contact.

A lease begins with the taking and ends ``[queue] lease_time`` after the holder's last contact with the server, counted by the calendar of
the ticket's office. Both programs ask these functions; the server alone lets a lease end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from desk_core.calendars import Calendar
from desk_core.clocks import UNSET
from desk_core.durations import parse_amount
from desk_core.policy import Policy
from desk_core.tickets import Ticket
from desk_core.zones import CalendarError


def lease_end(policy: Policy, ticket: Ticket, contact: dt.datetime | None) -> dt.datetime | None:
    """Until when its holder has the ticket without another contact; None: for good. ``policy`` is the one in force, ``contact`` the
    holder's last one (None: there was none yet, so nothing was handed out)."""
    rule = policy.queue
    if not on_lease(ticket) or ticket.taken_at is None or contact is None:
        return None
    if not rule.lease_size or rule.lease_time == UNSET:
        return None
    try:
        return _calendar(policy, ticket).add(max(ticket.taken_at, contact), parse_amount(rule.lease_time)).at
    except CalendarError:
        return None  # nothing is taken from anybody by a calendar that cannot count


def on_lease(ticket: Ticket) -> bool:
    """True while it is held as the queue gave it. One that waits for the customer is nobody's turn, and stays."""
    return bool(ticket.holder) and ticket.taken_at is not None and ticket.status == "open"


def workable_alone(policy: Policy, held: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Of what a member holds, the tickets that were handed out for work without network: the last taken, as many as the policy says."""
    taken = sorted(
        (each for each in held if on_lease(each)), key=lambda each: (each.taken_at, each.reference), reverse=True
    )
    return tuple(taken[: policy.queue.lease_size])


def _calendar(policy: Policy, ticket: Ticket) -> Calendar:
    office = policy.office(ticket.office) or policy.offices[0]
    return policy.calendar(office.calendar)
