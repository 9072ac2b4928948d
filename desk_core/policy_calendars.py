"""``[[calendar]]`` of a policy file: hours of the week and dated days with their names, read into a :class:`CalendarSpec`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final

import msgspec

from desk_core.calendar_spec import WEEKDAYS, CalendarSpec, DatedWindows, NamedDay, Window, parse_window
from desk_core.calendars import Calendar
from desk_core.policy_marks import Id, Region, RuleId, Table
from desk_core.policy_reading import Place, Reader
from desk_core.zones import CalendarError

WindowText = Annotated[str, msgspec.Meta(extra={"is": "window"})]
ZoneName = Annotated[str, msgspec.Meta(extra={"is": "zone"})]
_DAY: Final = "|".join(WEEKDAYS)
_DAYS: Final = re.compile(rf"(?P<first>{_DAY})(?:-(?P<last>{_DAY}))?|daily")
_DAY_KEYS: Final = ("mon-fri", "sat-sun", "daily", *WEEKDAYS)


class Covers(Table, frozen=True, kw_only=True):
    """``covers``: the dates, both inclusive, for which the holidays are known."""

    first: dt.date = msgspec.field(name="from")
    last: dt.date = msgspec.field(name="to")


class Day(Table, frozen=True, kw_only=True):
    """A bridge day, or another day on which it is closed."""

    date: dt.date
    name: str = ""


class Holiday(Table, frozen=True, kw_only=True):
    """A public holiday; its name is what a "why" says."""

    date: dt.date
    name: str


class OpenDay(Table, frozen=True, kw_only=True):
    """A day that is open although the week or a holiday says otherwise."""

    date: dt.date
    windows: tuple[WindowText, ...]
    name: str = ""


class Override(Table, frozen=True, kw_only=True):
    """A day with hours of its own; without windows it is closed."""

    date: dt.date
    windows: tuple[WindowText, ...] = ()
    name: str = ""


class CalendarTable(Table, frozen=True, kw_only=True):
    """The keys of ``[[calendar]]`` beside those that name weekdays: ``mon``, ``mon-fri``, ``daily``. ``holiday_region`` is whose public
    holidays ``desk-policy calendar`` proposes for it, as ``DE-HH``; it decides nothing else."""

    id: Id
    title: str = ""
    rules: tuple[RuleId, ...] = ()
    zone: ZoneName
    covers: Covers
    holiday_region: Region = ""
    holidays: tuple[Holiday, ...] = ()
    holiday_windows: tuple[WindowText, ...] = ()
    bridge_days: tuple[Day, ...] = ()
    closed_days: tuple[Day, ...] = ()
    open_days: tuple[OpenDay, ...] = ()
    overrides: tuple[Override, ...] = ()
    working_day_hours: int | float | None = None


def read_calendar(reader: Reader, raw: Mapping[str, object], place: Place) -> CalendarSpec | None:
    """The calendar of a ``[[calendar]]``; None when a mistake in it was reported."""
    before = len(reader.mistakes)
    plain = {key: value for key, value in raw.items() if not _DAYS.fullmatch(key)}
    table = reader.table(CalendarTable, plain, place, _DAY_KEYS)
    week = _week(reader, raw, place)
    if len(reader.mistakes) == before:
        _check_dates(reader, table, place)
    if len(reader.mistakes) > before:
        return None
    own_hours: list[OpenDay | Override] = [*table.open_days, *table.overrides]
    spec = CalendarSpec(
        id=table.id,
        title=table.title,
        rules=table.rules,
        zone=table.zone,
        week=week,
        holidays=tuple(NamedDay(day.date, day.name) for day in table.holidays),
        holiday_windows=_windows(table.holiday_windows),
        closed_days=tuple(NamedDay(day.date, day.name) for day in (*table.bridge_days, *table.closed_days)),
        overrides=tuple(DatedWindows(day.date, _windows(day.windows), day.name) for day in own_hours),
        working_day_hours=table.working_day_hours,
        covers_from=table.covers.first,
        covers_to=table.covers.last,
        holiday_region=table.holiday_region,
    )
    try:
        Calendar(spec)
    except CalendarError as error:
        reader.complain(place, str(error))
        return None
    return spec


def _windows(texts: Iterable[str]) -> tuple[Window, ...]:
    return tuple(parse_window(text) for text in texts)


def _week(reader: Reader, raw: Mapping[str, object], place: Place) -> tuple[tuple[Window, ...], ...]:
    """The windows of Monday to Sunday: a day's own key beats a range of days, that beats ``daily``."""
    week: list[tuple[Window, ...]] = [()] * len(WEEKDAYS)
    ranges: dict[int, str] = {}
    for key in sorted((found for text in raw if (found := _DAYS.fullmatch(text))), key=_strength):
        here = place.at(key[0])
        windows = _windows(reader.texts(WindowText, raw[key[0]], here))
        days = _days_of(key["first"], key["last"])
        shared = [day for day in days if day in ranges]
        if key["last"] and shared:
            day = shared[0]
            reader.complain(here, f'{WEEKDAYS[day]} is in "{ranges[day]}" as well; write each day in one of the two.')
        for day in days:
            week[day] = windows
            if key["last"]:
                ranges[day] = key[0]
    return tuple(week)


def _strength(key: re.Match[str]) -> int:
    if not key["first"]:
        return 0
    return 1 if key["last"] else 2


def _days_of(first: str | None, last: str | None) -> list[int]:
    """The weekdays of a key, from 0 for Monday: one, a range that may pass Sunday (``sun-thu``), or all."""
    if first is None:
        return list(range(len(WEEKDAYS)))
    begins = WEEKDAYS.index(first)
    count = (WEEKDAYS.index(last) - begins) % len(WEEKDAYS) + 1 if last else 1
    return [(begins + step) % len(WEEKDAYS) for step in range(count)]


def _check_dates(reader: Reader, table: CalendarTable, place: Place) -> None:
    """Every date lies within ``covers``; no list has one twice, nor ``open_days`` and ``overrides`` between them."""
    first, last = table.covers.first, table.covers.last
    if last < first:
        reader.complain(place.at("covers"), f"ends before it begins; write from = {last} and to = {first}.")
        return
    lists: dict[str, Sequence[Day | Holiday | OpenDay | Override]] = {
        "holidays": table.holidays,
        "bridge_days": table.bridge_days,
        "closed_days": table.closed_days,
        "open_days": table.open_days,
        "overrides": table.overrides,
    }
    own_hours: set[dt.date] = set()
    for key, days in lists.items():
        seen = own_hours if key in ("open_days", "overrides") else set()
        for day in days:
            if not first <= day.date <= last:
                reader.complain(
                    place.at(key), f"{day.date} lies outside covers, {first} to {last}; extend covers or leave it out."
                )
            if day.date in seen:
                reader.complain(place.at(key), f"{day.date} is written twice; leave one out.")
            seen.add(day.date)
