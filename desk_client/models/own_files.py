"""Files that were attached on this machine: their bytes lie in ``outbox.db`` until the server has them, and then for as long as the journal
has their commands, so that a server that was put back gets them again (P18).

On the storage thread, but for :func:`own_bytes` and :func:`still_sending`, which read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from desk_client.models.connection import Connection
from desk_client.models.outbox import Outbox
from desk_client.models.reading import Reading
from desk_core.files import AttachFile
from desk_core.protocol import WireCommand

_COMMAND = msgspec.json.Decoder(WireCommand)
_ASK = msgspec.json.Decoder(AttachFile)
_ATTACHING = "SELECT body FROM command WHERE instr(CAST(body AS TEXT), '\"attach_file\"') ORDER BY n"
_GIVEN_UP = "SELECT id FROM put_away WHERE how IN ('discarded', 'withdrawn')"
_PART = "SELECT at, body FROM file_part WHERE sha256 = ? AND at < ? AND at + length(body) > ? ORDER BY at"


class OwnFile(NamedTuple):
    """A file that was attached here."""

    sha256: str
    size: int
    sent: bool


class Attaching(NamedTuple):
    """A command that attaches a file, with its arguments."""

    command: WireCommand
    ask: AttachFile


class OwnFiles:
    """The writing side, in the outbox of one member."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.adding: set[str] = set()
        """What is being read in; its command comes last."""

    def begin(self, sha256: str, size: int) -> bool:
        """Its parts follow, and then its command; True when all of it is here already."""
        self.adding.add(sha256)
        with self._outbox.commit() as connection:
            connection.run("INSERT OR IGNORE INTO file (sha256, size) VALUES (?, ?)", (sha256, size))
            here = connection.value("SELECT sum(length(body)) FROM file_part WHERE sha256 = ?", (sha256,))
        return bool(here == size)

    def add(self, sha256: str, at: int, body: bytes) -> None:
        """The bytes from ``at`` on."""
        with self._outbox.commit() as connection:
            connection.run("INSERT OR REPLACE INTO file_part VALUES (?, ?, ?)", (sha256, at, body))

    def all(self) -> list[OwnFile]:
        """Everything that is here, in the order in which it was attached."""
        with self._outbox.commit() as connection:
            rows = connection.run("SELECT sha256, size, sent FROM file ORDER BY rowid").fetchall()
        return [OwnFile(sha256, size, bool(sent)) for sha256, size, sent in rows]

    def attaching(self) -> dict[str, list[Attaching]]:
        """The commands that attach files, by digest, without those that were given up."""
        with self._outbox.commit() as connection:
            return attaching(connection)

    def part(self, sha256: str, at: int, count: int) -> bytes:
        """At most ``count`` bytes from ``at`` on."""
        with self._outbox.commit() as connection:
            return _bytes(connection, sha256, at, at + count)

    def sent(self, sha256: str, now: dt.datetime) -> None:
        """The server has all of it."""
        with self._outbox.commit() as connection:
            connection.run("UPDATE file SET sent = ? WHERE sha256 = ?", (now.isoformat(), sha256))

    def nothing_is_sent(self) -> None:
        """The server may have lost what it had: it is asked about every file again (P18)."""
        with self._outbox.commit() as connection:
            connection.run("UPDATE file SET sent = ''")

    def drop(self, gone: Iterable[str]) -> None:
        """Forget these, and overwrite where they lay (P20)."""
        rows = [(sha256,) for sha256 in gone]
        if rows:
            with self._outbox.commit() as connection:
                connection.run("PRAGMA secure_delete=ON")
                connection.run_many("DELETE FROM file_part WHERE sha256 = ?", rows)
                connection.run_many("DELETE FROM file WHERE sha256 = ?", rows)
            self._outbox.fold_log()


def attaching(connection: Connection) -> dict[str, list[Attaching]]:
    """The commands of an outbox that attach files, by digest, without those that were given up."""
    given_up = {row[0] for row in connection.run(_GIVEN_UP)}
    found: dict[str, list[Attaching]] = {}
    for (body,) in connection.run(_ATTACHING).fetchall():
        command = _COMMAND.decode(body)
        if command.name == AttachFile.name and command.id not in given_up:
            ask = _ASK.decode(command.args)
            found.setdefault(ask.sha256, []).append(Attaching(command, ask))
    return found


def own_bytes(reading: Reading, sha256: str) -> bytes | None:
    """The whole file, when it is here."""
    size = reading.outbox.value("SELECT size FROM file WHERE sha256 = ?", (sha256,))
    found = _bytes(reading.outbox, sha256, 0, size) if size is not None else b""
    return found if size is not None and len(found) == size else None


def still_sending(reading: Reading) -> list[Attaching]:
    """What was attached here and the server does not have yet."""
    unsent = [row[0] for row in reading.outbox.run("SELECT sha256 FROM file WHERE sent = '' ORDER BY rowid").fetchall()]
    commands = attaching(reading.outbox) if unsent else {}
    return [one for sha256 in unsent for one in commands.get(sha256, ())]


def _bytes(connection: Connection, sha256: str, start: int, end: int) -> bytes:
    rows = connection.run(_PART, (sha256, end, start)).fetchall()
    return b"".join(body[max(0, start - at) : end - at] for at, body in rows)
