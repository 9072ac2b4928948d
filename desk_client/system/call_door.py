"""Where the door of a profile's window is, and how to put a message through it: all that a tiny program needs (R48 to R50).

Without Unix sockets (Windows) the file holds a loopback port and a secret that only this user can read; a message must begin with it.
"""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk_client.system.problems import MachineError

MOST_BYTES = 4_096
UNIX = hasattr(socket, "AF_UNIX")
_PATH_LIMIT = 100
_ANSWER_SECONDS = 10.0
_DROP_SECONDS = 0.05


def socket_path(profile: Path) -> Path:
    """Where the socket of a profile lies: in the profile, or, when that path is too long for a socket, in a folder of this user's own."""
    near = profile / "call.sock"
    if not UNIX or len(os.fsencode(near)) <= _PATH_LIMIT:
        return near
    import hashlib  # noqa: PLC0415 - 10 ms with the next one, for the few profiles that lie so deep
    import tempfile  # noqa: PLC0415

    folder = Path(tempfile.gettempdir()) / f"desk-client-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise MachineError("socket_folder", f"The folder {folder} belongs to somebody else; remove it and start again.")
    return folder / f"{hashlib.sha256(os.fsencode(profile)).hexdigest()[:16]}.sock"


def tell_window(profile: Path, message: Mapping[str, Any]) -> dict[str, Any] | None:
    """Send a message to the window of a profile; its answer, or None when no window is open."""
    try:
        with _Line(profile, _ANSWER_SECONDS) as line:
            line.say(message)
            answer = line.answer()
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def drop_message(profile: Path, message: Mapping[str, Any]) -> bool:
    """Leave a message at the door and go, without waiting for the answer; False when no window is open. A window that is too busy to open
    its door is open all the same: nothing is told to it."""
    try:
        with _Line(profile, _DROP_SECONDS) as line:
            line.say(message)
    except (BlockingIOError, TimeoutError):
        return True
    except (OSError, ValueError):
        return False
    return True


class _Line:
    """A connection to the door, until the end of the block."""

    def __init__(self, profile: Path, seconds: float) -> None:
        path = socket_path(profile)
        target: Any = str(path)
        self._secret = b""
        if not UNIX:
            port, word = path.read_text(encoding="ascii").split(" ", 1)
            target, self._secret = ("127.0.0.1", int(port)), word.encode()
        self.socket = socket.socket(socket.AF_UNIX if UNIX else socket.AF_INET, socket.SOCK_STREAM)
        self.socket.settimeout(seconds)
        try:
            self.socket.connect(target)
        except OSError:
            self.socket.close()
            raise

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()

    def say(self, message: Mapping[str, Any]) -> None:
        self.socket.sendall(self._secret + json.dumps(message).encode())
        self.socket.shutdown(socket.SHUT_WR)

    def answer(self) -> Any:
        body = b""
        while part := self.socket.recv(MOST_BYTES):
            body += part
        return json.loads(body)
