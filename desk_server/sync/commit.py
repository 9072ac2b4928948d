"""One commit of a desk: what the decisions changed, as rows of the feed, written set-based in one pipeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import msgspec

from desk_core.decisions.on_time import policy_for
from desk_core.events import Event, TicketCreated
from desk_core.events_of_service import MessageMade
from desk_core.falling_due import due_at
from desk_core.protocol import Verdict
from desk_core.tickets import stub
from desk_server.db.tables import DOCUMENTS, FEED_COLUMNS, UPSERTS, WORK, WRITE_COMMIT, WRITE_MESSAGES, WRITE_WORK
from desk_server.sync.chain import chained
from desk_server.sync.facts import FactChanges, Refused, gather
from desk_server.sync.places import Key, call_place, entry_place, moved_events, owner, ticket_place
from desk_server.sync.rows import Place, Row, call_row, encode, entry_row, event_row, stub_row, ticket_row
from desk_server.sync.view import Raw, ServerView

CHANNEL = "desk_feed"
LONGEST_NOTIFICATION = 7_900
"""Bytes; PostgreSQL takes 7,999."""


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
    """What a commit tells the processes that hold long polls: the scopes that changed and the devices that have verdicts; or that
    everyone must look. ``alike``: none of it is hidden from anybody, so that all of a scope read the same."""

    desk: str
    seq: int = 0
    scopes: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    accounts: bool = False
    everyone: bool = False
    alike: bool = False


@dataclass(frozen=True)
class Receipt:
    """A verdict with what it answers."""

    device: str
    device_seq: int
    payload_hash: bytes
    verdict: Verdict


class Told(NamedTuple):
    """One line of the feed: what a scope is told of a row, but for the members from whom it is hidden."""

    scope: str
    table: str
    pk: str
    op: Literal["put", "leave"]
    body: bytes | None
    hidden: tuple[str, ...]


@dataclass
class Commit:
    """Collects rows, changes and receipts of one commit, in order; :meth:`write` does it all in one round trip."""

    desk: DeskState
    rows: list[Row] = field(default_factory=list)
    changes: list[Told] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    last_seqs: dict[str, int] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    facts: FactChanges = field(default_factory=FactChanges)

    @property
    def seq(self) -> int:
        """The commit's place in the feed."""
        return self.desk.head_seq + 1

    def put(self, row: Row, before: Place | None = None, *, changed: bool = True) -> None:
        """Store a row and tell every scope that sees it; scopes that saw it (``before``) and do not any more are told to let it go.

        A row that did not change but moved is told to the scopes that did not have it; when it leaves any, to all that keep it: whoever
        reads several holds it under the one that told of it last. When it becomes hidden from somebody or stops being so, all are told to
        let it go, and those who may see it get it again.
        """
        saw, had_not = (before.scopes, before.hidden) if before else (frozenset(), ())
        left = saw if before and had_not != row.hidden else saw - row.scopes
        for scope in sorted(left):
            self.changes.append(Told(scope, row.table, row.pk, "leave", None, had_not))
        for scope in sorted(row.scopes if changed or left else row.scopes - saw):
            self.changes.append(Told(scope, row.table, row.pk, "put", row.body, row.hidden))
        self.rows.append(row)

    def write(self, raw: Raw, now: dt.datetime, next_counter: int) -> None:
        """Send the whole commit; the caller commits it."""
        tables = self._by_table()
        chain = self._chain()
        documents: dict[str, Any] = {table: _documents(table, rows) for table, rows in tables.items()}
        documents["change"] = [
            {
                "idx": idx,
                "scope": told.scope,
                "kind": told.table,
                "pk": told.pk,
                "op": told.op,
                "body": None if told.body is None else msgspec.Raw(told.body),
                "hidden": told.hidden or None,
            }
            for idx, told in enumerate(self.changes)
        ]
        documents["number"] = [{"reference": ref, "owner": owner, "kind": kind} for ref, owner, kind in self.numbers]
        documents["device"] = [{"id": device, "last_seq": seq} for device, seq in self.last_seqs.items()]
        documents["receipt"] = [
            {
                "command": r.verdict.id,
                "device": r.device,
                "device_seq": r.device_seq,
                "payload_hash": r.payload_hash.hex(),
                "verdict": r.verdict,
            }
            for r in self.receipts
        ]
        head = {"desk": self.desk.id, "seq": self.seq, "chain": chain, "now": now, "next_counter": next_counter}
        rest = {"channel": CHANNEL, "wakeup": self._wakeup()}
        values = {name: encode(documents.get(name, ())).decode() for name in {*DOCUMENTS, *documents}}
        statement = WRITE_COMMIT if self.receipts or self.numbers else WRITE_WORK
        with raw.pipeline():
            for table in tables.keys() - set(WORK):
                raw.execute(UPSERTS[table], {**head, table: values[table]})
            if self.messages:
                raw.execute(WRITE_MESSAGES, {**head, "message": encode(self.messages).decode()})
            raw.execute(statement, {**values, **head, **rest})
            self.facts.write(raw, self.desk.id)

    def _by_table(self) -> dict[str, list[Row]]:
        """The rows per table, of each only its last state."""
        tables: dict[str, dict[str, Row]] = {}
        for row in self.rows:
            tables.setdefault(row.table, {})[row.pk] = row
        return {table: list(rows.values()) for table, rows in tables.items()}

    def _chain(self) -> str:
        """The feed's rolling digest: H(previous ‖ this commit)."""
        lines = ((told.scope, told.table, told.pk, told.op, told.body) for told in self.changes)
        return chained(self.desk.chain, lines, ((r.verdict.id, r.payload_hash) for r in self.receipts))

    def _wakeup(self) -> str:
        scopes = tuple(dict.fromkeys(told.scope for told in self.changes))
        devices = tuple(dict.fromkeys(receipt.device for receipt in self.receipts))
        alike = not any(told.hidden for told in self.changes)
        told = encode(Wakeup(self.desk.id, self.seq, scopes, devices, alike=alike))
        if len(told) > LONGEST_NOTIFICATION:
            told = encode(Wakeup(self.desk.id, self.seq, everyone=True))
        return told.decode()


