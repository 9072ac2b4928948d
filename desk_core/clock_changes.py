"""Folding clock changes into the clocks of a ticket: pure, without policy, so that history reads the same for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk_core.events import Event
from desk_core.events_of_clocks import (
    AnyClockChange,
    ClockBreached,
    ClockExempted,
    ClockIncluded,
    ClockMoved,
    ClockPaused,
    ClockRefused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    ClockWarned,
)
from desk_core.tickets import Clock, ClockState, Pause


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
            revision=change.revision,
            deadline=change.deadline,
            failsafe=change.failsafe,
            state="exempt" if change.exempt else "running",
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
        case ClockResumed(at=at, revision=revision, deadline=due):
            return replace(clock, state="running", pauses=closed_pauses(clock, at), revision=revision, deadline=due)
        case ClockStopped(at=at, met=met, learnt_late=learnt_late):
            state = clock.state if clock.state == "exempt" else _judged(met)
            return replace(clock, state=state, stopped_at=at, learnt_late=learnt_late)
        case ClockMoved():
            return _moved(clock, change)
        case ClockBreached(at=at):
            return replace(clock, state="missed", breached_at=at)
        case ClockWarned(warning=warning):
            return replace(clock, warned=(*clock.warned, warning))
        case ClockExempted():
            return replace(clock, state="exempt")
        case ClockIncluded():
            if clock.stopped_at is None:
                # What was missed before the ticket left the charter stays missed, and is recorded once.
                return replace(clock, state="running" if clock.breached_at is None else "missed")
            return replace(clock, state=_judged(clock.deadline is None or clock.stopped_at <= clock.deadline))
        case ClockRefused():
            return replace(clock, state="refused")
        case _:
            return clock


def _moved(clock: Clock, change: ClockMoved) -> Clock:
    return msgspec.structs.replace(
        clock,
        calendar=change.calendar,
        revision=change.revision,
        deadline=change.deadline,
        amount=change.amount or clock.amount,
        started_at=change.started_at or clock.started_at,
        failsafe=clock.failsafe and change.started_at is None,
    )


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """That a deadline was computed anew: when that was recorded, by which event, and the deadline before and after (TS-13, H-35)."""

    at: dt.datetime
    event: str
    old: dt.datetime | None
    new: dt.datetime | None


def moves(history: Iterable[Event], clock_id: str) -> tuple[Moved, ...]:
    """Every move of a clock's deadline in a ticket's history, in its order."""
    return tuple(
        Moved(at=event.recorded_at, event=event.kind, old=change.old_deadline, new=change.deadline)
        for event in history
        for change in event.clocks
        if isinstance(change, ClockMoved) and change.clock == clock_id and change.deadline != change.old_deadline
    )


def _judged(met: bool) -> ClockState:
    return "met" if met else "missed"
