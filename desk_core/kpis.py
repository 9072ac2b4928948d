"""The figures of a policy, computed from what happened and never typed in: met, missed, running, not measurable (A-09, A-33, H-04).

A share is cut, never rounded up, and an empty population has none.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from desk_core.calls import Call
from desk_core.decisions.gates import lacks
from desk_core.durations import parse_amount
from desk_core.events import Event, TicketClosed
from desk_core.events_of_service import SurveyAnswered, SurveyOwed
from desk_core.people import fold, fold_serial
from desk_core.policy import ClockRule, Policy
from desk_core.policy_tables import Kpi, Survey
from desk_core.records import Entry
from desk_core.tickets import Clock, Ticket

_PER_MILLE: Final = 1000


class Period(NamedTuple):
    """Whole days, both inclusive, in the zone of each ticket's calendar."""

    first: dt.date
    last: dt.date

    def holds(self, at: dt.datetime, zone: str) -> bool:
        """True when the local date of ``at`` lies in it."""
        return self.first <= at.astimezone(ZoneInfo(zone)).date() <= self.last


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """Four numbers and what stands beside them: ``left_out`` is outside the measured population (out of hours, outside the charter),
    ``abandoned`` calls nobody could answer. ``misses`` names each missed ticket or call (H-04)."""

    met: int = 0
    missed: int = 0
    running: int = 0
    not_measurable: int = 0
    left_out: int = 0
    abandoned: int = 0
    misses: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """The share of met ones in percent with one decimal, cut; None for an empty population."""
        judged = self.met + self.missed
        return None if judged == 0 else (self.met * _PER_MILLE // judged) / 10

    def reaches(self, target: int) -> bool:
        """Whether the share is at least ``target`` percent; nothing missed in an empty population."""
        return self.met * 100 >= target * (self.met + self.missed)


class _Tally:
    def __init__(self) -> None:
        self.counts: dict[str, int] = defaultdict(int)
        self.misses: list[str] = []

    def add(self, result: str, name: str) -> None:
        self.counts[result] += 1
        if result == "missed":
            self.misses.append(name)

    def figure(self) -> Figure:
        return Figure(**self.counts, misses=tuple(self.misses))


def figure(
    policy: Policy, kpi: Kpi, tickets: Iterable[Ticket], calls: Iterable[Call] = (), period: Period | None = None
) -> Figure:
    """One figure over these tickets, or calls for a clock that measures calls; of a clock those whose deadline lies in ``period``."""
    rule = policy.clock(kpi.clock) if kpi.clock else None
    tally = _Tally()
    if rule is not None and rule.when == "call":
        for call in calls:
            tally.add(answered(policy, rule, call), call.id)
        return tally.figure()
    for ticket in tickets:
        if (kpi.channels and ticket.channel not in kpi.channels) or (kpi.kinds and ticket.kind not in kpi.kinds):
            continue
        if kpi.shared_address:
            if ticket.address and (period is None or period.holds(ticket.received_at, _zone(policy, ticket))):
                address = policy.address(ticket.address)
                tally.add("met" if address is not None and address.shared else "missed", ticket.id)
            continue
        if kpi.holds:
            result = "met" if not lacks(policy, ticket, kpi.holds) else "missed"
            tally.add(result if ticket.status == "closed" else "running", ticket.id)
            continue
        for clock in ticket.clocks:
            if clock.id == kpi.clock and (result := _judged(policy, kpi, clock, period)):
                tally.add(result, ticket.id)
    return tally.figure()


def _zone(policy: Policy, ticket: Ticket) -> str:
    office = policy.office(ticket.office) or policy.offices[0]
    return policy.calendar(office.calendar).spec.zone


def _judged(policy: Policy, kpi: Kpi, clock: Clock, period: Period | None) -> str:
    calendar = policy.calendar(clock.calendar)
    if clock.deadline is None:
        return "not_measurable"
    if period is not None and not period.holds(clock.deadline, calendar.spec.zone):
        return ""
    if clock.state in ("exempt", "refused") or (kpi.in_hours and not calendar.is_open(clock.started_at)):
        return "left_out"
    return clock.state if clock.state in ("met", "missed") else "running"


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


def split(
    policy: Policy,
    kpi: Kpi,
    by: str,
    tickets: Iterable[Ticket],
    calls: Iterable[Call] = (),
    period: Period | None = None,
) -> dict[str, Figure]:
    """The figure for each office, holder, channel, customer, kind of entitlement or of complaint; the parts add up to the whole (A-04)."""
    of_ticket: dict[str, Callable[[Ticket], str]] = {
        "office": lambda t: t.office,
        "holder": lambda t: t.holder,
        "channel": lambda t: t.channel,
        "entitlement": lambda t: t.entitlement.source,
        "customer": lambda t: t.customer,
        "complaint": lambda t: t.complaint.kind if t.complaint else "",
    }
    parts: dict[str, tuple[list[Ticket], list[Call]]] = defaultdict(lambda: ([], []))
    for ticket in tickets:
        parts[of_ticket[by](ticket)][0].append(ticket)
    for call in calls:
        parts[call.office if by == "office" else call.member][1].append(call)
    return {name: figure(policy, kpi, *part, period) for name, part in sorted(parts.items())}


def surveyed(survey: Survey, events: Iterable[Event]) -> dict[str, Figure]:
    """What a survey brought, for each member who closed the ticket and under "" in all: met are the answers that the survey calls good;
    tickets that were asked about and have no answer are running (A-07, E-24)."""
    closed_by: dict[str, str] = {}
    asked: dict[str, str] = {}
    answers: dict[str, str] = {}
    for event in events:
        if isinstance(event.what, TicketClosed):
            closed_by[event.ticket] = event.actor
        elif isinstance(event.what, SurveyOwed) and event.what.survey == survey.id:
            asked[event.ticket] = ""
        elif isinstance(event.what, SurveyAnswered) and event.what.survey == survey.id:
            answers[event.ticket] = event.what.answers[0]
    good = {fold(each) for each in survey.good}
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for ticket, answer in (asked | answers).items():
        result = "running" if ticket not in answers else "met" if fold(answer) in good else "missed"
        for member in dict.fromkeys(("", closed_by.get(ticket, ""))):
            tallies[member].add(result, ticket)
    return {member: tally.figure() for member, tally in sorted(tallies.items())}


def mean(entries: Iterable[Entry], field: str) -> tuple[float | None, int]:
    """The mean of the scores that lines of a register hold in a column, cut to one decimal, and how many there are (K-03)."""
    scores = [int(v.value) for entry in entries for v in entry.values if v.field == field and v.value.isdecimal()]
    return (sum(scores) * 10 // len(scores) / 10 if scores else None), len(scores)


def difference(kpi: Kpi, found: Figure, baselines: Iterable[Entry]) -> float | None:
    """How many percent points a figure lies above the newest baseline that was kept for it; None without either (E-12)."""
    kept = sorted(
        (entry for entry in baselines if kpi.id in [v.value for v in entry.values]), key=lambda entry: entry.at
    )
    base = next((v.value.replace(",", ".") for v in kept[-1].values if v.field == "value"), "") if kept else ""
    try:
        return None if found.percent is None else round(found.percent - float(base), 1)
    except ValueError:
        return None


def came_back(tickets: Iterable[Ticket]) -> dict[str, int]:
    """How often each customer had to come back: calls about a ticket that was there, and further tickets on the same device (A-06)."""
    counts: dict[str, int] = defaultdict(int)
    devices: set[tuple[str, str]] = set()
    for ticket in tickets:
        device = (ticket.customer, fold_serial(ticket.fault.serial))
        counts[ticket.customer] += ticket.called_again + (bool(device[1]) and device in devices)
        devices.add(device)
    return {customer: count for customer, count in counts.items() if count}


def counted(tickets: Iterable[Ticket]) -> dict[tuple[str, str], int]:
    """How many tickets each office got on each channel (A-18)."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for ticket in tickets:
        counts[ticket.office, ticket.channel] += 1
    return dict(counts)
