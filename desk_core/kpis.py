"""The figures of a policy, computed from what happened and never typed in: met, missed, running, not measurable (A-09, A-33, H-04).

A share is cut, never rounded up, and an empty population has none.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple
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

Part = Literal["office", "department", "holder", "customer", "channel", "entitlement", "complaint"]
"""By what a figure is taken apart."""

_PER_MILLE: Final = 1000
_PART_OF_TICKET: Final[dict[Part, Callable[[Ticket], str]]] = {
    "office": lambda t: t.office,
    "department": lambda t: t.department,
    "holder": lambda t: t.holder,
    "customer": lambda t: t.customer,
    "channel": lambda t: t.channel,
    "entitlement": lambda t: t.entitlement.source,
    "complaint": lambda t: t.complaint.kind if t.complaint else "",
}
_PART_OF_CALL: Final[dict[Part, Callable[[Call], str]]] = {
    "office": lambda c: c.office,
    "department": lambda c: c.department,
    "holder": lambda c: c.member,
    "channel": lambda _: "phone",
}


class Period(NamedTuple):
    """Whole days, both inclusive, in the zone of each ticket's calendar."""

    first: dt.date
    last: dt.date

    def holds(self, at: dt.datetime, zone: str) -> bool:
        """True when the local date of ``at`` lies in it."""
        return self.first <= at.astimezone(ZoneInfo(zone)).date() <= self.last


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """Four numbers and what stands beside them: ``left_out`` is outside the measured population (out of hours, outside the charter),
    ``abandoned`` calls nobody could answer. ``lists`` has the ids of the tickets or calls behind each number."""

    met: int = 0
    missed: int = 0
    running: int = 0
    not_measurable: int = 0
    left_out: int = 0
    abandoned: int = 0
    lists: dict[str, tuple[str, ...]] = {}

    @property
    def misses(self) -> tuple[str, ...]:
        """Each missed ticket or call (H-04)."""
        return self.lists.get("missed", ())

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
        self.lists: dict[str, list[str]] = defaultdict(list)

    def add(self, result: str, name: str) -> None:
        if result:
            self.lists[result].append(name)

    def figure(self) -> Figure:
        counts = {result: len(names) for result, names in self.lists.items()}
        return Figure(**counts, lists={result: tuple(names) for result, names in self.lists.items()})


def figure(
    policy: Policy, kpi: Kpi, tickets: Iterable[Ticket], calls: Iterable[Call] = (), period: Period | None = None
) -> Figure:
    """One figure over these tickets, or calls for one that measures calls. Of a clock count those whose deadline lies in ``period``,
    of what must hold on a closed ticket the day on which it was closed, of calls and mails the day on which they came."""
    tally = _Tally()
    if measures_calls(policy, kpi):
        for call in calls:
            if period is None or period.holds(*_came(policy, call)):
                tally.add(_of_call(policy, kpi, call), call.id)
        return tally.figure()
    for ticket in tickets:
        if (kpi.channels and ticket.channel not in kpi.channels) or (kpi.kinds and ticket.kind not in kpi.kinds):
            continue
        if kpi.clock:
            for clock in ticket.clocks:
                if clock.id == kpi.clock:
                    tally.add(_judged(policy, kpi, clock, period), ticket.id)
        else:
            tally.add(_of_ticket(policy, kpi, ticket, period), ticket.id)
    return tally.figure()


def measures_calls(policy: Policy, kpi: Kpi) -> bool:
    """True for a figure of calls, false for one of tickets."""
    rule = policy.clock(kpi.clock) if kpi.clock else None
    return kpi.told or (rule is not None and rule.when == "call")


def _of_ticket(policy: Policy, kpi: Kpi, ticket: Ticket, period: Period | None) -> str:
    """How a ticket stands in a figure that no clock measures; "" when it does not count."""
    counts_on = ticket.received_at if kpi.shared_address else ticket.closed_at or ticket.received_at
    if period is not None and not period.holds(counts_on, _zone(policy, ticket.office)):
        return ""
    if not kpi.shared_address:
        result = "met" if not lacks(policy, ticket, kpi.holds) else "missed"
        return result if ticket.status == "closed" else "running"
    if not ticket.address:
        return ""
    address = policy.address(ticket.address)
    return "met" if address is not None and address.shared else "missed"


