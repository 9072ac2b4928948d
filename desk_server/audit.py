"""The audit log: what must be known later, added by a role that can change and delete nothing (R89). It never stops the work itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from desk_server.clock import Clock
from desk_server.db.engine import Database, Unavailable

_LOG = logging.getLogger("desk_server.audit")
_INSERT = "INSERT INTO audit (desk, at, what, member, device, subject, detail) VALUES (%s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Entry:
    """What happened, by whom, on which device, to what. Personal data only by reference."""

    what: str
    member: str = ""
    device: str = ""
    subject: str = ""
    detail: str = ""


class Audit:
    """Writes to the audit log of a desk."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, desk: str, entries: Sequence[Entry]) -> None:
        """Add entries; while the database cannot answer they go to the program's log instead."""
        now = self._clock.now()
        try:
            with self._database.audit(desk) as connection:
                for e in entries:
                    connection.exec_driver_sql(_INSERT, (desk, now, e.what, e.member, e.device, e.subject, e.detail))
        except Unavailable:
            for e in entries:
                _LOG.error("not audited: %s by %s on %s: %s %s", e.what, e.member, e.device, e.subject, e.detail)
