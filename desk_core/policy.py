"""The typed policy: a charter as data. One table per kind of rule; no organisation's name stands in any Python file.

Field names are the keys of the policy file. :func:`desk_core.policy_file.load` reads the TOML text into a :class:`Policy` and answers
every mistake with file, table, key and what would be right.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Literal, Protocol, TypeVar

import msgspec

from desk_core import policy_tables as t
from desk_core.calendars import Calendar, CalendarSpec
from desk_core.people import Role
from desk_core.policy_marks import (
    Action,
    AddressId,
    Amount,
    CalendarId,
    ChannelId,
    Count,
    Country,
    DepartmentId,
    EventName,
    Id,
    KindId,
    Level,
    OrderKey,
    PartId,
    Requirement,
    RoleId,
    RuleId,
    StepId,
    Table,
)
from desk_core.policy_promises import ByOffice, ClockRule, OnBreach, Stop
from desk_core.policy_tables import Gate

__all__ = ["Action", "ByOffice", "ClockRule", "Gate", "OnBreach", "OrderKey", "Policy", "Requirement", "Stop", "Table"]


class Head(Table, frozen=True, kw_only=True):
    """``[policy]``: which charter this is, in which version, from when. Without a ``title`` its name is shown."""

    name: str
    title: str = ""
    version: str
    language: Literal["en", "de", "it"]
    effective_from: dt.date | None = None
    next_review: dt.date | None = None

    def review_overdue(self, today: dt.date) -> bool:
        """True once the day of the next review has passed (A-15)."""
        return self.next_review is not None and self.next_review < today


class Rule(Table, frozen=True, kw_only=True):
    """``[[rule]]``: the charter's rule in words of our own, how far software can hold it, and the reading chosen.

    ``literal`` says what garbled words would mean if they were taken as they stand (V-24); ``nothing`` why software can do no more than
    show a recorded rule; ``screen`` what of it shows only on a screen or page that comes later.
    """

    id: Id
    text: str
    level: Level
    reading: str = ""
    note: str = ""
    literal: str = ""
    nothing: str = ""
    screen: str = ""


class PolicyRole(Table, frozen=True, kw_only=True):
    """``[[role]]``: a role of the charter, carried by members beside their program role. Once ``at_least`` active members
    hold it, it may not lose the last of them (H-31); ``deputy`` is the role that stands in for it. ``reads_all`` sees every department's
    tickets and works on none of them by that (V-02, V-37); ``live_calls = false`` shields its holders from being put through (E-28);
    ``triages`` says who decides an issue's department (V-01)."""

    id: Id
    title: str
    base: Role = "agent"
    deputy: RoleId = ""
    at_least: Count = 0
    reads_all: bool = False
    triages: bool = False
    live_calls: bool = True
    rules: tuple[RuleId, ...] = ()


class Office(Table, frozen=True, kw_only=True):
    """``[[office]]``: a place with a calendar; ``country`` reads phone numbers (H-18, H-35)."""

    id: Id
    title: str
    country: Country
    calendar: CalendarId
    rules: tuple[RuleId, ...] = ()


class Department(Table, frozen=True, kw_only=True):
    """``[[department]]``: who serves what; scope ends at its border. ``default`` takes what no category sends elsewhere."""

    id: Id
    title: str
    default: bool = False
    rules: tuple[RuleId, ...] = ()


class Category(Table, frozen=True, kw_only=True):
    """``[[category]]``: a class of issue and the departments that serve it; more than one forces triage. ``moves``: whoever sees the
    ticket may say that it is of this class, and it goes there at once (V-13). ``calendar`` has the hours of its service (V-16);
    whoever takes such a ticket without the ``training`` for it is warned (A-16)."""

    id: Id
    title: str
    departments: tuple[DepartmentId, ...]
    kinds: tuple[KindId, ...] = ()
    moves: bool = False
    calendar: CalendarId = ""
    training: t.Training | None = None
    rules: tuple[RuleId, ...] = ()


class Kind(Table, frozen=True, kw_only=True):
    """``[[kind]]``: fault, enquiry, complaint (H-32); ``department`` overrides the default one."""

    id: Id
    title: str
    department: DepartmentId = ""
    rules: tuple[RuleId, ...] = ()


