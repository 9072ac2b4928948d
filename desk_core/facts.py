"""Facts: how each thing that happened stands in each figure of the policy. Judged here and nowhere else; whoever reports only counts them.

A fact is a function of what the desk holds (a ticket, a call, a line of a register, an event, a refused command) and of the policy that
rules it, so that the same facts come out whenever they are made again. Figures whose id begins with ``=`` are the program's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from desk_core.calls import Call
from desk_core.decisions.gates import lacks
from desk_core.durations import parse_amount
from desk_core.people import Member, fold_serial
from desk_core.policy import ClockRule, Policy
from desk_core.policy_tables import Kpi
from desk_core.records import Entry
from desk_core.tickets import Clock, Ticket

Part = Literal["office", "department", "holder", "customer", "channel", "entitlement", "complaint"]
"""By what a figure is taken apart."""
PARTS: Final[tuple[Part, ...]] = ("office", "department", "holder", "customer", "channel", "entitlement", "complaint")
Result = Literal["met", "missed", "running", "not_measurable", "left_out", "abandoned", "counted"]

CONTACTS: Final = "=contacts"
"""Every ticket, in the hour in which it came (A-18)."""
CALLED_AGAIN: Final = "=called_again"
"""Each further call about a ticket that was there (A-06)."""
DEVICES: Final = "=devices"
"""Every ticket about a device; its number is the device (A-06)."""
REFUSED: Final = "=refused"
"""Every refused command; its number is the code (V-23, V-29)."""
_SCORES: Final = "=scores/"
SCORE: Final = "score"
"""The column of a register that holds a score (K-03, A-23)."""

_Judged = tuple[str, dt.datetime, str, int | None]
"""How something stands, when it counts, in which zone that day is told, and how many seconds it took."""


class Parts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """To what a fact belongs: each attribute is a :data:`Part`. ``hidden`` are the members who may not know of it (K-13)."""

    office: str = ""
    department: str = ""
    holder: str = ""
    customer: str = ""
    channel: str = ""
    entitlement: str = ""
    complaint: str = ""
    hidden: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the ``subject`` (the id of a ticket, call, line or command) stands in a ``figure``; ``number`` tells several of one subject
    apart. ``day`` and ``hour`` are those of ``at`` where it happened. ``amount`` are the seconds that it took, or the score that it
    says. ``policy`` is the version by which it was judged (A-01)."""

    figure: str
    subject: str
    number: str = ""
    result: Result
    at: dt.datetime
    day: dt.date
    hour: int = 0
    amount: int | None = None
    reference: str = ""
    policy: str = ""
    parts: Parts = Parts()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other fact of the desk."""
        return self.figure, self.subject, self.number


def scores_of(register: str) -> str:
    """The figure of the scores in a register."""
    return f"{_SCORES}{register}"


def make(
    policy: Policy, figure: str, subject: str, judged: _Judged, parts: Parts, *, reference: str = "", number: str = ""
) -> Fact:
    """A fact in the days of the zone in which it is told."""
    result, at, zone, amount = judged
    local = at.astimezone(ZoneInfo(zone))
    return Fact(
        figure=figure,
        subject=subject,
        number=number,
        result=result,  # type: ignore[arg-type]  # a clock's state is narrowed by _of_clock
        at=at,
        day=local.date(),
        hour=local.hour,
        amount=amount,
        reference=reference,
        policy=policy.head.version,
        parts=parts,
    )


def parts_of(ticket: Ticket) -> Parts:
    """To what the facts of a ticket belong. Of a closed one the member is who closed it (A-04)."""
    return Parts(
        office=ticket.office,
        department=ticket.department,
        holder=ticket.holder or ticket.closed_by,
        customer=ticket.customer,
        channel=ticket.channel,
        entitlement=ticket.entitlement.source,
        complaint=ticket.complaint.kind if ticket.complaint else "",
        hidden=ticket.excluded,
    )


def parts_of_call(call: Call, ticket: Ticket | None) -> Parts:
    """To what the facts of a call belong: to who answered it, and to its ticket's customer, entitlement and complaint."""
    if ticket is None:
        return Parts(office=call.office, department=call.department, holder=call.member, channel="phone")
    changes = {"office": call.office, "holder": call.member, "channel": "phone"}
    return msgspec.structs.replace(parts_of(ticket), **changes)


