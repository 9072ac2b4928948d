"""One commit of a desk: what the decisions changed, as rows of the feed, written set-based in one pipeline."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from desk_core.events import Event
from desk_core.protocol import DESK_SCOPE, Verdict
from desk_core.tickets import stub
from desk_server.db.tables import INSERT_CHANGES, INSERT_NUMBERS, INSERT_RECEIPTS, UPSERTS, columns_of
from desk_server.sync.places import Key, call_place, moved_events, ticket_place
from desk_server.sync.rows import Place, Row, call_row, encode, event_row, stub_row, ticket_row
from desk_server.sync.view import Raw, ServerView

CHANNEL = "desk_feed"

_UPDATE_DESK = "UPDATE desk SET head_seq = %s, chain = %s, next_counter = %s WHERE id = %s"
_INSERT_COMMIT = "INSERT INTO feed_commit (desk, seq, chain, made_at) VALUES (%s, %s, %s, %s)"
_UPDATE_DEVICES = (
    "UPDATE device SET last_seq = u.seq FROM unnest(%s::text[], %s::bigint[]) AS u (id, seq) "
    "WHERE device.desk = %s AND device.id = u.id"
)


@dataclass(frozen=True)
class DeskState:
    """The desk's counter row, as it was locked."""

    id: str
    log_epoch: str
    head_seq: int
    chain: str
    policy_version: str
    next_counter: int
    accounts: int
    """Counts the changes of members and their rights: what was known of a session under another count may be over (R10)."""


