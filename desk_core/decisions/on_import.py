"""Tickets of another helpdesk, with their history: exempt from the gates of the past, marked imported for ever."""

from __future__ import annotations

from desk_core import events as e
from desk_core.commands import ImportedStep, ImportTicket
from desk_core.decisions.context import Context, internationalised, known_department, known_kind, known_office, stop
from desk_core.decisions.outcome import Decided
from desk_core.tickets import Ticket


def import_ticket(ctx: Context, ask: ImportTicket) -> Decided:
    """Bring one ticket; a second run of the same import finds it there and changes nothing."""
    if ctx.actor.role != "admin":
        stop("not_allowed")
    known = ctx.view.ticket(ask.ticket)
    if known is not None:
        return ctx.story.decided(changed="known_already", ticket=known.id, reference=known.reference)
    office = known_office(ctx, ask.office)
    created = e.TicketCreated(
        reference=ask.reference or ctx.view.fresh_reference(),
        kind=known_kind(ctx, ask.kind),
        channel=ask.channel,
        department=known_department(ctx, ask.department),
        office=office,
        customer=ask.customer,
        title=ask.title,
        received_at=ask.received_at,
        imported=ask.source,
        policy_version=ctx.policy.head.version,
    )
    at = ask.received_at
    ticket = ctx.story.ticket(ask.ticket, created, at=at)
    ticket = ctx.story.ticket(ticket, e.FaultSaved(fault=internationalised(ctx, ask.fault, office)), at=at)
    if ask.category or ask.classification:
        what = e.TicketClassified(category=ask.category, classification=ask.classification)
        ticket = ctx.story.ticket(ticket, what, at=at)
    ticket = ctx.story.ticket(ticket, e.EntitlementFound(entitlement=ask.entitlement), at=at)
    for step in ask.steps:
        ticket = _step(ctx, ticket, step)
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def _step(ctx: Context, ticket: Ticket, step: ImportedStep) -> Ticket:
    functions = tuple({s.by for rule in ctx.policy.clocks for s in rule.stops if s.by}) if step.by_specialist else ()
    return ctx.story.ticket(ticket, _what(ctx, ticket, step), at=step.at, functions=functions, actor=step.member)


def _what(ctx: Context, ticket: Ticket, step: ImportedStep) -> e.Happening:
    department = step.department or ticket.department
    simple: dict[str, e.Happening] = {
        "handover.not_possible": e.PutThroughNotPossible(),
        "callback.attempted": e.CallBackAttempted(reached=True, by_specialist=step.by_specialist),
        "ticket.given_back": e.TicketGivenBack(reason=step.text),
        "ticket.taken": e.TicketTaken(member=step.member, department=department),
        "reply.sent": e.ReplySent(text=step.text),
        "note.added": e.NoteAdded(text=step.text),
        "status.waiting_customer": e.WaitingForCustomer(reason=step.text),
        "customer.answered": e.CustomerAnswered(text=step.text),
        "ticket.resolved": e.TicketResolved(solution=step.text),
        "ticket.closed": e.TicketClosed(summary=step.text),
        "ticket.classified": e.TicketClassified(category="", classification=step.text),
        "ticket.reopened": e.TicketReopened(reason=step.text),
    }
    if step.event == "ticket.transferred":
        return e.TicketTransferred(department=known_department(ctx, department), note=step.text)
    if step.event not in simple:
        stop(
            "bad_args",
            "steps",
            detail=f"“{step.event}” cannot be imported; use one of: {', '.join((*simple, 'ticket.transferred'))}.",
        )
    return simple[step.event]
