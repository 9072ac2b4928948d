"""One class per thing that a member can ask for: small frozen records that are stored, sent and replayed as they are.

A :class:`Command` wraps the arguments with who asked, when it was given (``issued_at``) and when what it reports happened
(``stated_at``). ``captures`` marks commands that are never refused for the state of the world, only for being incomplete or for
missing rights; ``guarded`` ones can be refused, and some need facts that only the server has.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal

import msgspec

from desk_core import commands_of_service as service
from desk_core.calls import Direction, Outcome
from desk_core.commands_base import Ask as Ask
from desk_core.commands_of_service import ComplaintForm
from desk_core.files import AttachFile as AttachFile
from desk_core.records import Value
from desk_core.tickets import Entitlement, Fault


class BeginCall(Ask, frozen=True, kw_only=True):
    """A call rings or was begun by hand: its record and its reference exist from this moment (H-08, H-09)."""

    name: ClassVar[str] = "begin_call"
    captures: ClassVar[bool] = True
    call: str
    reference: str
    direction: Direction = "in"
    number: str = ""
    office: str = ""
    rang_at: dt.datetime
    answered_at: dt.datetime | None = None
    phone_call_id: str = ""


class AnswerCall(Ask, frozen=True, kw_only=True):
    """The call was answered."""

    name: ClassVar[str] = "answer_call"
    captures: ClassVar[bool] = True
    call: str
    answered_at: dt.datetime


class HangUp(Ask, frozen=True, kw_only=True):
    """The line is free again; what must still be asked or written is wrap-up."""

    name: ClassVar[str] = "hang_up"
    captures: ClassVar[bool] = True
    call: str
    ended_at: dt.datetime


class TellCall(Ask, frozen=True, kw_only=True):
    """Number and class were read out to the caller (H-11)."""

    name: ClassVar[str] = "tell_call"
    captures: ClassVar[bool] = True
    call: str


class EndCall(Ask, frozen=True, kw_only=True):
    """Finish the record of a call. Without a ticket an ``outcome`` says why there is none (H-08); ``ticket`` is the one that was there
    already and about which the customer had to call again (A-06).

    ``not_told`` answers the question of H-11, whether number and class were read out, with no.
    """

    name: ClassVar[str] = "end_call"
    captures: ClassVar[bool] = True
    call: str
    ended_at: dt.datetime | None = None
    outcome: Outcome = ""
    remark: str = ""
    not_told: bool = False
    ticket: str = ""


class LogCall(Ask, frozen=True, kw_only=True):
    """The call becomes a ticket with the call's reference (H-08 to H-12, H-16 to H-21, H-32)."""

    name: ClassVar[str] = "log_call"
    captures: ClassVar[bool] = True
    call: str
    ticket: str
    kind: str = "fault"
    fault: Fault
    category: str = ""
    classification: str = ""
    title: str = ""
    department: str = ""
    customer: str = ""
    contact: str = ""
    email: str = ""
    no_email: str = ""
    customer_kind: str = ""
    fields: tuple[Value, ...] = ()
    timescale: str = ""
    complaint: ComplaintForm | None = None
    exempt: str = ""


class CreateTicket(Ask, frozen=True, kw_only=True):
    """A ticket that did not come by phone; ``reference`` comes from this device's numbers."""

    name: ClassVar[str] = "create_ticket"
    captures: ClassVar[bool] = True
    ticket: str
    reference: str
    channel: str
    kind: str = "enquiry"
    fault: Fault = Fault()
    category: str = ""
    classification: str = ""
    title: str = ""
    department: str = ""
    office: str = ""
    customer: str = ""
    contact: str = ""
    received_at: dt.datetime
    email: str = ""
    no_email: str = ""
    customer_kind: str = ""
    fields: tuple[Value, ...] = ()
    timescale: str = ""
    complaint: ComplaintForm | None = None
    exempt: str = ""


class CorrectFault(Ask, frozen=True, kw_only=True):
    """The fault's details are completed or corrected (H-16 to H-21); with ``customer`` or ``customer_kind`` it becomes known only now
    whose ticket it is (E-01, E-02)."""

    name: ClassVar[str] = "correct_fault"
    ticket: str
    fault: Fault
    customer: str = ""
    customer_kind: str = ""


class Classify(Ask, frozen=True, kw_only=True):
    """A class from the policy's list, or free words (H-10)."""

    name: ClassVar[str] = "classify"
    ticket: str
    category: str = ""
    classification: str = ""


class TakeNext(Ask, frozen=True, kw_only=True):
    """Claim the head of the queue that the member may work on; ``department`` narrows it to one of the member's own."""

    name: ClassVar[str] = "take_next"
    department: str = ""


class GiveBack(Ask, frozen=True, kw_only=True):
    """Return a ticket to its old place in the queue, with a reason."""

    name: ClassVar[str] = "give_back"
    ticket: str
    reason: str


class Reply(Ask, frozen=True, kw_only=True):
    """Answer the customer in writing; ``text`` is the whole message as the customer will see it.

    ``mark`` says what the answer is beside that: ``progress`` (A-43), ``full`` (E-33, E-34), ``offer`` (E-27); ``articles`` are guides that
    go with it, by their entries in a register (A-20, A-28).
    """

    name: ClassVar[str] = "reply"
    ticket: str
    text: str
    mark: Literal["", "progress", "full", "offer"] = ""
    articles: tuple[str, ...] = ()


