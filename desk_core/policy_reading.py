"""Reads the tables of a policy file into their structs, and says of everything that does not fit what would be right.

The structs of :mod:`desk_core.policy` are the description of the file: their fields are its keys, and the marks on their
texts say what a text stands for; a field that is a dict gathers the keys that no other field has. A value that cannot be
used is reported and replaced by a blank one, so that reading goes on and finds the other mistakes.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar, cast

import msgspec
import phonenumbers
from msgspec import inspect

from desk_core.calendar_spec import parse_window
from desk_core.clocks import UNSET
from desk_core.durations import parse_amount
from desk_core.zones import CalendarError, load_zone

_T = TypeVar("_T", bound=msgspec.Struct)
_ID: Final = re.compile(r"[\w][\w.-]*")
_REGION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_SHARE: Final = re.compile(r"[1-9][0-9]? ?%")
_MOST_LISTED: Final = 16
_MOST_SHOWN: Final = 60

# What is named is the program's, and no table declares it.
_CLOSED: Final = ("event", "requirement", "refusal_code")
_MARKS: Final = {
    "refusal_code": 'the code of a refusal such as "not_free"',
    "id": 'an id such as "first_line"',
    "event": 'the name of an event such as "ticket.created"',
    "requirement": 'what must be there, such as "written_reply" or the id of a [[field]]',
    "amount": 'an amount such as "2 open hours", or "unset"',
    "warning": 'a share such as "50 %" or an amount such as "15 open minutes"',
    "window": 'a window such as "08:30-17:00"',
    "zone": 'a time zone such as "Europe/Berlin"',
    "country": 'a country in two capital letters such as "DE"',
    "region": 'a country or its part such as "DE" or "DE-HH"',
}


class Place(NamedTuple):
    """Where in the file: a table as it is written there, with its id or number, and the way to the key."""

    table: str
    key: str = ""

    def at(self, key: str) -> Place:
        """The place of a key in this one."""
        return Place(self.table, f"{self.key}, {key}" if self.key else key)

    def entry(self, number: int) -> Place:
        """The place of an entry of this list, counted from 1."""
        return Place(self.table, f"{self.key} no. {number}")

    def __str__(self) -> str:
        return f"{self.table}, {self.key}" if self.key else self.table


class Reader:
    """Reads tables and collects ``mistakes``: one line each, naming file, table, key and what would be right.

    ``known`` holds, for each mark that stands for something declared elsewhere (``role``, ``event``, …), the names that exist.
    """

    def __init__(self, file: str, known: Mapping[str, Collection[str]]) -> None:
        self.file = file
        self.known = known
        self.mistakes: list[str] = []
        self._broken: set[str] = set()

    def complain(self, place: Place, sentence: str) -> None:
        """Note a mistake, on one printable line."""
        self._broken.add(place.table)
        line = f"{self.file}, {place}: {sentence}"
        plain = " ".join("".join(c if c.isprintable() else " " for c in line).split())
        self.mistakes.append(plain)

    def sound(self, place: Place) -> bool:
        """Whether nothing was noted yet about the table of this place."""
        return place.table not in self._broken

    def table(self, cls: type[_T], raw: Mapping[str, object], place: Place, other_keys: Sequence[str] = ()) -> _T:
        """The struct of a table; ``other_keys`` are keys that the caller has already taken out, for the suggestions alone."""
        rest = next((field for field in _fields(cls) if isinstance(field.type, inspect.DictType)), None)
        fields = [field for field in _fields(cls) if field is not rest]
        keys = [field.encode_name for field in fields]
        others = {key: value for key, value in raw.items() if key not in keys}
        meant = {near for key in others if rest is None and (near := nearest(key, keys))}
        values: dict[str, object] = {field.name: self._field(field, raw, place, meant) for field in fields}
        if rest is not None:
            values[rest.name] = self._value(rest.type, others, place)
        else:
            for key in others:
                self.complain(
                    place.at(key), f"there is no such key{instead(key, [*keys, *other_keys], 'the keys are')}"
                )
        return cls(**values)

    def texts(self, declared: object, raw: object, place: Place) -> tuple[str, ...]:
        """The texts of a list; ``declared`` is the type of one entry, with its mark."""
        kind = inspect.type_info(tuple[declared, ...])  # type: ignore[valid-type]
        return cast("tuple[str, ...]", self._value(kind, raw, place))

    def _field(self, field: inspect.Field, raw: Mapping[str, object], place: Place, meant: Collection[str]) -> object:
        """The value of a key. One that is missing is not reported when it is ``meant`` by a key that does not exist."""
        here = place.at(field.encode_name)
        if field.encode_name not in raw:
            if not field.required:
                return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
            if field.encode_name not in meant:
                self.complain(here, f"is missing; write {_described(field.type)}.")
            return _blank(field.type)
        written_there = raw[field.encode_name]
        before = len(self.mistakes)
        value = self._value(field.type, written_there, here)
        if field.required and before == len(self.mistakes) and _is_empty(value, written_there):
            self.complain(here, f"must not be empty; write {_described(_first_item(field.type))}.")
        return value

    def _value(self, kind: inspect.Type, raw: object, place: Place) -> object:
        if isinstance(kind, inspect.UnionType):
            kind = next((member for member in kind.types if _fits(member, raw)), kind)
        if not _fits(kind, raw):
            self.complain(place, f"must be {_described(kind)}, not {written(raw)}.")
            return _blank(kind)
        if isinstance(kind, inspect.Metadata):
            return self._named_text(kind, cast("str", raw), place)
        if isinstance(kind, inspect.VarTupleType):
            return self._entries(kind.item_type, cast("list[object]", raw), place)
        if isinstance(kind, inspect.DictType):
            return self._named_values(kind, cast("dict[str, object]", raw), place)
        if isinstance(kind, inspect.StructType):
            return self.table(kind.cls, cast("dict[str, object]", raw), place)
        if isinstance(kind, inspect.LiteralType) and raw not in kind.values:
            self.complain(place, f"{written(raw)} is not possible{instead(str(raw), _choices(kind), 'write one of')}")
            return _blank(kind)
        if isinstance(kind, inspect.IntType) and kind.ge is not None and cast("int", raw) < kind.ge:
            self.complain(place, f"must be {kind.ge} or more, not {written(raw)}.")
        return raw

    def _named_text(self, kind: inspect.Metadata, text: str, place: Place) -> str:
        if text.strip():
            self._meaning(_mark(kind), text, place)
        elif text:
            self.complain(place, f"must be {_described(kind)}, not blanks alone.")
        return text

    def _entries(self, kind: inspect.Type, raw: list[object], place: Place) -> tuple[object, ...]:
        found: list[object] = []
        for number, entry in enumerate(raw, start=1):
            here, before = place.entry(number), len(self.mistakes)
            value = self._value(kind, entry, here)
            if isinstance(value, str) and not value.strip() and value is entry:
                self.complain(here, f"must not be empty; write {_described(kind)}, or leave the entry out.")
            elif value in found and len(self.mistakes) == before:
                self.complain(here, f"{written(entry)} is written twice; leave one out.")
            if len(self.mistakes) == before:
                found.append(value)
        return tuple(found)

    def _named_values(self, kind: inspect.DictType, raw: dict[str, object], place: Place) -> dict[object, object]:
        return {
            self._value(kind.key_type, key, place.at(key)): self._value(kind.value_type, value, place.at(key))
            for key, value in raw.items()
        }

    def _meaning(self, mark: str, text: str, place: Place) -> None:
        reads = _READS.get(mark)
        if reads is not None:
            try:
                reads(text)
            except CalendarError as error:
                self.complain(place, str(error))
        elif text not in self.known[mark]:
            names = self.known[mark]
            word = mark.replace("_", " ")
            listed = f"the {word}s are" if mark in _CLOSED else f"declare it as [[{mark}]], or write one of"
            self.complain(place, f"there is no {word} {written(text)}{instead(text, names, listed)}")


def rows_of(raw: Mapping[str, object], table: str) -> list[tuple[Place, Mapping[str, object]]]:
    """The tables written as ``[[table]]``, each with its place; what is not a table is left out."""
    entries = raw.get(table)
    if not isinstance(entries, list):
        return []
    return [
        (_row_place(table, row, number), row) for number, row in enumerate(entries, start=1) if isinstance(row, dict)
    ]


def _row_place(table: str, row: Mapping[str, object], number: int) -> Place:
    row_id = row.get("id")
    return Place(f"[[{table}]] {written(row_id) if isinstance(row_id, str) and row_id.strip() else f'no. {number}'}")


@cache  # asking takes longer than reading the table, and a file has many tables of few kinds
def _fields(cls: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(cls)
    return info.fields if isinstance(info, inspect.StructType) else ()


def _mark(kind: inspect.Type) -> str:
    return str((kind.extra or {}).get("is", "")) if isinstance(kind, inspect.Metadata) else ""


def _choices(kind: inspect.LiteralType) -> list[str]:
    return [str(value) for value in kind.values if value != ""]


def _fits(kind: inspect.Type, raw: object) -> bool:
    """Whether the value has the kind's type: a TOML whole number is no truth value and a moment is no date."""
    if isinstance(kind, inspect.Metadata):
        return _fits(kind.type, raw)
    if isinstance(kind, inspect.StrType | inspect.LiteralType):
        return isinstance(raw, str)
    if isinstance(kind, inspect.BoolType):
        return isinstance(raw, bool)
    if isinstance(kind, inspect.IntType):
        return isinstance(raw, int) and not isinstance(raw, bool)
    if isinstance(kind, inspect.FloatType):
        return isinstance(raw, float)
    if isinstance(kind, inspect.DateType):
        return isinstance(raw, dt.date) and not isinstance(raw, dt.datetime)
    if isinstance(kind, inspect.VarTupleType):
        return isinstance(raw, list)
    return isinstance(kind, inspect.StructType | inspect.DictType) and isinstance(raw, dict)


