"""The queue: which tickets wait, and in which order. The same :func:`rank` is stored by both programs and sorted by their databases."""

from __future__ import annotations

import datetime as dt

from desk_core.people import Member
from desk_core.policy import OrderKey, Policy
from desk_core.scope import covers
from desk_core.tickets import Ticket

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LAST = "9" * 15


def _instant(at: dt.datetime | None) -> str:
    """Milliseconds since 1970 as fixed-width digits, so that text order is time order; what has no instant comes last."""
    if at is None:
        return _LAST
    return f"{max(0, (at - _EPOCH) // dt.timedelta(milliseconds=1)):015d}"


def _part(key: OrderKey, ticket: Ticket) -> str:
    if key == "deadline":
        clock = ticket.leading_clock
        return _instant(clock.deadline if clock else None)
    if key == "received":
        return _instant(ticket.received_at)
    return ticket.reference.rjust(12, "0")


def rank(policy: Policy, ticket: Ticket) -> str:
    """The sort key of an active ticket under the policy's order, ready for ``ORDER BY`` in binary collation; "" for a finished one.

    Without a deadline a ticket comes after those with one, by the next key; the reference breaks ties, so the order is total.
    """
    if not ticket.active:
        return ""
    keys = policy.queue.order if "reference" in policy.queue.order else (*policy.queue.order, "reference")
    return "|".join(_part(key, ticket) for key in keys)


def waits(ticket: Ticket) -> bool:
    """True when nobody holds it and it can be taken."""
    return ticket.status == "open" and not ticket.holder


def takeable(member: Member, ticket: Ticket) -> bool:
    """True when *Take next* may give the ticket to the member."""
    return waits(ticket) and covers(member, ticket.department)
