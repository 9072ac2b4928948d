"""A few choices side by side, of which one holds."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Space
from desk_client.ui.widgets.areas import row
from desk_client.ui.widgets.button import Action, Button, Kind


class Segments(QWidget):
    """The chosen one carries a check mark and the accent; arrows move between them. ``chosen`` carries the key when a person changes it."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: dict[str, str]) -> None:
        super().__init__()
        self._name, self._words, self._key = name, choices, ""
        self._buttons: dict[str, Button] = {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = self._layout = row(self, spacing=Space.XS)
        for key, words in choices.items():
            action = Action(words, parent=self)
            action.fired.connect(partial(self._picked, key))
            self._buttons[key] = Button(action, Kind.SECONDARY)
            layout.addWidget(self._buttons[key])

    @property
    def key(self) -> str:
        """The choice that holds."""
        return self._key

    def choose(self, key: str) -> None:
        """Let this one hold; nothing is told."""
        self._key = key
        for each, button in self._buttons.items():
            held = each == key
            button.set_kind(Kind.CHOSEN if held else Kind.SECONDARY)
            words = self._words[each]
            button.setAccessibleName(
                tr("{group}: {choice}, chosen", group=self._name, choice=words) if held else f"{self._name}: {words}"
            )
            # One stop for Tab: the arrows do the rest, as in every group of choices.
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if held else Qt.FocusPolicy.ClickFocus)

    def take_focus(self) -> None:
        """The keyboard goes to the choice that holds."""
        if self._key in self._buttons:
            self._buttons[self._key].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        keys = list(self._buttons)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is None or self._key not in keys:
            super().keyPressEvent(event)
            return
        self._picked(keys[(keys.index(self._key) + step) % len(keys)])
        self._buttons[self._key].setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """All choices beside each other."""
        return self._layout.sizeHint()

    def _picked(self, key: str) -> None:
        if key != self._key:
            self.choose(key)
            self.chosen.emit(key)
