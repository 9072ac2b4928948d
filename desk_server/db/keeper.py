"""The keeper: a small process that runs PostgreSQL for as long as somebody uses it.

Everyone who uses the cluster holds a shared lock on its file of users; the kernel releases it when a process ends,
however it ends. The keeper waits for the exclusive lock on that file: when it gets it, nobody is left and it stops
PostgreSQL. Should the keeper itself be killed, the kernel tells PostgreSQL to stop (Linux).

It runs as a script under `python -I -S`, so it imports nothing but the standard library.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FAST = signal.SIGINT
IMMEDIATE = signal.SIGQUIT
PATIENCE = 20.0
"""Seconds that a fast shutdown may take."""
SHORT_LIFE = 1.0
"""Seconds: PostgreSQL that ends sooner than this is not started again."""
PR_SET_PDEATHSIG = 1


class Keeper:
    """Starts PostgreSQL, starts it again when it dies, stops it when the last user has gone."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Return PostgreSQL's exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        threading.Thread(target=self._wait_for_last_user, daemon=True).start()
        while True:
            began = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set() or time.monotonic() - began < SHORT_LIFE:
                self._stopped.set()
                return code

    def _run_once(self) -> int:
        with Path(self._order["log"]).open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the order comes from our own process
                self._order["command"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent(os.getpid()),
                cwd=self._order["cwd"],
                env=self._order["env"],
                **self._order["account"],
            )
        if self._stopping.is_set():
            self._process.send_signal(FAST)
        return self._process.wait()

    def _wait_for_last_user(self) -> None:
        users = os.open(self._order["users"], os.O_RDWR)
        fcntl.flock(users, fcntl.LOCK_EX)
        self._stopping.set()
        for number in (FAST, IMMEDIATE, signal.SIGKILL):
            if self._process is not None:
                self._process.send_signal(number)
            if self._stopped.wait(PATIENCE):
                return


def _die_with_parent(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes PostgreSQL; after the change of user, which would undo it."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def die_with_parent() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        libc.prctl(PR_SET_PDEATHSIG, int(FAST), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return die_with_parent


def _is_only_keeper(lock: int) -> bool:
    """Others look at this lock for an instant, to see whether a keeper is alive; another keeper holds it for long."""
    deadline = time.monotonic() + 2
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        else:
            return True


def main() -> int:
    """Run the order in the first argument (JSON: users, keeper, log, command, cwd, env, account)."""
    os.umask(0o077)
    order = json.loads(sys.argv[1])
    if not _is_only_keeper(os.open(order["keeper"], os.O_RDWR)):
        return 1
    return Keeper(order).run()


if __name__ == "__main__":
    sys.exit(main())
