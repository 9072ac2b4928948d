"""The bytes of attachments: taken part by part from who attached them, given to whoever may read what they are attached to.

A part is on the disk before it is answered, so that an upload that was cut goes on where it stood. Nothing is shared between members: to
know a digest is not to have the file, and who attaches one must send it (R01, R02).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from desk_core.findings import Finding
from desk_core.protocol import BlobReply
from desk_server.clock import Clock
from desk_server.db.engine import Database, Unavailable
from desk_server.sync.batch import raw_of
from desk_server.sync.feed import Reader, StaleReader, head_of
from desk_server.sync.service import NotFound
from desk_server.sync.view import Raw

T = TypeVar("T")

LARGEST_PART = 1024 * 1024
"""Bytes that are taken or given at once."""
THREADS = 2
LONGEST_LINE = 100
"""Parts that wait for a thread; files are shed before anything else (F22)."""

_ACCOUNTS = "SELECT accounts FROM desk WHERE id = %s"
_GIVEN = "SELECT (body -> 'what' ->> 'size')::bigint FROM event WHERE desk = %s AND file = %s AND body ->> 'actor' = %s LIMIT 1"
_HELD = "SELECT size, complete_at FROM blob WHERE desk = %s AND sha256 = %s AND member = %s FOR UPDATE"
_RECEIVED = "SELECT coalesce(max(at + length(body)), 0) FROM blob_part WHERE desk = %s AND sha256 = %s AND member = %s"
_TAKEN = "SELECT coalesce(sum(size), 0) FROM blob WHERE desk = %s"
_BEGIN = "INSERT INTO blob (desk, sha256, member, size, begun_at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
_ADD = "INSERT INTO blob_part (desk, sha256, member, at, body) VALUES (%s, %s, %s, %s, %s)"
_DIGEST = (
    "SELECT encode(sha256(coalesce(string_agg(body, ''::bytea ORDER BY at), ''::bytea)), 'hex'), coalesce(sum(length(body)), 0) "
    "FROM blob_part WHERE desk = %s AND sha256 = %s AND member = %s"
)
_COMPLETE = "UPDATE blob SET complete_at = %s WHERE desk = %s AND sha256 = %s AND member = %s"
_DROP_PARTS = "DELETE FROM blob_part WHERE desk = %s AND sha256 = %s AND member = %s"
_DROP = "DELETE FROM blob WHERE desk = %s AND sha256 = %s AND member = %s"
_READABLE = (
    "SELECT e.body -> 'what' ->> 'sha256', b.member, b.size FROM event e LEFT JOIN blob b ON b.desk = e.desk AND b.sha256 = e.file "
    "AND b.member = e.body ->> 'actor' AND b.complete_at IS NOT NULL WHERE e.desk = %s AND e.file = %s ORDER BY b.member LIMIT 1"
)
_PARTS = "SELECT at, body FROM blob_part WHERE desk = %s AND sha256 = %s AND member = %s AND at < %s AND at + length(body) > %s ORDER BY at"
_ALL = "SELECT sha256, member, size, complete_at IS NOT NULL FROM blob WHERE desk = %s ORDER BY sha256, member"
_MISSING = (
    "SELECT count(DISTINCT (e.file, e.body ->> 'actor')) FROM event e LEFT JOIN blob b ON b.desk = e.desk AND b.sha256 = e.file "
    "AND b.member = e.body ->> 'actor' AND b.complete_at IS NOT NULL WHERE e.desk = %s AND e.file <> '' AND b.sha256 IS NULL"
)
_ORPHANS = (
    "SELECT b.sha256, b.member FROM blob b WHERE b.desk = %s AND NOT EXISTS "
    "(SELECT 1 FROM event e WHERE e.desk = b.desk AND e.file = b.sha256 AND e.body ->> 'actor' = b.member)"
)


class Part(NamedTuple):
    """Bytes of a file from ``at`` on, of ``size`` in all."""

    at: int
    size: int
    body: bytes


class OtherSize(Exception):
    """What is sent is not as long as what was attached."""


class Damaged(Exception):
    """What arrived is not what its digest says; it is to be sent again from its beginning."""


class Full(Exception):
    """The desk's attachments take up all the room that there is for them."""


class NotThere(Exception):
    """The file is attached, and has not come yet."""


@dataclass(frozen=True)
class _Key:
    desk: str
    sha256: str
    member: str

    @property
    def values(self) -> tuple[str, str, str]:
        return self.desk, self.sha256, self.member


