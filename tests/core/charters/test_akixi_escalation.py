"""The customer success charter as a desk, rule by rule: mail, closing, escalation, calls, A-36 to A-63."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import entitlement, kpis, obligations, wording
from desk_core.records import PlanStep
from desk_core.references import grouped
from tests.core.charters.desk_of_akixi import anna, answer, deadline, desk, mailed, phoned, state
from tests.support.world import FAULT, World, at


@pytest.fixture
def world() -> World:
    return desk()


@pytest.mark.rule("A-36")
def test_a_mail_becomes_a_ticket_or_joins_the_one_it_quotes(world: World) -> None:
    first = mailed(world)
    again = world.mail(anna(world), "t2", subject=f"Re: [{grouped(first.reference)}] Help")
    assert again.id == "t1"
    assert list(world.tickets) == ["t1"]


@pytest.mark.rule("A-37")
def test_an_email_ticket_needs_time_logged(world: World) -> None:
    mailed(world)
    assert world.refused(anna(world), c.Close(ticket="t1", summary="done")).code == "missing_time_logged"
    world.do(anna(world), c.LogTime(ticket="t1", minutes=5))
    world.do(anna(world), c.Close(ticket="t1", summary="done"))
    assert world.tickets["t1"].minutes == 5


@pytest.mark.rule("A-38")
def test_one_confirmation_with_the_reference(world: World) -> None:
    ticket = mailed(world)
    (message,) = world.made("created")
    assert grouped(ticket.reference) in message.text
    assert message.to == "kim@customer.example"
    again = c.CreateTicket(ticket="t1", reference="x", channel="email", received_at=world.now)
    assert world.refused(anna(world), again).code == "ticket_known"
    assert len(world.made("created")) == 1


@pytest.mark.rule("A-39")
def test_a_ticket_made_by_the_customer_gets_a_first_response_in_a_working_day(world: World) -> None:
    world.create(anna(world), channel="portal", kind="request", email="kim@customer.example")
    assert len(world.made("created")) == 1
    assert state(world, "direct_first_response") == "running"
    assert deadline(world, "direct_first_response") == at("2026-03-17T10:00+00:00")
    answer(world)
    assert state(world, "direct_first_response") == "met"
    phoned(world, "t2")
    assert state(world, "direct_first_response", "t2") == "none"


@pytest.mark.rule("A-40")
def test_closing_needs_a_summary_sends_it_and_an_answer_reopens_the_same_ticket(world: World) -> None:
    ticket = mailed(world)
    world.do(anna(world), c.LogTime(ticket="t1", minutes=5))
    assert world.refused(anna(world), c.Close(ticket="t1", summary=" ")).code == "missing_text"
    world.do(anna(world), c.Close(ticket="t1", summary="Cable replaced"))
    (message,) = world.made("closed")
    assert "Cable replaced" in message.text
    assert grouped(ticket.reference) in message.text
    world.mail(anna(world), "t2", text=f"Again, see {grouped(ticket.reference)}")
    assert world.tickets["t1"].active
    assert "t2" not in world.tickets


@pytest.mark.rule("A-41")
def test_the_timeline_escalates_while_we_are_awaited_and_not_while_the_customer_is(world: World) -> None:
    mailed(world)
    mailed(world, "t2")
    world.do(anna(world), c.WaitForCustomer(ticket="t2"))
    world.pass_time(at("2026-03-17T10:00:01+00:00"))
    assert world.tickets["t1"].holder == "cora"
    (escalation,) = world.tickets["t1"].escalations
    assert (escalation.step, escalation.at) == ("manager", at("2026-03-17T10:00+00:00"))
    assert world.tickets["t2"].escalations == ()


@pytest.mark.rule("A-42")
def test_the_customer_is_told_who_deals_with_it(world: World) -> None:
    mailed(world)
    world.pass_time(at("2026-03-17T10:01+00:00"))
    (message,) = world.made("who_deals")
    assert message.to == "kim@customer.example"
    assert all(words in message.text for words in ("Cora", "Customer Services Manager", "cora@desk.example"))
    world.pass_time(at("2026-03-17T10:02+00:00"))
    assert len(world.made("who_deals")) == 1


@pytest.mark.rule("A-43")
def test_only_a_progress_update_on_the_next_working_day_discharges_it(world: World) -> None:
    mailed(world)
    world.pass_time(at("2026-03-17T11:00+00:00"))
    assert deadline(world, "progress_update") == at("2026-03-18T17:30+00:00")
    (owing,) = obligations.owed(world.policy, world.tickets["t1"])
    assert (owing.id, owing.deadline, owing.late) == ("progress", at("2026-03-18T17:30+00:00"), False)
    cora = world.members["cora"]
    world.do(cora, c.Reply(ticket="t1", text="We are on it.", mark="progress"))
    assert state(world, "progress_update") == "running", "the same day is welcome and does not discharge it"
    world.now = at("2026-03-18T09:00+00:00")
    world.do(cora, c.Reply(ticket="t1", text="Which version?"))
    assert state(world, "progress_update") == "running"
    world.do(cora, c.Reply(ticket="t1", text="The part is ordered.", mark="progress"))
    assert state(world, "progress_update") == "met"
    assert obligations.owed(world.policy, world.tickets["t1"]) == ()


def to_senior(world: World, ticket: str = "t1") -> None:
    world.do(anna(world), c.WaitForCustomer(ticket=ticket))
    world.pass_time(at("2026-03-23T10:00:01+00:00"))


def plan_and_close(world: World, ticket: str = "t1") -> None:
    dan, cora = world.members["dan"], world.members["cora"]
    world.do(dan, c.LogTime(ticket=ticket, minutes=5))
    assert world.refused(dan, c.Close(ticket=ticket, summary="done")).code == "missing_agreed_plan"
    steps = (PlanStep(what="swap it", owner="anna", due=dt.date(2026, 3, 25)),)
    world.do(dan, s.SetPlan(ticket=ticket, steps=steps, customer_agreed=dt.date(2026, 3, 23)))
    assert world.refused(dan, c.Close(ticket=ticket, summary="done")).code == "missing_agreed_plan"
    assert world.refused(cora, s.AgreePlan(ticket=ticket)).code == "only_role"
    world.do(dan, s.AgreePlan(ticket=ticket))
    world.do(dan, c.Close(ticket=ticket, summary="done"))


@pytest.mark.rule("A-44")
def test_after_seven_days_or_by_hand_it_goes_to_the_senior_manager(world: World) -> None:
    mailed(world)
    mailed(world, "t2")
    world.do(anna(world), s.Escalate(ticket="t2", step="senior_manager"))
    assert world.tickets["t2"].holder == "dan"
    to_senior(world)
    ticket = world.tickets["t1"]
    assert [each.step for each in ticket.escalations] == ["senior_manager"], "also while the customer is awaited"
    assert ticket.escalations[0].at == at("2026-03-23T10:00+00:00")
    (notice,) = world.made("to_senior_manager")
    assert notice.to == "dan@desk.example"


@pytest.mark.rule("A-45", "A-59")
def test_the_senior_manager_alone_agrees_the_plan_without_which_nothing_closes(world: World) -> None:
    mailed(world)
    to_senior(world)
    plan_and_close(world)
    assert world.tickets["t1"].status == "closed"


@pytest.mark.rule("A-46", "A-48")
def test_calls_are_measured_from_ring_to_answer_inside_the_hours(world: World) -> None:
    rule = world.policy.clock("ring")
    assert rule is not None
    world.now = at("2026-03-16T11:00+00:00")
    world.do(anna(world), c.BeginCall(call="k", reference="1", office="london", rang_at=world.now))
    call = world.calls["k"]

    def judged(seconds: int, **other: object) -> str:
        when = world.now + dt.timedelta(seconds=seconds)
        return kpis.answered(world.policy, rule, msgspec.structs.replace(call, **{"answered_at": when, **other}))

    assert [judged(10), judged(11)] == ["met", "missed"]
    night = at("2026-03-16T21:00+00:00")
    assert judged(5, rang_at=night, answered_at=night) == "left_out"
    gone = msgspec.structs.replace(call, ended_at=world.now + dt.timedelta(seconds=4))
    assert kpis.answered(world.policy, rule, gone) == "abandoned"


@pytest.mark.rule("A-49")
def test_who_answers_reads_out_the_own_name_and_ticks_it(world: World) -> None:
    assert "this is Anna" in wording.spoken_greeting(world.policy, anna(world))
    world.begin(anna(world), "k1")
    world.do(anna(world), s.GiveName(call="k1"))
    assert world.calls["k1"].named_at == world.now


@pytest.mark.rule("A-51")
def test_a_phone_ticket_without_time_closes_with_a_warning(world: World) -> None:
    phoned(world)
    decided = world.do(anna(world), c.Close(ticket="t1", summary="done"))
    assert "time_logged" in decided.hints
    kpi = next(each for each in world.policy.kpis if each.id == "A8_phone")
    assert kpis.figure(world.policy, kpi, world.tickets.values()).missed == 1
    world.begin(anna(world), "k1")
    assert world.refused(anna(world), c.EndCall(call="k1")).code == "missing_outcome"


@pytest.mark.rule("A-52", "A-54")
def test_closing_a_phone_ticket_is_one_mail_with_summary_reference_and_survey(world: World) -> None:
    ticket = phoned(world)
    world.do(anna(world), c.Close(ticket="t1", summary="Cable replaced"))
    (message,) = world.made("closed_by_phone")
    link = "https://support.example/survey"
    assert all(words in message.text for words in ("Cable replaced", grouped(ticket.reference), link))
    assert world.made("closed") == []
    assert "survey.owed" in [each.kind for each in world.events if each.ticket == "t1"]
    mailed(world, "t2")
    world.do(anna(world), c.LogTime(ticket="t2", minutes=1))
    world.do(anna(world), c.Close(ticket="t2", summary="x"))
    assert "survey.owed" not in [each.kind for each in world.events if each.ticket == "t2"]


@pytest.mark.rule("A-53")
def test_a_call_that_needs_a_ticket_needs_an_address_or_a_reason_and_is_confirmed(world: World) -> None:
    world.customers.clear()
    world.begin(anna(world), "k1")
    refused = world.refused(anna(world), c.LogCall(call="k1", ticket="t1", kind="request", fault=FAULT))
    assert refused.code == "missing_email"
    world.do(anna(world), c.LogCall(call="k1", ticket="t1", kind="request", fault=FAULT, no_email="has none"))
    assert world.tickets["t1"].no_email == "has none"
    ticket = phoned(world, "t2")
    (message,) = world.made("created_by_phone", "t2")
    assert grouped(ticket.reference) in message.text


@pytest.mark.rule("A-55", "A-56")
def test_a_phone_ticket_escalates_and_is_told_and_updated_like_a_mail(world: World) -> None:
    phoned(world)
    world.pass_time(at("2026-03-17T10:01+00:00"))
    assert world.tickets["t1"].holder == "cora"
    assert len(world.made("who_deals")) == 1
    assert deadline(world, "progress_update") == at("2026-03-18T17:30+00:00")


@pytest.mark.rule("A-57")
def test_seven_days_and_the_plan_hold_for_a_phone_ticket(world: World) -> None:
    phoned(world)
    to_senior(world)
    plan_and_close(world)


@pytest.mark.rule("A-62")
def test_a_colleague_helps_with_a_note_and_the_owner_stays(world: World) -> None:
    phoned(world)
    world.do(world.members["ben"], c.AddNote(ticket="t1", text="Try the other cable"))
    assert world.tickets["t1"].holder == "anna"
    assert not [each for each in world.events if each.kind == "message.made" and "other cable" in str(each.what)]


@pytest.mark.rule("A-63")
def test_a_hand_over_has_a_note_and_leaves_one_owner(world: World) -> None:
    phoned(world)
    assert world.refused(anna(world), c.HandOver(ticket="t1", member="ben", note=" ")).code == "missing_text"
    world.do(anna(world), c.HandOver(ticket="t1", member="ben", note="knows the cable"))
    assert world.tickets["t1"].holder == "ben"


def test_an_upgrade_never_costs_less_than_nothing() -> None:
    assert entitlement.upgrade_price(1400, 1000) == 0
