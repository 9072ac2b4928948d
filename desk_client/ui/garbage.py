"""Cyclic garbage is collected on the GUI thread alone: on another one it would take widgets with it, which Qt does not survive."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class GuiGarbage(QObject):
    """Takes Python's collector into its own hands from now on, until :meth:`stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        # What the program is made of never becomes garbage: not to be looked through again each time.
        gc.freeze()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect as far as Python itself would by now, the young objects first."""
        for generation, (count, most) in enumerate(zip(gc.get_count(), self._thresholds, strict=True)):
            if count <= most:
                return
            gc.collect(generation)

    def stop(self) -> None:
        """Everything Qt's that is garbage goes now; then Python decides again."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()
