"""The calls at this desk: begun by key or by the telephone, kept side by side, never in the way of typing (1, 2, 5, 7 to 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desk_client.services import CALLS, TICKETS
from desk_client.services.records import Begun, Match
from desk_client.ui.call.aside import Aside, call_line
from desk_client.ui.call.work import CallWork
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets import Action
from desk_client.ui.window import MainWindow
from desk_client.ui.workarea import WorkArea
from desk_core import references
from desk_core.caller_ids import caller_number
from desk_core.calls import Call
from desk_core.people import phone_display


class CallBoard(QObject):
    """Owns the forms of the calls that are not finished. ``left`` is called when the last one was finished."""

    def __init__(
        self, desk: Desk, window: MainWindow, monotonic: Callable[[], float], left: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self.aside = Aside(desk, window.context)
        self._desk, self._window, self._monotonic, self._left = desk, window, monotonic, left
        self._works: dict[str, CallWork] = {}
        self._ringing: dict[str, Call] = {}
        self._names: dict[str, str] = {}
        self._announced = ""
        self._current = ""
        self._timed = ("", "")
        actions = window.actions_
        self.end_call = actions.end_call
        self._answer = self._action(tr("Answer"), "", "answer", self._answer_announced)
        self._other = self._action(tr("Other call"), "F10", "other_call", self._switch)
        window.addAction(self._other)
        actions.new_call.fired.connect(self.begin)
        actions.end_call.fired.connect(self._end)
        window.context.choice_made.connect(self._caller_chosen)
        desk.changed.connect(self._follow)
        window.work.turned.connect(self._show_bar)
        self._show_bar()

    @property
    def work(self) -> WorkArea:
        """Where forms are shown."""
        return self._window.work

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._monotonic()

    @property
    def other_call(self) -> Action:
        """Switches between two calls."""
        return self._other

    @property
    def current(self) -> CallWork | None:
        """The call whose form is on show, or was last."""
        return self._works.get(self._current)

    def _action(self, words: str, keys: str, name: str, done: Callable[[], None]) -> Action:
        action = Action(words, keys, self)
        action.setObjectName(name)
        action.fired.connect(done)
        return action

    # --- beginning -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Somebody signed in: calls that were open when the program ended are there again (7, 12)."""
        open_calls = [call for call in self._open() if not call.phone_call_id or call.answered_at is not None]
        for call in reversed(open_calls):
            self._work_on(call)
        self.refresh()
        if open_calls:
            work = self._show(open_calls[0].id)
            work.form.notice.show_message(
                Tone.PAUSED, tr("This call was open when the program ended; go on where you left it.")
            )
            work.take_focus()

    def stop(self) -> None:
        """Nobody is signed in any more."""
        for work in self._works.values():
            work.stop()
            self.work.close_page(work.form)
            work.deleteLater()
        self._works, self._ringing, self._names, self._current = {}, {}, {}, ""
        self._show_bar()

    def begin(self) -> None:
        """One key: answer what rings, else begin a call (5)."""
        if self._desk.who is None:
            self.work.show_hint(tr("Sign in first."))
        elif self._ringing:
            self._answer_announced()
        else:
            self._desk.run(self._desk.calls.begin, self._begun, None, self)

    def _begun(self, begun: Begun) -> None:
        call = self._desk.calls.get(begun.call)
        if call is None:
            self.work.tell(Tone.LATE, tr("The call is saved here, but cannot be shown before the server has answered."))
            return
        self._work_on(call)
        self._show(call.id).take_focus()

    @property
    def _loudest(self) -> Call | None:
        """The ringing call that the banner names, which is the one that the key answers."""
        return self._ringing.get(self._announced) or next(iter(self._ringing.values()), None)

    def _answer_announced(self) -> None:
        call = self._loudest
        if call is not None:
            self._answer_ringing(call)

    def _answer_ringing(self, call: Call) -> None:
        self._ringing.pop(call.id)
        self._work_on(call)
        self._show(call.id).take_focus()
        self.work.banner.clear()
        if call.answered_at is None and call.ended_at is None:
            self._desk.run(lambda: self._desk.calls.answer(call.id), None, None, self)
        if self._loudest is not None:
            self._announce(self._loudest)

    def _work_on(self, call: Call) -> CallWork:
        if call.id not in self._works:
            self._works[call.id] = CallWork(self._desk, self, call, self._finished)
        return self._works[call.id]

    def _show(self, call: str) -> CallWork:
        self._current = call
        self.work.clear_good_news()
        work = self._works[call]
        work.show()
        self._show_bar()
        return work

    def _switch(self) -> None:
        """The next call; from another page, back to the call that is open."""
        ids = list(self._works)
        if not ids:
            return
        shown = self.work.page
        place = ids.index(self._current) if self._current in ids else -1
        on_show = self._current in self._works and shown is self._works[self._current].form
        self._show(ids[(place + 1) % len(ids)] if on_show or place < 0 else self._current).take_focus()

    def _end(self) -> None:
        work = self.current
        if work is None:
            self.work.show_hint(tr("No call is open; F2 begins one."))
            return
        if self.work.page is not work.form:
            self._show(work.call.id)
        work.end()

    def _finished(self, call: str) -> None:
        work = self._works.pop(call)
        number = references.grouped(work.call.reference)
        self.work.close_page(work.form)
        work.deleteLater()
        self._current = next(iter(self._works), "")
        self._window.context.clear()
        if self._current:
            self._show(self._current).take_focus()
        self._show_bar()
        self.work.tell(Tone.FINE, tr("The call {number} is finished and recorded.", number=number))
        if not self._current:
            self._left(call)

    def _caller_chosen(self, key: str) -> None:
        work = self.current
        if work is not None:
            work.picking.pick_caller(key)
            work.take_focus()

    def name_shown(self, call: str, name: str) -> None:
        """The telephone shows a name beside the number; anybody can call themselves anything (R53)."""
        self._names[call] = name
        ringing = self._ringing.get(call)
        if ringing is not None:
            self._announce(ringing)

    # --- what the telephone and the storage say --------------------------------------------------------------------------

    def _open(self) -> list[Call]:
        return [row.call for row in self._desk.calls.open()] if self._desk.who is not None else []

    def _follow(self, what: frozenset[str]) -> None:
        if what & {CALLS, TICKETS} and self._desk.who is not None:
            self.refresh()

    def refresh(self) -> None:
        """Read the open calls again: new ones ring, known ones are followed."""
        now = {call.id: call for call in self._open()}
        for call in now.values():
            if call.id in self._works:
                self._works[call.id].follow(call)
            elif call.phone_call_id:
                self._rings(call)
        self._ringing = {i: call for i, call in self._ringing.items() if i in now}
        self._names = {i: name for i, name in self._names.items() if i in now}
        self._show_bar()

    def _rings(self, call: Call) -> None:
        """A call that has no form yet: a banner and one key; only when nobody types and no call is open does an answered one open by
        itself, so that focus and text are never taken away (2)."""
        before = self._ringing.get(call.id)
        if before == call:
            return
        self._ringing[call.id] = call
        if call.answered_at is not None and call.ended_at is None and not self._works and not _typing():
            self._answer_ringing(call)
            return
        self._announce(call)

    def _announce(self, call: Call) -> None:
        number, office = call.number, call.office
        lookup = self._desk.lookup
        self._desk.later(
            lambda: lookup.by_phone(number, office), lambda found: self._tell_ringing(call, found), owner=self
        )

    def _tell_ringing(self, call: Call, found: tuple[Match, ...]) -> None:
        if call.id not in self._ringing or self._ringing[call.id] != call:
            return
        self._announced = call.id
        self._answer.setText(tr("Open the form F2") if call.answered_at or call.ended_at else tr("Answer F2"))
        QApplication.alert(self._window)
        said = ringing_words(call, found, self._names.get(call.id, ""))
        self.work.tell(Tone.SOON, said, [self._answer])
        self._show_bar()

    # --- the bar ---------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """A second has passed."""
        for work in self._works.values():
            work.tick()

    def keep_drafts(self) -> None:
        """Everything typed goes to the disk now."""
        for work in self._works.values():
            work.keep_draft()

    @property
    def dirty(self) -> bool:
        """True while something typed is on no disk."""
        return any(work.dirty for work in self._works.values())

    def _show_bar(self) -> None:
        bar, actions = self._window.call_bar, self._window.actions_
        work = self.current
        away = work is not None and self.work.page is not work.form
        self._other.setText(tr("Back to the call") if away else tr("Other call"))
        actions.new_call.setText(tr("Answer") if self._ringing else tr("New call"))
        if work is None:
            bar.show_idle()
            self._timed = ("", "")
            ringing = self._loudest
            if ringing is not None:
                bar.show_call(Tone.SOON, tr("Ringing") if not ringing.ended_at else tr("Missed"), _number(ringing))
                self._time(ringing.id, ringing.rang_at if not ringing.ended_at else None)
            actions.end_call.setText(tr("End call"))
            bar.set_actions([actions.new_call])
            return
        call = work.call
        state, tone = (tr("On a call"), Tone.FINE) if call.ended_at is None else (tr("Wrap-up"), Tone.PAUSED)
        bar.show_call(
            tone, state, call_line(call.number_e164 or caller_number(call.number), _answered_in(call), phone_shown)
        )
        self._time(call.id, call.ended_at or call.answered_at or call.rang_at)
        actions.end_call.setText(tr("End call") if call.ended_at is None else tr("Finish call"))
        bar.set_actions([*([self._other] if away or len(self._works) > 1 else []), actions.new_call, actions.end_call])

    def _time(self, call: str, since: dt.datetime | None) -> None:
        """Start the timer where it belongs, once for each part of a call (7, 10)."""
        wanted = (call, since.isoformat() if since else "")
        if self._timed == wanted:
            return
        self._timed = wanted
        timer = self._window.call_bar.timer
        if since is None:
            timer.hide()
            return
        timer.start(max(0.0, (self._desk.now() - since).total_seconds()))


