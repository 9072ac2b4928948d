"""Who may see and work on what: reading, acting and syncing of ticket content stop at a department's border."""

from __future__ import annotations

from desk_core.people import Member
from desk_core.tickets import Ticket


def covers(member: Member, department: str) -> bool:
    """True when the member works in ``department``; a member without departments works in all of the desk's."""
    return not member.departments or department in member.departments


def may_see(member: Member, ticket: Ticket) -> bool:
    """True when the content of ``ticket`` is inside the member's scope, or the member holds it."""
    return ticket.holder == member.id or covers(member, ticket.department)


def may_work(member: Member, ticket: Ticket) -> bool:
    """True for the holder, and for a supervisor of the department."""
    return ticket.holder == member.id or (member.supervises and covers(member, ticket.department))


def home(member: Member, department: str) -> str:
    """The department in whose name the member acts on something of ``department``: that one, or the member's first."""
    return department if covers(member, department) else member.departments[0]
