"""The customer service guideline as a desk, rule by rule: E-01 to E-43."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import entitlement, kpis, registers
from desk_core.people import Contract
from tests.core.charters.desk_of_expandit import (
    SALES,
    SUPPORT,
    anna,
    close,
    desk,
    enquiry,
    mailed,
    ready_to_close,
    says,
)
from tests.support.world import FAULT, World


@pytest.fixture
def world() -> World:
    return desk()


@pytest.mark.rule("E-01")
def test_every_contact_has_one_of_three_kinds(world: World) -> None:
    world.customers.clear()
    world.begin(anna(world), "k1")
    ask = c.LogCall(call="k1", ticket="t1", kind="complaint", fault=FAULT, fields=says(what="a", why="b"))
    ask = msgspec.structs.replace(ask, kind="enquiry")
    assert world.refused(anna(world), ask).code == "missing_customer_kind"
    wrong = msgspec.structs.replace(ask, customer_kind="friend")
    assert world.refused(anna(world), wrong).code == "unknown_choice"
    world.do(anna(world), msgspec.structs.replace(ask, customer_kind="reseller"))
    assert world.tickets["t1"].customer_kind == "reseller"


@pytest.mark.rule("E-02", "E-03", "E-04")
@pytest.mark.parametrize(("ends", "entitled"), [(dt.date(2026, 6, 7), False), (dt.date(2026, 6, 9), True)])
def test_the_benefits_are_there_while_software_assurance_runs(world: World, ends: dt.date, entitled: bool) -> None:
    begins = dt.date(2025, 1, 1)
    world.contract_list.append(Contract(id="c", customer="k", title="SA", starts=begins, ends=ends, type="assurance"))
    found = enquiry(world).entitlement
    listed = entitlement.benefits(world.policy, found)
    assert len(listed) == 7
    assert {has for _, has in listed} == {entitled}
    assert {"Partnerportal", "Commerce-Portal"} <= {title for title, _ in listed}


@pytest.mark.rule("E-05", "E-07")
def test_versions_and_mobility_are_listed_and_a_delivered_fix_is_kept(world: World) -> None:
    titles = [title for title, _ in entitlement.benefits(world.policy, enquiry(world).entitlement)]
    assert "Versionen, Service Packs und Hotfixes" in titles
    assert "Lizenzmobilität" in titles
    world.do(anna(world), s.SetFields(ticket="t1", values=says(fix="Hotfix 7")))
    assert world.tickets["t1"].field("fix") == "Hotfix 7"


@pytest.mark.rule("E-06")
def test_mail_without_assurance_is_taken_and_marked_and_its_cost_declared_before_it_closes(world: World) -> None:
    ticket = enquiry(world)
    assert (ticket.entitlement.source, ticket.entitlement.entitled) == ("none", False)
    assert "Support-Adresse" in [title for title, _ in entitlement.benefits(world.policy, ticket.entitlement)]
    world.do(anna(world), c.Reply(ticket="t1", text="Gern."))
    world.do(anna(world), s.SetFields(ticket="t1", values=says(what="a", why="b")))
    assert world.refused(anna(world), close()).fields == ("coverage",)


@pytest.mark.rule("E-08")
def test_an_upgrade_costs_the_difference(world: World) -> None:
    titles = [title for title, _ in entitlement.benefits(world.policy, enquiry(world).entitlement)]
    assert any("Unterschied" in title for title in titles)
    assert entitlement.upgrade_price(1000, 1400) == 400


@pytest.mark.rule("E-10")
def test_the_source_is_for_customers_on_the_current_software(world: World) -> None:
    begins, ends = dt.date(2025, 1, 1), dt.date(2027, 1, 1)
    world.contract_list.append(Contract(id="c", customer="k", title="SA", starts=begins, ends=ends, type="assurance"))
    found = enquiry(world).entitlement
    now = dict(entitlement.benefits(world.policy, found, current_version=True))
    old = dict(entitlement.benefits(world.policy, found, current_version=False))
    assert (now["Quellcode beim Treuhänder"], old["Quellcode beim Treuhänder"]) == (True, False)


@pytest.mark.rule("E-16")
def test_nothing_closes_without_an_answer(world: World) -> None:
    enquiry(world)
    world.do(anna(world), s.SetFields(ticket="t1", values=says(what="a", why="b", coverage="not_applicable")))
    assert world.refused(anna(world), close()).code == "missing_written_reply"


@pytest.mark.rule("E-17")
def test_a_copy_of_every_answer_stays_with_the_shared_address(world: World) -> None:
    mailed(world)
    world.do(anna(world), c.Reply(ticket="t1", text="Gern."))
    (message,) = world.made("reply")
    assert (message.sender, message.copies) == (SUPPORT, (SUPPORT,))


@pytest.mark.rule("E-18")
def test_an_answer_to_a_personal_mail_asks_for_the_shared_addresses(world: World) -> None:
    mailed(world, "anna@expandit.example")
    mailed(world, SUPPORT, "t2")
    for ticket in ("t1", "t2"):
        world.do(anna(world), c.Reply(ticket=ticket, text="Gern."))
    assert [SUPPORT in world.made("reply", ticket)[0].text for ticket in ("t1", "t2")] == [True, False]


@pytest.mark.rule("E-18")
def test_the_share_of_mails_to_shared_addresses_is_a_figure(world: World) -> None:
    kpi = next(each for each in world.policy.kpis if each.id == "E11")
    mailed(world, "anna@expandit.example")
    world.log(anna(world), "t9", kind="enquiry", fields=says(what="Absturz", why="Monatsende"))
    before = kpis.figure(world.policy, kpi, world.tickets.values())
    assert (before.met, before.missed, before.percent) == (0, 1, 0.0), "a call is no mail"
    mailed(world, SUPPORT, "t2")
    after = kpis.figure(world.policy, kpi, world.tickets.values())
    assert (after.met, after.missed, after.percent) == (1, 1, 50.0)
    yesterday = kpis.Period(dt.date(2026, 6, 7), dt.date(2026, 6, 7))
    assert kpis.figure(world.policy, kpi, world.tickets.values(), period=yesterday).percent is None


@pytest.mark.rule("E-19")
def test_what_it_costs_is_declared_said_in_the_answer_and_needed_to_close(world: World) -> None:
    enquiry(world)
    ready_to_close(world, coverage="extra")
    assert world.refused(anna(world), close()).fields == ("charge", "accepted_by", "communicated_on")
    rest = says(charge="120 €", accepted_by="Kim", communicated_on="2026-06-08")
    world.do(anna(world), s.SetFields(ticket="t1", values=rest))
    world.do(anna(world), c.Reply(ticket="t1", text="Wie besprochen."))
    assert "120 €" in world.made("reply")[-1].text
    world.do(anna(world), close())


@pytest.mark.rule("E-20")
def test_a_question_to_the_customer_and_the_request_as_understood_are_kept(world: World) -> None:
    enquiry(world)
    world.do(anna(world), c.RequestInformation(ticket="t1", question="Welche Version?"))
    world.do(anna(world), s.SetFields(ticket="t1", values=says(understood="Bericht stürzt ab")))
    assert world.tickets["t1"].questions == ("Welche Version?",)
    assert world.tickets["t1"].field("understood") == "Bericht stürzt ab"


@pytest.mark.rule("E-21")
def test_what_and_why_are_asked_and_differ(world: World) -> None:
    world.begin(anna(world), "k1")
    ask = c.LogCall(call="k1", ticket="t1", kind="enquiry", fault=FAULT, fields=says(what="Absturz"))
    assert world.refused(anna(world), ask).fields == ("why",)
    same = msgspec.structs.replace(ask, fields=says(what="Absturz", why=" absturz "))
    assert world.refused(anna(world), same).code == "same_as"
    world.do(anna(world), msgspec.structs.replace(ask, fields=says(what="Absturz", why="not_stated")))


@pytest.mark.rule("E-24")
def test_after_closing_the_end_customer_is_asked_and_not_the_partner(world: World) -> None:
    world.customers["k"] = msgspec.structs.replace(world.customers["k"], end_contact="end@user.example")
    for number, ticket in enumerate(("t1", "t2")):
        if number:
            world.customers["k"] = msgspec.structs.replace(world.customers["k"], end_contact="")
        enquiry(world, ticket)
        ready_to_close(world, ticket)
        world.do(anna(world), close(ticket))
    asked = [each.what for each in world.events if each.kind == "survey.owed"]
    assert [getattr(what, "to", None) for what in asked] == ["end@user.example", ""], "a missing contact is listed"


@pytest.mark.rule("E-25")
def test_a_customer_not_spoken_to_for_longer_than_the_interval_is_listed(world: World) -> None:
    register = world.policy.register("contacts")
    assert register is not None
    world.do(anna(world), s.AddEntry(entry="e", register="contacts", subject="k", values=says(text="Messe")))
    late = (world.now + dt.timedelta(days=91)).date()
    assert registers.overdue(register, world.lines.values(), late) == (), "the interval is not set"
    every = msgspec.structs.replace(register, every="90 calendar days")
    assert [e.subject for e in registers.overdue(every, world.lines.values(), late)] == ["k"]


@pytest.mark.rule("E-27")
def test_no_offer_goes_out_when_the_scope_was_not_understood(world: World) -> None:
    mailed(world, SALES)
    offer = c.Reply(ticket="t1", text="Unser Angebot", mark="offer")
    assert world.refused(anna(world), offer).fields == ("scope_understood",)
    world.do(anna(world), s.SetFields(ticket="t1", values=says(scope_understood="no")))
    assert world.refused(anna(world), offer).fields == ("scope_decision",)
    decision = s.SetFields(ticket="t1", values=says(scope_decision="Gespräch geführt"))
    assert world.refused(anna(world), decision).code == "only_role"
    world.do(world.members["susi"], decision)
    world.do(anna(world), offer)
