"""What the services answer with: frozen records, safe to hand from one thread to another."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from desk_client.services.formats import phone_words
from desk_core import queue
from desk_core.calls import Call
from desk_core.events import Event
from desk_core.people import Asset, Contact, Contract, Customer, Member
from desk_core.policy import Policy
from desk_core.records import Approval
from desk_core.tickets import Clock, Status, Stub, Ticket


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the records."""


class Who(Record, frozen=True, kw_only=True):
    """Who is signed in, where, and how the key of the local files is kept."""

    member: Member
    server: str
    desk: str
    desk_title: str
    key_kept: Literal["keyring", "passphrase"]


class SignedOut(Record, frozen=True, kw_only=True):
    """The cache is gone; ``unsent`` commands stay sealed on this machine for their member."""

    unsent: int


class Begun(Record, frozen=True, kw_only=True):
    """A call's record is on the disk; its reference may be spoken."""

    call: str
    reference: str


class Saved(Record, frozen=True, kw_only=True):
    """A command is on the disk; ``name`` is its kind. ``decided`` is False when only the server can say what comes of it; ``result``
    names what came of it; ``hints`` are codes of what was asked for and is not there, which refuses nothing (A-51); ``held``: it can be
    taken back for a while."""

    command: str
    decided: bool
    ticket: str = ""
    reference: str = ""
    result: dict[str, str] = {}
    changed: str = ""
    hints: tuple[str, ...] = ()
    held: bool = False
    name: str = ""


class Taken(Record, frozen=True, kw_only=True):
    """*Take next* gave this ticket."""

    ticket: str
    reference: str


class Row(msgspec.Struct, frozen=True, gc=False):
    """One ticket in a list: made for every row that is painted, so that it holds the ticket and works out the rest when it is asked for.
    ``unsent`` marks work of this machine that the server has not judged yet."""

    ticket: Ticket
    holder_name: str
    rank: str
    unsent: bool

    @property
    def id(self) -> str:
        return self.ticket.id

    @property
    def reference(self) -> str:
        return self.ticket.reference

    @property
    def title(self) -> str:
        return self.ticket.title

    @property
    def company(self) -> str:
        return self.ticket.fault.company

    @property
    def caller(self) -> str:
        return self.ticket.fault.caller

    @property
    def phone(self) -> str:
        """The caller's number in readable groups."""
        return phone_words(self.ticket.fault)

    @property
    def kind(self) -> str:
        return self.ticket.kind

    @property
    def classification(self) -> str:
        return self.ticket.classification

    @property
    def category(self) -> str:
        return self.ticket.category

    @property
    def status(self) -> Status:
        return self.ticket.status

    @property
    def department(self) -> str:
        return self.ticket.department

    @property
    def office(self) -> str:
        return self.ticket.office

    @property
    def holder(self) -> str:
        return self.ticket.holder

    @property
    def received_at(self) -> dt.datetime:
        return self.ticket.received_at

    @property
    def call_back(self) -> bool:
        return self.ticket.call_back

    @property
    def clock(self) -> Clock | None:
        """The promise that leads, None when nothing is owed."""
        return self.ticket.leading_clock

    @property
    def waits(self) -> bool:
        """*Take next* may give it to somebody."""
        return queue.waits(self.ticket)

    @property
    def imported(self) -> bool:
        return bool(self.ticket.imported)

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """Its promises in every state."""
        return self.ticket.clocks

    @property
    def triage_owed(self) -> bool:
        return self.ticket.triage_owed

    @property
    def approval(self) -> Approval:
        return self.ticket.approval

    @property
    def exempt(self) -> str:
        """The contract that rules."""
        return self.ticket.exempt

    @property
    def follows(self) -> bool:
        """An earlier issue comes first."""
        return bool(self.ticket.follows)

    @property
    def step(self) -> str:
        """The last one of the ladder."""
        return self.ticket.escalations[-1].step if self.ticket.escalations else ""

    @property
    def policy_version(self) -> str:
        return self.ticket.policy_version


class Page(Record, frozen=True, kw_only=True):
    """Rows in order; ``after`` fetches the next page, "" at the end."""

    rows: tuple[Row, ...]
    after: str = ""


