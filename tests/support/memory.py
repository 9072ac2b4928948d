"""Where files of tests lie: in memory where the system has such a place, since databases make some thousand commits."""

from __future__ import annotations

import os
from pathlib import Path

ENOUGH = 4 * 1024**3
"""Bytes that a whole run surely does not need."""


def memory_folder(free: int = 0) -> Path | None:
    """A folder in memory in which programs may run, with so many bytes ``free``; None where the system has no such place."""
    shared = Path("/dev/shm")  # noqa: S108 - every folder in it is made by tempfile
    if not os.access(shared, os.W_OK):
        return None
    place = os.statvfs(shared)
    fits = not place.f_flag & os.ST_NOEXEC and place.f_bavail * place.f_frsize >= free
    return shared if fits else None
