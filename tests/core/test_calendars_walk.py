"""The calendar engine against a walk from minute to minute that shares no code with it.

The suite runs 1,000 random cases; `DESK_WALK_EXAMPLES=20000 pytest tests/core/test_calendars_walk.py` runs as many as it says
(8 to 15 minutes for 20,000).
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from desk_policy.cases import DueCase, answers, due

EXAMPLES = int(os.environ.get("DESK_WALK_EXAMPLES", "1000"))
MINUTE = timedelta(minutes=1)
LONGEST = timedelta(days=16)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Each with the year of its cases: with and without changes of the clocks, north and south, at midnight, and by 30 minutes.
ZONES = {
    "Europe/Berlin": 2026,
    "Europe/London": 2026,
    "America/New_York": 2026,
    "America/Denver": 2027,
    "America/Phoenix": 2026,
    "Asia/Ho_Chi_Minh": 2026,
    "Asia/Kolkata": 2026,
    "Australia/Lord_Howe": 2026,
    "America/Sao_Paulo": 2018,
    "America/Havana": 2026,
    "Asia/Beirut": 2026,
    "Africa/Casablanca": 2026,
    "UTC": 2026,
}
MENU = [
    ["08:30-17:00"],
    ["09:30-17:30"],
    ["08:00-12:00", "13:30-16:30"],
    ["22:00-06:00"],
    ["00:00-24:00"],
    ["18:00-24:00"],
    ["00:00-01:00", "01:00-02:30", "23:30-24:00"],
    ["01:30-02:30"],
    ["20:00-02:30", "10:00-11:00"],
]

Case = dict[str, Any]


# --- the walk ------------------------------------------------------------------------------------------------------------


class Walk:
    """Looks at every minute of a case, and at every edge of a pause between two minutes."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.calendar = case["calendar"]
        self.zone = ZoneInfo(self.calendar["tz"])
        self.pauses = [(at(begins), at(ends) if ends else None) for begins, ends in case["pauses"]]
        self.known: dict[date, list[tuple[int, int]]] = {}

    def windows(self, day: date) -> list[tuple[int, int]]:
        """Seconds from midnight to midnight; what a window past midnight leaves to the next date is opened there."""
        if day not in self.known:
            kind, written = self.written(day)
            found = [(a, min(b, 86400)) for a, b in written]
            before, night = self.written(day - timedelta(days=1))
            if kind == "week":
                night = [*seconds(self.calendar["week"], DAYS[day.weekday() - 1]), *(night if before != "week" else [])]
            elif kind == "override" or before in ("week", "closed") or (kind == "closed" and before == "holiday"):
                night = []
            self.known[day] = found + [(0, b - 86400) for _, b in night if b > 86400]
        return self.known[day]

    def written(self, day: date) -> tuple[str, list[tuple[int, int]]]:
        if day.isoformat() in self.calendar["overrides"]:
            return "override", seconds(self.calendar["overrides"], day.isoformat())
        if day.isoformat() in self.calendar["closed_days"]:
            return "closed", []
        if day.isoformat() in self.calendar["holidays"]:
            return "holiday", seconds(self.calendar, "holiday_windows")
        return "week", seconds(self.calendar["week"], DAYS[day.weekday()])

    def is_open(self, instant: datetime) -> bool:
        local = instant.astimezone(self.zone)
        second = local.hour * 3600 + local.minute * 60 + local.second
        return any(a <= second < b for a, b in self.windows(local.date()))

    def paused(self, instant: datetime) -> bool:
        return any(begins <= instant and (ends is None or instant < ends) for begins, ends in self.pauses)

    def pieces(self, begins: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        edges = sorted({edge for pause in self.pauses for edge in pause if edge is not None and begins < edge < until})
        while begins < until:
            following = min(begins.replace(second=0, microsecond=0) + MINUTE, until)
            while edges and edges[0] < following:
                yield begins, edges[0]
                begins = edges.pop(0)
            if begins < following:
                yield begins, following
            begins = following

    def used_up(self, start: datetime, amount: timedelta, whole: bool) -> datetime | None:
        """When `amount` has gone by (whole: open or not) outside the pauses; None when the walk is too long."""
        if not amount:
            return start
        for begins, ends in self.pieces(start, start + LONGEST):
            if (whole or self.is_open(begins)) and not self.paused(begins):
                if amount <= ends - begins:
                    return begins + amount
                amount -= ends - begins
        return None

    def open_seconds(self, begins: datetime, ends: datetime) -> float:
        counted = [b - a for a, b in self.pieces(begins, ends) if self.is_open(a) and not self.paused(a)]
        return sum(counted, timedelta()).total_seconds()

    def opening(self, instant: datetime) -> datetime | None:
        pieces = self.pieces(instant, instant + LONGEST)
        return next((begins for begins, _ in pieces if self.is_open(begins)), None)

    def first_at(self, wall: datetime) -> datetime:
        """The first instant at which the wall shows this or something later."""
        rest = timedelta(seconds=wall.second, microseconds=wall.microsecond)
        minute = (wall - rest).replace(tzinfo=UTC) - timedelta(hours=26)
        while True:
            for instant in (minute, minute + rest):
                if instant.astimezone(self.zone).replace(tzinfo=None) >= wall:
                    return instant
            minute += MINUTE

    def open_minutes(self, day: date) -> list[datetime]:
        begins = self.first_at(midnight(day))
        ends = self.first_at(midnight(day + timedelta(days=1)))
        minutes = [begins + MINUTE * number for number in range((ends - begins) // MINUTE)]
        return [minute for minute in minutes if self.is_open(minute)]

    def working_day(self, day: date, number: int) -> list[datetime] | None:
        for _ in range(LONGEST.days):
            if not number:
                break
            day += timedelta(days=1)
            minutes = self.open_minutes(day) if self.windows(day) else []
            number -= bool(minutes)
        return None if number else minutes

    def deadline(self) -> datetime | None:
        """The deadline by the definition of each unit; None when it lies beyond the walk or a pause has no end."""
        start, unit, amount = at(self.case["start"]), self.case["duration"]["unit"], self.case["duration"]["amount"]
        length = {"seconds": 1, "minutes": 60, "hours": 3600}.get(unit.rpartition("_")[2], 0)
        if unit == "working_days":
            return self.used_up(start, timedelta(hours=self.calendar["working_day_hours"]) * amount, whole=False)
        if unit.startswith("business_"):
            return self.used_up(start, timedelta(seconds=amount * length), whole=False)
        if unit in ("next_open", "elapsed_from_open_seconds"):
            opening = self.opening(start)
            return self.used_up(opening, timedelta(seconds=amount * length), whole=True) if opening else None
        if unit.startswith("elapsed_"):
            return self.used_up(start, timedelta(seconds=amount * length), whole=True)
        local = start.astimezone(self.zone)
        if unit == "calendar_days":
            return max(start, self.first_at(datetime.combine(local.date() + timedelta(days=amount), local.time())))
        if unit == "calendar_days_end":
            return self.first_at(midnight(local.date() + timedelta(days=amount + 1)))
        minutes = self.working_day(local.date(), amount)
        if minutes is None:
            return None
        if unit == "working_day_close":
            return minutes[-1] + MINUTE
        return self.first_at(midnight(minutes[0].astimezone(self.zone).date() + timedelta(days=1)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def seconds(where: dict[str, list[str]], key: str) -> list[tuple[int, int]]:
    found = []
    for text in where.get(key, ()):
        begins, ends = (int(part[:2]) * 3600 + int(part[3:]) * 60 for part in text.split("-"))
        found.append((begins, ends if ends > begins else ends + 86400))
    return found


# --- random cases --------------------------------------------------------------------------------------------------------


@cache
def clock_changes(zone: str) -> list[datetime]:
    """The days on which the clocks change, or any days where they don't."""
    noons = [datetime(ZONES[zone], 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(365)]
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons]
    found = [noon for noon, before, after in zip(noons[1:], offsets, offsets[1:], strict=False) if before != after]
    return found or noons[100:300:40]


def wall(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def windows(draw: st.DrawFn) -> list[str]:
    if draw(st.integers(0, 3)):
        chosen: list[str] = draw(st.sampled_from(MENU))
        return chosen
    edges = draw(st.lists(st.integers(0, 1439), min_size=2, max_size=4, unique=True))
    return [f"{wall(a)}-{wall(b)}" for a, b in zip(edges[::2], edges[1::2], strict=False)]


@st.composite
def instants(draw: st.DrawFn, calendar: Case, around: datetime) -> datetime:
    """An instant within six days, often at or beside the edge of a window."""
    zone = ZoneInfo(calendar["tz"])
    beside = draw(st.sampled_from([0, 0, 0, -1, 1, 30, 0.000001]))
    moment = around + timedelta(minutes=draw(st.integers(-6 * 1440, 3 * 1440)), seconds=beside)
    edges = sorted({edge for each in calendar["week"].values() for text in each for edge in text.split("-")})
    if draw(st.booleans()) and edges:
        hours, minutes = (int(part) for part in draw(st.sampled_from(edges)).split(":"))
        day = moment.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        edge = day + timedelta(hours=hours, minutes=minutes)
        moment = edge.replace(tzinfo=zone, fold=draw(st.integers(0, 1))).astimezone(UTC) + timedelta(seconds=beside)
    return moment.astimezone(draw(st.sampled_from([UTC, zone])))


@st.composite
def durations(draw: st.DrawFn) -> Case:
    unit, most = draw(
        st.sampled_from(
            [
                ("business_seconds", 90_000),
                ("business_minutes", 2_000),
                ("business_minutes", 300),
                ("business_hours", 30),
                ("business_hours", 8),
                ("working_days", 3),
                ("elapsed_seconds", 300_000),
                ("elapsed_minutes", 5_000),
                ("elapsed_hours", 96),
                ("elapsed_from_open_seconds", 100_000),
                ("next_open", 0),
                ("calendar_days", 9),
                ("calendar_days_end", 9),
                ("working_days_end", 5),
                ("working_day_close", 5),
            ]
        )
    )
    # Whole windows are wanted often: a deadline at closing time is where engines go wrong.
    amount = draw(st.one_of(st.integers(min(1, most), most), st.sampled_from([min(most, 8), min(most, 480)])))
    return {"unit": unit, "amount": amount}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone = draw(st.sampled_from(sorted(ZONES)))
    around = draw(st.sampled_from(clock_changes(zone)))
    usual, other = draw(windows()), draw(windows())
    closed = draw(st.sets(st.sampled_from(DAYS), max_size=3))
    special = draw(st.sets(st.sampled_from(DAYS), max_size=2))
    week = {day: other if day in special else usual for day in DAYS if day not in closed}
    near = [(around + timedelta(days=number)).date().isoformat() for number in range(-5, 9)]
    dates = st.lists(st.sampled_from(near), max_size=3, unique=True)
    calendar = {
        "tz": zone,
        "week": week,
        "holidays": draw(dates),
        "holiday_windows": draw(st.one_of(st.just([]), windows())),
        "closed_days": draw(dates),
        "overrides": {day: draw(st.one_of(st.just([]), windows())) for day in draw(dates)},
        "working_day_hours": draw(st.sampled_from([4, 7.5, 8, 24])),
    }
    start = draw(instants(calendar, around))
    pauses: list[list[str | None]] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 4]))):
        begins = start + timedelta(
            seconds=draw(st.sampled_from([-90_000, -60, 0, 1, 600, 3600, 30_000, 100_000, 200_000]))
        )
        if pauses and pauses[-1][1] and draw(st.booleans()):
            begins = datetime.fromisoformat(pauses[-1][1])
        length = draw(st.sampled_from([0, 1, 59, 1800, 3600, 50_000, 90_000, None, None]))
        pauses.append(
            [begins.isoformat(), None if length is None else (begins + timedelta(seconds=length)).isoformat()]
        )
    return {
        "id": "random",
        "calendar": calendar,
        "start": start.isoformat(),
        "duration": draw(durations()),
        "pauses": draw(st.permutations(pauses)),
    }


@pytest.mark.timeout(120 + EXAMPLES)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(case=cases())
def test_deadline_and_open_seconds_are_those_of_a_walk_from_minute_to_minute_TS_2_to_TS_9(case: Case) -> None:
    (answer,) = answers([json.dumps(case).encode()], DueCase, due)
    walk = Walk(case)
    expected = walk.deadline()
    if expected is None:
        event("beyond the walk")
        found = answer.get("deadline_utc")
        assert found is None or at(str(found)) > at(case["start"]) + LONGEST - timedelta(days=1)
        return
    event(case["duration"]["unit"])
    assert answer.get("error") is None
    assert at(str(answer["deadline_utc"])) == expected
    assert answer["open_seconds"] == walk.open_seconds(at(case["start"]), expected)
    assert answer["elapsed_seconds"] == (expected - at(case["start"])).total_seconds()
