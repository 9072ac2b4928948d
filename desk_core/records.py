"""What a ticket carries beside its fault: escalations, action plan, promises, complaint; and the entries of registers."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

ComplaintStage = str  # "open", "answered", or a stage of the policy (appeal, ombudsman)
Approval = Literal["", "waiting", "approved", "rejected"]
RefusalState = Literal["", "proposed", "approved"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what a ticket carries."""


class Lapse(Record, frozen=True, kw_only=True):
    """A hold that ended without the member: on lease until ``until`` and not renewed, or (not ``held``) a start without network that came
    too late. ``noted_at`` is when the server recorded it: a member who was in contact since then knows."""

    member: str
    until: dt.datetime
    noted_at: dt.datetime
    held: bool = True


class Escalation(Record, frozen=True, kw_only=True):
    """A ticket reached a step of the ladder: from whom, to whom, why; by the clock (``clock``) or by hand."""

    step: str
    at: dt.datetime
    role: str = ""
    member: str = ""
    was: str = ""
    reason: str = ""
    clock: str = ""


class PlanStep(Record, frozen=True, kw_only=True):
    """One step of an action plan, with who does it until when."""

    what: str
    owner: str
    due: dt.date


class ActionPlan(Record, frozen=True, kw_only=True):
    """How an escalated ticket goes on (A-45). ``agreed_by`` is a holder of the step's role; ``customer_agreed`` is optional."""

    steps: tuple[PlanStep, ...] = ()
    customer_agreed: dt.date | None = None
    agreed_by: str = ""
    agreed_at: dt.datetime | None = None


class Promise(Record, frozen=True, kw_only=True):
    """Something an agent promised by a moment (A-25). ``broken_at``: the moment passed, as the server recorded it."""

    id: str
    what: str
    due: dt.datetime
    kept_at: dt.datetime | None = None
    broken_at: dt.datetime | None = None

    def broken(self, now: dt.datetime) -> bool:
        """True when it was kept late, or is overdue at ``now``."""
        return (self.kept_at or now) > self.due


class Evidence(Record, frozen=True, kw_only=True):
    """What a customer adds to a complaint; all optional (K-17 to K-21). ``times`` as typed, with their zone."""

    references: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()


class Complaint(Record, frozen=True, kw_only=True):
    """A complaint: what it is about, its evidence and how far it is. ``member`` is the member of staff complained about (K-13);
    ``found`` are evidence references that exist, ``calls`` the logged calls of its numbers (K-17, K-20)."""

    kind: str
    summary: str
    subject: Literal["service", "staff"] = "service"
    member: str = ""
    personal_data: bool = False
    log_under: str = ""
    evidence: Evidence = Evidence()
    found: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    stage: ComplaintStage = "open"
    answered_by: tuple[str, ...] = ()
    acknowledged_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    update_received_at: dt.datetime | None = None
    information_complete_at: dt.datetime | None = None
    records_checked_at: dt.datetime | None = None
    measures: tuple[str, ...] = ()
    measures_done: tuple[int, ...] = ()
    analysis: str = ""

    @property
    def measures_left(self) -> tuple[str, ...]:
        """The measures of an outside decision that are still to be done (K-29)."""
        return tuple(text for number, text in enumerate(self.measures) if number not in self.measures_done)


class Value(Record, frozen=True, kw_only=True):
    """What one field or column says."""

    field: str
    value: str


class Entry(Record, frozen=True, kw_only=True):
    """A line of a register: what it says, whom or what it is about, when it is due, and what was decided."""

    id: str
    register: str
    at: dt.datetime
    member: str = ""
    subject: str = ""
    ticket: str = ""
    values: tuple[Value, ...] = ()
    due: dt.date | None = None
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    decision: str = ""
    decided_at: dt.datetime | None = None
    history: tuple[str, ...] = ()

    def value(self, field: str) -> str:
        """What a column says, "" when nothing."""
        return next((each.value for each in self.values if each.field == field), "")
