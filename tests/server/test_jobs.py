"""What time drives: passed deadlines are recorded once (TS-12, H-04)."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk_core.commands import AttemptCallBack, TakeNext
from desk_core.tickets import Ticket
from desk_server.app import Services
from desk_server.clock import FileClock
from desk_server.db.engine import Unavailable
from desk_server.jobs import service as jobs
from desk_server.settings import Settings
from desk_server.sync.service import Raw, record_breaches
from tests.support.postgres import Cluster
from tests.support.server import MONDAY, Api, RunningServer, make_desk, running_server
from tests.waiting import until


def breaches(api: Api) -> list[str]:
    return [c.pk for c in api.pull_all() if c.table == "event" and b"clock.breached" in bytes(c.row)]


def ticket_of(api: Api, ticket: str) -> Ticket:
    page = api.snapshot()[0]
    return next(msgspec.json.decode(r.row, type=Ticket) for r in page.rows if r.table == "ticket" and r.pk == ticket)


def test_ts12_h04_a_passed_deadline_is_recorded_and_told(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    deadline = ticket_of(anna, ticket).clocks[0].deadline
    assert deadline is not None
    anna.pull_all()
    server.clock.set(deadline)
    assert server.services.breaches.look() == 0, "the last instant is in time (TS-4)"
    server.clock.set(deadline + dt.timedelta(seconds=1))
    assert server.services.breaches.look() == 1
    assert len(breaches(anna)) == 1
    assert ticket_of(anna, ticket).clocks[0].state == "missed"
    assert server.services.breaches.look() == 0


def test_a_promise_that_was_kept_is_never_missed(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    anna.applied(TakeNext(), AttemptCallBack(ticket=ticket, reached=True))
    server.clock.advance(days=30)
    assert server.services.breaches.look() == 0


def test_two_processes_record_every_deadline_once(server: RunningServer) -> None:
    anna = server.client("anna")
    tickets = {anna.log() for _ in range(100)}
    anna.pull_all()
    server.clock.advance(days=3)
    other = Services(Settings(server.database, server.clock))
    found: list[int] = []
    barrier = threading.Barrier(2)

    def look(services: Services) -> None:
        barrier.wait()
        found.append(services.breaches.look())

    threads = [threading.Thread(target=look, args=(s,)) for s in (server.services, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert sum(found) == len(tickets)
    assert len(breaches(anna)) == len(tickets)


def test_the_running_server_looks_by_itself(cluster: Cluster) -> None:
    address = cluster.new()
    with running_server(address, breach_seconds=0.05) as server:
        anna = server.client("anna")
        anna.log()
        anna.pull_all()
        server.clock.advance(days=3)
        until(lambda: breaches(anna), "the breach in the feed")
    cluster.drop(address)


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


def test_a_desk_that_fails_keeps_no_other_waiting(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """TS-12, P15: whatever is wrong with one desk, the promises of the others are recorded."""
    make_desk(server.desks, "broken", members=())
    server.client("anna").log()
    server.clock.advance(days=3)

    def record(raw: Raw, desk: str, *rest: Any) -> int:
        if desk == "broken":
            raise KeyError("one bad row")
        return record_breaches(raw, desk, *rest)

    monkeypatch.setattr(jobs, "record_breaches", record)
    assert server.services.breaches.look() == 1
    assert "the deadlines of the desk broken" in caplog.text


def test_the_job_goes_on_after_every_failure(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """TS-12: a job that ends in silence would record no missed promise until the next start."""
    looked: list[BaseException] = [KeyError("one bad row"), Unavailable("away"), RuntimeError("anything")]

    def look(_: jobs.BreachJob) -> int:
        if looked:
            raise looked.pop()
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs.BreachJob, "look", look)
    services = Services(Settings("postgresql://nobody@localhost/nothing"))
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(services.breaches.run(0))
    services.close()
    assert not looked
    assert "one bad row" in caplog.text
