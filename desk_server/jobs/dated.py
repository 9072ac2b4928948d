"""What falls due by the day: surveys by interval and overdue registers (A-17, A-21, E-25, H-26, K-11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.service import Policies, Raw, draw_surveys, raw_of, record_overdue

_Look = Callable[[Raw, str, Policies, dt.datetime], int]


class _Dated:
    """A look that is taken once a day; commit by commit, until there is nothing left."""

    _look: _Look

    def __init__(self, database: Database, clock: Clock, policies: Policies) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies

    def __call__(self, desk: str) -> int:
        """Record on a desk what has fallen due; how much."""
        done = 0
        while True:
            with self._database.jobs(desk) as connection:
                part = type(self)._look(raw_of(connection), desk, self._policies, self._clock.now())
            done += part
            if not part:
                return done


class Surveys(_Dated):
    """The customers whose turn it is to be asked."""

    _look = staticmethod(draw_surveys)


class Registers(_Dated):
    """The lines of registers that are overdue."""

    _look = staticmethod(record_overdue)
