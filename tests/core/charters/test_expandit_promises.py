"""The customer service guideline as a desk, rule by rule: promises, absences, complaints, E-28 to E-43."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import kpis, routing, wording
from desk_core.decisions import Decided
from tests.core.charters.desk_of_expandit import (
    SALES,
    SUPPORT,
    anna,
    clock,
    close,
    complain,
    desk,
    mailed,
    ready_to_close,
    says,
)
from tests.support.world import FAULT, World, at


@pytest.fixture
def world() -> World:
    return desk()


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


@pytest.mark.rule("E-42")
def test_a_defect_without_anybody_on_the_board_warns_the_supervisor(world: World) -> None:
    complain(world, kind="sachmangel")
    assert world.made("role_empty") == []
    world.members["vera"] = msgspec.structs.replace(world.members["vera"], active=False)
    outcome = complain_again(world, "t2")
    assert outcome.hints == ("role_empty:board",)
    assert "Vorstand" in wording.hint(world.policy, "role_empty:board").text
    (warning,) = world.made("role_empty", "t2")
    assert warning.to == "susi@expandit.example"
    complain(world, "t3")
    assert world.made("role_empty", "t3") == []


def complain_again(world: World, ticket: str) -> Decided:
    form = s.ComplaintForm(kind="sachmangel", summary="Defekt", log_under="support")
    ask = c.CreateTicket(
        ticket=ticket,
        reference="x",
        channel="email",
        kind="complaint",
        received_at=world.now,
        complaint=form,
        customer_kind="partner",
    )
    return world.do(anna(world), ask)


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
