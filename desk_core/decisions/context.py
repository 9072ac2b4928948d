"""What every decision starts from: the command with its actor and view, and the checks of rights that all of them share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NoReturn

import msgspec

from desk_core import registers, scope
from desk_core.calls import Call
from desk_core.commands import Command
from desk_core.decisions.outcome import Refused, Story
from desk_core.events_of_leases import LeaseResumed
from desk_core.people import Member, phone_e164
from desk_core.policy import Policy
from desk_core.records import Lapse
from desk_core.texts import blank
from desk_core.tickets import Fault, Ticket
from desk_core.views import Lacking, View
from desk_core.wording import refuse


@dataclass(frozen=True)
class Context:
    """One command being decided. ``now`` is the deciding program's time; what the command reports happened at ``command.at``."""

    view: View
    command: Command
    actor: Member
    now: dt.datetime
    story: Story = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "story", Story(self.view.policy, self.command, self.actor, self.now, self.view))

    @cached_property
    def policy(self) -> Policy:
        """The policy that rules the command: the version under which its ticket was opened (A-01), else the one in force."""
        named = getattr(self.command.ask, "ticket", "")
        ticket = self.view.ticket(named) if named else None
        return self.story.policy_of(ticket) if ticket is not None else self.view.policy

    @property
    def in_force(self) -> Policy:
        """The policy in force: it alone says which departments, offices, roles and registers there are, and how the queue is worked."""
        return self.view.policy

    @property
    def at(self) -> dt.datetime:
        """When the reported thing happened."""
        return self.command.at


def reported(ctx: Context, instant: dt.datetime) -> dt.datetime:
    """When something is said to have happened, within the bounds of TS-11: not after the command was given, and not further back than
    the policy allows. No stated time can move a ticket ahead in the queue by more than that (P22)."""
    issued = ctx.command.issued_at
    earliest = issued - dt.timedelta(hours=ctx.policy.limits.stated_back_hours)
    return max(earliest, min(instant, issued))


def stop(code: str, *fields: str, **params: str) -> NoReturn:
    """End the decision with a refusal."""
    raise Refused(refuse(code, *fields, **params))


def needed(text: str, code: str, *fields: str) -> None:
    """Refuse when ``text`` is empty; white space alone is empty (H-21)."""
    if blank(text):
        stop(code, *fields)


def any_ticket(ctx: Context, ticket_id: str) -> Ticket:
    """A ticket of the desk, whatever its department: for the few things that may be done from outside."""
    ticket = ctx.view.ticket(ticket_id)
    if ticket is not None:
        return ticket
    if ctx.view.ticket_elsewhere(ticket_id):
        raise Lacking("ticket")
    stop("not_found", "ticket")


def lacks_training(ctx: Context, ticket: Ticket) -> tuple[str, ...]:
    """The mark of a ticket that its taker has not been trained for, after saying so; none otherwise (A-16)."""
    category = ctx.policy.category(ticket.category)
    training = category.training if category is not None else None
    entries = ctx.view.entries(training.register) if training is not None else ()
    topic = registers.untrained(ctx.policy, ticket, ctx.actor, entries, ctx.at.date())
    if not topic:
        return ()
    ctx.story.hint(f"untrained:{topic}")
    return ("untrained",)


def seen_ticket(ctx: Context, ticket_id: str) -> Ticket:
    """A ticket inside the actor's scope."""
    ticket = any_ticket(ctx, ticket_id)
    if ctx.actor.id in ticket.excluded:
        stop("excluded", "ticket")
    if not scope.may_see(ctx.actor, ticket):
        stop("out_of_scope", "ticket", department=department_title(ctx, ticket.department))
    return ticket


def held_ticket(ctx: Context, ticket_id: str, *, reassigning: bool = False) -> Ticket:
    """An active ticket on which the actor may work: held by the actor, or the actor supervises (where only the holder works: to
    reassign it alone, V-30).

    With free choice an unheld ticket may be worked on too; with take-next there is no side door.
    """
    ticket = resumed(ctx, seen_ticket(ctx, ticket_id))
    active_only(ticket)
    worked_by_actor(ctx, ticket, reassigning=reassigning)
    return ticket


