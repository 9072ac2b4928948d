"""The amount of a promise and its unit: how policies and cases write it, and how long it is (TS-3, TS-6…TS-9)."""

import math
import re
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

import msgspec

from desk_core.zones import CalendarError

OpenUnit = Literal["business_seconds", "business_minutes", "business_hours", "working_days"]
ElapsedUnit = Literal["elapsed_seconds", "elapsed_minutes", "elapsed_hours", "elapsed_from_open_seconds"]
DayUnit = Literal["calendar_days", "calendar_days_end", "working_days_end", "working_day_close"]
Unit = OpenUnit | ElapsedUnit | DayUnit | Literal["next_open"]

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)

# The fixed lengths; a working day is as long as its calendar says.
OPEN_LENGTHS: Final[dict[str, timedelta]] = {
    "business_seconds": SECOND,
    "business_minutes": MINUTE,
    "business_hours": HOUR,
}
ELAPSED_LENGTHS: Final[dict[str, timedelta]] = {
    "elapsed_seconds": SECOND,
    "elapsed_minutes": MINUTE,
    "elapsed_hours": HOUR,
    "elapsed_from_open_seconds": SECOND,
}
OPEN_UNITS: Final = frozenset({*OPEN_LENGTHS, "working_days"})
DAY_UNITS: Final = frozenset({"calendar_days", "calendar_days_end", "working_days_end", "working_day_close"})

UNITS: Final = (*OPEN_LENGTHS, "working_days", *ELAPSED_LENGTHS, *sorted(DAY_UNITS), "next_open")

_WORDS: Final[dict[str, Unit]] = {
    "open second": "business_seconds",
    "open minute": "business_minutes",
    "open hour": "business_hours",
    "elapsed second": "elapsed_seconds",
    "elapsed minute": "elapsed_minutes",
    "elapsed hour": "elapsed_hours",
    "elapsed second from open": "elapsed_from_open_seconds",
    "working day": "working_days",
    "working day end": "working_days_end",
    "working day close": "working_day_close",
    "calendar day": "calendar_days",
    "calendar day end": "calendar_days_end",
}
_AMOUNT: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s+(?P<words>[a-z ]+)")
_PLURAL: Final = re.compile(r"\b(second|minute|hour|day)s\b")
# Bounds the digits as well, so that no amount costs time to read: more than any clock between the years 1 and 9999.
_MOST: Final = 1_000_000_000_000


class Duration(msgspec.Struct, frozen=True):
    """An amount (not negative) and its unit, in the words of the clock cases.

    Raises CalendarError for a negative or endless amount, and for a part of a day where whole days are counted.
    """

    amount: int | float
    unit: Unit

    def __post_init__(self) -> None:
        if not math.isfinite(self.amount) or not 0 <= self.amount <= _MOST:
            raise CalendarError(f"The amount {self.amount} is not possible; write a number from 0 to {_MOST}.")
        if self.unit in DAY_UNITS and self.amount != int(self.amount):
            raise CalendarError(
                f"{self.unit} counts whole days; write {math.ceil(self.amount)} instead of {self.amount}."
            )
        if self.unit == "working_day_close" and self.amount < 1:
            raise CalendarError("working_day_close counts from the day after the start; write 1 or more.")

    @property
    def days(self) -> int:
        """The amount of a unit that counts whole days."""
        return int(self.amount)


@lru_cache(maxsize=1024)
def parse_amount(text: str) -> Duration:
    """The amount that a policy writes as "2 open hours", "3 working days end" or "next open".

    Raises CalendarError that says what would be right.
    """
    plain = " ".join(text.lower().split())
    if plain == "next open":
        return Duration(0, "next_open")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise CalendarError(
            f'"{text}" is not an amount; write for example "2 open hours", "1 working day" or "next open".'
        )
    words = _PLURAL.sub(r"\1", found["words"])
    unit = _WORDS.get(words)
    if unit is None:
        raise CalendarError(_unknown_unit(text, found["number"], words))
    number = found["number"]
    return Duration(float(number) if "." in number else int(number), unit)


def times(length: timedelta, amount: int | float) -> timedelta:
    """`amount` lengths, to the microsecond: 0.1 hours are exactly 6 minutes. Raises CalendarError beyond 9999 years."""
    try:
        if isinstance(amount, int):
            return length * amount
        microseconds = Fraction(repr(amount)) * (length // timedelta(microseconds=1))
        return timedelta(microseconds=round(microseconds))
    except OverflowError:
        raise CalendarError(
            f"The amount {amount} is longer than any calendar can count; write a smaller one."
        ) from None


def _unknown_unit(text: str, number: str, words: str) -> str:
    if words in {"second", "minute", "hour"}:
        return (
            f'"{text}" does not say which time counts; write "{number} open {words}s" or "{number} elapsed {words}s".'
        )
    if words in {"day", "day end"}:
        days = words.replace("day", "days")
        return f'"{text}" does not say which days count; write "{number} working {days}" or "{number} calendar {days}".'
    return (
        f'"{text}" has no unit that is known; write open or elapsed seconds, minutes or hours, working days, working days '
        "end, working day close, calendar days, calendar days end, or next open."
    )
