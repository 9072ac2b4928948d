"""The three answers of a decision, and the story that collects what a command makes happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk_core import clocks
from desk_core.calls import Call
from desk_core.commands import Command
from desk_core.decisions.apply import apply_call, apply_ticket
from desk_core.events import Event, Happening
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.tickets import Ticket
from desk_core.wording import Refusal


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """The command was carried out: its events in order, and the entities as they are after them.

    ``result`` names what a person wants to know of it (``reference``, ``ticket``); ``changed`` says in a code what was done otherwise than
    asked, "" when nothing was.
    """

    events: tuple[Event, ...] = ()
    tickets: dict[str, Ticket] = {}
    calls: dict[str, Call] = {}
    result: dict[str, str] = {}
    changed: str = ""


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
    """What one command makes happen, in order; every event is applied at once, so that the next one sees it."""

    def __init__(self, policy: Policy, command: Command, actor: Member | None, now: dt.datetime) -> None:
        self._policy = policy
        self._command = command
        self._actor = actor
        self._now = now
        self._events: list[Event] = []
        self._tickets: dict[str, Ticket] = {}
        self._calls: dict[str, Call] = {}

    def _event(
        self, what: Happening, at: dt.datetime | None, ticket: str = "", call: str = "", actor: str | None = None
    ) -> Event:
        acted = actor if actor is not None else (self._actor.id if self._actor else "")
        return Event(
            id=f"{self._command.id}/{len(self._events)}",
            command=self._command.id,
            actor=acted,
            at=at or self._command.at,
            recorded_at=self._now,
            ticket=ticket,
            call=call,
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
    ) -> Ticket:
        """Let ``what`` happen to a ticket (by id while it is born) and return the ticket after it, clocks included."""
        ticket_id = ticket if isinstance(ticket, str) else ticket.id
        before = None if isinstance(ticket, str) else ticket
        event = self._event(what, at, ticket=ticket_id, actor=actor)
        acting = functions if functions is not None else (self._actor.functions if self._actor else ())
        after = apply_ticket(before, event)
        changes = clocks.react(self._policy, after, what, event.at, self._now, acting)
        event = msgspec.structs.replace(event, clocks=changes, flags=flags)
        self._events.append(event)
        after = apply_ticket(before, event)
        self._tickets[ticket_id] = after
        return after

    def call(self, call: Call | str, what: Happening, at: dt.datetime | None = None) -> Call:
        """Let ``what`` happen to a call and return the call after it."""
        call_id = call if isinstance(call, str) else call.id
        event = self._event(what, at, call=call_id)
        self._events.append(event)
        after = apply_call(None if isinstance(call, str) else call, event)
        self._calls[call_id] = after
        return after

    def decided(self, changed: str = "", **result: str) -> Decided:
        """The answer, with what came of it."""
        return Decided(
            events=tuple(self._events), tickets=self._tickets, calls=self._calls, result=result, changed=changed
        )
