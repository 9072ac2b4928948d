"""The disk table of the sync protocol: full, read-only, locked, files removed, emptied or changed behind our back. Each ends in one clear
sentence, and nothing that was saved is lost (P4, P5, P25, R24, R26, R73, F22, F30)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlcipher3 import dbapi2

from desk_client.bootstrap import Client
from desk_client.models import engines
from desk_client.models.store import Store
from desk_client.services.errors import NotSaved
from desk_client.system.keys import SERVICE, Backend, KeyKeeper
from tests.client.conftest import MemoryKeyring, Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.client.test_failures_of_others import everything
from tests.client.test_files import only, spoil, unclean
from tests.client.test_working import count
from tests.waiting import until


def refused(client: Client) -> NotSaved:
    """A call that cannot be stored now."""
    error = client.calls.begin("refused").exception(10)
    assert isinstance(error, NotSaved)
    assert error.text.endswith(".")
    assert "not saved" in error.text
    return error


def calls_at(server: MemoryServer) -> Counter[str]:
    return Counter(call.reference for call in server.calls.values())


# --- full ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, where somebody may mount one."""
    disk, mount = tmp_path / "disk", shutil.which("mount")
    disk.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if mount is None or os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run([str(shutil.which("umount")), str(disk)], check=True)


_ON_A_FULL_DISK = """
import os, sys
from pathlib import Path
from desk_client.bootstrap import build
from desk_client.services.errors import NotSaved
from desk_client.system.keys import KeyKeeper

disk = Path(sys.argv[1])
client = build(disk / "ada", offline=True, keys=KeyKeeper(backend=lambda: None, passphrase=lambda: "words"))
assert client.session.resume().result(20) is not None
ballast = (disk / "ballast").open("wb")
for room in (0, 1, 2, 5, 13):
    ballast.truncate(0)
    free = os.statvfs(disk)
    ballast.write(bytes((free.f_bavail - room) * free.f_frsize))
    ballast.flush()
    for _ in range(4):
        begun = client.calls.begin("1")
        error = begun.exception(20)
        if error is None:
            print("saved", begun.result().reference)
        else:
            assert isinstance(error, NotSaved), error
            print("refused", error.text)
ballast.truncate(0)
print("saved", client.calls.begin("1").result(20).reference)
print("pending", len(client.outbox.pending()))
client.close()
"""


def test_a_disk_that_is_full_at_every_write_loses_nothing_p25(
    open_client: Open, server: MemoryServer, small_disk: Path, tmp_path: Path
) -> None:
    """A real disk without space, with room for ever more pages: a process of its own, as the system may end it."""
    more = {"keys": KeyKeeper(backend=lambda: None, passphrase=lambda: "words")}
    sign_in(open_client("ada", **more)).close()
    shutil.move(tmp_path / "ada", small_disk / "ada")
    command = [sys.executable, "-c", _ON_A_FULL_DISK, str(small_disk)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split(" ", 1) for line in done.stdout.splitlines()]
    texts = {text for kind, text in lines if kind == "refused"}
    saved = sum(kind == "saved" for kind, _ in lines)
    assert texts
    assert all("space" in text and text.endswith(".") for text in texts), texts
    assert lines[-1] == ["pending", str(saved)]
    (small_disk / "ballast").unlink()
    shutil.move(small_disk / "ada", tmp_path / "ada")
    again = open_client("ada", **more)
    assert again.session.resume().result(10) is not None
    everything(again)
    assert (len(server.calls), max(calls_at(server).values())) == (saved, 1)


# --- read-only, locked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["outbox", "cache"])
def test_a_file_that_may_not_be_written_says_so_and_loses_nothing_p25(
    open_client: Open, server: MemoryServer, which: str
) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    before = client.calls.begin("before").result(5).reference

    def read_only(on: str) -> None:
        def switch(store: Store) -> None:
            connection = getattr(store, which)._connection
            connection.run(f"PRAGMA query_only={on}")

        client.access.act(switch).result(5)

    read_only("ON")
    refused(client)
    read_only("OFF")
    saved = [before, client.calls.begin("after").result(5).reference]
    assert {row.call.reference for row in client.calls.open()} == set(saved)
    server.offline = False
    everything(client)
    assert calls_at(server) == dict.fromkeys(saved, 1)


