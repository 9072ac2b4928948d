"""Tickets of another helpdesk: rows of its export, one row per change, become tickets with their history.

A mapping (TOML) says which column is what, how dates are written, and which of its groups, states and places are ours.
Reading is all or nothing per ticket: one line that cannot be taken rejects its ticket, and every such line is reported
with its number and a reason. :func:`import_id` derives every id from the number the ticket had there, so that a second
run changes nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from desk_core.commands import ImportedStep, ImportTicket
from desk_core.import_mapping import AnyMapping, Mapping, fill
from desk_core.people import Customer
from desk_core.tickets import Entitlement, Fault, Status

_NAMESPACE = uuid.UUID("6f0b8f0e-51a4-5c39-9d0c-7a3a9a4b6d11")
_MAX_EARLY = dt.timedelta(days=1)
_DONE: tuple[Status, ...] = ("resolved", "closed")


class ImportedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as it was born elsewhere, and in ``history`` everything after its birth, in order.

    ``customer`` is a name, "" when unknown; ``classification`` is free words, as no class of ours was given (H-10).
    ``lines`` are those that tell of it.
    """

    external_id: str
    lines: tuple[int, ...]
    kind: str
    channel: str
    department: str
    office: str
    customer: str
    title: str
    classification: str
    fault: Fault
    entitlement: Entitlement
    received_at: dt.datetime
    history: tuple[ImportedStep, ...]


class Rejected(msgspec.Struct, frozen=True):
    """A line that cannot be taken, and why. Lines are counted from 1; the heading is line 1."""

    line: int
    reason: str


class LeftOut(msgspec.Struct, frozen=True):
    """A ticket that is not taken because of a rejected line, and its other lines."""

    external_id: str
    lines: tuple[int, ...]


class ImportResult(msgspec.Struct, frozen=True):
    """What came out: tickets in the order in which they were received, the lines that cannot be taken, the tickets that
    are left out with them, and the lines that were taken with a correction."""

    tickets: tuple[ImportedTicket, ...]
    rejected: tuple[Rejected, ...]
    left_out: tuple[LeftOut, ...]
    corrected: tuple[Rejected, ...]


class Row(msgspec.Struct, frozen=True):
    """One line of the file: its number and its values by column, or why it cannot be read."""

    line: int
    values: dict[str, str]
    problem: str = ""


class ImportFileError(ValueError):
    """The file as a whole does not fit the mapping; the message is a sentence for the person who imports it."""


class _Change(msgspec.Struct, frozen=True):
    """A row with its meaning: when, in which state and department, and by whose hands."""

    line: int
    at: dt.datetime
    opened_at: dt.datetime
    status: Status
    state: str
    department: str
    group: str
    person: str
    reopened: str
    order: int
    values: dict[str, str]


