"""The top of a ticket: the number large, what it is about, whose it is, who the customer is, and every promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Space
from desk_client.ui.widgets import (
    Action,
    Button,
    Chip,
    FlowRow,
    Kind,
    Label,
    Secondary,
    clear_layout,
    column,
    row,
    set_tooltip,
    spelled,
)
from desk_client.ui.widgets.prose import Prose
from desk_client.ui.words import Mark, Promise
from desk_core import references


@dataclass(frozen=True, slots=True)
class HeadLines:
    """What the top says. ``reference`` has digits only; ``entitled`` what the customer may ask for; ``customer`` is company,
    person and phone; ``thing`` product and serial number."""

    reference: str
    marks: tuple[Mark, ...]
    entitled: Mark
    title: str
    about: str
    customer: str
    thing: str
    received: str
    received_exactly: str


class TicketHead(QWidget):
    """Read once from top to bottom: number, state, title, place, customer, product."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: HeadLines | None = None
        self._number = Label("", "reference")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._marks, self._entitled = FlowRow(), Chip()
        self._title = _prose("heading", tr("What it is about"))
        self._customer, self._thing = _prose("strong", tr("Customer")), _prose("", tr("Product"))
        self._about, self._received = Secondary("", wrap=True), Secondary("", elide=True)
        top = row(spacing=Space.L)
        top.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._marks, 1, Qt.AlignmentFlag.AlignVCenter)
        self._last = FlowRow()
        self._last.set_widgets([self._entitled, self._received])
        layout = column(self, spacing=2)
        layout.addLayout(top)
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addSpacing(Space.XS)
        layout.addWidget(self._customer)
        layout.addWidget(self._thing)
        layout.addSpacing(2)
        layout.addWidget(self._last)

    def show_lines(self, lines: HeadLines) -> None:
        """Say what is the case; nothing is touched that says so already."""
        if lines == self._shown:
            return
        self._shown = lines
        self._number.setText(references.grouped(lines.reference))
        self._number.setAccessibleName(spelled(lines.reference))
        self._marks.set_widgets((), [Chip(mark.tone, mark.words, check=mark.settled) for mark in lines.marks])
        self._entitled.show_state(lines.entitled.tone, lines.entitled.words, check=lines.entitled.settled)
        for prose, words in ((self._title, lines.title), (self._customer, lines.customer), (self._thing, lines.thing)):
            prose.set_text(words)
            prose.setVisible(bool(words))
        self._about.setText(lines.about)
        self._received.setText(lines.received)
        set_tooltip(self._received, lines.received_exactly)
        self._received.setAccessibleName(lines.received_exactly)


class PromiseList(QWidget):
    """Each promise with its countdown; without any, why nobody promised anything."""

    def __init__(self, why: Action) -> None:
        super().__init__()
        self._shown: tuple[Sequence[Promise], str] | None = None
        self._chips: dict[str, Chip] = {}
        self._lines = column(spacing=Space.XS)
        self._why = Button(why, Kind.SECONDARY)
        layout = row(self, spacing=Space.M)
        layout.addLayout(self._lines, 1)
        layout.addWidget(self._why, 0, Qt.AlignmentFlag.AlignTop)

    def show_promises(self, promises: Sequence[Promise], nothing: str) -> None:
        """Show these, or the sentence why there are none."""
        now = (tuple(promises), nothing)
        if self._shown == now:
            return
        before, self._shown = self._shown, now
        if before and [_still(p) for p in before[0]] == [_still(p) for p in promises] and promises:
            for promise in promises:
                self._chips[promise.clock].show_state(promise.mark.tone, promise.mark.words, check=promise.mark.settled)
            return
        clear_layout(self._lines)
        self._chips = {}
        if not promises:
            self._lines.addWidget(Secondary(nothing, wrap=True))
        for promise in promises:
            self._add(promise)

    def _add(self, promise: Promise) -> None:
        chip = Chip(promise.mark.tone, promise.mark.words, check=promise.mark.settled)
        self._chips[promise.clock] = chip
        line = FlowRow()
        title = Label(promise.title, "strong" if promise.owed else "secondary", elide=True)
        line.set_widgets([chip, title, Secondary(promise.due)])
        self._lines.addWidget(line)


def _still(promise: Promise) -> tuple[str, str, str, bool]:
    return promise.clock, promise.title, promise.due, promise.owed


def _prose(role: str, name: str) -> Prose:
    made = Prose(name=name)
    made.setProperty("role", role)
    return made
