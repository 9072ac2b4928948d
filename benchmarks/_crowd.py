"""Many clients in one event loop: each a device on one kept connection that speaks the protocol by hand."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from benchmarks._served import PASSWORD
from desk_core.commands import AddNote, Ask, BeginCall, Command, LogCall
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
    SnapshotPage,
    WireCommand,
    cursor_to_text,
    wire,
)
from desk_core.references import reference
from desk_core.tickets import Fault

_ENROL = msgspec.json.Decoder(EnrolReply)
_PULL = msgspec.json.Decoder(PullReply)
_PUSH = msgspec.json.Decoder(PushReply)
_SNAPSHOT = msgspec.json.Decoder(SnapshotPage)
_FAULT = Fault(caller="A", company="B", phone="040 5550177", product="C", serial="D", description="E")
_ROWS = 500


class Line:
    """One kept connection."""

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self._host, self._port, self._netloc = at.hostname, at.port, at.netloc
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def ask(self, method: str, path: str, body: bytes = b"", headers: str = "") -> tuple[int, bytes]:
        """Status and body of the answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._netloc}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        async with self._turn:
            if self._streams is None:
                self._streams = await asyncio.open_connection(self._host, self._port, limit=1 << 22)
            reader, writer = self._streams
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            return int(answer[9:12]), await reader.readexactly(length)

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass
class Device:
    """A signed-in client; ``errors`` are answers that a person would have had to hear of."""

    line: Line
    me: EnrolReply
    headers: str
    seq: int = 0
    ticket: str = ""
    cursor: Cursor = field(default_factory=Cursor)
    errors: list[str] = field(default_factory=list)

    async def read_all(self) -> None:
        """Read on to the head; at the start from where a snapshot begins."""
        if not self.cursor.log_epoch:
            status, body = await self.line.ask("GET", "/v1/snapshot?rows=1", headers=self.headers)
            assert status == 200, body
            self.cursor = _SNAPSHOT.decode(body).cursor
        while True:
            page = await self.pull()
            if page is None or (not page.changes and page.cursor.commit_seq >= page.head_seq):
                return

    async def pull(self, wait: float = 0, line: Line | None = None) -> PullReply | None:
        """The next page; the cursor goes on."""
        path = f"/v1/pull?cursor={cursor_to_text(self.cursor)}&wait={wait:.0f}&rows={_ROWS}"
        status, body = await (line or self.line).ask("GET", path, headers=self.headers)
        if status != 200:
            self.errors.append(f"pull {status} {body[:200]!r}")
            return None
        page = _PULL.decode(body)
        self.cursor = page.cursor
        return page

    def command(self, ask: Ask) -> WireCommand:
        """An ask with the next seq."""
        self.seq += 1
        made = Command(id=str(uuid.uuid4()), ask=ask, actor=self.me.member.id, issued_at=self.me.server_time)
        return msgspec.structs.replace(wire(made), seq=self.seq)

    async def push(self, commands: Sequence[WireCommand]) -> PushReply:
        """Send commands until the server has taken them; one that was refused is an error."""
        body = msgspec.json.encode(PushRequest(cursor=Cursor(self.me.log_epoch), commands=tuple(commands)))
        while True:
            status, answer = await self.line.ask("POST", "/v1/push", body, self.headers)
            if status == 200:
                reply = _PUSH.decode(answer)
                if reply.stop is None:
                    self.errors += [a.verdict.code for a in reply.verdicts if a.verdict.outcome == "refused"]
                    return reply
                if reply.stop.code != "deferred":
                    self.errors.append(reply.stop.code)
                    return reply
            elif status not in (429, 503):
                self.errors.append(f"push {status} {answer[:200]!r}")
            await asyncio.sleep(2 + random.random())

    async def born(self) -> None:
        """A ticket of its own to work on."""
        call, self.ticket = str(uuid.uuid4()), str(uuid.uuid4())
        number = reference(self.me.lease.blocks[0].first)
        begun = BeginCall(call=call, reference=number, rang_at=self.me.server_time)
        logged = LogCall(call=call, ticket=self.ticket, fault=_FAULT, classification="F")
        await self.push([self.command(begun), self.command(logged)])

    def note(self) -> WireCommand:
        """A note on it."""
        return self.command(AddNote(ticket=self.ticket, text="The customer called again and asks when somebody comes."))


