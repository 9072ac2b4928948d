"""Incidents of a service desk as the commands of a desk under any charter: each change of an incident becomes what an agent would do.

What a charter forbids it refuses, and that is counted too. The rows are those of ServiceNow's event log (``number``, ``incident_state``,
``opened_at``, ``sys_updated_at`` …), moved by whole weeks into the years that the policies' calendars know.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.commands import Ask
from desk_core.people import Contract, Customer, Member
from desk_core.policy import Policy
from desk_core.records import Value
from desk_core.references import reference
from desk_core.tickets import Fault

LATER = dt.timedelta(weeks=522)
"""From 2016 to 2026, the same day of the week."""
_STATES = ("New", "Active", "Awaiting User Info", "Active", "Resolved", "Closed")
_CUSTOMERS = 12
FORMULA = '=HYPERLINK("http://evil.example";"Kunde {}")'
"""What a customer may call itself, and no spreadsheet may take for a formula."""


class Row(NamedTuple):
    """A change of an incident."""

    number: str
    state: str
    at: dt.datetime
    opened: dt.datetime
    group: str
    priority: str


class Given(NamedTuple):
    """A command that somebody gives at a moment."""

    at: dt.datetime
    by: str
    ask: Ask


def read(file: Path) -> list[Row]:
    """The rows of the event log, in the order of time."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [
            Row(
                r["number"],
                r["incident_state"],
                _at(r["sys_updated_at"]),
                _at(r["opened_at"]),
                r["assignment_group"],
                r["priority"],
            )
            for r in csv.DictReader(opened)
        ]
    return sorted(rows, key=lambda row: (row.at, row.number))


