"""What one server process is started with."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import URL

from desk_server.clock import Clock, SystemClock


@dataclass(frozen=True)
class Settings:
    """``database`` is the address of a migrated PostgreSQL. ``clock`` replaces the machine's for tests and demonstrations.

    ``breach_seconds``: how often the job looks for deadlines that have passed.
    """

    database: URL | str
    clock: Clock = field(default_factory=SystemClock)
    breach_seconds: float = 5.0
