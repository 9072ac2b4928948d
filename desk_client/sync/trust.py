"""A session of requests that trusts what this machine trusts, and asks nothing else of its environment (R71, F5).

Imported when the first request is made: it is not needed before the first paint.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_HERE = threading.local()


class _Line:
    """A second handle on a connection's socket, through which another thread can cut it, also while it is being secured."""

    _handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._handle = made.dup()
        _lines().add(self)
        return made

    def close(self) -> None:
        """Let both handles go."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()
        super().close()  # type: ignore[misc]

    def cut(self) -> None:
        """Whoever waits for this connection is told that it has ended."""
        handle = self._handle
        if handle is not None:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)


class _Plain(_Line, HTTPConnection):
    pass


class _Secured(_Line, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecuredPool(HTTPSConnectionPool):
    ConnectionCls = _Secured


def _lines() -> WeakSet[_Line]:
    """The connections that this thread has made."""
    lines: WeakSet[_Line] | None = getattr(_HERE, "lines", None)
    if lines is None:
        lines = _HERE.lines = WeakSet()
    return lines


class _Watched(HTTPAdapter):
    """Connections that can be cut."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Every connection is one of ours."""
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecuredPool}


class _SystemTrust(_Watched):
    """Certificates are judged by the system's own store: a company's authority works without a file of ours."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Every connection uses the system's judgement."""
        super().init_poolmanager(*args, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **more)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002 - the library's signature
        """No list of certificates beside the system's, and never none."""
        conn.cert_reqs = "CERT_REQUIRED"


class OwnSession(requests.Session):
    """No proxy, no netrc, no certificates of the environment; for one thread."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("http://", _Watched())
        self.mount("https://", _SystemTrust())

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Cut this thread's connections when ``seconds`` are over, wherever the request stands: connecting, heads or body."""
        lines = _lines()

        def cut() -> None:
            for line in list(lines):
                line.cut()

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
