"""Sample rows of a desk, by the thousand, and a member's files filled with them. Made from a number alone: the same in every run."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from desk_client.models.changes import Listeners
from desk_client.models.files import Folder
from desk_client.models.store import Sources, Store
from desk_client.system.clock import MachineClock
from desk_core import references
from desk_core.events import Event, NoteAdded, TicketCreated
from desk_core.people import Asset, Customer, Member
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.protocol import DESK_SCOPE, Change, Cursor, EnrolReply, Lease, Table
from desk_core.references import NumberBlock
from desk_core.resources import resource
from desk_core.tickets import Clock, Fault, Ticket, stub

POLICY = "hamburg-woking"
SERVER, LOGIN = "http://127.0.0.1:9", "sven"
NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
CUSTOMERS = 2_000
PAGE = 1_000
_NAMES = (
    "Nordlicht",
    "Elbe",
    "Hansa",
    "Weser",
    "Alster",
    "Förde",
    "Küsten",
    "Deich",
    "Hafen",
    "Linden",
    "Brücken",
    "Möwen",
)
_TRADES = (
    "Druck",
    "Optik",
    "Logistik",
    "Medizintechnik",
    "Etiketten",
    "Maschinenbau",
    "Verlag",
    "Pharma",
    "Papier",
    "Textil",
)
_FAULTS = (
    "stops after some labels",
    "shows E-114",
    "prints pale on the left",
    "eats the ribbon",
    "does not feed",
    "loses the network",
)


def policy_text() -> str:
    """The shipped policy."""
    return resource(f"policies/{POLICY}.toml").read_text(encoding="utf-8")


def policy() -> Policy:
    """The same, read."""
    return load(policy_text(), POLICY)


def company(number: int) -> str:
    """The name of a customer."""
    return f"{_NAMES[number % 12]} {_TRADES[number // 12 % 10]} {number} GmbH"


def ticket(rules: Policy, number: int, open_ones: int, customers: int = CUSTOMERS) -> Ticket:
    """The ``number``-th ticket; the first ``open_ones`` wait for a call back."""
    clock_rule, department = rules.clocks[0], rules.departments[number % len(rules.departments)].id
    received = NOW - dt.timedelta(minutes=7 * number)
    waits = number < open_ones
    clock = Clock(
        id=clock_rule.id, title=clock_rule.title, rules=clock_rule.rules, started_at=received, amount=clock_rule.amount,
        calendar=rules.offices[0].calendar, deadline=received + dt.timedelta(hours=20),
        state="running" if waits else "met", stopped_at=None if waits else received,
    )  # fmt: skip
    customer = number * 7919 % customers
    what = _FAULTS[number % 6]
    return Ticket(
        id=f"t{number:07d}", reference=references.reference(references.FIRST_COUNTER + number), department=department,
        office=rules.offices[0].id, status="open" if waits else "closed", call_back=waits, customer=f"c{customer}",
        fault=Fault(
            caller="Imke Petersen", company=company(customer), phone=f"040 555{number % 10_000:04d}",
            phone_e164=f"+4940555{number % 10_000:04d}", product="LabelJet 4300", serial=f"LJ43-{number:07d}",
            description=f"The printer {what}. It began this morning after the ribbon was changed; a restart did not help.",
        ),
        title=f"LabelJet 4300 {what}", category=rules.categories[0].id, classification=rules.categories[0].title,
        received_at=received, changed_at=received, clocks=(clock,),
    )  # fmt: skip


def _put(table: Table, pk: str, row: object, scope: str = DESK_SCOPE) -> Change:
    body = msgspec.Raw(msgspec.json.encode(row))
    return Change(commit_seq=1, scope=scope, table=table, pk=pk, op="put", row=body)


def of_ticket(rules: Policy, number: int, open_ones: int, customers: int = CUSTOMERS) -> Iterator[Change]:
    """A ticket with its stub and two steps of its history: four rows."""
    made = ticket(rules, number, open_ones, customers)
    yield _put("ticket", made.id, made, made.department)
    yield _put("stub", made.id, stub(made))
    born = TicketCreated(
        reference=made.reference, kind="fault", channel="phone", department=made.department, office=made.office,
        customer=made.customer, title=made.title, received_at=made.received_at,
    )  # fmt: skip
    steps: tuple[TicketCreated | NoteAdded, ...] = (born, NoteAdded(text="Called the workshop; the part is in stock."))
    for place, what in enumerate(steps):
        event = Event(
            id=f"{made.id}-c/{place}", command=f"{made.id}-c", actor=LOGIN, at=made.received_at,
            recorded_at=made.received_at, ticket=made.id, what=what,
        )  # fmt: skip
        yield _put("event", event.id, event, made.department)


def changes(rules: Policy, tickets: int, open_ones: int, customers: int = CUSTOMERS) -> Iterator[Change]:
    """Policy, members, customers with a device each, then the tickets."""
    head = rules.head
    yield _put("policy", head.name, {"name": head.name, "version": head.version, "text": policy_text()})
    yield _put("member", LOGIN, member(rules))
    for number in range(customers):
        yield _put("customer", f"c{number}", Customer(id=f"c{number}", name=company(number)))
        asset = Asset(id=f"a{number}", customer=f"c{number}", product="LabelJet 4300", serial=f"LJ43-{number:07d}")
        yield _put("asset", asset.id, asset)
    for number in range(tickets):
        yield from of_ticket(rules, number, open_ones, customers)


def pages(rules: Policy, tickets: int, open_ones: int, customers: int = CUSTOMERS) -> Iterator[list[Change]]:
    """The same in pages of the size that the server sends."""
    rows = changes(rules, tickets, open_ones, customers)
    while page := list(islice(rows, PAGE)):
        yield page


def member(rules: Policy) -> Member:
    """A specialist of all departments."""
    roles = tuple(role.id for role in rules.roles if role.base == "agent")
    return Member(id=LOGIN, login=LOGIN, name="Sven Ohl", role="agent", functions=roles, office=rules.offices[0].id)


def sources() -> Sources:
    """The machine's own clock, ids and keys."""
    return Sources(MachineClock(), lambda: str(uuid.uuid4()), secrets.token_bytes)


def enrolled(store: Store, rules: Policy) -> None:
    """As after a first sign-in."""
    store.enrolled(
        EnrolReply(
            device_id="device-1", device_number=1, token="", member=member(rules), desk="desk", desk_title="Sample desk",
            log_epoch="e1", server_time=dt.datetime.now(dt.UTC), policy_name=rules.head.name,
            policy_version=rules.head.version, policy_text=policy_text(),
            lease=Lease(blocks=(NumberBlock(800_000, 899_999),)),
        ),
        SERVER,
        "",
    )  # fmt: skip


def filled_files(folder: Path, key: bytes, tickets: int, open_ones: int, customers: int = CUSTOMERS) -> None:
    """Both encrypted files of a member with all of it."""
    rules = policy()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(Folder(folder), key, sources(), Listeners())
    enrolled(store, rules)
    for page in pages(rules, tickets, open_ones, customers):
        store.cache.apply(page, rules)
    store.cache.set_cursor(Cursor("e1", 1, "", 1))
    store.load_policy()
    store.close()
