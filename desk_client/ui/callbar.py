"""The bar on top: the call as it stands, the search, and the one action of the moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space, Tone
from desk_client.ui.widgets import Action, Area, Button, Chip, Kind, Secondary, TimerLabel, clear_layout, row


class SearchField(QLineEdit):
    """The search, with its shortcut inside at the right. Esc empties it; in an empty field it gives the focus back to where it was, or
    ``left`` when that is gone. Down goes to what was found."""

    left = Signal()
    down = Signal()

    def __init__(self, focus: Action) -> None:
        super().__init__()
        self._before: QWidget | None = None
        self.setPlaceholderText(tr("Search tickets, people, serial numbers"))
        self.setAccessibleName(tr("Search tickets, people, serial numbers"))
        self._keys = Secondary(focus.keys())
        self._keys.setParent(self)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(0, 0, self._keys.sizeHint().width() + Space.M, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(look().scaled(330))
        self.setMinimumWidth(look().scaled(160))
        focus.fired.connect(self._take_focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shortcut at the right edge."""
        super().resizeEvent(event)
        hint = self._keys.sizeHint()
        self._keys.setGeometry(self.width() - hint.width() - Space.M, 0, hint.width(), self.height())

    def event(self, event: QEvent) -> bool:
        """Esc is the field's before it is any page's: the top layer goes first (17)."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Cancel):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field; in an empty one it leaves."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif not event.matches(QKeySequence.StandardKey.Cancel):
            super().keyPressEvent(event)
        elif self.text():
            self.empty()
        elif self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def empty(self) -> None:
        """As if the person had deleted what is typed."""
        self.clear()
        self.textEdited.emit("")

    def _take_focus(self) -> None:
        if not self.hasFocus():
            self._before = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()


class CallBar(Area):
    """State as shape and word, timer, number, how fast it was answered; search; the action of the moment.

    ``searched`` carries the text as it is typed, ``search_entered`` when Enter is pressed.
    """

    searched = Signal(str)
    search_entered = Signal(str)

    def __init__(self, focus_search: Action, monotonic: Callable[[], float]) -> None:
        """``monotonic`` gives seconds for the timer."""
        super().__init__("bar", "bottom")
        self.setFixedHeight(look().scaled(Size.CALL_BAR) + 1)
        self.chip, self.timer = Chip(), TimerLabel(monotonic)
        self._line = Secondary("", elide=True)
        self.search = SearchField(focus_search)
        self.search.textEdited.connect(self.searched)
        self.search.returnPressed.connect(self._entered)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(Space.S)
        self._shown: list[Action] = []
        layout = row(self, margins=(Space.L, 0, Space.L, 1), spacing=Space.M)
        layout.addWidget(self.chip)
        layout.addWidget(self.timer)
        layout.addWidget(self._line, 1)
        layout.addWidget(self.search, 1)
        layout.addLayout(self._actions)
        self.show_idle()

    def show_idle(self) -> None:
        """No call."""
        self.show_call(Tone.PAUSED, tr("No call"), "")
        self.timer.hide()

    def show_call(self, tone: Tone, state: str, line: str) -> None:
        """State ("On a call") and what is known ("+49 40 555 01 77 · answered in 6 s"); start the timer yourself."""
        self.chip.show_state(tone, state)
        self._line.setText(line)
        self.timer.show()

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        """What can be done now."""
        return tuple(self._shown)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """What can be done now, the last one at the right edge; the same ones again change nothing and keep the focus."""
        if list(actions) == self._shown:
            return
        self._shown = list(actions)
        clear_layout(self._actions)
        for action in actions:
            self._actions.addWidget(Button(action, Kind.SECONDARY))

    def _entered(self) -> None:
        self.search_entered.emit(self.search.text().strip())
