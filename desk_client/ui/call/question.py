"""A question inside the page, with its answers as buttons; what is typed elsewhere stays, nothing is modal (46)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desk_client.ui.tokens import Space
from desk_client.ui.widgets import Action, Area, Button, FlowRow, Label, Secondary, announce, column


@dataclass(frozen=True)
class Answer:
    """A button: what stands on it, what it does, and its name for the program."""

    label: str
    act: Callable[[], None]
    name: str


class Question(Area):
    """Hidden until something is asked. The first answer gets the focus; left and right move, Enter answers, Esc puts it away and gives the
    focus back."""

    def __init__(self) -> None:
        super().__init__("raised")
        self.setObjectName("question")
        self._words, self._detail, self._answers = Label("", "strong", wrap=True), Secondary("", wrap=True), FlowRow()
        self._buttons: list[Button] = []
        self._before: QWidget | None = None
        layout = column(self, margins=(Space.L, Space.M, Space.L, Space.M), spacing=Space.S)
        for part in (self._words, self._detail, self._answers):
            layout.addWidget(part)
        self.hide()

    @property
    def words(self) -> str:
        """The question on show, empty when there is none."""
        return "" if self.isHidden() else self._words.text()

    def ask(self, words: str, detail: str, answers: Sequence[Answer], *, focus: bool = True) -> None:
        """Ask; each answer puts the question away before it acts. Without ``focus`` the person goes on typing where they are."""
        self._words.setText(words)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._buttons = [self._button(answer) for answer in answers]
        self._answers.set_widgets(self._buttons)
        self.setAccessibleName(self._words.text())
        self.show()
        announce(self, words)
        if self._buttons and focus:
            self._before = QApplication.focusWidget()
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        # The page is laid out anew first; then the whole question has to be in view.
        QTimer.singleShot(0, self, self._scroll_here)

    def _scroll_here(self) -> None:
        parent = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(self, 0, Space.M)
            parent = parent.parentWidget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from answer to answer; Esc puts the question away."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        focused = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1)
        if event.key() == Qt.Key.Key_Escape:
            # Before it is hidden: Qt would hand the focus of a button that vanishes to the next field.
            if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()
        elif step and focused >= 0:
            self._buttons[(focused + step) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _button(self, answer: Answer) -> Button:
        action = Action(answer.label, parent=self)
        action.fired.connect(partial(self._answer, answer.act))
        button = Button(action)
        button.setObjectName(f"answer_{answer.name}")
        return button

    def _answer(self, act: Callable[[], None]) -> None:
        self.hide()
        act()
