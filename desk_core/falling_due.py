"""What time alone will do to a ticket next, and when: warn of a promise, find something promised undone, miss a deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from desk_core.calendars import Calendar
from desk_core.clocks import UNSET, breaches, fixed_instant
from desk_core.durations import ELAPSED_LENGTHS, HOUR, OPEN_LENGTHS, Duration, parse_amount, times
from desk_core.policy import Policy
from desk_core.tickets import Clock, Pause, Ticket
from desk_core.zones import CalendarError

Kind = Literal["warning", "promise", "breach"]
_ORDER: tuple[Kind, ...] = ("warning", "promise", "breach")
_ELAPSING = frozenset({*ELAPSED_LENGTHS, "calendar_days", "calendar_days_end"})
_DAY = dt.timedelta(days=1)
Span = tuple[dt.datetime, dt.datetime]


class Act(NamedTuple):
    """Something that falls due at ``at`` and happens once that has passed (a stop at the deadline itself is in time, TS-4).

    ``subject`` is the clock's or the promise's id, ``number`` its place among those of the ticket, ``detail`` the warning as the policy
    writes it.
    """

    at: dt.datetime
    kind: Kind
    number: int
    subject: str
    detail: str = ""


def next_act(policy: Policy, ticket: Ticket) -> Act | None:
    """What falls due first on a ticket, under the policy that rules it; None when nothing does."""
    return min(_acts(policy, ticket), key=lambda act: (act.at, _ORDER.index(act.kind), act.number), default=None)


def due_at(policy: Policy, ticket: Ticket) -> dt.datetime | None:
    """When :func:`next_act` falls due: what the server's jobs look for."""
    act = next_act(policy, ticket)
    return act.at if act is not None else None


def _acts(policy: Policy, ticket: Ticket) -> Iterator[Act]:
    for number, clock in enumerate(ticket.clocks):
        if clock.state == "running" and clock.deadline is not None:
            yield from (Act(at, "warning", number, clock.id, text) for at, text in _warnings(policy, clock))
    numbers = {clock.id: number for number, clock in enumerate(ticket.clocks)}
    for missed in breaches(ticket, dt.datetime.max.replace(tzinfo=dt.UTC)):
        yield Act(missed.at, "breach", numbers[missed.clock], missed.clock)
    for number, promise in enumerate(ticket.promises):
        if promise.kept_at is None and promise.broken_at is None:
            yield Act(promise.due, "promise", number, promise.id)


def _warnings(policy: Policy, clock: Clock) -> Iterator[tuple[dt.datetime, str]]:
    """When the warnings of a running promise that were not given yet fall due. One that its calendar cannot count is left out: nothing
    of what people do may fail by it."""
    rule = policy.clock(clock.id)
    left = [text for text in rule.warn if text not in clock.warned] if rule is not None else []
    if not left or clock.deadline is None:
        return
    try:
        calendar = policy.calendar(clock.calendar, clock.revision)
    except KeyError:
        return
    promise = _Promise(calendar, clock.amount, clock.started_at, clock.deadline, clock.pauses)
    for text in left:
        at = _warn_at(promise, text)
        if at is not None:
            yield at, text


class _Promise(NamedTuple):
    """What decides when a promise is warned of."""

    calendar: Calendar
    amount: str
    begins: dt.datetime
    ends: dt.datetime
    pauses: tuple[Pause, ...]


@lru_cache(maxsize=8192)
def _warn_at(promise: _Promise, text: str) -> dt.datetime | None:
    """When the share of the time is used up, or no more than the amount is left; None when it was so from the beginning.

    Remembered: every command on a ticket asks for it again."""
    try:
        if text.endswith("%"):
            spans = _counted(promise, elapsed=_elapses(promise.amount))
            whole = sum(((end - begin) for begin, end in spans), dt.timedelta())
            left = whole * (100 - int(text.removesuffix("%"))) / 100
        else:
            amount = parse_amount(text)
            spans = _counted(promise, elapsed=amount.unit in _ELAPSING)
            left = _length(promise.calendar, amount)
    except CalendarError:
        return None
    for begin, end in reversed(spans):
        if end - begin > left:
            return end - left
        left -= end - begin
    return None


def _elapses(amount: str) -> bool:
    """Whether a share of the promise is one of all time, and not of open time only."""
    if amount == UNSET or fixed_instant(amount) is not None:
        return False
    return parse_amount(amount).unit in _ELAPSING


def _length(calendar: Calendar, amount: Duration) -> dt.timedelta:
    lengths = {**OPEN_LENGTHS, **ELAPSED_LENGTHS, "calendar_days": _DAY, "calendar_days_end": _DAY}
    hours = calendar.spec.working_day_hours
    return times(lengths.get(amount.unit, HOUR * (hours or _DAY / HOUR)), amount.amount)


def _counted(promise: _Promise, *, elapsed: bool) -> list[Span]:
    """The time that counts from the start of a promise to its deadline, in order, without its pauses."""
    begins, ends = promise.begins, promise.ends
    if ends <= begins:
        return []
    edges = [begins]
    for pause in sorted(promise.pauses, key=lambda each: each.start):
        edges += [max(pause.start, edges[-1]), max(pause.end or ends, edges[-1])]
    edges.append(max(ends, edges[-1]))
    running = [span for span in list(pairwise(edges))[::2] if span[0] < span[1]]
    if elapsed:
        return running
    found = [interval for span in running for interval in promise.calendar.open_intervals(*span)]
    return found or running
