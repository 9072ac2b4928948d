"""A ticket: one issue of one customer, the fault it reports, its clocks, and the stub that the whole desk may see."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from desk_core.records import ActionPlan, Approval, Complaint, Escalation, Lapse, Promise, RefusalState, Value

Status = Literal["open", "waiting_customer", "resolved", "closed"]
ACTIVE: tuple[Status, ...] = ("open", "waiting_customer")
ClockState = Literal["running", "paused", "met", "missed", "exempt", "refused"]
EntitlementSource = Literal["contract", "warranty", "none", "unknown"]


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a caller reports: the six fields of H-16 to H-21. ``phone`` as typed, ``phone_e164`` beside it (H-18).

    ``serial_missing`` is a supervisor's reason why no serial number can be read (H-20).
    """

    caller: str = ""
    company: str = ""
    phone: str = ""
    phone_e164: str = ""
    product: str = ""
    serial: str = ""
    serial_missing: str = ""
    description: str = ""


class Entitlement(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the customer was entitled to when the call came in: a running contract, a warranty, or nothing (H-05, H-12, H-34)."""

    source: EntitlementSource = "unknown"
    title: str = ""
    until: dt.date | None = None

    @property
    def entitled(self) -> bool:
        """True with a contract or a warranty (H-34)."""
        return self.source in ("contract", "warranty")


class Pause(msgspec.Struct, frozen=True):
    """A time in which a clock did not count; without an end it still lasts."""

    start: dt.datetime
    end: dt.datetime | None = None


class Clock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A running, paused, met or missed promise of a ticket. ``deadline`` is None while paused for good or when no amount is set.

    ``amount`` and ``calendar`` are pinned when the clock starts, so that the deadline can be explained for ever; ``revision`` says after
    how many revisions of the calendar the deadline was computed (TS-13).
    ``learnt_late``: the stop happened in time but became known after the deadline (TS-12). A breach that was recorded and then
    corrected this way keeps ``breached_at``. ``failsafe``: it began because what should have begun it was missed (K-25). ``exempt``
    promises do not apply while the ticket is outside the charter (A-03); ``refused`` ones ended with help itself (K-10). ``warned`` are
    the policy's warnings that were given already.
    """

    id: str
    title: str
    rules: tuple[str, ...] = ()
    started_at: dt.datetime
    amount: str
    calendar: str
    revision: int = 0
    deadline: dt.datetime | None = None
    state: ClockState = "running"
    stopped_at: dt.datetime | None = None
    pauses: tuple[Pause, ...] = ()
    learnt_late: bool = False
    breached_at: dt.datetime | None = None
    failsafe: bool = False
    warned: tuple[str, ...] = ()

    @property
    def owed(self) -> bool:
        """True until the promised thing was done; a missed promise is owed still, only late."""
        return self.stopped_at is None and self.state != "refused"


class Ticket(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a ticket after its events; the history itself is the list of its events.

    ``received_at`` is when the customer came to us and decides the place in the queue; ``aliases`` are further numbers that were
    spoken to the caller (P6); ``undecided`` is True until put through or call back was chosen for a logged fault (H-13).

    ``email`` is where messages go, or ``no_email`` says why there is none (A-53); ``address`` is the desk's address that a mail came
    to, ``personal`` for a member's own. ``follows`` is the issue of the same customer that comes first (V-21); ``exempt`` names the
    contract that rules instead of the charter (A-03); ``excluded`` members neither see nor handle it (K-13); ``sent`` are the
    once-keys of the messages made for it; ``mail`` is the last mail that came in for it, which an answer names. What fell
    due before ``imported_at`` is a past of which nobody is told. ``called_again`` counts how often the customer had to call about it
    once more; ``awaited_since`` is when it last came back to us (A-06); ``closed_by`` is who closed it (A-04).

    ``taken_at`` is since when its holder has it from the queue, on lease; ``lapses`` are the members who lost it and may not know, and
    ``draft`` is an answer that one of them had written: nobody has sent it.
    """

    id: str
    reference: str
    aliases: tuple[str, ...] = ()
    kind: str = "fault"
    channel: str = "phone"
    status: Status = "open"
    department: str
    office: str = ""
    holder: str = ""
    holder_department: str = ""
    customer: str = ""
    contact: str = ""
    fault: Fault = Fault()
    title: str = ""
    category: str = ""
    classification: str = ""
    entitlement: Entitlement = Entitlement()
    received_at: dt.datetime
    changed_at: dt.datetime
    closed_at: dt.datetime | None = None
    closed_by: str = ""
    undecided: bool = False
    call_back: bool = False
    clocks: tuple[Clock, ...] = ()
    minutes: int = 0
    questions: tuple[str, ...] = ()
    imported: str = ""
    imported_at: dt.datetime | None = None
    policy_version: str = ""
    flags: tuple[str, ...] = ()
    email: str = ""
    no_email: str = ""
    customer_kind: str = ""
    address: str = ""
    fields: tuple[Value, ...] = ()
    solution: str = ""
    timescale: str = ""
    follows: str = ""
    triage_owed: bool = False
    approval: Approval = ""
    common: bool = False
    exempt: str = ""
    excluded: tuple[str, ...] = ()
    refusal: RefusalState = ""
    complaint: Complaint | None = None
    escalations: tuple[Escalation, ...] = ()
    plan: ActionPlan | None = None
    promises: tuple[Promise, ...] = ()
    sent: tuple[str, ...] = ()
    mail: str = ""
    called_again: int = 0
    awaited_since: dt.datetime | None = None
    taken_at: dt.datetime | None = None
    lapses: tuple[Lapse, ...] = ()
    draft: str = ""

    def field(self, field_id: str) -> str:
        """What a field of the policy says, "" when nothing."""
        return next((each.value for each in self.fields if each.field == field_id), "")

    def lapse(self, member_id: str) -> Lapse | None:
        """How the member lost it, or None."""
        return next((each for each in self.lapses if each.member == member_id), None)

    def clock(self, clock_id: str) -> Clock | None:
        """The newest clock with this id, or None."""
        return next((c for c in reversed(self.clocks) if c.id == clock_id), None)

    @property
    def leading_clock(self) -> Clock | None:
        """The promise that is due first, which leads the display and the queue; None when nothing is owed."""
        owed = [c for c in self.clocks if c.owed and c.state in ("running", "missed") and c.deadline is not None]
        return min(owed, key=lambda c: c.deadline or c.started_at, default=None)

    @property
    def waiting_since(self) -> dt.datetime | None:
        """Since when the customer waits for us; None while the customer is awaited and when it is done (A-06)."""
        return (self.awaited_since or self.received_at) if self.status == "open" else None

    @property
    def active(self) -> bool:
        """True until it is resolved or closed."""
        return self.status in ACTIVE


class Stub(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What everyone at the desk may know of a ticket: whose it is, never what it is about (design § 2)."""

    id: str
    reference: str
    aliases: tuple[str, ...] = ()
    department: str
    status: Status
    holder_department: str = ""


def stub(ticket: Ticket) -> Stub:
    """The desk-wide stub of a ticket: no personal data, no content."""
    return Stub(
        id=ticket.id,
        reference=ticket.reference,
        aliases=ticket.aliases,
        department=ticket.department,
        status=ticket.status,
        holder_department=ticket.holder_department,
    )
