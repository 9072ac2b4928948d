"""The three answers of a decision, and the story that collects what a command makes happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk_core import clocks
from desk_core.calls import Call
from desk_core.commands import Command, ImportTicket
from desk_core.decisions import followups
from desk_core.decisions.apply import apply_call, apply_ticket
from desk_core.decisions.apply_service import apply_entry
from desk_core.events import AnyClockChange, Event, Happening
from desk_core.events_of_service import EntryAdded, EntryChanged, EntryOverdue, MessageMade
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.tickets import Ticket
from desk_core.views import View
from desk_core.wording import Refusal


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """The command was carried out: its events in order, and the entities as they are after them.

    ``result`` names what a person wants to know of it (``reference``, ``ticket``); ``changed`` says in a code what was done otherwise than
    asked, "" when nothing was. ``entries`` are lines of registers; ``hints`` are requirements that were asked for and not met, which
    refuse nothing (A-51).
    """

    events: tuple[Event, ...] = ()
    tickets: dict[str, Ticket] = {}
    calls: dict[str, Call] = {}
    result: dict[str, str] = {}
    changed: str = ""
    entries: dict[str, Entry] = {}
    hints: tuple[str, ...] = ()


class Undecided(msgspec.Struct, frozen=True, kw_only=True):
    """This machine lacks ``fact``; the server decides."""

    fact: str


Outcome = Decided | Refusal | Undecided


class Refused(Exception):
    """Raised inside a decision to end it with a refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal


class Story:
    """What one command makes happen, in order; every event is applied at once, so that the next one sees it.

    With a ``view`` the messages, surveys and turns that the policy hangs on an event follow it, unless it is ``silent``; an imported past
    has none of them. Messages go out ``not_before`` then.
    """

    def __init__(
        self,
        policy: Policy,
        command: Command,
        actor: Member | None,
        now: dt.datetime,
        view: View | None = None,
        prefix: str = "",
        *,
        silent: bool = False,
        not_before: dt.datetime | None = None,
    ) -> None:
        self._policy = policy
        self._command = command
        self._actor = actor
        self._now = now
        self._view = view
        self._prefix = prefix
        # The messages of an imported past went out elsewhere.
        self._silent = silent or view is None or isinstance(command.ask, ImportTicket)
        self._not_before = not_before
        self._events: list[Event] = []
        self._tickets: dict[str, Ticket] = {}
        self._calls: dict[str, Call] = {}
        self._entries: dict[str, Entry] = {}
        self._hints: list[str] = []

    def policy_of(self, ticket: Ticket) -> Policy:
        """The policy that rules the ticket: the version in which it was opened (A-01)."""
        if self._view is None or ticket.policy_version in ("", self._policy.head.version):
            return self._policy
        return self._view.policy_at(ticket.policy_version)

    def _event(
        self,
        what: Happening,
        at: dt.datetime | None,
        ticket: str = "",
        call: str = "",
        actor: str | None = None,
        entry: str = "",
    ) -> Event:
        acted = actor if actor is not None else (self._actor.id if self._actor else "")
        return Event(
            id=f"{self._command.id}/{self._prefix}{len(self._events)}",
            command=self._command.id,
            actor=acted,
            at=at or self._command.at,
            recorded_at=self._now,
            ticket=ticket,
            call=call,
            entry=entry,
            what=what,
        )

    def ticket(
        self,
        ticket: Ticket | str,
        what: Happening,
        at: dt.datetime | None = None,
        functions: Iterable[str] | None = None,
        actor: str | None = None,
        flags: tuple[str, ...] = (),
        changes: tuple[AnyClockChange, ...] | None = None,
    ) -> Ticket:
        """Let ``what`` happen to a ticket (by id while it is born) and return the ticket after it, clocks included.

        ``changes`` are the clock changes where they are known already, as for a missed promise.
        """
        ticket_id = ticket if isinstance(ticket, str) else ticket.id
        before = None if isinstance(ticket, str) else ticket
        if isinstance(what, MessageMade) and what.not_before is None and self._not_before is not None:
            what = msgspec.structs.replace(what, not_before=self._not_before)
        event = self._event(what, at, ticket=ticket_id, actor=actor)
        acting = functions if functions is not None else (self._actor.functions if self._actor else ())
        after = apply_ticket(before, event)
        reacted = clocks.react(self.policy_of(after), after, what, event.at, self._now, acting)
        event = msgspec.structs.replace(event, clocks=(*(changes or ()), *reacted), flags=flags)
        self._events.append(event)
        after = apply_ticket(before, event)
        self._tickets[ticket_id] = after
        if self._silent or self._view is None:
            return after
        for other, follows in followups.of(self._view, self.policy_of(after), before, after, event, self._actor):
            made = self.ticket(self._tickets.get(other.id, other), follows, at=event.at, actor="")
            after = made if made.id == after.id else after
        return after

    def call(self, call: Call | str, what: Happening, at: dt.datetime | None = None) -> Call:
        """Let ``what`` happen to a call and return the call after it."""
        call_id = call if isinstance(call, str) else call.id
        event = self._event(what, at, call=call_id)
        self._events.append(event)
        after = apply_call(None if isinstance(call, str) else call, event)
        self._calls[call_id] = after
        return after

    def entry(self, before: Entry | None, what: EntryAdded | EntryChanged | EntryOverdue) -> Entry:
        """Let a line of a register be added, changed or found overdue, and return it."""
        found = before if isinstance(what, EntryOverdue) else what.entry
        event = self._event(what, None, entry=found.id if found is not None else "")
        self._events.append(event)
        after = apply_entry(before, event)
        self._entries[after.id] = after
        return after

    def hint(self, *codes: str) -> None:
        """Say what was asked for and is not there, without refusing anything."""
        self._hints += [code for code in codes if code not in self._hints]

    def decided(self, changed: str = "", **result: str) -> Decided:
        """The answer, with what came of it."""
        return Decided(
            events=tuple(self._events),
            tickets=self._tickets,
            calls=self._calls,
            result=result,
            changed=changed,
            entries=self._entries,
            hints=tuple(self._hints),
        )
