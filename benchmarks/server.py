"""Commands through the real push with 16 clients, against pgbench in the same PostgreSQL; and what an empty poll costs.

The floor is one statement a command that locks the desk's counter row to the commit and writes an event, a change and a receipt: the least
that any server of this design asks of the database. The clients are 16 devices on kept connections; each sends a note, waits for the
verdict, and sends the next; the database is durable for both.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import URL, make_url

sys.path.append(str(Path(__file__).resolve().parent.parent))

from desk_core.commands import AddNote, Ask, BeginCall, Command, LogCall
from desk_core.people import Member
from desk_core.policy_file import load
from desk_core.protocol import (
    HEADER,
    MEDIA_TYPE,
    PROTOCOL,
    Cursor,
    EnrolReply,
    EnrolRequest,
    PullReply,
    PushReply,
    PushRequest,
    cursor_to_text,
    wire,
)
from desk_core.references import reference
from desk_core.resources import resource
from desk_core.tickets import Fault
from desk_server.app import Services, create_app
from desk_server.db.binaries import find
from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database
from desk_server.db.migrate import migrate
from desk_server.serving import listen, serve
from desk_server.settings import Settings

POLICY, DESK, PASSWORD = "hamburg-woking", "bench", "benchmarks only"
CLIENTS = 16
PUSH_TARGET, POLL_TARGET_MS = 0.5, 2.0
TABLES = """
CREATE TABLE bench_counter (desk int PRIMARY KEY, seq bigint NOT NULL);
INSERT INTO bench_counter VALUES (1, 0);
CREATE TABLE bench_event (id uuid PRIMARY KEY, seq bigint NOT NULL, body text NOT NULL);
CREATE TABLE bench_change (seq bigint NOT NULL, idx int NOT NULL, body text NOT NULL, PRIMARY KEY (seq, idx));
CREATE TABLE bench_receipt (command uuid PRIMARY KEY, seq bigint NOT NULL, verdict text NOT NULL);
"""
COMMAND = """
WITH locked AS (UPDATE bench_counter SET seq = seq + 1 WHERE desk = 1 RETURNING seq),
e AS (INSERT INTO bench_event SELECT gen_random_uuid(), seq, repeat('x', 300) FROM locked),
c AS (INSERT INTO bench_change SELECT seq, 0, repeat('x', 400) FROM locked)
INSERT INTO bench_receipt SELECT gen_random_uuid(), seq, repeat('x', 150) FROM locked;
"""


def floor(postgres: EmbeddedPostgres, folder: Path, seconds: int) -> float | None:
    """Transactions a second of pgbench; None where it is not among the binaries."""
    program = find().root / "bin" / "pgbench"
    if not program.exists():
        return None
    address = postgres.superuser_url("postgres").set(drivername="postgresql")
    where = address.render_as_string(hide_password=False)
    psql = program.with_name("psql")
    subprocess.run([psql, "-q", "-d", where, "-c", TABLES], check=True, capture_output=True)
    script = folder / "command.sql"
    script.write_text(COMMAND.replace("\n", " "), encoding="ascii")
    done = subprocess.run(
        [program, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds), "-f", script, where],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(next(line for line in done.stdout.splitlines() if line.startswith("tps")).split()[2])


class Device:
    """One client: signed in, with a ticket of its own to write notes on."""

    def __init__(self, url: str) -> None:
        self._http = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {HEADER: str(PROTOCOL), "Content-Type": MEDIA_TYPE}
        self._seq = 0
        enrolled = EnrolRequest(user="anna", password=PASSWORD, device_name="bench")
        self._me = msgspec.json.decode(self.ask("POST", "enrol", enrolled), type=EnrolReply)
        self._headers["Authorization"] = f"Bearer {self._me.token}"
        call, self._ticket = str(uuid.uuid4()), str(uuid.uuid4())
        number = reference(self._me.lease.blocks[0].first)
        fault = Fault(caller="A", company="B", phone="040 5550177", product="C", serial="D", description="E")
        self.push(BeginCall(call=call, reference=number, rang_at=self._me.server_time))
        self.push(LogCall(call=call, ticket=self._ticket, fault=fault, classification="F"))

    def ask(self, method: str, path: str, body: object = None) -> bytes:
        """The body of the answer, which must be a good one."""
        self._http.request(method, f"/v1/{path}", None if body is None else msgspec.json.encode(body), self._headers)
        reply = self._http.getresponse()
        answer = reply.read()
        assert reply.status == 200, answer
        return answer

    def push(self, ask: Ask) -> None:
        """One command; it must be carried out."""
        self._seq += 1
        made = Command(id=str(uuid.uuid4()), ask=ask, actor=self._me.member.id, issued_at=self._me.server_time)
        sent = msgspec.structs.replace(wire(made), seq=self._seq)
        answer = self.ask("POST", "push", PushRequest(cursor=Cursor(self._me.log_epoch), commands=(sent,)))
        reply = msgspec.json.decode(answer, type=PushReply)
        assert reply.stop is None, reply.stop
        assert reply.verdicts[0].verdict.outcome != "refused", reply.verdicts[0].verdict.text

    def note(self) -> None:
        """A note on the device's own ticket."""
        self.push(AddNote(ticket=self._ticket, text="The customer called again and asks when somebody comes."))


