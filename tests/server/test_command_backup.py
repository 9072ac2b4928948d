"""``desk-server backup`` and ``restore``: whole files or none, whole data or the old ones, and every mistake in a sentence."""

from __future__ import annotations

import hashlib
import io
import json
import signal
import stat
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk_core.commands import AttachFile
from desk_core.references import BLOCK_SIZE, FIRST_COUNTER
from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database
from desk_server.db.locks import FileLock
from tests.support.commands import PROGRAM, Folder, serving
from tests.waiting import until

PHOTO = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def backup(template: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the folder with ada."""
    to = tmp_path_factory.mktemp("backup") / "backup"
    template("backup", "--to", to)
    return to


def desk(data: Folder) -> tuple[str, int, int]:
    """Epoch, next counter and next device of the desk."""
    with EmbeddedPostgres(data.path / "database") as postgres:
        database = Database(postgres.url())
        with database.executor("main") as connection:
            row = connection.exec_driver_sql("SELECT log_epoch, next_counter, next_device FROM desk").one()
        database.close()
    return str(row[0]), int(row[1]), int(row[2])


def test_a_backup_of_a_server_that_serves_is_restored_when_it_has_stopped_f28(data: Folder, tmp_path: Path) -> None:
    to = tmp_path / "backup"
    with serving(data.path) as server:
        ada = server.client("ada")
        before = ada.log()
        blob = f"/v1/blob/{hashlib.sha256(PHOTO).hexdigest()}"
        ada.applied(AttachFile(ticket=before, sha256=blob[-64:], file_name="photo.png", size=len(PHOTO)))
        ada.raw("PUT", blob, PHOTO, headers={"Content-Range": f"bytes 0-{len(PHOTO) - 1}/{len(PHOTO)}"})
        said = data("backup", "--to", to).out
        assert said.startswith(f"{to} holds the data of 20")
        later = ada.log()
        epoch = ada.enrolled.log_epoch
        refused = data("restore", to, expect=1)
        assert (
            refused.sentence == f"{data.path} is in use: stop the server (and every other desk-server command) first."
        )
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob(".*")] == []
    held = desk(data)
    done = data("restore", to)
    assert "The desks" in done.out or "the desks give again" in done.out
    assert desk(data)[1:] == held[1:], "exactly where the numbers were, since the old data say so"
    with serving(data.path) as server:
        ada = server.client("ada")
        assert ada.enrolled.log_epoch != epoch
        tickets = {row.pk for page in ada.snapshot() for row in page.rows if row.table == "ticket"}
        assert before in tickets
        assert later not in tickets
        assert ada.http.get(blob).content == PHOTO


def test_numbers_begin_behind_all_that_could_have_been_leased_when_the_old_data_are_gone_p6(
    backup: Path, tmp_path: Path
) -> None:
    new = Folder(tmp_path / "new" / "data")
    new("restore", backup)
    epoch, counter, device = desk(new)
    assert epoch
    assert counter >= FIRST_COUNTER + 30 * BLOCK_SIZE
    assert device > 1
    assert list(new.members()) == ["ada"]
    assert [path.name for path in new.path.glob("database*")] == ["database"]


def rewritten(backup: Path, to: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The backup with another manifest, and a checksum that is right for it."""
    import hashlib  # noqa: PLC0415 - only this helper

    with tarfile.open(backup) as archive:
        dump = archive.extractfile("desk.dump").read()  # type: ignore[union-attr]
        manifest = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]
    change(manifest)
    manifest["checksum"] = ""
    manifest["checksum"] = hashlib.sha256(dump + json.dumps(manifest, separators=(",", ":")).encode()).hexdigest()
    with tarfile.open(to, "w") as archive:
        for name, body in (("desk.dump", dump), ("manifest.json", json.dumps(manifest).encode())):
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return to


def flipped(backup: Path, to: Path, at: int) -> Path:
    """The backup with one other byte."""
    body = bytearray(backup.read_bytes())
    body[at] ^= 0x10
    to.write_bytes(body)
    return to


def test_what_is_no_whole_backup_is_refused_and_nothing_is_touched(data: Folder, backup: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in data.path.iterdir())
    file, size = tmp_path / "file", backup.stat().st_size
    for at in (700, size // 2, 10, backup.read_bytes().index(b'"head_seq": ') + 12):
        said = data("restore", flipped(backup, file, at), expect=1).sentence
        assert said.startswith(str(file))
        assert "damaged" in said or "is no backup of desk-server" in said
    for body in (b"", b"anything", backup.read_bytes()[: size // 2], backup.read_bytes()[:-1500]):
        file.write_bytes(body)
        said = data("restore", file, expect=1).sentence
        assert said == f"{file} is no backup of desk-server, or a part of it is missing: give a whole one."
    for newer in ({"schema": "9999"}, {"format": 2}):
        said = data("restore", rewritten(backup, file, lambda found, n=newer: found.update(n)), expect=1).sentence  # type: ignore[misc]
        assert said == f"{file} was made by a newer program (0.1.0): install that one first."
    assert "cannot be read" in data("restore", tmp_path / "none", expect=1).sentence
    assert sorted(path.name for path in data.path.iterdir()) == before


def test_a_restore_that_fails_or_is_killed_leaves_the_old_data(data: Folder, backup: Path, tmp_path: Path) -> None:
    lying = rewritten(backup, tmp_path / "lying", lambda found: found["desks"][0].update(id="other"))
    assert "does not hold the desks" in data("restore", lying, expect=1).sentence
    data.add_member("late")
    process = subprocess.Popen([*PROGRAM, "restore", str(backup), "--data", str(data.path)], stdout=subprocess.DEVNULL)
    until(lambda: (data.path / "database.draft" / "data").exists(), "the restore to be under way", seconds=60)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert list(data.members()) == ["ada", "late"]
    data("restore", backup)
    assert list(data.members()) == ["ada"]
    (kept,) = data.path.glob("database.before-*")
    assert not (data.path / "database.draft").exists()
    # The power went between the two last names.
    (data.path / "database").rename(data.path / "database.restored")
    assert list(data.members()) == ["ada"]
    assert kept.exists()


def test_nothing_uses_a_folder_that_is_being_restored(data: Folder) -> None:
    lock = FileLock(data.path / "in-use.lock")
    assert lock.exclusive()
    refused = data.process("serve", "--port", "0", expect=1)
    assert refused.sentence == f"{data.path} is being restored from a backup: wait until that is done."
    lock.release()


def test_a_backup_that_cannot_be_written_leaves_nothing_and_the_old_one_stays(
    data: Folder, backup: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    assert (
        data("backup", "--to", mine, expect=1).sentence
        == f"{mine} is there already and is no backup: choose another name."
    )
    assert mine.read_text() == "mine"
    nowhere = tmp_path / "none" / "backup"
    assert (
        data("backup", "--to", nowhere, expect=1).sentence == f"{nowhere} cannot be written: No such file or directory."
    )
    again = tmp_path / "again"
    again.write_bytes(backup.read_bytes())
    data("backup", "--to", again)
    assert again.read_bytes() != backup.read_bytes()
    assert "Missing argument 'FILE'" in data("restore", expect=2).sentence
