"""Damage, a full disk and a slow server: nothing that was accepted is lost, and one sentence says what happened (R26, P5, P24, P25, F8)."""

from __future__ import annotations

import contextlib
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from desk_client.bootstrap import Client
from desk_client.models import columns, tables
from desk_client.models import outbox as outbox_module
from desk_client.models.errors import Damaged, DiskFull, WrongKey, told
from desk_client.models.files import Folder, open_outbox
from desk_client.models.network import Unreachable
from desk_client.services.errors import NotSaved
from desk_client.system.keys import KeyKeeper
from desk_core import references
from desk_core.protocol import Cursor, PullReply, SnapshotPage
from tests.client.conftest import Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.waiting import until


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.rglob(pattern)
    return found


def spoil(file: Path, at: float = 0.5) -> None:
    """Change a byte in the middle of a page."""
    content = bytearray(file.read_bytes())
    place = int(len(content) * at) // 4096 * 4096 + 1_000
    content[place] ^= 0xFF
    file.write_bytes(content)


def unclean(client: Client, folder: Path) -> None:
    """Close the files, but leave them as a crash does."""
    client.close()
    only(folder, "outbox.db").with_name("open").touch()


@pytest.mark.parametrize("how", ["byte", "zeroed", "gone"])
def test_damaged_cache_is_set_aside_and_fetched_again_r26(
    open_client: Open, server: MemoryServer, tmp_path: Path, how: str
) -> None:
    client = sign_in(open_client("ada"))
    sent, _ = log(client)
    client.status.sync(10).result(20)
    server.offline = True
    kept, _ = log(client)
    unclean(client, tmp_path)
    cache = only(tmp_path, "cache.db")
    if how == "byte":
        spoil(cache)
    elif how == "zeroed":
        cache.write_bytes(bytes(cache.stat().st_size))
    else:
        cache.unlink()
    again = open_client("ada")
    assert again.session.resume().result(10) is not None
    notices = again.status.notices()
    assert [n.code for n in notices] == ([] if how == "gone" else ["cache_mended"])
    newest = again.calls.begin("2").result(5)
    assert newest.reference not in (sent, kept)
    server.offline = False
    done = again.status.sync(20).result(30)
    assert (done.reached, done.unsent, done.attention) == (True, 0, 0)
    assert {r.reference for r in again.queue.page().rows} == {sent, kept}
    assert sorted(t.reference for t in server.tickets.values()) == sorted([sent, kept])
    assert newest.reference in {c.reference for c in server.calls.values()}


def test_damaged_outbox_is_copied_and_goes_on(open_client: Open, server: MemoryServer, tmp_path: Path) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    references_spoken = [client.calls.begin(str(n)).result(5).reference for n in range(40)]
    unclean(client, tmp_path)
    outbox = only(tmp_path, "outbox.db")
    before = outbox.read_bytes()
    spoil(outbox, 0.6)
    damaged = outbox.read_bytes()
    assert damaged != before
    again = open_client("ada")
    assert again.session.resume().result(10) is not None
    assert [n.code for n in again.status.notices()] == ["outbox_mended"]
    assert only(tmp_path, "outbox.damaged-*.db").read_bytes() == damaged
    server.offline = False
    again.status.sync(20).result(30)
    assert {c.reference for c in server.calls.values()} <= set(references_spoken)
    assert len(server.calls) > 0


_FULL = """
import resource, sys
from pathlib import Path
from typing import Any
from desk_client.bootstrap import build
from desk_client.models.network import Unreachable
from desk_client.services.errors import NotSaved
from desk_client.system.keys import KeyKeeper

client = build(Path(sys.argv[1]), offline=True, keys=KeyKeeper(backend=lambda: None, passphrase=lambda: "words"))
assert client.session.resume().result(10) is not None
first = client.calls.begin("1").result(5).reference
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))
for _ in range(3):
    try:
        client.calls.begin("2").result(5)
    except NotSaved as error:
        print(error.code, error.text)
    else:
        print("saved?")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
third = client.calls.begin("3").result(5).reference
print(first, third, len(client.outbox.pending()))
"""