class BlobService:
    """One process's side of the attachments of all desks."""

    def __init__(self, database: Database, clock: Clock, most_bytes: int) -> None:
        self._database = database
        self._clock = clock
        self._most_bytes = most_bytes
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="blob")
        self._waiting = 0

    def close(self) -> None:
        """Finish what is under way."""
        self._threads.shutdown(wait=True)

    async def put(self, reader: Reader, sha256: str, part: Part) -> BlobReply:
        """Take a part of a file that the reader attached; one without bytes asks how much is there. A part that does not begin where the
        file ends is not taken, and the answer says where it does.

        Raises :class:`NotFound` unless the reader attached such a file, :class:`OtherSize`, :class:`Damaged`, :class:`Full`.
        """
        key = _Key(reader.desk, sha256, reader.member)

        def work(connection: Connection) -> BlobReply | None:
            return self._take(raw_of(connection), reader, key, part)

        reply = await self._run(lambda: self._database.retried(lambda: self._database.executor(reader.desk), work))
        if reply is None:
            raise Damaged
        return reply

    def _take(self, raw: Raw, reader: Reader, key: _Key, part: Part) -> BlobReply | None:
        """None: all of it is there and is something else; it was thrown away."""
        self._may(raw, reader, key, part.size)
        if part.body:
            self._begin(raw, key, part.size)
        held = raw.execute(_HELD, key.values).fetchone()
        if held is None:
            return self._reply(0, part.size)
        if held[1] is not None:
            return self._reply(part.size, part.size, complete=True)
        received = _one(raw, _RECEIVED, key.values)
        if part.at != received or not part.body or received + len(part.body) > part.size:
            return self._reply(received, part.size)
        raw.execute(_ADD, (*key.values, part.at, part.body))
        received += len(part.body)
        if received < part.size:
            return self._reply(received, part.size)
        if raw.execute(_DIGEST, key.values).fetchone() != (key.sha256, part.size):
            raw.execute(_DROP_PARTS, key.values)
            return None
        raw.execute(_COMPLETE, (self._clock.now(), *key.values))
        return self._reply(received, part.size, complete=True)

    def _may(self, raw: Raw, reader: Reader, key: _Key, size: int) -> None:
        """Who attached it may give it, also after the ticket went elsewhere: it was taken then, and nothing is read by that."""
        if _one(raw, _ACCOUNTS, (reader.desk,)) != reader.accounts:
            raise StaleReader
        given = raw.execute(_GIVEN, key.values).fetchone()
        if given is None:
            raise NotFound
        if given[0] != size:
            raise OtherSize

    def _begin(self, raw: Raw, key: _Key, size: int) -> None:
        if raw.execute(_HELD, key.values).fetchone() is not None:
            return
        if _one(raw, _TAKEN, (key.desk,)) + size > self._most_bytes:
            raise Full
        raw.execute(_BEGIN, (*key.values, size, self._clock.now()))

    def _reply(self, received: int, size: int, *, complete: bool = False) -> BlobReply:
        return BlobReply(received=received, size=size, complete=complete, server_time=self._clock.now())

    async def get(self, reader: Reader, sha256: str, first: int = 0, last: int | None = None) -> Part:
        """The bytes ``first`` to ``last`` of a file (at most ``LARGEST_PART`` of them where ``last`` is given), none where it is shorter.

        Raises :class:`NotFound` unless it is attached to something that the reader may read, :class:`NotThere` while it has not come.
        """

        def work(connection: Connection) -> Part:
            raw = raw_of(connection)
            head_of(raw, reader, 0)
            found = raw.execute(_READABLE, (reader.desk, sha256)).fetchone()
            if found is None:
                raise NotFound
            _, member, size = found
            if member is None:
                raise NotThere
            end = size if last is None else min(size, last + 1, first + LARGEST_PART)
            return Part(first, size, _bytes(raw, _Key(reader.desk, sha256, member), first, end))

        return await self._run(
            lambda: self._database.retried(
                lambda: self._database.reader(reader.desk, reader.scopes, reader.member), work
            )
        )

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= LONGEST_LINE:
            raise Unavailable("too many parts of files wait")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _bytes(raw: Raw, key: _Key, first: int, end: int) -> bytes:
    if first >= end:
        return b""
    parts = raw.execute(_PARTS, (*key.values, end, first)).fetchall()
    return b"".join(bytes(body)[max(0, first - at) : end - at] for at, body in parts)


def _one(raw: Raw, statement: str, parameters: tuple[Any, ...]) -> Any:
    row = raw.execute(statement, parameters).fetchone()
    return row[0] if row is not None else None


def check_blobs(connection: Connection, desk: str, *, repair: bool) -> Iterator[Finding]:
    """What is wrong with a desk's attachments: bytes that are not what was sent, files that nothing names, files that never came."""
    raw = raw_of(connection)
    broken = []
    for sha256, member, size, complete in raw.execute(_ALL, (desk,)).fetchall():
        if complete and raw.execute(_DIGEST, (desk, sha256, member)).fetchone() != (sha256, size):
            broken.append((desk, sha256, member))
    if broken:
        for key in broken if repair else ():
            raw.execute(_DROP_PARTS, key)
            raw.execute(_DROP, key)
        what = f"{len(broken)} attached files of {desk} are not what was sent ({broken[0][1][:12]}…, given by {broken[0][2]})."
        do = "Repair throws them away, so that a desk that still has them sends them again; for the others: the last backup."
        yield Finding(code="blobs_damaged", what=what, do=do, repairable=True, repaired=repair)
    orphans = raw.execute(_ORPHANS, (desk,)).fetchall()
    if orphans:
        for sha256, member in orphans if repair else ():
            raw.execute(_DROP_PARTS, (desk, sha256, member))
            raw.execute(_DROP, (desk, sha256, member))
        what = f"{len(orphans)} files of {desk} are attached to nothing any more."
        yield Finding(code="blobs_unused", what=what, do="Repair removes them.", repairable=True, repaired=repair)
    missing = _one(raw, _MISSING, (desk,))
    if missing:
        what = f"{missing} attached files of {desk} have not come, or not whole."
        do = "Let the computers on which they were added sync; `desk-client outbox` there names them."
        yield Finding(code="blobs_missing", what=what, do=do)
