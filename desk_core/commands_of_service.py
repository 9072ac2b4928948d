"""Commands beyond the call and its answer: mail, triage, approval, escalation, plans, complaints, surveys, registers."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal

import msgspec

from desk_core.commands_base import Ask
from desk_core.records import Evidence, PlanStep, Value


class ComplaintForm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the form of a complaint asks (K-13 to K-22, E-40, E-43)."""

    kind: str = ""
    summary: str
    subject: Literal["service", "staff"] = "service"
    member: str = ""
    personal_data: bool = False
    log_under: str = ""
    evidence: Evidence = Evidence()
    accepted: bool = False


class ReceiveMail(Ask, frozen=True, kw_only=True):
    """A customer's mail arrived: it joins the ticket whose reference it quotes, else it becomes one (A-36, A-40, E-32, E-35), of the
    ``customer`` where the sender is known."""

    name: ClassVar[str] = "receive_mail"
    captures: ClassVar[bool] = True
    mail: str
    ticket: str
    reference: str
    sender: str
    to: tuple[str, ...]
    subject: str = ""
    text: str = ""
    kind: str = ""
    customer: str = ""
    customer_kind: str = ""
    received_at: dt.datetime


class SendMessage(Ask, frozen=True, kw_only=True):
    """Send one of the policy's messages by hand (K-23, K-31)."""

    name: ClassVar[str] = "send_message"
    ticket: str
    message: str
    text: str = ""


class LeaveMessage(Ask, frozen=True, kw_only=True):
    """A caller leaves a message for a role that takes no live calls (E-28)."""

    name: ClassVar[str] = "leave_message"
    captures: ClassVar[bool] = True
    ticket: str
    role: str
    text: str


class GiveName(Ask, frozen=True, kw_only=True):
    """Who answered gave the own name (A-49)."""

    name: ClassVar[str] = "give_name"
    captures: ClassVar[bool] = True
    call: str


class Take(Ask, frozen=True, kw_only=True):
    """Claim a chosen ticket: possible where the policy leaves the choice free, refused where the order is mandated (V-23)."""

    name: ClassVar[str] = "take"
    ticket: str


class SetFields(Ask, frozen=True, kw_only=True):
    """Fill in fields of the policy (E-19, E-21, K-06, V-10)."""

    name: ClassVar[str] = "set_fields"
    ticket: str
    values: tuple[Value, ...]


class SetTimescale(Ask, frozen=True, kw_only=True):
    """Qualify the timescale with the customer: an amount such as "2 working days", or "until" an instant (A-24)."""

    name: ClassVar[str] = "set_timescale"
    ticket: str
    timescale: str


class Triage(Ask, frozen=True, kw_only=True):
    """Decide which department an issue belongs to (V-01, V-09)."""

    name: ClassVar[str] = "triage"
    ticket: str
    category: str
    department: str = ""


class Approve(Ask, frozen=True, kw_only=True):
    """Approve a requirement (V-15)."""

    name: ClassVar[str] = "approve"
    ticket: str


class Reject(Ask, frozen=True, kw_only=True):
    """Reject a requirement, with a written answer (V-15)."""

    name: ClassVar[str] = "reject"
    ticket: str
    text: str


class Exempt(Ask, frozen=True, kw_only=True):
    """A contract rules instead of the charter (A-03)."""

    name: ClassVar[str] = "exempt"
    ticket: str
    exemption: str
    contract: str


class Include(Ask, frozen=True, kw_only=True):
    """The charter applies after all (A-03)."""

    name: ClassVar[str] = "include"
    ticket: str
    reason: str


class MarkCommon(Ask, frozen=True, kw_only=True):
    """Say whether it is a common issue (V-20)."""

    name: ClassVar[str] = "mark_common"
    ticket: str
    common: bool


class Escalate(Ask, frozen=True, kw_only=True):
    """Move a ticket up the ladder by hand, or ask for somebody on a call (A-44, H-28); the policy says whether a reason is owed."""

    name: ClassVar[str] = "escalate"
    captures: ClassVar[bool] = True
    step: str
    ticket: str = ""
    call: str = ""
    reason: str = ""


class SetPlan(Ask, frozen=True, kw_only=True):
    """Write the action plan (A-45)."""

    name: ClassVar[str] = "set_plan"
    ticket: str
    steps: tuple[PlanStep, ...]
    customer_agreed: dt.date | None = None


class AgreePlan(Ask, frozen=True, kw_only=True):
    """Agree the action plan, by the role that may (A-45, A-59)."""

    name: ClassVar[str] = "agree_plan"
    ticket: str


class MakePromise(Ask, frozen=True, kw_only=True):
    """Promise something by a moment (A-25)."""

    name: ClassVar[str] = "make_promise"
    ticket: str
    promise: str
    what: str
    due: dt.datetime


