"""Rules and the tests that prove them: which ids there are, and a policy from which one rule was taken away."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache

from desk_core.policy_file import PolicyError, load
from desk_core.resources import resource

# dev.py rules --prove runs the tests of a rule with this set to its id.
WITHOUT = "DESK_TESTS_WITHOUT_RULE"
MOST = 3

_ID = re.compile(r'^id = "([^"]*)"', re.MULTILINE)
_SMALL = ("kpi", "obligation", "message", "part", "survey", "clock", "ladder", "register", "category", "complaint")
_ROUNDS = 6

_TABLE = re.compile(r"^\[", re.MULTILINE)
_RULES = re.compile(r"rules = \[([^\]]*)\]")
# Single tables hold several rules: the keys that are each one's doing.
_KEYS = {
    "V-01": ("triage",),
    "V-21": ("one_per_customer",),
    "V-30": ("holder_only",),
    "A-24": ("timescale", "timescale_rules"),
    "A-29": ("longest_sentence",),
    "A-34": ("office_of",),
    "A-35": ("ask_when_waiting",),
}
# Without these the order of the queue is not mandated.
_FREES = ("V-23", "V-24")
_KEPT = ("policy", "queue", "ticket", "wording")


@cache
def known_rules() -> dict[str, str]:
    """Every rule of the policies that ship, with its level."""
    files = [each for each in resource("policies").iterdir() if each.name.endswith(".toml")]
    tables = [tomllib.loads(each.read_text(encoding="utf-8")) for each in files]
    return {rule["id"]: rule["level"] for table in tables for rule in table["rule"]}


def without_rule(text: str) -> str:
    """The policy without all that cites the rule under proof: its tables, the entries of lists, the keys of single tables."""
    rule = os.environ.get(WITHOUT, "")
    if not rule or f'"{rule}"' not in text:
        return text
    left = "".join(_without(block, rule) for block in _blocks(text))
    for _ in range(_ROUNDS):
        dangling = _dangling(left)
        if not dangling:
            break
        left = "".join(block for number, block in enumerate(_blocks(left)) if number not in dangling)
    return left


def _blocks(text: str) -> list[str]:
    starts = [match.start() for match in _TABLE.finditer(text)]
    return [text[: starts[0]], *(text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True))]


def _dangling(text: str) -> set[int]:
    """The tables of small print that name something that went with the rule: they go too."""
    try:
        load(text, "without")
    except PolicyError as error:
        mistakes = error.mistakes
    else:
        return set()
    found = set()
    for number, block in enumerate(_blocks(text)):
        name, own = block[: block.find("]")].strip("[] "), _ID.search(block)
        if name in _SMALL and own and any(f'[[{name}]] "{own[1]}"' in line for line in mistakes):
            found.add(number)
    return found


def _without(block: str, rule: str) -> str:
    name = block[: block.find("]")].strip("[] ")
    if name == "rule":
        return block
    lines = block.splitlines(keepends=True)
    # An entry of a list stands on a line of its own, in braces.
    entry = [line for line in lines if line.lstrip().startswith("{") and f'"{rule}"' in line]
    lines = [line for line in lines if line not in entry]
    own = next((found for line in lines if line.startswith("rules") and (found := _RULES.search(line))), None)
    if own is None or f'"{rule}"' not in own[1]:
        return "".join(lines)
    if name == "wording" and own[1] == f'"{rule}"':
        return ""
    if name in _KEPT:
        switched = _KEYS.get(rule, ())
        kept = [line for line in lines if line.partition(" = ")[0] not in switched]
        return "".join(line.replace('"take_next"', '"free"') if rule in _FREES else line for line in kept)
    return ""
