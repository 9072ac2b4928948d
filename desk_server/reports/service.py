"""Writes out what the desk holds: tickets with their promises; and adds it up for the report of a period."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from desk_core.commands import Command
from desk_core.commands_of_service import AddEntry
from desk_core.exports import ExportedTicket, exported
from desk_core.kpis import Period
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.records import Value
from desk_core.reporting import Facts, period_text
from desk_core.tickets import Ticket
from desk_core.zones import start_of_day
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.reports.figures import facts
from desk_server.sync.service import Policies, SyncService, raw_of

_PAGE = 500
_VERSION = "SELECT policy_version FROM desk WHERE id = %s"
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


class Counted(NamedTuple):
    """What happened in a period, and the policy by whose figures it is counted."""

    policy: Policy
    facts: Facts


class Reports:
    """The reports of one process. Blocking."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, sync: SyncService) -> None:
        self._database, self._clock, self._policies, self._sync = database, clock, policies, sync

    def counted(self, desk: str, period: Period) -> Counted:
        """What a report over the period counts, under the policy in force."""
        with self._database.executor(desk) as connection:
            raw = raw_of(connection)
            policy = self._policies.of(raw, desk, connection.exec_driver_sql(_VERSION, (desk,)).scalar_one())
            zone = policy.calendar(policy.offices[0].calendar).zone
            days = (start_of_day(zone, period.first), start_of_day(zone, period.last + dt.timedelta(days=1)))
            return Counted(policy, facts(raw, desk, period, days))

    def sign_off(self, desk: str, policy: Policy, member: Member, period: Period) -> str:
        """Record that ``member`` reviewed the report of a period, as a line of the register that the policy keeps for it (A-09).

        Returns why that may not be, as a sentence; "" when it is recorded.
        """
        register = next((each for each in policy.registers if each.reviews), None)
        if register is None:
            return f"The policy {policy.head.name} keeps no reviews of reports: give one of its registers the key reviews = true."
        values = (Value(field=register.fields[0].id, value=period_text(period)),)
        ask = AddEntry(entry=str(uuid.uuid4()), register=register.id, values=values, member=member.id)
        now = self._clock.now()
        (verdict,) = self._sync.run(desk, [Command(id=str(uuid.uuid4()), ask=ask, actor=member.id, issued_at=now)])
        return verdict.text if verdict.outcome == "refused" else ""
