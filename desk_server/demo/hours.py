"""An office's open time as one line of seconds, so that what happens at a sample desk happens while somebody is there."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from itertools import accumulate

from desk_core.calendars import Calendar


class Hours:
    """The open time of a calendar in the ``days`` before ``now``. A position is the number of open seconds since their start."""

    def __init__(self, calendar: Calendar, now: dt.datetime, days: int) -> None:
        spans = calendar.open_intervals(now - dt.timedelta(days=days), now)
        self._starts = [start for start, _ in spans]
        self._sums = [0.0, *accumulate((end - start).total_seconds() for start, end in spans)]
        self.now = self._sums[-1]

    def at(self, position: float) -> dt.datetime:
        """The instant at a position, in whole seconds; at a closing time it is the closing, not the next opening."""
        index = max(0, bisect_left(self._sums, position) - 1)
        return self._starts[index] + dt.timedelta(seconds=int(position - self._sums[index]))

    def position(self, instant: dt.datetime) -> float:
        """The open seconds from the start of the line to an instant."""
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0.0
        spent = (instant - self._starts[index]).total_seconds()
        return min(self._sums[index] + spent, self._sums[index + 1])
