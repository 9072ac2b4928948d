"""What the chip of a row says: how much open time is left, and when closed now, when it opens (TS-10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from desk_client.services.formats import clock_time, date_time, day_time, hours_minutes
from desk_client.ui.i18n import tr
from desk_client.ui.queue.row import ClockState, OpenTime, QueueRow
from desk_client.ui.tokens import Tone

_DAY_MINUTES = 24 * 60
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Countdown:
    """``words`` for the chip, empty when there is nothing to count; ``detail`` for the tooltip and the screen reader."""

    tone: Tone
    words: str
    detail: str


def countdown(
    now: datetime,
    deadline: datetime | None,
    open_time: OpenTime,
    state: ClockState,
    soon_seconds: float,
) -> Countdown:
    """The chip of a clock at ``now``; both instants are aware.

    A clock that stops exactly at its deadline is on time (TS-4), so "late" begins after it. ``soon_seconds`` of open time before the
    deadline the tone changes. What is left is rounded up, what is past is rounded down: neither looks worse than it is.
    """
    if state is ClockState.PAUSED:
        return Countdown(Tone.PAUSED, tr("paused"), tr("The clock is paused"))
    if state is ClockState.MET:
        return Countdown(Tone.FINE, tr("kept"), tr("The promise was kept"))
    if state is ClockState.EXEMPT:
        return Countdown(Tone.PAUSED, tr("does not apply"), tr("A contract rules instead; the promise does not apply"))
    if state is ClockState.REFUSED:
        return Countdown(Tone.PAUSED, tr("ended"), tr("The promise ended with the help that was refused"))
    if deadline is None or state is ClockState.NONE:
        return Countdown(Tone.PAUSED, "", "")
    if now > deadline or state is ClockState.BREACHED:
        late = _late_by(now - deadline)
        return Countdown(Tone.LATE, late, late)
    tone = Tone.SOON if open_time.seconds_left <= soon_seconds else Tone.FINE
    left = _left(open_time.seconds_left)
    if open_time.next_opening is None:
        return Countdown(tone, left, left)
    opens = _opens(now, open_time.next_opening)
    return Countdown(tone, opens, tr("{opens}, then {left}", opens=opens, left=left))


def _left(seconds: float) -> str:
    if seconds < 60:
        return tr("under 1 min left")
    minutes = ceil(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min left", minutes=minutes)
    return tr("{time} left", time=hours_minutes(minutes))


def _late_by(past: timedelta) -> str:
    minutes = max(0, int(past.total_seconds() // 60))
    if minutes < 1:
        return tr("late now")
    if minutes >= 2 * _DAY_MINUTES:
        days = minutes // _DAY_MINUTES
        return tr("late %n days", "", days, one="late %n day")
    return tr("late {time}", time=hours_minutes(minutes))


def _opens(now: datetime, opening: datetime) -> str:
    local = now.astimezone(opening.tzinfo)
    if opening.date() == local.date():
        return tr("opens {time}", time=clock_time(opening))
    far = opening - local > _WEEK
    return tr("opens {time}", time=date_time(opening) if far else day_time(opening))


class Countdowns:
    """The chips of the rows on screen at one instant, each computed once."""

    def __init__(self, measure: Callable[[QueueRow, datetime], OpenTime], soon_seconds: float) -> None:
        """``measure`` asks a row's calendar; it is called for visible rows only."""
        self._measure = measure
        self._soon = soon_seconds
        self._now: datetime | None = None
        self._known: dict[int, Countdown] = {}

    def of(self, row: QueueRow) -> Countdown:
        """The chip of a row at the instant of the last :meth:`advance`."""
        found = self._known.get(row.ticket_id)
        if found is None:
            found = self._compute(row)
            self._known[row.ticket_id] = found
        return found

    def advance(self, now: datetime) -> dict[int, Countdown]:
        """Go on to ``now`` (aware); the chips of the instant before come back."""
        before, self._known = self._known, {}
        self._now = now
        return before

    def forget(self) -> None:
        """The rows have changed: compute again."""
        self._known = {}

    def _compute(self, row: QueueRow) -> Countdown:
        if self._now is None:
            return Countdown(Tone.PAUSED, "", "")
        asks = row.state is ClockState.RUNNING and row.deadline_utc is not None
        open_time = self._measure(row, self._now) if asks else OpenTime(0.0, None)
        return countdown(self._now, row.deadline_utc, open_time, row.state, self._soon)
