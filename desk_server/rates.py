"""How often one device may ask: a bucket that fills steadily, per process (R84)."""

from __future__ import annotations

import time
from collections.abc import Callable

PER_SECOND = 200.0
AT_ONCE = 1_000.0
MOST_DEVICES = 50_000


class Rates:
    """One bucket for each device; a program that runs wild slows down itself alone."""

    def __init__(
        self, per_second: float = PER_SECOND, at_once: float = AT_ONCE, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, device: str) -> float:
        """Count one request: 0 when it may pass, else the seconds after which one may."""
        now = self._now()
        left, since = self._buckets.get(device, (self._at_once, now))
        left = min(self._at_once, left + (now - since) * self._per_second)
        if left < 1:
            return (1 - left) / self._per_second
        if len(self._buckets) >= MOST_DEVICES:
            self._buckets.clear()
        self._buckets[device] = (left - 1, now)
        return 0.0
