"""Writes the history of the sample desk: plans become events, and the events are folded as the real programs fold them."""

from __future__ import annotations

import datetime as dt
from random import Random

import msgspec

from desk_core import clocks
from desk_core import events as e
from desk_core.calls import Call, Outcome
from desk_core.decisions import apply_call, apply_ticket, breach
from desk_core.events import Event, Happening
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.references import reference
from desk_core.tickets import Fault, Ticket
from desk_server.demo.companies import new_id
from desk_server.demo.hours import Hours
from desk_server.demo.plans import Plan


class LooseCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call without a ticket: ``start`` is the open second of its office at which it rang."""

    start: float
    office: str
    member: Member
    number: str
    outcome: Outcome
    remark: str


class Writer:
    """Collects the calls, tickets and events of the sample desk."""

    def __init__(self, dice: Random, policy: Policy) -> None:
        self._dice = dice
        self._policy = policy
        self.calls: list[Call] = []
        self.tickets: list[Ticket] = []
        self.events: list[Event] = []

    def loose_call(self, plan: LooseCall, hours: Hours, counter: int) -> None:
        """A call that came to nothing (H-08)."""
        rang, call_id, actor = hours.at(plan.start), new_id(self._dice), plan.member.id
        department = plan.member.departments[0]
        call = self._rings(call_id, actor, rang, counter, plan.number, plan.office, department)
        ended = rang + dt.timedelta(seconds=self._dice.randint(8, 30))
        if plan.outcome != "abandoned":
            call = self._call(call, actor, rang + dt.timedelta(seconds=self._dice.randint(3, 9)), e.CallAnswered())
            ended = rang + dt.timedelta(seconds=self._dice.randint(35, 110))
        call = self._call(call, actor, ended, e.CallEnded(outcome=plan.outcome, remark=plan.remark))
        self.calls.append(call)

    def ticket(self, plan: Plan, hours: Hours, counter: int) -> None:
        """A ticket with its call, its birth and all its steps."""
        rang = hours.at(plan.start)
        call = self._taken_call(plan, rang, counter) if plan.by_phone else None
        logged = rang + dt.timedelta(seconds=plan.talk * 0.6) if call else rang
        ticket = self._born(plan, rang, logged, counter, call)
        if call is not None:
            self._finish_call(plan, call, ticket, rang, logged)
        for step in plan.steps:
            at = hours.at(plan.start + step.after)
            ticket = self._breached(ticket, at)
            ticket = self._step(ticket, step.actor, at, step.what)
        self.tickets.append(ticket)

    def _taken_call(self, plan: Plan, rang: dt.datetime, counter: int) -> Call:
        number, taker = plan.contact.phone_e164, plan.taker.id
        call = self._rings(new_id(self._dice), taker, rang, counter, number, plan.office, plan.department)
        return self._call(call, taker, rang + dt.timedelta(seconds=self._dice.randint(3, 14)), e.CallAnswered())

    def _finish_call(self, plan: Plan, call: Call, ticket: Ticket, rang: dt.datetime, logged: dt.datetime) -> None:
        taker, end = plan.taker.id, rang + dt.timedelta(seconds=plan.talk)
        call = self._call(call, taker, logged, e.CallLogged(ticket=ticket.id, department=ticket.department))
        told = self._dice.random() < 0.97
        if told:
            call = self._call(call, taker, logged + (end - logged) / 2, e.CallTold())
        self.calls.append(self._call(call, taker, end, e.CallEnded(outcome="logged", not_told=not told)))

    def _born(self, plan: Plan, rang: dt.datetime, logged: dt.datetime, counter: int, call: Call | None) -> Ticket:
        tale, asset, contact = plan.tale, plan.asset, plan.contact
        created = e.TicketCreated(
            reference=reference(counter),
            kind=tale.kind,
            channel="phone" if call else "email",
            department=plan.department,
            office=plan.office,
            holder=plan.taker.id if call else "",
            holder_department=plan.department if call else "",
            customer=plan.company.customer.id,
            contact=contact.id,
            email=contact.email,
            title=tale.title,
            received_at=rang,
            call=call.id if call else "",
            policy_version=self._policy.head.version,
            way_owed=call is not None and tale.kind == "fault",
        )
        fault = Fault(
            caller=contact.name,
            company=plan.company.customer.name,
            phone=contact.phone,
            phone_e164=contact.phone_e164,
            product=asset.product if asset else "",
            serial=asset.serial if asset else "",
            description=tale.says,
        )
        category = self._policy.category(tale.category)
        classified = e.TicketClassified(
            category=tale.category if category else "", classification=category.title if category else tale.category
        )
        command, ticket_id = new_id(self._dice), new_id(self._dice)
        found = e.EntitlementFound(entitlement=plan.entitlement)
        ticket = self._happens(ticket_id, None, plan.taker, logged, created, f"{command}/0")
        parts: tuple[Happening, ...] = (e.FaultSaved(fault=fault), classified, found)
        for number, what in enumerate(parts, start=1):
            ticket = self._happens(ticket_id, ticket, plan.taker, logged, what, f"{command}/{number}")
        return ticket

    def _step(self, ticket: Ticket, actor: Member, at: dt.datetime, what: Happening) -> Ticket:
        return self._happens(ticket.id, ticket, actor, at, what, f"{new_id(self._dice)}/0")

    def _breached(self, ticket: Ticket, at: dt.datetime) -> Ticket:
        """A promise that passed before ``at`` was marked missed by the server's job in that minute (TS-12)."""
        due = [c.deadline for c in ticket.clocks if c.state == "running" and c.deadline is not None and c.deadline < at]
        if not due:
            return ticket
        ticket, made = breach(ticket, new_id(self._dice), min(due) + dt.timedelta(seconds=1))
        self.events += made
        return ticket

    def _happens(
        self, ticket_id: str, before: Ticket | None, actor: Member, at: dt.datetime, what: Happening, event_id: str
    ) -> Ticket:
        flags = ("replied",) if isinstance(what, e.ReplySent) else ()
        event = Event(
            id=event_id,
            command=event_id.partition("/")[0],
            actor=actor.id,
            at=at,
            recorded_at=at,
            ticket=ticket_id,
            what=what,
            flags=flags,
        )
        after = apply_ticket(before, event)
        changes = clocks.react(self._policy, after, what, at, at, actor.functions)
        if changes:
            event = msgspec.structs.replace(event, clocks=changes)
            after = apply_ticket(before, event)
        self.events.append(event)
        return after

    def _rings(
        self, call_id: str, actor: str, at: dt.datetime, counter: int, number: str, office: str, department: str
    ) -> Call:
        what = e.CallRang(
            reference=reference(counter), number=number, number_e164=number, office=office, department=department
        )
        return self._call_event(None, call_id, actor, at, what)

    def _call(self, call: Call, actor: str, at: dt.datetime, what: Happening) -> Call:
        return self._call_event(call, call.id, actor, at, what)

    def _call_event(self, call: Call | None, call_id: str, actor: str, at: dt.datetime, what: Happening) -> Call:
        command = new_id(self._dice)
        event = Event(id=f"{command}/0", command=command, actor=actor, at=at, recorded_at=at, call=call_id, what=what)
        self.events.append(event)
        return apply_call(call, event)
