"""Labels. Text is always plain: data can never become markup, and characters that hide or turn text are made visible (R33, R41)."""

from __future__ import annotations

import html
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from desk_client.ui.tokens import Tone

_HIDING = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
_WORD = 16
_JOINER = "\u200d"


def visible_text(text: str) -> str:
    """``text`` with each bidirectional, zero-width and control character written out as ``⟨U+202E⟩`` (R41).

    Line breaks and tabs stay; so does the joiner inside an emoji, which turns nothing and hides nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = []
    for position, char in enumerate(text):
        if unicodedata.category(char) not in _HIDING or char in "\n\t" or _joins_emoji(text, position):
            shown.append(char)
        else:
            shown.append(f"⟨U+{ord(char):04X}⟩")
    return "".join(shown)


def _joins_emoji(text: str, position: int) -> bool:
    if text[position] != _JOINER or not 0 < position < len(text) - 1:
        return False
    before = text[position - 1]
    pictures = {"So", "Sk", "Mn"}
    return unicodedata.category(before) in pictures and unicodedata.category(text[position + 1]) in pictures


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip; the text may be data, so it is escaped (R34)."""
    widget.setToolTip(html.escape(visible_text(text)).replace("\n", "<br>") if text else "")


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a change of state that moves no focus (31)."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, visible_text(text)))


class Label(QLabel):
    """A plain-text label.

    ``type`` is a role of the style sheet (``secondary``, ``caption``, ``strong``, ``heading``, ``timer``, ``reference``, ``link``,
    ``error``). ``elide`` cuts a line that is too long with an ellipsis and keeps the whole in the tooltip; ``wrap`` breaks it.
    """

    def __init__(self, text: str = "", type: str = "", *, elide: bool = False, wrap: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._elide = elide
        if type:
            self.setProperty("type", type)
        if wrap:
            self.setWordWrap(True)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text`` as it is, hiding characters written out."""
        shown = visible_text(text)
        if shown == self.text():
            return
        super().setText(shown)
        if self._elide:
            set_tooltip(self, shown)

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by a tone, or not; its words have to say the same."""
        self.setProperty("tone", tone.value if tone else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        """An eliding label may shrink to a few characters; one word that never ends must not widen the window."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("M" * _WORD)), hint.height())
        return (
            QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("MMM…")), hint.height())
            if self._elide
            else hint
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, cut if it has to be."""
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        area = self.contentsRect()
        line = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.style().drawItemText(
            painter,
            QStyle.visualRect(self.layoutDirection(), area, area),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            line,
            self.foregroundRole(),
        )


class Heading(Label):
    """The title of an area."""

    def __init__(self, text: str = "", *, elide: bool = False) -> None:
        super().__init__(text, "heading", elide=elide)


class Secondary(Label):
    """What explains or accompanies."""

    def __init__(self, text: str = "", *, elide: bool = False, wrap: bool = False) -> None:
        super().__init__(text, "secondary", elide=elide, wrap=wrap)
