"""The mapping of an import: which column of another program's export is what, and which of its words are ours."""

from __future__ import annotations

import codecs
import datetime as dt
import re
import tomllib
import zoneinfo
from collections.abc import Iterable
from functools import cached_property

import msgspec

from desk_core.policy import Policy
from desk_core.tickets import EntitlementSource, Status

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_AT = re.compile(r" - at `\$?\.?(?P<path>[^`]*)`")
_FIELD = re.compile(r"`(?P<field>[^`]+)`")


class MappingError(ValueError):
    """A mapping that cannot be used; one line per mistake, each naming table and key."""


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the mapping file."""


class FileForm(_Table, frozen=True, kw_only=True):
    """``[file]``: how the export is written. ``unknown`` are the cells for "not known"; ``dates`` the forms of its
    days or times, as in ``%d-%m-%Y %H:%M``."""

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    unknown: tuple[str, ...] = ("",)
    dates: tuple[str, ...]


class TicketFile(FileForm, frozen=True, kw_only=True):
    """``[file]`` of tickets; ``zone`` is the place whose local times they are."""

    zone: str


class CustomerFile(FileForm, frozen=True, kw_only=True):
    """``[file]`` of customers; the columns in ``optional`` may be missing from a file."""

    optional: tuple[str, ...] = ()


class Columns(_Table, frozen=True, kw_only=True):
    """``[columns]``: the export's names for what we need; an optional one that it lacks is left out.

    ``order`` breaks ties between changes of the same minute; ``reopened`` counts how often the ticket was reopened.
    """

    id: str
    status: str
    opened_at: str
    changed_at: str
    resolved_at: str = ""
    closed_at: str = ""
    order: str = ""
    reopened: str = ""
    group: str = ""
    person: str = ""
    customer: str = ""
    caller: str = ""
    place: str = ""


class TicketTexts(_Table, frozen=True, kw_only=True):
    """``[ticket]``: what every ticket is, and its texts as parts with ``{column}``; a part with an unknown cell is left
    out. ``entitlement`` says what the other helpdesk's customers are entitled to (H-05, H-12)."""

    kind: str
    channel: str
    entitlement: EntitlementSource = "unknown"
    title: tuple[str, ...]
    classification: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    solution: tuple[str, ...] = ()


class States(_Table, frozen=True, kw_only=True):
    """``[states]``: the states of there that each of our statuses takes over."""

    open: tuple[str, ...]
    waiting_customer: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    @property
    def of_status(self) -> dict[Status, tuple[str, ...]]:
        """The same, by our status."""
        return {
            "open": self.open,
            "waiting_customer": self.waiting_customer,
            "resolved": self.resolved,
            "closed": self.closed,
        }


class Groups(_Table, frozen=True, kw_only=True):
    """``[groups]``: which of their groups each of our departments takes over; ``unknown`` gets what has no group."""

    unknown: str
    departments: dict[str, tuple[str, ...]]


class Offices(_Table, frozen=True, kw_only=True):
    """``[offices]``: the places that belong to an office of ours; every other place belongs to ``other``."""

    other: str
    places: dict[str, tuple[str, ...]] = {}


class Callback(_Table, frozen=True, kw_only=True):
    """``[callback]``: a ticket born in one of these states owes its caller a call back until it leaves them (H-14)."""

    owed_in: tuple[str, ...] = ()


class Notes(_Table, frozen=True, kw_only=True):
    """``[notes]``: what the history says about a change that has no counterpart here."""

    person: str = "{person}"
    state: str = "{state}"


class Mapping(_Table, frozen=True, kw_only=True, dict=True):
    """A whole mapping file. ``source`` names the other helpdesk and is part of every imported id; ``policy`` is the
    policy whose departments and offices it speaks of."""

    name: str
    title: str
    source: str
    policy: str
    file: TicketFile
    columns: Columns
    ticket: TicketTexts
    states: States
    groups: Groups
    offices: Offices
    callback: Callback = Callback()
    notes: Notes = Notes()

    @cached_property
    def zone(self) -> dt.tzinfo:
        """The zone of the export's local times."""
        return zoneinfo.ZoneInfo(self.file.zone)

    @cached_property
    def status_of(self) -> dict[str, Status]:
        """Our status for each state of there."""
        return {state: status for status, states in self.states.of_status.items() for state in states}

    @cached_property
    def department_of(self) -> dict[str, str]:
        """Our department for each group of there."""
        return {group: department for department, groups in self.groups.departments.items() for group in groups}

    @cached_property
    def office_of(self) -> dict[str, str]:
        """Our office for each place of there that is named."""
        return {place: office for office, places in self.offices.places.items() for place in places}

    @cached_property
    def used_columns(self) -> tuple[str, ...]:
        """The columns that the file must have."""
        texts = (*self.ticket.title, *self.ticket.classification, *self.ticket.description, *self.ticket.solution)
        named = [c for c in msgspec.structs.astuple(self.columns) if c]
        return tuple(dict.fromkeys([*named, *(c for text in texts for c in _PLACEHOLDER.findall(text))]))


class CustomerColumns(_Table, frozen=True, kw_only=True):
    """``[columns]`` of customers: one line per device, contact or contract of a company; only ``company`` is needed."""

    company: str
    office: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    product: str = ""
    serial: str = ""
    warranty_until: str = ""
    contract: str = ""
    contract_from: str = ""
    contract_to: str = ""
    contract_type: str = ""
    feature_level: str = ""
    kind: str = ""
    country: str = ""
    customer_email: str = ""
    end_contact: str = ""
    current_version: str = ""
    priority_escrow: str = ""
    notes: str = ""


