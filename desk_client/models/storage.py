"""The storage thread: it owns every write to both files and answers with futures; nobody else writes (§ 6 of the design)."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from desk_client.models.errors import told

_T = TypeVar("_T")
_Job = tuple[int, int, "Callable[[], Any] | None", "Future[Any]"]

URGENT, NORMAL, LATER = 0, 1, 2


class StorageThread:
    """Runs jobs one after the other: what a person waits for before what the network brings, in order within each kind."""

    def __init__(self, name: str = "storage") -> None:
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._closed = False
        self._thread.start()

    def submit(self, work: Callable[[], _T], priority: int = NORMAL) -> Future[_T]:
        """Let ``work`` run on the storage thread. Errors of disk and database come back as :class:`DeskError`."""
        future: Future[_T] = Future()
        if self._closed:
            raise RuntimeError("the storage thread has ended")
        self._jobs.put((priority, next(self._order), work, future))
        return future

    def run(self, work: Callable[[], _T], priority: int = NORMAL) -> _T:
        """:meth:`submit` and wait; at once when called on the storage thread itself."""
        if threading.current_thread() is self._thread:
            return work()
        return self.submit(work, priority).result()

    def close(self) -> None:
        """Finish what was asked for, then end."""
        if not self._closed:
            self._closed = True
            self._jobs.put((LATER + 1, next(self._order), None, Future()))
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while True:
            _, _, work, future = self._jobs.get()
            if work is None:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work()
            except BaseException as error:
                sentence = told(error)
                if sentence is None:
                    future.set_exception(error)
                else:
                    sentence.__cause__ = error
                    future.set_exception(sentence)
            else:
                future.set_result(result)
            del work, future
