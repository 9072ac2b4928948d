"""Explanations in words: "received Fri 16:40; 20 min counted on Fri; Sat, Sun closed; …; due Tue 10:10" (TS-4, TS-5).

Every text is in `TEXTS` and goes through `translate` before it is filled in, so that a window can say it in another language.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from desk_core.explanations import (
    CalendarDays,
    ClockChange,
    Closed,
    Counted,
    Due,
    Elapsed,
    HolidaysUnknown,
    NotDue,
    NotMoved,
    Paused,
    Received,
    Step,
    Waits,
    WorkingDay,
)
from desk_core.zones import next_day, start_of_day, to_utc

Translate = Callable[[str], str]

WEEKDAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RECEIVED: Final = "received {when}"
_WAITS: Final = "counts from the opening {when}"
_COUNTED: Final = "{amount} counted on {days}"
_COUNTED_EACH: Final = "{amount} counted on each of {days}"
_ELAPSED: Final = "{amount} to {when}, open or not"
_CLOSED: Final = "{days} closed"
_CLOSED_NAMED: Final = "{days} closed ({name})"
_PUBLIC_HOLIDAY: Final = "public holiday"
_PAUSED: Final = "paused {begins} to {ends}, {amount} not counted"
_PAUSED_OUT: Final = "paused {begins} to {ends}, out of hours"
_PAUSED_ON: Final = "paused since {begins}"
_NOT_MOVED: Final = "the pause {begins} to {ends} does not move a day"
_NOT_MOVED_ON: Final = "the pause since {begins} does not move a day"
_FORWARD: Final = "clocks go forward {amount} on {day}"
_BACK: Final = "clocks go back {amount} on {day}"
_WORKING_DAY: Final = "working day {days}"
_WORKING_DAYS: Final = "working days {days}"
_NUMBERED_DAY: Final = "{day} ({number})"
_ONE_CALENDAR_DAY: Final = "1 calendar day to {day}"
_CALENDAR_DAYS: Final = "{number} calendar days to {day}"
_UNKNOWN_BEFORE: Final = "holidays not known before {known_from}"
_UNKNOWN_AFTER: Final = "holidays not known after {known_to}"
_UNKNOWN_OUTSIDE: Final = "holidays not known before {known_from} and after {known_to}"
_DUE: Final = "due {when}"
_NOT_DUE: Final = "no deadline until the pause ends"
_TIME_OF_DAY: Final = "{day} {time}"
_HOURS: Final = "{number} h"
_MINUTES: Final = "{number} min"
_SECONDS: Final = "{number} s"
_SPAN_OF_DAYS: Final = "{first} to {last}"
_LEFT_OUT: Final = "… {number} more steps …"

TEXTS: Final = (
    _RECEIVED,
    _WAITS,
    _COUNTED,
    _COUNTED_EACH,
    _ELAPSED,
    _CLOSED,
    _CLOSED_NAMED,
    _PUBLIC_HOLIDAY,
    _PAUSED,
    _PAUSED_OUT,
    _PAUSED_ON,
    _NOT_MOVED,
    _NOT_MOVED_ON,
    _FORWARD,
    _BACK,
    _WORKING_DAY,
    _WORKING_DAYS,
    _NUMBERED_DAY,
    _ONE_CALENDAR_DAY,
    _CALENDAR_DAYS,
    _UNKNOWN_BEFORE,
    _UNKNOWN_AFTER,
    _UNKNOWN_OUTSIDE,
    _DUE,
    _NOT_DUE,
    _TIME_OF_DAY,
    _HOURS,
    _MINUTES,
    _SECONDS,
    _SPAN_OF_DAYS,
    _LEFT_OUT,
    *WEEKDAY_NAMES,
    *MONTH_NAMES,
)
_WEEK: Final = timedelta(days=7)
_MOST_LISTED: Final = 4
_MOST_AT_AN_END: Final = 30


def deadline_reading(deadline: datetime, zone: ZoneInfo) -> tuple[date, str]:
    """The local date and wall time of a deadline; the first instant of a day is shown as 24:00 of the day before (TS-4)."""
    local = to_utc(deadline).astimezone(zone)
    if start_of_day(zone, local.date()) == deadline:
        return next_day(local.date(), -1), "24:00"
    return local.date(), _wall(local)


def display_deadline(deadline: datetime, zone: ZoneInfo, translate: Translate = str) -> str:
    """A deadline as "Thu 11 Jun 2026 24:00" in its calendar's zone (TS-4)."""
    day, time = deadline_reading(deadline, zone)
    return translate(_TIME_OF_DAY).format(day=_Words(zone, translate).full_date(day), time=time)


