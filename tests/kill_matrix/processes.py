"""Real processes of both programs, each forked from one that has them loaded: a new Python for each would take a second or two.

A process lives until it ends, or until it passes the point of its order (:mod:`tests.kill_matrix.traps`) and dies by SIGKILL there.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from functools import partial, partialmethod
from multiprocessing.connection import Connection
from pathlib import Path

from desk_client import bootstrap
from desk_client.__main__ import main as desk_client
from desk_client.sync.transport import Transport
from desk_client.system.keys import KeyKeeper
from desk_server.commands.program import program as desk_server
from desk_server.commands.sentences import run as run_server
from tests.kill_matrix.keyring import FileKeyring
from tests.kill_matrix.points import SERVER_TARGETS
from tests.kill_matrix.traps import NONE, Order, Orders, die, lay, lay_all

SECONDS = 60.0
ROWS = 20
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    [
        *("tests.kill_matrix.processes", "desk_client.cli.run", "desk_client.sync.trust", "keyring.backends.fail"),
        *("desk_client.ui.app", "desk_client.ui.screens", "PySide6.QtWidgets"),
        *("desk_server.app", "desk_server.serving", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto"),
    ]
)


class Process:
    """One of them, and what it says."""

    def __init__(self, target: object, *arguments: object) -> None:
        receiving, sending = _PROCESSES.Pipe(duplex=False)
        self._process = _PROCESSES.Process(target=target, args=(*arguments, sending))  # type: ignore[arg-type]
        self._process.start()
        sending.close()
        self._lines = os.fdopen(os.dup(receiving.fileno()), encoding="utf-8")
        receiving.close()

    @property
    def alive(self) -> bool:
        """False once it has ended."""
        return self._process.is_alive()

    def line(self) -> str:
        """The next line that it says, "" when it has ended."""
        return self._lines.readline().strip()

    def end(self, *, kill: bool = False, stop: bool = False) -> tuple[list[str], int]:
        """Wait for its end, after SIGKILL or SIGTERM where that is asked for: the rest of its lines and its exit code."""
        if kill:
            self._process.kill()
        if stop:
            self._process.terminate()
        self._process.join(SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
            raise AssertionError(f"the process hung; it said {self._lines.read()!r}")
        said = [line.strip() for line in self._lines if line.strip()]
        self._lines.close()
        code = self._process.exitcode
        self._process.close()
        assert code is not None
        return said, code


def client(profile: Path, words: tuple[str, ...], *, typed: str = "", phrase: str = "", order: Order = NONE) -> Process:
    """``desk-client`` with these words; without any, its window. The key lies in a keyring beside the profile, or is made of ``phrase``."""
    return Process(_client, profile, words, typed, phrase, order)


def server(words: tuple[str, ...], orders: Path) -> Process:
    """``desk-server`` with these words; the file ``orders`` says where it is to die."""
    return Process(_server, words, orders)


def _client(profile: Path, words: tuple[str, ...], typed: str, phrase: str, order: Order, out: Connection) -> None:
    speak_into(out)
    sys.stdin = io.StringIO(typed)
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    if phrase:
        os.environ["DESK_CLIENT_PASSPHRASE"] = phrase
    else:
        keyring = FileKeyring(profile.with_suffix(".keyring"))
        setattr(bootstrap, "KeyKeeper", partial(KeyKeeper, backend=lambda: keyring))  # noqa: B010 - not a name that it gives out
    _in_small_pages()
    if order.target:
        lay(order.target, lambda: order)
    code = desk_client([*words, "--profile", str(profile)])
    sys.stdout.flush()
    os._exit(code)


def _server(words: tuple[str, ...], orders: Path, out: Connection) -> None:
    speak_into(out)
    lay_all(SERVER_TARGETS, Orders(orders))
    code = run_server(desk_server, list(words))
    sys.stdout.flush()
    os._exit(code)


def _in_small_pages() -> None:
    """As after answers that took too long, so that a download has several pages."""
    pull, snapshot = Transport.pull, Transport.snapshot
    Transport.pull = partialmethod(_few_rows, pull)  # type: ignore[assignment,method-assign]
    Transport.snapshot = partialmethod(_few_rows, snapshot)  # type: ignore[assignment,method-assign]


def _few_rows(wire: Transport, ask: Callable[..., object], *arguments: object) -> object:
    *others, rows = arguments
    return ask(wire, *others, min(int(str(rows)), ROWS))


def speak_into(out: Connection) -> None:
    """A pipe: what is not flushed dies with the process. Nothing outlives whoever has started it."""
    threading.Thread(target=_follow, name="parent", daemon=True).start()
    sys.stdout = os.fdopen(os.dup(out.fileno()), "w", encoding="utf-8")
    sys.stderr = sys.stdout


def _follow() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    die()
