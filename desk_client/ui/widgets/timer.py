"""A running time, such as that of a call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from desk_client.ui.i18n import tr
from desk_client.ui.widgets.text import Label


def duration(seconds: float) -> str:
    """Seconds as ``mm:ss``, from an hour on as ``h:mm:ss``."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours}:{minutes_left:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


class TimerLabel(Label):
    """Shows how long something has lasted, by a monotonic clock: a change of the wall clock changes nothing (8)."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """``monotonic`` gives seconds and never goes back."""
        super().__init__("00:00", "timer")
        self._monotonic = monotonic
        self._began: float | None = None
        self._pulse = QTimer(self)
        self._pulse.timeout.connect(self.refresh)
        self.setAccessibleName(tr("Time"))

    def start(self, already_seconds: float = 0.0) -> None:
        """Run, from ``already_seconds`` on (a call that was open when the program restarted)."""
        self._began = self._monotonic() - already_seconds
        self._pulse.start(250)
        self.refresh()

    def stop(self) -> float:
        """Stand still; the answer is the time in seconds."""
        seconds = self.seconds()
        self._pulse.stop()
        self.refresh()
        self._began = None
        return seconds

    def seconds(self) -> float:
        """The time in seconds."""
        return 0.0 if self._began is None else self._monotonic() - self._began

    def refresh(self) -> None:
        """Show the time as it is now; nothing is painted while the text stays the same."""
        if self._began is not None:
            self.setText(duration(self.seconds()))
