"""Desks on the real server while its policy changes: what their clients know of versions, of holiday edits, of other people's tickets."""

from __future__ import annotations

from desk_client.services.errors import Refused
from desk_client.services.happenings import History
from desk_client.services.records import TicketView
from desk_core.commands import MoveOffice, Reply
from desk_core.people import Customer
from desk_core.resources import resource
from desk_core.tickets import Clock
from tests.journeys.office import Office, Seat, offline
from tests.server.test_policy_versions import MONDAY_NOON, TODAY_CLOSED, TUESDAY, version
from tests.server.test_read_scope import HOST, MEMBERS, issue
from tests.support.server import DESK, FAULT, PASSWORD
from tests.support.world import at
from tests.waiting import until


def shown(seat: Seat, reference: str) -> TicketView:
    """A ticket as the seat's client shows it."""
    found = seat.client.tickets.by_reference(reference)
    assert isinstance(found, TicketView)
    return found


def call_back(seat: Seat, reference: str) -> Clock:
    """The promise of a call back as the client shows it."""
    clock = shown(seat, reference).ticket.clock("callback")
    assert clock is not None
    return clock


def test_a01_a_client_works_by_each_tickets_own_version_also_without_network(office: Office) -> None:
    anna = office.seat("anna")
    first = anna.log_call(FAULT)
    anna.sync()
    office.server.desks.set_policy(DESK, version("2", hours=4))
    anna.sync()
    with offline(anna.wire):
        second = anna.log_call(FAULT)
        ticket = shown(anna, first).ticket.id
        anna.client.tickets.ask(move(ticket)).result(20)
        assert (call_back(anna, first).amount, call_back(anna, second).amount) == ("2 open hours", "4 open hours")
    anna.sync()
    assert call_back(anna, first).amount == "2 open hours"
    assert call_back(anna, second).deadline == at("2026-06-08T14:00+02:00")
    (why,) = anna.client.why.of_ticket(shown(anna, first).ticket.id, "callback")
    assert why.amount == "2 open hours"
    assert [policy.head.version for policy in anna.client.lookup.world().versions] == ["2", "1", "2"]


def test_ts13_a_holiday_edit_reaches_the_client_with_both_deadlines(office: Office) -> None:
    anna = office.seat("anna")
    reference = anna.log_call(FAULT)
    anna.sync()
    assert call_back(anna, reference).deadline == MONDAY_NOON
    office.clock.advance(minutes=5)
    office.server.desks.set_policy(DESK, TODAY_CLOSED)
    anna.sync()
    until(lambda: call_back(anna, reference).deadline == TUESDAY, "the page with the revision")
    view = shown(anna, reference)
    world = anna.client.lookup.world()
    told = History(world.policy, view, anna.client.status.now(), anna.client.calls.get).entries()[-1]
    assert told.what == "Dates of the calendar “Telefonzeiten Hamburg” were corrected"
    assert any("deadline moved from 12:00" in fact and "Tue 9 Jun 10:30" in fact for fact in told.facts), told.facts
    (why,) = anna.client.why.of_ticket(view.ticket.id, "callback")
    assert any("Staatstrauer" in line for line in anna.client.why.lines(why))
    (line,) = anna.client.why.moved(why)
    assert line.startswith("Dates of the calendar were corrected: the deadline moved from")
    # What is promised from now on without network counts by the corrected dates too.
    with offline(anna.wire):
        assert call_back(anna, anna.log_call(FAULT)).deadline == TUESDAY


def test_v02_v37_who_follows_every_ticket_sees_it_and_is_told_why_nothing_can_be_done(office: Office) -> None:
    hosting(office)
    ticket = issue(office.server.client("cleo"))
    cleo, dora = office.seat("cleo"), office.seat("dora")
    assert [row.id for row in cleo.client.queue.page().rows] == [ticket]
    assert cleo.client.queue.page(waiting=True).rows == ()
    assert [row.id for row in cleo.client.lookup.find("Mail stops").tickets] == [ticket]
    assert isinstance(cleo.client.tickets.get(ticket), TicketView)
    refused = cleo.client.tickets.check(Reply(ticket=ticket, text="It works."))
    assert isinstance(refused, Refused)
    assert str(refused).startswith("This ticket belongs to Technical Department; you can send them a note")
    office.clock.advance(hours=25)
    assert [row.id for row in cleo.client.queue.stalled(24)] == [ticket]
    assert cleo.client.queue.stalled(26) == ()
    assert dora.client.queue.page().rows == ()
    assert not isinstance(dora.client.tickets.get(ticket), TicketView)


def hosting(office: Office) -> None:
    """A second desk, which triages every issue (V-01)."""
    policy = resource("policies/hosting.toml").read_text(encoding="utf-8")
    office.server.desks.create(HOST, "Hosting", policy, "hosting", "test")
    for member in MEMBERS:
        office.server.desks.add_member(HOST, member, PASSWORD)
    office.server.desks.put_parties(HOST, [Customer(id="k", name="Kappa Ltd")])


def move(ticket: str) -> MoveOffice:
    """The ask that moves a ticket to the other office (H-35)."""
    return MoveOffice(ticket=ticket, office="woking")
