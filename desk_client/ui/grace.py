"""What was given and can still be taken back: one line above the actions with the seconds that are left, and Ctrl+Z (26)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desk_client.services.records import Synced
from desk_client.services.words import command_words
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, Area, Button, Label, ToneMark, announce, row
from desk_client.ui.workarea import WorkArea
from desk_core import references

LOOK_MS = 200
LAST_ROUND_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Held:
    """A command that can be taken back: what it is called, and what is done on the screen when it was (``back``)."""

    command: str
    words: str
    back: Callable[[], None]


def held_words(name: str, reference: str) -> str:
    """What was given, in a few words."""
    if not reference:
        return command_words(name)
    return tr("{what} · {number}", what=command_words(name), number=references.grouped(reference))


class GraceLine(Area):
    """The line itself; hidden while nothing can be taken back."""

    def __init__(self, take_back: Action) -> None:
        super().__init__("raised")
        self._text = Label("", elide=True)
        layout = row(self, margins=(Space.M, Space.XS, Space.XS, Space.XS), spacing=Space.S)
        layout.addWidget(ToneMark(Tone.PAUSED))
        layout.addWidget(self._text, 1)
        layout.addWidget(Button(take_back))
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_words(self, words: str) -> None:
        """Show a sentence; an empty one takes the line away."""
        self._text.setText(words)
        self.setAccessibleName(self._text.text())
        self.setVisible(bool(words))


class GraceBoard(QObject):
    """The newest first: Ctrl+Z takes back one after the other."""

    def __init__(self, desk: Desk, work: WorkArea, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._work, self._window = desk, work, window
        self._held: list[Held] = []
        self._busy = False
        self.take_back = Action(tr("Take back"), QKeySequence.StandardKey.Undo, self)
        self.take_back.setObjectName("take_back")
        self.take_back.fired.connect(self._take_back)
        self.take_back.refused.connect(work.show_hint)
        window.addAction(self.take_back)
        self.line = GraceLine(self.take_back)
        work.set_line(self.line)
        self._keys = _UndoKey(self)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self.look()

    def offer(self, held: Held) -> None:
        """From now on this can be taken back."""
        self._held.append(held)
        announce(self.line, tr("{what}: press Ctrl+Z within ten seconds to take it back", what=held.words))
        self._look.start()
        self.look()

    def look(self) -> None:
        """Show the seconds that are left."""
        seconds = self._desk.graces.held()
        gone = [each for each in self._held if each.command not in seconds]
        self._held = [each for each in self._held if each.command in seconds]
        if gone:
            self._desk.graces.ended()
        if not self._held:
            self._look.stop()
            self._keys.stop()
            self.take_back.block(tr("Nothing can be taken back now."))
            self.line.show_words("")
            return
        self._keys.start()
        self.take_back.allow()
        newest = self._held[-1]
        left = ceil(seconds[newest.command])
        words = tr("{what} — can be taken back for {seconds} s", what=newest.words, seconds=left)
        if len(self._held) > 1:
            words = tr("{what} (and %n more)", "", len(self._held) - 1, one="{what} (and %n more)", what=words)
        self.line.show_words(words)

    def finish(self, then: Callable[[], None]) -> None:
        """Somebody leaves: what is held is sent now, as far as the server can be reached within a moment; ``then`` follows in any case."""
        if self._busy:
            return
        # What was given a moment ago may not have come home yet.
        if not self._desk.graces.held():
            then()
            return
        desk, self._held, self._busy = self._desk, [], True
        self.look()

        def sent(_answer: object) -> None:
            self._busy = False
            then()

        def once(answer: Synced) -> None:
            # A round that had looked before the grace ended may have been over a moment later.
            if answer.reached and answer.unsent:
                desk.run(lambda: desk.status.sync(LAST_ROUND_SECONDS), sent, sent, self)
            else:
                sent(answer)

        def ended(_nothing: None) -> None:
            desk.run(lambda: desk.status.sync(LAST_ROUND_SECONDS), once, sent, self)

        desk.run(desk.graces.end, ended, sent, self)

    def tell_left_over(self) -> None:
        """After a crash: say what was sent that could still have been taken back."""
        self._desk.run(self._desk.graces.left_over, self._tell, owner=self)

    def close(self) -> None:
        """Nobody is signed in any more."""
        self._held = []
        self._look.stop()
        self._keys.stop()
        self._work.set_line(None)
        self._window.removeAction(self.take_back)
        self.deleteLater()

    def _tell(self, left: tuple[tuple[str, str], ...]) -> None:
        if left:
            what = ", ".join(held_words(name, reference) for name, reference in left)
            words = tr(
                "The program ended before this could be taken back; it counts as given and is sent: {what}.", what=what
            )
            self._work.tell(Tone.SOON, words)

    def _take_back(self) -> None:
        if self._busy or not self._held:
            return
        self._busy = True
        held = self._held[-1]

        def done(_nothing: None) -> None:
            self._busy = False
            self.look()
            self._work.tell(Tone.FINE, tr("Taken back, nothing was sent: {what}.", what=held.words))
            held.back()

        def failed(error: BaseException) -> None:
            self._busy = False
            self.look()
            self._work.tell(Tone.LATE, sentence(error))

        self._desk.run(lambda: self._desk.graces.take_back(held.command), done, failed, self)


class _UndoKey(QObject):
    """While something can be taken back, a text field that has nothing to undo leaves Ctrl+Z to it; one that has keeps the key."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None
        self._on = False

    def start(self) -> None:
        """Look at every field that has the focus from now on."""
        app = QApplication.instance()
        if not self._on and isinstance(app, QApplication):
            self._on = True
            app.focusChanged.connect(self._follow)
            self._follow(None, QApplication.focusWidget())

    def stop(self) -> None:
        """Leave the fields alone."""
        app = QApplication.instance()
        if self._on and isinstance(app, QApplication):
            self._on = False
            app.focusChanged.disconnect(self._follow)
            self._follow(None, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's fields claim the key whether they need it or not."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.matches(QKeySequence.StandardKey.Undo) and not _undoes(watched):  # type: ignore[attr-defined]  # it is a key's
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._field is not None and shiboken6.isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = now if isinstance(now, QLineEdit | QPlainTextEdit) else None
        if self._field is not None:
            self._field.installEventFilter(self)


def _undoes(field: QObject) -> bool:
    """Whether a field has something to undo."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit) and field.document().isUndoAvailable()
