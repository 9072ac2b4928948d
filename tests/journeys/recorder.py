"""A recorder between client and server: every answer passes through it and is kept as it was on the wire."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import zstandard

from tests.client.http_double import serving


@dataclass
class Recording:
    """What came from the server: ``port`` is where the recorder listens."""

    port: int = 0
    answers: list[tuple[str, bytes]] = field(default_factory=list)

    def text(self) -> str:
        """All bodies, unpacked, with the head of each."""
        return "\n".join(f"{head}\n{body.decode('utf-8', 'replace')}" for head, body in self.answers)


@contextmanager
def recorder(server_port: int) -> Iterator[Recording]:
    """Passes requests on to the server of this port, one connection each."""
    kept = Recording()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said; tests read the recording."""

        def do_GET(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            server = http.client.HTTPConnection("127.0.0.1", server_port, timeout=60)
            try:
                server.request(self.command, self.path, asked or None, dict(self.headers))
                answer = server.getresponse()
                body, heads = answer.read(), answer.getheaders()
            except (OSError, http.client.HTTPException):
                self.close_connection = True  # the server has ended; so does this answer
                return
            finally:
                server.close()
            packed = answer.headers.get("Content-Encoding") == "zstd"
            plain = zstandard.ZstdDecompressor().decompressobj().decompress(body) if packed else body
            kept.answers.append((f"{self.path} {answer.status} {heads}", plain))
            self._pass_on(answer.status, heads, body)

        def _pass_on(self, status: int, heads: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in heads:
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            try:
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the client has gone

        do_POST = do_GET  # noqa: N815 - the library's name

    with serving(Handler) as url:
        kept.port = int(urlsplit(url).port or 0)
        yield kept