class KeepPromise(Ask, frozen=True, kw_only=True):
    """A promise was kept (A-25)."""

    name: ClassVar[str] = "keep_promise"
    ticket: str
    promise: str


class AcknowledgeComplaint(Ask, frozen=True, kw_only=True):
    """Confirm the receipt of a complaint; ``spoken`` when it was done by voice (K-24, E-38)."""

    name: ClassVar[str] = "acknowledge_complaint"
    ticket: str
    text: str = ""
    spoken: bool = False


class UpdateComplaint(Ask, frozen=True, kw_only=True):
    """Tell how the investigation goes; ``by_letter`` when it was posted, so that its receipt is known later (K-25, K-26)."""

    name: ClassVar[str] = "update_complaint"
    ticket: str
    text: str
    by_letter: bool = False


class ConfirmUpdateReceived(Ask, frozen=True, kw_only=True):
    """The customer received the first update (K-26)."""

    name: ClassVar[str] = "confirm_update_received"
    ticket: str


class AnswerComplaint(Ask, frozen=True, kw_only=True):
    """The formal response, or the answer of a later stage (K-26, E-39)."""

    name: ClassVar[str] = "answer_complaint"
    ticket: str
    text: str


class OpenComplaintStage(Ask, frozen=True, kw_only=True):
    """The complaint goes further: an appeal, an outside body (K-27, K-28)."""

    name: ClassVar[str] = "open_complaint_stage"
    ticket: str
    stage: str
    reason: str = ""


class RecordDecision(Ask, frozen=True, kw_only=True):
    """An outside body decided, with measures that bind (K-29)."""

    name: ClassVar[str] = "record_decision"
    ticket: str
    measures: tuple[str, ...]


class CompleteMeasure(Ask, frozen=True, kw_only=True):
    """A measure was carried out; counted from 0 (K-29)."""

    name: ClassVar[str] = "complete_measure"
    ticket: str
    number: int


class CompleteInformation(Ask, frozen=True, kw_only=True):
    """All relevant information is there (E-39)."""

    name: ClassVar[str] = "complete_information"
    ticket: str


class CheckRecords(Ask, frozen=True, kw_only=True):
    """The call records of a complaint were looked through (K-20)."""

    name: ClassVar[str] = "check_records"
    ticket: str


class AnalyseComplaint(Ask, frozen=True, kw_only=True):
    """The analysis of the role that owes it (E-41)."""

    name: ClassVar[str] = "analyse_complaint"
    ticket: str
    text: str


class AnswerSurvey(Ask, frozen=True, kw_only=True):
    """What somebody answered to a survey, and how it was asked (H-26)."""

    name: ClassVar[str] = "answer_survey"
    ticket: str
    survey: str
    mode: str
    answers: tuple[str, ...]


class ProposeRefusal(Ask, frozen=True, kw_only=True):
    """Propose to refuse help because of conduct (K-10)."""

    name: ClassVar[str] = "propose_refusal"
    ticket: str
    conduct: str
    facts: str


class ApproveRefusal(Ask, frozen=True, kw_only=True):
    """Decide on a proposed refusal (K-10)."""

    name: ClassVar[str] = "approve_refusal"
    ticket: str
    approved: bool


class AddEntry(Ask, frozen=True, kw_only=True):
    """Add a line to a register."""

    name: ClassVar[str] = "add_entry"
    captures: ClassVar[bool] = True
    entry: str
    register: str
    values: tuple[Value, ...] = ()
    member: str = ""
    subject: str = ""
    ticket: str = ""
    due: dt.date | None = None


class ChangeEntry(Ask, frozen=True, kw_only=True):
    """Decide on a line of a register, or correct it."""

    name: ClassVar[str] = "change_entry"
    entry: str
    values: tuple[Value, ...] = ()
    decision: str = ""
    due: dt.date | None = None


class EnterAbsence(Ask, frozen=True, kw_only=True):
    """A member will be away, with the notice that mails get meanwhile (E-36, E-37)."""

    name: ClassVar[str] = "enter_absence"
    entry: str
    member: str
    begins: dt.datetime
    ends: dt.datetime
    notice: str = ""


Service = (
    ReceiveMail
    | SendMessage
    | LeaveMessage
    | GiveName
    | Take
    | SetFields
    | SetTimescale
    | Triage
    | Approve
    | Reject
    | Exempt
    | Include
    | MarkCommon
    | Escalate
    | SetPlan
    | AgreePlan
    | MakePromise
    | KeepPromise
    | AcknowledgeComplaint
    | UpdateComplaint
    | ConfirmUpdateReceived
    | AnswerComplaint
    | OpenComplaintStage
    | RecordDecision
    | CompleteMeasure
    | CompleteInformation
    | CheckRecords
    | AnalyseComplaint
    | AnswerSurvey
    | ProposeRefusal
    | ApproveRefusal
    | AddEntry
    | ChangeEntry
    | EnterAbsence
)
