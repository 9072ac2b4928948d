"""The gates of the sync, and the targets of storage and wire: each with its floor in the same run.

A real server process on an embedded PostgreSQL with a desk of sample tickets; a real client that fetches it over loopback into its
encrypted files; and crowds of clients in one event loop. The short form takes 2,000 tickets, 50 agents and 200 waiting clients; `--full`
100,000 tickets, 500 agents, 1,000 waiting clients and an outage of 200 agents with 50 commands each.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import gc
import os
import random
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

sys.path.append(str(Path(__file__).resolve().parent.parent))

from benchmarks import _crowd, _sample, _served, storage
from benchmarks._crowd import Device, Line, sign_in
from benchmarks._served import EmbeddedPostgres, Server, bare, many_files, serving
from benchmarks.storage import Rows, percentile, verdict
from desk_client.bootstrap import Client, build
from desk_client.models import cache as cache_module
from desk_client.models.cache import Cache
from desk_client.models.changes import TICKETS
from desk_client.models.columns import BASE_COLUMNS
from desk_client.models.shapes import shape
from desk_client.models.store import Store
from desk_client.system.keys import KeyKeeper
from desk_core.commands import AddNote
from desk_core.protocol import PAGE_ROWS, cursor_to_text

FIRST_SYNC, FIRST_PAGE, FAN_OUT = 2.0, 0.05, 1.3
KIB_A_WAITER, REBASE_MS, IDLE_CORES, DRAINED_S = 20.0, 100.0, 1.0, 120.0
PENDING = 500
OUTAGE_COMMANDS = 50
_TOGETHER = 10
_MANY_ROWS = 100_000


class Size(NamedTuple):
    """How much of everything."""

    tickets: int
    syncs: int
    applied: int
    agents: int
    seconds: float
    commands: float
    waiting: int
    idle: int
    idle_seconds: float
    out: int
    calls: int


SHORT = Size(2_000, 2, 1_000, 50, 5, 5, 200, 200, 3, 20, 60)
FULL = Size(100_000, 1, 25_000, 500, 60, 6.7, 1_000, 500, 60, 200, 300)


def told(what: str, figure: str, target: str, met: bool) -> bool:
    """One line of the result."""
    print(f"{what}: {figure} (target {target}): {verdict(met)}", flush=True)
    return met


# --- one client ----------------------------------------------------------------------------------------------------------


class Ring:
    """A key ring that answers at once."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get_password(self, _service: str, name: str) -> str | None:
        return self._kept.get(name)

    def set_password(self, _service: str, name: str, value: str) -> None:
        self._kept[name] = value

    def delete_password(self, _service: str, name: str) -> None:
        self._kept.pop(name, None)


class Fetched(NamedTuple):
    """Seconds to everything and to the first page of the queue, and the client's processor time."""

    whole: float
    page: float
    cpu: float


def fetch(client: Client, url: str) -> Fetched:
    """Sign in and read everything."""
    news = threading.Event()
    client.listeners.subscribe(lambda what: news.set() if TICKETS in what else None)
    cpu, begins, page = time.process_time(), time.perf_counter(), 0.0
    client.session.sign_in(url, "anna", _served.PASSWORD).result(30)
    done = client.status.sync(600)
    while not done.done():
        if not page and news.wait(0.002) and len(client.queue.page().rows) == 50:
            page = time.perf_counter() - begins
        time.sleep(0.002)
    assert done.result().reached, done.result()
    return Fetched(time.perf_counter() - begins, page, time.process_time() - cpu)


