"""Calendars and the units of a promise, one rule at a time (TS-1…TS-9)."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from desk_core.calendar_spec import DatedWindows, NamedDay, Window, parse_window
from desk_core.calendars import Calendar, CalendarError, CalendarSpec, Pause
from desk_core.durations import UNITS, Duration, parse_amount

BERLIN = "Europe/Berlin"
NIGHT = "22:00-06:00"
ALWAYS = "00:00-24:00"


def windows(*texts: str) -> tuple[Window, ...]:
    return tuple(parse_window(text) for text in texts)


def office(
    *texts: str,
    zone: str = BERLIN,
    days: str = "0123456",
    holidays: tuple[NamedDay, ...] = (),
    holiday_windows: tuple[Window, ...] = (),
    closed_days: tuple[NamedDay, ...] = (),
    overrides: tuple[DatedWindows, ...] = (),
    working_day_hours: float | None = 8,
    covers: tuple[date, date] | None = None,
) -> Calendar:
    """A calendar with the same windows on each of some weekdays, 0 for Monday."""
    return Calendar(
        CalendarSpec(
            id="office",
            zone=zone,
            week=tuple(windows(*texts) if str(day) in days else () for day in range(7)),
            holidays=holidays,
            holiday_windows=holiday_windows,
            closed_days=closed_days,
            overrides=overrides,
            working_day_hours=working_day_hours,
            covers_from=covers and covers[0],
            covers_to=covers and covers[1],
        )
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def due(calendar: Calendar, start: str, amount: str, *pauses: Pause) -> str:
    """The deadline as the calendar's wall shows it."""
    deadline = calendar.add(at(start), parse_amount(amount), pauses).at
    assert deadline is not None
    assert deadline.tzinfo is UTC
    return deadline.astimezone(calendar.zone).isoformat()


def test_a_closing_instant_is_closed_and_an_opening_one_is_open_TS_2() -> None:
    calendar = office("09:30-17:30")
    assert calendar.is_open(at("2026-06-15T09:30:00+02:00"))
    assert calendar.is_open(at("2026-06-15T17:29:59.999999+02:00"))
    assert not calendar.is_open(at("2026-06-15T17:30:00+02:00"))
    assert not calendar.is_open(at("2026-06-15T09:29:59.999999+02:00"))


def test_a_deadline_is_the_earliest_instant_at_which_the_amount_is_used_up_TS_3() -> None:
    calendar = office("09:30-17:30", days="01234")
    assert due(calendar, "2026-06-15T09:30+02:00", "8 open hours") == "2026-06-15T17:30:00+02:00"
    assert due(calendar, "2026-06-15T17:30+02:00", "0 open hours") == "2026-06-15T17:30:00+02:00"


def test_a_start_out_of_hours_counts_from_the_next_opening_TS_5() -> None:
    calendar = office("09:30-17:30", days="01234")
    deadline = calendar.add(at("2026-06-13T11:00+02:00"), Duration(1, "business_hours"))
    assert deadline.counts_from == at("2026-06-15T09:30+02:00")
    assert deadline.at == at("2026-06-15T10:30+02:00")
    # The closing instant is out of hours, the opening one is not.
    assert calendar.add(at("2026-06-15T17:30+02:00"), Duration(1, "business_hours")).counts_from == at(
        "2026-06-16T09:30+02:00"
    )
    assert calendar.add(at("2026-06-15T09:30+02:00"), Duration(1, "business_hours")).counts_from == at(
        "2026-06-15T09:30+02:00"
    )


@pytest.mark.parametrize(
    ("zone", "start", "open_hours"),
    [
        # Forward: 01:00 to 04:00 on the wall are two hours. Back: four, for 02:00 to 03:00 comes twice.
        (BERLIN, "2026-03-29", 2),
        (BERLIN, "2026-10-25", 4),
        # By half an hour.
        ("Australia/Lord_Howe", "2026-04-05", 3.5),
        ("Australia/Lord_Howe", "2026-10-04", 2.5),
        ("Asia/Ho_Chi_Minh", "2026-03-29", 3),
    ],
)
def test_a_window_counts_twice_in_a_fold_and_not_at_all_in_a_gap_TS_2(zone: str, start: str, open_hours: float) -> None:
    calendar = office("01:00-04:00", zone=zone)
    begins = calendar.opening_hours(date.fromisoformat(start))[0][0]
    assert calendar.open_seconds_between(begins, begins + timedelta(hours=12)) == open_hours * 3600


def test_a_window_that_lies_in_a_gap_opens_on_no_such_day() -> None:
    calendar = office("02:00-03:00")
    assert calendar.opening_hours(date(2026, 3, 29)) == []
    assert due(calendar, "2026-03-28T12:00+01:00", "1 working day close") == "2026-03-30T03:00:00+02:00"


