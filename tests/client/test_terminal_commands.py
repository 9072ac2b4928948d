"""Every command of the core has its word at the terminal, and what comes of it is said: four charters, each on a server in memory."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from desk_client.cli.parser import parser
from desk_client.cli.service_intake_args import COMPLAINT, FAULT, FORM
from desk_client.cli.service_table import BY_HAND, ROWS, TABLE, commands_of
from desk_client.cli.service_values import VALUES
from desk_core.commands import ASKS
from desk_core.references import grouped
from tests.client.double import MemoryServer
from tests.client.http_double import desk_over_http, serving
from tests.support.terminal import FAULT as CALL
from tests.support.terminal import Twin
from tests.support.world import at

# Commands without a word at the terminal, and why.
NOT_TYPED = {"import_ticket": "only the import of an administrator gives it, row by row of a file"}


def _words() -> dict[str, argparse.ArgumentParser]:
    [found] = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(found.choices)


def test_every_command_of_the_core_has_a_word() -> None:
    words = _words()
    reached = {name for word in words for name in commands_of(word)}
    assert set(ASKS) - reached == set(NOT_TYPED)
    assert reached <= set(ASKS), "a word that gives no command"
    assert set(BY_HAND) | set(ROWS) <= set(words)


@pytest.mark.parametrize("row", TABLE, ids=[row.word for row in TABLE])
def test_every_row_fills_its_command(row: object) -> None:
    """A field that the command does not have, a kind that nobody knows, a mandatory field that is not asked for: each would fail only when
    somebody types it."""
    found = ROWS[getattr(row, "word", "")]
    kind = ASKS[found.command]
    given = {arg.field for arg in found.args} | {name for name, _ in found.fixed}
    sure = {arg.field for arg in found.args if arg.needed or arg.always or found.otherwise[0]}
    sure |= {name for name, _ in found.fixed}
    extra = {arg.field for arg in FAULT} if found.command == "correct_fault" else set[str]()
    assert given - extra <= set(kind.__struct_fields__)
    assert {arg.kind for arg in found.args} <= set(VALUES)
    about = {"ticket": {"ticket"}, "any": {"ticket"}, "call": {"call"}, "either": {"ticket", "call"}, "nothing": set()}
    named = about[found.about] | ({"reference"} if found.numbered else set())
    mandatory = {field.name for field in msgspec.structs.fields(kind) if field.required}
    assert mandatory <= sure | named


def test_forms_name_kinds_that_exist() -> None:
    assert {arg.kind for arg in (*FAULT, *FORM, *COMPLAINT)} <= set(VALUES)


Desk = Callable[[str, str], tuple[MemoryServer, Callable[[str], Twin]]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the people of a charter; each signs in at a terminal when first called."""
    with ExitStack() as stack:

        def made(policy: str, now: str) -> tuple[MemoryServer, Callable[[str], Twin]]:
            server = MemoryServer.ready(policy)
            server.now = at(now)
            _people(server)
            server.publish()
            address = stack.enter_context(serving(desk_over_http(server)))
            twins: dict[str, Twin] = {}

            def twin(user: str) -> Twin:
                if user not in twins:
                    twins[user] = Twin(tmp_path / policy / user)
                    words = ("sign-in", "--server", address, "--user", user, "--password-stdin")
                    twins[user].run(*words, typed=MemoryServer.password + "\n")
                return twins[user]

            return server, twin

        yield made


def _people(server: MemoryServer) -> None:
    office = server.policy.offices[0].id
    for login, role, functions in (
        ("anna", "agent", ("customer_services", "complaint_handler", "specialist", "cs")),
        ("cora", "supervisor", ("customer_services_manager", "appeal_reviewer", "technical_support_manager", "head")),
        ("dan", "manager", ("senior_customer_services_manager",)),
    ):
        known = tuple(each for each in functions if server.policy.role(each) is not None)
        server.add_member(
            login, role=role, functions=known, office=office, email=f"{login}@desk.example", phone="+442079460000"
        )


