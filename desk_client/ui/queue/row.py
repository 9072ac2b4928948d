"""What one row of the queue shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ClockState(Enum):
    """How the clock of a row stands."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    EXEMPT = "exempt"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One waiting ticket.

    ``ticket_id`` is the row's key in the model; ``reference`` has digits only; ``promise`` names the promise ("Call back") and
    ``due_text`` says when in the office's time ("due 10:48"); ``deadline_utc`` is aware; ``holder`` is empty while nobody holds it.
    """

    ticket_id: int
    reference: str
    company: str
    title: str
    promise: str
    due_text: str
    deadline_utc: datetime | None
    state: ClockState
    holder: str
    department: str
    office: str


@dataclass(frozen=True, slots=True)
class OpenTime:
    """What a row's calendar says at one instant.

    ``seconds_left`` of open time until the deadline; ``next_opening`` in the calendar's local time, None while it is open.
    """

    seconds_left: float
    next_opening: datetime | None
