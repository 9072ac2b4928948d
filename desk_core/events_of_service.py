"""What can happen to a ticket beyond its first answer: mail, messages, escalation, plans, complaints, surveys, registers."""

from __future__ import annotations

import datetime as dt

from desk_core.events_base import What
from desk_core.records import Complaint, Entry, PlanStep, Value

# --- mail and messages ------------------------------------------------------------------------------------------------------


class MailReceived(What, frozen=True, kw_only=True, tag="mail.received"):
    """A customer's mail arrived at ``address``, an id of the policy or ``personal`` (A-36, E-32, E-35)."""

    mail: str
    sender: str
    address: str
    subject: str = ""
    text: str = ""


class MessageMade(What, frozen=True, kw_only=True, tag="message.made"):
    """A message is ready to be sent, once for its ``once_key``: whole, with sender, copies and all its parts. An empty ``to`` says that
    nobody can be written to, which is listed; several addresses stand apart by a comma. It is sent at once, or when the calendar opens
    (``not_before``); ``answers`` is the mail that it replies to; ``automatic``: no person wrote any of it (R56)."""

    message: str
    once_key: str
    to: str
    sender: str = ""
    copies: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()
    not_before: dt.datetime | None = None
    answers: str = ""
    automatic: bool = False


class MessageLeft(What, frozen=True, kw_only=True, tag="message.left"):
    """A caller left a message for somebody who takes no live calls (E-28)."""

    role: str
    text: str


# --- calls ------------------------------------------------------------------------------------------------------------------


class CallNamed(What, frozen=True, kw_only=True, tag="call.named"):
    """Who answered gave the own name (A-49)."""


class CallEscalated(What, frozen=True, kw_only=True, tag="call.escalated"):
    """The caller wants somebody of the ladder, with or without a ticket (H-28)."""

    step: str
    role: str
    member: str = ""


# --- what a ticket says of itself -------------------------------------------------------------------------------------------


class FieldsSet(What, frozen=True, kw_only=True, tag="fields.set"):
    """Fields of the policy were filled in or corrected."""

    values: tuple[Value, ...]


class TimescaleSet(What, frozen=True, kw_only=True, tag="timescale.set"):
    """The timescale was qualified with the customer: an amount, or ``until`` an instant (A-24)."""

    timescale: str


class TicketTriaged(What, frozen=True, kw_only=True, tag="ticket.triaged"):
    """Somebody decided which department the issue belongs to (V-01)."""

    category: str
    department: str


class TicketApproved(What, frozen=True, kw_only=True, tag="ticket.approved"):
    """The requirement may be worked on (V-15)."""


class TicketRejected(What, frozen=True, kw_only=True, tag="ticket.rejected"):
    """The requirement was rejected, with a written answer (V-15)."""


class TicketExempted(What, frozen=True, kw_only=True, tag="ticket.exempted"):
    """A contract rules instead of the charter (A-03)."""

    exemption: str
    contract: str


class TicketIncluded(What, frozen=True, kw_only=True, tag="ticket.included"):
    """The charter applies after all (A-03)."""

    reason: str


class TicketMarkedCommon(What, frozen=True, kw_only=True, tag="ticket.marked_common"):
    """A common issue, which duty staff may work on during holidays, or none (V-20)."""

    common: bool


class NextIssue(What, frozen=True, kw_only=True, tag="issue.next"):
    """The customer's issue before this one is done: it is this one's turn (V-21)."""

    after: str


# --- escalation -------------------------------------------------------------------------------------------------------------


class TicketEscalated(What, frozen=True, kw_only=True, tag="ticket.escalated"):
    """The ticket reached a step of the ladder; ``member`` deals with it now when ``takes_over`` (A-41, A-44, H-28)."""

    step: str
    role: str
    member: str = ""
    department: str = ""
    takes_over: bool = True
    reason: str = ""
    clock: str = ""


class PlanSet(What, frozen=True, kw_only=True, tag="plan.set"):
    """An action plan was written or changed (A-45)."""

    steps: tuple[PlanStep, ...]
    customer_agreed: dt.date | None = None


class PlanAgreed(What, frozen=True, kw_only=True, tag="plan.agreed"):
    """The plan was agreed by the role that may (A-45, A-59)."""


class PromiseMade(What, frozen=True, kw_only=True, tag="promise.made"):
    """Something was promised by a moment (A-25)."""

    id: str
    promise: str
    due: dt.datetime


class PromiseKept(What, frozen=True, kw_only=True, tag="promise.kept"):
    """It was done (A-25)."""

    id: str


class PromiseBroken(What, frozen=True, kw_only=True, tag="promise.broken"):
    """The moment passed and it was not done (A-25)."""

    id: str