def test_a_ticket_goes_up_the_ladder_with_plan_and_promises_a24_a25_a44_a45(desk: Desk) -> None:
    server, twin = desk("akixi", "2026-03-16T10:00+00:00")
    anna, dan = twin("anna"), twin("dan")
    made = anna.json(
        *("ticket", "--channel", "portal", "--kind", "request", "--caller", "Kim", "--fault", "No dial tone"),
        *("--email", "kim@customer.example", "--timescale", "2 working days", "--received", "2026-03-16 09:30"),
    )
    number = made["reference"]
    [ticket] = server.tickets.values()
    assert (ticket.reference, ticket.timescale, ticket.received_at) == (
        number,
        "2 working days",
        at("2026-03-16T09:30+00:00"),
    )
    assert anna.json("take", number)["sent"]
    anna.run("timescale", number, "--to", "until 2026-03-20 16:00")
    anna.run("promise", number, "--what", "A new card", "--by", "2026-03-17 12:00")
    anna.run("escalate", number, "--to", "Senior Customer Services Manager")
    assert anna.json("escalate", number, "--to", "nowhere", code=1)["code"] == "no_such_step"
    assert dan.json("agree-plan", number, code=1)["code"] == "missing_plan"
    dan.run("plan", number, "--step", "Swap the card", "anna", "2026-03-25", "--customer-agreed", "2026-03-16")
    assert anna.json("agree-plan", number, code=1)["code"] == "only_role"
    dan.run("agree-plan", number)
    anna.run("promise-kept", number)
    shown = anna.json("show", number)
    assert [(each["step"], each["member"]) for each in shown["escalations"]] == [("senior_manager", "dan")]
    assert (shown["plan"]["agreed_by"], shown["plan"]["steps"][0]["owner"]) == ("dan", "anna")
    assert (shown["promises"][0]["what"], shown["promises"][0]["broken"]) == ("A new card", False)
    assert {each["state"] for each in shown["clocks"]} == {"running"}
    said = anna.run("show", number)
    for words in ("Escalated", "Action plan, agreed by Dan:", "Swap the card", "Promise 1: A new card", "kept"):
        assert words in said
    assert "escalated to Senior Customer Services Manager" in anna.run("queue")


def test_outside_the_charter_nothing_is_owed_and_hints_are_said_a03_a51(desk: Desk) -> None:
    server, twin = desk("akixi", "2026-03-16T10:00+00:00")
    anna, cora = twin("anna"), twin("cora")
    number = anna.json(
        *("log-call", "--kind", "request", "--caller", "Kim", "--fault", "No dial tone", "--email", "kim@x.example"),
        *("--rang", "2026-03-16 09:55", "--answered", "2026-03-16T09:55:08Z", "--ended", "09:59", "--name-given"),
    )["reference"]
    [call] = server.calls.values()
    assert [each and each.strftime("%H:%M:%S") for each in (call.rang_at, call.answered_at, call.ended_at)] == [
        "09:55:00",
        "09:55:08",
        "09:59:00",
    ]
    assert call.named_at is not None
    anna.run("exempt", number, "--as", "commercial_sla", "--contract", "SLA 7")
    assert {each["state"] for each in anna.json("show", number)["clocks"]} == {"exempt"}
    assert "Outside the charter: SLA 7 rules instead." in anna.run("show", number)
    assert "does not apply" in anna.run("why", number)
    assert "outside the charter" in anna.run("queue")
    assert anna.json("include", number, "--reason", "It ended", code=1)["code"] == "only_supervisor"
    cora.run("include", number, "--reason", "It ended")
    closed = cora.json("close", number, "--summary", "Works again")
    assert [each["code"] for each in closed["hints"]] == ["time_logged"]
    cora.run("reopen", number, "--reason", "It stopped again")
    assert "No time is logged on it" in cora.run("close", number, "--summary", "Works again")
    assert {each["state"] for each in cora.json("show", number)["clocks"]} <= {"met", "missed"}


