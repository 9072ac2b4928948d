"""Every deadline explains itself: the steps, the words, and that the arithmetic adds up (TS-4, TS-5, TS-10)."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from desk_core.calendar_spec import DatedWindows, NamedDay, parse_window
from desk_core.calendars import Calendar, CalendarSpec, Pause
from desk_core.durations import ELAPSED_LENGTHS, OPEN_UNITS, Duration, parse_amount
from desk_core.explanation_texts import TEXTS, deadline_reading, display_deadline, render_each, render_steps
from desk_core.explanations import Closed, Counted, Due, Elapsed, NotDue, Received, Step, WorkingDay, explain

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "clock_cases.json").read_text(encoding="utf-8"))
BERLIN = ZoneInfo("Europe/Berlin")
DAY = (parse_window("08:30-17:00"),)
WORKDAYS = (DAY, DAY, DAY, DAY, DAY, (), ())


def office(**spec: Any) -> Calendar:
    return Calendar(CalendarSpec(id="office", zone="Europe/Berlin", **{"week": WORKDAYS, **spec}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def why(calendar: Calendar, start: str, amount: str, *pauses: Pause) -> str:
    return render_steps(explain(calendar, at(start), parse_amount(amount), pauses), calendar.zone)


def of_case(case: dict[str, Any]) -> tuple[Calendar, tuple[Step, ...]]:
    written = case["calendar"]
    week = (written["week"].get(day, []) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    spec = CalendarSpec(
        id="case",
        zone=written["tz"],
        week=tuple(tuple(parse_window("-".join(each)) for each in day) for day in week),
        holidays=tuple(NamedDay(date.fromisoformat(day)) for day in written.get("holidays", [])),
        closed_days=tuple(NamedDay(date.fromisoformat(day)) for day in written.get("closed_days", [])),
        overrides=tuple(
            DatedWindows(date.fromisoformat(day), tuple(parse_window("-".join(each)) for each in windows))
            for day, windows in written.get("overrides", {}).items()
        ),
        working_day_hours=written.get("working_day_hours"),
    )
    calendar = Calendar(spec)
    pauses = [(at(begins), at(ends)) for begins, ends in case.get("pauses", [])]
    return calendar, explain(calendar, at(case["start"]), Duration(**case["duration"]), pauses)


def test_the_sentence_of_the_design() -> None:
    calendar = office(
        week=((parse_window("09:00-17:00"),),) * 5 + ((), ()), holidays=(NamedDay(date(2026, 5, 25), "Whit Monday"),)
    )
    assert why(calendar, "2026-05-22T16:40+02:00", "90 open minutes") == (
        "received Fri 16:40; 20 min counted on Fri; Sat, Sun closed; Mon 25 May closed (Whit Monday); "
        "1 h 10 min counted on Tue; due Tue 10:10"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_counted_steps_of_every_case_add_up(case: dict[str, Any]) -> None:
    calendar, steps = of_case(case)
    counted = sum(step.seconds for step in steps if isinstance(step, Counted))
    elapsed = sum(step.seconds for step in steps if isinstance(step, Elapsed))
    unit, amount = case["duration"]["unit"], case["duration"]["amount"]
    if unit in OPEN_UNITS:
        assert counted == case["expected_open_seconds"]
    elif unit in ELAPSED_LENGTHS:
        assert elapsed == amount * ELAPSED_LENGTHS[unit].total_seconds()
    elif unit.startswith("working_day"):
        assert [step.number for step in steps if isinstance(step, WorkingDay)] == list(range(1, amount + 1))
    assert steps[0] == Received(at(case["start"]).astimezone(UTC))
    assert steps[-1] == Due(at(case["expected_deadline_utc"]))
    closed = {step.date for step in steps if isinstance(step, Closed)}
    assert all(not calendar.opening_hours(day) for day in closed)
    assert all(calendar.opening_hours(step.date) for step in steps if isinstance(step, Counted))


def test_the_steps_come_in_the_order_in_which_they_happen() -> None:
    pause = (at("2026-03-27T16:30+01:00"), at("2026-03-30T09:00+02:00"))
    assert why(office(), "2026-03-27T16:00+01:00", "2 open hours", pause) == (
        "received Fri 16:00; 30 min counted on Fri; paused Fri 16:30 to Mon 09:00, 1 h not counted; Sat, Sun closed; "
        "clocks go forward 1 h on Sun 29 Mar; 1 h 30 min counted on Mon; due Mon 10:30"
    )


@pytest.mark.parametrize(
    ("start", "amount", "words"),
    [
        (
            "2026-06-13T11:00+02:00",
            "2 open hours",
            "received Sat 11:00; counts from the opening Mon 08:30; Sat, Sun closed; 2 h",
        ),
        (
            "2026-06-09T16:59:30+02:00",
            "1 open hour",
            "30 s counted on Tue; 59 min 30 s counted on Wed; due Wed 09:29:30",
        ),
        ("2026-06-08T08:30+02:00", "34 open hours", "8 h 30 min counted on each of Mon, Tue, Wed, Thu; due Thu 17:00"),
        ("2026-06-09T10:00+02:00", "2 working days end", "working days Wed (1), Thu (2); due Thu 24:00"),
        ("2026-06-09T10:00+02:00", "1 calendar day", "1 calendar day to Wed; due Wed 10:00"),
        ("2026-06-09T10:00+02:00", "14 calendar days end", "14 calendar days to Tue 23 Jun; due Tue 23 Jun 24:00"),
        ("2026-10-24T10:00+02:00", "24 elapsed hours", "clocks go back 1 h on Sun 25 Oct; due Sun 09:00"),
        (
            "2026-06-13T10:00+02:00",
            "next open",
            "received Sat 10:00; counts from the opening Mon 08:30; Sat, Sun closed; due Mon",
        ),
    ],
)
def test_each_unit_in_words(start: str, amount: str, words: str) -> None:
    assert words in why(office(), start, amount)


def test_a_date_of_another_year_says_so() -> None:
    assert why(office(), "2026-12-22T10:00+01:00", "12 calendar days").endswith("due Sun 3 Jan 2027 10:00")


def test_days_of_one_name_are_said_together() -> None:
    tet = tuple(NamedDay(date(2026, 2, day), "Tet") for day in range(16, 21))
    said = why(office(holidays=tet), "2026-02-13T16:00+01:00", "2 open hours")
    assert "Sat 14 Feb, Sun 15 Feb closed; Mon 16 Feb to Fri 20 Feb closed (Tet); Sat 21 Feb, Sun 22 Feb closed" in said


def test_a_holiday_and_a_closed_day_without_a_name() -> None:
    calendar = office(holidays=(NamedDay(date(2026, 5, 14)),), closed_days=(NamedDay(date(2026, 5, 15)),))
    said = why(calendar, "2026-05-13T16:15+02:00", "2 open hours")
    assert "Thu 14 May closed (public holiday); Fri 15 May closed; Sat, Sun closed" in said


def test_pauses_in_words() -> None:
    late = (at("2026-06-09T18:00+02:00"), at("2026-06-10T07:00+02:00"))
    assert "paused Tue 18:00 to Wed 07:00, out of hours" in why(
        office(), "2026-06-09T16:00+02:00", "2 open hours", late
    )
    endless = (at("2026-06-09T16:30+02:00"), None)
    assert why(office(), "2026-06-09T16:00+02:00", "2 open hours", endless) == (
        "received Tue 16:00; 30 min counted on Tue; paused since Tue 16:30; no deadline until the pause ends"
    )
    said = why(office(), "2026-06-09T16:00+02:00", "2 calendar days", late, (at("2026-06-10T16:30+02:00"), None))
    assert "the pause Tue 18:00 to Wed 07:00 does not move a day; the pause since Wed 16:30 does not move a day" in said
    assert said.endswith("due Thu 16:00")


def test_an_endless_pause_from_before_the_start_counts_nothing() -> None:
    steps = explain(
        office(), at("2026-06-09T16:00+02:00"), Duration(2, "business_hours"), [(at("2026-06-01T00:00+02:00"), None)]
    )
    assert not [step for step in steps if isinstance(step, Counted)]
    assert steps[-1] == NotDue(at("2026-06-09T14:00+00:00"))


def test_what_is_not_known_is_said() -> None:
    calendar = office(covers_from=date(2026, 1, 1), covers_to=date(2026, 12, 31))
    said = why(calendar, "2026-12-31T16:00+01:00", "2 open hours")
    assert "holidays not known before Thu 1 Jan 2026 and after Thu 31 Dec 2026; due" in said
    only_to = office(covers_to=date(2026, 12, 31))
    assert "holidays not known after Thu 31 Dec 2026; due" in why(only_to, "2026-12-31T16:00+01:00", "2 open hours")
    assert "not known" not in why(calendar, "2026-12-30T16:00+01:00", "2 open hours")


@pytest.mark.parametrize(
    ("instant", "zone", "shown"),
    [
        ("2026-06-10T22:00Z", "Europe/Berlin", "Wed 10 Jun 2026 24:00"),
        ("2026-06-10T22:00:01Z", "Europe/Berlin", "Thu 11 Jun 2026 00:00:01"),
        ("2026-06-10T07:45Z", "Europe/Berlin", "Wed 10 Jun 2026 09:45"),
        # The day began at 01:00, so 24:00 of the day before was 01:00.
        ("2018-11-04T03:00Z", "America/Sao_Paulo", "Sat 3 Nov 2018 24:00"),
    ],
)
def test_the_end_of_a_day_is_shown_as_24_00_of_that_day_TS_4(instant: str, zone: str, shown: str) -> None:
    assert display_deadline(at(instant), ZoneInfo(zone)) == shown
    day, time = deadline_reading(at(instant), ZoneInfo(zone))
    assert shown.endswith(time)
    assert f" {day.day} " in shown


def test_every_word_can_be_translated() -> None:
    """With all texts translated to marks, nothing but marks, numbers and names is left."""
    marks = {
        text: f"<{number}{''.join(part + '}' for part in placeholders(text))}>" for number, text in enumerate(TEXTS)
    }
    calendar = office(holidays=(NamedDay(date(2026, 5, 25)),), covers_to=date(2026, 5, 23))
    pause = (at("2026-05-22T16:45+02:00"), at("2026-05-22T16:50+02:00"))
    steps = explain(calendar, at("2026-05-22T16:40+02:00"), parse_amount("2 open hours"), [pause])
    asked: list[str] = []

    def translate(text: str) -> str:
        asked.append(text)
        return marks[text]

    said = render_steps(steps, BERLIN, translate)
    assert set(asked) <= set(TEXTS)
    left = "".join(letter for letter in said if letter.isalpha())
    assert left == ""


def placeholders(text: str) -> list[str]:
    return [" " + part[part.index("{") :] for part in text.split("}") if "{" in part]


def test_a_very_long_one_is_cut_in_the_middle_and_the_steps_are_not() -> None:
    start = at("2026-01-05T08:30+01:00")
    steps = explain(office(), start, Duration(2_210, "business_hours"))
    assert sum(step.seconds for step in steps if isinstance(step, Counted)) == 2_210 * 3600
    parts = render_each(steps, BERLIN)
    assert len(parts) == 61
    assert "more steps" in parts[30]
    assert parts[0].startswith("received")
    assert parts[-1].startswith("due")


def test_the_steps_travel_as_json() -> None:
    steps = explain(office(), at("2026-05-22T16:40+02:00"), parse_amount("2 open hours"))
    assert msgspec.json.decode(msgspec.json.encode(steps), type=tuple[Step, ...]) == steps


def test_a_fold_across_midnight_still_adds_up() -> None:
    """Until 2011 the clocks of St. John's went from 00:01 back to 23:01 of the day before."""
    everyday = ((parse_window("00:00-24:00"),),) * 7
    calendar = Calendar(CalendarSpec(id="x", zone="America/St_Johns", week=everyday))
    start = datetime(2010, 11, 6, 12, tzinfo=UTC)
    steps = explain(calendar, start, Duration(24, "business_hours"))
    assert sum(step.seconds for step in steps if isinstance(step, Counted)) == 24 * 3600
    assert steps[-1] == Due(start + timedelta(hours=24))
