"""Why a deadline is when it is: the arithmetic as data, step by step (TS-4, TS-5, TS-10); `renderings` puts it into words.

The counted steps of a promise in open or elapsed time add up to its amount, and so to `Calendar.open_seconds_between` for open time.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

import msgspec

from desk_core.calendar_spec import DayKind
from desk_core.calendars import Calendar, Deadline, Pause, merge_pauses
from desk_core.durations import ELAPSED_LENGTHS, OPEN_UNITS, Duration
from desk_core.zones import changes, instant_of, next_day, seconds_of, start_of_day, to_utc


class _Step(msgspec.Struct, frozen=True, tag_field="kind"):
    pass


class Received(_Step, frozen=True, tag="received"):
    """The event that started the promise."""

    at: datetime


class Waits(_Step, frozen=True, tag="waits"):
    """It happened out of hours: the promise counts from the next opening (TS-5)."""

    until: datetime


class Counted(_Step, frozen=True, tag="counted"):
    """Open seconds counted on a local date, from one instant to another."""

    date: date
    begins: datetime
    ends: datetime
    seconds: float


class Elapsed(_Step, frozen=True, tag="elapsed"):
    """Seconds that count whether it is open or not (TS-6)."""

    begins: datetime
    ends: datetime
    seconds: float


class Closed(_Step, frozen=True, tag="closed"):
    """A local date without open time: `week` (not in the weekly plan), `holiday` or `closed`, with its name if it has one."""

    date: date
    reason: DayKind
    name: str = ""


class Paused(_Step, frozen=True, tag="paused"):
    """Nothing counts from one instant to another; without an end until further notice. `seconds` of countable time are passed over."""

    begins: datetime
    ends: datetime | None
    seconds: float


class NotMoved(_Step, frozen=True, tag="not_moved"):
    """A pause that moves nothing, because the promise names a day."""

    begins: datetime
    ends: datetime | None


class ClockChange(_Step, frozen=True, tag="clock_change"):
    """The zone's clocks go forward (positive seconds) or back at this instant."""

    at: datetime
    seconds: int


class WorkingDay(_Step, frozen=True, tag="working_day"):
    """The `number`-th working day after the date of the start, which is day 0 (TS-8)."""

    date: date
    number: int


class CalendarDays(_Step, frozen=True, tag="calendar_days"):
    """So many dates later, every date counted (TS-7)."""

    days: int
    date: date


class HolidaysUnknown(_Step, frozen=True, tag="holidays_unknown"):
    """The way to the deadline leaves the dates whose holidays are known."""

    known_from: date | None
    known_to: date | None


class Due(_Step, frozen=True, tag="due"):
    """The deadline; in UTC, so 24:00 of a day is the first instant of the next one (TS-4)."""

    at: datetime


class NotDue(_Step, frozen=True, tag="not_due"):
    """There is no deadline until the pause ends."""

    since: datetime


Step = (
    Received
    | Waits
    | Counted
    | Elapsed
    | Closed
    | Paused
    | NotMoved
    | ClockChange
    | WorkingDay
    | CalendarDays
    | HolidaysUnknown
    | Due
    | NotDue
)


def explain(calendar: Calendar, start: datetime, duration: Duration, pauses: Iterable[Pause] = ()) -> tuple[Step, ...]:
    """The steps from the start to the deadline of `Calendar.add`, in the order in which they happen. Raises CalendarError as that does."""
    start = to_utc(start)
    stops = merge_pauses(pauses)
    deadline = calendar.add(start, duration, stops)
    walk = _Walk(calendar, start, deadline, stops)
    steps: list[Step] = [Received(start)]
    if deadline.counts_from > start:
        steps.append(Waits(deadline.counts_from))
    steps += [step for _, step in sorted(walk.steps(duration), key=_begins)]
    if not deadline.holidays_known:
        steps.append(HolidaysUnknown(calendar.spec.covers_from, calendar.spec.covers_to))
    steps.append(NotDue(walk.end) if deadline.at is None else Due(deadline.at))
    return tuple(steps)


