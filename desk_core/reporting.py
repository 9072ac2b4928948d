"""The report of a period: every figure of the policy with what lies behind it (features 5.4: A-04, A-09, A-18, A-33, E-12, E-13, H-04)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec

from desk_core import kpis
from desk_core.calls import Call
from desk_core.events import Event
from desk_core.kpis import Figure, Part, Period
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.policy_tables import Kpi
from desk_core.records import Entry
from desk_core.tickets import Ticket

NONE = "n/a"
"""The share of an empty population."""
RESULTS = ("met", "missed", "running", "not_measurable", "left_out", "abandoned")
"""The numbers of a figure, each of which has a list behind it."""
_SCORE = "score"


class Facts(NamedTuple):
    """What happened, as far as a report counts it. ``customers`` are names by id; ``refused`` says how often a command was refused with
    which code."""

    tickets: tuple[Ticket, ...]
    calls: tuple[Call, ...]
    events: tuple[Event, ...]
    entries: tuple[Entry, ...]
    members: tuple[Member, ...]
    customers: Mapping[str, str]
    refused: Mapping[str, int]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, or one ``part`` of it ("" is the whole). ``percent`` is cut, never rounded up; ``reached`` is "" without a target;
    ``difference`` are percent points above the baseline. ``misses`` are the references of what was missed where each one counts."""

    id: str
    title: str
    part: str = ""
    met: int
    missed: int
    running: int
    not_measurable: int
    left_out: int
    abandoned: int
    percent: str
    target: int = 0
    reached: Literal["", "yes", "no"] = ""
    difference: float | None = None
    misses: tuple[str, ...] = ()


class Mean(msgspec.Struct, frozen=True, kw_only=True):
    """The mean of the scores in a register, cut to one decimal, with the number of them (K-03, A-23)."""

    register: str
    title: str
    part: str = ""
    mean: str
    count: int


class Contacts(msgspec.Struct, frozen=True, kw_only=True):
    """How many tickets an office got on a channel, and in which hours of its day (A-18)."""

    office: str
    channel: str
    count: int
    hours: dict[str, int]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Who reviewed a report of this period, and when (A-09)."""

    by: str
    at: dt.datetime


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of a period, both days inclusive. ``again`` says how often customers had to come back (A-06); ``refused`` how often
    the rules refused a command with which code (V-23, V-29)."""

    policy: str
    version: str
    first: dt.date
    last: dt.date
    figures: tuple[Line, ...]
    surveys: tuple[Line, ...]
    means: tuple[Mean, ...]
    contacts: tuple[Contacts, ...]
    again: dict[str, int]
    refused: dict[str, int]
    reviews: tuple[Review, ...]


def period_text(period: Period) -> str:
    """A period as a review's line names it."""
    return f"{period.first} to {period.last}"


def report(policy: Policy, facts: Facts, period: Period, by: Part | None = None, only: Iterable[str] = ()) -> Report:
    """Everything, or ``only`` the figures with these ids; with ``by`` each whole is followed by its parts."""
    wanted = tuple(only)
    counted = kpis.counted(policy, facts.tickets, period)
    hours: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (office, channel, hour), ids in counted.items():
        hours[office, channel][f"{hour:02}"] = len(ids)
    names = _names(policy, facts, by)
    came = (ticket for ticket in facts.tickets if _received(policy, ticket, period))
    again = kpis.came_back(came)
    return Report(
        policy=policy.head.name,
        version=policy.head.version,
        first=period.first,
        last=period.last,
        figures=tuple(
            line
            for kpi in policy.kpis
            if not wanted or kpi.id in wanted
            for line in _lines(policy, facts, kpi, period, by, names)
        ),
        surveys=tuple(_surveys(policy, facts, period, by, wanted)),
        means=tuple(_means(policy, facts, period, by)),
        contacts=tuple(
            Contacts(office=office, channel=channel, count=sum(each.values()), hours=each)
            for (office, channel), each in hours.items()
        ),
        again={facts.customers.get(customer, customer): count for customer, count in again.items()},
        refused=dict(sorted(facts.refused.items())),
        reviews=tuple(_reviews(policy, facts, period)),
    )


def behind(policy: Policy, facts: Facts, period: Period, figure_id: str, result: str) -> tuple[str, ...] | None:
    """The references behind a number of a figure or of a survey; None when the policy has none of that id."""
    for kpi in policy.kpis:
        if kpi.id == figure_id:
            found = kpis.figure(policy, kpi, facts.tickets, facts.calls, period)
            return _references(facts, found, result)
    for survey in policy.surveys:
        if survey.id == figure_id:
            results = kpis.surveyed(survey, facts.events, period, _zone(policy))
            return _references(facts, results.get("", Figure()), result)
    return None


