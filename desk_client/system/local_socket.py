"""The door through which ``desk-client call`` reaches an open window: a socket of this user alone (R48 to R50).

Without Unix sockets (Windows) the file holds a loopback port and a secret that only this user can read; a message must begin with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import socket
import struct
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_client.system.problems import MachineError

MOST_BYTES = 4_096
TIMEOUT = 1.0
PER_SECOND = 20
_PATH_LIMIT = 100
_UNIX = hasattr(socket, "AF_UNIX")

Handler = Callable[[dict[str, Any]], dict[str, Any]]


def socket_path(profile: Path) -> Path:
    """Where the socket of a profile lies: in the profile, or, when that path is too long for a socket, in a folder of this user's own."""
    near = profile / "call.sock"
    if len(os.fsencode(near)) <= _PATH_LIMIT:
        return near
    who = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"desk-client-{who}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat()
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077):
        raise MachineError("socket_folder", f"The folder {folder} belongs to somebody else; remove it and start again.")
    return folder / f"{hashlib.sha256(os.fsencode(profile)).hexdigest()[:16]}.sock"


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
        if _UNIX:
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
    if not _UNIX or not hasattr(socket, "SO_PEERCRED"):
        return True  # the file's mode, or the secret in it, keeps others out
    _, uid, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(uid == os.getuid())


def _problem(code: str, text: str) -> dict[str, Any]:
    return {"code": code, "text": text}


def tell_window(profile: Path, message: dict[str, Any]) -> dict[str, Any] | None:
    """Send a message to the window of a profile; its answer, or None when no window is open."""
    path = socket_path(profile)
    try:
        if _UNIX:
            client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            target: Any = str(path)
            secret = b""
        else:
            port, word = path.read_text(encoding="ascii").split(" ", 1)
            client, target, secret = (
                socket.socket(socket.AF_INET, socket.SOCK_STREAM),
                ("127.0.0.1", int(port)),
                word.encode(),
            )
        with client:
            client.settimeout(10.0)
            client.connect(target)
            client.sendall(secret + json.dumps(message).encode())
            client.shutdown(socket.SHUT_WR)
            answer = json.loads(_read_all(client))
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _read_all(client: socket.socket) -> bytes:
    body = b""
    while part := client.recv(MOST_BYTES):
        body += part
    return body