def pushing(devices: list[Device], seconds: float) -> tuple[float, float]:
    """Commands a second of all together, and the 95th percentile of one in milliseconds."""
    until, taken = time.perf_counter() + seconds, list[float]()

    def work(device: Device) -> None:
        while (begins := time.perf_counter()) < until:
            device.note()
            taken.append((time.perf_counter() - begins) * 1_000)

    begins = time.perf_counter()
    threads = [threading.Thread(target=work, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(taken) / (time.perf_counter() - begins), sorted(taken)[int(len(taken) * 0.95)]


def polling(device: Device, count: int) -> tuple[float, float]:
    """The medians in milliseconds, there and back, of a poll at the head that brings nothing, and of a request that the server answers
    without looking anything up."""
    cursor = ""
    for _ in range(500):
        reply = msgspec.json.decode(device.ask("GET", f"pull?cursor={cursor}"), type=PullReply)
        if cursor == cursor_to_text(reply.cursor) and not reply.changes:
            break
        cursor = cursor_to_text(reply.cursor)
    taken: dict[str, list[float]] = {f"pull?cursor={cursor}": [], "health/live": []}
    for _ in range(count):
        for path, times in taken.items():
            begins = time.perf_counter()
            device.ask("GET", path)
            times.append((time.perf_counter() - begins) * 1_000)
    poll, bare = (statistics.median(times) for times in taken.values())
    return poll, bare


@contextmanager
def serving(address: URL) -> Iterator[str]:
    """The server as a process of its own; its address."""
    url = address.render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, __file__, "--serve", url], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(30)


def make_desk(address: URL) -> None:
    """Tables, and a desk with one member."""
    database = Database(address)
    migrate(database)
    database.close()
    services = Services(Settings(address))
    text = resource(f"policies/{POLICY}.toml").read_text(encoding="utf-8")
    services.desks.create(DESK, "Bench", text, POLICY, "test")
    functions = tuple(role.id for role in load(text, POLICY).roles if role.base == "agent")
    services.desks.add_member(DESK, Member(id="anna", login="anna", name="Anna", functions=functions), PASSWORD)
    services.close()


def main() -> int:
    """Measure, print the ratios, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="30 seconds for each instead of 5")
    parser.add_argument("--serve", metavar="URL", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        application = create_app(Settings(make_url(given.serve)))
        with listen("127.0.0.1", 0) as listening:
            return 0 if serve(application, listening, lambda where: print(where, flush=True)) else 1
    seconds = 30 if given.full else 5
    with tempfile.TemporaryDirectory() as temporary, EmbeddedPostgres(Path(temporary) / "cluster") as postgres:
        make_desk(postgres.url())
        least = floor(postgres, Path(temporary), seconds)
        with serving(postgres.url()) as url:
            devices = [Device(url) for _ in range(CLIENTS)]
            rate, high = pushing(devices, seconds)
            poll, bare = polling(devices[0], 300)
    quick = poll - bare <= POLL_TARGET_MS
    met = quick
    if least is None:
        print(f"push: {rate:,.0f} commands/s, p95 {high:.0f} ms; pgbench is not here, so there is no ratio")
    else:
        enough = rate / least >= PUSH_TARGET
        met = met and enough
        print(f"push with {CLIENTS} clients: {rate:,.0f} commands/s, p95 {high:.0f} ms; pgbench {least:,.0f}/s")
        print(f"push: {rate / least:.2f} times pgbench (target {PUSH_TARGET}): {'met' if enough else 'not met'}")
    print(f"empty poll: {poll:.1f} ms there and back, a bare request {bare:.1f} ms")
    print(f"empty poll: {poll - bare:.1f} ms more (target {POLL_TARGET_MS:.0f}): {'met' if quick else 'not met'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
