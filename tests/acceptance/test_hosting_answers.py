"""The customer support policy, black box: hours, channels, and the wording of answers (V-16 to V-19, V-25 to V-28)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from tests.acceptance.desk import Desk
from tests.acceptance.hosting_work import ANSWER, ENDING, HELLO, issue, taken
from tests.support.world import at


@pytest.mark.rule("V-16", "V-17")
def test_the_guidance_desk_is_open_in_the_morning_and_the_afternoon_with_a_lunch_break(hosting: Desk) -> None:
    opens = {
        "2026-06-09T07:59:59+07:00": "2026-06-09T08:00+07:00",
        "2026-06-09T11:59:59+07:00": "2026-06-09T11:59:59+07:00",
        "2026-06-09T12:00:00+07:00": "2026-06-09T13:30+07:00",
        "2026-06-09T16:30:00+07:00": "2026-06-10T08:00+07:00",
        "2026-02-13T17:00:00+07:00": "2026-02-23T08:00+07:00",
        "2026-04-30T09:00:00+07:00": "2026-05-04T08:00+07:00",
    }
    found = {start: at(hosting.due("guidance_hours", start)["deadline_utc"]) for start in opens}
    assert found == {start: at(end) for start, end in opens.items()}


@pytest.mark.rule("V-18", "V-26")
def test_a_call_may_be_logged_and_nothing_is_answered_by_voice(hosting: Desk) -> None:
    ticket = hosting["tam"].hears(kind="fault")
    assert hosting.ticket(ticket).channel == "phone"
    asks = (
        c.OfferCallBack(ticket=ticket),
        c.PutThrough(ticket=ticket, member=hosting.member("tuan")),
        c.AttemptCallBack(ticket=ticket, reached=True),
    )
    assert {hosting["cleo"].may_not(ask).code for ask in asks} == {"channel_never_answers"}
    refused = hosting["cleo"].refused("call-back", hosting.ref(ticket), "--reached")
    assert refused["code"] == "channel_never_answers"


@pytest.mark.rule("V-19")
def test_technical_support_counts_round_the_clock_on_working_days(hosting: Desk) -> None:
    night = hosting.due("next_issue", "2026-06-10T03:00+07:00")
    assert at(night["deadline_utc"]) == at("2026-06-11T03:00+07:00")
    saturday = hosting.due("next_issue", "2026-06-13T03:00+07:00")
    assert at(saturday["deadline_utc"]) == at("2026-06-16T00:00+07:00")


@pytest.mark.rule("V-25")
def test_an_issue_without_a_written_answer_cannot_be_closed(hosting: Desk) -> None:
    ticket = taken(hosting)
    assert hosting["tam"].may_not(c.Close(ticket=ticket, summary="done")).code == "missing_written_reply"
    words = ("close", hosting.ref(ticket), "--summary", "done")
    assert hosting["tam"].refused(*words)["code"] == "missing_written_reply"
    hosting["tam"].does(c.Reply(ticket=ticket, text=ANSWER))
    hosting["tam"].run(*words)
    assert hosting.ticket(ticket).status == "closed"


@pytest.mark.rule("V-27")
def test_an_answer_that_begins_with_anything_else_is_refused(hosting: Desk) -> None:
    ticket = taken(hosting)
    for wrong in ("Hello\n\nDear customers", "dear customers, x", " Dear customers, x", "Dear customer", "Hi"):
        reply = c.Reply(ticket=ticket, text=f"{wrong}\n\n{ENDING}")
        assert hosting["tam"].may_not(reply).code == "reply_greeting"
    hosting["tam"].run("reply", hosting.ref(ticket), "--text", "It works again.")
    (letter,) = hosting.mails(ticket, "reply")
    assert letter.text.startswith(HELLO)


@pytest.mark.rule("V-28")
def test_the_answer_to_a_mail_ends_with_the_sentence_and_nothing_follows(hosting: Desk) -> None:
    ticket = taken(hosting)
    for wrong in (f"{HELLO}\n\nx", f"{ANSWER}\nTam, +84 1", f"{ANSWER}\n> you wrote"):
        assert hosting["tam"].may_not(c.Reply(ticket=ticket, text=wrong)).code == "reply_closing"
    hosting["tam"].run("reply", hosting.ref(ticket), "--text", "It works again.")
    (letter,) = hosting.mails(ticket, "reply")
    assert letter.text.endswith(ENDING)
    other = taken(hosting, "tuan", channel="portal", customer="Moser")
    hosting["tuan"].does(c.Reply(ticket=other, text=f"{HELLO}\n\nNot a mail."))


@pytest.mark.rule("V-31")
def test_shouting_is_hinted_at_and_sent_all_the_same(hosting: Desk) -> None:
    ticket = taken(hosting)
    loud = "PLEASE RESTART THE SERVER NOW AND READ THE MANUAL BEFORE YOU WRITE AGAIN!!!"
    done = hosting["tam"].json("reply", hosting.ref(ticket), "--text", loud)
    assert [hint["code"] for hint in done["hints"]] == ["shouting"]
    assert hosting.ticket(ticket).flags.count("replied") == 1
    assert issue(hosting, customer="Moser")


@pytest.mark.rule("V-16")
def test_an_issue_about_using_a_product_shows_the_hours_of_guidance_and_no_other_does(hosting: Desk) -> None:
    ticket, other = issue(hosting, "usage"), issue(hosting, "quotation", customer="Moser")
    shown = hosting["bao"].json("show", hosting.ref(ticket))["category_hours"]
    assert (shown["open"], at(shown["until"])) == (True, at("2026-06-09T16:30+07:00"))
    assert hosting["bao"].json("show", hosting.ref(other))["category_hours"] is None
    hosting.at("2026-06-10T12:10+07:00")
    assert "served again from Wed 10 Jun 13:30" in hosting["bao"].run("show", hosting.ref(ticket))
