"""Keeps the facts beside what they are about, in the commit that changes it: what the core judges, as rows (A-09)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desk_core.decisions.on_time import policy_for
from desk_core.events import Event
from desk_core.events_of_service import EntryAdded
from desk_core.facts import Fact, Parts, of_call, of_entry, of_refusal, of_ticket, parts_of
from desk_core.facts_of_events import of_event
from desk_core.kpis import Period
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.reporting import all_figures, period_of
from desk_core.tickets import Ticket
from desk_server.db import fact_tables
from desk_server.sync.rows import encode
from desk_server.sync.view import Raw, ServerView

Key = tuple[str, str, str]


class Refused(NamedTuple):
    """A command that was refused: its id, by whom it was given, about which ticket ("" none), and the code."""

    command: str
    member: str
    ticket: str
    code: str


class Signed(NamedTuple):
    """A review of the report of a period, for which the facts of its figures are kept."""

    review: str
    period: Period
    figures: tuple[str, ...]
    member: str
    at: dt.datetime


@dataclass
class FactChanges:
    """What one commit changes in the facts."""

    put: dict[Key, Fact] = field(default_factory=dict)
    gone: set[Key] = field(default_factory=set)
    moved: dict[str, Parts] = field(default_factory=dict)
    taking_along: dict[str, Parts] = field(default_factory=dict)
    signed: list[Signed] = field(default_factory=list)

    def take(self, facts: Iterable[Fact]) -> None:
        """Note facts as they are now."""
        for fact in facts:
            self.put[fact.key] = fact
            self.gone.discard(fact.key)

    def write(self, raw: Raw, desk: str) -> None:
        """Send it all; the caller commits. What is signed is kept as it stands after the rest."""
        if self.gone:
            gone = [dict(zip(("figure", "subject", "number"), key, strict=True)) for key in self.gone]
            raw.execute(fact_tables.DROP, {"desk": desk, "rows": encode(gone).decode()})
        if self.put:
            put_facts(raw, desk, self.put.values())
        if self.moved:
            self._move(raw, desk, (fact_tables.MOVE_OWN,), self.moved)
        if self.taking_along:
            self._move(raw, desk, fact_tables.MOVE_OTHERS, self.taking_along)
        for signed in self.signed:
            values: dict[str, Any] = {"desk": desk, "review": signed.review, "member": signed.member, "at": signed.at}
            values |= {"first": signed.period.first, "last": signed.period.last, "figures": list(signed.figures)}
            raw.execute(fact_tables.SIGN, values)
            raw.execute(fact_tables.KEEP, values)

    def _move(self, raw: Raw, desk: str, statements: Iterable[str], moved: Mapping[str, Parts]) -> None:
        rows = [{"id": ticket, **parts_columns(parts)} for ticket, parts in moved.items()]
        for statement in statements:
            raw.execute(statement, {"desk": desk, "rows": encode(rows).decode()})


def put_facts(raw: Raw, desk: str, facts: Iterable[Fact]) -> None:
    """Store facts, each in the place of what it was."""
    raw.execute(fact_tables.PUT, {"desk": desk, "rows": encode([columns_of(fact) for fact in facts]).decode()})


def columns_of(fact: Fact) -> dict[str, Any]:
    """A fact as a row."""
    own = {name: getattr(fact, name) for name in fact_tables.NAMES if hasattr(fact, name)}
    return {**own, **parts_columns(fact.parts)}


def parts_columns(parts: Parts) -> dict[str, Any]:
    """To what it belongs, as columns; hidden from nobody is NULL."""
    return {name: getattr(parts, name) or ("" if name != "hidden" else None) for name, _ in fact_tables.PARTS}


def gather(changes: FactChanges, view: ServerView, events: Iterable[Event], refused: Iterable[Refused]) -> None:
    """Everything that the view's commands changed in the facts."""
    for ticket in view.changed_tickets.values():
        known = view.before.get(ticket.id)
        _ticket(changes, view, ticket, known[0] if known else None)
    for call in view.changed_calls.values():
        ticket_of_call = view.ticket(call.ticket) if call.ticket else None
        changes.take(of_call(ruling(view, ticket_of_call), call, ticket_of_call))
    for entry in view.changed_entries.values():
        _entry(changes, view, entry)
    for event in events:
        changes.take(of_stored_event(view, event))
        if isinstance(event.what, EntryAdded):
            changes.signed += _signed(view.policy, event.what.entry)
    for command, member_id, ticket_id, code in refused:
        # A ticket that was not read by now is not looked up for this: its id may be what cannot be read (P15).
        member, about = (
            view.member(member_id),
            view.changed_tickets.get(ticket_id) or view.before.get(ticket_id, (None,))[0],
        )
        if member is not None and view.now is not None:
            changes.take(of_refusal(ruling(view, about), command, code, view.now, member, about))


def ruling(view: ServerView, ticket: Ticket | None) -> Policy:
    """The policy that judges: the version that the ticket is pinned to (A-01), the one in force for what belongs to none."""
    return policy_for(view, ticket) if ticket is not None else view.policy


def of_stored_event(view: ServerView, event: Event) -> Iterator[Fact]:
    """The facts of an event, of its ticket and call as they are now."""
    ticket = view.ticket(event.ticket) if event.ticket else None
    call = view.call(event.call) if event.call and ticket is None else None
    return of_event(ruling(view, ticket), event, ticket, call)


def _ticket(changes: FactChanges, view: ServerView, ticket: Ticket, before: Ticket | None) -> None:
    """What is other than before; a note on a ticket changes no fact, and writes none."""
    had = {fact.key: fact for fact in of_ticket(policy_for(view, before), before)} if before is not None else {}
    has = {fact.key: fact for fact in of_ticket(policy_for(view, ticket), ticket)}
    changes.take(fact for key, fact in has.items() if had.get(key) != fact)
    for key in had.keys() - has.keys():
        changes.gone.add(key)
        changes.put.pop(key, None)
    if before is None:
        return
    belonged, belongs = parts_of(before), parts_of(ticket)
    if belonged != belongs:
        changes.moved[ticket.id] = belongs
    if any(getattr(belonged, part) != getattr(belongs, part) for part in fact_tables.WITH_OTHERS):
        changes.taking_along[ticket.id] = belongs


def _entry(changes: FactChanges, view: ServerView, entry: Entry) -> None:
    ticket = view.ticket(entry.ticket) if entry.ticket else None
    changes.take(of_entry(view.policy, entry, ticket))


def _signed(policy: Policy, entry: Entry) -> Iterator[Signed]:
    """A line that says who reviewed the report of which period (A-09)."""
    register = policy.register(entry.register)
    period = next((found for each in entry.values if (found := period_of(each.value))), None)
    if register is not None and register.reviews and period is not None:
        yield Signed(entry.id, period, all_figures(policy), entry.member, entry.at)
