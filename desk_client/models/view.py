"""The world as this machine knows it, for a decision: unsent work on top of what the server confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from desk_client.models import policies
from desk_client.models.connection import Connection
from desk_client.models.shapes import ASSET, CALL, CUSTOMER, ENTRY, TICKET
from desk_core.calls import Call
from desk_core.people import Asset, Contract, Customer, Member, fold, fold_serial
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.scope import closed, keeps_closed
from desk_core.tickets import Ticket
from desk_core.views import Lacking

_MEMBER = msgspec.json.Decoder(Member)
_CONTRACT = msgspec.json.Decoder(Contract)


class LocalView:
    """:class:`desk_core.views.View` on one connection to the cache. ``acting`` is its own member, whose rights may be newer here than
    in the fetched rows."""

    def __init__(self, connection: Connection, policy: Policy, acting: Member) -> None:
        # The driver itself, inside the caller's transaction: replaying 500 commands asks some thousand small questions.
        self._driver: Any = connection.driver
        self._members: dict[str, Member | None] = {}
        self._policy = policy
        self._versions = {"": policy, policy.head.version: policy}
        self._acting = acting
        self.spoken = ""
        """The number that the command at hand gave out on this machine: it is shown until the server gives another one (H-09, P6)."""

    @property
    def policy(self) -> Policy:
        """The policy in force for new tickets."""
        return self._policy

    def _bodies(self, statement: str, *parameters: object) -> list[Any]:
        return [row[0] for row in self._driver.execute(statement, parameters)]

    def _one(self, decoder: Any, statement: str, *parameters: object) -> Any:
        bodies = self._bodies(statement, *parameters)
        try:
            return decoder.decode(bodies[0]) if bodies else None
        except msgspec.ValidationError:
            return None  # from a newer server: it cannot be worked on here (P26)

    def policy_at(self, version: str) -> Policy:
        """The policy that a ticket is pinned to. Raises :class:`Lacking` for a version that this machine does not have."""
        if version not in self._versions:
            found = policies.readable(self._bodies("SELECT body FROM policy WHERE id = ?", version))
            policy = next(iter(found), None)
            if policy is None:
                raise Lacking("policy")
            self._versions[version] = policy
        return self._versions[version]

    def staff(self) -> Sequence[Member]:
        """All members of the desk."""
        return [_MEMBER.decode(body) for body in self._bodies("SELECT body FROM member")]

    def open_issues(self, customer_id: str) -> Sequence[Ticket]:
        """The customer's tickets in this machine's scope that are not closed, the oldest first."""
        bodies = self._bodies(
            "SELECT body FROM overlay_ticket WHERE json_extract(CAST(body AS TEXT), '$.customer') = ?1 UNION ALL "
            "SELECT body FROM ticket WHERE json_extract(CAST(body AS TEXT), '$.customer') = ?1 "
            "AND id NOT IN (SELECT id FROM overlay_ticket)",
            customer_id,
        )
        found = [ticket for body in bodies if (ticket := TICKET.decode(body)).status != "closed"]
        return sorted(found, key=lambda ticket: (ticket.received_at, ticket.reference))

    def calls_from(self, number_e164: str) -> Sequence[Call]:
        """The logged calls from a phone number that this machine knows."""
        bodies = self._bodies(
            "SELECT body FROM call WHERE json_extract(CAST(body AS TEXT), '$.number_e164') = ?", number_e164
        )
        return [CALL.decode(body) for body in bodies]

    def entries(self, register: str) -> Sequence[Entry]:
        """The lines of a register, the oldest first. One that the acting member may not read is the server's fact (V-20)."""
        if closed(self._policy.register(register)) and not keeps_closed(self._acting):
            raise Lacking("register")
        bodies = self._bodies(
            "SELECT body FROM (SELECT id, at, body FROM overlay_entry WHERE register = ?1 UNION ALL "
            "SELECT id, at, body FROM entry WHERE register = ?1 AND id NOT IN (SELECT id FROM overlay_entry)) ORDER BY at, id",
            register,
        )
        return [entry for body in bodies if (entry := _readable(body)) is not None]

    def entry(self, entry_id: str) -> Entry | None:
        """A line of a register, when it is in this machine's scope."""
        overlaid = self._one(ENTRY, "SELECT body FROM overlay_entry WHERE id = ?", entry_id)
        found: Entry | None = overlaid or self._one(ENTRY, "SELECT body FROM entry WHERE id = ?", entry_id)
        return found

    def ticket(self, ticket_id: str) -> Ticket | None:
        """The ticket, when it is in this machine's scope."""
        overlaid = self._one(TICKET, "SELECT body FROM overlay_ticket WHERE id = ?", ticket_id)
        found: Ticket | None = overlaid or self._one(TICKET, "SELECT body FROM ticket WHERE id = ?", ticket_id)
        return found

    def call(self, call_id: str) -> Call | None:
        """The call."""
        overlaid = self._one(CALL, "SELECT body FROM overlay_call WHERE id = ?", call_id)
        found: Call | None = overlaid or self._one(CALL, "SELECT body FROM call WHERE id = ?", call_id)
        return found

    def member(self, member_id: str) -> Member | None:
        """The member."""
        if member_id not in self._members:
            found: Member | None = self._one(_MEMBER, "SELECT body FROM member WHERE id = ?", member_id)
            self._members[member_id] = self._acting if member_id == self._acting.id else found
        return self._members[member_id]

    def customer(self, customer_id: str) -> Customer | None:
        """The customer."""
        found: Customer | None = self._one(CUSTOMER, "SELECT body FROM customer WHERE id = ?", customer_id)
        return found

    def customers_named(self, name: str) -> Sequence[Customer]:
        """Customers whose folded name equals that of ``name``."""
        bodies = self._bodies("SELECT body FROM customer WHERE folded = ? LIMIT 20", fold(name))
        return [CUSTOMER.decode(body) for body in bodies]

    def asset(self, serial: str) -> Asset | None:
        """The asset with this serial number."""
        found: Asset | None = self._one(
            ASSET, "SELECT body FROM asset WHERE serial_key = ? LIMIT 1", fold_serial(serial)
        )
        return found

    def contracts(self, customer_id: str) -> Sequence[Contract]:
        """All contracts of a customer."""
        return [_CONTRACT.decode(b) for b in self._bodies("SELECT body FROM contract WHERE customer = ?", customer_id)]

    def queue_head(self, member: Member, department: str) -> Ticket | None:  # noqa: ARG002 - the server's fact
        """Only the server knows it: another desk may have taken it a moment ago."""
        raise Lacking("queue_head")

    def reference_owner(self, reference: str) -> str | None:
        """The id of the call or ticket that has the number here, or None."""
        if reference == self.spoken:
            return None
        rows = self._bodies(
            "SELECT id FROM overlay_call WHERE reference = ?1 UNION ALL SELECT id FROM call WHERE reference = ?1 "
            "UNION ALL SELECT id FROM overlay_ticket WHERE reference = ?1 UNION ALL SELECT id FROM stub WHERE reference = ?1 LIMIT 1",
            reference,
        )
        return str(rows[0]) if rows else None

    def fresh_reference(self) -> str:
        """Only the server has a number that nobody has."""
        raise Lacking("fresh_reference")

    def ticket_elsewhere(self, ticket_id: str) -> bool:
        """True when only the stub of the ticket is known."""
        return bool(self._bodies("SELECT id FROM stub WHERE id = ?", ticket_id)) and self.ticket(ticket_id) is None


def _readable(body: Any) -> Entry | None:
    try:
        found: Entry = ENTRY.decode(body)
    except msgspec.ValidationError:
        return None  # from a newer server (P26): it stands in no list
    return found
