"""The network of a history: the real transport, whose exchange of bytes waits in a list of letters until something happens to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import msgspec
import zstandard

from desk_client.models.network import SignIn, Unreachable
from desk_client.sync import engine as e
from desk_client.sync.transport import OFFLINE, TooSlow, Transport
from desk_core.protocol import (
    HEADER,
    MEDIA_TYPE,
    PROTOCOL,
    DigestReply,
    EnrolReply,
    LeaseReply,
    PullReply,
    PushReply,
    ReceiptsReply,
    SnapshotPage,
)
from tests.simulation.server import Asked, SimServer, Told

if TYPE_CHECKING:
    from tests.simulation.machine import Machine

Fate = Literal["", "offline", "slow"]


_REPLIES: dict[str, Any] = {
    "push": PushReply,
    "pull": PullReply,
    "snapshot": SnapshotPage,
    "receipts": ReceiptsReply,
    "lease": LeaseReply,
    "device": EnrolReply,
    "digest": DigestReply,
}


class _Written(Exception):
    """The request is known; nothing was sent yet."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked


@dataclass(eq=False)
class Letter:
    """A request on its way, held by the server, or its answer on the way back."""

    machine: Machine
    at: SignIn
    effect: e.Send
    asked: Asked
    sent: float
    number: int
    told: Told | None = None
    meant: Any = None
    head: int = -1
    member: str = ""
    marks: list[str] = field(default_factory=list)

    @property
    def lane(self) -> e.Lane:
        """The lane that waits for it."""
        return self.effect.lane

    @property
    def kind(self) -> str:
        """What is asked: push, pull, …"""
        return self.asked.path.rsplit("/", 1)[-1]


class SimTransport(Transport):
    """One machine's transport. ``sign_in`` and other direct requests are exchanged at once with ``server``, unless it is ``away``."""

    def __init__(self, server: SimServer) -> None:
        super().__init__()
        self.server = server
        self.mode: Literal["direct", "write", "read"] = "direct"
        self.away = False
        self.loses_reply = False
        self.told: Told | None = None
        self.fate: Fate = ""

    def _exchange(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        params: dict[str, str],
        data: bytes | None,
        seconds: float,  # noqa: ARG002 - what a time-out is decides the history
    ) -> tuple[int, str, bytes]:
        asked = Asked(method, urlsplit(url).path, headers, params, data)
        if self.mode == "write":
            raise _Written(asked)
        told = self.told
        if self.mode == "direct":
            if self.away:
                raise Unreachable(OFFLINE)
            told = self.server.answer(asked)
            if self.loses_reply:
                raise Unreachable(OFFLINE)
        if self.fate == "slow":
            raise TooSlow(OFFLINE)
        if told is None or self.fate:
            raise Unreachable(OFFLINE)
        return _read(told)


def _read(told: Told) -> tuple[int, str, bytes]:
    """What the real exchange makes of an answer."""
    kind = told.headers.get("content-type", "").split(";")[0].strip()
    if kind != MEDIA_TYPE or told.headers.get(HEADER.lower()) != str(PROTOCOL):
        return told.status, "", b""
    body = told.body
    length = told.headers.get("content-length")
    if length is not None and int(length) != len(body):
        raise Unreachable(OFFLINE)
    if told.headers.get("content-encoding") == "zstd":
        try:
            body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        except zstandard.ZstdError as error:
            raise Unreachable(OFFLINE) from error
    return told.status, kind, body


def written(wire: SimTransport, send: object) -> Asked:
    """The request that ``send`` would send."""
    wire.mode = "write"
    try:
        send()  # type: ignore[operator]
    except _Written as found:
        return found.asked
    finally:
        wire.mode = "direct"
    raise AssertionError("no request was made")


def reply_of(kind: str, told: Told) -> Any:
    """The answer as the server meant it, None when it was a refusal."""
    if told.status != 200:
        return None
    body = told.body
    if told.headers.get("content-encoding") == "zstd":
        body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return msgspec.json.decode(body, type=_REPLIES[kind]) if kind in _REPLIES else None
