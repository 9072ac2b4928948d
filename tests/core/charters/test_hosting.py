"""The customer support policy of a hosting and design firm as a desk, rule by rule: V-01 to V-37."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import queue, scope, wording
from desk_core.people import Customer, Member
from desk_core.records import Value
from desk_core.tickets import Ticket
from tests.support.world import FAULT, World, at, ready_policy

HELLO = "Dear customers"
ENDING = "Thank you for your interest in our products and services."
ANSWER = f"{HELLO}\n\nIt works again.\n\n{ENDING}"


@pytest.fixture
def world() -> World:
    made = World(ready_policy("hosting"))
    made.now = at("2026-06-09T14:00+07:00")
    made.add_member("cleo", functions=("cs",), departments=("cs",))
    for name in ("business", "technical", "design", "customer_room"):
        made.add_member(name, departments=(name,))
    made.add_member("tam", departments=("technical",))
    made.add_member("head", departments=("technical",), functions=("head",), role="supervisor")
    for customer in ("k", "m"):
        made.customers[customer] = Customer(id=customer, name=customer)
    return made


def who(world: World, name: str) -> Member:
    return world.members[name]


def issue(world: World, ticket: str = "t1", category: str = "hosting_domain", **fields: object) -> Ticket:
    values: dict[str, Any] = {"channel": "email", "kind": "fault", "customer": "k", **fields}
    department = str(values.pop("department", ""))
    world.create(who(world, "cleo"), ticket, **values)
    world.do(who(world, "cleo"), s.Triage(ticket=ticket, category=category, department=department))
    return world.tickets[ticket]


def finish(world: World, name: str, ticket: str) -> None:
    world.do(who(world, name), c.Reply(ticket=ticket, text=ANSWER))
    world.do(who(world, name), c.Close(ticket=ticket, summary="done"))


def clock(world: World, name: str, ticket: str) -> tuple[str, dt.datetime | None]:
    found = world.tickets[ticket].clock(name)
    return (found.state, found.deadline) if found else ("none", None)


@pytest.mark.rule("V-01", "V-37")
def test_an_issue_is_in_no_departments_queue_until_triage(world: World) -> None:
    world.create(who(world, "business"), channel="email", kind="question", customer="k", department="technical")
    for name in ("business", "technical", "cleo"):
        assert world.refused(who(world, name), c.TakeNext()).code == "queue_empty"
    assert world.refused(who(world, "technical"), s.Triage(ticket="t1", category="quotation")).code == "only_role"
    world.do(who(world, "cleo"), s.Triage(ticket="t1", category="quotation"))
    assert world.do(who(world, "business"), c.TakeNext()).result["ticket"] == "t1"
    assert world.refused(who(world, "cleo"), c.Reply(ticket="t1", text=ANSWER)).code == "out_of_scope"


@pytest.mark.rule("V-02")
def test_cs_reads_every_ticket_to_the_end_and_sees_what_stands_still(world: World) -> None:
    ticket = issue(world)
    cleo = who(world, "cleo")
    assert scope.may_read(world.policy, cleo, ticket)
    assert not scope.may_read(world.policy, who(world, "design"), ticket)
    assert world.refused(cleo, c.Reply(ticket="t1", text=ANSWER)).code == "out_of_scope"
    assert queue.stalled([ticket], world.now + dt.timedelta(hours=25), 24) == (ticket,)


@pytest.mark.parametrize(
    ("category", "department"),
    [
        pytest.param("usage", "business", marks=pytest.mark.rule("V-03", "V-33")),
        pytest.param("quotation", "business", marks=pytest.mark.rule("V-04")),
        pytest.param("mail_account", "business", marks=pytest.mark.rule("V-05")),
        pytest.param("login_account", "business", marks=pytest.mark.rule("V-06")),
        pytest.param("financial_invoice", "business", marks=pytest.mark.rule("V-07")),
        pytest.param("hosting_domain", "technical", marks=pytest.mark.rule("V-08", "V-34")),
        pytest.param("design", "design", marks=pytest.mark.rule("V-11", "V-35")),
        pytest.param("dispute", "customer_room", marks=pytest.mark.rule("V-13")),
        pytest.param("stamped_invoice", "customer_room", marks=pytest.mark.rule("V-14", "V-36")),
    ],
)
def test_a_category_routes_to_its_department_and_to_no_other(world: World, category: str, department: str) -> None:
    assert issue(world, category=category).department == department
    others = {"business", "technical", "design", "customer_room"} - {department}
    assert {world.refused(who(world, name), c.TakeNext()).code for name in others} == {"queue_empty"}
    world.do(who(world, department), c.TakeNext())


@pytest.mark.rule("V-09", "V-12")
def test_an_interface_is_for_technical_or_design_and_triage_says_which(world: World) -> None:
    world.create(who(world, "cleo"), channel="email", kind="fault", customer="k")
    refused = world.refused(who(world, "cleo"), s.Triage(ticket="t1", category="interface"))
    assert refused.code == "choose_department"
    assert "Technical Department" in refused.text
    assert "Design Department" in refused.text
    world.do(who(world, "cleo"), s.Triage(ticket="t1", category="interface", department="design"))
    assert world.refused(who(world, "cleo"), s.Triage(ticket="t1", category="interface")).code == "triage_done"
    assert world.tickets["t1"].department == "design"


@pytest.mark.rule("V-10")
def test_an_installation_needs_the_number_of_its_contract(world: World) -> None:
    world.create(who(world, "cleo"), channel="email", kind="fault", customer="k")
    triage = s.Triage(ticket="t1", category="installation")
    assert world.refused(who(world, "cleo"), triage).fields == ("contract_no",)
    world.do(who(world, "cleo"), s.SetFields(ticket="t1", values=(Value(field="contract_no", value="HD-7"),)))
    world.do(who(world, "cleo"), triage)
    assert world.tickets["t1"].department == "technical"


@pytest.mark.rule("V-13")
def test_a_dispute_moves_to_the_customer_room_whatever_it_is_about(world: World) -> None:
    issue(world)
    world.do(who(world, "technical"), c.TakeNext())
    world.do(who(world, "technical"), c.Classify(ticket="t1", category="dispute"))
    assert world.tickets["t1"].department == "customer_room"
    assert world.refused(who(world, "technical"), c.Reply(ticket="t1", text=ANSWER)).code == "out_of_scope"


@pytest.mark.rule("V-15", "V-36")
def test_a_requirement_waits_for_the_customer_rooms_approval(world: World) -> None:
    issue(world, kind="requirement")
    technical, room = who(world, "technical"), who(world, "customer_room")
    assert world.refused(technical, c.TakeNext()).code == "queue_empty"
    assert world.refused(technical, s.Take(ticket="t1")).code == "approval_owed"
    assert world.refused(technical, s.Approve(ticket="t1")).code == "only_role"
    assert clock(world, "seven_days", "t1")[0] == "running", "waiting for approval pauses nothing"
    world.do(room, s.Approve(ticket="t1"))
    world.do(technical, c.TakeNext())
    issue(world, "t2", kind="requirement", customer="m")
    assert world.refused(room, s.Reject(ticket="t2", text="")).code == "missing_written_reply"
    world.do(room, s.Reject(ticket="t2", text=f"{HELLO}\n\nNot possible.\n\n{ENDING}"))
    assert world.tickets["t2"].status == "closed"


@pytest.mark.rule("V-16", "V-17")
def test_guidance_has_its_own_hours_with_a_lunch_break(world: World) -> None:
    category = world.policy.category("usage")
    assert category is not None
    calendar = world.policy.calendar(category.calendar)
    times = ("08:00:00", "11:59:59", "12:00:00", "13:29:59", "13:30:00", "16:30:00")
    opened = [calendar.is_open(at(f"2026-06-09T{time}+07:00")) for time in times]
    assert opened == [True, True, False, False, True, False]


@pytest.mark.rule("V-18", "V-26")
def test_nothing_is_answered_by_voice_and_a_call_may_be_logged(world: World) -> None:
    cleo = who(world, "cleo")
    ticket = world.log(cleo, kind="fault", fault=FAULT)
    assert ticket.channel == "phone"
    for ask in (
        c.OfferCallBack(ticket="t1"),
        c.PutThrough(ticket="t1", member="technical"),
        c.AttemptCallBack(ticket="t1", reached=True),
    ):
        assert world.refused(cleo, ask).code == "channel_never_answers"
    world.do(cleo, c.EndCall(call="call-t1"))


@pytest.mark.rule("V-19")
def test_technical_support_is_open_round_the_clock_on_working_days(world: World) -> None:
    calendar = world.policy.calendar("technical")
    assert calendar.is_open(at("2026-06-10T03:00+07:00"))
    assert not calendar.is_open(at("2026-06-13T03:00+07:00"))


@pytest.mark.rule("V-20")
def test_on_a_holiday_only_duty_staff_work_and_only_on_common_issues(world: World) -> None:
    issue(world)
    issue(world, "t2", customer="m")
    world.now = at("2026-02-17T10:00+07:00")
    technical, tam = who(world, "technical"), who(world, "tam")
    assert world.refused(technical, c.TakeNext()).code == "queue_empty"
    assert world.refused(technical, s.Take(ticket="t1")).code == "holiday_common_only"
    world.do(technical, s.MarkCommon(ticket="t2", common=True))
    roster = s.AddEntry(entry="d", register="duty_roster", member="tam", due=dt.date(2026, 2, 17))
    assert world.refused(technical, roster).code == "only_supervisor"
    world.do(who(world, "head"), roster)
    assert world.refused(technical, s.Take(ticket="t2")).code == "not_on_duty"
    assert world.do(tam, c.TakeNext()).result["ticket"] == "t2"


@pytest.mark.rule("V-21")
def test_the_next_issue_of_a_customer_waits_for_the_first_and_is_then_owed_in_24_hours(world: World) -> None:
    issue(world, "t1")
    issue(world, "t2")
    issue(world, "t3", customer="m")
    technical, tam = who(world, "technical"), who(world, "tam")
    assert world.do(technical, c.TakeNext()).result["ticket"] == "t1"
    assert world.refused(tam, s.Take(ticket="t2")).code == "previous_issue_open"
    assert world.do(tam, c.TakeNext()).result["ticket"] == "t3", "it keeps its place and is skipped"
    assert clock(world, "next_issue", "t2")[0] == "none"
    world.now = at("2026-06-12T15:00+07:00")
    finish(world, "technical", "t1")
    assert clock(world, "next_issue", "t2") == ("running", at("2026-06-15T15:00+07:00"))
    assert world.do(technical, c.TakeNext()).result["ticket"] == "t2"
    assert clock(world, "next_issue", "t2")[0] == "met"


def test_common_issues_count_on_holidays_too(world: World) -> None:
    """V-20, V-21: duty staff are there, also on a holiday at a week-end."""
    issue(world, "t1")
    issue(world, "t2")
    world.do(who(world, "technical"), c.TakeNext())
    world.now = at("2026-04-29T20:00+07:00")
    finish(world, "technical", "t1")
    assert clock(world, "next_issue", "t2")[1] == at("2026-05-04T20:00+07:00")
    world.do(who(world, "technical"), s.MarkCommon(ticket="t2", common=True))
    assert clock(world, "next_issue", "t2")[1] == at("2026-04-30T20:00+07:00")


@pytest.mark.rule("V-22")
def test_a_problem_takes_seven_days_at_most_counted_from_the_end_of_the_one_before(world: World) -> None:
    world.now = at("2026-06-01T09:00+07:00")
    issue(world, "t1")
    issue(world, "t2")
    assert clock(world, "seven_days", "t1") == ("running", at("2026-06-08T09:00+07:00"))
    assert clock(world, "seven_days", "t2")[0] == "none"
    world.do(who(world, "technical"), c.TakeNext())
    world.now = at("2026-06-10T14:00+07:00")
    finish(world, "technical", "t1")
    assert clock(world, "seven_days", "t1")[0] == "missed"
    assert clock(world, "seven_days", "t2") == ("running", at("2026-06-17T14:00+07:00"))


@pytest.mark.rule("V-23")
def test_only_the_head_of_the_queue_can_be_taken_and_two_agents_get_two_tickets(world: World) -> None:
    issue(world, "t1")
    world.now += dt.timedelta(minutes=1)
    issue(world, "t2", customer="m")
    technical, tam = who(world, "technical"), who(world, "tam")
    assert world.refused(technical, s.Take(ticket="t2")).code == "not_free"
    assert world.do(technical, c.TakeNext()).result["ticket"] == "t1"
    assert world.do(tam, c.TakeNext()).result["ticket"] == "t2"


@pytest.mark.rule("V-24")
def test_nothing_is_worked_on_that_was_not_handed_out(world: World) -> None:
    technical = who(world, "technical")
    world.log(technical, kind="fault")
    assert world.tickets["t1"].holder == ""
    world.do(who(world, "cleo"), s.Triage(ticket="t1", category="hosting_domain"))
    for ask in (c.Reply(ticket="t1", text=ANSWER), c.Close(ticket="t1", summary="done")):
        assert world.refused(technical, ask).code == "not_held"


@pytest.mark.rule("V-25")
def test_nothing_closes_without_a_written_answer(world: World) -> None:
    issue(world)
    technical = who(world, "technical")
    world.do(technical, c.TakeNext())
    assert world.refused(technical, c.Close(ticket="t1", summary="done")).code == "missing_written_reply"
    finish(world, "technical", "t1")


@pytest.mark.rule("V-27")
@pytest.mark.parametrize(
    "text", ["Hello\n\nDear customers", "dear customers, x", " Dear customers, x", "Dear customer"]
)
def test_a_reply_starts_with_exactly_two_words_and_nothing_before(world: World, text: str) -> None:
    issue(world)
    technical = who(world, "technical")
    world.do(technical, c.TakeNext())
    assert world.refused(technical, c.Reply(ticket="t1", text=f"{text}\n\n{ENDING}")).code == "reply_greeting"
    world.do(technical, c.Reply(ticket="t1", text=ANSWER))
    assert world.made("reply")[0].text.startswith(HELLO)


@pytest.mark.rule("V-28")
def test_an_answer_to_a_mail_ends_with_the_sentence_and_nothing_after(world: World) -> None:
    issue(world)
    technical = who(world, "technical")
    world.do(technical, c.TakeNext())
    for wrong in (f"{HELLO}\n\nx", f"{ANSWER}\nTam, +84 1", f"{ANSWER}\n> you wrote"):
        assert world.refused(technical, c.Reply(ticket="t1", text=wrong)).code == "reply_closing"
    world.do(technical, c.Reply(ticket="t1", text=ANSWER))
    assert world.made("reply")[0].text.endswith(ENDING)
    body = wording.reply_text(world.policy, technical, "It works again.", world.tickets["t1"])
    assert body == ANSWER
    issue(world, "t2", channel="portal", customer="m")
    world.do(technical, c.TakeNext())
    world.do(technical, c.Reply(ticket="t2", text=f"{HELLO}\n\nx"))


@pytest.mark.rule("V-29")
def test_a_reply_to_another_departments_ticket_is_refused(world: World) -> None:
    issue(world, category="quotation")
    world.do(who(world, "business"), c.TakeNext())
    assert world.refused(who(world, "technical"), c.Reply(ticket="t1", text=ANSWER)).code == "out_of_scope"


@pytest.mark.rule("V-30")
def test_a_colleagues_ticket_is_locked_until_a_supervisor_reassigns_it(world: World) -> None:
    issue(world)
    technical, tam, head = (who(world, name) for name in ("technical", "tam", "head"))
    world.do(technical, c.TakeNext())
    for other in (tam, head):
        assert world.refused(other, c.Reply(ticket="t1", text=ANSWER)).code == "held_by_other"
    world.do(head, c.HandOver(ticket="t1", member="tam", note="yours"))
    world.do(tam, c.Reply(ticket="t1", text=ANSWER))
    assert world.refused(technical, c.Reply(ticket="t1", text=ANSWER)).code == "held_by_other"
    own = c.CreateTicket(
        ticket="t9",
        reference="x",
        channel="email",
        kind="fault",
        title="x",
        received_at=world.now,
        customer_kind="employee",
    )
    assert world.refused(tam, own).code == "customer_refused"


@pytest.mark.rule("V-31")
def test_shouting_is_hinted_at_and_sent_all_the_same(world: World) -> None:
    issue(world)
    technical = who(world, "technical")
    world.do(technical, c.TakeNext())
    loud = f"{HELLO}\n\nPLEASE RESTART THE SERVER NOW AND READ THE MANUAL BEFORE YOU WRITE AGAIN!!!\n\n{ENDING}"
    assert "shouting" in world.do(technical, c.Reply(ticket="t1", text=loud)).hints


def test_the_literal_sense_of_garbled_sentences_stands_beside_the_enforced_reading() -> None:
    """V-24, V-26: decisions.md 4.2."""
    policy = ready_policy("hosting")
    for rule_id in ("V-24", "V-26"):
        rule = policy.rule(rule_id)
        assert rule is not None
        assert rule.reading
        assert rule.literal
