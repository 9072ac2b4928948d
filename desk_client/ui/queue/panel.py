"""The queue's place: department and office, how many wait, *Take next*, and the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desk_client.ui.i18n import tr
from desk_client.ui.queue.view import QueueView
from desk_client.ui.tokens import Size, Space
from desk_client.ui.widgets import (
    Action,
    Area,
    Button,
    EmptyState,
    FlowRow,
    Heading,
    Kind,
    Secondary,
    column,
    row,
    rule,
)


class QueuePanel(Area):
    """Head and list. The actions are given, so that a menu, a key and the button are the same thing."""

    def __init__(self, view: QueueView, take_next: Action, why_order: Action) -> None:
        super().__init__("side", "right")
        self._under = FlowRow()
        self._stood_in = False
        self._order = Secondary("", wrap=True)
        self._order.hide()
        self.view = view
        self.setMinimumWidth(Size.QUEUE_LEAST)
        self._heading, self._count = Heading("", elide=True), Secondary("")
        self._take = Button(take_next, Kind.PRIMARY)
        self._empty = EmptyState("inbox", tr("Nothing waits"), tr("New tickets appear here by themselves."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(view)
        layout = column(self, margins=(0, 0, 1, 0))
        layout.addLayout(self._head(why_order))
        order = column(margins=(Space.L, 0, Space.L, 0))
        order.addWidget(self._order)
        layout.addLayout(order)
        layout.addWidget(rule())
        layout.addSpacing(Space.S)
        layout.addWidget(self._stack, 1)

    def set_place(self, department: str, office: str) -> None:
        """Whose queue this is."""
        self._heading.setText(" · ".join(part for part in (department, office) if part))

    def set_waiting(self, count: int, shown: int | None = None) -> None:
        """How many wait; when nothing is ``shown`` the list gives way to a sentence."""
        self._count.setText(tr("%n waiting", "", count))
        # The focus follows what it was meant for: the list, as long as there is one.
        meant = self.view.hasFocus() or (self._stood_in and self._take.hasFocus())
        filled = bool(count if shown is None else shown)
        moved = filled != (self._stack.currentWidget() is self.view)
        self._stack.setCurrentWidget(self.view if filled else self._empty)
        if meant and moved:
            self.take_focus()

    def set_signed_in(self, *, signed_in: bool) -> None:
        """While nobody is signed in there is nothing to count and to explain."""
        self._under.setVisible(signed_in)

    def add_link(self, action: Action) -> None:
        """A further link beside the number that wait."""
        self._under.add(Button(action, Kind.LINK))

    @property
    def order(self) -> str:
        """The explanation of the order that is on show."""
        return "" if self._order.isHidden() else self._order.text()

    def show_order(self, words: str) -> None:
        """Why the list is in this order, below the head; empty takes it away (A-02)."""
        self._order.setText(words)
        self._order.setVisible(bool(words))

    def set_empty(self, heading: str, sentence: str, action: Action | None = None) -> None:
        """What to say while the list is empty: why, and what to do (51)."""
        self._empty.set_words(heading, sentence)
        self._empty.set_action(action)

    def take_focus(self) -> None:
        """Put the focus on the list, or on *Take next* while the list is empty."""
        self._stood_in = self._stack.currentWidget() is self._empty
        target = self._take if self._stood_in else self.view
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _head(self, why_order: Action) -> QVBoxLayout:
        self._under.add(self._count)
        self._under.add(Button(why_order, Kind.LINK))
        first = row(spacing=Space.M)
        first.addWidget(self._heading, 1)
        first.addWidget(self._take, 0, Qt.AlignmentFlag.AlignVCenter)
        head = column(margins=(Space.L, Space.S + 2, Space.L, Space.XS), spacing=0)
        head.addLayout(first)
        head.addWidget(self._under)
        return head
