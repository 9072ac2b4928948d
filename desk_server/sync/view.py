"""The desk as a decision sees it: everything is known here, read set-based before the batch and one by one only where that fell short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import psycopg

from desk_core import queue, references
from desk_core.calls import Call
from desk_core.people import Asset, Contract, Customer, Member, fold, fold_serial
from desk_core.policy import Policy
from desk_core.tickets import Ticket
from desk_server.sync.rows import Place

Raw = psycopg.Connection[tuple[Any, ...]]
Fetched = list[tuple[str, psycopg.Cursor[tuple[Any, ...]]]]
"""Queries that were sent, with the cursors that hold their answers."""

TICKET = msgspec.json.Decoder(Ticket)
CALL = msgspec.json.Decoder(Call)
MEMBER = msgspec.json.Decoder(Member)
CUSTOMER = msgspec.json.Decoder(Customer)
ASSET = msgspec.json.Decoder(Asset)
CONTRACT = msgspec.json.Decoder(Contract)

# Where a customer was found: given by id, by its folded name, or as the owner of an asset.
_TICKETS = "SELECT id, body::text, department, also FROM ticket WHERE desk = %s AND id = ANY(%s)"
_CALLS = "SELECT id, body::text, department, also FROM call WHERE desk = %s AND id = ANY(%s)"
_CALLS_OF_TICKETS = "SELECT id, body::text, department, also FROM call WHERE desk = %s AND ticket = ANY(%s)"
_HELD = "SELECT id, body::text, department, also FROM ticket WHERE desk = %s AND holder = %s AND holder <> ''"
_OPEN_CALLS = "SELECT id, body::text, department, also FROM call WHERE desk = %s AND member = %s AND NOT ended"
_TICKETS_OF_CALLS = (
    "SELECT t.id, t.body::text, t.department, t.also FROM call c JOIN ticket t ON t.desk = c.desk AND t.id = c.ticket "
    "WHERE c.desk = %s AND c.id = ANY(%s)"
)
_MEMBERS = "SELECT id, body::text FROM member WHERE desk = %s AND id = ANY(%s)"
_CUSTOMERS = "SELECT id, body::text FROM customer WHERE desk = %s AND id = ANY(%s)"
_NAMED = "SELECT folded, id, body::text FROM customer WHERE desk = %s AND folded = ANY(%s) ORDER BY id"
_ASSETS = "SELECT serial_key, body::text FROM asset WHERE desk = %s AND serial_key = ANY(%s) ORDER BY id DESC"
_CONTRACTS = (
    "SELECT k.id, c.body::text FROM (SELECT id FROM customer WHERE desk = %(desk)s AND (id = ANY(%(ids)s) OR folded = ANY(%(names)s)) "
    "UNION SELECT customer FROM asset WHERE desk = %(desk)s AND serial_key = ANY(%(serials)s)) AS k (id) "
    "LEFT JOIN contract c ON c.desk = %(desk)s AND c.customer = k.id ORDER BY c.id"
)
_NUMBERS = (
    "SELECT reference, owner FROM number WHERE desk = %s AND reference = ANY(%s) AND kind <> 'alias' ORDER BY kind"
)
_QUEUE_OF_ALL = (
    "SELECT id, body::text, department, also, rank FROM ticket WHERE desk = %s AND waits ORDER BY rank LIMIT %s"
)
_QUEUE = (
    "SELECT t.* FROM unnest(%s::text[]) AS d (department) CROSS JOIN LATERAL (SELECT id, body::text, department, also, rank FROM ticket "
    "WHERE desk = %s AND ticket.department = d.department AND waits ORDER BY rank LIMIT %s) AS t ORDER BY t.rank LIMIT %s"
)


@dataclass
class Wanted:
    """What a batch of commands will ask for, as far as their arguments tell."""

    tickets: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    serials: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)

    def add(self, ask: msgspec.Struct) -> None:
        """Note what an ask names."""
        for attribute, wanted in (
            ("ticket", self.tickets),
            ("call", self.calls),
            ("member", self.members),
            ("customer", self.customers),
            ("reference", self.references),
        ):
            value = getattr(ask, attribute, "")
            if value:
                wanted.add(value)
        fault = getattr(ask, "fault", None)
        if fault is not None:
            self.names.add(fold(fault.company))
            self.serials.add(fold_serial(fault.serial))

    def ask(self, raw: Raw, desk: str) -> Fetched:
        """Send the queries for all of it; inside a pipeline nothing waits for an answer here."""
        keyed = {
            _TICKETS: self.tickets,
            _TICKETS_OF_CALLS: self.calls,
            _CALLS: self.calls,
            _MEMBERS: self.members,
            _CUSTOMERS: self.customers,
            _NAMED: self.names,
            _ASSETS: self.serials,
            _NUMBERS: self.references,
        }
        fetched = [(query, raw.execute(query, (desk, list(keys)))) for query, keys in keyed.items() if keys]
        if self.customers or self.names or self.serials:
            owners = _owners(desk, self.customers, self.names, self.serials)
            fetched.append((_CONTRACTS, raw.execute(_CONTRACTS, owners)))
        return fetched


def _owners(desk: str, ids: Iterable[str], names: Iterable[str], serials: Iterable[str]) -> dict[str, Any]:
    return {"desk": desk, "ids": list(ids), "names": list(names), "serials": list(serials)}


class ServerView:
    """One desk during one transaction. What the transaction's own commands changed is seen by those that follow."""

    def __init__(self, raw: Raw, desk: str, policy: Policy, next_counter: int) -> None:
        self._raw = raw
        self._desk = desk
        self._policy = policy
        self.next_counter = next_counter
        self.before: dict[str, tuple[Ticket, Place]] = {}
        self.calls_before: dict[str, tuple[Call, Place]] = {}
        self.changed_tickets: dict[str, Ticket] = {}
        self.changed_calls: dict[str, Call] = {}
        self._tickets: dict[str, Ticket | None] = {}
        self._calls: dict[str, Call | None] = {}
        self._members: dict[str, Member | None] = {}
        self._customers: dict[str, Customer | None] = {}
        self._named: dict[str, list[Customer]] = {}
        self._assets: dict[str, Asset | None] = {}
        self._contracts: dict[str, list[Contract]] = {}
        self._numbers: dict[str, str | None] = {}
        # The heads of the queue of these departments, and whether these are all that wait there.
        self._heads: dict[tuple[str, ...], tuple[list[Ticket], bool]] = {}

    # --- before and after the decisions --------------------------------------------------------------------------------

    def take(self, wanted: Wanted, fetched: Fetched) -> None:
        """Know what was fetched; what is missing there does not exist."""
        self._tickets |= dict.fromkeys(wanted.tickets)
        self._calls |= dict.fromkeys(wanted.calls)
        self._members |= dict.fromkeys(wanted.members)
        self._customers |= dict.fromkeys(wanted.customers)
        self._named |= {name: [] for name in wanted.names}
        self._assets |= dict.fromkeys(wanted.serials)
        self._numbers |= dict.fromkeys(wanted.references)
        takers: dict[str, Callable[[list[tuple[Any, ...]]], None]] = {
            _TICKETS: self._take_tickets,
            _TICKETS_OF_CALLS: self._take_tickets,
            _CALLS: self._take_calls,
            _MEMBERS: self._take_members,
            _CUSTOMERS: self._take_customers,
            _NAMED: self._take_named,
            _ASSETS: self._take_assets,
            _NUMBERS: self._take_numbers,
            _CONTRACTS: self._take_contracts,
        }
        for query, cursor in fetched:
            takers[query](cursor.fetchall())

    def load_calls_of(self, tickets: Sequence[str]) -> None:
        """Read all calls of these tickets."""
        rows = self._raw.execute(_CALLS_OF_TICKETS, (self._desk, list(tickets))).fetchall()
        self._take_calls(rows)

    def touch(self, member: str) -> None:
        """Take up what a member holds, and the open calls that the member took, as if it had changed."""
        self._take_tickets(self._raw.execute(_HELD, (self._desk, member)).fetchall())
        self._take_calls(self._raw.execute(_OPEN_CALLS, (self._desk, member)).fetchall())
        self.load_calls_of(list(self.before))
        self.changed_tickets |= {ticket_id: ticket for ticket_id, (ticket, _) in self.before.items()}
        self.changed_calls |= {call_id: call for call_id, (call, _) in self.calls_before.items()}

    def happened(self, tickets: dict[str, Ticket], calls: dict[str, Call]) -> None:
        """What a command made of tickets and calls, for the commands after it."""
        self._tickets |= tickets
        self._calls |= calls
        self.changed_tickets |= tickets
        self.changed_calls |= calls
        self._numbers |= {call.reference: call.id for call in calls.values()}
        self._numbers |= {ticket.reference: ticket.id for ticket in tickets.values()}

    # --- what View asks -----------------------------------------------------------------------------------------------

    @property
    def policy(self) -> Policy:
        return self._policy

    def ticket(self, ticket_id: str) -> Ticket | None:
        if ticket_id not in self._tickets:
            self._tickets[ticket_id] = None
            self._take_tickets(self._fetch(_TICKETS, ticket_id))
        return self._tickets[ticket_id]

    def ticket_elsewhere(self, ticket_id: str) -> bool:  # noqa: ARG002 - the server sees every ticket; the rules guard the scope
        return False

    def call(self, call_id: str) -> Call | None:
        if call_id not in self._calls:
            self._calls[call_id] = None
            self._take_calls(self._fetch(_CALLS, call_id))
        return self._calls[call_id]

    def member(self, member_id: str) -> Member | None:
        if member_id not in self._members:
            self._members[member_id] = None
            self._take_members(self._fetch(_MEMBERS, member_id))
        return self._members[member_id]

    def customer(self, customer_id: str) -> Customer | None:
        if customer_id not in self._customers:
            self._customers[customer_id] = None
            self._take_customers(self._fetch(_CUSTOMERS, customer_id))
        return self._customers[customer_id]

    def customers_named(self, name: str) -> Sequence[Customer]:
        key = fold(name)
        if key not in self._named:
            self._named[key] = []
            self._take_named(self._fetch(_NAMED, key))
        return self._named[key]

    def asset(self, serial: str) -> Asset | None:
        key = fold_serial(serial)
        if key not in self._assets:
            self._assets[key] = None
            self._take_assets(self._fetch(_ASSETS, key))
        return self._assets[key]

    def contracts(self, customer_id: str) -> Sequence[Contract]:
        if customer_id not in self._contracts:
            self._contracts[customer_id] = []
            owners = _owners(self._desk, [customer_id], [], [])
            self._take_contracts(self._raw.execute(_CONTRACTS, owners).fetchall())
        return self._contracts[customer_id]

    def reference_owner(self, reference: str) -> str | None:
        if reference not in self._numbers:
            self._numbers[reference] = None
            self._take_numbers(self._fetch(_NUMBERS, reference))
        return self._numbers[reference]

    def fresh_reference(self) -> str:
        while True:
            number = references.reference(self.next_counter)
            self.next_counter += 1
            if self.reference_owner(number) is None:
                return number

    def queue_head(self, member: Member, department: str) -> Ticket | None:
        wanted = (department,) if department else member.departments
        heads = [t for t in self._waiting(wanted) if t.id not in self.changed_tickets and queue.takeable(member, t)]
        heads = heads[:1]
        heads += [
            t
            for t in self.changed_tickets.values()
            if queue.takeable(member, t) and (not wanted or t.department in wanted)
        ]
        return min(heads, key=lambda t: queue.rank(self._policy, t), default=None)

    def _waiting(self, departments: tuple[str, ...]) -> list[Ticket]:
        """The first waiting tickets as they are stored: one more than the transaction has changed, so that one of them is unchanged."""
        enough = len(self.changed_tickets) + 1
        held, complete = self._heads.get(departments, ([], False))
        if not complete and len(held) < enough:
            limit = 2 * enough + 6
            if departments:
                rows = self._raw.execute(_QUEUE, (list(departments), self._desk, limit, limit)).fetchall()
            else:
                rows = self._raw.execute(_QUEUE_OF_ALL, (self._desk, limit)).fetchall()
            self._take_tickets([row[:4] for row in rows])
            held = [self.before[row[0]][0] for row in rows]
            self._heads[departments] = (held, len(rows) < limit)
        return held

    # --- rows read -----------------------------------------------------------------------------------------------------

    def _fetch(self, query: str, key: str) -> list[tuple[Any, ...]]:
        return self._raw.execute(query, (self._desk, [key])).fetchall()

    def _take_tickets(self, rows: list[tuple[Any, ...]]) -> None:
        for ticket_id, body, department, also in rows:
            if ticket_id not in self.before:
                ticket = TICKET.decode(body)
                self.before[ticket_id] = (ticket, Place(department, also))
                if self._tickets.get(ticket_id) is None:
                    self._tickets[ticket_id] = ticket

    def _take_calls(self, rows: list[tuple[Any, ...]]) -> None:
        for call_id, body, department, also in rows:
            call = CALL.decode(body)
            self.calls_before[call_id] = (call, Place(department, also))
            if self._calls.get(call_id) is None:
                self._calls[call_id] = call

    def _take_members(self, rows: list[tuple[Any, ...]]) -> None:
        self._members |= {member_id: MEMBER.decode(body) for member_id, body in rows}

    def _take_customers(self, rows: list[tuple[Any, ...]]) -> None:
        self._customers |= {customer_id: CUSTOMER.decode(body) for customer_id, body in rows}

    def _take_named(self, rows: list[tuple[Any, ...]]) -> None:
        for folded, customer_id, body in rows:
            customer = CUSTOMER.decode(body)
            self._customers[customer_id] = customer
            self._named.setdefault(folded, []).append(customer)

    def _take_assets(self, rows: list[tuple[Any, ...]]) -> None:
        self._assets |= {key: ASSET.decode(body) for key, body in rows}

    def _take_contracts(self, rows: list[tuple[Any, ...]]) -> None:
        for customer_id, body in rows:
            held = self._contracts.setdefault(customer_id, [])
            if body is not None:
                held.append(CONTRACT.decode(body))

    def _take_numbers(self, rows: list[tuple[Any, ...]]) -> None:
        self._numbers |= dict(rows)
