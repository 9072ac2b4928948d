"""Commands through the real push, compared with bare transactions of one statement under a locked counter row, in the same run.

Both work on one embedded PostgreSQL that syncs every commit to the disk. The floor is a process with 16 connections, each doing one
statement after the other that raises the counter row and inserts an event, a change and a receipt. The push is a real server process
with 16 clients on keep-alive connections, each sending one note after the other and waiting for its verdict. Floor and push take turns.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import msgspec
import psycopg
from sqlalchemy import make_url

from desk_core.commands import AddNote, Ask, Command, CreateTicket
from desk_core.people import Member
from desk_core.protocol import (
    HEADER,
    MEDIA_TYPE,
    PROTOCOL,
    Cursor,
    EnrolReply,
    EnrolRequest,
    PushReply,
    PushRequest,
    wire,
)
from desk_core.references import reference
from desk_core.resources import resource
from desk_core.tickets import Fault
from desk_server.app import Application, Services
from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database
from desk_server.db.migrate import migrate
from desk_server.serving import listen, serve
from desk_server.settings import Settings

TARGET = 0.5
CLIENTS = 16
PASSWORD = "correct horse"  # noqa: S105 - of a desk that lives for a minute
TICKET = "00000000-0000-4000-8000-000000000001"

_TABLES = """
CREATE TABLE floor_desk (id text PRIMARY KEY, head bigint NOT NULL);
CREATE TABLE floor_event (id text PRIMARY KEY, body json NOT NULL);
CREATE TABLE floor_change (seq bigint NOT NULL, idx integer NOT NULL, body json NOT NULL, PRIMARY KEY (seq, idx));
CREATE TABLE floor_receipt (id text PRIMARY KEY, body json NOT NULL);
INSERT INTO floor_desk VALUES ('north', 0);
GRANT ALL ON floor_desk, floor_event, floor_change, floor_receipt TO desk_executor
"""
_FLOOR = (
    "WITH d AS (UPDATE floor_desk SET head = head + 1 WHERE id = 'north' RETURNING head), "
    "e AS (INSERT INTO floor_event VALUES (%(id)s, %(body)s)), "
    "c AS (INSERT INTO floor_change SELECT head, 0, %(body)s FROM d) "
    "INSERT INTO floor_receipt VALUES (%(id)s, %(body)s)"
)


def floor(address: str, seconds: float, answer: Queue[float]) -> None:
    """Bare transactions a second, from a process of its own."""
    counts = [0] * CLIENTS
    ends = time.monotonic() + seconds

    def work(number: int) -> None:
        with psycopg.connect(address, autocommit=True, options="-c role=desk_executor") as connection:
            while time.monotonic() < ends:
                connection.execute(_FLOOR, {"id": str(uuid.uuid4()), "body": '{"text": "Called back, nobody there"}'})
                counts[number] += 1

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer.put(sum(counts) / seconds)


def server(address: str, ready: Queue[str]) -> None:
    """The real server, as a process of its own."""
    serve(Application(Services(Settings(address))), listen("127.0.0.1", 0), ready.put)


class Device:
    """A client that sends one command after the other on one connection."""

    def __init__(self, url: str) -> None:
        self._at = urlsplit(url)
        with httpx.Client(base_url=url, headers={HEADER: str(PROTOCOL)}) as client:
            body = msgspec.json.encode(EnrolRequest(user="anna", password=PASSWORD, device_name="bench"))
            reply = client.post("/v1/enrol", content=body).raise_for_status()
        self._enrolled = msgspec.json.decode(reply.content, type=EnrolReply)
        self._seq = 0
        self.number = reference(self._enrolled.lease.blocks[0].first)

    def request(self, ask: Ask) -> bytes:
        """An ask as a whole HTTP request."""
        self._seq += 1
        now = dt.datetime.now(dt.UTC)
        command = wire(Command(id=str(uuid.uuid4()), ask=ask, actor=self._enrolled.member.id, issued_at=now))
        sent = msgspec.structs.replace(command, seq=self._seq)
        body = msgspec.json.encode(PushRequest(cursor=Cursor(self._enrolled.log_epoch), commands=(sent,)))
        head = (
            f"POST /v1/push HTTP/1.1\r\nHost: {self._at.netloc}\r\n{HEADER}: {PROTOCOL}\r\nContent-Type: {MEDIA_TYPE}\r\n"
            f"Authorization: Bearer {self._enrolled.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def work(self, asks: Iterator[Ask]) -> list[float]:
        """Send all asks; the seconds that each took until its verdict."""
        reader, writer = await asyncio.open_connection(self._at.hostname, self._at.port)
        took: list[float] = []
        for ask in asks:
            begins = time.perf_counter()
            writer.write(self.request(ask))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
            reply = msgspec.json.decode(await reader.readexactly(length), type=PushReply)
            assert reply.verdicts[0].verdict.outcome == "applied", reply
            took.append(time.perf_counter() - begins)
        writer.close()
        return took


def notes(seconds: float) -> Iterator[Ask]:
    """One note after the other, for so long."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        yield AddNote(ticket=TICKET, text="Called back, nobody there")


