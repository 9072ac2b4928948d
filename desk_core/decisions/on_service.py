"""Taking, triage, approval, exemption, mail and messages by hand (A-03, A-36, E-28, K-23, V-01, V-15, V-20, V-23)."""

from __future__ import annotations

import re
from typing import Final

from desk_core import events as e
from desk_core import messages, queue, scope
from desk_core.clocks import PERSONAL
from desk_core.commands import CreateTicket
from desk_core.commands_of_service import (
    Approve,
    Exempt,
    Include,
    LeaveMessage,
    MarkCommon,
    ReceiveMail,
    Reject,
    SendMessage,
    Take,
    Triage,
)
from desk_core.decisions import followups
from desk_core.decisions.birth import new_ticket
from desk_core.decisions.context import (
    Context,
    active_only,
    any_ticket,
    department_title,
    known_department,
    known_role,
    lacks_training,
    needed,
    reported,
    role_titles,
    seen_ticket,
    stop,
    supervisor_only,
)
from desk_core.decisions.gates import requirements
from desk_core.decisions.on_calls import own_number
from desk_core.decisions.on_leases import start_lost
from desk_core.decisions.outcome import Decided, Refused
from desk_core.events_of_service import (
    MailReceived,
    MessageLeft,
    TicketApproved,
    TicketExempted,
    TicketIncluded,
    TicketMarkedCommon,
    TicketRejected,
    TicketTriaged,
)
from desk_core.policy_tables import Address
from desk_core.references import parse
from desk_core.tickets import Fault, Ticket
from desk_core.wording import reply_refusal

_QUOTED: Final = re.compile(r"\d[\d .\-\u00a0]{5,16}\d")


def _done(ctx: Context, ticket: Ticket, changed: str = "") -> Decided:
    return ctx.story.decided(changed=changed, ticket=ticket.id, reference=ticket.reference)


def take(ctx: Context, ask: Take) -> Decided:
    """A chosen ticket: where the order is mandated only its head can be taken, and why another cannot is said (V-20 to V-23)."""
    ticket = seen_ticket(ctx, ask.ticket)
    if not scope.covers(ctx.actor, ticket.department):
        stop("out_of_scope", "ticket", department=department_title(ctx, ticket.department))
    if (lost := start_lost(ctx, ticket)) is not None:
        return lost
    reason = queue.blocked(ctx.view, ctx.actor, ticket, ctx.now)
    if reason is not None:
        raise Refused(reason)
    if not queue.takeable(ctx.actor, ticket):
        stop("not_waiting_in_queue", "ticket")
    if ctx.in_force.queue.start == "take_next":
        head = ctx.view.queue_head(ctx.actor, ticket.department)
        if head is None or head.id != ticket.id:
            stop("not_free", "ticket")
    taken = e.TicketTaken(member=ctx.actor.id, department=ticket.department)
    return _done(ctx, ctx.story.ticket(ticket, taken, flags=lacks_training(ctx, ticket)))


def triage(ctx: Context, ask: Triage) -> Decided:
    """Once, by those who may: category and, where two departments serve it, which of them (V-01, V-09, V-37)."""
    ticket = any_ticket(ctx, ask.ticket)
    active_only(ticket)
    triagers = [role.id for role in ctx.in_force.roles if role.triages]
    if triagers and not set(triagers) & set(ctx.actor.functions) and not ctx.actor.supervises:
        stop("only_role", "category", role=role_titles(ctx, triagers))
    if not ticket.triage_owed:
        stop("triage_done", "ticket")
    category = ctx.policy.category(ask.category)
    if category is None:
        choices = ", ".join(each.id for each in ctx.policy.categories)
        stop("unknown_choice", "category", value=ask.category, title="category", choices=choices)
    department = ask.department or (category.departments[0] if len(category.departments) == 1 else "")
    if department not in category.departments:
        choices = ", ".join(department_title(ctx, each) for each in category.departments)
        stop("choose_department", "department", title=category.title, choices=choices)
    known_department(ctx, department)
    missing = requirements(ctx.policy, "ticket.triaged", ticket.kind, category.id)
    for field in missing:
        found = ctx.policy.field(field)
        if found is not None and not ticket.field(field):
            stop("missing_field", field, title=found.title, rules=f" ({', '.join(found.rules)})" if found.rules else "")
    return _done(ctx, ctx.story.ticket(ticket, TicketTriaged(category=category.id, department=department)))


def _approving(ctx: Context, ticket_id: str) -> Ticket:
    ticket = any_ticket(ctx, ticket_id)
    rule = next((each for each in ctx.policy.approvals if ticket.kind in each.kinds), None)
    if rule is None or ticket.approval != "waiting":
        stop("not_waiting_for_approval", "ticket")
    if not scope.covers(ctx.actor, rule.department):
        stop("only_role", role=department_title(ctx, rule.department))
    return ticket


def approve(ctx: Context, ask: Approve) -> Decided:
    """The requirement may be worked on (V-15, V-36)."""
    return _done(ctx, ctx.story.ticket(_approving(ctx, ask.ticket), TicketApproved()))


def reject(ctx: Context, ask: Reject) -> Decided:
    """The requirement is refused, in writing; the ticket ends with that answer (V-15)."""
    ticket = _approving(ctx, ask.ticket)
    needed(ask.text, "missing_written_reply", "text")
    wrong = reply_refusal(ctx.policy, ask.text, ticket)
    if wrong is not None:
        raise Refused(wrong)
    ticket = ctx.story.ticket(ticket, TicketRejected())
    ticket = ctx.story.ticket(ticket, e.ReplySent(text=ask.text), flags=("replied",))
    return _done(ctx, ctx.story.ticket(ticket, e.TicketClosed(summary=ask.text)))


