"""The page of a ticket: head, promises, history, and the panel of the action that is under way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desk_client.ui.i18n import tr
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
        self._expected: Action | None = None
        self._main: Sequence[Action] = ()
        self._rest: Sequence[Action] = ()
        self._more = Action(tr("More"), "Ctrl+M", self)
        self._more.setCheckable(True)
        self._more.fired.connect(self._offer)
        self.panel: Panel | None = None
        self.phone = ""
        # After the layout that is due: only then is it known where the panel stands.
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(self._bring_into_view)
        side = Space.XL - Space.S
        self._layout = column(self, margins=(side, Space.XS, side, Space.XS), spacing=Space.S)
        top = column(margins=(Space.S, 0, Space.S, 0), spacing=Space.S)
        for part in (self.head, self.promises, rule()):
            top.addWidget(part)
        below = column(margins=(Space.S, 0, Space.S, 0), spacing=Space.S)
        below.addWidget(self._reading)
        self._place = column(margins=(Space.S, 0, Space.S, 0))
        self._layout.addLayout(top)
        self._layout.addWidget(self.timeline, 1)
        self._layout.addLayout(below)
        self._layout.addLayout(self._place)
        why.setParent(self)
        leave.setParent(self)
        self.addAction(why)
        self.addAction(leave)

    def phone_number(self) -> str:
        """The caller's number."""
        return self.phone

    @property
    def reading(self) -> str:
        """Why this page can only be read, or the empty text."""
        return self._reading.text()

    def show_reading(self, sentence: str) -> None:
        """Say why nothing but reading is possible; empty takes it away."""
        self._reading.setText(sentence)
        self._reading.setVisible(bool(sentence) and self.panel is None)

    def set_actions(self, expected: Action | None, main: Sequence[Action], rest: Sequence[Action]) -> None:
        """What can be done with the ticket: ``main`` stands at the bottom, ``expected`` filled; the rest comes with *More*."""
        self._expected, self._main, self._rest = expected, tuple(main), tuple(rest)
        if self.panel is None:
            self._offer()

    def open_panel(self, panel: Panel) -> None:
        """Show the panel of an action; its own ways stand at the bottom now."""
        if self.panel is not None:
            self._drop()
        self.panel = panel
        self._place.addWidget(panel)
        self._reading.hide()
        # Esc belongs to the panel as long as it is there.
        self.removeAction(self._leave)
        self._offer()
        panel.show()
        panel.begin()
        self._reveal.start()

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

    def _bring_into_view(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.panel is not None:
            area.ensureWidgetVisible(self.panel, 0, 0)

    def _drop(self) -> None:
        panel = self.panel
        if panel is not None:
            self._place.removeWidget(panel)
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
            self._offer_own()
        self.actions_changed.emit()

    def _offer_own(self) -> None:
        unfolded = self._more.isChecked()
        self._more.setText(tr("Fewer") if unfolded else tr("More"))
        shown = (*self._main, *(self._rest if unfolded else ()))
        self.expected, self.others = self._expected, [action for action in shown if action is not self._expected]
        self.aside = (self._more,) if self._rest else ()
        # Those that are folded away answer to their keys all the same.
        self.addActions([*self._main, *self._rest, *self.aside])
