"""Runs an import on a desk: what the file says is read by ``desk_core``; here it is compared with the desk and stored."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from desk_core.commands import Command
from desk_core.customer_imports import CustomerImport, Customers, read_customers
from desk_core.import_mapping import CustomerMapping, Mapping, unfit
from desk_core.imports import ImportedTicket, ImportFileError, LeftOut, Rejected, Row, as_ask, customer_of, read_tickets
from desk_core.people import Asset, Contact, Contract, Customer, fold
from desk_core.policy import Policy
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.service import PROGRAM, Policies, Raw, SyncService, party_row, put_rows, raw_of

__all__ = ["Imports", "TicketSummary"]

_POLICY = "SELECT policy_version FROM desk WHERE id = %s"
_PRESENT = "SELECT id FROM ticket WHERE desk = %s AND id = ANY(%s)"
_OPEN = "SELECT count(*) FROM ticket WHERE desk = %s AND id = ANY(%s) AND status IN ('open', 'waiting_customer')"
_NAMED = "SELECT folded, id FROM customer WHERE desk = %s AND folded = ANY(%s) ORDER BY id DESC"
_ALL = "SELECT body::text FROM {table} WHERE desk = %s ORDER BY id"

_E = TypeVar("_E", Customer, Contact, Asset, Contract)


class TicketSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an import of tickets did: how many were ``taken`` (of these ``open``), how many were there already. ``rejected`` are the
    lines that cannot be taken, ``left_out`` the other lines of their tickets."""

    taken: int
    open: int
    known: int
    corrected: tuple[Rejected, ...]
    rejected: tuple[Rejected, ...]
    left_out: tuple[LeftOut, ...]


class Imports:
    """The imports of one process."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, sync: SyncService) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._sync = sync

    def tickets(self, desk: str, rows: Iterable[Row], mapping: Mapping, as_of: dt.date | None) -> TicketSummary:
        """Bring the tickets of a file to a desk; what is there already is left as it is.

        Raises ImportFileError when the mapping does not fit the desk's policy or the file.
        """
        mistakes = unfit(mapping, self._policy(desk))
        if mistakes:
            raise ImportFileError("\n".join(mistakes))
        result = read_tickets(rows, mapping, as_of)
        asks = [as_ask(ticket, desk, mapping.source) for ticket in result.tickets]
        present = self._present(desk, [ask.ticket for ask in asks])
        new = [(t, a) for t, a in zip(result.tickets, asks, strict=True) if a.ticket not in present]
        customers = self._customers_of(desk, mapping.source, [ticket for ticket, _ in new])
        now = self._clock.now()
        commands = [
            Command(
                # A new id for each run: whether a ticket is there already is told by its own id, which never changes.
                id=str(uuid.uuid4()),
                ask=msgspec.structs.replace(ask, customer=customers.get(fold(ticket.customer), "")),
                actor=PROGRAM,
                issued_at=now,
            )
            for ticket, ask in new
        ]
        verdicts = self._sync.run(desk, commands)
        refused = {t.external_id: v.text for (t, _), v in zip(new, verdicts, strict=True) if v.outcome == "refused"}
        rejected = [Rejected(t.lines[0], refused[t.external_id]) for t, _ in new if t.external_id in refused]
        left_out = [LeftOut(t.external_id, t.lines[1:]) for t, _ in new if t.external_id in refused]
        return TicketSummary(
            taken=len(new) - len(refused),
            open=self._open(desk, [ask.ticket for _, ask in new]),
            known=len(present),
            corrected=result.corrected,
            rejected=tuple(sorted((*result.rejected, *rejected), key=lambda r: r.line)),
            left_out=(*result.left_out, *left_out),
        )

    def customers(self, desk: str, rows: Iterable[Row], mapping: CustomerMapping) -> CustomerImport:
        """Bring the customers of a file to a desk, all good lines in one transaction. Raises ImportFileError."""
        policy = self._policy(desk)
        lines = list(rows)

        def work(raw: Raw) -> CustomerImport:
            known = Customers(
                customers=_all(raw, desk, "customer", Customer),
                contacts=_all(raw, desk, "contact", Contact),
                assets=_all(raw, desk, "asset", Asset),
                contracts=_all(raw, desk, "contract", Contract),
            )
            result = read_customers(lines, mapping, policy, desk, known)
            for each in (result.new, result.changed):
                put_rows(raw, desk, [party_row(entity) for entity in each.all], self._clock.now())
            return result

        return self._database.retried(lambda: self._database.executor(desk), lambda c: work(raw_of(c)))

    def _policy(self, desk: str) -> Policy:
        with self._database.executor(desk) as connection:
            raw = raw_of(connection)
            found = raw.execute(_POLICY, (desk,)).fetchone()
            if found is None:
                raise LookupError(desk)
            return self._policies.of(raw, desk, found[0])

    def _present(self, desk: str, tickets: Sequence[str]) -> set[str]:
        with self._database.executor(desk) as connection:
            return {row[0] for row in raw_of(connection).execute(_PRESENT, (desk, list(tickets)))}

    def _open(self, desk: str, tickets: Sequence[str]) -> int:
        with self._database.executor(desk) as connection:
            row = raw_of(connection).execute(_OPEN, (desk, list(tickets))).fetchone()
            return int(row[0]) if row else 0

    def _customers_of(self, desk: str, source: str, tickets: Sequence[ImportedTicket]) -> dict[str, str]:
        """The customers' ids by folded name; those that the desk does not know yet are added before their tickets come."""
        told = {fold(t.customer): found for t in tickets if (found := customer_of(t, desk, source)) is not None}

        def work(raw: Raw) -> dict[str, str]:
            known: dict[str, str] = dict(raw.execute(_NAMED, (desk, list(told))).fetchall())
            rows = [party_row(customer) for name, customer in told.items() if name not in known]
            put_rows(raw, desk, rows, self._clock.now())
            return {name: customer.id for name, customer in told.items()} | known

        return self._database.retried(lambda: self._database.executor(desk), lambda c: work(raw_of(c)))


def _all(raw: Raw, desk: str, table: str, kind: type[_E]) -> tuple[_E, ...]:
    decoder = msgspec.json.Decoder(kind)
    return tuple(decoder.decode(row[0]) for row in raw.execute(_ALL.format(table=table), (desk,)))
