"""Time acts on tickets: warnings, missed promises, steps of the ladder, promises broken, each once and in the order in which they fell
due (TS-12, A-25, A-41, H-04, H-14)."""

from __future__ import annotations

import datetime as dt
import logging

from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.service import AT_ONCE, Looked, Policies, act_on_tickets, is_operational, leave_alone, raw_of

_LOG = logging.getLogger("desk_server.jobs")


class _Unwritable(Exception):
    """What time does to some tickets cannot be written; the database itself is well."""


class TimeActs:
    """The tickets of a desk, ``at_once`` of them in one commit."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, at_once: int = AT_ONCE) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._at_once = at_once

    def __call__(self, desk: str) -> int:
        """Let happen what has fallen due; on how many tickets. Part by part, each a commit of its own, so that commands get their turn."""
        concerned = 0
        while True:
            try:
                looked = self._look(desk, self._clock.now(), self._at_once)
            except _Unwritable as error:
                _LOG.warning("what fell due on the desk %s is done ticket by ticket: %r", desk, error.__cause__)
                concerned += self._singly(desk)
                continue
            concerned += looked.concerned
            if not looked.more:
                return concerned

    def _singly(self, desk: str) -> int:
        """Ticket by ticket; one whose changes cannot be written is left alone for a while (P15)."""
        concerned = 0
        for _ in range(AT_ONCE):
            now = self._clock.now()
            try:
                looked = self._look(desk, now, 1)
            except _Unwritable:
                _LOG.exception("what fell due on a ticket of the desk %s could not be written", desk)
                with self._database.jobs(desk) as connection:
                    leave_alone(raw_of(connection), desk, now)
                continue
            concerned += looked.concerned
            if not looked.more:
                break
        return concerned

    def _look(self, desk: str, now: dt.datetime, at_once: int) -> Looked:
        with self._database.jobs(desk) as connection:
            try:
                return act_on_tickets(raw_of(connection), desk, self._policies, now, at_once)
            except Exception as error:
                if is_operational(error):
                    raise
                raise _Unwritable from error