def test_a_complaint_is_refused_by_phone_and_goes_its_way_by_letter_k23_k26_k27(desk: Desk) -> None:
    server, twin = desk("ask4", "2026-06-08T10:00+01:00")
    anna, cora = twin("anna"), twin("cora")
    words = ("--kind", "Reclamo", "--caller", "Ugo", "--email", "ugo@customer.example", "--complaint", "Nobody came")
    refused = anna.json("log-call", *words, code=1)
    assert refused["code"] == "channel_refused"
    assert "modulo online" in refused["text"]
    assert server.calls == {}, "a refused complaint uses no number"
    evidence = ("--evidence-staff", "the tall one", "--evidence-time", "2026-06-01 09:00 London")
    number = anna.json("ticket", "--channel", "lettera", *words, *evidence, "--set", "personal_data=Sì")["reference"]
    anna.run("take", number)
    anna.run("complaint-acknowledge", number, "--text", "It has arrived.")
    shown = anna.run("show", number)
    for said in ("Nobody came", "the tall one", "Ricorso", "Owed: Aggiornamento sull'indagine", "Message “Conferma"):
        assert said in shown
    anna.run("complaint-update", number, "--text", "We look.", "--by-letter")
    anna.run("complaint-records", number)
    anna.run("complaint-answer", number, "--text", "You are right.")
    anna.run("complaint-stage", number, "--to", "Ricorso", "--reason", "Not enough")
    assert anna.json("complaint-answer", number, "--text", "Still right.", code=1)["code"] == "other_person"
    cora.run("complaint-stage", number, "--to", "ombudsman")
    cora.run("complaint-decision", number, "--measure", "Pay 50", "--measure", "Say sorry")
    cora.run("complaint-measure", number, "--number", "2")
    data = cora.json("show", number)["complaint"]
    assert (data["stage"], data["measures_left"]) == ("ombudsman", ["Pay 50"])
    assert [each["id"] for each in data["rights"]] == ["appeal", "ombudsman"]
    assert data["evidence"]["staff"] == ["the tall one"]


def test_help_is_refused_and_its_promises_end_apart_k10(desk: Desk) -> None:
    server, twin = desk("ask4", "2026-06-08T10:00+01:00")
    anna, cora = twin("anna"), twin("cora")
    words = ("--kind", "complaint", "--caller", "Ugo", "--email", "ugo@customer.example", "--complaint", "Nobody came")
    number = anna.json("ticket", "--channel", "form", *words)["reference"]
    anna.run("refuse-help", number, "--conduct", "Minaccioso", "--facts", "Threats")
    assert "a supervisor decides" in anna.run("show", number)
    cora.run("approve-refusal", number)
    shown = cora.json("show", number)
    assert (shown["refusal"], {each["state"] for each in shown["clocks"]}) == ("approved", {"met", "refused"})
    assert "ended with the help that was refused" in cora.run("show", number)
    assert {each["message"] for each in shown["messages"]} == {"complaint_acknowledged", "refused"}
    assert next(iter(server.tickets.values())).status == "closed"


def test_triage_and_approval_v01_v15(desk: Desk) -> None:
    _, twin = desk("hosting", "2026-06-09T14:00+07:00")
    anna, cora = twin("anna"), twin("cora")
    words = ("ticket", "--channel", "email", "--caller", "Kim", "--fault", "Wants a shop")
    number = anna.json(*words, "--kind", "requirement")["reference"]
    assert "triage owed, waits for approval" in anna.run("queue")
    assert anna.json("triage", number, "--category", "nothing", code=1)["code"] == "unknown_choice"
    anna.run("triage", number, "--category", "usage")
    cora.run("approve", number)
    shown = anna.json("show", number)
    assert (shown["triage_owed"], shown["approval"]) == (False, "approved")
    other = anna.json(*words, "--kind", "requirement")["reference"]
    cora.run("common", other)
    assert cora.json("show", other)["common"]
    cora.run("reject", other, "--text", "Not part of it.")
    assert cora.json("show", other)["approval"] == "rejected"


def test_the_manager_is_wanted_on_a_call_that_becomes_no_ticket_h08_h28(desk: Desk) -> None:
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    anna = twin("anna")
    number = anna.json("call-begin", "--phone", "040 5550177", "--rang", "09:58", "--answered", "09:59")["reference"]
    assert anna.json("want-manager", number)["sent"]
    anna.run("call-told", number)
    assert anna.json("call-end", number, code=1)["code"] == "missing_outcome"
    anna.run("call-end", number, "--outcome", "no ticket needed", "--remark", "Only a question")
    [call] = server.calls.values()
    assert (call.outcome, call.rang_at) == ("no_ticket_needed", at("2026-06-09T09:58+02:00"))
    assert any(event.kind == "call.escalated" and event.call == call.id for event in server.events)
    shown = anna.run("show", *grouped(number).split())
    for words in ("a call without a ticket", "no ticket was needed", "Only a question"):
        assert words in shown
    assert anna.json("find", number)["call"]["reference"] == number
    assert anna.json("take", number, code=1)["code"] == "not_found"


