"""desk-policy preview and calendar: what a change would move, and next year's dates for a person to confirm (TS-13, A-01, F02)."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from desk_core.resources import resource, shipped
from desk_policy.__main__ import main
from desk_policy.files import read_policy

NOW = "2026-05-13T16:20+02:00"
CLOCK = {
    "id": "callback",
    "title": "Call back",
    "started_at": "2026-05-13T14:15:00Z",
    "amount": "2 open hours",
    "calendar": "hamburg",
    "deadline": "2026-05-18T07:45:00Z",
}
TICKET = {"reference": "417211 6", "office": "hamburg", "clocks": [CLOCK], "title": "ignored"}
BRIDGE = '    { date = 2026-05-15, name = "Brückentag nach Christi Himmelfahrt" },\n'


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=given)


def written(tmp_path: Path, old: str, new: str) -> Path:
    """The ready policy with one edit."""
    text = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "new.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def lines(*tickets: dict[str, Any]) -> str:
    return "\n".join(json.dumps(ticket) for ticket in tickets)


def test_a_corrected_holiday_moves_what_runs_TS_13(tmp_path: Path) -> None:
    new = written(tmp_path, BRIDGE, "")
    data = tmp_path / "tickets.jsonl"
    data.write_text(lines(TICKET), encoding="utf-8")
    for where in (data, tmp_path):
        done = run("preview", "hamburg-woking", new, "--data", where, "--now", NOW)
        assert done.exit_code == 0, done.output
        assert done.stdout.splitlines() == [
            "417211 6  callback: Mon 18 May 2026 09:45 moves to Fri 15 May 2026 09:45 (3 d earlier)",
            "1 of 1 running deadlines move; tickets read: 1.",
        ]


def test_the_same_as_json_lines(tmp_path: Path) -> None:
    new = written(tmp_path, BRIDGE, "")
    done = run("preview", "hamburg-woking", new, "--data", "-", "--now", NOW, "--json", given=lines(TICKET))
    assert json.loads(done.stdout) == {
        "reference": "417211 6",
        "clock": "callback",
        "calendar": "hamburg",
        "effect": "moves",
        "old_deadline": "2026-05-18T07:45:00Z",
        "new_deadline": "2026-05-15T07:45:00Z",
        "moved_seconds": -259200.0,
    }


def test_a_new_version_leaves_what_runs_and_says_what_it_would_be_A_01(tmp_path: Path) -> None:
    new = written(tmp_path, 'amount = "2 open hours"', 'amount = "3 open hours"')
    done = run("preview", "hamburg-woking", new, "--data", "-", "--now", NOW, given=lines(TICKET))
    assert done.stdout.splitlines() == [
        "417211 6  callback: Mon 18 May 2026 09:45 stays; opened under the new policy it would be "
        "Mon 18 May 2026 10:45 (1 h later)",
        "0 of 1 running deadlines move; tickets read: 1.",
    ]


def test_a_promise_that_is_made_no_more_stays(tmp_path: Path) -> None:
    new = written(tmp_path, '"callback"', '"call_again"')
    done = run("preview", "hamburg-woking", new, "--data", "-", "--now", NOW, given=lines(TICKET))
    assert "stays; the new policy does not make this promise" in done.stdout


@pytest.mark.parametrize(
    "change",
    [
        {"state": "missed"},
        {"state": "met", "stopped_at": "2026-05-13T14:20:00Z"},
        {"state": "paused", "deadline": None, "pauses": [{"start": "2026-05-13T14:20:00Z", "end": None}]},
        {"deadline": "2026-05-13T14:19:00Z"},
    ],
)
def test_what_is_kept_missed_paused_or_overdue_is_left_alone_TS_12(tmp_path: Path, change: dict[str, Any]) -> None:
    new = written(tmp_path, BRIDGE, "")
    ticket = {**TICKET, "clocks": [{**CLOCK, **change}]}
    done = run("preview", "hamburg-woking", new, "--data", "-", "--now", NOW, given=lines(ticket))
    assert done.stdout == "0 of 0 running deadlines move; tickets read: 1.\n"


def test_an_amount_agreed_with_the_customer_is_nobodys_to_change_A_24(tmp_path: Path) -> None:
    new = written(tmp_path, 'amount = "2 open hours"', 'amount = "3 open hours"')
    agreed = {**CLOCK, "amount": "until 2026-05-20T10:00+02:00", "deadline": "2026-05-20T08:00:00Z"}
    done = run(
        "preview",
        "hamburg-woking",
        new,
        "--data",
        "-",
        "--now",
        NOW,
        given=lines({**TICKET, "clocks": [agreed]}),
    )
    assert done.stdout == "0 of 1 running deadlines move; tickets read: 1.\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{", "standard input, line 1: This line is not a JSON object"),
        (lines(TICKET, {"clocks": []}), "standard input, line 2: Object missing required field"),
        (lines({**TICKET, "clocks": [{**CLOCK, "started_at": 5}]}), "standard input, line 1: clocks"),
    ],
)
def test_a_line_that_is_no_ticket_is_named(given: str, said: str) -> None:
    done = run("preview", "hamburg-woking", "hamburg-woking", "--data", "-", "--now", NOW, given=given)
    assert done.exit_code == 1
    assert said in done.stderr


def test_data_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    for where, said in ((tmp_path, "holds no file *.jsonl"), (tmp_path / "none", "cannot be read")):
        done = run("preview", "hamburg-woking", "hamburg-woking", "--data", where)
        assert done.exit_code == 1
        assert said in " ".join(done.stderr.split())


# --- calendar --------------------------------------------------------------------------------------------------------------


def blocks(text: str) -> dict[str, dict[str, Any]]:
    """The lists of each proposed calendar; what is pasted is TOML."""
    found = {}
    for block in text.split("# [[calendar]] id = ")[1:]:
        name, _, rest = block.partition(":")
        found[name.strip('"')] = tomllib.loads(rest.partition("\n")[2])
    return found


@pytest.mark.parametrize("name", shipped("policies"))
@pytest.mark.parametrize("year", [2026, 2027])
def test_the_proposed_dates_are_those_that_the_ready_policies_have(name: str, year: int) -> None:
    found = blocks(run("calendar", name, str(year)).stdout)
    specs = {spec.id: spec for spec in read_policy(name).calendars if spec.holidays}
    assert found.keys() == specs.keys()
    for calendar, lists in found.items():
        known = {day.date for day in specs[calendar].holidays if day.date.year == year}
        assert {day["date"] for day in lists["holidays"]} == known


def test_h07_a_proposal_can_be_pasted_and_names_lost_days_and_bridge_days(tmp_path: Path) -> None:
    text = run("calendar", "hamburg-woking", "2028").stdout
    assert '{ date = 2028-01-01, name = "Neujahr" },  # Sat 1 Jan is closed anyway: lost' in text
    assert '#    { date = 2028-05-26, name = "Brückentag nach Christi Himmelfahrt" },' in text
    lists = blocks(text)["hamburg"]
    assert lists["covers"] == {"from": dt.date(2025, 12, 1), "to": dt.date(2028, 12, 31)}
    days = "".join(f'    {{ date = {day["date"]}, name = "{day["name"]}" }},\n' for day in lists["holidays"])
    new = written(tmp_path, "bridge_days = [\n", f"bridge_days = [\n{days}")
    new.write_text(new.read_text(encoding="utf-8").replace("to = 2027-12-31", "to = 2028-12-31"), encoding="utf-8")
    assert run("check", new).exit_code == 0


@pytest.mark.parametrize(
    ("policy", "year", "line"),
    [
        ("hamburg-woking", 2026, '"Boxing Day (observed)" },  # in place of Sat 26 Dec'),
        ("akixi", 2027, '"Christmas Day" },  # Sat 25 Dec is closed anyway: moved to Fri 24 Dec'),
        ("akixi", 2028, '"New Year\'s Day" },  # Sat 1 Jan is closed anyway: moved to Fri 31 Dec'),
        ("hosting", 2026, "# Sat 22 Aug is a working day by decree"),
        ("hosting", 2028, '"29 of Lunar New Year" },  # Mon 24 Jan: given in addition'),
    ],
)
def test_moved_days_and_working_saturdays_are_said(policy: str, year: int, line: str) -> None:
    assert line in run("calendar", policy, str(year)).stdout


def test_what_differs_from_the_policy_is_said(tmp_path: Path) -> None:
    new = written(
        tmp_path, '{ date = 2026-05-14, name = "Christi Himmelfahrt" }', '{ date = 2026-05-13, name = "Feast" }'
    )
    text = run("calendar", new, "2026").stdout
    assert '"Christi Himmelfahrt" },  # not in the policy yet' in text
    assert "# In the policy, but not among the proposed: 2026-05-13 Feast" in text


@pytest.mark.parametrize(
    ("region", "year", "said"),
    [
        ("DE-XX", "2028", "does not know DE-XX"),
        ("ZZ", "2028", "does not know ZZ"),
        ("DE", "1972", "no holiday of DE in 1972"),
    ],
)
def test_a_region_or_year_that_is_not_known_is_a_sentence(tmp_path: Path, region: str, year: str, said: str) -> None:
    new = written(tmp_path, 'holiday_region = "DE-HH"', f'holiday_region = "{region}"')
    done = run("calendar", new, year)
    assert done.exit_code == 1
    assert said in " ".join(done.stderr.split())


def test_without_a_region_the_office_says_the_country_and_without_both_it_is_a_sentence(tmp_path: Path) -> None:
    new = written(tmp_path, 'holiday_region = "DE-HH"\n', "")
    assert '# [[calendar]] id = "hamburg": DE\n' in run("calendar", new, "2028").stdout
    none = written(tmp_path, "holidays = [", "closed_days = [")
    none.write_text(none.read_text(encoding="utf-8").replace("holiday_region", "# holiday_region"), encoding="utf-8")
    done = run("calendar", none, "2028")
    assert done.exit_code == 1
    assert "says whose holidays it keeps" in " ".join(done.stderr.split())


@pytest.mark.parametrize(("day", "warned"), [("2027-10-02", False), ("2027-10-03", True), ("2028-05-01", True)])
def test_holidays_that_run_out_are_a_warning_and_no_mistake(day: str, warned: bool) -> None:
    done = run("check", "hamburg-woking", "--on", day)
    assert (done.exit_code, done.stdout) == (0, "")
    expected = [
        f'hamburg-woking, [[calendar]] "{office}", covers: the holidays are known to 2027-12-31 only; '
        "propose the next ones with desk-policy calendar hamburg-woking 2028."
        for office in ("hamburg", "woking")
    ]
    assert [line for line in done.stderr.splitlines() if "covers" in line] == (expected if warned else [])


def test_a_review_that_is_due_is_a_reminder_A_15(tmp_path: Path) -> None:
    new = written(tmp_path, "next_review = 2027-01-01", "next_review = 2027-01-31")
    for day, said in (("2027-01-31", ""), ("2027-02-01", "[policy], next_review: the review of 2027-01-31 is overdue")):
        done = run("check", new, "--on", day)
        assert done.exit_code == 0
        assert said in done.stderr
        assert bool(said) == ("next_review" in done.stderr)
