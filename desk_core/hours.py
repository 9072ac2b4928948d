"""Which offices are open, until when, or when they open next (A-08, H-06, H-07, V-17, V-19)."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from desk_core.calendars import Calendar
from desk_core.policy import Policy
from desk_core.zones import CalendarError

_AHEAD: Final = dt.timedelta(days=8)


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """One office at a moment. ``until`` is when it closes while it is open, ``opens`` when it opens next while it is closed; ``zone``
    is the one in which both are shown (TS-10). None beyond the dates for which the holidays are known."""

    office: str
    title: str
    zone: str
    open: bool
    until: dt.datetime | None = None
    opens: dt.datetime | None = None


def of(policy: Policy, office_id: str, at: dt.datetime) -> Hours:
    """The hours of an office. Raises KeyError for one that the policy does not have."""
    office = policy.office(office_id)
    if office is None:
        raise KeyError(office_id)
    return _hours(policy.calendar(office.calendar), office.id, office.title, at)


def of_category(policy: Policy, category_id: str, at: dt.datetime) -> Hours | None:
    """The hours in which a category is served; ``office`` is its id. None for one without hours of its own (V-16, V-17)."""
    category = policy.category(category_id)
    if category is None or not category.calendar:
        return None
    return _hours(policy.calendar(category.calendar), category.id, category.title, at)


def _hours(calendar: Calendar, place: str, title: str, at: dt.datetime) -> Hours:
    zone, is_open = calendar.spec.zone, calendar.is_open(at)
    try:
        later = _closes(calendar, at) if is_open else calendar.next_open(at)
    except CalendarError:
        later = None
    until, opens = (later, None) if is_open else (None, later)
    return Hours(office=place, title=title, zone=zone, open=is_open, until=until, opens=opens)


def _closes(calendar: Calendar, at: dt.datetime) -> dt.datetime | None:
    """The end of the open time that lasts at ``at``; None when it does not end within a week."""
    end = calendar.open_intervals(at, at + _AHEAD)[0][1]
    return end if end < at + _AHEAD else None


def offered(policy: Policy, office_id: str, at: dt.datetime) -> tuple[Hours, ...]:
    """The office, and while it is closed the other offices that are open (A-08, H-05)."""
    own = of(policy, office_id, at)
    if own.open:
        return (own,)
    others = (of(policy, office.id, at) for office in policy.offices if office.id != office_id)
    return (own, *(other for other in others if other.open))
