"""This machine's clocks."""

from __future__ import annotations

import datetime as dt
import time
from functools import cached_property
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# CLOCK_BOOTTIME counts through sleep, which time.monotonic() does not on Linux; elsewhere the monotonic clock is what there is.
_THROUGH_SLEEP = getattr(time, "CLOCK_BOOTTIME", None)


class MachineClock:
    """Wall time, a clock that never jumps, and which boot it belongs to."""

    def wall(self) -> dt.datetime:
        """What this machine believes the time to be, UTC."""
        return dt.datetime.now(dt.UTC)

    def mono(self) -> float:
        """Seconds since the machine was started, sleep included where the system can tell."""
        return time.clock_gettime(_THROUGH_SLEEP) if _THROUGH_SLEEP is not None else time.monotonic()

    @cached_property
    def boot(self) -> str:
        """Which boot this is; where the system does not say, the minute in which it began."""
        if _BOOT_ID.exists():
            return _BOOT_ID.read_text().strip()
        return str(round((self.wall().timestamp() - time.monotonic()) / 60))
