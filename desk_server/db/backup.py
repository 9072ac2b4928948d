"""Backups of the embedded database: one file, whole or not there at all, that tells by itself whether it is damaged.

The file is a tar archive of two members, which PostgreSQL's own programs can read without us: ``desk.dump`` (pg_dump's custom format) and
``manifest.json``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, cast

import msgspec
import psycopg

from desk_server.db.binaries import find
from desk_server.db.creation import SUPERUSER, environment, here
from desk_server.db.embedded import PORT, EmbeddedPostgres
from desk_server.db.migrate import known_revisions
from desk_server.db.problem import DatabaseProblem
from desk_server.db.roles import DATABASE

FORMAT = 1
DUMP = "desk.dump"
MANIFEST = "manifest.json"
_BLOCK = 512
"""Bytes: a tar archive is made of these."""
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 10_000_000


class SavedDesk(msgspec.Struct, frozen=True, kw_only=True):
    """A desk in a backup: up to which commit of which epoch, and the numbers that it had given out."""

    id: str
    title: str
    log_epoch: str
    head_seq: int
    next_counter: int
    next_device: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. ``checksum`` is the SHA-256 of the dump and of this manifest without it."""

    format: int
    program: str
    schema: str
    taken_at: dt.datetime
    desks: tuple[SavedDesk, ...]
    checksum: str = ""


class BadBackup(DatabaseProblem):
    """A file that cannot be restored: one sentence that says why."""


def save(postgres: EmbeddedPostgres, to: Path, now: dt.datetime) -> Manifest:
    """Write all desks as of one moment to a file that only we may read; the cluster may be in use meanwhile.

    Raises DatabaseProblem, and OSError where the file cannot be written; a file of this name is replaced when the new one is complete.
    """
    draft = to.with_name(f".{to.name}.{os.getpid()}.draft")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with _one_moment(postgres, now) as (snapshot, manifest):
                manifest = _write(file, manifest, lambda write: _dump(postgres, snapshot, write))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(to)
        sync_folder(to.parent)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def look(file: Path) -> Manifest:
    """What an undamaged backup holds. Raises :class:`BadBackup` for any other file, OSError when it cannot be read."""
    with file.open("rb") as opened:
        manifest, start, size = _contents(file, opened)
        opened.seek(start)
        digest = hashlib.sha256()
        for chunk in _chunks(opened, size):
            digest.update(chunk)
    if _checksum(digest, manifest) != manifest.checksum:
        raise BadBackup(f"{file} is damaged: take another copy of it, or another backup.")
    if manifest.format > FORMAT or manifest.schema not in known_revisions():
        raise BadBackup(f"{file} was made by a newer program ({manifest.program}): install that one first.")
    return manifest


def fill(postgres: EmbeddedPostgres, file: Path) -> None:
    """Put what a backup holds into the empty database of a new cluster, all or nothing. Raises DatabaseProblem."""
    with file.open("rb") as opened:
        _, start, size = _contents(file, opened)
        opened.seek(start)
        options = ["--exit-on-error", "--single-transaction", "--no-password", f"--dbname={DATABASE}"]
        with (
            _tool(postgres, "pg_restore", options, stdin=subprocess.PIPE) as process,
            suppress(BrokenPipeError),  # whoever does not take all of it has failed, and says so when it ends
            cast("IO[bytes]", process.stdin) as pipe,
        ):
            for chunk in _chunks(opened, size):
                pipe.write(chunk)
    with _superuser(postgres) as connection:
        connection.execute("ANALYZE")


def numbers_of(postgres: EmbeddedPostgres) -> dict[str, tuple[int, int]]:
    """The next counter and the next device of every desk of a running cluster. Raises psycopg.Error."""
    with _superuser(postgres) as connection:
        rows = connection.execute("SELECT id, next_counter, next_device FROM desk").fetchall()
    return {desk: (counter, device) for desk, counter, device in rows}