def test_a_mail_becomes_a_ticket_and_the_next_one_joins_it_a36(desk: Desk) -> None:
    server, twin = desk("akixi", "2026-03-16T10:00+00:00")
    anna = twin("anna")
    words = ("receive-mail", "--from", "kim@customer.example", "--to", "support@desk.example")
    number = anna.json(*words, "--subject", "No dial tone", "--text", "Since this morning")["reference"]
    again = anna.json(*words, "--subject", f"Re: [{number}]", "--text", "Still none")
    assert (again["reference"], again["changed"]) == (number, "joined")
    assert [ticket.channel for ticket in server.tickets.values()] == ["email"]


def test_a_moment_is_typed_as_people_type_it_ts11(desk: Desk) -> None:
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    anna = twin("anna")
    for typed in ("2026-06-09 09:15", "2026-06-09T07:15:00Z", "2026-06-09T08:15+01:00", "09:15", "2026-06-09"):
        anna.run("call-begin", "--rang", typed)
    rang = [call.rang_at for call in server.calls.values()]
    assert rang == [at("2026-06-09T09:15+02:00")] * 4 + [at("2026-06-09T00:00+02:00")]
    refused = anna.json("call-begin", "--rang", "yesterday", code=1)
    assert (refused["code"], len(server.calls)) == ("bad_time", 5)


def test_a_stated_moment_is_bounded_ts11(desk: Desk) -> None:
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    twin("anna").run("call-begin", "--rang", "2020-01-01 08:00")
    [call] = server.calls.values()
    assert call.rang_at is not None
    assert dt.timedelta() < server.now - call.rang_at <= dt.timedelta(hours=server.policy.limits.stated_back_hours)


def test_a_refusal_said_here_needs_no_attention_later_p5(desk: Desk) -> None:
    """The server refuses what this machine could not know; the terminal says so, and nothing stays behind."""
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    anna, cora = twin("anna"), twin("cora")
    number = anna.json("log-call", *CALL)["reference"]
    cora.run("queue")
    departments = [each.id for each in server.policy.departments]
    anna.run("transfer", number, "--to", departments[1])
    cora.run("sync")
    server.members["cora"] = msgspec.structs.replace(server.members["cora"], active=False)
    refused = cora.json("transfer", number, "--to", departments[2], code=1)
    assert refused["code"] == "inactive"
    server.members["cora"] = msgspec.structs.replace(server.members["cora"], active=True)
    assert cora.json("outbox") == []


def test_stored_is_not_called_done_and_a_refused_reply_keeps_its_words(desk: Desk) -> None:
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    anna = twin("anna")
    number = anna.json("log-call", *CALL, "--put-through", "anna")["reference"]
    assert anna.json("note", number, "--text", "x", "--offline")["sent"] is False
    anna.run("sync")
    anna.run("reply", number, "--text", "Please clean the head.\nThen call us.", "--offline")
    ticket = next(iter(server.tickets.values()))
    server.tickets[ticket.id] = msgspec.structs.replace(ticket, status="closed")
    anna.run("sync")
    outbox = anna.run("outbox")
    assert "needs attention" in outbox
    assert "    Please clean the head." in outbox
    assert "    Then call us." in outbox
    server.tickets[ticket.id] = ticket
    there = server.policy.departments[1]
    said = anna.run("transfer", number, "--to", there.title, "--offline")
    assert "Referred" not in said
    assert "Saved here" in said


def test_details_class_office_and_survey_are_typed_h10_h22_h26_h35(desk: Desk) -> None:
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    anna = twin("anna")
    words = [word for word in CALL if word not in ("--class", "Printhead")]
    number = anna.json("log-call", *words, "--class", "it smells", "--put-through", "anna")["reference"]
    anna.run("correct", number, "--serial", "LJ43-0092818")
    anna.run("classify", number, "--class", "Printhead · hardware")
    anna.run("ask-customer", number, "--question", "Which firmware?")
    anna.run("survey", number, "--survey", "satisfaction", "--mode", "in person", "--answer", "5")
    anna.run("move-office", number, "--to", "Woking")
    [ticket] = server.tickets.values()
    assert (ticket.fault.serial, ticket.fault.company) == ("LJ43-0092818", "Nordlicht Druck GmbH")
    assert (ticket.category, ticket.office, ticket.questions) == ("printhead.hardware", "woking", ("Which firmware?",))
    answered = [getattr(e.what, "mode", "") for e in server.events if e.kind == "survey.answered"]
    assert answered == ["in_person"]
    assert anna.json("classify", number, "--class", " ", code=1)["code"] == "missing_classification"