class _Walk:
    """What lies between a start and its deadline, or the endless pause that keeps it from having one."""

    def __init__(self, calendar: Calendar, start: datetime, deadline: Deadline, pauses: list[Pause]) -> None:
        self._calendar = calendar
        self._start = start
        self._opens = deadline.counts_from
        self.end = max(start, pauses[-1][0]) if deadline.at is None else deadline.at
        # A pause that begins at the deadline or ends at the start has nothing to do with it.
        self._pauses = [
            (stops, resumes)
            for stops, resumes in pauses
            if (stops < self.end or deadline.at is None) and (resumes is None or resumes > start)
        ]

    def steps(self, duration: Duration) -> list[tuple[datetime, Step]]:
        """Each step with the instant at which it begins."""
        unit = duration.unit
        if unit in OPEN_UNITS:
            return [
                *self._clock_changes(),
                *self._counted(),
                *self._closed(self.end),
                *self._paused(self._open_seconds),
            ]
        if unit in ELAPSED_LENGTHS:
            closed = self._closed(self._opens) if self._opens > self._start else []
            return [*self._clock_changes(), *closed, *self._elapsed(), *self._paused(_seconds)]
        if unit == "next_open":
            return list(self._closed(self.end))
        return [*self._clock_changes(), *self._days(duration), *self._not_moved()]

    def _counted(self) -> Iterator[tuple[datetime, Step]]:
        for day, lo, hi in self._dates(self.end):
            if lo < hi:
                for opens, closes in self._calendar.open_intervals(lo, hi):
                    for begins, ends in _without(opens, closes, self._pauses):
                        yield begins, Counted(day, begins, ends, _seconds(begins, ends))

    def _closed(self, until: datetime) -> Iterator[tuple[datetime, Step]]:
        for day, lo, _ in self._dates(until):
            if not self._calendar.opening_hours(day):
                yield lo, Closed(day, *self._calendar.day_kind(day))

    def _elapsed(self) -> Iterator[tuple[datetime, Step]]:
        for begins, ends in _without(self._opens, self.end, self._pauses):
            yield begins, Elapsed(begins, ends, _seconds(begins, ends))

    def _paused(self, passed_over: Callable[[datetime, datetime], float]) -> Iterator[tuple[datetime, Step]]:
        for stops, resumes in self._pauses:
            begins = max(stops, self._start)
            ends = self.end if resumes is None else min(resumes, self.end)
            yield begins, Paused(stops, resumes, passed_over(begins, max(begins, ends)))

    def _open_seconds(self, begins: datetime, ends: datetime) -> float:
        return self._calendar.open_seconds_between(begins, ends)

    def _not_moved(self) -> Iterator[tuple[datetime, Step]]:
        for stops, resumes in self._pauses:
            yield max(stops, self._start), NotMoved(stops, resumes)

    def _clock_changes(self) -> Iterator[tuple[datetime, Step]]:
        for change in changes(self._calendar.zone, seconds_of(self._start), seconds_of(self.end)):
            at = instant_of(change.at)
            yield at, ClockChange(at, change.after - change.before)

    def _days(self, duration: Duration) -> Iterator[tuple[datetime, Step]]:
        first = self._calendar.local_date(self._start)
        if duration.unit in {"calendar_days", "calendar_days_end"}:
            yield self._start, CalendarDays(duration.days, next_day(first, duration.days))
            return
        day, number = first, 0
        while number < duration.days:
            day = next_day(day)
            if self._calendar.opening_hours(day):
                number += 1
                step: Step = WorkingDay(day, number)
            else:
                step = Closed(day, *self._calendar.day_kind(day))
            yield start_of_day(self._calendar.zone, day), step

    def _dates(self, until: datetime) -> Iterator[tuple[date, datetime, datetime]]:
        """The local dates from the start on, each with its first and last instant within the walk."""
        day, zone = self._calendar.local_date(self._start), self._calendar.zone
        begins = start_of_day(zone, day)
        while begins < until:
            following = next_day(day)
            ends = start_of_day(zone, following)
            yield day, max(begins, self._start), min(ends, until)
            day, begins = following, ends


def _begins(step: tuple[datetime, Step]) -> datetime:
    return step[0]


def _seconds(begins: datetime, ends: datetime) -> float:
    return (ends - begins).total_seconds()


def _without(begins: datetime, ends: datetime, pauses: list[Pause]) -> Iterator[tuple[datetime, datetime]]:
    """What is left of an interval between the pauses, which are in order and apart."""
    for stops, resumes in pauses:
        if begins < min(stops, ends):
            yield begins, min(stops, ends)
        if resumes is None:
            return
        begins = max(begins, resumes)
    if begins < ends:
        yield begins, ends
