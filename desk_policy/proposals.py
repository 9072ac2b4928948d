"""Proposed holidays of one year for the calendars of a policy, as TOML for a person to confirm and paste (F02).

The dates come from the package `holidays`; what counts are the dates in the policy file alone, so nothing changes with an upgrade of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import chain
from typing import Final, NamedTuple

import holidays

from desk_core.calendar_spec import CalendarSpec
from desk_core.calendars import Calendar
from desk_core.explanation_texts import MONTH_NAMES, WEEKDAY_NAMES
from desk_core.policy import Policy
from desk_core.zones import next_day

Named = Mapping[dt.date, str]
_MOST_MOVED: Final = 7
_ONE_DAY: Final = dt.timedelta(days=1)
_LANGUAGES: Final = {"en": ("en_GB", "en_US", "en"), "de": ("de",), "it": ("it", "it_IT")}
_BRIDGE: Final = {
    "en": ("Bridge day after {name}", "Bridge day before {name}"),
    "de": ("Brückentag nach {name}", "Brückentag vor {name}"),
    "it": ("Ponte dopo {name}", "Ponte prima di {name}"),
}


class ProposalError(ValueError):
    """Why nothing can be proposed, with what would be right."""


class Day(NamedTuple):
    """A proposed day and what a person has to know of it."""

    date: dt.date
    name: str
    remark: str = ""

    @property
    def line(self) -> str:
        """The day as a line of a list in a policy file."""
        name = self.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'    {{ date = {self.date}, name = "{name}" }},' + (f"  # {self.remark}" if self.remark else "")


class Proposal(NamedTuple):
    """What is proposed for one calendar; ``bridge_days`` and ``working`` are candidates that a person decides about."""

    spec: CalendarSpec
    region: str
    holidays: tuple[Day, ...]
    bridge_days: tuple[Day, ...]
    working: tuple[dt.date, ...]
    forgotten: tuple[Day, ...]


def propose(policy: Policy, year: int) -> list[Proposal]:
    """A proposal for each calendar of the policy that keeps holidays. Raises ProposalError."""
    found = [(spec, region) for spec in policy.calendars if (region := _region(policy, spec))]
    if not found:
        raise ProposalError(
            f'No calendar of {policy.head.name} says whose holidays it keeps; write for example holiday_region = "DE-HH" into it.'
        )
    return [_proposal(spec, region, policy.head.language, year) for spec, region in found]


def toml(policy: Policy, year: int, proposals: list[Proposal]) -> str:
    """The proposals as a person pastes them: one block for each calendar, with comments for what has to be decided."""
    head = [
        f"# Proposed for {year}, for the policy {policy.head.name}, from the package holidays {version('holidays')}.",
        "# Nothing counts before a person has confirmed every line and pasted it into the lists of its calendar.",
    ]
    return "\n".join(chain(head, *(_block(each, year) for each in proposals))) + "\n"


def _region(policy: Policy, spec: CalendarSpec) -> str:
    """Whose holidays: what the calendar says, else the country of the office that keeps it if it lists any holidays."""
    if spec.holiday_region or not spec.holidays:
        return spec.holiday_region
    return next((office.country for office in policy.offices if office.calendar == spec.id), "")


def _proposal(spec: CalendarSpec, region: str, language: str, year: int) -> Proposal:
    moved = _public(spec.id, region, language, year, observed=True)
    plain = _public(spec.id, region, language, year, observed=False)
    calendar = Calendar(spec)
    days = tuple(
        Day(date, name, _remark(calendar, date, name, plain, moved))
        for date in sorted(moved)
        if date.year == year
        for name in moved.get_list(date)
    )
    names = {day.date: day.name for day in days}
    if not names:
        raise ProposalError(f"The package holidays knows no holiday of {region} in {year}; choose a nearer year.")
    return Proposal(
        spec=spec,
        region=region,
        holidays=days,
        bridge_days=tuple(_bridges(calendar, names, language, year)) if spec.closed_days else (),
        working=tuple(date for date in sorted(moved.weekend_workdays) if date.year == year),
        forgotten=tuple(Day(*day) for day in _listed(spec, year).items() if day[0] not in names),
    )


def _listed(spec: CalendarSpec, year: int) -> dict[dt.date, str]:
    return {day.date: day.name for day in spec.holidays if day.date.year == year}


def _public(calendar: str, region: str, language: str, year: int, *, observed: bool) -> holidays.HolidayBase:
    """The public holidays of the year and of those beside it, since a day may be moved over New Year."""
    country, _, part = region.partition("-")
    years = range(year - 1, year + 2)
    try:
        known = holidays.country_holidays(country, subdiv=part or None).supported_languages
        spoken = next((each for each in _LANGUAGES[language] if each in known), None)
        return holidays.country_holidays(country, subdiv=part or None, years=years, observed=observed, language=spoken)
    except NotImplementedError:
        raise ProposalError(
            f'[[calendar]] "{calendar}", holiday_region: the package holidays does not know {region}; write a country or'
            " its part by ISO 3166-2, or leave it out and enter the dates by hand."
        ) from None


def _remark(calendar: Calendar, date: dt.date, name: str, plain: Named, moved: Named) -> str:
    """What a person has to know: moved here, moved away, or lost because it falls on a day that is closed anyway."""
    week = calendar.spec.week
    if date not in plain:
        origin = _nearest(date, (day for day in plain if plain[day] in name and not week[day.weekday()]))
        return f"in place of {_short(origin)}" if origin else f"{_short(date)}: given in addition"
    if week[date.weekday()]:
        return ""
    place = _nearest(date, (day for day in moved if day not in plain and name in moved[day]))
    return f"{_short(date)} is closed anyway: " + (f"moved to {_short(place)}" if place else "lost")


def _short(day: dt.date) -> str:
    return f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"


def _nearest(date: dt.date, days: Iterable[dt.date]) -> dt.date | None:
    near = [day for day in days if abs((day - date).days) <= _MOST_MOVED]
    return min(near, key=lambda day: abs((day - date).days), default=None)


def _bridges(calendar: Calendar, names: dict[dt.date, str], language: str, year: int) -> Iterator[Day]:
    """Working days between a holiday and a day that is closed anyway."""
    after, before = _BRIDGE[language]

    def closed(day: dt.date) -> bool:
        return day in names or not calendar.spec.week[day.weekday()]

    day = dt.date(year, 1, 1)
    while day.year == year:
        previous, following = day - _ONE_DAY, day + _ONE_DAY
        if not closed(day) and closed(previous) and closed(following):
            if previous in names and calendar.spec.week[previous.weekday()]:
                yield Day(day, after.format(name=names[previous]))
            elif following in names and calendar.spec.week[following.weekday()]:
                yield Day(day, before.format(name=names[following]))
        day = next_day(day)


def _block(proposal: Proposal, year: int) -> Iterator[str]:
    spec = proposal.spec
    yield from ("", f'# [[calendar]] id = "{spec.id}": {proposal.region}')
    if spec.covers_from is not None and spec.covers_to is not None:
        yield _covers(spec.covers_from, spec.covers_to, year)
    yield "holidays = ["
    listed = _listed(spec, year)
    for day in proposal.holidays:
        new = "not in the policy yet" if listed and day.date not in listed else ""
        yield day._replace(remark="; ".join(part for part in (day.remark, new) if part)).line
    yield "]"
    for day in proposal.forgotten:
        yield f"# In the policy, but not among the proposed: {day.date} {day.name}"
    if proposal.bridge_days:
        yield "# Bridge days: take those that this office keeps out of the comment."
        yield "# bridge_days = ["
        yield from (f"#{day.line}" for day in proposal.bridge_days)
        yield "# ]"
    for date in proposal.working:
        yield f"# {_short(date)} is a working day by decree: if this office keeps it, add it to open_days with its windows."


def _covers(begins: dt.date, ends: dt.date, year: int) -> str:
    remark = ""
    if not begins.year - 1 <= year <= ends.year + 1:
        remark = "  # the years between need their holidays as well"
    begins, ends = min(begins, dt.date(year, 1, 1)), max(ends, dt.date(year, 12, 31))
    return f"covers = {{ from = {begins}, to = {ends} }}{remark}"
