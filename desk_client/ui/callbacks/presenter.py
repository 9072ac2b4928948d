"""What is owed a call, by deadline; the call is made from here and noted with one key (H-14, H-15)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desk_client.services.records import Row, Saved
from desk_client.services.words import due_words, zone_of
from desk_client.ui.callbacks.items import CallBack, CallBackList, CallBackModel
from desk_client.ui.desk import Desk
from desk_client.ui.grace import Held, held_words
from desk_client.ui.i18n import tr
from desk_client.ui.panels import leave_action
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, EmptyState, Heading, Secondary, announce, column
from desk_client.ui.window import MainWindow
from desk_client.ui.words import Mark, call_back_warning, clock_mark
from desk_client.ui.workarea import WorkPage
from desk_core.commands import AttemptCallBack

MOST = 500


class CallBackPage(WorkPage):
    """Heading, what has to be known beforehand, and the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("call-backs-page")
        self.list = CallBackList(CallBackModel(self))
        self._heading, self._warning = Heading(tr("Call backs")), Secondary("", wrap=True)
        self._empty = EmptyState(
            "phone", tr("No call is owed"), tr("Calls that were promised back appear here, the next one first.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        layout = column(self, margins=(Space.XL, Space.XS, Space.XL, Space.XS), spacing=Space.S)
        layout.addWidget(self._heading)
        layout.addWidget(self._warning)
        layout.addWidget(self._stack, 1)

    def show_items(self, items: list[CallBack], warning: str) -> None:
        """Show what is owed; ``warning`` is for those whose call keeps no promise."""
        count = len(items)
        self._heading.setText(
            tr("%n call backs owed", "", count, one="%n call back owed") if items else tr("Call backs")
        )
        self._warning.setText(warning if items else "")
        self._warning.setVisible(bool(warning) and bool(items))
        self.list.show_items(items)
        self._stack.setCurrentWidget(self.list if items else self._empty)

    def phone_number(self) -> str:
        """The number of the selected call."""
        item = self.list.current()
        return item.phone if item is not None else ""

    def begin(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()


class CallBackPresenter(QObject):
    """``opened`` carries the id of a ticket that the person wants to see whole."""

    opened = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.page = CallBackPage()
        self._rows: tuple[Row, ...] = ()
        self._busy = False
        self._reached = self._way(tr("Reached"), "Ctrl+1", reached=True)
        self._missed = self._way(tr("Nobody answered"), "Ctrl+2", reached=False)
        self._open = Action(tr("Open the ticket"), "Ctrl+O", self.page)
        self._open.fired.connect(self._open_current)
        leave = leave_action()
        leave.setParent(self.page)
        leave.fired.connect(window.queue.take_focus)
        for action in (self._reached, self._missed, self._open, leave):
            self.page.addAction(action)
        self.page.list.opened.connect(self.opened)
        self.page.list.moved.connect(self._moved)

    def refresh(self) -> bool:
        """Read the list again."""
        self._rows = self._desk.queue.page(call_backs=True, size=MOST).rows
        self.tick()
        self._offer()
        return True

    def tick(self) -> None:
        """The countdowns as they are now."""
        self.page.show_items([self._item(row) for row in self._rows], call_back_warning(self._desk))

    def leave(self) -> None:
        """Nothing is typed here."""

    def show_context(self) -> None:
        """The customer of the selected call."""
        item = self.page.list.current()
        if item is None:
            self._window.context.clear()
            return
        self._window.context.clear()
        self._window.context.show_person(item.who or item.company, "\n".join((item.company, item.phone)))

    def _item(self, row: Row) -> CallBack:
        desk, now = self._desk, self._desk.now()
        clock, policy = row.clock, desk.policy_of(row.policy_version)
        category = policy.category(row.category)
        return CallBack(
            ticket=row.id,
            phone=row.phone,
            who=row.caller,
            company=row.company,
            title=row.title,
            category=category.title if category else row.classification,
            reference=row.reference,
            due=tr("due {when}", when=due_words(clock.deadline, zone_of(policy, clock), now))
            if clock and clock.deadline
            else "",
            holder=tr("held by {name}", name=row.holder_name) if row.holder_name else "",
            mark=clock_mark(policy, clock, now) if clock else Mark(Tone.PAUSED, tr("no deadline")),
        )

    def _moved(self, _ticket: str) -> None:
        if self._window.work.page is self.page:
            self.show_context()
            self._offer()

    def _offer(self) -> None:
        item = self.page.list.current()
        for action in (self._reached, self._missed):
            reason = tr("No call is owed.")
            if item is not None:
                refusal = self._desk.tickets.check(AttemptCallBack(ticket=item.ticket, reached=True))
                reason = sentence(refusal) if refusal else ""
            action.block(reason)
        self._open.block("" if item else tr("No call is owed."))
        self.page.expected, self.page.others, self.page.aside = self._reached, (self._missed,), (self._open,)
        if self._window.work.page is self.page:
            self._window.work.refresh_actions()

    def _way(self, words: str, keys: str, *, reached: bool) -> Action:
        action = Action(words, keys, self.page)
        action.fired.connect(partial(self._note, reached))
        action.refused.connect(self._window.work.show_hint)
        return action

    def _open_current(self) -> None:
        item = self.page.list.current()
        if item is not None:
            self.opened.emit(item.ticket)

    def _note(self, reached: bool) -> None:
        item = self.page.list.current()
        if item is None or self._busy:
            return
        self._busy = True
        self._desk.run(
            lambda: self._desk.graces.give(AttemptCallBack(ticket=item.ticket, reached=reached)),
            partial(self._done, item, reached),
            self._failed,
            self.page,
        )

    def _done(self, item: CallBack, reached: bool, saved: Saved) -> None:
        self._busy = False
        if saved.changed == "not_counted":
            self._window.work.tell(
                Tone.SOON, tr("Your call is noted. The promise runs on until a specialist has called.")
            )
        elif not reached:
            words = tr(
                "Noted: {company} did not answer. The call stays owed until the customer was spoken to.",
                company=item.company,
            )
            self._window.work.tell(Tone.PAUSED, words)
        else:
            announce(self.page, tr("The call back to {company} is noted", company=item.company))
        self.refresh()
        back = partial(self._desk.wanted.emit, item.ticket, "")
        self._desk.held.emit(Held(saved.command, held_words(saved.name, saved.reference), back))

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._window.work.tell(Tone.LATE, sentence(error))
