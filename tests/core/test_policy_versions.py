"""Versions of a policy and revisions of its calendars: what a ticket keeps (A-01) and what a holiday edit moves (TS-13)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import clocks, policy_versions
from desk_core import commands as c
from desk_core.calendar_spec import NamedDay
from desk_core.clock_changes import moves
from desk_core.decisions import apply_ticket, calendars_revised
from desk_core.events_of_service import MessageMade
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.protocol import PolicyRow
from desk_core.resources import resource
from desk_core.tickets import Clock, Ticket
from tests.support.world import World, at, ready_policy

TEXT = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
ASCENSION = '{ date = 2026-05-14, name = "Christi Himmelfahrt" }'
TUESDAY = at("2026-06-09T16:30+02:00")
MOURNING = NamedDay(dt.date(2026, 6, 10), "Staatstrauer")


def with_mourning(policy: Policy) -> Policy:
    """The policy with one closed day more in Hamburg."""
    spec = policy.calendar("hamburg").spec
    return msgspec.structs.replace(
        policy, revised=(msgspec.structs.replace(spec, holidays=(*spec.holidays, MOURNING)),)
    )


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    made.now = TUESDAY
    made.add_member("anna", office="hamburg", departments=("technical_support",), functions=("specialist",))
    made.entitle()
    return made


def owed(world: World) -> Ticket:
    """A ticket that is owed a call back by 10:00 on Wednesday 10 June."""
    return world.owed_call_back(world.members["anna"])


def call_back(ticket: Ticket) -> Clock:
    found = ticket.clock("callback")
    assert found is not None
    return found


def test_ts13_a_holiday_edit_recomputes_a_running_clock_and_keeps_both_deadlines(world: World) -> None:
    ticket = owed(world)
    before = call_back(ticket).deadline
    world.policy = with_mourning(world.policy)
    decided = calendars_revised(world, ticket, "revision", world.now)
    (event,) = decided.events
    assert event.kind == "calendar.revised"
    after = call_back(decided.tickets["t1"])
    assert (before, after.deadline) == (at("2026-06-10T10:00+02:00"), at("2026-06-11T10:00+02:00"))
    assert after.revision == 1
    (move,) = moves([event], "callback")
    assert (move.old, move.new) == (before, after.deadline)
    why = clocks.explain_clock(world.policy, decided.tickets["t1"], "callback", world.now, [event])
    assert why is not None
    assert any("Staatstrauer" in str(step) for step in why.steps)
    assert why.moves == (move,)
    assert calendars_revised(world, decided.tickets["t1"], "again", world.now).events == ()


def test_ts13_the_owner_is_told_of_a_deadline_that_moved(world: World) -> None:
    owed(world)
    anna = msgspec.structs.replace(world.members["anna"], email="anna@desk.example")
    world.members["anna"] = anna
    world.do(anna, c.TakeNext())
    world.policy = with_mourning(world.policy)
    decided = calendars_revised(world, world.tickets["t1"], "revision", world.now)
    (told,) = [event.what for event in decided.events if isinstance(event.what, MessageMade)]
    assert (told.message, told.to) == ("deadline_moved", "anna@desk.example")
    assert "2026-06-11 10:00" in told.text


def test_ts13_a_revision_touches_nothing_that_was_kept_or_missed(world: World) -> None:
    ticket = owed(world)
    late = at("2026-06-10T12:00+02:00")
    world.policy = with_mourning(world.policy)
    assert calendars_revised(world, ticket, "revision", late).events == (), "its deadline had passed: breach is final"
    world.policy = ready_policy()
    world.do(world.members["anna"], c.AttemptCallBack(ticket="t1", reached=True))
    kept = world.tickets["t1"]
    world.policy = with_mourning(world.policy)
    assert calendars_revised(world, kept, "revision", world.now).events == ()
    why = clocks.explain_clock(world.policy, kept, "callback", world.now)
    assert why is not None
    assert not any("Staatstrauer" in str(step) for step in why.steps), (
        "explained by the dates that it was computed with"
    )


def test_ts13_only_dates_are_a_revision_and_the_same_edit_is_made_in_every_version() -> None:
    old = load(TEXT)
    assert policy_versions.revision(old, load(TEXT)) == ()
    edited = load(TEXT.replace(ASCENSION, '{ date = 2026-05-14, name = "Vatertag" }'))
    changes = policy_versions.revision(old, edited)
    assert changes is not None
    assert {change.before.id for change in changes} == {"hamburg"}
    longer = load(TEXT.replace('mon-fri = ["08:30-17:00"]', 'mon-fri = ["08:30-18:00"]', 1))
    assert policy_versions.revision(old, longer) is None, "opening hours are rules"
    assert policy_versions.revision(old, load(TEXT.replace("2 open hours", "3 open hours"))) is None
    # A version in which that day is open by its rules gets the edit, and nothing else.
    first = PolicyRow("hamburg-woking", "0", TEXT.replace('version = "1"', 'version = "0"'))
    row = policy_versions.revised(first, changes)
    policy = policy_versions.policy_of(row)
    assert policy.revision("hamburg") == 1
    names = {day.date: day.name for day in policy.calendar("hamburg").spec.holidays}
    assert names[dt.date(2026, 5, 14)] == "Vatertag"
    assert names[dt.date(2026, 5, 25)]
    assert policy.calendar("hamburg", 0).spec == old.calendar("hamburg").spec
    assert policy_versions.revised(row, changes) == row, "the same edit twice is one"


def test_a01_what_a_ticket_may_do_is_ruled_by_its_own_version(world: World) -> None:
    ticket = owed(world)
    stricter = load(TEXT.replace('version = "1"', 'version = "2"').replace("2 open hours", "4 open hours"))
    world.policies = {"1": world.policy, "2": stricter}
    world.policy = stricter
    world.owed_call_back(world.members["anna"], "t2")
    assert [world.tickets[t].policy_version for t in ("t1", "t2")] == ["1", "2"]
    assert call_back(world.tickets["t1"]).deadline == call_back(ticket).deadline
    assert call_back(world.tickets["t2"]).deadline == at("2026-06-10T12:00+02:00")
    world.do(world.members["anna"], c.MoveOffice(ticket="t1", office="woking"))
    moved = call_back(world.tickets["t1"])
    assert moved.amount == "2 open hours"


def test_a_move_is_folded_as_it_was_recorded(world: World) -> None:
    ticket = owed(world)
    world.policy = with_mourning(world.policy)
    decided = calendars_revised(world, ticket, "revision", world.now)
    assert apply_ticket(ticket, decided.events[0]) == decided.tickets["t1"]
