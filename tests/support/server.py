"""A real server for tests: uvicorn in a thread on loopback, a small desk on a real PostgreSQL, and a bare client of its protocol."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec
from sqlalchemy import URL, make_url

from desk_core import references
from desk_core.commands import Ask, BeginCall, Command, LogCall, OfferCallBack
from desk_core.people import Asset, Contact, Contract, Customer, Member
from desk_core.protocol import (
    HEADER,
    MEDIA_TYPE,
    PROTOCOL,
    Change,
    Cursor,
    DeviceRequest,
    DigestReply,
    EnrolReply,
    EnrolRequest,
    FindReply,
    LeaseReply,
    LeaseRequest,
    Problem,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    ReceiptsRequest,
    SnapshotPage,
    Verdict,
    WireCommand,
    cursor_to_text,
    row_hash,
    wire,
)
from desk_core.resources import resource
from desk_core.tickets import Fault
from desk_server.accounts.service import Desks
from desk_server.app import Application, Services
from desk_server.serving import listen
from desk_server.settings import Settings
from tests.support.prompt_server import PromptServer
from tests.support.world import at
from tests.waiting import until

T = TypeVar("T")

DESK = "north"
PASSWORD = "correct horse"
POLICY = "policies/hamburg-woking.toml"
MONDAY = at("2026-06-08T10:00+02:00")

MEMBERS = (
    Member(id="anna", login="anna", name="Anna Albers", departments=("technical_support",), functions=("specialist",)),
    Member(id="ben", login="ben", name="Ben Brandt", departments=("technical_support",), functions=("specialist",)),
    Member(id="carla", login="carla", name="Carla Cox", departments=("customer_service",), office="woking"),
    Member(id="sam", login="sam", name="Sam Sommer", role="supervisor"),
)
CUSTOMER = Customer(id="nordlicht", name="Nordlicht Druck GmbH", office="hamburg", country="DE")
PARTIES = (
    CUSTOMER,
    Contact(id="imke", customer="nordlicht", name="Imke Petersen", phone="040 5550177", phone_e164="+49405550177"),
    Asset(id="printer", customer="nordlicht", product="LabelJet 4300", serial="LJ43-0092817"),
    Contract(
        id="contract",
        customer="nordlicht",
        title="Maintenance",
        starts=dt.date(2020, 1, 1),
        ends=dt.date(2030, 12, 31),
    ),
)
FAULT = Fault(
    caller="Imke Petersen",
    company="Nordlicht Druck GmbH",
    phone="040 5550177",
    product="LabelJet 4300",
    serial="LJ43-0092817",
    description="Stops after about 20 labels",
)


class SetClock:
    """A clock that tests set by hand."""

    def __init__(self, now: dt.datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> dt.datetime:
        return self._now

    def set(self, now: dt.datetime) -> None:
        """It is ``now`` until it is set again."""
        self._now = now

    def advance(self, **amount: float) -> None:
        """Let time pass, as in ``advance(minutes=5)``."""
        self._now += dt.timedelta(**amount)


class RunningServer:
    """A server that answers at ``url``; ``desks`` and ``services`` reach below its routes."""

    def __init__(self, url: str, services: Services, clock: SetClock, database: URL, server: PromptServer) -> None:
        self.url = url
        self.database = database
        self.services = services
        self.clock = clock
        self._server = server
        self._clients: list[Api] = []

    @property
    def desks(self) -> Desks:
        """The administration of its desks."""
        return self.services.desks

    def client(self, user: str, desk_device: str = "") -> Api:
        """A member signed in on a new device, or on ``desk_device`` again."""
        api = self.stranger()
        api.enrol(user, device_id=desk_device)
        return api

    def stranger(self) -> Api:
        """Somebody who has not signed in."""
        self._clients.append(Api(self.url))
        return self._clients[-1]

    def stop(self) -> None:
        """Ask it to stop, as SIGTERM does; it is waited for at the end of the block."""
        self._server.end()

    def close_clients(self) -> None:
        """Close their connections."""
        for client in self._clients:
            client.http.close()


def make_desk(desks: Desks, desk: str = DESK, members: tuple[Member, ...] = MEMBERS) -> None:
    """A small desk with everybody's password ``PASSWORD`` and one customer who is entitled to help."""
    desks.create(desk, "North", resource(POLICY).read_text(encoding="utf-8"), POLICY, "test")
    for member in members:
        desks.add_member(desk, member, PASSWORD)
    desks.put_parties(desk, PARTIES)


