"""The figures of a policy, computed from what happened and never typed in: met, missed, running, not measurable (A-09, A-33, H-04).

How each thing stands is judged in :mod:`desk_core.facts`; here facts are counted. A share is cut, never rounded up, and an empty
population has none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from desk_core import facts
from desk_core.calls import Call
from desk_core.events import Event
from desk_core.facts import Fact, Part, answered, measures_calls
from desk_core.facts_of_events import of_event
from desk_core.policy import Policy
from desk_core.policy_tables import Kpi
from desk_core.records import Entry
from desk_core.tickets import Ticket

__all__ = ["Figure", "Part", "Period", "answered", "figure", "measures_calls", "percent_of", "split"]

_PER_MILLE: Final = 1000


class Period(NamedTuple):
    """Whole days, both inclusive, in the zone of each ticket's calendar."""

    first: dt.date
    last: dt.date

    def holds(self, at: dt.datetime, zone: str) -> bool:
        """True when the local date of ``at`` lies in it."""
        return self.first <= at.astimezone(ZoneInfo(zone)).date() <= self.last


def percent_of(met: int, missed: int) -> float | None:
    """The share of met ones in percent with one decimal, cut; None for an empty population."""
    judged = met + missed
    return None if judged == 0 else (met * _PER_MILLE // judged) / 10


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """Four numbers and what stands beside them: ``left_out`` is outside the measured population (out of hours, outside the charter),
    ``abandoned`` calls nobody could answer, ``counted`` what is only counted. ``lists`` has the ids of the tickets or calls behind each
    number."""

    met: int = 0
    missed: int = 0
    running: int = 0
    not_measurable: int = 0
    left_out: int = 0
    abandoned: int = 0
    counted: int = 0
    lists: dict[str, tuple[str, ...]] = {}

    @property
    def misses(self) -> tuple[str, ...]:
        """Each missed ticket or call (H-04)."""
        return self.lists.get("missed", ())

    @property
    def percent(self) -> float | None:
        """The share of met ones in percent with one decimal, cut; None for an empty population."""
        return percent_of(self.met, self.missed)

    def reaches(self, target: int) -> bool:
        """Whether the share is at least ``target`` percent; nothing missed in an empty population."""
        return self.met * 100 >= target * (self.met + self.missed)


def tallied(found: Iterable[Fact], period: Period | None = None) -> Figure:
    """Facts of one figure, counted; of a period those whose day lies in it."""
    lists: dict[str, list[str]] = defaultdict(list)
    for fact in found:
        if period is None or period.first <= fact.day <= period.last:
            lists[fact.result].append(fact.subject)
    counts = {result: len(names) for result, names in lists.items()}
    return Figure(**counts, lists={result: tuple(names) for result, names in lists.items()})


def figure(
    policy: Policy, kpi: Kpi, tickets: Iterable[Ticket], calls: Iterable[Call] = (), period: Period | None = None
) -> Figure:
    """One figure over these tickets, or calls for one that measures calls. Of a clock count those whose deadline lies in ``period``,
    of what must hold on a closed ticket the day on which it was closed, of calls and mails the day on which they came."""
    return tallied(_of(policy, kpi, tickets, calls), period)


def split(
    policy: Policy,
    kpi: Kpi,
    by: Part,
    tickets: Iterable[Ticket],
    calls: Iterable[Call] = (),
    period: Period | None = None,
) -> dict[str, Figure]:
    """The figure for each office, holder, channel, customer, department, kind of entitlement or of complaint; the parts add up to the
    whole (A-04)."""
    parts: dict[str, list[Fact]] = defaultdict(list)
    for fact in _of(policy, kpi, tickets, calls):
        parts[getattr(fact.parts, by)].append(fact)
    found = {name: tallied(some, period) for name, some in sorted(parts.items())}
    return {name: each for name, each in found.items() if each.lists}


def _of(policy: Policy, kpi: Kpi, tickets: Iterable[Ticket], calls: Iterable[Call]) -> Iterator[Fact]:
    known = {ticket.id: ticket for ticket in tickets}
    if measures_calls(policy, kpi):
        for call in calls:
            judged = facts.call_in(policy, kpi, call)
            if judged is not None:
                yield facts.make(policy, kpi.id, call.id, judged, facts.parts_of_call(call, known.get(call.ticket)))
        return
    for ticket in known.values():
        for number, judged in facts.ticket_in(policy, kpi, ticket):
            yield facts.make(policy, kpi.id, ticket.id, judged, facts.parts_of(ticket), number=number)


def _named(figure_id: str, found: Iterable[Fact]) -> Iterator[Fact]:
    return (fact for fact in found if fact.figure == figure_id)


def happened(
    policy: Policy, figure_id: str, events: Iterable[Event], tickets: Iterable[Ticket], period: Period | None = None
) -> dict[str, Figure]:
    """A figure or a survey that is told by events, for each member and under "" in all: of a survey those who closed the ticket (A-07)."""
    known = {ticket.id: ticket for ticket in tickets}
    kept: dict[tuple[str, str, str], Fact] = {}
    for event in events:
        for fact in _named(figure_id, of_event(policy, event, known.get(event.ticket))):
            kept[fact.key] = fact
    parts: dict[str, list[Fact]] = defaultdict(list)
    for fact in kept.values():
        for member in dict.fromkeys(("", fact.parts.holder)):
            parts[member].append(fact)
    return {member: tallied(some, period) for member, some in sorted(parts.items())}


def mean(entries: Iterable[Entry], field: str) -> tuple[float | None, int]:
    """The mean of the scores that lines of a register hold in a column, cut to one decimal, and how many there are (K-03)."""
    scores = [int(v.value) for entry in entries for v in entry.values if v.field == field and v.value.isdecimal()]
    return cut_mean(sum(scores), len(scores)), len(scores)


def cut_mean(total: int, count: int) -> float | None:
    """A mean with one decimal, cut; None of nothing."""
    return total * 10 // count / 10 if count else None


def baseline(kpi: str, baselines: Iterable[Entry]) -> float | None:
    """The newest baseline that was kept for a figure, in percent (E-12)."""
    kept = sorted((entry for entry in baselines if kpi in [v.value for v in entry.values]), key=lambda entry: entry.at)
    text = next((v.value.replace(",", ".") for v in kept[-1].values if v.field == "value"), "") if kept else ""
    try:
        return float(text)
    except ValueError:
        return None


def difference(kpi: Kpi, found: Figure, baselines: Iterable[Entry]) -> float | None:
    """How many percent points a figure lies above the newest baseline that was kept for it; None without either (E-12)."""
    base = baseline(kpi.id, baselines)
    return None if found.percent is None or base is None else round(found.percent - base, 1)


def came_back(policy: Policy, tickets: Iterable[Ticket]) -> dict[str, int]:
    """How often each customer had to come back: calls about a ticket that was there, and further tickets on the same device (A-06)."""
    counts: Counter[str] = Counter()
    devices: set[tuple[str, str]] = set()
    for ticket in tickets:
        for fact in facts.of_ticket(policy, ticket):
            counts[ticket.customer] += fact.figure == facts.CALLED_AGAIN
            if fact.figure == facts.DEVICES:
                device = (ticket.customer, fact.number)
                counts[ticket.customer] += device in devices
                devices.add(device)
    return {customer: count for customer, count in counts.items() if count}


def counted(
    policy: Policy, tickets: Iterable[Ticket], period: Period | None = None
) -> dict[tuple[str, str, int], tuple[str, ...]]:
    """The tickets that each office got on each channel in each hour of its day (A-18)."""
    found: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for ticket in tickets:
        for fact in _named(facts.CONTACTS, facts.of_ticket(policy, ticket)):
            if period is None or period.first <= fact.day <= period.last:
                found[fact.parts.office, fact.parts.channel, fact.hour].append(ticket.id)
    return {key: tuple(ids) for key, ids in sorted(found.items())}
