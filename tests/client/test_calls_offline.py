"""A call is logged while the network is away; it reaches the server once, under the number that was spoken (H-08, H-09, P4, P5)."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from desk_client.bootstrap import Client
from desk_client.models.network import Unreachable
from desk_client.services.records import TicketView
from desk_client.sync import engine as e
from desk_client.sync.runner import Runner
from desk_client.sync.transport import OFFLINE
from desk_core import references
from tests.client.conftest import Open, sign_in
from tests.client.double import MemoryServer
from tests.support.world import FAULT
from tests.waiting import until


def log(client: Client, way: str = "call_back") -> tuple[str, str]:
    """Log a fault as an agent does; reference and ticket."""
    begun = client.calls.begin("040 5550177").result(5)
    saved = client.calls.log(begun.call, FAULT, classification="Printhead").result(5)
    if way == "call_back":
        client.tickets.offer_call_back(saved.ticket).result(5)
    client.calls.tell(begun.call).result(5)
    client.calls.end(begun.call).result(5)
    return begun.reference, saved.ticket


def test_reference_is_valid_and_shown_offline_h09(ada: Client, server: MemoryServer) -> None:
    server.offline = True
    reference, ticket = log(ada)
    assert references.parse(reference) == reference
    page = ada.queue.page()
    assert [(r.reference, r.unsent) for r in page.rows] == [(reference, True)]
    assert page.rows[0].clock is not None
    view = ada.tickets.by_reference(references.grouped(reference))
    assert isinstance(view, TicketView)
    assert [e.kind for e in view.history][:2] == ["ticket.created", "fault.saved"]
    assert view.ticket.id == ticket
    assert ada.status.sync(5).result(10).reached is False
    assert server.tickets == {}


def test_back_online_it_is_there_once_under_that_number_p1(ada: Client, server: MemoryServer) -> None:
    server.offline = True
    reference, ticket = log(ada)
    ada.status.sync(5).result(10)
    server.offline = False
    first = ada.status.sync(20).result(30)
    assert (first.reached, first.unsent, first.attention) == (True, 0, 0)
    assert ada.status.sync(20).result(30).unsent == 0
    assert [t.reference for t in server.tickets.values()] == [reference]
    rows = ada.queue.page().rows
    assert [(r.id, r.unsent) for r in rows] == [(ticket, False)]


def test_what_failed_before_a_round_is_heard_is_no_answer_to_it_f5(ada: Client) -> None:
    """The server is back, and the news that an earlier attempt failed stands in line before the person's wish."""
    network = ada.network
    assert isinstance(network, Runner)
    at = network._at
    assert at is not None
    with network._changed:  # the network thread tells nobody anything until the round waits
        network._events.put((at.number, e.Failed("push", "offline", "offline", OFFLINE)))
        state = network.round(20)
    assert (state.connection, state.problem) == ("online", "")


def test_lost_reply_executes_once_p1_p3(ada: Client, server: MemoryServer) -> None:
    server.offline = True
    log(ada)
    server.offline = False
    server.faults.extend(["lose"] * 4)
    for _ in range(6):
        done = ada.status.sync(5).result(10)
        if done.reached and not done.unsent:
            break
    assert ada.outbox.all() == ()
    assert len(server.tickets) == 1
    assert len({s.id for s in server.pushed}) == len(server.pushed) == 5
    assert [s.seq for s in server.pushed] == [1, 2, 3, 4, 5]


def test_restart_shows_unsent_work_again_p9_p11(open_client: Open, server: MemoryServer) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    reference, _ = log(client)
    client.close()
    again = open_client("ada")
    assert again.session.resume().result(10) is not None
    assert [r.reference for r in again.queue.page().rows] == [reference]
    assert len(again.outbox.pending()) == 5
    server.offline = False
    assert again.status.sync(20).result(30).unsent == 0
    assert [t.reference for t in server.tickets.values()] == [reference]


def test_a_machine_put_back_from_a_backup_gives_numbers_that_nobody_has_h09_p6(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    """Its cache knows calls of numbers that its outbox would give out next; each caller is told another one all the same."""
    client = sign_in(open_client("ada"))
    folder = next(tmp_path.rglob("outbox.db")).parent
    client.close()
    shutil.copytree(folder, tmp_path / "backup")
    client = open_client("ada")
    assert client.session.resume().result(5)
    before = [client.calls.begin("040 1").result(5).reference for _ in range(3)]
    assert client.status.sync(20).result(30).reached
    client.close()
    for file in folder.glob("outbox.db*"):
        file.unlink()
    for file in (tmp_path / "backup").glob("outbox.db*"):
        shutil.copy2(file, folder)
    client = open_client("ada")
    assert client.session.resume().result(5)
    server.offline = True
    after = [client.calls.begin("040 2").result(5) for _ in range(2)]
    assert all(references.parse(begun.reference) == begun.reference for begun in after)
    assert not {begun.reference for begun in after} & set(before)
    assert {begun.call for begun in after} <= {row.call.id for row in client.calls.open()}


def test_a_spoken_number_stays_shown_until_the_server_gives_another_h09_p6(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's call with the same number comes first: ours stays on the screen, and its verdict brings the new number."""
    server.offline = True
    begun = ada.calls.begin("040 1").result(5)
    (ours,) = (row.call for row in ada.calls.open())

    def gone(*_: object) -> None:
        raise Unreachable(OFFLINE)

    with monkeypatch.context() as blocked:
        blocked.setattr(MemoryServer, "push", gone)
        server.calls["theirs"] = msgspec.structs.replace(ours, id="theirs")
        server.publish()
        server.fresh_reference()  # here it would be the spoken one by chance
        server.offline = False
        ada.status.sync(1).result(10)
        until(lambda: "theirs" in {row.call.id for row in ada.calls.open()})
        shown = {row.call.id: row.call.reference for row in ada.calls.open()}
        assert shown == {"theirs": begun.reference, begun.call: begun.reference}
    until(lambda: ada.status.sync(5).result(10).unsent == 0)
    now = server.calls[begun.call]
    assert now.reference != begun.reference
    assert now.spoken == begun.reference
