"""The second half of :mod:`tests.client.test_failures_of_others`: lost data, numbers, people and damaged files (F21 to F32)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from desk_client.models.errors import NotSaved
from desk_client.models.network import Unreachable
from desk_client.sync import engine as e
from desk_client.sync.engine import BASE_SECONDS
from desk_client.sync.transport import OFFLINE
from desk_core.protocol import PullReply, PushReply, PushRequest, Verdict, WireCommand
from tests.client.conftest import SERVER, Open, sign_in
from tests.client.double import MemoryServer, _Device
from tests.client.test_calls_offline import log
from tests.client.test_failures_of_others import at_server, by_itself, everything
from tests.client.test_files import only, spoil, unclean
from tests.client.test_working import count
from tests.simulation.disk import Disk
from tests.waiting import until


def test_f21_a_restored_server_takes_nothing_newer_away(open_client: Open, server: MemoryServer) -> None:
    client = sign_in(open_client("ada"))
    older, _ = log(client)
    everything(client)
    kept = (dict(server.tickets), dict(server.calls), list(server.events), dict(server.receipts), list(server.changes))
    seq, (device,) = server.seq, server.devices.values()
    last_seq = device.last_seq
    newer, _ = log(client)
    everything(client)
    with server.lock:
        server.tickets, server.calls, server.events, server.receipts, server.changes = kept
        server.seq, device.last_seq, server.epoch = seq, last_seq, "e2"
        server.resets.append("EPOCH")
        server.lock.notify_all()
    until(lambda: not server.resets and len(server.tickets) == 2, "what the server lost")
    everything(client)
    assert at_server(server) == {older: 1, newer: 1}
    assert {row.reference for row in client.queue.page().rows} == {older, newer}


def test_f22_a_full_disk_empties_no_table(open_client: Open, server: MemoryServer) -> None:
    """No space at each write in turn, of what a person does and of what the network brings: saved is saved, and nothing goes."""
    client, disk, saved = sign_in(open_client("ada")), Disk(), list[str]()
    tables = {name: count(client, name) for name in ("member", "customer", "contract", "policy")}
    refused = 0
    with disk.watched():
        for write in range(1, 9):
            with disk.full(write):
                begun = client.calls.begin("040 1")
                error = begun.exception(10)
                if error is None:
                    saved.append(begun.result().reference)
                else:
                    assert isinstance(error, NotSaved)
                    assert "space" in error.text
                    refused += 1
                server.add_member(f"newcomer{write}")
                server.publish()
                until(lambda: disk.happened, "the disk to be full")
            assert all(count(client, name) >= rows for name, rows in tables.items())
            by_itself(client)
    everything(client)
    assert refused
    assert saved
    assert count(client, "member") == tables["member"] + 8
    assert Counter(call.reference for call in server.calls.values()) == dict.fromkeys(saved, 1)


def test_f23_no_number_is_given_twice_and_nothing_vanishes_or_doubles(open_client: Open, server: MemoryServer) -> None:
    """Two desks log many calls, with and without network, through a line that loses every second answer."""
    desks = [sign_in(open_client("ada")), sign_in(open_client("spec"), "spec")]
    spoken: list[str] = []
    for turn in range(6):
        server.offline = turn % 3 == 0
        server.faults.extend(["lose"] * 3)
        spoken += [log(desk)[0] for desk in desks]
    server.offline = False
    server.faults.clear()
    for desk in desks:
        everything(desk)
    assert len(set(spoken)) == 12
    assert at_server(server) == dict.fromkeys(spoken, 1)
    assert Counter(call.reference for call in server.calls.values()) == dict.fromkeys(spoken, 1)


def test_f24_one_lost_item_holds_nothing_else(
    open_client: Open, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    first, ticket = log(client)
    lost = client.tickets.note(ticket, "x").result(5).command
    others = [log(client)[0] for _ in range(3)]
    plain = server._execute

    def refuse_one(device: _Device, sent: WireCommand) -> Verdict:
        if sent.id != lost:
            return plain(device, sent)
        server.seq += 1
        return Verdict(id=sent.id, outcome="refused", commit_seq=server.seq, code="no", text="No.")

    monkeypatch.setattr(server, "_execute", refuse_one)
    server.offline = False
    by_itself(client)
    until(lambda: [u.id for u in client.outbox.needs_attention()] == [lost], "it to be shown")
    assert at_server(server) == dict.fromkeys([first, *others], 1)


def test_f25_nothing_is_sent_as_the_next_person_and_the_queue_goes_on(open_client: Open, server: MemoryServer) -> None:
    client = sign_in(open_client("one"), "ada")
    server.offline = True
    hers, _ = log(client)
    assert client.session.sign_out().result(10).unsent == 5
    server.offline = False
    sign_in(client, "spec")
    his, _ = log(client)
    everything(client)
    assert {command.actor for command in server.pushed} == {"spec"}
    assert at_server(server) == {his: 1}
    client.session.sign_out().result(10)
    client.session.sign_in(SERVER, "ada", MemoryServer.password).result(30)
    until(lambda: at_server(server) == {his: 1, hers: 1}, "hers, without another write")
    by_itself(client)
    assert {call.member for call in server.calls.values() if call.reference == hers} == {"ada"}


def test_f26_an_expired_session_uses_up_no_attempt(open_client: Open, server: MemoryServer) -> None:
    client = sign_in(open_client("ada"))
    server.tokens.clear()
    reference, _ = log(client)
    for _ in range(12):
        done = client.status.sync(2).result(10)
        assert (done.reached, done.attention) == (False, 0)
    assert client.network.state.code == "signed_out"
    assert client.network._state.push.attempts == 0
    client.session.sign_in(SERVER, "ada", MemoryServer.password).result(30)
    by_itself(client)
    assert at_server(server) == {reference: 1}


def test_f27_what_the_server_took_is_never_given_up_here(
    open_client: Open, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It carries out everything, and for a long time no answer comes back."""
    client, plain, asked = sign_in(open_client("ada")), server.push, list[int]()

    def away(*_: object) -> PullReply:
        raise Unreachable(OFFLINE)

    def deaf(address: str, token: str, request: PushRequest) -> PushReply:
        asked.append(len(plain(address, token, request).verdicts))
        raise Unreachable(OFFLINE)

    with monkeypatch.context() as patched:
        patched.setattr(server, "push", deaf)
        patched.setattr(server, "pull", away)
        reference, _ = log(client)
        until(lambda: len(asked) > 40, "many attempts")
        assert client.outbox.needs_attention() == ()
    by_itself(client)
    everything(client)
    assert client.outbox.all() == ()
    assert at_server(server) == {reference: 1}