def _lines(
    policy: Policy, facts: Facts, kpi: Kpi, period: Period, by: Part | None, names: Mapping[str, str]
) -> Iterable[Line]:
    whole = kpis.figure(policy, kpi, facts.tickets, facts.calls, period)
    difference = kpis.difference(kpi, whole, facts.entries)
    yield _line(facts, kpi, whole, difference=difference)
    if by is None:
        return
    parts = kpis.split(policy, kpi, by, facts.tickets, facts.calls, period)
    # Whoever fared worst stands first (E-13).
    for part, found in sorted(parts.items(), key=lambda each: (-each[1].missed, each[0])):
        yield _line(facts, kpi, found, part=names.get(part, part) or NONE)


def _line(facts: Facts, kpi: Kpi, found: Figure, part: str = "", difference: float | None = None) -> Line:
    judged = bool(kpi.target) and found.percent is not None
    return msgspec.structs.replace(
        _numbers(kpi.id, kpi.title, part, found),
        target=kpi.target,
        reached="" if not judged else "yes" if found.reaches(kpi.target) else "no",
        difference=difference,
        misses=_references(facts, found, "missed") if kpi.list_each else (),
    )


def _numbers(figure_id: str, title: str, part: str, found: Figure) -> Line:
    return Line(
        id=figure_id,
        title=title,
        part=part,
        met=found.met,
        missed=found.missed,
        running=found.running,
        not_measurable=found.not_measurable,
        left_out=found.left_out,
        abandoned=found.abandoned,
        percent=NONE if found.percent is None else f"{found.percent:.1f}",
    )


def _surveys(policy: Policy, facts: Facts, period: Period, by: Part | None, wanted: tuple[str, ...]) -> Iterable[Line]:
    members = {member.id: member.name for member in facts.members}
    for survey in policy.surveys:
        if wanted and survey.id not in wanted:
            continue
        found = kpis.surveyed(survey, facts.events, period, _zone(policy))
        yield _numbers(survey.id, survey.title, "", found.pop("", Figure()))
        for member, each in found.items() if by == "holder" else ():
            yield _numbers(survey.id, survey.title, members.get(member, member), each)


def _means(policy: Policy, facts: Facts, period: Period, by: Part | None) -> Iterable[Mean]:
    members = {member.id: member.name for member in facts.members}
    for register in policy.registers:
        if all(field.id != _SCORE for field in register.fields):
            continue
        lines = [e for e in facts.entries if e.register == register.id and period.holds(e.at, _zone(policy))]
        yield _mean(register.id, register.title, "", lines)
        about = sorted({line.member for line in lines if line.member}) if by == "holder" else ()
        for member in about:
            mine = [line for line in lines if line.member == member]
            yield _mean(register.id, register.title, members.get(member, member), mine)


def _mean(register: str, title: str, part: str, lines: Iterable[Entry]) -> Mean:
    mean, count = kpis.mean(lines, _SCORE)
    return Mean(register=register, title=title, part=part, mean=NONE if mean is None else f"{mean:.1f}", count=count)


def _reviews(policy: Policy, facts: Facts, period: Period) -> Iterable[Review]:
    kept = {register.id for register in policy.registers if register.reviews}
    members = {member.id: member.name for member in facts.members}
    for entry in sorted(facts.entries, key=lambda each: each.at):
        if entry.register in kept and period_text(period) in [value.value for value in entry.values]:
            yield Review(by=members.get(entry.member, entry.member), at=entry.at)


def _references(facts: Facts, found: Figure, result: str) -> tuple[str, ...]:
    numbers = {ticket.id: ticket.reference for ticket in facts.tickets}
    numbers |= {call.id: call.reference for call in facts.calls}
    return tuple(dict.fromkeys(numbers.get(name, name) for name in found.lists.get(result, ())))


def _names(policy: Policy, facts: Facts, by: Part | None) -> Mapping[str, str]:
    if by == "holder":
        return {member.id: member.name for member in facts.members}
    if by == "customer":
        return facts.customers
    if by == "office":
        return {office.id: office.title for office in policy.offices}
    if by == "department":
        return {department.id: department.title for department in policy.departments}
    return {}


def _received(policy: Policy, ticket: Ticket, period: Period) -> bool:
    office = policy.office(ticket.office) or policy.offices[0]
    return period.holds(ticket.received_at, policy.calendar(office.calendar).spec.zone)


def _zone(policy: Policy) -> str:
    """Where days are told of what belongs to no office."""
    return policy.calendar(policy.offices[0].calendar).spec.zone