def _of_call(policy: Policy, kpi: Kpi, call: Call) -> str:
    if not kpi.told:
        rule = policy.clock(kpi.clock)
        return answered(policy, rule, call) if rule is not None else "not_measurable"
    if call.direction != "in" or not (call.ticket or call.ended_at is None):
        return "left_out"
    if call.told_at is not None:
        return "met"
    return "running" if call.ended_at is None else "missed"


def _came(policy: Policy, call: Call) -> tuple[dt.datetime, str]:
    """When a call came, and in which zone that day is told."""
    at = call.rang_at or call.answered_at or call.ended_at
    return at or dt.datetime.min.replace(tzinfo=dt.UTC), _zone(policy, call.office)


def _zone(policy: Policy, office_id: str) -> str:
    office = policy.office(office_id) or policy.offices[0]
    return policy.calendar(office.calendar).spec.zone


def _judged(policy: Policy, kpi: Kpi, clock: Clock, period: Period | None) -> str:
    # A ticket may keep a version of the policy with another calendar: the figure is told in the days of the first office then.
    known = any(spec.id == clock.calendar for spec in policy.calendars)
    calendar = policy.calendar(clock.calendar if known else policy.offices[0].calendar)
    if period is not None and not period.holds(clock.deadline or clock.started_at, calendar.spec.zone):
        return ""
    if clock.deadline is None:
        return "not_measurable"
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
    by: Part,
    tickets: Iterable[Ticket],
    calls: Iterable[Call] = (),
    period: Period | None = None,
) -> dict[str, Figure]:
    """The figure for each office, holder, channel, customer, department, kind of entitlement or of complaint; the parts add up to the
    whole (A-04). A call belongs to who answered it, and to its ticket's customer, entitlement and complaint."""
    parts: dict[str, tuple[list[Ticket], list[Call]]] = defaultdict(lambda: ([], []))
    of: dict[str, Ticket] = {}
    for ticket in tickets:
        of[ticket.id] = ticket
        parts[_PART_OF_TICKET[by](ticket)][0].append(ticket)
    for call in calls:
        name = _PART_OF_CALL[by](call) if by in _PART_OF_CALL else ""
        if by not in _PART_OF_CALL and call.ticket in of:
            name = _PART_OF_TICKET[by](of[call.ticket])
        parts[name][1].append(call)
    figures = {name: figure(policy, kpi, *part, period) for name, part in sorted(parts.items())}
    return {name: found for name, found in figures.items() if found.lists}


def surveyed(
    survey: Survey, events: Iterable[Event], period: Period | None = None, zone: str = "UTC"
) -> dict[str, Figure]:
    """What a survey brought, for each member who closed the ticket and under "" in all: met are the answers that the survey calls good;
    tickets that were asked about and have no answer are running. Those that were asked or answered in ``period`` (A-07, E-24)."""
    closed_by: dict[str, str] = {}
    asked: dict[str, str] = {}
    answers: dict[str, str] = {}
    for event in events:
        what = event.what
        if isinstance(what, TicketClosed):
            closed_by[event.ticket] = event.actor
        elif isinstance(what, SurveyOwed | SurveyAnswered) and what.survey == survey.id:
            if period is not None and not period.holds(event.at, zone):
                continue
            if isinstance(what, SurveyOwed):
                asked[event.ticket] = ""
            else:
                answers[event.ticket] = what.answers[0]
    good = {fold(each) for each in survey.good}
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for ticket, answer in (asked | answers).items():
        result = "not_measurable" if not good else "met" if fold(answer) in good else "missed"
        for member in dict.fromkeys(("", closed_by.get(ticket, ""))):
            tallies[member].add(result if ticket in answers else "running", ticket)
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


def counted(
    policy: Policy, tickets: Iterable[Ticket], period: Period | None = None
) -> dict[tuple[str, str, int], tuple[str, ...]]:
    """The tickets that each office got on each channel in each hour of its day (A-18)."""
    found: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for ticket in tickets:
        zone = _zone(policy, ticket.office)
        if period is None or period.holds(ticket.received_at, zone):
            hour = ticket.received_at.astimezone(ZoneInfo(zone)).hour
            found[ticket.office, ticket.channel, hour].append(ticket.id)
    return {key: tuple(ids) for key, ids in sorted(found.items())}
