"""The server in memory behind real HTTP on loopback, for the transport and for processes of their own; and servers that are not ours."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import msgspec

from desk_client.models.errors import DeskError
from desk_client.sync.transport import Trouble
from desk_core import protocol as p
from tests.client.double import Door, MemoryServer


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Tests read answers, not logs."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are what some tests are about."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server on loopback; its address."""
    httpd = _Server(("127.0.0.1", 0), handler)
    if tls is not None:
        httpd.socket = tls.wrap_socket(httpd.socket, server_side=True, do_handshake_on_connect=False)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def answering(status: int, body: bytes, **headers: str) -> type[BaseHTTPRequestHandler]:
    """A server that says the same to everything."""

    class Handler(_Quiet):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

    return Handler


def _asks(door: Any, token: str, query: dict[str, str], raw: bytes) -> dict[str, Callable[[], object]]:
    """What each address of the desk answers."""
    return {
        "/v1/enrol": lambda: door.enrol("", msgspec.json.decode(raw, type=p.EnrolRequest)),
        "/v1/push": lambda: door.push("", token, msgspec.json.decode(raw, type=p.PushRequest)),
        "/v1/pull": lambda: door.pull(
            "", token, p.cursor_from_text(query.get("cursor", "")), int(query.get("wait", 0))
        ),
        "/v1/snapshot": lambda: door.snapshot(
            "", token, query.get("token", ""), tuple(filter(None, query.get("scopes", "").split(",")))
        ),
        "/v1/digest": lambda: door.digest("", token),
        "/v1/device": lambda: door.device("", token, msgspec.json.decode(raw, type=p.DeviceRequest)),
        "/v1/receipts": lambda: door.receipts("", token, msgspec.json.decode(raw, type=p.ReceiptsRequest).ids),
        "/v1/lease": lambda: door.lease("", token, msgspec.json.decode(raw, type=p.LeaseRequest)),
        "/v1/find": lambda: door.find("", token, query["reference"]),
        "/v1/sign-out": lambda: {},
    }


def desk_over_http(desk: MemoryServer) -> type[BaseHTTPRequestHandler]:
    """The desk, as the real server speaks."""
    door = cast("Any", Door(desk))
    heads: list[dict[str, str]] = []

    class Handler(_Quiet):
        seen = heads

        def _reply(self, status: int, body: object) -> None:
            binary = isinstance(body, bytes)
            encoded = body if isinstance(body, bytes) else msgspec.json.encode(body)
            self.send_response(206 if binary else status)
            self.send_header("Content-Type", "application/octet-stream" if binary else p.MEDIA_TYPE)
            self.send_header(p.HEADER, str(p.PROTOCOL))
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def do_GET(self) -> None:
            heads.append(dict(self.headers))
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            query = {k: v[0] for k, v in parse_qs(parts.query).items()}
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            ask = _asks(door, token, query, raw)
            try:
                if parts.path.startswith("/v1/blob/"):
                    self._reply(200, self._blob(token, parts.path.rpartition("/")[2], raw))
                else:
                    self._reply(200, ask[parts.path]())
            except Trouble as trouble:
                self._reply(trouble.status, p.Problem(code=trouble.code, text=trouble.text))
            except DeskError:
                self.close_connection = True
            except ConnectionError:
                self.close_connection = True  # the client has gone

        do_POST = do_PUT = do_GET  # noqa: N815 - the library's names

        def _blob(self, token: str, sha256: str, raw: bytes) -> object:
            if self.command == "PUT":
                numbers = [int(number) for number in re.findall(r"\d+", self.headers["Content-Range"])]
                return door.put_blob("", token, sha256, numbers[-1], numbers[0] if raw else 0, raw)
            first, last = map(int, re.findall(r"\d+", self.headers["Range"]))
            return door.get_blob("", token, sha256, first, last - first + 1)

    return Handler
