"""A complaint from its acknowledgement to an outside body's decision (K-20, K-24 to K-29, E-38, E-39, E-41)."""

from __future__ import annotations

import datetime as dt

from desk_core import clocks
from desk_core import events as e
from desk_core.commands_of_service import (
    AcknowledgeComplaint,
    AnalyseComplaint,
    AnswerComplaint,
    CheckRecords,
    CompleteInformation,
    CompleteMeasure,
    ConfirmUpdateReceived,
    OpenComplaintStage,
    RecordDecision,
    UpdateComplaint,
)
from desk_core.decisions.context import Context, held_ticket, needed, role_titles, seen_ticket, stop
from desk_core.decisions.outcome import Decided
from desk_core.events_of_service import (
    ComplaintAcknowledged,
    ComplaintAnalysed,
    ComplaintAnswered,
    ComplaintDecided,
    ComplaintInformationComplete,
    ComplaintMeasureDone,
    ComplaintRecordsChecked,
    ComplaintStageOpened,
    ComplaintUpdated,
    ComplaintUpdateReceived,
)
from desk_core.policy_tables import ComplaintRule, Stage
from desk_core.records import Complaint
from desk_core.tickets import Ticket


def _done(ctx: Context, ticket: Ticket, changed: str = "") -> Decided:
    return ctx.story.decided(changed=changed, ticket=ticket.id, reference=ticket.reference)


def _of(ctx: Context, ticket: Ticket) -> tuple[Complaint, ComplaintRule]:
    rule = ctx.policy.complaint(ticket.complaint.kind) if ticket.complaint is not None else None
    if ticket.complaint is None or rule is None:
        stop("no_complaint", "ticket")
    return ticket.complaint, rule


def acknowledge(ctx: Context, ask: AcknowledgeComplaint) -> Decided:
    """Its receipt is confirmed. A spoken confirmation is kept and keeps no promise of a written one (E-38)."""
    ticket = held_ticket(ctx, ask.ticket)
    _of(ctx, ticket)
    if not ask.spoken:
        needed(ask.text, "missing_text", "text")
    counts = not ask.spoken
    ticket = ctx.story.ticket(ticket, ComplaintAcknowledged(spoken=ask.spoken, text=ask.text))
    return _done(ctx, ticket, changed="" if counts else "not_counted")


def update(ctx: Context, ask: UpdateComplaint) -> Decided:
    """How the investigation goes. A mail is received when it is sent; a letter when that becomes known (K-25, K-26)."""
    ticket = held_ticket(ctx, ask.ticket)
    complaint, rule = _of(ctx, ticket)
    needed(ask.text, "missing_text", "text")
    ticket = ctx.story.ticket(ticket, ComplaintUpdated(text=ask.text))
    if complaint.update_received_at is not None:
        return _done(ctx, ticket)
    if not ask.by_letter:
        return _done(ctx, ctx.story.ticket(ticket, ComplaintUpdateReceived()))
    deemed = clocks.deadline(ctx.policy, rule.deemed_calendar, rule.deemed_received, ctx.at)
    if deemed is not None:
        # The last moment of the day on which a letter is taken to have arrived, while nobody knows better.
        last = deemed - dt.timedelta(seconds=1)
        ticket = ctx.story.ticket(ticket, ComplaintUpdateReceived(deemed=True), at=last)
    return _done(ctx, ticket)


def confirm_update(ctx: Context, ask: ConfirmUpdateReceived) -> Decided:
    """The customer has the first update, on the day that is stated (K-26)."""
    ticket = seen_ticket(ctx, ask.ticket)
    complaint, _ = _of(ctx, ticket)
    if complaint.update_received_at is not None:
        stop("already_done", "ticket")
    return _done(ctx, ctx.story.ticket(ticket, ComplaintUpdateReceived()))


def _stage(rule: ComplaintRule, complaint: Complaint) -> Stage | None:
    return next((stage for stage in rule.stages if stage.id == complaint.stage), None)


def answer(ctx: Context, ask: AnswerComplaint) -> Decided:
    """The formal response, with the rights that it must name; in an appeal another person decides (K-26 to K-28)."""
    ticket = held_ticket(ctx, ask.ticket)
    complaint, rule = _of(ctx, ticket)
    needed(ask.text, "missing_text", "text")
    stage = _stage(rule, complaint)
    if stage is not None and stage.other_person and ctx.actor.id in complaint.answered_by:
        stop("other_person", "ticket")
    return _done(ctx, ctx.story.ticket(ticket, ComplaintAnswered(text=ask.text), flags=("replied",)))


def open_stage(ctx: Context, ask: OpenComplaintStage) -> Decided:
    """It goes further, also long after it was closed: there is no time limit (K-27, K-28)."""
    ticket = seen_ticket(ctx, ask.ticket)
    complaint, rule = _of(ctx, ticket)
    if ask.stage not in [stage.id for stage in rule.stages]:
        choices = ", ".join(stage.id for stage in rule.stages) or "none"
        stop("no_such_stage", "stage", value=ask.stage, choices=choices)
    if not complaint.answered_by:
        stop("not_answered_yet", "ticket")
    ticket = ctx.story.ticket(ticket, ComplaintStageOpened(stage=ask.stage, reason=ask.reason))
    if not ticket.active:
        ticket = ctx.story.ticket(ticket, e.TicketReopened(reason=ask.stage))
    return _done(ctx, ticket)


def decision(ctx: Context, ask: RecordDecision) -> Decided:
    """An outside body decided: its measures are done before the complaint closes (K-29)."""
    ticket = seen_ticket(ctx, ask.ticket)
    complaint, rule = _of(ctx, ticket)
    stage = _stage(rule, complaint)
    if stage is None or not stage.binding:
        choices = ", ".join(each.id for each in rule.stages if each.binding) or "none"
        stop("no_such_stage", "stage", value=complaint.stage, choices=choices)
    return _done(ctx, ctx.story.ticket(ticket, ComplaintDecided(measures=ask.measures)))


def measure(ctx: Context, ask: CompleteMeasure) -> Decided:
    """One measure is done (K-29)."""
    ticket = seen_ticket(ctx, ask.ticket)
    complaint, _ = _of(ctx, ticket)
    if not 0 <= ask.number < len(complaint.measures) or ask.number in complaint.measures_done:
        stop("no_such_measure", "number")
    return _done(ctx, ctx.story.ticket(ticket, ComplaintMeasureDone(number=ask.number)))


def information_complete(ctx: Context, ask: CompleteInformation) -> Decided:
    """All that is relevant is there; from here the answer is owed (E-39)."""
    ticket = seen_ticket(ctx, ask.ticket)
    _of(ctx, ticket)
    return _done(ctx, ctx.story.ticket(ticket, ComplaintInformationComplete()))


def check_records(ctx: Context, ask: CheckRecords) -> Decided:
    """Somebody looked through the call records (K-20)."""
    ticket = seen_ticket(ctx, ask.ticket)
    _of(ctx, ticket)
    return _done(ctx, ctx.story.ticket(ticket, ComplaintRecordsChecked()))


def analyse(ctx: Context, ask: AnalyseComplaint) -> Decided:
    """By the role that owes it, from whatever department (E-41)."""
    ticket = seen_ticket(ctx, ask.ticket)
    _, rule = _of(ctx, ticket)
    needed(ask.text, "missing_text", "text")
    if rule.role and rule.role not in ctx.actor.functions:
        stop("only_role", role=role_titles(ctx, [rule.role]))
    return _done(ctx, ctx.story.ticket(ticket, ComplaintAnalysed(text=ask.text)))
