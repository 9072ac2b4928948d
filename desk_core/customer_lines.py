"""One line of a file of customers: its cells as values, or the reason why it cannot be taken (E-01, E-02, E-10, E-11, E-24, H-05, H-12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import msgspec
import phonenumbers

from desk_core.import_mapping import CustomerColumns, CustomerMapping
from desk_core.imports import Row
from desk_core.people import fold, fold_serial
from desk_core.policy import Office, Policy
from desk_core.texts import SHORT, blank, tidy

_MOST_DIGITS: Final = 9


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line whose cells could all be read; "" and None are unknown. ``of_company`` holds what it says of the company itself, by the names
    of :class:`Customer`."""

    company: str
    of_company: dict[str, str | bool | dt.date]
    office: Office | None
    contact: str
    phone: str
    email: str
    product: str
    serial: str
    warranty_until: dt.date | None
    contract: str
    contract_from: dt.date | None
    contract_to: dt.date | None
    contract_type: str
    feature_level: int | None


def read_line(row: Row, mapping: CustomerMapping, policy: Policy) -> Line:
    """What a row says. Raises ValueError with the reason why it cannot be taken."""
    if row.problem:
        raise ValueError(row.problem)
    columns = mapping.columns
    cells = {name: _cell(row, column, mapping) for name, column in _named(columns)}
    line = Line(
        company=cells["company"],
        of_company=_of_company(cells, mapping, policy),
        office=_office(cells["office"], columns.office, policy),
        contact=cells["contact"],
        phone=cells["phone"],
        email=cells["email"],
        product=cells["product"],
        serial=cells["serial"],
        warranty_until=_day(cells["warranty_until"], columns.warranty_until, mapping),
        contract=cells["contract"],
        contract_from=_day(cells["contract_from"], columns.contract_from, mapping),
        contract_to=_day(cells["contract_to"], columns.contract_to, mapping),
        contract_type=_contract_type(cells["contract_type"], columns.contract_type, policy),
        feature_level=_level(cells["feature_level"], columns.feature_level),
    )
    for told, sentence in _problems(line, columns):
        if told:
            raise ValueError(sentence)
    return line


def _problems(line: Line, columns: CustomerColumns) -> Iterable[tuple[bool, str]]:
    """What may be wrong with a line whose cells could all be read: whether it is, and what would be right."""
    yield blank(line.company) or not fold(line.company), f"Column {columns.company} must hold the name of the company."
    for address, column in ((line.email, columns.email), (line.of_company.get("email"), columns.customer_email)):
        wrong = isinstance(address, str) and bool(address) and "@" not in address
        yield wrong, f"Column {column} must hold an address such as a.kahl@example.com; it holds {address!r}."
    pair = f"Columns {columns.product} and {columns.serial} belong together; fill in both, or neither."
    yield bool(line.product) != bool(fold_serial(line.serial)), pair
    serial = f"Column {columns.serial} must hold the serial number of the device under warranty."
    yield line.warranty_until is not None and not line.serial, serial
    pair = f"Columns {columns.contract_from} and {columns.contract_to} belong together; fill in both, or neither."
    yield bool(line.contract_from) != bool(line.contract_to), pair
    backwards = bool(line.contract_from and line.contract_to and line.contract_to < line.contract_from)
    yield (
        backwards,
        f"Column {columns.contract_to} lies before {columns.contract_from}; a contract ends after it begins.",
    )

    told = line.contract_type or line.feature_level is not None
    yield (
        bool(told) and line.contract_from is None,
        f"Column {columns.contract_from} must hold the first day of the contract that the line tells of.",
    )


def _of_company(cells: dict[str, str], mapping: CustomerMapping, policy: Policy) -> dict[str, str | bool | dt.date]:
    """What the line says of the company itself; what it does not mention is left out."""
    columns = mapping.columns
    told: dict[str, str | bool | dt.date | None] = {
        "kind": _kind(cells["kind"], columns.kind, policy),
        "country": _country(cells["country"], columns.country),
        "email": cells["customer_email"],
        "end_contact": cells["end_contact"],
        "current_version": _yes(cells["current_version"], columns.current_version, mapping),
        "priority_escrow": _day(cells["priority_escrow"], columns.priority_escrow, mapping),
        "notes": cells["notes"],
    }
    return {name: value for name, value in told.items() if value is not None and value != ""}


def _kind(text: str, column: str, policy: Policy) -> str:
    """One of the policy's kinds of customers, by id or title (E-01)."""
    rule = policy.ticket
    known = {fold(kind.title): kind.id for kind in rule.customer_kinds}
    known |= {fold(kind): kind for kind in (*(each.id for each in rule.customer_kinds), *rule.refuses_customers)}
    return _chosen(text, column, known, "a kind of customer")


def _contract_type(text: str, column: str, policy: Policy) -> str:
    """One of the types of contract that the policy asks for, by its id or the title of the right that it gives (E-02)."""
    types = [rule for rule in policy.entitlements if rule.contract_type]
    known = {fold(rule.title): rule.contract_type for rule in types}
    known |= {fold(rule.contract_type): rule.contract_type for rule in types}
    return _chosen(text, column, known, "a type of contract")


def _chosen(text: str, column: str, known: dict[str, str], what: str) -> str:
    if not text:
        return ""
    found = known.get(fold(text))
    if found is None:
        choices = ", ".join(dict.fromkeys(known.values()))
        right = (
            f"must be {what} of the policy ({choices})" if choices else "must be empty: the policy has no such kinds"
        )
        raise ValueError(f"Column {column} {right}; it holds {text!r}.")
    return found


def _country(text: str, column: str) -> str:
    if text and text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(f"Column {column} must hold a country in two letters such as DE; it holds {text!r}.")
    return text.upper()


def _yes(text: str, column: str, mapping: CustomerMapping) -> bool | None:
    words = mapping.customer
    if not text:
        return None
    if text.casefold() in (word.casefold() for word in (*words.yes, *words.no)):
        return text.casefold() in (word.casefold() for word in words.yes)
    raise ValueError(f"Column {column} must hold {words.yes[0]} or {words.no[0]}; it holds {text!r}.")


def _level(text: str, column: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ValueError(f"Column {column} must hold the price of the level as a whole number; it holds {text!r}.")
    return int(text)


def _named(columns: msgspec.Struct) -> list[tuple[str, str]]:
    return [(name, getattr(columns, name)) for name in columns.__struct_fields__]


def _cell(row: Row, column: str, mapping: CustomerMapping) -> str:
    value = tidy(row.values.get(column, "")).strip()
    if len(value) > SHORT:
        raise ValueError(f"Column {column} is longer than {SHORT} characters; shorten it.")
    return "" if value in mapping.file.unknown else value


def _office(text: str, column: str, policy: Policy) -> Office | None:
    if not text:
        return None
    for office in policy.offices:
        if fold(text) in (fold(office.id), fold(office.title)):
            return office
    choices = ", ".join(office.id for office in policy.offices)
    raise ValueError(f"Column {column} must name an office of the policy ({choices}); it holds {text!r}.")


def _day(text: str, column: str, mapping: CustomerMapping) -> dt.date | None:
    if not text:
        return None
    for form in mapping.file.dates:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise ValueError(f"Column {column} must hold a day written as {mapping.file.dates[0]}; it holds {text!r}.")
