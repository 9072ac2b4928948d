"""How answers are printed: JSON for programs, short plain lines for people."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple, TextIO

import msgspec

from desk_client.services.records import Elsewhere, Match, Row, TicketView, Unsent
from desk_core.references import grouped
from desk_core.tickets import Clock


class Answer(NamedTuple):
    """What a command answers: an object for ``--json``, lines for people."""

    data: Any
    lines: list[str]


def write(data: Any, out: TextIO) -> None:
    """One JSON document."""
    out.write(msgspec.json.encode(data).decode() + "\n")


def complain(code: str, text: str, fields: Iterable[str], *, as_json: bool) -> None:
    """One sentence, or an object with ``code`` and ``text``."""
    if as_json:
        write({"code": code, "text": text, "fields": list(fields)}, sys.stdout)
    else:
        sys.stderr.write(" ".join(text.split()) + "\n")


def when(at: dt.datetime) -> str:
    """A moment in this machine's own zone."""
    return f"{at.astimezone():%a %d %b %H:%M}"


def clock_data(clock: Clock | None) -> dict[str, Any] | None:
    """A promise as JSON."""
    if clock is None:
        return None
    return {
        "id": clock.id,
        "title": clock.title,
        "deadline": clock.deadline,
        "state": clock.state,
        "rules": list(clock.rules),
    }


def row_data(row: Row) -> dict[str, Any]:
    """A ticket of a list as JSON."""
    return {
        "reference": row.reference,
        "id": row.id,
        "title": row.title,
        "company": row.company,
        "kind": row.kind,
        "class": row.classification,
        "category": row.category,
        "status": row.status,
        "department": row.department,
        "office": row.office,
        "holder": row.holder_name or row.holder,
        "received_at": row.received_at,
        "call_back": row.call_back,
        "clock": clock_data(row.clock),
        "deadline": row.clock.deadline if row.clock else None,
        "waits": row.waits,
        "unsent": row.unsent,
        "imported": row.imported,
    }


def row_line(row: Row, now: dt.datetime) -> str:
    """A ticket of a list in one line."""
    due = ""
    if row.clock is not None and row.clock.deadline is not None:
        late = row.clock.deadline < now
        due = f"{row.clock.title} {'was due' if late else 'due'} {when(row.clock.deadline)}"
    held = (
        f"held by {row.holder_name or 'a colleague'}"
        if row.holder
        else ("waits for the customer" if not row.waits else "")
    )
    parts = [
        grouped(row.reference),
        row.company or "–",
        row.title,
        row.department,
        held,
        due,
        "not sent yet" if row.unsent else "",
    ]
    return "  ".join(p for p in parts if p)


def ticket_data(view: TicketView) -> dict[str, Any]:
    """A ticket with its history as JSON."""
    ticket = view.ticket
    plain: dict[str, Any] = msgspec.to_builtins(ticket)
    return {
        **plain,
        "reference": ticket.reference,
        "status": ticket.status,
        "department": ticket.department,
        "holder": view.names.get(ticket.holder, ticket.holder),
        "company": ticket.fault.company,
        "class": ticket.classification,
        "clocks": [msgspec.to_builtins(c) for c in ticket.clocks],
        "unsent": list(view.unsent),
        "history": [
            {"at": e.at, "by": view.names.get(e.actor, e.actor), "event": e.kind, **_what(e.what)} for e in view.history
        ],
    }


def _what(what: msgspec.Struct) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(what)
    return {k: v for k, v in found.items() if k != "event"}


def ticket_lines(view: TicketView) -> list[str]:
    """A ticket with its history for people."""
    ticket, fault = view.ticket, view.ticket.fault
    held = view.names.get(ticket.holder, "a colleague") if ticket.holder else "nobody"
    lines = [
        f"{grouped(ticket.reference)}  {ticket.title}",
        f"{ticket.kind}, {ticket.status.replace('_', ' ')}, {ticket.department}, held by {held}",
        f"{fault.caller}, {fault.company}, {fault.phone}".strip(" ,"),
        f"{fault.product} {fault.serial}".strip(),
        fault.description,
        f"Class: {ticket.classification}" if ticket.classification else "",
    ]
    lines += [_clock_line(c) for c in ticket.clocks]
    lines += [f"{when(e.at)}  {view.names.get(e.actor, '')}  {e.kind}  {_told(e.what)}".rstrip() for e in view.history]
    if view.unsent:
        lines.append("Some of this is saved here and not sent yet.")
    return [line for line in lines if line]


def _clock_line(clock: Clock) -> str:
    due = f", due {when(clock.deadline)}" if clock.deadline else ""
    return f"{clock.title}: {clock.state}{due}"


def _told(what: msgspec.Struct) -> str:
    for name in ("text", "solution", "summary", "note", "reason", "question", "classification"):
        found = getattr(what, name, "")
        if found:
            return " ".join(str(found).split())
    return ""


def elsewhere(found: Elsewhere) -> Answer:
    """Whose ticket it is, and nothing more."""
    stub = found.stub
    data = {
        "reference": stub.reference,
        "elsewhere": True,
        "department": stub.department,
        "status": stub.status,
        "id": stub.id,
    }
    status = stub.status.replace("_", " ")
    line = f"{grouped(stub.reference)} belongs to {found.department_title}; it is {status}. You can send them a note."
    return Answer(data, [line])


def match_data(match: Match) -> dict[str, Any]:
    """A customer that was found as JSON."""
    return {
        "customer": match.customer.id,
        "company": match.customer.name,
        "contact": match.contact.name if match.contact else "",
        "phone": match.contact.phone if match.contact else "",
        "product": match.asset.product if match.asset else "",
        "serial": match.asset.serial if match.asset else "",
        "sure": match.sure,
    }


def match_line(match: Match) -> str:
    """A customer that was found in one line."""
    parts = [match.customer.name]
    if match.contact:
        parts += [match.contact.name, match.contact.phone]
    if match.asset:
        parts += [match.asset.product, match.asset.serial]
    return "  ".join(p for p in parts if p)


def unsent_data(item: Unsent) -> dict[str, Any]:
    """A command that is not applied as JSON."""
    return {
        "id": item.id,
        "command": item.name,
        "state": item.state,
        "issued_at": item.issued_at,
        "reference": item.reference,
        "code": item.code,
        "text": item.text,
        "fields": list(item.fields),
        "args": msgspec.json.decode(item.args) if item.args else {},
    }


def unsent_line(item: Unsent) -> str:
    """A command that is not applied in one line."""
    states = {
        "waiting": "not sent yet",
        "sent": "sent, no answer yet",
        "held": "waits for one that needs attention",
        "refused": "refused",
    }
    number = grouped(item.reference) if item.reference else "–"
    return f"{item.id}  {when(item.issued_at)}  {item.name}  {number}  {states[item.state]}  {item.text}".rstrip()
