"""Folding the events beyond the first answer: mail, triage, escalation, plans, complaints, registers."""

from __future__ import annotations

import msgspec

from desk_core import events_of_service as s
from desk_core.events import Event
from desk_core.records import ActionPlan, Complaint, Entry, Escalation, Promise, Value
from desk_core.tickets import Ticket

_replace = msgspec.structs.replace


def applied(ticket: Ticket, event: Event) -> Ticket:
    """The ticket after an event of :mod:`desk_core.events_of_service`; unchanged by any other."""
    return _said(_moved(_complained(ticket, event), event), event)


def with_values(before: tuple[Value, ...], new: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values after some of them were written again."""
    written = {each.field for each in new}
    return (*(each for each in before if each.field not in written), *new)


def _said(ticket: Ticket, event: Event) -> Ticket:
    match event.what:
        case s.MailReceived(address=address, sender=sender, mail=mail):
            return _replace(ticket, address=address, email=ticket.email or sender, mail=mail)
        case s.MessageMade(once_key=key):
            return _replace(ticket, sent=(*ticket.sent, key))
        case s.FieldsSet(values=values):
            return _replace(ticket, fields=with_values(ticket.fields, values))
        case s.TimescaleSet(timescale=timescale):
            return _replace(ticket, timescale=timescale)
        case s.PromiseMade(id=number, promise=what, due=due):
            return _replace(ticket, promises=(*ticket.promises, Promise(id=number, what=what, due=due)))
        case s.PromiseKept(id=number):
            kept = (_replace(p, kept_at=event.at) if p.id == number else p for p in ticket.promises)
            return _replace(ticket, promises=tuple(kept))
        case s.PromiseBroken(id=number):
            broken = (_replace(p, broken_at=event.at) if p.id == number else p for p in ticket.promises)
            return _replace(ticket, promises=tuple(broken))
        case s.PlanSet(steps=steps, customer_agreed=agreed):
            return _replace(ticket, plan=ActionPlan(steps=steps, customer_agreed=agreed))
        case s.PlanAgreed():
            plan = ticket.plan or ActionPlan()
            return _replace(ticket, plan=_replace(plan, agreed_by=event.actor, agreed_at=event.at))
        case _:
            return ticket


def _moved(ticket: Ticket, event: Event) -> Ticket:
    match event.what:
        case s.TicketTriaged(category=category, department=department):
            return _replace(ticket, category=category, department=department, triage_owed=False)
        case s.TicketApproved():
            return _replace(ticket, approval="approved")
        case s.TicketRejected():
            return _replace(ticket, approval="rejected")
        case s.TicketExempted(contract=contract):
            return _replace(ticket, exempt=contract)
        case s.TicketIncluded():
            return _replace(ticket, exempt="")
        case s.TicketMarkedCommon(common=common):
            return _replace(ticket, common=common)
        case s.NextIssue():
            return _replace(ticket, follows="")
        case s.TicketEscalated():
            return _escalated(ticket, event, event.what)
        case s.RefusalProposed():
            return _replace(ticket, refusal="proposed")
        case s.RefusalApproved(approved=approved):
            return _replace(ticket, refusal="approved" if approved else "")
        case _:
            return ticket


def _escalated(ticket: Ticket, event: Event, what: s.TicketEscalated) -> Ticket:
    escalation = Escalation(
        step=what.step,
        at=event.at,
        role=what.role,
        member=what.member,
        was=ticket.holder,
        reason=what.reason,
        clock=what.clock,
    )
    ticket = _replace(ticket, escalations=(*ticket.escalations, escalation))
    if not what.takes_over:
        return ticket
    return _replace(ticket, holder=what.member, holder_department=what.department, undecided=False)


def _complained(ticket: Ticket, event: Event) -> Ticket:
    what = event.what
    if isinstance(what, s.ComplaintFiled):
        return _replace(ticket, complaint=what.complaint)
    if ticket.complaint is None:
        return ticket
    return _replace(ticket, complaint=_complaint(ticket.complaint, event))


def _complaint(complaint: Complaint, event: Event) -> Complaint:
    match event.what:
        case s.ComplaintAcknowledged():
            return _replace(complaint, acknowledged_at=complaint.acknowledged_at or event.at)
        case s.ComplaintUpdated():
            return _replace(complaint, updated_at=complaint.updated_at or event.at)
        case s.ComplaintUpdateReceived(deemed=False):
            return _replace(complaint, update_received_at=complaint.update_received_at or event.at)
        case s.ComplaintAnswered():
            answered = (*complaint.answered_by, event.actor)
            stage = "answered" if complaint.stage == "open" else complaint.stage
            return _replace(complaint, stage=stage, answered_by=answered)
        case s.ComplaintStageOpened(stage=stage):
            return _replace(complaint, stage=stage)
        case s.ComplaintDecided(measures=measures):
            return _replace(complaint, measures=measures, measures_done=())
        case s.ComplaintMeasureDone(number=number):
            return _replace(complaint, measures_done=(*complaint.measures_done, number))
        case s.ComplaintInformationComplete():
            return _replace(complaint, information_complete_at=event.at)
        case s.ComplaintRecordsChecked():
            return _replace(complaint, records_checked_at=event.at)
        case s.ComplaintAnalysed(text=text):
            return _replace(complaint, analysis=text)
        case _:
            return complaint


def apply_entry(entry: Entry | None, event: Event) -> Entry:
    """The line of a register after ``event``; what it said before stays in its history."""
    what = event.what
    if isinstance(what, s.EntryChanged) and entry is not None:
        before = "; ".join(f"{each.field}: {each.value}" for each in entry.values) or entry.decision
        return _replace(what.entry, history=(*entry.history, before))
    if isinstance(what, s.EntryAdded | s.EntryChanged):
        return what.entry
    if isinstance(what, s.EntryOverdue) and entry is not None:
        return entry
    raise ValueError(f"{event.kind} on an entry that was never added")
