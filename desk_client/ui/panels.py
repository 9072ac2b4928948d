"""What is written or chosen for one action, at the bottom of the page; the rest of the window stays as it is (46)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Space
from desk_client.ui.widgets import (
    Action,
    Area,
    Button,
    Field,
    Heading,
    Kind,
    Secondary,
    TextArea,
    column,
    row,
    visible_text,
)


class Panel(Area):
    """Fields and what to do with them. ``edited`` after each change by the person; ``submitted`` carries the name of the way chosen.

    ``closed`` when the person puts it away: what was typed is kept and is there again next time. ``said`` are hints that it gives while it
    is filled in, so that they need not be told afterwards.
    """

    said: frozenset[str] = frozenset()

    edited = Signal()
    submitted = Signal(str)
    closed = Signal()

    def __init__(self, name: str, heading: str, submit: Action | None, hint: str = "") -> None:
        """``name`` is the action's; ``submit`` does it."""
        super().__init__("raised")
        self.name = name
        self.setObjectName(f"panel-{name}")
        self.setAccessibleName(visible_text(heading))
        self._fields: dict[str, Field | TextArea] = {}
        self._heading, self._hint, self._problem = (
            Heading(heading),
            Secondary(hint, wrap=True),
            Secondary("", wrap=True),
        )
        self._kept = Secondary("", elide=True)
        self._problem.setProperty("type", "error")
        if not hint:
            self._hint.hide()
        self._problem.hide()
        self.put_away = Action(tr("Back"), "Esc", self)
        self.put_away.fired.connect(self.closed)
        self.close_button = Button(self.put_away, Kind.QUIET)
        self.submit = submit
        self.ways: Sequence[Action] = ()
        if submit:
            self.add_way(submit, "")
        head = row(spacing=Space.S)
        head.addWidget(self._heading)
        head.addWidget(self._kept, 1)
        head.addWidget(self.close_button)
        self.body = column(margins=(Space.L, Space.S, Space.L, Space.M), spacing=Space.S)
        self.body.addLayout(head)
        self.body.addWidget(self._hint)
        self.setLayout(self.body)
        self.addAction(self.put_away)

    def add_way(self, action: Action, way: str) -> None:
        """One of the ways in which the panel is carried out; its key works while the panel is there."""
        action.setParent(self)
        action.fired.connect(lambda: self.submitted.emit(way))
        self.addAction(action)
        self.ways = (*self.ways, action)

    def add_field(self, name: str, field: Field | TextArea) -> None:
        """A field; ``name`` is that of the command, so that a refusal finds it."""
        self._fields[name] = field
        field.editor.setObjectName(f"{self.name}-{name}")
        field.edited.connect(lambda _text: self._was_edited())
        self.body.addWidget(field)

    def finish(self) -> None:
        """The place for a problem that belongs to no field, below everything."""
        self.body.addWidget(self._problem)

    def values(self) -> dict[str, str]:
        """What is typed, by field."""
        return {name: field.text() for name, field in self._fields.items()}

    def set_values(self, values: dict[str, str]) -> None:
        """Fill it, with a draft for example."""
        for name, text in values.items():
            if name in self._fields:
                self._fields[name].set_text(text)

    def first_field(self) -> QWidget:
        """Where the cursor begins."""
        return next(iter(self._fields.values()), self)

    def begin(self) -> None:
        """Put the cursor where it begins."""
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, sentence: str, fields: Sequence[str] = ()) -> None:
        """Say what would be right, at the field if it is about one (29); an empty sentence takes everything away."""
        field = next((self._fields[name] for name in fields if name in self._fields), None)
        for each in self._fields.values():
            each.set_error("")
        self._problem.setText("" if field else sentence)
        self._problem.setVisible(bool(sentence) and field is None)
        if field:
            field.set_error(sentence)
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_hint(self, sentence: str) -> None:
        """What should be known beforehand."""
        self._hint.setText(sentence)
        self._hint.setVisible(bool(sentence))

    def show_kept(self, words: str) -> None:
        """How safe it is what is typed, as in "Kept on this computer"."""
        self._kept.setText(words)

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        wrong = [field.error for field in self._fields.values() if field.error]
        return wrong[0] if wrong else self._problem.text()

    @property
    def hint(self) -> str:
        """What is said beforehand."""
        return self._hint.text()

    def _was_edited(self) -> None:
        if self._problem.isVisible():
            self._problem.hide()
        self.edited.emit()


def submit(words: str) -> Action:
    """What carries a panel out: Ctrl+Enter, also on the keypad (24)."""
    action = Action(words)
    # The first one stands on the button; the second is what the large key sends.
    action.setShortcuts([QKeySequence("Ctrl+Enter"), QKeySequence("Ctrl+Return")])
    return action


def leave_action() -> Action:
    """Back to the queue."""
    return Action(tr("Back to the queue"), "Esc")
