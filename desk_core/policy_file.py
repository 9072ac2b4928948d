"""The policy file: TOML text in, :class:`Policy` out, or every mistake in it with file, table, key and what would be right."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

import msgspec

from desk_core import policy
from desk_core import policy_tables as t
from desk_core.events import KINDS
from desk_core.policy_calendars import read_calendar
from desk_core.policy_checks import Rows, check
from desk_core.policy_marks import REQUIREMENTS
from desk_core.policy_reading import Place, Reader, instead, rows_of
from desk_core.policy_words import check_words
from desk_core.wording import REFUSALS

_SINGLE: Final[dict[str, type[policy.Table]]] = {
    "policy": policy.Head,
    "queue": policy.Queue,
    "limits": policy.Limits,
    "ticket": t.TicketRule,
    "wording": t.Wording,
    "absence": t.Absence,
    "duty": t.Duty,
    "staff": t.Staff,
    "refusal": t.Refusing,
}
# The table of the file, and the attribute of the policy that holds its rows.
_MANY: Final[dict[str, tuple[type[policy.Table], str]]] = {
    "rule": (policy.Rule, "rules"),
    "role": (policy.PolicyRole, "roles"),
    "office": (policy.Office, "offices"),
    "department": (policy.Department, "departments"),
    "kind": (policy.Kind, "kinds"),
    "category": (policy.Category, "categories"),
    "gate": (policy.Gate, "gates"),
    "clock": (policy.ClockRule, "clocks"),
    "entitlement": (policy.EntitlementRule, "entitlements"),
    "message": (policy.Message, "messages"),
    "field": (t.Field, "fields"),
    "channel": (t.Channel, "channels"),
    "address": (t.Address, "addresses"),
    "link": (t.Link, "links"),
    "part": (t.Part, "parts"),
    "ladder": (t.LadderStep, "ladder"),
    "obligation": (t.Obligation, "obligations"),
    "route": (t.Route, "routes"),
    "complaint": (t.ComplaintRule, "complaints"),
    "survey": (t.Survey, "surveys"),
    "kpi": (t.Kpi, "kpis"),
    "register": (t.Register, "registers"),
    "approval": (t.Approval, "approvals"),
    "exemption": (t.Exemption, "exemptions"),
}
_CALENDAR: Final = "calendar"
_TABLES: Final = (*_SINGLE, _CALENDAR, *_MANY)
_NEEDED: Final = ("policy", "queue", _CALENDAR, "office", "department", "kind")
_WHERE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
# What the parser means, for those of its words that a person may not take that way.
_PLAIN: Final = {
    "Cannot overwrite": "this key is written twice, leave one out",
    "Cannot declare": "this table is written twice, leave one out",
    "Illegal character '\\n'": "the text has no closing quote on its line",
    "Invalid value": "this is no value, texts and times of day stand in quotes",
}


class PolicyError(Exception):
    """A policy file that cannot be used. ``mistakes`` are sentences of one line, each with file, table, key and what would be right."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def load(text: str, file: str = "policy") -> policy.Policy:
    """The policy written in ``text``; ``file`` is what the mistakes call it.

    Raises :class:`PolicyError` with all the mistakes that can be found in one go.
    """
    raw = _parse(text, file)
    reader = Reader(file, _known(raw))
    _check_tables(reader, raw)
    single = {
        name: reader.table(cls, raw[name], Place(f"[{name}]"))
        for name, cls in _SINGLE.items()
        if isinstance(raw.get(name), dict)
    }
    calendars = [(place, read_calendar(reader, row, place)) for place, row in rows_of(raw, _CALENDAR)]
    rows: Rows = {
        name: [(place, reader.table(cls, row, place)) for place, row in rows_of(raw, name)]
        for name, (cls, _) in _MANY.items()
    }
    rows["queue"] = [(Place("[queue]"), single["queue"])] if "queue" in single else []
    rows[_CALENDAR] = [(place, spec) for place, spec in calendars if spec is not None]
    check(reader, rows)
    check_words(reader, rows)
    if reader.mistakes:
        raise PolicyError(list(dict.fromkeys(reader.mistakes)))
    return _policy(single, rows)


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        # Editors on Windows put a byte order mark before the text.
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise PolicyError([f"{file}: lists or tables are nested too deeply; write them flat."]) from None
    except ValueError as error:
        raise PolicyError([_syntax(str(error), text, file)]) from None


def _syntax(message: str, text: str, file: str) -> str:
    found = _WHERE.search(message)
    if found is None:
        return f"{file}: holds a number with too many digits; write a shorter one."
    if found["line"] is None:
        return f"{file}, line {len(text.splitlines())}: the file ends too early; close the bracket or the quote that is open."
    what = " ".join(message[: found.start()].split())
    what = next((plain for words, plain in _PLAIN.items() if words in what), what)
    return f"{file}, line {found['line']}: this is not valid TOML at column {found['column']}: {what}."


def _known(raw: dict[str, Any]) -> dict[str, set[str]]:
    """What may be named elsewhere: the events, and every id of every table, also of one that has mistakes."""
    known = {"event": set(KINDS)}
    for name in (_CALENDAR, *_MANY):
        ids = (row.get("id") for _, row in rows_of(raw, name))
        known[name] = {each for each in ids if isinstance(each, str)}
    known["refusal_code"] = set(REFUSALS)
    known["requirement"] = {*REQUIREMENTS, *known["field"]}
    return known


def _check_tables(reader: Reader, raw: dict[str, Any]) -> None:
    """Only tables that exist, in the brackets that they need, with none missing and no id twice."""
    for name in raw:
        if name not in _TABLES:
            reader.complain(Place(name), f"there is no such table{instead(name, _TABLES, 'the tables are')}")
    for name in _TABLES:
        value = raw.get(name)
        place = Place(f"[{name}]" if name in _SINGLE else f"[[{name}]]")
        if value is None or value == []:
            if name in _NEEDED:
                reader.complain(place, f"is missing; write {'it' if name in _SINGLE else 'at least one'} as {place}.")
        elif name in _SINGLE and not isinstance(value, dict):
            reader.complain(place, f"must be one table; write it once, as {place}.")
        elif name not in _SINGLE and not (isinstance(value, list) and all(isinstance(row, dict) for row in value)):
            reader.complain(place, f"must be a list of tables; write each of them as {place}, in double brackets.")
        seen: set[str] = set()
        for row_place, row in rows_of(raw, name):
            row_id = row.get("id")
            if isinstance(row_id, str) and row_id in seen:
                reader.complain(row_place.at("id"), f"is used twice; give each {name} an id of its own.")
            elif isinstance(row_id, str):
                seen.add(row_id)


def _policy(single: dict[str, Any], rows: Rows) -> policy.Policy:
    many = {attribute: tuple(row for _, row in rows[name]) for name, (_, attribute) in _MANY.items()}
    others = {name: table for name, table in single.items() if name != "policy"}
    many["clocks"] = tuple(_as_read(clock) for clock in many["clocks"])
    calendars = tuple(row for _, row in rows[_CALENDAR])
    return policy.Policy(**{**many, **others}, head=single["policy"], calendars=calendars)


def _as_read(clock: policy.ClockRule) -> policy.ClockRule:
    """The clock in the reading that the file chose with ``use``."""
    other = next((each for each in clock.alternatives if each.reading == clock.use), None)
    if other is None:
        return clock
    return msgspec.structs.replace(
        clock, amount=other.amount or clock.amount, calendar=other.calendar or clock.calendar
    )
