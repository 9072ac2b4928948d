"""The window as a process of its own: one per profile, reached by the telephone, ended by the system (5, 44; F11, R50, R78)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_client.system import caller
from desk_client.system.call_door import tell_window
from desk_client.system.lock import ProfileLock
from tests.client.double import MemoryServer
from tests.client.http_double import desk_over_http, serving
from tests.support.terminal import Twin
from tests.waiting import until

SECONDS_TO_SAVE = 2.0
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def twin(tmp_path: Path, server: MemoryServer) -> Iterator[Twin]:
    """A member's profile, signed in."""
    with serving(desk_over_http(server)) as url:
        found = Twin(tmp_path / "ada")
        password = MemoryServer.password + "\n"
        found.run("sign-in", "--server", url, "--user", "ada", "--password-stdin", typed=password)
        yield found


@pytest.fixture
def start(twin: Twin) -> Iterator[Start]:
    """Starts the window on the profile, without the network, and waits until it can be reached."""
    started: list[subprocess.Popen[str]] = []

    def window() -> subprocess.Popen[str]:
        process = launch(twin)
        started.append(process)
        until(lambda: process.poll() is not None or tell_window(twin.profile, {"event": "none"}), "the window")
        return process

    yield window
    for process in started:
        process.kill()
        process.communicate()


def launch_words(twin: Twin) -> list[str]:
    return [sys.executable, "-m", "desk_client", "--profile", str(twin.profile), "--offline"]


def launch(twin: Twin) -> subprocess.Popen[str]:
    return subprocess.Popen(
        launch_words(twin), env=os.environ | twin.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def report(twin: Twin, event: str) -> None:
    """What ``desk-client call`` does; the window takes it as soon as it has opened the member's files."""
    told = {"event": event, "number": "+49405550177", "id": "phone-1"}
    until(lambda: "code" not in (tell_window(twin.profile, told) or {"code": ""}), "the call to be taken", every=0.1)


def test_a_second_start_raises_the_first_window_and_ends(twin: Twin, start: Start) -> None:
    first = start()
    second = launch(twin)
    out, err = second.communicate(timeout=30)
    assert (second.returncode, out, err) == (0, "", "")
    assert first.poll() is None


def test_a_profile_that_another_process_holds_is_one_sentence(twin: Twin) -> None:
    lock = ProfileLock(twin.profile)
    lock.acquire()
    try:
        refused = launch(twin)
        out, err = refused.communicate(timeout=30)
    finally:
        lock.release()
    assert (refused.returncode, out) == (1, "")
    assert "already open with this profile" in err
    assert len(err.strip().splitlines()) == 1


def test_point_44_a_softphone_starts_the_window_and_a_second_start_passes_its_arguments(
    twin: Twin, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """desktop 5, 44: the number is in no list of processes; --call-start answers what rings."""
    for name, value in twin.env.items():
        monkeypatch.setenv(name, value)
    assert caller.main(["--profile", str(twin.profile), "ringing", "--id", "17", "--number", "+49405550177"]) == 0
    try:
        until(lambda: [call.number for call in server.calls.values()] == ["+49405550177"], "the window and its call")
        window = Path("/proc", (twin.profile / "profile.lock").read_text(), "cmdline").read_bytes()
        assert window.endswith(f"--told\0--profile={twin.profile}\0".encode()), "no number for others to see"
        second = subprocess.run([*launch_words(twin), "--call-start"], env=twin.env, capture_output=True, text=True)
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        until(lambda: all(call.answered_at for call in server.calls.values()), "the answer")
        assert len(server.calls) == 1
    finally:
        os.kill(int((twin.profile / "profile.lock").read_text()), signal.SIGKILL)


def test_a_call_reaches_the_open_window_and_the_end_of_the_session_keeps_it(twin: Twin, start: Start) -> None:
    window = start()
    report(twin, "answered")
    assert "already open" in twin.run("queue", "--offline", code=1)
    begun = time.monotonic()
    window.send_signal(signal.SIGTERM)
    _out, err = window.communicate(timeout=30)
    assert (window.returncode, err) == (0, "")
    assert time.monotonic() - begun < SECONDS_TO_SAVE + 1
    assert [item["command"] for item in twin.json("outbox", "--offline")] == ["begin_call", "answer_call"]


def test_a_call_survives_kill_9(twin: Twin, start: Start) -> None:
    """R72: what was acknowledged is on the disk; the next window starts by itself."""
    window = start()
    report(twin, "ringing")
    window.kill()
    window.communicate()
    again = start()
    assert again.poll() is None
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=30)
    assert [item["command"] for item in twin.json("outbox", "--offline")] == ["begin_call"]
