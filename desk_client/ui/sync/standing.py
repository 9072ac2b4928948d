"""How it stands with the server, at the bottom of the window and, when something has to be known, at the top (49)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desk_client.services.i18n import from_core
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import sentence
from desk_client.ui.sync.words import network_words, skew_words
from desk_client.ui.tokens import Tone
from desk_client.ui.window import MainWindow


class Standing(QObject):
    """``also`` is done whenever the status is shown anew."""

    def __init__(self, desk: Desk, window: MainWindow, also: Callable[[], None]) -> None:
        super().__init__(window)
        self._desk, self._window, self._also = desk, window, also
        self._told_skew = ""
        window.actions_.sync_now.fired.connect(self._sync_now)

    def show(self) -> None:
        """Network, unsent work and a clock that is off."""
        desk, status = self._desk, self._window.status
        if desk.who is None:
            status.show_network(Tone.PAUSED, tr("Not signed in"))
            return
        state = desk.status.state()
        status.show_network(*network_words(state, desk.outbox.pending(), desk.local, desk.now()))
        self._also()
        skew = skew_words(state.skew)
        if skew and not self._told_skew:
            self._window.work.tell(Tone.SOON, skew)
        self._told_skew = skew

    def tell_notices(self) -> None:
        """What this machine has to say about its files and its numbers."""
        if self._desk.who is not None:
            for notice in self._desk.status.notices():
                self._window.work.tell(Tone.SOON, from_core(notice.text))

    def _sync_now(self) -> None:
        work = self._window.work
        if self._desk.who is None:
            work.show_hint(tr("Sign in first."))
            return
        work.show_hint(tr("Asking the server…"))

        def synced(_answer: object) -> None:
            work.show_hint("")
            self.show()

        self._desk.run(self._desk.status.sync, synced, lambda error: work.show_hint(sentence(error)), self)
