"""The customer service guideline as a desk, rule by rule: E-01 to E-43."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import entitlement, kpis, registers, routing
from desk_core.people import Contract, Customer, Member
from desk_core.records import Value
from desk_core.tickets import Ticket
from tests.support.world import FAULT, World, at, ready_policy

SUPPORT, SALES = "support@expandit.example", "sales@expandit.example"


@pytest.fixture
def world() -> World:
    made = World(ready_policy("expandit"))
    made.now = at("2026-06-08T10:00+02:00")
    made.add_member("anna", email="anna@expandit.example", functions=("service",))
    made.add_member("fee", email="fee@expandit.example", functions=("fee_earner",))
    made.add_member("prog", email="prog@expandit.example", functions=("programmer",))
    made.add_member("lisa", email="lisa@expandit.example", functions=("licence_desk",))
    made.add_member("sam", email="sam@expandit.example", functions=("sales_desk",))
    made.add_member("susi", email="susi@expandit.example", functions=("supervisor",), role="supervisor")
    made.add_member("vera", email="vera@expandit.example", functions=("board",), role="manager")
    made.customers["k"] = Customer(id="k", name=FAULT.company, kind="partner", email="kim@customer.example")
    return made


def anna(world: World) -> Member:
    return world.members["anna"]


def says(**values: str) -> tuple[Value, ...]:
    return tuple(Value(field=field, value=value) for field, value in values.items())


def mailed(world: World, to: str = SUPPORT, ticket: str = "t1") -> Ticket:
    return world.mail(anna(world), ticket, to=(to,))


def enquiry(world: World, ticket: str = "t1", **fields: object) -> Ticket:
    values: dict[str, object] = {"kind": "enquiry", "customer": "k", "email": "kim@customer.example", **fields}
    return world.create(anna(world), ticket, channel="email", **values)


def close(ticket: str = "t1") -> c.Close:
    return c.Close(ticket=ticket, summary="Erledigt")


def ready_to_close(world: World, ticket: str = "t1", **values: str) -> None:
    said = {"what": "Absturz", "why": "Monatsende", "coverage": "not_applicable", **values}
    world.do(anna(world), s.SetFields(ticket=ticket, values=says(**said)))
    world.do(anna(world), c.Reply(ticket=ticket, text="Bitte neu starten."))


def clock(world: World, name: str, ticket: str = "t1") -> tuple[str, dt.datetime | None]:
    found = world.tickets[ticket].clock(name)
    return (found.state, found.deadline) if found else ("none", None)


def complain(world: World, ticket: str = "t1", **form: object) -> Ticket:
    values = {"kind": "beschwerde", "summary": "Zu spät", "log_under": "support", **form}
    return enquiry(world, ticket, kind="complaint", complaint=s.ComplaintForm(**values))  # type: ignore[arg-type]


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


@pytest.mark.rule("E-28")
def test_no_caller_is_put_through_to_a_programmer_but_a_message_can_be_left(world: World) -> None:
    assert not routing.takes_live_calls(world.policy, world.members["prog"])
    world.log(anna(world), kind="enquiry", fields=says(what="a", why="b"))
    assert world.refused(anna(world), c.PutThrough(ticket="t1", member="prog")).code == "shielded"
    world.do(anna(world), s.LeaveMessage(ticket="t1", role="programmer", text="Bitte ansehen"))
    assert "message.left" in [each.kind for each in world.events]


@pytest.mark.rule("E-29")
def test_the_matrix_suggests_the_first_contact_and_the_second_while_the_first_is_absent(world: World) -> None:
    assert [m.id for m in routing.suggested(world, "licence", world.now)] == ["lisa", "sam"]
    away = s.EnterAbsence(
        entry="a", member="lisa", begins=world.now, ends=world.now + dt.timedelta(days=3), notice=f"An {SALES}"
    )
    world.do(world.members["lisa"], away)
    assert [m.id for m in routing.suggested(world, "licence", world.now)] == ["sam", "lisa"]


@pytest.mark.rule("E-30", "E-31")
def test_a_specific_request_is_answered_within_24_hours_by_a_fee_earner(world: World) -> None:
    world.log(anna(world), kind="enquiry", fields=says(what="a", why="b"))
    world.do(anna(world), c.OfferCallBack(ticket="t1"))
    assert clock(world, "fee_earner") == ("running", world.now + dt.timedelta(hours=24))
    world.do(anna(world), c.AttemptCallBack(ticket="t1", reached=True))
    assert clock(world, "fee_earner")[0] == "running", "a note of the front line does not count"
    world.do(world.members["fee"], c.AttemptCallBack(ticket="t1", reached=True))
    assert clock(world, "fee_earner")[0] == "met"


@pytest.mark.rule("E-32")
def test_mail_to_a_shared_address_is_answered_within_two_hours(world: World) -> None:
    world.now = at("2026-06-09T23:30+02:00")
    mailed(world)
    assert clock(world, "shared_mail") == ("running", at("2026-06-10T01:30+02:00"))
    world.now = at("2026-06-10T01:30+02:00")
    world.do(anna(world), c.Reply(ticket="t1", text="Gern."))
    assert clock(world, "shared_mail")[0] == "met"


@pytest.mark.rule("E-33")
def test_without_the_licence_agreements_figure_there_is_a_clock_and_no_deadline(world: World) -> None:
    mailed(world)
    assert clock(world, "full_support") == ("running", None)
    kpi = next(each for each in world.policy.kpis if each.id == "E2")
    figure = kpis.figure(world.policy, kpi, world.tickets.values())
    assert (figure.not_measurable, figure.percent) == (1, None)


@pytest.mark.rule("E-34")
def test_a_sales_mail_has_two_countdowns_and_the_first_answer_stops_the_first_alone(world: World) -> None:
    mailed(world, SALES)
    assert clock(world, "full_sales") == ("running", at("2026-06-11T00:00+02:00"))
    world.do(anna(world), c.Reply(ticket="t1", text="Wir melden uns."))
    assert (clock(world, "shared_mail")[0], clock(world, "full_sales")[0]) == ("met", "running")
    world.do(anna(world), c.Reply(ticket="t1", text="Alles dazu.", mark="full"))
    assert clock(world, "full_sales")[0] == "met"


@pytest.mark.rule("E-35")
def test_a_personal_mail_has_24_hours_and_two_when_it_went_to_a_shared_address_too(world: World) -> None:
    mailed(world, "anna@expandit.example")
    assert clock(world, "personal_mail") == ("running", world.now + dt.timedelta(hours=24))
    assert clock(world, "shared_mail")[0] == "none"
    world.mail(anna(world), "t2", to=("anna@expandit.example", SUPPORT))
    assert clock(world, "shared_mail", "t2")[1] == world.now + dt.timedelta(hours=2)
    assert clock(world, "personal_mail", "t2")[0] == "none"


def away(begins: str, ends: str, notice: str = "") -> s.EnterAbsence:
    return s.EnterAbsence(entry=ends, member="anna", begins=at(begins), ends=at(ends), notice=notice)


@pytest.mark.rule("E-36")
def test_more_than_eight_office_hours_away_needs_a_notice(world: World) -> None:
    exactly = world.do(anna(world), away("2026-06-08T09:00+02:00", "2026-06-09T09:00+02:00"))
    more = world.do(anna(world), away("2026-06-08T09:00+02:00", "2026-06-09T09:01+02:00"))
    assert (exactly.hints, more.hints) == ((), ("notice_needed",))


@pytest.mark.rule("E-37")
@pytest.mark.parametrize("notice", ["Ich bin weg.", "Schreiben Sie an anna@expandit.example."])
def test_a_notice_names_another_address(world: World, notice: str) -> None:
    span = ("2026-06-08T09:00+02:00", "2026-06-10T09:00+02:00")
    assert world.refused(anna(world), away(*span, notice)).code == "notice_without_address"
    world.do(anna(world), away(*span, f"Schreiben Sie an {SUPPORT}."))


@pytest.mark.rule("E-38")
def test_only_a_written_acknowledgement_keeps_the_two_working_days(world: World) -> None:
    world.now = at("2026-05-13T10:00+02:00")
    complain(world)
    assert clock(world, "complaint_acknowledged") == ("running", at("2026-05-19T00:00+02:00"))
    spoken = world.do(anna(world), s.AcknowledgeComplaint(ticket="t1", spoken=True))
    assert spoken.changed == "not_counted"
    assert clock(world, "complaint_acknowledged")[0] == "running"
    world.do(anna(world), s.AcknowledgeComplaint(ticket="t1", text="Wir haben sie erhalten."))
    assert clock(world, "complaint_acknowledged")[0] == "met"


@pytest.mark.rule("E-39")
def test_the_answer_is_owed_14_days_after_the_relevant_information(world: World) -> None:
    complain(world)
    assert clock(world, "complaint_answered")[0] == "none"
    complaint = world.tickets["t1"].complaint
    assert complaint is not None
    assert complaint.information_complete_at is None, "shown as incomplete, never silence"
    world.now = at("2026-10-15T09:00+02:00")
    world.do(anna(world), s.CompleteInformation(ticket="t1"))
    assert clock(world, "complaint_answered") == ("running", at("2026-10-30T00:00+01:00"))
    world.do(anna(world), s.AnswerComplaint(ticket="t1", text="Wir haben geprüft."))
    assert clock(world, "complaint_answered")[0] == "met"


@pytest.mark.rule("E-40")
def test_every_complaint_is_kept_under_one_of_two_addresses(world: World) -> None:
    world.begin(anna(world), "k1")
    form = s.ComplaintForm(kind="beschwerde", summary="Zu spät")
    ask = c.LogCall(call="k1", ticket="t1", kind="complaint", fault=FAULT, complaint=form, customer_kind="partner")
    assert world.refused(anna(world), ask).code == "missing_log_under"
    kept = msgspec.structs.replace(form, log_under="sales")
    world.do(anna(world), msgspec.structs.replace(ask, complaint=kept))
    (copy,) = world.made("complaint_logged")
    assert copy.to == SALES


@pytest.mark.rule("E-41")
def test_a_material_defect_closes_after_the_boards_analysis_only(world: World) -> None:
    complain(world, kind="sachmangel")
    ready_to_close(world)
    assert world.refused(anna(world), close()).code == "missing_board_analysis"
    assert world.refused(anna(world), s.AnalyseComplaint(ticket="t1", text="x")).code == "only_role"
    world.do(world.members["vera"], s.AnalyseComplaint(ticket="t1", text="Fertigungsfehler"))
    world.do(anna(world), close())


@pytest.mark.rule("E-42")
def test_the_board_is_never_empty(world: World) -> None:
    board = world.policy.role("board")
    assert board is not None
    assert board.at_least == 1


@pytest.mark.rule("E-43")
def test_a_complaint_has_one_of_three_kinds_and_the_report_splits_by_them(world: World) -> None:
    for kind in ("beschwerde", "reklamation", "sachmangel"):
        complain(world, kind, kind=kind)
    kpi = next(each for each in world.policy.kpis if each.id == "E6")
    parts = kpis.split(world.policy, kpi, "complaint", world.tickets.values())
    assert set(parts) == {"beschwerde", "reklamation", "sachmangel"}
    form = s.ComplaintForm(kind="laune", summary="x", log_under="sales")
    ask = c.CreateTicket(
        ticket="t9", reference="x", channel="email", kind="complaint", received_at=world.now, complaint=form
    )
    assert world.refused(anna(world), ask).code == "unknown_complaint"
