"""The service promises of a firm with two offices, black box: calling back, the manager, referring (H-04, H-14, H-15, H-24 to H-31)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.desk import Desk
from tests.acceptance.hamburg_work import KERN, owed
from tests.support.world import at


@pytest.mark.rule("H-04", "H-14")
def test_every_missed_call_back_is_told_to_the_manager_by_its_number(hamburg_woking: Desk) -> None:
    ticket, kept = owed(hamburg_woking), owed(hamburg_woking)
    hamburg_woking["sven"].does(c.AttemptCallBack(ticket=kept, reached=True))
    hamburg_woking.at("2026-06-08T12:00:01+02:00")
    assert hamburg_woking.clock_of(ticket, "callback")[0] == "missed"
    assert hamburg_woking.clock_of(kept, "callback")[0] == "met"
    (letter,) = hamburg_woking.mails(ticket, "breach_notice")
    assert (letter.to, letter.automatic) == ("tess@desk.example", True)
    assert hamburg_woking.mails(kept, "breach_notice") == []


@pytest.mark.rule("H-14")
@pytest.mark.parametrize(
    ("start", "deadline"),
    [
        ("2026-05-13T16:15+02:00", "2026-05-18T09:45+02:00"),
        ("2026-06-09T08:30+02:00", "2026-06-09T10:30+02:00"),
        ("2026-06-13T10:00+02:00", "2026-06-15T10:30+02:00"),
        ("2026-06-09T15:00:30+02:00", "2026-06-10T08:30:30+02:00"),
    ],
)
def test_a_call_back_is_owed_in_two_hours_of_staffed_time(hamburg_woking: Desk, start: str, deadline: str) -> None:
    hamburg_woking.at(start)
    ticket = owed(hamburg_woking)
    assert hamburg_woking.clock_of(ticket, "callback") == ("running", at(deadline))
    assert at(hamburg_woking.due("callback", start, "--calendar", "hamburg")["deadline_utc"]) == at(deadline)


@pytest.mark.rule("H-15")
def test_only_a_specialists_call_back_keeps_the_promise(hamburg_woking: Desk) -> None:
    ticket = owed(hamburg_woking)
    told = hamburg_woking["anke"].run("call-back", hamburg_woking.ref(ticket), "--reached")
    assert "specialist" in told
    assert hamburg_woking.clock_of(ticket, "callback")[0] == "running"
    hamburg_woking["sven"].run("call-back", hamburg_woking.ref(ticket), "--reached")
    assert hamburg_woking.clock_of(ticket, "callback")[0] == "met"


@pytest.mark.rule("H-24")
def test_the_supervisor_sees_every_call_back_that_is_owed_with_its_deadline_the_first_due_first(
    hamburg_woking: Desk,
) -> None:
    tickets = []
    for _ in range(3):
        tickets.append(owed(hamburg_woking))
        hamburg_woking.later(minutes=10)
    rows = hamburg_woking["tess"].json("queue", "--call-backs")
    assert [row["id"] for row in rows] == tickets
    deadlines = [f"2026-06-08T12:{minutes}0+02:00" for minutes in range(3)]
    assert [at(row["deadline"]) for row in rows] == [at(deadline) for deadline in deadlines]


@pytest.mark.rule("H-26")
def test_satisfaction_is_asked_by_phone_or_in_person_and_never_by_mail(hamburg_woking: Desk) -> None:
    ticket = owed(hamburg_woking, email="imke@customer.example")
    sven = hamburg_woking["sven"]
    sven.does(c.AttemptCallBack(ticket=ticket, reached=True), c.TakeNext())
    sven.does(c.Resolve(ticket=ticket, solution="head cleaned"), c.Close(ticket=ticket, summary="done"))
    assert "imke@customer.example" not in {letter.to for letter in hamburg_woking.mails(ticket)}
    by_mail = s.AnswerSurvey(ticket=ticket, survey="satisfaction", mode="email", answers=("5", "nothing"))
    assert sven.may_not(by_mail).code == "survey_mode"
    words = ("survey", hamburg_woking.ref(ticket), "--survey", "satisfaction", "--answer", "5", "--answer", "nothing")
    assert sven.refused(*words, "--mode", "email")["code"] == "survey_mode"
    sven.run(*words, "--mode", "phone")


@pytest.mark.rule("H-28")
def test_the_manager_can_be_had_on_a_call_and_on_a_ticket_in_any_state_without_a_reason(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    new, stranger = owed(hamburg_woking), owed(hamburg_woking, fault=KERN)
    closed = anke.hears(classification="Printhead")
    anke.does(c.PutThrough(ticket=closed, member=hamburg_woking.member("sven")))
    hamburg_woking["sven"].does(c.Close(ticket=closed, summary="done"))
    anke.does(c.BeginCall(call="k", reference=anke.by_hand.reference(), rang_at=hamburg_woking.clock.now()))
    for ticket in (new, stranger, closed):
        anke.run("want-manager", hamburg_woking.ref(ticket))
        (wish,) = hamburg_woking.ticket(ticket).escalations
        assert (wish.member, wish.reason) == (hamburg_woking.member("tess"), "")
        assert [letter.to for letter in hamburg_woking.mails(ticket, "manager_wanted")] == ["tess@desk.example"]
    anke.does(s.Escalate(step="technical_support_manager", call="k"))
    (told,) = hamburg_woking.mails("", "manager_wanted_on_call")
    assert told.to == "tess@desk.example"


@pytest.mark.rule("H-29")
def test_a_referral_keeps_number_and_history_and_brings_the_note(hamburg_woking: Desk) -> None:
    ticket = owed(hamburg_woking)
    reference = hamburg_woking.ref(ticket)
    note = "wants to know when it comes"
    hamburg_woking["anke"].run("transfer", reference, "--to", "customer_service", "--note", note)
    shown = hamburg_woking["carla"].json("show", reference)
    assert (shown["reference"], shown["department"]) == (reference, "customer_service")
    assert note in str(shown["history"])
    assert hamburg_woking["anke"].json("show", reference)["elsewhere"]


@pytest.mark.rule("H-31")
def test_the_last_technical_support_manager_cannot_be_removed(hamburg_woking: Desk) -> None:
    for words in (("disable", "tess"), ("set", "tess", "--role", "agent")):
        refused = hamburg_woking.admin("member", *words, expect=1)
        assert "Technical Support Manager" in refused.sentence
    assert "technical_support_manager" in hamburg_woking.admin("member", "list").out


def test_a_written_answer_goes_to_the_customer_once_and_is_said_to_reach_nobody_without_an_address(
    hamburg_woking: Desk,
) -> None:
    written, spoken = owed(hamburg_woking, email="kim@customer.example"), owed(hamburg_woking)
    sven = hamburg_woking["sven"]
    sven.does(c.TakeNext(), c.TakeNext())
    said = [sven.run("reply", hamburg_woking.ref(ticket), "--text", "It works again.") for ticket in (written, spoken)]
    assert [letter.to for letter in hamburg_woking.mails(written, "reply")] == ["kim@customer.example"]
    assert hamburg_woking.mails(spoken, "reply") == []
    assert ["there is no e-mail address" in words for words in said] == [False, True]
