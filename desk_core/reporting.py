"""The report of a period: every figure of the policy with what lies behind it (features 5.4: A-04, A-09, A-18, A-33, E-12, E-13, H-04).

Whoever holds the facts counts them (:class:`Sums`); here they become the lines that people read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

import msgspec

from desk_core import definitions, facts, kpis
from desk_core.facts import Part, Result
from desk_core.kpis import Figure, Period
from desk_core.policy import Policy
from desk_core.policy_tables import Kpi
from desk_core.records import Entry

NONE = "n/a"
"""The share of an empty population."""
RESULTS: Final[tuple[Result, ...]] = (
    *("met", "missed", "running", "not_measurable", "left_out", "abandoned", "counted"),
)
"""The numbers of a figure, each of which has a list behind it."""


class Tally(NamedTuple):
    """How many facts of a figure have a result, in all (``part`` None) or in one part; of ``measured`` of them it is known how many
    seconds they took, ``total`` together and the ``longest``."""

    figure: str
    part: str | None
    result: str
    number: int
    total: int = 0
    measured: int = 0
    longest: int = 0


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Who reviewed a report of this period, and when (A-09). ``id`` is the line of the register."""

    by: str
    at: dt.datetime
    id: str = ""


class Sums(NamedTuple):
    """What a period comes to. ``misses`` are the references of what was missed where each one counts, for the whole (None) and each part;
    ``contacts`` say office, channel, hour and how many; ``again`` the customers and how often they came back; ``names`` are those of
    members and customers; ``as_of`` is when it was counted, ``signed`` whose sign-off keeps it."""

    tallies: tuple[Tally, ...]
    misses: Mapping[tuple[str, str | None], tuple[str, ...]]
    contacts: tuple[tuple[str, str, int, int], ...]
    again: Mapping[str, int]
    refused: Mapping[str, int]
    names: Mapping[str, str]
    baselines: tuple[Entry, ...]
    reviews: tuple[Review, ...]
    as_of: dt.datetime
    signed: Review | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, or one ``part`` of it ("" is the whole; ``key`` is the part's id). ``percent`` is cut, never rounded up; ``reached`` is ""
    without a target; ``difference`` are percent points above the baseline. ``misses`` are the references of what was missed where each
    one counts. ``mean_seconds`` (cut) and ``longest_seconds`` say how long it took, where that is known."""

    id: str
    title: str
    part: str = ""
    key: str = ""
    met: int
    missed: int
    running: int
    not_measurable: int
    left_out: int
    abandoned: int
    counted: int = 0
    percent: str
    target: int = 0
    reached: Literal["", "yes", "no"] = ""
    difference: float | None = None
    misses: tuple[str, ...] = ()
    mean_seconds: int | None = None
    longest_seconds: int | None = None
    definition: str = ""
    rules: tuple[str, ...] = ()


class Mean(msgspec.Struct, frozen=True, kw_only=True):
    """The mean of the scores in a register, cut to one decimal, with the number of them (K-03, A-23)."""

    register: str
    title: str
    part: str = ""
    key: str = ""
    mean: str
    count: int


class Contacts(msgspec.Struct, frozen=True, kw_only=True):
    """How many tickets an office got on a channel, and in which hours of its day (A-18)."""

    office: str
    channel: str
    count: int
    hours: dict[str, int]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of a period, both days inclusive. ``again`` says how often customers had to come back (A-06); ``refused`` how often
    the rules refused a command with which code (V-23, V-29). ``as_of`` is when it was counted; ``signed`` the review that keeps these
    figures as they were then (A-09), None for those of the moment."""

    policy: str
    version: str
    first: dt.date
    last: dt.date
    by: str = ""
    as_of: dt.datetime
    signed: Review | None = None
    figures: tuple[Line, ...]
    surveys: tuple[Line, ...]
    means: tuple[Mean, ...]
    contacts: tuple[Contacts, ...]
    again: dict[str, int]
    refused: dict[str, int]
    reviews: tuple[Review, ...]


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """One thing behind a number: a ticket or a call with its reference, or what has none; since when it counts, and how long it took.
    ``part`` is a name."""

    id: str
    reference: str
    at: dt.datetime
    member: str = ""
    customer: str = ""
    department: str = ""
    seconds: int | None = None


class BehindReply(msgspec.Struct, frozen=True, kw_only=True):
    """The list behind a number: ``total`` things, of which these are the rows from ``offset`` on."""

    figure: str
    result: str
    total: int
    offset: int
    rows: tuple[Behind, ...]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in one step of a trend; the first day of the step."""

    first: dt.date
    met: int = 0
    missed: int = 0
    running: int = 0
    not_measurable: int = 0
    left_out: int = 0
    abandoned: int = 0
    counted: int = 0
    percent: str = NONE


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """A figure over time, a point for each month or week in which anything counted."""

    figure: str
    title: str
    step: Literal["day", "week", "month"]
    as_of: dt.datetime
    points: tuple[Point, ...]


def period_text(period: Period) -> str:
    """A period as a review's line names it."""
    return f"{period.first} to {period.last}"


def period_of(text: str) -> Period | None:
    """The period that a review's line names; None for other words, or for days that are none."""
    first, _, last = text.strip().partition(" to ")
    try:
        found = Period(dt.date.fromisoformat(first.strip()), dt.date.fromisoformat(last.strip()))
    except ValueError:
        return None
    return found if found.first <= found.last else None


def figure_ids(policy: Policy) -> tuple[str, ...]:
    """Every figure that the policy tells, surveys included."""
    return (*(kpi.id for kpi in policy.kpis), *(survey.id for survey in policy.surveys))


def own_figures(policy: Policy) -> tuple[str, ...]:
    """The figures of the scores that the policy's registers hold."""
    scored = (each.id for each in policy.registers if any(field.id == facts.SCORE for field in each.fields))
    return tuple(facts.scores_of(register) for register in scored)


def all_figures(policy: Policy) -> tuple[str, ...]:
    """Every figure that a report of this policy counts, the program's own included."""
    own = (facts.CONTACTS, facts.CALLED_AGAIN, facts.DEVICES, facts.REFUSED)
    return (*figure_ids(policy), *own_figures(policy), *own)


def report(policy: Policy, sums: Sums, period: Period, by: Part | None = None, only: Iterable[str] = ()) -> Report:
    """Everything, or ``only`` the figures with these ids; with ``by`` each whole is followed by its parts."""
    wanted = tuple(only)
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for tally in sums.tallies:
        tallies[tally.figure].append(tally)
    names = _names(policy, sums, by)
    chosen = [kpi for kpi in policy.kpis if not wanted or kpi.id in wanted]
    asked = [survey for survey in policy.surveys if not wanted or survey.id in wanted]
    return Report(
        policy=policy.head.name,
        version=policy.head.version,
        first=period.first,
        last=period.last,
        by=by or "",
        as_of=sums.as_of,
        signed=sums.signed,
        figures=tuple(line for kpi in chosen for line in _figure(policy, kpi, tallies[kpi.id], sums, names)),
        surveys=tuple(
            msgspec.structs.replace(line, definition=definitions.of_survey(survey), rules=survey.rules)
            for survey in asked
            for line in _lines(survey.id, survey.title, tallies[survey.id], names)
        ),
        means=tuple(_means(policy, tallies, names)),
        contacts=tuple(_contacts(sums)),
        again={sums.names.get(customer, customer): count for customer, count in sums.again.items()},
        refused=dict(sorted(sums.refused.items())),
        reviews=sums.reviews,
    )


def _names(policy: Policy, sums: Sums, by: Part | None) -> Mapping[str, str]:
    """What the parts are called."""
    if by == "office":
        return {office.id: office.title for office in policy.offices}
    if by == "department":
        return {department.id: department.title for department in policy.departments}
    return sums.names


def _figure(policy: Policy, kpi: Kpi, tallies: Iterable[Tally], sums: Sums, names: Mapping[str, str]) -> Iterable[Line]:
    base = kpis.baseline(kpi.id, sums.baselines)
    for line in _lines(kpi.id, kpi.title, tallies, names):
        found = _as_figure(line)
        share = found.percent
        judged = bool(kpi.target) and share is not None
        whole = line.part == ""
        yield msgspec.structs.replace(
            line,
            target=kpi.target,
            reached="" if not judged else "yes" if found.reaches(kpi.target) else "no",
            difference=round(share - base, 1) if whole and share is not None and base is not None else None,
            misses=sums.misses.get((kpi.id, None if whole else line.key), ()) if kpi.list_each else (),
            definition=definitions.definition(policy, kpi),
            rules=kpi.rules,
        )


def _as_figure(line: Line | Point) -> Figure:
    return Figure(**{result: getattr(line, result) for result in RESULTS})


def _lines(figure_id: str, title: str, tallies: Iterable[Tally], names: Mapping[str, str]) -> Iterable[Line]:
    """The whole and, whoever fared worst first (E-13), its parts."""
    parts: dict[str | None, list[Tally]] = {None: []}
    for tally in tallies:
        parts.setdefault(tally.part, []).append(tally)
    yield _line(figure_id, title, "", "", parts.pop(None))
    found = [
        _line(figure_id, title, names.get(key or "", key or "") or NONE, key or "", some) for key, some in parts.items()
    ]
    yield from sorted(found, key=lambda line: (-line.missed, line.key))


def _line(figure_id: str, title: str, part: str, key: str, tallies: Iterable[Tally]) -> Line:
    counts: dict[str, Any] = dict.fromkeys(RESULTS, 0)
    total = measured = longest = 0
    for tally in tallies:
        counts[tally.result] += tally.number
        total, measured, longest = total + tally.total, measured + tally.measured, max(longest, tally.longest)
    share = kpis.percent_of(counts["met"], counts["missed"])
    return Line(
        id=figure_id,
        title=title,
        part=part,
        key=key,
        **counts,
        percent=percent_text(share),
        mean_seconds=total // measured if measured else None,
        longest_seconds=longest if measured else None,
    )


def percent_text(share: float | None) -> str:
    """A share as it is told."""
    return NONE if share is None else f"{share:.1f}"


def trend(
    policy: Policy,
    figure: str,
    step: Literal["day", "week", "month"],
    counts: Iterable[tuple[dt.date, str, int]],
    as_of: dt.datetime,
) -> Trend:
    """A figure over time from its first days, results and how many."""
    points: dict[dt.date, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(RESULTS, 0))
    for first, result, count in counts:
        points[first][result] += count
    titles = {each.id: each.title for each in policy.kpis} | {each.id: each.title for each in policy.surveys}
    made = (
        Point(first=first, **each, percent=percent_text(kpis.percent_of(each["met"], each["missed"])))
        for first, each in sorted(points.items())
    )
    return Trend(figure=figure, title=titles.get(figure, figure), step=step, as_of=as_of, points=tuple(made))


def _means(policy: Policy, tallies: Mapping[str, Iterable[Tally]], names: Mapping[str, str]) -> Iterable[Mean]:
    for register in policy.registers:
        if all(field.id != facts.SCORE for field in register.fields):
            continue
        parts: dict[str | None, list[Tally]] = {None: []}
        for tally in tallies.get(facts.scores_of(register.id), ()):
            parts.setdefault(tally.part, []).append(tally)
        for key, some in parts.items():
            count = sum(each.measured for each in some)
            mean = kpis.cut_mean(sum(each.total for each in some), count)
            part = "" if key is None else names.get(key, key) or NONE
            text = NONE if mean is None else f"{mean:.1f}"
            yield Mean(register=register.id, title=register.title, part=part, key=key or "", mean=text, count=count)


def _contacts(sums: Sums) -> Iterable[Contacts]:
    hours: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for office, channel, hour, count in sums.contacts:
        hours[office, channel][f"{hour:02}"] = count
    for (office, channel), each in hours.items():
        yield Contacts(office=office, channel=channel, count=sum(each.values()), hours=each)
