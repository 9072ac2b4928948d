"""Who waits for news: held long polls, woken by what PostgreSQL notifies after a commit, and all at once at shutdown."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import psycopg
from psycopg import sql

from desk_server.db.engine import Database, Unavailable
from desk_server.sync.commit import CHANNEL, Wakeup
from desk_server.threads import in_thread

_LOG = logging.getLogger("desk_server.sync")
_WAKEUP = msgspec.json.Decoder(Wakeup)
RECONNECT_SECONDS = 1.0
REMEMBERED = 256
"""Commits of each desk of which this process still knows what they told."""


@dataclass(eq=False)
class Waiter:
    """One held request. ``woken`` is set when there may be something for it."""

    scopes: frozenset[str]
    device: str
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """The waiters of this process, per desk. Everything happens on the event loop; nothing here waits for the database."""

    def __init__(self, database: Database, accounts_changed: Callable[[str], None]) -> None:
        self._database = database
        self._accounts_changed = accounts_changed
        self._waiters: dict[str, set[Waiter]] = {}
        self._told: dict[str, deque[Wakeup]] = {}
        self._connection: psycopg.Connection | None = None
        self._closed = False
        self._listening: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many requests are held."""
        return sum(len(waiters) for waiters in self._waiters.values())

    @property
    def closed(self) -> bool:
        """True once the server is going down: nobody waits any more."""
        return self._closed

    def start(self) -> None:
        """Listen from now on, and again after every loss of the connection."""
        self._listening = asyncio.create_task(self._listen())

    def release(self) -> None:
        """Let everybody go, and nobody wait again: the server is going down."""
        self._closed = True
        self._wake_all()

    async def close(self) -> None:
        """Release everybody and stop listening."""
        self.release()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    def enter(self, desk: str, waiter: Waiter) -> None:
        """Hold a request from now on."""
        self._waiters.setdefault(desk, set()).add(waiter)
        if self._closed:
            waiter.woken.set()

    def leave(self, desk: str, waiter: Waiter) -> None:
        """The request is over."""
        waiters = self._waiters.get(desk)
        if waiters is not None:
            waiters.discard(waiter)
            if not waiters:
                del self._waiters[desk]

    def wake(self, wakeup: Wakeup) -> None:
        """Wake those whom a commit concerns: a scope of theirs changed, or their device has a verdict."""
        if wakeup.seq:
            self._remember(wakeup)
        if wakeup.accounts:
            self._accounts_changed(wakeup.desk)
        scopes, devices = set(wakeup.scopes), set(wakeup.devices)
        for waiter in self._waiters.get(wakeup.desk, ()):
            if wakeup.accounts or wakeup.everyone or waiter.device in devices or not scopes.isdisjoint(waiter.scopes):
                waiter.woken.set()

    def _remember(self, wakeup: Wakeup) -> None:
        told = self._told.setdefault(wakeup.desk, deque(maxlen=REMEMBERED))
        if told and told[-1].seq + 1 != wakeup.seq:
            told.clear()
        told.append(wakeup)

    def told_since(self, desk: str, seq: int) -> list[Wakeup] | None:
        """What the commits after ``seq`` told, up to the last one that was heard of; None when not all of that is known."""
        told = self._told.get(desk)
        if not told or not told[0].seq <= seq + 1 <= told[-1].seq + 1:
            return None
        return [wakeup for wakeup in told if wakeup.seq > seq]

    def _wake_all(self) -> None:
        for waiters in self._waiters.values():
            for waiter in waiters:
                waiter.woken.set()

    def _notified(self, payload: bytes) -> None:
        """What was notified, handed on; what cannot be read may concern everybody."""
        try:
            wakeup = _WAKEUP.decode(payload)
        except msgspec.DecodeError:
            _LOG.error("a notification of %d bytes could not be read", len(payload))
            self._told.clear()
            self._accounts_changed("")
            self._wake_all()
            return
        self.wake(wakeup)

    async def _listen(self) -> None:
        while not self._closed:
            try:
                await in_thread(self._connect)
                # Whatever happened while nobody listened: everyone looks for himself, and no session is taken from memory.
                self._told.clear()
                self._accounts_changed("")
                self._wake_all()
                await self._receive()
            except Unavailable as error:
                _LOG.warning("nobody listens for commits: %s", error)
            except Exception:
                # Without this task every poll would be held to its end, and rights that are over would be answered from memory.
                _LOG.exception("listening for commits failed; it is begun anew")
            finally:
                if self._connection is not None:
                    self._connection.close()
                    self._connection = None
            await asyncio.sleep(RECONNECT_SECONDS)

    def _connect(self) -> None:
        self._connection = self._database.listen()
        self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))

    async def _receive(self) -> None:
        """Hand on what is notified until the connection is lost."""
        connection = self._connection
        if connection is None:
            return
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        loop.add_reader(connection.fileno(), readable.set)
        try:
            while True:
                try:
                    connection.pgconn.consume_input()
                except psycopg.OperationalError:
                    _LOG.warning("the connection that listens for commits was lost")
                    return
                while (notified := connection.pgconn.notifies()) is not None:
                    self._notified(notified.extra)
                await readable.wait()
                readable.clear()
        finally:
            loop.remove_reader(connection.fileno())
