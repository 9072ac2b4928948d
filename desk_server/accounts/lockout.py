"""The one counter of wrong guesses, over everything that can be guessed at (R11); it also counts for names that nobody has (R12)."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import Connection

from desk_server.db.engine import bind

FREE = 5
"""Wrong guesses before one has to wait."""
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=15)
FORGOTTEN = dt.timedelta(hours=12)
"""After so long without a guess the count begins anew."""

_READ = "SELECT failures, until FROM lockout WHERE key = %s"
_COUNT = (
    "INSERT INTO lockout (key, failures, until) VALUES (%(key)s, 1, %(now)s) ON CONFLICT (key) DO UPDATE SET "
    "failures = CASE WHEN lockout.until < %(forgotten)s THEN 1 ELSE lockout.failures + 1 END RETURNING failures"
)
_WAIT = "UPDATE lockout SET until = %s WHERE key = %s"
_FORGET = "DELETE FROM lockout WHERE key = %s"


def key_of(login: str) -> bytes:
    """The counter's key of a login; the login itself is not stored for people who do not exist."""
    return hashlib.sha256(login.encode()).digest()


def seconds_left(connection: Connection, key: bytes, now: dt.datetime) -> float:
    """How long one has to wait before the next guess is looked at; 0 when it is."""
    bind(connection, {"desk.lockout": key.hex()})
    row = connection.exec_driver_sql(_READ, (key,)).first()
    if row is None or row[0] < FREE:
        return 0.0
    until: dt.datetime = row[1]
    return max(0.0, (until - now).total_seconds())


def count_failure(connection: Connection, key: bytes, now: dt.datetime) -> None:
    """A wrong guess; from the fifth on the wait doubles with each."""
    bind(connection, {"desk.lockout": key.hex()})
    asked = {"key": key, "now": now, "forgotten": now - FORGOTTEN}
    failures = int(connection.exec_driver_sql(_COUNT, asked).scalar_one())
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - FREE, 10)) if failures >= FREE else dt.timedelta()
    connection.exec_driver_sql(_WAIT, (now + wait, key))


def forget(connection: Connection, key: bytes) -> None:
    """A right password: the count begins anew."""
    bind(connection, {"desk.lockout": key.hex()})
    connection.exec_driver_sql(_FORGET, (key,))
