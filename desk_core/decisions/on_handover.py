"""On its way to a specialist and between colleagues: put through, call back, hand over, transfer, move (H-13 to H-15, H-29, H-35)."""

from __future__ import annotations

from desk_core import events as e
from desk_core import queue, scope
from desk_core.commands import (
    AttemptCallBack,
    GiveBack,
    HandOver,
    MoveOffice,
    OfferCallBack,
    PutThrough,
    TakeNext,
    Transfer,
)
from desk_core.decisions.context import (
    Context,
    active_only,
    any_ticket,
    department_title,
    held_ticket,
    known_department,
    known_member,
    known_office,
    lacks_training,
    needed,
    seen_ticket,
    stop,
    unknowing,
    worked_by_actor,
)
from desk_core.decisions.gates import check_ticket, check_way
from desk_core.decisions.outcome import Decided, Refused
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.routing import takes_live_calls
from desk_core.tickets import Ticket

CALLBACK_STOP = "callback.attempted"


def call_back_roles(policy: Policy) -> tuple[str, ...]:
    """The policy's roles whose call back alone keeps the promise (H-15); none: anybody's does."""
    return tuple(stop.by for rule in policy.clocks for stop in rule.stops if stop.event == CALLBACK_STOP and stop.by)


def is_specialist(policy: Policy, member: Member) -> bool:
    """True for those to whom a caller is put through, and whose call back counts (H-13, H-15)."""
    roles = call_back_roles(policy)
    return not roles or any(role in member.functions for role in roles)


def _fresh_fault(ctx: Context, ticket_id: str) -> Ticket:
    """A ticket of a call that is still with its taker, classified (H-10)."""
    ticket = any_ticket(ctx, ticket_id)
    active_only(ticket)
    if not scope.may_see(ctx.actor, ticket):
        stop("out_of_scope", "ticket", department=department_title(ctx, ticket.department))
    worked_by_actor(ctx, ticket)
    check_ticket(ctx.policy, "handover", ticket)
    return ticket


def _answered_by_voice(ctx: Context) -> None:
    """Refuse where nothing is answered by phone (V-18, V-26)."""
    phone = ctx.policy.channel("phone")
    if phone is not None and not phone.answer:
        rules = f" ({', '.join(phone.rules)})" if phone.rules else ""
        stop("channel_never_answers", channel=phone.title, rules=rules)


def put_through(ctx: Context, ask: PutThrough) -> Decided:
    """The caller talks to a specialist, who holds the ticket from now on (H-13)."""
    _answered_by_voice(ctx)
    ticket = _fresh_fault(ctx, ask.ticket)
    member = known_member(ctx, ask.member)
    if not takes_live_calls(ctx.in_force, member):
        stop("shielded", "member", name=member.name)
    if not is_specialist(ctx.policy, member):
        roles = [r.title for r in ctx.policy.roles if r.id in call_back_roles(ctx.policy)]
        stop("not_specialist", "member", name=member.name, role=" / ".join(roles).lower())
    if not scope.covers(member, ticket.department):
        stop("cannot_work_there", "member", name=member.name, department=department_title(ctx, ticket.department))
    ticket = ctx.story.ticket(ticket, e.PutThrough(member=member.id, department=ticket.department))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference, member=member.id)


def offer_call_back(ctx: Context, ask: OfferCallBack) -> Decided:
    """Not possible now: the ticket waits for a specialist, and the promise runs from this moment (H-14)."""
    _answered_by_voice(ctx)
    ticket = _fresh_fault(ctx, ask.ticket)
    if ticket.call_back:
        stop("already_decided", "ticket")
    ticket = ctx.story.ticket(ticket, e.PutThroughNotPossible())
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def attempt_call_back(ctx: Context, ask: AttemptCallBack) -> Decided:
    """Anyone's attempt is recorded; only a specialist's keeps the promise (H-15). Not reached keeps it too, but the task stays until the
    customer was spoken to (H-14); what is owed can be recorded on a closed ticket as well."""
    _answered_by_voice(ctx)
    ticket = seen_ticket(ctx, ask.ticket)
    if not ticket.call_back:
        stop("no_call_back_owed", "ticket")
    # That somebody called is a fact, also where the ticket was lost meanwhile.
    if ticket.holder and unknowing(ctx, ticket) is None:
        worked_by_actor(ctx, ticket)
    counts = is_specialist(ctx.policy, ctx.actor)
    ticket = ctx.story.ticket(ticket, e.CallBackAttempted(reached=ask.reached, by_specialist=counts))
    return ctx.story.decided(changed="" if counts else "not_counted", ticket=ticket.id, reference=ticket.reference)


def take_next(ctx: Context, ask: TakeNext) -> Decided:
    """The head of the queue that the member may work on; nothing else can be taken."""
    if ask.department:
        known_department(ctx, ask.department)
        if not scope.covers(ctx.actor, ask.department):
            stop("out_of_scope", "department", department=department_title(ctx, ask.department))
    ticket = ctx.view.queue_head(ctx.actor, ask.department)
    if ticket is None or not queue.takeable(ctx.actor, ticket):
        stop("queue_empty")
    reason = queue.blocked(ctx.view, ctx.actor, ticket, ctx.now)
    if reason is not None:
        raise Refused(reason)
    taken = e.TicketTaken(member=ctx.actor.id, department=ticket.department)
    ticket = ctx.story.ticket(ticket, taken, flags=lacks_training(ctx, ticket))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def give_back(ctx: Context, ask: GiveBack) -> Decided:
    """Back to its old place, with a reason that supervisors see."""
    ticket = held_ticket(ctx, ask.ticket)
    check_way(ctx.policy, ticket)
    needed(ask.reason, "missing_reason", "reason")
    ticket = ctx.story.ticket(ticket, e.TicketGivenBack(reason=ask.reason))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def hand_over(ctx: Context, ask: HandOver) -> Decided:
    """A colleague who works in the same department holds it now."""
    ticket = held_ticket(ctx, ask.ticket, reassigning=True)
    check_way(ctx.policy, ticket)
    needed(ask.note, "missing_text", "note")
    member = known_member(ctx, ask.member)
    if member.id in ticket.excluded:
        stop("excluded", "member")
    if not scope.covers(member, ticket.department):
        stop("cannot_work_there", "member", name=member.name, department=department_title(ctx, ticket.department))
    ticket = ctx.story.ticket(ticket, e.TicketHandedOver(member=member.id, department=ticket.department, note=ask.note))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference, member=member.id)


def transfer(ctx: Context, ask: Transfer) -> Decided:
    """Another department goes on; number, history and running promises stay (H-29)."""
    ticket = seen_ticket(ctx, ask.ticket)
    active_only(ticket)
    if ticket.holder:
        worked_by_actor(ctx, ticket)
    check_way(ctx.policy, ticket)
    needed(ask.note, "missing_text", "note")
    department = known_department(ctx, ask.department)
    if department == ticket.department:
        stop("same_department", "department", department=department_title(ctx, department))
    ticket = ctx.story.ticket(ticket, e.TicketTransferred(department=department, note=ask.note))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference, department=department)


def move_office(ctx: Context, ask: MoveOffice) -> Decided:
    """Another office's calendar decides from here on; both deadlines are kept (H-35)."""
    ticket = seen_ticket(ctx, ask.ticket)
    active_only(ticket)
    if ticket.holder:
        worked_by_actor(ctx, ticket)
    office = known_office(ctx, ask.office)
    if office == ticket.office:
        stop("same_office", "office", office=next(o.title for o in ctx.in_force.offices if o.id == office))
    ticket = ctx.story.ticket(ticket, e.OfficeMoved(office=office))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)
