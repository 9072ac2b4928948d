"""A server that was put back by hand keeps its epoch: who was answered by a push finds out, though the cursor still holds (P17, P18)."""

from __future__ import annotations

import pytest

from desk_client.bootstrap import Client
from desk_client.models.network import Unreachable
from desk_client.models.store import Store
from desk_client.sync.transport import OFFLINE
from desk_core.protocol import PullReply, Verdict
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.waiting import until


def answered_and_lost(client: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The client logs a call and is answered; before it has read a page with that the server forgets all of it. The reference."""
    before, changes = server.seq, list(server.changes)
    (device,) = server.devices.values()
    last_seq = device.last_seq
    asked: list[int] = []

    def cut(*_: object, **__: object) -> None:
        asked.append(1)
        raise Unreachable(OFFLINE)

    with monkeypatch.context() as blocked:
        blocked.setattr(MemoryServer, "pull", cut)
        until(lambda: asked, "the last poll to end")
        reference, _ = log(client)
        given = client.access.act(lambda store: len(store.pending)).result()
        until(lambda: client.access.act(lambda store: len(store.outbox.hints())).result() == given, "all answers")
        with server.lock:
            for lost in (server.tickets, server.calls, server.events, server.receipts, server.pushed):
                lost.clear()
            server.changes, device.last_seq, server.seq = changes, last_seq, before
    return reference


@pytest.mark.parametrize("others", [0, 100], ids=["nobody works on", "others have worked on"])
def test_p17_p18_an_answer_of_a_lost_commit_is_noticed_and_the_work_comes_back(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    """Its page never comes, or comes from another commit of that number."""
    reference = answered_and_lost(ada, server, monkeypatch)
    if others:
        server.seq += others
        server.publish()
    until(lambda: [t.reference for t in server.tickets.values()] == [reference], "the ticket to come back", 20)
    until(lambda: ada.status.sync(5).result(10).unsent == 0, "all of it")
    assert [row.reference for row in ada.queue.page().rows] == [reference]
    assert len(server.calls) == 1


def test_p10_an_answer_before_its_page_is_not_asked_for_twice(ada: Client, server: MemoryServer) -> None:
    """In good order nothing is sent a second time."""
    for _ in range(5):
        log(ada)
        assert ada.status.sync(20).result(30).unsent == 0
    sent = [command.id for command in server.pushed]
    assert len(sent) == len(set(sent))


def test_p15_p18_answers_of_the_epoch_before_are_void_and_the_push_is_woken(ada: Client, server: MemoryServer) -> None:
    """With the first page of the new epoch they count no more; whoever waits for them has to be sent again now (seed 310113)."""
    assert ada.status.sync(20).result(30).reached
    server.offline = True
    log(ada)

    def told(store: Store) -> list[bool]:
        given = [k.command.id for k in store.pending]
        store.outbox.hint([Verdict(id=i, outcome="applied", commit_seq=99) for i in given], "the epoch before")
        cursor = store.cursor()
        page = PullReply(changes=(), verdicts=(), cursor=cursor, head_seq=cursor.commit_seq, server_time=server.now)
        return [ada.access.pages.page(page) for _ in range(2)]

    assert ada.access.act(told).result(10) == [True, False]