class CustomerTexts(_Table, frozen=True, kw_only=True):
    """``[customer]``: the title of a contract whose line names none, and the words for yes and no."""

    contract: str = "Maintenance contract"
    yes: tuple[str, ...] = ("yes", "ja", "sì", "si", "true", "1")
    no: tuple[str, ...] = ("no", "nein", "false", "0")


class CustomerMapping(_Table, frozen=True, kw_only=True, dict=True):
    """A whole mapping file of customers (``[import]``, key ``kind``: ``customers``). Offices are named by id or title."""

    name: str
    title: str
    source: str
    file: CustomerFile
    columns: CustomerColumns
    customer: CustomerTexts = CustomerTexts()

    @cached_property
    def used_columns(self) -> tuple[str, ...]:
        """The columns that the file must have."""
        return tuple(c for c in msgspec.structs.astuple(self.columns) if c and c not in self.file.optional)


AnyMapping = Mapping | CustomerMapping
_KINDS: dict[str, type[AnyMapping]] = {"tickets": Mapping, "customers": CustomerMapping}


def unfit(mapping: Mapping, policy: Policy) -> list[str]:
    """What a mapping of tickets names that the desk's policy does not have; one sentence each."""
    departments = (mapping.groups.unknown, *mapping.groups.departments)
    offices = (mapping.offices.other, *mapping.offices.places)
    named = (
        ("[ticket], key kind", (mapping.ticket.kind,), tuple(k.id for k in policy.kinds)),
        ("[groups]", departments, tuple(d.id for d in policy.departments)),
        ("[offices]", offices, tuple(o.id for o in policy.offices)),
    )
    return [
        f"{mapping.name}, table {place}: the desk's policy has no {word!r}; it has {', '.join(choices)}."
        for place, words, choices in named
        for word in dict.fromkeys(words)
        if word not in choices
    ]


def fill(parts: Iterable[str], values: dict[str, str], join: str) -> str:
    """The parts with each ``{column}`` replaced by its value, joined; a part with an unknown value is left out."""
    known = (part for part in parts if all(values.get(c) for c in _PLACEHOLDER.findall(part)))
    return join.join(_PLACEHOLDER.sub(lambda m: values[m[1]], part) for part in known)


def load_mapping(text: str, file: str = "mapping") -> AnyMapping:
    """The mapping in a TOML text: of customers where ``[import]`` says so in its key ``kind``, else of tickets.

    Raises MappingError: every mistake with file, table, key, and what would be right.
    """
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{file}: this is not TOML: {error}.") from None
    head = raw.pop("import", {"kind": "tickets"})
    kind = _KINDS.get(str(head.get("kind"))) if isinstance(head, dict) and set(head) == {"kind"} else None
    if kind is None:
        raise MappingError(f'{file}: table [import]: write kind = "tickets" or kind = "customers" and nothing else.')
    try:
        mapping = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise MappingError(f"{file}: {_sentence(str(error))}") from None
    mistakes = [*_file_mistakes(mapping.file), *(_mistakes(mapping) if isinstance(mapping, Mapping) else ())]
    if mistakes:
        raise MappingError("\n".join(f"{file}: {m}" for m in mistakes))
    return mapping


def _file_mistakes(form: FileForm) -> Iterable[str]:
    """What a well-formed table ``[file]`` may still have wrong."""
    if not form.dates:
        yield "table [file], key dates: name at least one form, such as %d-%m-%Y."
    if len(form.delimiter) != 1:
        yield "table [file], key delimiter: it must be one character."
    try:
        codecs.lookup(form.encoding)
    except LookupError:
        yield f"table [file], key encoding: {form.encoding!r} is not known; one that is known is utf-8."


def _mistakes(mapping: Mapping) -> Iterable[str]:
    """What a well-formed mapping of tickets may still have wrong."""
    try:
        zoneinfo.ZoneInfo(mapping.file.zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        yield f"table [file], key zone: {mapping.file.zone!r} is no time zone; one is written as Europe/Berlin."
    for table, lists in (
        ("states", {str(status): states for status, states in mapping.states.of_status.items()}),
        ("groups.departments", mapping.groups.departments),
        ("offices.places", mapping.offices.places),
    ):
        yield from _twice(table, lists)
    for state in mapping.callback.owed_in:
        if mapping.status_of.get(state) != "open":
            yield f"table [callback], key owed_in: {state!r} must be one of the states in [states], key open."
    if not any(mapping.groups.departments.values()) and mapping.columns.group:
        yield "table [groups.departments]: name at least one group, or leave the column out of [columns]."


def _twice(table: str, lists: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """A word that is in two lists of a table."""
    owner: dict[str, str] = {}
    for key, words in lists.items():
        for word in words:
            if word in owner:
                yield f"table [{table}], key {key}: {word!r} is already in {owner[word]}; it may be in one list only."
            owner.setdefault(word, key)


def _sentence(error: str) -> str:
    """msgspec's message with table and key in the words of the file."""
    at = _AT.search(error)
    path = at["path"] if at else ""
    message = _AT.sub("", error)
    field = _FIELD.search(message)
    if field and ("missing required field" in message or "unknown field" in message):
        word = "is missing" if "missing" in message else "is not known here"
        if path:
            return f"table [{path}], key {field['field']}: it {word}."
        return f"table or key {field['field']}: it {word}."
    table, _, key = path.rpartition(".")
    return f"table [{table}], key {key}: {message}." if table else f"key {key or path}: {message}."
