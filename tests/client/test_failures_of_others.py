"""What has gone wrong in other programs that sync, each with the F-number of docs/reliability.md: the same happens here, and ends well.

A client on real encrypted files, the server in memory; what only the real server can show is in tests/server/test_failures_of_others.py.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk_client.bootstrap import Client
from desk_client.models.cache import Cache
from desk_client.models.errors import DiskFull
from desk_client.models.network import Unreachable
from desk_client.models.store import Store
from desk_client.services.records import TicketView
from desk_client.sync import engine as e
from desk_client.sync.transport import OFFLINE, TooSlow
from desk_core.protocol import Cursor, DigestReply, PullReply, PushReply, PushRequest, SnapshotPage
from tests.client.conftest import SERVER, HandClock, Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.client.test_working import count
from tests.waiting import until


def everything(client: Client, rounds: int = 4) -> None:
    """Rounds as a person asks for them, until all is sent and read."""
    for _ in range(rounds):
        done = client.status.sync(20).result(30)
        if done.reached and not done.unsent:
            return
    raise AssertionError(done)


def by_itself(client: Client) -> None:
    """The same without anybody's asking."""
    until(lambda: not client.outbox.pending(), "everything sent")


def at_server(server: MemoryServer) -> Counter[str]:
    """How often each number is there."""
    return Counter(ticket.reference for ticket in server.tickets.values())


def test_f01_what_a_restored_client_writes_is_sent(open_client: Open, server: MemoryServer, tmp_path: Path) -> None:
    """Its seqs are taken already: it learns so, goes on as another device, and nothing is acknowledged that was not sent."""
    client = sign_in(open_client("ada"))
    before, _ = log(client)
    everything(client)
    client.close()
    shutil.copytree(tmp_path / "ada", tmp_path / "kept")
    client = open_client("ada")
    client.session.resume().result(10)
    since, _ = log(client)
    everything(client)
    client.close()
    shutil.rmtree(tmp_path / "ada")
    shutil.copytree(tmp_path / "kept", tmp_path / "ada")
    client = open_client("ada")
    client.session.resume().result(10)
    after = client.calls.begin("after the restore").result(5).reference
    everything(client)
    assert at_server(server).keys() == {before, since}
    # It is a number that was given out before the restore: both calls are found by it (P6).
    (call,) = [call for call in server.calls.values() if call.number == "after the restore"]
    assert after in (call.reference, call.spoken)
    assert len(server.devices) == 2


def test_f03_a_mark_without_its_row_holds_no_download(ada: Client, server: MemoryServer) -> None:
    """A crash left “sent” and “settled” for commands that are not there."""

    def leave_marks(store: Store) -> None:
        device = store.outbox.identity("device_id")
        with store.outbox.commit() as connection:
            run = connection.run
            run("INSERT INTO sent (id, device, seq, at) VALUES ('gone', ?, 41, '2026-06-09T08:00:00+00:00')", (device,))
            run("INSERT INTO settled VALUES ('gone too', 'e1', 1)")

    ada.access.act(leave_marks).result(5)
    server.add_member("newcomer")
    server.publish()
    reference, _ = log(ada)
    everything(ada)
    assert "newcomer" in {member.id for member in ada.lookup.members()}
    assert at_server(server) == {reference: 1}


def test_f04_a_failed_upload_is_sent_without_another_write(ada: Client, server: MemoryServer) -> None:
    server.faults.extend(["drop"] * 5)
    reference, _ = log(ada)
    by_itself(ada)
    assert at_server(server) == {reference: 1}


def test_f05_nothing_is_stuck_after_many_partitions(ada: Client, server: MemoryServer) -> None:
    spoken: list[str] = []
    for number in range(8):
        server.offline = not server.offline
        server.faults.append("lose" if number % 2 else "drop")
        spoken.append(log(ada)[0])
        server.advance(seconds=1)
    server.offline = False
    by_itself(ada)
    assert at_server(server) == dict.fromkeys(spoken, 1)
    server.add_member("newcomer")
    server.publish()
    until(lambda: "newcomer" in {m.id for m in ada.lookup.members()}, "the download to go on too")


