"""Up the ladder, by the clock or by hand; action plans; refusing help for conduct (A-41 to A-45, A-55 to A-59, E-41, H-28, K-10)."""

from __future__ import annotations

import datetime as dt

from desk_core import events as e
from desk_core import routing, scope
from desk_core.commands_of_service import AgreePlan, ApproveRefusal, Escalate, ProposeRefusal, SetPlan
from desk_core.decisions import notices
from desk_core.decisions.context import (
    Context,
    active_only,
    any_ticket,
    held_ticket,
    known_call,
    needed,
    role_titles,
    seen_ticket,
    stop,
    supervisor_only,
)
from desk_core.decisions.outcome import Decided
from desk_core.events_of_service import (
    CallEscalated,
    PlanAgreed,
    PlanSet,
    RefusalApproved,
    RefusalProposed,
    TicketEscalated,
)
from desk_core.policy import Policy
from desk_core.policy_tables import LadderStep
from desk_core.tickets import Ticket
from desk_core.views import View


def _done(ctx: Context, ticket: Ticket) -> Decided:
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def escalated(
    view: View, step: LadderStep, ticket: Ticket, at: dt.datetime, reason: str, clock: str
) -> TicketEscalated:
    """The event that brings a ticket to a step: its role's first holder deals with it now; never one whom it names (K-13)."""
    people = routing.holders(view, step.role, at, excluded=ticket.excluded)
    member = next((m for m in people if scope.covers(m, ticket.department)), next(iter(people), None))
    return TicketEscalated(
        step=step.id,
        role=step.role,
        member=member.id if member else "",
        department=ticket.department,
        takes_over=step.takes_over,
        reason=reason,
        clock=clock,
    )


def reached(policy: Policy, ticket: Ticket) -> int:
    """How far up the ladder a ticket was taken over: the number of its highest step, -1 for none."""
    steps = [step.id for step in policy.ladder if step.takes_over]
    return max((steps.index(each.step) for each in ticket.escalations if each.step in steps), default=-1)


def lies_above(policy: Policy, ticket: Ticket, step: LadderStep) -> bool:
    """Whether the step lies above all that the ticket reached; one that is only told may be asked for again (H-28)."""
    steps = [each.id for each in policy.ladder if each.takes_over]
    return not step.takes_over or steps.index(step.id) > reached(policy, ticket)


def escalate(ctx: Context, ask: Escalate) -> Decided:
    """By hand, in any state and without a reason where the policy says so (A-44); of a call also while it has no ticket (H-28)."""
    step = ctx.policy.step(ask.step)
    if step is None:
        stop("no_such_step", "step", value=ask.step, choices=", ".join(each.id for each in ctx.policy.ladder))
    if step.reason:
        needed(ask.reason, "missing_reason", "reason")
    about = ask.ticket
    if ask.call:
        call = known_call(ctx, ask.call)
        about = about or call.ticket
        member = next(iter(routing.holders(ctx.view, step.role, ctx.at)), None)
        wish = CallEscalated(step=step.id, role=step.role, member=member.id if member else "")
        call = ctx.story.call(call, wish)
        for made in notices.of_call(ctx.view, ctx.policy, call, wish, ctx.command.id, ctx.at) if not about else ():
            ctx.story.call(call, made)
    if not about:
        return ctx.story.decided(call=ask.call)
    ticket = any_ticket(ctx, about) if step.any_state else seen_ticket(ctx, ask.ticket)
    if not step.any_state:
        active_only(ticket)
    if not lies_above(ctx.policy, ticket, step):
        stop("already_done", "step")
    return _done(ctx, ctx.story.ticket(ticket, escalated(ctx.view, step, ticket, ctx.at, ask.reason, "")))


def set_plan(ctx: Context, ask: SetPlan) -> Decided:
    """Steps with owner and date; a changed plan must be agreed again (A-45)."""
    ticket = held_ticket(ctx, ask.ticket)
    if not _plan_steps(ctx, ticket):
        stop("no_plan_owed", "ticket")
    if not ask.steps:
        stop("missing_plan", "steps")
    return _done(ctx, ctx.story.ticket(ticket, PlanSet(steps=ask.steps, customer_agreed=ask.customer_agreed)))


def _plan_steps(ctx: Context, ticket: Ticket) -> list[LadderStep]:
    found = [ctx.policy.step(each.step) for each in ticket.escalations]
    return [step for step in found if step is not None and step.plan]


def agree_plan(ctx: Context, ask: AgreePlan) -> Decided:
    """By a holder of the step's role or its deputy, and nobody else (A-45, A-59)."""
    ticket = seen_ticket(ctx, ask.ticket)
    owing = _plan_steps(ctx, ticket)
    if not owing:
        stop("no_plan_owed", "ticket")
    if ticket.plan is None or not ticket.plan.steps:
        stop("missing_plan", "steps")
    role = ctx.policy.role(owing[-1].role)
    may = {owing[-1].role, *([role.deputy] if role is not None and role.deputy else [])}
    if not may & set(ctx.actor.functions):
        stop("only_role", role=role_titles(ctx, [owing[-1].role]))
    return _done(ctx, ctx.story.ticket(ticket, PlanAgreed()))


# --- refusing help ----------------------------------------------------------------------------------------------------------


def propose_refusal(ctx: Context, ask: ProposeRefusal) -> Decided:
    """An agent proposes; nothing stops by that (K-10)."""
    ticket = seen_ticket(ctx, ask.ticket)
    active_only(ticket)
    rule = ctx.policy.refusal
    if rule is None:
        stop("no_refusal")
    if ask.conduct not in [each.id for each in rule.conduct]:
        choices = ", ".join(each.id for each in rule.conduct)
        stop("unknown_choice", "conduct", value=ask.conduct, title="conduct", choices=choices)
    needed(ask.facts, "missing_text", "facts")
    return _done(ctx, ctx.story.ticket(ticket, RefusalProposed(conduct=ask.conduct, facts=ask.facts)))


def approve_refusal(ctx: Context, ask: ApproveRefusal) -> Decided:
    """A supervisor decides. Help ends and the customer is told; the promises end apart; a complaint stays possible (K-10)."""
    ticket = seen_ticket(ctx, ask.ticket)
    supervisor_only(ctx)
    if ticket.refusal != "proposed":
        stop("not_proposed", "ticket")
    ticket = ctx.story.ticket(ticket, RefusalApproved(approved=ask.approved))
    if ask.approved:
        ticket = ctx.story.ticket(ticket, e.TicketClosed(summary="refused: conduct"))
    return _done(ctx, ticket)
