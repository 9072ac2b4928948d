"""A client without a window on real encrypted files, and a server in memory."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from desk_client.bootstrap import Client, Wire, build
from desk_client.system.keys import Backend, KeyKeeper
from tests.client.double import Door, MemoryServer

SERVER = "http://127.0.0.1:1"


class HandClock:
    """Time moves when a test says so."""

    def __init__(self, now: dt.datetime) -> None:
        self.time = now
        self.seconds = 1_000.0
        self.boot = "boot-1"

    def wall(self) -> dt.datetime:
        return self.time

    def mono(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.time += dt.timedelta(seconds=seconds)
        self.seconds += seconds


class MemoryKeyring:
    """A keyring that keeps secrets in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 1_280:
            raise ValueError("too long for this keyring")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def server() -> MemoryServer:
    """A desk with a contract customer and three members: an agent, a specialist, somebody of another department."""
    desk = MemoryServer.ready()
    first = desk.policy.departments[0].id
    other = desk.policy.departments[1].id
    desk.entitle()
    desk.add_member("ada", departments=(first,), office=desk.policy.offices[0].id)
    desk.add_member("spec", departments=(first,), functions=("specialist",), office=desk.policy.offices[0].id)
    desk.add_member("olga", departments=(other,), office=desk.policy.offices[0].id)
    desk.publish()
    return desk


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def clock(server: MemoryServer) -> HandClock:
    return HandClock(server.now)


Open = Callable[..., Client]


@pytest.fixture
def open_client(tmp_path: Path, server: MemoryServer, keyring: MemoryKeyring, clock: HandClock) -> Iterator[Open]:
    """Opens the client of a profile; the same name again is the next start of the same client."""
    opened: list[Client] = []
    ids = itertools.count(1)

    def start(name: str = "ada", **more: Any) -> Client:
        client = build(
            tmp_path / name,
            clock=clock,
            new_id=lambda: f"{name}-{next(ids):04d}",
            keys=more.pop("keys", None) or KeyKeeper(backend=lambda: cast("Backend", keyring), passphrase=lambda: ""),
            wire=cast("Wire", Door(server)),
            chance=lambda: 0.0,
            **more,
        )
        opened.append(client)
        return client

    yield start
    for client in opened:
        with contextlib.suppress(RuntimeError):
            client.close()


def sign_in(client: Client, user: str = "ada") -> Client:
    """Sign in and fetch everything."""
    client.session.sign_in(SERVER, user, MemoryServer.password).result(30)
    assert client.status.sync(20).result(30).reached
    return client


@pytest.fixture
def ada(open_client: Open) -> Client:
    """The agent's client, signed in and up to date."""
    return sign_in(open_client("ada"))
