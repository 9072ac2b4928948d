"""How a ticket begins, on whatever channel: gates, customer, office, triage, approval, complaint (H-05, V-01, V-15, K-23)."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk_core import entitlement, scope
from desk_core import events as e
from desk_core.calls import Call
from desk_core.commands import CreateTicket, LogCall
from desk_core.decisions import complaint_forms
from desk_core.decisions.context import Context, internationalised, known_department, known_kind, reported, stop
from desk_core.decisions.fields import checked_timescale, checked_values
from desk_core.decisions.gates import check_fault, check_ticket, classes, missing_on_ticket, requirements, title_of
from desk_core.events_of_service import ComplaintAcknowledged, ComplaintFiled, FieldsSet
from desk_core.people import Customer
from desk_core.tickets import Ticket


def new_ticket(
    ctx: Context, ask: LogCall | CreateTicket, *, reference: str, channel: str, office: str, call: Call | None
) -> Ticket:
    """The ticket of an ask, with all that the policy hangs on its beginning."""
    # The id of somebody's ticket would let a stranger write over it, and read its history by that.
    if ctx.view.ticket(ask.ticket) is not None or ctx.view.ticket_elsewhere(ask.ticket):
        stop("ticket_known", "ticket")
    kind = known_kind(ctx, ask.kind)
    _refuse_channel(ctx, channel, kind)
    check_fault(ctx.policy, kind, ask.fault, ctx.actor)
    complaint = complaint_forms.read(ctx, ask.complaint, kind, channel)
    title = title_of(ask) or (complaint.summary.strip().splitlines()[0][:200] if complaint else "")
    if not title:
        stop("missing_title", "title")
    customer = _customer(ctx, ask.customer, ask.fault.company)
    values = checked_values(ctx, None, ask.fields)
    created = _created(ctx, ask, kind=kind, channel=channel, office=office, customer=customer, call=call)
    hidden_from = complaint_forms.excluded(ctx, complaint)
    created = msgspec.structs.replace(created, reference=reference, title=title, excluded=hidden_from)
    ticket = ctx.story.ticket(ask.ticket, created)
    ticket = ctx.story.ticket(ticket, e.FaultSaved(fault=internationalised(ctx, ask.fault, created.office)))
    category, classification = classes(ctx.policy, ask.category, ask.classification)
    if category or classification:
        ticket = ctx.story.ticket(ticket, e.TicketClassified(category=category, classification=classification))
    owner = customer.id if customer else ""
    found = entitlement.of_call(ctx.view, owner, ask.fault.serial, created.office, ticket.received_at)
    ticket = ctx.story.ticket(ticket, e.EntitlementFound(entitlement=found))
    if values:
        ticket = ctx.story.ticket(ticket, FieldsSet(values=values))
    if complaint is not None:
        filed = ComplaintFiled(complaint=complaint)
        ticket = ctx.story.ticket(ticket, filed, at=ticket.received_at)
        if complaint_forms.acknowledges_itself(ctx, complaint, channel):
            ticket = ctx.story.ticket(ticket, ComplaintAcknowledged(), at=ticket.received_at)
        if role := complaint_forms.empty_role(ctx, complaint):
            ticket = ctx.story.ticket(ticket, e.RoleEmpty(role=role), at=ticket.received_at)
            ctx.story.hint(f"role_empty:{role}")
    check_ticket(ctx.policy, "ticket.created", ticket)
    ctx.story.hint(*missing_on_ticket(ctx.policy, "ticket.created", ticket, warnings=True))
    return ticket


def _created(
    ctx: Context,
    ask: LogCall | CreateTicket,
    *,
    kind: str,
    channel: str,
    office: str,
    customer: Customer | None,
    call: Call | None,
) -> e.TicketCreated:
    policy = ctx.policy
    department, triage_owed = _department(ctx, ask, kind)
    way_owed = call is not None and "way_chosen" in requirements(policy, "call.ended", kind, channel="phone")
    # What its taker can neither put through nor work on belongs into the other department's queue at once.
    kept = way_owed or scope.covers(ctx.actor, department)
    held = call is not None and policy.ticket.taker_holds and not triage_owed and kept
    if policy.ticket.office_of == "customer" and customer is not None and policy.office(customer.office) is not None:
        office = customer.office
    customer_kind = ask.customer_kind or (customer.kind if customer else "")
    refuse_customer(ctx, customer_kind)
    if ask.exempt and not policy.exemptions:
        stop("unknown_exemption", "exempt", value=ask.exempt, choices="none")
    follows = ""
    if policy.queue.one_per_customer and customer is not None:
        follows = next((t.id for t in reversed(ctx.view.open_issues(customer.id)) if t.id != ask.ticket), "")
    return e.TicketCreated(
        reference="",
        kind=kind,
        channel=channel,
        department=department,
        office=office,
        holder=ctx.actor.id if held else "",
        holder_department=scope.home(ctx.actor, department) if held else "",
        customer=customer.id if customer else "",
        contact=ask.contact,
        title="",
        received_at=_received(ctx, ask, call),
        call=call.id if call else "",
        policy_version=policy.head.version,
        way_owed=way_owed,
        email=ask.email or (customer.email if customer else ""),
        no_email=ask.no_email,
        customer_kind=customer_kind,
        follows=follows,
        triage_owed=triage_owed,
        approval_owed=any(kind in each.kinds for each in policy.approvals),
        timescale=checked_timescale(ctx, ask.timescale),
        exempt=ask.exempt,
    )


def _refuse_channel(ctx: Context, channel: str, kind: str) -> None:
    found = ctx.policy.channel(channel)
    if ctx.policy.channels and found is None:
        stop("channel_refused", "channel", channel=channel, rules="", offer="")
    if found is not None and kind in found.refuses:
        offer = ctx.policy.message(found.offers)
        rules = f" ({', '.join(found.rules)})" if found.rules else ""
        stop("channel_refused", "kind", channel=found.title, rules=rules, offer=offer.text if offer else "")


def refuse_customer(ctx: Context, kind: str) -> None:
    """Refuses a kind of customer that the policy does not serve, or does not know (V-30, E-01)."""
    rule = ctx.policy.ticket
    if kind and kind in rule.refuses_customers:
        stop("customer_refused", "customer", kind=kind)
    known = [each.id for each in rule.customer_kinds]
    if kind and known and kind not in known:
        stop("unknown_choice", "customer_kind", value=kind, title="customer_kind", choices=", ".join(known))


def _department(ctx: Context, ask: LogCall | CreateTicket, kind: str) -> tuple[str, bool]:
    """Where it belongs, and whether somebody must decide that first (V-01, V-09)."""
    policy = ctx.policy
    category = policy.category(ask.category)
    several = category is not None and len(category.departments) > 1
    if policy.queue.triage or (several and not ask.department):
        return policy.default_department, True
    return known_department(ctx, ask.department or policy.department_for(kind, ask.category)), False


def _received(ctx: Context, ask: LogCall | CreateTicket, call: Call | None) -> dt.datetime:
    """When the customer came to us: the first ring, or what was stated, within bounds (TS-11)."""
    stated = ask.received_at if isinstance(ask, CreateTicket) else (call.rang_at if call and call.rang_at else ctx.at)
    return reported(ctx, stated)


def _customer(ctx: Context, customer_id: str, company: str) -> Customer | None:
    """The customer chosen, or the only one of that name."""
    if customer_id:
        return ctx.view.customer(customer_id)
    named = ctx.view.customers_named(company) if company.strip() else ()
    return named[0] if len(named) == 1 else None
