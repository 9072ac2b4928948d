"""The overview of all shortcuts, made of the actions themselves (20)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Space
from desk_client.ui.widgets.areas import column, row, scrolled
from desk_client.ui.widgets.button import Action, Button, Kind
from desk_client.ui.widgets.text import Heading, Label


class ShortcutOverview(QDialog):
    """A list of what can be done and the keys that do it."""

    def __init__(self, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, Space.M, 0)
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.S)
        shown = [action for action in actions if action.keys()]
        for place, action in enumerate(shown):
            grid.addWidget(Label(action.text()), place, 0)
            grid.addWidget(Label(action.keys(), "strong"), place, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(len(shown), 1)
        close = Action(tr("Close"), parent=self)
        close.fired.connect(self.accept)
        button = Button(close, Kind.PRIMARY)
        layout = column(self, margins=(Space.XL, Space.AREA, Space.XL, Space.AREA), spacing=Space.L)
        layout.addWidget(Heading(tr("Shortcuts")))
        layout.addWidget(scrolled(content), 1)
        foot = row()
        foot.addStretch()
        foot.addWidget(button)
        layout.addLayout(foot)
        button.setFocus()
        self.resize(420, 480)