def test_a_window_in_a_fold_has_two_openings() -> None:
    calendar = office("02:00-02:30")
    assert due(calendar, "2026-10-25T00:00+02:00", "45 open minutes") == "2026-10-25T02:15:00+01:00"
    assert not calendar.is_open(at("2026-10-25T02:45:00+02:00"))
    assert calendar.is_open(at("2026-10-25T02:15:00+01:00"))


def test_days_that_the_zone_skips_or_begins_late_TS_7_TS_8() -> None:
    # Samoa skipped 30 December 2011; in Sao Paulo 4 November 2018 began at 01:00, and 17 February ended an hour late.
    samoa = office(ALWAYS, zone="Pacific/Apia")
    assert due(samoa, "2011-12-29T10:00-10:00", "1 calendar day") == "2011-12-31T00:00:00+14:00"
    assert due(samoa, "2011-12-29T10:00-10:00", "1 working day end") == "2012-01-01T00:00:00+14:00"
    brazil = office(ALWAYS, zone="America/Sao_Paulo")
    assert due(brazil, "2018-11-03T10:00-03:00", "0 calendar days end") == "2018-11-04T01:00:00-02:00"
    assert due(brazil, "2018-02-17T10:00-02:00", "0 calendar days end") == "2018-02-18T00:00:00-03:00"
    assert brazil.open_seconds_between(at("2018-02-17T00:00-02:00"), at("2018-02-18T00:00-03:00")) == 25 * 3600


def test_calendar_days_keep_the_wall_time_and_take_the_first_of_two_TS_7() -> None:
    calendar = office("09:00-17:00")
    assert due(calendar, "2026-03-22T02:30+01:00", "7 calendar days") == "2026-03-29T03:00:00+02:00"
    assert due(calendar, "2026-10-18T02:30:00.5+02:00", "7 calendar days") == "2026-10-25T02:30:00.500000+02:00"
    assert due(calendar, "2026-10-25T02:30+01:00", "0 calendar days") == "2026-10-25T02:30:00+01:00"


def test_elapsed_hours_are_real_hours_over_a_change_of_the_clocks_TS_6() -> None:
    calendar = office("09:00-17:00")
    assert due(calendar, "2026-03-28T12:00+01:00", "24 elapsed hours") == "2026-03-29T13:00:00+02:00"
    assert due(calendar, "2026-10-24T12:00+02:00", "24 elapsed hours") == "2026-10-25T11:00:00+01:00"


def test_elapsed_from_open_begins_with_the_opening_and_runs_past_closing() -> None:
    calendar = office("09:30-17:30")
    assert due(calendar, "2026-06-15T09:29:55+02:00", "10 elapsed seconds from open") == "2026-06-15T09:30:10+02:00"
    assert due(calendar, "2026-06-15T17:29:59+02:00", "10 elapsed seconds from open") == "2026-06-15T17:30:09+02:00"


def test_the_day_of_the_event_is_day_0_TS_8() -> None:
    calendar = office("09:00-17:00", days="01234", holidays=(NamedDay(date(2026, 5, 25), "Pfingstmontag"),))
    assert due(calendar, "2026-05-22T23:59+02:00", "1 working day end") == "2026-05-27T00:00:00+02:00"
    assert due(calendar, "2026-05-25T09:00+02:00", "1 working day close") == "2026-05-26T17:00:00+02:00"
    assert due(calendar, "2026-05-23T09:00+02:00", "2 calendar days end") == "2026-05-26T00:00:00+02:00"


def test_a_window_past_midnight_belongs_to_both_dates() -> None:
    calendar = office(NIGHT, days="4", holidays=(NamedDay(date(2026, 6, 20)),))
    assert calendar.open_seconds_between(at("2026-06-12T00:00+02:00"), at("2026-06-15T00:00+02:00")) == 8 * 3600
    assert due(calendar, "2026-06-12T12:00+02:00", "8 open hours") == "2026-06-13T06:00:00+02:00"
    # The Saturday after is a holiday: the night ends at midnight.
    assert due(calendar, "2026-06-19T12:00+02:00", "3 open hours") == "2026-06-26T23:00:00+02:00"


def test_a_night_of_an_extra_open_day_runs_into_the_next_date_unless_that_has_its_own_hours() -> None:
    saturday, sunday = date(2026, 6, 13), date(2026, 6, 14)
    night = DatedWindows(saturday, windows(NIGHT))
    begins, ends = at("2026-06-13T00:00+02:00"), at("2026-06-15T00:00+02:00")
    closed = (NamedDay(sunday, "closed"),)
    assert office(overrides=(night,), closed_days=closed).open_seconds_between(begins, ends) == 8 * 3600
    own = DatedWindows(sunday, windows("10:00-11:00"))
    assert office(overrides=(night, own)).open_seconds_between(begins, ends) == 3 * 3600


