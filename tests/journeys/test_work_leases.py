"""Two agents and one ticket: who was offline too long finds it with somebody else, and the customer gets one mail (sync.md; V-23)."""

from __future__ import annotations

import datetime as dt

import pytest

from desk_client.services.errors import DeskError
from desk_client.services.records import TicketView
from desk_core.commands_of_service import Take
from desk_core.events_of_service import MessageMade
from desk_core.people import Member
from desk_core.references import grouped
from desk_core.resources import resource
from tests.journeys.office import PASSWORD, SECONDS, Office, Seat, offline
from tests.support.server import FAULT

SILENCE = dt.timedelta(days=1, hours=2)


def taken(office: Office, agent: Seat, count: int = 1) -> list[str]:
    """Calls come in and the agent takes them; the tickets."""
    found = []
    for _ in range(count):
        agent.log_call(FAULT)
        office.clock.advance(minutes=1)
    agent.sync()
    for _ in range(count):
        found.append(agent.client.tickets.take_next().result(SECONDS).ticket)
        office.clock.advance(minutes=1)
    agent.sync()
    return found


def goes_back(office: Office) -> None:
    """More than eight open hours pass; the server looks."""
    office.clock.advance(seconds=SILENCE.total_seconds())
    office.server.services.jobs.look()


def answer(agent: Seat, ticket: str, words: str) -> None:
    tickets = agent.client.tickets
    tickets.reply(ticket, tickets.whole_reply(words)).result(SECONDS)


def view(agent: Seat, ticket: str) -> TicketView:
    found = agent.client.tickets.get(ticket)
    assert isinstance(found, TicketView)
    return found


def test_an_answer_on_an_expired_lease_is_a_draft_there_and_the_customer_gets_one_mail(office: Office) -> None:
    anna, ben = office.seat("anna"), office.seat("ben")
    (ticket,) = taken(office, anna)
    ben.sync()
    assert view(ben, ticket).ticket.holder == "anna", "everyone sees whose it is"
    with offline(anna.wire):
        assert not anna.client.status.sync(SECONDS).result(SECONDS + 10).reached
        answer(anna, ticket, "Please clean the head.")
        goes_back(office)
        ben.sync()
        assert ben.client.tickets.take_next().result(SECONDS).ticket == ticket, "it stood at its old place"
        ben.sync()
    anna.sync()
    assert anna.client.outbox.counts() == (0, 0)
    ben.sync()
    for agent in (anna, ben):
        seen = view(agent, ticket)
        assert seen.ticket.holder == "ben"
        assert "draft.left" in [event.kind for event in seen.history]
        assert agent.client.tickets.draft_left(seen) == "Please clean the head."
    answer(ben, ticket, ben.client.tickets.draft_left(view(ben, ticket)))
    ben.sync()
    kinds = office.colleague().kinds(ticket)
    assert (kinds.count("reply.sent"), kinds.count("draft.left"), kinds.count("work.lease_ended")) == (1, 1, 1)
    assert ben.client.tickets.draft_left(view(ben, ticket)) == "", "nothing is left to send"


def test_work_done_in_time_counts_when_nobody_took_it_meanwhile(office: Office) -> None:
    anna = office.seat("anna")
    (ticket,) = taken(office, anna)
    with offline(anna.wire):
        answer(anna, ticket, "Please clean the head.")
        goes_back(office)
    anna.sync()
    assert office.colleague().kinds(ticket).count("reply.sent") == 1
    assert view(anna, ticket).ticket.holder == "anna"


def test_take_next_without_network_says_what_is_in_hand_and_until_when(office: Office) -> None:
    """Where the order is mandated nothing is begun offline, and one ticket can be worked on alone: the last one taken."""
    anna = office.seat("anna")
    first, last = taken(office, anna, 2)
    with offline(anna.wire):
        anna.client.status.sync(SECONDS).result(SECONDS + 10)
        with pytest.raises(DeskError) as said:
            anna.client.tickets.take_next().result(SECONDS)
        number = grouped(view(anna, last).ticket.reference)
        assert f"{number} (yours until Tue 9 Jun 09:3" in str(said.value)
        assert "Take next needs the server" in str(said.value)
        with pytest.raises(DeskError) as waits:
            answer(anna, first, "Please clean the head.")
        assert waits.value.code == "not_on_lease"
        assert number in str(waits.value)
        answer(anna, last, "Please clean the head.")
        anna.client.tickets.attempt_call_back(first, reached=True).result(SECONDS)
    anna.sync()
    assert office.colleague().kinds(last).count("reply.sent") == 1


def free_desk(office: Office) -> tuple[Seat, Seat]:
    """A desk of its own where everybody chooses freely, with two people."""
    file = "policies/expandit.toml"
    desks = office.server.desks
    desks.create("free", "Free", resource(file).read_text(encoding="utf-8"), file, "test")
    for login in ("uwe", "vera"):
        person = Member(
            id=login, login=login, name=login.title(), email=f"{login}@free.example", functions=("service",)
        )
        desks.add_member("free", person, PASSWORD)
    return office.seat("uwe"), office.seat("vera")


def test_a_free_start_without_network_that_came_too_late_sends_nothing(office: Office) -> None:
    """It is kept as a draft, and nothing that the customer can see was sent."""
    uwe, vera = free_desk(office)
    made = uwe.client.tickets.create("email", FAULT, title="Does not start").result(SECONDS)
    for agent in (uwe, vera):
        agent.sync()
    with offline(uwe.wire):
        uwe.client.tickets.ask(Take(ticket=made.ticket)).result(SECONDS)
        answer(uwe, made.ticket, "Please start it again.")
        assert view(uwe, made.ticket).ticket.holder == "uwe", "tentative: shown, not sent"
        office.clock.advance(minutes=5)
        vera.client.tickets.ask(Take(ticket=made.ticket)).result(SECONDS)
        vera.sync()
    uwe.sync()
    vera.sync()
    history = view(vera, made.ticket).history
    kinds = [event.kind for event in history]
    assert (kinds.count("work.start_lost"), kinds.count("draft.left"), kinds.count("reply.sent")) == (1, 1, 0)
    assert not [e for e in history if isinstance(e.what, MessageMade) and e.what.message == "reply"]
    assert view(uwe, made.ticket).ticket.holder == view(vera, made.ticket).ticket.holder == "vera"
    assert uwe.client.outbox.counts() == (0, 0)