class Queue(Table, frozen=True, kw_only=True):
    """``[queue]``: how work is handed out and in which order. What a member takes is on lease: it goes back to its place ``lease_time``
    after the member's last contact ("unset": never). ``lease_size`` of the tickets in hand may be worked on without network; with
    take-next nothing else is answered then, and nothing is begun (0: nothing is on lease). ``one_per_customer``: a customer's next issue
    waits until the one before is done (V-21); ``triage``: an issue is in no department's queue until somebody decided which (V-01);
    ``holder_only``: not even a supervisor works on what another holds, without reassigning it (V-30)."""

    start: Literal["take_next", "free"]
    order: tuple[OrderKey, ...]
    lease_size: Count = 0
    lease_time: Amount = "unset"
    skip_reasons: tuple[str, ...] = ()
    one_per_customer: bool = False
    triage: bool = False
    holder_only: bool = False
    rules: tuple[RuleId, ...] = ()


class Benefit(Table, frozen=True, kw_only=True):
    """Something that an entitlement gives; ``current_only`` to customers on the current version (E-10)."""

    title: str
    current_only: bool = False
    rules: tuple[RuleId, ...] = ()


class EntitlementRule(Table, frozen=True, kw_only=True):
    """``[[entitlement]]``: a right to be served, in the order in which it is looked for (H-05, H-12, H-34). A contract counts when its
    ``type`` is the rule's ``contract_type``."""

    id: Literal["contract", "warranty"]
    title: str
    contract_type: str = ""
    without: str = ""
    benefits: tuple[Benefit, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Message(Table, frozen=True, kw_only=True):
    """``[[message]]``: wording that a message must have, and one that goes out by itself. ``starts_with`` and ``ends_with`` stand around
    what the agent writes; with ``nothing_before`` and ``nothing_after`` they are the very first and the very last words (V-27, V-28);
    ``ending_channels`` narrows the ending to tickets born there.

    ``when`` names the event that makes it, once; ``step``, ``survey``, ``channels`` and ``kinds`` narrow that. ``text`` is its
    template, with ``{reference}``, ``{summary}``, ``{name}``, ``{role}``, ``{email}``, ``{phone}``, ``{customer}``, ``{text}``,
    ``{title}``, ``{promise}``, ``{deadline}``, the fields of the fault and ``{link.ID}``. ``to`` names who gets it: with ``role`` its
    first holder, with ``role_and_deputy`` all who hold it or its deputy role, with ``everyone`` all who hold that role. Of a call without
    a ticket (``call.escalated``) its number and the caller's are known. Three are made by the jobs for those whom a clock names:
    ``clock_warning``, ``breach_notice`` and ``breach_correction``. ``parts`` are paragraphs that it must hold; with ``signature`` it names
    the person who deals with it, with ``full_contact_details`` by name, role, e-mail and phone, and goes out only when all four are known
    (A-30).
    """

    id: Id
    title: str = ""
    starts_with: str = ""
    ends_with: str = ""
    nothing_before: bool = False
    nothing_after: bool = False
    ending_channels: tuple[ChannelId, ...] = ()
    signature: bool = False
    full_contact_details: bool = False
    when: EventName = ""
    step: StepId = ""
    survey: str = ""
    channels: tuple[ChannelId, ...] = ()
    kinds: tuple[KindId, ...] = ()
    subject: str = ""
    text: str = ""
    parts: tuple[PartId, ...] = ()
    to: t.Recipient = "customer"
    role: RoleId = ""
    sender: AddressId = ""
    copies: tuple[AddressId, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Limits(Table, frozen=True, kw_only=True):
    """``[limits]``: how far back ``stated_at`` may lie (TS-11), in hours."""

    stated_back_hours: Count = 72


class Policy(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A whole charter. Look things up by id through the methods; they raise :class:`KeyError` for an id that the loader would have
    refused."""

    head: Head
    rules: tuple[Rule, ...]
    calendars: tuple[CalendarSpec, ...]
    offices: tuple[Office, ...]
    departments: tuple[Department, ...]
    categories: tuple[Category, ...]
    kinds: tuple[Kind, ...]
    roles: tuple[PolicyRole, ...]
    queue: Queue
    gates: tuple[Gate, ...] = ()
    clocks: tuple[ClockRule, ...] = ()
    entitlements: tuple[EntitlementRule, ...] = ()
    messages: tuple[Message, ...] = ()
    limits: Limits = Limits()
    ticket: t.TicketRule = t.TicketRule()
    wording: t.Wording = t.Wording()
    absence: t.Absence | None = None
    duty: t.Duty | None = None
    staff: t.Staff = t.Staff()
    refusal: t.Refusing | None = None
    fields: tuple[t.Field, ...] = ()
    channels: tuple[t.Channel, ...] = ()
    addresses: tuple[t.Address, ...] = ()
    links: tuple[t.Link, ...] = ()
    parts: tuple[t.Part, ...] = ()
    ladder: tuple[t.LadderStep, ...] = ()
    obligations: tuple[t.Obligation, ...] = ()
    routes: tuple[t.Route, ...] = ()
    complaints: tuple[t.ComplaintRule, ...] = ()
    surveys: tuple[t.Survey, ...] = ()
    kpis: tuple[t.Kpi, ...] = ()
    registers: tuple[t.Register, ...] = ()
    approvals: tuple[t.Approval, ...] = ()
    exemptions: tuple[t.Exemption, ...] = ()
    revised: tuple[CalendarSpec, ...] = ()
    """Later editions of its calendars, in the order in which they were published (TS-13)."""

    @cached_property
    def _editions(self) -> dict[str, list[CalendarSpec]]:
        found: dict[str, list[CalendarSpec]] = {}
        for spec in (*self.calendars, *self.revised):
            found.setdefault(spec.id, []).append(spec)
        return found

    @cached_property
    def _compiled(self) -> dict[tuple[str, int], Calendar]:
        return {}

    def revision(self, calendar_id: str) -> int:
        """How often the calendar was revised since the policy was published."""
        return len(self._editions[calendar_id]) - 1

    def calendar(self, calendar_id: str, revision: int | None = None) -> Calendar:
        """The compiled calendar as it stands, or as it was after so many revisions; each is compiled once per policy."""
        latest = self.revision(calendar_id)
        number = latest if revision is None else min(revision, latest)
        found = self._compiled.get((calendar_id, number))
        if found is None:
            found = self._compiled[calendar_id, number] = Calendar(self._editions[calendar_id][number])
        return found

    def rule(self, rule_id: str) -> Rule | None:
        """The rule's sentence, or None for an id that this policy does not have."""
        return _find(self.rules, rule_id)

    def office(self, office_id: str) -> Office | None:
        """The office, or None."""
        return _find(self.offices, office_id)

    def department(self, department_id: str) -> Department | None:
        """The department, or None."""
        return _find(self.departments, department_id)

    def category(self, category_id: str) -> Category | None:
        """The category, or None (then the class is free words, H-10)."""
        return _find(self.categories, category_id)

    def kind(self, kind_id: str) -> Kind | None:
        """The kind of ticket, or None."""
        return _find(self.kinds, kind_id)

    def message(self, message_id: str) -> Message | None:
        """The wording of a message, or None when the policy says nothing about it."""
        return _find(self.messages, message_id)

    def clock(self, clock_id: str) -> ClockRule | None:
        """The promise, or None."""
        return _find(self.clocks, clock_id)

    def role(self, role_id: str) -> PolicyRole | None:
        """The role, or None."""
        return _find(self.roles, role_id)

    def field(self, field_id: str) -> t.Field | None:
        """The field, or None."""
        return _find(self.fields, field_id)

    def channel(self, channel_id: str) -> t.Channel | None:
        """The channel, or None for one of which the policy says nothing."""
        return _find(self.channels, channel_id)

    def step(self, step_id: str) -> t.LadderStep | None:
        """The step of the ladder, or None."""
        return _find(self.ladder, step_id)

    def complaint(self, complaint_id: str) -> t.ComplaintRule | None:
        """The kind of complaint, or None."""
        return _find(self.complaints, complaint_id)

    def register(self, register_id: str) -> t.Register | None:
        """The register, or None."""
        return _find(self.registers, register_id)

    def address(self, address_id: str) -> t.Address | None:
        """The desk's e-mail address, or None."""
        return _find(self.addresses, address_id)

    def calendar_id(self, clock: ClockRule, office_id: str) -> str:
        """The calendar in which a clock of a ticket of this office counts (H-35); "" for an office that the policy does not have."""
        if isinstance(clock.calendar, str):
            return clock.calendar
        named = clock.calendar.calendars.get(office_id)
        if named is not None:
            return named
        office = self.office(office_id)
        return office.calendar if office is not None else ""

    @property
    def default_department(self) -> str:
        """The department that takes what no category or kind sends elsewhere."""
        return next((d.id for d in self.departments if d.default), self.departments[0].id)

    def department_for(self, kind: str, category: str) -> str:
        """Where a ticket of this kind and category belongs: the category's only department, else the kind's, else the default."""
        found = self.category(category)
        if found is not None and len(found.departments) == 1:
            return found.departments[0]
        chosen = self.kind(kind)
        return chosen.department if chosen is not None and chosen.department else self.default_department


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def _find(rows: tuple[_N, ...], row_id: str) -> _N | None:
    return next((row for row in rows if row.id == row_id), None)
