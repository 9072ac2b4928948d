"""PostgreSQL of our own: made, started, shared by our processes, and stopped when the last of them ends.

The cluster lies in one folder, private to the user that runs it:

    data/           PostgreSQL's own files
    secrets.json    the passwords of the superuser and of the login, for our processes alone
    postgres.log
    *.lock          users: shared by everyone who uses it; start: one starter at a time; keeper: a keeper is alive

PostgreSQL runs with `data` as its working directory and knows it by no other name (on Linux). So it works wherever the
folder lies, be it under a home that its user can't enter or below a path longer than a socket's name may be.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL

from desk_server.db import keeper
from desk_server.db.account import Account, account_for, identity, may_traverse, user_name
from desk_server.db.binaries import MAJOR, Binaries, find, reachable
from desk_server.db.creation import SUPERUSER, Creation, environment, has_proc, here, sentence
from desk_server.db.locks import FileLock
from desk_server.db.problem import DatabaseProblem
from desk_server.db.roles import DATABASE, LOGIN

PORT = 5432
"""Only the name of the socket: nothing listens on TCP."""
LONGEST_SOCKET_FOLDER = 80
"""Bytes that surely leave room for the socket's file name in the 104 (macOS) to 108 that the kernel allows."""
START_PATIENCE = 120.0
"""Seconds: recovery after a power cut replays what was written since the last checkpoint."""
STOP_PATIENCE = 60.0
LOG_LIMIT = 5_000_000
POLL = 0.004

_OURS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "log_destination": "stderr",
    "logging_collector": "off",
    # No statement and no value of a row goes to the log (R91).
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
_NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}
"""Every commit still survives a kill of all processes; only the machine itself must not fail."""


class Status(StrEnum):
    """What there is."""

    ABSENT = "absent"
    STOPPED = "stopped"
    RUNNING = "running"


