"""Locks between processes that the kernel releases when their holder ends, however it ends."""

import fcntl
import os
import time
from pathlib import Path

POLL = 0.01


class FileLock:
    """One holder's side of the lock on a file; another object on the same file is another holder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def make(self) -> None:
        """Make the file, private."""
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))

    def exclusive(self, deadline: float = 0.0) -> bool:
        """Whether the lock was had for ourselves alone by `deadline` (of time.monotonic; 0: at once)."""
        return self._take(fcntl.LOCK_EX, deadline)

    def shared(self, deadline: float = 0.0) -> bool:
        """Whether the lock was had together with other sharers by `deadline`."""
        return self._take(fcntl.LOCK_SH, deadline)

    def release(self) -> None:
        """Give it back; without effect when it isn't held."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _take(self, kind: int, deadline: float) -> bool:
        if self._fd is None:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(self._fd, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(POLL)
            else:
                return True
