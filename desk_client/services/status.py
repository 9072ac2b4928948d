"""How it stands with the server: what the status line says (point 49)."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import Future

from desk_client.models import waiting
from desk_client.models.access import Access, NotSignedIn
from desk_client.models.files import Notice
from desk_client.models.network import FileNetwork, Network
from desk_client.services.acting import spawn
from desk_client.services.records import Synced, SyncState

ROUND_SECONDS = 60.0


class Status:
    """Reads at once; :meth:`sync` asks for a round."""

    def __init__(self, access: Access, network: Network, files: FileNetwork) -> None:
        self._access = access
        self._network = network
        self._files = files

    def state(self) -> SyncState:
        """How it stands now."""
        net = self._network.state
        try:
            with self._access.read() as here:
                pending, attention = waiting.counts(here.reading)
            clock = self._access.store.clock
        except NotSignedIn:
            return SyncState(connection=net.connection, code=net.code, problem=net.problem)
        return SyncState(
            connection=net.connection,
            unsent=pending,
            attention=attention,
            last_contact=clock.anchor.server_time if clock.anchor else None,
            last_sync=net.last_sync,
            skew=clock.skew(),
            code=net.code,
            problem=net.problem,
            done=net.done,
            total=net.total,
        )

    def sync(self, timeout: float = ROUND_SECONDS) -> Future[Synced]:
        """Send everything and read everything now. Never fails for want of a server: ``reached`` says whether it was there."""

        def work() -> Synced:
            before = self._network.state.rounds
            until = time.monotonic() + timeout
            net = self._network.round(timeout)
            if net.rounds > before:
                self._files.round(max(0.0, until - time.monotonic()))
            with self._access.read() as here:
                pending, attention = waiting.counts(here.reading)
            reached = net.rounds > before
            return Synced(
                reached=reached,
                unsent=pending,
                attention=attention,
                code="" if reached else net.code,
                problem=net.problem,
            )

        return spawn(work, "sync-now")

    def notices(self) -> tuple[Notice, ...]:
        """What a person should be told once (a mended file); asking takes them away."""
        if not self._access.signed_in:
            return ()
        store = self._access.store
        told, store.notices = tuple(store.notices), []
        return told

    def now(self) -> dt.datetime:
        """The corrected time."""
        return self._access.now()
