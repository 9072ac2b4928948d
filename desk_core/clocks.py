"""What an event does to the promises of its ticket: which clocks it starts, pauses, stops or moves, and whether a promise was kept.

The rules come from the policy's ``[[clock]]`` tables. Amount, calendar and deadline are pinned in the event that starts a clock, so that
history never changes with a later policy (TS-13); a stop at the deadline itself is in time (TS-4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk_core.durations import parse_amount
from desk_core.events import (
    AnyClockChange,
    ClockBreached,
    ClockMoved,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    OfficeMoved,
    What,
)
from desk_core.explanations import Step, explain
from desk_core.policy import ClockRule, Policy
from desk_core.tickets import Clock, Pause, Ticket

UNSET = "unset"


def deadline(
    policy: Policy, calendar: str, amount: str, start: dt.datetime, pauses: tuple[Pause, ...] = ()
) -> dt.datetime | None:
    """The instant at which ``amount`` is used up in ``calendar``, without the pauses; None for an unset amount or an endless pause."""
    if amount == UNSET or any(p.end is None for p in pauses):
        return None
    spans = [(p.start, p.end) for p in pauses]
    return policy.calendar(calendar).add(start, parse_amount(amount), spans).at


def react(
    policy: Policy,
    ticket: Ticket,
    what: What,
    at: dt.datetime,
    recorded_at: dt.datetime,
    functions: Iterable[str],
) -> tuple[AnyClockChange, ...]:
    """The clock changes of one event on ``ticket`` (as it is after the event). ``functions`` are the policy roles of who acted (H-15)."""
    kind = str(what.__struct_config__.tag)
    acting = frozenset(functions)
    changes: list[AnyClockChange] = []
    for rule in policy.clocks:
        clock = ticket.clock(rule.id)
        if clock is not None and clock.owed:
            changes += _on_owed(policy, ticket, rule, clock, kind, what, at, recorded_at, acting)
        elif kind == rule.starts and _applies(rule, ticket):
            changes.append(_start(policy, ticket, rule, at))
    return tuple(changes)


def _applies(rule: ClockRule, ticket: Ticket) -> bool:
    return rule.when != "entitled" or ticket.entitlement.entitled


def _begins(at: dt.datetime) -> dt.datetime:
    """Promises count from the whole second: it is what people read and say, and never later than the event (TS-11)."""
    return at.replace(microsecond=0)


def _start(policy: Policy, ticket: Ticket, rule: ClockRule, at: dt.datetime) -> ClockStarted:
    at = _begins(at)
    calendar = policy.calendar_id(rule, ticket.office)
    return ClockStarted(
        clock=rule.id,
        title=rule.title,
        rules=rule.rules,
        started_at=at,
        amount=rule.amount,
        calendar=calendar,
        deadline=deadline(policy, calendar, rule.amount, at),
    )


def _on_owed(
    policy: Policy,
    ticket: Ticket,
    rule: ClockRule,
    clock: Clock,
    kind: str,
    what: What,
    at: dt.datetime,
    recorded_at: dt.datetime,
    acting: frozenset[str],
) -> list[AnyClockChange]:
    if any(stop.event == kind and (not stop.by or stop.by in acting) for stop in rule.stops):
        met = clock.deadline is None or at <= clock.deadline
        late_news = met and clock.deadline is not None and recorded_at > clock.deadline
        return [ClockStopped(clock=rule.id, at=at, met=met, learnt_late=late_news)]
    if clock.state == "running" and any(p.begins == kind for p in rule.pauses):
        return [ClockPaused(clock=rule.id, at=at)]
    if clock.state == "paused" and any(p.ends == kind for p in rule.pauses):
        pauses = closed_pauses(clock, at)
        return [
            ClockResumed(
                clock=rule.id, at=at, deadline=deadline(policy, clock.calendar, clock.amount, clock.started_at, pauses)
            )
        ]
    if isinstance(what, OfficeMoved) and clock.state == "running":
        return _moved(policy, ticket, rule, clock)
    return []


def _moved(policy: Policy, ticket: Ticket, rule: ClockRule, clock: Clock) -> list[AnyClockChange]:
    """A running promise counts on in the new office's calendar; old and new deadline are kept (H-35)."""
    calendar = policy.calendar_id(rule, ticket.office)
    if calendar == clock.calendar:
        return []
    new = deadline(policy, calendar, clock.amount, clock.started_at, clock.pauses)
    return [ClockMoved(clock=rule.id, calendar=calendar, old_deadline=clock.deadline, deadline=new)]


def breaches(ticket: Ticket, now: dt.datetime) -> tuple[ClockBreached, ...]:
    """The promises of a ticket whose deadline has passed at ``now`` and that are not yet marked missed (TS-12)."""
    return tuple(
        ClockBreached(clock=c.id, at=c.deadline)
        for c in ticket.clocks
        if c.state == "running" and c.deadline is not None and c.deadline < now
    )