async def sign_in(url: str, login: str) -> tuple[Device, float]:
    """A new device of a member, and the seconds that it took."""
    line, begins = Line(url), time.perf_counter()
    body = msgspec.json.encode(EnrolRequest(user=login, password=PASSWORD, device_name="bench"))
    headers = f"{HEADER}: {PROTOCOL}\r\nContent-Type: {MEDIA_TYPE}\r\n"
    status, answer = await line.ask("POST", "/v1/enrol", body, headers)
    if status != 200:
        raise SystemExit(f"sign-in: {status} {answer!r}")
    me = _ENROL.decode(answer)
    return Device(line, me, f"{headers}Authorization: Bearer {me.token}\r\n"), time.perf_counter() - begins


@dataclass
class Worked:
    """What a time of work took, in seconds: commands to their verdict, commits to other screens, polls that wait for nothing."""

    verdicts: list[float] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    sign_ins: list[float] = field(default_factory=list)


async def _joins(url: str, login: str, ends: float, worked: Worked) -> None:
    """One sign-in a second."""
    while time.perf_counter() < ends - 1:
        device, took = await sign_in(url, login)
        worked.sign_ins.append(took)
        device.line.close()
        await asyncio.sleep(1)


async def work(url: str, devices: Sequence[Device], seconds: float, commands: float, joining: str) -> Worked:
    """So many commands a second by ``devices`` in turn while all of them wait for news; each looks once in 25 s, and one signs in each
    second."""
    ends, worked = time.perf_counter() + seconds, Worked()
    sent: dict[int, float] = {}
    shown: list[tuple[int, float]] = []

    async def waits(device: Device) -> None:
        line = Line(url)
        while (now := time.perf_counter()) < ends:
            page = await device.pull(min(25, max(1, ends - now)), line)
            came = time.perf_counter()
            if page is not None and page.changes:
                shown.extend((seq, came) for seq in {change.commit_seq for change in page.changes})
        line.close()

    async def looks(device: Device) -> None:
        await asyncio.sleep(random.uniform(0, min(25, seconds)))
        begins = time.perf_counter()
        status, _ = await device.line.ask(
            "GET", f"/v1/pull?cursor={cursor_to_text(device.cursor)}", headers=device.headers
        )
        if status == 200:
            worked.polls.append(time.perf_counter() - begins)
        else:
            device.errors.append(f"look {status}")

    async def asks(device: Device) -> None:
        begins = time.perf_counter()
        reply = await device.push([device.note()])
        sent.setdefault(reply.verdicts[0].verdict.commit_seq, begins)
        worked.verdicts.append(time.perf_counter() - begins)

    half = len(devices) // 2
    waiting = [asyncio.create_task(waits(device)) for device in devices]
    waiting += [asyncio.create_task(looks(device)) for device in devices[half:]]
    waiting.append(asyncio.create_task(_joins(url, joining, ends, worked)))
    number, asked, begins = 0, list[asyncio.Task[None]](), time.perf_counter()
    while time.perf_counter() < ends - 1:
        # The first half gives commands, so that no connection is asked twice at once.
        asked.append(asyncio.create_task(asks(devices[number % half])))
        number += 1
        await asyncio.sleep(max(0.0, begins + number / commands - time.perf_counter()))
    await asyncio.gather(*asked, *waiting)
    worked.screens = [came - sent[seq] for seq, came in shown if seq in sent]
    return worked


async def drained(devices: Sequence[Device], pending: int) -> float:
    """Seconds until all have sent what they had pending and have read to the head."""

    async def one(device: Device) -> None:
        await asyncio.sleep(random.random())  # full jitter over the first second
        await device.push([device.note() for _ in range(pending)])
        await device.read_all()

    begins = time.perf_counter()
    await asyncio.gather(*(one(device) for device in devices))
    return time.perf_counter() - begins