class TicketView(Record, frozen=True, kw_only=True):
    """A ticket with its history, oldest first. ``names`` are members by id; ``unsent`` are ids of commands without a verdict."""

    ticket: Ticket
    history: tuple[Event, ...]
    names: dict[str, str]
    customer: Customer | None
    contact: Contact | None
    contracts: tuple[Contract, ...]
    asset: Asset | None
    unsent: tuple[str, ...]
    rank: str


class Elsewhere(Record, frozen=True, kw_only=True):
    """A ticket outside the member's scope: whose it is and nothing more; it can be routed."""

    stub: Stub
    department_title: str


class Match(Record, frozen=True, kw_only=True):
    """A customer found by what was typed; ``contact`` or ``asset`` when that was what met it. ``sure`` is False for a mere likeness."""

    customer: Customer
    contact: Contact | None = None
    asset: Asset | None = None
    sure: bool = True


class CustomerView(Record, frozen=True, kw_only=True):
    """All that a form shows of a customer."""

    customer: Customer
    contacts: tuple[Contact, ...]
    assets: tuple[Asset, ...]
    contracts: tuple[Contract, ...]


class Found(Record, frozen=True, kw_only=True):
    """What a search found: tickets newest first, customers, the stub of a ticket elsewhere, a call that never became a ticket. ``more``:
    these are only the first ones."""

    tickets: tuple[Row, ...] = ()
    customers: tuple[Match, ...] = ()
    elsewhere: Elsewhere | None = None
    call: Call | None = None
    more: bool = False


class CallRow(Record, frozen=True, kw_only=True):
    """A call of this machine that is still open: on the line or in wrap-up."""

    call: Call
    unsent: bool


class Unsent(Record, frozen=True, kw_only=True):
    """A command of this machine that is not applied. ``waiting``: not sent yet; ``sent``: no answer yet; ``held``: waits for one that needs
    attention; ``refused``: needs attention, with the server's ``code`` and ``text``; ``sending``: applied, and its file is on its way.
    ``args`` are the JSON arguments, to edit."""

    id: str
    name: str
    state: Literal["waiting", "sent", "held", "refused", "sending"]
    issued_at: dt.datetime
    ticket: str = ""
    reference: str = ""
    code: str = ""
    text: str = ""
    fields: tuple[str, ...] = ()
    params: dict[str, str] = {}
    args: str = ""


class Attachment(Record, frozen=True, kw_only=True):
    """A file at a ticket, by the ``id`` of the event that attached it; ``name`` is safe to use as a file's name."""

    id: str
    sha256: str
    name: str
    size: int
    who: str
    at: dt.datetime


class Draft(Record, frozen=True, kw_only=True):
    """Something typed and not saved yet, by a key that its screen chose (``call:ID``, ``reply:ID``)."""

    key: str
    body: str
    saved_at: dt.datetime


class SyncState(Record, frozen=True, kw_only=True):
    """What the status line says. ``connection``: ``forbidden`` by ``--offline``, ``signed_out``, ``connecting``, ``online``, ``offline``,
    ``refused`` (the server answers, but not to us: ``problem`` says what to do). ``skew`` is how many seconds this machine's clock is
    ahead of the server's. ``done``/``total`` count the rows of a first download."""

    connection: Literal["forbidden", "signed_out", "connecting", "online", "offline", "refused"] = "connecting"
    unsent: int = 0
    attention: int = 0
    last_contact: dt.datetime | None = None
    last_sync: dt.datetime | None = None
    skew: float = 0.0
    code: str = ""
    problem: str = ""
    done: int = 0
    total: int = 0


class Synced(Record, frozen=True, kw_only=True):
    """The outcome of one round of sync: how many commands were sent and are still unsent, whether the server was reached."""

    reached: bool
    unsent: int
    attention: int
    code: str = ""
    problem: str = ""


class Nothing(Record, frozen=True, kw_only=True):
    """Why nothing is promised on a ticket: ``no_clocks``, ``not_entitled`` or ``not_started``, a sentence, and rules with theirs."""

    code: str
    text: str
    rules: tuple[tuple[str, str], ...]


class World(Record, frozen=True, kw_only=True):
    """What a form offers: the policy in force and the members; ``versions`` are the policies that tickets are pinned to (A-01)."""

    policy: Policy
    members: tuple[Member, ...]
    versions: tuple[Policy, ...] = ()

    def policy_of(self, version: str) -> Policy:
        """The policy of a ticket that keeps this version; the one in force for a version that this machine does not have."""
        return next((policy for policy in self.versions if policy.head.version == version), self.policy)