def test_disk_without_space_says_so_and_loses_nothing_p25_f8(open_client: Open, tmp_path: Path) -> None:
    client = open_client("ada", keys=KeyKeeper(backend=lambda: None, passphrase=lambda: "words"))
    sign_in(client).close()
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path / "ada")], capture_output=True, text=True, timeout=60, check=False
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) == 4, done
    assert all(line.split()[0] in ("disk_full", "not_saved") and "space" in line for line in lines[:3]), lines
    first, third, pending = lines[3].split()
    assert references.parse(first) is not None
    assert (first != third, pending) == (True, "2")
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_full_disk_is_a_typed_error() -> None:
    full = told(dbapi2.OperationalError("database or disk is full"))
    assert isinstance(full, DiskFull)
    assert isinstance(told(OSError(28, "no space")), DiskFull)
    assert isinstance(full, NotSaved)
    assert told(ValueError("ours")) is None


def test_interrupted_first_download_goes_on_where_it_was_p24(open_client: Open, server: MemoryServer) -> None:
    for number in range(60):
        server.add_member(f"m{number:02d}")
    server.publish()
    server.page_rows = 10
    client = open_client("ada")
    client.session.sign_in("http://127.0.0.1:1", "ada", MemoryServer.password).result(10)
    client.network.detach()
    client.close()
    seen: list[str] = []
    plain, faults = server.snapshot, server.faults

    def noted(server: str, token: str, page: str, *more: Any) -> SnapshotPage:
        found = plain(server, token, page, *more)
        seen.append(page)
        if len(seen) == 3:
            faults.append("drop")
        return found

    server.snapshot = noted  # type: ignore[method-assign]
    again = open_client("ada")
    again.session.resume().result(10)
    for _ in range(3):
        if again.status.sync(20).result(30).reached:
            break
    assert len(again.lookup.members()) == 63
    assert len(seen) == len(set(seen)), "no page is fetched twice"


