"""A person at the keyboard of the real window: keys, looking, waiting for what must come, and a picture of every step."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from demo.desk import DemoProblem
from demo.small import save
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme

_PATIENCE_SECONDS = 90.0
_LOOK_SECONDS = 0.01
SIZES = ((1366, 768), (1920, 1080))


class Hands:
    """Works one window. ``folder`` gets a picture of every step, and of every state in light and in dark."""

    def __init__(self, window: QWidget, theme: Theme, folder: Path) -> None:
        self._window, self._theme, self._folder = window, theme, folder
        self._number = 0
        window.resize(*SIZES[0])

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, where the keyboard is."""
        QTest.keyClick(self._focus(), key, modifiers)
        settle()

    def ctrl(self, key: Qt.Key) -> None:
        """One key with Ctrl held."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Text, key by key; a line break is the Enter key."""
        for part in text:
            if part == "\n":
                QTest.keyClick(self._focus(), Qt.Key.Key_Return)
            elif not part.isascii():
                # QTest knows ASCII keys only; a keyboard sends such a letter as an unnamed key with its text.
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, part)
                    QCoreApplication.sendEvent(self._focus(), key)
            else:
                QTest.keyClicks(self._focus(), part)
        settle()

    def fill(self, *texts: str) -> None:
        """Field after field, Tab between; an empty text leaves a field as it is."""
        for text in texts:
            if text:
                self.type(text)
            self.press(Qt.Key.Key_Escape) if text and _offers() else None
            self.press(Qt.Key.Key_Tab)

    def until(self, came: Callable[[], object], missing: str) -> None:
        """Wait until something is there. Raises :class:`DemoProblem` with ``missing`` when it does not come."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while not came():
            if time.monotonic() > end:
                self.picture("stuck")
                raise DemoProblem(missing)
            settle()
            time.sleep(_LOOK_SECONDS)

    def picture(self, name: str) -> None:
        """What is on the screen now: a step of the walk."""
        self._number += 1
        self._save(self._folder / "walk" / f"{self._number:02d}-{name}.png")

    def state(self, name: str) -> None:
        """The window in this state, at both sizes, in light and in dark."""
        for width, height in SIZES:
            self._window.resize(width, height)
            for scheme in (Scheme.DARK, Scheme.LIGHT):
                self._theme.set_scheme(scheme)
                settle()
                self._save(self._folder / f"{width}x{height}-{scheme.value}" / f"{name}.png")
        self._window.resize(*SIZES[0])
        settle()

    def _save(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not save(self._window.grab().toImage(), file):
            raise DemoProblem(
                f"The picture {file} could not be written; is there space and may this folder be written to?"
            )

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window


def _offers() -> bool:
    """Whether a list of offers hangs below the field and would take the next key."""
    return QApplication.activePopupWidget() is not None


def settle() -> None:
    """Let the window do what it has to do."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
