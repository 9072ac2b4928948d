"""A small rounded field that says a state as shape and word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_client.ui.theme import look
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets.shapes import CHIP_RATIO, CHIP_WEIGHT, chip_height, chip_width, draw_chip
from desk_client.ui.widgets.text import visible_text


class Chip(QWidget):
    """State as shape and word; ``check`` shows a check mark in place of the tone's shape."""

    def __init__(self, tone: Tone = Tone.PAUSED, words: str = "", *, check: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone, self._words, self._check = tone, "", check
        self.show_state(tone, words, check=check)

    @property
    def tone(self) -> Tone:
        """The tone shown."""
        return self._tone

    @property
    def words(self) -> str:
        """The words shown."""
        return self._words

    def show_state(self, tone: Tone, words: str, *, check: bool = False) -> None:
        """Change tone and words."""
        self._tone, self._words, self._check = tone, visible_text(words), check
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the words, the shape and the space around them."""
        now = look()
        metrics = QFontMetricsF(now.font(CHIP_RATIO, CHIP_WEIGHT))
        return QSize(chip_width(metrics, self._words, now), chip_height(now))

    def minimumSizeHint(self) -> QSize:
        """A chip is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """A new font means a new size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shape and words on the tone's ground."""
        now = look()
        painter = QPainter(self)
        painter.setFont(now.font(CHIP_RATIO, CHIP_WEIGHT))
        draw_chip(painter, QRectF(self.rect()), self._tone, self._words, now, check=self._check)