def _at(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d-%m-%Y %H:%M").replace(tzinfo=dt.UTC) + LATER


def invented(count: int) -> list[Row]:
    """As many incidents as that, always the same ones."""
    dice = random.Random(4711)
    begin = dt.datetime(2026, 2, 27, 6, tzinfo=dt.UTC)
    rows = []
    for number in range(count):
        at = opened = begin + dt.timedelta(minutes=dice.randrange(6 * 24 * 60))
        for state in _STATES[: dice.choice((2, 4, 5, 6, 6, 6))]:
            rows.append(Row(f"N{number}", state, at, opened, f"Group {number % 3}", f"{dice.randrange(1, 5)} - x"))
            at += dt.timedelta(minutes=dice.choice((2, 20, 90, 600, 3000, 9000)))
    return sorted(rows, key=lambda row: (row.at, row.number))


def members(policy: Policy) -> list[Member]:
    """Two agents and a supervisor who may do what anybody may do here, in the first and the last office."""
    agent = tuple(role.id for role in policy.roles if role.base == "agent")
    every = tuple(role.id for role in policy.roles if role.base in ("agent", "supervisor", "manager"))
    first, last = policy.offices[0].id, policy.offices[-1].id
    details: dict[str, Any] = {"phone": "040 1", "email": "desk@desk.example"}
    return [
        Member(id="anna", login="anna", name="Anna", functions=agent, office=first, **details),
        Member(
            id="ben",
            login="ben",
            name="Ben",
            functions=agent,
            office=last,
            departments=(policy.departments[0].id,),
            **details,
        ),
        Member(id="cora", login="cora", name="Cora", role="manager", functions=every, office=first, **details),
    ]


def name_of(customer: int) -> str:
    """What a customer is called."""
    return f"Kunde {customer}" if customer % 3 else FORMULA.format(customer)


def parties(policy: Policy) -> list[Customer | Contract]:
    """Customers in every office, half of them with a contract."""
    kinds = [kind.id for kind in policy.ticket.customer_kinds] or [""]
    made: list[Customer | Contract] = []
    for number in range(_CUSTOMERS):
        office = policy.offices[number % len(policy.offices)].id
        made.append(
            Customer(id=f"k{number}", name=name_of(number), office=office, kind=kinds[number % len(kinds)],
                     email=f"k{number}@customer.example", end_contact="end@customer.example" if number % 3 else "")
        )  # fmt: skip
        if number % 2:
            begins, ends = dt.date(2020, 1, 1), dt.date(2029, 1, 1)
            made.append(Contract(id=f"v{number}", customer=f"k{number}", title="Service", starts=begins, ends=ends))
    return made


def commands(policy: Policy, rows: Iterable[Row]) -> Iterator[Given]:
    """What is done about the incidents, in the order of time."""
    known: dict[str, Incident] = {}
    for row in rows:
        incident = known.get(row.number)
        if incident is None:
            incident = known[row.number] = Incident(policy, row, len(known))
            yield from (Given(row.at, by, ask) for by, ask in incident.begins(row))
        yield from (Given(row.at, by, ask) for by, ask in incident.goes_on(row))


_Asks = Iterator[tuple[str, Ask]]


class Incident:
    """One incident on its way through the desk."""

    def __init__(self, policy: Policy, row: Row, place: int) -> None:
        self._policy, self.id = policy, f"t-{row.number}"
        self._dice = random.Random(zlib.crc32(row.number.encode()))
        self._place, self._state, self._group = place, "", row.group
        self._agent = ("anna", "ben")[place % 2]
        self._customer = f"k{self._dice.randrange(_CUSTOMERS)}"
        self._complaint = False

    def begins(self, row: Row) -> _Asks:
        """By phone, by mail, as a complaint, or on another channel."""
        if self._place % 5 == 4:
            yield from self._lost(row)
        ways = (self._phoned, self._mailed, self._phoned, self._complained, self._written)
        yield from ways[self._dice.randrange(len(ways))](row)

    def _number(self, spare: int = 0) -> str:
        return reference(700_000 + 2 * self._place + spare)

    def _lost(self, row: Row) -> _Asks:
        call = f"lost-{row.number}"
        rang = row.at - dt.timedelta(seconds=40)
        yield self._agent, c.BeginCall(call=call, reference=self._number(1), rang_at=rang)
        yield self._agent, c.EndCall(call=call, outcome="abandoned", ended_at=row.at)

    def _phoned(self, row: Row) -> _Asks:
        call, number = f"call-{row.number}", int(self._customer[1:])
        rang = row.at - dt.timedelta(seconds=300)
        answered = rang + dt.timedelta(seconds=self._dice.choice((3, 10, 11, 30)))
        fault = Fault(
            caller="Kim",
            company=f"Kunde {number}",
            phone="040 5550177",
            product="P",
            serial=f"S-{number}",
            description="Stops",
        )
        category = self._dice.choice(self._policy.categories).id if self._policy.categories else ""
        yield self._agent, c.BeginCall(call=call, reference=self._number(), rang_at=rang, answered_at=answered)
        yield self._agent, c.LogCall(call=call, ticket=self.id, kind=self._kind(), fault=fault, category=category, classification="x",
                                     **self._known())  # fmt: skip
        if self._place % 3:
            yield self._agent, c.TellCall(call=call)
        way = c.PutThrough(ticket=self.id, member="anna") if self._place % 4 == 1 else c.OfferCallBack(ticket=self.id)
        yield self._agent, way
        yield (
            self._agent,
            c.EndCall(call=call, ticket=self.id, outcome="logged", not_told=self._place % 3 == 0, ended_at=row.at),
        )

    def _mailed(self, row: Row) -> _Asks:
        addresses = [each.address for each in self._policy.addresses] or ["help@desk.example"]
        to = self._dice.choice([*addresses, "anna@desk.example"])
        yield self._agent, s.ReceiveMail(
            mail=f"m-{row.number}", ticket=self.id, reference=self._number(), sender=f"{self._customer}@customer.example", to=(to,),
            subject="Help", text="It does not work", received_at=row.at,
        )  # fmt: skip

    def _written(self, row: Row) -> _Asks:
        channel = self._dice.choice([each.id for each in self._policy.channels] or ["portal"])
        yield (
            self._agent,
            c.CreateTicket(
                ticket=self.id,
                reference=self._number(),
                channel=channel,
                kind=self._kind(),
                title="Help",
                received_at=row.at,
                **self._known(),
            ),
        )

    def _complained(self, row: Row) -> _Asks:
        if not self._policy.complaints:
            yield from self._written(row)
            return
        self._complaint = True
        rule = self._dice.choice(self._policy.complaints)
        log = rule.log_under[0] if rule.log_under else ""
        form = s.ComplaintForm(kind=rule.id, summary="Too late", log_under=log)
        channel = self._dice.choice((*rule.channels, "phone"))
        yield self._agent, c.CreateTicket(
            ticket=self.id, reference=self._number(), channel=channel, kind=rule.kind, title="Complaint", received_at=row.at,
            complaint=form, **self._known(),
        )  # fmt: skip

    def _kind(self) -> str:
        complaining = {rule.kind for rule in self._policy.complaints}
        return self._dice.choice([kind.id for kind in self._policy.kinds if kind.id not in complaining])

    def _known(self) -> dict[str, Any]:
        kinds = [kind.id for kind in self._policy.ticket.customer_kinds]
        email = "" if self._place % 7 == 0 else f"{self._customer}@customer.example"
        return {
            "customer": self._customer,
            "email": email,
            "no_email": "" if email else "has none",
            "customer_kind": kinds[self._place % len(kinds)] if kinds else "",
            "timescale": "" if self._policy.ticket.timescale == "unset" else self._policy.ticket.timescale,
        }

    # --- what is done later ---------------------------------------------------------------------------------------------------

    def goes_on(self, row: Row) -> _Asks:
        """What the change of the incident means here; whoever works on it takes it first."""
        state, self._state = self._state, row.state
        who = self._agent
        if row.state != "New":
            departments = self._policy.departments
            there = departments[self._place % len(departments)].id
            yield who, s.Triage(ticket=self.id, category=self._category(), department=there)
            yield who, s.Take(ticket=self.id)
        if row.group != self._group:
            self._group = row.group
            yield who, c.HandOver(ticket=self.id, member="anna" if who == "ben" else "ben", note="yours")
        if row.state.startswith("Awaiting"):
            yield who, c.WaitForCustomer(ticket=self.id, reason="asked")
        elif row.state == "Active":
            yield from self._worked(state)
        elif row.state == "Resolved":
            yield from self._finished(row)
        elif row.state == "Closed":
            yield from self._closed()

    def _category(self) -> str:
        return self._dice.choice(self._policy.categories).id if self._policy.categories else ""

    def _worked(self, state: str) -> _Asks:
        who = self._agent
        if state.startswith("Awaiting"):
            yield who, c.CustomerAnswers(ticket=self.id, text="Here it is")
        yield who, c.AttemptCallBack(ticket=self.id, reached=self._place % 2 == 0)
        if self._complaint:
            yield who, s.AcknowledgeComplaint(ticket=self.id, text="We have it", spoken=self._place % 3 == 0)
            yield who, s.UpdateComplaint(ticket=self.id, text="We look into it")
            yield who, s.CompleteInformation(ticket=self.id)
        elif self._place % 3:
            yield who, c.Reply(ticket=self.id, text="We look into it.", mark="progress")

    def _finished(self, row: Row) -> _Asks:
        who = self._agent
        if row.priority.startswith("1") or self._place % 6 == 0:
            for step in self._policy.ladder:
                yield who, s.Escalate(ticket=self.id, step=step.id, reason="asked for")
        values = [
            Value(field=f.id, value=f.choices[0].id if f.choices else f"text of {f.id}") for f in self._policy.fields
        ]
        yield who, s.SetFields(ticket=self.id, values=tuple(values))
        if self._place % 5:
            yield who, c.LogTime(ticket=self.id, minutes=self._dice.randrange(1, 90))
        if self._complaint:
            yield who, s.AnswerComplaint(ticket=self.id, text="We are sorry")
            yield "cora", s.OpenComplaintStage(ticket=self.id, stage=self._stage(), reason="not content")
            yield "cora", s.RecordDecision(ticket=self.id, measures=("say sorry", "pay back"))
            yield "cora", s.CompleteMeasure(ticket=self.id, number=0)
        yield who, c.Reply(ticket=self.id, text="Please restart it.", mark="full" if self._place % 2 else "")
        yield who, c.Resolve(ticket=self.id, solution="restarted")

    def _stage(self) -> str:
        stages = [stage.id for rule in self._policy.complaints for stage in rule.stages]
        return self._dice.choice(stages) if stages else "appeal"

    def _closed(self) -> _Asks:
        who = self._agent
        if self._complaint:
            yield "cora", s.CompleteMeasure(ticket=self.id, number=1)
            yield "cora", s.AnalyseComplaint(ticket=self.id, text="seen")
        yield who, c.Close(ticket=self.id, summary="done")
        yield "cora", c.Close(ticket=self.id, summary="done")
        for survey in self._policy.surveys if self._place % 2 else ():
            answer = survey.good[0] if survey.good and self._place % 4 == 1 else "other"
            answers = (answer, *("" for _ in survey.questions[1:]))
            yield who, s.AnswerSurvey(ticket=self.id, survey=survey.id, mode=survey.modes[-1], answers=answers)
        for register in self._policy.registers if self._place % 4 == 0 else ():
            if any(field.id == "score" for field in register.fields):
                scored = (Value(field="score", value=str(1 + self._place % 5)),)
                yield (
                    "cora",
                    s.AddEntry(entry=f"{register.id}-{self._place}", register=register.id, values=scored, member=who),
                )
