"""How answers are printed: one JSON document for programs, short plain lines for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, NamedTuple, TextIO

import msgspec

from desk_client.cli.lines import elsewhere_line
from desk_client.services.records import Elsewhere, Match, Row, TicketView, Unsent
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
    return Answer(data, [elsewhere_line(found)])


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
