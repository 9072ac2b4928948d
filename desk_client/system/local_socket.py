"""The window's side of the door through which calls reach it: a socket of this user alone (R48 to R50); the other side is
:mod:`desk_client.system.call_door`."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_client.system.call_door import MOST_BYTES, UNIX, socket_path

TIMEOUT = 1.0
PER_SECOND = 20

Handler = Callable[[dict[str, Any]], dict[str, Any]]


class CallDoor:
    """Serves one message per connection, on a thread of its own."""

    def __init__(self, profile: Path, handle: Handler) -> None:
        self._path = socket_path(profile)
        self._handle = handle
        self._secret = b""
        self._recent: deque[float] = deque(maxlen=PER_SECOND)
        self._path.unlink(missing_ok=True)
        self._server = self._listen()
        self._server.settimeout(None)
        self._thread = threading.Thread(target=self._serve, name="call-door", daemon=True)
        self._thread.start()

    def _listen(self) -> socket.socket:
        if UNIX:
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            before = os.umask(0o177)
            try:
                server.bind(str(self._path))
            finally:
                os.umask(before)
            self._path.chmod(0o600)
        else:
            server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            server.bind(("127.0.0.1", 0))
            self._secret = secrets.token_hex(16).encode() + b"\n"
            self._path.write_text(f"{server.getsockname()[1]} {self._secret.decode()}", encoding="ascii")
        server.listen(8)
        return server

    def close(self) -> None:
        """Close the door."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            with peer, contextlib.suppress(OSError):
                peer.settimeout(TIMEOUT)
                peer.sendall(json.dumps(self._answer(peer)).encode())

    def _answer(self, peer: socket.socket) -> dict[str, Any]:
        if not _same_user(peer):
            return _problem("not_allowed", "Only the same user can report calls.")
        body, now = _receive(peer), time.monotonic()
        if len(self._recent) == PER_SECOND and now - self._recent[0] < 1.0:
            return _problem("too_many", "Too many calls are reported at once; report this one again in a second.")
        self._recent.append(now)
        if not body.startswith(self._secret) or len(body) > MOST_BYTES:
            return _problem("bad_call_event", "The message is too long or not ours.")
        try:
            message = json.loads(body[len(self._secret) :])
        except ValueError:
            return _problem("bad_call_event", "The message cannot be read.")
        if not isinstance(message, dict):
            return _problem("bad_call_event", "The message cannot be read.")
        return self._handle(message)


def _receive(peer: socket.socket) -> bytes:
    """Everything up to the end of the peer's half, at most one byte more than is allowed, within the time-out as a whole."""
    body, until = b"", time.monotonic() + TIMEOUT
    while len(body) <= MOST_BYTES and time.monotonic() < until:
        part = peer.recv(MOST_BYTES + 1 - len(body))
        if not part:
            break
        body += part
    return body


def _same_user(peer: socket.socket) -> bool:
    if not UNIX or not hasattr(socket, "SO_PEERCRED"):
        return True  # the file's mode, or the secret in it, keeps others out
    _, uid, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(uid == os.getuid())


def _problem(code: str, text: str) -> dict[str, Any]:
    return {"code": code, "text": text}
