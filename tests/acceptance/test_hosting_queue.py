"""The customer support policy, black box: triage, departments, approval, order, holders (V-01 to V-15, V-21 to V-24, V-29 to V-37)."""

from __future__ import annotations

import datetime as dt

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import Value
from tests.acceptance.desk import Desk
from tests.acceptance.hosting_work import ANSWER, ENDING, HELLO, arrived, finish, issue, taken
from tests.support.world import at

DEPARTMENTS = {"business": "bao", "technical": "tam", "design": "dora", "customer_room": "room"}


@pytest.mark.rule("V-01", "V-37")
def test_an_untriaged_issue_is_in_no_departments_queue(hosting: Desk) -> None:
    ticket = arrived(hosting, kind="question", department="technical")
    for login in (*DEPARTMENTS.values(), "cleo"):
        assert hosting[login].may_not(c.TakeNext()).code == "queue_empty"
    triage = s.Triage(ticket=ticket, category="quotation")
    assert hosting["tam"].may_not(triage).code == "only_role"
    assert hosting["tam"].refused("take-next")["code"] == "queue_empty"
    hosting["cleo"].run("triage", hosting.ref(ticket), "--category", "quotation")
    assert hosting["bao"].does(c.TakeNext())["ticket"] == ticket
    assert hosting["cleo"].may_not(c.Reply(ticket=ticket, text=ANSWER)).code == "out_of_scope"


@pytest.mark.rule("V-02", "V-37")
def test_cs_reads_every_departments_issue_and_answers_none(hosting: Desk) -> None:
    ticket = taken(hosting)
    shown = hosting["cleo"].json("show", hosting.ref(ticket))
    assert (shown.get("elsewhere", False), shown["department"], shown["holder"]) == (False, "technical", "tam")
    assert "history" in shown
    assert hosting["dora"].json("show", hosting.ref(ticket))["elsewhere"]
    assert hosting["cleo"].refused("reply", hosting.ref(ticket), "--text", "It works.")["code"] == "out_of_scope"
    assert hosting["cleo"].may_not(c.Reply(ticket=ticket, text=ANSWER)).code == "out_of_scope"


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
        pytest.param("stamped_invoice", "customer_room", marks=pytest.mark.rule("V-14", "V-36")),
    ],
)
def test_a_category_leads_to_its_department_and_nobody_else_can_take_it(
    hosting: Desk, category: str, department: str
) -> None:
    ticket = issue(hosting, category)
    others = [login for name, login in DEPARTMENTS.items() if name != department]
    assert {hosting[login].may_not(c.TakeNext()).code for login in others} == {"queue_empty"}
    assert {hosting[login].may_not(s.Take(ticket=ticket)).code for login in others} == {"out_of_scope"}
    assert hosting[DEPARTMENTS[department]].does(c.TakeNext())["ticket"] == ticket


@pytest.mark.rule("V-09", "V-12")
def test_triage_of_an_interface_asks_technical_or_design(hosting: Desk) -> None:
    ticket = arrived(hosting)
    words = ("triage", hosting.ref(ticket), "--category", "interface")
    asked = hosting["cleo"].refused(*words)
    assert asked["code"] == "choose_department"
    assert "Technical Department" in asked["text"]
    assert "Design Department" in asked["text"]
    hosting["cleo"].run(*words, "--department", "design")
    assert hosting.ticket(ticket).department == "design"
    again = s.Triage(ticket=ticket, category="interface", department="technical")
    assert hosting["cleo"].may_not(again).code == "triage_done"


@pytest.mark.rule("V-10")
def test_an_installation_without_the_number_of_its_contract_is_refused(hosting: Desk) -> None:
    ticket = arrived(hosting)
    words = ("triage", hosting.ref(ticket), "--category", "installation")
    assert hosting["cleo"].refused(*words)["fields"] == ["contract_no"]
    assert hosting["cleo"].may_not(s.Triage(ticket=ticket, category="installation")).fields == ("contract_no",)
    hosting["cleo"].does(s.SetFields(ticket=ticket, values=(Value(field="contract_no", value="HD-7"),)))
    hosting["cleo"].run(*words)
    assert hosting.ticket(ticket).department == "technical"


