"""``kill -9`` of a client while calls are taken: whatever number was shown is the server's, once (P1, P4, P5, H-09).

Every other moment: tests/kill_matrix."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from desk_client.system.call_door import tell_window
from desk_core.references import parse
from tests.journeys.office import PASSWORD, Office
from tests.kill_matrix import processes
from tests.kill_matrix.traps import NONE, Order
from tests.support.terminal import FAULT, PASSPHRASE, Twin
from tests.waiting import until

ENVIRONMENT = {"DESK_CLIENT_PASSPHRASE": PASSPHRASE, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
# A logged call is five commands: begun, logged, call back promised, told, ended.
APPEND, SHOW = "desk_client.models.outbox:Outbox.append", "desk_client.models.store:Store._show"
MOMENTS = (Order(APPEND, "after"), Order(SHOW, "before"), Order(SHOW, "after"))
CAPTURING = [moment._replace(nth=count) for moment in MOMENTS for count in range(1, 6)]


def shown_by(
    profile: Path, words: tuple[str, ...], death: Order, *, kill_at_once: bool = False
) -> tuple[list[str], int]:
    """The lines that a process showed before it died, and its exit code. With ``kill_at_once`` it is killed as its first line comes."""
    process = processes.client(profile, words, phrase=PASSPHRASE, order=death)
    first = process.line()
    rest, code = process.end(kill=kill_at_once)
    return [line for line in (first, *rest) if line], code


@pytest.fixture
def anna(busy_office: Office) -> Twin:
    """Anna's terminal, signed in."""
    twin = Twin(busy_office.folder / "anna")
    twin.run("sign-in", "--server", busy_office.server.url, "--user", "anna", "--password-stdin", typed=PASSWORD + "\n")
    return twin


def test_killed_at_any_point_of_logging_a_call_loses_no_number_that_was_shown(busy_office: Office, anna: Twin) -> None:
    """20 kills of ``log-call`` without a network; then one sync."""
    shown: list[str] = []
    for death in CAPTURING:
        lines, code = shown_by(anna.profile, ("log-call", "--offline", *FAULT), death)
        assert code == -signal.SIGKILL, (death, lines)
        assert len(lines) == (0 if death.nth == 1 else 1), (death, lines)
        shown += lines
    for _ in range(5):
        lines, code = shown_by(anna.profile, ("log-call", "--offline", *FAULT), NONE, kill_at_once=True)
        assert code in (-signal.SIGKILL, 0)
        shown.append(lines[0])
    spoken = [parse(line) for line in shown]
    assert None not in spoken
    assert len(set(spoken)) == len(spoken) == 12 + 5
    anna.run("sync")
    anna.run("sync")
    colleague = busy_office.colleague()
    known = [call.reference for call in colleague.calls()]
    assert len(set(known)) == len(known)
    assert set(spoken) <= set(known)
    tickets = [ticket.reference for ticket in colleague.tickets()]
    assert len(set(tickets)) == len(tickets)
    # Where the second command was on the disk the ticket is there, under the number of its call.
    assert len(tickets) >= 3 + 4 + 4
    assert set(tickets) <= set(known)
    assert anna.json("outbox") == []


def test_a_killed_window_comes_back_with_every_call_that_rang(busy_office: Office, anna: Twin) -> None:
    """The window as a process of its own; the softphone's hook tells it of calls, and it is killed as soon as it has answered."""
    shown: list[str] = []
    for number in range(2):
        window = subprocess.Popen(
            [sys.executable, "-m", "desk_client", "--profile", str(anna.profile)],
            env={**os.environ, **ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.DEVNULL,
        )
        try:
            event = {"event": "ringing", "number": "+49405550177", "id": f"softphone-{number}"}
            shown.append(until(partial(_told, anna.profile, event), "the window", every=0.1))
        finally:
            window.send_signal(signal.SIGKILL)
            window.wait()
    anna.run("sync")
    colleague = busy_office.colleague()
    assert sorted(call.reference for call in colleague.calls()) == sorted(shown)
    again = anna.json("call", "answered", "--number", "+49405550177", "--id", "softphone-0")
    assert again["reference"] == shown[0], "the same conversation keeps its number"


def _told(profile: Path, event: dict[str, str]) -> str:
    """The number of a call, from a window that has opened its files; "" from none."""
    told = tell_window(profile, event)
    return str(told.get("reference", "")) if told else ""
