"""The jobs: what time drives, desk by desk, whoever of several processes looks first (TS-12).

Whatever is wrong with one desk or one job, the others do not wait for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping

from desk_server.clock import Clock
from desk_server.db.engine import Database, Unavailable
from desk_server.jobs.dated import Registers, Surveys
from desk_server.jobs.leases import Leases
from desk_server.jobs.time_acts import TimeActs
from desk_server.sync.service import Policies
from desk_server.threads import in_thread

__all__ = ["DeskJob", "Jobs", "time_jobs"]

_LOG = logging.getLogger("desk_server.jobs")
_DESKS = "SELECT id FROM desk ORDER BY id"

DeskJob = Callable[[str], int]
"""Does on one desk what is due there by now, and tells how much that was."""


def time_jobs(database: Database, clock: Clock, policies: Policies) -> dict[str, DeskJob]:
    """What time does to a desk: to its tickets, to the work that is handed out, by its surveys, to its registers."""
    return {
        "tickets": TimeActs(database, clock, policies),
        "leases": Leases(database, clock, policies),
        "surveys": Surveys(database, clock, policies),
        "registers": Registers(database, clock, policies),
    }


class Jobs:
    """Does jobs by turns on every desk. Thread-safe; any number of processes may do the same ones."""

    def __init__(self, database: Database, jobs: Mapping[str, DeskJob]) -> None:
        self._database = database
        self._jobs = jobs

    async def run(self, seconds: float) -> None:
        """Look now and then, every ``seconds``, until cancelled."""
        names = " and ".join(self._jobs)
        while True:
            try:
                await in_thread(self.look)
            except Unavailable as error:
                _LOG.warning("the jobs (%s) were not done: %s", names, error)
            except Exception:
                _LOG.exception("the jobs (%s) could not be done; the next look comes in %s seconds", names, seconds)
            await asyncio.sleep(seconds)

    def look(self) -> dict[str, int]:
        """Do on every desk what is due by now; how much each job did."""
        with self._database.jobs("") as connection:
            desks = [row[0] for row in connection.exec_driver_sql(_DESKS).all()]
        done: Counter[str] = Counter()
        for desk in desks:
            for name, job in self._jobs.items():
                done[name] += self._tried(name, job, desk)
        return dict(done)

    def _tried(self, name: str, job: DeskJob, desk: str) -> int:
        """A desk on which the job fails is left for the next time."""
        try:
            return job(desk)
        except (Unavailable, OSError) as error:
            _LOG.warning("the %s of the desk %s were not looked at: %s", name, desk, error)
        except Exception:
            _LOG.exception("the %s of the desk %s could not be looked at", name, desk)
        return 0
