"""Which rule of which charter is in force, and what proves it: `python -m tools.rules [--prove] [--write] [RULE…]`.

Runs the tests that name rules (`@pytest.mark.rule("H-14")`) and prints every rule with its level, its tests and their result, those that
go through the programs (tests/acceptance) first and marked *. Fails when an ENFORCE or ASSIST rule has no passing test. `--prove` takes
one rule at a time out of its policy and fails when none of the tests that name it notices: those that go through the programs, or, when
there are none or none of them does, those of the core. With rules or beginnings of rules (`K V-2`) only those are looked at.
`--write` puts the table into docs/rules-in-force.md, and is for all rules.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pytest

from desk_core.resources import resource
from tests.support.rules import WITHOUT, without_rule
from tools.source import ROOT

BLACK_BOX = "tests/acceptance"
PLACES = (BLACK_BOX, "tests/core")
TABLE = ROOT / "docs" / "rules-in-force.md"
NEEDS_A_TEST = ("enforce", "assist")


class Outcomes:
    """A plugin that keeps the result of every test and the rules that it names; of ``wanted`` rules alone, if there are any."""

    def __init__(self, wanted: tuple[str, ...] = ()) -> None:
        self._wanted = wanted
        self.rules: dict[str, list[str]] = defaultdict(list)
        self.failed: set[str] = set()
        self.unloadable = False
        self.passed: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._wanted:
            named = ((item, [r for mark in item.iter_markers("rule") for r in mark.args]) for item in items)
            items[:] = [item for item, rules in named if any(rule.startswith(self._wanted) for rule in rules)]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for mark in item.iter_markers("rule"):
                for rule in mark.args:
                    self.rules[rule].append(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
            self.unloadable = self.unloadable or "PolicyError" in report.longreprtext
        elif report.when == "call" and report.passed:
            self.passed.add(report.nodeid)


def run(nodes: Sequence[str], *options: str, wanted: tuple[str, ...] = ()) -> Outcomes:
    """Runs tests quietly in this process; those that name ``wanted`` rules or beginnings of rules, if any are given."""
    outcomes = Outcomes(wanted)
    arguments = ["-m", "rule", "-q", "-p", "no:cacheprovider", "--no-header", *options, *nodes]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(arguments, plugins=[outcomes])
    return outcomes


def all_rules() -> dict[str, dict[str, Any]]:
    """Every rule of the policies that ship, by id, with the text of its policy under `policy`."""
    found = {}
    for file in sorted(resource("policies").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            for rule in tomllib.loads(text)["rule"]:
                found[rule["id"]] = {**rule, "policy": text}
    return dict(sorted(found.items()))


def result_of(rule: dict[str, Any], outcomes: Outcomes) -> str:
    """What there is to say of a rule: passed, failed, no test, or why a recorded one needs none."""
    tests = outcomes.rules.get(rule["id"], [])
    if any(test in outcomes.failed for test in tests):
        return "FAILED"
    if tests and all(test in outcomes.passed for test in tests):
        return "passed"
    if rule["level"] in NEEDS_A_TEST:
        return "NO TEST"
    return "nothing to do" if rule.get("nothing") else "kept by people"


def preferred(tests: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those that go through the programs, and the others."""
    several = sorted(set(tests))
    return [t for t in several if t.startswith(BLACK_BOX)], [t for t in several if not t.startswith(BLACK_BOX)]


def names_of(tests: Sequence[str]) -> list[str]:
    """The names of tests as the table has them: those that go through the programs first, with a mark."""
    programs, core = ([t.rpartition("::")[2].partition("[")[0] for t in each] for each in preferred(tests))
    return [*dict.fromkeys(f"{name} *" for name in programs), *dict.fromkeys(core)]


def table(rules: dict[str, dict[str, Any]], outcomes: Outcomes) -> list[str]:
    """The rows of the table."""
    rows = ["| rule | level | result | tests | note |", "|---|---|---|---|---|"]
    for rule_id, rule in rules.items():
        tests = names_of(outcomes.rules.get(rule_id, []))
        screen = f"screen to come: {rule['screen']}" if rule.get("screen") else ""
        note = "; ".join(part for part in (rule.get("nothing", ""), screen) if part)
        result = result_of(rule, outcomes)
        rows.append(f"| {rule_id} | {rule['level']} | {result} | {', '.join(tests)} | {note} |")
    return rows


def prove(rules: dict[str, dict[str, Any]], outcomes: Outcomes) -> list[str]:
    """The rules that can be taken out of their policy without a test that notices."""
    unnoticed = []
    for rule_id, rule in rules.items():
        tests = outcomes.rules.get(rule_id, [])
        if rule["level"] not in NEEDS_A_TEST or not tests:
            continue
        os.environ[WITHOUT] = rule_id
        try:
            if without_rule(rule["policy"]) == rule["policy"]:
                print(f"{rule_id}  cannot be taken out: it holds for every desk", flush=True)
                continue
            failing = (o for each in preferred(tests) if each and (o := run(each, "--exitfirst")).failed)
            outcome = next(failing, Outcomes())
        finally:
            del os.environ[WITHOUT]
        if not outcome.failed:
            unnoticed.append(rule_id)
            print(f"{rule_id}  TAKEN OUT UNNOTICED", flush=True)
        else:
            how = "the policy is refused without it" if outcome.unloadable else "its tests fail without it"
            print(f"{rule_id}  {how}", flush=True)
    return unnoticed


def main(arguments: Sequence[str]) -> int:
    """The command; 1 when a rule that needs a test has none that passes, or was taken out unnoticed."""
    rules = all_rules()
    wanted = tuple(each for each in arguments if each not in ("--prove", "--write"))
    strange = [each for each in wanted if not any(rule.startswith(each) for rule in rules)]
    if strange or (wanted and "--write" in arguments):
        print(
            f"tools.rules takes --prove, ids of rules or --write, not {' '.join(strange or arguments)}.",
            file=sys.stderr,
        )
        return 2
    rules = {rule: row for rule, row in rules.items() if not wanted or rule.startswith(wanted)}
    outcomes = run(PLACES, wanted=wanted)
    rows = table(rules, outcomes)
    wrong = [rule for rule, row in rules.items() if result_of(row, outcomes) in ("FAILED", "NO TEST")]
    print("\n".join(rows))
    print(
        f"\n{len(rules)} rules, {len(outcomes.passed)} tests passed; wanting: {', '.join(wrong) or 'none'}; "
        f"{sum(bool(preferred(outcomes.rules.get(each, []))[0]) for each in rules)} proved through the programs.",
        flush=True,
    )
    if "--write" in arguments:
        head = "# Rules in force\n\nMade by `python3 dev.py rules --write`: every rule of every ready policy, with what proves it;\n"
        head += "* marks a test that goes through the programs.\n\n"
        TABLE.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    unnoticed = prove(rules, outcomes) if "--prove" in arguments else []
    if unnoticed:
        print(f"\nTaken out unnoticed: {', '.join(unnoticed)}.")
    return 1 if wrong or unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
