"""Folding events into entities: pure, without policy, so that history reads the same for ever."""

from __future__ import annotations

import msgspec

from desk_core import events as e
from desk_core.calls import Call
from desk_core.clock_changes import apply_change
from desk_core.decisions.apply_leases import leased
from desk_core.decisions.apply_service import applied
from desk_core.events_of_service import CallNamed
from desk_core.tickets import Ticket

_replace = msgspec.structs.replace


def apply_call(call: Call | None, event: e.Event) -> Call:
    """The call after ``event``. Raises ValueError when the call's first event is not its beginning."""
    what = event.what
    if isinstance(what, e.CallRang):
        return Call(
            id=event.call,
            reference=what.reference,
            spoken=what.spoken,
            direction=what.direction,
            number=what.number,
            number_e164=what.number_e164,
            rang_at=event.at,
            member=event.actor,
            office=what.office,
            department=what.department,
            phone_call_id=what.phone_call_id,
        )
    if call is None:
        raise ValueError(f"{event.kind} on a call that never began")
    match what:
        case e.CallAnswered():
            return _replace(call, answered_at=event.at)
        case e.CallHungUp():
            return _replace(call, ended_at=event.at)
        case e.CallTold():
            return _replace(call, told_at=event.at, not_told=False)
        case e.CallLogged(ticket=ticket, department=department):
            return _replace(call, ticket=ticket, department=department)
        case CallNamed():
            return _replace(call, named_at=event.at)
        case e.CallEnded(outcome=outcome, remark=remark, not_told=not_told):
            return _replace(call, ended_at=call.ended_at or event.at, outcome=outcome, remark=remark, not_told=not_told)
        case _:
            return call


def apply_ticket(ticket: Ticket | None, event: e.Event) -> Ticket:
    """The ticket after ``event`` and its clock changes. Raises ValueError when its first event is not its creation."""
    if isinstance(event.what, e.TicketCreated):
        ticket = _born(event, event.what)
    elif ticket is None:
        raise ValueError(f"{event.kind} on a ticket that was never created")
    else:
        ticket = _replace(_after(ticket, event), changed_at=event.recorded_at)
    clocks = ticket.clocks
    for change in event.clocks:
        clocks = apply_change(clocks, change)
    flags = ticket.flags + tuple(f for f in event.flags if f not in ticket.flags)
    return _replace(ticket, clocks=clocks, flags=flags)


def _born(event: e.Event, what: e.TicketCreated) -> Ticket:
    return Ticket(
        id=event.ticket,
        reference=what.reference,
        kind=what.kind,
        channel=what.channel,
        department=what.department,
        office=what.office,
        holder=what.holder,
        holder_department=what.holder_department,
        customer=what.customer,
        contact=what.contact,
        title=what.title,
        received_at=what.received_at,
        changed_at=event.recorded_at,
        imported=what.imported,
        imported_at=event.recorded_at if what.imported else None,
        policy_version=what.policy_version,
        undecided=what.way_owed,
        email=what.email,
        no_email=what.no_email,
        customer_kind=what.customer_kind,
        follows=what.follows,
        triage_owed=what.triage_owed,
        approval="waiting" if what.approval_owed else "",
        excluded=what.excluded,
        timescale=what.timescale,
        exempt=what.exempt,
    )


def _after(ticket: Ticket, event: e.Event) -> Ticket:
    return leased(ticket, applied(_held(_worked(ticket, event), event), event), event)


def _held(ticket: Ticket, event: e.Event) -> Ticket:
    """Who has it: holder, department, office."""
    match event.what:
        case e.PutThrough(member=member, department=department):
            return _replace(ticket, holder=member, holder_department=department, undecided=False)
        case e.PutThroughNotPossible():
            return _replace(ticket, holder="", holder_department="", undecided=False, call_back=True)
        case e.CallBackAttempted(by_specialist=True, reached=True):
            return _replace(ticket, call_back=False)
        case e.TicketTaken(member=member, department=department):
            return _replace(ticket, holder=member, holder_department=department)
        case e.TicketGivenBack():
            return _replace(ticket, holder="", holder_department="", undecided=False)
        case e.TicketHandedOver(member=member, department=department):
            return _replace(ticket, holder=member, holder_department=department, undecided=False)
        case e.TicketTransferred(department=department):
            return _replace(ticket, department=department, holder="", holder_department="", undecided=False)
        case e.OfficeMoved(office=office):
            return _replace(ticket, office=office)
        case _:
            return ticket


def _worked(ticket: Ticket, event: e.Event) -> Ticket:
    """What is known and how far it is: fault, class, entitlement, status, time."""
    match event.what:
        case e.FaultSaved(fault=fault):
            return _replace(ticket, fault=fault)
        case e.CustomerFound(customer=customer, customer_kind=kind):
            return _replace(ticket, customer=customer or ticket.customer, customer_kind=kind or ticket.customer_kind)
        case e.TicketClassified(category=category, classification=classification):
            return _replace(ticket, category=category, classification=classification)
        case e.EntitlementFound(entitlement=entitlement):
            return _replace(ticket, entitlement=entitlement)
        case e.ReferenceAdded(alias=alias):
            return _replace(ticket, aliases=(*ticket.aliases, alias))
        case e.WorkLogged(minutes=minutes):
            return _replace(ticket, minutes=ticket.minutes + minutes)
        case e.InformationRequested(question=question):
            return _replace(ticket, questions=(*ticket.questions, question))
        case e.WaitingForCustomer():
            return _replace(ticket, status="waiting_customer")
        case e.CustomerAnswered():
            if ticket.status != "waiting_customer":
                return _replace(ticket, questions=())
            return _replace(ticket, status="open", questions=(), awaited_since=event.at)
        case e.CustomerCalledAgain():
            return _replace(ticket, called_again=ticket.called_again + 1)
        case e.TicketResolved():
            return _replace(ticket, status="resolved", solution=event.what.solution)
        case e.TicketClosed():
            done = {"closed_at": event.at, "closed_by": event.actor}
            return _replace(ticket, status="closed", holder="", holder_department="", **done)
        case e.TicketReopened():
            return _replace(ticket, status="open", closed_at=None, closed_by="", awaited_since=event.at)
        case _:
            return ticket
