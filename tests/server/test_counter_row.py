"""Two processes that serve one database share the desk's counter row: the order of commits is the order of the feed (P7)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from desk_core.commands import AddNote, Command
from desk_core.protocol import Verdict
from desk_server.app import Services
from desk_server.settings import Settings
from tests.support.server import DESK, RunningServer

NOTES = 15


def test_two_processes_never_give_out_the_same_place_in_the_feed_p7(server: RunningServer) -> None:
    ticket = server.client("anna").log()
    other = Services(Settings(server.database, server.clock))
    together = Barrier(2, timeout=30)

    def work(services: Services, name: str) -> list[Verdict]:
        together.wait()
        done: list[Verdict] = []
        for number in range(NOTES):
            note = AddNote(ticket=ticket, text=f"{name} {number}")
            given = Command(id=f"{name}-{number}", ask=note, actor="anna", issued_at=server.clock.now())
            done += services.sync.run(DESK, [given])
        return done

    try:
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(work, (server.services, other), ("first", "second")))
    finally:
        other.close()
    verdicts = [verdict for part in found for verdict in part]
    assert {verdict.outcome for verdict in verdicts} == {"applied"}
    assert len({verdict.commit_seq for verdict in verdicts}) == 2 * NOTES
    assert all(part == sorted(part, key=lambda verdict: verdict.commit_seq) for part in found)
