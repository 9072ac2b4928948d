"""The real desk-server, as a process of its own or, where a test gives many commands in a row, inside the test's."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from desk_server.commands.program import program
from desk_server.commands.sentences import run
from tests.support.server import Api

PROGRAM = [sys.executable, "-m", "desk_server"]
POLICY = "hamburg-woking"
PASSWORD = "correct horse"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DESK_SERVER_DATABASE"}


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on the standard error, for a person."""
        (line,) = self.err.splitlines()
        assert line.endswith((".", "?")), line
        return line


def desk_server(*arguments: str | Path, stdin: str = "", expect: int = 0) -> Done:
    """Run a command to its end; it must end with this exit code and without a traceback."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=90,
        env=ENVIRONMENT,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "mistake of the program" not in done.stderr, done.stderr
    assert done.returncode == expect, (done.returncode, done.stdout, done.stderr)
    return Done(done.returncode, done.stdout, done.stderr)


def same_process(*arguments: str | Path, stdin: str = "", expect: int = 0) -> Done:
    """The same as :func:`desk_server` without the second that a new Python takes; the database is started and stopped all the same."""
    typed, out, err = sys.stdin, io.StringIO(), io.StringIO()
    sys.stdin = io.StringIO(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(program, [str(argument) for argument in arguments])
    finally:
        sys.stdin = typed
    assert "mistake of the program" not in err.getvalue(), err.getvalue()
    assert code == expect, (code, out.getvalue(), err.getvalue())
    return Done(code, out.getvalue(), err.getvalue())


class Folder:
    """A data folder with the commands that work on it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *arguments: str | Path, stdin: str = "", expect: int = 0) -> Done:
        """Give a command with ``--data`` of this folder, in this process."""
        return same_process(*arguments, "--data", self.path, stdin=stdin, expect=expect)

    def process(self, *arguments: str | Path, stdin: str = "", expect: int = 0) -> Done:
        """Give a command with ``--data`` of this folder, as a process of its own."""
        return desk_server(*arguments, "--data", self.path, stdin=stdin, expect=expect)

    def add_member(self, login: str, *options: str, expect: int = 0) -> Done:
        """``member add`` with the common password; without options an agent of every department."""
        role = () if "--role" in options else ("--role", "agent")
        return self("member", "add", login, *role, *options, "--password-stdin", stdin=PASSWORD, expect=expect)

    def members(self) -> dict[str, list[str]]:
        """The rows of ``member list`` by login."""
        rows = [line.split("\t") for line in self("member", "list").out.splitlines()]
        return {row[0]: row[1:] for row in rows}

    def copy(self, to: Path) -> Folder:
        """The same data again, while nobody uses them; owners and modes stay."""
        cp = shutil.which("cp")
        assert cp
        subprocess.run([cp, "-pR", self.path, to], check=True)
        return Folder(to)


class Serving:
    """A server process that has said where it answers."""

    def __init__(self, process: subprocess.Popen[str], line: str) -> None:
        self.process = process
        self.line = line
        self.url = line.split()[-1]
        self._clients: list[Api] = []

    @property
    def port(self) -> str:
        """Where it listens."""
        return self.url.rpartition(":")[2]

    def client(self, user: str, password: str = PASSWORD) -> Api:
        """A member signed in on a new device."""
        api = Api(self.url)
        self._clients.append(api)
        api.enrol(user, password)
        return api

    def stop(self, number: signal.Signals = signal.SIGTERM) -> Done:
        """Ask it to stop, and wait until it has."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        return Done(self.process.returncode, self.line + "\n" + out, err)

    def close(self) -> None:
        """Stop it, if it still runs, and close its clients' connections."""
        for client in self._clients:
            client.http.close()
        if self.process.poll() is None:
            self.stop()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@contextmanager
def serving(data: Path, *options: str | Path) -> Iterator[Serving]:
    """``desk-server serve`` on a free port, from its line on."""
    command = [*PROGRAM, "serve", "--data", str(data), "--port", "0", *map(str, options)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    running = Serving(process, _first_line(process))
    try:
        yield running
    finally:
        running.close()


def _first_line(process: subprocess.Popen[str]) -> str:
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    Thread(target=lambda out: lines.put(out.readline()), args=(process.stdout,), daemon=True).start()
    try:
        line = lines.get(timeout=60).strip()
    except Empty:
        process.kill()
        raise AssertionError("the server said nothing") from None
    if not line:
        _, err = process.communicate(timeout=30)
        raise AssertionError(f"the server ended: {err}")
    return line
