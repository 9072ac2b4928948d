"""Every clock case, computed through the policy's own calendar and clock: the files say what the clock sheets say."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desk_core.durations import parse_amount
from desk_core.policy import ClockRule, Policy
from desk_core.policy_file import load
from desk_core.resources import resource
from tests.support.world import ready_policy

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "clock_cases.json").read_text(encoding="utf-8"))
CLOCKS = {
    **{"A-C1": "email_first_response", "A-C2": "direct_first_response", "A-C3": "ring", "A-C4": "timeline"},
    **{"A-C5": "progress_update", "A-C6": "seven_days"},
    **{"K-C1": "acknowledgement", "K-C2": "progress", "K-C3": "formal_response"},
    **{"E-C1": "shared_mail", "E-C2": "full_support", "E-C3": "full_sales", "E-C4": "personal_mail"},
    **{"E-C5": "fee_earner", "E-C6": "absence", "E-C7": "complaint_acknowledged", "E-C8": "complaint_answered"},
    **{"H-C1": "callback", "H-C2": "phone_hours"},
    **{"V-C1": "guidance_hours", "V-C2": "next_issue", "V-C3": "seven_days"},
}
OFFICES = {"A-LON": "london", "A-NYC": "new_york", "A-DEN": "denver", "H-HAM": "hamburg", "H-WOK": "woking"}
# What a case assumes, in the words of the policy's own alternative.
READINGS = {
    "EULA term": "EULA term = 5 working days",
    "60 guidance minutes": "60 guidance minutes",
    "absence counted": "",
}


@cache
def policy_of(name: str) -> Policy:
    return ready_policy(name)


def reading_of(case: dict[str, Any]) -> str:
    kind, _, words = case["reading"].partition(": ")
    if kind == "proposed":
        return ""
    if words == "state swap days adopted" and case["duration"]["unit"] == "business_minutes":
        return "60 guidance minutes, state swap days adopted"
    return next((own for known, own in READINGS.items() if words.startswith(known)), words)


def clock_and_calendar(case: dict[str, Any]) -> tuple[str, str]:
    """Amount and calendar as the policy has them, in the reading of the case."""
    policy = policy_of(case["policy"])
    rule = policy.clock(CLOCKS[case["clock"]])
    assert isinstance(rule, ClockRule), f"{case['policy']} has no clock for {case['clock']}"
    office = OFFICES.get(case["calendar_id"], policy.offices[0].id)
    amount, calendar = rule.amount, policy.calendar_id(rule, office)
    reading = reading_of(case)
    if reading:
        other = next(each for each in rule.alternatives if each.reading == reading)
        amount, calendar = other.amount or amount, other.calendar or calendar
    return amount, calendar


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_policys_clock_and_calendar_give_the_deadline_of_the_case(case: dict[str, Any]) -> None:
    amount, calendar = clock_and_calendar(case)
    pauses = [(dt.datetime.fromisoformat(a), dt.datetime.fromisoformat(b)) for a, b in case.get("pauses") or ()]
    start = dt.datetime.fromisoformat(case["start"])
    due = policy_of(case["policy"]).calendar(calendar).add(start, parse_amount(amount), pauses).at
    assert due == dt.datetime.fromisoformat(case["expected_deadline_utc"])


def test_every_sheet_has_its_clock() -> None:
    assert {case["clock"] for case in CASES} == CLOCKS.keys()
    assert len(CLOCKS) == 22


def test_a_reading_chosen_in_the_file_is_the_one_that_counts() -> None:
    text = resource("policies/expandit.toml").read_text(encoding="utf-8")
    chosen = load(text.replace('id = "shared_mail"\n', 'id = "shared_mail"\nuse = "office hours"\n'), "expandit.toml")
    rule = chosen.clock("shared_mail")
    assert rule is not None
    assert (rule.amount, rule.calendar) == ("2 open hours", "office_hours")


def test_what_the_charter_leaves_open_stays_open() -> None:
    """E-33: without the figure of the licence agreement there is a clock and no deadline, and words that say so."""
    rule = policy_of("expandit").clock("full_support")
    assert rule is not None
    assert (rule.amount, bool(rule.unset_note)) == ("unset", True)
    assert all(survey.every == "unset" for name in ("akixi", "ask4") for survey in policy_of(name).surveys)


@pytest.mark.parametrize("name", ["akixi", "ask4", "expandit", "hamburg-woking", "hosting"])
def test_a_policy_says_every_rule_of_its_charter_once(name: str) -> None:
    letter = {"akixi": "A64", "ask4": "K32", "expandit": "E43", "hamburg-woking": "H35", "hosting": "V37"}[name]
    count = int(letter[1:])
    assert [rule.id for rule in policy_of(name).rules] == [f"{letter[0]}-{n:02}" for n in range(1, count + 1)]
    assert all(rule.text.strip() for rule in policy_of(name).rules)