def test_reset_fetches_beside_the_old_cache_and_keeps_what_is_unsent_p16_p24(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    client = sign_in(open_client("ada"))
    sent, _ = log(client)
    client.status.sync(10).result(20)
    server.offline = True
    kept, _ = log(client)
    server.add_member("newcomer")
    server.publish()
    server.page_rows = 3
    server.resets.append("DIVERGED")
    server.offline = False
    for _ in range(3):
        done = client.status.sync(20).result(30)
        if done.reached and not done.unsent:
            break
    assert {r.reference for r in client.queue.page().rows} == {sent, kept}
    assert "newcomer" in {m.id for m in client.lookup.members()}
    assert not list(tmp_path.rglob("cache-next.db"))
    assert sorted(t.reference for t in server.tickets.values()) == sorted([sent, kept])


def test_numbers_run_out_offline_and_the_own_range_goes_on_p6(open_client: Open, server: MemoryServer) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    given = [client.calls.begin("1").result(5).reference for _ in range(203)]
    assert len(set(given)) == 203
    assert all(references.parse(r) == r for r in given)
    assert sum(len(r) > 7 for r in given) == 3
    server.offline = False
    for _ in range(3):
        done = client.status.sync(30).result(40)
        if done.reached and not done.unsent:
            break
    assert {c.reference for c in server.calls.values()} == set(given)
    assert len(client.calls.begin("1").result(5).reference) == 7


def test_an_answer_from_before_a_restore_settles_nothing_p18(open_client: Open, server: MemoryServer) -> None:
    """The restored server may be further than the commit of an answer that it knows nothing of any more."""
    client = sign_in(open_client("ada"))
    before, kept_changes = server.seq, list(server.changes)
    (device,) = server.devices.values()
    last_seq, plain = device.last_seq, server.pull

    asked: list[int] = []

    def cut(server: str, token: str, cursor: Cursor, wait: int, rows: int) -> PullReply:  # noqa: ARG001 - as the transport's
        asked.append(wait)
        raise Unreachable("cut")

    server.pull = cut  # type: ignore[method-assign]
    # A poll that began before would still bring the page with which the answers are settled.
    until(lambda: asked, "the last poll to end")
    reference, _ = log(client)
    given = client.access.act(lambda store: len(store.pending)).result()
    until(lambda: client.access.act(lambda store: len(store.outbox.hints())).result() == given, "all answers")
    for lost in (server.tickets, server.calls, server.events, server.receipts):
        lost.clear()
    server.changes, device.last_seq, server.epoch = kept_changes, last_seq, "e2"
    server.seq = before + 100
    server.resets.append("EPOCH")
    server.pull = plain  # type: ignore[method-assign]
    for _ in range(3):
        done = client.status.sync(20).result(30)
        if done.reached and not done.unsent:
            break
    assert [t.reference for t in server.tickets.values()] == [reference]
    assert [r.reference for r in client.queue.page().rows] == [reference]


@pytest.mark.parametrize("kept", ["keyring", "passphrase"])
def test_a_damaged_first_page_is_no_wrong_key_r24_r26(
    open_client: Open, server: MemoryServer, tmp_path: Path, kept: str
) -> None:
    """SQLite says "not a database" for both; the note beside the key tells them apart, and everything unsent is recovered."""
    more = {} if kept == "keyring" else {"keys": KeyKeeper(backend=lambda: None, passphrase=lambda: "words")}
    client = sign_in(open_client("ada", **more))
    server.offline = True
    spoken = [client.calls.begin(str(n)).result(5).reference for n in range(40)]
    unclean(client, tmp_path)
    outbox = only(tmp_path, "outbox.db")
    spoil(outbox, 0.0)
    damaged = outbox.read_bytes()
    if kept == "passphrase":
        wrong = open_client("ada", keys=KeyKeeper(backend=lambda: None, passphrase=lambda: "other words"))
        with pytest.raises(WrongKey) as no:
            wrong.session.resume().result(10)
        assert no.value.code == "wrong_passphrase"
        assert outbox.read_bytes() == damaged
        wrong.close()
    again = open_client("ada", **more)
    assert again.session.resume().result(10) is not None
    assert "outbox_mended" in [n.code for n in again.status.notices()]
    assert only(tmp_path, "outbox.damaged-*.db").read_bytes() == damaged
    assert again.outbox.counts() == (40, 0)
    server.offline = False
    done = again.status.sync(20).result(30)
    assert (done.reached, done.unsent) == (True, 0)
    assert {c.reference for c in server.calls.values()} == set(spoken)


def test_sign_in_over_a_damaged_first_page_goes_on_too_r26(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    reference = client.calls.begin("1").result(5).reference
    unclean(client, tmp_path)
    spoil(only(tmp_path, "outbox.db"), 0.0)
    server.offline = False
    again = sign_in(open_client("ada"))
    assert reference in {c.reference for c in server.calls.values()}
    assert again.outbox.counts() == (0, 0)


class PowerCut(BaseException):
    """The machine is off."""


@pytest.mark.parametrize("at", range(12))
def test_a_crash_while_mending_starts_on_no_older_outbox_p5(
    open_client: Open, server: MemoryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The newest commands lie in the write-ahead log of the damaged file; the power goes before each step on files in turn."""
    client = sign_in(open_client("ada"))
    server.offline = True
    spoken = [client.calls.begin(str(n)).result(5).reference for n in range(5)]
    shutil.copytree(tmp_path / "ada", tmp_path / "crashed", ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    folder = Folder(only(tmp_path / "crashed", "outbox.db").parent)
    key = client.access.store._key
    client.close()
    assert folder.outbox.with_name("outbox.db-wal").stat().st_size > 0
    steps = 0

    def maybe(plain: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **more: object) -> object:
            nonlocal steps
            steps += 1
            if steps > at:
                raise PowerCut
            return plain(*args, **more)

        return step

    def broken(*_: object) -> None:
        raise Damaged("broken")

    with monkeypatch.context() as patched:
        patched.setattr(outbox_module, "check", broken)
        patched.setattr(Path, "unlink", maybe(Path.unlink))
        patched.setattr(Path, "replace", maybe(Path.replace))
        with contextlib.suppress(PowerCut):
            open_outbox(folder, key, server.now, suspect=True)[0].close()
    opened, _ = open_outbox(folder, key, server.now, suspect=False)
    bodies = "".join(bytes(kept.command.args).decode() for kept in opened.commands())
    opened.close()
    assert all(reference in bodies for reference in spoken)
    assert not folder.recovered.exists()


def test_the_names_of_tables_are_those_of_the_description() -> None:
    """Decision 010: what is looked for when an outbox is opened is what is made in a new one."""
    assert set(tables.OUTBOX.tables) == columns.OUTBOX_TABLES
