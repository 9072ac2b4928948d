"""What can happen to a call or a ticket. The tag of each class is the name by which policies speak of it (a closed list).

An :class:`Event` is one entry of the history: who, when it happened (``at``), when it was recorded, what, and which clocks it
started, stopped or moved. Entities are folds over their events; the events are kept for ever and the figures are computed from them.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from desk_core import events_of_leases as leases
from desk_core import events_of_service as service
from desk_core.calls import Direction, Outcome
from desk_core.events_base import What as What
from desk_core.events_of_clocks import (
    AnyClockChange as AnyClockChange,
)
from desk_core.events_of_clocks import (
    ClockBreached as ClockBreached,
)
from desk_core.events_of_clocks import (
    ClockChange as ClockChange,
)
from desk_core.events_of_clocks import (
    ClockExempted as ClockExempted,
)
from desk_core.events_of_clocks import (
    ClockIncluded as ClockIncluded,
)
from desk_core.events_of_clocks import (
    ClockMoved as ClockMoved,
)
from desk_core.events_of_clocks import (
    ClockPaused as ClockPaused,
)
from desk_core.events_of_clocks import (
    ClockRefused as ClockRefused,
)
from desk_core.events_of_clocks import (
    ClockResumed as ClockResumed,
)
from desk_core.events_of_clocks import (
    ClockStarted as ClockStarted,
)
from desk_core.events_of_clocks import (
    ClockStopped as ClockStopped,
)
from desk_core.events_of_clocks import (
    ClockWarned as ClockWarned,
)
from desk_core.files import FileAttached as FileAttached
from desk_core.tickets import Entitlement, Fault

# --- calls -----------------------------------------------------------------------------------------------------------------


class CallRang(What, frozen=True, kw_only=True, tag="call.rang"):
    """A call began: its record exists from now on and it owns a reference (H-08, H-09)."""

    reference: str
    spoken: str = ""
    direction: Direction = "in"
    number: str = ""
    number_e164: str = ""
    office: str = ""
    department: str = ""
    phone_call_id: str = ""


class CallAnswered(What, frozen=True, kw_only=True, tag="call.answered"):
    """A person took the call."""


class CallHungUp(What, frozen=True, kw_only=True, tag="call.hung_up"):
    """The line is free again; the record is still open for wrap-up."""


class CallTold(What, frozen=True, kw_only=True, tag="call.told"):
    """Reference and classification were read out to the caller (H-11)."""


class CallLogged(What, frozen=True, kw_only=True, tag="call.logged"):
    """The call became a ticket's; its reference is the ticket's from now on."""

    ticket: str
    department: str


class CallEnded(What, frozen=True, kw_only=True, tag="call.ended"):
    """The record of the call is finished, with what became of it (H-08)."""

    outcome: Outcome
    remark: str = ""
    not_told: bool = False


# --- a ticket is born -------------------------------------------------------------------------------------------------------


class TicketCreated(What, frozen=True, kw_only=True, tag="ticket.created"):
    """A ticket exists, born in ``channel``, in a department and an office (H-32, H-35); ``way_owed`` until put through or call back is
    chosen (H-13)."""

    reference: str
    kind: str
    channel: str
    department: str
    office: str
    holder: str = ""
    holder_department: str = ""
    customer: str = ""
    contact: str = ""
    title: str
    received_at: dt.datetime
    call: str = ""
    imported: str = ""
    policy_version: str = ""
    way_owed: bool = False
    email: str = ""
    no_email: str = ""
    customer_kind: str = ""
    follows: str = ""
    triage_owed: bool = False
    approval_owed: bool = False
    excluded: tuple[str, ...] = ()
    timescale: str = ""
    exempt: str = ""


class FaultSaved(What, frozen=True, kw_only=True, tag="fault.saved"):
    """The details of a malfunction were taken down or corrected (H-16 to H-21)."""

    fault: Fault


class CustomerFound(What, frozen=True, kw_only=True, tag="customer.found"):
    """It became known whose ticket it is, or what kind of customer (E-01, E-02); what is empty stays as it was."""

    customer: str = ""
    customer_kind: str = ""


class TicketClassified(What, frozen=True, kw_only=True, tag="ticket.classified"):
    """A class was given: from the policy's list, or in free words (H-10)."""

    category: str
    classification: str


class EntitlementFound(What, frozen=True, kw_only=True, tag="entitlement.found"):
    """What the customer is entitled to on the day of the call (H-05, H-12)."""

    entitlement: Entitlement


class ReferenceAdded(What, frozen=True, kw_only=True, tag="reference.added"):
    """The number spoken to the caller was taken; the ticket keeps it as an alias beside its own (P6)."""

    alias: str


# --- on its way to a specialist ---------------------------------------------------------------------------------------------


class PutThrough(What, frozen=True, kw_only=True, tag="handover.put_through"):
    """The caller was put through to a specialist, who holds the ticket now (H-13)."""

    member: str
    department: str


class PutThroughNotPossible(What, frozen=True, kw_only=True, tag="handover.not_possible"):
    """Nobody could take the caller now: a call back is owed (H-13, H-14)."""


class CallBackAttempted(What, frozen=True, kw_only=True, tag="callback.attempted"):
    """Somebody called the customer back; ``reached`` or not, a specialist's attempt keeps the promise (H-14, H-15)."""

    reached: bool
    by_specialist: bool


