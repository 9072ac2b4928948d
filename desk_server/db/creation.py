"""A new cluster: initdb, the roles and the empty database, complete or not there at all."""

import json
import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from desk_server.db.account import Account, identity
from desk_server.db.binaries import Binaries
from desk_server.db.problem import DatabaseProblem
from desk_server.db.roles import DATABASE, LOGIN, database_statements, role_statements, schema_statements

SUPERUSER = "desk_superuser"

_TUNABLE = {
    # For a small machine; an administrator may change them in data/postgresql.conf.
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
}


def has_proc() -> bool:
    """Whether processes can name their working directory as a path (Linux)."""
    return Path("/proc/self/cwd").exists()


def here(folder: Path) -> str:
    """The name by which a process with this working directory knows it, whatever lies above."""
    return "/proc/self/cwd" if has_proc() else str(folder)


def environment() -> dict[str, str]:
    """PostgreSQL's environment: ours must not change what it does."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def sentence(said: str, folder: Path) -> str:
    """What a person is told about what PostgreSQL said."""
    if "No space left on device" in said:
        return f"The disk that holds {folder} is full: free some space and start again."
    if "shared memory" in said and "could not" in said:
        return "The machine gives PostgreSQL too little shared memory: raise its limit (in a container, --shm-size)."
    marks = ("FATAL:", "PANIC:", "ERROR:", "error:")
    told = [line.split(mark, 1)[1].strip() for line in said.splitlines() for mark in marks if mark in line]
    reason = told[-1] if told else (said.strip().splitlines() or ["it gave no reason"])[-1]
    return f"PostgreSQL did not start in {folder}: {reason.rstrip('.')}."


@dataclass(frozen=True)
class Creation:
    """Makes the cluster in `folder`, as `account` (None: our own user)."""

    folder: Path
    binaries: Binaries
    account: Account | None
    durable: bool

    def make(self, data: Path) -> None:
        """Make it in a draft that takes the name `data` when it is complete. Raises DatabaseProblem."""
        draft = self.folder / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        passwords = {SUPERUSER: secrets.token_urlsafe(32), LOGIN: secrets.token_urlsafe(32)}
        self._write("secrets.json", json.dumps(passwords))
        told = self._write("password.draft", passwords[SUPERUSER])
        try:
            self._initdb(draft)
            self._bootstrap(draft, passwords[LOGIN])
        finally:
            told.unlink()
        draft.rename(data)
        self._sync_folder()

    def _initdb(self, draft: Path) -> None:
        options = [
            f"--username={SUPERUSER}",
            "--pwfile=../password.draft",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # Text sorts by code point, the same on every machine; other orders are a COLLATE in a query.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(f"--set={name}={value}" for name, value in _TUNABLE.items()),
            *([] if self.durable else ["--no-sync"]),
        ]
        self._run([str(self.binaries.initdb), "-D", here(draft), *options], draft)

    def _bootstrap(self, draft: Path, password: str) -> None:
        rights = "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
        roles = [f"CREATE ROLE {LOGIN} {rights} PASSWORD '{password}'", *role_statements(LOGIN)]
        made = [f"CREATE DATABASE {DATABASE}", *database_statements(DATABASE, LOGIN)]
        self._single_user(draft, "postgres", roles + made)
        self._single_user(draft, DATABASE, schema_statements())

    def _single_user(self, draft: Path, database: str, statements: list[str]) -> None:
        """This mode needs no password and no socket; one line is one statement."""
        command = [str(self.binaries.postgres), "--single", "-D", here(draft), database]
        said = self._run(command, draft, "".join(f"{statement}\n" for statement in statements))
        if "ERROR:" in said or "FATAL:" in said:
            raise DatabaseProblem(sentence(said, self.folder))

    def _run(self, command: list[str], cwd: Path, typed: str = "") -> str:
        done = subprocess.run(  # noqa: S603 - our own binaries
            command,
            input=typed.encode(),
            capture_output=True,
            cwd=cwd,
            env=environment(),
            check=False,
            **identity(self.account),
        )
        said: str = done.stderr.decode(errors="replace")
        if done.returncode != 0:
            raise DatabaseProblem(sentence(said or done.stdout.decode(errors="replace"), self.folder))
        return said

    def _write(self, name: str, text: str) -> Path:
        """A private file, on the disk before anything depends on it."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        self._give(path)
        return path

    def _give(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)

    def _sync_folder(self) -> None:
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
