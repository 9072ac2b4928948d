"""Is everything as it should be in one member's files? An outbox is looked at in a copy, and repaired only after another one is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from desk_client.models.columns import BASE_COLUMNS, CACHE_SHAPE
from desk_client.models.connection import Connection
from desk_client.models.engines import check, open_file
from desk_client.models.errors import Damaged, WrongKey
from desk_client.models.files import Folder, open_outbox
from desk_client.models.outbox import Outbox
from desk_client.models.own_files import OwnFiles
from desk_client.models.times import SKEW_SHOWN, Clock, CorrectedClock
from desk_core.findings import Finding
from desk_core.protocol import WireCommand, row_hash

LEAST_SPACE = 200_000_000
SILENCE = dt.timedelta(days=1)
"""Unsent work is nothing to worry about for so long after the last contact."""
_EXAMINED = "examined.db"
_COMMAND = msgspec.json.Decoder(WireCommand)
_ALL_BITS = (1 << 64) - 1


def check_places(paths: list[Path], *, repair: bool) -> Iterator[Finding]:
    """Nobody else may look into these folders and files (R27), and the disk has room for what comes."""
    for path in paths:
        if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
            if repair:
                path.chmod(0o700 if path.is_dir() else 0o600)
            what = f"Others on this machine may look into {path}."
            yield Finding(code="permissions", what=what, do="Repair keeps them out.", repairable=True, repaired=repair)
    free = shutil.disk_usage(paths[0]).free
    if free < LEAST_SPACE:
        what = f"The disk that holds {paths[0]} has {free // 1_000_000} MB left."
        yield Finding(code="space", what=what, do="Free some space: without any nothing can be saved.")


def check_files(folder: Folder, key: bytes, clock: Clock, *, repair: bool) -> Iterator[Finding]:
    """What is wrong with a member's two files, which nobody has open. Raises ``WrongKey`` when the key does not open them."""
    try:
        with _copy_of(folder) as copy:
            outbox = Outbox(copy, key, suspect=True)
            try:
                cache_key = outbox.identity("cache_key")
                yield from _outbox(outbox, clock)
            finally:
                outbox.close()
    except Damaged:
        yield _damaged_outbox(folder, key, clock, repair=repair)
        return
    if folder.cache.exists() and cache_key:
        try:
            yield from _cache(folder, bytes.fromhex(cache_key))
        except (Damaged, WrongKey, dbapi2.DatabaseError):
            if repair:
                folder.aside(folder.cache, clock.wall())
            what = "The local copy of the desk's data is damaged."
            do = "Repair sets it aside; it is fetched again. Unsent work lies in another file and is safe."
            yield Finding(code="cache_damaged", what=what, do=do, repairable=True, repaired=repair)


@contextmanager
def _copy_of(folder: Folder) -> Iterator[Path]:
    """The outbox as it is now, in a file that may be written to; it is as encrypted as the other."""
    copy = folder.path / _EXAMINED
    folder.remove(copy)
    try:
        for companion in ("", "-wal"):
            source = folder.outbox.with_name(folder.outbox.name + companion)
            if source.exists():
                shutil.copy2(source, copy.with_name(copy.name + companion))
        yield copy
    finally:
        folder.remove(copy)


def _damaged_outbox(folder: Folder, key: bytes, clock: Clock, *, repair: bool) -> Finding:
    if repair:
        # It keeps a copy of the damaged file first, whatever comes of it.
        outbox, _ = open_outbox(folder, key, clock.wall(), suspect=True, sure=True)
        outbox.close()
    what = "The file with your unsent work is damaged."
    do = "Repair keeps a copy of it, and goes on with everything that can still be read."
    return Finding(code="outbox_damaged", what=what, do=do, repairable=True, repaired=repair)