@pytest.mark.parametrize("which", [("outbox.db",), ("cache.db",), ("outbox.db", "cache.db")], ids="-".join)
def test_f30_a_damaged_file_leaves_more_than_erase(
    open_client: Open, server: MemoryServer, tmp_path: Path, which: tuple[str, ...]
) -> None:
    """The program starts, says in one sentence what happened, keeps the damaged file and works at once, without a network too."""
    client = sign_in(open_client("ada"))
    server.offline = True
    kept = [client.calls.begin(str(n)).result(5).reference for n in range(10)]
    unclean(client, tmp_path)
    damaged = {}
    for name in which:
        file = only(tmp_path, name)
        spoil(file, 0.0)
        damaged[name] = file.read_bytes()
    again = open_client("ada")
    assert again.session.resume().result(10) is not None
    notices = {notice.code: notice.text for notice in again.status.notices()}
    assert notices.keys() == {f"{Path(name).stem}_mended" for name in which}
    assert all(text.endswith(".") for text in notices.values())
    for name, content in damaged.items():
        assert only(tmp_path, f"{Path(name).stem}.damaged-*.db").read_bytes() == content
    newest = again.calls.begin("again").result(5).reference
    server.offline = False
    everything(again)
    assert Counter(call.reference for call in server.calls.values()) == dict.fromkeys([*kept, newest], 1)


@pytest.mark.parametrize("spread", [0.0, 10.0])
def test_f31_the_first_retries_of_many_are_not_at_the_same_time(spread: float) -> None:
    """Full jitter from the first attempt on, over the server's spread where it gave one."""
    random, moments = Random(31), list[float]()
    for _ in range(200):
        state = e.State(pull=e.LaneState("busy"), connection="online", spread=spread)
        _, (wait,) = e.step(state, e.Failed("pull", "offline"))
        assert isinstance(wait, e.Wait)
        moments.append(max(wait.at_least, random.random() * wait.up_to))
    width = max(spread, BASE_SECONDS)
    tenths = Counter(int(10 * moment / width) for moment in moments)
    assert len(tenths) == 10
    assert max(tenths.values()) < 40


def test_f32_own_work_does_not_come_back_as_new(open_client: Open, server: MemoryServer) -> None:
    """The page with one's own commands changes what is here; it adds nothing beside it."""
    client = sign_in(open_client("ada"))
    reference, ticket = log(client)
    client.tickets.note(ticket, "once").result(5)
    before = len(client.tickets.get(ticket).history)  # type: ignore[union-attr]  # her own department's
    everything(client)
    assert [row.reference for row in client.queue.page().rows] == [reference]
    assert [row.unsent for row in client.queue.page().rows] == [False]
    assert [found.reference for found in client.lookup.find("labels").tickets] == [reference]
    assert len(client.tickets.get(ticket).history) == before  # type: ignore[union-attr]  # as above
    assert count(client, "ticket") == 1
    assert count(client, "event") == len(server.events)
    everything(client)
    assert len(server.pushed) == 6
