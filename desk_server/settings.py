"""What one server process is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

from desk_server.clock import Clock, SystemClock


@dataclass(frozen=True)
class Settings:
    """``database`` is the address of a migrated PostgreSQL. ``clock`` replaces the machine's for tests and demonstrations.

    ``look_seconds``: how often the jobs look for what has fallen due; ``mail_seconds``: how often for messages to hand on. ``mail_sink`` is
    the folder that takes them; without one they wait. ``most_blob_bytes``: how much the attachments of one desk may take up.
    """

    database: URL | str
    clock: Clock = field(default_factory=SystemClock)
    look_seconds: float = 5.0
    mail_seconds: float = 1.0
    mail_sink: Path | None = None
    most_blob_bytes: int = 20 * 1024**3
