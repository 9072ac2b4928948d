"""The sample desk: made once by ``desk-server init --demo``, then served by a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

POLICY = "hamburg-woking"
AGENT = "anke"
COLLEAGUE = "jonas"
SUPERVISOR = "katrin"
PASSPHRASE = "sample-desk-passphrase"  # noqa: S105 - what it locks is invented
_READY = "ready on "
_START_SECONDS = 60
_STOP_SECONDS = 15
_FRESH_SECONDS = 20 * 3600


class DemoProblem(Exception):
    """The demonstration cannot go on; the message is a sentence for the person who started it."""


def environment() -> dict[str, str]:
    """What our programs are started with: their files are locked by a passphrase, so that nobody's keyring gets a demo's keys."""
    keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "DESK_CLIENT_PASSPHRASE": PASSPHRASE}
    return {**os.environ, **keyring, "PYTHONUTF8": "1"}


def program(name: str, *arguments: str) -> list[str]:
    """The command line that runs one of our programs with this Python."""
    return [sys.executable, "-m", name, *arguments]


def make(folder: Path, clock: Path | None = None) -> None:
    """Make the sample desk in ``folder`` unless one of today is there. A half-made one is made anew."""
    done = folder / "desk-server.json"
    if done.exists() and time.time() - done.stat().st_mtime < _FRESH_SECONDS:
        return
    if folder.exists():
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["init", "--data", str(folder), "--policy", POLICY, "--demo"]
    if clock is not None:
        arguments += ["--test-clock", str(clock)]
    made = subprocess.run(
        program("desk_server", *arguments), env=environment(), capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        raise DemoProblem(f"The sample desk could not be made: {made.stderr.strip() or made.stdout.strip()}")


@dataclass
class ServedDesk:
    """A server process at work; :meth:`stop` ends it."""

    process: subprocess.Popen[str]
    url: str
    port: int
    password: str

    def stop(self) -> None:
        """End the server as Ctrl+C does, and wait for it."""
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(folder: Path, clock: Path | None = None) -> ServedDesk:
    """Start the server of ``folder`` on a free port of this machine and wait until it answers."""
    arguments = ["serve", "--data", str(folder), "--port", "0"]
    if clock is not None:
        arguments += ["--test-clock", str(clock)]
    log = (folder.parent / "server.log").open("w", encoding="utf-8")
    process = subprocess.Popen(
        program("desk_server", *arguments), env=environment(), stdout=subprocess.PIPE, stderr=log, text=True
    )
    log.close()
    line = process.stdout.readline() if process.stdout is not None else ""
    if _READY not in line:
        process.terminate()
        process.wait(_START_SECONDS)
        said = (folder.parent / "server.log").read_text(encoding="utf-8").strip().splitlines()
        raise DemoProblem(f"The server did not start: {said[-1] if said else line.strip() or 'it said nothing.'}")
    url = line.split(_READY, 1)[1].split()[0]
    members = json.loads((folder / "sample-members.json").read_text(encoding="utf-8"))
    return ServedDesk(process, url, int(url.rsplit(":", 1)[1]), members[0]["password"])


class SigningIn:
    """A member signing in through the client's own command, in a process of its own; :meth:`done` waits for it."""

    def __init__(self, profile: Path, desk: ServedDesk, user: str) -> None:
        self._user = user
        arguments = ["--profile", str(profile), "sign-in", "--server", desk.url, "--user", user, "--password-stdin"]
        command = program("desk_client", *arguments)
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, env=environment(), stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe, text=True
        )
        if self._process.stdin is not None:
            self._process.stdin.write(desk.password)
            self._process.stdin.close()

    def done(self) -> None:
        """Raises :class:`DemoProblem` when it did not work."""
        said = self._process.stderr.read() if self._process.stderr is not None else ""
        if self._process.wait() != 0:
            raise DemoProblem(f"{self._user} could not sign in: {said.strip()}")
