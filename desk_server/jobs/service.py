"""The breach job: every deadline that has passed is recorded once, whoever of several processes looks first (TS-12, H-04)."""

from __future__ import annotations

import asyncio
import logging
import uuid

from desk_server.clock import Clock
from desk_server.db.engine import Database, Unavailable
from desk_server.sync.service import Policies, raw_of, record_breaches
from desk_server.threads import in_thread

_LOG = logging.getLogger("desk_server.jobs")
_DESKS = "SELECT id FROM desk ORDER BY id"


class BreachJob:
    """Looks for passed deadlines, desk by desk."""

    def __init__(self, database: Database, clock: Clock, policies: Policies) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies

    async def run(self, seconds: float) -> None:
        """Look now and then, every ``seconds``, until cancelled."""
        while True:
            try:
                await in_thread(self.look)
            except Unavailable as error:
                _LOG.warning("deadlines were not looked at: %s", error)
            except Exception:
                _LOG.exception("deadlines could not be looked at; the next look comes in %s seconds", seconds)
            await asyncio.sleep(seconds)

    def look(self) -> int:
        """Record every deadline of every desk that has passed by now; how many tickets were concerned."""
        with self._database.jobs("") as connection:
            desks = [row[0] for row in connection.exec_driver_sql(_DESKS).all()]
        return sum(self._tried(desk) for desk in desks)

    def _tried(self, desk: str) -> int:
        """A desk that cannot be looked at is left for the next time; the others do not wait for it."""
        try:
            return self._desk(desk)
        except Unavailable as error:
            _LOG.warning("the deadlines of the desk %s were not looked at: %s", desk, error)
        except Exception:
            _LOG.exception("the deadlines of the desk %s could not be looked at", desk)
        return 0

    def _desk(self, desk: str) -> int:
        """Part by part, each a commit of its own, so that commands get their turn in between."""
        recorded = 0
        while True:
            with self._database.jobs(desk) as connection:
                part = record_breaches(raw_of(connection), desk, self._policies, self._clock.now(), uuid.uuid4)
            recorded += part
            if not part:
                return recorded