def zone_of(policy: Policy, office_id: str) -> str:
    """Where an office tells its days; those of the first office for what belongs to none."""
    office = policy.office(office_id) or policy.offices[0]
    return policy.calendar(office.calendar).spec.zone


# --- tickets ----------------------------------------------------------------------------------------------------------------


def of_ticket(policy: Policy, ticket: Ticket) -> Iterator[Fact]:
    """The facts of a ticket as it stands, under the version of the policy that it is pinned to (A-01)."""
    parts = parts_of(ticket)

    def fact(figure: str, judged: _Judged, number: str = "") -> Fact:
        return make(policy, figure, ticket.id, judged, parts, reference=ticket.reference, number=number)

    came: _Judged = ("counted", ticket.received_at, zone_of(policy, ticket.office), None)
    yield fact(CONTACTS, came)
    for again in range(ticket.called_again):
        yield fact(CALLED_AGAIN, came, str(again))
    device = fold_serial(ticket.fault.serial)
    if device:
        yield fact(DEVICES, came, device)
    for kpi in policy.kpis:
        for number, judged in ticket_in(policy, kpi, ticket):
            yield fact(kpi.id, judged, number)


def ticket_in(policy: Policy, kpi: Kpi, ticket: Ticket) -> Iterator[tuple[str, _Judged]]:
    """How a ticket stands in a figure that is told by its state, with the number of each promise; nothing in any other."""
    if not narrowed(kpi, ticket):
        return
    if kpi.clock:
        for number, clock in enumerate(ticket.clocks):
            if clock.id == kpi.clock:
                yield str(number), _of_clock(policy, kpi, clock)
    elif kpi.holds:
        met = "met" if not lacks(policy, ticket, kpi.holds) else "missed"
        counts_on = ticket.closed_at or ticket.received_at
        result = met if ticket.status == "closed" else "running"
        yield "", (result, counts_on, zone_of(policy, ticket.office), None)
    elif kpi.tickets:
        result = "met" if ticket.status == "closed" else "running"
        yield (
            "",
            (
                result,
                ticket.received_at,
                zone_of(policy, ticket.office),
                _seconds(ticket.received_at, ticket.closed_at),
            ),
        )
    elif kpi.shared_address and ticket.address:
        address = policy.address(ticket.address)
        result = "met" if address is not None and address.shared else "missed"
        yield "", (result, ticket.received_at, zone_of(policy, ticket.office), None)


def narrowed(kpi: Kpi, ticket: Ticket) -> bool:
    """True for a ticket of the channels, kinds and classes that a figure is about."""
    return (
        (not kpi.channels or ticket.channel in kpi.channels)
        and (not kpi.kinds or ticket.kind in kpi.kinds)
        and (not kpi.categories or ticket.category in kpi.categories)
    )


def _of_clock(policy: Policy, kpi: Kpi, clock: Clock) -> _Judged:
    # A ticket may keep a version of the policy with another calendar: the figure is told in the days of the first office then.
    known = any(spec.id == clock.calendar for spec in policy.calendars)
    calendar = policy.calendar(clock.calendar, clock.revision) if known else policy.calendar(policy.offices[0].calendar)
    hours = policy.calendar(kpi.hours) if kpi.hours else calendar
    zone, took = calendar.spec.zone, _seconds(clock.started_at, clock.stopped_at)
    if clock.deadline is None:
        return "not_measurable", clock.started_at, zone, took
    closed_then = (kpi.in_hours or kpi.hours) and not hours.is_open(clock.started_at)
    if clock.state in ("exempt", "refused") or closed_then:
        return "left_out", clock.deadline, zone, took
    return (clock.state if clock.state in ("met", "missed") else "running"), clock.deadline, zone, took


def _seconds(begins: dt.datetime | None, ends: dt.datetime | None) -> int | None:
    """Whole seconds, cut."""
    return int((ends - begins).total_seconds()) if begins is not None and ends is not None else None


# --- calls ------------------------------------------------------------------------------------------------------------------


def of_call(policy: Policy, call: Call, ticket: Ticket | None) -> Iterator[Fact]:
    """The facts of a call as it stands."""
    parts = parts_of_call(call, ticket)
    for kpi in policy.kpis:
        judged = call_in(policy, kpi, call)
        if judged is not None:
            yield make(policy, kpi.id, call.id, judged, parts, reference=call.reference)


