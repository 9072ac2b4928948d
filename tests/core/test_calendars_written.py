"""How policies write windows and amounts, and what is said about what is neither (TS-2, TS-6…TS-9)."""

import pytest

from desk_core.calendar_spec import Window, parse_window
from desk_core.calendars import CalendarError
from desk_core.durations import Duration, parse_amount


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8:30-17:00", "08:30"),
        ("08:30", "is not a window"),
        ("08:30-25:00", "at most 24:00"),
        ("08:60-09:00", "08:30"),
        ("09:00-09:00", "empty"),
        ("24:00-06:00", "00:00 and the next day"),
    ],
)
def test_a_window_that_is_none_is_refused_with_what_would_be_right(text: str, words: str) -> None:
    with pytest.raises(CalendarError, match=words):
        parse_window(text)


def test_windows_are_read() -> None:
    assert parse_window("08:30 - 24:00") == Window(30_600, 86_400)
    assert parse_window("22:00-06:00:30") == Window(79_200, 108_030)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("2 open hours", Duration(2, "business_hours")),
        ("1 open hour", Duration(1, "business_hours")),
        ("15 Open Minutes", Duration(15, "business_minutes")),
        ("10 open seconds", Duration(10, "business_seconds")),
        ("24 elapsed hours", Duration(24, "elapsed_hours")),
        ("1.5 elapsed minutes", Duration(1.5, "elapsed_minutes")),
        ("3 elapsed seconds", Duration(3, "elapsed_seconds")),
        ("10 elapsed seconds from open", Duration(10, "elapsed_from_open_seconds")),
        ("1 working day", Duration(1, "working_days")),
        ("3 working days end", Duration(3, "working_days_end")),
        ("1 working day close", Duration(1, "working_day_close")),
        ("7 calendar days", Duration(7, "calendar_days")),
        ("14 calendar days end", Duration(14, "calendar_days_end")),
        ("next open", Duration(0, "next_open")),
    ],
)
def test_amounts_are_read_as_a_policy_writes_them(text: str, duration: Duration) -> None:
    assert parse_amount(text) == duration


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 hours", '"2 open hours" or "2 elapsed hours"'),
        ("7 days", '"7 working days" or "7 calendar days"'),
        ("two open hours", "2 open hours"),
        ("", "2 open hours"),
        ("2", "2 open hours"),
        ("-2 open hours", "2 open hours"),
        ("3 fortnights", "no unit that is known"),
        ("1.5 working days end", "write 2 instead of 1.5"),
        ("0 working days close", "write 1 or more"),
        ("9999999999999 open hours", "is not possible"),
    ],
)
def test_an_amount_that_is_none_is_refused_with_what_would_be_right(text: str, words: str) -> None:
    with pytest.raises(CalendarError, match=words):
        parse_amount(text)
