"""The line at the bottom: network, unsent work in words, the office's corrected time, who is signed in (49)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent

from desk_client.services.formats import full_time
from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Area, Label, Secondary, ToneMark, announce, row


class StatusLine(Area):
    """Says what is the case, never asks for anything. ``opened`` when somebody clicks on it to see what is unsent."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__("bar", "top")
        self.setMinimumHeight(look().scaled(28) + 1)
        self._mark, self._network = ToneMark(Tone.PAUSED), Label("", "secondary", elide=True)
        self._clock, self._member = Secondary(), Secondary()
        layout = row(self, margins=(Space.L, 1, Space.L, 0), spacing=Space.S)
        layout.addWidget(self._mark)
        layout.addWidget(self._network, 1)
        layout.addSpacing(Space.M)
        layout.addWidget(self._clock)
        layout.addSpacing(Space.S)
        layout.addWidget(self._member)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows what is behind the words."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    @property
    def network(self) -> str:
        """What is said about network and unsent work."""
        return self._network.text()

    def show_network(self, tone: Tone, words: str) -> None:
        """Network and unsent work, as in "Offline since 10:58 — 2 calls saved here, sent when the network is back"."""
        if words == self._network.text():
            return
        self._mark.set_tone(tone)
        self._network.setText(words)
        quiet = tone in (Tone.FINE, Tone.PAUSED)
        self._network.setProperty("type", "secondary" if quiet else "caption")
        self._network.set_tone(None if quiet else tone)
        announce(self._network, words)

    def show_time(self, local: datetime, place: str) -> None:
        """The corrected time of the office; ``local`` is aware and in the office's zone."""
        self._clock.setText(tr("{time} {place}", time=full_time(local), place=place))

    def show_member(self, name: str, role: str) -> None:
        """Who is signed in."""
        self._member.setText(tr("{name} · {role}", name=name, role=role))
