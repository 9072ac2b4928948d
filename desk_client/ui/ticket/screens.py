"""The way to every screen about a ticket: the ticket itself, the stub of one elsewhere, the list of call backs."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desk_client.services.errors import DeskError
from desk_client.services.records import Elsewhere
from desk_client.ui.callbacks import CallBackPresenter
from desk_client.ui.desk import Desk
from desk_client.ui.grace import GraceBoard
from desk_client.ui.i18n import tr
from desk_client.ui.reply.blocks import TextBlocks
from desk_client.ui.sentences import sentence
from desk_client.ui.ticket.presenter import TicketPresenter
from desk_client.ui.ticket.stub import StubPresenter
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets import Action
from desk_client.ui.window import MainWindow

TICK_MS = 1_000
_Presenter = TicketPresenter | StubPresenter | CallBackPresenter | TextBlocks


class TicketScreens(QObject):
    """One page at a time. What was typed on a page that is left is a draft by then.

    ``call_backs`` is the action that opens the list of call backs from anywhere, ``actions`` are all that work from everywhere.
    """

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._now: _Presenter | None = None
        self._ticket = TicketPresenter(desk, window)
        self.call_backs = Action(tr("Call backs"), "F3", self)
        self.call_backs.fired.connect(self.open_call_backs)
        window.addAction(self.call_backs)
        self.text_blocks = Action(tr("Text blocks"), "Ctrl+Shift+T", self)
        self.text_blocks.fired.connect(self.open_text_blocks)
        window.addAction(self.text_blocks)
        window.context.ticket_opened.connect(self._open_key)
        self.graces = GraceBoard(desk, window.work, window)
        desk.held.connect(self.graces.offer)
        desk.wanted.connect(self.open_panel)
        self.graces.tell_left_over()
        self.actions = (self.call_backs, self.text_blocks, self.graces.take_back)
        self._pulse = QTimer(self, interval=TICK_MS)
        self._pulse.timeout.connect(self.tick)
        self._pulse.start()

    @property
    def shown(self) -> str:
        """The ticket whose page is on show or was last, "" for none."""
        return self._ticket.ticket_id if self._now is self._ticket else ""

    def open_ticket(self, ticket_id: str) -> None:
        """Show a ticket, or whose it is when it lies outside the member's scope."""
        another = ticket_id != self._ticket.ticket_id or self._now is not self._ticket
        try:
            if self._ticket.open(ticket_id):
                self._present(self._ticket)
                if another:
                    self._ticket.page.timeline.setFocus()
                return
            found = self._desk.tickets.get(ticket_id)
        except DeskError as error:
            self._window.work.tell(Tone.LATE, sentence(error))
            return
        if isinstance(found, Elsewhere):
            self.open_elsewhere(found)

    def open_panel(self, ticket_id: str, action: str) -> None:
        """Show a ticket with the panel of an action, "" for none, and what was typed there before."""
        self.open_ticket(ticket_id)
        if self._now is self._ticket and action:
            self._ticket.begin(action)

    def open_elsewhere(self, elsewhere: Elsewhere) -> None:
        """Show the stub of a ticket outside the member's scope."""
        presenter = StubPresenter(self._desk, self._window, elsewhere)
        self._present(presenter)
        presenter.page.panel.begin()

    def open_call_backs(self) -> None:
        """Show what is owed a call."""
        if not isinstance(self._now, CallBackPresenter):
            presenter = CallBackPresenter(self._desk, self._window)
            presenter.opened.connect(self.open_ticket)
            self._now, before = presenter, self._now
            self._drop(before)
        self._now.refresh()
        self._present(self._now)
        self._now.page.begin()

    def open_text_blocks(self) -> None:
        """Show the member's text blocks; back leads to the ticket that was on show."""
        if not isinstance(self._now, TextBlocks):
            self._present(TextBlocks(self._desk, self._window, self._leave_text_blocks))
        if isinstance(self._now, TextBlocks):
            self._now.begin()

    def _leave_text_blocks(self) -> None:
        ticket = self._ticket.ticket_id
        if ticket:
            self.open_ticket(ticket)
            if self._ticket.page.panel is not None:
                self._ticket.page.panel.begin()
        elif self._now is not None:
            gone, self._now = self._now, None
            self._window.work.show_nothing()
            self._close(gone)
            self._window.queue.take_focus()

    def refresh(self) -> None:
        """Something changed: read again what is on show."""
        now = self._now
        if now is None or self._desk.who is None:
            return
        try:
            still = now.refresh()
        except DeskError as error:
            if self._shown():
                self._window.work.tell(Tone.LATE, sentence(error))
            return
        if still and self._shown():
            now.show_context()
        elif not still and not isinstance(now, CallBackPresenter | TextBlocks):
            self._lost(now)

    def _lost(self, now: TicketPresenter | StubPresenter) -> None:
        """The ticket has left the member's scope or come into it: it does not stay as it was, neither on the screen nor behind it."""
        ticket, shown = now.ticket_id, self._shown()
        self._close(now)
        self._now = None
        if now is self._ticket:
            self._ticket = TicketPresenter(self._desk, self._window)
        if shown:
            self.open_ticket(ticket)

    def tick(self) -> None:
        """Bring the countdowns of the page on show up to date."""
        if self._now is not None and self._shown() and self._desk.who is not None:
            self._now.tick()

    def keep_drafts(self) -> None:
        """What is typed goes to the disk now."""
        if self._now is not None:
            self._now.leave()

    def close_all(self) -> None:
        """Nobody is signed in any more: nothing of a ticket stays in the window. This object has then done its work."""
        for presenter in {self._now or self._ticket, self._ticket}:
            self._close(presenter)
        self._now = None
        self._pulse.stop()
        self.graces.close()
        self._window.context.clear()

    def _shown(self) -> bool:
        return self._now is not None and self._window.work.page is self._now.page

    def _present(self, presenter: _Presenter) -> None:
        before, self._now = self._now, presenter
        self._window.work.show_page(presenter.page)
        presenter.show_context()
        if before is not presenter:
            self._drop(before)

    def _drop(self, presenter: _Presenter | None) -> None:
        if presenter is None:
            return
        # The page of a ticket serves for the next one, which is then on show at once.
        if presenter is self._ticket:
            presenter.leave()
        else:
            self._close(presenter)

    def _close(self, presenter: _Presenter) -> None:
        presenter.leave()
        self._window.work.close_page(presenter.page)
        presenter.deleteLater()

    def _open_key(self, key: int) -> None:
        self.open_ticket(self._desk.ticket_id(key))
