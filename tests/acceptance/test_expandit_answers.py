"""The customer service guideline, black box: asking, answering, costs, keeping in touch (E-01 to E-08, E-16 to E-27)."""

from __future__ import annotations

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.desk import Desk
from tests.acceptance.expandit_work import (
    ANNA,
    ASKED,
    CALL,
    KERN,
    NORDLICHT,
    SALES,
    SUPPORT,
    close,
    enquiry,
    mailed,
    ready_to_close,
    says,
)
from tests.support.server import FAULT


@pytest.mark.rule("E-01")
def test_a_call_of_somebody_unknown_needs_one_of_three_kinds_of_customer(expandit: Desk) -> None:
    anna = expandit["anna"]
    stranger = [("Zed GmbH" if word == NORDLICHT else word) for word in CALL]
    assert anna.refused(*stranger, *ASKED)["code"] == "missing_customer_kind"
    assert anna.refused(*stranger, *ASKED, "--customer-kind", "friend")["code"] == "unknown_choice"
    anna.does(c.BeginCall(call="k", reference=anna.by_hand.reference(), rang_at=expandit.clock.now()))
    fault = msgspec.structs.replace(FAULT, company="Zed GmbH")
    log = c.LogCall(call="k", ticket="t", kind="enquiry", title="x", fault=fault, fields=says(what="a", why="b"))
    assert anna.may_not(log).code == "missing_customer_kind"
    made = anna.json(*stranger, *ASKED, "--customer-kind", "Reseller")
    assert expandit.ticket(made["ticket"]).customer_kind == "reseller"


@pytest.mark.rule("E-01", "E-02")
def test_a_mail_of_somebody_unknown_does_not_close_before_it_is_known_whose_it_is(expandit: Desk) -> None:
    ticket, known = mailed(expandit), mailed(expandit, customer=expandit.customers[KERN])
    anna, reference = expandit["anna"], expandit.ref(ticket)
    assert (expandit.ticket(known).customer_kind, expandit.ticket(known).entitlement.entitled) == ("reseller", True)
    ready_to_close(expandit, ticket)
    assert anna.may_not(close(ticket)).code == "missing_customer_kind"
    assert anna.refused("close", reference, "--summary", "Erledigt")["code"] == "missing_customer_kind"
    assert anna.refused("correct", reference, "--customer-kind", "friend")["code"] == "unknown_choice"
    anna.run("correct", reference, "--customer", KERN)
    found = expandit.ticket(ticket)
    assert (found.customer, found.customer_kind) == (expandit.customers[KERN], "reseller")
    assert (found.entitlement.source, found.entitlement.entitled) == ("contract", True)
    anna.run("close", reference, "--summary", "Erledigt")


def benefits(desk: Desk, ticket: str) -> dict[str, bool]:
    """What the terminal says a customer is entitled to."""
    return {each["title"]: each["entitled"] for each in desk["anna"].json("show", desk.ref(ticket))["benefits"]}


@pytest.mark.rule("E-03", "E-04", "E-07")
def test_software_assurance_brings_both_portals_and_mobile_licences_and_nothing_else_does(expandit: Desk) -> None:
    found = {company: benefits(expandit, enquiry(expandit, company)) for company in (KERN, NORDLICHT)}
    for title in ("Partnerportal", "Commerce-Portal", "Lizenzmobilität"):
        assert (found[KERN][title], found[NORDLICHT][title]) == (True, False)


@pytest.mark.rule("E-05", "E-08")
def test_new_versions_and_the_price_of_a_higher_level_are_benefits_and_a_delivered_fix_is_kept(expandit: Desk) -> None:
    ticket = enquiry(expandit, KERN)
    found, anna = benefits(expandit, ticket), expandit["anna"]
    assert found["Versionen, Service Packs und Hotfixes"]
    assert found["Wechsel der Stufe zum Unterschied der Preise"]
    told = anna.json("upgrade", expandit.ref(ticket), "--to", "1400")
    assert (told["from"], told["to"], told["price"]) == (1000, 1400, 400)
    assert anna.refused("upgrade", expandit.ref(enquiry(expandit)), "--to", "1400")["code"] == "no_level"
    anna.run("set", expandit.ref(ticket), "--set", "fix=Hotfix 7")
    assert expandit.ticket(ticket).field("fix") == "Hotfix 7"


@pytest.mark.rule("E-06", "E-19")
def test_without_assurance_it_is_answered_and_marked_and_does_not_close_before_its_cost_is_declared(
    expandit: Desk,
) -> None:
    ticket = enquiry(expandit)
    anna, reference = expandit["anna"], expandit.ref(ticket)
    shown = anna.json("show", reference)
    assert shown["entitlement"]["source"] == "none"
    assert benefits(expandit, ticket)["Support-Adresse"] is False
    assert "Ohne Software Assurance" in anna.run("show", reference)
    anna.does(s.SetFields(ticket=ticket, values=says(what="Absturz", why="Monatsende")))
    anna.does(c.Reply(ticket=ticket, text="Gern."))
    finish = ("close", reference, "--summary", "Erledigt")
    assert anna.may_not(close(ticket)).fields == ("coverage",)
    anna.run("set", reference, "--set", "coverage=extra")
    assert anna.refused(*finish)["fields"] == ["charge", "accepted_by", "communicated_on"]
    told = ("--set", "charge=120 €", "--set", "accepted_by=Kim", "--set", "communicated_on=2026-06-08")
    anna.run("set", reference, *told)
    anna.does(c.Reply(ticket=ticket, text="Wie besprochen."))
    assert "zusätzliche Gebühr: 120 €" in expandit.mails(ticket, "reply")[-1].text
    anna.run(*finish)


