"""What an event does to the promises of its ticket: which clocks it starts, pauses, stops or moves, and whether a promise was kept.

The rules come from the policy's ``[[clock]]`` tables. Amount, calendar and deadline are pinned in the event that starts a clock, so that
history never changes with a later policy (TS-13); a stop at the deadline itself is in time (TS-4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import msgspec

from desk_core import events as e
from desk_core.clock_changes import Moved, moves
from desk_core.clock_changes import apply_change as apply_change
from desk_core.clock_changes import closed_pauses as closed_pauses
from desk_core.durations import parse_amount
from desk_core.events import (
    AnyClockChange,
    ClockBreached,
    ClockMoved,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    What,
)
from desk_core.events_of_clocks import ClockExempted, ClockIncluded, ClockRefused
from desk_core.events_of_service import (
    RefusalApproved,
    TicketExempted,
    TicketIncluded,
    TicketMarkedCommon,
    TimescaleSet,
)
from desk_core.explanations import Step, explain
from desk_core.policy import ClockRule, Policy, Stop
from desk_core.tickets import Clock, Pause, Ticket
from desk_core.zones import CalendarError

UNSET = "unset"


UNTIL = "until "
PERSONAL = "personal"
_LAST_INSTANT = dt.timedelta(seconds=1)


def fixed_instant(amount: str) -> dt.datetime | None:
    """The instant of an amount that was agreed as ``until 2026-06-10T12:00+02:00``; None for every other amount (A-24)."""
    if not amount.startswith(UNTIL):
        return None
    try:
        instant = dt.datetime.fromisoformat(amount.removeprefix(UNTIL))
    except ValueError:
        raise CalendarError(f'"{amount}" names no instant; write for example until 2026-06-10T12:00+02:00.') from None
    if instant.tzinfo is None:
        raise CalendarError(f'"{amount}" has no offset from UTC; write for example until 2026-06-10T12:00+02:00.')
    return instant.astimezone(dt.UTC)


def deadline(
    policy: Policy, calendar: str, amount: str, start: dt.datetime, pauses: tuple[Pause, ...] = ()
) -> dt.datetime | None:
    """The instant at which ``amount`` is used up in ``calendar``, without the pauses; None for an unset amount or an endless pause.

    An instant agreed with the customer is not moved by pauses (A-24).
    """
    fixed = fixed_instant(amount)
    if fixed is not None:
        return fixed
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
    acting = frozenset(functions)
    changes: list[AnyClockChange] = []
    for rule in policy.clocks:
        if rule.measure or rule.when == "call":
            continue
        clock = ticket.clock(rule.id)
        if clock is not None and clock.owed:
            changes += _on_owed(policy, ticket, rule, clock, what, at, recorded_at, acting)
        elif _begins(rule, clock, what) and _applies(rule, ticket):
            changes.append(_start(policy, ticket, rule, clock, what, at))
    return tuple(changes)


def _kind(what: What) -> str:
    return str(what.__struct_config__.tag)


def _begins(rule: ClockRule, before: Clock | None, what: What) -> bool:
    if isinstance(what, e.DeadlinePassed):
        return before is None and rule.or_missed == what.clock
    if rule.step and getattr(what, "step", "") != rule.step:
        return False
    return _kind(what) in (rule.starts, *rule.starts_also)


def _applies(rule: ClockRule, ticket: Ticket) -> bool:
    if rule.when == "entitled" and not ticket.entitlement.entitled:
        return False
    if rule.when == "first_issue" and ticket.follows:
        return False
    if (rule.kinds and ticket.kind not in rule.kinds) or (rule.channels and ticket.channel not in rule.channels):
        return False
    if rule.personal_mail:
        return ticket.address == PERSONAL
    return not rule.addresses or ticket.address in rule.addresses


def _calendar(policy: Policy, rule: ClockRule, ticket: Ticket) -> str:
    if ticket.common and rule.common_calendar:
        return rule.common_calendar
    # An office that came with a later policy has no calendar in the one that the ticket was opened under.
    return policy.calendar_id(rule, ticket.office) or policy.offices[0].calendar


def _from_whole_second(at: dt.datetime) -> dt.datetime:
    """Promises count from the whole second: it is what people read and say, and never later than the event (TS-11)."""
    return at.replace(microsecond=0)


def _start(
    policy: Policy, ticket: Ticket, rule: ClockRule, before: Clock | None, what: What, at: dt.datetime
) -> ClockStarted:
    calendar = _calendar(policy, rule, ticket)
    amount = (rule.timescale and ticket.timescale) or rule.amount
    failsafe = isinstance(what, e.DeadlinePassed) or bool(getattr(what, "deemed", False))
    if isinstance(what, e.DeadlinePassed) and "end" in amount:
        # The day of a deadline at 24:00 is the one before it.
        at -= _LAST_INSTANT
    if isinstance(what, e.TicketCreated):
        at = what.received_at
    elif isinstance(what, e.TicketReopened) and before is not None:
        at = before.started_at
    at = _from_whole_second(at)
    return ClockStarted(
        clock=rule.id,
        title=rule.title,
        rules=rule.rules,
        started_at=at,
        amount=amount,
        calendar=calendar,
        revision=policy.revision(calendar),
        deadline=deadline(policy, calendar, amount, at),
        failsafe=failsafe,
        exempt=bool(ticket.exempt),
    )


def _stops(policy: Policy, stop: Stop, clock: Clock, what: What, at: dt.datetime, acting: frozenset[str]) -> bool:
    if stop.event != _kind(what) or (stop.by and stop.by not in acting):
        return False
    if (stop.mark and getattr(what, "mark", "") != stop.mark) or (stop.written and getattr(what, "spoken", False)):
        return False
    if stop.next_day:
        zone = ZoneInfo(policy.calendar(clock.calendar).spec.zone)
        return at.astimezone(zone).date() > clock.started_at.astimezone(zone).date()
    return True


def _on_owed(
    policy: Policy,
    ticket: Ticket,
    rule: ClockRule,
    clock: Clock,
    what: What,
    at: dt.datetime,
    recorded_at: dt.datetime,
    acting: frozenset[str],
) -> list[AnyClockChange]:
    kind = _kind(what)
    if any(_stops(policy, stop, clock, what, at, acting) for stop in rule.stops):
        met = clock.deadline is None or at <= clock.deadline
        late_news = met and clock.deadline is not None and recorded_at > clock.deadline
        return [ClockStopped(clock=rule.id, at=at, met=met, learnt_late=late_news)]
    if isinstance(what, RefusalApproved) and what.approved:
        return [ClockRefused(clock=rule.id, at=at)]
    if isinstance(what, TicketExempted):
        return [ClockExempted(clock=rule.id)]
    if clock.state == "exempt":
        return [ClockIncluded(clock=rule.id)] if isinstance(what, TicketIncluded) else []
    if clock.state == "running" and any(p.begins == kind for p in rule.pauses):
        return [ClockPaused(clock=rule.id, at=at)]
    if clock.state == "paused" and any(p.ends == kind for p in rule.pauses):
        pauses = closed_pauses(clock, at)
        due = deadline(policy, clock.calendar, clock.amount, clock.started_at, pauses)
        return [ClockResumed(clock=rule.id, at=at, revision=policy.revision(clock.calendar), deadline=due)]
    if clock.state in ("running", "paused"):
        return _moved(policy, ticket, rule, clock, what, at)
    return []


def _moved(
    policy: Policy, ticket: Ticket, rule: ClockRule, clock: Clock, what: What, at: dt.datetime
) -> list[AnyClockChange]:
    """A running promise counts on in another calendar (H-35, V-20), to another agreed end (A-24), or from what really began it (K-25);
    the old and the new deadline are kept."""
    calendar, amount, start = clock.calendar, clock.amount, clock.started_at
    if isinstance(what, e.OfficeMoved | TicketMarkedCommon):
        calendar = _calendar(policy, rule, ticket)
    elif isinstance(what, TimescaleSet) and rule.timescale:
        amount = what.timescale
    elif clock.failsafe and _kind(what) == rule.starts:
        start = at
    if (calendar, amount, start) == (clock.calendar, clock.amount, clock.started_at):
        return []
    new = deadline(policy, calendar, amount, start, clock.pauses)
    return [
        ClockMoved(
            clock=rule.id,
            calendar=calendar,
            revision=policy.revision(calendar),
            amount=amount if amount != clock.amount else "",
            started_at=start if start != clock.started_at else None,
            old_deadline=clock.deadline,
            deadline=new,
        )
    ]


def recomputed(policy: Policy, ticket: Ticket, now: dt.datetime) -> tuple[ClockMoved, ...]:
    """What the newest editions of the calendars make of the ticket's running promises, each with its old and its new deadline; one
    whose deadline stays where it is has no change.

    A promise that was kept, missed or refused is not touched, nor one whose deadline has passed at ``now`` without having been judged
    yet: a holiday that becomes known later makes nothing good (TS-12, TS-13).
    """
    moved = []
    for clock in ticket.clocks:
        if clock.state != "running" or clock.deadline is None or clock.deadline < now:
            continue
        revision = policy.revision(clock.calendar)
        if revision == clock.revision:
            continue
        due = deadline(policy, clock.calendar, clock.amount, clock.started_at, clock.pauses)
        if due != clock.deadline:
            old = clock.deadline
            moved.append(
                ClockMoved(clock=clock.id, calendar=clock.calendar, revision=revision, old_deadline=old, deadline=due)
            )
    return tuple(moved)


def breaches(ticket: Ticket, now: dt.datetime) -> tuple[ClockBreached, ...]:
    """The promises of a ticket whose deadline has passed at ``now`` and that are not yet marked missed (TS-12), the first first.

    An agreed instant that passed while the customer was awaited is missed when the waiting ends (A-41).
    """
    missed = [
        ClockBreached(clock=c.id, at=max((c.deadline, *(p.end for p in c.pauses if p.end is not None))))
        for c in ticket.clocks
        if c.state == "running" and c.deadline is not None and c.deadline < now
    ]
    return tuple(sorted(missed, key=lambda breach: breach.at))


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """Why a promise is due when it is: its rules with their sentences, the arithmetic step by step, and how it stands now.

    ``zone`` is the calendar's, in which every time is shown (TS-10). ``open_seconds_left`` is open time until the deadline, 0 when late,
    None without a deadline. ``next_opening`` is set while the calendar is closed. ``moves`` says from where the deadline came, when it was
    computed anew on the way.
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
    moves: tuple[Moved, ...] = ()


