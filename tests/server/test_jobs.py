"""What time drives: warnings, missed promises, notices and registers, each once and in the order in which it fell due (TS-12)."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk_core.commands import AttemptCallBack, TakeNext
from desk_core.events import Event
from desk_core.tickets import Ticket
from desk_server.app import Services
from desk_server.clock import FileClock
from desk_server.db.engine import Unavailable
from desk_server.jobs.service import Jobs
from desk_server.jobs.time_acts import TimeActs
from desk_server.settings import Settings
from tests.support.postgres import Cluster
from tests.support.server import DESK, MONDAY, Api, RunningServer, make_desk, running_server
from tests.waiting import until

WARNED, MISSED = "clock.warned", "clock.breached"


def happened(api: Api, *kinds: str) -> list[Event]:
    """What happened of these kinds since the last time, in the order of the feed."""
    rows = [change for change in api.pull_all() if change.table == "event"]
    events = [msgspec.json.decode(change.row, type=Event) for change in rows]
    return [event for event in events if event.kind in kinds]


def ticket_of(api: Api, ticket: str) -> Ticket:
    page = api.snapshot()[0]
    return next(msgspec.json.decode(r.row, type=Ticket) for r in page.rows if r.table == "ticket" and r.pk == ticket)


def look(server: RunningServer) -> int:
    """Let the job look at the tickets; on how many something happened."""
    return server.services.jobs.look()["tickets"]


def deadline_of(api: Api, ticket: str) -> dt.datetime:
    deadline = ticket_of(api, ticket).clocks[0].deadline
    assert deadline is not None
    return deadline


def test_ts12_h04_a_passed_deadline_is_recorded_and_told(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    deadline = deadline_of(anna, ticket)
    anna.pull_all()
    server.clock.set(deadline)
    look(server)
    assert not happened(anna, MISSED), "the last instant is in time (TS-4)"
    server.clock.set(deadline + dt.timedelta(seconds=1))
    assert look(server) == 1
    (missed,) = happened(anna, MISSED)
    assert (missed.at, missed.recorded_at, missed.actor) == (deadline, server.clock.now(), "")
    assert ticket_of(anna, ticket).clocks[0].state == "missed"
    assert look(server) == 0


def test_h14_the_policys_warnings_come_each_once_at_their_own_moment(server: RunningServer) -> None:
    """H-14: half of the two hours, and fifteen open minutes before the end; said 40 minutes late, they keep their moment."""
    anna = server.client("anna")
    ticket = anna.log()
    deadline = deadline_of(anna, ticket)
    anna.pull_all()
    server.clock.set(deadline - dt.timedelta(minutes=20))
    assert look(server) == 1
    assert look(server) == 0
    server.clock.set(deadline - dt.timedelta(minutes=1))
    assert look(server) == 1
    warned = happened(anna, WARNED)
    assert [event.at for event in warned] == [deadline - dt.timedelta(hours=1), deadline - dt.timedelta(minutes=15)]
    assert ticket_of(anna, ticket).clocks[0].warned == ("50 %", "15 open minutes")


def test_a_promise_that_was_kept_is_never_missed(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    anna.applied(TakeNext(), AttemptCallBack(ticket=ticket, reached=True))
    server.clock.advance(days=30)
    assert look(server) == 0


def test_ts12_after_an_outage_everything_is_caught_up_in_the_order_in_which_it_fell_due(server: RunningServer) -> None:
    """TS-12: across tickets and across the commits in which it is recorded."""
    anna = server.client("anna")
    for _ in range(5):
        anna.log()
        server.clock.advance(minutes=7)
        anna.enrolled = msgspec.structs.replace(anna.enrolled, server_time=server.clock.now())
    anna.pull_all()
    server.clock.advance(days=3)
    services = server.services
    TimeActs(services.database, server.clock, services.policies, at_once=3)(DESK)
    found = happened(anna, WARNED, MISSED)
    assert len(found) == 15
    assert [event.at for event in found] == sorted(event.at for event in found)
    assert {event.recorded_at for event in found} == {server.clock.now()}
    assert len({event.id for event in found}) == 15


def test_two_processes_record_every_act_once(server: RunningServer) -> None:
    anna = server.client("anna")
    tickets = {anna.log() for _ in range(100)}
    anna.pull_all()
    server.clock.advance(days=3)
    other = Services(Settings(server.database, server.clock))
    barrier = threading.Barrier(2)

    def race(services: Services) -> None:
        barrier.wait()
        services.jobs.look()

    threads = [threading.Thread(target=race, args=(s,)) for s in (server.services, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    found = happened(anna, WARNED, MISSED)
    assert len(found) == 3 * len(tickets)
    assert {event.ticket for event in found if event.kind == MISSED} == tickets


def test_the_running_server_looks_by_itself(cluster: Cluster) -> None:
    address = cluster.new()
    with running_server(address, look_seconds=0.05) as server:
        anna = server.client("anna")
        anna.log()
        anna.pull_all()
        server.clock.advance(days=3)
        until(lambda: happened(anna, MISSED), "the breach in the feed")
    cluster.drop(address)


# --- what is broken keeps nothing else waiting ---------------------------------------------------------------------------------


def test_p15_a_ticket_that_cannot_be_read_keeps_no_other_waiting(
    cluster: Cluster, server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    anna = server.client("anna")
    poisoned, well = anna.log(), anna.log()
    anna.pull_all()
    with cluster.superuser(str(server.database.database)) as behind:
        behind.execute("UPDATE ticket SET body = '{\"broken\": true}' WHERE id = %s", (poisoned,))
    server.clock.advance(days=3)
    assert look(server) == 1
    assert {event.ticket for event in happened(anna, MISSED)} == {well}
    assert f"the ticket {poisoned} of the desk {DESK} could not be judged" in caplog.text
    caplog.clear()
    assert look(server) == 0
    assert not caplog.records, "it is left alone for a while"


def test_p15_a_ticket_whose_acts_cannot_be_written_keeps_no_other_waiting(
    cluster: Cluster, server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    """P15, TS-12: once it can be written again it is judged by its own moment."""
    anna = server.client("anna")
    poisoned, well = anna.log(), anna.log()
    deadline = deadline_of(anna, poisoned)
    anna.pull_all()
    refuse = "ALTER TABLE event ADD CONSTRAINT poison CHECK (ticket <> '{}') NOT VALID"
    with cluster.superuser(str(server.database.database)) as behind:
        behind.execute(refuse.format(poisoned))
        server.clock.advance(days=3)
        assert look(server) >= 1
        assert {event.ticket for event in happened(anna, MISSED)} == {well}
        assert "could not be written" in caplog.text
        behind.execute("ALTER TABLE event DROP CONSTRAINT poison")
    assert look(server) == 0
    server.clock.advance(hours=2)
    assert look(server) == 1
    (late,) = happened(anna, MISSED)
    assert (late.ticket, late.at) == (poisoned, deadline)


def test_the_look_reads_an_index_and_not_every_ticket(cluster: Cluster, server: RunningServer) -> None:
    """With a million tickets a look a second must not read them all."""
    server.client("anna").log()
    with cluster.superuser(str(server.database.database)) as behind:
        behind.execute("SET enable_seqscan = off")
        rows = behind.execute("EXPLAIN SELECT 1 FROM ticket WHERE desk = 'north' AND due < now() LIMIT 1").fetchall()
    assert "ticket_due" in "\n".join(row[0] for row in rows)


def test_a_desk_that_fails_keeps_no_other_waiting(server: RunningServer, caplog: pytest.LogCaptureFixture) -> None:
    """TS-12, P15: whatever is wrong with one desk, the promises of the others are recorded."""
    make_desk(server.desks, "broken", members=())
    anna = server.client("anna")
    anna.log()
    anna.pull_all()
    server.clock.advance(days=3)

    def job(desk: str) -> int:
        if desk == "broken":
            raise KeyError("one bad row")
        return 1

    assert Jobs(server.services.database, {"tickets": job}).look() == {"tickets": 1}
    assert "the tickets of the desk broken" in caplog.text


def test_the_jobs_go_on_after_every_failure(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """TS-12: a job that ends in silence would record no missed promise until the next start."""
    looked: list[BaseException] = [KeyError("one bad row"), Unavailable("away"), RuntimeError("anything")]

    def broken(_: Jobs) -> Any:
        if looked:
            raise looked.pop()
        raise KeyboardInterrupt

    monkeypatch.setattr(Jobs, "look", broken)
    services = Services(Settings("postgresql://nobody@localhost/nothing"))
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(services.jobs.run(0))
    services.close()
    assert not looked
    assert "one bad row" in caplog.text


# --- the clock that a file sets ----------------------------------------------------------------------------------------------


def test_a_clock_follows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("2026-06-08T10:00:00+02:00\n")
    clock = FileClock(file)
    assert clock.now() == MONDAY == clock.now()
    file.write_text("2026-06-08T10:00:00.5+02:00\n")
    assert clock.now() == MONDAY + dt.timedelta(seconds=0.5)
    file.write_text("offset 86400")
    ahead = clock.now() - dt.datetime.now(dt.UTC)
    assert dt.timedelta(hours=23) < ahead < dt.timedelta(hours=25)
    assert clock.now() > clock.now() - dt.timedelta(seconds=1)
    file.write_text("half a")
    assert clock.now() - dt.datetime.now(dt.UTC) > dt.timedelta(hours=23), "the last good time still holds"


@pytest.mark.parametrize("text", ["", "soon", "2026-06-08T10:00:00", "offset", "offset 1e30"])
def test_a_file_that_sets_no_time_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "clock"
    file.write_text(text)
    with pytest.raises(ValueError, match="must hold an instant with its zone"):
        FileClock(file)
    with pytest.raises(ValueError, match="must hold an instant with its zone"):
        FileClock(tmp_path / "missing")