class Wakeup(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a commit tells the processes that hold long polls: the scopes that changed and the devices that have verdicts."""

    desk: str
    seq: int = 0
    scopes: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    accounts: bool = False


@dataclass(frozen=True)
class Receipt:
    """A verdict with what it answers."""

    device: str
    device_seq: int
    payload_hash: bytes
    verdict: Verdict


@dataclass
class Commit:
    """Collects rows, changes and receipts of one commit, in order; :meth:`write` does it all in one round trip."""

    desk: DeskState
    rows: list[Row] = field(default_factory=list)
    changes: list[tuple[str, str, str, str, bytes | None]] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    last_seqs: dict[str, int] = field(default_factory=dict)

    @property
    def seq(self) -> int:
        """The commit's place in the feed."""
        return self.desk.head_seq + 1

    def put(self, row: Row, before: frozenset[str] = frozenset(), *, changed: bool = True) -> None:
        """Store a row and tell every scope that sees it; scopes that saw it (``before``) and do not any more are told to let it go.

        A row that did not change but moved is told to the scopes that did not have it.
        """
        for scope in sorted(before - row.scopes):
            self.changes.append((scope, row.table, row.pk, "leave", None))
        for scope in sorted(row.scopes if changed else row.scopes - before):
            self.changes.append((scope, row.table, row.pk, "put", row.body))
        self.rows.append(row)

    def write(self, raw: Raw, now: dt.datetime, next_counter: int) -> None:
        """Send every statement of the commit; the caller commits. Nothing to tell and no receipt: no commit is made."""
        desk = self.desk.id
        chain = self._chain()
        with raw.pipeline():
            for table, rows in self._by_table().items():
                columns = columns_of([(r.pk, r.hash, r.body.decode(), *r.columns) for r in rows], 0)
                raw.execute(UPSERTS[table], (desk, self.seq, *columns))
            if self.changes:
                scopes, tables, keys, ops, bodies = columns_of(self.changes, 5)
                texts = [None if body is None else body.decode() for body in bodies]
                raw.execute(INSERT_CHANGES, (desk, self.seq, scopes, tables, keys, ops, texts))
            if self.numbers:
                raw.execute(INSERT_NUMBERS, (desk, *columns_of(self.numbers, 3)))
            self._write_receipts(raw, now)
            raw.execute(_INSERT_COMMIT, (desk, self.seq, chain, now))
            raw.execute(_UPDATE_DESK, (self.seq, chain, next_counter, desk))
            raw.execute("SELECT pg_notify(%s, %s)", (CHANNEL, self._wakeup()))

    def _write_receipts(self, raw: Raw, now: dt.datetime) -> None:
        desk = self.desk.id
        if self.receipts:
            answered = [
                (r.verdict.id, r.device, r.device_seq, r.payload_hash, encode(r.verdict).decode())
                for r in self.receipts
            ]
            commands, devices, seqs, hashes, verdicts = columns_of(answered, 5)
            raw.execute(INSERT_RECEIPTS, (desk, self.seq, now, commands, devices, seqs, hashes, verdicts))
        if self.last_seqs:
            raw.execute(_UPDATE_DEVICES, (list(self.last_seqs), list(self.last_seqs.values()), desk))

    def _by_table(self) -> dict[str, list[Row]]:
        """The rows per table, of each only its last state."""
        tables: dict[str, dict[str, Row]] = {}
        for row in self.rows:
            tables.setdefault(row.table, {})[row.pk] = row
        return {table: list(rows.values()) for table, rows in tables.items()}

    def _chain(self) -> str:
        """The feed's rolling digest: H(previous ‖ this commit)."""
        digest = hashlib.blake2b(self.desk.chain.encode(), digest_size=16)
        for scope, table, pk, op, body in self.changes:
            digest.update(f"{scope}/{table}/{pk}/{op}/".encode())
            digest.update(body or b"")
        for receipt in self.receipts:
            digest.update(receipt.verdict.id.encode() + receipt.payload_hash)
        return digest.hexdigest()

    def _wakeup(self) -> str:
        scopes = tuple(dict.fromkeys(change[0] for change in self.changes))
        devices = tuple(dict.fromkeys(receipt.device for receipt in self.receipts))
        return encode(Wakeup(self.desk.id, self.seq, scopes, devices)).decode()


def collect(commit: Commit, raw: Raw, view: ServerView, events: Iterable[Event]) -> None:
    """Bring what the view's commands changed into the commit: tickets, stubs, calls, numbers and events, each in its scopes.

    A ticket that changed its department takes its calls and its whole history with it: ``leave`` in the old scope and ``put`` in the new
    one, in this very commit.
    """
    places: dict[Key, Place] = {}
    moved: dict[Key, frozenset[str]] = {}
    _tickets(commit, view, places, moved)
    _calls(commit, view, places, moved)
    made: dict[str, Event] = {event.id: event for event in events}
    for event in made.values():
        key: Key = ("ticket", event.ticket) if event.ticket else ("call", event.call)
        commit.put(event_row(event, places[key]))
    for row, before in moved_events(raw, commit.desk.id, places, moved):
        if row.pk not in made:
            commit.put(row, before, changed=False)


def _tickets(commit: Commit, view: ServerView, places: dict[Key, Place], moved: dict[Key, frozenset[str]]) -> None:
    for ticket in view.changed_tickets.values():
        place = places["ticket", ticket.id] = ticket_place(view, ticket)
        known = view.before.get(ticket.id)
        before = known[1].scopes if known else frozenset()
        commit.put(ticket_row(view.policy, ticket, place), before)
        if known and known[1] != place:
            moved["ticket", ticket.id] = before
        now, then = stub(ticket), stub(known[0]) if known else None
        if now != then:
            commit.put(stub_row(now), frozenset((DESK_SCOPE,)))
        if then is None:
            commit.numbers.append((ticket.reference, ticket.id, "ticket"))
        aliases = ticket.aliases[len(then.aliases) :] if then else ticket.aliases
        commit.numbers += [(alias, ticket.id, "alias") for alias in aliases]


def _calls(commit: Commit, view: ServerView, places: dict[Key, Place], moved: dict[Key, frozenset[str]]) -> None:
    tickets_on_the_move = [key for kind, key in moved if kind == "ticket"]
    if tickets_on_the_move:
        view.load_calls_of(tickets_on_the_move)
    touched = dict(view.changed_calls)
    for call_id, (call, _) in view.calls_before.items():
        if ("ticket", call.ticket) in moved:
            touched.setdefault(call_id, call)
    for call in touched.values():
        ticket = view.ticket(call.ticket) if call.ticket else None
        place = places["call", call.id] = call_place(view, call, ticket)
        known = view.calls_before.get(call.id)
        before = known[1].scopes if known else frozenset()
        commit.put(call_row(call, place), before, changed=call.id in view.changed_calls)
        if known is None:
            commit.numbers.append((call.reference, call.id, "call"))
        elif known[1] != place:
            moved["call", call.id] = before
