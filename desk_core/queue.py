"""The queue: which tickets wait, and in which order. The same :func:`rank` is stored by both programs and sorted by their databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from desk_core.people import Member
from desk_core.policy import OrderKey, Policy
from desk_core.references import grouped
from desk_core.scope import covers
from desk_core.tickets import Ticket
from desk_core.views import View
from desk_core.wording import Refusal, refuse

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

    ``policy`` is the one in force, also for a ticket that keeps the rules of an earlier version (A-01): one queue has one order. What
    the order goes by, such as its deadline, is the ticket's own.
    Without a deadline a ticket comes after those with one, by the next key; the reference breaks ties, so the order is total.
    """
    if not ticket.active:
        return ""
    keys = policy.queue.order if "reference" in policy.queue.order else (*policy.queue.order, "reference")
    return "|".join(_part(key, ticket) for key in keys)


def waits(ticket: Ticket) -> bool:
    """True when nobody holds it and it can be taken: triaged (V-01), approved where that is owed (V-15), and after the
    customer's earlier issue (V-21)."""
    free = ticket.status == "open" and not ticket.holder
    return free and not ticket.triage_owed and not ticket.follows and ticket.approval in ("", "approved")


def takeable(member: Member, ticket: Ticket) -> bool:
    """True when *Take next* may give the ticket to the member."""
    return waits(ticket) and covers(member, ticket.department) and member.id not in ticket.excluded


def blocked(view: View, member: Member, ticket: Ticket, now: dt.datetime) -> Refusal | None:
    """Why the member may not take a waiting ticket at ``now``, or None: the customer's earlier issue (V-21), a holiday (V-20)."""
    policy = view.policy
    if ticket.triage_owed:
        return refuse("triage_owed", "ticket")
    if ticket.approval in ("waiting", "rejected"):
        owing = next((each for each in policy.approvals if ticket.kind in each.kinds), None)
        found = policy.department(owing.department) if owing else None
        return refuse("approval_owed", "ticket", department=found.title if found else "")
    if policy.queue.one_per_customer and ticket.customer:
        first = next(iter(view.open_issues(ticket.customer)), ticket)
        if first.id != ticket.id:
            return refuse("previous_issue_open", "ticket", reference=grouped(first.reference))
    return _off_duty(view, member, ticket, now)


def holiday(policy: Policy, now: dt.datetime) -> bool:
    """True while it is a public holiday of the calendar for which a duty roster is kept (V-20)."""
    if policy.duty is None:
        return False
    spec = policy.calendar(policy.duty.calendar).spec
    return now.astimezone(ZoneInfo(spec.zone)).date() in {day.date for day in spec.holidays}


def _off_duty(view: View, member: Member, ticket: Ticket, now: dt.datetime) -> Refusal | None:
    duty = view.policy.duty
    if duty is None or not holiday(view.policy, now):
        return None
    if not ticket.common:
        return refuse("holiday_common_only", "ticket")
    today = now.astimezone(ZoneInfo(view.policy.calendar(duty.calendar).spec.zone)).date()
    if any(entry.member == member.id and entry.due == today for entry in view.entries(duty.register)):
        return None
    return refuse("not_on_duty", "ticket")


def stalled(tickets: Iterable[Ticket], now: dt.datetime, hours: float) -> tuple[Ticket, ...]:
    """The active tickets on which nothing has happened for so many hours, the oldest first (V-02)."""
    late = [t for t in tickets if t.active and now - t.changed_at > dt.timedelta(hours=hours)]
    return tuple(sorted(late, key=lambda t: t.changed_at))
