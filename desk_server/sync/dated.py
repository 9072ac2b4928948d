"""What falls due by the day on a desk: customers whose turn it is in a survey, lines of registers that are overdue (A-17, A-21, K-11).

Each is looked for once a day of the desk's first office, and recorded once, at the moment at which it fell due.
"""

from __future__ import annotations

import datetime as dt

from desk_core import registers
from desk_core.calendars import Calendar
from desk_core.decisions import ask_for_survey
from desk_core.decisions.on_time import find_overdue, overdue_id
from desk_core.events import Event
from desk_core.policy import Policy
from desk_core.policy_tables import Survey
from desk_core.zones import next_day, start_of_day
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import Commit, DeskState, collect
from desk_server.sync.policies import Policies
from desk_server.sync.view import Raw, ServerView

AT_ONCE = 200
"""Customers or lines of one commit."""

_NEXT = "SELECT 1 FROM routine WHERE desk = %s AND name = %s AND next_at > %s"
_LATER = (
    "INSERT INTO routine (desk, name, next_at) VALUES (%s, %s, %s) "
    "ON CONFLICT (desk, name) DO UPDATE SET next_at = excluded.next_at"
)
_CUSTOMERS = (
    # Being asked changes the ticket, but is no use of the desk.
    "SELECT t.customer, min(t.received_at), max(greatest(t.received_at, (t.body ->> 'closed_at')::timestamptz)), "
    "(array_agg(t.id ORDER BY t.received_at DESC, t.id DESC))[1], d.asked_at FROM ticket t "
    "LEFT JOIN survey_draw d ON d.desk = t.desk AND d.survey = %s AND d.customer = t.customer "
    "WHERE t.desk = %s AND t.customer <> '' GROUP BY t.customer, d.asked_at"
)
_ASKED = (
    "INSERT INTO survey_draw (desk, survey, customer, asked_at) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (desk, survey, customer) DO UPDATE SET asked_at = excluded.asked_at"
)
_KNOWN = "SELECT id FROM event WHERE desk = %s AND id = ANY(%s)"


def draw_surveys(raw: Raw, desk: str, policies: Policies, now: dt.datetime) -> int:
    """Ask those customers whose turn it is; how many. None while the policy sets no interval."""
    if _not_yet(raw, desk, "surveys", now):
        return 0
    state, view = _opened(raw, desk, policies)
    due = sorted(
        (at, survey.id, customer, ticket)
        for survey in view.policy.surveys
        for at, customer, ticket in _turns(raw, desk, survey, now)
    )
    surveys = {survey.id: survey for survey in view.policy.surveys}
    events: list[Event] = []
    for at, survey_id, customer, ticket_id in due[:AT_ONCE]:
        ticket = view.ticket(ticket_id)
        if ticket is not None:
            decided = ask_for_survey(view, surveys[survey_id], ticket, at, now)
            view.happened(decided.tickets, decided.calls)
            events += decided.events
            raw.execute(_ASKED, (desk, survey_id, customer, at))
    _write(raw, state, view, events, now)
    if len(due) <= AT_ONCE:
        _later(raw, desk, view.policy, "surveys", now)
    return min(len(due), AT_ONCE)


def _turns(raw: Raw, desk: str, survey: Survey, now: dt.datetime) -> list[tuple[dt.datetime, str, str]]:
    if registers.days(survey.every) is None:
        return []
    found = []
    for customer, first, last, ticket, asked in raw.execute(_CUSTOMERS, (survey.id, desk)).fetchall():
        at = registers.turn(survey, first, last, asked)
        if at is not None and at < now:
            found.append((at, customer, ticket))
    return found


def record_overdue(raw: Raw, desk: str, policies: Policies, now: dt.datetime) -> int:
    """Record the lines of registers that are overdue since a former day; how many."""
    if _not_yet(raw, desk, "registers", now):
        return 0
    state, view = _opened(raw, desk, policies)
    zone = _calendar(view.policy).zone
    today = _calendar(view.policy).local_date(now)
    late = [
        (start_of_day(zone, since), entry)
        for register in view.policy.registers
        for entry in registers.overdue(register, view.entries(register.id), today)
        if (since := registers.overdue_since(register, entry)) is not None
    ]
    ids = [overdue_id(entry, at) for at, entry in late]
    known = {row[0] for row in raw.execute(_KNOWN, (desk, ids)).fetchall()}
    new = sorted((at, entry.id, entry) for at, entry in late if overdue_id(entry, at) not in known)
    events: list[Event] = []
    for at, _, entry in new[:AT_ONCE]:
        decided = find_overdue(view, entry, at, now)
        view.happened({}, {}, decided.entries)
        events += decided.events
    _write(raw, state, view, events, now)
    if len(new) <= AT_ONCE:
        _later(raw, desk, view.policy, "registers", now)
    return min(len(new), AT_ONCE)


def _not_yet(raw: Raw, desk: str, name: str, now: dt.datetime) -> bool:
    return raw.execute(_NEXT, (desk, name, now)).fetchone() is not None


def _opened(raw: Raw, desk: str, policies: Policies) -> tuple[DeskState, ServerView]:
    state = lock_desk(raw, desk)
    return state, policies.view(raw, state)


def _write(raw: Raw, state: DeskState, view: ServerView, events: list[Event], now: dt.datetime) -> None:
    if events:
        commit = Commit(state)
        collect(commit, raw, view, events)
        commit.write(raw, now, state.next_counter)


def _later(raw: Raw, desk: str, policy: Policy, name: str, now: dt.datetime) -> None:
    calendar = _calendar(policy)
    following = start_of_day(calendar.zone, next_day(calendar.local_date(now)))
    raw.execute(_LATER, (desk, name, following))


def _calendar(policy: Policy) -> Calendar:
    return policy.calendar(policy.offices[0].calendar)
