"""Entities as rows of the feed: the bytes that travel, their digest, and the columns that the server looks them up by."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import msgspec

from desk_core import queue
from desk_core.calls import Call
from desk_core.events import Event, FileAttached
from desk_core.people import Asset, Contact, Contract, Customer, Member, fold, fold_serial
from desk_core.policy import Policy
from desk_core.protocol import DESK_SCOPE, PolicyRow, row_hash
from desk_core.records import Entry
from desk_core.tickets import Stub, Ticket

encode = msgspec.json.Encoder().encode


class Place(NamedTuple):
    """Where content can be seen: in a department (or another scope of the feed, as some lines of registers are), and by one member from
    outside of it (``@id``, "" for nobody); in both not by the members from whom it is ``hidden`` (K-13)."""

    department: str
    also: str = ""
    hidden: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Any, ...]:
        """As it is stored; hidden from nobody is NULL."""
        return self.department, self.also, self.hidden or None

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes of the feed that carry it."""
        return frozenset((self.department, self.also)) - {""}


class Row(NamedTuple):
    """One row of a table of the feed, with its place (None: the whole desk may see it) and its further columns."""

    table: str
    pk: str
    body: bytes
    place: Place | None
    columns: tuple[Any, ...]

    @property
    def hash(self) -> int:
        """The row's digest as PostgreSQL's signed 64 bits."""
        value = row_hash(self.table, self.pk, self.body)
        return value - (1 << 64) if value >> 63 else value

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes of the feed that carry it."""
        return frozenset((DESK_SCOPE,)) if self.place is None else self.place.scopes

    @property
    def hidden(self) -> tuple[str, ...]:
        """The members from whom it is hidden."""
        return () if self.place is None else self.place.hidden


def ticket_row(policy: Policy, ticket: Ticket, place: Place, due: dt.datetime | None) -> Row:
    """A ticket; ``due`` is when time will do something to it next, None when nothing falls due on it."""
    columns = (
        *place.columns,
        ticket.reference,
        ticket.status,
        ticket.holder,
        queue.waits(ticket),
        queue.rank(policy, ticket),
        due,
        ticket.customer,
        ticket.received_at,
    )
    return Row("ticket", ticket.id, encode(ticket), place, columns)


def call_row(call: Call, place: Place) -> Row:
    """A call; it is ended when what became of it is known."""
    columns = (*place.columns, call.reference, call.ticket, call.member, bool(call.outcome))
    return Row("call", call.id, encode(call), place, columns)


def event_row(event: Event, place: Place, body: bytes | None = None) -> Row:
    """An entry of a history."""
    file = event.what.sha256 if isinstance(event.what, FileAttached) else ""
    columns = (*place.columns, event.ticket, event.call, event.entry, file)
    return Row("event", event.id, body or encode(event), place, columns)


def entry_row(entry: Entry, place: Place) -> Row:
    """A line of a register."""
    columns = (*place.columns, entry.register, entry.member, entry.ticket, entry.due, entry.at)
    return Row("entry", entry.id, encode(entry), place, columns)


def stub_row(stub: Stub) -> Row:
    """The stub of a ticket."""
    return Row("stub", stub.id, encode(stub), None, ())


def member_row(member: Member, scope_version: int) -> Row:
    """A member; nothing secret is in it."""
    return Row("member", member.id, encode(member), None, (scope_version,))


def policy_row(row: PolicyRow) -> Row:
    """A version of the desk's policy."""
    return Row("policy", row.version, encode(row), None, ())


def party_row(entity: Customer | Contact | Asset | Contract) -> Row:
    """A customer, contact, asset or contract."""
    body = encode(entity)
    match entity:
        case Customer():
            return Row("customer", entity.id, body, None, (fold(entity.name),))
        case Contact():
            return Row("contact", entity.id, body, None, (entity.customer,))
        case Asset():
            return Row("asset", entity.id, body, None, (entity.customer, fold_serial(entity.serial)))
        case Contract():
            return Row("contract", entity.id, body, None, (entity.customer,))