def _blank(kind: inspect.Type) -> object:
    """A value of the kind that says nothing, in place of one that was reported."""
    if isinstance(kind, inspect.Metadata):
        return _blank(kind.type)
    if isinstance(kind, inspect.UnionType):
        return None if any(isinstance(member, inspect.NoneType) for member in kind.types) else _blank(kind.types[0])
    if isinstance(kind, inspect.StructType):
        return kind.cls(**{field.name: _blank(field.type) for field in kind.fields if field.required})
    if isinstance(kind, inspect.LiteralType):
        return kind.values[0]
    blanks: dict[type[inspect.Type], object] = {
        inspect.StrType: "",
        inspect.BoolType: False,
        inspect.IntType: 0,
        inspect.FloatType: 0.0,
        inspect.DateType: dt.date.min,
        inspect.VarTupleType: (),
        inspect.DictType: {},
    }
    return blanks[type(kind)]


def _described(kind: inspect.Type) -> str:
    """What may be written there, as the end of a sentence."""
    if isinstance(kind, inspect.Metadata):
        mark = _mark(kind)
        return _MARKS.get(mark, f"the id of a [[{mark}]], in quotes")
    if isinstance(kind, inspect.UnionType):
        return " or ".join(_described(member) for member in kind.types if not isinstance(member, inspect.NoneType))
    if isinstance(kind, inspect.LiteralType):
        choices = ", ".join(f'"{choice}"' for choice in _choices(kind))
        return f"one of {choices}" if len(kind.values) > 1 else choices
    if isinstance(kind, inspect.VarTupleType):
        return f"a list in square brackets, each entry {_described(kind.item_type)}"
    if isinstance(kind, inspect.StructType):
        return f"a table in braces with {' and '.join(field.encode_name for field in kind.fields if field.required)}"
    plain: dict[type[inspect.Type], str] = {
        inspect.StrType: "a text in quotes",
        inspect.BoolType: "true or false",
        inspect.IntType: "a whole number",
        inspect.FloatType: "a number",
        inspect.DateType: "a date without quotes such as 2026-05-14",
        inspect.DictType: "a table",
    }
    return plain[type(kind)]


