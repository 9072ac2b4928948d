"""The overlay: what unsent commands make of the confirmed rows. It is wiped and replayed whenever those change (P9)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import msgspec

from desk_client.models.columns import OVERLAY_COLUMNS
from desk_client.models.connection import Connection
from desk_client.models.outbox import Kept
from desk_client.models.shapes import (
    call_columns,
    entry_columns,
    event_columns,
    ticket_columns,
    ticket_doc,
    ticket_words,
)
from desk_client.models.view import LocalView
from desk_core.commands import BeginCall, Command, CreateTicket
from desk_core.decisions import Decided, Outcome, Undecided, decide
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.protocol import UnknownCommand, command_from

_LOG = logging.getLogger(__name__)


def _insert(table: str) -> str:
    columns = ("id", *OVERLAY_COLUMNS[table], "n", "body")
    return f"INSERT OR REPLACE INTO overlay_{table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


_PUT = {table: _insert(table) for table in OVERLAY_COLUMNS}


def rebuild(connection: Connection, pending: Iterable[Kept], policy: Policy, member: Member) -> None:
    """Wipe the overlay and replay every command that has no verdict here, in order, inside the caller's transaction."""
    run = connection.run
    for table in OVERLAY_COLUMNS:
        run(f"DELETE FROM overlay_{table}")  # noqa: S608 - our own tables
    run("INSERT INTO overlay_ticket_text (overlay_ticket_text) VALUES ('delete-all')")
    view = LocalView(connection, policy, member)
    for kept in pending:
        replay(connection, view, kept, member)


def replay(connection: Connection, view: LocalView, kept: Kept, member: Member) -> Outcome:
    """Show what one command makes happen; one that cannot be decided or read here changes nothing until its verdict comes (P15)."""
    try:
        sent = kept.command
        command = command_from(sent, sent.issued_wall, sent.stated_at)
        acting = view.member(command.actor) or member
        view.spoken = command.ask.reference if isinstance(command.ask, (BeginCall, CreateTicket)) else ""
        outcome = decide(view, command, acting, command.issued_at)
    except (UnknownCommand, msgspec.ValidationError, ValueError, KeyError):
        _LOG.warning("command %s cannot be shown here; the server decides", kept.command.name)
        return Undecided(fact="command")
    if isinstance(outcome, Decided):
        show(connection, view.policy, kept.n, outcome)
    return outcome


def judge(view: LocalView, command: Command, member: Member) -> Outcome:
    """What a new command would make happen here and now."""
    return decide(view, command, view.member(member.id) or member, command.issued_at)


def show(connection: Connection, policy: Policy, n: int, decided: Decided) -> None:
    """Put the entities and events of a decision over the confirmed rows; ``n`` is the command's place in the outbox."""
    driver: Any = connection.driver  # itself, as in the view
    run = driver.execute
    encode = msgspec.json.encode
    for ticket in decided.tickets.values():
        doc = ticket_doc(ticket)
        run(_PUT["ticket"], (ticket.id, *ticket_columns(policy, ticket, doc), n, encode(ticket)))
        run("INSERT OR REPLACE INTO overlay_ticket_text (rowid, text) VALUES (?, ?)", (doc, ticket_words(ticket)))
    for call in decided.calls.values():
        run(_PUT["call"], (call.id, *call_columns(call), n, encode(call)))
    for entry in decided.entries.values():
        run(_PUT["entry"], (entry.id, *entry_columns(entry), n, encode(entry)))
    for event in decided.events:
        run(_PUT["event"], (event.id, *event_columns(event), n, encode(event)))