class AddNote(Ask, frozen=True, kw_only=True):
    """A note for colleagues."""

    name: ClassVar[str] = "add_note"
    captures: ClassVar[bool] = True
    ticket: str
    text: str


class LogTime(Ask, frozen=True, kw_only=True):
    """Time spent, in minutes."""

    name: ClassVar[str] = "log_time"
    captures: ClassVar[bool] = True
    ticket: str
    minutes: int
    remark: str = ""


class HandOver(Ask, frozen=True, kw_only=True):
    """Give the ticket to a colleague who may work on it, with a note."""

    name: ClassVar[str] = "hand_over"
    ticket: str
    member: str
    note: str


class PutThrough(Ask, frozen=True, kw_only=True):
    """The caller was put through to a specialist (H-13)."""

    name: ClassVar[str] = "put_through"
    ticket: str
    member: str


class OfferCallBack(Ask, frozen=True, kw_only=True):
    """Putting through is not possible now: a specialist will call back (H-13, H-14)."""

    name: ClassVar[str] = "offer_call_back"
    ticket: str


class AttemptCallBack(Ask, frozen=True, kw_only=True):
    """The customer was called back, reached or not (H-14, H-15)."""

    name: ClassVar[str] = "attempt_call_back"
    ticket: str
    reached: bool


class RequestInformation(Ask, frozen=True, kw_only=True):
    """Ask the customer for more information (H-22)."""

    name: ClassVar[str] = "request_information"
    ticket: str
    question: str


class WaitForCustomer(Ask, frozen=True, kw_only=True):
    """Nothing can be done until the customer answers."""

    name: ClassVar[str] = "wait_for_customer"
    ticket: str
    reason: str = ""


class CustomerAnswers(Ask, frozen=True, kw_only=True):
    """The customer answered; work goes on."""

    name: ClassVar[str] = "customer_answers"
    captures: ClassVar[bool] = True
    ticket: str
    text: str = ""


class Resolve(Ask, frozen=True, kw_only=True):
    """A solution was given."""

    name: ClassVar[str] = "resolve"
    ticket: str
    solution: str


class Close(Ask, frozen=True, kw_only=True):
    """Finish the ticket, with a summary."""

    name: ClassVar[str] = "close"
    ticket: str
    summary: str


class Reopen(Ask, frozen=True, kw_only=True):
    """Go on with a resolved or closed ticket, at its first place."""

    name: ClassVar[str] = "reopen"
    ticket: str
    reason: str


class Transfer(Ask, frozen=True, kw_only=True):
    """Refer a ticket of one's own departments to another one, with a note (H-29)."""

    name: ClassVar[str] = "transfer"
    ticket: str
    department: str
    note: str


class MoveOffice(Ask, frozen=True, kw_only=True):
    """Move the ticket to another office; its deadline is computed anew and both values are kept (H-35)."""

    name: ClassVar[str] = "move_office"
    ticket: str
    office: str


class ImportedStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step of an imported ticket's past. ``event`` is the name of what happened; only the fields that it needs are set."""

    at: dt.datetime
    event: str
    department: str = ""
    member: str = ""
    by_specialist: bool = False
    text: str = ""


class ImportTicket(Ask, frozen=True, kw_only=True):
    """A ticket of another helpdesk with its history; exempt from the gates of the past, and marked imported for ever."""

    name: ClassVar[str] = "import_ticket"
    ticket: str
    reference: str = ""
    source: str
    kind: str
    channel: str
    department: str
    office: str
    fault: Fault
    category: str = ""
    classification: str = ""
    title: str
    customer: str = ""
    entitlement: Entitlement
    received_at: dt.datetime
    steps: tuple[ImportedStep, ...] = ()


AnyAsk = (
    BeginCall
    | AnswerCall
    | HangUp
    | TellCall
    | EndCall
    | LogCall
    | CreateTicket
    | CorrectFault
    | Classify
    | TakeNext
    | GiveBack
    | Reply
    | AddNote
    | LogTime
    | HandOver
    | PutThrough
    | OfferCallBack
    | AttemptCallBack
    | RequestInformation
    | WaitForCustomer
    | CustomerAnswers
    | Resolve
    | Close
    | Reopen
    | Transfer
    | MoveOffice
    | ImportTicket
    | AttachFile
    | service.Service
)
ASKS: dict[str, type[Ask]] = {c.name: c for c in AnyAsk.__args__}


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """An ask with its identity. ``actor`` is a member's id; ``causes`` names earlier commands that it builds on; ``last_contact`` is when
    its device had last heard from the server as it was given."""

    id: str
    ask: Ask
    actor: str
    issued_at: dt.datetime
    stated_at: dt.datetime | None = None
    causes: tuple[str, ...] = ()
    last_contact: dt.datetime | None = None

    @property
    def at(self) -> dt.datetime:
        """When the reported thing happened: clocks run on this instant (TS-11)."""
        return self.stated_at or self.issued_at
