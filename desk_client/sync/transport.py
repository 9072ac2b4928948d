"""Requests to the server. Success is a 2xx status, our media type and our header; everything else is a network that is not ours (R70, R71).

Redirects are never followed, the environment is not asked, every request has a total deadline, and plain HTTP goes to this machine only.
"""

from __future__ import annotations

import ipaddress
import re
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import zstandard

from desk_client.models.errors import DeskError
from desk_client.models.network import Forbidden, Unreachable
from desk_core.protocol import (
    HEADER,
    MEDIA_TYPE,
    PAGE_ROWS,
    PROTOCOL,
    BlobReply,
    Cursor,
    DeviceRequest,
    DigestReply,
    EnrolReply,
    EnrolRequest,
    FindReply,
    LeaseReply,
    LeaseRequest,
    Problem,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    ReceiptsRequest,
    SnapshotPage,
    cursor_to_text,
    page_digest,
)

if TYPE_CHECKING:
    import requests

    from desk_client.sync.trust import OwnSession

_T = TypeVar("_T")
CONNECT_SECONDS = 5.0
DEADLINE_SECONDS = 30.0
POLL_SECONDS = 25
_MOST_BYTES = 256 * 1024 * 1024
_CHUNK = 65_536
_BINARY = "application/octet-stream"
_HOST = re.compile(r"[^\s/\\@?#%<>\"'{}|^`\[\]]+")

OFFLINE = "The server cannot be reached; everything is saved here and is sent when it can be."
FOREIGN = "Something else answered in the server's place, perhaps this network's sign-in page; open it in a browser or check the address."
TLS = "The server's certificate is not trusted by this machine, so nothing was sent; ask an administrator."
NOT_SECURE = "{server} would send everything readable over the network; use https:// for another machine."
BAD_ADDRESS = "“{server}” is no address of a server; write it as https://desk.example.org."


class Trouble(DeskError):
    """The server's own refusal of a request. ``status`` is HTTP's; ``retry_after`` seconds are the least to wait."""

    def __init__(self, problem: Problem, status: int) -> None:
        super().__init__(problem.text, problem.code, problem.fields, dict(problem.params))
        self.status = status
        self.retry_after = problem.retry_after or 0.0


class TooSlow(Unreachable):
    """The request's whole time was up: the same with less in it may come through."""


