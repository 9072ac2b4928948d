"""The one time of a history, and the clocks of its machines: wall clocks that jump, monotonic ones that begin anew with every boot."""

from __future__ import annotations

import datetime as dt

from tests.support.server import MONDAY


class Time:
    """Virtual time in seconds; nothing waits. It is the server's clock (:class:`desk_server.clock.Clock`)."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> dt.datetime:
        """The instant, UTC."""
        return MONDAY + dt.timedelta(seconds=self.seconds)

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


class MachineClock:
    """A machine's clocks (:class:`desk_client.models.times.Clock`): ``ahead`` seconds is its wall clock off."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._boots = 1
        self._booted = -1_000.0
        self.ahead = 0.0

    def wall(self) -> dt.datetime:
        """What the machine believes."""
        return self._time.now() + dt.timedelta(seconds=self.ahead)

    def mono(self) -> float:
        """Seconds since the boot."""
        return self._time.seconds - self._booted

    @property
    def boot(self) -> str:
        """Which boot it is."""
        return f"boot-{self._boots}"

    def start_again(self) -> None:
        """The machine is started anew."""
        self._boots += 1
        self._booted = self._time.seconds
