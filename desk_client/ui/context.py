"""The right side: the person, their open tickets, a duplicate warning, what is promised if one acts, and the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space, Tone
from desk_client.ui.widgets import (
    Action,
    Area,
    Button,
    Chip,
    Heading,
    Kind,
    Label,
    Secondary,
    clear_layout,
    column,
    row,
    scrolled,
    visible_text,
)
from desk_core import references


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A line of the list of open tickets; ``reference`` has digits only."""

    ticket_id: int
    reference: str
    title: str


class ContextPanel(Area):
    """Each part has its own setter and goes away when it is given nothing. ``ticket_opened`` carries the id, ``choice_made`` the key."""

    ticket_opened = Signal(int)
    choice_made = Signal(str)

    def __init__(self) -> None:
        super().__init__("side", "left")
        self.setFixedWidth(look().scaled(Size.CONTEXT))
        content = QWidget()
        self._name, self._about = Heading("", elide=True), Secondary("", wrap=True)
        self._tickets, self._duplicate, self._promise = column(spacing=0), column(), column(spacing=Space.XS + 2)
        self._choices = column(spacing=Space.XS)
        self._tickets_caption = Label(tr("Open tickets of this caller"), "caption")
        layout = column(content, margins=(Space.L + 2, Space.L, Space.L, Space.L), spacing=Space.S)
        self._nothing = Secondary(tr("The customer and what is promised appear here."), wrap=True)
        layout.addWidget(self._nothing)
        layout.addWidget(self._name)
        layout.addWidget(self._about)
        layout.addLayout(self._choices)
        layout.addSpacing(Space.XS)
        layout.addWidget(self._tickets_caption)
        layout.addLayout(self._tickets)
        layout.addLayout(self._duplicate)
        layout.addSpacing(Space.M)
        layout.addLayout(self._promise)
        layout.addStretch()
        frame = column(self, margins=(1, 0, 0, 0))
        frame.addWidget(scrolled(content))
        self.clear()

    def clear(self) -> None:
        """Nothing is open."""
        self.show_person("", "")
        self.show_choices("", ())
        self.show_tickets(())
        self.show_duplicate("")
        self.show_promise("", ())

    def show_person(self, name: str, about: str) -> None:
        """Who it is, and company and town."""
        self._name.setText(name)
        self._about.setText(about)
        self._name.setVisible(bool(name))
        self._about.setVisible(bool(about))
        self._nothing.setVisible(not name)

    def show_choices(self, words: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """Several that may be meant, none preselected: key, name and a second line each (3)."""
        clear_layout(self._choices)
        if choices:
            self._choices.addWidget(Label(words, "strong", wrap=True))
            self._nothing.hide()
        for key, name, about in choices:
            chooser = Action(name, parent=self)
            chooser.fired.connect(partial(self.choice_made.emit, key))
            self._choices.addWidget(Button(chooser, Kind.LINK, large=True), 0, Qt.AlignmentFlag.AlignLeft)
            self._choices.addWidget(Secondary(about, wrap=True))

    def show_tickets(self, tickets: Sequence[OpenTicket], caption: str = "") -> None:
        """The open tickets of this person or company (13)."""
        clear_layout(self._tickets)
        self._tickets_caption.setVisible(bool(tickets))
        if caption:
            self._tickets_caption.setText(caption)
        for ticket in tickets:
            self._tickets.addLayout(self._ticket_line(ticket))

    def show_duplicate(self, words: str) -> None:
        """A warning such as "Same fault as 417 205 7?"; empty takes it away."""
        clear_layout(self._duplicate)
        if words:
            self._duplicate.addWidget(Chip(Tone.SOON, words), 0, Qt.AlignmentFlag.AlignLeft)

    def show_promise(self, heading: str, lines: Sequence[str]) -> None:
        """What is promised if one acts, and the arithmetic behind it, a line each."""
        clear_layout(self._promise)
        if heading:
            self._promise.addWidget(Label(heading, "strong", wrap=True))
        for line in lines:
            self._promise.addLayout(_indented(Secondary(line, wrap=True)))

    def _ticket_line(self, ticket: OpenTicket) -> QHBoxLayout:
        number = references.grouped(ticket.reference)
        opener = Action(number, parent=self)
        opener.fired.connect(partial(self.ticket_opened.emit, ticket.ticket_id))
        line = row(spacing=Space.S)
        button = Button(opener, Kind.LINK, large=True)
        button.setAccessibleDescription(visible_text(ticket.title))
        line.addWidget(button)
        line.addWidget(Label(ticket.title, elide=True), 1)
        return line


def _indented(label: Label) -> QHBoxLayout:
    line = row(margins=(Space.M - 2, 0, 0, 0))
    line.addWidget(label, 1)
    return line