def rows_of(client: Client) -> list[list[tuple[str, Rows]]]:
    """The statements and rows of what was fetched, made ready, in pages of the server's size."""
    rules = _sample.policy()

    def rows() -> Iterator[tuple[str, tuple[Any, ...], tuple[int, str] | None]]:
        with client.access.read() as here:
            for table, columns in BASE_COLUMNS.items():
                names = ", ".join(("id", "scope", "seq", "hash", *columns, "body"))
                for row in here.reading.cache.run(f"SELECT {names} FROM {table}"):  # noqa: S608 - our own tables
                    shaped = shape(table, rules, row[-1])
                    yield table, tuple(row), (shaped.doc, shaped.words) if shaped.words else None

    pages, remaining = [], rows()
    while part := list(islice(remaining, PAGE_ROWS)):
        page: dict[str, Rows] = {}
        for table, row, words in part:
            page.setdefault(cache_module._PUT[table], []).append(row)
            if words is not None:
                add = cache_module._ADD_WORDS.format(cache_module._FULL_TEXT_OF[table])
                page.setdefault(add, []).append(words)
        pages.append(list(page.items()))
    return pages


def first_sync(server: Server, folder: Path, rounds: int, ring: Ring) -> tuple[bool, Path]:
    """A first sync against bare insertion of its rows into the same tables, indexes and full text; the profile of the last one."""
    synced, floors, count = list[Fetched](), list[tuple[float, float]](), 0
    for number in range(rounds):
        profile = folder / f"profile-{number}"
        client = build(profile, keys=KeyKeeper(backend=lambda: ring))
        try:
            synced.append(fetch(client, server.url))
            statements = rows_of(client)
        finally:
            client.close()
        count = sum(len(rows) for page in statements for statement, rows in page if "_text (" not in statement)
        cache, cpu = Cache(folder / f"least-{number}.db", secrets.token_bytes(32)), time.process_time()
        floors.append((storage.bare(cache, statements), time.process_time() - cpu))
        cache.close()
    best, least = min(synced), min(floors)
    ratio, work = best.whole / least[0], min(s.cpu for s in synced) / min(cpu for _, cpu in floors)
    print(f"first sync of {count:,} rows: {count / best.whole:,.0f}/s, bare driver {count / least[0]:,.0f}/s")
    print(f"first sync: {work:.2f} times the bare driver's processor time on the client")
    met = told("first sync", f"{ratio:.2f} times the bare driver", f"{FIRST_SYNC}", ratio <= FIRST_SYNC)
    share = best.page / best.whole
    if count < _MANY_ROWS:
        print(f"first page of the queue: after {best.page:.2f} s with the sign-in; the share is judged with --full")
        return met, profile
    met &= told("first page of the queue", f"after {share:.1%} of it", f"{FIRST_PAGE:.0%}", share <= FIRST_PAGE)
    return met, profile


def rebase(client: Client) -> bool:
    """500 pending commands replayed on the confirmed rows."""
    tickets = client.queue.ids()[:100]

    def work(store: Store) -> list[tuple[float, float]]:
        for number in range(PENDING):
            store.capture(AddNote(ticket=tickets[number % len(tickets)], text=f"Note {number} from the train."))
        taken = []
        for _ in range(7):
            begins, cpu = time.perf_counter(), time.thread_time()
            store.rebuild()
            taken.append((time.perf_counter() - begins, time.thread_time() - cpu))
        return taken

    taken = client.access.act(work).result(60)
    middle, cpu = (statistics.median(each[n] for each in taken) * 1_000 for n in (0, 1))
    figure = f"median {middle:.0f} ms, {cpu:.0f} ms of processor time"
    return told(f"rebase of {PENDING} pending commands", figure, f"{REBASE_MS:.0f} ms", middle <= REBASE_MS)


def client_alone(profile: Path, size: Size, ring: Ring) -> bool:
    """Lists, search, a call and the replay of unsent work on what was fetched, without the network."""
    client = build(profile, offline=True, keys=KeyKeeper(backend=lambda: ring))
    try:
        client.session.resume().result(30)
        met = [storage.page_of_fifty(client), storage.searching(client, size.tickets)]
        return all([*met, storage.calling(client, size.calls), rebase(client)])
    finally:
        client.close()


# --- crowds --------------------------------------------------------------------------------------------------------------


