"""The overview of all shortcuts, made of the actions themselves (20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space
from desk_client.ui.widgets.areas import column, row, scrolled
from desk_client.ui.widgets.button import Action, Button, Kind
from desk_client.ui.widgets.text import Heading, Label, Secondary

_SIZE = (860, 620)


class ShortcutOverview(QDialog):
    """A list of what can be done and the keys that do it, in groups with a heading."""

    def __init__(self, groups: Mapping[str, Sequence[Action]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        content = QWidget()
        sides = row(content, margins=(0, 0, Space.M, 0), spacing=2 * Space.XL)
        shown = {title: [action for action in actions if action.keys()] for title, actions in groups.items()}
        for title, actions in shown.items():
            side = column(spacing=Space.M)
            side.addWidget(Label(title, "strong"))
            _lines(side, [(action.text(), _keys(action)) for action in actions])
            if title == list(shown)[-1]:
                side.addSpacing(Space.M)
                side.addWidget(Label(tr("In lists and texts"), "strong"))
                _lines(side, _of_lists())
            side.addStretch()
            sides.addLayout(side, 1)
        close = Action(tr("Close"), parent=self)
        close.fired.connect(self.accept)
        button = Button(close, Kind.PRIMARY)
        layout = column(self, margins=(Space.XL, Space.AREA, Space.XL, Space.AREA), spacing=Space.L)
        layout.addWidget(Heading(tr("Shortcuts")))
        layout.addWidget(scrolled(content), 1)
        foot = row()
        foot.addWidget(Secondary(tr("All actions are also found by name: Ctrl Shift P")))
        foot.addStretch()
        foot.addWidget(button)
        layout.addLayout(foot)
        button.setFocus()
        self.resize(*(look().scaled(length) for length in _SIZE))


def _lines(side: QVBoxLayout, lines: Sequence[tuple[str, str]]) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.XL)
    grid.setVerticalSpacing(Space.XS)
    for place, (words, keys) in enumerate(lines):
        grid.addWidget(Label(words), place, 0)
        grid.addWidget(Secondary(keys), place, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    side.addLayout(grid)


def _keys(action: Action) -> str:
    """All its keys, the one on the button first."""
    return tr(" or ").join([action.keys(), *(_native(keys) for keys in action.shortcuts()[1:])])


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")


def _of_lists() -> list[tuple[str, str]]:
    """What no action does, because it belongs to the widget that has the keyboard."""
    return [
        (tr("Open the selected line"), tr("Enter")),
        (tr("Find a line by its first letters"), tr("type them")),
        (tr("Copy the line"), _native(QKeySequence(QKeySequence.StandardKey.Copy))),
        (tr("Go into what is offered below a field"), tr("Down, then Enter")),
        (tr("Close the topmost layer, keep what is typed"), tr("Esc")),
        (tr("Next field, field before"), tr("Tab, Shift Tab")),
    ]
