"""Attached files that were fetched from the server: in ``cache.db``, by the event that attached them. They go with it, in the same
transaction (P20), and can be fetched again at any time."""

from __future__ import annotations

import datetime as dt

from desk_client.models.cache import Cache
from desk_client.models.reading import Reading

MOST_BYTES = 256 * 1024 * 1024
"""What is kept at most; the oldest go first."""

_BEGIN = "INSERT OR IGNORE INTO fetched SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM event WHERE id = ?)"
_RECEIVED = "SELECT coalesce(max(at + length(body)), 0) FROM fetched_part WHERE event = ?"
_ADD = "INSERT OR REPLACE INTO fetched_part SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM fetched WHERE event = ?)"
_OLDEST_FIRST = "SELECT event, size FROM fetched ORDER BY at DESC"


def begin(cache: Cache, event: str, size: int, now: dt.datetime) -> int:
    """How much of a file is here already: a fetch that was cut goes on from there. Older ones make room for it."""
    with cache.commit() as connection:
        connection.run(_BEGIN, (event, size, now.isoformat(), event))
        kept = 0
        for one, length in connection.run(_OLDEST_FIRST).fetchall():
            kept += length
            if kept > MOST_BYTES and one != event:
                _drop(cache, one)
        return int(connection.value(_RECEIVED, (event,)))


def add(cache: Cache, event: str, at: int, body: bytes) -> bool:
    """The bytes from ``at`` on; False when the event is not here any more: then nothing of its file is either."""
    with cache.commit() as connection:
        return bool(connection.run(_ADD, (event, at, body, event)).rowcount)


def drop(cache: Cache, event: str) -> None:
    """Forget what was fetched."""
    with cache.commit():
        _drop(cache, event)


def _drop(cache: Cache, event: str) -> None:
    with cache.commit() as connection:
        connection.run("DELETE FROM fetched_part WHERE event = ?", (event,))
        connection.run("DELETE FROM fetched WHERE event = ?", (event,))


def fetched_bytes(reading: Reading, event: str) -> bytes | None:
    """The whole file, when it is here."""
    size = reading.cache.value("SELECT size FROM fetched WHERE event = ?", (event,))
    if size is None:
        return None
    rows = reading.cache.run("SELECT body FROM fetched_part WHERE event = ? ORDER BY at", (event,)).fetchall()
    found = b"".join(row[0] for row in rows)
    return found if len(found) == size else None
