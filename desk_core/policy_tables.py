"""The tables of a policy beyond hours, departments and clocks: one mechanism for each kind of rule."""

from __future__ import annotations

from typing import Literal

from desk_core.policy_marks import (
    Action,
    AddressId,
    Amount,
    CalendarId,
    CategoryId,
    ChannelId,
    ClockId,
    Count,
    DepartmentId,
    EventName,
    FieldId,
    Id,
    KindId,
    MessageId,
    PartId,
    RefusalCode,
    RegisterId,
    Requirement,
    RoleId,
    RuleId,
    StepId,
    SurveyId,
    Table,
)

SurveyMode = Literal["email", "phone", "in_person"]
Recipient = Literal["customer", "end_customer", "holder", "role", "role_and_deputy", "everyone", "shared"]


class Gate(Table, frozen=True, kw_only=True):
    """``[[gate]]``: what must be there before an action, for these kinds, categories, channels and customers (none: all).

    With ``only_warn`` it is asked for and counted, and nothing is refused (A-51).
    """

    before: Action
    requires: tuple[Requirement, ...]
    kinds: tuple[KindId, ...] = ()
    categories: tuple[CategoryId, ...] = ()
    channels: tuple[ChannelId, ...] = ()
    only_warn: bool = False
    rules: tuple[RuleId, ...] = ()


class Choice(Table, frozen=True, kw_only=True):
    """A value of a field; ``needs`` are further fields that it makes mandatory (E-19, K-06)."""

    id: Id
    title: str
    needs: tuple[FieldId, ...] = ()


