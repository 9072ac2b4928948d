"""Two agents, a specialist's queue and one real server: what was logged without a network, and who gets what (H-09, H-24, P1)."""

from __future__ import annotations

import threading

from desk_core.references import parse
from tests.journeys.office import Office, Seat, offline
from tests.support.server import FAULT

ROUNDS = 10


def test_both_offline_both_log_and_both_see_both_once_under_the_numbers_that_were_shown(office: Office) -> None:
    """H-09, P1: the numbers that were spoken are the server's numbers, and nothing is there twice."""
    anna, ben = office.seat("anna"), office.seat("ben")
    shown: list[str] = []
    with offline(anna.wire, ben.wire):
        for agent in (anna, ben):
            shown.append(agent.log_call(FAULT))
            office.clock.advance(minutes=1)
            assert agent.queue() == [shown[-1]], "an agent sees the own call at once"
        assert office.colleague().tickets() == []
    assert len(set(shown)) == 2
    assert [parse(number) for number in shown] == shown
    for _ in range(2):
        for agent in (anna, ben):
            agent.sync()
    for agent in (anna, ben):
        assert agent.queue() == shown
        assert agent.client.outbox.all() == ()
    there = office.colleague()
    assert sorted(ticket.reference for ticket in there.tickets()) == sorted(shown)
    assert sorted(call.reference for call in there.calls()) == sorted(shown)
    assert {ticket.status for ticket in there.tickets()} == {"open"}


def test_take_next_pressed_by_both_at_once_gives_two_tickets_in_the_mandated_order(office: Office) -> None:
    """H-24: what is due first, then what came in first, then the lower number; nobody gets what another one has."""
    anna, ben = office.seat("anna"), office.seat("ben")
    office.clock.advance(hours=4)
    for number in range(2 * ROUNDS):
        # In the afternoon: what comes in later at one office is due before what came earlier at the other, whose day ends sooner.
        (anna, ben)[number % 2].log_call(FAULT, office=("hamburg", "woking")[number % 3 == 0])
        office.clock.advance(minutes=7)
    for agent in (anna, ben):
        agent.sync()
    waiting = [ticket for ticket in office.colleague().tickets() if not ticket.holder]
    waiting.sort(key=lambda t: (t.leading_clock and t.leading_clock.deadline, t.received_at, t.reference))
    order = [ticket.reference for ticket in waiting]
    assert len(order) == 2 * ROUNDS
    assert order != [ticket.reference for ticket in sorted(waiting, key=lambda t: t.received_at)]
    for round_ in range(ROUNDS):
        taken = at_once(anna, ben)
        assert sorted(taken, key=order.index) == order[2 * round_ : 2 * round_ + 2], round_
    holders = {ticket.reference: ticket.holder for ticket in office.colleague().tickets()}
    assert sorted(holders.values()) == ["anna"] * ROUNDS + ["ben"] * ROUNDS
    for agent in (anna, ben):
        agent.sync()
        assert {row.reference for row in agent.client.queue.in_hand()} == {
            number for number, holder in holders.items() if holder == agent.login
        }


def at_once(*agents: Seat) -> list[str]:
    """All of them press Take next in the same moment; what they got."""
    barrier, got = threading.Barrier(len(agents)), list[str]()

    def press(agent: Seat) -> None:
        barrier.wait(10)
        got.append(agent.client.tickets.take_next().result(20).reference)

    threads = [threading.Thread(target=press, args=(agent,)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got
