"""What the tables of a policy file must be to each other, beyond the names that each of them uses."""

from __future__ import annotations

from typing import Any

from desk_core.calendar_spec import CalendarSpec
from desk_core.calendars import Calendar
from desk_core.clocks import UNSET
from desk_core.durations import parse_amount
from desk_core.policy import ClockRule
from desk_core.policy_reading import Place, Reader
from desk_core.zones import CalendarError, load_zone, start_of_day

Rows = dict[str, list[tuple[Place, Any]]]


def check(reader: Reader, rows: Rows) -> None:
    """Report to ``reader`` what does not go together; a blank in place of a reported value is left alone."""
    _check_default(reader, rows)
    _check_deputies(reader, rows)
    _check_clocks(reader, rows)


def _check_default(reader: Reader, rows: Rows) -> None:
    defaults = [(place, row) for place, row in rows["department"] if row.default]
    if rows["department"] and not defaults and all(reader.sound(place) for place, _ in rows["department"]):
        reader.complain(
            Place("[[department]]", "default"),
            "no department takes the rest of the work; write default = true in one.",
        )
    for place, _ in defaults[1:]:
        reader.complain(
            place.at("default"), f"{defaults[0][0]} is the default already; write default = true in one of them alone."
        )


def _check_deputies(reader: Reader, rows: Rows) -> None:
    for place, role in rows["role"]:
        if role.deputy and role.deputy == role.id:
            reader.complain(place.at("deputy"), "a role cannot stand in for itself; name another role.")


def _check_clocks(reader: Reader, rows: Rows) -> None:
    """Each clock's calendars can count its amount and its warnings: they have open hours, and a length of the day where it matters."""
    specs: dict[str, CalendarSpec] = {spec.id: spec for place, spec in rows["calendar"] if reader.sound(place)}
    for place, clock in rows["clock"]:
        amounts = [("amount", clock.amount), *(("warn", text) for text in clock.warn if "%" not in text)]
        for calendar in sorted(_calendars_of(clock, rows) & specs.keys()):
            reasons = ((key, text, _why_not(specs[calendar], text)) for key, text in amounts if text not in ("", UNSET))
            key, text, reason = next((found for found in reasons if found[2]), ("", "", ""))
            if reason:
                reader.complain(place.at(key), f'calendar "{calendar}" cannot count "{text}": {reason}')


def _calendars_of(clock: ClockRule, rows: Rows) -> set[str]:
    if isinstance(clock.calendar, str):
        return {clock.calendar}
    return {clock.calendar.calendars.get(office.id, office.calendar) for _, office in rows["office"]}


def _why_not(spec: CalendarSpec, text: str) -> str:
    try:
        amount = parse_amount(text)
    except CalendarError:
        return ""  # reported where it was read
    try:
        begins = start_of_day(load_zone(spec.zone), spec.covers_from) if spec.covers_from else None
        if begins is not None:
            Calendar(spec).add(begins, amount)
    except CalendarError as error:
        return str(error)
    return ""
