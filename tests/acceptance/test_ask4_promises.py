"""The charter of assistance and complaints, black box: what is promised of a complaint, appeal, ombudsman (K-24 to K-29)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.ask4_work import FORM, UGO, answered, complaint
from tests.acceptance.desk import Desk
from tests.support.world import at

OMBUDSMAN = ("OS:C", "https://www.commsombudsman.org/")


@pytest.mark.rule("K-24")
def test_the_receipt_is_confirmed_within_24_real_hours_of_its_arrival_and_of_a_form_at_once(ask4: Desk) -> None:
    by_form = ask4["carla"].json(*FORM)["ticket"]
    assert ask4.clock_of(by_form, "acknowledgement")[0] == "met"
    (letter,) = ask4.mails(by_form, "complaint_acknowledged")
    assert (letter.to, letter.automatic) == (UGO, True)
    ask4.at("2026-10-24T15:00+01:00")
    by_letter = [("letter" if word == "form" else word) for word in FORM]
    late = ask4["carla"].json(*by_letter, "--received", "2026-10-24 12:00")["ticket"]
    assert ask4.clock_of(late, "acknowledgement") == ("running", at("2026-10-25T11:00+00:00")), "the clocks change"
    ask4.at("2026-10-25T07:00:01+00:00")
    warnings = ask4.mails(late, "clock_warning")
    assert [letter.to for letter in warnings] == ["carla@desk.example"] * 2
    ask4["carla"].run("complaint-acknowledge", ask4.ref(late), "--text", "Ricevuto")
    assert ask4.clock_of(late, "acknowledgement")[0] == "met"


@pytest.mark.rule("K-25")
def test_progress_is_owed_three_working_days_after_the_confirmation_and_silence_stops_nothing(ask4: Desk) -> None:
    ask4.at("2026-04-01T14:00+01:00")
    kept, silent = complaint(ask4), complaint(ask4, channel="letter")
    assert ask4.clock_of(kept, "progress") == ("running", at("2026-04-09T00:00+01:00")), "Easter is in between"
    assert ask4.clock_of(silent, "progress") == ("none", None)
    ask4.at("2026-04-02T14:00:01+01:00")
    assert ask4.clock_of(silent, "progress") == ("running", at("2026-04-10T00:00+01:00")), (
        "from the missed confirmation"
    )
    ask4.at("2026-04-07T09:00+01:00")
    ask4["carla"].does(s.AcknowledgeComplaint(ticket=silent, text="Ricevuto"))
    assert ask4.clock_of(silent, "progress") == ("running", at("2026-04-11T00:00+01:00")), "a late one moves it"
    ask4["carla"].run("complaint-update", ask4.ref(kept), "--text", "Stiamo verificando.")
    assert ask4.clock_of(kept, "progress")[0] == "met"
    (letter,) = ask4.mails(kept, "complaint_updated")
    assert "Stiamo verificando." in letter.text


@pytest.mark.rule("K-26")
def test_the_formal_response_is_owed_seven_working_days_after_the_receipt_of_the_first_update(ask4: Desk) -> None:
    by_mail, by_post, silent = (complaint(ask4) for _ in range(3))
    ask4.at("2026-06-09T15:00+01:00")
    carla = ask4["carla"]
    carla.does(s.UpdateComplaint(ticket=by_mail, text="Stiamo verificando."))
    assert ask4.clock_of(by_mail, "formal_response") == ("running", at("2026-06-19T00:00+01:00")), "early, so earlier"
    carla.does(s.UpdateComplaint(ticket=by_post, text="Stiamo verificando.", by_letter=True))
    assert ask4.clock_of(by_post, "formal_response")[1] == at("2026-06-23T00:00+01:00"), "deemed received on Thursday"
    ask4.at("2026-06-10T12:00+01:00")
    carla.run("complaint-update-received", ask4.ref(by_post))
    assert ask4.clock_of(by_post, "formal_response")[1] == at("2026-06-20T00:00+01:00")
    ask4.at("2026-06-12T00:00:01+01:00")
    assert ask4.clock_of(silent, "formal_response") == ("running", at("2026-06-23T00:00+01:00")), "never updated"
    carla.run("complaint-answer", ask4.ref(by_mail), "--text", "Ci scusiamo.")
    assert ask4.clock_of(by_mail, "formal_response")[0] == "met"
    ask4.at("2026-06-20T00:00:01+01:00")
    assert ask4.clock_of(by_post, "formal_response")[0] == "missed"


@pytest.mark.rule("K-27")
def test_every_answer_names_the_appeal_which_is_open_for_ever_and_decided_by_another_person(ask4: Desk) -> None:
    ticket = complaint(ask4)
    answered(ask4, ticket)
    (letter,) = ask4.mails(ticket, "complaint_answered")
    assert "presentare ricorso" in letter.text
    ask4.later(days=400)
    ask4["bob"].run("complaint-stage", ask4.ref(ticket), "--to", "appeal", "--reason", "Un fatto nuovo")
    assert ask4.ticket(ticket).active
    answer = ("complaint-answer", ask4.ref(ticket), "--text", "Sì.")
    assert ask4["carla"].refused(*answer)["code"] == "other_person"
    assert ask4["carla"].may_not(s.AnswerComplaint(ticket=ticket, text="Sì.")).code == "other_person"
    ask4["dora"].run(*answer)


@pytest.mark.rule("K-28", "K-29")
def test_both_answers_name_the_ombudsman_whose_decision_binds_until_it_is_carried_out(ask4: Desk) -> None:
    ticket = complaint(ask4)
    answered(ask4, ticket)
    ask4["carla"].does(s.OpenComplaintStage(ticket=ticket, stage="appeal"))
    ask4["dora"].does(s.AnswerComplaint(ticket=ticket, text="No."))
    letters = ask4.mails(ticket, "complaint_answered")
    assert [all(words in letter.text for words in OMBUDSMAN) for letter in letters] == [True, True]
    carla, reference = ask4["carla"], ask4.ref(ticket)
    carla.run("complaint-stage", reference, "--to", "ombudsman")
    carla.run("complaint-decision", reference, "--measure", "Rimborsare 50 sterline")
    close = ("close", reference, "--summary", "Fatto")
    assert carla.refused(*close)["code"] == "missing_measures_done"
    assert carla.may_not(c.Close(ticket=ticket, summary="Fatto")).code == "missing_measures_done"
    carla.run("complaint-measure", reference, "--number", "1")
    carla.run(*close)
    assert ask4.ticket(ticket).status == "closed"
