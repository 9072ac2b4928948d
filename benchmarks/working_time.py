"""Deadlines and remaining open time, compared with workclock (Rust) and businesstimedelta (Python) in the same run.

All three count the same office: Monday to Friday 08:30-17:00 in Berlin without the lunch hour and the public holidays of Hamburg,
for promises from a quarter of an hour to 40 hours. Every round measures all of them on one sample; the figures are medians of the
rounds. Workclock's answers are compared with ours first.
"""

import argparse
import operator
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from typing import Any

import businesstimedelta  # type: ignore[import-untyped]
import pytz  # type: ignore[import-untyped]
import workclock

from desk_core.calendar_spec import NamedDay, window
from desk_core.calendars import Calendar, CalendarSpec
from desk_core.durations import Duration

TARGET_WORKCLOCK = 5
TARGET_BUSINESSTIMEDELTA = 1000
ZONE = "Europe/Berlin"
# Good Friday, Easter Monday, Ascension and Whit Monday move.
MOVING = {
    2026: ((4, 3), (4, 6), (5, 14), (5, 25)),
    2027: ((3, 26), (3, 29), (5, 6), (5, 17)),
    2028: ((4, 14), (4, 17), (5, 25), (6, 5)),
}
FIXED = ((1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26))
HOLIDAYS = [date(year, *day) for year, moving in MOVING.items() for day in sorted(FIXED + moving)]
# The slow one gets a part of the sample, the fast ones all of it.
SAMPLE = 2_000
SLOW_SAMPLE = 20

# A method and its two arguments, once for every item of the sample.
Question = tuple[Callable[[Any, Any], object], list[tuple[Any, Any]]]
_REMAINING = "remaining"
_DEADLINE = "deadline"


class Contest:
    """One sample of starts and amounts, and how each library is asked about the n-th of them."""

    def __init__(self) -> None:
        chance = random.Random(2026)
        first = datetime(2026, 1, 1, tzinfo=UTC)
        self.starts = [first + timedelta(seconds=chance.randrange(365 * 86_400)) for _ in range(SAMPLE)]
        self.minutes = [chance.randrange(15, 40 * 60) for _ in range(SAMPLE)]
        self.spans = [timedelta(minutes=minutes) for minutes in self.minutes]
        self.durations = [Duration(minutes, "business_minutes") for minutes in self.minutes]
        day = (window("08:30", "12:00"), window("13:00", "17:00"))
        self.calendar = Calendar(
            CalendarSpec(
                id="office",
                zone=ZONE,
                week=(day, day, day, day, day, (), ()),
                holidays=tuple(NamedDay(each) for each in HOLIDAYS),
            )
        )
        self.schedule = workclock.Schedule(
            [
                workclock.WorkDay(wall(8, 30), wall(17)),
                workclock.Break(wall(12), wall(13)),
                workclock.Holidays(HOLIDAYS),
            ],
            time_zone=ZONE,
        )
        berlin = pytz.timezone(ZONE)
        self.rules = businesstimedelta.Rules(
            [
                businesstimedelta.WorkDayRule(wall(8, 30), wall(17), [0, 1, 2, 3, 4], tz=berlin),
                businesstimedelta.LunchTimeRule(wall(12), wall(13), [0, 1, 2, 3, 4], tz=berlin),
                businesstimedelta.HolidayRule(HOLIDAYS, tz=berlin),
            ]
        )
        self.amounts = [
            businesstimedelta.BusinessTimeDelta(self.rules, timedelta=span) for span in self.spans[:SLOW_SAMPLE]
        ]
        self.deadlines = [
            self.calendar.add(*pair).at or first for pair in zip(self.starts, self.durations, strict=True)
        ]

    def questions(self, what: str) -> dict[str, Question]:
        """How each library is asked for a deadline, or for the open time that remains until it."""
        starts = self.starts
        if what == _DEADLINE:
            return {
                "desk_core": (self.calendar.add, list(zip(starts, self.durations, strict=True))),
                "workclock": (self.schedule.add, list(zip(starts, self.spans, strict=True))),
                "businesstimedelta": (operator.add, list(zip(starts, self.amounts, strict=False))),
            }
        pairs = list(zip(starts, self.deadlines, strict=True))
        return {
            "desk_core": (self.calendar.remaining, pairs),
            "workclock": (self.schedule.between, pairs),
            "businesstimedelta": (self.rules.difference, pairs[:SLOW_SAMPLE]),
        }

    def check(self) -> None:
        """Ours and workclock's answers are the same on the whole sample."""
        for n, start in enumerate(self.starts):
            assert self.schedule.add(start, self.spans[n]) == self.deadlines[n], start
            left = self.schedule.between(start, self.deadlines[n])
            assert left == self.spans[n] == timedelta(seconds=self.calendar.remaining(start, self.deadlines[n])), start


def rate(question: Question) -> float:
    """Answers a second."""
    ask, sample = question
    begins = time.perf_counter()
    for first, second in sample:
        ask(first, second)
    return len(sample) / (time.perf_counter() - begins)


def main() -> int:
    """Measure, print the ratios, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="400 rounds instead of 100")
    rounds = 400 if parser.parse_args().full else 100
    contest = Contest()
    contest.check()
    missed = False
    for what in (_DEADLINE, _REMAINING):
        rates: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, question in contest.questions(what).items():
                rates.setdefault(name, []).append(rate(question))
        medians = {name: statistics.median(each) for name, each in rates.items()}
        for name, target in (("workclock", TARGET_WORKCLOCK), ("businesstimedelta", TARGET_BUSINESSTIMEDELTA)):
            ratio = medians["desk_core"] / medians[name]
            missed = missed or ratio < target
            print(
                f"{what}: {medians['desk_core']:>9,.0f}/s, {name} {medians[name]:>8,.0f}/s: {ratio:,.1f} times (target {target:,})"
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
