"""How an action of a member is carried out: decided here, stored, shown, sent; or refused with nothing stored."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from desk_client.models.access import Access
from desk_client.models.network import Network
from desk_client.models.storage import URGENT
from desk_client.models.store import Captured
from desk_client.services.alone import not_alone
from desk_client.services.errors import Refused
from desk_client.services.records import Saved
from desk_core.commands import Ask
from desk_core.decisions import Decided
from desk_core.texts import composed
from desk_core.wording import Refusal

_T = TypeVar("_T")


class Acting:
    """Shared by the services that change something."""

    def __init__(self, access: Access, network: Network) -> None:
        self._access = access
        self._network = network

    def ask(self, ask: Ask | Callable[[str], Ask], stated_at: dt.datetime | None = None) -> Future[Saved]:
        """Carry out one command, or the one that is made of a fresh reference. The future fails with :class:`Refused` when a rule says no,
        with ``NotSaved`` when the disk does."""
        whole = ask if isinstance(ask, Ask) else ask("")
        return self.submit(lambda: saved(whole, self.at_once(ask, stated_at)))

    def submit(self, work: Callable[[], _T]) -> Future[_T]:
        """Let ``work`` run on the storage thread, before what the network brings."""
        return self._access.storage.submit(work, URGENT)

    def at_once(
        self,
        ask: Ask | Callable[[str], Ask],
        stated_at: dt.datetime | None = None,
        instead_of: str = "",
        *,
        grace: bool = False,
    ) -> Captured:
        """On the storage thread: compose what was typed (R63), decide, store, show. ``ask`` may be made from a fresh reference, which it
        consumes; ``instead_of`` is a refused command that it replaces; with ``grace`` it can be taken back for a while."""
        whole = composed(ask) if isinstance(ask, Ask) else lambda reference: composed(ask(reference))
        waits = not_alone(self._access, self._network, whole) if isinstance(whole, Ask) else None
        if waits is not None:
            raise waits
        captured = self._access.store.capture(whole, stated_at, instead_of, grace=grace)
        if isinstance(captured.outcome, Refusal):
            raise Refused.by(captured.outcome)
        self._network.wake()
        return captured


def saved(ask: Ask, captured: Captured) -> Saved:
    """What a person is told of a command that was stored."""
    decided = captured.outcome if isinstance(captured.outcome, Decided) else None
    result = dict(decided.result) if decided else {}
    return Saved(
        command=captured.command,
        decided=decided is not None,
        ticket=result.get("ticket", str(getattr(ask, "ticket", ""))),
        reference=result.get("reference", ""),
        result=result,
        changed=decided.changed if decided else "",
        hints=decided.hints if decided else (),
        name=ask.name,
    )


def spawn(work: Callable[[], _T], name: str) -> Future[_T]:
    """Run something long beside everything else."""
    future: Future[_T] = Future()

    def run() -> None:
        future.set_running_or_notify_cancel()
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future
