"""The disk of whichever machine is at work: it can end the process at any of its writes, or be full there.

Only one machine works at a time, so one :class:`Disk` serves all. A process that is killed leaves the files as they were at that write.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

import pytest
from sqlcipher3 import dbapi2

from desk_client.models.connection import Connection

_READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Killed(BaseException):
    """The process has ended here; nothing catches it but the history."""


class Disk:
    """Counts the writes and commits of SQLite's files while it is watched, and fails the one that it was told to fail."""

    def __init__(self) -> None:
        self._fails: Literal["", "kill", "full"] = ""
        self._left = 0
        self._from, self._to = Path(), Path()
        self._written: WeakKeyDictionary[Connection, int] = WeakKeyDictionary()
        self.happened = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at every statement, commit and rollback of every :class:`Connection` inside this block."""
        with pytest.MonkeyPatch.context() as patch:
            for name, before in (
                ("run", self._statement),
                ("run_many", self._statement),
                ("commit", self._commit),
                ("roll_back", self._rollback),
            ):
                patch.setattr(Connection, name, _preceded(before, getattr(Connection, name)))
            yield

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

    def _statement(self, _connection: Connection, statement: str, *_more: Any) -> None:
        if not statement.lstrip().upper().startswith(_READS):
            self._write()

    def _commit(self, connection: Connection) -> None:
        changed = connection.driver.total_changes
        written, self._written[connection] = self._written.get(connection, 0), changed
        if changed == written:
            return
        try:
            self._write()
        except dbapi2.OperationalError:
            connection.driver.execute("ROLLBACK")  # as SQLite itself does when there is no space for a commit
            raise

    def _rollback(self, connection: Connection) -> None:
        self._written[connection] = connection.driver.total_changes

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
        raise dbapi2.OperationalError("database or disk is full")


def _preceded(before: Callable[..., None], real: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a connection that tells of its call first."""

    def method(*given: Any) -> Any:
        before(*given)
        return real(*given)

    return method