def _outbox(outbox: Outbox, clock: Clock) -> Iterator[Finding]:
    with outbox.commit() as connection:
        bodies = connection.run("SELECT id, body FROM command ORDER BY n").fetchall()
        blocks = connection.run("SELECT first, last, next FROM number_block ORDER BY first").fetchall()
        marks = connection.value("SELECT count(*) FROM sent WHERE id NOT IN (SELECT id FROM command)")
    unread = [command for command, body in bodies if not _is_command(body)]
    if unread:
        what = f"{len(unread)} steps of your journal cannot be read by this program ({unread[0]})."
        yield Finding(code="unreadable", what=what, do="Install the newest program; until then they are not sent.")
        return
    if marks:
        what = f"The journal knows of {marks} sent steps that it does not hold."
        yield Finding(code="journal", what=what, do="Report it, and keep a copy of the profile's folder.")
    ends = [last for _, last, _ in blocks]
    if any(not first <= following <= last + 1 for first, last, following in blocks) or any(
        first <= before for before, (first, _, _) in zip(ends, blocks[1:], strict=False)
    ):
        what = "The numbers that this machine may give out overlap."
        yield Finding(code="numbers", what=what, do="Sign out and in again: that brings new ones.")
    elif blocks and not outbox.numbers_left():
        what = "The numbers that this machine may give out are used up; longer ones of its own range are given out."
        yield Finding(code="numbers_used", what=what, do="Connect to the network and give desk-client sync.")
    yield from _files(outbox)
    yield from _contact(outbox, clock)


def _files(outbox: Outbox) -> Iterator[Finding]:
    """Every file that was attached here, whole and as it was."""
    files = OwnFiles(outbox)
    commands = files.attaching()
    broken = [
        commands[file.sha256][0].ask.file_name
        for file in files.all()
        if file.sha256 in commands and hashlib.sha256(files.part(file.sha256, 0, file.size)).hexdigest() != file.sha256
    ]
    if broken:
        what = f"{len(broken)} files that were attached on this machine are not what they were ({broken[0]})."
        yield Finding(code="files_damaged", what=what, do="Attach them again from where they came.")


def _contact(outbox: Outbox, clock: Clock) -> Iterator[Finding]:
    """The clock as of the last contact, and work that has waited for the next one too long."""
    anchor = outbox.anchor()
    corrected = CorrectedClock(clock, anchor)
    if abs(corrected.skew()) > SKEW_SHOWN:
        what = f"This machine's clock is off by {corrected.skew() / 60:.0f} minutes."
        yield Finding(code="clock", what=what, do="Set it; until then the server's time is used.")
    unsent = len(outbox.commands())
    if unsent and anchor is not None and corrected.now() - anchor.server_time > SILENCE:
        what = f"{unsent} steps wait to be sent since {anchor.server_time:%Y-%m-%d %H:%M} UTC."
        yield Finding(code="unsent", what=what, do="Connect to the network and give desk-client sync.")


def _is_command(body: bytes) -> bool:
    try:
        _COMMAND.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _cache(folder: Folder, key: bytes) -> Iterator[Finding]:
    connection = open_file(folder.cache, key, durable=False, read_only=True)
    try:
        check(connection)
        with connection.begin():
            shape = connection.value("SELECT value FROM meta WHERE key = 'shape'")
            if shape != CACHE_SHAPE:
                return  # Another version's: the next start fetches it again.
            if _counted(connection) != _kept(connection):
                raise Damaged("The rows are not those that came.")
    finally:
        connection.close()
    yield from ()


def _counted(connection: Connection) -> dict[tuple[str, str], tuple[int, int]]:
    """Count and XOR of the rows as they really are, by table and scope (P13)."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for table in BASE_COLUMNS:
        for pk, scope, body in connection.run(f"SELECT id, scope, body FROM {table}"):  # noqa: S608 - our own tables
            count, xor = found.get((table, scope), (0, 0))
            found[table, scope] = (count + 1, xor ^ row_hash(table, pk, body))
    return found


def _kept(connection: Connection) -> dict[tuple[str, str], tuple[int, int]]:
    rows = connection.run("SELECT tbl, scope, count, xor FROM digest WHERE count <> 0").fetchall()
    return {(table, scope): (count, xor & _ALL_BITS) for table, scope, count, xor in rows}
