"""Writes out what the desk holds: tickets with their promises."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from desk_core.exports import ExportedTicket, exported
from desk_core.tickets import Ticket
from desk_server.db.engine import Database
from desk_server.sync.service import raw_of

_PAGE = 500
_TICKETS = "SELECT id, body::text FROM ticket WHERE desk = %s AND id > %s ORDER BY id LIMIT %s"


class Exports:
    """The exports of one process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tickets(self, desk: str) -> Iterator[ExportedTicket]:
        """Every ticket of a desk without personal data and content, page by page."""
        decoder = msgspec.json.Decoder(Ticket)
        last = ""
        while True:
            with self._database.executor(desk) as connection:
                rows = raw_of(connection).execute(_TICKETS, (desk, last, _PAGE)).fetchall()
            yield from (exported(decoder.decode(body)) for _, body in rows)
            if len(rows) < _PAGE:
                return
            last = rows[-1][0]
