"""Our protocol over HTTP: headers, compression and bodies of every answer, the errors among them (R70, R84, R85)."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any, TypeVar

import msgspec
import zstandard
from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

from desk_core.protocol import HEADER, MEDIA_TYPE, OLDEST_HEADER, PROTOCOL, Problem
from desk_server.db.engine import Unavailable

_LOG = logging.getLogger("desk_server.http")

T = TypeVar("T")

LARGEST_BODY = 8_000_000
"""Bytes of a request, also after decompression. One command fits with every text at its longest; clients fill a batch to half of this."""
_LONGEST_VERSION = 9
_DEEPEST = 64
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
# A pair of surrogates, a lone one (the group), any other escape.
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
_JSON_PART = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?|[\[{\]}]', re.DOTALL)
OLDEST_CLIENT = 1
"""The oldest protocol version that is still understood."""
COMPRESS_FROM = 1_024
_OPEN_PATHS = ("/v1/health/",)
_COMPRESSOR = zstandard.ZstdCompressor(level=1)
_ENCODER = msgspec.json.Encoder()


class Failure(Exception):
    """An error that a client is told about, with its status and body."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.code)
        self.status = status
        self.problem = problem


def failure(status: int, code: str, text: str, retry_after: float | None = None, **params: str) -> Failure:
    """A :class:`Failure` from its parts."""
    return Failure(status, Problem(code=code, text=text, params=params, retry_after=retry_after))


async def body_of(request: Request[Any, Any, Any], kind: type[T], *, mend: bool = False) -> T:
    """The body of a request, decoded and validated in one go. Raises :class:`Failure` (400) that says where it does not fit.

    With ``mend`` a value that no decoder takes is replaced by one that its own command is refused for, instead of the whole (P15).
    """
    body = await request.body()
    try:
        return msgspec.json.decode(body, type=kind)
    except _UNREADABLE as error:
        reason: Exception = error
    try:
        if mend:
            return msgspec.json.decode(await asyncio.to_thread(_mended, body), type=kind)
        raise reason
    except _UNREADABLE as error:
        raise failure(400, "bad_request", "The server cannot read this request.", detail=str(error)) from None


def _mended(body: bytes) -> bytes:
    """JSON with null for whatever lies deeper than anything of ours, and NUL for every half of a character: both are refused later."""
    body = _ESCAPE.sub(lambda found: rb"\u0000" if found[1] else found[0], body)
    kept: list[bytes] = []
    depth = begin = 0
    for part in _JSON_PART.finditer(body):
        if part[0] in b"[{":
            depth += 1
            if depth == _DEEPEST:
                kept += (body[begin : part.start()], b"null")
        elif part[0] in b"]}":
            depth -= 1
            if depth == _DEEPEST - 1:
                begin = part.end()
    return b"".join((*kept, body[begin:] if depth < _DEEPEST else b""))


class DeskResponse(Response[T]):
    """A body of :mod:`desk_core.protocol` in our media type."""

    def __init__(self, content: T, **options: Any) -> None:
        super().__init__(content, media_type=MEDIA_TYPE, **options)

    def render(self, content: Any, media_type: str, enc_hook: Any = None) -> bytes:  # noqa: ARG002 - the framework's signature
        return _ENCODER.encode(content)


