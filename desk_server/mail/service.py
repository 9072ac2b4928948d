"""Handing messages on, each once, whoever of several processes comes first.

With a sink every message becomes one file, named by its once-key and renamed into place when it is whole: a process that ends between
the file and the mark in the database leaves a file that the next one finds. Without a sink messages wait in the database.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.mail import queries
from desk_server.mail.letters import BadLetter, digest, letter
from desk_server.mail.queries import Listed, Waiting
from desk_server.sync.service import raw_of

__all__ = ["Listed", "MailJob", "file_name", "listed"]

_LOG = logging.getLogger("desk_server.mail")
AT_ONCE = 50


class MailJob:
    """Hands the messages of a desk to a folder; a job of :class:`desk_server.jobs.service.Jobs`."""

    def __init__(self, database: Database, clock: Clock, sink: Path | None) -> None:
        self._database = database
        self._clock = clock
        self._sink = sink

    def __call__(self, desk: str) -> int:
        """Hand on what may go out now; how many messages. Raises OSError when the folder cannot be written: they wait then."""
        if self._sink is None:
            return 0
        done = 0
        while True:
            now = self._clock.now()
            with self._database.jobs(desk) as connection:
                raw = raw_of(connection)
                queries.withdraw(raw, desk)
                waiting = queries.next_waiting(raw, desk, now, AT_ONCE)
                problems = {each.once_key: self._write(self._sink, desk, each) for each in waiting}
                for key, problem in problems.items():
                    if problem:
                        _LOG.error("the message %s of the desk %s could not be handed on: %s", key, desk, problem)
                        queries.failed(raw, desk, key, problem)
                written = [key for key, problem in problems.items() if not problem]
                if written:
                    queries.handed(raw, desk, written, now)
            done += len(written)
            if len(waiting) < AT_ONCE:
                return done

    def _write(self, sink: Path, desk: str, waiting: Waiting) -> str:
        """Write one file, or find it whole; why not, or ""."""
        try:
            content = letter(desk, waiting.made, waiting.at)
        except BadLetter as error:
            return str(error)
        except Exception as error:
            # A fault of ours in one message must not keep the others waiting (R60).
            _LOG.exception("the message %s of the desk %s could not be written", waiting.once_key, desk)
            return f"This is a mistake of the program ({type(error).__name__})."
        put_whole(sink / file_name(desk, waiting.once_key), content)
        return ""


def file_name(desk: str, once_key: str) -> str:
    """The file of a message: always the same one."""
    return f"{desk}-{digest(desk, once_key)}.eml"


def put_whole(file: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, and on the disk when this returns; one that is there already stays as it is."""
    if file.exists():
        return
    part = file.with_name(f".{file.name}.{os.getpid()}")
    with part.open("wb") as writing:
        writing.write(content)
        writing.flush()
        os.fsync(writing.fileno())
    part.replace(file)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def listed(database: Database, desk: str, *, waiting: bool) -> list[Listed]:
    """The messages of a desk, or those alone that were not handed on."""
    with database.jobs(desk) as connection:
        return queries.listed(raw_of(connection), desk, waiting=waiting)