class EmbeddedPostgres:
    """One cluster. `start` makes it if need be and joins those who use it; `stop` leaves, the last one stops it."""

    def __init__(self, folder: Path, *, durable: bool = True, settings: Mapping[str, str] | None = None) -> None:
        """`durable=False` is for tests: a power cut may lose or damage the data."""
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self._durable = durable
        self._settings = {**_OURS, **({} if durable else _NOT_DURABLE), **(settings or {})}
        self._users = FileLock(self.folder / "users.lock")
        self._keeper: subprocess.Popen[bytes] | None = None
        self._folder_fd: int | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # Using it

    def start(self) -> None:
        """Make the cluster if there is none, start it if it doesn't run. Raises DatabaseProblem."""
        if self._folder_fd is not None:
            return
        binaries = find()
        account = self._prepare_folder()
        deadline = time.monotonic() + START_PATIENCE
        if not self._users.shared(deadline):
            raise DatabaseProblem(f"The database in {self.folder} is still stopping: try again in a minute.")
        try:
            with self._starting(deadline):
                self._start_alone(reachable(binaries, account) if account else binaries, account, deadline)
            self._folder_fd = os.open(self.data, os.O_RDONLY | os.O_DIRECTORY)
            self._give_files(account)
        except BaseException:
            self._users.release()
            self._reap(patience=STOP_PATIENCE)
            raise

    def stop(self) -> None:
        """Leave. If nobody else uses the cluster, return when PostgreSQL has stopped."""
        if self._folder_fd is None:
            return
        os.close(self._folder_fd)
        self._folder_fd = None
        self._users.release()
        deadline = time.monotonic() + STOP_PATIENCE
        while self._keeper_is_alive() and not self._others_use_it() and time.monotonic() < deadline:
            time.sleep(POLL)
        self._reap(patience=0 if self._keeper_is_alive() else STOP_PATIENCE)

    def status(self) -> Status:
        """What there is, without starting anything."""
        if not (self.data / "PG_VERSION").exists():
            return Status.ABSENT
        return Status.RUNNING if self._ready() else Status.STOPPED

    def url(self, database: str = DATABASE) -> URL:
        """The address for the engines: a login that may take the roles and nothing else."""
        return self._url(LOGIN, database)

    def superuser_url(self, database: str = "postgres") -> URL:
        """For making databases and for backups; never for the program's own work."""
        return self._url(SUPERUSER, database)

    def _url(self, user: str, database: str) -> URL:
        if self._folder_fd is None:
            raise DatabaseProblem(f"The database in {self.folder} has not been started.")
        host = str(self.data)
        if len(os.fsencode(host)) > LONGEST_SOCKET_FOLDER:
            host = self._short_name(self._folder_fd)
        return URL.create(
            "postgresql+psycopg",
            user,
            self._secrets()[user],
            database=database,
            query={"host": host, "port": str(PORT)},
        )

    def _short_name(self, folder: int) -> str:
        if not sys.platform.startswith("linux"):
            raise DatabaseProblem(f"{self.folder} is too long a path for a socket: choose a shorter one.")
        return f"/proc/self/fd/{folder}"

    def _secrets(self) -> dict[str, str]:
        path = self.folder / "secrets.json"
        try:
            found: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError) as error:
            raise DatabaseProblem(f"{path}, the passwords of the database, can't be read: restore it.") from error
        return found

    # Making it

    def _prepare_folder(self) -> Account | None:
        """Make the folder; return the account for PostgreSQL, or None where it is our own."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            account = account_for(self.folder) if os.geteuid() == 0 else None
            owner = self.folder.stat().st_uid
            if account is None and owner != os.geteuid():
                raise DatabaseProblem(f"{self.folder} belongs to {user_name(owner)}: start as that user or as root.")
            self.folder.chmod(0o700)
            if account is not None:
                os.chown(self.folder, account.uid, account.gid)
        except OSError as error:
            raise DatabaseProblem(f"The folder {self.folder} can't be used: {error.strerror}.") from error
        if account is not None and not has_proc() and not may_traverse(self.folder, account):
            raise DatabaseProblem(
                f"The user {account.name} can't reach {self.folder}: choose a folder outside of private homes."
            )
        return account

    def _give_files(self, account: Account | None) -> None:
        """What root made beside the data belongs to the account too, so that it may start the cluster itself."""
        if account is not None:
            for path in self.folder.iterdir():
                os.chown(path, account.uid, account.gid, follow_symlinks=False)

    # Starting and stopping it

    @contextmanager
    def _starting(self, deadline: float) -> Iterator[None]:
        lock = FileLock(self.folder / "start.lock")
        if not lock.exclusive(deadline):
            raise DatabaseProblem(f"Another process has been starting the database in {self.folder} for too long.")
        try:
            yield
        finally:
            lock.release()

    def _start_alone(self, binaries: Binaries, account: Account | None, deadline: float) -> None:
        if not (self.data / "PG_VERSION").exists():
            Creation(self.folder, binaries, account, self._durable).make(self.data)
        self._check_version()
        if self._keeper_is_alive():
            self._wait_until_ready(deadline, self._no_keeper)
        while not (self._keeper_is_alive() and self._ready()):
            self._end_orphan()
            offset = self._rotate_log()
            self._keeper = self._spawn(binaries, account)
            self._wait_until_ready(deadline, self._own_keeper_ended)
            if self._ready():
                return
            said = self._log_since(offset)
            # After a kill of everything the last backends may need a moment to notice.
            if "shared memory block" not in said or time.monotonic() > deadline:
                raise DatabaseProblem(sentence(said, self.folder))
            time.sleep(0.1)

    def _wait_until_ready(self, deadline: float, ended: Callable[[], bool]) -> None:
        while not self._ready() and not ended():
            if time.monotonic() > deadline:
                raise DatabaseProblem(f"The database is still recovering; {self._log} tells how far it is: try later.")
            time.sleep(POLL)

    def _spawn(self, binaries: Binaries, account: Account | None) -> subprocess.Popen[bytes]:
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        keeper_lock = FileLock(self.folder / "keeper.lock")
        keeper_lock.make()
        order = {
            "users": str(self._users.path),
            "keeper": str(keeper_lock.path),
            "log": str(self._log),
            "command": [str(binaries.postgres), "-D", here(self.data), *settings],
            "cwd": str(self.data),
            "env": environment(),
            "account": identity(account),
        }
        return subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-I", "-S", keeper.__file__, json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def _reap(self, patience: float) -> None:
        """Forget the keeper that we started: wait for it where it ends, leave it to the other users else."""
        if self._keeper is None:
            return
        try:
            self._keeper.wait(patience)
        except subprocess.TimeoutExpired:
            self._keeper.returncode = 0  # It is not ours to wait for any more.
        self._keeper = None

    def _others_use_it(self) -> bool:
        probe = FileLock(self._users.path)
        try:
            # Nobody holds it, or the keeper holds all of it and is stopping.
            return not probe.exclusive() and probe.shared()
        finally:
            probe.release()

    def _keeper_is_alive(self) -> bool:
        probe = FileLock(self.folder / "keeper.lock")
        try:
            return not probe.shared()
        finally:
            probe.release()

    def _no_keeper(self) -> bool:
        return not self._keeper_is_alive()

    def _own_keeper_ended(self) -> bool:
        return self._keeper is None or self._keeper.poll() is not None

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise DatabaseProblem(
                f"The database in {self.folder} was made by PostgreSQL {found} and this program brings {MAJOR}: "
                f"restore a backup into a new folder."
            )

    def _ready(self) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[7].strip() == "ready" and self._is_postmaster(int(lines[0]))

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _is_postmaster(self, pid: int) -> bool:
        """Whether `pid` runs in our data folder; without /proc, whether it runs at all."""
        try:
            if has_proc():
                return Path(f"/proc/{pid}/cwd").samefile(self.data)
            os.kill(pid, 0)
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return False
        return True

    def _end_orphan(self) -> None:
        """End a PostgreSQL without keeper; remove the marks of one that is gone, whoever has its pid now."""
        lines = self._pid_file()
        for number in (keeper.FAST, keeper.IMMEDIATE, signal.SIGKILL) if lines else ():
            if not self._is_postmaster(int(lines[0])):
                break
            os.kill(int(lines[0]), number)
            deadline = time.monotonic() + keeper.PATIENCE
            while self._is_postmaster(int(lines[0])) and time.monotonic() < deadline:
                time.sleep(POLL)
        for mark in ("postmaster.pid", f".s.PGSQL.{PORT}.lock"):
            (self.data / mark).unlink(missing_ok=True)

    @property
    def _log(self) -> Path:
        return self.folder / "postgres.log"

    def _rotate_log(self) -> int:
        """Keep one old log; return the size of the present one."""
        size = self._log.stat().st_size if self._log.exists() else 0
        if size < LOG_LIMIT:
            return size
        self._log.replace(self._log.with_suffix(".log.1"))
        return 0

    def _log_since(self, offset: int) -> str:
        if not self._log.exists():
            return ""
        return self._log.read_bytes()[offset:].decode(errors="replace")
