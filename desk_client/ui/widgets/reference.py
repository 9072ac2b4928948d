"""The reference number of a ticket, large enough to be read out on the phone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.widgets.areas import column
from desk_client.ui.widgets.text import Label, Secondary
from desk_core import references


def spelled(reference: str) -> str:
    """The digits as words, group by group: ``four one seven · two one one · six``."""
    words = (
        tr("zero"), tr("one"), tr("two"), tr("three"), tr("four"),
        tr("five"), tr("six"), tr("seven"), tr("eight"), tr("nine"),
    )  # fmt: skip
    groups = references.grouped(reference).split()
    return " · ".join(" ".join(words[int(digit)] for digit in group) for group in groups)


class ReferenceLabel(QWidget):
    """A reference in groups of three, with the words to say below it."""

    def __init__(self, caption: str = "") -> None:
        super().__init__()
        self._caption, self._number = Label(caption, "caption"), Label("", "reference")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._aid = Secondary("", elide=True)
        layout = column(self, spacing=2)
        for label in (self._caption, self._number, self._aid):
            layout.addWidget(label)

    @property
    def text(self) -> str:
        """The reference as it is shown."""
        return self._number.text()

    def show_reference(self, reference: str, *, caption: str = "", advice: str = "") -> None:
        """Show a reference (digits without spaces); ``advice`` follows the spelled digits."""
        if caption:
            self._caption.setText(caption)
        self._number.setText(references.grouped(reference))
        words = spelled(reference)
        self._number.setAccessibleName(words)
        self._aid.setText(tr("{digits} — {advice}", digits=words, advice=advice) if advice else words)