def _typing() -> bool:
    """Whether the keyboard is in a field."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def _answered_in(call: Call) -> float | None:
    if call.answered_at is None or call.rang_at is None or not call.phone_call_id:
        return None
    return max(0.0, (call.answered_at - call.rang_at).total_seconds())


def phone_shown(number: str) -> str:
    """A number in groups people can read."""
    return phone_display(number)


def _number(call: Call) -> str:
    return phone_shown(call.number_e164 or caller_number(call.number)) or tr("number withheld")


def ringing_words(call: Call, found: tuple[Match, ...], name: str = "") -> str:
    """Who calls, as well as the number can say it; it proves nothing, and a ``name`` that the telephone shows still less (3, 4, R53)."""
    number = _number(call)
    who = tr("{number}, as “{name}”", number=number, name=name) if name else number
    if len(found) == 1 and found[0].sure:
        match = found[0]
        names = [match.contact.name if match.contact else "", match.customer.name]
        who = tr("{names} ({number}, not verified)", names=", ".join(name for name in names if name), number=number)
    elif found:
        who = tr("{number} (%n possible callers)", "", len(found), one="{number} (perhaps known)", number=number)
    if call.ended_at is not None and call.answered_at is None:
        return tr("Missed call: {who}", who=who)
    if call.answered_at is not None:
        return tr("Answered: {who}", who=who)
    return tr("{who} is calling", who=who)
