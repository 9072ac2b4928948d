"""What stands where a list has nothing to show: why, and what to do (51)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desk_client.ui.assets import pixmap
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space
from desk_client.ui.widgets.areas import clear_layout, column
from desk_client.ui.widgets.button import Action, Button
from desk_client.ui.widgets.text import Heading, Secondary


class EmptyState(QWidget):
    """An icon, a heading, one sentence, perhaps one button."""

    def __init__(self, icon: str, heading: str, sentence: str, action: Action | None = None) -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel()
        self._heading, self._sentence = Heading(heading), Secondary(sentence, wrap=True)
        self._sentence.setMinimumWidth(look().scaled(200))
        layout = column(self, margins=(2 * Space.XL, Space.XL, 2 * Space.XL, Space.XL), spacing=Space.S)
        layout.addStretch(2)
        for label in (self._picture, self._heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        self._place = column(margins=(0, Space.S, 0, 0))
        self._action: Action | None = None
        layout.addLayout(self._place)
        layout.addStretch(3)
        self.set_action(action)
        self._draw()

    def set_words(self, heading: str, sentence: str) -> None:
        """Say something else."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)

    def set_action(self, action: Action | None) -> None:
        """Offer this, or nothing."""
        if action is not self._action:
            self._action = action
            clear_layout(self._place)
            if action:
                self._place.addWidget(Button(action), 0, Qt.AlignmentFlag.AlignCenter)

    def changeEvent(self, event: QEvent) -> None:
        """Another palette, another colour of the icon."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        now = look()
        self._picture.setPixmap(pixmap(self._icon, now.colours.secondary, now.scaled(32), 2))