@pytest.mark.rule("E-16")
def test_nothing_closes_without_an_answer(expandit: Desk) -> None:
    ticket = enquiry(expandit)
    anna = expandit["anna"]
    anna.does(s.SetFields(ticket=ticket, values=says(what="a", why="b", coverage="not_applicable")))
    finish = ("close", expandit.ref(ticket), "--summary", "Erledigt")
    assert anna.may_not(close(ticket)).code == "missing_written_reply"
    assert anna.refused(*finish)["code"] == "missing_written_reply"
    anna.run("reply", expandit.ref(ticket), "--text", "Bitte neu starten.")
    anna.run(*finish)


@pytest.mark.rule("E-17")
def test_a_copy_of_every_answer_stays_in_the_shared_mailbox_and_cannot_be_left_out(expandit: Desk) -> None:
    for address in (SUPPORT, SALES):
        ticket = mailed(expandit, address)
        expandit["anna"].run("reply", expandit.ref(ticket), "--text", "Gern.")
        (letter,) = expandit.mails(ticket, "reply")
        assert (letter.sender, letter.copies) == (address, address)
        assert not {"copies", "sender"} & set(c.Reply.__struct_fields__), "no request can say anything of it"


@pytest.mark.rule("E-18")
def test_an_answer_to_a_personal_mail_asks_for_the_shared_addresses(expandit: Desk) -> None:
    asked = []
    for to in (ANNA, SUPPORT):
        ticket = mailed(expandit, to)
        expandit["anna"].run("reply", expandit.ref(ticket), "--text", "Gern.")
        (letter,) = expandit.mails(ticket, "reply")
        asked.append((SUPPORT in letter.text, SALES in letter.text))
    assert asked == [(True, True), (False, False)]


@pytest.mark.rule("E-20")
def test_a_question_to_the_customer_and_the_request_as_it_was_understood_are_kept(expandit: Desk) -> None:
    ticket = enquiry(expandit)
    anna, reference = expandit["anna"], expandit.ref(ticket)
    anna.run("ask-customer", reference, "--question", "Welche Version?")
    anna.run("wait", reference, "--reason", "Version")
    assert (expandit.ticket(ticket).status, expandit.ticket(ticket).questions) == (
        "waiting_customer",
        ("Welche Version?",),
    )
    anna.run("set", reference, "--set", "understood=Bericht stürzt ab")
    assert "Bericht stürzt ab" in anna.run("show", reference)


@pytest.mark.rule("E-21")
def test_a_call_says_what_and_why_and_they_are_not_the_same(expandit: Desk) -> None:
    anna = expandit["anna"]
    assert anna.refused(*CALL, "--set", "what=Absturz")["fields"] == ["why"]
    assert anna.refused(*CALL, "--set", "what=Absturz", "--set", "why= absturz ")["code"] == "same_as"
    anna.does(c.BeginCall(call="k", reference=anna.by_hand.reference(), rang_at=expandit.clock.now()))
    log = c.LogCall(call="k", ticket="t", kind="enquiry", title="x", fault=FAULT, fields=says(what="Absturz"))
    assert anna.may_not(log).fields == ("why",)
    made = anna.json(*CALL, "--set", "what=Absturz", "--set", "why=Nicht gesagt")
    assert expandit.ticket(made["ticket"]).field("why") == "not_stated"


@pytest.mark.rule("E-24")
def test_after_closing_the_end_customer_is_asked_and_not_the_partner_and_a_missing_contact_is_listed(
    expandit: Desk,
) -> None:
    asked, unknown = enquiry(expandit), enquiry(expandit, KERN)
    for ticket in (asked, unknown):
        ready_to_close(expandit, ticket)
        expandit["anna"].does(close(ticket))
    (letter,) = expandit.mails(asked, "survey_end_customer")
    assert letter.to == "end@user.example"
    assert expandit.mails(unknown, "survey_end_customer") == []
    assert "Nobody can be asked" in expandit["anna"].run("show", expandit.ref(unknown))
    said = ("--survey", "end_customer", "--mode", "e-mail", "--answer", "Ja")
    expandit["anna"].run("survey", expandit.ref(asked), *said)


@pytest.mark.rule("E-25")
def test_a_customer_not_spoken_to_for_longer_than_the_interval_is_listed(expandit: Desk) -> None:
    anna = expandit["anna"]
    anna.run("add-entry", "contacts", "--customer", NORDLICHT, "--set", "text=Messe")
    expandit.publish("2", ('every = "unset"', 'every = "90 calendar days"'))
    expandit.later(days=90)
    assert anna.json("register", "contacts", "--overdue") == []
    expandit.later(days=1)
    (late,) = anna.json("register", "contacts", "--overdue")
    assert (late["subject"], late["overdue"]) == (NORDLICHT, True)
    anna.run("add-entry", "contacts", "--customer", NORDLICHT)
    assert anna.json("register", "contacts", "--overdue") == []


@pytest.mark.rule("E-27")
def test_no_offer_goes_out_when_the_scope_was_not_understood_unless_a_supervisor_decides(expandit: Desk) -> None:
    ticket = mailed(expandit, SALES)
    anna, reference = expandit["anna"], expandit.ref(ticket)
    offer = ("reply", reference, "--text", "Unser Angebot", "--mark", "offer")
    assert anna.refused(*offer)["fields"] == ["scope_understood"]
    anna.run("set", reference, "--set", "scope_understood=Nein")
    assert anna.may_not(c.Reply(ticket=ticket, text="Unser Angebot", mark="offer")).fields == ("scope_decision",)
    decision = says(scope_decision="Gespräch geführt")
    assert anna.may_not(s.SetFields(ticket=ticket, values=decision)).code == "only_role"
    expandit["susi"].run("set", reference, "--set", "scope_decision=Gespräch geführt")
    anna.run(*offer)