@pytest.mark.parametrize("which", ["outbox.db", "cache.db"])
def test_a_file_that_another_program_locks_says_so_and_goes_on_p25(
    open_client: Open,
    server: MemoryServer,
    keyring: MemoryKeyring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    """Locked for longer than is waited for (10 s against 5 s, here a twentieth): said in a sentence; then everything goes on by itself."""
    monkeypatch.setattr(engines, "_BUSY_MS", 250)
    client = sign_in(open_client("ada"))
    log(client)
    everything(client)
    file = only(tmp_path, which)
    key = keyring.get_password(SERVICE, f"{file.parent.name}/key") or ""
    if which == "cache.db":
        key = client.access.act(lambda store: store._cache_key.hex()).result(5)
    other = dbapi2.connect(str(file), isolation_level=None)
    other.execute(f"PRAGMA key=\"x'{key}'\"")
    other.execute("BEGIN IMMEDIATE")
    error = refused(client)
    assert error.code == "locked"
    assert "Another program" in error.text
    server.add_member("newcomer")
    server.publish()
    other.execute("ROLLBACK")
    other.close()
    until(lambda: "newcomer" in {member.id for member in client.lookup.members()}, "the news")
    after = client.calls.begin("after").result(5).reference
    everything(client)
    assert calls_at(server)[after] == 1
    assert len(server.calls) == 2


# --- files that are gone or changed --------------------------------------------------------------------------------------


def test_a_log_that_is_removed_while_the_program_runs_loses_nothing_p4(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    """Somebody “cleans up” the write-ahead logs: what is open stays open."""
    client = sign_in(open_client("ada"))
    server.offline = True
    spoken = [client.calls.begin(str(n)).result(5).reference for n in range(3)]
    for log_file in tmp_path.rglob("*.db-wal"):
        log_file.unlink()
    spoken += [client.calls.begin(str(n)).result(5).reference for n in range(3)]
    client.close()
    again = open_client("ada")
    assert again.session.resume().result(10) is not None
    assert again.outbox.counts() == (6, 0)
    server.offline = False
    everything(again)
    assert calls_at(server) == dict.fromkeys(spoken, 1)


def test_a_log_that_is_gone_after_a_crash_is_said_and_nothing_is_doubled_r73(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    """What was in it and was sent is the server's; the rest is gone with it, and the member is told. The device goes on as another one."""
    client = sign_in(open_client("ada"))
    sent, _ = log(client)
    everything(client)
    server.offline = True
    client.calls.begin("only in the log").result(5)
    shutil.copytree(tmp_path / "ada", tmp_path / "crashed", ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    client.close()
    for log_file in (tmp_path / "crashed").rglob("outbox.db-wal"):
        log_file.unlink()
    again = open_client("crashed")
    assert again.session.resume().result(10) is not None
    (notice,) = [notice for notice in again.status.notices() if notice.code.startswith("outbox")]
    assert notice.code == "outbox_log_gone"
    assert notice.text.endswith(".")
    server.offline = False
    newest = again.calls.begin("after").result(5).reference
    everything(again)
    again.close()
    assert [ticket.reference for ticket in server.tickets.values()] == [sent]
    (after,) = [call for call in server.calls.values() if call.number == "after"]
    assert newest in (after.reference, after.spoken)
    assert len(server.calls) == 2
    third = open_client("crashed")
    assert third.session.resume().result(10) is not None
    assert third.status.notices() == (), "it is said once"


@pytest.mark.parametrize("at", [0.0, 0.3, 0.7, 0.9])
def test_a_changed_page_of_the_outbox_costs_at_most_what_is_on_it_f30(
    open_client: Open, server: MemoryServer, tmp_path: Path, at: float
) -> None:
    """Whatever page it is: the program starts, one sentence, a copy beside it, every command that can be read goes on once."""
    client = sign_in(open_client("ada"))
    server.offline = True
    spoken = [client.calls.begin(f"{n} " + "x" * 60).result(5).reference for n in range(60)]
    unclean(client, tmp_path)
    outbox = only(tmp_path, "outbox.db")
    spoil(outbox, at)
    damaged = outbox.read_bytes()
    again = open_client("ada")
    who = again.session.resume().result(10)
    (notice,) = [notice for notice in again.status.notices() if notice.code.startswith("outbox")]
    assert (notice.code, notice.text[-1]) == ("outbox_mended", ".")
    assert only(tmp_path, "outbox.damaged-*.db").read_bytes() == damaged
    if who is not None:
        assert again.outbox.counts()[0] > len(spoken) // 2
    server.offline = False
    if who is None:
        sign_in(again)  # who it was stood on that page
    everything(again)
    assert set(calls_at(server)) <= set(spoken)
    assert set(calls_at(server).values()) == {1}
    assert len(server.calls) > len(spoken) // 2
    assert again.calls.begin("next").result(5).reference not in spoken


@pytest.mark.parametrize("when", ["running", "closed"])
def test_a_keyring_entry_that_goes_costs_nothing_while_the_files_are_open_r24(
    open_client: Open, server: MemoryServer, keyring: MemoryKeyring, when: str
) -> None:
    """While the program runs it works on; at its next start it says what is missing, and with the entry everything is there."""
    client = sign_in(open_client("ada"))
    kept = dict(keyring.kept)
    server.offline = True
    before = client.calls.begin("before").result(5).reference
    if when == "closed":
        client.close()
    keyring.kept.clear()
    saved = [before]
    if when == "running":
        saved.append(client.calls.begin("while it is gone").result(5).reference)
        client.close()
    again = open_client("ada", keys=KeyKeeper(backend=lambda: cast("Backend", keyring), passphrase=lambda: ""))
    missing = again.session.resume().exception(10)
    assert getattr(missing, "code", "") == "key_missing"
    assert str(getattr(missing, "text", "")).endswith(".")
    keyring.kept.update(kept)
    assert again.session.resume().result(10) is not None
    server.offline = False
    everything(again)
    assert calls_at(server) == dict.fromkeys(saved, 1)
    assert count(again, "call") == len(saved)
