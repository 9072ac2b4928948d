"""The customer success charter, black box: requests, first answers, wording, closing (A-01 to A-40, A-49 to A-54)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.commands import ASKS
from desk_core.records import Value
from desk_core.references import grouped
from desk_core.tickets import Fault
from tests.acceptance.akixi_work import DETAILS, KIM, closed, mailed, phoned
from tests.acceptance.desk import Desk
from tests.support.world import at

NOTHING = ("none", None)


def hints(done: dict[str, Any]) -> list[str]:
    """The codes of the hints that a command gave."""
    return [hint["code"] for hint in done["hints"]]


@pytest.mark.rule("A-01")
def test_a_ticket_keeps_the_version_and_the_deadline_under_which_it_was_opened(akixi: Desk) -> None:
    old = mailed(akixi)
    akixi.publish("1.2", ('amount = "1 working day"\n', 'amount = "2 working days"\n'))
    new = mailed(akixi)
    assert [akixi.ticket(ticket).policy_version for ticket in (old, new)] == ["1.1", "1.2"]
    deadlines = [akixi.clock_of(ticket, "email_first_response")[1] for ticket in (old, new)]
    assert deadlines == [at("2026-03-17T10:00+00:00"), at("2026-03-18T10:00+00:00")]
    (why,) = akixi["anna"].json("why", akixi.ref(old), "email_first_response")["clocks"]
    assert at(why["deadline"]) == deadlines[0]


@pytest.mark.rule("A-02", "A-32")
def test_the_policys_own_sentence_stands_behind_a_deadline(akixi: Desk) -> None:
    akixi.at("2026-03-27T16:00+00:00")
    ticket = mailed(akixi)
    assert akixi.clock_of(ticket, "email_first_response") == ("running", at("2026-03-30T16:00+01:00"))
    shown = akixi["anna"].json("why", akixi.ref(ticket), "email_first_response")
    (why,) = shown["clocks"]
    assert "A-32" in {rule["id"] for rule in why["rules"]}
    assert all(rule["text"] for rule in why["rules"])
    akixi.at("2026-03-30T16:00+01:00")
    akixi["anna"].does(c.Reply(ticket=ticket, text="Which version do you have?"))
    assert akixi.clock_of(ticket, "email_first_response")[0] == "met"


@pytest.mark.rule("A-03")
def test_a_commercial_agreement_stops_the_charters_promises_until_a_supervisor_takes_it_away(akixi: Desk) -> None:
    ticket = mailed(akixi)
    akixi["anna"].run("exempt", akixi.ref(ticket), "--as", "commercial_sla", "--contract", "SLA-7")
    assert {clock.state for clock in akixi.ticket(ticket).clocks} == {"exempt"}
    assert akixi["anna"].may_not(s.Include(ticket=ticket, reason="x")).code == "only_supervisor"
    akixi.later(hours=1)
    akixi["cora"].run("include", akixi.ref(ticket), "--reason", "no agreement after all")
    assert akixi.clock_of(ticket, "email_first_response") == ("running", at("2026-03-17T10:00+00:00"))


@pytest.mark.rule("A-08")
def test_outside_a_regions_hours_the_regions_that_are_open_are_offered(akixi: Desk) -> None:
    akixi.at("2026-03-17T20:00+00:00")
    said = akixi["anna"].run("call-begin", "--phone", "020 79460001").splitlines()
    assert said[2:] == [
        "London is closed until Wed 18 Mar 09:30.",
        "New York is open until Tue 17 Mar 17:30.",
        "Denver is open until Tue 17 Mar 17:30.",
    ]
    akixi.at("2026-03-18T12:00+00:00")
    (london,) = akixi["anna"].json("call-begin", "--phone", "020 79460001")["hours"]
    assert (london["office"], london["open"]) == ("london", True)


@pytest.mark.rule("A-14")
def test_feedback_is_about_a_product_or_a_service_and_nothing_else(akixi: Desk) -> None:
    anna = akixi["anna"]
    for kind in ("product", "service"):
        anna.run("add-entry", "feedback", "--set", f"type={kind}", "--set", "text=good")
    wrong = s.AddEntry(
        entry="x", register="feedback", values=(Value(field="type", value="weather"), Value(field="text", value="x"))
    )
    assert anna.may_not(wrong).code == "unknown_choice"
    lines = anna.run("register", "feedback").casefold()
    assert "product" in lines
    assert "service" in lines
    assert "weather" not in lines


@pytest.mark.rule("A-17")
def test_by_an_interval_of_90_days_a_customer_is_asked_on_day_91_once(akixi: Desk) -> None:
    akixi.publish("1.2", ('every = "unset"', 'every = "90 calendar days"'))
    ticket = akixi["anna"].opens(kind="request", customer=akixi.customers["Nordlicht Druck GmbH"], email=KIM)
    closed(akixi, ticket)
    akixi.later(days=90)
    assert akixi.mails(ticket, "regular_survey") == []
    akixi.later(days=1)
    (letter,) = akixi.mails(ticket, "regular_survey")
    assert letter.to == KIM
    akixi.later(days=2)
    assert len(akixi.mails(ticket, "regular_survey")) == 1


@pytest.mark.rule("A-20", "A-28")
def test_a_guide_goes_with_an_answer_and_the_history_says_so(akixi: Desk) -> None:
    ticket = mailed(akixi)
    guide = s.AddEntry(entry="guide", register="guides", values=(Value(field="title", value="First steps"),))
    akixi["anna"].does(guide)
    akixi["anna"].run("reply", akixi.ref(ticket), "--text", "See the guide.", "--article", "guide")
    sent = [
        event["articles"] for event in akixi["anna"].json("show", akixi.ref(ticket))["history"] if "articles" in event
    ]
    assert sent == [["guide"]]


@pytest.mark.rule("A-20")
def test_a_guide_past_its_day_is_overdue_in_its_register_and_warns_whoever_sends_it(akixi: Desk) -> None:
    title = (Value(field="title", value="First steps"),)
    akixi["anna"].does(s.AddEntry(entry="guide", register="guides", values=title, due=dt.date(2026, 3, 20)))
    akixi.at("2026-03-23T09:30+00:00")
    ticket = mailed(akixi)
    (line,) = akixi["anna"].json("register", "guides", "--overdue")
    assert line["id"] == "guide"
    done = akixi["anna"].json("reply", akixi.ref(ticket), "--text", "See the guide.", "--article", "guide")
    assert "out of date" in " ".join(hint["text"] for hint in done["hints"])
    (letter,) = akixi.mails(ticket, "reply")
    assert "See the guide." in letter.text, "it warns and stops nothing"


@pytest.mark.rule("A-24")
def test_a_ticket_has_a_timescale_that_the_agent_can_agree_anew(akixi: Desk) -> None:
    ticket = mailed(akixi)
    assert akixi["anna"].json("show", akixi.ref(ticket))["timescale"] == "1 working day"
    assert akixi.clock_of(ticket, "timeline") == ("running", at("2026-03-17T10:00+00:00"))
    akixi["anna"].run("timescale", akixi.ref(ticket), "--to", "2 working days")
    assert akixi.clock_of(ticket, "timeline") == ("running", at("2026-03-18T10:00+00:00"))
    assert akixi["anna"].may_not(s.SetTimescale(ticket=ticket, timescale="soon")).code == "bad_timescale"


@pytest.mark.rule("A-25")
def test_something_promised_is_broken_when_its_moment_has_passed(akixi: Desk) -> None:
    ticket, other = phoned(akixi), phoned(akixi)
    for each in (ticket, other):
        akixi["anna"].does(
            s.MakePromise(ticket=each, promise=f"p-{each}", what="call again", due=at("2026-03-16T14:00+00:00"))
        )
    akixi["anna"].run("promise-kept", akixi.ref(other))
    akixi.at("2026-03-16T14:00:01+00:00")
    assert [len(akixi.mails(each, "promise_broken")) for each in (ticket, other)] == [1, 0]


@pytest.mark.rule("A-29", "A-35")
def test_hints_on_wording_are_given_and_nothing_is_held_back(akixi: Desk) -> None:
    ticket = mailed(akixi)
    anna, reference = akixi["anna"], akixi.ref(ticket)
    assert "long_sentence" in hints(anna.json("reply", reference, "--text", "word " * 60))
    anna.run("wait", reference)
    assert "no_question" in hints(anna.json("reply", reference, "--text", "Please tell us."))
    assert len(akixi.mails(ticket, "reply")) == 2


@pytest.mark.rule("A-30")
def test_every_mail_has_full_contact_details_and_none_goes_without(akixi: Desk) -> None:
    ticket = mailed(akixi)
    akixi["anna"].does(c.Reply(ticket=ticket, text="Which version do you have?"))
    letters = [*akixi.mails(ticket, "created"), *akixi.mails(ticket, "reply")]
    assert len(letters) == 2
    assert all(detail in letter.text for letter in letters for detail in DETAILS)
    akixi.admin("member", "set", "anna", "--phone", "")
    refused = akixi["anna"].refused("reply", akixi.ref(ticket), "--text", "And now?")
    assert (refused["code"], refused["fields"]) == ("missing_full_contact_details", ["phone"])
    assert akixi["anna"].may_not(c.Reply(ticket=ticket, text="And now?")).fields == ("phone",)


@pytest.mark.rule("A-31")
def test_nothing_can_be_deleted_and_an_abandoned_call_stays_with_its_reason(akixi: Desk) -> None:
    assert not [name for name in ASKS if "delete" in name or "remove" in name]
    begun = akixi["anna"].json("call-begin", "--phone", "020 79460001")
    akixi["anna"].run("call-end", begun["reference"], "--outcome", "abandoned", "--remark", "hung up")
    (call,) = akixi.calls()
    assert (call.outcome, call.remark) == ("abandoned", "hung up")
    ticket = akixi["anna"].opens(channel="portal", kind="request", email=KIM)
    assert {akixi.ticket(each).channel for each in (ticket, mailed(akixi), phoned(akixi))} == {
        "portal",
        "email",
        "phone",
    }


@pytest.mark.rule("A-34")
def test_the_hours_are_those_of_the_customers_region(akixi: Desk) -> None:
    akixi.at("2026-07-03T15:00:00+00:00")
    offices = {"Nordlicht Druck GmbH": "london", "Hudson Inc": "new_york", "Mesa LLC": "denver"}
    deadlines = {}
    for company, office in offices.items():
        ticket = akixi["anna"].opens(kind="request", customer=akixi.customers[company], email=KIM)
        assert akixi.ticket(ticket).office == office
        deadlines[office] = akixi.clock_of(ticket, "email_first_response")[1]
    assert deadlines == {
        "london": at("2026-07-06T16:00+01:00"),
        "new_york": at("2026-07-06T17:30-04:00"),
        "denver": at("2026-07-06T17:30-06:00"),
    }, "Independence Day is observed on Friday 3 July"


@pytest.mark.rule("A-36")
def test_a_mail_becomes_one_ticket_and_one_that_quotes_its_number_joins_it(akixi: Desk) -> None:
    anna = akixi["anna"]
    mail = ("receive-mail", "--from", KIM, "--to", "support@desk.example", "--text", "x")
    first = anna.json(*mail, "--subject", "Help")
    again = anna.json(*mail, "--subject", f"Re: [{grouped(first['reference'])}] Help")
    assert again["ticket"] == first["ticket"]
    assert [row["id"] for row in anna.json("queue")] == [first["ticket"]]


@pytest.mark.rule("A-37")
def test_an_email_ticket_does_not_close_without_time(akixi: Desk) -> None:
    ticket = mailed(akixi)
    assert akixi["anna"].may_not(c.Close(ticket=ticket, summary="done")).code == "missing_time_logged"
    words = ("close", akixi.ref(ticket), "--summary", "done")
    assert akixi["anna"].refused(*words)["code"] == "missing_time_logged"
    akixi["anna"].run("time", akixi.ref(ticket), "--minutes", "5")
    akixi["anna"].run(*words)
    assert (akixi.ticket(ticket).status, akixi.ticket(ticket).minutes) == ("closed", 5)


@pytest.mark.rule("A-38")
def test_a_ticket_made_without_network_is_confirmed_once_with_its_reference(akixi: Desk) -> None:
    anna = akixi["anna"]
    words = ("ticket", "--channel", "email", "--kind", "request", "--title", "Help", "--email", KIM)
    made = anna.json(*words, "--offline")
    anna.run("sync")
    anna.run("sync")
    (letter,) = akixi.mails(made["ticket"], "created")
    assert letter.to == KIM
    assert grouped(akixi.ref(made["ticket"])) in letter.text


@pytest.mark.rule("A-39")
def test_a_ticket_made_by_the_customer_gets_a_first_answer_in_a_working_day_by_a_person(akixi: Desk) -> None:
    ticket = akixi["anna"].opens(channel="portal", kind="request", email=KIM)
    assert len(akixi.mails(ticket, "created")) == 1
    assert akixi.clock_of(ticket, "direct_first_response") == ("running", at("2026-03-17T10:00+00:00"))
    akixi["anna"].run("reply", akixi.ref(ticket), "--text", "Which version do you have?")
    assert akixi.clock_of(ticket, "direct_first_response")[0] == "met"
    assert akixi.clock_of(phoned(akixi), "direct_first_response") == NOTHING


@pytest.mark.rule("A-40")
def test_closing_sends_a_summary_with_the_number_by_which_the_same_ticket_opens_again(akixi: Desk) -> None:
    ticket = mailed(akixi)
    number = grouped(akixi.ref(ticket))
    akixi["anna"].does(c.LogTime(ticket=ticket, minutes=5))
    assert akixi["anna"].may_not(c.Close(ticket=ticket, summary=" ")).code == "missing_text"
    akixi["anna"].run("close", number, "--summary", "Cable replaced")
    (letter,) = akixi.mails(ticket, "closed")
    assert "Cable replaced" in letter.text
    assert number in letter.text
    assert mailed(akixi, text=f"Again, see {number}") == ticket
    assert akixi.ticket(ticket).active


@pytest.mark.rule("A-49")
def test_who_answers_gives_the_own_name(akixi: Desk) -> None:
    begun = akixi["anna"].json("call-begin", "--phone", "020 79460001")
    assert "this is anna" in begun["greeting"]
    akixi["anna"].run("call-name", begun["reference"])
    assert akixi.calls()[0].named_at == akixi.clock.now()


@pytest.mark.rule("A-51")
def test_a_phone_ticket_without_time_closes_with_a_warning(akixi: Desk) -> None:
    ticket = phoned(akixi)
    done = akixi["anna"].json("close", akixi.ref(ticket), "--summary", "done")
    assert hints(done) == ["time_logged"]
    assert akixi.ticket(ticket).status == "closed"


@pytest.mark.rule("A-52", "A-54")
def test_closing_a_phone_ticket_is_one_mail_with_summary_number_and_survey(akixi: Desk) -> None:
    ticket = phoned(akixi)
    before = len(akixi.mails(ticket))
    closed(akixi, ticket)
    (letter,) = akixi.mails(ticket)[before:]
    survey = "https://support.example/survey"
    assert all(words in letter.text for words in ("Cable replaced", grouped(akixi.ref(ticket)), survey))
    mail = mailed(akixi)
    closed(akixi, mail)
    (letter,) = akixi.mails(mail, "closed")
    assert survey not in letter.text


@pytest.mark.rule("A-53")
def test_a_call_needs_an_address_or_a_reason_and_is_confirmed(akixi: Desk) -> None:
    anna = akixi["anna"]
    words = ("log-call", "--kind", "request", "--caller", "Zoe", "--company", "Zed Ltd", "--title", "Help")
    assert anna.refused(*words)["code"] == "missing_email"
    anna.does(c.BeginCall(call="k", reference=anna.by_hand.reference(), rang_at=akixi.clock.now()))
    stranger = c.LogCall(call="k", ticket="t", kind="request", title="Help", fault=Fault(company="Zed Ltd"))
    assert anna.may_not(stranger).code == "missing_email"
    kept = anna.json(*words, "--no-email", "has none")
    assert akixi.ticket(kept["ticket"]).no_email == "has none"
    assert anna.json("show", kept["reference"])["no_email"] == "has none"
    listed = akixi.admin("messages", "--waiting").out.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["no address to write to"]
    ticket = phoned(akixi)
    (letter,) = akixi.mails(ticket, "created_by_phone")
    assert grouped(akixi.ref(ticket)) in letter.text
