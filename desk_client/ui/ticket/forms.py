"""The panels of the ticket's actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel, submit
from desk_client.ui.widgets import Action, Field, Heading, Secondary, TextArea
from desk_client.ui.widgets.choices import Item, Offers
from desk_core.people import fold


def text_panel(name: str, field: str, heading: str, label: str, words: str, *, hint: str = "", lines: int = 4) -> Panel:
    """A panel with one text. ``field`` is the command's name for it."""
    panel = Panel(name, heading, submit(words), hint)
    panel.add_field(field, TextArea(label, lines=lines))
    panel.finish()
    return panel


class ChoicePanel(Panel):
    """Somebody or something chosen by typing a part of the name, and a note."""

    def __init__(
        self, name: str, field: str, heading: str, label: str, words: str, choices: Sequence[Item], note: str
    ) -> None:
        """``field`` is the command's name for what is chosen."""
        super().__init__(name, heading, submit(words))
        self._choices = choices
        self._chosen, self._note = Field(label, required=True), TextArea(note, lines=3, required=True)
        self.add_field(field, self._chosen)
        self.add_field("note", self._note)
        self._offers = Offers(self._chosen.editor, tr("Choices for {field}", field=label))
        self._chosen.edited.connect(self._offer)
        self._offers.wanted.connect(self._offer)
        self._offers.picked.connect(self._pick)
        self._chosen.editor.installEventFilter(self)
        self.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts the choices away before it puts the panel away (17)."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.key() == Qt.Key.Key_Escape and self._offers.shown:  # type: ignore[attr-defined]  # it is a key's
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _offer(self) -> None:
        typed = fold(self._chosen.text())
        fitting = [item for item in self._choices if typed in fold(item.title)]
        only_itself = [fold(item.title) for item in fitting] == [typed]
        self._offers.offer([] if only_itself else fitting)

    def _pick(self, key: str) -> None:
        self._chosen.set_text(next(item.title for item in self._choices if item.key == key))
        self.edited.emit()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)


def time_panel() -> Panel:
    """Minutes spent, and on what."""
    panel = Panel("time", tr("Time spent"), submit(tr("Save the time")))
    panel.add_field("minutes", Field(tr("Minutes"), required=True))
    panel.add_field("remark", Field(tr("On what")))
    panel.finish()
    return panel


def call_back_panel(phone: str, name: str, warning: str) -> Panel:
    """The number to call, large, and what came of it (H-14, H-15)."""
    panel = Panel("call_back", tr("Call back {name}", name=name) if name else tr("Call back"), None, warning)
    number = Heading(phone)
    number.setProperty("type", "reference")
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    panel.body.addWidget(number)
    panel.body.addWidget(Secondary(tr("Nobody answering counts as a call back too; it is noted apart."), wrap=True))
    panel.add_way(Action(tr("Reached"), "Ctrl+1"), "reached")
    panel.add_way(Action(tr("Nobody answered"), "Ctrl+2"), "missed")
    panel.finish()
    return panel
