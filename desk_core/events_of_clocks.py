"""What an event does to the clocks of its ticket."""

from __future__ import annotations

import datetime as dt

import msgspec


class ClockChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    """Base of what an event does to a clock of its ticket."""

    clock: str


class ClockStarted(ClockChange, frozen=True, kw_only=True, tag="started"):
    """A promise began; amount, calendar and how often that was revised are pinned (TS-11, TS-13)."""

    title: str
    rules: tuple[str, ...] = ()
    started_at: dt.datetime
    amount: str
    calendar: str
    revision: int = 0
    deadline: dt.datetime | None
    failsafe: bool = False
    exempt: bool = False


class ClockPaused(ClockChange, frozen=True, kw_only=True, tag="paused"):
    """Nothing counts from ``at`` on."""

    at: dt.datetime


class ClockResumed(ClockChange, frozen=True, kw_only=True, tag="resumed"):
    """It counts again from ``at`` on, to a later deadline."""

    at: dt.datetime
    revision: int = 0
    deadline: dt.datetime | None


class ClockStopped(ClockChange, frozen=True, kw_only=True, tag="stopped"):
    """The promise was kept or missed at ``at`` (TS-4); ``learnt_late`` when that became known after the deadline (TS-12)."""

    at: dt.datetime
    met: bool
    learnt_late: bool = False


class ClockMoved(ClockChange, frozen=True, kw_only=True, tag="moved"):
    """The deadline was computed anew; both values stay on record (TS-13, H-35). ``amount`` and ``started_at`` are set when they changed
    too: another timescale was agreed (A-24), or what begins the promise happened after its fail-safe start (K-25)."""

    calendar: str
    revision: int = 0
    amount: str = ""
    started_at: dt.datetime | None = None
    old_deadline: dt.datetime | None
    deadline: dt.datetime | None


class ClockBreached(ClockChange, frozen=True, kw_only=True, tag="breached"):
    """The deadline passed without the promised thing (TS-12)."""

    at: dt.datetime


class ClockWarned(ClockChange, frozen=True, kw_only=True, tag="warned"):
    """A warning of the policy (``50 %``, ``15 open minutes``) was given."""

    warning: str


class ClockExempted(ClockChange, frozen=True, kw_only=True, tag="exempted"):
    """The ticket is outside the charter: the promise does not apply (A-03)."""


class ClockIncluded(ClockChange, frozen=True, kw_only=True, tag="included"):
    """It applies after all, from its first start (A-03)."""


class ClockRefused(ClockChange, frozen=True, kw_only=True, tag="refused"):
    """Help was refused: the promise ends and is reported apart (K-10)."""

    at: dt.datetime


AnyClockChange = (
    ClockStarted
    | ClockPaused
    | ClockResumed
    | ClockStopped
    | ClockMoved
    | ClockBreached
    | ClockWarned
    | ClockExempted
    | ClockIncluded
    | ClockRefused
)
