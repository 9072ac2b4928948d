"""Words of people in full: as high as the text needs, broken anywhere when a word is too long, to be selected and copied."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from desk_client.ui.theme import look
from desk_client.ui.widgets.text import visible_text


class Prose(QPlainTextEdit):
    """Read-only plain text of any length; the area around it scrolls, never the text itself (R33, R41)."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        """``name`` says what it is to a screen reader."""
        super().__init__()
        self.setProperty("type", "prose")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(name)
        self.set_text(text)

    def text(self) -> str:
        """What is shown."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show ``text`` as it is, hiding characters written out."""
        shown = visible_text(text)
        if shown != self.toPlainText():
            self.setPlainText(shown)
        self._fit()

    def sizeHint(self) -> QSize:
        """A comfortable width; the height follows from the width that it is given."""
        return QSize(look().scaled(320), self.height())

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as a word or two."""
        return QSize(look().scaled(80), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        block, height = self.document().firstBlock(), 0.0
        layout = self.document().documentLayout()
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        self.setFixedHeight(ceil(height) + 2)
