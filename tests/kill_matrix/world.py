"""One desk on a real server process, and the machines of its members: they are used, killed, started again and looked into."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from desk_client.system.keys import KeyKeeper
from desk_core.people import Contact
from desk_core.references import parse
from desk_server.app import Services
from desk_server.clock import SystemClock
from desk_server.settings import Settings
from tests.kill_matrix import processes
from tests.kill_matrix.keyring import FileKeyring
from tests.kill_matrix.traps import NONE, Order, Orders
from tests.support.postgres import Cluster
from tests.support.server import CUSTOMER, DESK, PASSWORD, make_desk
from tests.waiting import until

STARTS = 4
"""As often a person would start it again before asking for help."""


class Machine:
    """A member's profile on one machine, and every number that it ever showed."""

    def __init__(self, profile: Path, login: str, server: str, phrase: str = "") -> None:
        self.profile, self.login, self.phrase = profile, login, phrase
        self._server = server
        self.shown: list[str] = []
        self.commands: set[str] = set()
        self.cursor = ("", 0)
        self.has_copy = False
        self._key = b""

    @property
    def folder(self) -> Path | None:
        """Where the member's files lie, None before the first sign-in."""
        return next((file.parent for file in self.profile.glob("members/*/outbox.db")), None)

    @property
    def key(self) -> bytes:
        """The key of the files."""
        if not self._key and self.folder is not None:
            keyring = FileKeyring(self.profile.with_suffix(".keyring"))
            kept = KeyKeeper(backend=lambda: None if self.phrase else keyring, passphrase=lambda: self.phrase)
            self._key = kept.fetch(self.folder, "", create=False).key
        return self._key

    def start(self, *words: str, typed: str = "", order: Order = NONE) -> processes.Process:
        """``desk-client`` with these words."""
        return processes.client(self.profile, words, typed=typed, phrase=self.phrase, order=order)

    def run(self, *words: str, typed: str = "", order: Order = NONE) -> tuple[list[str], int]:
        """The same to its end; a number that is its first line was shown to somebody."""
        said, code = self.start(*words, typed=typed, order=order).end()
        if said and (number := parse(said[0])):
            self.shown.append(number)
        return said, code

    def sign_in(self, order: Order = NONE) -> tuple[list[str], int]:
        """The member signs in."""
        words = ("sign-in", "--server", self._server, "--user", self.login, "--password-stdin")
        return self.run(*words, typed=PASSWORD + "\n", order=order)

    def copy(self, to: Path) -> Machine:
        """Another machine with a copy of everything."""
        shutil.copytree(self.profile, to)
        keyring = self.profile.with_suffix(".keyring")
        if keyring.exists():
            shutil.copy2(keyring, to.with_suffix(".keyring"))
        made = Machine(to, self.login, self._server, self.phrase)
        made.shown, made.commands, made.cursor = list(self.shown), set(self.commands), self.cursor
        self.has_copy = made.has_copy = True
        return made


class ServerProcess:
    """``desk-server serve``, always at one address."""

    def __init__(self, database: URL, folder: Path) -> None:
        self._words = ("serve", "--data", str(folder), "--database", database.render_as_string(hide_password=False))
        self.orders = Orders(folder / "order")
        self._port = "0"
        self._process: processes.Process | None = None
        self.url = ""
        folder.mkdir()

    def start(self) -> None:
        """Serve, where nobody does; no order is left over."""
        if self._process is not None and self._process.alive:
            return
        self.orders.take_back()
        if self._process is not None:
            self._process.end()
        self._process = processes.server((*self._words, "--port", self._port), self.orders._path)
        line = self._process.line()
        if "ready on " not in line:
            raise AssertionError(f"the server did not start: {[line, *self._process.end()[0]]}")
        self.url = line.rpartition(" ")[2]
        self._port = self.url.rpartition(":")[2]

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.alive

    def dies(self) -> bool:
        """Whether it ends in a moment: its client may be the first to know."""
        with contextlib.suppress(AssertionError):
            until(lambda: not self.alive, seconds=5)
        return not self.alive

    def ended(self) -> tuple[list[str], int]:
        """Its last lines and its exit code; it must have ended."""
        assert self._process is not None
        process, self._process = self._process, None
        return process.end()

    def stop(self) -> None:
        """As SIGTERM does."""
        if self._process is not None:
            self._process.end(stop=True)
            self._process = None


class World:
    """Server, machines, and a look behind the server's scenes."""

    def __init__(self, cluster: Cluster, database: URL, folder: Path) -> None:
        self.folder = folder
        self.server = ServerProcess(database, folder / "server")
        self.services = Services(Settings(database, SystemClock()))
        self.behind = cluster.superuser(str(database.database))
        self.machines: dict[str, Machine] = {}
        self._numbers = itertools.count(1)

    def machine(self, name: str, login: str, phrase: str = "") -> Machine:
        """The machine of this name, its member signed in."""
        if name not in self.machines:
            made = self.new_machine(name, login, phrase)
            said, code = made.sign_in()
            assert code == 0, said
        return self.machines[name]

    def new_machine(self, name: str, login: str, phrase: str = "") -> Machine:
        """A machine where nobody ever signed in; the next of this name is another one."""
        profile = self.folder / f"{name.replace(' ', '-')}-{next(self._numbers)}"
        made = self.machines[name] = Machine(profile, login, self.server.url, phrase)
        return made

    @property
    def epoch(self) -> str:
        """The server's."""
        ((found,),) = self.behind.execute("SELECT log_epoch FROM desk").fetchall()
        return str(found)

    def next_number(self) -> int:
        """One that nobody had."""
        return next(self._numbers)

    def close(self) -> None:
        """Everything ends."""
        self.server.stop()
        self.behind.close()
        self.services.close()


def small_desk(cluster: Cluster) -> str:
    """The name of a database that holds a small desk; it knows enough people for a download of several pages."""
    database = cluster.new()
    services = Services(Settings(database, SystemClock()))
    make_desk(services.desks)
    services.desks.put_parties(
        DESK, [Contact(id=f"caller-{n}", customer=CUSTOMER.id, name=f"Caller {n}") for n in range(3 * processes.ROWS)]
    )
    services.close()
    return str(database.database)


@contextmanager
def opened(cluster: Cluster, template: str, folder: Path) -> Iterator[World]:
    """A world of its own on a copy of the database ``template``."""
    database = cluster.new(template)
    world = World(cluster, database, folder)
    try:
        world.server.start()
        yield world
    finally:
        world.close()
        cluster.drop(database)
