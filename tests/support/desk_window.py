"""The window over a member's profile, as the program makes it, for tests that press keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk_client.services.records import TicketView
from desk_client.ui.desk import Desk
from desk_client.ui.panels import Panel
from desk_client.ui.screens import Screens
from desk_client.ui.settings.store import Settings
from desk_client.ui.theme import Theme
from desk_client.ui.ticket import TicketScreens
from desk_client.ui.ticket.page import TicketPage
from desk_client.ui.widgets import Button, Chip, Label
from desk_client.ui.widgets.prose import Prose
from desk_client.ui.window import MainWindow
from tests.support.desk_profile import SERVER, DeskProfile
from tests.waiting import until

SECONDS = 10


@dataclass
class DeskWindow:
    """A window at work, and hands that only press keys."""

    profile: DeskProfile
    screens: Screens

    @property
    def window(self) -> MainWindow:
        return self.screens.window

    @property
    def desk(self) -> Desk:
        return self.screens.desk

    @property
    def tickets(self) -> TicketScreens:
        """The screens about tickets; there once somebody is signed in."""
        assert self.screens.tickets is not None
        return self.screens.tickets

    @property
    def page(self) -> TicketPage:
        """The page of a ticket, which must be on show."""
        page = self.window.work.page
        assert isinstance(page, TicketPage), page
        return page

    @property
    def panel(self) -> Panel:
        """The panel that must be open on it."""
        assert self.page.panel is not None
        return self.page.panel

    # --- hands ---

    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.focusWidget() or self.window

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is: ``Ctrl+1``, ``Return``."""
        for each in keys:
            combination: QKeyCombination = QKeySequence(each)[0]  # type: ignore[index]  # the stubs lack it
            QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text; a line break is the Enter key."""
        for place, line in enumerate(text.split("\n")):
            if place:
                self.press("Return")
            QTest.keyClicks(self.focus(), line)

    def click(self, name: str) -> None:
        """Click the visible button with this name."""
        button = next(b for b in self.window.findChildren(Button) if b.accessibleName() == name and b.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def open_in_queue(self, ticket: str) -> None:
        """As a person does it: to the queue, down to the ticket, Enter."""
        self.press("F6", "Home")
        wanted = self.desk.key(ticket)
        for _ in self.window.queue_view.visible_rows():
            if self.window.queue_view.current_id() == wanted:
                break
            self.press("Down")
        self.press("Return")
        assert self.window.queue_view.current_id() == wanted

    def carry_out(self, keys: str = "Ctrl+Enter") -> None:
        """Press the key and wait until the panel has gone; then a second passes."""
        self.press(keys)
        self.wait(lambda: self.page.panel is None, "the panel to go")
        self.profile.clock.go_on(seconds=1)

    # --- eyes ---

    def ticket(self, ticket: str) -> TicketView:
        """What the services know of a ticket, which must be in scope."""
        found = self.profile.client.tickets.get(ticket)
        assert isinstance(found, TicketView)
        return found

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the window work until ``condition`` holds."""

        def turn() -> object:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            return condition()

        until(turn, what, SECONDS, every=0.005)

    def words(self, area: QWidget | None = None) -> list[str]:
        """Every text that can be seen in an area (the whole window by default), from top to bottom of the widget tree."""
        root = area or self.window
        found = []
        for widget in root.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, Label | Prose):
                found.append(widget.text())
            elif isinstance(widget, Chip):
                found.append(widget.words)
            elif isinstance(widget, Button):
                found.append(widget.accessibleName())
        return [words for words in found if words]

    def sees(self, text: str, area: QWidget | None = None) -> bool:
        """Whether a text can be seen."""
        return any(text in words for words in self.words(area))


@contextmanager
def open_window(profile: DeskProfile, theme: Theme) -> Iterator[DeskWindow]:
    """The window of the member of this profile, signed in, with the queue on show."""
    client = profile.client
    ended: list[bool] = []
    settings = Settings(client.profile.path)
    screens = Screens(client, theme, settings, lambda: (SERVER, ""), lambda: ended.append(True), profile.clock.mono)
    shown = DeskWindow(profile, screens)
    screens.start()
    try:
        screens.window.activateWindow()
        QTest.qWaitForWindowActive(screens.window)
        shown.wait(lambda: screens.tickets is not None and screens.desk.queue.count() >= 0)
        yield shown
    finally:
        screens.close()
        shown.wait(lambda: ended)
        # Or every window of the session lives on, with pages that were never shown, and each change of the look polishes them all.
        for left in (*QApplication.topLevelWidgets(), screens):
            left.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
