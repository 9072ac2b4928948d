"""One process at a time holds a profile; the lock ends with its process, so that a stale one is never in the way (R50, F11)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from desk_client.system.problems import MachineError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class ProfileLock:
    """Held from :meth:`acquire` to :meth:`release` or to the end of the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "profile.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Hold the profile. Raises ``profile_in_use`` when another process does."""
        file = self._path.open("a+", encoding="ascii")
        self._path.chmod(0o600)
        if not _try_lock(file):
            file.seek(0)
            pid = file.read(20).strip()
            file.close()
            who = f" (process {pid})" if pid.isdigit() else ""
            raise MachineError(
                "profile_in_use", f"Desk Client is already open with this profile{who}; use that one or close it first."
            )
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let another process have it."""
        if self._file is not None:
            self._file.close()
            self._file = None
