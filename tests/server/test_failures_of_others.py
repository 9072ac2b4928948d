"""What has gone wrong in other servers that sync, each with the F-number of docs/reliability.md; the clients' part is in tests/client."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec

from desk_core.commands import AddNote
from desk_core.protocol import Change
from tests.support.server import Api, RunningServer

WRITERS = ("anna", "ben", "carla", "anna")
EACH = 6


def test_f01_a_device_that_was_put_back_is_told_and_nothing_is_passed_over(server: RunningServer) -> None:
    """It sends under a seq that is used: never taken for what was under that seq, never skipped."""
    anna = server.client("anna")
    ticket = anna.log()
    kept = anna.seq
    anna.applied(AddNote(ticket=ticket, text="before the restore"))
    anna.seq = kept
    again = anna.command(AddNote(ticket=ticket, text="after the restore"))
    reply = anna.push(again)
    assert reply.verdicts == ()
    assert reply.stop is not None
    assert reply.stop.code == "FORKED"
    assert anna.receipts(again.id).verdicts == ()
    anna.new_device()
    assert anna.push(msgspec.structs.replace(again, seq=1)).verdicts[0].verdict.outcome == "applied"


def test_f02_a_cursor_from_the_future_is_no_silence(server: RunningServer) -> None:
    """A pull with a place that this server never reached says so at once, however far off it is, held or not."""
    anna = server.client("anna")
    anna.pull_all()
    for ahead in (1, 1_000_000):
        cursor = msgspec.structs.replace(anna.cursor, commit_seq=anna.cursor.commit_seq + ahead)
        for wait in (0, 25):
            assert anna.pull(cursor, wait=wait).reset == "FUTURE"


def test_f09_no_commit_is_passed_over_by_who_reads_while_many_write(server: RunningServer) -> None:
    """Writers overlap, and a reader follows the feed without a pause: it sees every commit, once and in order."""
    apis, reader = [server.client(login) for login in WRITERS], server.client("sam")
    reader.pull_all()
    seen: list[Change] = []
    ended = threading.Event()

    def logging(api: Api) -> list[str]:
        return [api.log() for _ in range(EACH)]

    def follow() -> None:
        while True:
            last = ended.is_set()
            page = reader.pull(wait=0)
            seen.extend(page.changes)
            if last and not page.changes and page.cursor.commit_seq == page.head_seq:
                return

    with ThreadPoolExecutor(len(apis) + 1) as pool:
        following = pool.submit(follow)
        written = [pool.submit(logging, api) for api in apis]
        tickets = [ticket for done in written for ticket in done.result(60)]
        ended.set()
        following.result(60)
    assert len(set(tickets)) == len(WRITERS) * EACH
    assert {change.pk for change in seen if change.table == "ticket"} == set(tickets)
    places = [change.commit_seq for change in seen]
    assert places == sorted(places)
    assert len({(change.commit_seq, change.table, change.pk, change.op, change.scope) for change in seen}) == len(seen)


def test_f21_a_server_that_was_put_back_by_hand_is_found_out(server: RunningServer) -> None:
    """Its feed has gone on to the same place with other commits: the place alone would look right."""
    anna = server.client("anna")
    anna.log()
    anna.pull_all()
    here = anna.cursor
    assert anna.pull(here).reset == ""
    other = msgspec.structs.replace(here, anchor="".join(reversed(here.anchor)))
    assert other.anchor != here.anchor
    reply = anna.pull(other)
    assert (reply.reset, reply.changes) == ("DIVERGED", ())
