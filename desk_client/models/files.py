"""The files of one member on this machine, and what happens to a damaged one: moved or copied aside, never deleted (R24, R26)."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from desk_client.models.engines import KEY_BYTES, open_file
from desk_client.models.errors import Damaged, WrongKey
from desk_client.models.outbox import Outbox

_COMPANIONS = ("-wal", "-shm")
_SALT, _PAGE = 16, 4_096
_WITH_LOG = b"with a log"


class Notice(msgspec.Struct, frozen=True):
    """Something that a person should know once: a code and one sentence."""

    code: str
    text: str


CACHE_MENDED = Notice(
    "cache_mended",
    "The local copy of the desk's data was damaged; it was set aside and is fetched again. Your unsent work is safe.",
)
CACHE_DIFFERED = Notice(
    "cache_differed",
    "The local copy of the desk's data was not the same as the server's; it is fetched again. Your unsent work is safe.",
)
OUTBOX_MENDED = Notice(
    "outbox_mended",
    "The file with your unsent work was damaged; a copy was kept beside it, and everything that could still be read goes on from here.",
)
OUTBOX_LOG_GONE = Notice(
    "outbox_log_gone",
    "The newest part of the file with your unsent work was removed, perhaps by another program; what you entered last and was not sent "
    "yet must be entered again.",
)


class Folder:
    """Where a member's two files lie; the folder and the files are the member's alone (R27)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        self.outbox = path / "outbox.db"
        self.cache = path / "cache.db"
        self.next_cache = path / "cache-next.db"
        # Once it is there it is the outbox, whole and newer than the damaged file: a crash on the way starts on no older one.
        self.recovered = path / "outbox-recovered.db"
        self._open_mark = path / "open"
        self.log_gone = False
        """An unclean exit left no write-ahead log of the outbox, and it always leaves one."""

    def mark_open(self) -> bool:
        """Note that the files are in use; True when they were not closed properly last time."""
        unclean = self._open_mark.exists()
        log = self.outbox.with_name(self.outbox.name + "-wal")
        self.log_gone = unclean and self._open_mark.read_bytes() == _WITH_LOG and not log.exists()
        self._open_mark.touch(mode=0o600)
        self.mark_log(there=False)
        return unclean

    def mark_log(self, *, there: bool) -> None:
        """Note whether the outbox has a write-ahead log: from its opening until it is about to be closed."""
        self._open_mark.write_bytes(_WITH_LOG if there else b"")

    def mark_closed(self) -> None:
        """The files were closed properly."""
        self._open_mark.unlink(missing_ok=True)

    def aside(self, file: Path, now: dt.datetime) -> Path:
        """Move a file and its companions out of the way; only the latest damaged cache is kept."""
        for old in self.path.glob(f"{file.stem}.damaged-*"):
            old.unlink(missing_ok=True)
        return self._keep(file, now, move=True)

    def copy_aside(self, file: Path, now: dt.datetime) -> Path:
        """Copy a file and its companions; every copy is kept."""
        return self._keep(file, now, move=False)

    def _keep(self, file: Path, now: dt.datetime, *, move: bool) -> Path:
        kept = self.path / f"{file.stem}.damaged-{now:%Y%m%dT%H%M%S%f}.db"
        for companion in ("", *_COMPANIONS):
            source = file.with_name(file.name + companion)
            if source.exists():
                target = kept.with_name(kept.name + companion)
                if move:
                    source.replace(target)
                else:
                    shutil.copy2(source, target)
        return kept

    def take_recovered(self) -> None:
        """What was recovered takes the damaged outbox's place; doing it again after a crash in between is fine."""
        _to_disk(self.path)
        for companion in _COMPANIONS:
            self.outbox.with_name(self.outbox.name + companion).unlink(missing_ok=True)
        self.recovered.replace(self.outbox)
        _to_disk(self.path)

    def remove_damaged_caches(self) -> None:
        """Delete the damaged caches that were set aside."""
        for damaged in self.path.glob("cache.damaged-*"):
            damaged.unlink(missing_ok=True)

    def remove(self, file: Path) -> None:
        """Delete a cache and its companions."""
        for companion in ("", *_COMPANIONS):
            file.with_name(file.name + companion).unlink(missing_ok=True)