def _first_item(kind: inspect.Type) -> inspect.Type:
    return kind.item_type if isinstance(kind, inspect.VarTupleType) else kind


def _is_empty(value: object, raw: object) -> bool:
    """Whether somebody wrote an empty text, list or table: a blank in place of a reported value does not count."""
    blank = not value.strip() if isinstance(value, str) else value in ((), {})
    return blank and (not raw or (isinstance(raw, str) and not raw.strip()))


def written(raw: object) -> str:
    """A value of the file as it is shown in a sentence, cut when it is long."""
    if isinstance(raw, str):
        return f'"{raw[:_MOST_SHOWN]}…"' if len(raw) > _MOST_SHOWN else f'"{raw}"'
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float):
        return str(raw) if isinstance(raw, float) or abs(raw) < 10**_MOST_SHOWN else "a number as long"
    if isinstance(raw, list):
        return "a list"
    return "a table" if isinstance(raw, dict) else f"the time {raw}"


def nearest(word: str, names: Iterable[str]) -> str:
    """The name that was most likely meant, or ""."""
    by_fold = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(word.casefold()[:_MOST_SHOWN], by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""


def instead(word: str, names: Iterable[str], listed: str) -> str:
    """The rest of a sentence about a name that does not exist: the nearest one, or all of them when they are few."""
    some = sorted(names)
    near = nearest(word, some)
    if near:
        return f'; did you mean "{near}"?'
    if not some:
        return "; leave it out, or declare it first."
    return f"; {listed} {', '.join(some[:_MOST_LISTED])}{', …' if len(some) > _MOST_LISTED else ''}."


def _read_id(text: str) -> None:
    if not _ID.fullmatch(text):
        raise CalendarError(f"{written(text)} is no id; use letters, digits, dots, dashes and underscores alone.")


def _read_amount(text: str) -> None:
    if text != UNSET:
        parse_amount(text)


def _read_warning(text: str) -> None:
    if "%" not in text:
        parse_amount(text)
    elif not _SHARE.fullmatch(text):
        raise CalendarError(f'{written(text)} is no share; write 1 % to 99 %, such as "50 %".')


def _read_country(text: str) -> None:
    if text not in phonenumbers.SUPPORTED_REGIONS:
        raise CalendarError(f'{written(text)} is no country; write two capital letters, such as "DE" or "GB".')


def _read_region(text: str) -> None:
    if not _REGION.fullmatch(text):
        raise CalendarError(f'{written(text)} is no region; write a country or its part, such as "DE" or "DE-HH".')


_READS: Final[dict[str, Callable[[str], object]]] = {
    "id": _read_id,
    "amount": _read_amount,
    "warning": _read_warning,
    "window": parse_window,
    "zone": load_zone,
    "country": _read_country,
    "region": _read_region,
}