class Field(Table, frozen=True, kw_only=True):
    """``[[field]]``: something a ticket says of itself. ``differs_from`` forbids a copy of another field (E-21); ``by`` are the
    roles that alone may fill it in (E-27); ``free``: other words than the choices are possible too (K-06)."""

    id: Id
    title: str
    choices: tuple[Choice, ...] = ()
    free: bool = False
    differs_from: FieldId = ""
    by: tuple[RoleId, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Channel(Table, frozen=True, kw_only=True):
    """``[[channel]]``: a way on which customers come. ``answer = false``: what comes may be logged and is never answered on it
    (V-26); ``refuses`` are kinds that are not taken on it, and ``offers`` the message that says how else (K-23).
    ``customer_writes``: a ticket made there is the customer's own (A-39)."""

    id: Id
    title: str
    answer: bool = True
    refuses: tuple[KindId, ...] = ()
    offers: MessageId = ""
    customer_writes: bool = False
    rules: tuple[RuleId, ...] = ()


class Address(Table, frozen=True, kw_only=True):
    """``[[address]]``: an e-mail address of the desk. A ``shared`` one gets a copy of all that is sent in its name (E-17)."""

    id: Id
    address: str
    title: str = ""
    shared: bool = False
    kind: KindId = ""
    rules: tuple[RuleId, ...] = ()


class Link(Table, frozen=True, kw_only=True):
    """``[[link]]``: a web address that messages name; it may not be empty (K-30)."""

    id: Id
    title: str
    url: str
    rules: tuple[RuleId, ...] = ()


class Part(Table, frozen=True, kw_only=True):
    """``[[part]]``: a paragraph that messages must hold. ``field`` and ``value`` (none: any) narrow it to tickets that say so
    (E-19, K-22), ``addresses`` to mail that came in there (``personal`` stands for every other address, E-18)."""

    id: Id
    text: str
    field: FieldId = ""
    value: str = ""
    personal: bool = False
    rules: tuple[RuleId, ...] = ()


class LadderStep(Table, frozen=True, kw_only=True):
    """``[[ladder]]``: a step of escalation. Its ``role`` takes the ticket over (``takes_over``) or is told; ``button`` is what a
    person presses to come here by hand, without a reason unless ``reason`` is set (H-28, A-44). ``plan``: an action plan agreed by the
    role is owed before the ticket closes (A-45). ``skips`` are steps that it makes superfluous."""

    id: Id
    title: str
    role: RoleId
    button: str = ""
    reason: bool = False
    any_state: bool = False
    takes_over: bool = True
    plan: bool = False
    kinds: tuple[KindId, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Obligation(Table, frozen=True, kw_only=True):
    """``[[obligation]]``: something owed after an event. The ``message`` alone fulfils it and nothing else does; its own
    deadline is the ``clock`` (A-42, A-43, K-25)."""

    id: Id
    title: str
    owed_after: EventName
    message: MessageId
    clock: ClockId = ""
    rules: tuple[RuleId, ...] = ()


class Route(Table, frozen=True, kw_only=True):
    """``[[route]]``: who answers a type of question: two different roles, the second while the first is absent (E-29)."""

    id: Id
    title: str
    primary: RoleId
    secondary: RoleId
    rules: tuple[RuleId, ...] = ()


class Evidence(Table, frozen=True, kw_only=True):
    """Something that may be added to a complaint; never mandatory (K-16 to K-21)."""

    id: Literal["references", "staff", "times", "numbers", "mails"]
    title: str
    rules: tuple[RuleId, ...] = ()


class Stage(Table, frozen=True, kw_only=True):
    """A stage after the answer to a complaint: an appeal, an outside body. ``other_person``: who answered before may not
    decide again (K-27); ``binding``: a decision's measures are done before the complaint closes (K-29)."""

    id: Id
    title: str
    other_person: bool = False
    binding: bool = False
    rules: tuple[RuleId, ...] = ()


class ComplaintRule(Table, frozen=True, kw_only=True):
    """``[[complaint]]``: a kind of complaint. ``channels`` are those on which it is accepted; ``ask_supervisor`` those on which it is
    offered the form and a supervisor may accept it (K-31). ``heading`` is the section of the form (K-14). ``hides_named``: the member
    complained about neither sees nor handles it (K-13). ``role`` must analyse it before it closes (E-41). ``log_under`` asks for the
    shared address that keeps it (E-40)."""

    id: Id
    title: str
    kind: KindId
    channels: tuple[ChannelId, ...] = ()
    ask_supervisor: tuple[ChannelId, ...] = ()
    automatic_acknowledgement: tuple[ChannelId, ...] = ()
    heading: str = ""
    evidence: tuple[Evidence, ...] = ()
    hides_named: bool = False
    role: RoleId = ""
    log_under: tuple[AddressId, ...] = ()
    acknowledged_in_writing: bool = False
    deemed_received: Amount = "unset"
    deemed_calendar: CalendarId = ""
    answer_parts: tuple[PartId, ...] = ()
    stages: tuple[Stage, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Training(Table, frozen=True, kw_only=True):
    """What must have been learnt for a category: a ``topic`` in a ``register``, whose lines name the member and are valid to their date
    (A-16)."""

    register: RegisterId
    topic: str


class Survey(Table, frozen=True, kw_only=True):
    """``[[survey]]``: who is asked for satisfaction, and how. ``after`` an event, or ``every`` so many days ("unset" when the
    charter says only "regularly"); only by these ``modes`` (H-26); ``only_users`` had a ticket in that time (K-11).
    ``good`` are the answers to its first question that say that the service met what was expected (A-07)."""

    id: Id
    title: str
    questions: tuple[str, ...]
    modes: tuple[SurveyMode, ...]
    after: EventName = ""
    every: Amount = "unset"
    channels: tuple[ChannelId, ...] = ()
    to: Recipient = "customer"
    only_users: bool = False
    good: tuple[str, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Kpi(Table, frozen=True, kw_only=True):
    """``[[kpi]]``: a figure as four numbers: met, missed, running, not measurable. It is of one thing alone (:data:`KPI_KINDS`):

    of a ``clock``; of all finished tickets for which ``holds`` is asked; ``tickets``: of all that came, met when closed (V-13);
    ``shared_address``: of all that began with a mail, met when it went to a shared address (E-18); of calls ``told`` (met when number
    and class were told while they lasted, H-11), ``logged`` (met when it is kept what became of them, H-08), or how long they took
    (``times``: from ring to answer, from answer to end, H-24); of ``messages``, met when there was somebody to send them to (A-38);
    ``copies``: of messages in the name of a shared address, met when it got a copy (E-17); ``wording``: of written answers (V-27);
    ``put_through``: of faults, met at once and missed when a call back was owed (H-13); ``measures`` of outside decisions (K-29); a
    ``survey``; a ``register``, whose lines are met when they are decided (H-27). Two only count: the events that ``counts`` names,
    narrowed to a ``step`` of the ladder or a ``stage`` of complaints, and commands that were ``refused`` with these codes (V-29).

    ``in_hours`` leaves out what came in while the clock's calendar was closed (A-33), ``hours`` while that calendar was. ``target`` is in
    percent; ``list_each`` names each miss beside the figure (H-04)."""

    id: Id
    title: str
    clock: ClockId = ""
    holds: Requirement = ""
    tickets: bool = False
    shared_address: bool = False
    told: bool = False
    logged: bool = False
    times: Literal["", "ring", "call"] = ""
    messages: tuple[MessageId, ...] = ()
    copies: bool = False
    wording: bool = False
    put_through: bool = False
    measures: bool = False
    survey: SurveyId = ""
    register: RegisterId = ""
    counts: tuple[EventName, ...] = ()
    step: StepId = ""
    stage: str = ""
    refused: tuple[RefusalCode, ...] = ()
    channels: tuple[ChannelId, ...] = ()
    kinds: tuple[KindId, ...] = ()
    categories: tuple[CategoryId, ...] = ()
    in_hours: bool = False
    hours: CalendarId = ""
    target: Count = 0
    list_each: bool = False
    split: tuple[Literal["office", "department", "holder", "channel", "entitlement", "customer", "complaint"], ...] = ()
    rules: tuple[RuleId, ...] = ()


KPI_KINDS = (
    *("clock", "holds", "tickets", "shared_address", "told", "logged", "times", "messages", "copies", "wording"),
    *("put_through", "measures", "survey", "register", "counts", "refused"),
)
"""The keys of a ``[[kpi]]`` that say what it is of; each figure has exactly one."""


class RegisterField(Table, frozen=True, kw_only=True):
    """A column of a register; with ``choices`` one of them."""

    id: Id
    title: str
    choices: tuple[str, ...] = ()
    needed: bool = False


class Register(Table, frozen=True, kw_only=True):
    """``[[register]]``: a list that people keep, with what is overdue: an entry is due on its own date, or ``every`` so many days
    after the last one for the same subject. ``reviews``: its lines say who reviewed the report of which period (A-09)."""

    id: Id
    title: str
    fields: tuple[RegisterField, ...]
    every: Amount = "unset"
    supervisors_only: bool = False
    reviews: bool = False
    rules: tuple[RuleId, ...] = ()


class Approval(Table, frozen=True, kw_only=True):
    """``[[approval]]``: kinds that wait for a department's approval before anybody takes them (V-15)."""

    id: Id
    title: str
    kinds: tuple[KindId, ...]
    department: DepartmentId
    rules: tuple[RuleId, ...] = ()


class Exemption(Table, frozen=True, kw_only=True):
    """``[[exemption]]``: tickets to which the charter's promises do not apply, with the contract that rules instead (A-03)."""

    id: Id
    title: str
    rules: tuple[RuleId, ...] = ()


class Absence(Table, frozen=True, kw_only=True):
    """``[absence]``: more than the amount of this measuring clock needs a notice that names another address (E-36, E-37)."""

    clock: ClockId
    register: RegisterId
    rules: tuple[RuleId, ...] = ()


class Staff(Table, frozen=True, kw_only=True):
    """``[staff]``: with ``escalation_paths`` nobody works here above whom the next step of the ladder has no holder (A-05)."""

    escalation_paths: bool = False
    rules: tuple[RuleId, ...] = ()


class Duty(Table, frozen=True, kw_only=True):
    """``[duty]``: on public holidays of the calendar only members of the roster work, and only on common issues (V-20)."""

    calendar: CalendarId
    register: RegisterId
    rules: tuple[RuleId, ...] = ()


class Refusing(Table, frozen=True, kw_only=True):
    """``[refusal]``: help may be refused for these kinds of conduct, by a supervisor, with a message (K-10)."""

    conduct: tuple[Choice, ...]
    message: MessageId
    rules: tuple[RuleId, ...] = ()


class Jargon(Table, frozen=True, kw_only=True):
    """A word that customers need not know, and the plain one that is offered instead (K-08)."""

    word: str
    plain: str


class Wording(Table, frozen=True, kw_only=True):
    """``[wording]``: hints while a reply is written; none of them blocks (A-29, A-35, K-08, V-31)."""

    longest_sentence: Count = 0
    ask_when_waiting: bool = False
    no_shouting: bool = False
    jargon: tuple[Jargon, ...] = ()
    rules: tuple[RuleId, ...] = ()


class TicketRule(Table, frozen=True, kw_only=True):
    """``[ticket]``: whose office a ticket gets, whether the timescale is qualified with the customer, and who keeps a call's ticket."""

    office_of: Literal["member", "customer"] = "member"
    timescale: Amount = "unset"
    timescale_rules: tuple[RuleId, ...] = ()
    taker_holds: bool = True
    refuses_customers: tuple[str, ...] = ()
    customer_kinds: tuple[Choice, ...] = ()
    rules: tuple[RuleId, ...] = ()


class Escalates(Table, frozen=True, kw_only=True):
    """The step of the ladder to which a missed promise moves the ticket."""

    to: StepId