def test_a_night_of_holiday_hours_ends_at_midnight_before_a_closed_day() -> None:
    feast, after = NamedDay(date(2026, 6, 13)), NamedDay(date(2026, 6, 14))
    begins, ends = at("2026-06-13T00:00+02:00"), at("2026-06-15T00:00+02:00")
    duty = windows(NIGHT)
    assert office(holidays=(feast,), holiday_windows=duty).open_seconds_between(begins, ends) == 8 * 3600
    closed = office(holidays=(feast,), holiday_windows=duty, closed_days=(after,))
    assert closed.open_seconds_between(begins, ends) == 2 * 3600


def test_for_one_date_overrides_beat_closed_days_beat_holidays_beat_the_week() -> None:
    monday = NamedDay(date(2026, 6, 15), "feast")
    duty = windows("10:00-11:00")
    begins, ends = at("2026-06-15T00:00+02:00"), at("2026-06-16T00:00+02:00")

    def hours(**spec: tuple[object, ...]) -> float:
        return office("09:00-17:00", **spec).open_seconds_between(begins, ends) / 3600  # type: ignore[arg-type]

    assert hours() == 8
    assert hours(holidays=(monday,)) == 0
    assert hours(holidays=(monday,), holiday_windows=duty) == 1
    assert hours(holidays=(monday,), holiday_windows=duty, closed_days=(monday,)) == 0
    override = DatedWindows(monday.date, windows("08:00-10:30"))
    assert hours(holidays=(monday,), holiday_windows=duty, closed_days=(monday,), overrides=(override,)) == 2.5


def test_pauses_may_overlap_touch_lie_outside_and_come_in_any_order() -> None:
    calendar = office("09:00-17:00", days="01234")

    def pause(begins: str, ends: str) -> Pause:
        return at(f"2026-06-{begins}:00+02:00"), at(f"2026-06-{ends}:00+02:00")

    pauses = [
        pause("15T11:00", "15T12:00"),
        pause("15T10:00", "15T11:00"),
        pause("15T10:30", "15T11:30"),
        pause("15T18:00", "16T08:00"),
        pause("14T08:00", "14T09:00"),
        pause("17T09:00", "17T10:00"),
    ]
    assert due(calendar, "2026-06-15T09:00+02:00", "8 open hours", *pauses) == "2026-06-16T11:00:00+02:00"
    begins, ends = at("2026-06-15T09:00+02:00"), at("2026-06-16T11:00+02:00")
    assert calendar.open_seconds_between(begins, ends, pauses) == 8 * 3600
    assert calendar.open_seconds_between(ends, begins, pauses) == -8 * 3600


def test_a_deadline_reached_when_a_pause_begins_is_not_moved_by_it_TS_3() -> None:
    calendar = office("09:00-17:00")
    pause = (at("2026-06-15T10:00+02:00"), None)
    assert due(calendar, "2026-06-15T09:00+02:00", "1 open hour", pause) == "2026-06-15T10:00:00+02:00"


def test_a_pause_without_an_end_leaves_no_deadline() -> None:
    calendar = office("09:00-17:00")
    pause = (at("2026-06-15T10:00+02:00"), None)
    for unit in ("business_hours", "elapsed_hours"):
        assert calendar.add(at("2026-06-15T09:00+02:00"), Duration(2, unit), [pause]).at is None
    assert due(calendar, "2026-06-15T09:00+02:00", "1 calendar day", pause) == "2026-06-16T09:00:00+02:00"


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(CalendarError, match="swap"):
        office(ALWAYS).add(
            at("2026-06-15T09:00Z"),
            Duration(2, "business_hours"),
            [(at("2026-06-15T10:00Z"), at("2026-06-15T09:00Z"))],
        )


def test_microseconds_are_kept() -> None:
    calendar = office("09:00-17:00")
    assert due(calendar, "2026-06-15T16:59:59.999999+02:00", "2 open seconds") == "2026-06-16T09:00:01.999999+02:00"
    assert due(calendar, "2026-06-15T09:00+02:00", "0.1 open hours") == "2026-06-15T09:06:00+02:00"


def test_remaining_is_open_time_and_negative_when_overdue_TS_10() -> None:
    calendar = office("09:00-17:00", days="01234")
    deadline = at("2026-06-15T10:00+02:00")
    assert calendar.remaining(at("2026-06-12T16:00+02:00"), deadline) == 2 * 3600
    assert calendar.remaining(at("2026-06-16T09:30+02:00"), deadline) == -7.5 * 3600


