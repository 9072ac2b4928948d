"""What a row of commands would come to, without storing anything: a call is begun only when it can also be logged (H-08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from desk_client.models.view import LocalView
from desk_core.calls import Call
from desk_core.commands import Ask, Command
from desk_core.decisions import Decided, decide
from desk_core.people import Asset, Contract, Customer, Member
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.tickets import Ticket
from desk_core.wording import Refusal


class Imagined:
    """A view in which some commands have happened; the confirmed and the unsent rows stay as they are."""

    def __init__(self, view: LocalView) -> None:
        self._view = view
        self._tickets: dict[str, Ticket] = {}
        self._calls: dict[str, Call] = {}
        self._entries: dict[str, Entry] = {}

    def happen(self, decided: Decided) -> None:
        """The entities are as they would be after this."""
        self._tickets.update(decided.tickets)
        self._calls.update(decided.calls)
        self._entries.update(decided.entries)

    @property
    def policy(self) -> Policy:
        """As in the view."""
        return self._view.policy

    def policy_at(self, version: str) -> Policy:
        """As in the view."""
        return self._view.policy_at(version)

    def staff(self) -> Sequence[Member]:
        """As in the view."""
        return self._view.staff()

    def open_issues(self, customer_id: str) -> Sequence[Ticket]:
        """As in the view."""
        return self._view.open_issues(customer_id)

    def calls_from(self, number_e164: str) -> Sequence[Call]:
        """As in the view."""
        return self._view.calls_from(number_e164)

    def entries(self, register: str) -> Sequence[Entry]:
        """As imagined, else as in the view."""
        found = {entry.id: entry for entry in (*self._view.entries(register), *self._entries.values())}
        return [entry for entry in found.values() if entry.register == register]

    def entry(self, entry_id: str) -> Entry | None:
        """As imagined, else as in the view."""
        return self._entries.get(entry_id) or self._view.entry(entry_id)

    def ticket(self, ticket_id: str) -> Ticket | None:
        """As imagined, else as in the view."""
        return self._tickets.get(ticket_id) or self._view.ticket(ticket_id)

    def call(self, call_id: str) -> Call | None:
        """As imagined, else as in the view."""
        return self._calls.get(call_id) or self._view.call(call_id)

    def member(self, member_id: str) -> Member | None:
        """As in the view."""
        return self._view.member(member_id)

    def customer(self, customer_id: str) -> Customer | None:
        """As in the view."""
        return self._view.customer(customer_id)

    def customers_named(self, name: str) -> Sequence[Customer]:
        """As in the view."""
        return self._view.customers_named(name)

    def asset(self, serial: str) -> Asset | None:
        """As in the view."""
        return self._view.asset(serial)

    def contracts(self, customer_id: str) -> Sequence[Contract]:
        """As in the view."""
        return self._view.contracts(customer_id)

    def queue_head(self, member: Member, department: str) -> Ticket | None:
        """As in the view."""
        return self._view.queue_head(member, department)

    def reference_owner(self, reference: str) -> str | None:
        """As in the view."""
        return self._view.reference_owner(reference)

    def fresh_reference(self) -> str:
        """As in the view."""
        return self._view.fresh_reference()

    def ticket_elsewhere(self, ticket_id: str) -> bool:
        """As in the view."""
        return self._view.ticket_elsewhere(ticket_id)


def rehearse(view: LocalView, member: Member, asks: Iterable[Ask], now: dt.datetime) -> Refusal | None:
    """The first refusal on the way, or None when all of it would be taken, as far as this machine can say."""
    world = Imagined(view)
    for number, ask in enumerate(asks):
        # What is known here is known: who lost a ticket has no side door to it.
        command = Command(id=f"rehearsal-{number}", ask=ask, actor=member.id, issued_at=now, last_contact=now)
        outcome = decide(world, command, member, now)
        if isinstance(outcome, Refusal):
            return outcome
        if isinstance(outcome, Decided):
            world.happen(outcome)
    return None
