"""A calendar as data: the weekly plan, the dates that differ from it, and what is open on any one date (TS-2, TS-10)."""

import re
from datetime import date
from typing import Final, Literal, NamedTuple

import msgspec

from desk_core.open_time import THURSDAY, Windows
from desk_core.zones import DAY, EPOCH_DAY, CalendarError

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DayKind = Literal["open", "week", "holiday", "closed"]
_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?")


class Window(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Opening and closing in seconds after the date's midnight on the wall; half-open (TS-2).

    A closing after 24:00 (86,400) belongs to the next date: the window is cut there.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.opens < DAY and self.opens < self.closes <= self.opens + DAY):
            raise CalendarError("A window opens between 00:00 and 23:59 and closes after that, within 24 hours.")


class NamedDay(msgspec.Struct, frozen=True):
    """A date with the name under which it is explained to people; the name may be empty."""

    date: date
    name: str = ""


class DatedWindows(msgspec.Struct, frozen=True):
    """The windows of one single date, whatever its weekday; none means closed."""

    date: date
    windows: tuple[Window, ...] = ()
    name: str = ""


class CalendarSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar as data. For one date `overrides` beats `closed_days`, that beats `holidays`, that beats `week`.

    `week` has the windows of Monday to Sunday; a holiday has `holiday_windows` instead. A window past midnight also opens
    the early hours of the next date: for good in the weekly plan; for an override unless the next date is an override itself;
    for a holiday unless the next date is an override or closed. `working_day_hours` is the length of "1 working day" (TS-9).
    `covers_from` and `covers_to` (inclusive) say for which dates the holidays are known; without them, for all. `holiday_region`
    names whose public holidays may be proposed, as DE-HH; time counts by the dates alone.
    """

    id: str
    zone: str
    week: tuple[tuple[Window, ...], ...]
    title: str = ""
    rules: tuple[str, ...] = ()
    holidays: tuple[NamedDay, ...] = ()
    holiday_windows: tuple[Window, ...] = ()
    closed_days: tuple[NamedDay, ...] = ()
    overrides: tuple[DatedWindows, ...] = ()
    working_day_hours: int | float | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    holiday_region: str = ""


def window(opens: str, closes: str) -> Window:
    """The window between two wall times as 08:30 or 08:30:00.

    `closes` may be 24:00, or earlier than `opens` for a window past midnight. Raises CalendarError for anything else.
    """
    begins, ends = _wall_seconds(opens, "an opening"), _wall_seconds(closes, "a closing")
    if begins == DAY:
        raise CalendarError(f'"{opens}-{closes}" opens at 24:00; write 00:00 and the next day.')
    if begins == ends:
        raise CalendarError(f'"{opens}-{closes}" is empty; write 00:00-24:00 for a whole day.')
    return Window(begins, ends if ends > begins else ends + DAY)


def parse_window(text: str) -> Window:
    """The window that a policy writes as "08:30-17:00" or "22:00-06:00". Raises CalendarError for anything else."""
    opens, dash, closes = text.replace(" ", "").partition("-")
    if not dash:
        raise CalendarError(f'"{text}" is not a window; write for example "08:30-17:00".')
    return window(opens, closes)


class DatedDays(NamedTuple):
    """What the single dates of a spec say, by day number since 1970: their windows, and why they are not ordinary."""

    windows: dict[int, Windows]
    kinds: dict[int, tuple[DayKind, str]]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH_DAY


def weekly_windows(spec: CalendarSpec) -> tuple[Windows, ...]:
    """The windows of Monday to Sunday, cut at 24:00. Raises CalendarError when there are not seven days."""
    if len(spec.week) != len(WEEKDAYS):
        raise CalendarError(f"A week has seven lists of windows, Monday first; this one has {len(spec.week)}.")
    return tuple(
        _joined((*_until_midnight(day), *_after_midnight(spec.week[number - 1])))
        for number, day in enumerate(spec.week)
    )


def dated_days(spec: CalendarSpec, week: tuple[Windows, ...]) -> DatedDays:
    """The dates on which something else holds than `week`."""
    kinds: dict[int, tuple[DayKind, str]] = {}
    windows: dict[int, Windows] = {}
    for holiday in spec.holidays:
        _mark(kinds, holiday.date, "holiday", holiday.name)
        windows[day_number(holiday.date)] = _until_midnight(spec.holiday_windows)
    holidays = set(windows)
    for closed in spec.closed_days:
        _mark(kinds, closed.date, "closed", closed.name)
        windows[day_number(closed.date)] = ()
    overrides = {day_number(override.date): override for override in spec.overrides}
    for day, override in overrides.items():
        _mark(kinds, override.date, "closed", override.name)
        windows[day] = _until_midnight(override.windows)

    def open_early(day: int, early: Windows) -> None:
        present = windows.get(day)
        windows[day] = _joined((*(week[(day + THURSDAY) % 7] if present is None else present), *early))

    for day in holidays:
        if kinds[day][0] == "holiday" and kinds.get(day + 1, ("open", ""))[0] != "closed" and spec.holiday_windows:
            open_early(day + 1, _after_midnight(spec.holiday_windows))
    for day, override in overrides.items():
        if day + 1 not in overrides:
            open_early(day + 1, _after_midnight(override.windows))
    return DatedDays(windows, kinds)


def _mark(kinds: dict[int, tuple[DayKind, str]], day: date, kind: DayKind, name: str) -> None:
    number = day_number(day)
    # A closed day that is a holiday as well keeps the holiday's name when it has none of its own.
    kinds[number] = (kind, name or kinds.get(number, (kind, ""))[1])


def _until_midnight(windows: tuple[Window, ...]) -> Windows:
    return _joined(tuple((each.opens, min(each.closes, DAY)) for each in windows))


def _after_midnight(windows: tuple[Window, ...]) -> Windows:
    return _joined(tuple((0, each.closes - DAY) for each in windows if each.closes > DAY))


def _joined(windows: Windows) -> Windows:
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(windows):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def _wall_seconds(text: str, what: str) -> int:
    found = _TIME.fullmatch(text)
    seconds = -1 if found is None else int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    if found is None or int(found[2]) > 59 or int(found[3] or 0) > 59 or seconds > DAY:
        raise CalendarError(f'"{text}" is not {what} time; write for example 08:30, at most 24:00.')
    return seconds