def test_f06_what_was_answered_is_not_sent_for_ever(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers are here, the page that settles them never comes: nothing is sent a second time, and it shows that it is not done."""
    plain, sent = server.push, Counter[str]()

    def counted(server: str, token: str, request: PushRequest) -> PushReply:
        sent.update(command.id for command in request.commands)
        return plain(server, token, request)

    def away(*_: object) -> PullReply:
        raise Unreachable(OFFLINE)

    with monkeypatch.context() as patched:
        patched.setattr(server, "push", counted)
        patched.setattr(server, "pull", away)
        reference, _ = log(ada)
        until(lambda: len(sent) == 5, "the push")
        for _ in range(5):
            done = ada.status.sync(1).result(10)
        assert set(sent.values()) == {1}
        assert not done.reached
        assert server.receipts.keys() == sent.keys()
    everything(ada)
    assert set(sent.values()) == {1}
    assert at_server(server) == {reference: 1}


def test_f08_a_line_that_swallows_what_is_large(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small packets pass, large ones vanish: both directions try with less until it comes through."""
    push, pull, asked = server.push, server.pull, list[int]()

    def narrow_push(server: str, token: str, request: PushRequest) -> PushReply:
        if len(request.commands) > 6:
            raise TooSlow(OFFLINE)
        return push(server, token, request)

    def narrow_pull(server: str, token: str, cursor: Cursor, wait: int, rows: int) -> PullReply:
        asked.append(rows)
        if rows > 300:
            raise TooSlow(OFFLINE)
        return pull(server, token, cursor, wait, rows)

    server.offline = True
    spoken = [log(ada)[0] for _ in range(6)]
    monkeypatch.setattr(server, "push", narrow_push)
    monkeypatch.setattr(server, "pull", narrow_pull)
    server.offline = False
    by_itself(ada)
    assert at_server(server) == dict.fromkeys(spoken, 1)
    assert min(asked) <= 300 < max(asked)


@pytest.mark.parametrize("step", ["apply", "settle", "set_cursor"])
def test_f12_the_place_never_goes_on_before_the_rows(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A page fails half way at each of its writes: rows, answers and place stay together, and the page comes again."""
    reference, _ = log(ada)
    everything(ada)
    seen, failed = list[tuple[int, bool]](), 0
    plain = getattr(Cache, step)

    def fails(cache: Cache, *more: Any) -> None:
        nonlocal failed
        plain(cache, *more)
        if failed < 2:
            failed += 1
            raise DiskFull("No space.")

    def look() -> bool:
        """Both in one moment of the storage thread."""
        seen.append(ada.access.act(lambda store: (store.cursor().commit_seq, count(ada, "member") > rows)).result(5))
        return seen[-1][1]

    rows, before = count(ada, "member"), server.seq
    monkeypatch.setattr(Cache, step, fails)
    server.add_member("newcomer")
    server.publish()
    until(look, "the row")
    assert failed == 2
    assert all((seq > before) == there for seq, there in seen), seen
    everything(ada)
    assert ada.access.act(Store.cursor).result(5).commit_seq == server.seq
    assert at_server(server) == {reference: 1}


def test_f16_the_end_of_a_download_without_its_beginning(
    open_client: Open, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is lost while the last page is on its way: what is left of the download never counts as the whole."""
    for number in range(30):
        server.add_member(f"m{number:02d}")
    server.publish()
    server.page_rows = 10
    client = open_client("ada")
    plain, lost = server.snapshot, list[str]()

    def losing(address: str, token: str, page: str, *more: Any) -> SnapshotPage:
        found = plain(address, token, page, *more)
        if not found.token and not lost:
            lost.append(page)
            client.access.act(lambda store: store.mend_cache()).result(10)
        return found

    monkeypatch.setattr(server, "snapshot", losing)
    client.session.sign_in(SERVER, "ada", MemoryServer.password).result(10)
    everything(client)
    until(lambda: len(client.lookup.members()) == 33, "everybody")
    assert lost
    assert lost
    assert count(client, "customer") == len(server.customers)
    assert [notice.code for notice in client.status.notices()] == ["cache_mended"], "no comparison had to find it out"


@pytest.mark.parametrize("hours", [-1, 1, -24 * 365, 24 * 365])
def test_f17_a_wrong_clock_stops_nothing(open_client: Open, server: MemoryServer, clock: HandClock, hours: int) -> None:
    client = sign_in(open_client("ada"))
    clock.time += dt.timedelta(hours=hours)
    reference, _ = log(client)
    everything(client)
    (ticket,) = server.tickets.values()
    assert ticket.reference == reference
    assert abs((ticket.received_at - server.now).total_seconds()) < 5
    server.add_member("newcomer")
    server.publish()
    everything(client)
    assert "newcomer" in {member.id for member in client.lookup.members()}


def test_f18_a_digest_is_compared_and_never_taken_over(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server whose digest is wrong for ever: this side stays what was read, and says so; it does not fetch for ever either."""
    log(ada)
    everything(ada)
    ours, fetched = ada.access.act(lambda store: store.cache.digests()).result(5), list[str]()
    digest, snapshot, asked = server.digest, server.snapshot, list[int]()

    def wrong(address: str, token: str) -> DigestReply:
        asked.append(1)
        reply = digest(address, token)
        return msgspec.structs.replace(
            reply, digests=tuple(msgspec.structs.replace(d, xor="0" * 16) for d in reply.digests)
        )

    def noted(address: str, token: str, page: str, *more: Any) -> SnapshotPage:
        fetched.append(page)
        return snapshot(address, token, page, *more)

    monkeypatch.setattr(server, "digest", wrong)
    monkeypatch.setattr(server, "snapshot", noted)
    ada.network._put(e.TimeUp("check"))
    until(lambda: len(asked) == 3, "all comparisons")
    everything(ada)
    assert ada.access.act(lambda store: store.cache.digests()).result(5) == ours
    assert len(fetched) == 2
    assert "cache_differed" in {notice.code for notice in ada.status.notices()}


def test_f19_a_listing_that_breaks_off_deletes_nothing(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the new download comes, the others never do; and an answer to a pull is empty."""
    for number in range(40):
        server.add_member(f"m{number:02d}")
    server.publish()
    everything(ada)
    server.page_rows = 5
    plain, pages = server.snapshot, list[str]()

    def first_alone(address: str, token: str, page: str, *more: Any) -> SnapshotPage:
        pages.append(page)
        if page:
            raise Unreachable(OFFLINE)
        return plain(address, token, page, *more)

    with monkeypatch.context() as patched:
        patched.setattr(server, "snapshot", first_alone)
        server.resets.append("DIVERGED")
        until(lambda: any(pages), "the second page to fail")
        assert len(ada.lookup.members()) == 43
    everything(ada)
    assert len(ada.lookup.members()) == 43
    cursor = ada.access.act(Store.cursor).result(5)
    empty = PullReply(changes=(), verdicts=(), cursor=cursor, head_seq=0, server_time=server.now)
    ada.access.act(lambda _: ada.access.pages.page(empty)).result(5)
    assert len(ada.lookup.members()) == 43


def test_f20_what_is_written_during_a_long_download_stays(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note on a ticket of which a page brings another row at that moment."""
    reference, ticket = log(ada)
    everything(ada)
    plain, asked, wrote = server.pull, list[Cursor](), list[str]()

    def meanwhile(address: str, token: str, cursor: Cursor, wait: int, rows: int) -> PullReply:
        asked.append(cursor)
        page = plain(address, token, cursor, wait, rows)
        if page.changes and not wrote:
            server.offline = True
            wrote.append(ada.tickets.note(ticket, "written meanwhile").result(5).command)
        return page

    monkeypatch.setattr(server, "pull", meanwhile)
    until(lambda: asked, "the next poll")
    with server.lock:
        server.tickets[ticket] = msgspec.structs.replace(server.tickets[ticket], title="changed")
    server.publish()
    until(lambda: wrote, "the page")

    def told() -> str:
        view = ada.tickets.get(ticket)
        assert isinstance(view, TicketView)
        return "".join(repr(event) for event in view.history)

    until(lambda: ada.network.state.connection == "offline", "the page to be applied")
    assert "written meanwhile" in told()
    server.offline = False
    everything(ada)
    assert "written meanwhile" in told()
    assert sum("written meanwhile" in repr(event.what) for event in server.events) == 1
    assert at_server(server) == {reference: 1}
