"""Files at a ticket on one machine: the terminal twin, what the doctor finds, recovery, saving, and how sending goes on after a failure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_client.models.files import Folder, open_outbox
from desk_client.models.outbox import Outbox
from desk_client.models.own_files import OwnFiles
from desk_client.models.sending import ToSend
from desk_client.sync.courier import LEAST_PART, Failed, Progress, Wait, begun, step
from desk_client.system.keys import KeyKeeper
from desk_client.system.saving import FROM_OUTSIDE, save
from desk_core.files import PART_BYTES
from desk_core.protocol import BlobReply
from tests.client.double import MemoryServer
from tests.client.http_double import desk_over_http, serving
from tests.client.test_files import only, spoil
from tests.support.terminal import FAULT, PASSPHRASE, Twin
from tests.support.world import at

KEY = bytes(32)


@pytest.fixture
def twins(tmp_path: Path, server: MemoryServer) -> Iterator[tuple[Twin, Twin, str]]:
    """Two members of one department, and a ticket of theirs."""
    with serving(desk_over_http(server)) as address:
        made = []
        for name in ("ada", "spec"):
            twin = Twin(tmp_path / name)
            typed = MemoryServer.password + "\n"
            twin.run("sign-in", "--server", address, "--user", name, "--password-stdin", typed=typed)
            made.append(twin)
        yield made[0], made[1], made[0].json("log-call", *FAULT)["reference"]


def test_the_terminal_attaches_lists_and_saves(twins: tuple[Twin, Twin, str], tmp_path: Path) -> None:
    ada, spec, reference = twins
    photo, setup = tmp_path / "photo.png", tmp_path / "set\u200bup.exe"
    photo.write_bytes(bytes(PART_BYTES + 7))
    setup.write_bytes(b"MZ")
    given = ada.json("attach", reference, "--offline", "--file", str(photo), "--file", str(setup))
    assert [(each["name"], each["sent"]) for each in given] == [("photo.png", False), ("setup.exe", False)]
    assert "File attached" in ada.run("outbox", "--offline")
    ada.run("sync")
    assert ada.json("outbox") == []
    listed = spec.run("attachment", "list", reference)
    assert "attached photo.png, 512 KB" in listed
    assert "attached setup.exe, 2 B: a program" in listed
    assert "say which one" in spec.run("attachment", "save", reference, code=1)
    assert "No file of that name" in spec.run("attachment", "save", reference, "--name", "x", code=1)
    to = tmp_path / "to"
    to.mkdir()
    saved = spec.run("attachment", "save", reference, "--name", "setup.exe", "--to", str(to))
    assert "do not open it unless you expected it" in saved
    found = spec.json("attachment", "save", reference, "--name", "photo.png", "--to", str(to))
    assert Path(found["path"]).read_bytes() == photo.read_bytes()
    assert "There is no file" in ada.run("attach", reference, "--file", str(tmp_path / "nothing"), code=1)


def own_files(path: Path, *contents: bytes) -> Outbox:
    outbox = Outbox(path, KEY)
    files = OwnFiles(outbox)
    for content in contents:
        sha256 = hashlib.sha256(content).hexdigest()
        files.begin(sha256, len(content))
        files.add(sha256, 0, content)
    return outbox


def test_r26_a_damaged_outbox_is_recovered_with_its_files(tmp_path: Path) -> None:
    """F30: a file that was attached without network is unsent work as any other."""
    folder = Folder(tmp_path)
    own_files(folder.outbox, b"the only copy").close()
    spoil(folder.outbox)
    outbox, notice = open_outbox(folder, KEY, at("2026-06-08T10:00+02:00"), suspect=True)
    (file,) = OwnFiles(outbox).all()
    content = OwnFiles(outbox).part(file.sha256, 0, file.size)
    outbox.close()
    assert notice is not None
    assert (file.sent, content) == (False, b"the only copy")


def test_the_doctor_finds_a_file_that_is_not_what_it_was(twins: tuple[Twin, Twin, str], tmp_path: Path) -> None:
    ada, _, reference = twins
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"png")
    ada.run("attach", reference, "--offline", "--file", str(photo))
    found = ada.json("doctor", code=1)["findings"]
    assert "files_damaged" not in {each["code"] for each in found}
    folder = only(ada.profile, "outbox.db").parent
    outbox = Outbox(folder / "outbox.db", KeyKeeper(passphrase=lambda: PASSPHRASE).fetch(folder, "", create=False).key)
    with outbox.commit() as connection:
        connection.run("UPDATE file_part SET body = CAST('gif' AS BLOB)")
    outbox.close()
    found = ada.json("doctor", code=1)["findings"]
    assert [each["what"] for each in found if each["code"] == "files_damaged"] == [
        "1 files that were attached on this machine are not what they were (photo.png)."
    ]


def test_sending_goes_on_where_the_server_stands() -> None:
    """sync.md, retry: full jitter from one second to a minute, less in a request that took too long, nothing lost by an answer that was."""
    one, two = ToSend("a" * 64, 1_000_000), ToSend("b" * 64, 5)
    now = at("2026-06-08T10:00+02:00")
    state = begun(Progress(), one)
    assert (state.at, state.count) == (None, PART_BYTES), "first it is asked how much is there"
    state, wait = step(state, BlobReply(received=300, size=one.size, complete=False, server_time=now))
    assert (begun(state, one).at, wait) == (300, Wait())
    waits = []
    for _ in range(8):
        state, wait = step(state, Failed(slow=True))
        waits.append((wait.least, wait.more))
    assert waits == [(0, more) for more in (1, 2, 4, 8, 16, 32, 60, 60)]
    assert (state.at, state.count) == (None, LEAST_PART), "after a failure it is asked again"
    assert step(state, Failed(at_least=30))[1] == Wait(30, 60)
    state, wait = step(state, BlobReply(received=1_000, size=one.size, complete=False, server_time=now))
    assert (state.attempts, state.count, wait) == (0, 2 * LEAST_PART, Wait())
    state, wait = step(state, Failed(other=True))
    assert (begun(state, two).at, begun(state, two).file, wait) == (None, two, Wait())


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_r39_what_is_saved_is_marked_as_coming_from_outside(tmp_path: Path, platform: str) -> None:
    """Where the system has such a mark; a stream of the file on Windows, played here by a file of that name."""
    target = tmp_path / "setup.exe"
    target.write_bytes(b"before")
    save(target, b"after", platform)
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"after", 0o600)
    marks = [file.read_bytes() for file in tmp_path.iterdir() if file.name.endswith(":Zone.Identifier")]
    assert marks == ([FROM_OUTSIDE] if platform == "win32" else [])