async def crowd(url: str, count: int) -> list[Device]:
    """Devices of the desk's members, in turn, each with a ticket of its own and at the head of the feed."""
    logins = _served.logins(_sample.policy())[1:]

    async def one(number: int) -> Device:
        device, _ = await sign_in(url, logins[number % len(logins)])
        await device.born()
        device.errors.clear()
        return device

    devices = list[Device]()
    for begin in range(0, count, _TOGETHER):
        devices += await asyncio.gather(*(one(number) for number in range(begin, min(count, begin + _TOGETHER))))
    for device in devices:
        await device.read_all()
    return devices


async def agents(server: Server, size: Size) -> tuple[bool, list[Device]]:
    """So many agents at work in real time."""
    devices = await crowd(server.url, size.agents)
    cpu = server.cpu()
    worked = await _crowd.work(server.url, devices, size.seconds, size.commands, "anna")
    cores = (server.cpu() - cpu) / size.seconds
    print(f"{size.agents} agents, {len(worked.verdicts)} commands: the server used {cores:.2f} cores")
    many = size.agents >= 500
    met = True
    for what, taken, most in (
        ("command to its verdict", worked.verdicts, 0.2 if many else 0.3),
        ("change on another screen", worked.screens, 1.0),
        ("poll that brings nothing", worked.polls, 0.05),
        ("sign-in", worked.sign_ins, 2.0),
    ):
        high = percentile(taken, 0.95) if taken else 0.0
        figure = f"p95 {high * 1e3:.0f} ms, median {statistics.median(taken) * 1e3:.0f} ms" if taken else "none"
        met &= told(f"{size.agents} agents: {what}", figure, f"{most * 1e3:.0f} ms", bool(taken) and high <= most)
    errors = [error for device in devices for error in device.errors]
    return met & told(f"{size.agents} agents", f"{len(errors)} errors {errors[:2]}", "0", not errors), devices


async def outage(devices: list[Device], count: int) -> bool:
    """So many agents come back at once, each with 50 unsent commands."""
    back = devices[:count]
    for device in back:
        device.errors.clear()
    seconds = await _crowd.drained(back, OUTAGE_COMMANDS)
    errors = [error for device in back for error in device.errors]
    figure = (
        f"{seconds:.1f} s, {len(back) * OUTAGE_COMMANDS / seconds:.0f} commands/s, {len(errors)} errors {errors[:2]}"
    )
    return told(
        f"{len(back)} agents with {OUTAGE_COMMANDS} unsent each, drained",
        figure, f"{DRAINED_S:.0f} s, 0 errors", seconds <= DRAINED_S and not errors,
    )  # fmt: skip


async def held(lines: list[Line], path: str, headers: list[str]) -> list[asyncio.Task[float]]:
    """A question on each line that is not answered yet; each task ends with the moment of its answer."""

    async def one(line: Line, head: str) -> float:
        status, _ = await line.ask("GET", path, headers=head)
        assert status == 200, status
        return time.monotonic()

    tasks = [asyncio.create_task(one(line, head)) for line, head in zip(lines, headers, strict=True)]
    await asyncio.sleep(1 + len(lines) / 500)
    return tasks


async def idle(server: Server, devices: list[Device], size: Size) -> bool:
    """Held long polls and nothing else: the server's processor time, and its memory for each."""
    lines = [Line(server.url) for _ in range(size.idle)]
    heads = [devices[n % len(devices)].headers for n in range(size.idle)]
    # Once before: what a first request of a connection needs is there for every connection.
    await asyncio.gather(*(line.ask("GET", "/v1/health/live") for line in lines))
    await devices[0].read_all()
    path = f"/v1/pull?cursor={cursor_to_text(devices[0].cursor)}&wait=25"
    before, cpu, begins = server.kib(), server.cpu(), time.perf_counter()
    tasks = await held(lines, path, [devices[0].headers] * len(heads))
    kib = (server.kib() - before) / len(lines)
    settled, since = server.cpu(), time.perf_counter()
    await asyncio.sleep(size.idle_seconds)
    # Each was asked for once in 25 s: that is the processor time of the asking, too.
    cores = (server.cpu() - settled) / (time.perf_counter() - since) + (settled - cpu) / max(25.0, since - begins)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for line in lines:
        line.close()
    met = told(f"{size.idle} idle long polls", f"{cores:.2f} cores", f"{IDLE_CORES:.0f}", cores <= IDLE_CORES)
    return met & told("a waiter", f"{kib:.1f} KiB", f"{KIB_A_WAITER:.0f} KiB", kib <= KIB_A_WAITER)


