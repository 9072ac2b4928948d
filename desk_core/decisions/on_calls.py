"""Calls: begun, answered, told, hung up, logged as a ticket, finished (H-05, H-08 to H-13, H-16 to H-21, H-32, H-35)."""

from __future__ import annotations

from desk_core import events as e
from desk_core import references, scope
from desk_core.caller_ids import caller_number
from desk_core.calls import OUTCOMES_WITHOUT_TICKET, Call
from desk_core.commands import AnswerCall, BeginCall, CreateTicket, EndCall, HangUp, LogCall, TellCall
from desk_core.commands_of_service import GiveName
from desk_core.decisions.birth import new_ticket
from desk_core.decisions.context import Context, any_ticket, known_call, known_office, reported, stop
from desk_core.decisions.gates import check_ticket
from desk_core.decisions.outcome import Decided
from desk_core.events_of_service import CallNamed
from desk_core.people import phone_e164


def begin_call(ctx: Context, ask: BeginCall) -> Decided:
    """The record and its number exist from the first ring. A number that somebody else has is replaced; the spoken one stays (P6)."""
    if ctx.view.call(ask.call) is not None:
        return ctx.story.decided(call=ask.call)
    office = known_office(ctx, ask.office or ctx.actor.office or ctx.policy.offices[0].id)
    reference, spoken = own_number(ctx, ask.reference, ask.call)
    country = next(o.country for o in ctx.policy.offices if o.id == office)
    rang = e.CallRang(
        reference=reference,
        spoken=spoken,
        direction=ask.direction,
        number=ask.number,
        number_e164=phone_e164(caller_number(ask.number), country),
        office=office,
        department=scope.home(ctx.actor, ctx.policy.default_department),
        phone_call_id=ask.phone_call_id,
    )
    call = ctx.story.call(ask.call, rang, at=reported(ctx, ask.rang_at))
    if ask.answered_at is not None:
        ctx.story.call(call, e.CallAnswered(), at=reported(ctx, ask.answered_at))
    return ctx.story.decided(changed="new_number" if spoken else "", call=ask.call, reference=reference)


def own_number(ctx: Context, wanted: str, owner: str) -> tuple[str, str]:
    """The number to use and, when it had to be replaced, the one that was spoken; one whose check digit is wrong is none."""
    if references.parse(wanted) == wanted:
        taken = ctx.view.reference_owner(wanted)
        if taken is None or taken == owner:
            return wanted, ""
    return ctx.view.fresh_reference(), wanted


def answer_call(ctx: Context, ask: AnswerCall) -> Decided:
    """Times may arrive in any order and twice; the first answer counts (R52)."""
    call = known_call(ctx, ask.call)
    if call.answered_at is None:
        ctx.story.call(call, e.CallAnswered(), at=reported(ctx, ask.answered_at))
    return ctx.story.decided(call=call.id)


def hang_up(ctx: Context, ask: HangUp) -> Decided:
    """The line is free; nothing is finished by that (H-08)."""
    call = known_call(ctx, ask.call)
    if call.ended_at is None:
        ctx.story.call(call, e.CallHungUp(), at=reported(ctx, ask.ended_at))
    return ctx.story.decided(call=call.id)


def tell_call(ctx: Context, ask: TellCall) -> Decided:
    """Number and class were told, at this time (H-11)."""
    call = known_call(ctx, ask.call)
    ctx.story.call(call, e.CallTold())
    return ctx.story.decided(call=call.id)


def give_name(ctx: Context, ask: GiveName) -> Decided:
    """The own name was given, at this time (A-49)."""
    call = known_call(ctx, ask.call)
    if call.named_at is None:
        ctx.story.call(call, CallNamed())
    return ctx.story.decided(call=call.id)


def end_call(ctx: Context, ask: EndCall) -> Decided:
    """Finish the record: with a ticket once class and way are chosen (H-10, H-13), else with the reason why there is none (H-08)."""
    call = known_call(ctx, ask.call)
    if call.outcome:
        return ctx.story.decided(call=call.id)
    if ask.ticket and ask.ticket != call.ticket:
        call = _called_again(ctx, call, ask.ticket)
        ended = e.CallEnded(outcome="logged", remark=ask.remark, not_told=ask.not_told)
    elif call.ticket:
        ticket = ctx.view.ticket(call.ticket)
        if ticket is not None:
            check_ticket(ctx.story.policy_of(ticket), "call.ended", ticket)
        ended = e.CallEnded(outcome="logged", remark=ask.remark, not_told=ask.not_told)
    else:
        if ask.outcome not in OUTCOMES_WITHOUT_TICKET:
            stop("missing_outcome", "outcome")
        ended = e.CallEnded(outcome=ask.outcome, remark=ask.remark, not_told=ask.not_told)
    ctx.story.call(call, ended, at=reported(ctx, ask.ended_at or ctx.at))
    return ctx.story.decided(call=call.id)


def _called_again(ctx: Context, call: Call, ticket_id: str) -> Call:
    """The call belongs to a ticket that was there before, also to one of another department, of which its taker learns nothing (A-06)."""
    if call.ticket:
        stop("call_has_ticket", "call", reference=call.reference)
    ticket = any_ticket(ctx, ticket_id)
    ticket = ctx.story.ticket(ticket, e.CustomerCalledAgain(call=call.id), at=call.rang_at or ctx.at)
    return ctx.story.call(call, e.CallLogged(ticket=ticket.id, department=ticket.department))


def log_call(ctx: Context, ask: LogCall) -> Decided:
    """The call becomes a ticket with the call's number; who took it holds it until it is put through or a call back is promised."""
    call = known_call(ctx, ask.call)
    if call.ticket:
        if call.ticket == ask.ticket:
            return ctx.story.decided(ticket=ask.ticket, reference=call.reference)
        stop("call_has_ticket", "call", reference=call.reference)
    ticket = new_ticket(ctx, ask, reference=call.reference, channel="phone", office=call.office, call=call)
    if call.spoken:
        ticket = ctx.story.ticket(ticket, e.ReferenceAdded(alias=call.spoken))
    ctx.story.call(call, e.CallLogged(ticket=ticket.id, department=ticket.department))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def create_ticket(ctx: Context, ask: CreateTicket) -> Decided:
    """A ticket that did not come by phone waits in the queue of its department."""
    office = known_office(ctx, ask.office or ctx.actor.office or ctx.policy.offices[0].id)
    reference, spoken = own_number(ctx, ask.reference, ask.ticket)
    ticket = new_ticket(ctx, ask, reference=reference, channel=ask.channel, office=office, call=None)
    if spoken:
        ticket = ctx.story.ticket(ticket, e.ReferenceAdded(alias=spoken))
    return ctx.story.decided(changed="new_number" if spoken else "", ticket=ticket.id, reference=reference)
