"""What is easily missed in five charters, one test per line: 3, 5, 7, 9 to 12, 14, 15 and 18; the others stand in the file beside."""

from __future__ import annotations

import datetime as dt

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import scope
from desk_core.decisions.gates import requirements
from desk_core.people import Customer
from desk_core.policy import Policy
from tests.support.world import World, at, ready_policy

ALL = ("akixi", "ask4", "expandit", "hamburg-woking", "hosting")


def closed_on(policy: Policy, calendar: str, days: list[str]) -> list[bool]:
    return [not policy.calendar(calendar).opening_hours(dt.date.fromisoformat(day)) for day in days]


def test_missed_03_not_only_other_departments_also_colleagues_in_the_own_one_are_locked_out() -> None:
    """V-30."""
    world = World(ready_policy("hosting"))
    cleo = world.add_member("cleo", functions=("cs",), departments=("cs",))
    one, two = (world.add_member(name, departments=("technical",)) for name in ("one", "two"))
    world.create(cleo, channel="email", kind="fault")
    world.do(cleo, s.Triage(ticket="t1", category="hosting_domain"))
    world.do(one, c.TakeNext())
    assert world.refused(two, c.Close(ticket="t1", summary="x")).code == "held_by_other"


def test_missed_05_mail_accounts_are_business_and_two_kinds_of_invoice_are_in_two_departments() -> None:
    """V-05, V-07, V-14."""
    policy = ready_policy("hosting")
    found = [
        policy.department_for("question", each) for each in ("mail_account", "financial_invoice", "stamped_invoice")
    ]
    assert found == ["business", "business", "customer_room"]


def test_missed_07_the_timeline_of_the_escalation_is_the_timescale_of_the_ticket() -> None:
    """A-24, A-41."""
    policy = ready_policy("akixi")
    rule = policy.clock("timeline")
    assert rule is not None
    assert (rule.timescale, policy.ticket.timescale) == (True, "1 working day")
    assert rule.on_breach is not None
    assert rule.on_breach.escalate == "manager"


def test_missed_09_a_survey_by_mail_is_owed_for_phone_tickets_in_one_policy_and_never_in_another() -> None:
    """A-52, H-26."""
    closure = next(each for each in ready_policy("akixi").surveys if each.after)
    assert closure.channels == ("phone",)
    assert all("email" not in each.modes for each in ready_policy("hamburg-woking").surveys)


def test_missed_10_time_is_mandatory_for_mail_tickets_and_only_asked_for_on_calls() -> None:
    """A-37, A-51."""
    policy = ready_policy("akixi")
    assert "time_logged" in requirements(policy, "ticket.closed", "request", channel="email")
    assert requirements(policy, "ticket.closed", "request", channel="phone") == ()
    assert "time_logged" in requirements(policy, "ticket.closed", "request", channel="phone", warnings=True)


def test_missed_11_who_deals_with_it_and_the_progress_are_two_messages() -> None:
    """A-42, A-43, A-44: the first does not fulfil the second; the seven days run while the customer is awaited."""
    policy = ready_policy("akixi")
    assert [each.message for each in policy.obligations] == ["who_deals", "reply"]
    seven, progress = policy.clock("seven_days"), policy.clock("progress_update")
    assert seven is not None
    assert seven.pauses == ()
    assert progress is not None
    assert [stop.mark for stop in progress.stops if stop.event == "reply.sent"] == ["progress"]


def test_missed_12_bridge_days_close_in_one_policy_alone() -> None:
    """H-07; E-38 counts the same day as a working day."""
    day = ["2026-05-15"]
    assert closed_on(ready_policy("hamburg-woking"), "hamburg", day) == [True]
    assert closed_on(ready_policy("expandit"), "working_days", day) == [False]


def test_missed_14_a_clock_without_a_number_gets_none_and_eight_hours_are_office_hours() -> None:
    """E-33, E-36."""
    policy = ready_policy("expandit")
    amounts = {rule.id: rule.amount for rule in policy.clocks}
    assert (amounts["full_support"], amounts["absence"]) == ("unset", "8 open hours")


def test_missed_15_the_partner_who_reported_is_not_asked_the_end_customer_is() -> None:
    """E-24."""
    world = World(ready_policy("expandit"))
    assert [each.to for each in world.policy.surveys] == ["end_customer"]


def test_missed_18_observed_lost_moved_and_new_holidays_are_dated_data() -> None:
    """A-34, H-07, V-19."""
    us = ["2026-07-03", "2027-06-18", "2027-12-24", "2027-12-31"]
    assert closed_on(ready_policy("akixi"), "new_york", us) == [True] * 4
    assert closed_on(ready_policy("akixi"), "london", ["2026-12-28", "2027-12-27", "2027-12-28"]) == [True] * 3
    assert closed_on(ready_policy("expandit"), "working_days", ["2026-10-05", "2026-12-28"]) == [False, False]
    hosting = ready_policy("hosting")
    assert closed_on(hosting, "technical", ["2026-11-24", "2026-08-31", "2026-08-22"]) == [True, True, True]
    assert closed_on(hosting, "guidance_with_swaps", ["2026-01-02", "2026-01-10"]) == [True, False]


@pytest.mark.parametrize("name", ALL)
def test_two_policies_never_share_a_template_a_clock_or_a_rule(name: str) -> None:
    """decisions.md 4.1: no clause is filled in from another policy."""
    policy = ready_policy(name)
    letters = {rule.id[0] for rule in policy.rules}
    assert len(letters) == 1
    tables = (policy.clocks, policy.messages, policy.gates, policy.kpis)
    cited = [rule for table in tables for row in table for rule in row.rules]
    assert {rule[0] for rule in cited} == letters


def test_a_complaint_hides_from_its_subject_also_in_the_queue() -> None:
    """K-13: the named person cannot take it either."""
    world = World(ready_policy("ask4"))
    world.now = at("2026-06-08T10:00+01:00")
    bob, carla = world.add_member("bob"), world.add_member("carla")
    world.customers["k"] = Customer(id="k", name="k")
    form = s.ComplaintForm(summary="Rude", subject="staff", member="bob")
    ticket = world.create(carla, channel="letter", kind="complaint", customer="k", complaint=form)
    assert not scope.may_work(bob, ticket)
    assert world.refused(bob, s.Take(ticket="t1")).code == "excluded"
    assert world.refused(bob, c.TakeNext()).code == "queue_empty"