def _to_disk(folder: Path) -> None:
    """Let the names in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_outbox(
    folder: Folder, key: bytes, now: dt.datetime, *, suspect: bool, sure: bool = False
) -> tuple[Outbox, Notice | None]:
    """The outbox; a damaged one is copied aside first, then what can be read of it goes on in a new file under its name. ``sure``: the key
    is known to be the right one, so that a file that it does not open is damaged (R24, R26)."""
    if folder.recovered.exists():
        # The program ended after everything was recovered and before that took its place.
        folder.take_recovered()
        return Outbox(folder.outbox, key), OUTBOX_MENDED
    try:
        return Outbox(folder.outbox, key, suspect=suspect), OUTBOX_LOG_GONE if folder.log_gone else None
    except Damaged:
        pass
    except WrongKey:
        if not sure:
            raise
    folder.copy_aside(folder.outbox, now)
    recovering = folder.path / "outbox-recovering.db"
    folder.remove(recovering)
    _recover(folder.outbox, recovering, key)
    recovering.replace(folder.recovered)
    folder.take_recovered()
    return Outbox(folder.outbox, key), OUTBOX_MENDED


def cache_key_of(outbox: Outbox, new_key: Callable[[int], bytes]) -> bytes:
    """The key of the cache that goes with an outbox, which keeps it; a new one when there is none."""
    kept = outbox.identity("cache_key")
    if not kept:
        kept = new_key(KEY_BYTES).hex()
        outbox.identify(cache_key=kept)
    return bytes.fromhex(kept)


def device_of(folder: Folder, key: bytes, *, sure: bool = False) -> tuple[str, str]:
    """:meth:`Outbox.device_to_enrol` of files that nobody has open and the token in them, "" when they are too damaged to tell. Raises
    ``WrongKey`` unless the key is ``sure`` to be the right one."""
    try:
        outbox = Outbox(folder.recovered if folder.recovered.exists() else folder.outbox, key)
    except Damaged:
        return "", ""
    except WrongKey:
        if sure:
            return "", ""
        raise
    try:
        return outbox.device_to_enrol(), outbox.identity("token")
    except Damaged:
        return "", ""
    finally:
        outbox.close()


def _recover(damaged: Path, target: Path, key: bytes) -> None:
    """Copy every row that can still be read, table by table, from both ends up to the damage."""
    Outbox(target, key).close()
    mended = damaged.with_name("outbox-first-page.db")
    try:
        Outbox(damaged, key).close()
    except (WrongKey, Damaged):
        _mend_first_page(damaged, mended, key)
        damaged = mended
    try:
        _copy_rows(damaged, target, key)
    finally:
        for file in (mended, *(mended.with_name(mended.name + companion) for companion in _COMPANIONS)):
            file.unlink(missing_ok=True)


def _mend_first_page(damaged: Path, mended: Path, key: bytes) -> None:
    """A copy of a file whose first page cannot be read, with that of a new file of the same tables, salt and length in its place: it holds
    nothing but where the tables begin, which is the same in every outbox."""
    from desk_client.models.tables import make_outbox  # noqa: PLC0415 - SQLAlchemy only where a file is made

    model = damaged.with_name("outbox-model.db")
    for companion in ("", *_COMPANIONS):
        model.with_name(model.name + companion).unlink(missing_ok=True)
        source = damaged.with_name(damaged.name + companion)
        if source.exists():
            shutil.copy2(source, mended.with_name(mended.name + companion))
    content = bytearray(damaged.read_bytes())
    connection = open_file(model, key, durable=False, salt=bytes(content[:_SALT]))
    try:
        with connection.begin():
            make_outbox(connection)
            connection.run("INSERT INTO draft VALUES ('length', zeroblob(?), '')", (len(content),))
    finally:
        connection.close()
    like = model.read_bytes()
    model.unlink()
    content[:_PAGE] = like[:_PAGE]
    mended.write_bytes(content.ljust(len(like), b"\0"))


def _copy_rows(damaged: Path, target: Path, key: bytes) -> None:
    from desk_client.models.tables import OUTBOX  # noqa: PLC0415 - as above

    sink = open_file(target, key, durable=True)
    try:
        with sink.begin():
            for table in OUTBOX.sorted_tables:
                places = ", ".join("?" * len(table.columns))
                names = ", ".join(c.name for c in table.columns)
                rows: dict[object, tuple[object, ...]] = {}
                for order in ("ASC", "DESC"):
                    wanted = f"SELECT rowid, {names} FROM {table.name} ORDER BY rowid {order}"  # noqa: S608 - our own tables
                    _read_until_damage(damaged, key, wanted, rows)
                for row in rows.values():
                    sink.run(f"INSERT OR IGNORE INTO {table.name} VALUES ({places})", row)  # noqa: S608 - our own tables
    finally:
        sink.close()


def _read_until_damage(file: Path, key: bytes, statement: str, rows: dict[object, tuple[object, ...]]) -> None:
    """Add rows by their rowid until one cannot be read, on a connection of its own: after a bad page SQLCipher reads no more on it."""
    connection = open_file(file, key, durable=True)
    try:
        for row in connection.run(statement):
            if row[0] in rows:
                return
            rows[row[0]] = tuple(row[1:])
    except (dbapi2.DatabaseError, WrongKey):
        return
    finally:
        connection.close()
