"""Waiting in tests without sleeping for a fixed time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
SHORTEST = 0.001
"""Seconds: most of what is waited for is there at once, so the first looks follow each other quickly."""


def until(condition: Callable[[], Answer], what: str = "", seconds: float = 30, every: float = 0.02) -> Answer:
    """Asks `condition` until its answer is true, at last `every` so many seconds, and returns that answer; AssertionError after `seconds`.

    `what` says what was waited for, for the reader of a failure.
    """
    deadline = time.monotonic() + seconds
    pause, length = threading.Event(), min(every, SHORTEST)
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what or condition}")
        pause.wait(length)
        length = min(every, length * 1.5)
    return answer