# --- work -------------------------------------------------------------------------------------------------------------------


class TicketTaken(What, frozen=True, kw_only=True, tag="ticket.taken"):
    """A member took the head of the queue."""

    member: str
    department: str


class TicketGivenBack(What, frozen=True, kw_only=True, tag="ticket.given_back"):
    """The holder returned it to its old place in the queue, with a reason."""

    reason: str


class TicketHandedOver(What, frozen=True, kw_only=True, tag="ticket.handed_over"):
    """A colleague of the same department holds it now; the number stays."""

    member: str
    department: str
    note: str


class TicketTransferred(What, frozen=True, kw_only=True, tag="ticket.transferred"):
    """Another department has it now, with a note; history and number stay (H-29)."""

    department: str
    note: str


class OfficeMoved(What, frozen=True, kw_only=True, tag="ticket.office_moved"):
    """Another office has it now; its calendar decides from here on (H-35)."""

    office: str


class ReplySent(What, frozen=True, kw_only=True, tag="reply.sent"):
    """A written answer to the customer, whole, with greeting and closing. ``mark`` says what it is beside that: a progress update
    (A-43), the full answer (E-33), an offer (E-27); ``articles`` are the guides that went with it (A-28)."""

    text: str
    mark: str = ""
    articles: tuple[str, ...] = ()


class NoteAdded(What, frozen=True, kw_only=True, tag="note.added"):
    """A note for colleagues."""

    text: str


class WorkLogged(What, frozen=True, kw_only=True, tag="work.logged"):
    """Time spent on the ticket, in minutes."""

    minutes: int
    remark: str = ""


class InformationRequested(What, frozen=True, kw_only=True, tag="information.requested"):
    """More information was asked for; the call back stays owed (H-22)."""

    question: str


class WaitingForCustomer(What, frozen=True, kw_only=True, tag="status.waiting_customer"):
    """Nothing can be done until the customer answers."""

    reason: str = ""


class CustomerAnswered(What, frozen=True, kw_only=True, tag="customer.answered"):
    """The customer gave what was asked for; work goes on."""

    text: str = ""


class CustomerCalledAgain(What, frozen=True, kw_only=True, tag="customer.called_again"):
    """The customer had to call again about the same ticket (A-06)."""

    call: str


class RoleEmpty(What, frozen=True, kw_only=True, tag="role.empty"):
    """Something on the ticket is owed by a role that no active member holds (E-42)."""

    role: str


class TicketResolved(What, frozen=True, kw_only=True, tag="ticket.resolved"):
    """A solution was given."""

    solution: str


class TicketClosed(What, frozen=True, kw_only=True, tag="ticket.closed"):
    """The ticket is finished."""

    summary: str


class TicketReopened(What, frozen=True, kw_only=True, tag="ticket.reopened"):
    """It goes on, at its first place in the queue."""

    reason: str


class DeadlineNear(What, frozen=True, kw_only=True, tag="clock.warned"):
    """A promise has been running so long that its warning (``50 %``, ``15 open minutes``) is due (H-14)."""

    clock: str
    warning: str


class DeadlinePassed(What, frozen=True, kw_only=True, tag="clock.breached"):
    """A promise was not kept in time (H-04); ``obligation`` names what the policy says is owed by it (A-43, K-25)."""

    clock: str
    obligation: str = ""


class CalendarRevised(What, frozen=True, kw_only=True, tag="calendar.revised"):
    """Dates of ``calendars`` were corrected while promises of the ticket ran in them; its clocks say what that moved (TS-13)."""

    calendars: tuple[str, ...]


Happening = (
    CallRang
    | CallAnswered
    | CallHungUp
    | CallTold
    | CallLogged
    | CallEnded
    | TicketCreated
    | FaultSaved
    | CustomerFound
    | TicketClassified
    | EntitlementFound
    | ReferenceAdded
    | PutThrough
    | PutThroughNotPossible
    | CallBackAttempted
    | TicketTaken
    | TicketGivenBack
    | TicketHandedOver
    | TicketTransferred
    | OfficeMoved
    | ReplySent
    | NoteAdded
    | WorkLogged
    | InformationRequested
    | WaitingForCustomer
    | CustomerAnswered
    | CustomerCalledAgain
    | RoleEmpty
    | TicketResolved
    | TicketClosed
    | TicketReopened
    | DeadlineNear
    | DeadlinePassed
    | CalendarRevised
    | FileAttached
    | leases.Leases
    | service.Service
)
KINDS: dict[str, type[What]] = {str(c.__struct_config__.tag): c for c in Happening.__args__}


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the history of a ticket or a call. ``id`` is the command's UUID and the entry's place in it (``uuid/0``).

    ``at`` is when it happened, ``recorded_at`` when the server (until then: this machine) recorded it. ``actor`` is a member's id, or
    "" for the server's own jobs. ``flags`` mark what was odd but taken all the same.
    """

    id: str
    command: str
    actor: str
    at: dt.datetime
    recorded_at: dt.datetime
    ticket: str = ""
    call: str = ""
    entry: str = ""
    what: Happening
    clocks: tuple[AnyClockChange, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The name by which policies speak of this event."""
        return str(self.what.__struct_config__.tag)
