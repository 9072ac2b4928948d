"""Saving a file that came from outside: whole or not at all, for this user alone, and marked as coming from outside (R39, DA6)."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

FROM_OUTSIDE = b"[ZoneTransfer]\r\nZoneId=3\r\n"
"""What Windows asks before it runs such a file."""


def save(target: Path, content: bytes, platform: str = sys.platform) -> None:
    """Write ``content`` to ``target``, in the place of what is there. No bit says that it could be run. Raises OSError."""
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if platform == "win32":
            _mark(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _mark(file: Path) -> None:
    # A disk of another kind (FAT) has no such streams: what cannot be marked is saved all the same.
    with contextlib.suppress(OSError):
        file.with_name(f"{file.name}:Zone.Identifier").write_bytes(FROM_OUTSIDE)
