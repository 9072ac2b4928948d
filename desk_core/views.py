"""What a decision may ask. The server answers everything; a client raises :class:`Lacking` for what it cannot know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desk_core.calls import Call
from desk_core.people import Asset, Contract, Customer, Member
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.tickets import Ticket


class Lacking(Exception):
    """This machine does not have the fact; the decision becomes *undecided*, never a guess. ``fact`` names it (``queue_head``, …)."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class View(Protocol):
    """The world as one program knows it. A method returns None for "does not exist or is out of the actor's scope" (R02)."""

    @property
    def policy(self) -> Policy:
        """The policy in force for new tickets."""

    def policy_at(self, version: str) -> Policy:
        """The policy that a ticket is pinned to (A-01). Raises :class:`Lacking` for a version that this program does not have."""

    def staff(self) -> Sequence[Member]:
        """All members of the desk."""

    def open_issues(self, customer_id: str) -> Sequence[Ticket]:
        """The tickets of a customer that are not closed, in any department, the oldest first (V-21)."""

    def calls_from(self, number_e164: str) -> Sequence[Call]:
        """The logged calls from a phone number in international form (K-20)."""

    def entries(self, register: str) -> Sequence[Entry]:
        """The lines of a register."""

    def entry(self, entry_id: str) -> Entry | None:
        """A line of a register."""

    def ticket(self, ticket_id: str) -> Ticket | None:
        """The ticket, when the acting member may see it."""

    def call(self, call_id: str) -> Call | None:
        """The call."""

    def member(self, member_id: str) -> Member | None:
        """The member."""

    def customer(self, customer_id: str) -> Customer | None:
        """The customer."""

    def customers_named(self, name: str) -> Sequence[Customer]:
        """Customers whose folded name equals that of ``name``."""

    def asset(self, serial: str) -> Asset | None:
        """The asset with this serial number (compared by :func:`desk_core.people.fold_serial`)."""

    def contracts(self, customer_id: str) -> Sequence[Contract]:
        """All contracts of a customer, also ended ones."""

    def queue_head(self, member: Member, department: str) -> Ticket | None:
        """The first waiting ticket, in the policy's order, that the member may take; ``department`` "" means all of the member's.

        Raises :class:`Lacking` on a client.
        """

    def reference_owner(self, reference: str) -> str | None:
        """The id of the call or ticket to which the number belongs, or None. A client knows only its own."""

    def fresh_reference(self) -> str:
        """A number that nobody has; raises :class:`Lacking` on a client."""

    def ticket_elsewhere(self, ticket_id: str) -> bool:
        """True when the ticket exists at this desk, in a department outside the actor's scope (its stub is known)."""
