"""The page of a ticket: head, promises, history, and the panel of the action that is under way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from desk_client.ui.panels import Panel
from desk_client.ui.ticket.head import PromiseList, TicketHead
from desk_client.ui.ticket.timeline import Timeline
from desk_client.ui.tokens import Space
from desk_client.ui.widgets import Action, Secondary, column, rule
from desk_client.ui.workarea import WorkPage


class TicketPage(WorkPage):
    """``actions_changed`` when other actions belong to the bottom of the work area. Only those shown there answer to their keys."""

    actions_changed = Signal()

    def __init__(self, why: Action, leave: Action) -> None:
        """``why`` explains the deadlines; ``leave`` goes back to the queue. Both work whatever panel is open."""
        super().__init__()
        self._why, self._leave = why, leave
        self.head, self.promises, self.timeline = TicketHead(), PromiseList(why), Timeline()
        self._reading = Secondary("", wrap=True)
        self._reading.hide()
        self._own: tuple[Action | None, Sequence[Action], Sequence[Action]] = (None, (), ())
        self.panel: Panel | None = None
        self._layout = column(self, margins=(Space.XL, Space.XS, Space.XL, Space.XS), spacing=Space.S)
        for part in (self.head, self.promises, rule()):
            self._layout.addWidget(part)
        self._layout.addWidget(self.timeline, 1)
        self._layout.addWidget(self._reading)
        why.setParent(self)
        leave.setParent(self)
        self.addAction(why)
        self.addAction(leave)

    @property
    def reading(self) -> str:
        """Why this page can only be read, or the empty text."""
        return self._reading.text()

    def show_reading(self, sentence: str) -> None:
        """Say why nothing but reading is possible; empty takes it away."""
        self._reading.setText(sentence)
        self._reading.setVisible(bool(sentence) and self.panel is None)

    def set_actions(self, expected: Action | None, others: Sequence[Action], aside: Sequence[Action]) -> None:
        """What can be done with the ticket."""
        self._own = (expected, tuple(others), tuple(aside))
        if self.panel is None:
            self._offer()

    def open_panel(self, panel: Panel) -> None:
        """Show the panel of an action; its own ways stand at the bottom now."""
        if self.panel is not None:
            self._drop()
        self.panel = panel
        self._layout.addWidget(panel)
        self._reading.hide()
        # Esc belongs to the panel as long as it is there.
        self.removeAction(self._leave)
        self._offer()
        panel.show()
        panel.begin()

    def close_panel(self) -> None:
        """Back to the ticket."""
        if self.panel is None:
            return
        self._drop()
        self.panel = None
        self.addAction(self._leave)
        self._reading.setVisible(bool(self._reading.text()))
        self._offer()
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        panel = self.panel
        if panel is not None:
            self._layout.removeWidget(panel)
            panel.hide()
            panel.deleteLater()

    def _offer(self) -> None:
        """Put the actions of the moment at the bottom, and let no others answer to their keys."""
        for action in self.actions():
            if action not in (self._why, self._leave):
                self.removeAction(action)
        if self.panel is not None:
            ways = list(self.panel.ways)
            self.expected, self.others, self.aside = (ways[0] if ways else None), ways[1:], ()
        else:
            self.expected, self.others, self.aside = self._own
            for offered in (self.expected, *self.others, *self.aside):
                if offered is not None:
                    self.addAction(offered)
        self.actions_changed.emit()
