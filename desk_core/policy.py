"""The typed policy: a charter as data. One table per kind of rule; no organisation's name stands in any Python file.

Field names are the keys of the policy file. :func:`desk_core.policy_file.load` reads the TOML text into a :class:`Policy` and answers
every mistake with file, table, key and what would be right.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal, Protocol, TypeVar

import msgspec

from desk_core.calendars import Calendar, CalendarSpec
from desk_core.people import Role

Level = Literal["enforce", "assist", "record"]
OrderKey = Literal["deadline", "received", "reference"]
Action = Literal["fault.saved", "handover", "call.ended", "ticket.closed"]
Requirement = Literal[
    "caller",
    "company",
    "phone",
    "product",
    "serial",
    "description",
    "classification",
    "way_chosen",
    "written_reply",
    "time_logged",
]

# What a text in the file stands for; the loader reads these marks, checks what the text names, and says what would be right.
Id = Annotated[str, msgspec.Meta(extra={"is": "id"})]
RuleId = Annotated[str, msgspec.Meta(extra={"is": "rule"})]
RoleId = Annotated[str, msgspec.Meta(extra={"is": "role"})]
OfficeId = Annotated[str, msgspec.Meta(extra={"is": "office"})]
CalendarId = Annotated[str, msgspec.Meta(extra={"is": "calendar"})]
DepartmentId = Annotated[str, msgspec.Meta(extra={"is": "department"})]
KindId = Annotated[str, msgspec.Meta(extra={"is": "kind"})]
EventName = Annotated[str, msgspec.Meta(extra={"is": "event"})]
Amount = Annotated[str, msgspec.Meta(extra={"is": "amount"})]
WarnAt = Annotated[str, msgspec.Meta(extra={"is": "warning"})]
Country = Annotated[str, msgspec.Meta(extra={"is": "country"})]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of every table of the file; an unknown key is a mistake."""


class Head(Table, frozen=True, kw_only=True):
    """``[policy]``: which charter this is, in which version, from when. Without a ``title`` its name is shown."""

    name: str
    title: str = ""
    version: str
    language: Literal["en", "de", "it"]
    effective_from: dt.date | None = None
    next_review: dt.date | None = None


class Rule(Table, frozen=True, kw_only=True):
    """``[[rule]]``: the charter's rule in words of our own, how far software can hold it, and the reading chosen."""

    id: Id
    text: str
    level: Level
    reading: str = ""
    note: str = ""


class PolicyRole(Table, frozen=True, kw_only=True):
    """``[[role]]``: a role of the charter, carried by members beside their program role. Once ``at_least`` active members
    hold it, it may not lose the last of them (H-31); ``deputy`` is the role that stands in for it."""

    id: Id
    title: str
    base: Role = "agent"
    deputy: RoleId = ""
    at_least: Count = 0
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
    """``[[category]]``: a class of issue and the departments that serve it; more than one forces triage."""

    id: Id
    title: str
    departments: tuple[DepartmentId, ...]
    kinds: tuple[KindId, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Kind(Table, frozen=True, kw_only=True):
    """``[[kind]]``: fault, enquiry, complaint (H-32); ``department`` overrides the default one."""

    id: Id
    title: str
    department: DepartmentId = ""
    rules: tuple[RuleId, ...] = ()


class Queue(Table, frozen=True, kw_only=True):
    """``[queue]``: how work is handed out and in which order. ``lease_size`` tickets may be started offline; with take-next nothing else
    is. ``soon`` is the share of a promise left below which it counts as soon."""

    start: Literal["take_next", "free"]
    order: tuple[OrderKey, ...]
    lease_size: Count = 0
    skip_reasons: tuple[str, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Gate(Table, frozen=True, kw_only=True):
    """``[[gate]]``: what must be there before an action, for these kinds of ticket (none: all)."""

    before: Action
    requires: tuple[Requirement, ...]
    kinds: tuple[KindId, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Stop(Table, frozen=True, kw_only=True):
    """An event that keeps the promise; ``by`` names the role whose act alone counts (H-15)."""

    event: EventName
    by: RoleId = ""


class Pausing(Table, frozen=True, kw_only=True):
    """Events between which the clock does not count."""

    begins: EventName
    ends: EventName


class ByOffice(Table, frozen=True, kw_only=True):
    """A calendar chosen by the ticket's office (H-35). ``calendars`` holds what the file says per office, as in
    ``{ by = "ticket.office", north = "north_hours" }``; an office that is not named there uses its own calendar."""

    by: Literal["ticket.office"]
    calendars: dict[OfficeId, CalendarId] = {}


class OnBreach(Table, frozen=True, kw_only=True):
    """What happens when a promise is missed: the roles that are told."""

    notify: tuple[RoleId, ...]


class ClockRule(Table, frozen=True, kw_only=True):
    """``[[clock]]``: a promise. ``amount`` as in ``2 open hours`` or ``unset``; ``when`` narrows it to entitled tickets (H-05); ``warn``
    are shares of the amount (``50 %``) or amounts before the deadline."""

    id: Id
    title: str
    rules: tuple[RuleId, ...]
    starts: EventName
    stops: tuple[Stop, ...]
    amount: Amount
    calendar: CalendarId | ByOffice
    pauses: tuple[Pausing, ...] = ()
    when: Literal["", "entitled"] = ""
    warn: tuple[WarnAt, ...] = ()
    on_breach: OnBreach | None = None


class EntitlementRule(Table, frozen=True, kw_only=True):
    """``[[entitlement]]``: a right to be served, in the order in which it is looked for (H-05, H-12, H-34)."""

    id: Literal["contract", "warranty"]
    title: str
    rules: tuple[RuleId, ...] = ()


class Message(Table, frozen=True, kw_only=True):
    """``[[message]]``: wording that a message must have. ``starts_with`` and ``ends_with`` stand around what the agent writes; with
    ``nothing_before`` and ``nothing_after`` they are the very first and the very last words (V-27, V-28)."""

    id: Id
    title: str = ""
    starts_with: str = ""
    ends_with: str = ""
    nothing_before: bool = False
    nothing_after: bool = False
    signature: bool = False
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

    @cached_property
    def _calendars(self) -> dict[str, Calendar]:
        return {spec.id: Calendar(spec) for spec in self.calendars}

    def calendar(self, calendar_id: str) -> Calendar:
        """The compiled calendar; compiled once per policy."""
        return self._calendars[calendar_id]

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
