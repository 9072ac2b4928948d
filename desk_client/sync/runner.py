"""The network thread: it runs the engine, hands requests to one worker per lane and pages to the storage thread."""

from __future__ import annotations

import heapq
import itertools
import logging
import platform
import queue
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from desk_client.models.access import Access, NotSignedIn
from desk_client.models.changes import SYNC
from desk_client.models.errors import Damaged, DeskError, NotSaved
from desk_client.models.network import Forbidden, NetState, SignIn, Unreachable
from desk_client.models.storage import LATER
from desk_client.sync import engine as e
from desk_client.sync.failing import failed
from desk_client.sync.transport import Trouble, address
from desk_core.protocol import (
    Cursor,
    DeviceRequest,
    DigestReply,
    EnrolReply,
    EnrolRequest,
    FindReply,
    LeaseReply,
    LeaseRequest,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
)
from desk_core.tickets import Stub

_LOG = logging.getLogger(__name__)
_MISTAKE = "Something went wrong while storing what the server sent; it is tried again."


class Wire(Protocol):
    """What the runner needs of a transport; :class:`desk_client.sync.transport.Transport` is the real one."""

    def enrol(self, server: str, request: EnrolRequest) -> EnrolReply: ...

    def push(self, server: str, token: str, request: PushRequest) -> PushReply: ...

    def pull(self, server: str, token: str, cursor: Cursor, wait: int, rows: int) -> PullReply: ...

    def snapshot(self, server: str, token: str, page: str, scopes: tuple[str, ...], rows: int) -> SnapshotPage: ...

    def digest(self, server: str, token: str) -> DigestReply: ...

    def device(self, server: str, token: str, request: DeviceRequest) -> EnrolReply: ...

    def receipts(self, server: str, token: str, ids: tuple[str, ...]) -> ReceiptsReply: ...

    def lease(self, server: str, token: str, request: LeaseRequest) -> LeaseReply: ...

    def find(self, server: str, token: str, reference: str) -> FindReply: ...

    def sign_out(self, server: str, token: str) -> None: ...


_Jobs = queue.SimpleQueue[tuple[SignIn, e.Send] | None]


