"""The window as the program makes it, and hands on its keyboard and mouse: nothing is done to it but pressing and clicking."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desk_client.bootstrap import Client
from desk_client.ui.screens import Screens
from desk_client.ui.settings.store import Settings
from desk_client.ui.theme import Theme
from desk_client.ui.widgets import Button
from tests.waiting import until

T = TypeVar("T")
AnyKeyboard = TypeVar("AnyKeyboard", bound="Keyboard")


@dataclass
class Keyboard:
    """A window over a client; ``closed`` is filled when the window has ended, ``dialled`` with command and number when it dials."""

    client: Client
    screens: Screens
    closed: list[bool]
    dialled: list[tuple[str, str]] = field(init=False, default_factory=list)

    @property
    def window(self) -> Any:
        """The main window."""
        return self.screens.window

    def until(self, condition: Callable[[], T], what: str = "", seconds: float = 20) -> T:
        """Let the window work until something is the case."""

        def asked() -> T:
            QApplication.processEvents()
            return condition()

        return until(asked, what, seconds, 0.005)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QApplication.processEvents()
        box = QApplication.activeModalWidget()
        if box is None and not self.window.isActiveWindow():
            self.window.activateWindow()  # what a window manager does when a box has closed; this platform has none
            QApplication.processEvents()
        target = self.window if box is None else box
        QTest.keyClick(target.focusWidget() or target, key, modifier)
        QApplication.processEvents()

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.window.focusWidget() or self.window, text)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        """Click the button of this name, or with this text."""
        found = self.button(name)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=QPoint(found.width() // 2, found.height() // 2))
        QApplication.processEvents()

    def button(self, name: str) -> QAbstractButton:
        """A visible button by its action's name, its own name or its text."""
        for button in self.window.findChildren(QAbstractButton):
            action = button.action.objectName() if isinstance(button, Button) else ""
            if button.isVisible() and name in (action, button.objectName(), button.text()):
                return cast("QAbstractButton", button)
        raise AssertionError(f"there is no button {name!r} on show")

    def focused(self) -> str:
        """The accessible name of what has the focus."""
        widget = self.window.focusWidget()
        return str(widget.accessibleName()) if widget else ""

    def type_sign_in(self, server: str, user: str, password: str) -> None:
        """Fill the page by keys and press Enter."""
        self.until(lambda: self.focused() == "Server", "the sign-in page")
        self.type(server)
        self.press(Qt.Key.Key_Tab)
        self.type(user)
        self.press(Qt.Key.Key_Tab)
        self.type(password)
        self.press(Qt.Key.Key_Return)

    def wait_for_data(self) -> None:
        """Until somebody is signed in and everything was downloaded."""
        self.until(lambda: self.screens.desk.who is not None, "the sign-in")
        self.until(
            lambda: self.client.status.state().last_sync is not None and not self.client.status.state().total,
            "the data",
        )


@contextmanager
def window_of(
    client: Client,
    theme: Theme,
    mono: Callable[[], float],
    made: Callable[[Client, Screens, list[bool]], AnyKeyboard],
) -> Iterator[AnyKeyboard]:
    """The window of a client, with the hands that ``made`` gives; closed at the end without a question, and the client too."""
    closed: list[bool] = []
    settings = Settings(client.profile.path)
    dialled: list[tuple[str, str]] = []

    def dial(command: str, number: str) -> None:
        dialled.append((command, number))

    screens = Screens(client, theme, settings, client.profile.last, lambda: closed.append(True), mono, dial)
    hands = made(client, screens, closed)
    hands.dialled = dialled
    screens.start()
    try:
        yield hands
    finally:
        if not closed:
            screens.close()
            hands.until(lambda: closed, "the end")
        screens.window.deleteLater()
        screens.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()  # here, on the GUI thread: on another one it would delete widgets
        client.close()
