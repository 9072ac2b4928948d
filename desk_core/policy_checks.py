"""What the tables of a policy file must be to each other, beyond the names that each of them uses."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from desk_core.calendar_spec import CalendarSpec
from desk_core.calendars import Calendar
from desk_core.clocks import UNSET
from desk_core.durations import parse_amount
from desk_core.policy import ClockRule
from desk_core.policy_reading import Place, Reader
from desk_core.policy_tables import KPI_KINDS
from desk_core.protocol import DESK_SCOPE
from desk_core.zones import CalendarError, load_zone, start_of_day

EPOCH: Final = dt.date(1970, 1, 1)
Rows = dict[str, list[tuple[Place, Any]]]


def check(reader: Reader, rows: Rows) -> None:
    """Report to ``reader`` what does not go together; a blank in place of a reported value is left alone."""
    _check_default(reader, rows)
    _check_departments(reader, rows)
    _check_deputies(reader, rows)
    _check_promises(reader, rows)
    _check_clocks(reader, rows)
    _check_hours(reader, rows)
    _check_people(reader, rows)
    _check_channels(reader, rows)
    _check_leases(reader, rows)
    _check_figures(reader, rows)


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


def _check_departments(reader: Reader, rows: Rows) -> None:
    """What lies in a department is for its members alone (P20): none may be called what stands for the whole desk."""
    for place, row in rows["department"]:
        if row.id == DESK_SCOPE:
            reader.complain(place.at("id"), f'"{DESK_SCOPE}" stands for the whole desk; choose another name.')


def _check_deputies(reader: Reader, rows: Rows) -> None:
    for place, role in rows["role"]:
        if role.deputy and role.deputy == role.id:
            reader.complain(place.at("deputy"), "a role cannot stand in for itself; name another role.")


def _check_promises(reader: Reader, rows: Rows) -> None:
    """A promise begins with something and is kept by something; a clock that only measures needs neither."""
    for place, clock in rows["clock"]:
        if not reader.sound(place):
            continue
        if not clock.measure and not clock.starts:
            reader.complain(place.at("starts"), "must not be empty; write the event that begins the promise.")
        if not clock.measure and not clock.stops:
            reader.complain(place.at("stops"), "must not be empty; write the event that keeps the promise.")
        if clock.use and clock.use not in [each.reading for each in clock.alternatives]:
            reader.complain(place.at("use"), f'there is no reading "{clock.use}"; write one of the alternatives.')
        if clock.on_breach is not None and not clock.on_breach.notify and not clock.on_breach.escalate:
            reader.complain(place.at("on_breach"), "says nothing; write notify or escalate.")


def _check_people(reader: Reader, rows: Rows) -> None:
    """Every step of the ladder has somebody, no question goes twice to the same role, and triage has its people."""
    roles = {role.id: role for _, role in rows["role"]}
    for place, step in rows["ladder"]:
        role = roles.get(step.role)
        if role is not None and role.at_least < 1:
            reader.complain(place.at("role"), f'"{step.role}" may be left empty; write at_least = 1 in that [[role]].')
    for place, route in rows["route"]:
        if route.primary and route.primary == route.secondary:
            reader.complain(place.at("secondary"), "is the primary contact as well; name another role.")
    if any(table.triage for _, table in rows["queue"]) and not any(role.triages for role in roles.values()):
        reader.complain(Place("[queue]", "triage"), "nobody may triage; write triages = true in a [[role]].")


def _check_channels(reader: Reader, rows: Rows) -> None:
    """A channel that refuses something says how else it can be done."""
    for place, channel in rows["channel"]:
        if channel.refuses and not channel.offers:
            reader.complain(place.at("offers"), "is missing; name the [[message]] that says how else it can be done.")


def _check_figures(reader: Reader, rows: Rows) -> None:
    """Each figure is of one thing, and none is called as a survey or as one of the program's own is."""
    surveys = {survey.id for _, survey in rows["survey"]}
    stages = {stage.id for _, complaint in rows["complaint"] for stage in complaint.stages}
    for place, kpi in rows["kpi"]:
        kinds = [kind for kind in KPI_KINDS if getattr(kpi, kind)]
        if reader.sound(place) and len(kinds) != 1:
            said = f"is of {' and '.join(kinds)}" if kinds else "says of nothing what it measures"
            reader.complain(place, f"{said}; write exactly one of {', '.join(KPI_KINDS)}.")
        if kpi.stage and kpi.stage not in stages:
            reader.complain(place.at("stage"), f'there is no stage "{kpi.stage}"; write one of a [[complaint]].')
        if kpi.id in surveys:
            reader.complain(place.at("id"), "a survey has this name already; choose another one.")


def _check_leases(reader: Reader, rows: Rows) -> None:
    """Work that is handed out comes back after a time that every office's calendar can count."""
    specs: dict[str, CalendarSpec] = {spec.id: spec for place, spec in rows["calendar"] if reader.sound(place)}
    calendars = {office.calendar for _, office in rows["office"]} & specs.keys()
    for place, queue in rows["queue"]:
        if not reader.sound(place):
            continue
        at = place.at("lease_time")
        if queue.lease_size and queue.lease_time == UNSET:
            reader.complain(at, 'is missing; write after how long without contact work goes back, as "8 open hours".')
        if not queue.lease_size and queue.lease_time != UNSET:
            reader.complain(at, "nothing is handed out; write lease_size = 1 or more, or leave it out.")
        for calendar in sorted(calendars):
            counts = queue.lease_time == UNSET or _never_open(specs[calendar])
            if not counts and (reason := _why_not(specs[calendar], queue.lease_time)):
                reader.complain(at, f'calendar "{calendar}" cannot count "{queue.lease_time}": {reason}')


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
            elif never := _never_open(specs[calendar]):
                reader.complain(place.at("calendar"), f'"{calendar}" cannot be used: {never}')


def _check_hours(reader: Reader, rows: Rows) -> None:
    """Offices and categories have hours in which somebody is there."""
    specs: dict[str, CalendarSpec] = {spec.id: spec for place, spec in rows["calendar"] if reader.sound(place)}
    for place, row in (*rows["office"], *rows["category"]):
        never = _never_open(specs[row.calendar]) if row.calendar in specs else ""
        if never:
            reader.complain(place.at("calendar"), f'"{row.calendar}" cannot be used: {never}')


def _never_open(spec: CalendarSpec) -> str:
    """Why nobody is ever there by this calendar; "" for one that opens at some time."""
    try:
        Calendar(spec).next_open(start_of_day(load_zone(spec.zone), spec.covers_from or EPOCH))
    except CalendarError as error:
        return str(error)
    return ""


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
