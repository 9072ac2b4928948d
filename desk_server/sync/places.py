"""Which scopes of the feed carry a ticket, its calls, its history, and the lines of registers.

Content is scoped by department. Two people may need it from outside: who holds a ticket of a department that is not their own (a call
logged for colleagues, until it is handed on), and who took a call that is not finished yet. They see it through a scope of their own.

What belongs to a complaint is hidden from the members that it names, whatever they read otherwise (K-13, K-18): of such a ticket they have
the stub, as of one of another department.

A line of a register is the whole desk's, unless it says more than everybody may know: a line about a ticket lies where the ticket lies and
moves with it (P20); a register that the policy closes (``supervisors_only``) has a scope that only supervising roles read, and its lines
about a ticket have one per department, so that no supervisor reads about the tickets of a department that is not the own one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from desk_core.calls import Call
from desk_core.events import Event
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.protocol import DESK_SCOPE
from desk_core.records import Entry
from desk_core.scope import closed, covers, keeps_closed, reads_all
from desk_core.tickets import Ticket
from desk_core.views import View
from desk_server.sync.rows import Place, Row
from desk_server.sync.view import Raw

Key = tuple[Literal["ticket", "call", "entry"], str]

_EVENTS = (
    "SELECT id, body::text, department, also, hidden, ticket, call, entry, file FROM event WHERE desk = %s "
    "AND (ticket = ANY(%s) OR (call = ANY(%s) AND ticket = '') OR (entry = ANY(%s) AND entry <> ''))"
)


_OWN, _SUPERVISORS = "@", "=supervisors"
_EVERYTHING = "*"
"""How the scopes begin that are no department, and what is kept of who reads every department: no department's name begins so."""


def own_scope(member_id: str) -> str:
    """The scope of one member alone."""
    return f"{_OWN}{member_id}"


def supervisors_scope(department: str = "") -> str:
    """The scope of what only those who supervise read; with a department, of what they read about its tickets."""
    return f"{_SUPERVISORS}/{department}" if department else _SUPERVISORS


def scopes_of(policy: Policy, member: Member) -> tuple[str, ...]:
    """The scopes of content that a member reads under the policy in force: those of the member's departments, of every department for
    those who follow all tickets (V-02), and the member's own."""
    departments = tuple(department.id for department in policy.departments)
    return (*scopes_before(kept_scope(policy, member), departments), own_scope(member.id))


def kept_scope(policy: Policy, member: Member) -> list[str]:
    """What is kept of a member's scope for the time after a change: the departments (none: all of the desk's), whether the member
    supervised, and whether the member read all tickets. :func:`scopes_before` reads it."""
    supervising = [_SUPERVISORS] if keeps_closed(member) else []
    return [*member.departments, *supervising, *([_EVERYTHING] if reads_all(policy, member) else [])]


def scopes_before(kept: Sequence[str], departments: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes that a member read under what was kept then, without the member's own; ``departments`` are all of the desk's."""
    own = tuple(each for each in kept if each not in (_SUPERVISORS, _EVERYTHING)) or departments
    supervised = ("", *own) if _SUPERVISORS in kept else ()
    read = departments if _EVERYTHING in kept else own
    return (*read, *(supervisors_scope(department) for department in supervised))


def entry_place(view: View, entry: Entry) -> Place:
    """A line of a register lies with the desk, with its ticket, or with those who supervise."""
    ticket = view.ticket(entry.ticket) if entry.ticket else None
    if closed(view.policy.register(entry.register)):
        return Place(supervisors_scope(ticket.department if ticket else ""), hidden=ticket.excluded if ticket else ())
    return ticket_place(view, ticket) if ticket else Place(DESK_SCOPE)


def ticket_place(view: View, ticket: Ticket) -> Place:
    """A ticket lies in its department, and with its holder where that is not the holder's; those whom it excludes do not have it."""
    return Place(ticket.department, _outside(view, ticket.holder, ticket.department), ticket.excluded)


def call_place(view: View, call: Call, ticket: Ticket | None) -> Place:
    """A call lies with its ticket, and with who took it until it is finished."""
    department = ticket.department if ticket else call.department
    also = "" if call.outcome else _outside(view, call.member, department)
    if not also and ticket:
        also = _outside(view, ticket.holder, department)
    return Place(department, also, ticket.excluded if ticket else ())


def _outside(view: View, member_id: str, department: str) -> str:
    member = view.member(member_id) if member_id else None
    return own_scope(member_id) if member and not covers(member, department) else ""


def moved_events(
    raw: Raw, desk: str, places: Mapping[Key, Place], moved: Mapping[Key, Place]
) -> Iterator[tuple[Row, Place]]:
    """The stored history of what moved, each entry at its new place, with the one that it had before."""
    if not moved:
        return
    tickets = [key for kind, key in moved if kind == "ticket"]
    calls = [key for kind, key in moved if kind == "call"]
    entries = [key for kind, key in moved if kind == "entry"]
    rows = raw.execute(_EVENTS, (desk, tickets, calls, entries)).fetchall()
    for event_id, body, department, also, hidden, ticket, call, entry, file in rows:
        place = places[_owner(ticket, call, entry)]
        before = Place(department, also, tuple(hidden or ()))
        yield Row("event", event_id, body.encode(), place, (*place.columns, ticket, call, entry, file)), before


def owner(event: Event) -> Key:
    """What an event belongs to, and lies with."""
    return _owner(event.ticket, event.call, event.entry)


def _owner(ticket: str, call: str, entry: str) -> Key:
    if entry:
        return ("entry", entry)
    return ("ticket", ticket) if ticket else ("call", call)
