"""This machine's clocks, and the corrected time: the server's clock rules (§ 8 of the design)."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from desk_client.models.outbox import Anchor

SKEW_SHOWN = 120.0


class Clock(Protocol):
    """Where time comes from; replaceable, so that no test waits."""

    def wall(self) -> dt.datetime:
        """What this machine believes the time to be, UTC."""

    def mono(self) -> float:
        """Seconds of a clock that never jumps, counted from the start of this boot."""

    @property
    def boot(self) -> str:
        """Which boot of the machine this is; another one makes earlier readings of :meth:`mono` worthless."""


class CorrectedClock:
    """The server's time as well as it can be known here: the last contact and the monotonic clock, else wall clock and offset."""

    def __init__(self, clock: Clock, anchor: Anchor | None) -> None:
        self.clock = clock
        self.anchor = anchor

    def now(self) -> dt.datetime:
        """The corrected time, UTC."""
        anchor = self.anchor
        if anchor is None:
            return self.clock.wall()
        since = self.since_contact()
        if since is not None:
            return anchor.server_time + dt.timedelta(seconds=since)
        return max(anchor.server_time, self.clock.wall() + (anchor.server_time - anchor.wall))

    def last_contact(self) -> dt.datetime:
        """When the server was last heard of, by its own clock: what lies later is uncertain, a wall clock may be a year ahead."""
        return self.anchor.server_time if self.anchor else self.clock.wall()

    def since_contact(self) -> float | None:
        """Seconds since the last contact, None when the machine was started anew since."""
        if self.anchor is None or self.anchor.boot != self.clock.boot:
            return None
        return max(0.0, self.clock.mono() - self.anchor.mono / 1000)

    def skew(self) -> float:
        """How many seconds this machine's wall clock is ahead of the server's (R76)."""
        return (self.clock.wall() - self.now()).total_seconds() if self.anchor else 0.0

    def met(self, server_time: dt.datetime) -> Anchor:
        """A reply carried the server's time; the anchor to keep."""
        self.anchor = Anchor(server_time, int(self.clock.mono() * 1000), self.clock.boot, self.clock.wall())
        return self.anchor
