"""Whose token is this? Answered from memory for a moment, else from the database; ended for everybody at once by a notification (R10)."""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import dataclass

import msgspec

from desk_core.people import Member
from desk_server.accounts.passwords import token_hash
from desk_server.clock import Clock
from desk_server.db.engine import Database, bind
from desk_server.sync.service import CONTACT_NOTED_EVERY, Policies, Reader, raw_of, reader_of

INACTIVE = dt.timedelta(days=30)
"""A session that was not used for so long is over (R15)."""
LONGEST = dt.timedelta(days=180)
HELD_SECONDS = 5.0
"""How long an answer from memory holds when no notification comes through."""
MOST_HELD = 20_000

_TOKEN = "SELECT desk, member, device, created_at, last_used_at FROM token WHERE hash = %s AND revoked_at IS NULL"  # noqa: S105 - a query
_MEMBER = (
    "SELECT m.body::text, m.scope_version, d.policy_version, d.accounts FROM member m JOIN desk d ON d.id = m.desk "
    "JOIN device v ON v.desk = m.desk AND v.id = %s AND v.revoked_at IS NULL WHERE m.desk = %s AND m.id = %s"
)
_END = "DELETE FROM token WHERE desk = %s AND device = %s"
_USED = "UPDATE token SET last_used_at = %s WHERE hash = %s"
_SEEN = "UPDATE device SET seen_at = %s WHERE desk = %s AND id = %s"
_MEMBER_BODY = msgspec.json.Decoder(Member)


@dataclass(frozen=True)
class Session:
    """A member signed in on a device, with what the member may read at this moment."""

    member: Member
    reader: Reader


class Sessions:
    """The sessions of this process."""

    def __init__(self, database: Database, clock: Clock, policies: Policies) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._held: dict[bytes, tuple[float, Session, dt.datetime]] = {}
        # Held by whoever adds to the dictionary or goes through it: sessions are found in many threads.
        self._lock = threading.Lock()

    def forget(self, desk: str) -> None:
        """Something about members of ``desk`` ("": of any desk) changed: nothing is answered from memory any more."""
        with self._lock:
            self._held = {} if not desk else {h: kept for h, kept in self._held.items() if kept[1].reader.desk != desk}

    def held(self, token: str) -> Session | None:
        """The session of a token, if it is known without asking the database, and that it is used need not be noted again."""
        kept = self._held.get(token_hash(token))
        if kept is None or kept[0] <= time.monotonic() or self._clock.now() - kept[2] > CONTACT_NOTED_EVERY:
            return None
        return kept[1]

    def end(self, reader: Reader) -> None:
        """Sign a device out: its token opens nothing any more. Another process may answer from memory for HELD_SECONDS. Blocking."""
        with self._database.executor(reader.desk) as connection:
            connection.exec_driver_sql(_END, (reader.desk, reader.device))
        with self._lock:
            self._held = {h: kept for h, kept in self._held.items() if kept[1].reader.device != reader.device}

    def find(self, token: str) -> Session | None:
        """The session of a token, or None: unknown, revoked, too old, or of somebody who is switched off. Blocking."""
        hashed, now = token_hash(token), self._clock.now()
        held = self._held
        with self._database.reader("", ()) as connection:
            bind(connection, {"desk.token": hashed.hex()})
            row = connection.exec_driver_sql(_TOKEN, (hashed,)).first()
            if row is None or now - row[4] > INACTIVE or now - row[3] > LONGEST:
                return None
            desk, member_id, device, _, used = row
            bind(connection, {"desk.id": desk})
            found = connection.exec_driver_sql(_MEMBER, (device, desk, member_id)).first()
            if found is None:
                return None
            member = _MEMBER_BODY.decode(found[0])
            policy = self._policies.of(raw_of(connection), desk, found[2])
        if not member.active:
            return None
        session = Session(member, reader_of(desk, member, device, found[1], policy, found[3]))
        if now - used > CONTACT_NOTED_EVERY:
            with self._database.executor(desk) as connection:
                connection.exec_driver_sql(_USED, (now, hashed))
                connection.exec_driver_sql(_SEEN, (now, desk, device))
            used = now
        with self._lock:
            if len(held) >= MOST_HELD:
                held.clear()
            # A notification since we looked has replaced the dictionary: what we know may be over.
            held[hashed] = (time.monotonic() + HELD_SECONDS, session, used)
        return session
