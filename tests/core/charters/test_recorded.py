"""Rules that software can only record: what is kept, listed and counted for people who judge (A-07 to A-64, E-11 to E-26, H-30, K-01…)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import kpis, registers, wording
from desk_core.entitlement import find
from desk_core.people import Member
from desk_core.records import Value
from tests.core.charters import desk_of_akixi, desk_of_expandit
from tests.support.world import World, at, ready_policy


def entered(world: World, by: Member, register: str, subject: str = "", member: str = "", **values: str) -> str:
    """A line of a register; its id."""
    entry = f"{register}-{len(world.lines)}"
    written = tuple(Value(field=field, value=value) for field, value in values.items())
    world.do(by, s.AddEntry(entry=entry, register=register, subject=subject, member=member, values=written))
    return entry


@pytest.fixture
def akixi() -> World:
    return desk_of_akixi.desk()


@pytest.fixture
def expandit() -> World:
    return desk_of_expandit.desk()


@pytest.fixture
def ask4() -> World:
    made = World(ready_policy("ask4"))
    made.add_member("bob", email="bob@desk.example")
    made.add_member("dora", email="dora@desk.example", role="supervisor")
    return made


@pytest.mark.rule("A-07")
def test_the_share_of_answers_that_meet_expectations_is_reported_for_each_agent(akixi: World) -> None:
    for ticket, agent, answer in (("t1", "anna", "exceeded"), ("t2", "anna", "missed"), ("t3", "ben", "Met")):
        akixi.log(akixi.members[agent], ticket, kind="request", email="kim@customer.example")
        akixi.do(akixi.members[agent], c.Close(ticket=ticket, summary="done"))
        akixi.do(akixi.members[agent], s.AnswerSurvey(ticket=ticket, survey="closure", mode="email", answers=(answer,)))
    akixi.log(akixi.members["ben"], "t4", kind="request", email="kim@customer.example")
    akixi.do(akixi.members["ben"], c.Close(ticket="t4", summary="done"))
    found = kpis.happened(akixi.policy, "closure", akixi.events, akixi.tickets.values())
    assert {member: figure.percent for member, figure in found.items()} == {"": 66.6, "anna": 50.0, "ben": 100.0}
    assert (found[""].running, found["anna"].misses) == (1, ("t2",))


@pytest.mark.rule("A-15")
def test_the_review_of_the_policy_is_overdue_after_its_day(akixi: World) -> None:
    head = msgspec.structs.replace(akixi.policy.head, next_review=dt.date(2026, 3, 16))
    assert [head.review_overdue(dt.date(2026, 3, day)) for day in (16, 17)] == [False, True]
    assert akixi.policy.head.next_review is not None


@pytest.mark.rule("A-16", "A-27")
def test_taking_a_ticket_without_the_training_for_it_warns_and_is_counted(akixi: World) -> None:
    anna = akixi.members["anna"]
    for ticket, category in (("t1", "billing"), ("t2", "billing"), ("t3", "product")):
        akixi.create(anna, ticket, channel="portal", kind="request", category=category, email="kim@customer.example")
    assert akixi.do(anna, s.Take(ticket="t1")).hints == ("untrained:Billing",)
    assert "Billing" in wording.hint(akixi.policy, "untrained:Billing").text
    assert akixi.do(anna, s.Take(ticket="t3")).hints == ()
    entered(akixi, akixi.members["cora"], "training", member="anna", topic="billing")
    assert akixi.do(anna, s.Take(ticket="t2")).hints == ()
    assert [ticket.id for ticket in akixi.tickets.values() if "untrained" in ticket.flags] == ["t1"]


@pytest.mark.rule("A-27")
def test_training_is_valid_to_its_day(akixi: World) -> None:
    entry = entered(akixi, akixi.members["cora"], "training", member="anna", topic="customer service")
    line = msgspec.structs.replace(akixi.lines[entry], due=dt.date(2026, 12, 31))
    for day, valid in ((dt.date(2026, 12, 31), True), (dt.date(2027, 1, 1), False)):
        assert registers.trained([line], "anna", "Customer service", day) is valid
    assert not registers.trained([line], "ben", "customer service", dt.date(2026, 6, 1))


@pytest.mark.rule("A-19", "A-22", "A-60")
@pytest.mark.parametrize("item", ["consultation", "supplier", "information"])
def test_consultations_suppliers_and_pledges_are_kept_with_date_and_evidence(akixi: World, item: str) -> None:
    entry = entered(akixi, akixi.members["cora"], "governance", subject="Example Ltd", item=item, evidence="letter")
    assert (akixi.lines[entry].at, akixi.lines[entry].subject) == (akixi.now, "Example Ltd")
    nobody = s.AddEntry(entry="x", register="governance", values=(Value(field="item", value=item),))
    assert akixi.refused(akixi.members["anna"], nobody).code == "only_supervisor"


@pytest.mark.rule("A-61")
def test_the_four_elements_that_carry_the_commitment_are_on_the_list(akixi: World) -> None:
    register = akixi.policy.register("governance")
    assert register is not None
    choices = next(field.choices for field in register.fields if field.id == "item")
    assert {"standards", "training", "feedback", "metrics"} <= set(choices)


@pytest.mark.rule("A-64")
def test_quality_is_reviewed_by_the_same_list_in_every_region(akixi: World) -> None:
    regions = [office.id for office in akixi.policy.offices]
    for region in regions:
        member = akixi.add_member(f"agent-{region}", office=region)
        entered(akixi, akixi.members["cora"], "quality", member=member.id, item="courtesy", score="4")
    lines = [line for line in akixi.lines.values() if line.register == "quality"]
    assert len({line.values for line in lines}) == 1
    assert len(lines) == len(regions)


@pytest.mark.rule("A-11")
def test_what_is_new_is_acknowledged_by_each_in_the_training_register(akixi: World) -> None:
    entered(akixi, akixi.members["anna"], "training", member="anna", topic="Release 5")
    read = [
        line.member
        for line in akixi.lines.values()
        if registers.trained([line], line.member, "Release 5", dt.date(2026, 3, 16))
    ]
    assert [member for member in ("anna", "ben") if member not in read] == ["ben"]


@pytest.mark.rule("E-11", "E-26")
@pytest.mark.parametrize(
    ("register", "values"), [("escrow", {"what": "priority access"}), ("essentials", {"text": "Lizenzen"})]
)
def test_agreed_access_and_explained_essentials_are_kept_on_the_customer(
    expandit: World, register: str, values: dict[str, str]
) -> None:
    entry = entered(expandit, expandit.members["anna"], register, subject="k", **values)
    assert (expandit.lines[entry].subject, expandit.lines[entry].at) == ("k", expandit.now)
    assert [event.actor for event in expandit.events if event.entry == entry] == ["anna"]


@pytest.mark.rule("E-12", "E-13")
def test_a_figure_is_compared_with_its_baseline_and_told_for_each_customer(expandit: World) -> None:
    kpi = next(each for each in expandit.policy.kpis if each.id == "E1")
    for ticket, answered in (("t1", True), ("t2", False)):
        desk_of_expandit.mailed(expandit, ticket=ticket)
        if answered:
            expandit.do(expandit.members["anna"], c.Reply(ticket=ticket, text="Gern."))
    expandit.pass_time(expandit.now + dt.timedelta(hours=3))
    found = kpis.figure(expandit.policy, kpi, expandit.tickets.values())
    assert found.percent == 50.0
    assert kpis.difference(kpi, found, expandit.lines.values()) is None
    entered(expandit, expandit.members["anna"], "baselines", kpi="E1", value="62.5")
    assert kpis.difference(kpi, found, expandit.lines.values()) == -12.5
    assert (
        sum(part.missed for part in kpis.split(expandit.policy, kpi, "customer", expandit.tickets.values()).values())
        == 1
    )


@pytest.mark.rule("H-30")
def test_further_services_are_kept_for_customers_in_both_countries() -> None:
    world = World(ready_policy())
    anke = world.add_member("anke")
    entry = entered(world, anke, "further_services", subject="k", text="Wartung vor Ort")
    assert world.lines[entry].values == (Value(field="text", value="Wartung vor Ort"),)
    assert {office.country for office in world.policy.offices} == {"DE", "GB"}


@pytest.mark.rule("K-01")
def test_nobody_is_asked_for_a_contract(ask4: World) -> None:
    assert find(ask4.policy, (), None, dt.date(2026, 6, 8)).entitled
    ask4.create(ask4.members["bob"], channel="email", kind="contact", email="ugo@customer.example")
    assert ask4.tickets["t1"].entitlement.entitled


@pytest.mark.rule("K-03")
def test_satisfaction_is_a_mean_with_the_number_of_its_answers(ask4: World) -> None:
    assert kpis.mean((), "score") == (None, 0)
    for score in ("5", "4", "4"):
        entered(ask4, ask4.members["bob"], "satisfaction", score=score)
    assert kpis.mean(ask4.lines.values(), "score") == (4.3, 3), "cut, never rounded up"


@pytest.mark.rule("K-09")
def test_the_steps_taken_are_kept_in_their_order(ask4: World) -> None:
    bob = ask4.members["bob"]
    ask4.create(bob, channel="email", kind="contact", email="ugo@customer.example")
    for text in ("router restarted", "cable changed"):
        ask4.now = ask4.now + dt.timedelta(minutes=5)
        ask4.do(bob, c.AddNote(ticket="t1", text=text))
    notes = [event for event in ask4.events if event.kind == "note.added"]
    assert [(event.actor, getattr(event.what, "text", "")) for event in notes] == [
        ("bob", "router restarted"),
        ("bob", "cable changed"),
    ]
    assert notes[0].at < notes[1].at


@pytest.mark.rule("K-12")
def test_an_answer_becomes_an_improvement_that_names_it(ask4: World) -> None:
    answer = entered(ask4, ask4.members["bob"], "satisfaction", score="2")
    improvement = entered(ask4, ask4.members["bob"], "improvements", **{"text": "Shorter waits", "from": answer})
    assert ask4.lines[improvement].values[-1] == Value(field="from", value=answer)
    assert at("2026-06-08T00:00+00:00") < ask4.lines[improvement].at


def conduct(policy: str, item: str, rule: str) -> object:
    return pytest.param(policy, item, marks=pytest.mark.rule(rule), id=rule)


@pytest.mark.parametrize(
    ("policy", "item"),
    [
        conduct("akixi", "excellence", "A-10"),
        conduct("akixi", "courtesy", "A-23"),
        conduct("akixi", "passion", "A-26"),
        conduct("akixi", "friendly call", "A-47"),
        conduct("akixi", "clear speech", "A-50"),
        conduct("ask4", "importanza del cliente", "K-02"),
        conduct("ask4", "cortesia", "K-07"),
        conduct("expandit", "höflich", "E-15"),
        conduct("hosting", "cooperative", "V-32"),
    ],
)
def test_conduct_is_an_item_of_the_quality_review_with_a_mean_for_each_agent(policy: str, item: str) -> None:
    world = World(ready_policy(policy))
    boss = world.add_member("boss", role="supervisor")
    for agent, scores in (("anna", "54"), ("ben", "2")):
        world.add_member(agent)
        for score in scores:
            entered(world, boss, "quality", member=agent, item=item, score=score)
    of_anna = [line for line in world.lines.values() if line.member == "anna"]
    assert kpis.mean(of_anna, "score") == (4.5, 2)
    wrong = s.AddEntry(entry="x", register="quality", values=(Value(field="item", value="luck"),))
    assert world.refused(boss, wrong).code == "unknown_choice"


@pytest.mark.rule("A-12", "A-13")
def test_feedback_names_its_ticket_and_an_improvement_its_owner_status_and_day(akixi: World) -> None:
    anna = akixi.members["anna"]
    desk_of_akixi.mailed(akixi)
    said = (Value(field="type", value="product"), Value(field="text", value="The manual is out of date"))
    akixi.do(anna, s.AddEntry(entry="f", register="feedback", ticket="t1", values=said))
    plan = (Value(field="text", value="New manual"), Value(field="status", value="begun"))
    day = dt.date(2026, 4, 1)
    akixi.do(anna, s.AddEntry(entry="i", register="improvements", member="ben", due=day, values=plan))
    assert (akixi.lines["f"].ticket, akixi.lines["i"].member, akixi.lines["i"].due) == ("t1", "ben", day)
    register = akixi.policy.register("improvements")
    assert register is not None
    assert [line.id for line in registers.overdue(register, akixi.lines.values(), dt.date(2026, 4, 2))] == ["i"]


@pytest.mark.rule("E-09", "E-22", "E-23")
@pytest.mark.parametrize(
    ("register", "values"),
    [
        ("escrow", {"what": "deposit", "agent": "MillerRosenfalck"}),
        ("meetings", {"what": "meeting", "started": "10:03"}),
        ("meetings", {"what": "visitor"}),
    ],
)
def test_deposits_meetings_and_visitors_are_kept_with_their_day(
    expandit: World, register: str, values: dict[str, str]
) -> None:
    entry = entered(expandit, expandit.members["anna"], register, subject="k", **values)
    assert {value.field: value.value for value in expandit.lines[entry].values} == values
    assert expandit.lines[entry].at == expandit.now


@pytest.mark.rule("K-04", "K-32")
def test_users_are_asked_about_their_experience_and_the_roles_for_complaints_are_ours(ask4: World) -> None:
    assert [survey.only_users for survey in ask4.policy.surveys] == [True]
    assert {"complaint_handler", "appeal_reviewer"} <= {role.id for role in ask4.policy.roles}