def explain_clock(
    policy: Policy, ticket: Ticket, clock_id: str, now: dt.datetime, history: Iterable[e.Event] = ()
) -> Why | None:
    """The explanation of a ticket's clock, from what was pinned when it started; None when the ticket has no such clock. ``policy`` is the
    version that the ticket keeps (A-01)."""
    clock = ticket.clock(clock_id)
    if clock is None:
        return None
    return msgspec.structs.replace(_why(policy, clock, now), moves=moves(history, clock_id))


def if_started(policy: Policy, clock_id: str, office: str, start: dt.datetime) -> Why | None:
    """What would be promised if the clock started at ``start``: shown before the agent promises it. None for an unknown clock."""
    rule = policy.clock(clock_id)
    if rule is None:
        return None
    calendar = policy.calendar_id(rule, office)
    start = _from_whole_second(start)
    due = deadline(policy, calendar, rule.amount, start)
    clock = Clock(
        id=rule.id,
        title=rule.title,
        rules=rule.rules,
        started_at=start,
        amount=rule.amount,
        calendar=calendar,
        revision=policy.revision(calendar),
        deadline=due,
    )
    return _why(policy, clock, start)


def _why(policy: Policy, clock: Clock, now: dt.datetime) -> Why:
    spans = [(p.start, p.end) for p in clock.pauses]
    counted = clock.amount != UNSET and fixed_instant(clock.amount) is None
    # The deadline is explained by the edition that it was computed with, and what is open now by the newest.
    computed = policy.calendar(clock.calendar, clock.revision)
    steps = () if not counted else explain(computed, clock.started_at, parse_amount(clock.amount), spans)
    calendar = policy.calendar(clock.calendar)
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
    promised = [rule for rule in policy.clocks if not rule.measure and rule.when != "call"]
    promised = [rule for rule in promised if not rule.kinds or ticket.kind in rule.kinds]
    if not promised:
        return "no_clocks"
    if not ticket.entitlement.entitled and all(rule.when == "entitled" for rule in promised):
        return "not_entitled"
    return "not_started"
