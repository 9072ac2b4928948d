"""What time it is: the one source of instants of the whole server, so that tests and demonstrations can set it."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Answers the present instant, in UTC."""

    def now(self) -> dt.datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class FileClock:
    """A clock that a file sets, for tests and demonstrations; the file is read again whenever it changes.

    The file holds an instant (``2026-06-09T10:00:00+02:00``), at which time stands still, or ``offset SECONDS``, by which this clock is
    ahead of the machine's. Raises ValueError with one sentence when it first reads anything else; a later mistake keeps the last time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = self._version()
        self._instant, self._offset = self._read()

    def now(self) -> dt.datetime:
        with self._lock:
            version = self._version()
            if version != self._seen:
                try:
                    self._instant, self._offset = self._read()
                    self._seen = version
                except ValueError:
                    pass  # Half-written, or a slip: the time that was set before still holds.
            return self._instant or dt.datetime.now(dt.UTC) + self._offset

    def _version(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_size)

    def _read(self) -> tuple[dt.datetime | None, dt.timedelta]:
        try:
            text = self._path.read_text(encoding="utf-8").strip()
            if text.startswith("offset"):
                return None, dt.timedelta(seconds=float(text.removeprefix("offset")))
            instant = dt.datetime.fromisoformat(text)
        except (OSError, ValueError, OverflowError):
            instant = None
        if instant is None or instant.tzinfo is None:
            raise ValueError(
                f"{self._path} must hold an instant with its zone, as in 2026-06-09T10:00:00+02:00, or “offset” and seconds."
            )
        return instant.astimezone(dt.UTC), dt.timedelta()
