"""The executor: drains what is queued from all clients of a desk into one transaction after the other, one desk's never side by side.

Several processes may serve one database: each has its own executor, and the desk's counter row keeps them apart.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from sqlalchemy import Connection

from desk_core.protocol import MAX_BATCH
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.batch import Batch, NotAllAtOnce
from desk_server.sync.entries import Submission
from desk_server.sync.policies import Policies

_LOG = logging.getLogger("desk_server.sync")

THREADS = 2
"""Transactions side by side, of different desks; fewer than the executor's connections, so that sign-in always finds one (F22)."""
LONGEST_QUEUE = 1_000
"""Submissions that wait for one desk; more are sent away for a while."""


class Overloaded(Exception):
    """Too much waits already: try again later."""


class Executor:
    """Takes submissions from any thread and answers each with a future."""

    def __init__(self, database: Database, clock: Clock, policies: Policies) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="executor")
        self._lock = threading.Lock()
        self._queues: dict[str, deque[tuple[Submission, Future[Submission]]]] = {}

    def close(self) -> None:
        """Finish what is queued, take nothing more."""
        self._pool.shutdown(wait=True)

    def submit(self, desk: str, submission: Submission) -> Future[Submission]:
        """Queue a submission; the future gives it back answered. Raises :class:`Overloaded`."""
        future: Future[Submission] = Future()
        with self._lock:
            waiting = self._queues.get(desk)
            if waiting is None:
                # First the thread, which waits for the lock: a queue that nobody drains would block its desk for ever.
                self._pool.submit(self._drain, desk)
                waiting = self._queues[desk] = deque()
            elif len(waiting) >= LONGEST_QUEUE:
                raise Overloaded
            waiting.append((submission, future))
        return future

    def execute(self, desk: str, submissions: Sequence[Submission]) -> None:
        """Execute now, in this thread, in one transaction; the submissions are answered when it returns.

        Raises :class:`desk_server.db.engine.Unavailable` while the database cannot answer.
        """
        try:
            self._transaction(desk, submissions, singly=False)
        except NotAllAtOnce as error:
            _LOG.warning("a batch of %d submissions is done again one by one: %r", len(submissions), error.__cause__)
            self._transaction(desk, submissions, singly=True)

    def _transaction(self, desk: str, submissions: Sequence[Submission], *, singly: bool) -> None:
        def work(connection: Connection) -> None:
            for submission in submissions:
                submission.reset()
            batch = Batch(connection, desk, self._policies, self._clock.now())
            (batch.execute_singly if singly else batch.execute)(submissions)

        self._database.retried(lambda: self._database.executor(desk), work)

    def _drain(self, desk: str) -> None:
        """Work off the queue of one desk until it is empty."""
        while True:
            taken = self._take(desk)
            if not taken:
                return
            try:
                self.execute(desk, [submission for submission, _ in taken])
            except BaseException as error:
                for _, future in taken:
                    future.set_exception(error)
            else:
                for submission, future in taken:
                    future.set_result(submission)

    def _take(self, desk: str) -> list[tuple[Submission, Future[Submission]]]:
        """The next submissions, up to a full batch of commands, at least one; none: the queue is given up under the lock.

        A submission whose sender has left before its turn is dropped; from here on nobody can cancel one.
        """
        taken: list[tuple[Submission, Future[Submission]]] = []
        size = 0
        with self._lock:
            waiting = self._queues[desk]
            while waiting and (not taken or size + len(waiting[0][0].entries) <= MAX_BATCH):
                submission, future = waiting.popleft()
                if future.set_running_or_notify_cancel():
                    taken.append((submission, future))
                    size += len(submission.entries)
            if not taken:
                del self._queues[desk]
        return taken
