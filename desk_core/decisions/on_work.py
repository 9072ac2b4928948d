"""Work on a ticket: reply, note, time, questions, waiting, resolve, close, reopen, class and fault corrected (H-10, H-22)."""

from __future__ import annotations

from desk_core import entitlement, scope
from desk_core import events as e
from desk_core.commands import (
    AddNote,
    Classify,
    Close,
    CorrectFault,
    CustomerAnswers,
    LogTime,
    Reopen,
    Reply,
    RequestInformation,
    Resolve,
    WaitForCustomer,
)
from desk_core.decisions.birth import refuse_customer
from desk_core.decisions.context import (
    Context,
    active_only,
    any_ticket,
    held_ticket,
    internationalised,
    needed,
    resumed,
    seen_ticket,
    stop,
    worked_by_actor,
)
from desk_core.decisions.gates import (
    check_before_close,
    check_fault,
    check_ticket,
    check_way,
    classes,
    missing_on_ticket,
)
from desk_core.decisions.on_leases import left_as_draft
from desk_core.decisions.outcome import Decided, Refused
from desk_core.messages import complete, missing_details, wanted
from desk_core.obligations import still_owed
from desk_core.tickets import Ticket
from desk_core.wording import hints, reply_refusal


def _done(ctx: Context, ticket: Ticket) -> Decided:
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def reply(ctx: Context, ask: Reply) -> Decided:
    """A written answer, with the policy's first and last words."""
    if (draft := left_as_draft(ctx, ask.ticket, ask.text)) is not None:
        return draft
    ticket = held_ticket(ctx, ask.ticket)
    needed(ask.text, "missing_text", "text")
    wrong = reply_refusal(ctx.policy, ask.text, ticket)
    if wrong is not None:
        raise Refused(wrong)
    message = ctx.policy.message("reply")
    if message is not None and message.full_contact_details and (lacking := missing_details(ctx.actor)):
        stop("missing_full_contact_details", *lacking, fields=", ".join(lacking))
    if ask.mark == "offer":
        check_ticket(ctx.policy, "offer.sent", ticket)
    text = complete(ctx.policy, message, ticket, ctx.actor, ask.text) if message is not None else ask.text
    ctx.story.hint(*hints(ctx.policy, ask.text, waiting=ticket.status == "waiting_customer"))
    ctx.story.hint(*(f"stale:{each}" for each in _stale(ctx, ask.articles)))
    what = e.ReplySent(text=text, mark=ask.mark, articles=ask.articles)
    if not ticket.email and any(each.to == "customer" for each in wanted(ctx.policy, ticket, what)):
        ctx.story.hint("no_address")
    return _done(ctx, ctx.story.ticket(ticket, what, flags=("replied",)))


def _stale(ctx: Context, articles: tuple[str, ...]) -> tuple[str, ...]:
    """The guides whose day of validity has passed (A-20)."""
    entries = [ctx.view.entry(article) for article in articles]
    return tuple(each.id for each in entries if each is not None and each.due is not None and each.due < ctx.at.date())


def add_note(ctx: Context, ask: AddNote) -> Decided:
    """A note is always taken, also from another department, which learns nothing by it (H-29); then it is marked so."""
    # Before the ticket is looked for: an empty note is refused also where only the ticket's stub is known.
    needed(ask.text, "missing_text", "text")
    ticket = any_ticket(ctx, ask.ticket)
    outside = not scope.may_see(ctx.actor, ticket)
    flags = ("note_from_outside",) if outside else ()
    ticket = ctx.story.ticket(ticket, e.NoteAdded(text=ask.text), flags=flags)
    if outside:
        return ctx.story.decided(changed="sent_to_department", ticket=ticket.id, reference=ticket.reference)
    return _done(ctx, ticket)


def log_time(ctx: Context, ask: LogTime) -> Decided:
    """Minutes spent, on any ticket in scope."""
    ticket = seen_ticket(ctx, ask.ticket)
    if not 1 <= ask.minutes <= 1440:
        stop("bad_minutes", "minutes")
    return _done(ctx, ctx.story.ticket(ticket, e.WorkLogged(minutes=ask.minutes, remark=ask.remark)))


def request_information(ctx: Context, ask: RequestInformation) -> Decided:
    """More is asked for; no promise pauses because of it (H-22)."""
    if (draft := left_as_draft(ctx, ask.ticket, ask.question)) is not None:
        return draft
    ticket = resumed(ctx, seen_ticket(ctx, ask.ticket))
    active_only(ticket)
    if ticket.holder:
        worked_by_actor(ctx, ticket)
    needed(ask.question, "missing_text", "question")
    return _done(ctx, ctx.story.ticket(ticket, e.InformationRequested(question=ask.question)))