def unknowing(ctx: Context, ticket: Ticket) -> Lapse | None:
    """How the actor lost the ticket, while the command was given without knowing it; else None."""
    lapse = ticket.lapse(ctx.actor.id)
    contact = ctx.command.last_contact
    return lapse if lapse is not None and (contact is None or contact < lapse.noted_at) else None


def resumable(ctx: Context, ticket: Ticket) -> bool:
    """True for work that was done while the actor's lease ran, and nobody has taken the ticket since."""
    lapse = unknowing(ctx, ticket)
    in_time = lapse is not None and lapse.held and ctx.command.issued_at <= lapse.until
    return in_time and ticket.active and not ticket.holder and scope.covers(ctx.actor, ticket.department)


def resumed(ctx: Context, ticket: Ticket) -> Ticket:
    """The ticket, with the actor again where :func:`resumable`."""
    if not resumable(ctx, ticket):
        return ticket
    return ctx.story.ticket(ticket, LeaseResumed(member=ctx.actor.id, department=ticket.department))


def worked_by_actor(ctx: Context, ticket: Ticket, *, reassigning: bool = False) -> None:
    """Refuse unless the actor may work on the ticket."""
    strict = ctx.in_force.queue.holder_only and not reassigning
    if ticket.holder == ctx.actor.id or (scope.may_work(ctx.actor, ticket) and not strict):
        return
    if ticket.holder:
        stop("held_by_other", "ticket", name=member_name(ctx, ticket.holder))
    if ctx.in_force.queue.start == "take_next":
        stop("not_held", "ticket")


def active_only(ticket: Ticket) -> None:
    """Refuse on a resolved or closed ticket."""
    if not ticket.active:
        stop("finished", "ticket", status=ticket.status)


def known_call(ctx: Context, call_id: str) -> Call:
    """A call of the desk that the actor took, or that lies in the actor's scope."""
    call = ctx.view.call(call_id)
    if call is None or not (call.member == ctx.actor.id or scope.covers(ctx.actor, call.department)):
        stop("no_such_call", "call")
    return call


def known_member(ctx: Context, member_id: str) -> Member:
    """An active colleague."""
    member = ctx.view.member(member_id)
    # Administrators set a desk up; tickets are not theirs to hold, nor the server's own program's.
    if member is None or not member.active or member.role == "admin":
        stop("unknown_member", "member", value=member_id)
    return member


def known_department(ctx: Context, department: str) -> str:
    """The id of a department of the policy."""
    if ctx.in_force.department(department) is None:
        choices = ", ".join(d.id for d in ctx.in_force.departments)
        stop("unknown_department", "department", value=department, choices=choices)
    return department


def known_role(ctx: Context, role: str, field: str) -> str:
    """The id of a role of the policy."""
    if ctx.in_force.role(role) is None:
        stop("unknown_role", field, value=role, choices=", ".join(r.id for r in ctx.in_force.roles))
    return role


def role_titles(ctx: Context, roles: Iterable[str]) -> str:
    """The titles of roles, for a sentence."""
    return " / ".join(found.title for each in roles if (found := ctx.in_force.role(each)) is not None)


def supervisor_only(ctx: Context) -> None:
    """Refuse everybody but supervisors and managers."""
    if not ctx.actor.supervises:
        stop("only_supervisor")


def known_office(ctx: Context, office: str) -> str:
    """The id of an office of the policy."""
    if ctx.in_force.office(office) is None:
        stop("unknown_office", "office", value=office, choices=", ".join(o.id for o in ctx.in_force.offices))
    return office


def known_kind(ctx: Context, kind: str) -> str:
    """The id of a kind of ticket of the policy (H-32)."""
    if ctx.policy.kind(kind) is None:
        stop("unknown_kind", "kind", value=kind, choices=", ".join(k.id for k in ctx.policy.kinds))
    return kind


def internationalised(ctx: Context, fault: Fault, office: str) -> Fault:
    """The fault with its phone number in international form, read in the office's country, beside what was typed (H-18)."""
    found = ctx.in_force.office(office)
    return msgspec.structs.replace(fault, phone_e164=phone_e164(fault.phone, found.country if found else ""))


def department_title(ctx: Context, department: str) -> str:
    """The department's title as people know it."""
    found = ctx.in_force.department(department)
    return found.title if found else department


def member_name(ctx: Context, member_id: str) -> str:
    """The member's name, or words for somebody this machine does not know."""
    member = ctx.view.member(member_id)
    return member.name if member else "A colleague"
