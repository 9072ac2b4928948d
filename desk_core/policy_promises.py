"""``[[clock]]``: the promises of a policy, what begins, keeps and pauses them, and in which calendar they count."""

from __future__ import annotations

from typing import Literal

import msgspec

from desk_core.policy_marks import (
    AddressId,
    Amount,
    CalendarId,
    ChannelId,
    ClockId,
    EventName,
    Id,
    KindId,
    OfficeId,
    RoleId,
    RuleId,
    StepId,
    Table,
    WarnAt,
)


class Stop(Table, frozen=True, kw_only=True):
    """An event that keeps the promise; ``by`` names the role whose act alone counts (H-15), ``mark`` the mark that a reply must
    carry (A-43), ``written`` that a spoken one does not count (E-38), ``next_day`` that it counts only after the day on which the
    promise began (A-43)."""

    event: EventName
    by: RoleId = ""
    mark: Literal["", "progress", "full", "offer"] = ""
    written: bool = False
    next_day: bool = False


class Pausing(Table, frozen=True, kw_only=True):
    """Events between which the clock does not count."""

    begins: EventName
    ends: EventName


class ByOffice(Table, frozen=True, kw_only=True):
    """A calendar chosen by the ticket's office (H-35). ``calendars`` holds what the file says per office, as in
    ``{ by = "ticket.office", north = "north_hours" }``; an office that is not named there uses its own calendar."""

    by: Literal["ticket.office"]
    calendars: dict[OfficeId, CalendarId] = msgspec.field(default_factory=dict)


class OnBreach(Table, frozen=True, kw_only=True):
    """What happens when a promise is missed: the roles that are told, and the step of the ladder to which it moves the ticket."""

    notify: tuple[RoleId, ...] = ()
    escalate: StepId = ""


class Alternative(Table, frozen=True, kw_only=True):
    """Another reading of a clock's sentence, which the file can choose with ``use``."""

    reading: str
    amount: Amount = ""
    calendar: CalendarId = ""


class ClockRule(Table, frozen=True, kw_only=True):
    """``[[clock]]``: a promise. ``amount`` as in ``2 open hours`` or ``unset`` (then ``unset_note`` says what is missing); ``when`` narrows
    it: to entitled tickets (H-05), to a customer's first open issue (V-22), to calls; ``kinds``, ``channels`` and ``addresses`` narrow it
    further (``personal_mail``: any address that is none of the policy's). ``warn`` are shares of the amount (``50 %``) or amounts before
    the deadline; ``warn_to`` are the roles that are told (none: who holds the ticket, else who is told of a breach).
    ``starts_also`` are further events; ``step`` is the step of the ladder whose escalation starts it (A-43); ``or_missed`` starts it
    when that promise was missed, so that silence does not stop time (K-25). ``timescale``: the amount that was qualified with the
    customer counts (A-24). ``common_calendar`` counts for issues marked common (V-20). ``measure``: nothing is promised, the clock only
    measures (H-06, E-36)."""

    id: Id
    title: str
    rules: tuple[RuleId, ...]
    starts: EventName = ""
    stops: tuple[Stop, ...] = ()
    amount: Amount
    calendar: CalendarId | ByOffice
    pauses: tuple[Pausing, ...] = ()
    when: Literal["", "entitled", "first_issue", "call"] = ""
    kinds: tuple[KindId, ...] = ()
    channels: tuple[ChannelId, ...] = ()
    addresses: tuple[AddressId, ...] = ()
    personal_mail: bool = False
    starts_also: tuple[EventName, ...] = ()
    or_missed: ClockId = ""
    step: StepId = ""
    timescale: bool = False
    common_calendar: CalendarId = ""
    measure: bool = False
    unset_note: str = ""
    warn: tuple[WarnAt, ...] = ()
    warn_to: tuple[RoleId, ...] = ()
    on_breach: OnBreach | None = None
    alternatives: tuple[Alternative, ...] = ()
    use: str = ""
