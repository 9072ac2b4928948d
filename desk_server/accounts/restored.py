"""After a restore: another epoch, so that every client knows, and numbers beyond all that may have been given out since the backup."""

from __future__ import annotations

import datetime as dt
import math
import secrets
from collections.abc import Mapping

from desk_core.references import BLOCK_SIZE
from desk_server.accounts.enrolment import MOST_BLOCKS_A_DAY
from desk_server.audit import Audit, Entry
from desk_server.clock import Clock
from desk_server.db.engine import Database

_DESKS = "SELECT id FROM desk ORDER BY created_at, id"
_DEVICES = "SELECT count(DISTINCT device) FROM number_block WHERE desk = %s AND leased_at > %s"
_RENEW = (
    "UPDATE desk SET log_epoch = %s, next_counter = greatest(next_counter + %s, %s), next_device = greatest(next_device + %s, %s) "
    "WHERE id = %s"
)
IN_USE = dt.timedelta(days=30)
"""A device that was leased numbers within this time before the backup may have been leased some after it."""
NEW_DEVICES = 10
"""Machines that may have been added since the backup and leased numbers like the others."""
DEVICE_NUMBERS = 100
"""Device numbers that are left out: far more than are given out between two backups, of the 10,000 that a desk has."""


def renew(
    database: Database,
    clock: Clock,
    audit: Audit,
    taken_at: dt.datetime,
    reached: Mapping[str, tuple[int, int]] | None = None,
) -> None:
    """Give every desk of a restored database another epoch, and move its numbers past all that could have been leased since ``taken_at``.

    ``reached`` is how far the numbers of each desk really were (next counter, next device), where that is known: then exactly there.
    Blocking; raises Unavailable.
    """
    with database.jobs("") as connection:
        desks = [str(row[0]) for row in connection.exec_driver_sql(_DESKS).all()]
    days = max(1, math.ceil((clock.now() - taken_at) / dt.timedelta(days=1)))
    for desk in desks:
        counter, device = (reached or {}).get(desk, (0, 0))
        with database.executor(desk) as connection:
            in_use = int(connection.exec_driver_sql(_DEVICES, (desk, taken_at - IN_USE)).scalar_one())
            counters = (in_use + NEW_DEVICES) * MOST_BLOCKS_A_DAY * BLOCK_SIZE * days
            further = (0, counter, 0, device) if counter else (counters, 0, DEVICE_NUMBERS, 0)
            connection.exec_driver_sql(_RENEW, (secrets.token_hex(8), *further, desk))
        audit.add(desk, [Entry("restored", detail=f"backup of {taken_at.isoformat()}")])
