"""The telephone in the window: what is asked for from outside, and dialling by one key (5, 44; R38, R45)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desk_client.services.errors import DeskError
from desk_client.services.telephony import Heard, number_to_dial
from desk_client.ui.call.board import CallBoard
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets import Action
from desk_client.ui.window import MainWindow
from desk_core.people import phone_display, phone_e164

Dial = Callable[[str, str], None]
"""Starts a dial command with a number; it runs on a worker thread and raises an error with a sentence."""


class Telephone(QObject):
    """``raise_window`` brings the window to the front; ``command`` is the dial command of the settings, "" while there is none."""

    def __init__(
        self, desk: Desk, window: MainWindow, calls: CallBoard, raise_window: Callable[[], None], dial: Dial, command: Callable[[], str]
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._window, self._calls = desk, window, calls
        self._raise, self._dial, self._command = raise_window, dial, command
        self._begin_later = False
        self._offered = ""
        self.dial = Action(tr("Dial"), "F11", self)
        self.dial.setObjectName("dial")
        self.dial.fired.connect(self._dial_now)
        window.addAction(self.dial)
        self._agree = Action(f"{tr('Dial')} {self.dial.keys()}", "", self)
        self._agree.fired.connect(self._dial_now)

    def hear(self, heard: Heard) -> None:
        """Somebody outside asks for something. A call event shows itself by the record that it makes."""
        if heard.wish == "dial":
            self._raise()
            self._offer(heard.number)
        elif heard.wish == "begin":
            self._raise()
            self._begin_later = self._desk.who is None
            self._calls.begin()
        elif heard.wish == "show":
            self._raise()
        elif heard.name:
            self._calls.name_shown(heard.call, heard.name)

    def signed_in(self) -> None:
        """Begin the call that was asked for while the window was still starting."""
        if self._begin_later:
            self._begin_later = False
            self._calls.begin()

    def _offer(self, number: str) -> None:
        """A link asks for a call: a person decides, with one key."""
        self._offered = number
        shown = phone_display(number)
        self._window.work.tell(Tone.PAUSED, tr("A link asks you to call {number}.", number=shown), [self._agree])

    def _dial_now(self) -> None:
        work = self._window.work
        page = work.page
        number, self._offered = self._offered or (page.phone_number() if page is not None else ""), ""
        command = self._command()
        if not number:
            work.show_hint(tr("There is no number here; open a ticket, a call, or the list of call backs."))
        elif not command:
            work.show_hint(tr("Say in the settings which command dials."))
        else:
            self._start(command, number)

    def _start(self, command: str, number: str) -> None:
        try:
            wanted = number_to_dial(number)
        except DeskError as error:
            self._window.work.show_hint(sentence(error))
            return
        policy, office = self._desk.policy, self._desk.office
        found = policy.office(office)
        whole = phone_e164(wanted, found.country if found else "") or wanted
        work, dial = self._window.work, self._dial
        work.tell(Tone.FINE, tr("Dialling {number}…", number=phone_display(whole)))
        self._desk.later(
            lambda: dial(command, whole), lambda _done: None, lambda error: work.tell(Tone.LATE, sentence(error)), self
        )


def no_telephone(_command: str, _number: str) -> None:
    """Where nothing can be started."""
