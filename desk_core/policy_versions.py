"""The versions of a desk's policy. A ticket keeps the version under which it was opened (A-01); the dates of a calendar can be corrected
in all versions without a new one (TS-13).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol, TypeVar

import msgspec

from desk_core.calendar_spec import CalendarSpec
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.protocol import PolicyRow

_replace = msgspec.structs.replace


class _Dated(Protocol):
    @property
    def date(self) -> dt.date: ...


_D = TypeVar("_D", bound=_Dated)


@lru_cache(maxsize=64)
def compiled(text: str, calendars: tuple[CalendarSpec, ...] = ()) -> Policy:
    """The policy of a text that was checked when it was published, with the later editions of its calendars. Values are shared."""
    policy = load(text)
    return _replace(policy, revised=calendars) if calendars else policy


def policy_of(row: PolicyRow) -> Policy:
    """The policy of a stored version."""
    return compiled(row.text, row.calendars)


class Redated(msgspec.Struct, frozen=True):
    """A calendar whose dates are others than before."""

    before: CalendarSpec
    after: CalendarSpec


def revision(old: Policy, new: Policy) -> tuple[Redated, ...] | None:
    """The calendars in which ``new`` has other dates than ``old`` has today, none when they are the same policy; None when they differ in
    anything else: opening hours and zones are rules, and change with a version only."""
    if _ruling(old) != _ruling(new):
        return None
    before, after = _newest(old), _newest(new)
    if {key: _undated(spec) for key, spec in before.items()} != {key: _undated(spec) for key, spec in after.items()}:
        return None
    return tuple(Redated(before[key], after[key]) for key in before if before[key] != after[key])


def revised(row: PolicyRow, changes: Iterable[Redated]) -> PolicyRow:
    """The version with the same dates added, renamed and taken out in its own calendars; the same row when that changes nothing."""
    specs = _newest(policy_of(row))
    editions = []
    for change in changes:
        spec = specs.get(change.before.id)
        edition = _redated(spec, change) if spec is not None else None
        if edition is not None and edition != spec:
            editions.append(edition)
    return _replace(row, calendars=(*row.calendars, *editions)) if editions else row


def _ruling(policy: Policy) -> Policy:
    return _replace(policy, calendars=(), revised=())


def _newest(policy: Policy) -> dict[str, CalendarSpec]:
    """The calendars as they stand, their dates in order: in which order a file writes them says nothing."""
    newest = [policy.calendar(spec.id).spec for spec in policy.calendars]
    return {spec.id: _redated(spec, Redated(spec, spec)) for spec in newest}


def _undated(spec: CalendarSpec) -> CalendarSpec:
    return _replace(
        spec, title="", holidays=(), closed_days=(), overrides=(), covers_from=None, covers_to=None, holiday_region=""
    )


def _redated(spec: CalendarSpec, change: Redated) -> CalendarSpec:
    before, after = change.before, change.after
    covers = (before.covers_from, before.covers_to) != (after.covers_from, after.covers_to)
    return _replace(
        spec,
        title=after.title if after.title != before.title else spec.title,
        holiday_region=after.holiday_region if after.holiday_region != before.holiday_region else spec.holiday_region,
        holidays=tuple(_days(spec.holidays, before.holidays, after.holidays)),
        closed_days=tuple(_days(spec.closed_days, before.closed_days, after.closed_days)),
        overrides=tuple(_days(spec.overrides, before.overrides, after.overrides)),
        covers_from=after.covers_from if covers else spec.covers_from,
        covers_to=after.covers_to if covers else spec.covers_to,
    )


def _days(own: tuple[_D, ...], before: tuple[_D, ...], after: tuple[_D, ...]) -> Iterator[_D]:
    """The dates of one list after the same edit, in their order; what the edit does not name stays as it is."""
    was, now = {day.date: day for day in before}, {day.date: day for day in after}
    days = {day.date: day for day in own}
    for date in was.keys() | now.keys():
        if was.get(date) == now.get(date):
            continue
        if date in now:
            days[date] = now[date]
        else:
            days.pop(date, None)
    for date in sorted(days):
        yield days[date]
