"""The server's log: one line for each entry on the standard error, without anything that people said or wrote (R91)."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType


class OneLine(logging.Formatter):
    """An entry as one line; of an exception only its kind and where it came from, since its message may hold data."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(  # noqa: N802 - logging's name
        self, error: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, trace = error
        places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        return f"{kind.__name__ if kind else 'error'} at {' > '.join(places)}"

    def format(self, record: logging.LogRecord) -> str:
        return " ".join(super().format(record).split())


def start() -> None:
    """Log warnings and worse."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