def sync_folder(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _one_moment(postgres: EmbeddedPostgres, now: dt.datetime) -> Iterator[tuple[str, Manifest]]:
    """A moment that stays readable for as long as the block lasts, and what there is at it."""
    with _superuser(postgres) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        rows = connection.execute(
            "SELECT id, title, log_epoch, head_seq, next_counter, next_device FROM desk ORDER BY created_at, id"
        ).fetchall()
        names = ("id", "title", "log_epoch", "head_seq", "next_counter", "next_device")
        desks = tuple(SavedDesk(**dict(zip(names, row, strict=True))) for row in rows)
        yield snapshot, Manifest(format=FORMAT, program=_program(), schema=schema, taken_at=now, desks=desks)


def _superuser(postgres: EmbeddedPostgres) -> psycopg.Connection:
    address = postgres.superuser_url(DATABASE).set(drivername="postgresql")
    return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)


def _dump(postgres: EmbeddedPostgres, snapshot: str, write: Callable[[bytes], object]) -> None:
    options = ["--format=custom", f"--snapshot={snapshot}", "--no-password", DATABASE]
    with _tool(postgres, "pg_dump", options, stdout=subprocess.PIPE) as process:
        while chunk := cast("IO[bytes]", process.stdout).read(_CHUNK):
            write(chunk)


@contextmanager
def _tool(
    postgres: EmbeddedPostgres, name: str, options: list[str], *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's programs at work as the superuser. Raises DatabaseProblem when it fails, without what it said of rows (R91)."""
    process = subprocess.Popen(  # noqa: S603 - our own binaries
        [str(find().root / "bin" / name), *options],
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.DEVNULL if stdout is None else stdout,
        stderr=subprocess.DEVNULL,
        cwd=postgres.data,
        env={
            **environment(),
            "PGHOST": here(postgres.data),
            "PGPORT": str(PORT),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": str(postgres.superuser_url().password),
        },
    )
    try:
        with process:
            yield process
    except BaseException:
        process.kill()
        raise
    if process.returncode:
        raise DatabaseProblem(f"PostgreSQL's {name} failed: look at {postgres.folder / 'postgres.log'} for the reason.")


# --- the file ------------------------------------------------------------------------------------------------------------


def _write(file: IO[bytes], manifest: Manifest, dump: Callable[[Callable[[bytes], object]], None]) -> Manifest:
    """The archive; how long the dump is, is known when it is there, so that its head is written last."""
    digest = hashlib.sha256()
    file.seek(_BLOCK)

    def write(chunk: bytes) -> None:
        digest.update(chunk)
        file.write(chunk)

    dump(write)
    size = file.tell() - _BLOCK
    _pad(file)
    whole = msgspec.structs.replace(manifest, checksum=_checksum(digest, manifest))
    body = msgspec.json.format(msgspec.json.encode(whole)) + b"\n"
    file.write(_head(MANIFEST, len(body), manifest.taken_at) + body)
    _pad(file)
    file.write(bytes(2 * _BLOCK))
    file.seek(0)
    file.write(_head(DUMP, size, manifest.taken_at))
    return whole


def _head(name: str, size: int, taken_at: dt.datetime) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(taken_at.timestamp())
    return info.tobuf(tarfile.GNU_FORMAT)


def _pad(file: IO[bytes]) -> None:
    file.write(bytes(-file.tell() % _BLOCK))


def _contents(file: Path, opened: IO[bytes]) -> tuple[Manifest, int, int]:
    """The manifest, and where the dump begins and how long it is."""
    try:
        with tarfile.open(fileobj=opened, mode="r:") as archive:
            dump, last = archive.getmembers()
            inside = archive.extractfile(last) if last.size <= _LARGEST_MANIFEST else None
            if (dump.name, last.name) != (DUMP, MANIFEST) or inside is None:
                raise ValueError
            return msgspec.json.decode(inside.read(), type=Manifest), dump.offset_data, dump.size
    except (tarfile.TarError, ValueError):
        raise BadBackup(f"{file} is no backup of desk-server, or a part of it is missing: give a whole one.") from None


def _chunks(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := file.read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk


def _checksum(dump: hashlib._Hash, manifest: Manifest) -> str:
    whole = dump.copy()
    whole.update(msgspec.json.encode(msgspec.structs.replace(manifest, checksum="")))
    return whole.hexdigest()


def _program() -> str:
    try:
        return version("desk-client")
    except PackageNotFoundError:
        return "unknown"
