"""A loopback proxy between client and server that does to the next requests what a script says: the network table of the sync protocol.

It reads whole HTTP requests and whole answers. What is not in the script passes as it is.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Self

from desk_core.protocol import HEADER, MEDIA_TYPE

_END = b"\r\n\r\n"


class Cut(Exception):
    """The client's connection ends here."""


class Exchange:
    """One request under a fault, and the ways to answer it."""

    def __init__(self, proxy: FaultProxy, client: socket.socket, path: str, request: bytes) -> None:
        self.proxy, self.path, self.request = proxy, path, request
        self._client = client

    def ask(self) -> bytes:
        """Let the server do what was asked for; its whole answer."""
        return self.proxy.ask(self.path, self.request)

    def tell_half(self) -> None:
        """The server gets the first half of the request, then the line is dead."""
        with self.proxy.line() as far:
            far.sendall(self.request[: len(self.request) // 2])

    def say(self, data: bytes) -> None:
        """The client gets these bytes."""
        self._client.sendall(data)

    def drip(self, data: bytes, seconds: float) -> None:
        """The client gets a byte every so many seconds, for as long as it takes them."""
        for place in range(len(data)):
            if self.proxy.ended.wait(seconds):
                break
            self.say(data[place : place + 1])

    def wait(self) -> None:
        """Nothing comes for as long as the client waits."""
        self._client.recv(1)


Fault = Callable[[Exchange], None]


class FaultProxy:
    """Listens on :attr:`port` and leads to ``target_port``; :meth:`script` says what happens to the next requests of a kind."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.ended = threading.Event()
        self.met: list[tuple[str, str, float]] = []
        """What was asked for, under which fault ("" when it passed), and when (monotonic seconds)."""
        self.first: dict[str, bytes] = {}
        """The first answer to each kind of request."""
        self._script: dict[str, deque[Fault]] = defaultdict(deque)
        self._guard = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        threading.Thread(target=self._accept, name="fault-proxy", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        """The near end."""
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """Its address for a client."""
        return f"http://127.0.0.1:{self.port}"

    def script(self, path: str, *faults: Fault) -> None:
        """The next requests to ``path`` (push, pull, …) meet these faults, one each."""
        with self._guard:
            self._script[path].extend(faults)

    def calm(self) -> None:
        """What is left of the script does not happen."""
        with self._guard:
            self._script.clear()

    @property
    def spent(self) -> bool:
        """True when nothing of the script is left."""
        with self._guard:
            return not any(self._script.values())

    def faults_met(self, path: str) -> list[str]:
        """The faults that requests of this kind have met."""
        return [fault for kind, fault, _ in self.met if kind == path and fault]

    def pauses(self, path: str) -> list[float]:
        """Seconds from each request of this kind that met a fault to the next one."""
        same = [(fault, when) for kind, fault, when in self.met if kind == path]
        return [later - when for (fault, when), (_, later) in pairwise(same) if fault]

    def close(self) -> None:
        """Break everything."""
        self.ended.set()
        self._listener.close()
        with self._guard:
            ends = list(self._ends)
        for end in ends:
            _break(end)

    def ask(self, path: str, request: bytes) -> bytes:
        """The server's whole answer to a request."""
        with self.line() as far:
            far.sendall(request)
            answer = _message(far, b"")[0]
        with self._guard:
            self.first.setdefault(path, answer)
        return answer

    @contextlib.contextmanager
    def line(self) -> Iterator[socket.socket]:
        """A connection to the server."""
        far = socket.create_connection(("127.0.0.1", self.target_port))
        with self._guard:
            self._ends.add(far)
        try:
            yield far
        finally:
            with self._guard:
                self._ends.discard(far)
            _break(far)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._guard:
                self._ends.add(near)
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        rest = b""
        with contextlib.suppress(OSError, Cut):
            while not self.ended.is_set():
                request, rest = _message(near, rest)
                self._exchange(near, request)
        with self._guard:
            self._ends.discard(near)
        _break(near)

    def _exchange(self, near: socket.socket, request: bytes) -> None:
        path = request.split(b" ", 2)[1].split(b"?")[0].rsplit(b"/", 1)[-1].decode()
        with self._guard:
            fault = self._script[path].popleft() if self._script[path] else None
            self.met.append((path, fault.__name__ if fault else "", time.monotonic()))
        exchange = Exchange(self, near, path, request)
        if fault is None:
            exchange.say(exchange.ask())
        else:
            fault(exchange)


def _message(end: socket.socket, rest: bytes) -> tuple[bytes, bytes]:
    """A whole request or answer, and what came after it. Raises :class:`Cut` when the other side has gone."""
    data = rest
    while _END not in data:
        data += _more(end)
    head, _, body = data.partition(_END)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += _more(end)
    return head + _END + body[:length], body[length:]


def _more(end: socket.socket) -> bytes:
    data = end.recv(65_536)
    if not data:
        raise Cut
    return data


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


# --- the faults --------------------------------------------------------------------------------------------------------------


def cut_before(_: Exchange) -> None:
    """The line dies before the request is at the server."""
    raise Cut


def cut_in_request(exchange: Exchange) -> None:
    """The line dies in the middle of the request."""
    exchange.tell_half()
    raise Cut


def cut_after(exchange: Exchange) -> None:
    """The server has answered, and the client never hears it."""
    exchange.ask()
    raise Cut


def cut_in_head(exchange: Exchange) -> None:
    """The line dies in the middle of the answer's heads."""
    exchange.say(exchange.ask()[:40])
    raise Cut


def cut_in_body(exchange: Exchange) -> None:
    """The line dies just before the end of the answer."""
    exchange.say(exchange.ask()[:-3])
    raise Cut


def truncated(exchange: Exchange) -> None:
    """Somebody on the way made half of the answer a whole one."""
    head, _, body = exchange.ask().partition(_END)
    half = body[: len(body) // 2]
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    exchange.say(b"\r\n".join([*lines, b"content-length: %d" % len(half)]) + _END + half)


def flipped_body(exchange: Exchange) -> None:
    """A bit of the answer's first byte has changed."""
    head, _, body = exchange.ask().partition(_END)
    exchange.say(head + _END + bytes([body[0] ^ 1]) + body[1:])


def flipped_head(exchange: Exchange) -> None:
    """A bit of our mark in the heads has changed."""
    answer = exchange.ask()
    place = answer.lower().index(HEADER.lower().encode())
    exchange.say(answer[:place] + bytes([answer[place] ^ 1]) + answer[place + 1 :])


def slow(exchange: Exchange) -> None:
    """The server's answer comes a byte at a time."""
    exchange.drip(exchange.ask(), 0.1)
    raise Cut


def black_hole(exchange: Exchange) -> None:
    """The request vanishes, and the line stays open."""
    exchange.wait()
    raise Cut


def black_hole_after(exchange: Exchange) -> None:
    """The server's answer vanishes, and the line stays open."""
    exchange.ask()
    exchange.wait()
    raise Cut


def stale(exchange: Exchange) -> None:
    """The server's first answer to such a request is given once more, and the server is not asked."""
    exchange.say(exchange.proxy.first[exchange.path])


def stale_after(exchange: Exchange) -> None:
    """The server is asked, but the client gets an earlier answer."""
    earlier = exchange.proxy.first[exchange.path]
    exchange.ask()
    exchange.say(earlier)


def twice(exchange: Exchange) -> None:
    """The request reaches the server two times."""
    exchange.ask()
    exchange.say(exchange.ask())


def _foreign(status: bytes, body: bytes, *heads: bytes) -> bytes:
    lines = [b"HTTP/1.1 " + status, b"content-type: text/html", *heads, b"content-length: %d" % len(body)]
    return b"\r\n".join(lines) + _END + body


def portal(exchange: Exchange) -> None:
    """The network's sign-in page, with 200."""
    exchange.say(_foreign(b"200 OK", b"<html><title>Welcome to the hotel</title></html>"))


def redirect(exchange: Exchange) -> None:
    """The network sends the client elsewhere."""
    exchange.say(_foreign(b"302 Found", b"", b"location: " + exchange.proxy.url.encode() + b"/portal"))


def bad_gateway(exchange: Exchange) -> None:
    """A proxy's own error."""
    exchange.say(_foreign(b"502 Bad Gateway", b"<html>502</html>"))


RETRY_AFTER = 0.4
"""Seconds for which the two answers below ask."""


def _ours(status: bytes, code: str, text: str) -> bytes:
    body = b'{"code":"%s","text":"%s","retry_after":%f}' % (code.encode(), text.encode(), RETRY_AFTER)
    heads = (b"content-type: " + MEDIA_TYPE.encode(), HEADER.encode() + b": 1", b"content-length: %d" % len(body))
    return b"\r\n".join([b"HTTP/1.1 " + status, *heads]) + _END + body


def unavailable(exchange: Exchange) -> None:
    """The server's own 503."""
    text = "The server cannot answer at this moment; try again shortly."
    exchange.say(_ours(b"503 Service Unavailable", "unavailable", text))


def too_often(exchange: Exchange) -> None:
    """The server's own 429."""
    text = "This program asks too often; it goes on by itself in a moment."
    exchange.say(_ours(b"429 Too Many Requests", "too_often", text))
