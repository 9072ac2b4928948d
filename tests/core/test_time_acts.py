"""What time alone does: warnings, missed promises, broken ones, what is owed by them, and who is told (TS-12, A-25, A-41, H-14, K-25)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.decisions import time_act, time_acts
from desk_core.events import DeadlineNear, DeadlinePassed, Event
from desk_core.falling_due import due_at
from desk_core.policy import Policy
from desk_core.records import Promise
from desk_core.tickets import Clock, Pause, Ticket
from tests.core.charters import desk_of_expandit
from tests.core.charters.desk_of_akixi import anna, desk, mailed
from tests.support.world import World, at, ready_policy

MANAGER = "technical_support_manager"


def promise(amount: str, begins: str, ends: str, *warn: str, **fields: Any) -> tuple[Policy, Ticket]:
    """A policy whose promise has these warnings, and a ticket on which it runs."""
    policy = ready_policy()
    rule = policy.clocks[0]
    policy = msgspec.structs.replace(policy, clocks=(msgspec.structs.replace(rule, warn=warn),))
    clock = Clock(
        id=rule.id,
        title=rule.title,
        started_at=at(begins),
        amount=amount,
        calendar="hamburg",
        deadline=at(ends),
        **fields,
    )
    now = at(begins)
    ticket = Ticket(id="t", reference="1", department="d", title="", received_at=now, changed_at=now, clocks=(clock,))
    return policy, ticket


@pytest.mark.parametrize(
    ("warn", "due"),
    [
        ("50 %", "2026-06-12T16:50+02:00"),
        ("75 %", "2026-06-15T08:45+02:00"),
        ("15 open minutes", "2026-06-15T08:55+02:00"),
        ("50 open minutes", "2026-06-12T16:50+02:00"),
        ("15 elapsed minutes", "2026-06-15T08:55+02:00"),
        ("1 elapsed hours", "2026-06-15T08:10+02:00"),
        ("3 open hours", "2026-06-15T09:10+02:00"),  # more than there ever was: only the deadline itself falls due
    ],
)
def test_h14_a_warning_counts_back_from_the_deadline_in_its_own_time(warn: str, due: str) -> None:
    """A hundred open minutes over a weekend: sixty on Friday until 17:00, forty on Monday from 08:30."""
    policy, ticket = promise("100 open minutes", "2026-06-12T16:00+02:00", "2026-06-15T09:10+02:00", warn)
    assert due_at(policy, ticket) == at(due)


def test_h14_half_of_elapsed_time_is_half_of_all_time() -> None:
    policy, ticket = promise("24 elapsed hours", "2026-06-12T16:00+02:00", "2026-06-13T16:00+02:00", "50 %")
    assert due_at(policy, ticket) == at("2026-06-13T04:00+02:00")


def test_h14_what_was_paused_is_no_part_of_the_share() -> None:
    """Two hours of which the first ended in a pause of three."""
    pause = Pause(at("2026-06-12T09:30+02:00"), at("2026-06-12T12:30+02:00"))
    policy, ticket = promise(
        "2 open hours", "2026-06-12T09:00+02:00", "2026-06-12T14:00+02:00", "50 %", pauses=(pause,)
    )
    assert due_at(policy, ticket) == at("2026-06-12T13:00+02:00")


def test_h14_a_warning_that_was_given_is_not_given_again() -> None:
    policy, ticket = promise(
        "2 open hours", "2026-06-12T09:00+02:00", "2026-06-12T11:00+02:00", "50 %", warned=("50 %",)
    )
    assert due_at(policy, ticket) == at("2026-06-12T11:00+02:00")


# --- what happens ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    made.add_member("anke", office="hamburg", departments=("technical_support",), email="anke@desk.example")
    made.add_member("sven", departments=("technical_support",), functions=("specialist",), email="sven@desk.example")
    made.add_member("tim", role="manager", functions=(MANAGER,), email="tim@desk.example")
    made.entitle()
    return made


def of_time(world: World) -> list[Event]:
    return [each for each in world.events if isinstance(each.what, DeadlineNear | DeadlinePassed)]


def test_ts12_acts_come_one_by_one_and_their_ids_are_what_they_are_about(world: World) -> None:
    """TS-12: two processes, or one that does it again, make the very same events."""
    ticket = world.owed_call_back(world.members["anke"])
    now = world.now + dt.timedelta(days=1)
    first = time_act(world, ticket, now)
    assert first is not None
    assert first == time_act(world, ticket, now)
    again = time_act(world, ticket, now + dt.timedelta(hours=1))
    assert again is not None
    assert [each.id for each in again.events] == [each.id for each in first.events]
    whole = time_acts(world, ticket, now)
    near = [each for each in whole.events if each.kind.startswith("clock.")]
    assert [each.kind for each in near] == ["clock.warned", "clock.warned", "clock.breached"]
    assert [each.at for each in near] == sorted(each.at for each in near)
    assert len({each.id for each in whole.events}) == len(whole.events)
    assert not time_acts(world, whole.tickets["t1"], now + dt.timedelta(days=9)).events


@pytest.mark.rule("H-14")
def test_h14_who_holds_it_is_warned_else_who_is_told_of_a_breach(world: World) -> None:
    world.owed_call_back(world.members["anke"])
    world.pass_time(world.now + dt.timedelta(minutes=61))
    assert [each.to for each in world.made("clock_warning")] == ["tim@desk.example"]
    world.do(world.members["sven"], c.TakeNext())
    world.pass_time(world.now + dt.timedelta(minutes=46))
    assert [each.to for each in world.made("clock_warning")] == ["tim@desk.example", "sven@desk.example"]


def test_ts12_of_an_outage_only_the_breach_is_told(world: World) -> None:
    """What could have been prevented is history; that it was missed is news."""
    world.owed_call_back(world.members["anke"])
    world.pass_time(world.now + dt.timedelta(days=1))
    assert len(of_time(world)) == 3
    assert not world.made("clock_warning")
    (notice,) = world.made("breach_notice")
    assert notice.to == "tim@desk.example"
    assert "2026-06-09 12:00 +0200" in notice.text


def test_ts12_what_is_told_at_night_waits_until_the_calendar_opens(world: World) -> None:
    world.owed_call_back(world.members["anke"])
    world.pass_time(at("2026-06-09T23:00+02:00"))
    (notice,) = world.made("breach_notice")
    assert notice.not_before == at("2026-06-10T08:30+02:00")


@pytest.mark.rule("H-14")
def test_h14_the_specialists_are_told_at_once_of_a_call_back_that_is_owed(world: World) -> None:
    """H-14, M-H2: number, the six details, class, and the deadline on the wall and in UTC."""
    ticket = world.owed_call_back(world.members["anke"])
    (notice,) = world.made("call_back_owed")
    assert (notice.to, notice.not_before) == ("sven@desk.example", None)
    fault = ticket.fault
    for word in (fault.caller, fault.company, fault.product, fault.serial, fault.description, ticket.classification):
        assert word in notice.text
    assert "2026-06-09 12:00 +0200 (2026-06-09T10:00:00+00:00)" in notice.text


@pytest.mark.rule("H-28")
def test_h28_the_manager_is_told_whom_to_ring(world: World) -> None:
    world.log(world.members["anke"])
    world.do(world.members["anke"], s.Escalate(ticket="t1", step=MANAGER))
    (notice,) = world.made("manager_wanted")
    assert notice.to == "tim@desk.example"
    assert "+49405550177" in notice.text


def test_ts12_a_breach_that_was_none_is_taken_back_where_it_was_told(world: World) -> None:
    """TS-12, design: the only exception to a breach being final."""
    world.owed_call_back(world.members["anke"])
    early = world.now + dt.timedelta(hours=1)
    world.pass_time(world.now + dt.timedelta(hours=3))
    world.do(world.members["sven"], c.AttemptCallBack(ticket="t1", reached=True), stated_at=early)
    (taken_back,) = world.made("breach_correction")
    assert taken_back.to == "tim@desk.example"


def test_ts12_nothing_is_taken_back_that_nobody_was_told(world: World) -> None:
    world.owed_call_back(world.members["anke"])
    early = world.now + dt.timedelta(hours=1)
    world.now += dt.timedelta(hours=3)
    world.do(world.members["sven"], c.AttemptCallBack(ticket="t1", reached=True), stated_at=early)
    assert not world.made("breach_correction")


def test_a03_what_was_missed_before_a_contract_ruled_stays_missed_and_is_recorded_once() -> None:
    """A-03: outside the charter and inside again."""
    akixi = desk()
    mailed(akixi)
    akixi.pass_time(akixi.now + dt.timedelta(days=3))
    missed = [each for each in akixi.events if each.kind == "clock.breached"]
    akixi.do(anna(akixi), s.Exempt(ticket="t1", exemption="commercial_sla", contract="C-1"))
    akixi.do(akixi.members["cora"], s.Include(ticket="t1", reason="no contract after all"))
    akixi.pass_time(akixi.now + dt.timedelta(hours=1))
    assert [each for each in akixi.events if each.kind == "clock.breached"] == missed


# --- promises, obligations, surveys ------------------------------------------------------------------------------------------


@pytest.mark.rule("A-25")
def test_a25_a_promise_is_broken_once_when_its_moment_passes() -> None:
    akixi = desk()
    mailed(akixi)
    akixi.do(anna(akixi), s.Take(ticket="t1"))
    due = akixi.now + dt.timedelta(hours=2)
    akixi.do(anna(akixi), s.MakePromise(ticket="t1", promise="p", what="Send the guide", due=due))
    akixi.pass_time(due)
    assert not [each for each in akixi.events if each.kind == "promise.broken"], "its moment itself is in time"
    akixi.pass_time(due + dt.timedelta(minutes=10))
    akixi.pass_time(due + dt.timedelta(minutes=20))
    (broken,) = [each for each in akixi.events if each.kind == "promise.broken"]
    assert broken.at == due
    assert akixi.tickets["t1"].promises == (Promise(id="p", what="Send the guide", due=due, broken_at=due),)
    (reminder,) = akixi.made("promise_broken")
    assert reminder.to == "anna@desk.example"


@pytest.mark.rule("A-43")
def test_a43_a_missed_update_says_which_obligation_fell_due() -> None:
    akixi = desk()
    mailed(akixi)
    akixi.pass_time(at("2026-03-19T10:00+00:00"))
    passed = [each.what for each in akixi.events if isinstance(each.what, DeadlinePassed)]
    assert [each.obligation for each in passed if each.clock == "progress_update"] == ["progress"]


@pytest.mark.rule("K-24")
def test_k24_the_role_that_the_clock_names_is_warned() -> None:
    """K-24: a letter that came on Monday at ten is to be confirmed within 24 hours; twelve before, and four."""
    ask4 = World(ready_policy("ask4"))
    ask4.now = at("2026-06-08T10:00+01:00")
    bob = ask4.add_member("bob", email="bob@desk.example")
    ask4.add_member("carla", email="carla@desk.example", functions=("complaint_handler",))
    form = s.ComplaintForm(summary="Nobody came")
    ask4.create(bob, channel="letter", kind="complaint", email="ugo@customer.example", complaint=form)
    for hours, warned in ((11, 0), (2, 1), (8, 2)):
        ask4.pass_time(ask4.now + dt.timedelta(hours=hours))
        assert [each.to for each in ask4.made("clock_warning")] == ["carla@desk.example"] * warned


@pytest.mark.rule("E-24")
def test_e24_the_end_customer_is_asked_in_writing_and_nobody_else() -> None:
    """E-24: not the partner who reported it."""
    world = desk_of_expandit.desk()
    partner = world.customers["k"]
    world.customers["k"] = msgspec.structs.replace(partner, end_contact="end@user.example")
    desk_of_expandit.enquiry(world)
    desk_of_expandit.ready_to_close(world)
    world.do(world.members["anna"], desk_of_expandit.close())
    (question,) = world.made("survey_end_customer")
    assert (question.to, question.automatic) == ("end@user.example", True)
    assert partner.email not in (question.to, *question.copies)
