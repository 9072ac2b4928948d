"""IANA zones as plain stretches of constant offset: the ground on which calendars count (TS-1, TS-2, TS-7).

Nothing here adds a timedelta to an aware local time: inside one zone that would be wall-clock arithmetic, not elapsed
time. Instants are UTC; a wall time becomes an instant only through `first_instant`.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY: Final = EPOCH.toordinal()
DAY: Final = 86_400
# A local reading must never leave the years 1 to 9999, whatever the offset: a week of room at both ends.
FIRST: Final = datetime(1, 1, 8, tzinfo=UTC)
LAST: Final = datetime(9999, 12, 24, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_TWO_DAYS: Final = 2 * DAY


class CalendarError(ValueError):
    """A calendar, an instant or an amount that cannot be used; the text is one sentence for a person."""


class Segment(NamedTuple):
    """A stretch of UTC seconds since 1970, `begins` to `ends` (half-open), in which the zone keeps one offset in seconds."""

    begins: int
    ends: int
    offset: int


class Change(NamedTuple):
    """A change of the zone's offset: the UTC second since 1970 and the offsets before and after it, in seconds."""

    at: int
    before: int
    after: int


def load_zone(name: str) -> ZoneInfo:
    """The IANA zone called `name`. Raises CalendarError for any other name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalendarError(f'"{name}" is not an IANA time zone; write for example "Europe/Berlin".') from None


def to_utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises CalendarError when it has no offset (TS-1) or lies at the very edge of the years 1 to 9999."""
    if instant.tzinfo is UTC:
        utc = instant
    elif instant.tzinfo is None:
        raise CalendarError(f"{instant.isoformat()} has no offset from UTC; write for example 2026-05-13T16:15+02:00.")
    else:
        try:
            utc = instant.astimezone(UTC)
        except OverflowError:
            raise out_of_years(instant) from None
    if not FIRST <= utc < LAST:
        raise out_of_years(utc)
    return utc


def out_of_years(instant: datetime | None = None) -> CalendarError:
    """The error for an instant, or a result, that no calendar can hold."""
    what = "The result" if instant is None else instant.isoformat()
    return CalendarError(f"{what} lies outside the years 1 to 9999 in which calendars can count.")


def seconds_of(instant: datetime) -> int:
    """Whole UTC seconds since 1970, rounded down."""
    since = instant - EPOCH
    return since.days * DAY + since.seconds


def instant_of(seconds: int) -> datetime:
    """The instant that lies so many UTC seconds after 1970."""
    return EPOCH + timedelta(seconds=seconds)


def segments(zone: ZoneInfo, lo: int, hi: int) -> list[Segment]:
    """The stretches of constant offset that cover the UTC seconds `lo` to `hi`, in order."""
    found: list[Segment] = []
    begins, offset = lo, _offset_at(zone, lo)
    for change in changes(zone, lo, hi):
        found.append(Segment(begins, change.at, offset))
        begins, offset = change.at, change.after
    found.append(Segment(begins, hi, offset))
    return found


def changes(zone: ZoneInfo, lo: int, hi: int) -> list[Change]:
    """Every change of offset after the UTC second `lo` and before `hi`, in order."""
    first, last = instant_of(lo).year, instant_of(hi).year
    return [change for year in range(first, last + 1) for change in _changes_in(zone.key, year) if lo < change.at < hi]


def first_instant(zone: ZoneInfo, wall: datetime) -> datetime:
    """The first instant whose local reading is `wall` (naive) or later.

    That is the wall time itself, the first of the two in a fold, and the first instant after a gap (TS-7).
    Raises CalendarError at the edge of the years 1 to 9999.
    """
    utc_reading = wall.replace(tzinfo=UTC)
    if not FIRST + timedelta(days=3) <= utc_reading <= LAST - timedelta(days=3):
        raise out_of_years(utc_reading.replace(tzinfo=None))
    reading = (utc_reading - EPOCH) // _MICROSECOND
    around = seconds_of(utc_reading)
    for begins, ends, offset in segments(zone, around - _TWO_DAYS, around + _TWO_DAYS):
        instant = max(begins * 1_000_000, reading - offset * 1_000_000)
        if instant < ends * 1_000_000:
            return EPOCH + timedelta(microseconds=instant)
    raise out_of_years(utc_reading)


def start_of_day(zone: ZoneInfo, day: date) -> datetime:
    """The first instant of a local date; 24:00 of a date is the start of the next one (TS-4)."""
    return first_instant(zone, datetime(day.year, day.month, day.day))  # noqa: DTZ001 - a wall time


def next_day(day: date, days: int = 1) -> date:
    """The date so many days later. Raises CalendarError beyond the year 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise out_of_years() from None


def _offset_at(zone: ZoneInfo, second: int) -> int:
    offset = instant_of(second).astimezone(zone).utcoffset()
    return 0 if offset is None else offset.days * DAY + offset.seconds


@lru_cache(maxsize=8192)
def _changes_in(key: str, year: int) -> tuple[Change, ...]:
    """The changes within one UTC year, found by looking once a day: no zone of the database has two within four days."""
    zone = ZoneInfo(key)
    start = max(seconds_of(datetime(year, 1, 1, tzinfo=UTC)), seconds_of(FIRST))
    end = seconds_of(LAST) if year == LAST.year else seconds_of(datetime(year + 1, 1, 1, tzinfo=UTC))
    found: list[Change] = []
    before = _offset_at(zone, start - 1)
    for second in [*range(start, end, DAY), end - 1]:
        after = _offset_at(zone, second)
        if after != before:
            found.append(Change(_first_second_of(zone, after, max(start, second - DAY), second), before, after))
            before = after
    return tuple(found)


def _first_second_of(zone: ZoneInfo, offset: int, lo: int, hi: int) -> int:
    while lo < hi:
        middle = (lo + hi) // 2
        if _offset_at(zone, middle) == offset:
            hi = middle
        else:
            lo = middle + 1
    return lo
