"""Open time as sorted UTC intervals with running totals: every question is one or two binary searches (TS-2, TS-3).

The intervals of a stretch of years are compiled when they are first asked for and grow as needed; a compiled table never
changes, so threads may share an `OpenTime`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from desk_core.zones import DAY, FIRST, LAST, CalendarError, instant_of, out_of_years, seconds_of, segments

# Opening and closing of one date, in seconds after its midnight on the wall; sorted, apart from each other.
Windows = tuple[tuple[int, int], ...]

# Nobody's promise is longer; a search that ends here costs a fraction of a second.
HORIZON: Final = timedelta(days=36525)
_LONGEST: Final = HORIZON + timedelta(days=366)
_BEHIND: Final = timedelta(days=8)
_AHEAD: Final = timedelta(days=100)
_NEAR: Final = 8
_NOTHING: Final = timedelta(0)
# Day 0, 1970-01-01, was one; Monday is 0.
THURSDAY: Final = 3


class _Table:
    """The open intervals between two instants, and where each day of the table begins among them.

    `after[i]` is the open time until interval i ends; `origin[i]` is when that interval would have begun had it been open ever since the
    table's beginning for as long as until then, so an open instant minus its origin is the open time until it, and the
    other way round. An empty interval stands at either end, so that every instant of the table has a last interval that
    began at or before it, and a next one; no amount exceeds the very last entry of `after`.
    """

    __slots__ = ("after", "at_day", "days", "ends", "hi", "lo", "origin", "starts")

    def __init__(self, lo: datetime, hi: datetime, intervals: list[tuple[int, int]]) -> None:
        self.lo, self.hi = lo, hi
        self.days = (hi - lo).days
        self.starts = [lo, *(instant_of(begins) for begins, _ in intervals), hi]
        self.ends = [lo, *(instant_of(ends) for _, ends in intervals), hi]
        totals = [0, *accumulate(ends - begins for begins, ends in intervals)]
        self.after = [timedelta(seconds=total) for total in (*totals, totals[-1])]
        self.after.append(timedelta.max)
        self.origin = [begins - before for begins, before in zip(self.starts, (_NOTHING, *self.after), strict=False)]
        self.at_day = [bisect_right(self.starts, lo + timedelta(days=day)) - 1 for day in range(self.days)]

    def last_begun(self, instant: datetime) -> int:
        """The last interval that began at or before the instant; -1 for an instant outside the table."""
        day = (instant - self.lo).days
        if not 0 <= day < self.days:
            return -1
        at = self.at_day[day]
        starts = self.starts
        while starts[at + 1] <= instant:
            at += 1
        return at

    def until(self, instant: datetime) -> timedelta | None:
        """The open time from the table's beginning to the instant; None for one outside the table."""
        # As last_begun, without the price of a call: this and OpenTime.add answer for every row of a queue.
        day = (instant - self.lo).days
        if not 0 <= day < self.days:
            return None
        at = self.at_day[day]
        starts = self.starts
        while starts[at + 1] <= instant:
            at += 1
        if instant >= self.ends[at]:
            return self.after[at]
        return instant - self.origin[at]


