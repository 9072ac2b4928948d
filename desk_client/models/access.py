"""The open files of who is signed in on this machine, if anybody is: the one thing that services and sync share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from desk_client.models.changes import SESSION, Listeners
from desk_client.models.errors import DeskError
from desk_client.models.pages import Pages
from desk_client.models.reading import Reading
from desk_client.models.storage import NORMAL, StorageThread
from desk_client.models.store import Store
from desk_client.models.view import LocalView
from desk_core.people import Member
from desk_core.policy import Policy

_T = TypeVar("_T")


class NotSignedIn(DeskError):
    """Nobody is signed in."""

    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__("Nobody is signed in here; sign in first.")


class Here(NamedTuple):
    """What a screen reads from: both files as of now, with the policy and who is reading."""

    reading: Reading
    policy: Policy
    member: Member
    view: LocalView


class Access:
    """Hands out the store to the storage thread's jobs, and readings to everybody else."""

    def __init__(self, storage: StorageThread, listeners: Listeners) -> None:
        self.storage = storage
        self.listeners = listeners
        self._store: Store | None = None
        self._pages: Pages | None = None

    @property
    def signed_in(self) -> bool:
        """True while somebody's files are open."""
        return self._store is not None

    @property
    def store(self) -> Store:
        """The open store; for jobs on the storage thread. Raises :class:`NotSignedIn`."""
        if self._store is None:
            raise NotSignedIn
        return self._store

    @property
    def pages(self) -> Pages:
        """The store's side towards the network; for jobs on the storage thread."""
        if self._pages is None:
            raise NotSignedIn
        return self._pages

    def open(self, store: Store) -> None:
        """These files are the ones from now on (storage thread)."""
        self._store, self._pages = store, Pages(store)
        self.listeners.tell(SESSION)

    def close(self, *, seal: bool = False) -> None:
        """Close the open files, if any (storage thread); ``seal`` is for signing out."""
        store, pages, self._store, self._pages = self._store, self._pages, None, None
        if pages is not None:
            pages.close()
        if store is not None:
            if seal:
                store.seal()
            store.close()
            self.listeners.tell(SESSION)

    def act(self, work: Callable[[Store], _T], priority: int = NORMAL) -> Future[_T]:
        """Let ``work`` change the store, on the storage thread."""
        return self.storage.submit(lambda: work(self.store), priority)

    @contextmanager
    def read(self) -> Iterator[Here]:
        """Read, on any thread, without waiting for a writer."""
        store = self.store
        policy, member = store.policy, store.member
        if policy is None or member is None:
            raise NotSignedIn
        with store.readers.read() as reading:
            yield Here(reading, policy, member, LocalView(reading.cache, policy, member))

    def contact(self) -> dt.datetime | None:
        """When the server was last heard from (its clock), None before the first time."""
        anchor = self.store.clock.anchor
        return anchor.server_time if anchor is not None else None

    def now(self) -> dt.datetime:
        """The corrected time (server's clock), UTC."""
        return self.store.clock.now()