def exempt(ctx: Context, ask: Exempt) -> Decided:
    """A contract rules instead: the charter's promises do not apply (A-03)."""
    ticket = seen_ticket(ctx, ask.ticket)
    if all(each.id != ask.exemption for each in ctx.policy.exemptions):
        choices = ", ".join(each.id for each in ctx.policy.exemptions) or "none"
        stop("unknown_exemption", "exemption", value=ask.exemption, choices=choices)
    needed(ask.contract, "missing_contract", "contract")
    if ticket.exempt:
        stop("exempt_already", "ticket")
    what = TicketExempted(exemption=ask.exemption, contract=ask.contract)
    return _done(ctx, ctx.story.ticket(ticket, what))


def include(ctx: Context, ask: Include) -> Decided:
    """The charter applies after all, from the first receipt; a supervisor says so, with a reason (A-03)."""
    ticket = seen_ticket(ctx, ask.ticket)
    supervisor_only(ctx)
    needed(ask.reason, "missing_reason", "reason")
    if not ticket.exempt:
        stop("not_exempt", "ticket")
    return _done(ctx, ctx.story.ticket(ticket, TicketIncluded(reason=ask.reason)))


def mark_common(ctx: Context, ask: MarkCommon) -> Decided:
    """A common issue or none; the clocks that count otherwise for common issues move (V-20)."""
    ticket = any_ticket(ctx, ask.ticket)
    active_only(ticket)
    return _done(ctx, ctx.story.ticket(ticket, TicketMarkedCommon(common=ask.common)))


# --- mail and messages ------------------------------------------------------------------------------------------------------


def receive_mail(ctx: Context, ask: ReceiveMail) -> Decided:
    """A mail joins the ticket that it quotes, also a finished one, which goes on then; else it becomes a ticket (A-36, A-40)."""
    address = _address(ctx, ask.to)
    ticket = _quoted(ctx, f"{ask.subject}\n{ask.text}")
    where = address.id if address is not None else (PERSONAL if ctx.policy.addresses else "")
    arrived = MailReceived(mail=ask.mail, sender=ask.sender, address=where, subject=ask.subject, text=ask.text)
    arrived_at = reported(ctx, ask.received_at)
    if ticket is None:
        ticket = _from_mail(ctx, ask, address)
        return _done(ctx, ctx.story.ticket(ticket, arrived, at=arrived_at))
    ticket = ctx.story.ticket(ticket, arrived, at=arrived_at)
    if ticket.status == "waiting_customer":
        ticket = ctx.story.ticket(ticket, e.CustomerAnswered(text=ask.text), at=arrived_at)
    elif not ticket.active:
        ticket = ctx.story.ticket(ticket, e.TicketReopened(reason=ask.subject or ask.mail))
    return _done(ctx, ticket, changed="joined")


def _address(ctx: Context, to: tuple[str, ...]) -> Address | None:
    """The desk's address that a mail came to; a shared one comes before a personal one (E-35)."""
    wanted = [each.casefold() for each in to]
    found = [each for each in ctx.policy.addresses if each.address.casefold() in wanted]
    return next((each for each in found if each.shared), next(iter(found), None))


def _quoted(ctx: Context, text: str) -> Ticket | None:
    for found in _QUOTED.findall(text):
        reference = parse(found.replace("\u00a0", " "))
        owner = ctx.view.reference_owner(reference) if reference is not None else None
        ticket = ctx.view.ticket(owner) if owner else None
        if ticket is not None:
            return ticket
    return None


def _from_mail(ctx: Context, ask: ReceiveMail, address: Address | None) -> Ticket:
    plain = (kind.id for kind in ctx.policy.kinds if not requirements(ctx.policy, "fault.saved", kind.id))
    kind = ask.kind or (address.kind if address is not None else "") or next(plain, ctx.policy.kinds[0].id)
    reference, _ = own_number(ctx, ask.reference, ask.ticket)
    made = CreateTicket(
        ticket=ask.ticket,
        reference=reference,
        channel="email",
        kind=kind,
        title=ask.subject[:200] or ask.mail,
        fault=Fault(caller=ask.sender, description=ask.text),
        customer=ask.customer,
        customer_kind=ask.customer_kind,
        email=ask.sender,
        received_at=ask.received_at,
    )
    office = ctx.actor.office or ctx.policy.offices[0].id
    return new_ticket(ctx, made, reference=reference, channel="email", office=office, call=None)


def send_message(ctx: Context, ask: SendMessage) -> Decided:
    """One of the policy's messages, whole (K-23)."""
    ticket = seen_ticket(ctx, ask.ticket)
    message = ctx.policy.message(ask.message)
    if message is None:
        choices = ", ".join(each.id for each in ctx.policy.messages)
        stop("unknown_message", "message", value=ask.message, choices=choices)
    dealing = followups.dealing(ctx.view, ticket, ticket, None, ctx.actor)
    customer = ctx.view.customer(ticket.customer) if ticket.customer else None
    what = e.NoteAdded(text=ask.text)
    made = messages.make(ctx.policy, message, ticket, what, ctx.command.id, messages.Facts(dealing, customer))
    return _done(ctx, ctx.story.ticket(ticket, made))


def leave_message(ctx: Context, ask: LeaveMessage) -> Decided:
    """A message for a role that takes no live calls (E-28)."""
    ticket = seen_ticket(ctx, ask.ticket)
    needed(ask.text, "missing_text", "text")
    role = known_role(ctx, ask.role, "role")
    return _done(ctx, ctx.story.ticket(ticket, MessageLeft(role=role, text=ask.text)))