def render_steps(steps: Sequence[Step], zone: ZoneInfo, translate: Translate = str) -> str:
    """The steps as one sentence, parted by semicolons.

    Days are named by their weekday alone while all lie within one week.
    """
    return "; ".join(render_each(steps, zone, translate))


def render_each(steps: Sequence[Step], zone: ZoneInfo, translate: Translate = str) -> list[str]:
    """The parts of that sentence; steps of one kind that follow each other share a part.

    The middle of a very long one is left out; the steps have all of it.
    """
    words = _Words(zone, translate, steps)
    parts: list[str] = []
    for kind, group in groupby(steps, key=type):
        if kind is Counted:
            parts += words.counted([step for step in group if isinstance(step, Counted)])
        elif kind is Closed:
            parts += words.closed([step for step in group if isinstance(step, Closed)])
        elif kind is WorkingDay:
            parts.append(words.working_days([step for step in group if isinstance(step, WorkingDay)]))
        else:
            parts += [words.single(step) for step in group]
    left_out = len(parts) - 2 * _MOST_AT_AN_END
    if left_out > 1:
        return [*parts[:_MOST_AT_AN_END], words.say(_LEFT_OUT, number=left_out), *parts[-_MOST_AT_AN_END:]]
    return parts


class _Words:
    """Says dates, times and amounts in one zone and language, as briefly as the steps allow."""

    def __init__(self, zone: ZoneInfo, translate: Translate, steps: Sequence[Step] = ()) -> None:
        self._zone = zone
        self._translate = translate
        dates = [*_dates(steps, zone)]
        self._first = min(dates, default=date.min)
        self._brief = bool(dates) and max(dates) - self._first < _WEEK

    def say(self, text: str, **values: object) -> str:
        return self._translate(text).format(**values)

    def single(self, step: Step) -> str:
        """One step of a kind that shares its part with no other."""
        match step:
            case Received(at=at):
                return self.say(_RECEIVED, when=self.when(at))
            case Waits(until=until):
                return self.say(_WAITS, when=self.when(until))
            case Elapsed(ends=ends, seconds=seconds):
                return self.say(_ELAPSED, amount=self.amount(seconds), when=self.when(ends))
            case ClockChange(at=at, seconds=seconds):
                text = _FORWARD if seconds > 0 else _BACK
                return self.say(text, amount=self.amount(abs(seconds)), day=self._in_full(self._local(at).date()))
            case CalendarDays(days=days, date=day):
                return self.say(_ONE_CALENDAR_DAY if days == 1 else _CALENDAR_DAYS, number=days, day=self.day(day))
            case HolidaysUnknown():
                return self._unknown(step)
            case Due(at=at):
                day, time = deadline_reading(at, self._zone)
                return self.say(_DUE, when=self.say(_TIME_OF_DAY, day=self.day(day), time=time))
            case NotDue():
                return self.say(_NOT_DUE)
            case Paused() | NotMoved():
                return self._pause(step)
            case _:
                raise TypeError(f"{type(step).__name__} is said together with its neighbours.")

    def counted(self, steps: list[Counted]) -> list[str]:
        """The time counted, day by day; days of one amount are said together."""
        totals: dict[date, float] = {}
        for step in steps:
            totals[step.date] = totals.get(step.date, 0) + step.seconds
        parts: list[str] = []
        for seconds, group in groupby(totals, key=lambda day: totals[day]):
            days = list(group)
            text = _COUNTED if len(days) == 1 else _COUNTED_EACH
            parts.append(self.say(text, amount=self.amount(seconds), days=self._days(days)))
        return parts

    def closed(self, steps: list[Closed]) -> list[str]:
        """The closed days; those of one name are said together, holidays always with their date."""
        parts: list[str] = []
        for (reason, name), group in groupby(steps, key=lambda step: (step.reason, step.name)):
            days = [step.date for step in group]
            if reason == "week":
                parts.append(self.say(_CLOSED, days=self._days(days)))
                continue
            said = self._days(days, dated=True)
            shown = name or (self.say(_PUBLIC_HOLIDAY) if reason == "holiday" else "")
            parts.append(self.say(_CLOSED_NAMED, days=said, name=shown) if shown else self.say(_CLOSED, days=said))
        return parts

    def working_days(self, steps: list[WorkingDay]) -> str:
        """The working days with their numbers."""
        days = [self.say(_NUMBERED_DAY, day=self.day(step.date), number=step.number) for step in steps]
        return self.say(_WORKING_DAY if len(days) == 1 else _WORKING_DAYS, days=self._listed(days))

    def amount(self, seconds: float) -> str:
        """Seconds as "1 h 30 min", nothing rounded away."""
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(int(minutes), 60)
        parts = [self.say(_HOURS, number=hours)] if hours else []
        parts += [self.say(_MINUTES, number=minutes)] if minutes else []
        parts += [self.say(_SECONDS, number=f"{round(rest, 6):g}")] if rest or not parts else []
        return " ".join(parts)

    def when(self, at: datetime) -> str:
        """Day and time of an instant."""
        local = self._local(at)
        return self.say(_TIME_OF_DAY, day=self.day(local.date()), time=_wall(local))

    def day(self, day: date) -> str:
        """A date, by its weekday alone where that cannot be misread."""
        weekday = self._translate(WEEKDAY_NAMES[day.weekday()])
        if self._brief:
            return weekday
        return self._in_full(day)

    def dated(self, day: date) -> str:
        """A date with its weekday, without its year."""
        return (
            f"{self._translate(WEEKDAY_NAMES[day.weekday()])} {day.day} {self._translate(MONTH_NAMES[day.month - 1])}"
        )

    def full_date(self, day: date) -> str:
        """A date with weekday and year."""
        return f"{self.dated(day)} {day.year}"

    def _in_full(self, day: date) -> str:
        return self.dated(day) if day.year == self._first.year else self.full_date(day)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    def _days(self, days: list[date], *, dated: bool = False) -> str:
        return self._listed([self._in_full(day) if dated else self.day(day) for day in days])

    def _listed(self, said: list[str]) -> str:
        if len(said) > _MOST_LISTED:
            return self.say(_SPAN_OF_DAYS, first=said[0], last=said[-1])
        return ", ".join(said)

    def _pause(self, step: Paused | NotMoved) -> str:
        fixed = isinstance(step, NotMoved)
        begins = self.when(step.begins)
        if step.ends is None:
            return self.say(_NOT_MOVED_ON if fixed else _PAUSED_ON, begins=begins)
        ends = self.when(step.ends)
        if isinstance(step, NotMoved):
            return self.say(_NOT_MOVED, begins=begins, ends=ends)
        if not step.seconds:
            return self.say(_PAUSED_OUT, begins=begins, ends=ends)
        return self.say(_PAUSED, begins=begins, ends=ends, amount=self.amount(step.seconds))

    def _unknown(self, step: HolidaysUnknown) -> str:
        known = {
            "known_from": step.known_from and self.full_date(step.known_from),
            "known_to": step.known_to and self.full_date(step.known_to),
        }
        text = _UNKNOWN_OUTSIDE if all(known.values()) else _UNKNOWN_BEFORE if step.known_from else _UNKNOWN_AFTER
        return self.say(text, **known)


def _dates(steps: Sequence[Step], zone: ZoneInfo) -> Iterator[date]:
    """Every date that the steps name."""
    for step in steps:
        match step:
            case Counted(date=day) | Closed(date=day) | WorkingDay(date=day) | CalendarDays(date=day):
                yield day
            case Received(at=at) | Due(at=at) | Waits(until=at) | Elapsed(ends=at):
                yield at.astimezone(zone).date()
            case Paused(begins=begins, ends=ends) | NotMoved(begins=begins, ends=ends):
                yield from (each.astimezone(zone).date() for each in (begins, ends) if each is not None)
            case _:
                continue


def _wall(local: datetime) -> str:
    if local.microsecond:
        return f"{local:%H:%M:%S.%f}"
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
