"""A client process that dies by SIGKILL at a chosen point: nothing that runs at an orderly end may help it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desk_client.__main__ import main
from desk_client.models.outbox import Outbox
from desk_client.models.pages import Pages
from desk_client.models.store import Store
from desk_client.sync.transport import Transport

# Processes are forked from one that has the program loaded: a new Python for each would take a second.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.journeys.dying", "desk_client.cli.run", "requests", "keyring"])

POINTS: dict[str, tuple[type, str]] = {
    "commit": (Outbox, "append"),  # the command is in the open transaction, or was just put there
    "show": (Store, "_show"),  # the command is on the disk, but not in the cache
    "push": (Transport, "push"),  # the commands are on their way, or were carried out and the answer is lost
    "answer": (Pages, "answered"),  # the verdicts are here, or were just noted
    "page": (Pages, "page"),  # a page of the feed is here, or was just applied
}


def run(
    profile: Path, environment: dict[str, str], words: tuple[str, ...], death: tuple[str, str, int], out: Connection
) -> None:
    """``desk-client`` with these words; ``death`` is before or after the n-th passing of a point, or none ("", "", 0)."""
    os.environ.update(environment)
    sys.stdout = os.fdopen(
        os.dup(out.fileno()), "w", encoding="utf-8"
    )  # a pipe: what is not flushed dies with the process
    when, point, count = death
    if point:
        kind, name = POINTS[point]
        setattr(kind, name, _deadly(getattr(kind, name), when, count))
    code = main([*words, "--profile", str(profile)])
    sys.stdout.flush()
    os._exit(code)


def _deadly(work: Callable[..., Any], when: str, count: int) -> Callable[..., Any]:
    passed = 0

    @wraps(work)
    def working(*arguments: Any, **more: Any) -> Any:
        nonlocal passed
        passed += 1
        if when == "before" and passed == count:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = work(*arguments, **more)
        if when == "after" and passed == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return working


def shown_by(
    profile: Path,
    environment: dict[str, str],
    words: tuple[str, ...],
    death: tuple[str, str, int],
    *,
    kill_at_once: bool = False,
) -> tuple[list[str], int]:
    """The lines that a process showed before it died, and its exit code. With ``kill_at_once`` it is killed as its first line comes."""
    receiving, sending = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=run, args=(profile, environment, words, death, sending))
    process.start()
    sending.close()
    with os.fdopen(os.dup(receiving.fileno()), encoding="utf-8") as lines:
        receiving.close()
        shown = [lines.readline()]
        if kill_at_once and shown[0]:
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
        shown += lines.readlines()
    process.join(30)
    code = process.exitcode
    process.close()
    assert code is not None
    return [line.strip() for line in shown if line.strip()], code
