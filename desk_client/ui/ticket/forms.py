"""The panels of the ticket's actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel, submit
from desk_client.ui.widgets import Action, Field, Heading, Secondary, TextArea


def text_panel(name: str, field: str, heading: str, label: str, words: str, *, hint: str = "", lines: int = 4) -> Panel:
    """A panel with one text. ``field`` is the command's name for it."""
    panel = Panel(name, heading, submit(words), hint)
    panel.add_field(field, TextArea(label, lines=lines))
    panel.finish()
    return panel


def choice_panel(
    name: str, field: str, heading: str, label: str, words: str, choices: Sequence[str], note: str
) -> Panel:
    """Somebody or something chosen by typing, and a note."""
    panel = Panel(name, heading, submit(words))
    chosen = Field(label, required=True)
    chosen.set_choices(choices)
    panel.add_field(field, chosen)
    panel.add_field("note", TextArea(note, lines=3, required=True))
    panel.finish()
    return panel


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