def test_beyond_the_dates_that_a_calendar_covers_the_holidays_are_not_known() -> None:
    calendar = office("09:00-17:00", covers=(date(2026, 1, 1), date(2026, 12, 31)))
    assert calendar.add(at("2026-12-31T09:00+01:00"), Duration(8, "business_hours")).holidays_known
    assert not calendar.add(at("2026-12-31T09:01+01:00"), Duration(8, "business_hours")).holidays_known
    assert not calendar.add(at("2025-12-31T23:00+01:00"), Duration(1, "working_days_end")).holidays_known
    # Plain days need no holidays.
    assert calendar.add(at("2026-12-31T09:01+01:00"), Duration(8, "calendar_days")).holidays_known


@pytest.mark.parametrize("unit", UNITS)
def test_a_calendar_without_an_open_hour_is_refused_where_it_is_used(unit: str) -> None:
    calendar = office()
    duration = Duration(1, unit)  # type: ignore[arg-type]
    if unit in ("elapsed_seconds", "elapsed_minutes", "elapsed_hours", "calendar_days", "calendar_days_end"):
        assert calendar.add(at("2026-06-15T09:00Z"), duration).at is not None
    else:
        with pytest.raises(CalendarError, match="no open hour"):
            calendar.add(at("2026-06-15T09:00Z"), duration)


def test_working_days_need_their_length_TS_9() -> None:
    assert due(office(ALWAYS, working_day_hours=7.5), "2026-06-15T09:00+02:00", "2 working days").startswith(
        "2026-06-16T00:00"
    )
    with pytest.raises(CalendarError, match="working_day_hours"):
        office(ALWAYS, working_day_hours=None).add(at("2026-06-15T09:00Z"), Duration(1, "working_days"))
    with pytest.raises(CalendarError, match="at most 24"):
        office(ALWAYS, working_day_hours=25)


@pytest.mark.parametrize("instant", ["0001-01-01T00:00Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00+14:00"])
def test_the_edges_of_time_are_a_sentence_and_no_crash(instant: str) -> None:
    calendar = office("09:00-17:00")
    for unit in UNITS:
        with pytest.raises(CalendarError, match="years 1 to 9999"):
            calendar.add(at(instant), Duration(1, unit))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "instant", ["0002-01-01T00:00Z", "1883-11-18T12:00Z", "2400-02-29T00:00Z", "9998-01-01T00:00Z"]
)
def test_any_year_can_be_counted(instant: str) -> None:
    calendar = office("09:00-17:00", zone="America/New_York")
    deadline = calendar.add(at(instant), Duration(80, "business_hours")).at
    assert deadline is not None
    assert calendar.open_seconds_between(at(instant), deadline) == 80 * 3600


def test_far_away_instants_do_not_disturb_near_ones() -> None:
    calendar = office("09:00-17:00", zone="UTC")
    for year in (2026, 2526, 1726, 2027, 2026):
        start = datetime(year, 6, 15, 8, tzinfo=UTC)
        assert calendar.add(start, Duration(8, "business_hours")).at == start.replace(hour=17)
    three_centuries = calendar.open_seconds_between(datetime(1800, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
    assert three_centuries == (date(2100, 1, 1) - date(1800, 1, 1)).days * 8 * 3600


@pytest.mark.parametrize("unit", UNITS)
def test_an_amount_beyond_all_measure_is_a_sentence(unit: str) -> None:
    if unit != "next_open":
        with pytest.raises(CalendarError, match=r"write|years 1 to 9999"):
            office("09:00-17:00").add(at("2026-06-15T09:00Z"), Duration(10**12, unit))  # type: ignore[arg-type]


def test_an_instant_without_offset_is_refused_TS_1() -> None:
    with pytest.raises(CalendarError, match="offset"):
        office(ALWAYS).is_open(at("2026-06-15T09:00"))


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "../etc/passwd", "CEST", "Europe"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(CalendarError, match="IANA"):
        office(ALWAYS, zone=zone)


def test_a_spec_travels_as_json_TS_13() -> None:
    spec = office(
        NIGHT,
        holidays=(NamedDay(date(2026, 5, 25), "Pfingstmontag"),),
        overrides=(DatedWindows(date(2026, 6, 13), windows("08:00-12:00"), "extra Saturday"),),
        covers=(date(2026, 1, 1), date(2026, 12, 31)),
    ).spec
    assert msgspec.json.decode(msgspec.json.encode(spec), type=CalendarSpec) == spec