def address(server: str) -> str:
    """The server's address, checked: HTTPS, or plain HTTP to this machine. Raises a sentence for anything else."""
    try:
        parts = urlsplit(server.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    strange = not host or port == 0 or not _HOST.fullmatch(host)
    if strange or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
        raise DeskError(BAD_ADDRESS.format(server=server), code="bad_address", params={"server": server})
    if parts.scheme == "http" and not _loopback(host):
        raise DeskError(NOT_SECURE.format(server=server), code="not_secure", params={"server": server})
    return server.strip().rstrip("/")


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


FIGURES_SECONDS = 10.0
"""What the server may take to count a year, beyond what every answer may take."""


class Transport:
    """One per program; each thread has its own connections."""

    def __init__(self, *, forbidden: bool = False, deadline: float = DEADLINE_SECONDS) -> None:
        self._forbidden = forbidden
        self._deadline = deadline
        self._local = threading.local()

    # --- the messages ----------------------------------------------------------------------------------------------------

    def enrol(self, server: str, request: EnrolRequest) -> EnrolReply:
        """Sign in."""
        return self._ask("POST", server, "enrol", EnrolReply, body=request)

    def push(self, server: str, token: str, request: PushRequest) -> PushReply:
        """Send commands."""
        return self._ask("POST", server, "push", PushReply, token=token, body=request)

    def device(self, server: str, token: str, request: DeviceRequest) -> EnrolReply:
        """Go on as a device of its own."""
        return self._ask("POST", server, "device", EnrolReply, token=token, body=request)

    def digest(self, server: str, token: str) -> DigestReply:
        """Count and hash of what should be here."""
        return self._ask("GET", server, "digest", DigestReply, token=token)

    def pull(self, server: str, token: str, cursor: Cursor, wait: int, rows: int = PAGE_ROWS) -> PullReply:
        """Read on from the cursor, about ``rows`` rows at most; the server holds the answer back for up to ``wait`` seconds while there is
        nothing new. A page from before the cursor is an earlier answer that somebody kept, and counts as none (P11)."""
        params = {"cursor": cursor_to_text(cursor), "wait": str(wait), "rows": str(rows)}
        found = self._ask("GET", server, "pull", PullReply, token=token, params=params, extra=float(wait))
        same = found.cursor.log_epoch == cursor.log_epoch and not found.reset
        if same and found.cursor.commit_seq < cursor.commit_seq:
            raise Unreachable(OFFLINE)
        return found

    def snapshot(
        self, server: str, token: str, page: str, scopes: tuple[str, ...] = (), rows: int = PAGE_ROWS
    ) -> SnapshotPage:
        """A page of everything as of now, or of ``scopes``; one that was cut or changed on its way counts as no answer."""
        params = {"rows": str(rows)} | ({"token": page} if page else {"scopes": ",".join(scopes)} if scopes else {})
        found = self._ask("GET", server, "snapshot", SnapshotPage, token=token, params=params)
        if page_digest(found.rows) != found.digest:
            raise Unreachable(OFFLINE)
        return found

    def receipts(self, server: str, token: str, ids: tuple[str, ...]) -> ReceiptsReply:
        """Which of these commands are known?"""
        return self._ask("POST", server, "receipts", ReceiptsReply, token=token, body=ReceiptsRequest(ids=ids))

    def lease(self, server: str, token: str, request: LeaseRequest) -> LeaseReply:
        """More numbers and work."""
        return self._ask("POST", server, "lease", LeaseReply, token=token, body=request)

    def find(self, server: str, token: str, reference: str) -> FindReply:
        """Whose ticket is it?"""
        return self._ask("GET", server, "find", FindReply, token=token, params={"reference": reference})

    def put_blob(self, server: str, token: str, sha256: str, size: int, at: int, body: bytes) -> BlobReply:
        """Send the bytes of a file from ``at`` on; without any, ask how much the server has."""
        said = f"bytes {at}-{at + len(body) - 1}/{size}" if body else f"bytes */{size}"
        head = {"Content-Type": _BINARY, "Content-Range": said}
        return self._ask("PUT", server, f"blob/{sha256}", BlobReply, token=token, raw=body, head=head)

    def get_blob(self, server: str, token: str, sha256: str, at: int, count: int) -> bytes:
        """At most ``count`` bytes of a file from ``at`` on."""
        head = {"Accept": _BINARY, "Accept-Encoding": "identity", "Range": f"bytes={at}-{at + count - 1}"}
        return self._ask("GET", server, f"blob/{sha256}", bytes, token=token, head=head)

    def figures(self, server: str, token: str, path: str, asked: dict[str, str], reply: type[_T]) -> _T:
        """A report of the desk (``report``), the list behind a number (``report/list``), or a figure over time (``report/trend``)."""
        return self._ask("GET", server, path, reply, token=token, params=asked, extra=FIGURES_SECONDS)

    def sign_out(self, server: str, token: str) -> None:
        """The token is not needed any more."""
        self._ask("POST", server, "sign-out", dict[str, Any], token=token, body={})

    # --- how -------------------------------------------------------------------------------------------------------------

    def _ask(
        self,
        method: str,
        server: str,
        path: str,
        reply: type[_T],
        *,
        token: str = "",
        params: dict[str, str] | None = None,
        body: object = None,
        raw: bytes | None = None,
        head: dict[str, str] | None = None,
        extra: float = 0.0,
    ) -> _T:
        if self._forbidden:
            raise Forbidden("The network must not be used now (--offline).")
        root = address(server)
        headers = {
            "Accept": MEDIA_TYPE,
            "Accept-Encoding": "zstd, identity",
            HEADER: str(PROTOCOL),
            **({"Authorization": f"Bearer {token}"} if token else {}),
            **({"Content-Type": MEDIA_TYPE} if body is not None else {}),
            **(head or {}),
        }
        data = raw if body is None else msgspec.json.encode(body)
        status, kind, content = self._exchange(
            method, f"{root}/v1/{path}", headers, params or {}, data, self._deadline + extra
        )
        if kind == _BINARY and status == 206 and isinstance(content, reply):
            return content
        if kind != MEDIA_TYPE:
            raise Unreachable(FOREIGN, code="not_our_server")
        try:
            if 200 <= status < 300:
                return msgspec.json.decode(content, type=reply)
            raise Trouble(msgspec.json.decode(content, type=Problem), status)
        except msgspec.MsgspecError as error:
            raise Unreachable(FOREIGN, code="not_our_server") from error

    def _exchange(
        self, method: str, url: str, headers: dict[str, str], params: dict[str, str], data: bytes | None, seconds: float
    ) -> tuple[int, str, bytes]:
        """Status, media type ("" when the answer is not of our server's making), and the body; within ``seconds`` in all."""
        import requests  # noqa: PLC0415 - not needed before the first paint (speed: start)
        import urllib3  # noqa: PLC0415

        until = time.monotonic() + seconds
        session = self._session()
        try:
            with (
                session.within(seconds),
                session.request(
                    method,
                    url,
                    headers=headers,
                    params=params,
                    data=data,
                    timeout=(CONNECT_SECONDS, seconds),
                    allow_redirects=False,
                    stream=True,
                ) as answer,
            ):
                kind = answer.headers.get("Content-Type", "").split(";")[0].strip()
                ours = kind in (MEDIA_TYPE, _BINARY) and answer.headers.get(HEADER) == str(PROTOCOL)
                _in_time(until)  # heads that were cut off look like whole ones
                if not ours:
                    return answer.status_code, "", b""
                body = _read(answer, until)
                if answer.headers.get("Content-Encoding") == "zstd":
                    body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
                return answer.status_code, kind, body
        except requests.exceptions.SSLError as error:
            raise Unreachable(TLS, code="tls") from error
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            zstandard.ZstdError,
            OSError,
            ValueError,
        ) as error:
            raise (TooSlow if time.monotonic() >= until else Unreachable)(OFFLINE) from error

    def _session(self) -> OwnSession:
        """This thread's connections."""
        from desk_client.sync.trust import OwnSession  # noqa: PLC0415 - as above

        session: OwnSession | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = OwnSession()
        return session


def _read(answer: requests.Response, until: float) -> bytes:
    """The body, piece by piece as it comes, so that a server that drips cannot hold us past the deadline."""
    parts, size = [], 0
    while part := answer.raw.read1(_CHUNK, decode_content=False):
        parts.append(part)
        size += len(part)
        _in_time(until)
        if size > _MOST_BYTES:
            raise ValueError("too large")
    _in_time(until)
    return b"".join(parts)


def _in_time(until: float) -> None:
    if time.monotonic() >= until:
        raise ValueError("too slow")
