"""Follows baresip: its module ``ctrl_tcp`` says in netstrings of JSON what calls do, and this passes it on."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from desk_client.system.problems import MachineError

PORT = 4444
_EVENTS = {"CALL_INCOMING": "ringing", "CALL_ESTABLISHED": "answered", "CALL_CLOSED": "ended"}
_LONGEST = 65_536
_LENGTH_DIGITS = 5
_PAUSE = 1.0


class Netstrings:
    """Takes bytes as they come and gives whole strings: ``5:hello,``. Raises ``ValueError`` for what is none."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, part: bytes) -> Iterator[bytes]:
        """The strings that are whole now."""
        self._rest += part
        while self._rest:
            length, colon, after = self._rest.partition(b":")
            if not colon:
                if len(length) > _LENGTH_DIGITS:
                    raise ValueError("no netstring")
                return
            if not length.isdigit() or int(length) > _LONGEST:
                raise ValueError("no netstring")
            end = int(length)
            if len(after) <= end:
                return
            if after[end : end + 1] != b",":
                raise ValueError("no netstring")
            self._rest = after[end + 1 :]
            yield after[:end]


def message_of(body: bytes) -> dict[str, str]:
    """The message for the window of one of baresip's events; empty when there is none. Calls that the person dials are no news."""
    try:
        event = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(event, dict) or event.get("class") != "call" or event.get("direction") == "outgoing":
        return {}
    kind, call = _EVENTS.get(_text(event, "type"), ""), _text(event, "id")
    if not kind:
        return {}
    name = _text(event, "peerdisplayname")
    # The caller's telephone makes this id: as a digest it is short and plain whatever it was.
    named = hashlib.sha256(call.encode(errors="replace")).hexdigest()[:32]
    return {"event": kind, "number": _text(event, "peeruri"), "id": f"baresip-{named}", "name": name}


def _text(event: Mapping[str, Any], key: str) -> str:
    value = event.get(key)
    return value if isinstance(value, str) else ""


def address(typed: str) -> tuple[str, int]:
    """Where baresip listens: ``host:port``, by default this machine's 4444. Raises ``bad_address``."""
    host, _, port = (typed or f"127.0.0.1:{PORT}").rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise MachineError("bad_address", f"Say where baresip listens as host:port, such as 127.0.0.1:{PORT}.")
    return host, int(port)


def follow(typed: str, tell: Callable[[Mapping[str, str]], object], say: Callable[[str], object]) -> None:
    """Pass on what baresip says until Ctrl+C; before baresip starts and after it has ended, wait for it. ``say`` hears how it stands."""
    where = address(typed)
    waited = threading.Event()
    try:
        while True:
            try:
                with socket.create_connection(where, timeout=_PAUSE) as line:
                    say("baresip is there; its calls are shown in the window.")
                    _listen(line, tell)
            except (OSError, ValueError):
                pass
            waited.wait(_PAUSE)
    except KeyboardInterrupt:
        return


def _listen(line: socket.socket, tell: Callable[[Mapping[str, str]], object]) -> None:
    line.settimeout(None)
    strings = Netstrings()
    while part := line.recv(_LONGEST):
        for body in strings.feed(part):
            message = message_of(body)
            if message:
                tell(message)
