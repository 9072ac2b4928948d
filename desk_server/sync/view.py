"""The desk as a decision sees it: everything is known here, read set-based before the batch and one by one only where that fell short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import itemgetter
from typing import Any

import msgspec
import psycopg

from desk_core import queue, references
from desk_core.calls import Call
from desk_core.people import Asset, Contract, Customer, Member, fold, fold_serial
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.tickets import Ticket
from desk_server.sync.rows import Place

Raw = psycopg.Connection[tuple[Any, ...]]
Fetched = Sequence[tuple[Any, ...]]
"""Rows as :data:`_READ` gives them."""

TICKET = msgspec.json.Decoder(Ticket)
CALL = msgspec.json.Decoder(Call)
MEMBER = msgspec.json.Decoder(Member)
CUSTOMER = msgspec.json.Decoder(Customer)
ASSET = msgspec.json.Decoder(Asset)
CONTRACT = msgspec.json.Decoder(Contract)
ENTRY = msgspec.json.Decoder(Entry)

_READS = (
    "SELECT 'ticket', id, body::text, department, also, hidden FROM ticket WHERE desk = %(desk)s AND id = ANY(%(tickets)s::text[])",
    "SELECT 'ticket', t.id, t.body::text, t.department, t.also, t.hidden FROM call c JOIN ticket t ON t.desk = c.desk AND t.id = c.ticket "
    "WHERE c.desk = %(desk)s AND c.id = ANY(%(calls)s::text[])",
    "SELECT 'call', id, body::text, department, also, hidden FROM call WHERE desk = %(desk)s AND id = ANY(%(calls)s::text[])",
    "SELECT 'ticket', t.id, t.body::text, t.department, t.also, t.hidden FROM entry e JOIN ticket t ON t.desk = e.desk AND t.id = e.ticket "
    "WHERE e.desk = %(desk)s AND e.id = ANY(%(entries)s::text[])",
    "SELECT 'entry', id, body::text, department, also, hidden FROM entry WHERE desk = %(desk)s AND id = ANY(%(entries)s::text[])",
    "SELECT 'member', id, body::text, '', '', NULL FROM member WHERE desk = %(desk)s AND id = ANY(%(members)s::text[])",
    "SELECT 'customer', id, body::text, '', '', NULL FROM customer WHERE desk = %(desk)s AND id = ANY(%(customers)s::text[])",
    "SELECT 'named', folded, body::text, id, '', NULL FROM customer WHERE desk = %(desk)s AND folded = ANY(%(names)s::text[])",
    "SELECT 'asset', serial_key, body::text, id, '', NULL FROM asset WHERE desk = %(desk)s AND serial_key = ANY(%(serials)s::text[])",
    # The contracts of customers given by id, by name, or as the owner of an asset; a customer without any is told too.
    "SELECT 'contract', k.id, c.body::text, coalesce(c.id, ''), '', NULL FROM ("
    "SELECT id FROM customer WHERE desk = %(desk)s AND id = ANY(%(customers)s::text[]) "
    "UNION SELECT id FROM customer WHERE desk = %(desk)s AND folded = ANY(%(names)s::text[]) "
    "UNION SELECT customer FROM asset WHERE desk = %(desk)s AND serial_key = ANY(%(serials)s::text[])) AS k (id) "
    "LEFT JOIN contract c ON c.desk = %(desk)s AND c.customer = k.id",
    "SELECT 'number', reference, owner, kind, '', NULL FROM number "
    "WHERE desk = %(desk)s AND reference = ANY(%(references)s::text[]) AND kind <> 'alias'",
    "SELECT 'receipt', command, verdict::text, encode(payload_hash, 'hex'), '', NULL FROM receipt "
    "WHERE desk = %(desk)s AND command = ANY(%(commands)s::text[])",
    "SELECT 'device', id, last_seq::text, '', '', NULL FROM device WHERE desk = %(desk)s AND id = ANY(%(devices)s::text[])",
)
_READ = " UNION ALL ".join(_READS)
"""Everything that decisions ask for, in one statement: kind, key, body and three further columns."""
_CALLS_OF_TICKETS = (
    "SELECT 'call', id, body::text, department, also, hidden FROM call WHERE desk = %s AND ticket = ANY(%s)"
)
_ENTRIES_OF_TICKETS = (
    "SELECT 'entry', id, body::text, department, also, hidden FROM entry WHERE desk = %s AND ticket = ANY(%s)"
)
_REGISTER = "SELECT 'entry', id, body::text, department, also, hidden FROM entry WHERE desk = %s AND register = %s"
_HELD = "SELECT 'ticket', id, body::text, department, also, hidden FROM ticket WHERE desk = %s AND holder = %s AND holder <> ''"
_OPEN_CALLS = (
    "SELECT 'call', id, body::text, department, also, hidden FROM call WHERE desk = %s AND member = %s AND NOT ended"
)
_STAFF = "SELECT body::text FROM member WHERE desk = %s"
_OF_CUSTOMER = (
    "SELECT 'ticket', id, body::text, department, also, hidden FROM ticket "
    "WHERE desk = %s AND customer = %s AND customer <> '' AND status <> 'closed'"
)
_CALLS_FROM = "SELECT body::text FROM call WHERE desk = %s AND body::jsonb ->> 'number_e164' = %s"
_QUEUE_OF_ALL = "SELECT 'ticket', id, body::text, department, also, hidden FROM ticket WHERE desk = %s AND waits ORDER BY rank LIMIT %s"
_QUEUE = (
    "SELECT 'ticket', t.id, t.body, t.department, t.also, t.hidden FROM unnest(%s::text[]) AS d (department) CROSS JOIN LATERAL ("
    "SELECT id, body::text, ticket.department, also, hidden, rank FROM ticket "
    "WHERE desk = %s AND ticket.department = d.department AND waits ORDER BY rank LIMIT %s) AS t ORDER BY t.rank LIMIT %s"
)


@dataclass
class Wanted:
    """What a batch of commands will ask for, as far as their arguments tell."""

    tickets: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    serials: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)
    devices: set[str] = field(default_factory=set)

    def add(self, ask: msgspec.Struct) -> None:
        """Note what an ask names."""
        for attribute, wanted in (
            ("ticket", self.tickets),
            ("call", self.calls),
            ("entry", self.entries),
            ("member", self.members),
            ("customer", self.customers),
            ("reference", self.references),
        ):
            value = getattr(ask, attribute, "")
            if value:
                wanted.add(value)
        self.entries.update(getattr(ask, "articles", ()))
        fault = getattr(ask, "fault", None)
        if fault is not None:
            self.names.add(fold(fault.company))
            self.serials.add(fold_serial(fault.serial))

    def ask(self, raw: Raw, desk: str) -> psycopg.Cursor[tuple[Any, ...]]:
        """Send the query for all of it; inside a pipeline nothing waits for the answer here."""
        return raw.execute(_READ, {"desk": desk} | {f.name: list(getattr(self, f.name)) for f in fields(self)})


class ServerView:
    """One desk during one transaction. What the transaction's own commands changed is seen by those that follow."""

    def __init__(
        self, raw: Raw, desk: str, policy: Policy, next_counter: int, policy_at: Callable[[str], Policy]
    ) -> None:
        self._raw = raw
        self._desk = desk
        self._policy = policy
        self._policy_at = policy_at
        self._versions = {policy.head.version: policy}
        self.next_counter = next_counter
        self.now: datetime | None = None
        self.before: dict[str, tuple[Ticket, Place]] = {}
        self.calls_before: dict[str, tuple[Call, Place]] = {}
        self.entries_before: dict[str, tuple[Entry, Place]] = {}
        self.changed_tickets: dict[str, Ticket] = {}
        self.changed_calls: dict[str, Call] = {}
        self.changed_entries: dict[str, Entry] = {}
        self._tickets: dict[str, Ticket | None] = {}
        self._calls: dict[str, Call | None] = {}
        self._entries: dict[str, Entry | None] = {}
        self._registers: set[str] = set()  # those that were read whole
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
        """Know what was fetched; what was wanted and is not there does not exist."""
        self._tickets |= dict.fromkeys(wanted.tickets - self._tickets.keys())
        self._calls |= dict.fromkeys(wanted.calls - self._calls.keys())
        self._entries |= dict.fromkeys(wanted.entries - self._entries.keys())
        self._members |= dict.fromkeys(wanted.members)
        self._customers |= dict.fromkeys(wanted.customers)
        self._named |= {name: [] for name in wanted.names}
        self._contracts |= {customer: [] for customer in wanted.customers}
        self._assets |= dict.fromkeys(wanted.serials)
        self._numbers |= dict.fromkeys(wanted.references)
        self._take_all(sorted(fetched, key=itemgetter(3)))

    def load(self, tickets: Sequence[str]) -> None:
        """Read these tickets in one round trip."""
        self._look_up(Wanted(tickets=set(tickets)))

    def load_calls_of(self, tickets: Sequence[str]) -> None:
        """Read all calls of these tickets."""
        self._take_all(self._raw.execute(_CALLS_OF_TICKETS, (self._desk, list(tickets))).fetchall())

    def load_entries_of(self, tickets: Sequence[str]) -> None:
        """Read all lines of registers about these tickets."""
        self._take_all(self._raw.execute(_ENTRIES_OF_TICKETS, (self._desk, list(tickets))).fetchall())

    def load_register(self, register: str) -> None:
        """Read all lines of a register, once."""
        if register not in self._registers:
            self._take_all(self._raw.execute(_REGISTER, (self._desk, register)).fetchall())
            self._registers.add(register)

    def touch(self, member: str) -> None:
        """Take up what a member holds, and the open calls that the member took, as if it had changed."""
        self._take_all(self._raw.execute(_HELD, (self._desk, member)).fetchall())
        self._take_all(self._raw.execute(_OPEN_CALLS, (self._desk, member)).fetchall())
        self.load_calls_of(list(self.before))
        self.changed_tickets |= {ticket_id: ticket for ticket_id, (ticket, _) in self.before.items()}
        self.changed_calls |= {call_id: call for call_id, (call, _) in self.calls_before.items()}

    def touch_entries(self, ids: Sequence[str]) -> None:
        """Take up these lines of registers as if they had changed."""
        self._look_up(Wanted(entries=set(ids)))
        self.changed_entries |= {entry_id: self.entries_before[entry_id][0] for entry_id in ids}

    def happened(
        self, tickets: dict[str, Ticket], calls: dict[str, Call], entries: dict[str, Entry] | None = None
    ) -> None:
        """What a command made of tickets, calls and lines of registers, for the commands after it."""
        self._entries |= entries or {}
        self.changed_entries |= entries or {}
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

    def policy_at(self, version: str) -> Policy:
        if version not in self._versions:
            self._versions[version] = self._policy_at(version)
        return self._versions[version]

    def staff(self) -> Sequence[Member]:
        rows = self._raw.execute(_STAFF, (self._desk,)).fetchall()
        return [MEMBER.decode(body) for (body,) in rows]

    def open_issues(self, customer_id: str) -> Sequence[Ticket]:
        self._take_all(self._raw.execute(_OF_CUSTOMER, (self._desk, customer_id)).fetchall())
        known = [ticket for ticket in self._tickets.values() if ticket is not None and ticket.customer == customer_id]
        found = [ticket for ticket in known if ticket.status != "closed"]
        return sorted(found, key=lambda ticket: (ticket.received_at, ticket.reference))

    def calls_from(self, number_e164: str) -> Sequence[Call]:
        rows = self._raw.execute(_CALLS_FROM, (self._desk, number_e164)).fetchall()
        return [CALL.decode(body) for (body,) in rows]

    def entries(self, register: str) -> Sequence[Entry]:
        self.load_register(register)
        found = [entry for entry in self._entries.values() if entry is not None and entry.register == register]
        return sorted(found, key=lambda entry: (entry.at, entry.id))

    def entry(self, entry_id: str) -> Entry | None:
        if entry_id not in self._entries:
            self._look_up(Wanted(entries={entry_id}))
        return self._entries[entry_id]

    def ticket(self, ticket_id: str) -> Ticket | None:
        if ticket_id not in self._tickets:
            self._look_up(Wanted(tickets={ticket_id}))
        return self._tickets[ticket_id]

    def ticket_elsewhere(self, ticket_id: str) -> bool:  # noqa: ARG002 - the server sees every ticket; the rules guard the scope
        return False

    def call(self, call_id: str) -> Call | None:
        if call_id not in self._calls:
            self._look_up(Wanted(calls={call_id}))
        return self._calls[call_id]

    def member(self, member_id: str) -> Member | None:
        if member_id not in self._members:
            self._look_up(Wanted(members={member_id}))
        return self._members[member_id]

    def customer(self, customer_id: str) -> Customer | None:
        if customer_id not in self._customers:
            self._look_up(Wanted(customers={customer_id}))
        return self._customers[customer_id]

    def customers_named(self, name: str) -> Sequence[Customer]:
        key = fold(name)
        if key not in self._named:
            self._look_up(Wanted(names={key}))
        return self._named[key]

    def asset(self, serial: str) -> Asset | None:
        key = fold_serial(serial)
        if key not in self._assets:
            self._look_up(Wanted(serials={key}))
        return self._assets[key]

    def contracts(self, customer_id: str) -> Sequence[Contract]:
        if customer_id not in self._contracts:
            self._look_up(Wanted(customers={customer_id}))
        return self._contracts[customer_id]

    def reference_owner(self, reference: str) -> str | None:
        if reference not in self._numbers:
            self._look_up(Wanted(references={reference}))
        return self._numbers[reference]

    def fresh_reference(self) -> str:
        while True:
            number = references.reference(self.next_counter)
            self.next_counter += 1
            if self.reference_owner(number) is None:
                return number

    def queue_head(self, member: Member, department: str) -> Ticket | None:
        wanted = (department,) if department else member.departments
        heads = [t for t in self._waiting(wanted) if t.id not in self.changed_tickets and self._may_take(member, t)]
        heads = heads[:1]
        heads += [
            t
            for t in self.changed_tickets.values()
            if self._may_take(member, t) and (not wanted or t.department in wanted)
        ]
        return min(heads, key=lambda t: queue.rank(self._policy, t), default=None)

    def _may_take(self, member: Member, ticket: Ticket) -> bool:
        """Whether the ticket can be handed out to the member now; on a holiday that depends on the roster (V-20)."""
        if not queue.takeable(member, ticket):
            return False
        return self.now is None or queue.blocked(self, member, ticket, self.now) is None

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
            self._take_all(rows)
            held = [self.before[row[1]][0] for row in rows]
            self._heads[departments] = (held, len(rows) < limit)
        return held

    # --- rows read -----------------------------------------------------------------------------------------------------

    def _look_up(self, wanted: Wanted) -> None:
        """Read what the arguments of the commands did not tell beforehand."""
        self.take(wanted, wanted.ask(self._raw, self._desk).fetchall())

    def _take_all(self, fetched: Fetched) -> None:
        for row in fetched:
            self._take(*row)

    def _take(self, kind: str, key: str, body: str, x: str, y: str, hidden: Sequence[str] | None) -> None:
        match kind:
            case "ticket" if key not in self.before:
                self.before[key] = (TICKET.decode(body), Place(x, y, tuple(hidden or ())))
                if self._tickets.get(key) is None:
                    self._tickets[key] = self.before[key][0]
            case "call" if key not in self.calls_before:
                self.calls_before[key] = (CALL.decode(body), Place(x, y, tuple(hidden or ())))
                if self._calls.get(key) is None:
                    self._calls[key] = self.calls_before[key][0]
            case "entry" if key not in self.entries_before:
                self.entries_before[key] = (ENTRY.decode(body), Place(x, y, tuple(hidden or ())))
                if self._entries.get(key) is None:
                    self._entries[key] = self.entries_before[key][0]
            case "member":
                self._members[key] = MEMBER.decode(body)
            case "customer":
                self._customers[key] = CUSTOMER.decode(body)
            case "named":
                self._named[key].append(CUSTOMER.decode(body))
            case "asset":
                self._assets[key] = self._assets[key] or ASSET.decode(body)
            case "contract":
                contracts = self._contracts.setdefault(key, [])
                if body is not None:
                    contracts.append(CONTRACT.decode(body))
            case "number":
                self._numbers[key] = body
