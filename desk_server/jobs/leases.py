"""Work that goes back to the queue, because who took it was silent for too long (sync.md, "Mandated order offline")."""

from __future__ import annotations

import datetime as dt

from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.service import Policies, end_leases, raw_of

COMING_BACK = dt.timedelta(minutes=10)
"""After a start of the server everybody may come back first: nobody loses anything because the server was away."""


class Leases:
    """The leases of a desk, part by part, each part a commit of its own."""

    def __init__(self, database: Database, clock: Clock, policies: Policies) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._from = clock.now() + COMING_BACK

    def __call__(self, desk: str) -> int:
        """Let end what is over; how many."""
        if self._clock.now() < self._from:
            return 0
        ended, after = 0, ""
        while True:
            with self._database.jobs(desk) as connection:
                part, after = end_leases(raw_of(connection), desk, self._policies, self._clock.now(), after)
            ended += part
            if not after:
                return ended
