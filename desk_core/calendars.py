"""Calendars: when time counts for a desk, and the deadlines that follow from it (TS-1…TS-10).

A `CalendarSpec` is data, written in a policy file and pinned at publication; `Calendar(spec)` is that data compiled. Everything
is pure: no clock is read. Instants go in with any offset and come out in UTC; only the calendar's own zone matters.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from desk_core.calendar_spec import CalendarSpec, DayKind, dated_days, day_number, weekly_windows
from desk_core.durations import ELAPSED_LENGTHS, HOUR, OPEN_LENGTHS, Duration, times
from desk_core.open_time import HORIZON, OpenTime
from desk_core.zones import CalendarError, first_instant, load_zone, next_day, out_of_years, start_of_day, to_utc

__all__ = ["Calendar", "CalendarError", "CalendarSpec", "Deadline", "Pause", "merge_pauses"]

# From and to; nothing counts in between, and an end of None has not come yet.
Pause = tuple[datetime, datetime | None]
_MOST_DAYS: Final = HORIZON.days
_LONGEST_DAY: Final = 24
_MOST_SPANS: Final = 4096


class Deadline(msgspec.Struct, frozen=True, gc=False):
    """When a promise ends. `at` (UTC) is None while a pause without an end stops it.

    `counts_from` is the effective start: the next opening for a start out of hours (TS-5). `holidays_known` is False when the
    way there leaves the dates that the calendar covers.
    """

    at: datetime | None
    counts_from: datetime
    holidays_known: bool = True


class Calendar:
    """A compiled calendar. Raises CalendarError for a spec that is not one; safe to share between threads."""

    def __init__(self, spec: CalendarSpec) -> None:
        self.spec = spec
        self.zone = load_zone(spec.zone)
        week = weekly_windows(spec)
        dated = dated_days(spec, week)
        self._kinds = dated.kinds
        self._open = OpenTime(self.zone, week, dated.windows)
        self._lengths = dict(OPEN_LENGTHS)
        self._spans: dict[tuple[str, float], timedelta] = {}
        if spec.working_day_hours is not None:
            if not 0 < spec.working_day_hours <= _LONGEST_DAY:
                raise CalendarError(
                    f"A working day has more than 0 and at most 24 hours, not {spec.working_day_hours}."
                )
            self._lengths["working_days"] = times(HOUR, spec.working_day_hours)
        self._known_from = None if spec.covers_from is None else start_of_day(self.zone, spec.covers_from)
        self._knows_all = spec.covers_from is None and spec.covers_to is None
        self._known_to = None if spec.covers_to is None else start_of_day(self.zone, next_day(spec.covers_to))

    def is_open(self, instant: datetime) -> bool:
        """Whether time counts at this instant (TS-2)."""
        return self._open.is_open(to_utc(instant))

    def next_open(self, instant: datetime) -> datetime:
        """The first open instant at or after this one. Raises CalendarError when there is none within 100 years."""
        return self._open.next_open(to_utc(instant))

    def open_seconds_between(self, begins: datetime, ends: datetime, pauses: Iterable[Pause] = ()) -> float:
        """The seconds that count between two instants, without the pauses; negative when the second one is earlier."""
        begins, ends = to_utc(begins), to_utc(ends)
        counted = self._open.between(begins, ends)
        if pauses:
            first, last, sign = (begins, ends, 1) if begins <= ends else (ends, begins, -1)
            for stops, resumes in merge_pauses(pauses):
                lo, hi = max(stops, first), last if resumes is None else min(resumes, last)
                if lo < hi:
                    counted -= sign * self._open.between(lo, hi)
        return counted.total_seconds()

    def remaining(self, now: datetime, deadline: datetime) -> float:
        """The open seconds left until a deadline; negative ones have gone by since then (TS-10)."""
        if now.tzinfo is not UTC:
            now = to_utc(now)
        if deadline.tzinfo is not UTC:
            deadline = to_utc(deadline)
        return self._open.between(now, deadline).total_seconds()

    def open_intervals(self, begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
        """The open intervals between two instants in UTC, cut to them."""
        return self._open.intervals(to_utc(begins), to_utc(ends))

    def local_date(self, instant: datetime) -> date:
        """The date that the wall shows at this instant."""
        return to_utc(instant).astimezone(self.zone).date()

    def day_kind(self, day: date) -> tuple[DayKind, str]:
        """Why a date differs from the weekly plan, with its name: `holiday` or `closed` (which may yet have windows), else `week`."""
        return self._kinds.get(day_number(day), ("week", ""))

    def opening_hours(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open intervals of one local date in UTC; none on a day that is not a working day."""
        if not self._open.windows_on(day_number(day)):
            return []
        return self._open.intervals(start_of_day(self.zone, day), start_of_day(self.zone, next_day(day)))

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th date after this one that has open time; the date itself for 0 (TS-8)."""
        self._open.refuse_if_never_open()
        latest = next_day(day, min(_MOST_DAYS, (date.max - day).days))
        while count:
            if day >= latest:
                raise CalendarError(
                    f"This calendar has not that many working days within 100 years before {latest}; write fewer."
                )
            day = next_day(day)
            count -= bool(self.opening_hours(day))
        return day

    def add(self, start: datetime, duration: Duration, pauses: Iterable[Pause] = ()) -> Deadline:
        """The deadline of a promise that begins at `start`: the earliest instant at which the amount is used up (TS-3…TS-9).

        Pauses stop open and elapsed time; a promise that names a day is not moved by them. Raises CalendarError for an amount that this
        calendar cannot count.
        """
        if start.tzinfo is not UTC:
            start = to_utc(start)
        try:
            span = self._spans.get((duration.unit, duration.amount))
            if span is None:
                if duration.unit not in self._lengths:
                    return self._add_other(start, duration, pauses)
                span = self._span(duration)
            opens, at = self._open.add(start, span)
            if pauses:
                return self._stopped(start, opens, _through(start, span, pauses, self._open.add, self._open.between))
            return Deadline(at, opens, self._knows_all or self._knows(start, at))
        except OverflowError:
            raise out_of_years() from None

    def _span(self, duration: Duration) -> timedelta:
        """The open time of an amount, remembered: a policy has few amounts and a queue asks for them all the time."""
        if len(self._spans) >= _MOST_SPANS:
            self._spans.clear()
        span = self._spans[duration.unit, duration.amount] = times(self._lengths[duration.unit], duration.amount)
        return span

    def _add_other(self, start: datetime, duration: Duration, pauses: Iterable[Pause]) -> Deadline:
        unit = duration.unit
        if unit == "working_days":
            raise CalendarError("This calendar does not say how long a working day is; give it working_day_hours.")
        if unit == "next_open" or unit == "elapsed_from_open_seconds":
            opens = self._open.next_open(start)
            if unit == "next_open":
                return Deadline(opens, opens, self._knows(start, opens))
            at = _through(opens, times(ELAPSED_LENGTHS[unit], duration.amount), pauses, _elapse, _elapsed)
            return Deadline(at, opens, self._knows(start, opens))
        if unit in ELAPSED_LENGTHS:
            at = _through(start, times(ELAPSED_LENGTHS[unit], duration.amount), pauses, _elapse, _elapsed)
            return Deadline(at, start)
        return self._add_days(start, duration)

    def _add_days(self, start: datetime, duration: Duration) -> Deadline:
        if duration.days > _MOST_DAYS:
            raise CalendarError(f"{duration.days} days are more than 100 years; write a smaller amount.")
        local = start.astimezone(self.zone)
        if duration.unit == "calendar_days":
            wall = datetime.combine(next_day(local.date(), duration.days), local.time())
            return Deadline(max(start, first_instant(self.zone, wall)), start)
        if duration.unit == "calendar_days_end":
            return Deadline(start_of_day(self.zone, next_day(local.date(), duration.days + 1)), start)
        day = self.working_day_after(local.date(), duration.days)
        closes = duration.unit == "working_day_close"
        at = self.opening_hours(day)[-1][1] if closes else start_of_day(self.zone, next_day(day))
        return Deadline(at, start, self._knows(start, at))

    def _stopped(self, start: datetime, opens: datetime, at: datetime | None) -> Deadline:
        return Deadline(at, opens, self._knows(start, opens if at is None else at))

    def _knows(self, start: datetime, at: datetime) -> bool:
        return (self._known_from is None or start >= self._known_from) and (
            self._known_to is None or at <= self._known_to
        )


def _through(
    start: datetime,
    span: timedelta,
    pauses: Iterable[Pause],
    add: Callable[[datetime, timedelta], tuple[datetime, datetime]],
    between: Callable[[datetime, datetime], timedelta],
) -> datetime | None:
    """The instant at which `span` is used up when nothing counts in the pauses; None when the last pause has no end."""
    at = start
    for stops, resumes in merge_pauses(pauses):
        if resumes is not None and resumes <= at:
            continue
        stops = max(stops, at)
        _, ends = add(at, span)
        if ends <= stops:
            return _not_too_late(start, ends)
        span -= between(at, stops)
        if resumes is None:
            return None
        at = resumes
    return _not_too_late(start, add(at, span)[1])


def _not_too_late(start: datetime, ends: datetime) -> datetime:
    if ends - start > HORIZON:
        raise CalendarError(f"This would be due more than 100 years after {start:%Y-%m-%d}; write a smaller amount.")
    return ends


def _elapse(start: datetime, span: timedelta) -> tuple[datetime, datetime]:
    return start, to_utc(start + span)


def _elapsed(begins: datetime, ends: datetime) -> timedelta:
    return ends - begins


def merge_pauses(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in UTC, in order, apart from each other; an end of None is never.

    Raises CalendarError for a pause that ends before it begins.
    """
    found: list[Pause] = []
    in_order = sorted(
        ((to_utc(begins), None if ends is None else to_utc(ends)) for begins, ends in pauses),
        key=lambda pause: pause[0],
    )
    for begins, ends in in_order:
        if ends is not None and ends < begins:
            raise CalendarError(
                f"The pause from {begins:%Y-%m-%dT%H:%M:%SZ} ends before it begins; swap its two instants."
            )
        if found and (found[-1][1] is None or begins <= found[-1][1]):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if last is None or ends is None else max(last, ends))
        elif begins != ends:
            found.append((begins, ends))
    return found