@contextmanager
def running_server(
    database: URL | str,
    clock: SetClock | None = None,
    *,
    fresh: bool = True,
    look_seconds: float = 3600,
    mail_sink: Path | None = None,
) -> Iterator[RunningServer]:
    """The real server in a thread on loopback; with ``fresh`` it gets the small desk of :func:`make_desk` first.

    ``database`` is the address of a migrated database, as of the fixture ``database_url``.
    """
    clock = clock or SetClock()
    services = Services(Settings(database, clock, look_seconds, look_seconds, mail_sink))
    if fresh:
        make_desk(services.desks)
    addresses: list[str] = []
    server = PromptServer(Application(services), addresses.append)
    listening = listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="server")
    thread.start()
    try:
        until(lambda: addresses or not thread.is_alive(), "the server to answer", seconds=30)
        assert addresses, "the server did not start"
        running = RunningServer(addresses[0], services, clock, make_url(database), server)
        try:
            yield running
        finally:
            running.close_clients()
    finally:
        server.end()
        thread.join(30)
        listening.close()
        assert not thread.is_alive(), "the server did not stop"


class Refused(Exception):
    """An error of the server, with its status and body."""

    def __init__(self, reply: httpx.Response) -> None:
        self.status = reply.status_code
        self.problem = msgspec.json.decode(reply.content, type=Problem)
        self.headers = reply.headers
        super().__init__(f"{self.status} {self.problem.code}: {self.problem.text}")


class Api:
    """The protocol by hand: one device of one member, which keeps nothing but its seq and its cursor."""

    def __init__(self, url: str) -> None:
        self.url = url
        # A server of tests speaks plain HTTP, and reading this machine's certificates would cost each client 40 ms.
        self.http = httpx.Client(base_url=url, headers={HEADER: str(PROTOCOL)}, timeout=60, verify=False)  # noqa: S501
        self.enrolled: EnrolReply
        self.seq = 0
        self.cursor = Cursor()
        self._numbers: Iterator[int] = iter(())

    # --- requests --------------------------------------------------------------------------------------------------------

    def raw(self, method: str, path: str, body: object = None, **options: Any) -> httpx.Response:
        """A request with our headers; the answer is checked to be the server's own."""
        content = None if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
        headers = {"Content-Type": MEDIA_TYPE, **options.pop("headers", {})}
        reply = self.http.request(method, path, content=content, headers=headers, **options)
        assert reply.headers["content-type"] == MEDIA_TYPE, reply.text
        assert reply.headers[HEADER] == str(PROTOCOL)
        assert reply.headers["cache-control"] == "no-store"
        return reply

    def ask(self, kind: type[T], method: str, path: str, body: object = None, **options: Any) -> T:
        """A request whose answer is decoded. Raises :class:`Refused`."""
        reply = self.raw(method, path, body, **options)
        if reply.status_code != 200:
            raise Refused(reply)
        return msgspec.json.decode(reply.content, type=kind)

    def enrol(self, user: str, password: str = PASSWORD, device_id: str = "", token: str = "") -> EnrolReply:
        """Sign in; later requests carry the token."""
        request = EnrolRequest(user=user, password=password, device_name="test", device_id=device_id, token=token)
        self.enrolled = self.ask(EnrolReply, "POST", "/v1/enrol", request)
        self.http.headers["Authorization"] = f"Bearer {self.enrolled.token}"
        self.seq = self.enrolled.last_seq
        self._numbers = itertools.chain.from_iterable(range(b.first, b.last + 1) for b in self.enrolled.lease.blocks)
        return self.enrolled

    # --- commands --------------------------------------------------------------------------------------------------------

    @property
    def me(self) -> str:
        """The member's id."""
        return self.enrolled.member.id

    def reference(self) -> str:
        """The next of the leased numbers."""
        return references.reference(next(self._numbers))

    def command(self, ask: Ask, issued_at: dt.datetime | None = None, command_id: str = "") -> WireCommand:
        """An ask as it is sent, with the next seq."""
        issued = issued_at or self.enrolled.server_time
        made = Command(id=command_id or str(uuid.uuid4()), ask=ask, actor=self.me, issued_at=issued)
        self.seq += 1
        return msgspec.structs.replace(wire(made), seq=self.seq)

    def push(self, *commands: WireCommand, epoch: str | None = None) -> PushReply:
        """Send commands as they are."""
        cursor = Cursor(self.enrolled.log_epoch if epoch is None else epoch)
        return self.ask(PushReply, "POST", "/v1/push", PushRequest(cursor=cursor, commands=commands))

    def do(self, *asks: Ask) -> list[Verdict]:
        """Send asks as new commands; their verdicts."""
        reply = self.push(*(self.command(ask) for ask in asks))
        assert reply.stop is None, reply.stop
        return [answered.verdict for answered in reply.verdicts]

    def applied(self, *asks: Ask) -> list[Verdict]:
        """Like :meth:`do`, and all of them must be carried out."""
        verdicts = self.do(*asks)
        assert all(v.outcome != "refused" for v in verdicts), verdicts
        return verdicts

    def log(self, *, call_back: bool = True, fault: Fault = FAULT, **fields: str) -> str:
        """Take a call and log it, and promise a call back; the ticket's id."""
        call, ticket = str(uuid.uuid4()), str(uuid.uuid4())
        rang = self.enrolled.server_time
        values: dict[str, Any] = {"classification": "Printhead", **fields}
        asks: list[Ask] = [
            BeginCall(call=call, reference=self.reference(), rang_at=rang, answered_at=rang),
            LogCall(call=call, ticket=ticket, fault=fault, **values),
        ]
        if call_back:
            asks.append(OfferCallBack(ticket=ticket))
        self.applied(*asks)
        return ticket

    # --- reading ---------------------------------------------------------------------------------------------------------

    def pull(self, cursor: Cursor | None = None, wait: float = 0) -> PullReply:
        """One page after ``cursor``; without one, after the last page, and the cursor goes on."""
        after = self.cursor if cursor is None else cursor
        reply = self.ask(PullReply, "GET", "/v1/pull", params={"cursor": cursor_to_text(after), "wait": wait})
        if cursor is None and not reply.reset:
            self.cursor = reply.cursor
        return reply

    def pull_all(self) -> list[Change]:
        """All pages up to the head."""
        changes: list[Change] = []
        while True:
            reply = self.pull()
            assert not reply.reset, reply.reset
            changes += reply.changes
            if reply.cursor.commit_seq == reply.head_seq and not reply.changes:
                return changes

    def snapshot_page(self, token: str = "", scopes: str = "") -> SnapshotPage:
        """One page of a snapshot."""
        return self.ask(SnapshotPage, "GET", "/v1/snapshot", params={"token": token, "scopes": scopes})

    def snapshot(self) -> list[SnapshotPage]:
        """A whole snapshot; the cursor is its own from now on."""
        pages = [self.snapshot_page()]
        while pages[-1].token:
            pages.append(self.snapshot_page(pages[-1].token))
        self.cursor = pages[0].cursor
        return pages

    def receipts(self, *ids: str) -> ReceiptsReply:
        """Which commands are known."""
        return self.ask(ReceiptsReply, "POST", "/v1/receipts", ReceiptsRequest(ids=ids))

    def new_device(self) -> EnrolReply:
        """Go on as a device of its own."""
        self.enrolled = self.ask(EnrolReply, "POST", "/v1/device", DeviceRequest(device_name="test"))
        self.http.headers["Authorization"] = f"Bearer {self.enrolled.token}"
        self.seq = self.enrolled.last_seq
        return self.enrolled

    def lease(self, numbers_left: int) -> LeaseReply:
        """Refill numbers."""
        return self.ask(LeaseReply, "POST", "/v1/lease", LeaseRequest(numbers_left=numbers_left))

    def digest(self) -> DigestReply:
        """Count and hash per table and scope."""
        return self.ask(DigestReply, "GET", "/v1/digest")

    def find(self, reference: str) -> FindReply:
        """Whose number is this?"""
        return self.ask(FindReply, "GET", "/v1/find", params={"reference": reference})


