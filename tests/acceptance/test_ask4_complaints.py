"""The charter of assistance and complaints, black box: making a complaint (K-13 to K-23, K-30, K-31)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.references import grouped
from tests.acceptance.ask4_work import FORM, HOW, UGO, answered, complaint, contact
from tests.acceptance.desk import Desk
from tests.support.server import FAULT

SUMMARY = "Nessuno è venuto"
FILLED = s.ComplaintForm(summary=SUMMARY)
LINKS = {"authority": "https://ico.org.uk/make-a-complaint/", "ombudsman": "https://www.commsombudsman.org/"}


@pytest.mark.rule("K-13", "K-18")
def test_who_is_named_in_a_complaint_neither_sees_nor_handles_it_and_a_colleague_does(ask4: Desk) -> None:
    named = ("--about-staff", "bob", "--evidence-staff", "Bob", "--evidence-staff", "quello alto")
    made = ask4["carla"].json(*FORM, *named)
    ticket, reference = made["ticket"], made["reference"]
    complained = ask4.ticket(ticket).complaint
    assert complained is not None
    assert (complained.subject, complained.member) == ("staff", ask4.member("bob"))
    assert complained.evidence.staff == ("Bob", "quello alto")
    bob = ask4["bob"]
    assert SUMMARY not in str(bob.json("show", reference))
    assert bob.json("find", "venuto")["tickets"] == []
    assert bob.may_not(s.Take(ticket=ticket)).code == "excluded"
    hand = ("hand-over", reference, "--to", "bob", "--note", "x")
    assert ask4["carla"].refused(*hand)["code"] == "excluded"
    assert ask4["carla"].may_not(c.HandOver(ticket=ticket, member=ask4.member("bob"), note="x")).code == "excluded"
    ask4["carla"].run("take", reference)
    assert ask4.ticket(ticket).holder == ask4.member("carla")


@pytest.mark.rule("K-14", "K-15", "K-16")
def test_a_summary_is_all_that_a_complaint_needs_and_what_could_be_added_is_told(ask4: Desk) -> None:
    carla = ask4["carla"]
    blank = [" " if word == SUMMARY else word for word in FORM]
    assert carla.refused(*blank)["fields"] == ["summary"]
    made = c.CreateTicket(
        ticket="t",
        reference=carla.by_hand.reference(),
        channel="form",
        kind="complaint",
        received_at=ask4.clock.now(),
        complaint=s.ComplaintForm(summary=" "),
    )
    assert carla.may_not(made).code == "missing_complaint"
    done = carla.json(*FORM)
    shown = carla.json("show", done["reference"])["complaint"]
    assert (shown["heading"], shown["summary"]) == ("Dettagli del reclamo", SUMMARY)
    assert shown["missing"] == [
        "Ticket o problemi già segnalati",
        "Persone del team con cui ha parlato",
        "Date e orari",
        "Numeri da cui ha chiamato",
        "E-mail inviate",
    ]
    told = carla.run("show", done["reference"])
    assert "Dettagli del reclamo" in told
    assert "E-mail inviate" in told


@pytest.mark.rule("K-17", "K-19", "K-21")
def test_evidence_is_kept_in_its_order_and_a_number_that_nobody_knows_is_marked(ask4: Desk) -> None:
    known = grouped(ask4.ref(contact(ask4)))
    typed = (
        *("--evidence-reference", known, "--evidence-reference", "999"),
        *("--evidence-time", "lunedì 9:00 BST", "--evidence-time", "martedì 10:00 BST"),
        *("--evidence-mail", "e-mail di lunedì"),
    )
    done = ask4["carla"].json(*FORM, *typed)
    shown = ask4["carla"].json("show", done["reference"])["complaint"]
    assert shown["evidence"]["references"] == [known, "999"]
    assert (shown["found"], shown["not_found"]) == ([known], ["999"])
    assert shown["evidence"]["times"] == ["lunedì 9:00 BST", "martedì 10:00 BST"]
    assert shown["evidence"]["mails"] == ["e-mail di lunedì"]


@pytest.mark.rule("K-20")
def test_the_number_that_they_called_from_finds_both_logged_calls_and_the_look_is_kept(ask4: Desk) -> None:
    for number in ("01483 555017", "+44 1483 555017"):
        begun = ask4["bob"].by_hand.reference()
        ask4["bob"].does(
            c.BeginCall(call=f"call-{begun}", reference=begun, number=number, rang_at=ask4.clock.now()),
            c.EndCall(call=f"call-{begun}", outcome="no_ticket_needed"),
        )
    done = ask4["carla"].json(*FORM, "--evidence-number", "(01483) 555017")
    shown = ask4["carla"].json("show", done["reference"])["complaint"]
    assert sorted(shown["calls"]) == sorted(call.id for call in ask4.calls())
    assert len(shown["calls"]) == 2
    ask4["carla"].run("complaint-records", done["reference"])
    kept = ask4.ticket(done["ticket"]).complaint
    assert kept is not None
    assert kept.records_checked_at == ask4.clock.now()


@pytest.mark.rule("K-22")
def test_the_authority_is_named_in_all_three_mails_when_personal_data_is_concerned(ask4: Desk) -> None:
    personal, other = (complaint(ask4, personal_data=each) for each in (True, False))
    for ticket in (personal, other):
        answered(ask4, ticket)
    for message in ("complaint_acknowledged", "complaint_updated", "complaint_answered"):
        (letter,), (without,) = ask4.mails(personal, message), ask4.mails(other, message)
        assert LINKS["authority"] in letter.text
        assert "Information Commissioner" in letter.text
        assert "Information Commissioner" not in without.text


@pytest.mark.rule("K-23")
def test_a_complaint_by_phone_is_refused_the_call_is_logged_and_the_way_is_told(ask4: Desk) -> None:
    bob = ask4["bob"]
    caller = ("log-call", "--caller", "Ugo Verdi", "--company", "Ugo Verdi", "--title", "Reclamo", "--email", UGO)
    refused = bob.refused(*caller, "--complaint", SUMMARY)
    assert refused["code"] == "channel_refused"
    assert all(words in refused["text"] for words in HOW)
    bob.does(c.BeginCall(call="k", reference=bob.by_hand.reference(), rang_at=ask4.clock.now()))
    assert (
        bob.may_not(c.LogCall(call="k", ticket="t", kind="complaint", title="x", fault=FAULT, complaint=FILLED)).code
        == "channel_refused"
    )
    raw = c.CreateTicket(
        ticket="t",
        reference=bob.by_hand.reference(),
        channel="phone",
        kind="complaint",
        received_at=ask4.clock.now(),
        complaint=FILLED,
    )
    assert bob.may_not(raw).code == "channel_refused"
    logged = bob.json(*caller, "--kind", "contact")
    assert (ask4.ticket(logged["ticket"]).channel, ask4.ticket(logged["ticket"]).complaint) == ("phone", None)
    bob.run("send-message", logged["reference"], "--message", "how_to_complain")
    (letter,) = ask4.mails(logged["ticket"], "how_to_complain")
    assert letter.to == UGO
    assert all(words in letter.text for words in (*HOW, "sintesi"))


@pytest.mark.rule("K-30")
def test_a_policy_without_the_addresses_of_both_outside_bodies_is_not_published(ask4: Desk) -> None:
    text = ask4.policy.read_text(encoding="utf-8").replace('version = "1"', 'version = "2"', 1)
    for link in LINKS.values():
        assert f'url = "{link}"' in text
        text = text.replace(f'url = "{link}"', 'url = ""')
    empty = ask4.folder / "empty.toml"
    empty.write_text(text, encoding="utf-8")
    said = ask4.admin("policy", "set", empty, expect=1)
    assert all(f'[[link]] "{name}", url' in said.err for name in LINKS), said.err


@pytest.mark.rule("K-31")
def test_a_plain_mail_is_offered_the_form_or_taken_by_a_supervisor(ask4: Desk) -> None:
    bob = ask4["bob"]
    mailed = bob.json("receive-mail", "--from", UGO, "--to", "help@desk.example", "--text", SUMMARY)
    assert (ask4.ticket(mailed["ticket"]).kind, ask4.ticket(mailed["ticket"]).complaint) == ("contact", None)
    bob.run("send-message", mailed["reference"], "--message", "how_to_complain")
    (letter,) = ask4.mails(mailed["ticket"], "how_to_complain")
    assert all(words in letter.text for words in HOW)
    by_mail = [("email" if word == "form" else word) for word in FORM]
    assert bob.refused(*by_mail, "--accept")["code"] == "ask_supervisor"
    assert ask4["dora"].refused(*by_mail)["code"] == "ask_supervisor", "also for a supervisor, unless it is said"
    taken = ask4["dora"].json(*by_mail, "--accept")
    assert ask4.clock_of(taken["ticket"], "acknowledgement")[0] == "running"
    assert len(ask4.mails(complaint(ask4), "complaint_acknowledged")) == 1, "a form's own mail is accepted"
