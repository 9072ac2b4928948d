"""Who is told that something changed on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable

Told = Callable[[frozenset[str]], None]

# What may have changed; a listener fetches again what it shows.
TICKETS, CALLS, REGISTERS, PEOPLE, POLICY, OUTBOX, DRAFTS, SYNC, SESSION = (
    "tickets",
    "calls",
    "registers",
    "people",
    "policy",
    "outbox",
    "drafts",
    "sync",
    "session",
)
WORK = (TICKETS, CALLS, REGISTERS)
"""What commands change."""
OF_TABLE = {
    "policy": POLICY,
    "member": PEOPLE,
    "customer": PEOPLE,
    "contact": PEOPLE,
    "asset": PEOPLE,
    "contract": PEOPLE,
    "stub": TICKETS,
    "ticket": TICKETS,
    "event": TICKETS,
    "call": CALLS,
    "entry": REGISTERS,
}


class Listeners:
    """Callbacks that run on the thread where the change was made: they must be quick and hold no widget (one signal home)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: list[Told] = []

    def subscribe(self, told: Told) -> Callable[[], None]:
        """Call ``told`` with what changed, from now on; the answer ends it."""
        with self._lock:
            self._told.append(told)

        def end() -> None:
            with self._lock:
                if told in self._told:
                    self._told.remove(told)

        return end

    def tell(self, *what: str) -> None:
        """Something changed."""
        with self._lock:
            now = tuple(self._told)
        for told in now:
            told(frozenset(what))