def wait_for_customer(ctx: Context, ask: WaitForCustomer) -> Decided:
    """Set aside until the customer answers; the holder keeps it."""
    ticket = held_ticket(ctx, ask.ticket)
    if ticket.status == "waiting_customer":
        stop("waiting_already", "ticket")
    return _done(ctx, ctx.story.ticket(ticket, e.WaitingForCustomer(reason=ask.reason)))


def customer_answers(ctx: Context, ask: CustomerAnswers) -> Decided:
    """The answer came: a ticket that waited for it goes on; a finished one keeps its state until somebody reopens it."""
    ticket = seen_ticket(ctx, ask.ticket)
    return _done(ctx, ctx.story.ticket(ticket, e.CustomerAnswered(text=ask.text)))


def resolve(ctx: Context, ask: Resolve) -> Decided:
    """A solution was given."""
    if (draft := left_as_draft(ctx, ask.ticket, ask.solution)) is not None:
        return draft
    ticket = held_ticket(ctx, ask.ticket)
    check_way(ctx.policy, ticket)
    needed(ask.solution, "missing_text", "solution")
    check_ticket(ctx.policy, "ticket.resolved", ticket)
    return _finished(ctx, ctx.story.ticket(ticket, e.TicketResolved(solution=ask.solution)))


def close(ctx: Context, ask: Close) -> Decided:
    """The ticket is finished; what the policy wants before that must be there."""
    if (draft := left_as_draft(ctx, ask.ticket, ask.summary)) is not None:
        return draft
    ticket = resumed(ctx, seen_ticket(ctx, ask.ticket))
    if ticket.status == "closed":
        stop("finished", "ticket", status=ticket.status)
    worked_by_actor(ctx, ticket)
    check_way(ctx.policy, ticket)
    needed(ask.summary, "missing_text", "summary")
    check_ticket(ctx.policy, "ticket.closed", ticket)
    check_before_close(ctx.policy, ticket)
    ctx.story.hint(*missing_on_ticket(ctx.policy, "ticket.closed", ticket, warnings=True))
    return _finished(ctx, ctx.story.ticket(ticket, e.TicketClosed(summary=ask.summary)))


def _finished(ctx: Context, ticket: Ticket) -> Decided:
    """Nothing is refused because something is owed still, and nothing that is owed is forgotten in silence (H-15)."""
    ctx.story.hint(*still_owed(ctx.policy, ticket))
    return _done(ctx, ticket)


def reopen(ctx: Context, ask: Reopen) -> Decided:
    """It goes on at its first place in the queue; who held it holds it still."""
    ticket = seen_ticket(ctx, ask.ticket)
    if ticket.active:
        stop("not_finished", "ticket")
    needed(ask.reason, "missing_reason", "reason")
    return _done(ctx, ctx.story.ticket(ticket, e.TicketReopened(reason=ask.reason)))


def classify(ctx: Context, ask: Classify) -> Decided:
    """A provisional class at intake, the final one by the specialist; both stay in the history (H-10).

    A class that moves its tickets may be said by whoever sees the ticket, and takes it along (V-13).
    """
    found = ctx.policy.category(ask.category)
    moved = found is not None and found.moves
    ticket = seen_ticket(ctx, ask.ticket) if moved else held_ticket(ctx, ask.ticket)
    active_only(ticket)
    category, classification = classes(ctx.policy, ask.category, ask.classification)
    if not category and not classification:
        stop("missing_classification", "classification")
    what = e.TicketClassified(category=category, classification=classification)
    ticket = ctx.story.ticket(ticket, what)
    if moved and found is not None and ticket.department not in found.departments:
        moving = e.TicketTransferred(department=found.departments[0], note=found.title)
        ticket = ctx.story.ticket(ticket, moving)
    return _done(ctx, ticket)


def correct_fault(ctx: Context, ask: CorrectFault) -> Decided:
    """The details are corrected; what was mandatory stays mandatory (H-16 to H-21)."""
    ticket = held_ticket(ctx, ask.ticket)
    check_fault(ctx.policy, ticket.kind, ask.fault, ctx.actor)
    found = _customer_found(ctx, ask)
    fault = internationalised(ctx, ask.fault, ticket.office)
    ticket = ctx.story.ticket(ticket, e.FaultSaved(fault=fault))
    if found is not None:
        ticket = ctx.story.ticket(ticket, found)
    if found is not None and found.customer:
        covered = entitlement.of_call(ctx.view, found.customer, fault.serial, ticket.office, ticket.received_at)
        ticket = ctx.story.ticket(ticket, e.EntitlementFound(entitlement=covered))
    return _done(ctx, ticket)


def _customer_found(ctx: Context, ask: CorrectFault) -> e.CustomerFound | None:
    """Whose ticket it is, where that is said only now (E-01, E-02)."""
    customer = ctx.view.customer(ask.customer) if ask.customer else None
    kind = ask.customer_kind or (customer.kind if customer is not None else "")
    refuse_customer(ctx, kind)
    if customer is None and not kind:
        return None
    return e.CustomerFound(customer=customer.id if customer is not None else "", customer_kind=kind)
