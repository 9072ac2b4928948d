"""The disk of whichever machine is at work: it can end the process at any of its writes, or be full there.

Only one machine works at a time, so one :class:`Disk` serves all. A process that is killed leaves the files as they were at that write.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

_READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Killed(BaseException):
    """The process has ended here; nothing catches it but the history."""


class Disk:
    """Counts the writes and commits of SQLite's files while it is watched, and fails the one that it was told to fail."""

    def __init__(self) -> None:
        self._fails: Literal["", "kill", "full"] = ""
        self._left = 0
        self._from, self._to = Path(), Path()
        self.happened = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Listen to every SQLite engine inside this block."""
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        event.listen(Engine, "rollback", self._rollback)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", self._statement)
            event.remove(Engine, "commit", self._commit)
            event.remove(Engine, "rollback", self._rollback)

    @contextmanager
    def killing(self, write: int, profile: Path, remains: Path) -> Iterator[None]:
        """End the process before its write number ``write``; ``remains`` are its files as they were then."""
        self._from, self._to = profile, remains
        with self._failing("kill", write):
            yield

    @contextmanager
    def full(self, write: int) -> Iterator[None]:
        """No space left at write number ``write`` and at every later one."""
        with self._failing("full", write):
            yield

    @contextmanager
    def _failing(self, how: Literal["kill", "full"], write: int) -> Iterator[None]:
        self._fails, self._left, self.happened = how, write, False
        try:
            yield
        finally:
            self._fails = ""

    def _statement(self, connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if connection.dialect.name == "sqlite" and not statement.lstrip().upper().startswith(_READS):
            self._write()

    def _commit(self, connection: Connection) -> None:
        if connection.dialect.name != "sqlite":
            return
        driver: Any = connection.connection.dbapi_connection
        written, connection.info["written"] = connection.info.get("written", 0), driver.total_changes
        if driver.total_changes == written:
            return
        try:
            self._write()
        except OperationalError:
            driver.execute("ROLLBACK")  # as SQLite itself does when there is no space for a commit
            raise

    def _rollback(self, connection: Connection) -> None:
        if connection.dialect.name == "sqlite" and not connection.invalidated:
            driver: Any = connection.connection.dbapi_connection
            connection.info["written"] = driver.total_changes

    def _write(self) -> None:
        if not self._fails:
            return
        self._left -= 1
        if self._left > 0:
            return
        self.happened = True
        if self._fails == "kill":
            self._fails = ""
            shutil.rmtree(self._to, ignore_errors=True)
            shutil.copytree(self._from, self._to)
            raise Killed
        raise OperationalError("write", None, dbapi2.OperationalError("database or disk is full"))


def memory_folder() -> Path | None:
    """Where files lie in memory, None where the system has no such place: a history makes some thousand commits."""
    shared = Path("/dev/shm")  # noqa: S108 - every folder in it is made by tempfile
    return shared if os.access(shared, os.W_OK) else None
