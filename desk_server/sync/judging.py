"""All facts of a desk made again from what it holds, page by page: to fill the table, and to check it (`desk-server doctor`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from desk_core.calls import Call
from desk_core.events import Event
from desk_core.facts import Fact, Parts, of_call, of_entry, of_ticket
from desk_core.facts_of_events import kinds_of, of_event
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.tickets import Ticket
from desk_server.db import fact_tables
from desk_server.sync.facts import Key, put_facts
from desk_server.sync.policies import Policies
from desk_server.sync.rows import encode
from desk_server.sync.view import CALL, ENTRY, TICKET, Raw

PAGE = 1_000

_OWED = "SELECT 1 FROM fact_owed WHERE desk = %s"
_PAID = "DELETE FROM fact_owed WHERE desk = %s"
_IN_FORCE = "SELECT policy_version FROM desk WHERE id = %s"
_TICKETS = "SELECT id, body::text FROM ticket WHERE desk = %s AND id > %s ORDER BY id LIMIT %s"
_CALLS = (
    "SELECT c.id, c.body::text, t.body::text FROM call c LEFT JOIN ticket t ON t.desk = c.desk AND t.id = c.ticket AND c.ticket <> '' "
    "WHERE c.desk = %s AND c.id > %s ORDER BY c.id LIMIT %s"
)
_ENTRIES = (
    "SELECT e.id, e.body::text, t.body::text FROM entry e LEFT JOIN ticket t ON t.desk = e.desk AND t.id = e.ticket AND e.ticket <> '' "
    "WHERE e.desk = %s AND e.id > %s ORDER BY e.id LIMIT %s"
)
# In the order in which it happened: what moved to another department bears that commit's seq, and what was sent together was recorded
# at one instant; of that, what answers comes after what it answers.
_KIND = (
    "AND body -> 'what' ->> 'event' = ANY(%s) ORDER BY (body ->> 'recorded_at')::timestamptz, "
    "body -> 'what' ->> 'event' IN ('survey.answered', 'complaint.measure_done'), coalesce(substring(id FROM '[0-9]+$')::int, 0)"
)
_HISTORY = "SELECT body::text FROM event WHERE desk = %s AND {owner} "
_EVENTS = _HISTORY.format(owner="ticket = ANY(%s) AND ticket <> ''") + _KIND
_EVENTS_OF_CALLS = _HISTORY.format(owner="call = ANY(%s) AND call <> '' AND ticket = ''") + _KIND
_STORED = f"SELECT {', '.join(fact_tables.NAMES)} FROM fact WHERE desk = %s AND subject = ANY(%s)"  # noqa: S608 - our own names
_EVENT = msgspec.json.Decoder(Event)

_Page = Callable[[Sequence[tuple[Any, ...]], dict[str, str]], Iterable[Fact]]
"""Rows of a page, and the versions by which what is there was judged, to facts."""


class Compared(NamedTuple):
    """What was found: facts that are not as they should be, and one of their subjects."""

    wrong: int
    example: str


def owed(raw: Raw, desk: str) -> bool:
    """Whether the desk is older than the table of facts, and not in it yet."""
    return raw.execute(_OWED, (desk,)).fetchone() is not None


def judge_again(raw: Raw, desk: str, policies: Policies, *, repair: bool) -> Compared:
    """Compare the table with what the desk holds; with ``repair`` put right what is wrong, under the caller's lock of the desk.

    What was refused is kept as it was recorded: the command itself is not kept.
    """
    again = _Again(raw, desk, policies)
    wrong, example = 0, ""
    for statement, page in ((_TICKETS, again.tickets), (_CALLS, again.calls), (_ENTRIES, again.entries)):
        for rows in _pages(raw, statement, desk):
            found = _compare(raw, desk, rows, page, repair=repair)
            wrong, example = wrong + found.wrong, example or found.example
    if repair:
        raw.execute(_PAID, (desk,))
    return Compared(wrong, example)


def _pages(raw: Raw, statement: str, desk: str) -> Iterator[Sequence[tuple[Any, ...]]]:
    last = ""
    while rows := raw.execute(statement, (desk, last, PAGE)).fetchall():
        yield rows
        last = rows[-1][0]


def _compare(raw: Raw, desk: str, rows: Sequence[tuple[Any, ...]], page: _Page, *, repair: bool) -> Compared:
    stored = {fact.key: fact for fact in map(_fact, raw.execute(_STORED, (desk, [row[0] for row in rows])).fetchall())}
    versions = {fact.subject: fact.policy for fact in stored.values()}
    right: dict[Key, Fact] = {}
    for fact in page(rows, versions):
        right[fact.key] = fact
    other = [fact for key, fact in right.items() if stored.get(key) != fact]
    gone = [key for key in stored if key not in right]
    if repair and other:
        put_facts(raw, desk, other)
    if repair and gone:
        listed = [dict(zip(("figure", "subject", "number"), key, strict=True)) for key in gone]
        raw.execute(fact_tables.DROP, {"desk": desk, "rows": encode(listed).decode()})
    example = other[0].subject if other else gone[0][1] if gone else ""
    return Compared(len(other) + len(gone), example)


def _fact(row: tuple[Any, ...]) -> Fact:
    values = dict(zip(fact_tables.NAMES, row, strict=True))
    parts = {name: values.pop(name) for name, _ in fact_tables.PARTS}
    return Fact(**values, parts=Parts(**{**parts, "hidden": tuple(parts["hidden"] or ())}))


class _Again:
    """Judges page by page, each thing by the version that rules it."""

    def __init__(self, raw: Raw, desk: str, policies: Policies) -> None:
        self._raw, self._desk, self._policies = raw, desk, policies
        mark = raw.execute(_IN_FORCE, (desk,)).fetchone()
        self._in_force = policies.of(raw, desk, mark[0] if mark else "")
        self._versions: dict[str, Policy] = {"": self._in_force, self._in_force.head.version: self._in_force}

    def tickets(self, rows: Sequence[tuple[Any, ...]], _: dict[str, str]) -> Iterator[Fact]:
        """The facts of tickets and of their events."""
        known = {pk: TICKET.decode(body) for pk, body in rows}
        for ticket in known.values():
            yield from of_ticket(self._of(ticket), ticket)
        kinds = sorted({kind for ticket in known.values() for kind in kinds_of(self._of(ticket))})
        for (body,) in self._raw.execute(_EVENTS, (self._desk, list(known), kinds)).fetchall():
            event = _EVENT.decode(body)
            yield from of_event(self._of(known[event.ticket]), event, known[event.ticket])

    def calls(self, rows: Sequence[tuple[Any, ...]], versions: dict[str, str]) -> Iterator[Fact]:
        """The facts of calls, and of the events of those that belong to no ticket."""
        known: dict[str, tuple[Call, Policy]] = {}
        for pk, body, of in rows:
            ticket = TICKET.decode(of) if of else None
            policy = self._of(ticket) if ticket else self._at(versions.get(pk, ""))
            known[pk] = (CALL.decode(body), policy)
            yield from of_call(policy, known[pk][0], ticket)
        kinds = sorted(kinds_of(self._in_force))
        for (body,) in self._raw.execute(_EVENTS_OF_CALLS, (self._desk, list(known), kinds)).fetchall():
            event = _EVENT.decode(body)
            call, policy = known[event.call]
            yield from of_event(policy, event, None, call)

    def entries(self, rows: Sequence[tuple[Any, ...]], versions: dict[str, str]) -> Iterator[Fact]:
        """The facts of lines of registers."""
        for pk, body, of in rows:
            entry: Entry = ENTRY.decode(body)
            yield from of_entry(self._at(versions.get(pk, "")), entry, TICKET.decode(of) if of else None)

    def _of(self, ticket: Ticket) -> Policy:
        return self._at(ticket.policy_version)

    def _at(self, version: str) -> Policy:
        if version not in self._versions:
            self._versions[version] = self._policies.at(self._raw, self._desk, version)
        return self._versions[version]