def _documents(table: str, rows: list[Row]) -> list[dict[str, Any]]:
    """The rows of a table, each with its columns by name; the row itself keeps its bytes."""
    names = [name for name, _ in FEED_COLUMNS[table]]
    return [
        {"id": row.pk, "hash": row.hash, "body": msgspec.Raw(row.body), **dict(zip(names, row.columns, strict=True))}
        for row in rows
    ]


def message_of(event: Event, made: MessageMade) -> dict[str, Any]:
    """A message on its way out: once for its key, not before its time, and only when there is somebody to write to."""
    return {
        "once_key": made.once_key,
        "event": event.id,
        "ticket": event.ticket,
        "body": made,
        "due": made.not_before or event.recorded_at,
        "addressed": bool(made.to),
    }


class WrittenOver(Exception):
    """A decision created a ticket that exists: it would write over somebody's row."""


def collect(commit: Commit, raw: Raw, view: ServerView, events: Iterable[Event]) -> None:
    """Bring what the view's commands changed into the commit: tickets, stubs, calls, numbers, lines of registers and events, each in its
    scopes.

    A ticket that changed its department takes its calls, its lines in registers and its whole history with it: ``leave`` in the old scope
    and ``put`` in the new one, in this very commit. Raises :class:`WrittenOver` rather than let a new ticket take the place of one that
    exists.
    """
    events = tuple(events)
    created = [event.ticket for event in events if isinstance(event.what, TicketCreated)]
    if len(set(created)) < len(created) or not view.before.keys().isdisjoint(created):
        raise WrittenOver(", ".join(created))
    places: dict[Key, Place] = {}
    moved: dict[Key, Place] = {}
    _tickets(commit, view, places, moved)
    _calls(commit, view, places, moved)
    _entries(commit, view, places, moved)
    made: dict[str, Event] = {event.id: event for event in events}
    for event in made.values():
        commit.put(event_row(event, places[owner(event)]))
        if isinstance(event.what, MessageMade):
            commit.messages.append(message_of(event, event.what))
    gather(commit.facts, view, made.values(), commit.refused)
    for row, before in moved_events(raw, commit.desk.id, places, moved):
        if row.pk not in made:
            commit.put(row, before, changed=False)


def _tickets(commit: Commit, view: ServerView, places: dict[Key, Place], moved: dict[Key, Place]) -> None:
    for ticket in view.changed_tickets.values():
        place = places["ticket", ticket.id] = ticket_place(view, ticket)
        known = view.before.get(ticket.id)
        before = known[1] if known else None
        due = due_at(policy_for(view, ticket), ticket)
        commit.put(ticket_row(view.policy, ticket, place, due), before)
        if before and before != place:
            moved["ticket", ticket.id] = before
        now, then = stub(ticket), stub(known[0]) if known else None
        if now != then:
            commit.put(stub_row(now))
        if then is None:
            commit.numbers.append((ticket.reference, ticket.id, "ticket"))
        aliases = ticket.aliases[len(then.aliases) :] if then else ticket.aliases
        commit.numbers += [(alias, ticket.id, "alias") for alias in aliases]


def _calls(commit: Commit, view: ServerView, places: dict[Key, Place], moved: dict[Key, Place]) -> None:
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
        before = known[1] if known else None
        commit.put(call_row(call, place), before, changed=call.id in view.changed_calls)
        if known is None:
            commit.numbers.append((call.reference, call.id, "call"))
        elif known[1] != place:
            moved["call", call.id] = known[1]


def _entries(commit: Commit, view: ServerView, places: dict[Key, Place], moved: dict[Key, Place]) -> None:
    tickets_on_the_move = [key for kind, key in moved if kind == "ticket"]
    if tickets_on_the_move:
        view.load_entries_of(tickets_on_the_move)
    touched = dict(view.changed_entries)
    for entry_id, (entry, _) in view.entries_before.items():
        if ("ticket", entry.ticket) in moved:
            touched.setdefault(entry_id, entry)
    for entry in touched.values():
        place = places["entry", entry.id] = entry_place(view, entry)
        known = view.entries_before.get(entry.id)
        before = known[1] if known else None
        commit.put(entry_row(entry, place), before, changed=entry.id in view.changed_entries)
        if before and before != place:
            moved["entry", entry.id] = before
