"""The window with its screens: who is signed in, the queue, calls, tickets, search, unsent work, settings; one clock for all."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence

from desk_client.services import CALLS, OUTBOX, PEOPLE, POLICY, SESSION, SYNC, TICKETS
from desk_client.services.errors import DeskError
from desk_client.services.records import Elsewhere, TicketView, Who
from desk_client.ui.call.board import CallBoard
from desk_client.ui.desk import Desk, Services
from desk_client.ui.figures.page import FiguresPage
from desk_client.ui.garbage import GuiGarbage
from desk_client.ui.i18n import tr
from desk_client.ui.leaving import Leaving
from desk_client.ui.queue.board import QueueBoard, Rows, countdowns, queue_model
from desk_client.ui.search.page import Search, SearchPage
from desk_client.ui.settings.page import SettingsPage
from desk_client.ui.settings.store import Settings
from desk_client.ui.signin.flow import SignIn
from desk_client.ui.signin.page import SignInPage
from desk_client.ui.sync.page import OutboxPage
from desk_client.ui.sync.standing import Standing
from desk_client.ui.telephone import Dial, Telephone, no_telephone
from desk_client.ui.theme import Theme
from desk_client.ui.ticket import TicketScreens
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets import Action, Keys, MessageBox
from desk_client.ui.window import MainWindow
from desk_client.ui.words import role_words
from desk_client.ui.workarea import WorkPage

TICK_MS = 1_000
_SAVE_MS = 1_500
_ASIDE = (SearchPage, OutboxPage, FiguresPage, SettingsPage)
"""The pages that are left for the one before."""


class Screens(QObject):
    """Everything that is on show. ``start`` opens the files of whoever is signed in; ``quit_`` is called once what was typed is safe.
    ``told`` may be emitted on any thread, with what a telephone, a link or a second start asks of this window."""

    told = Signal(object)
    spoken = Signal()

    def __init__(
        self, services: Services, theme: Theme, settings: Settings, last: Callable[[], tuple[str, str]], quit_: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic, dial: Dial = no_telephone,
    ) -> None:  # fmt: skip
        super().__init__()
        self._garbage = GuiGarbage(self)
        self.desk = Desk(services, self)
        self.rows = Rows(self.desk)
        chips = countdowns(self.rows)
        model = queue_model(self.rows, chips)
        self.window = MainWindow(model, chips, monotonic)
        model.setParent(self.window)
        self._theme, self._settings, self._quit = theme, settings, quit_
        self._previous: WorkPage | None = None
        self._leaving = Leaving(self.window)
        self._closing = False
        window, actions = self.window, self.window.actions_
        self.calls = CallBoard(self.desk, window, monotonic, self._call_finished)
        self.telephone = Telephone(
            self.desk, window, self.calls, self.raise_window, dial, lambda: settings.dial_command
        )
        self.tickets: TicketScreens | None = None
        self.queue = QueueBoard(self.desk, window.queue, actions, self._open_ticket, window.work.show_hint)
        self.standing = Standing(self.desk, window, self.queue.refresh_take)
        self.search = Search(
            self.desk,
            self._show,
            self._open_ticket,
            self._open_elsewhere,
            self._leave_search,
            window.call_bar.search.empty,
        )
        self.signin_page = SignInPage()
        self.signin = SignIn(self.desk, self.signin_page, last, self._signed_in, self._signed_out)
        self.outbox = OutboxPage(self.desk, window.work.refresh_actions)
        self.figures = FiguresPage(self.desk, self._open_ticket, self._back)
        for page in (self.signin_page, self.search.page, self.outbox, self.figures):
            window.work.keep_page(page)
        self._make_actions()
        self._connect()
        self._pulse = QTimer(self, interval=TICK_MS)
        self._pulse.timeout.connect(self._tick)

    def _make_actions(self) -> None:
        window = self.window
        self.show_outbox = self._action(tr("Unsent work"), "F7", "show_outbox", self._show_outbox)
        self.show_figures = self._action(tr("Figures"), "Ctrl+Shift+F", "show_figures", self._show_figures)
        key = QKeySequence.StandardKey
        self.show_settings = self._action(
            tr("Settings"), "Ctrl+,", "show_settings", self._show_settings, key.Preferences
        )
        self.sign_out = self._action(tr("Sign out"), "Ctrl+Shift+Q", "sign_out", self._ask_sign_out)
        self.leave_page = self._action(tr("Back"), "Alt+Left", "leave_page", self._back)
        self.close_window = self._action(tr("Close the window"), "Ctrl+Q", "close_window", window.close, key.Quit)
        further = (
            self.show_outbox,
            self.show_figures,
            self.show_settings,
            self.sign_out,
            self.leave_page,
            self.close_window,
        )
        self._further = [self.queue.in_hand, self.calls.other_call, self.telephone.dial, *further]
        window.further_actions = self._further

    def _action(self, words: str, keys: str, name: str, done: Callable[[], object], *also: Keys) -> Action:
        action = Action(words, keys, self, also=also)
        action.setObjectName(name)
        action.fired.connect(lambda: done() and None)
        self.window.addAction(action)
        return action

    def _connect(self) -> None:
        window = self.window
        window.call_bar.searched.connect(self.search.typed)
        window.call_bar.search_entered.connect(self.search.entered)
        window.call_bar.search.down.connect(self.search.enter_list)
        window.status.opened.connect(self.show_outbox.trigger)
        window.installEventFilter(self)
        self.told.connect(self.telephone.hear, Qt.ConnectionType.QueuedConnection)
        self.desk.changed.connect(self._follow)
        self.desk.problem.connect(lambda words: window.work.tell(Tone.LATE, words))

    # --- beginning and end -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window; whoever is signed in goes on where they left, from the local cache at once."""
        window = self.window
        window.restore(self._settings.geometry, self._settings.queue_width)
        window.work.show_page(self.signin_page)
        # Somewhere harmless until it is known whether somebody is signed in: the fields and the queue come a moment later.
        window.call_bar.search.setFocus()
        self.queue.refresh()
        self.standing.show()
        window.show()
        self._pulse.start(TICK_MS)
        self.signin.start()

    @property
    def box(self) -> MessageBox | None:
        """The question that is open, if one is."""
        return self._leaving.box

    def raise_window(self) -> None:
        """A second start: this window is the one (44)."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _signed_in(self, who: Who) -> None:
        window = self.window
        self.tickets = TicketScreens(self.desk, window)
        window.further_actions = [*self._further, *self.tickets.actions]
        window.work.show_nothing()
        window.status.show_member(who.member.name, role_words(who.member.role))
        self.queue.refresh()
        self.standing.show()
        self._tick()
        self.standing.tell_notices()
        self.calls.start()
        self.telephone.signed_in()
        if self.calls.current is None:
            self._restore_view(who.member.id)

    def _keep_view(self) -> None:
        """What was on show, to be there again at the next start (43)."""
        who, tickets = self.desk.who, self.tickets
        if who is not None:
            self._settings.set_view(who.member.id, tickets.shown if tickets else "", mine=self.queue.mine)

    def _restore_view(self, member: str) -> None:
        """What this member looked at last, as far as it may still be read; the keyboard is on the queue."""
        ticket, mine = self._settings.view(member)
        if mine:
            self.queue.show_mine(mine=True)
        with suppress(DeskError):
            if ticket and isinstance(self.desk.tickets.get(ticket), TicketView):
                self._open_ticket(ticket)
        self.window.queue.take_focus()

    def _signed_out(self) -> None:
        self._settings.set_view("", "", mine=False)
        self.queue.show_mine(mine=False)
        self.calls.stop()
        if self.tickets is not None:
            self.tickets.close_all()
            self.tickets.deleteLater()
            self.tickets = None
        self.window.further_actions = self._further
        self.window.context.clear()
        self.window.status.show_member("", "")
        self.window.work.show_page(self.signin_page)
        self.queue.refresh()
        self.standing.show()

    def _ask_sign_out(self) -> None:
        if self.desk.who is None:
            self.window.work.show_hint(tr("Nobody is signed in."))
            return
        self.keep_drafts()
        self._finish(lambda: self._leaving.before_signing_out(self.desk.outbox.pending(), self.signin.sign_out))

    def _finish(self, then: Callable[[], None]) -> None:
        """What can still be taken back is sent first, so that nobody is asked about it."""
        if self.tickets is not None:
            self.tickets.graces.finish(then)
        else:
            then()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window: what is typed goes to the disk, what is unsent is named."""
        if (
            watched is self.window
            and event.type() == QEvent.Type.Close
            and not self._closing
            and isinstance(event, QCloseEvent)
        ):
            event.ignore()
            self._ask_close()
            return True
        return super().eventFilter(watched, event)

    def _ask_close(self) -> None:
        if self._leaving.box is None:
            self.keep_drafts()
            self._finish(self._close_or_ask)

    def _close_or_ask(self) -> None:
        self._leaving.before_closing(self.desk.outbox.pending() if self.desk.who is not None else (), self.close)

    def keep_drafts(self) -> None:
        """Everything typed goes to the disk now."""
        self.calls.keep_drafts()
        if self.tickets is not None:
            self.tickets.keep_drafts()

    def close(self) -> None:
        """End without a question: the last words are on the disk before the program goes (R78)."""
        if self._closing:
            return
        self._closing = True
        self.keep_drafts()
        self._settings.set_geometry(self.window.saveGeometry())
        self._settings.set_queue_width(self.window.queue.width())
        self._keep_view()
        self._pulse.stop()
        if self.desk.who is None:
            self._gone()
            return
        # One more job behind the drafts: when it is done, they are. A disk that hangs must not keep the window for ever.
        QTimer.singleShot(_SAVE_MS, self, self._gone)
        self.desk.run(
            lambda: self.desk.drafts.forget(""), lambda _nothing: self._gone(), lambda _error: self._gone(), self
        )

    def hand_over(self, next_: Callable[[], None]) -> None:
        """End as at a close, then let ``next_`` open another window, in another language for instance: what is typed is a draft by then."""
        self._quit = next_
        self.close()

    def _gone(self) -> None:
        if self._quit is _nothing:
            return
        quit_, self._quit = self._quit, _nothing
        self.window.close()
        self.desk.close()
        self._garbage.stop()
        quit_()

    # --- pages -----------------------------------------------------------------------------------------------------------

    def _open_ticket(self, ticket: str) -> None:
        if self.tickets is not None:
            self.queue.select(ticket)
            self.tickets.open_ticket(ticket)

    def _open_elsewhere(self, elsewhere: Elsewhere) -> None:
        if self.tickets is not None:
            self.tickets.open_elsewhere(elsewhere)

    def _show(self, page: WorkPage) -> None:
        shown = self.window.work.page
        if shown is not page:
            if not isinstance(shown, _ASIDE):
                self._previous = shown
                # What stands at the right belongs to the page that is left.
                self.window.context.clear()
            self.window.work.show_page(page)
        else:
            self.window.work.refresh_actions()

    def _leave_search(self) -> None:
        """The search was emptied: the page before is there again, the keyboard stays in the field."""
        if isinstance(self.window.work.page, SearchPage):
            before, self._previous = self._previous, None
            if before is not None:
                self._return(before)
            else:
                self.window.work.show_nothing()

    def _return(self, before: WorkPage) -> None:
        """Show a page again, with what stood beside it."""
        work = self.calls.current
        if work is not None and before is work.form:
            work.show()
            return
        self.window.work.show_page(before)
        if self.tickets is not None:
            self.tickets.refresh()

    def _back(self) -> None:
        """To the page before search, settings or the outbox."""
        shown, before, self._previous = self.window.work.page, self._previous, None
        if not isinstance(shown, _ASIDE):
            return
        work = self.calls.current
        if work is not None and (before is None or before is work.form):
            work.show()
            work.take_focus()
        elif before is not None:
            self._return(before)
        else:
            self.window.work.show_nothing()
            self.window.queue.take_focus()

    def _show_outbox(self) -> None:
        if self.desk.who is None:
            self.window.work.show_hint(tr("Sign in first."))
            return
        self.outbox.refresh()
        self._show(self.outbox)
        self.outbox.refresh()
        self.outbox.take_focus()

    def _show_figures(self) -> None:
        who = self.desk.who
        if who is None or not who.member.supervises:
            self.window.work.show_hint(
                tr("The figures are for supervisors and managers.") if who else tr("Sign in first.")
            )
            return
        self.figures.refresh()
        self._show(self.figures)
        self.figures.take_focus()

    def _show_settings(self) -> None:
        done = Action(tr("Done"), "Esc", self)
        done.setObjectName("settings_done")
        page = SettingsPage(self._settings, self._theme, self.sign_out, done)
        page.spoken.connect(self.spoken)
        page.addAction(done)

        def leave() -> None:
            if self.desk.who is None:
                self.window.work.show_page(self.signin_page)
            else:
                self._back()
            self.window.work.close_page(page)

        done.fired.connect(leave)
        self._show(page)
        page.take_focus()

    def _call_finished(self, _call: str) -> None:
        self.window.work.show_nothing()
        self.window.queue.take_focus()

    # --- what changes ----------------------------------------------------------------------------------------------------

    def _follow(self, what: frozenset[str]) -> None:
        if what & {OUTBOX, SYNC, SESSION}:
            self.standing.show()
        if what & {TICKETS, CALLS, PEOPLE, POLICY, OUTBOX} and self.tickets is not None:
            self.tickets.refresh()
        self.standing.tell_notices()

    def _tick(self) -> None:
        if self.desk.who is None:
            return
        now = self.desk.now()
        self.window.status.show_time(self.desk.local(now), self.desk.office_title(self.desk.office))
        self.queue.tick(now)
        self.calls.tick()


def _nothing() -> None:
    """It was done."""
