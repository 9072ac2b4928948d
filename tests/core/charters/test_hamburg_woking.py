"""The service promises of a firm with two offices: what the tests of calls and of work do not prove already."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import hours, kpis, members, registers, routing
from desk_core.events_of_service import MessageMade
from desk_core.people import Asset, Customer, Member
from desk_core.records import Value
from tests.support.world import FAULT, World, at, ready_policy


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    made.add_member("anke", office="hamburg", departments=("technical_support",))
    made.add_member(
        "sven", office="hamburg", departments=("technical_support",), functions=("specialist",), skills=("LabelJet",)
    )
    made.add_member("ada", office="hamburg", departments=("technical_support",), functions=("specialist",))
    boss = ("technical_support_manager",)
    made.add_member("tess", role="manager", functions=boss, phone="1", departments=("technical_support",))
    made.entitle()
    return made


def anke(world: World) -> Member:
    return world.members["anke"]


@pytest.mark.rule("H-03")
def test_specialists_who_know_the_product_come_first(world: World) -> None:
    people = routing.holders(world, "specialist", world.now)
    assert [m.id for m in people] == ["ada", "sven"]
    assert [m.id for m in routing.by_skill(people, ["LabelJet 4300"])] == ["sven", "ada"]


@pytest.mark.rule("H-04", "H-24", "H-34")
def test_every_missed_guarantee_is_listed_by_name_and_contract_and_warranty_stand_apart(world: World) -> None:
    world.owed_call_back(anke(world), "t1")
    world.customers["w"] = Customer(id="w", name="Weber KG")
    until = dt.date(2026, 12, 31)
    world.assets["a"] = Asset(id="a", customer="w", product="LabelJet", serial="W-1", warranty_until=until)
    fault = msgspec.structs.replace(FAULT, company="Weber KG", serial="W-1")
    world.owed_call_back(anke(world), "t2", fault=fault)
    kpi = next(each for each in world.policy.kpis if each.id == "H1")
    assert kpis.figure(world.policy, kpi, world.tickets.values()).running == 2
    world.do(world.members["sven"], c.AttemptCallBack(ticket="t2", reached=True))
    world.pass_time(world.now + dt.timedelta(hours=3))
    figure = kpis.figure(world.policy, kpi, world.tickets.values())
    assert (figure.met, figure.missed, figure.misses) == (1, 1, ("t1",))
    assert (kpi.target, kpi.list_each, figure.reaches(kpi.target)) == (100, True, False)
    parts = kpis.split(world.policy, kpi, "entitlement", world.tickets.values())
    assert (parts["contract"].missed, parts["warranty"].met) == (1, 1)


@pytest.mark.rule("H-06", "H-07", "H-35")
def test_each_office_has_its_own_hours_holidays_and_bridge_days(world: World) -> None:
    def shown(text: str) -> list[bool]:
        return [hours.of(world.policy, office, at(text)).open for office in ("hamburg", "woking")]

    assert shown("2026-06-09T16:30+00:00") == [False, False]
    assert shown("2026-06-09T15:30+00:00") == [False, True]
    assert shown("2026-05-15T12:00+00:00") == [False, True]
    offered = hours.offered(world.policy, "hamburg", at("2026-05-15T12:00+00:00"))
    assert [each.office for each in offered] == ["hamburg", "woking"]
    assert offered[0].opens == at("2026-05-18T08:30+02:00")


def test_in_2026_one_office_is_open_while_the_other_is_shut() -> None:
    """decisions.md, easily missed 12: 1, 14 and 15 May, and the reverse on 4 May, 31 August and 28 December (H-07)."""
    policy = ready_policy()

    def both(day: str) -> tuple[bool, bool]:
        noon = at(f"2026-{day}T12:00+00:00")
        return policy.calendar("hamburg").is_open(noon), policy.calendar("woking").is_open(noon)

    assert {both(day) for day in ("05-01", "05-14", "05-15")} == {(False, True)}
    assert {both(day) for day in ("05-04", "08-31", "12-28")} == {(True, False)}


@pytest.mark.rule("H-26")
def test_satisfaction_is_asked_by_phone_or_in_person_and_never_by_mail(world: World) -> None:
    world.owed_call_back(anke(world), email="kim@customer.example")
    world.do(anke(world), c.TakeNext())
    world.do(anke(world), c.Close(ticket="t1", summary="done"))
    assert not [each for each in world.events if each.kind == "survey.owed"]
    written = [each.what for each in world.events if isinstance(each.what, MessageMade)]
    assert [what.message for what in written] == ["call_back_owed"], "only the notice to the specialists"
    survey = s.AnswerSurvey(ticket="t1", survey="satisfaction", mode="email", answers=("good",))
    assert world.refused(anke(world), survey).code == "survey_mode"
    for mode in ("phone", "in_person"):
        world.do(anke(world), msgspec.structs.replace(survey, mode=mode))


@pytest.mark.rule("H-25", "H-27")
def test_a_suggestion_is_taken_up_done_or_declined(world: World) -> None:
    values = (Value(field="topic", value="suggestion"), Value(field="text", value="longer cable"))
    world.do(anke(world), s.AddEntry(entry="e", register="feedback", values=values))
    world.do(anke(world), s.ChangeEntry(entry="e", decision="taken up"))
    register = world.policy.register("feedback")
    assert register is not None
    assert world.lines["e"].decision == "taken up"
    assert registers.overdue(register, world.lines.values(), dt.date(2030, 1, 1)) == ()


@pytest.mark.rule("H-28")
def test_the_manager_can_be_had_in_any_state_without_a_reason(world: World) -> None:
    world.log(anke(world), "new")
    world.owed_call_back(anke(world), "closed")
    world.do(anke(world), c.TakeNext())
    world.do(anke(world), c.Close(ticket="closed", summary="done"))
    world.log(anke(world), "stranger", fault=msgspec.structs.replace(FAULT, company="Nobody Ltd", serial="X"))
    for ticket in ("new", "closed", "stranger"):
        holder = world.tickets[ticket].holder
        world.do(anke(world), s.Escalate(step="technical_support_manager", ticket=ticket))
        (wish,) = world.tickets[ticket].escalations
        assert (wish.member, wish.reason) == ("tess", "")
        assert world.tickets[ticket].holder == holder, "the manager is told, the ticket stays"
    world.begin(anke(world), "k1")
    world.do(anke(world), s.Escalate(step="technical_support_manager", call="k1"))
    (_, told) = world.events[-2:]
    assert (world.events[-2].kind, told.call, told.ticket) == ("call.escalated", "k1", "")


@pytest.mark.rule("H-28", "H-31")
def test_the_manager_and_the_deputy_are_told_of_a_call_that_is_no_ticket(world: World) -> None:
    """At once, with the caller's number and nothing to explain; pressed again it is another wish."""
    manager, deputy = world.members["tess"], "deputy_technical_support_manager"
    world.members["tess"] = msgspec.structs.replace(manager, email="tess@desk.example")
    world.add_member("dirk", role="supervisor", functions=(deputy,), email="dirk@desk.example")
    reference = world.fresh_reference()
    begin = c.BeginCall(call="k1", reference=reference, rang_at=world.now, number="+49 40 5550177")
    world.do(anke(world), begin)
    for _ in range(2):
        world.do(anke(world), s.Escalate(step="technical_support_manager", call="k1"))
    told = [event.what for event in world.events if isinstance(event.what, MessageMade)]
    assert [each.to for each in told] == ["tess@desk.example, dirk@desk.example"] * 2
    assert len({each.once_key for each in told}) == 2
    assert "+49405550177" in told[0].text
    assert told[0].not_before is None
    world.log(anke(world), "t1", call="k2")
    world.do(anke(world), s.Escalate(step="technical_support_manager", call="k2"))
    assert [each.role for each in world.tickets["t1"].escalations] == ["technical_support_manager"]
    about = [event for event in world.events if isinstance(event.what, MessageMade)][-1]
    assert (about.ticket, about.call) == ("t1", ""), "where the call has a ticket, of that one and once"


