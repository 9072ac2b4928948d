"""Leases on the server: each ends once, by whichever process looks first, and only for who was silent (sync.md; V-23)."""

from __future__ import annotations

import datetime as dt
import threading

import msgspec

from desk_core.commands import HandOver, Reply, TakeNext
from desk_core.events import Event
from desk_core.protocol import WireCommand
from desk_core.tickets import Ticket
from desk_server.app import Services
from desk_server.jobs.leases import COMING_BACK
from desk_server.settings import Settings
from tests.support.postgres import Cluster
from tests.support.server import MONDAY, Api, RunningServer, running_server
from tests.waiting import until

ENDED = "work.lease_ended"
ENDS = MONDAY + dt.timedelta(days=1, minutes=-25)
"""Eight open hours after 10:00 on Monday are used up on Tuesday at 9:30; the server waits five minutes more."""
SILENCE = dt.timedelta(days=1, hours=1)


def happened(api: Api, kind: str) -> list[Event]:
    rows = [msgspec.json.decode(c.row, type=Event) for c in api.pull_all() if c.table == "event"]
    return [event for event in rows if event.kind == kind]


def ticket_of(api: Api, ticket: str) -> Ticket:
    rows = [row for page in api.snapshot() for row in page.rows if row.table == "ticket" and row.pk == ticket]
    return msgspec.json.decode(rows[0].row, type=Ticket)


def look(server: RunningServer) -> int:
    return server.services.jobs.look()["leases"]


def take(api: Api) -> str:
    (verdict,) = api.applied(TakeNext())
    return verdict.result["ticket"]


def late(api: Api, ask: Reply, given: dt.datetime) -> WireCommand:
    """A command given without network since Monday 10:00."""
    return msgspec.structs.replace(api.command(ask, given), last_contact=MONDAY, boot_id="b")


def test_v23_after_too_long_a_silence_it_goes_back_and_everyone_sees_it(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    anna.log()
    ticket = take(anna)
    assert ticket_of(ben, ticket).holder == "anna"
    server.clock.set(ENDS)
    assert look(server) == 0, "the last instant is in time (TS-4)"
    server.clock.advance(seconds=1)
    assert look(server) == 1
    (ended,) = happened(ben, ENDED)
    assert (ended.at, ended.recorded_at, ended.actor) == (ENDS, server.clock.now(), "")
    assert look(server) == 0
    assert take(ben) == ticket


def test_who_stays_in_contact_loses_nothing(server: RunningServer) -> None:
    """Any message is a contact, also on another machine of the same member; what a person was given is not on lease."""
    anna, ben, home = server.client("anna"), server.client("ben"), server.client("anna")
    first, second = anna.log(), anna.log()
    assert {take(anna), take(ben)} == {first, second}
    third = anna.log()
    assert take(ben) == third
    ben.applied(HandOver(ticket=third, member="anna", note="Yours"))
    for _ in range(9):
        server.clock.advance(hours=3)
        home.pull()
        look(server)
    assert [ticket_of(home, ticket).holder for ticket in (first, second, third)] == ["anna", "", "anna"]


def test_two_processes_end_each_lease_once_also_after_an_outage(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    tickets = [anna.log() for _ in range(70)]
    assert {take(anna) for _ in tickets} == set(tickets)
    ben.pull_all()
    other = Services(Settings(server.database, server.clock))
    server.clock.advance(days=3)
    barrier = threading.Barrier(2)

    def race(services: Services) -> None:
        barrier.wait()
        services.jobs.look()

    threads = [threading.Thread(target=race, args=(services,)) for services in (server.services, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    ended = happened(ben, ENDED)
    assert sorted(event.ticket for event in ended) == sorted(tickets)
    assert {event.at for event in ended} == {ENDS}


def test_after_a_start_of_the_server_everybody_may_come_back_first(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.log()
    take(anna)
    server.clock.advance(days=3)
    again = Services(Settings(server.database, server.clock))
    try:
        assert again.jobs.look()["leases"] == 0
        server.clock.advance(seconds=COMING_BACK.total_seconds())
        assert again.jobs.look()["leases"] == 1, "caught up"
    finally:
        again.close()


def test_a_late_answer_is_a_draft_when_somebody_else_has_it_and_counts_when_nobody_has(server: RunningServer) -> None:
    """P1, P3: the verdict says so, and is the same however often it is asked for."""
    anna, ben = server.client("anna"), server.client("ben")
    taken, free = anna.log(), anna.log()
    assert [take(anna), take(anna)] == [taken, free]
    server.clock.advance(seconds=SILENCE.total_seconds())
    ben.pull_all()
    assert look(server) == 2
    assert take(ben) == taken
    given = MONDAY + dt.timedelta(hours=1)
    sent = [late(anna, Reply(ticket=ticket, text="Clean the head."), given) for ticket in (taken, free)]
    reply = anna.push(*sent)
    verdicts = [answered.verdict for answered in reply.verdicts]
    assert [(v.outcome, v.code) for v in verdicts] == [("applied_changed", "lease_expired"), ("applied", "")]
    assert [answered.verdict for answered in anna.push(*sent).verdicts] == verdicts
    made = {command.id: [e.kind for e in _events(ben) if e.command == command.id] for command in sent}
    assert made[sent[0].id] == ["draft.left"]
    assert made[sent[1].id][:2] == ["work.lease_resumed", "reply.sent"]
    assert (ticket_of(ben, taken).holder, ticket_of(ben, free).holder) == ("ben", "anna")


def _events(api: Api) -> list[Event]:
    rows = [row for page in api.snapshot() for row in page.rows if row.table == "event"]
    return [msgspec.json.decode(row.row, type=Event) for row in rows]


def test_the_lease_message_names_what_may_be_worked_on_alone_and_until_when(server: RunningServer) -> None:
    """P16: signing in again brings it too."""
    anna = server.client("anna")
    anna.log()
    assert anna.lease(200).lease.work == ()
    ticket = take(anna)
    lease = anna.lease(200).lease
    assert (lease.work, lease.work_until) == ((ticket,), ENDS - dt.timedelta(minutes=5))
    again = server.client("anna", anna.enrolled.device_id)
    assert again.enrolled.lease.work == (ticket,)


def test_the_running_server_ends_leases_by_itself(cluster: Cluster) -> None:
    address = cluster.new()
    with running_server(address, look_seconds=0.05) as server:
        anna, ben = server.client("anna"), server.client("ben")
        anna.log()
        take(anna)
        ben.pull_all()
        server.clock.advance(days=3)
        until(lambda: happened(ben, ENDED), "the end of the lease in the feed")
    cluster.drop(address)
