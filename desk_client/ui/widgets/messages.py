"""The one way to a message box: plain text, the safe button is the default, buttons name what they do (25, R36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.widgets.text import visible_text

MessageBox = QMessageBox


@dataclass(frozen=True)
class Choice:
    """A button of a message box: the key that comes back, and the words on it."""

    key: str
    words: str


def message_box(parent: QWidget | None, text: str, detail: str, choices: Sequence[Choice] = ()) -> QMessageBox:
    """A message box that is not shown yet; its first choice is the safe one, the default and the answer to Esc."""
    box = QMessageBox(parent)
    # Before any text: the box would otherwise take markup in data for its own (R36).
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(tr("Desk Client"))
    box.setText(visible_text(text))
    box.setInformativeText(visible_text(detail))
    for place, choice in enumerate(choices or (Choice("close", tr("Close")),)):
        role = QMessageBox.ButtonRole.RejectRole if place == 0 else QMessageBox.ButtonRole.AcceptRole
        button = box.addButton(choice.words, role)
        button.setObjectName(choice.key)
        if place == 0:
            box.setDefaultButton(button)
            box.setEscapeButton(button)
    return box


def ask(parent: QWidget | None, text: str, detail: str, choices: Sequence[Choice]) -> str:
    """Ask and wait; the key of the chosen button. For the few questions where nothing else can go on, such as closing with unsent work."""
    box = message_box(parent, text, detail, choices)
    box.exec()
    key = box.clickedButton().objectName()
    box.deleteLater()
    return key