class OpenTime:
    """When it is open: windows for the seven weekdays from Monday, and for single dates (by day number since 1970) that differ.

    All instants are UTC; callers pass nothing else.
    """

    def __init__(self, zone: ZoneInfo, week: Sequence[Windows], dated: Mapping[int, Windows]) -> None:
        self._zone = zone
        self._week = tuple(week)
        self._dated = dated
        self._never_open = not any(self._week) and not any(dated.values())
        self._table = _Table(FIRST, FIRST, [])

    def windows_on(self, day: int) -> Windows:
        """The windows of a local date, given as day number since 1970."""
        found = self._dated.get(day)
        return self._week[(day + THURSDAY) % 7] if found is None else found

    def refuse_if_never_open(self) -> None:
        """Raises CalendarError when no date has a window."""
        if self._never_open:
            raise CalendarError("This calendar has no open hour; give it a weekly window or an extra open day.")

    def is_open(self, instant: datetime) -> bool:
        """Whether the instant lies in a window; an opening instant does, a closing one does not (TS-2)."""
        table = self._reach(instant, instant)
        return instant < table.ends[table.last_begun(instant)]

    def next_open(self, instant: datetime) -> datetime:
        """The first open instant at or after this one (TS-5). Raises CalendarError when there is none within 100 years."""
        table = self._reach(instant, instant)
        while True:
            at = table.last_begun(instant)
            if instant < table.ends[at]:
                return instant
            if table.starts[at + 1] < table.hi:
                return table.starts[at + 1]
            table = self._further(instant, table)

    def between(self, begins: datetime, ends: datetime) -> timedelta:
        """The open time from one instant to another, negative when the second is the earlier one."""
        table = self._table
        first, last = table.until(begins), table.until(ends)
        if first is None or last is None:
            return self._between_anew(begins, ends)
        return last - first

    def _between_anew(self, begins: datetime, ends: datetime) -> timedelta:
        if begins > ends:
            return -self._between_anew(ends, begins)
        counted = _NOTHING
        while ends - begins > HORIZON:
            # In parts, so that the largest table stays as small as that of the longest search.
            counted += self.between(begins, begins + HORIZON)
            begins += HORIZON
        self._reach(begins, ends)
        return counted + self.between(begins, ends)

    def add(self, start: datetime, span: timedelta) -> tuple[datetime, datetime]:
        """The first open instant at or after the start, and the earliest instant at which `span` of open time is used up (TS-3).

        Nothing is used up at once: for no span both are the start. Raises CalendarError beyond 100 years.
        """
        if not span:
            return start, start
        table = self._table
        while True:
            # As _Table.last_begun, without the price of a call.
            day = (start - table.lo).days
            if not 0 <= day < table.days:
                table = self._reach(start, start)
                continue
            at = table.at_day[day]
            starts = table.starts
            while starts[at + 1] <= start:
                at += 1
            if start < table.ends[at]:
                opens = start
                wanted = start - table.origin[at] + span
            else:
                wanted = table.after[at] + span
                at += 1
                opens = starts[at]
            after = table.after
            # Most promises end within a few windows: going there is quicker than searching, but not for the others.
            far = at + _NEAR
            if far < len(starts) and after[far] < wanted:
                at = bisect_left(after, wanted, far)
            while after[at] < wanted:
                at += 1
            if at < len(starts):
                return opens, table.origin[at] + wanted
            table = self._further(start, table)

    def intervals(self, begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
        """The open intervals between two instants, cut to them."""
        table = self._reach(begins, ends)
        first = table.last_begun(begins)
        last = bisect_left(table.starts, ends, first)
        cut = [(max(table.starts[at], begins), min(table.ends[at], ends)) for at in range(first, last)]
        return [(opens, closes) for opens, closes in cut if opens < closes]

    def _further(self, start: datetime, table: _Table) -> _Table:
        """A table that reaches further than this one, for a search that began at `start`."""
        self.refuse_if_never_open()
        limit = LAST if start > LAST - HORIZON else start + HORIZON
        if table.hi >= limit:
            raise CalendarError(
                f"The open time of the 100 years after {start:%Y-%m-%d} does not suffice; write a smaller amount."
            )
        return self._reach(start, table.hi)

    def _reach(self, begins: datetime, ends: datetime) -> _Table:
        """A table that covers both instants; the present one grows by its own length, or begins anew when they lie far away."""
        table = self._table
        if table.lo <= begins and ends < table.hi:
            return table
        if begins < FIRST or ends >= LAST:
            raise out_of_years(begins if begins < FIRST else ends)
        room = table.hi - table.lo
        if not room or max(ends, table.hi) - min(begins, table.lo) > _LONGEST:
            lo, hi = _earlier(begins, _BEHIND), _later(ends, _AHEAD)
        else:
            lo = table.lo if begins >= table.lo else _earlier(begins, room)
            hi = table.hi if ends < table.hi else _later(ends, room)
        self._table = self._compile(lo, hi)
        return self._table

    def _compile(self, lo: datetime, hi: datetime) -> _Table:
        found: list[tuple[int, int]] = []
        for begins, ends, offset in segments(self._zone, seconds_of(lo), seconds_of(hi)):
            for day in range((begins + offset) // DAY, (ends - 1 + offset) // DAY + 1):
                midnight = day * DAY - offset
                for opens, closes in self.windows_on(day):
                    first, last = max(midnight + opens, begins), min(midnight + closes, ends)
                    if first >= last:
                        continue
                    if found and found[-1][1] == first:
                        found[-1] = (found[-1][0], last)
                    else:
                        found.append((first, last))
        return _Table(lo, hi, found)


def _earlier(instant: datetime, by: timedelta) -> datetime:
    """A midnight of UTC at least `by` earlier: a table has whole days."""
    return FIRST if instant - FIRST < by else _midnight(instant - by)


def _later(instant: datetime, by: timedelta) -> datetime:
    by += timedelta(days=1)
    return LAST if LAST - instant < by else _midnight(instant + by)


def _midnight(instant: datetime) -> datetime:
    return instant.replace(hour=0, minute=0, second=0, microsecond=0)
