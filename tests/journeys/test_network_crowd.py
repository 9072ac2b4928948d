"""200 clients whose server has gone come back: spread over the time that it asks for, and answered even when they all come at once
(F31, R75, R81)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from desk_client.sync import engine as e
from desk_core.protocol import HEADER, MEDIA_TYPE, PROTOCOL, Cursor, PullReply, cursor_to_text
from tests.kill_matrix import processes
from tests.support.postgres import Cluster
from tests.support.server import MONDAY, Api
from tests.waiting import until

CLIENTS = 200
PER_SECOND = 20.0
"""How many a server wants back in a second."""


@pytest.fixture
def apis(cluster: Cluster, small_desk: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Api]]:
    """Four devices of a server that is a process of its own."""
    address, folder = cluster.new(small_desk), tmp_path_factory.mktemp("server")
    words = ("serve", "--port", "0", "--data", str(folder), "--database", address.render_as_string(hide_password=False))
    server = processes.server(words, folder / "orders")
    url = server.line().split()[-1]
    made = [Api(url) for _ in range(4)]
    for api, login in zip(made, ("anna", "ben", "carla", "sam"), strict=True):
        api.enrol(login)
        api.pull_all()
    yield made
    for api in made:
        api.http.close()
    assert server.end(stop=True)[1] == 0
    cluster.drop(address)


def asking(api: Api, wait: int) -> bytes:
    lines = [
        f"GET /v1/pull?cursor={cursor_to_text(api.cursor)}&wait={wait} HTTP/1.1",
        f"Host: desk\r\n{HEADER}: {PROTOCOL}\r\nConnection: close",
        f"Authorization: {api.http.headers['Authorization']}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


async def one(api: Api, wait: int) -> bytes:
    """One client's whole answer."""
    reading, writing = await asyncio.open_connection("127.0.0.1", int(api.url.rpartition(":")[2]))
    try:
        writing.write(asking(api, wait))
        return await reading.read()
    finally:
        writing.close()


async def break_and_come_back(apis: list[Api]) -> tuple[float, list[bytes]]:
    """All wait for news; then their lines break, and all are back at once: the spread that they were told, and their answers."""
    waiting = [asyncio.create_task(one(apis[n % len(apis)], 25)) for n in range(CLIENTS)]
    told = 0.0

    def enough() -> bool:
        nonlocal told
        told = apis[0].pull(apis[0].cursor).spread
        return told >= CLIENTS / PER_SECOND

    await asyncio.to_thread(until, enough, "everybody to wait")
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(20):
        return told, await asyncio.gather(*(one(apis[n % len(apis)], 0) for n in range(CLIENTS)))


def test_200_clients_at_once_are_all_answered_and_would_come_one_after_the_other(apis: list[Api]) -> None:
    spread, answers = asyncio.run(break_and_come_back(apis))
    ours = MEDIA_TYPE.encode()
    assert [a for a in answers if not (a.startswith(b"HTTP/1.1 200") and ours in a and b'"head_seq"' in a)] == []
    assert CLIENTS / PER_SECOND <= spread <= 30
    # What their engines make of it: nobody comes at once, and no second sees a crowd.
    here, random, moments = Cursor("e1", 7), Random(31), list[float]()
    page = PullReply(changes=(), verdicts=(), cursor=here, head_seq=7, server_time=MONDAY, spread=spread)
    for _ in range(CLIENTS):
        state = e.State()
        for event in (
            e.Started(),
            e.Place(cursor=here),
            e.Answered("pull", page),
            e.Kept("pull"),
            e.Place(cursor=here),
        ):
            state, _ = e.step(state, event)
        _, (wait,) = e.step(state, e.Failed("pull", "offline"))
        assert isinstance(wait, e.Wait)
        moments.append(max(wait.at_least, random.random() * wait.up_to))
    assert max(moments) <= spread
    assert max(Counter(int(moment) for moment in moments).values()) < 2 * PER_SECOND