async def fan_out(server: Server, devices: list[Device], count: int, rounds: int) -> bool:
    """From the commit to the last but one percent of the waiting clients, against bare futures on the same kind of server."""
    ours, least = [], []
    lines = [Line(server.url) for _ in range(count)]
    address = server.database.set(drivername="postgresql").render_as_string(hide_password=False)
    listening = await psycopg.AsyncConnection.connect(address, autocommit=True)
    await listening.execute("LISTEN desk_feed")
    with bare("_futures.py") as url:
        plain, firing = [Line(url) for _ in range(count)], Line(url)
        for _ in range(rounds):
            tasks = await held(plain, "/wait", [""] * count)
            _, body = await firing.ask("POST", "/fire")
            least.append(percentile([await task - float(body) for task in tasks], 0.99))
            waiters = [devices[n % len(devices)] for n in range(count)]
            for device in devices:
                await device.read_all()
            path = f"/v1/pull?cursor={cursor_to_text(devices[0].cursor)}&wait=25"
            same = [device for device in waiters if device.me.member.departments == devices[0].me.member.departments]
            tasks = await held(lines, path, [same[n % len(same)].headers for n in range(count)])
            committed = asyncio.create_task(_committed(listening))
            await asyncio.sleep(0)
            await devices[0].push([devices[0].note()])
            at = await committed
            ours.append(percentile([await task - at for task in tasks], 0.99))
    await listening.close()
    for line in (*lines, *plain):
        line.close()
    ratio = min(ours) / min(least)
    figure = f"p99 {min(ours) * 1e3:.0f} ms, bare futures {min(least) * 1e3:.0f} ms: {ratio:.2f} times"
    return told(f"commit to {count} waiting clients", figure, f"{FAN_OUT}", ratio <= FAN_OUT)


async def _committed(listening: psycopg.AsyncConnection[Any]) -> float:
    """The moment at which the next commit is notified."""
    async for _ in listening.notifies(stop_after=1):
        pass
    return time.monotonic()


async def crowds(server: Server, size: Size) -> bool:
    """Everything that many clients at once are needed for."""
    met, devices = await agents(server, size)
    met &= await idle(server, devices, size)
    met &= await fan_out(server, devices[:50], size.waiting, 2)
    met &= await outage(devices, size.out)
    for device in devices:
        device.line.close()
    return met


def main() -> int:
    """Measure, print the ratios, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="100,000 tickets, 500 agents, 1,000 waiting clients")
    parser.add_argument("--only", choices=("client", "crowds"), help="a part of it")
    given = parser.parse_args()
    size = FULL if given.full else SHORT
    random.seed(1)
    many_files()
    gc.freeze()
    met: list[bool] = []
    with tempfile.TemporaryDirectory() as temporary, EmbeddedPostgres(Path(temporary) / "cluster") as postgres:
        folder = Path(temporary)
        _served.make_desk(postgres.url(), size.tickets)
        parts: list[Callable[[Server], bool]] = []
        if given.only != "crowds":
            parts.append(functools.partial(_one_client, folder=folder, size=size))
        if given.only != "client":
            parts.append(lambda server: asyncio.run(crowds(server, size)))
        with serving(postgres.url()) as server:
            met += [part(server) for part in parts]
    print(f"load while it was measured: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if all(met) else 1


def _one_client(server: Server, folder: Path, size: Size) -> bool:
    ring = Ring()
    met, profile = first_sync(server, folder, size.syncs, ring)
    alone = client_alone(profile, size, ring)
    return storage.applying(folder, _sample.policy(), size.applied, 2) and alone and met


if __name__ == "__main__":
    sys.exit(main())