class Runner:
    """Implements :class:`desk_client.models.network.Network`."""

    def __init__(
        self,
        access: Access,
        wire: Wire,
        *,
        forbidden: bool = False,
        chance: Callable[[], float] = random.random,
        keep_token: Callable[[Path, str], bool] = lambda _folder, _token: False,
    ) -> None:
        """``keep_token`` puts the token of a member's folder into the keyring; False when it must stay inside the file."""
        self._access, self._wire = access, wire
        self._forbidden, self._chance = forbidden, chance
        self._keep_token = keep_token
        self._events: queue.Queue[tuple[int, e.Event] | None] = queue.Queue()
        self._lanes: dict[e.Lane, _Jobs] = {"push": queue.SimpleQueue(), "pull": queue.SimpleQueue()}
        self._timers: list[tuple[float, int, int, e.Timer]] = []
        self._order, self._numbers = itertools.count(), itertools.count(1)
        self._at: SignIn | None = None
        self._state, self._heard, self._then = e.State(), 0, (0, 0)
        self._net = NetState(connection="forbidden" if forbidden else "signed_out")
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    # --- Network ---------------------------------------------------------------------------------------------------------

    @property
    def state(self) -> NetState:
        """How it stands now."""
        return self._net

    @property
    def sign_in(self) -> SignIn | None:
        """For whom it works."""
        return self._at

    def attach(self, server: str, token: str) -> None:
        """Work for this device from now on."""
        if self._forbidden:
            return
        self._start()
        self._become(SignIn(next(self._numbers), server, token), e.State(connection="connecting"))
        self._put(e.Started())

    def detach(self) -> None:
        """Stop working for it; answers that are under way are dropped."""
        if not self._forbidden:
            self._become(None, e.State())

    def close(self) -> None:
        """End the threads, a lane that waits for the server with the process; nothing reaches the storage thread afterwards."""
        self._at = None
        self._events.put(None)
        self._end_lanes()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Something waits to be sent."""
        self._put(e.Woken())

    def round(self, timeout: float) -> NetState:
        """Send everything and read everything; wait until that is done, until the server cannot be reached, or ``timeout`` seconds."""
        if self._forbidden or (at := self._at) is None:
            return self._net
        with self._changed:
            heard = self._heard

            def over() -> bool:
                # What ended or failed before this is heard is no answer to it: everything is tried again first.
                ended = self._state.stopped or (self._net.rounds, self._state.failures) != self._then
                return getattr(self._at, "number", 0) != at.number or (self._heard != heard and ended)

            self._put(e.Woken(now=True))
            self._changed.wait_for(over, timeout)
            return self._net

    def enrol(self, server: str, request: EnrolRequest) -> EnrolReply:
        """Sign in."""
        return self._wire.enrol(address(server), request)

    def find(self, reference: str) -> Stub | None:
        """The stub of a reference, from the server."""
        at = self._at
        if at is None:
            if self._forbidden:
                raise Forbidden("The network must not be used now (--offline).")
            raise Unreachable("Nobody is signed in.")
        try:
            return self._wire.find(at.server, at.token, reference).stub
        except Trouble as trouble:
            if trouble.status == 404:
                return None
            raise

    def sign_out(self, server: str, token: str) -> None:
        """Tell the server; no answer is fine, the token is forgotten here anyway."""
        try:
            self._wire.sign_out(server, token)
        except DeskError as error:
            _LOG.info("the server was not told of the sign-out: %s", error.code)

    # --- the thread ------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="network", daemon=True)
            self._thread.start()
        # Workers of its own for every sign-in: one that waits for an answer to an earlier one keeps nobody waiting (P21).
        self._end_lanes()
        self._lanes = {"push": queue.SimpleQueue(), "pull": queue.SimpleQueue()}
        for lane, jobs in self._lanes.items():
            threading.Thread(target=self._carry, args=(lane, jobs), name=f"network-{lane}", daemon=True).start()

    def _end_lanes(self) -> None:
        for jobs in self._lanes.values():
            jobs.put(None)

    def _put(self, event: e.Event) -> None:
        if (at := self._at) is not None:
            self._events.put((at.number, event))

    def _run(self) -> None:
        while (event := self._next()) is not None:
            number, what = event
            at = self._at
            if at is None or at.number != number:
                continue
            state, effects = e.step(self._state if not isinstance(what, e.Started) else e.State(), what)
            if self._publish(at, state, heard=isinstance(what, e.Woken) and what.now):
                for effect in effects:
                    self._do(at, effect)

    def _next(self) -> tuple[int, e.Event] | None:
        """The next event; a timer that has run out is one."""
        while True:
            left = max(0.0, self._timers[0][0] - time.monotonic()) if self._timers else None
            try:
                return self._events.get(timeout=left)
            except queue.Empty:
                _, _, number, lane = heapq.heappop(self._timers)
                return number, e.TimeUp(lane)

    def _become(self, at: SignIn | None, state: e.State) -> None:
        """Another sign-in counts from now on, or none."""
        with self._changed:
            self._at = at
        self._publish(at, state)

    def _publish(self, at: SignIn | None, state: e.State, *, heard: bool = False) -> bool:
        """This is how it stands with the sign-in ``at``, a person's wish ``heard``; False when another one counts meanwhile."""
        with self._changed:
            if (at and at.number) != (self._at and self._at.number):
                return False
            before = self._net
            rounds = before.rounds + (1 if state.quiet and not self._state.quiet else 0)
            if heard:
                self._heard, self._then = self._heard + 1, (rounds, state.failures)
            self._state = state
            self._net = NetState(
                connection=state.connection,
                last_sync=self._now() if rounds > before.rounds else before.last_sync,
                code=state.code,
                problem=state.problem,
                done=state.done,
                total=state.total,
                rounds=rounds,
            )
            self._changed.notify_all()
            said = self._net != before
        if said:
            self._access.listeners.tell(SYNC)
        return True

    def _now(self) -> Any:
        try:
            return self._access.now()
        except NotSignedIn:
            return None

    # --- effects ---------------------------------------------------------------------------------------------------------

    def _do(self, at: SignIn, effect: e.Effect) -> None:
        match effect:
            case e.Send():
                self._lanes[effect.lane].put((at, effect))
            case e.Wait(lane=lane, at_least=least, up_to=up_to):
                due = time.monotonic() + max(least, self._chance() * up_to)
                heapq.heappush(self._timers, (due, next(self._order), at.number, lane))
            case e.FindBatch():
                self._store(at, "push", lambda: self._find_batch(effect.limit))
            case e.FindPlace():
                self._store(at, "pull", self._find_place)
            case e.StartAnew():
                self._store(at, "pull", self._start_anew)
            case e.Keep(lane=lane):
                self._store(at, lane, lambda: self._keep(at, effect))

    def _store(self, at: SignIn, lane: e.Lane, work: Callable[[], e.Event]) -> None:
        """Let the storage thread do something for a lane; its outcome is the lane's next event."""

        def safely() -> e.Event:
            if getattr(self._at, "number", 0) != at.number:
                raise NotSignedIn  # the files of another member are open by now (P21)
            try:
                return work()
            except Damaged:
                self._access.store.mend_cache()
                return e.Failed(lane, "later", "damaged", "")

        def done(future: Any) -> None:
            error = future.exception()
            if error is None:
                self._events.put((at.number, future.result()))
            elif isinstance(error, NotSignedIn):
                return  # the files were closed meanwhile: nobody waits for this any more
            elif isinstance(error, NotSaved):
                self._events.put((at.number, e.Failed(lane, "disk", error.code, error.text)))
            else:
                _LOG.error("sync could not go on", exc_info=error)
                self._events.put((at.number, e.Failed(lane, "disk", "internal", _MISTAKE, retry_after=e.CAP_SECONDS)))

        self._access.storage.submit(safely, LATER).add_done_callback(done)

    def _find_batch(self, limit: int) -> e.Event:
        pages = self._access.pages
        if pages.is_forked:
            return e.Batch(forked=True, receipts=pages.to_ask(), awaiting=pages.awaiting())
        push = pages.batch(limit)
        lease = None if push is not None else pages.lease_wanted()
        return e.Batch(push, lease, awaiting=pages.awaiting(), cursor=self._access.store.cursor(), held=pages.held())

    def _find_place(self) -> e.Event:
        pages = self._access.pages
        if receipts := pages.fetching.receipts_wanted():
            return e.Place(receipts, awaiting=pages.awaiting())
        at = pages.fetching.state()
        if at.swapped:
            self.wake()
        return e.Place((), at.complete, at.token, at.scopes, self._access.store.cursor(), pages.awaiting())

    def _start_anew(self) -> e.Event:
        self._access.pages.fetching.reset()
        return e.Kept("pull")

    def _keep(self, at: SignIn, effect: e.Keep) -> e.Event:
        pages, reply = self._access.pages, effect.reply
        match reply:
            case PushReply():
                pages.answered(reply.verdicts, reply.server_time, reply.log_epoch)
                if reply.stop is not None and reply.stop.code == "FORKED":
                    pages.forked()
                if effect.renumber is not None:
                    pages.renumber(effect.renumber)
            case LeaseReply():
                pages.leased(reply.lease, reply.server_time)
            case PullReply() if reply.reset:
                pages.fetching.reset(reply.reset)
            case PullReply():
                if pages.page(reply):
                    self.wake()
            case SnapshotPage():
                pages.fetching.snapshot(reply)
            case ReceiptsReply() if effect.lane == "push":
                pages.known(reply)
            case ReceiptsReply():
                pages.fetching.receipts(reply)
                self.wake()  # what is not known is sent again
            case DigestReply():
                return e.Compared(pages.fetching.compare(reply))
            case EnrolReply():
                pages.became(reply)
                self._renew(at, reply.token)
        return e.Kept(effect.lane)

    def _renew(self, at: SignIn, token: str) -> None:
        """The same sign-in goes on with another token."""
        outbox = self._access.store.outbox
        if self._keep_token(self._access.store.folder.path, token):
            outbox.identify(token="")
        with self._changed:
            self._at = msgspec.structs.replace(at, token=token) if self._at == at else self._at

    # --- the workers -----------------------------------------------------------------------------------------------------

    def _carry(self, lane: e.Lane, jobs: _Jobs | None = None) -> None:
        """One lane's requests, one after the other."""
        jobs = jobs or self._lanes[lane]
        while True:
            job = jobs.get()
            if job is None:
                return
            at, effect = job
            try:
                reply = self._request(at, effect)
                # A page for the device that this machine was lacks the answers to what was sent since (P10): it is asked for again.
                old = isinstance(reply, PullReply) and at != self._at
                event: e.Event = e.Kept(lane) if old else e.Answered(lane, reply)
            except DeskError as error:
                event = failed(lane, error)
            except Exception as error:
                _LOG.exception("a request ended in a mistake of ours")
                event = e.Failed(lane, "offline", "internal", str(error))
            self._events.put((at.number, event))

    def _request(self, at: SignIn, effect: e.Send) -> e.Reply:
        match effect.request:
            case PushRequest() as push:
                return self._wire.push(at.server, at.token, push)
            case LeaseRequest() as lease:
                return self._wire.lease(at.server, at.token, lease)
            case e.PullAsk(cursor=cursor, wait=wait, rows=rows):
                return self._wire.pull(at.server, at.token, cursor, wait, rows)
            case e.SnapshotAsk(token=token, scopes=scopes, rows=rows):
                return self._wire.snapshot(at.server, at.token, token, scopes, rows)
            case e.DigestAsk():
                return self._wire.digest(at.server, at.token)
            case e.DeviceAsk():
                return self._wire.device(at.server, at.token, DeviceRequest(device_name=platform.node() or "desk"))
            case e.ReceiptsAsk(ids=ids):
                return self._wire.receipts(at.server, at.token, ids)
