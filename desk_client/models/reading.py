"""Reading: a second connection to both files, so that a screen waits for no writer. One reader per thread (§ 6 of the design)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from weakref import WeakSet

from desk_client.models.connection import Connection
from desk_client.models.engines import open_file
from desk_client.models.errors import saying


class Reading(NamedTuple):
    """Both files as of one moment each."""

    cache: Connection
    outbox: Connection


class _Open:
    """The connections of one thread; they are closed when it ends."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reading: Reading | None = None

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        # Under the lock: while a thread ends, somebody may be closing everybody's connections.
        with self.lock:
            if self.reading is not None:
                for connection in self.reading:
                    connection.close()
                self.reading = None


class Readers:
    """Hands every thread its own connections, and takes them all back while the cache is swapped."""

    def __init__(self, cache: Path, outbox: Path, keys: Callable[[], tuple[bytes, bytes]]) -> None:
        self._paths = (cache, outbox)
        self._keys = keys
        self._local = threading.local()
        self._lock = threading.Lock()
        self._all: WeakSet[_Open] = WeakSet()  # weak: a thread that ends takes its connections along

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Both files, each as of one moment; nothing can be written through it."""
        mine: _Open | None = getattr(self._local, "open", None)
        if mine is None:
            mine = self._local.open = _Open()
            with self._lock:
                self._all.add(mine)
        with mine.lock, saying():
            reading = mine.reading or self._open(mine)
            if reading.cache.in_transaction():
                yield reading
                return
            with reading.cache.begin(), reading.outbox.begin():
                yield reading

    def _open(self, mine: _Open) -> Reading:
        cache_key, outbox_key = self._keys()
        cache = open_file(self._paths[0], cache_key, durable=False, read_only=True)
        outbox = open_file(self._paths[1], outbox_key, durable=True, read_only=True)
        mine.reading = Reading(cache, outbox)
        return mine.reading

    @contextmanager
    def away(self) -> Iterator[None]:
        """No reader has a file open inside this block; they open again when they are next asked."""
        with self._lock:
            everyone = tuple(self._all)
        for one in everyone:
            one.lock.acquire()
        try:
            for one in everyone:
                one.close()
            yield
        finally:
            for one in everyone:
                one.lock.release()

    def close(self) -> None:
        """Close every connection."""
        with self.away():
            pass
