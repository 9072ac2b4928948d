"""The door: one command in, one answer out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from desk_core import commands as c
from desk_core import commands_of_service as service
from desk_core.decisions import (
    fields,
    on_calls,
    on_complaints,
    on_escalation,
    on_files,
    on_handover,
    on_import,
    on_registers,
    on_service,
    on_work,
)
from desk_core.decisions.context import Context, stop
from desk_core.decisions.outcome import Decided, Outcome, Refused, Undecided
from desk_core.people import Member
from desk_core.views import Lacking, View
from desk_core.wording import text_refusal

# The asks differ per handler; `decide` looks the handler up by the ask's own class, so the pair always fits.
_HANDLERS: dict[type[c.Ask], Callable[[Context, Any], Decided]] = {
    c.BeginCall: on_calls.begin_call,
    c.AnswerCall: on_calls.answer_call,
    c.HangUp: on_calls.hang_up,
    c.TellCall: on_calls.tell_call,
    c.EndCall: on_calls.end_call,
    c.LogCall: on_calls.log_call,
    c.CreateTicket: on_calls.create_ticket,
    c.PutThrough: on_handover.put_through,
    c.OfferCallBack: on_handover.offer_call_back,
    c.AttemptCallBack: on_handover.attempt_call_back,
    c.TakeNext: on_handover.take_next,
    c.GiveBack: on_handover.give_back,
    c.HandOver: on_handover.hand_over,
    c.Transfer: on_handover.transfer,
    c.MoveOffice: on_handover.move_office,
    c.Reply: on_work.reply,
    c.AddNote: on_work.add_note,
    c.LogTime: on_work.log_time,
    c.RequestInformation: on_work.request_information,
    c.WaitForCustomer: on_work.wait_for_customer,
    c.CustomerAnswers: on_work.customer_answers,
    c.Resolve: on_work.resolve,
    c.Close: on_work.close,
    c.Reopen: on_work.reopen,
    c.Classify: on_work.classify,
    c.CorrectFault: on_work.correct_fault,
    c.ImportTicket: on_import.import_ticket,
    c.AttachFile: on_files.attach_file,
    service.ReceiveMail: on_service.receive_mail,
    service.SendMessage: on_service.send_message,
    service.LeaveMessage: on_service.leave_message,
    service.GiveName: on_calls.give_name,
    service.Take: on_service.take,
    service.SetFields: fields.set_fields,
    service.SetTimescale: fields.set_timescale,
    service.Triage: on_service.triage,
    service.Approve: on_service.approve,
    service.Reject: on_service.reject,
    service.Exempt: on_service.exempt,
    service.Include: on_service.include,
    service.MarkCommon: on_service.mark_common,
    service.Escalate: on_escalation.escalate,
    service.SetPlan: on_escalation.set_plan,
    service.AgreePlan: on_escalation.agree_plan,
    service.MakePromise: fields.make_promise,
    service.KeepPromise: fields.keep_promise,
    service.AcknowledgeComplaint: on_complaints.acknowledge,
    service.UpdateComplaint: on_complaints.update,
    service.ConfirmUpdateReceived: on_complaints.confirm_update,
    service.AnswerComplaint: on_complaints.answer,
    service.OpenComplaintStage: on_complaints.open_stage,
    service.RecordDecision: on_complaints.decision,
    service.CompleteMeasure: on_complaints.measure,
    service.CompleteInformation: on_complaints.information_complete,
    service.CheckRecords: on_complaints.check_records,
    service.AnalyseComplaint: on_complaints.analyse,
    service.AnswerSurvey: on_registers.answer_survey,
    service.ProposeRefusal: on_escalation.propose_refusal,
    service.ApproveRefusal: on_escalation.approve_refusal,
    service.AddEntry: on_registers.add_entry,
    service.ChangeEntry: on_registers.change_entry,
    service.EnterAbsence: on_registers.enter_absence,
}


def decide(view: View, command: c.Command, actor: Member, now: dt.datetime) -> Outcome:
    """What ``command`` makes happen in the world of ``view``, as ``actor``, at ``now`` (the deciding program's time, UTC).

    Pure: the same arguments give the same answer. A client that lacks a fact gets :class:`Undecided`, never a guess (design § 1).
    """
    try:
        _admit(command, actor)
        return _HANDLERS[type(command.ask)](Context(view, command, actor, now), command.ask)
    except Refused as refused:
        return refused.refusal
    except Lacking as lacking:
        return Undecided(fact=lacking.fact)


def _admit(command: c.Command, actor: Member) -> None:
    """Rights and text before anything else: a command runs only as its recorded actor (P21), and every text can be stored (R63, R64)."""
    if command.actor != actor.id:
        stop("wrong_actor")
    if not actor.active:
        stop("inactive")
    unfit = text_refusal(command.ask)
    if unfit is not None:
        raise Refused(unfit)
