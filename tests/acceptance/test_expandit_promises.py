"""The customer service guideline, black box: who answers, by when, and who is away (E-28 to E-39)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.desk import Desk
from tests.acceptance.expandit_work import ANNA, ASKED, CALL, KIM, SALES, SUPPORT, complained, mailed
from tests.support.world import at


@pytest.mark.rule("E-28")
def test_no_caller_is_put_through_to_a_programmer_but_a_message_can_be_left(expandit: Desk) -> None:
    anna = expandit["anna"]
    made = anna.json(*CALL, *ASKED)
    assert anna.refused("put-through", made["reference"], "--to", "prog")["code"] == "shielded"
    assert anna.refused(*CALL, *ASKED, "--put-through", "prog")["code"] == "shielded"
    through = c.PutThrough(ticket=made["ticket"], member=expandit.member("prog"))
    assert anna.may_not(through).code == "shielded"
    anna.run("leave-message", made["reference"], "--for", "programmer", "--text", "Bitte ansehen")
    assert "Bitte ansehen" in expandit["prog"].run("show", made["reference"])


@pytest.mark.rule("E-29")
def test_the_matrix_names_two_people_the_second_while_the_first_is_away(expandit: Desk) -> None:
    anna = expandit["anna"]
    assert [(each["name"], each["absent"]) for each in anna.json("whom", "Lizenz")] == [("lisa", False), ("sam", False)]
    away = ("--from", "2026-06-08 09:00", "--to", "2026-06-10 09:00", "--notice", f"Bitte an {SALES}")
    expandit["lisa"].run("absence", *away)
    assert [(each["name"], each["absent"]) for each in anna.json("whom", "Lizenz")] == [("sam", False), ("lisa", True)]
    text = expandit.policy.read_text(encoding="utf-8")
    assert 'secondary = "sales_desk"' in text
    same = expandit.folder / "same.toml"
    same.write_text(text.replace('secondary = "sales_desk"', 'secondary = "licence_desk"'), encoding="utf-8")
    assert '[[route]] "licence"' in expandit.admin("policy", "set", same, expect=1).err


@pytest.mark.rule("E-30", "E-31")
def test_a_request_by_phone_is_answered_within_24_real_hours_by_a_fee_earner(expandit: Desk) -> None:
    expandit.at("2026-10-24T15:00+02:00")
    anna = expandit["anna"]
    called, written = (anna.json(*CALL, *ASKED, "--call-back")["ticket"] for _ in range(2))
    assert expandit.clock_of(called, "fee_earner") == ("running", at("2026-10-25T14:00+01:00"))
    anna.run("call-back", expandit.ref(called), "--reached")
    anna.does(c.Reply(ticket=written, text="Wir melden uns."))
    assert {expandit.clock_of(each, "fee_earner")[0] for each in (called, written)} == {"running"}
    expandit["fee"].run("call-back", expandit.ref(called), "--reached")
    expandit["fee"].does(c.Reply(ticket=written, text="So geht es."))
    assert {expandit.clock_of(each, "fee_earner")[0] for each in (called, written)} == {"met"}


@pytest.mark.rule("E-32")
def test_a_mail_to_a_shared_address_is_answered_by_a_person_within_two_real_hours(expandit: Desk) -> None:
    expandit.at("2026-03-29T01:15+01:00")
    ticket, sale = mailed(expandit), mailed(expandit, SALES)
    assert expandit.clock_of(ticket, "shared_mail") == ("running", at("2026-03-29T04:15+02:00")), "the clocks change"
    assert expandit.clock_of(sale, "shared_mail")[0] == "running"
    expandit.at("2026-03-29T04:00:01+02:00")
    assert [letter.to for letter in expandit.mails(ticket, "clock_warning")] == [ANNA, ANNA]
    expandit.at("2026-03-29T04:15+02:00")
    expandit["anna"].run("reply", expandit.ref(ticket), "--text", "Gern.")
    expandit.later(seconds=1)
    assert expandit.clock_of(ticket, "shared_mail")[0] == "met"
    assert expandit.clock_of(sale, "shared_mail")[0] == "missed"


@pytest.mark.rule("E-33")
def test_without_the_agreements_figure_no_deadline_is_invented_and_with_it_there_is_one(expandit: Desk) -> None:
    ticket = mailed(expandit)
    assert expandit.clock_of(ticket, "full_support") == ("running", None)
    assert "Frist nicht eingestellt (Lizenzvertrag)" in expandit["anna"].run("show", expandit.ref(ticket))
    expandit.publish("2", ('amount = "unset"\nunset_note', 'amount = "5 working days end"\nunset_note'))
    later = mailed(expandit)
    assert expandit.clock_of(later, "full_support") == ("running", at("2026-06-16T00:00+02:00"))
    expandit["anna"].does(c.Reply(ticket=later, text="Gern."))
    assert expandit.clock_of(later, "full_support")[0] == "running"
    expandit["anna"].run("reply", expandit.ref(later), "--text", "Der Fix liegt bei.", "--mark", "full")
    assert expandit.clock_of(later, "full_support")[0] == "met"


@pytest.mark.rule("E-34")
def test_a_sales_mail_has_two_promises_and_the_first_answer_keeps_the_first_alone(expandit: Desk) -> None:
    expandit.at("2026-03-27T12:30+01:00")
    ticket = mailed(expandit, SALES)
    assert expandit.clock_of(ticket, "full_sales") == ("running", at("2026-03-30T00:00+02:00"))
    shown = expandit["anna"].json("show", expandit.ref(ticket))
    assert {clock["id"] for clock in shown["clocks"]} == {"shared_mail", "full_sales"}
    expandit["anna"].does(c.Reply(ticket=ticket, text="Wir melden uns."))
    assert [expandit.clock_of(ticket, name)[0] for name in ("shared_mail", "full_sales")] == ["met", "running"]
    expandit["anna"].run("reply", expandit.ref(ticket), "--text", "Alles dazu.", "--mark", "full")
    assert expandit.clock_of(ticket, "full_sales")[0] == "met"


@pytest.mark.rule("E-35")
def test_a_personal_mail_has_24_hours_and_two_when_it_went_to_a_shared_address_too(expandit: Desk) -> None:
    mail = ("receive-mail", "--from", KIM, "--text", "x", "--to", ANNA)
    alone = expandit["anna"].json(*mail)["ticket"]
    assert expandit.clock_of(alone, "personal_mail") == ("running", at("2026-06-09T10:00+02:00"))
    assert expandit.clock_of(alone, "shared_mail") == ("none", None)
    both = expandit["anna"].json(*mail, "--to", SUPPORT)["ticket"]
    assert expandit.clock_of(both, "shared_mail") == ("running", at("2026-06-08T12:00+02:00"))
    assert expandit.clock_of(both, "personal_mail") == ("none", None)


@pytest.mark.rule("E-36", "E-37")
def test_more_than_eight_office_hours_away_needs_a_notice_that_names_another_address(expandit: Desk) -> None:
    anna = expandit["anna"]
    exactly = ("absence", "--from", "2026-06-08 09:00", "--to", "2026-06-09 09:00")
    more = (*exactly[:-1], "2026-06-09 09:01")
    assert anna.json(*exactly)["hints"] == []
    (hint,) = anna.json(*more)["hints"]
    assert hint["code"] == "notice_needed"
    assert "away" in hint["text"]
    begins, ends = at("2026-06-08T09:00+02:00"), at("2026-06-10T09:00+02:00")
    for notice in ("Ich bin weg.", f"Schreiben Sie an {ANNA}."):
        assert anna.refused(*more, "--notice", notice)["code"] == "notice_without_address"
        away = s.EnterAbsence(entry="a", member=expandit.member("anna"), begins=begins, ends=ends, notice=notice)
        assert anna.may_not(away).code == "notice_without_address"
    assert anna.json(*more, "--notice", f"Schreiben Sie an {SUPPORT}.")["hints"] == []


@pytest.mark.rule("E-38")
def test_only_a_written_acknowledgement_keeps_the_two_working_days(expandit: Desk) -> None:
    expandit.at("2026-05-13T10:00+02:00")
    ticket = complained(expandit)
    anna, reference = expandit["anna"], expandit.ref(ticket)
    assert expandit.clock_of(ticket, "complaint_acknowledged") == ("running", at("2026-05-19T00:00+02:00"))
    assert anna.json("complaint-acknowledge", reference, "--spoken")["changed"] == "not_counted"
    assert expandit.clock_of(ticket, "complaint_acknowledged")[0] == "running"
    anna.run("complaint-acknowledge", reference, "--text", "Wir haben sie erhalten.")
    assert expandit.clock_of(ticket, "complaint_acknowledged")[0] == "met"
    (letter,) = expandit.mails(ticket, "complaint_acknowledged")
    assert "Wir haben sie erhalten." in letter.text


@pytest.mark.rule("E-39")
def test_the_answer_is_owed_14_days_after_the_information_and_its_absence_is_never_silent(expandit: Desk) -> None:
    ticket = complained(expandit)
    anna, reference = expandit["anna"], expandit.ref(ticket)
    assert expandit.clock_of(ticket, "complaint_answered") == ("none", None)
    assert "incomplete since Mon 8 Jun 10:00" in anna.run("show", reference)
    expandit.at("2026-10-15T09:00+02:00")
    anna.run("complaint-complete", reference)
    assert expandit.clock_of(ticket, "complaint_answered") == ("running", at("2026-10-30T00:00+01:00"))
    assert "incomplete" not in anna.run("show", reference)
    anna.run("complaint-answer", reference, "--text", "Wir haben geprüft.")
    assert expandit.clock_of(ticket, "complaint_answered")[0] == "met"
