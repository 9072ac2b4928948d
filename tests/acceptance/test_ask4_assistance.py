"""The charter of assistance and complaints, black box: helping, refusing help, asking how it was (K-05 to K-11, decisions 6.20)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import Value
from tests.acceptance.ask4_work import FORM, HOW, UGO, complaint, contact, solved
from tests.acceptance.desk import Desk

EVERY_90_DAYS = ('every = "unset"', 'every = "90 calendar days"')


@pytest.mark.rule("K-05", "K-06")
def test_nothing_is_resolved_without_its_cause_nor_closed_without_a_resolution(ask4: Desk) -> None:
    ticket = contact(ask4)
    bob, reference = ask4["bob"], ask4.ref(ticket)
    assert bob.refused("close", reference, "--summary", "Fatto")["code"] == "missing_resolution"
    assert bob.may_not(c.Close(ticket=ticket, summary="Fatto")).code == "missing_resolution"
    resolve = ("resolve", reference, "--solution", "Riavviato")
    assert bob.refused(*resolve)["fields"] == ["cause"]
    assert bob.may_not(c.Resolve(ticket=ticket, solution="Riavviato")).fields == ("cause",)
    bob.does(s.SetFields(ticket=ticket, values=(Value(field="cause", value="unknown"),)))
    assert bob.refused(*resolve)["fields"] == ["cause_note"], "unknown needs a note"
    bob.run("set", reference, "--set", "cause_note=È passato da solo")
    bob.run(*resolve)
    bob.run("close", reference, "--summary", "Fatto")
    assert ask4.ticket(ticket).status == "closed"


@pytest.mark.rule("K-08")
def test_jargon_is_marked_with_plain_words_and_sent_all_the_same(ask4: Desk) -> None:
    ticket = contact(ask4)
    done = ask4["bob"].json("reply", ask4.ref(ticket), "--text", "Il DNS non risponde.")
    (hint,) = done["hints"]
    assert hint["code"] == "jargon"
    assert "DNS → l'elenco che traduce i nomi dei siti" in hint["text"]
    (letter,) = ask4.mails(ticket, "reply")
    assert "Il DNS non risponde." in letter.text


@pytest.mark.rule("K-10")
def test_help_is_refused_by_a_supervisor_alone_and_a_complaint_stays_possible(ask4: Desk) -> None:
    ticket = complaint(ask4)
    bob, reference = ask4["bob"], ask4.ref(ticket)
    bob.run("refuse-help", reference, "--conduct", "threatening", "--facts", "Minacce al telefono")
    assert (ask4.ticket(ticket).refusal, ask4.clock_of(ticket, "progress")[0]) == ("proposed", "running")
    assert bob.may_not(s.ApproveRefusal(ticket=ticket, approved=True)).code == "only_supervisor"
    assert bob.refused("approve-refusal", reference)["code"] == "only_supervisor"
    ask4["dora"].run("approve-refusal", reference)
    assert (ask4.ticket(ticket).status, ask4.clock_of(ticket, "progress")[0]) == ("closed", "refused")
    (letter,) = ask4.mails(ticket, "refused")
    assert letter.to == UGO
    assert all(words in letter.text for words in HOW)
    again = ask4["carla"].json(*FORM)
    assert ask4.ticket(again["ticket"]).active
    wrong = s.ProposeRefusal(ticket=again["ticket"], conduct="boring", facts="x")
    assert bob.may_not(wrong).code == "unknown_choice"


@pytest.mark.rule("K-11")
def test_only_who_used_support_in_the_period_is_asked_and_once(ask4: Desk) -> None:
    ask4.publish("2", EVERY_90_DAYS)
    first = contact(ask4, customer=ask4.customers["Ugo Verdi"])
    stranger = contact(ask4)
    ask4.later(hours=1)
    solved(ask4, first)
    solved(ask4, stranger)
    ask4.later(days=89)
    assert ask4.mails(first, "survey_users") == []
    ask4.later(days=2)
    assert [letter.to for letter in ask4.mails(first, "survey_users")] == [UGO]
    assert ask4.mails(stranger, "survey_users") == [], "no customer is known"
    ask4.later(days=120)
    assert len(ask4.mails(first, "survey_users")) == 1, "there was no ticket since then"
    second = contact(ask4, customer=ask4.customers["Ugo Verdi"])
    ask4.later(days=2)
    assert len(ask4.mails(second, "survey_users")) == 1


def test_an_ordinary_ticket_has_no_promise_and_none_is_invented(ask4: Desk) -> None:
    """decisions.md, easily missed 20."""
    ticket = contact(ask4)
    assert ask4.ticket(ticket).clocks == ()
    told = ask4["bob"].json("why", ask4.ref(ticket))
    assert (told["clocks"], bool(told["nothing"]["text"])) == ([], True)
