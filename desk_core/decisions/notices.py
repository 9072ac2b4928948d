"""Whom time acts concern inside the house: warnings, missed promises, and what turned out otherwise (H-04, H-14, TS-12).

The words are the policy's messages ``clock_warning``, ``breach_notice`` and ``breach_correction``; a policy without one of them tells
nobody that. Every notice has a once-key of what it is about, so that no repetition makes a second one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from desk_core import events as e
from desk_core import routing
from desk_core.calls import Call
from desk_core.events_of_service import CallEscalated, MessageMade
from desk_core.messages import Facts, make, wanted
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.tickets import Fault, Ticket
from desk_core.views import View
from desk_core.zones import CalendarError

WARNING = "clock_warning"
BREACH = "breach_notice"
CORRECTION = "breach_correction"


def opening(policy: Policy, calendar_id: str, now: dt.datetime) -> dt.datetime | None:
    """When the calendar opens next, None while it is open: notices of time acts wait for it. A calendar that never opens, or that is not
    known any more, holds nothing back."""
    try:
        calendar = policy.calendar(calendar_id)
        return None if calendar.is_open(now) else calendar.next_open(now)
    except (CalendarError, KeyError):
        return None


def of_warning(
    view: View, policy: Policy, ticket: Ticket, near: e.DeadlineNear, at: dt.datetime
) -> Iterator[MessageMade]:
    """To the roles that the clock names; else to who holds the ticket; else to who is told of a breach; else to the first step of the
    ladder."""
    rule = policy.clock(near.clock)
    if rule is None:
        return
    holder = view.member(ticket.holder) if ticket.holder else None
    people = [member for role in rule.warn_to for member in _first(view, role, ticket, at)]
    if not rule.warn_to and holder is not None:
        people = [holder]
    elif not rule.warn_to:
        roles = rule.on_breach.notify if rule.on_breach is not None else ()
        roles = roles or tuple(step.role for step in policy.ladder[:1])
        people = [member for role in roles for member in _first(view, role, ticket, at)]
    clock = ticket.clock(near.clock)
    started = _instant(clock.started_at) if clock is not None else ""
    for member in dict.fromkeys(people):
        key = f"{ticket.id}/{near.clock}/{started}/{near.warning}/{member.id}"
        yield from _notice(policy, WARNING, ticket, near, member, key)


def of_breach(
    view: View, policy: Policy, ticket: Ticket, passed: e.DeadlinePassed, at: dt.datetime
) -> Iterator[MessageMade]:
    """To the roles that the clock's ``on_breach`` names."""
    rule = policy.clock(passed.clock)
    for role in rule.on_breach.notify if rule is not None and rule.on_breach is not None else ():
        for member in _first(view, role, ticket, at):
            yield from _notice(policy, BREACH, ticket, passed, member, _breach_key(ticket, passed.clock, role, at))


def of_correction(
    view: View, policy: Policy, before: Ticket, after: Ticket, stopped: e.ClockStopped, now: dt.datetime
) -> Iterator[MessageMade]:
    """A promise that was recorded as missed was met, which was learnt late: those who were told otherwise are told so, when the
    promise's calendar opens (TS-12)."""
    clock, rule = before.clock(stopped.clock), policy.clock(stopped.clock)
    if not (stopped.met and stopped.learnt_late) or clock is None or clock.breached_at is None or rule is None:
        return
    at = clock.breached_at
    named = rule.on_breach.notify if rule.on_breach is not None else ()
    roles = [role for role in named if f"{BREACH}/{_breach_key(before, clock.id, role, at)}" in before.sent]
    roles += [each.role for each in before.escalations if each.clock == clock.id and each.at == at]
    for role in dict.fromkeys(roles):
        for member in _first(view, role, after, now):
            key = _breach_key(before, clock.id, role, at)
            for made in _notice(policy, CORRECTION, after, e.DeadlinePassed(clock=clock.id), member, key):
                yield msgspec.structs.replace(made, not_before=opening(policy, clock.calendar, now))


def of_call(
    view: View, policy: Policy, call: Call, wish: CallEscalated, key: str, at: dt.datetime
) -> Iterator[MessageMade]:
    """A caller wants somebody of the ladder on a call that is no ticket: the policy's messages say so with what is known of the call
    (H-28). ``key`` is the command's id."""
    known = Ticket(
        id="",
        reference=call.reference,
        channel="phone",
        department=call.department,
        office=call.office,
        fault=Fault(phone=call.number, phone_e164=call.number_e164),
        received_at=call.rang_at or at,
        changed_at=at,
    )
    for message in wanted(policy, known, wish):
        people = routing.holders(view, message.role, at) if message.role else ()
        facts = Facts(next(iter(people), None), roles={message.role: people})
        yield make(policy, message, known, wish, key, facts)


def _first(view: View, role: str, ticket: Ticket, at: dt.datetime) -> Iterable[Member]:
    return routing.holders(view, role, at, excluded=ticket.excluded)[:1]


def _breach_key(ticket: Ticket, clock: str, role: str, at: dt.datetime) -> str:
    return f"{ticket.id}/{clock}/{role}/{_instant(at)}"


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


def _notice(policy: Policy, name: str, ticket: Ticket, what: e.What, member: Member, key: str) -> Iterator[MessageMade]:
    message = policy.message(name)
    if message is not None:
        made = make(policy, message, ticket, what, key, Facts(member))
        yield msgspec.structs.replace(made, to=member.email, answers="")
