"""Writes out what the desk holds: tickets with their promises; and adds it up for the report of a period."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from desk_core.commands import Command
from desk_core.commands_of_service import AddEntry
from desk_core.exports import ExportedTicket, exported
from desk_core.facts import Part
from desk_core.kpis import Period
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.records import Value
from desk_core.reporting import BehindReply, Report, Trend, all_figures, period_text, report, trend
from desk_core.tickets import Ticket
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.reports import figures
from desk_server.reports.figures import Source, Step
from desk_server.sync.service import Policies, Raw, Reader, StaleReader, SyncService, facts_owed, judge_facts, raw_of

_PAGE = 500
_VERSION = "SELECT policy_version FROM desk WHERE id = %s"
_TICKETS = "SELECT id, body::text FROM ticket WHERE desk = %s AND id > %s ORDER BY id LIMIT %s"
_READER = "SELECT d.policy_version, d.accounts, m.body::text FROM desk d JOIN member m ON m.desk = d.id AND m.id = %s WHERE d.id = %s"
_LOCK = "SELECT 1 FROM desk WHERE id = %s FOR UPDATE"
LISTED = 200
"""Rows of a list that are sent at once."""

T = TypeVar("T")


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


class NotAllowed(Exception):
    """Figures are for those who supervise."""


class NoSuchFigure(LookupError):
    """The policy in force has no figure of that name."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is asked for: its days, ``by`` which part, ``only`` which figures (none: all). ``live``: the figures of the moment,
    though the period was signed off."""

    period: Period
    by: Part | None = None
    only: tuple[str, ...] = ()
    live: bool = False


class Reports:
    """The reports of one process. Blocking. Without a ``reader`` they are of the whole desk, as the administrator's commands ask for
    them; with one of what that member may read."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, sync: SyncService) -> None:
        self._database, self._clock, self._policies, self._sync = database, clock, policies, sync

    def policy(self, desk: str) -> Policy:
        """The policy in force, by which is reported."""
        return self._read(desk, None, lambda _, policy: policy)

    def report(self, desk: str, asked: Asked, reader: Reader | None = None) -> Report:
        """The figures of a period. Raises :class:`NotAllowed`."""

        def read(raw: Raw, policy: Policy) -> Report:
            source = _source(raw, desk, asked)
            found = figures.sums(raw, source, policy, asked.by, asked.only, self._clock.now())
            return report(policy, found, asked.period, asked.by, asked.only)

        return self._read(desk, reader, read)

    def behind(
        self,
        desk: str,
        asked: Asked,
        number: tuple[str, str],
        part: str | None = None,
        reader: Reader | None = None,
        offset: int = 0,
        rows: int = LISTED,
    ) -> BehindReply:
        """The list behind a number, which is named by its figure and result; of one ``part`` when the report is taken apart.

        Raises :class:`NotAllowed` and :class:`NoSuchFigure`.
        """
        figure, result = number

        def read(raw: Raw, policy: Policy) -> BehindReply:
            if figure not in all_figures(policy):
                raise NoSuchFigure(figure)
            where = (asked.by, part) if asked.by and part is not None else None
            total, found = figures.behind(raw, _source(raw, desk, asked), figure, result, where, rows, offset)
            return BehindReply(figure=figure, result=result, total=total, offset=offset, rows=found)

        return self._read(desk, reader, read)

    def trend(self, desk: str, asked: Asked, figure: str, step: Step, reader: Reader | None = None) -> Trend:
        """A figure over time, as it is now. Raises :class:`NotAllowed` and :class:`NoSuchFigure`."""

        def read(raw: Raw, policy: Policy) -> Trend:
            if figure not in all_figures(policy):
                raise NoSuchFigure(figure)
            counts = figures.over_time(raw, Source(desk, asked.period), figure, step)
            return trend(policy, figure, step, counts, self._clock.now())

        return self._read(desk, reader, read)

    def sign_off(self, desk: str, policy: Policy, member: Member, period: Period) -> str:
        """Record that ``member`` reviewed the report of a period, as a line of the register that the policy keeps for it; its figures stay
        as they are now (A-09).

        Returns why that may not be, as a sentence; "" when it is recorded.
        """
        register = next((each for each in policy.registers if each.reviews), None)
        if register is None:
            return f"The policy {policy.head.name} keeps no reviews of reports: give one of its registers the key reviews = true."
        self._settle(desk)
        values = (Value(field=register.fields[0].id, value=period_text(period)),)
        ask = AddEntry(entry=str(uuid.uuid4()), register=register.id, values=values, member=member.id)
        now = self._clock.now()
        (verdict,) = self._sync.run(desk, [Command(id=str(uuid.uuid4()), ask=ask, actor=member.id, issued_at=now)])
        return verdict.text if verdict.outcome == "refused" else ""

    def _read(self, desk: str, reader: Reader | None, work: Callable[[Raw, Policy], T]) -> T:
        """Do ``work`` on one stable view, after the desk has its facts."""
        self._settle(desk)
        if reader is None:
            with self._database.executor(desk) as connection:
                raw = raw_of(connection)
                mark = connection.exec_driver_sql(_VERSION, (desk,)).scalar_one()
                return work(raw, self._policies.of(raw, desk, mark))
        with self._database.reader(desk, reader.scopes, reader.member) as connection:
            raw = raw_of(connection)
            return work(raw, self._allowed(raw, desk, reader))

    def _allowed(self, raw: Raw, desk: str, reader: Reader) -> Policy:
        """The policy in force, for a reader who supervises and whose rights are what they were."""
        row = raw.execute(_READER, (reader.member, desk)).fetchone()
        if row is None or row[1] != reader.accounts:
            raise StaleReader
        if not msgspec.json.decode(row[2], type=Member).supervises:
            raise NotAllowed
        return self._policies.of(raw, desk, row[0])

    def _settle(self, desk: str) -> None:
        """A desk that is older than the table of facts gets its facts before anything is counted."""
        with self._database.executor(desk) as connection:
            raw = raw_of(connection)
            if facts_owed(raw, desk):
                raw.execute(_LOCK, (desk,))
                judge_facts(raw, desk, self._policies, repair=True)


def _source(raw: Raw, desk: str, asked: Asked) -> Source:
    return Source(desk, asked.period, "" if asked.live else figures.signed(raw, desk, asked.period))