def answer_problem(_: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Every error as a body of ours; what a client cannot help is told in general words only (R85)."""
    return _response(*_told(error))


def _told(error: Exception) -> tuple[int, Problem]:
    if isinstance(error, Failure):
        return error.status, error.problem
    if isinstance(error, Unavailable):
        text = "The server cannot answer at this moment; try again shortly."
        return 503, Problem(code="unavailable", text=text, retry_after=float(error.retry_after))
    if isinstance(error, HTTPException):
        return error.status_code, _http_problem(error)
    _LOG.error("a request failed", exc_info=error)
    return 500, Problem(code="server_fault", text="The server failed at this request; tell an administrator.")


_SENTENCES = {
    400: ("bad_request", "The server cannot read this request."),
    404: ("not_found", "There is nothing here."),
    405: ("method", "This address does not take such a request."),
    413: ("too_large", "The request is too large; send less at once."),
}


def _http_problem(error: HTTPException) -> Problem:
    code, text = _SENTENCES.get(error.status_code, ("http", "The server does not take this request."))
    detail = str(getattr(error, "extra", None) or "") if error.status_code == 400 else ""
    return Problem(code=code, text=text, params={"detail": detail[:500]} if detail else {})


def _response(status: int, problem: Problem) -> Response[Problem]:
    headers = {} if problem.retry_after is None else {"Retry-After": str(max(1, round(problem.retry_after)))}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return DeskResponse(problem, status_code=status, headers=headers)


class Wire:
    """The outermost layer: takes clients that are new enough, unpacks and packs bodies, and marks every answer as ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        reply = _Reply(send, packs=b"zstd" in headers.get(b"accept-encoding", b""))
        if _too_old(scope["path"], headers.get(HEADER.lower().encode())):
            text = "This program is too old for the server, or it is no Desk Client; update it. Nothing is lost."
            await _refuse(reply, 426, Problem(code="upgrade", text=text))
            return
        if headers.get(b"content-encoding"):
            body = await _unpacked(receive) if headers[b"content-encoding"] == b"zstd" else None
            if body is None:
                text = "The request is too large, or packed in a way that the server does not know."
                await _refuse(reply, 413, Problem(code="too_large", text=text))
                return
            dropped = (b"content-encoding", b"content-length")
            scope["headers"] = [(n, v) for n, v in scope["headers"] if n not in dropped]
            receive = _replay(body, receive)
        await self._app(scope, receive, reply)


class _Reply:
    """Sends an answer with our headers, packed where that pays."""

    def __init__(self, send: Send, packs: bool) -> None:
        self._send = send
        self._packs = packs
        self._start: HTTPResponseStartEvent | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None and message["type"] == "http.response.body":
            start, self._start = self._start, None
            body, whole = message.get("body", b""), not message.get("more_body", False)
            headers = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
            if self._packs and whole and len(body) >= COMPRESS_FROM and _RECORD in headers:
                body = _COMPRESSOR.compress(body)
                headers.append((b"content-encoding", b"zstd"))
            if whole:
                headers.append((b"content-length", str(len(body)).encode()))
            start["headers"] = [*headers, *_MARKS]
            await self._send(start)
            message["body"] = body
        await self._send(message)


_RECORD = (b"content-type", MEDIA_TYPE.encode())
_MARKS = (
    (HEADER.lower().encode(), str(PROTOCOL).encode()),
    (OLDEST_HEADER.lower().encode(), str(OLDEST_CLIENT).encode()),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


def _too_old(path: str, version: bytes | None) -> bool:
    if path.startswith(_OPEN_PATHS):
        return False
    if version is None or not version.isdigit() or len(version) > _LONGEST_VERSION:
        return True
    return int(version) < OLDEST_CLIENT


async def _refuse(send: Send, status: int, problem: Problem) -> None:
    headers = [(b"content-type", MEDIA_TYPE.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": _ENCODER.encode(problem), "more_body": False})


async def _unpacked(receive: Receive) -> bytes | None:
    """The whole body, unpacked; None when it is too large either way or no zstd (R84)."""
    packed = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        packed += message.get("body", b"")
        more = bool(message.get("more_body", False))
        if len(packed) > LARGEST_BODY:
            return None
    try:
        with zstandard.ZstdDecompressor().stream_reader(bytes(packed)) as reader:
            body: bytes = reader.read(LARGEST_BODY + 1)
    except zstandard.ZstdError:
        return None
    return body if len(body) <= LARGEST_BODY else None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the unpacked body as if it had come that way; afterwards what really comes (that the client leaves)."""
    given = False

    async def replayed() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
