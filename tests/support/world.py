"""A world in memory: the whole of a desk as :class:`desk_core.views.View` sees it, for tests of the rules alone."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any, TypeVar

from desk_core import commands as c
from desk_core import queue, references
from desk_core.calls import Call
from desk_core.commands import Ask, Command
from desk_core.commands_of_service import ReceiveMail
from desk_core.decisions import Decided, Outcome, Refusal, decide, time_acts
from desk_core.events import Event
from desk_core.events_of_service import MessageMade
from desk_core.people import Asset, Contract, Customer, Member, fold, fold_serial
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.records import Entry
from desk_core.resources import resource
from desk_core.tickets import Fault, Ticket
from tests.support.rules import without_rule

A = TypeVar("A", bound=Ask)


def ready_policy(name: str = "hamburg-woking") -> Policy:
    """A policy that ships with the program."""
    file = f"policies/{name}.toml"
    return load(without_rule(resource(file).read_text(encoding="utf-8")), file)


def at(text: str) -> dt.datetime:
    """An instant as ``2026-06-09T10:00+02:00``, in UTC."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


FAULT = Fault(
    caller="Imke Petersen",
    company="Nordlicht Druck GmbH",
    phone="040 5550177",
    product="LabelJet 4300",
    serial="LJ43-0092817",
    description="Stops after about 20 labels",
)


