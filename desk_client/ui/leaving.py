"""The questions before somebody leaves: what is unsent, in words, and the safe answer first (25, 45; R17)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desk_client.services.records import Unsent
from desk_client.ui.i18n import tr
from desk_client.ui.sync.words import closing_words, leaving_words
from desk_client.ui.widgets import Choice, MessageBox, message_box


class Leaving:
    """One question at a time; ``box`` is the one that is open."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.box: MessageBox | None = None

    def before_closing(self, unsent: Sequence[Unsent], close: Callable[[], None]) -> None:
        """With unsent work: say how much there is, and close only when that is wanted."""
        if not unsent:
            close()
            return
        words, detail = closing_words(unsent)
        self._ask(words, detail, Choice("stay", tr("Keep the window open")), Choice("close", tr("Close")), close)

    def before_signing_out(self, unsent: Sequence[Unsent], leave: Callable[[], None]) -> None:
        """Say what becomes of the desk's data and of what is unsent."""
        words, detail = leaving_words(unsent)
        self._ask(words, detail, Choice("stay", tr("Stay signed in")), Choice("leave", tr("Sign out")), leave)

    def _ask(self, words: str, detail: str, stay: Choice, go: Choice, done: Callable[[], None]) -> None:
        box = self.box = message_box(self._window, words, detail, (stay, go))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def answered() -> None:
            chosen: QAbstractButton | None = box.clickedButton()
            self.box = None
            if chosen is not None and chosen.objectName() == go.key:
                done()

        box.finished.connect(lambda _code: answered())
        box.open()