def test_of_a_complaint_the_manager_whom_it_names_is_not_told(world: World) -> None:
    """K-13: the next one who holds the role or stands in for it is."""
    world.log(anke(world), "complaint")
    named = msgspec.structs.replace(world.tickets["complaint"], excluded=("tess",))
    world.tickets["complaint"] = named
    world.do(anke(world), s.Escalate(step="technical_support_manager", ticket="complaint"))
    world.add_member("tim", role="manager", functions=("technical_support_manager",))
    world.do(anke(world), s.Escalate(step="technical_support_manager", ticket="complaint"))
    assert [each.member for each in world.tickets["complaint"].escalations] == ["", "tim"]


@pytest.mark.rule("H-31")
def test_the_last_manager_cannot_be_removed(world: World) -> None:
    tess = world.members["tess"]
    gone = msgspec.structs.replace(tess, functions=())
    refused = members.vacancy_refusal(world.policy, world.members.values(), gone)
    assert refused is not None
    assert refused.code == "last_holder"


@pytest.mark.rule("H-23")
def test_all_calls_can_be_logged_and_nothing_is_lost(world: World) -> None:
    for number in range(3):
        world.begin(anke(world), f"k{number}")
        world.do(anke(world), c.EndCall(call=f"k{number}", outcome="no_ticket_needed"))
    assert len({call.reference for call in world.calls.values()}) == 3