class World:
    """Everything that happened at one desk, kept in dictionaries; ``do`` gives a command and lets its events happen."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.now = at("2026-06-09T10:00+02:00")
        self.tickets: dict[str, Ticket] = {}
        self.calls: dict[str, Call] = {}
        self.members: dict[str, Member] = {}
        self.customers: dict[str, Customer] = {}
        self.assets: dict[str, Asset] = {}
        self.contract_list: list[Contract] = []
        self.elsewhere: set[str] = set()
        self.lines: dict[str, Entry] = {}
        self.policies: dict[str, Policy] = {}
        self.events: list[Event] = []
        self._ids = itertools.count(1)
        self._numbers = itertools.count(references.FIRST_COUNTER)

    # --- what View asks ---

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self.tickets.get(ticket_id)

    def ticket_elsewhere(self, ticket_id: str) -> bool:
        return ticket_id in self.elsewhere

    def call(self, call_id: str) -> Call | None:
        return self.calls.get(call_id)

    def member(self, member_id: str) -> Member | None:
        return self.members.get(member_id)

    def customer(self, customer_id: str) -> Customer | None:
        return self.customers.get(customer_id)

    def customers_named(self, name: str) -> Sequence[Customer]:
        return [x for x in self.customers.values() if fold(x.name) == fold(name)]

    def asset(self, serial: str) -> Asset | None:
        return next((x for x in self.assets.values() if fold_serial(x.serial) == fold_serial(serial)), None)

    def contracts(self, customer_id: str) -> Sequence[Contract]:
        return [x for x in self.contract_list if x.customer == customer_id]

    def queue_head(self, member: Member, department: str) -> Ticket | None:
        waiting = [
            t
            for t in self.tickets.values()
            if queue.takeable(member, t)
            and department in ("", t.department)
            and queue.blocked(self, member, t, self.now) is None
        ]
        return min(waiting, key=lambda t: queue.rank(self.policy, t), default=None)

    def reference_owner(self, reference: str) -> str | None:
        owners = [(x.reference, x.id) for x in self.tickets.values()] + [
            (x.reference, x.id) for x in self.calls.values()
        ]
        return next((owner for number, owner in owners if number == reference), None)

    def fresh_reference(self) -> str:
        return references.reference(next(self._numbers))

    def policy_at(self, version: str) -> Policy:
        return self.policies.get(version, self.policy)

    def staff(self) -> Sequence[Member]:
        return list(self.members.values())

    def open_issues(self, customer_id: str) -> Sequence[Ticket]:
        found = [t for t in self.tickets.values() if t.customer == customer_id and t.status != "closed"]
        return sorted(found, key=lambda t: (t.received_at, t.reference))

    def calls_from(self, number_e164: str) -> Sequence[Call]:
        return [call for call in self.calls.values() if call.number_e164 == number_e164]

    def entries(self, register: str) -> Sequence[Entry]:
        return [each for each in self.lines.values() if each.register == register]

    def entry(self, entry_id: str) -> Entry | None:
        return self.lines.get(entry_id)

    # --- what tests do ---

    def add_member(self, name: str, **fields: object) -> Member:
        """A new colleague."""
        member = Member(id=name, login=name, name=name.title(), **fields)  # type: ignore[arg-type]
        self.members[member.id] = member
        return member

    def ask(self, actor: Member, ask: Ask, stated_at: dt.datetime | None = None, view: World | None = None) -> Outcome:
        """The answer to a command given now; nothing happens by it."""
        command = Command(id=f"c{next(self._ids)}", ask=ask, actor=actor.id, issued_at=self.now, stated_at=stated_at)
        return decide(view or self, command, actor, self.now)

    def do(self, actor: Member, ask: Ask, stated_at: dt.datetime | None = None) -> Decided:
        """Give a command that must be carried out, and let its events happen."""
        outcome = self.ask(actor, ask, stated_at)
        assert isinstance(outcome, Decided), outcome
        self.happen(outcome)
        return outcome

    def refused(self, actor: Member, ask: Ask) -> Refusal:
        """Give a command that must be refused."""
        outcome = self.ask(actor, ask)
        assert isinstance(outcome, Refusal), outcome
        return outcome

    def begin(self, actor: Member, call: str = "call-1", office: str = "") -> str:
        """Take a call and return its reference."""
        reference = self.fresh_reference()
        self.do(
            actor, c.BeginCall(call=call, reference=reference, rang_at=self.now, answered_at=self.now, office=office)
        )
        return reference

    def happen(self, decided: Decided) -> None:
        """Let what was decided happen."""
        self.tickets |= decided.tickets
        self.calls |= decided.calls
        self.lines |= decided.entries
        self.events += decided.events

    def pass_time(self, until: dt.datetime) -> None:
        """Let time act on every ticket until then, as the server's jobs do."""
        self.now = until
        for ticket in list(self.tickets.values()):
            self.happen(time_acts(self, ticket, until))

    def create(self, actor: Member, ticket: str = "t1", *, channel: str, **fields: Any) -> Ticket:
        """A ticket that did not come by phone."""
        values = {"title": "Something", "received_at": self.now, **fields}
        ask = c.CreateTicket(ticket=ticket, reference=self.fresh_reference(), channel=channel, **values)
        self.do(actor, ask)
        return self.tickets[ticket]

    def mail(self, actor: Member, ticket: str = "t1", **fields: Any) -> Ticket:
        """A mail comes in; the ticket that it made or joined."""
        values = {"mail": f"m-{ticket}", "sender": "kim@customer.example", "to": (), "subject": "Help", **fields}
        values.setdefault("received_at", self.now)
        ask = ReceiveMail(ticket=ticket, reference=self.fresh_reference(), **values)
        return self.tickets[self.do(actor, ask).result["ticket"]]

    def made(self, message: str, ticket: str = "t1") -> list[MessageMade]:
        """The messages of one name that were made for a ticket."""
        found = [each.what for each in self.events if each.ticket == ticket]
        return [what for what in found if isinstance(what, MessageMade) and what.message == message]

    def log(
        self,
        actor: Member,
        ticket: str = "t1",
        *,
        fault: Fault = FAULT,
        call: str = "",
        office: str = "",
        **fields: Any,
    ) -> Ticket:
        """Take a call and log it; the ticket."""
        call = call or f"call-{ticket}"
        self.begin(actor, call, office)
        values = {"classification": "Printhead", **fields}
        self.do(actor, c.LogCall(call=call, ticket=ticket, fault=fault, **values))
        return self.tickets[ticket]

    def owed_call_back(self, actor: Member, ticket: str = "t1", **fields: Any) -> Ticket:
        """Take a call, log it, promise a call back; the ticket, which waits in the queue."""
        self.log(actor, ticket, **fields)
        self.do(actor, c.OfferCallBack(ticket=ticket))
        return self.tickets[ticket]

    def entitle(self, company: str = FAULT.company, *, until: dt.date = dt.date(2027, 6, 30)) -> Customer:
        """A customer with a running maintenance contract."""
        customer = Customer(id=f"k-{fold(company)}", name=company)
        self.customers[customer.id] = customer
        begins = dt.date(2020, 1, 1)
        contract = Contract(id=f"v-{customer.id}", customer=customer.id, title="Maintenance", starts=begins, ends=until)
        self.contract_list.append(contract)
        return customer
