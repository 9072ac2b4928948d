"""A message inside the window, where the person is looking; it takes no focus and blocks nothing (46)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPropertyAnimation, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QSizePolicy, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import FADE_MS, Size, Space, Tone
from desk_client.ui.widgets.areas import row
from desk_client.ui.widgets.button import Action, Button, Kind
from desk_client.ui.widgets.shapes import draw_shape
from desk_client.ui.widgets.text import Label, announce

_SHAPE = 10


class ToneMark(QWidget):
    """The shape of a tone by itself; the words stand beside it."""

    def __init__(self, tone: Tone = Tone.PAUSED) -> None:
        super().__init__()
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        """Show another shape."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """A little more than the shape."""
        side = look().scaled(_SHAPE) + 2
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape in the tone's colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(look().colours.tones[self._tone].text))
        draw_shape(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._tone)


class Banner(QFrame):
    """One sentence with a tone's shape, perhaps buttons, and a way to put it away."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._text = ToneMark(), Label("", "strong", wrap=True)
        self._tone = Tone.PAUSED
        self._buttons: list[Button] = []
        self._close = Button(Action(tr("Put this message away"), parent=self), Kind.QUIET, icon="close")
        self._close.action.fired.connect(self._dismiss)
        self._layout = row(self, margins=(Space.M, Space.S, Space.XS, Space.S), spacing=Space.S)
        self._layout.addWidget(self._mark)
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self._close)
        self._fade: QPropertyAnimation | None = None
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or the empty text when the banner is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_message(self, tone: Tone, text: str, actions: Sequence[Action] = ()) -> None:
        """Show a sentence in place of the one before."""
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = [Button(action) for action in actions]
        for place, button in enumerate(self._buttons):
            self._layout.insertWidget(2 + place, button)
        self._tone = tone
        self._mark.set_tone(tone)
        self._text.setText(text)
        self._text.set_tone(None if tone is Tone.PAUSED else tone)
        self.setAccessibleName(self._text.text())
        appeared = self.isHidden()
        self.show()
        self.update()
        announce(self, text)
        if appeared and not look().reduced_motion:
            self._fade_in()

    def clear(self) -> None:
        """Put the banner away."""
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The tone's ground; an outline where ground and window are the same colour."""
        colours = look().colours
        tone = colours.tones[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tone.ground))
        painter.setPen(QPen(QColor(tone.text if tone.ground == colours.window else tone.ground), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Size.RADIUS, Size.RADIUS)

    def _fade_in(self) -> None:
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._fade.finished.connect(self._faded)
        self._fade.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)

    def _faded(self) -> None:
        # An opacity effect renders through a pixmap at each paint: take it off as soon as it has done its work.
        self._fade = None
        self.setGraphicsEffect(None)  # type: ignore[arg-type]

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()
