"""The customer success charter, black box: its figures, who reviewed them, contacts, calls and answers (A-03 to A-09, A-18, A-33, A-46)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import Value
from desk_core.references import grouped
from tests.acceptance.akixi_work import KIM, closed, mailed, phoned
from tests.acceptance.charters import AKIXI
from tests.acceptance.desk import Desk
from tests.acceptance.figures import behind, four, line, reported
from tests.support.world import at

MARCH = ("2026-03-01", "2026-03-31")
NEW_YORK = "Hudson Inc"


def answered(desk: Desk, count: int) -> None:
    """So many mails that were answered at once."""
    for _ in range(count):
        desk["anna"].does(c.Reply(ticket=mailed(desk), text="Please restart it."))


def _at(time: str) -> dt.datetime:
    return at(f"2026-03-16T{time}+00:00")


@pytest.mark.rule("A-33")
def test_the_share_of_mails_is_cut_and_what_came_out_of_hours_changes_nothing(akixi: Desk) -> None:
    answered(akixi, 8)
    late = mailed(akixi)
    akixi.at("2026-03-17T20:00+00:00")
    mailed(akixi)
    found = line(reported(akixi, *MARCH, "A1"), "A1")
    assert (four(found), found["percent"], found["target"], found["reached"]) == ((8, 1, 0, 0), "88.8", 90, "no")
    assert found["left_out"] == 1
    assert behind(akixi, *MARCH, "A1:missed") == [grouped(akixi.ref(late))]
    akixi.at("2026-03-18T10:00+00:00")
    answered(akixi, 1)
    found = line(reported(akixi, *MARCH, "A1"), "A1")
    assert (found["met"], found["percent"], found["reached"]) == (9, "90.0", "yes")
    april = line(reported(akixi, "2026-04-01", "2026-04-30", "A1"), "A1")
    assert (april["percent"], april["reached"]) == ("n/a", "")


@pytest.mark.rule("A-03")
def test_a_ticket_under_a_commercial_agreement_is_left_out_of_the_figure(akixi: Desk) -> None:
    ticket = mailed(akixi)
    assert four(line(reported(akixi, *MARCH), "A1")) == (0, 0, 1, 0)
    akixi["anna"].does(s.Exempt(ticket=ticket, exemption="commercial_sla", contract="SLA-7"))
    found = line(reported(akixi, *MARCH), "A1")
    assert (four(found), found["left_out"]) == ((0, 0, 0, 0), 1)


@pytest.mark.rule("A-09")
def test_the_report_is_computed_from_what_happened_and_stays_signed_off(akixi: Desk) -> None:
    closed(akixi, mailed(akixi))
    phoned(akixi)
    period = ("--from", MARCH[0], "--to", MARCH[1])
    before = akixi.admin("report", *period).out
    assert "A8 E-mail tickets with time logged" in before
    assert before.endswith("Not reviewed.\n")
    refused = akixi.admin("report", *period, "--sign-off", "anna", expect=1)
    assert "supervisor" in refused.sentence
    akixi.admin("report", *period, "--sign-off", "cora")
    (review,) = reported(akixi, *MARCH)["reviews"]
    assert (review["by"], bool(at(review["at"]))) == ("cora", True)
    assert "Reviewed by cora on " in akixi.admin("report", *period).out
    assert reported(akixi, "2026-04-01", "2026-04-30")["reviews"] == []


@pytest.mark.rule("A-18")
def test_contacts_are_counted_by_region_channel_and_hour_and_add_up_to_the_tickets(akixi: Desk) -> None:
    for _ in range(2):
        mailed(akixi, customer=akixi.customers[NEW_YORK])
    phoned(akixi)
    akixi["anna"].opens(channel="portal", kind="request", customer=akixi.customers["Mesa LLC"], email="mo@mesa.example")
    found = reported(akixi, *MARCH)["contacts"]
    assert {(each["office"], each["channel"]): (each["count"], each["hours"]) for each in found} == {
        ("new_york", "email"): (2, {"06": 2}),
        ("london", "phone"): (1, {"10": 1}),
        ("denver", "portal"): (1, {"04": 1}),
    }
    assert sum(each["count"] for each in found) == len(akixi["dan"].json("queue"))


@pytest.mark.rule("A-04")
def test_the_parts_of_a_figure_add_up_by_region_and_by_member(akixi: Desk) -> None:
    answered(akixi, 2)
    mailed(akixi, customer=akixi.customers[NEW_YORK])
    for by, whole in (("region", 3), ("member", 3)):
        found = reported(akixi, *MARCH, "A1", "--by", by)["figures"]
        parts = [sum(four(each)) + each["left_out"] for each in found if each["part"]]
        assert (sum(parts), len(parts) > 0) == (whole, True)
    by_region = reported(akixi, *MARCH, "A1", "--by", "region")
    assert four(line(by_region, "A1", "London")) == (2, 0, 0, 0)


@pytest.mark.rule("A-46", "A-48")
def test_calls_are_measured_from_ring_to_answer_inside_the_hours(akixi: Desk) -> None:
    rings = [("10:00:00", "10:00:10"), ("11:00:00", "11:00:11"), ("12:00:00", ""), ("20:00:00", "20:01:00")]
    akixi.at("2026-03-16T21:00+00:00")
    for rang, picked_up in rings:
        call, reference = str(uuid.uuid4()), akixi["anna"].by_hand.reference()
        answered_at = _at(picked_up) if picked_up else None
        akixi["anna"].does(
            c.BeginCall(call=call, reference=reference, rang_at=_at(rang), answered_at=answered_at),
            c.EndCall(call=call, outcome="abandoned" if not picked_up else "no_ticket_needed"),
        )
    found = line(reported(akixi, *MARCH), "A3")
    assert (four(found), found["left_out"], found["abandoned"]) == ((1, 1, 0, 0), 1, 1)


@pytest.mark.rule("A-06")
def test_the_report_says_how_often_a_customer_had_to_come_back(akixi: Desk) -> None:
    ticket = phoned(akixi)
    call = str(uuid.uuid4())
    begin = c.BeginCall(call=call, reference=akixi["anna"].by_hand.reference(), rang_at=akixi.clock.now())
    akixi["anna"].does(begin, c.EndCall(call=call, ticket=ticket))
    assert reported(akixi, *MARCH)["again"] == {"Nordlicht Druck GmbH": 1}


@pytest.mark.rule("A-07")
def test_the_share_of_answers_that_meet_expectations_is_told_for_each_member(akixi: Desk) -> None:
    for login, answer in (("anna", "exceeded"), ("anna", "missed"), ("ben", "met")):
        ticket = akixi[login].hears(kind="request", email=KIM)
        closed(akixi, ticket, login)
        akixi[login].does(s.AnswerSurvey(ticket=ticket, survey="closure", mode="email", answers=(answer,)))
    found = reported(akixi, *MARCH, "--by", "member")
    shares = [line(found, "closure", part, "surveys")["percent"] for part in ("", "anna", "ben")]
    assert shares == ["66.6", "50.0", "100.0"]


@pytest.mark.rule("A-23")
def test_quality_reviews_have_a_mean_for_each_member(akixi: Desk) -> None:
    akixi.clock.set(at("2026-03-16T10:00+00:00"))
    for score in ("5", "4"):
        values = (Value(field="item", value="courtesy"), Value(field="score", value=score))
        entry = s.AddEntry(entry=str(uuid.uuid4()), register="quality", member=akixi.member("anna"), values=values)
        akixi["cora"].does(entry)
    means = reported(akixi, *MARCH, "--by", "member")["means"]
    assert ("anna", "4.5", 2) in [(each["part"], each["mean"], each["count"]) for each in means]


def test_a_customers_name_is_no_formula_in_a_spreadsheet_and_a_bad_request_gets_one_sentence(akixi: Desk) -> None:
    file = akixi.folder / "more.csv"
    row = {"company": "=2+3", "customer email": "f@customer.example", "office": "london"}
    file.write_text(AKIXI._replace(customers=(row,)).spreadsheet, encoding="utf-8")
    akixi.admin("import", file, "--mapping", "customers")
    mailed(akixi, customer=akixi.customers["=2+3"])
    period = ("--from", MARCH[0], "--to", MARCH[1])
    rows = akixi.admin("report", *period, "--by", "customer", "--csv").out.splitlines()
    assert [row for row in rows if "'=2+3" in row]
    assert not [cell for row in rows for cell in row.split(",") if cell.startswith("=")]
    assert "A1" in akixi.admin("report", "B9", *period, expect=1).sentence
    assert "A1:missed" in akixi.admin("report", *period, "--list", "A1:good", expect=1).sentence
    assert "--from" in akixi.admin("report", "--from", MARCH[1], "--to", MARCH[0], expect=1).sentence
