"""The customer success charter, black box: escalation, plans, and who deals with it (A-41 to A-45, A-55 to A-63)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.akixi_work import A_WEEK, KIM, TIMELINE, mailed, phoned, planned
from tests.acceptance.desk import Desk
from tests.support.world import at


@pytest.mark.parametrize(
    "born",
    [
        pytest.param(mailed, marks=pytest.mark.rule("A-41", "A-42")),
        pytest.param(phoned, marks=pytest.mark.rule("A-55", "A-56")),
    ],
)
def test_a_request_that_outlasts_its_timescale_goes_to_the_manager_and_the_customer_is_told(
    akixi: Desk, born: Callable[[Desk], str]
) -> None:
    ticket, waiting = born(akixi), born(akixi)
    akixi["anna"].does(c.WaitForCustomer(ticket=waiting))
    akixi.at(TIMELINE)
    assert akixi.ticket(ticket).holder == akixi.member("cora")
    (escalation,) = akixi.ticket(ticket).escalations
    assert (escalation.step, escalation.at) == ("manager", at("2026-03-17T10:00+00:00"))
    assert akixi.ticket(waiting).escalations == (), "the customer is awaited"
    (letter,) = akixi.mails(ticket, "who_deals")
    assert letter.to == KIM
    assert all(words in letter.text for words in ("cora", "cora@desk.example", "+442079460000"))
    akixi.later(minutes=1)
    assert len(akixi.mails(ticket, "who_deals")) == 1
    assert "cora" in akixi["anna"].run("show", akixi.ref(ticket))


@pytest.mark.rule("A-43")
def test_only_a_progress_update_on_the_next_working_day_is_what_is_owed_after_an_escalation(akixi: Desk) -> None:
    ticket = mailed(akixi)
    akixi.at("2026-03-17T11:00+00:00")
    assert akixi.clock_of(ticket, "progress_update") == ("running", at("2026-03-18T17:30+00:00"))
    akixi.at("2026-03-18T09:00+00:00")
    akixi["cora"].does(c.Reply(ticket=ticket, text="Which version?"))
    assert akixi.clock_of(ticket, "progress_update")[0] == "running"
    akixi["cora"].run("reply", akixi.ref(ticket), "--text", "The part is ordered.", "--mark", "progress")
    assert akixi.clock_of(ticket, "progress_update")[0] == "met"


@pytest.mark.parametrize(
    "born",
    [
        pytest.param(mailed, marks=pytest.mark.rule("A-44", "A-45")),
        pytest.param(phoned, marks=pytest.mark.rule("A-57")),
    ],
)
def test_after_seven_days_the_senior_manager_owes_a_plan_without_which_nothing_closes(
    akixi: Desk, born: Callable[[Desk], str]
) -> None:
    ticket = born(akixi)
    akixi["anna"].does(c.WaitForCustomer(ticket=ticket))
    akixi.at(A_WEEK)
    assert [each.step for each in akixi.ticket(ticket).escalations] == ["senior_manager"]
    assert [letter.to for letter in akixi.mails(ticket, "to_senior_manager")] == ["dan@desk.example"]
    close = c.Close(ticket=ticket, summary="done")
    akixi["dan"].does(c.LogTime(ticket=ticket, minutes=5))
    assert akixi["dan"].may_not(close).code == "missing_agreed_plan"
    planned(akixi, ticket)
    assert akixi["dan"].may_not(close).code == "missing_agreed_plan"
    akixi["dan"].run("agree-plan", akixi.ref(ticket))
    akixi["dan"].does(close)
    assert akixi.ticket(ticket).status == "closed"


@pytest.mark.rule("A-44")
def test_what_cannot_be_closed_goes_to_the_senior_manager_at_once(akixi: Desk) -> None:
    ticket = mailed(akixi)
    akixi["anna"].run("escalate", akixi.ref(ticket), "--to", "senior_manager")
    assert akixi.ticket(ticket).holder == akixi.member("dan")


@pytest.mark.rule("A-58")
def test_the_only_customer_services_manager_cannot_be_removed(akixi: Desk) -> None:
    for words in (("disable", "cora"), ("set", "cora", "--role", "agent")):
        assert "Customer Services Manager" in akixi.admin("member", *words, expect=1).sentence
    assert "Senior" in akixi.admin("member", "disable", "dan", expect=1).sentence


@pytest.mark.rule("A-59")
def test_the_manager_cannot_agree_the_plan_that_the_senior_manager_owes(akixi: Desk) -> None:
    ticket = mailed(akixi)
    akixi["anna"].does(s.Escalate(ticket=ticket, step="senior_manager"))
    planned(akixi, ticket)
    assert akixi["cora"].may_not(s.AgreePlan(ticket=ticket)).code == "only_role"
    assert akixi["cora"].refused("agree-plan", akixi.ref(ticket))["code"] == "only_role"
    akixi["dan"].run("agree-plan", akixi.ref(ticket))


@pytest.mark.rule("A-62")
def test_a_colleague_helps_with_a_note_that_the_customer_never_sees(akixi: Desk) -> None:
    ticket = phoned(akixi)
    akixi["ben"].run("note", akixi.ref(ticket), "--text", "Try the other cable")
    assert akixi.ticket(ticket).holder == akixi.member("anna")
    assert "other cable" in str(akixi["anna"].json("show", akixi.ref(ticket))["history"])
    assert not [letter for letter in akixi.mails(ticket) if "other cable" in letter.text]


@pytest.mark.rule("A-63")
def test_a_hand_over_needs_a_note_and_leaves_one_owner(akixi: Desk) -> None:
    ticket = phoned(akixi)
    words = ("hand-over", akixi.ref(ticket), "--to", "ben", "--note")
    assert akixi["anna"].refused(*words, " ")["code"] == "missing_text"
    hand = c.HandOver(ticket=ticket, member=akixi.member("ben"), note=" ")
    assert akixi["anna"].may_not(hand).code == "missing_text"
    akixi["anna"].run(*words, "knows the cable")
    assert akixi.ticket(ticket).holder == akixi.member("ben")