def closed_pauses(clock: Clock, at: dt.datetime) -> tuple[Pause, ...]:
    """The pauses of a clock with the open one ended at ``at``."""
    return tuple(msgspec.structs.replace(p, end=at) if p.end is None else p for p in clock.pauses)


def apply_change(clocks: tuple[Clock, ...], change: AnyClockChange) -> tuple[Clock, ...]:
    """The clocks of a ticket after one change; a change to a clock that is not there changes nothing."""
    if isinstance(change, ClockStarted):
        started = Clock(
            id=change.clock,
            title=change.title,
            rules=change.rules,
            started_at=change.started_at,
            amount=change.amount,
            calendar=change.calendar,
            deadline=change.deadline,
        )
        return (*clocks, started)
    newest = next((i for i in range(len(clocks) - 1, -1, -1) if clocks[i].id == change.clock), None)
    if newest is None:
        return clocks
    changed = _changed(clocks[newest], change)
    return (*clocks[:newest], changed, *clocks[newest + 1 :])


def _changed(clock: Clock, change: AnyClockChange) -> Clock:
    replace = msgspec.structs.replace
    match change:
        case ClockPaused(at=at):
            return replace(clock, state="paused", pauses=(*clock.pauses, Pause(at)))
        case ClockResumed(at=at, deadline=due):
            return replace(clock, state="running", pauses=closed_pauses(clock, at), deadline=due)
        case ClockStopped(at=at, met=met, learnt_late=learnt_late):
            return replace(clock, state="met" if met else "missed", stopped_at=at, learnt_late=learnt_late)
        case ClockMoved(calendar=calendar, deadline=due):
            return replace(clock, calendar=calendar, deadline=due)
        case ClockBreached(at=at):
            return replace(clock, state="missed", breached_at=at)
        case _:
            return clock


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """Why a promise is due when it is: its rules with their sentences, the arithmetic step by step, and how it stands now.

    ``zone`` is the calendar's, in which every time is shown (TS-10). ``open_seconds_left`` is open time until the deadline, 0 when late,
    None without a deadline. ``next_opening`` is set while the calendar is closed.
    """

    clock: str
    title: str
    rules: tuple[tuple[str, str], ...]
    amount: str
    calendar: str
    zone: str
    state: str
    started_at: dt.datetime
    deadline: dt.datetime | None
    steps: tuple[Step, ...]
    open_seconds_left: float | None
    next_opening: dt.datetime | None


def explain_clock(policy: Policy, ticket: Ticket, clock_id: str, now: dt.datetime) -> Why | None:
    """The explanation of a ticket's clock, from what was pinned when it started; None when the ticket has no such clock."""
    clock = ticket.clock(clock_id)
    return None if clock is None else _why(policy, clock, now)


def if_started(policy: Policy, clock_id: str, office: str, start: dt.datetime) -> Why | None:
    """What would be promised if the clock started at ``start``: shown before the agent promises it. None for an unknown clock."""
    rule = policy.clock(clock_id)
    if rule is None:
        return None
    calendar = policy.calendar_id(rule, office)
    start = _begins(start)
    due = deadline(policy, calendar, rule.amount, start)
    clock = Clock(
        id=rule.id,
        title=rule.title,
        rules=rule.rules,
        started_at=start,
        amount=rule.amount,
        calendar=calendar,
        deadline=due,
    )
    return _why(policy, clock, start)


def _why(policy: Policy, clock: Clock, now: dt.datetime) -> Why:
    calendar = policy.calendar(clock.calendar)
    spans = [(p.start, p.end) for p in clock.pauses]
    steps = () if clock.amount == UNSET else explain(calendar, clock.started_at, parse_amount(clock.amount), spans)
    left = None
    if clock.deadline is not None:
        left = calendar.open_seconds_between(now, clock.deadline) if now < clock.deadline else 0.0
    sentences = ((rule_id, policy.rule(rule_id)) for rule_id in clock.rules)
    return Why(
        clock=clock.id,
        title=clock.title,
        rules=tuple((rule_id, rule.text if rule else "") for rule_id, rule in sentences),
        amount=clock.amount,
        calendar=clock.calendar,
        zone=calendar.spec.zone,
        state=clock.state,
        started_at=clock.started_at,
        deadline=clock.deadline,
        steps=steps,
        open_seconds_left=left,
        next_opening=None if calendar.is_open(now) else calendar.next_open(now),
    )


def why_none(policy: Policy, ticket: Ticket) -> str:
    """Why no promise runs on a ticket, as a code: ``no_clocks`` (the policy promises nothing), ``not_entitled`` (H-05) or
    ``not_started`` (what starts one has not happened)."""
    if not policy.clocks:
        return "no_clocks"
    if not ticket.entitlement.entitled and all(rule.when == "entitled" for rule in policy.clocks):
        return "not_entitled"
    return "not_started"
