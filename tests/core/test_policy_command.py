"""The command desk-policy: every clock case to the second, bad lines, and the clocks of a policy."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from desk_policy.__main__ import main

CASES_FILE = Path(__file__).parent / "clock_cases.json"
CASES: list[dict[str, Any]] = json.loads(CASES_FILE.read_text(encoding="utf-8"))
CALENDAR = {"tz": "Europe/Berlin", "week": {"mon": [["09:00", "17:00"]]}, "working_day_hours": 8}
GOOD = {
    "id": "good",
    "calendar": CALENDAR,
    "start": "2026-06-15T09:00+02:00",
    "duration": {"amount": 2, "unit": "business_hours"},
}


def run(*arguments: str, lines: list[object] | str | bytes = "") -> Result:
    given = lines if isinstance(lines, str | bytes) else "\n".join(json.dumps(line) for line in lines)
    return CliRunner().invoke(main, list(arguments), input=given)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_clock_case_is_exact() -> None:
    result = run("due", "--batch", lines=list(CASES))
    assert result.exit_code == 0
    expected = [
        {
            "id": case["id"],
            "deadline_utc": case["expected_deadline_utc"],
            "deadline_local": case["expected_deadline_local"],
            "open_seconds": case["expected_open_seconds"],
            "elapsed_seconds": case["elapsed_seconds"],
        }
        for case in CASES
    ]
    found = answers(result)
    assert all(answer.pop("why").startswith("received ") for answer in found)
    assert found == expected
    assert len(found) == 123


def test_every_clock_case_has_its_open_seconds() -> None:
    lines: list[object] = [
        {
            "id": case["id"],
            "calendar": case["calendar"],
            "from": case["start"],
            "to": case["expected_deadline_utc"],
            "pauses": case.get("pauses"),
        }
        for case in CASES
    ]
    result = run("elapsed", "--batch", lines=lines)
    assert result.exit_code == 0
    assert answers(result) == [{"id": case["id"], "open_seconds": case["expected_open_seconds"]} for case in CASES]


def test_the_installed_command_reads_a_file(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(json.dumps(case).encode() for case in CASES[:3]) + b"\r\n\r\n")
    done = subprocess.run(
        [sys.executable, "-m", "desk_policy", "due", "--batch", str(file)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [case["id"] for case in CASES[:3]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start": "2026-06-15T09:00"}, "offset"),
        ({"start": "yesterday"}, "is not an instant"),
        ({"start": 5}, "start: Expected text in quotes, got a number"),
        ({"duration": {"amount": 2, "unit": "hours"}}, "write one of business_seconds"),
        ({"duration": {"unit": "business_hours"}}, "amount of business_hours is missing"),
        ({"duration": {"amount": -1, "unit": "business_hours"}}, "from 0"),
        ({"duration": {"amount": 1.5, "unit": "working_days_end"}}, "write 2 instead of 1.5"),
        ({"duration": {"amount": "2", "unit": "business_hours"}}, "duration.amount: Expected a number"),
        ({"calendar": {**CALENDAR, "tz": "Mars/Olympus"}}, "IANA"),
        ({"calendar": {**CALENDAR, "week": {}}}, "no open hour"),
        ({"calendar": {**CALENDAR, "week": {"monday": []}}}, "write mon, tue"),
        ({"calendar": {**CALENDAR, "week": {"mon": [["9", "17:00"]]}}}, "08:30"),
        ({"calendar": {**CALENDAR, "holidays": ["2026-02-30"]}}, "calendar.holidays"),
        ({"calendar": None}, "calendar"),
        ({"pauses": [["2026-06-15T10:00Z", "2026-06-15T09:00Z"]]}, "swap"),
        ({"start": "9999-12-31T23:59Z"}, "years 1 to 9999"),
        ({"duration": {"amount": 1e300, "unit": "elapsed_hours"}}, "is not possible"),
    ],
)
def test_a_bad_line_is_answered_and_the_run_goes_on(change: dict[str, Any], words: str) -> None:
    result = run("due", "--batch", lines=[{**GOOD, **change, "id": 7}, GOOD])
    assert result.exit_code == 1
    bad, good = answers(result)
    assert set(bad) == {"id", "error"}
    assert bad["id"] == 7
    assert words in bad["error"]
    assert bad["error"].endswith(".")
    assert good["deadline_utc"] == "2026-06-15T09:00:00Z"


@pytest.mark.parametrize("line", [b'{"id": 1,', b"[]", b"7", b"\xff\xfe", b'{"id":' * 5000, b"null"])
def test_a_line_that_is_no_object_is_answered_with_its_number(line: bytes) -> None:
    result = run("due", "--batch", lines=b"\n".join([json.dumps(GOOD).encode(), line]))
    assert result.exit_code == 1
    good, bad = answers(result)
    assert good["id"] == "good"
    assert bad["id"] is None
    assert bad["error"].startswith("line 2: ")


def test_a_json_array_is_a_friendly_sentence() -> None:
    result = run("due", "--batch", str(CASES_FILE))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "each on one line of its own" in result.stderr


def test_unknown_keys_are_ignored_and_what_may_be_missing_may_be_missing() -> None:
    calendar = {"tz": "Europe/Berlin", "week": {"mon": ["09:00-17:00"]}, "holidays": None, "colour": "blue"}
    line = {"calendar": calendar, "start": GOOD["start"], "duration": {"unit": "next_open", "x": 1}, "pauses": None}
    (answer,) = answers(run("due", "--batch", lines=[line]))
    assert answer["id"] is None
    assert answer["deadline_local"] == "2026-06-15T09:00:00+02:00"


def test_holidays_may_have_names_and_the_why_says_them() -> None:
    named = {**CALENDAR, "holidays": [{"date": "2026-06-15", "name": "Feast"}]}
    (answer,) = answers(run("due", "--batch", lines=[{**GOOD, "calendar": named}]))
    assert "Mon 15 Jun closed (Feast)" in answer["why"]


def test_a_pause_without_an_end_has_no_deadline() -> None:
    (answer,) = answers(run("due", "--batch", lines=[{**GOOD, "pauses": [["2026-06-15T10:00+02:00", None]]}]))
    assert answer["deadline_utc"] is None
    assert answer["why"].endswith("no deadline until the pause ends")


def test_elapsed_needs_its_instants_in_order() -> None:
    line = {"id": 1, "calendar": CALENDAR, "from": "2026-06-15T10:00Z", "to": "2026-06-15T09:00Z"}
    result = run("elapsed", "--batch", lines=[line])
    assert result.exit_code == 1
    assert "swap" in answers(result)[0]["error"]


def test_a_file_that_is_not_there_is_a_sentence() -> None:
    result = run("due", "--batch", "nowhere.jsonl")
    assert result.exit_code == 1
    assert "nowhere.jsonl cannot be read" in result.stderr


def test_a_clock_of_a_policy_is_due_H_14() -> None:
    start = ("--start", "2026-05-13T16:15+02:00")
    result = run("due", "hamburg-woking", "callback", *start, "--calendar", "hamburg")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Mon 18 May 2026 09:45 (Europe/Berlin)\nreceived Wed 16:15; 45 min counted on Wed; "
    )
    pause = ("--pause", "2026-05-13T16:30+02:00/2026-05-18T10:00+02:00")
    answer = json.loads(
        run("due", "hamburg-woking", "callback", *start, "--calendar", "hamburg", *pause, "--json").stdout
    )
    assert answer["deadline_local"] == "2026-05-18T11:45:00+02:00"
    assert answer["open_seconds"] == 7200
    endless = run(
        "due", "hamburg-woking", "callback", *start, "--calendar", "hamburg", "--pause", "2026-05-13T16:30+02:00/"
    )
    assert endless.stdout.startswith("no deadline")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "callback"], "a policy that ships: akixi, ask4"),
        (["nowhere.toml", "callback"], "there is no such file"),
        (["hamburg-woking", "nothing"], "its clocks are: callback"),
        (["hamburg-woking", "callback"], "add --calendar with one of: hamburg, woking"),
        (["hamburg-woking", "callback", "--calendar", "paris"], "its calendars are: hamburg, woking"),
        (["hamburg-woking", "callback", "--calendar", "hamburg", "--pause", "now"], "is not an instant"),
    ],
)
def test_what_a_policy_does_not_have_is_a_sentence(arguments: list[str], words: str) -> None:
    result = run("due", *arguments, "--start", "2026-05-13T16:15+02:00")
    assert result.exit_code == 1
    assert words in " ".join(result.stderr.split())


def test_check_says_every_mistake_on_a_line_of_its_own(tmp_path: Path) -> None:
    assert run("check", "hamburg-woking").exit_code == 0
    broken = tmp_path / "broken.toml"
    broken.write_text("[policy]\nname = 7\n", encoding="utf-8")
    result = run("check", "hamburg-woking", str(broken), str(tmp_path))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) > 2
    assert all(str(tmp_path) in line for line in lines)


def test_help_is_there_for_each() -> None:
    for command in ((), ("due",), ("elapsed",), ("check",)):
        assert run(*command, "--help").exit_code == 0
