"""The server of a history: the real application on real PostgreSQL, asked without a network, that can die at a commit and be restored."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from psycopg import sql
from sqlalchemy import Connection

from desk_core.protocol import DigestReply
from desk_server.accounts.service import Session
from desk_server.app import Application, Services
from desk_server.rates import Rates
from desk_server.settings import Settings
from desk_server.sync.service import Reader
from tests.simulation.clocks import Time
from tests.support.postgres import Cluster
from tests.support.server import DESK, make_desk

_TABLES = "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'desk' ORDER BY 1"
Headers = dict[str, str]


@dataclasses.dataclass(frozen=True)
class Asked:
    """A request as it was sent."""

    method: str
    path: str
    headers: Headers
    params: dict[str, str]
    body: bytes | None


@dataclasses.dataclass(frozen=True)
class Told:
    """An answer as it travels."""

    status: int
    headers: Headers
    body: bytes


class ServerDied(Exception):
    """The process ended before the commit of an open transaction."""


class Desk(dict[str, bytes]):
    """All rows of the desk, by table: a backup."""


class SimServer:
    """One desk, put back to its first day for every history."""

    def __init__(self, cluster: Cluster, time: Time) -> None:
        self.time = time
        self._open = ExitStack()
        address = cluster.new()
        self._open.callback(cluster.drop, address)
        self.services = Services(Settings(address, time))
        self._open.callback(self.services.close)
        self.services.rates = Rates(per_second=1e9, at_once=1e9)
        self.app = Application(self.services)
        self.behind = cluster.superuser(str(address.database))
        self._open.callback(self.behind.close)
        self._loop = asyncio.new_event_loop()
        self._open.callback(self._loop.close)
        self._dies = False
        self._real = self.services.database.executor
        self._open.enter_context(patch.object(self.services.database, "executor", self._executor))
        make_desk(self.services.desks)
        self.behind.execute("UPDATE desk SET log_epoch = 'epoch-0'")
        self._tables = [row[0] for row in self.behind.execute(_TABLES).fetchall() if row[0] != "audit"]
        self._first_day = self.backup()

    def close(self) -> None:
        """End it, and drop its database."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._open.close()

    # --- answering -------------------------------------------------------------------------------------------------------

    def answer(self, asked: Asked, *, dies: bool = False) -> Told | None:
        """What the application answers; None when its process ended before the commit."""
        self._dies = dies
        try:
            told = self._loop.run_until_complete(self._ask(asked))
        finally:
            died, self._dies = dies and not self._dies, False
        if died:
            self.forget()
            return None
        return told

    async def _ask(self, asked: Asked) -> Told:
        path = asked.path.encode()
        scope: Any = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "http",
            "path": asked.path,
            "raw_path": path,
            "root_path": "",
            "query_string": urlencode(asked.params).encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in asked.headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": asked.body or b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Told(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]))

    @contextmanager
    def _executor(self, desk: str) -> Iterator[Connection]:
        with self._real(desk) as connection:
            yield connection
            if self._dies:
                self._dies = False
                raise ServerDied

    # --- what happens to it ----------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Sessions are looked up anew: after a restart, and after what the hub would have been notified of."""
        self.services.accounts.forget("")

    def set_departments(self, member: str, departments: tuple[str, ...]) -> None:
        """An administrator moves a member."""
        self.services.desks.set_departments(DESK, member, departments)
        self.forget()

    def end_sessions(self, member: str) -> None:
        """Every token of a member opens nothing any more."""
        self.behind.execute("DELETE FROM token WHERE member = %s", (member,))
        self.forget()

    def do_jobs(self) -> dict[str, int]:
        """The jobs' turn: what time does to a desk."""
        return self.services.jobs.look()

    def session(self, token: str) -> Session | None:
        """Whose token it is, by the database."""
        return self._loop.run_until_complete(self.services.accounts.session(token, anew=True))

    def digest(self, reader: Reader) -> DigestReply:
        """What a reader should hold."""
        return self._loop.run_until_complete(self.services.sync.digest(reader))

    # --- backups ---------------------------------------------------------------------------------------------------------

    def backup(self) -> Desk:
        """All rows of the desk."""
        found = Desk(desk=self._copied("SELECT * FROM desk"))
        for table in self._tables:
            found[table] = self._copied(f'SELECT * FROM "{table}"')
        return found

    def _copied(self, query: str) -> bytes:
        with self.behind.cursor().copy(f"COPY ({query}) TO STDOUT") as copy:
            return b"".join(bytes(part) for part in copy)

    def prune(self) -> None:
        """The feed begins at its head: whoever has not read so far must fetch everything anew."""
        self.behind.execute("UPDATE desk SET horizon_seq = head_seq")
        self.behind.execute("DELETE FROM change WHERE commit_seq < (SELECT horizon_seq FROM desk)")

    def restore(self, desk: Desk, epoch: str = "") -> None:
        """The rows of a backup, as they were; with a new ``epoch`` numbers go on behind all that can have been leased since."""
        with self.behind.transaction():
            for table, rows in desk.items():
                name = sql.Identifier(table)
                self.behind.execute(sql.SQL("DELETE FROM {}").format(name))
                with self.behind.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
                    copy.write(rows)
            if epoch:
                self.behind.execute("UPDATE desk SET log_epoch = %s, next_counter = next_counter + 100000", (epoch,))
        self.forget()

    def first_day(self) -> None:
        """The desk as it was before anybody worked on it."""
        self.restore(self._first_day)