class Mirror:
    """What a client would hold: the fold of all that it was sent, each row once, in the scope in which it came."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Change] = {}

    def fold(self, changes: Iterable[Change]) -> None:
        """Apply rows of pulls and snapshots in the order in which they came."""
        for change in changes:
            key = (change.table, change.pk)
            held = self.rows.get(key)
            if change.op == "put":
                if held is None or held.commit_seq <= change.commit_seq:
                    self.rows[key] = change
            elif held is not None and (change.op == "delete" or held.scope == change.scope):
                del self.rows[key]

    def purge(self, scopes: Iterable[str]) -> None:
        """Drop everything of these scopes."""
        self.rows = {key: row for key, row in self.rows.items() if row.scope not in set(scopes)}

    def digests(self) -> set[tuple[str, str, int, str]]:
        """Count and hash per table and scope, as of the server's digest."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for (table, pk), row in self.rows.items():
            count, xor = found.get((table, row.scope), (0, 0))
            found[table, row.scope] = (count + 1, xor ^ row_hash(table, pk, row.row))
        return {(table, scope, count, f"{xor:016x}") for (table, scope), (count, xor) in found.items()}


def digests_of(reply: DigestReply) -> set[tuple[str, str, int, str]]:
    """The server's digest in the form of :meth:`Mirror.digests`."""
    return {(d.table, d.scope, d.count, d.xor) for d in reply.digests}