def test_fields_and_messages_are_named_by_title_e19_e28(desk: Desk) -> None:
    server, twin = desk("expandit", "2026-06-08T10:00+02:00")
    anna = twin("anna")
    number = anna.json("ticket", "--channel", "E-Mail", "--caller", "Kim", "--fault", "Import bricht ab")["reference"]
    coverage = server.policy.field("coverage")
    assert coverage is not None
    choice = coverage.choices[0]
    anna.run("set", number, "--set", f"{coverage.title}={choice.title}", "--set", "what=Der Import bricht ab")
    anna.run("leave-message", number, "--for", "programmer", "--text", "Bitte ansehen")
    anna.run("send-message", number, "--message", "complaint_acknowledged")
    assert anna.json("send-message", number, "--message", "nothing", code=1)["code"] == "unknown_message"
    assert anna.json("set", number, "--set", "nothing=1", code=1)["code"] == "unknown_field"
    assert anna.json("set", number, "--set", "nothing", code=1)["code"] == "bad_field"
    shown = anna.json("show", number)
    assert shown["fields"] == {"coverage": choice.id, "what": "Der Import bricht ab"}
    assert "complaint_acknowledged" in [each["message"] for each in shown["messages"]]
    assert f"{coverage.title}: {choice.title}" in anna.run("show", number)


def test_a_complaint_by_phone_is_kept_under_an_address_and_analysed_e38_e39_e41(desk: Desk) -> None:
    server, twin = desk("expandit", "2026-06-08T10:00+02:00")
    server.add_member("vera", role="manager", functions=("board",), email="vera@desk.example", phone="1")
    server.publish()
    anna, vera = twin("anna"), twin("vera")
    words = ("log-call", "--caller", "Kim", "--complaint", "It never worked", "--complaint-kind", "Sachmangel")
    words = (*words, "--customer-kind", "Endkunde")
    assert anna.json(*words, code=1)["code"] == "missing_log_under"
    assert server.calls == {}
    number = anna.json(*words, "--log-under", "support@expandit.example")["reference"]
    [ticket] = server.tickets.values()
    assert (ticket.kind, ticket.complaint and ticket.complaint.kind) == ("complaint", "sachmangel")
    spoken = anna.json("complaint-acknowledge", number, "--spoken")
    assert spoken["changed"] == "not_counted"
    assert "written confirmation" in anna.run("complaint-acknowledge", number, "--spoken")
    anna.run("complaint-complete", number, "--at", "2026-06-08 09:50")
    assert server.tickets[ticket.id].complaint is not None
    complaint = anna.json("show", number)["complaint"]
    assert complaint["information_complete_at"] == "2026-06-08T07:50:00Z"
    assert anna.json("complaint-analysis", number, "--text", "x", code=1)["code"] == "only_role"
    vera.run("complaint-analysis", number, "--text", "A bad batch")
    assert "Analysis: A bad batch" in vera.run("show", number)


def test_a_complaint_is_never_dropped_in_silence(desk: Desk) -> None:
    server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    refused = twin("anna").json("log-call", *CALL, "--complaint", "Nobody came", code=1)
    assert (refused["code"], server.calls) == ("no_complaint_form", {})


def test_nothing_is_claimed_into_nothing_where_the_server_hands_out_the_work_v23(desk: Desk) -> None:
    server, twin = desk("hosting", "2026-06-09T14:00+07:00")
    anna = twin("anna")
    number = anna.json("ticket", "--channel", "email", "--caller", "Kim", "--fault", "Slow")["reference"]
    anna.run("triage", number, "--category", "usage")
    assert anna.json("take", number, "--offline", code=1)["code"] == "take_next_offline"
    assert anna.json("outbox") == []
    assert anna.json("take", number)["sent"]
    assert [ticket.holder for ticket in server.tickets.values()] == ["anna"]


def test_what_is_owed_when_a_ticket_is_closed_is_said_h14(desk: Desk) -> None:
    _server, twin = desk("hamburg-woking", "2026-06-09T10:00+02:00")
    anna = twin("anna")
    number = anna.json("log-call", *CALL)["reference"]
    anna.run("take-next")
    anna.run("promise", number, "--what", "A new card", "--by", "2026-06-10 12:00")
    said = anna.run("close", number, "--summary", "Works again")
    assert "“A new card” is still owed, due Wed 10 Jun 12:00; solving or closing" in said
