"""A place where people work: one real server, and for each member a real client on encrypted files behind a cable that can be cut."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast

import msgspec
from PySide6.QtCore import Qt

from demo.cable import Cable
from desk_client.bootstrap import Client, build
from desk_client.system.keys import Backend, KeyKeeper
from desk_client.ui.theme import Theme
from desk_core.calls import Call
from desk_core.protocol import Change
from desk_core.references import parse
from desk_core.tickets import Fault, Ticket
from tests.support import server as real
from tests.support.desk_profile import MemoryKeyring
from tests.support.keyboard import Keyboard, window_of

PASSWORD = real.PASSWORD
SECONDS = 20.0


class OfficeClock(real.SetClock):
    """One clock on the wall for the server and every desk; it stands still until somebody moves it."""

    boot = "boot-1"

    def wall(self) -> dt.datetime:
        """The same, as a desk asks for it."""
        return self.now()

    def mono(self) -> float:
        """Seconds that never jump."""
        return (self.now() - real.MONDAY).total_seconds() + 1_000


class RunningClock(OfficeClock):
    """Begins on that Monday morning and runs."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.monotonic()

    def now(self) -> dt.datetime:
        return super().now() + dt.timedelta(seconds=time.monotonic() - self._began)


@contextmanager
def offline(*wires: Cable) -> Iterator[None]:
    """No network for whoever is behind these cables; afterwards it is back."""
    for wire in wires:
        wire.cut()
    try:
        yield
    finally:
        for wire in wires:
            wire.mend()


@dataclass
class Seat:
    """A member's desk: the client, and the cable to the server."""

    login: str
    client: Client
    wire: Cable
    keyring: MemoryKeyring

    def sync(self) -> None:
        """Send and read everything; both must work."""
        done = self.client.status.sync(SECONDS).result(SECONDS + 10)
        assert (done.reached, done.unsent) == (True, 0), done

    def log_call(self, fault: Fault, *, office: str = "", classification: str = "Printhead") -> str:
        """Take a call, log it, promise a call back, tell, end; the reference."""
        client = self.client
        begun = client.calls.begin(fault.phone, office=office).result(SECONDS)
        saved = client.calls.log(begun.call, fault, classification=classification).result(SECONDS)
        client.tickets.offer_call_back(saved.ticket).result(SECONDS)
        client.calls.tell(begun.call).result(SECONDS)
        client.calls.end(begun.call).result(SECONDS)
        return begun.reference

    def queue(self) -> list[str]:
        """The references of the queue, in its order."""
        return [row.reference for row in self.client.queue.page(size=500).rows]


class Office:
    """The server and who sits around it."""

    def __init__(self, server: real.RunningServer, clock: OfficeClock, folder: Path) -> None:
        self.server, self.clock, self.folder = server, clock, folder
        self._ids = itertools.count(1)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    @property
    def port(self) -> int:
        """Where the server listens."""
        return int(self.server.url.rpartition(":")[2])

    def cable(self) -> Cable:
        """A new cable to the server."""
        wire = Cable(self.port)
        self._open.callback(wire.close)
        return wire

    def new_client(self, login: str, keyring: MemoryKeyring, keys: KeyKeeper | None = None) -> Client:
        """The client of a profile named ``login``; whoever asks closes it."""
        return build(
            self.folder / login,
            clock=self.clock,
            new_id=lambda: f"{login}-{next(self._ids):05d}",
            keys=keys or keeper(keyring),
            chance=lambda: 0.0,
        )

    def seat(self, login: str, port: int = 0) -> Seat:
        """A member signed in and up to date, without a window. ``port`` leads to the server another way than by a cable."""
        wire, keyring = self.cable(), MemoryKeyring()
        client = self.new_client(login, keyring)
        self._open.callback(_close, client)
        client.session.sign_in(f"http://127.0.0.1:{port or wire.port}", login, PASSWORD).result(SECONDS)
        made = Seat(login, client, wire, keyring)
        made.sync()
        return made

    @contextmanager
    def window(
        self,
        login: str,
        theme: Theme,
        *,
        port: int = 0,
        keyring: MemoryKeyring | None = None,
        wire: Cable | None = None,
    ) -> Iterator[Sitting]:
        """The window of a profile, on its sign-in page or where its member left; the same login, keyring and cable again
        is the next start."""
        cable, ring = wire or self.cable(), keyring or MemoryKeyring()

        def hands(client: Client, screens: object, closed: list[bool]) -> Sitting:
            return Sitting(client, screens, closed, login, cable, f"http://127.0.0.1:{port or cable.port}")  # type: ignore[arg-type]

        with window_of(self.new_client(login, ring), theme, self.clock.mono, hands) as sitting:
            yield sitting

    def colleague(self) -> Colleague:
        """A supervisor of the whole desk, who looks at what the server has."""
        return Colleague(self.server.client("sam"))


@dataclass
class Sitting(Keyboard):
    """A member in front of the window."""

    login: str
    wire: Cable
    server: str

    def sign_in(self) -> None:
        """Sign in by keys and wait for the data."""
        self.type_sign_in(self.server, self.login, PASSWORD)
        self.wait_for_data()

    def page(self) -> str:
        """The name of the page in the work area."""
        shown = self.window.work.page
        return "" if shown is None else str(shown.objectName())

    def notice_offline(self) -> None:
        """Wait until the window says that the network is away."""
        self.until(lambda: self.window.status.network.startswith("Offline"), "the word Offline")

    def send_all(self) -> None:
        """F5, until everything is sent."""
        self.press(Qt.Key.Key_F5)
        self.until(lambda: not self.screens.desk.outbox.pending(), "an empty outbox")
        self.until(lambda: "everything is sent" in self.window.status.network, "everything sent")


class Colleague:
    """Reads the server through its protocol, with the eyes of a member who may see everything."""

    def __init__(self, api: real.Api) -> None:
        self._api = api

    def _rows(self) -> list[Change]:
        return [row for page in self._api.snapshot() for row in page.rows]

    def tickets(self) -> list[Ticket]:
        """Every ticket on the server."""
        return [msgspec.json.decode(row.row, type=Ticket) for row in self._rows() if row.table == "ticket"]

    def calls(self) -> list[Call]:
        """Every call on the server."""
        return [msgspec.json.decode(row.row, type=Call) for row in self._rows() if row.table == "call"]

    def ticket(self, reference: str) -> Ticket:
        """The one ticket under a number."""
        number = parse(reference)
        (found,) = [ticket for ticket in self.tickets() if ticket.reference == number]
        return found

    def kinds(self, ticket: str) -> list[str]:
        """The kinds of a ticket's events, in their order."""
        rows = [msgspec.json.decode(row.row) for row in self._rows() if row.table == "event"]
        mine = [row for row in rows if row.get("ticket") == ticket]
        return [str(row["what"]["event"]) for row in sorted(mine, key=lambda row: (row["at"], row["id"]))]


def _close(client: Client) -> None:
    """Close a client that a test may have closed already."""
    with contextlib.suppress(RuntimeError):
        client.close()


def keeper(keyring: MemoryKeyring) -> KeyKeeper:
    """Keys in this keyring."""
    return KeyKeeper(backend=lambda: cast("Backend", keyring), passphrase=lambda: "")
