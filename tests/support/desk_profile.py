"""A member's client without a window: real services on real encrypted files, filled from a :class:`World` by a server played here.

The server hands out everything once and cannot be reached afterwards, so that what the member does stays in the outbox.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import msgspec

from desk_client.bootstrap import Client, Wire, build
from desk_client.models.network import Unreachable
from desk_client.system.keys import KeyKeeper
from desk_core import scope
from desk_core.people import Contact, Member
from desk_core.protocol import (
    DESK_SCOPE,
    BlobReply,
    Change,
    Cursor,
    DeviceRequest,
    DigestReply,
    EnrolReply,
    EnrolRequest,
    FindReply,
    Lease,
    LeaseReply,
    LeaseRequest,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
    page_digest,
)
from desk_core.references import NumberBlock
from desk_core.resources import resource
from desk_core.tickets import stub
from tests.support.world import World
from tests.waiting import until

OFFLINE = "The server cannot be reached; everything is saved here and is sent when it can be."
SERVER = "http://127.0.0.1:9"
NUMBERS = NumberBlock(500_000, 500_199)


class SetClock:
    """A machine's clocks that stand still until somebody moves them."""

    boot = "boot-1"

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._mono = 1_000.0

    def wall(self) -> dt.datetime:
        """What the machine believes the time to be."""
        return self._now

    def mono(self) -> float:
        """Seconds since the machine was started."""
        return self._mono

    def jump(self, **length: float) -> None:
        """Somebody sets the machine's clock: no time has passed."""
        self._now += dt.timedelta(**length)

    def go_on(self, **length: float) -> None:
        """Let time pass: ``minutes=5``."""
        passed = dt.timedelta(**length)
        self._now += passed
        self._mono += passed.total_seconds()


class MemoryKeyring:
    """A keyring that lives as long as the test."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._kept.pop((service, username), None)


@dataclass
class PlayedServer:
    """Signs a member in and hands out what is in the member's scope, once."""

    world: World
    member: Member
    contacts: Sequence[Contact]
    policy: str
    now: Callable[[], dt.datetime]

    def enrol(self, _server: str, _request: EnrolRequest) -> EnrolReply:
        """Everybody may come in."""
        head = self.world.policy.head
        return EnrolReply(
            device_id="device-1",
            device_number=1,
            token="token",
            member=self.member,
            desk="desk-1",
            desk_title="Sample desk",
            log_epoch="epoch-1",
            server_time=self.now(),
            policy_name=head.name,
            policy_version=head.version,
            policy_text=self.policy,
            lease=Lease(blocks=(NUMBERS,)),
        )

    def snapshot(
        self, _server: str, _token: str, _page: str, _scopes: tuple[str, ...] = (), _rows: int = 0
    ) -> SnapshotPage:
        """Everything on one page."""
        rows = tuple(self._rows())
        cursor = Cursor("epoch-1", 1, "", 1)
        return SnapshotPage(rows=rows, digest=page_digest(rows), cursor=cursor, server_time=self.now(), total=len(rows))

    def pull(self, _server: str, _token: str, _cursor: Cursor, _wait: int, _rows: int = 0) -> PullReply:
        """The network is gone by now."""
        raise Unreachable(OFFLINE)

    def push(self, _server: str, _token: str, _request: PushRequest) -> PushReply:
        raise Unreachable(OFFLINE)

    def receipts(self, _server: str, _token: str, _ids: tuple[str, ...]) -> ReceiptsReply:
        raise Unreachable(OFFLINE)

    def digest(self, _server: str, _token: str) -> DigestReply:
        raise Unreachable(OFFLINE)

    def device(self, _server: str, _token: str, _request: DeviceRequest) -> EnrolReply:
        raise Unreachable(OFFLINE)

    def lease(self, _server: str, _token: str, _request: LeaseRequest) -> LeaseReply:
        raise Unreachable(OFFLINE)

    def find(self, _server: str, _token: str, _reference: str) -> FindReply:
        raise Unreachable(OFFLINE)

    def put_blob(self, *_request: object) -> BlobReply:
        raise Unreachable(OFFLINE)

    def get_blob(self, *_request: object) -> bytes:
        raise Unreachable(OFFLINE)

    def sign_out(self, _server: str, _token: str) -> None:
        """As you like."""

    def _rows(self) -> Iterator[Change]:
        world, head = self.world, self.world.policy.head
        yield _put("policy", head.name, {"name": head.name, "version": head.version, "text": self.policy})
        for member in world.members.values():
            yield _put("member", member.id, member)
        for customer in world.customers.values():
            yield _put("customer", customer.id, customer)
        for contact in self.contacts:
            yield _put("contact", contact.id, contact)
        for asset in world.assets.values():
            yield _put("asset", asset.id, asset)
        for contract in world.contract_list:
            yield _put("contract", contract.id, contract)
        seen = {t.id for t in world.tickets.values() if scope.may_see(self.member, t)}
        for ticket in world.tickets.values():
            yield _put("stub", ticket.id, stub(ticket))
            if ticket.id in seen:
                yield _put("ticket", ticket.id, ticket, ticket.department)
        for call in world.calls.values():
            yield _put("call", call.id, call, call.department)
        for event in world.events:
            if event.ticket in seen or event.call:
                yield _put(
                    "event", event.id, event, world.tickets[event.ticket].department if event.ticket else DESK_SCOPE
                )


def _put(table: str, pk: str, row: object, where: str = DESK_SCOPE) -> Change:
    return Change(commit_seq=1, scope=where, table=table, pk=pk, op="put", row=msgspec.Raw(msgspec.json.encode(row)))


@dataclass
class DeskProfile:
    """A client with its clock; ``world`` is what the server had."""

    client: Client
    clock: SetClock
    world: World
    keys: KeyKeeper

    def restart(self) -> None:
        """End the program and start it again on the same files, without a network."""
        self.client.close()
        self.client = build(self.client.profile.path, offline=True, clock=self.clock, keys=self.keys)


@contextmanager
def desk_profile(
    folder: Path, world: World, member: Member, contacts: Sequence[Contact] = (), policy: str = ""
) -> Iterator[DeskProfile]:
    """Sign ``member`` in on a new profile that holds what of ``world`` is in the member's scope; it is ``world.now`` there. ``policy`` is
    the text of the world's policy when it is not one that ships."""
    clock = SetClock(world.now)
    keyring = MemoryKeyring()
    keys = KeyKeeper(backend=lambda: keyring)
    text = policy or resource(f"policies/{world.policy.head.name}.toml").read_text(encoding="utf-8")
    server = PlayedServer(world, member, contacts, text, clock.wall)
    client = build(folder, clock=clock, keys=keys, wire=cast("Wire", server), chance=lambda: 1.0)
    profile = DeskProfile(client, clock, world, keys)
    try:
        client.session.sign_in(SERVER, member.login, "right").result(30)
        until(lambda: client.access.act(lambda s: s.cache.fact("complete")).result() == "1", "the first download")
        yield profile
    finally:
        profile.client.close()