def push(devices: list[Device], seconds: float) -> tuple[float, float]:
    """Commands a second through the push, and the 95th percentile of their time in seconds."""

    async def all_of_them() -> list[list[float]]:
        return await asyncio.gather(*(device.work(notes(seconds)) for device in devices))

    took = sorted(t for each in asyncio.run(all_of_them()) for t in each)
    return len(took) / seconds, took[len(took) * 95 // 100]


@contextmanager
def running(address: str) -> Iterator[list[Device]]:
    """The server on a desk with one ticket, and its devices."""
    services = Services(Settings(address))
    policy = "policies/hamburg-woking.toml"
    services.desks.create("north", "North", resource(policy).read_text(encoding="utf-8"), policy, "test")
    services.desks.add_member("north", Member(id="anna", login="anna", name="Anna Albers"), PASSWORD)
    services.close()
    context = multiprocessing.get_context("spawn")
    ready: Queue[str] = context.Queue()
    process = context.Process(target=server, args=(address, ready))
    process.start()
    try:
        url = ready.get(timeout=30)
        devices = [Device(url) for _ in range(CLIENTS)]
        made = CreateTicket(
            ticket=TICKET,
            reference=devices[0].number,
            channel="email",
            fault=Fault(description="Stops after 20 labels"),
            received_at=dt.datetime.now(dt.UTC),
        )
        asyncio.run(devices[0].work(iter([made])))
        yield devices
    finally:
        process.terminate()
        process.join()


def main() -> int:
    """Measure, print the ratio, and exit with 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10 rounds of 10 seconds instead of 3 of 4")
    rounds, seconds = (10, 10.0) if parser.parse_args().full else (3, 4.0)
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "cluster") as postgres:
        address = postgres.url().render_as_string(hide_password=False)
        bare = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        database = Database(address)
        migrate(database)
        with database.owner() as connection, connection.begin():
            for statement in _TABLES.split(";\n"):
                connection.exec_driver_sql(statement)
        database.close()
        floors, pushes, slow = [], [], []
        with running(address) as devices:
            for _ in range(rounds):
                context = multiprocessing.get_context("spawn")
                answer: Queue[float] = context.Queue()
                process = context.Process(target=floor, args=(bare, seconds, answer))
                process.start()
                floors.append(answer.get())
                process.join()
                rate, p95 = push(devices, seconds)
                pushes.append(rate)
                slow.append(p95)
    ratio = statistics.median(pushes) / statistics.median(floors)
    print(
        f"push: {statistics.median(pushes):,.0f} commands/s at {CLIENTS} clients (p95 {1e3 * statistics.median(slow):.0f} ms), "
        f"bare transactions {statistics.median(floors):,.0f}/s: {ratio:.2f} times (target {TARGET})"
    )
    return 1 if ratio < TARGET else 0


if __name__ == "__main__":
    sys.exit(main())