@pytest.mark.rule("V-13")
def test_an_issue_that_becomes_a_dispute_moves_to_the_customer_room(hosting: Desk) -> None:
    ticket = taken(hosting)
    hosting["tam"].run("classify", hosting.ref(ticket), "--class", "dispute")
    assert hosting.ticket(ticket).department == "customer_room"
    assert hosting["tam"].may_not(c.Reply(ticket=ticket, text=ANSWER)).code == "out_of_scope"
    assert hosting["room"].does(c.TakeNext())["ticket"] == ticket


@pytest.mark.rule("V-15", "V-36")
def test_a_requirement_cannot_be_taken_before_the_customer_room_approves_it(hosting: Desk) -> None:
    ticket = issue(hosting, kind="requirement")
    assert hosting["tam"].may_not(c.TakeNext()).code == "queue_empty"
    assert hosting["tam"].may_not(s.Take(ticket=ticket)).code == "approval_owed"
    assert hosting["tam"].may_not(s.Approve(ticket=ticket)).code == "only_role"
    assert hosting.clock_of(ticket, "seven_days")[0] == "running"
    hosting["room"].run("approve", hosting.ref(ticket))
    assert hosting["tam"].does(c.TakeNext())["ticket"] == ticket
    other = issue(hosting, kind="requirement", customer="Moser")
    assert hosting["room"].may_not(s.Reject(ticket=other, text="")).code == "missing_written_reply"
    hosting["room"].does(s.Reject(ticket=other, text=f"{HELLO}\n\nNot possible.\n\n{ENDING}"))
    assert hosting.ticket(other).status == "closed"


@pytest.mark.rule("V-20")
def test_on_a_holiday_only_duty_staff_take_issues_and_only_common_ones(hosting: Desk) -> None:
    hosting.at("2026-02-16T10:00+07:00")
    rare, common = issue(hosting), issue(hosting, customer="Moser")
    hosting.at("2026-02-17T10:00+07:00")
    assert hosting["tam"].may_not(s.Take(ticket=rare)).code == "holiday_common_only"
    assert hosting["tam"].refused("take-next")["code"] == "queue_empty"
    hosting["tam"].does(s.MarkCommon(ticket=common, common=True))
    duty = s.AddEntry(entry="d", register="duty_roster", member=hosting.member("tuan"), due=dt.date(2026, 2, 17))
    assert hosting["tam"].may_not(duty).code == "only_supervisor"
    hosting["hoa"].does(duty)
    assert hosting["tam"].may_not(s.Take(ticket=common)).code == "not_on_duty"
    assert hosting["tuan"].json("take-next")["ticket"] == common


@pytest.mark.rule("V-21")
def test_the_second_issue_of_a_customer_is_skipped_until_the_first_is_done_and_then_owed_in_24_hours(
    hosting: Desk,
) -> None:
    first, second, other = issue(hosting), issue(hosting), issue(hosting, customer="Moser")
    assert hosting["tam"].does(c.TakeNext())["ticket"] == first
    assert hosting["tuan"].may_not(s.Take(ticket=second)).code == "previous_issue_open"
    assert hosting["tuan"].does(c.TakeNext())["ticket"] == other, "the second keeps its place and is skipped"
    assert hosting.clock_of(second, "next_issue") == ("none", None)
    hosting.at("2026-06-12T15:00+07:00")
    finish(hosting, "tam", first)
    assert hosting.clock_of(second, "next_issue") == ("running", at("2026-06-15T15:00+07:00"))
    why = hosting["tam"].json("why", hosting.ref(second), "next_issue")["clocks"][0]
    assert at(why["deadline"]) == at("2026-06-15T15:00+07:00")
    assert hosting["tam"].json("take-next")["ticket"] == second
    assert hosting.clock_of(second, "next_issue")[0] == "met"


