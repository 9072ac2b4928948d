"""Who may see and work on what: reading, acting and syncing of ticket content stop at a department's border."""

from __future__ import annotations

from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.policy_tables import Register
from desk_core.tickets import Ticket


def covers(member: Member, department: str) -> bool:
    """True when the member works in ``department``; a member without departments works in all of the desk's."""
    return not member.departments or department in member.departments


def may_see(member: Member, ticket: Ticket) -> bool:
    """True when the content of ``ticket`` is inside the member's scope, or the member holds it; a complaint about the member is not
    (K-13)."""
    if member.id in ticket.excluded:
        return False
    return ticket.holder == member.id or covers(member, ticket.department)


def reads_all(policy: Policy, member: Member) -> bool:
    """True for those who follow every department's tickets to their end, reading (V-02, V-37)."""
    return any(role.reads_all for role in policy.roles if role.id in member.functions)


def may_read(policy: Policy, member: Member, ticket: Ticket) -> bool:
    """True when the member may read the ticket, whether or not there is anything that the member may do about it (V-02)."""
    return may_see(member, ticket) or (member.id not in ticket.excluded and reads_all(policy, member))


def may_work(member: Member, ticket: Ticket) -> bool:
    """True for the holder, and for a supervisor of the department."""
    return ticket.holder == member.id or (member.supervises and covers(member, ticket.department))


def keeps_closed(member: Member) -> bool:
    """True for those who read and write the registers that the policy closes to everybody else."""
    return member.supervises or member.role == "admin"


def closed(register: Register | None) -> bool:
    """True when only those who supervise keep the register; one that the policy does not have any more stays closed too."""
    return register is None or register.supervisors_only


def home(member: Member, department: str) -> str:
    """The department in whose name the member acts on something of ``department``: that one, or the member's first."""
    return department if covers(member, department) else member.departments[0]