# --- complaints -------------------------------------------------------------------------------------------------------------


class ComplaintFiled(What, frozen=True, kw_only=True, tag="complaint.arrived"):
    """A complaint arrived, with what it says (K-14 to K-21, E-40, E-43)."""

    complaint: Complaint


class ComplaintAcknowledged(What, frozen=True, kw_only=True, tag="complaint.acknowledged"):
    """Its receipt was confirmed; ``spoken`` confirmations make no message and do not count where writing is promised (K-24, E-38)."""

    spoken: bool = False
    text: str = ""


class ComplaintUpdated(What, frozen=True, kw_only=True, tag="complaint.updated"):
    """The customer was told how the investigation goes (K-25)."""

    text: str


class ComplaintUpdateReceived(What, frozen=True, kw_only=True, tag="complaint.update_received"):
    """The customer has the first update: from here the formal response is owed (K-26)."""

    deemed: bool = False


class ComplaintAnswered(What, frozen=True, kw_only=True, tag="complaint.answered"):
    """The formal response, or the answer of a later stage (K-26, E-39)."""

    text: str


class ComplaintStageOpened(What, frozen=True, kw_only=True, tag="complaint.stage_opened"):
    """It went further: an appeal, an outside body (K-27, K-28)."""

    stage: str
    reason: str = ""


class ComplaintDecided(What, frozen=True, kw_only=True, tag="complaint.decided"):
    """An outside body decided; its measures bind (K-29)."""

    measures: tuple[str, ...]


class ComplaintMeasureDone(What, frozen=True, kw_only=True, tag="complaint.measure_done"):
    """One measure of the decision was carried out (K-29)."""

    number: int


class ComplaintInformationComplete(What, frozen=True, kw_only=True, tag="complaint.information_complete"):
    """All that is relevant is there: from here the answer is owed (E-39)."""


class ComplaintRecordsChecked(What, frozen=True, kw_only=True, tag="complaint.records_checked"):
    """The call records were looked through (K-20)."""


class ComplaintAnalysed(What, frozen=True, kw_only=True, tag="complaint.analysed"):
    """The role that must analyse such a complaint did so (E-41)."""

    text: str


# --- surveys, conduct, registers ----------------------------------------------------------------------------------------------


class SurveyOwed(What, frozen=True, kw_only=True, tag="survey.owed"):
    """Somebody is to be asked for satisfaction; an empty ``to`` is a missing contact, which is listed (A-52, E-24)."""

    survey: str
    mode: str
    to: str = ""


class SurveyAnswered(What, frozen=True, kw_only=True, tag="survey.answered"):
    """What was answered, and how it was asked (H-26)."""

    survey: str
    mode: str
    answers: tuple[str, ...]


class RefusalProposed(What, frozen=True, kw_only=True, tag="refusal.proposed"):
    """An agent proposes to refuse help because of the customer's conduct; everything runs on (K-10)."""

    conduct: str
    facts: str


class RefusalApproved(What, frozen=True, kw_only=True, tag="refusal.approved"):
    """A supervisor refused help; complaints stay possible (K-10)."""

    approved: bool


class EntryAdded(What, frozen=True, kw_only=True, tag="entry.added"):
    """A line was added to a register."""

    entry: Entry


class EntryChanged(What, frozen=True, kw_only=True, tag="entry.changed"):
    """A line of a register was decided on or changed; the former line stays in the history."""

    entry: Entry


class EntryOverdue(What, frozen=True, kw_only=True, tag="entry.overdue"):
    """Its day has passed without a decision, or its subject's turn has come again (A-21, E-25)."""


Service = (
    MailReceived
    | MessageMade
    | MessageLeft
    | CallNamed
    | CallEscalated
    | FieldsSet
    | TimescaleSet
    | TicketTriaged
    | TicketApproved
    | TicketRejected
    | TicketEscalated
    | PlanSet
    | PlanAgreed
    | PromiseMade
    | PromiseKept
    | PromiseBroken
    | TicketExempted
    | TicketIncluded
    | TicketMarkedCommon
    | NextIssue
    | ComplaintFiled
    | ComplaintAcknowledged
    | ComplaintUpdated
    | ComplaintUpdateReceived
    | ComplaintAnswered
    | ComplaintStageOpened
    | ComplaintDecided
    | ComplaintMeasureDone
    | ComplaintInformationComplete
    | ComplaintRecordsChecked
    | ComplaintAnalysed
    | SurveyOwed
    | SurveyAnswered
    | RefusalProposed
    | RefusalApproved
    | EntryAdded
    | EntryChanged
    | EntryOverdue
)