@pytest.mark.rule("V-22")
def test_a_problem_is_owed_in_seven_days_from_receipt_or_from_the_end_of_the_one_before(hosting: Desk) -> None:
    hosting.at("2026-06-01T09:00+07:00")
    first, second = issue(hosting), issue(hosting)
    assert hosting.clock_of(first, "seven_days") == ("running", at("2026-06-08T09:00+07:00"))
    assert hosting.clock_of(second, "seven_days") == ("none", None)
    hosting["tam"].does(c.TakeNext())
    hosting.at("2026-06-08T09:00:01+07:00")
    assert hosting.clock_of(first, "seven_days")[0] == "missed"
    hosting.at("2026-06-10T14:00+07:00")
    finish(hosting, "tam", first)
    assert hosting.clock_of(second, "seven_days") == ("running", at("2026-06-17T14:00+07:00"))
    shown = hosting["tam"].run("why", hosting.ref(second), "seven_days")
    assert "V-22" in shown


@pytest.mark.rule("V-23")
def test_only_the_head_of_the_queue_can_be_taken_and_two_agents_get_two_issues(hosting: Desk) -> None:
    first = issue(hosting)
    hosting.later(minutes=1)
    second = issue(hosting, customer="Moser")
    waiting = [row["id"] for row in hosting["tam"].json("queue", "--waiting")]
    assert waiting == [first, second]
    assert hosting["tam"].may_not(s.Take(ticket=second)).code == "not_free"
    assert hosting["tam"].json("take-next")["ticket"] == first
    assert hosting["tuan"].does(c.TakeNext())["ticket"] == second


@pytest.mark.rule("V-24")
def test_nothing_is_answered_or_closed_that_was_not_handed_out(hosting: Desk) -> None:
    ticket = issue(hosting)
    asks = (c.Reply(ticket=ticket, text=ANSWER), c.Close(ticket=ticket, summary="done"))
    assert [hosting["tam"].may_not(ask).code for ask in asks] == ["not_held", "not_held"]
    mine = hosting["tam"].hears(kind="fault")
    assert hosting.ticket(mine).holder == "", "who logs a call does not hold it"
    assert hosting["tam"].refused("close", hosting.ref(ticket), "--summary", "done")["code"] == "not_held"


@pytest.mark.rule("V-29")
def test_an_answer_to_another_departments_issue_is_refused(hosting: Desk) -> None:
    ticket = taken(hosting, "bao", "quotation")
    assert hosting["tam"].may_not(c.Reply(ticket=ticket, text=ANSWER)).code == "out_of_scope"
    assert hosting["tam"].refused("reply", hosting.ref(ticket), "--text", "It works.")["code"] == "out_of_scope"


@pytest.mark.rule("V-30")
def test_a_colleagues_issue_is_closed_to_everybody_until_a_supervisor_reassigns_it(hosting: Desk) -> None:
    ticket = taken(hosting)
    reply = c.Reply(ticket=ticket, text=ANSWER)
    for other in ("tuan", "hoa"):
        assert hosting[other].may_not(reply).code == "held_by_other"
    assert hosting["tuan"].refused("reply", hosting.ref(ticket), "--text", "It works.")["code"] == "held_by_other"
    hosting["hoa"].run("hand-over", hosting.ref(ticket), "--to", "tuan", "--note", "yours")
    hosting["tuan"].does(reply)
    assert hosting["tam"].may_not(reply).code == "held_by_other"
    own = c.CreateTicket(
        ticket="own",
        reference=hosting["tam"].by_hand.reference(),
        channel="email",
        kind="fault",
        title="My own mail",
        received_at=hosting.clock.now(),
        customer_kind="employee",
    )
    assert hosting["tam"].may_not(own).code == "customer_refused"
