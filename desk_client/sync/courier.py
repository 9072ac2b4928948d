"""Attached files on their way: one thread that sends what was attached here, part by part, and fetches parts for whoever wants a file.

It is a lane of its own: nothing waits for it, and it waits for no command but the one that attaches the file (P12). Where it goes on after
an answer or a failure is decided by :func:`step`, which knows no clock, no disk and no network.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from desk_client.models.access import Access, NotSignedIn
from desk_client.models.changes import OUTBOX, SESSION, SYNC
from desk_client.models.errors import DeskError
from desk_client.models.network import Forbidden, NetState, SignIn, Unreachable
from desk_client.models.sending import ToSend, next_file, told
from desk_client.models.storage import LATER
from desk_client.models.store import Store
from desk_client.sync.engine import BASE_SECONDS, CAP_SECONDS
from desk_client.sync.transport import TooSlow, Trouble
from desk_core.files import PART_BYTES
from desk_core.protocol import BlobReply

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
LEAST_PART = 16 * 1024
_DOUBLINGS = 7
_LATER = ("no_such_file", "other_size", "store_full")
"""What the server says of one file: the others go on, and this one is tried again after a while."""


class Wire(Protocol):
    """What the courier needs of a transport."""

    def put_blob(self, server: str, token: str, sha256: str, size: int, at: int, body: bytes) -> BlobReply: ...

    def get_blob(self, server: str, token: str, sha256: str, at: int, count: int) -> bytes: ...


class Line(Protocol):
    """What the courier needs of the runner: who is signed in where, and whether the server answers."""

    @property
    def sign_in(self) -> SignIn | None: ...

    @property
    def state(self) -> NetState: ...


@dataclass(frozen=True)
class Progress:
    """Where the sending of one file stands. ``at`` is None until the server has said how much it has; ``count``: bytes of the next part,
    fewer after one that took too long; ``attempts`` failed in a row."""

    file: ToSend | None = None
    at: int | None = None
    count: int = PART_BYTES
    attempts: int = 0


@dataclass(frozen=True)
class Failed:
    """A request that came to nothing. ``slow``: the same with less in it may come through; ``at_least`` seconds are to pass; ``other``:
    the next file may go meanwhile."""

    slow: bool = False
    at_least: float = 0.0
    other: bool = False


@dataclass(frozen=True)
class Wait:
    """At least ``least`` seconds, and a random share of ``more`` (full jitter)."""

    least: float = 0.0
    more: float = 0.0


def begun(state: Progress, file: ToSend) -> Progress:
    """``file`` is the next: of another one than before the server is asked first how much it has."""
    return state if file == state.file else replace(state, file=file, at=None)


def step(state: Progress, answer: BlobReply | Failed) -> tuple[Progress, Wait]:
    """What follows from an answer about the file under way: where to go on, and what to wait before."""
    if isinstance(answer, BlobReply):
        grown = min(PART_BYTES, state.count * 2)
        return replace(state, at=None if answer.complete else answer.received, attempts=0, count=grown), Wait()
    if answer.other:
        return replace(state, file=None, at=None), Wait()
    attempts = min(state.attempts + 1, _DOUBLINGS)
    count = max(LEAST_PART, state.count // 2) if answer.slow else state.count
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2 ** (attempts - 1))
    return replace(state, at=None, attempts=attempts, count=count), Wait(answer.at_least, ceiling)


class Courier:
    """Implements :class:`desk_client.models.network.FileNetwork`."""

    def __init__(
        self,
        access: Access,
        wire: Wire,
        line: Line,
        *,
        forbidden: bool = False,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._access, self._wire, self._line, self._chance = access, wire, line, chance
        self._forbidden = forbidden
        self._changed = threading.Condition()
        self._storing = threading.Lock()
        self._closed = False
        self._asked = self._done = self._failures = 0
        self._later: dict[str, float] = {}
        self._thread: threading.Thread | None = None
        self._end: Callable[[], None] | None = None if forbidden else access.listeners.subscribe(self._told)

    # --- FileNetwork -----------------------------------------------------------------------------------------------------

    def get_part(self, sha256: str, at: int, count: int) -> bytes:
        """Bytes of a file from the server. Raises :class:`DeskError` with the server's or the network's sentence."""
        sign_in = self._line.sign_in
        if self._forbidden:
            raise Forbidden("The network must not be used now (--offline).")
        if sign_in is None:
            raise Unreachable("Nobody is signed in.")
        return self._wire.get_blob(sign_in.server, sign_in.token, sha256, at, count)

    def round(self, timeout: float) -> bool:
        """Send all files that may be sent; True when that is done, False when it is not within ``timeout`` seconds, or fails."""
        until = time.monotonic() + timeout
        with self._changed:
            if self._forbidden or self._closed:
                return False
            self._wake()
            asked, failures = self._asked, self._failures
            while self._done < asked and self._failures == failures and self._online() and time.monotonic() < until:
                self._changed.wait(min(1.0, max(0.0, until - time.monotonic())))
            return self._done >= asked and not self._later

    def close(self) -> None:
        """Nothing is sent, and nothing reaches the storage thread from now on; a request under way ends with the process."""
        if self._end is not None:
            self._end()
        with self._changed, self._storing:
            self._closed = True
            self._changed.notify_all()

    # --- the thread ------------------------------------------------------------------------------------------------------

    def _told(self, what: frozenset[str]) -> None:
        if what & {OUTBOX, SYNC, SESSION}:
            with self._changed:
                self._wake()

    def _wake(self) -> None:
        """There may be something to send."""
        self._asked += 1
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="network-files", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _online(self) -> bool:
        return self._line.state.connection == "online" and self._line.sign_in is not None

    def _run(self) -> None:
        state = Progress()
        while True:
            with self._changed:
                while not self._closed and not (self._online() and (self._done < self._asked or self._due())):
                    self._changed.wait(CAP_SECONDS if self._later else None)
                if self._closed:
                    return
            try:
                state = self._send_all(state)
            except (NotSignedIn, _Ended):
                state = Progress()
            except DeskError as error:
                _LOG.warning("a file could not be sent: %s", error.code)
                self._fail(Wait(BASE_SECONDS, CAP_SECONDS))
            except Exception:
                _LOG.exception("sending files ended in a mistake of ours")
                self._fail(Wait(CAP_SECONDS))

    def _due(self) -> bool:
        return any(due <= time.monotonic() for due in self._later.values())

    def _send_all(self, state: Progress) -> Progress:
        """Until nothing is left, the server is away, or somebody else is signed in."""
        while self._online() and not self._closed and (sign_in := self._line.sign_in) is not None:
            asked = self._asked
            self._later = {sha256: due for sha256, due in self._later.items() if due > time.monotonic()}
            file = self._on_storage(sign_in, partial(next_file, but=tuple(self._later)))
            if file is None:
                with self._changed:
                    self._done = asked
                    self._changed.notify_all()
                return state
            state = begun(state, file)
            answer = self._send(sign_in, file, state)
            state, wait = step(state, answer)
            if isinstance(answer, Failed):
                if answer.other:
                    self._later[file.sha256] = time.monotonic() + max(CAP_SECONDS, answer.at_least)
                self._fail(wait)
        return state

    def _send(self, sign_in: SignIn, file: ToSend, state: Progress) -> BlobReply | Failed:
        at, body = state.at or 0, b""
        if state.at is not None:
            body = self._on_storage(sign_in, lambda store: store.own_files.part(file.sha256, at, state.count))
        try:
            reply = self._wire.put_blob(sign_in.server, sign_in.token, file.sha256, file.size, at, body)
        except Trouble as trouble:
            _LOG.info("a file was not taken: %s", trouble.code)
            return Failed(at_least=trouble.retry_after, other=trouble.code in _LATER)
        except DeskError as error:
            return Failed(slow=isinstance(error, TooSlow))
        self._on_storage(sign_in, lambda store: told(store, file, reply))
        return reply

    def _on_storage(self, sign_in: SignIn, work: Callable[[Store], _T]) -> _T:
        """Let the storage thread do something, as long as the same member is signed in (P21)."""

        def safely() -> _T:
            now = self._line.sign_in
            if now is None or now.number != sign_in.number:
                raise NotSignedIn
            return work(self._access.store)

        with self._storing:
            if self._closed:
                raise _Ended
            future = self._access.storage.submit(safely, LATER)
        return future.result()

    def _fail(self, wait: Wait) -> None:
        until = time.monotonic() + max(wait.least, self._chance() * wait.more)
        with self._changed:
            self._failures += 1
            self._changed.notify_all()
            while not self._closed and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)


class _Ended(Exception):
    """The program ends."""