def measures_calls(policy: Policy, kpi: Kpi) -> bool:
    """True for a figure of calls, false for one of tickets."""
    rule = policy.clock(kpi.clock) if kpi.clock else None
    return kpi.told or kpi.logged or bool(kpi.times) or (rule is not None and rule.when == "call")


def call_in(policy: Policy, kpi: Kpi, call: Call) -> _Judged | None:
    """How a call stands in a figure of calls; None in any other."""
    if not measures_calls(policy, kpi):
        return None
    came = call.rang_at or call.answered_at or call.ended_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    result, took = _of_call(policy, kpi, call)
    return result, came, zone_of(policy, call.office), took


def _of_call(policy: Policy, kpi: Kpi, call: Call) -> tuple[str, int | None]:
    if kpi.times:
        ends = call.answered_at if kpi.times == "ring" else call.ended_at
        begins = call.rang_at if kpi.times == "ring" else (call.answered_at or call.rang_at)
        took = _seconds(begins, ends) if call.direction == "in" else None
        return ("counted" if took is not None else "not_measurable"), took
    if kpi.logged:
        if call.direction != "in":
            return "left_out", None
        return ("met" if call.outcome else "running"), None
    if kpi.told:
        return _told(call), None
    rule = policy.clock(kpi.clock)
    return (answered(policy, rule, call) if rule is not None else "not_measurable"), _seconds(
        call.rang_at, call.answered_at
    )


def _told(call: Call) -> str:
    if call.direction != "in" or not (call.ticket or call.ended_at is None):
        return "left_out"
    if call.told_at is not None:
        return "met"
    return "running" if call.ended_at is None else "missed"


def answered(policy: Policy, rule: ClockRule, call: Call) -> str:
    """How fast a call was answered: only what rang while it was open is measured, and nothing is met that nobody measured (A-46, A-48)."""
    if call.rang_at is None or call.direction != "in":
        return "not_measurable"
    calendar = policy.calendar(policy.calendar_id(rule, call.office))
    ended = call.answered_at or call.ended_at or call.rang_at
    rang_open = calendar.is_open(call.rang_at) or calendar.open_seconds_between(call.rang_at, ended) > 0
    if not rang_open:
        return "left_out"
    if call.answered_at is None:
        return "abandoned" if call.ended_at is not None else "running"
    due = calendar.add(call.rang_at, parse_amount(rule.amount)).at
    return "met" if due is None or call.answered_at <= due else "missed"


# --- lines of registers, refused commands -----------------------------------------------------------------------------------


def of_entry(policy: Policy, entry: Entry, ticket: Ticket | None) -> Iterator[Fact]:
    """The facts of a line of a register: its score, and whether it was decided."""
    parts = parts_of(ticket) if ticket is not None else Parts()
    parts = msgspec.structs.replace(parts, holder=entry.member, customer=parts.customer or entry.subject)
    zone = zone_of(policy, "")
    score = entry.value(SCORE)
    if score.isdecimal():
        judged: _Judged = ("counted", entry.at, zone, int(score))
        yield make(policy, scores_of(entry.register), entry.id, judged, parts)
    for kpi in policy.kpis:
        if kpi.register and kpi.register == entry.register:
            result = "met" if entry.decision else "running"
            judged = (result, entry.at, zone, _seconds(entry.at, entry.decided_at))
            yield make(policy, kpi.id, entry.id, judged, parts)


def of_refusal(
    policy: Policy, command: str, code: str, at: dt.datetime, actor: Member, ticket: Ticket | None
) -> Iterator[Fact]:
    """The facts of a refused command: what the rules stopped is counted apart (V-23, V-29, K-23)."""
    parts = msgspec.structs.replace(
        parts_of(ticket) if ticket is not None else Parts(office=actor.office), holder=actor.id
    )
    judged: _Judged = ("counted", at, zone_of(policy, parts.office), None)
    reference = ticket.reference if ticket is not None else ""
    yield make(policy, REFUSED, command, judged, parts, reference=reference, number=code)
    for kpi in policy.kpis:
        if code in kpi.refused:
            yield make(policy, kpi.id, command, judged, parts, reference=reference)