def import_id(desk: str, source: str, what: str, external_id: str) -> str:
    """The id of something imported, the same in every run: ``what`` is "ticket", "command" or "customer"."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((desk, source, what, external_id))))


def customer_of(ticket: ImportedTicket, desk: str, source: str) -> Customer | None:
    """The customer of an imported ticket, with the same id in every run; None when the export does not know it."""
    if not ticket.customer:
        return None
    return Customer(id=import_id(desk, source, "customer", ticket.customer), name=ticket.customer, office=ticket.office)


def as_ask(ticket: ImportedTicket, desk: str, source: str) -> ImportTicket:
    """The command that brings an imported ticket to a desk. It carries no reference: the desk gives one."""
    customer = customer_of(ticket, desk, source)
    return ImportTicket(
        ticket=import_id(desk, source, "ticket", ticket.external_id),
        source=f"{source}:{ticket.external_id}",
        kind=ticket.kind,
        channel=ticket.channel,
        department=ticket.department,
        office=ticket.office,
        fault=ticket.fault,
        classification=ticket.classification,
        title=ticket.title,
        customer=customer.id if customer else "",
        entitlement=ticket.entitlement,
        received_at=ticket.received_at,
        steps=ticket.history,
    )


def read_rows(lines: Iterable[str], mapping: AnyMapping) -> Iterator[Row]:
    """The rows of a file, line by line: open it with the mapping's encoding, ``errors="surrogateescape"`` and
    ``newline=""``, so that a line that is no text is reported and the others are read.

    Raises ImportFileError when the heading lacks a column of the mapping.
    """
    reader = csv.reader(lines, delimiter=mapping.file.delimiter, strict=True)
    heading = next(reader, [])
    missing = [c for c in mapping.used_columns if c not in heading]
    if missing:
        names = ", ".join(missing)
        raise ImportFileError(f"The first line of the file must name the columns of the mapping; it has no {names}.")
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(line, {}, f"The line is not well-formed: {error}.")
            continue
        if cells is None:
            return
        if not cells:
            continue
        yield Row(line, dict(zip(heading, cells, strict=False)), _cell_problem(heading, cells))


def read_tickets(rows: Iterable[Row], mapping: Mapping, as_of: dt.date | None = None) -> ImportResult:
    """The tickets that the rows tell of. With ``as_of`` only what had happened by the end of that day in the mapping's
    zone: a ticket that was opened later does not exist, and one that was open on that day is open."""
    lines: dict[str, list[Row]] = {}
    rejected: list[Rejected] = []
    for row in rows:
        external = row.values.get(mapping.columns.id, "").strip()
        if external in mapping.file.unknown or not external:
            reason = row.problem or f"Column {mapping.columns.id} must hold the number of the ticket."
            rejected.append(Rejected(row.line, reason))
        else:
            lines.setdefault(external, []).append(row)
    cut = _end_of(as_of, mapping) if as_of else None
    tickets: list[ImportedTicket] = []
    left_out: list[LeftOut] = []
    corrected: list[Rejected] = []
    for external, own in lines.items():
        changes, bad, mended = _changes(own, mapping)
        rejected += bad
        if bad:
            others = {row.line for row in own} - {b.line for b in bad}
            left_out.append(LeftOut(external, tuple(sorted(others))))
            continue
        ticket = _ticket(external, changes, mapping, cut)
        if ticket is not None:
            tickets.append(ticket)
            corrected += mended
    return ImportResult(
        tuple(sorted(tickets, key=lambda t: (t.received_at, t.external_id))),
        tuple(sorted(rejected, key=lambda r: r.line)),
        tuple(left_out),
        tuple(sorted(corrected, key=lambda r: r.line)),
    )


def _changes(rows: list[Row], mapping: Mapping) -> tuple[list[_Change], list[Rejected], list[Rejected]]:
    """The changes of one ticket in order, the lines that cannot be taken, and the lines whose time was mended."""
    changes: list[_Change] = []
    bad: list[Rejected] = []
    mended: list[Rejected] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(row.values.values())
        if cells in seen and not row.problem:
            reason = f"The line says the same as line {seen[cells]}; each change may be there once."
            bad.append(Rejected(row.line, reason))
            continue
        seen[cells] = row.line
        try:
            change = _change(row, mapping)
        except ValueError as error:
            bad.append(Rejected(row.line, str(error)))
            continue
        if change.at < change.opened_at:
            mended.append(Rejected(row.line, "The change is dated before the opening; it was set to the opening."))
            change = msgspec.structs.replace(change, at=change.opened_at)
        changes.append(change)
    if changes and not bad:
        first, reason = changes[0], f"The opening differs from the one in line {changes[0].line}."
        bad += [Rejected(c.line, reason) for c in changes if c.opened_at != first.opened_at]
    changes.sort(key=lambda c: (c.at, c.order, c.line))
    return changes, bad, mended


def _change(row: Row, mapping: Mapping) -> _Change:
    """What a row says. Raises ValueError with the reason why it cannot be taken."""
    if row.problem:
        raise ValueError(row.problem)
    columns = mapping.columns
    known = {c: v.strip() for c, v in row.values.items() if v.strip() not in mapping.file.unknown}
    opened, at = _instant(known, columns.opened_at, mapping), _instant(known, columns.changed_at, mapping)
    if at < opened - _MAX_EARLY:
        raise ValueError(f"Column {columns.changed_at} lies more than a day before the opening.")
    for column in (columns.resolved_at, columns.closed_at):
        if column in known and _instant(known, column, mapping) < opened:
            raise ValueError(f"Column {column} lies before the opening ({columns.opened_at}).")
    state, group = known.get(columns.status, ""), known.get(columns.group, "")
    if state not in mapping.status_of:
        raise ValueError(f"The state {state!r} is in no list of the mapping's table [states].")
    if group and group not in mapping.department_of:
        raise ValueError(f"The group {group!r} is in no department of the mapping's table [groups.departments].")
    order = known.get(columns.order, "0")
    if not order.isdecimal():
        raise ValueError(f"Column {columns.order} must hold a whole number; it holds {order!r}.")
    return _Change(
        line=row.line,
        at=at,
        opened_at=opened,
        status=mapping.status_of[state],
        state=state,
        department=mapping.department_of[group] if group else "",
        group=group,
        person=known.get(columns.person, ""),
        reopened=known.get(columns.reopened, ""),
        order=int(order),
        values=known,
    )


def _ticket(external: str, changes: list[_Change], mapping: Mapping, cut: dt.datetime | None) -> ImportedTicket | None:
    """The ticket of its ordered changes, or None when it was not there yet at ``cut``."""
    first = changes[0]
    if cut is not None and first.opened_at >= cut:
        return None
    known = [c for c in changes if cut is None or c.at < cut]
    texts, columns = mapping.ticket, mapping.columns
    customer, caller = first.values.get(columns.customer, ""), first.values.get(columns.caller, "")
    title = fill(texts.title, first.values, " · ") or external
    return ImportedTicket(
        external_id=external,
        lines=tuple(sorted(c.line for c in changes)),
        kind=texts.kind,
        channel=texts.channel,
        department=first.department or mapping.groups.unknown,
        office=mapping.office_of.get(first.values.get(columns.place, ""), mapping.offices.other),
        customer=customer,
        title=title,
        classification=fill(texts.classification, first.values, " · "),
        fault=Fault(caller=caller, company=customer, description=fill(texts.description, first.values, "\n") or title),
        entitlement=Entitlement(source=texts.entitlement),
        received_at=first.opened_at,
        history=tuple(_history(first, known, mapping)),
    )


def _history(first: _Change, changes: list[_Change], mapping: Mapping) -> Iterator[ImportedStep]:
    """What happened after the birth: the call back that was owed, then every change against the one before it."""
    owed = first.state in mapping.callback.owed_in
    if owed:
        yield ImportedStep(at=first.opened_at, event="handover.not_possible")
    # A ticket is born open in its first department; what the first row says beyond that happened at that row's time.
    born = msgspec.structs.replace(first, at=first.opened_at, status="open", state="", person="")
    for old, new in pairwise([born, *_settled(changes)]):
        if owed and new.state not in mapping.callback.owed_in:
            owed = False
            yield ImportedStep(at=new.at, event="callback.attempted", by_specialist=True)
        yield from _difference(old, new, mapping)
        yield from _status_change(old, new, mapping)


def _settled(changes: list[_Change]) -> Iterator[_Change]:
    """The changes, where an unknown group or person means unchanged, and a finished ticket stays finished unless the
    export counted a reopening: rows that were recorded late repeat an earlier state."""
    last: _Change | None = None
    for change in changes:
        if last is not None:
            change = msgspec.structs.replace(
                change,
                department=change.department or last.department,
                group=change.group or last.group,
                person=change.person or last.person,
            )
            goes_back = last.status in _DONE and change.status not in _DONE
            if goes_back and change.reopened and change.reopened == last.reopened:
                change = msgspec.structs.replace(change, status=last.status, state=last.state)
        last = change
        yield change


def _difference(old: _Change, new: _Change, mapping: Mapping) -> Iterator[ImportedStep]:
    """Who dealt with it and what it was taken for, where that changed between two rows."""
    moved = f"{old.group} → {new.group}" if old.group else new.group
    if new.department and new.department != (old.department or mapping.groups.unknown):
        yield ImportedStep(at=new.at, event="ticket.transferred", department=new.department, text=moved)
    elif new.group and new.group != old.group:
        yield ImportedStep(at=new.at, event="note.added", text=moved)
    if new.person and new.person != old.person:
        text = fill((mapping.notes.person,), {"person": new.person}, "")
        yield ImportedStep(at=new.at, event="note.added", text=text)
    before, after = (fill(mapping.ticket.classification, c.values, " · ") for c in (old, new))
    if after and after != before:
        yield ImportedStep(at=new.at, event="ticket.classified", text=after)


def _status_change(old: _Change, new: _Change, mapping: Mapping) -> Iterator[ImportedStep]:
    """The step from one status to the next; a state of there that is but another kind of open is kept as a note."""
    if old.status == new.status:
        if new.status == "open" and new.state != old.state and new.state not in mapping.callback.owed_in:
            text = fill((mapping.notes.state,), {"state": new.state}, "")
            yield ImportedStep(at=new.at, event="note.added", text=text)
        return
    solution = fill(mapping.ticket.solution, new.values, " · ") or new.state
    if old.status in _DONE and new.status not in _DONE:
        yield ImportedStep(at=new.at, event="ticket.reopened", text=new.state)
    if new.status == "waiting_customer":
        yield ImportedStep(at=new.at, event="status.waiting_customer", text=new.state)
    elif new.status == "resolved":
        yield ImportedStep(at=new.at, event="ticket.resolved", text=solution)
    elif new.status == "closed":
        yield ImportedStep(at=new.at, event="ticket.closed", text=solution)
    elif old.status == "waiting_customer":
        yield ImportedStep(at=new.at, event="customer.answered")


def _instant(values: dict[str, str], column: str, mapping: Mapping) -> dt.datetime:
    """A local time of the file as an instant. In the hour that comes twice the first one is meant.

    Raises ValueError when it is missing or written otherwise than the mapping says.
    """
    text = values.get(column, "")
    for form in mapping.file.dates:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=mapping.zone).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            continue
    raise ValueError(f"Column {column} must hold a time written as {mapping.file.dates[0]}; it holds {text!r}.")


def _end_of(day: dt.date, mapping: Mapping) -> dt.datetime:
    """24:00 of ``day`` in the mapping's zone."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=mapping.zone)
    return midnight.astimezone(dt.UTC)


def _cell_problem(heading: list[str], cells: list[str]) -> str:
    """Why the cells of a line cannot be read, or "" when they can."""
    if len(cells) != len(heading):
        return f"The line has {len(cells)} columns; it must have {len(heading)}."
    for column, cell in zip(heading, cells, strict=True):
        if _no_text(cell):
            return f"Column {column} holds characters that are no text."
    return ""


def _no_text(value: str) -> bool:
    """True for characters that no text holds: control characters and what could not be decoded (R63)."""
    return any((c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" for c in value)
