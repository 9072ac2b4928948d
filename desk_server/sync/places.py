"""Which scopes of the feed carry a ticket, its calls and its history.

Content is scoped by department. Two people may need it from outside: who holds a ticket of a department that is not their own (a call
logged for colleagues, until it is handed on), and who took a call that is not finished yet. They see it through a scope of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from desk_core.calls import Call
from desk_core.events import Event
from desk_core.people import Member
from desk_core.scope import covers
from desk_core.tickets import Ticket
from desk_core.views import View
from desk_server.sync.rows import Place, Row
from desk_server.sync.view import Raw

Key = tuple[Literal["ticket", "call", "entry"], str]

_EVENTS = (
    "SELECT id, body::text, department, also, ticket, call, entry FROM event WHERE desk = %s "
    "AND (ticket = ANY(%s) OR (call = ANY(%s) AND ticket = '') OR (entry = ANY(%s) AND entry <> ''))"
)


def own_scope(member_id: str) -> str:
    """The scope of one member alone."""
    return f"@{member_id}"


def scopes_of(member: Member, departments: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes of ticket content that a member reads; ``departments`` are all of the desk's."""
    return (*(member.departments or departments), own_scope(member.id))


def ticket_place(view: View, ticket: Ticket) -> Place:
    """A ticket lies in its department, and with its holder where that is not the holder's."""
    return Place(ticket.department, _outside(view, ticket.holder, ticket.department))


def call_place(view: View, call: Call, ticket: Ticket | None) -> Place:
    """A call lies with its ticket, and with who took it until it is finished."""
    department = ticket.department if ticket else call.department
    also = "" if call.outcome else _outside(view, call.member, department)
    if not also and ticket:
        also = _outside(view, ticket.holder, department)
    return Place(department, also)


def _outside(view: View, member_id: str, department: str) -> str:
    member = view.member(member_id) if member_id else None
    return own_scope(member_id) if member and not covers(member, department) else ""


def moved_events(
    raw: Raw, desk: str, places: Mapping[Key, Place], moved: Mapping[Key, frozenset[str]]
) -> Iterator[tuple[Row, frozenset[str]]]:
    """The stored history of what moved, each entry at its new place, with the scopes that had it before."""
    if not moved:
        return
    tickets = [key for kind, key in moved if kind == "ticket"]
    calls = [key for kind, key in moved if kind == "call"]
    entries = [key for kind, key in moved if kind == "entry"]
    rows = raw.execute(_EVENTS, (desk, tickets, calls, entries)).fetchall()
    for event_id, body, department, also, ticket, call, entry in rows:
        place = places[_owner(ticket, call, entry)]
        before = Place(department, also).scopes
        yield Row("event", event_id, body.encode(), place, (*place, ticket, call, entry)), before


def owner(event: Event) -> Key:
    """What an event belongs to, and lies with."""
    return _owner(event.ticket, event.call, event.entry)


def _owner(ticket: str, call: str, entry: str) -> Key:
    if entry:
        return ("entry", entry)
    return ("ticket", ticket) if ticket else ("call", call)
