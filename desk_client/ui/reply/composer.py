"""The reply composer: the mandated first and last words stand in place around the text; the preview is what the customer will see."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel, submit
from desk_client.ui.tokens import Space
from desk_client.ui.widgets import Action, Area, Secondary, TextArea, column, scrolled
from desk_client.ui.widgets.prose import Prose

# Stands for the agent's words when the core is asked what goes around them; it is in no text that anybody types.
_PLACE = "\ue000"


class ReplyPanel(Panel):
    """``whole`` gives the message as the customer will see it, from what the agent wrote (M-A0, M-V1, M-V2)."""

    def __init__(self, whole: Callable[[str], str], to: str) -> None:
        """``to`` says who reads it."""
        super().__init__("reply", tr("Answer in writing"), submit(tr("Send")))
        self._whole = whole
        before, _, after = whole(_PLACE).partition(_PLACE)
        self._before, self._after = before.strip(), after.strip()
        self.text = TextArea(tr("To {person}", person=to) if to else tr("Answer"), lines=6)
        self._first, self._last = Prose(self._before, name=tr("First words")), Prose(self._after, name=tr("Last words"))
        for prose, words in ((self._first, self._before), (self._last, self._after)):
            if not words:
                prose.hide()
            prose.setProperty("fixed", True)
        self._add_fixed(self._first)
        self.add_field("text", self.text)
        self._add_fixed(self._last)
        self._shown = Prose(name=tr("As the customer will see it"))
        self._sheet = self._preview_area()
        self.preview = Action(tr("Preview"), "Ctrl+L", self)
        self.preview.fired.connect(self._toggle)
        self.ways = (*self.ways, self.preview)
        self.addAction(self.preview)
        self.finish()

    @property
    def fixed_words(self) -> tuple[str, str]:
        """What stands before and after the text."""
        return self._before, self._after

    @property
    def previewed(self) -> str:
        """The whole message while it is on show, else the empty text."""
        return "" if self._sheet.isHidden() else self._shown.text()

    def message(self) -> str:
        """The whole message."""
        return self._whole(self.text.text())

    def _add_fixed(self, words: Prose) -> None:
        """Mandated words stand where the text stands, so that the whole reads as one message."""
        line = column(margins=(Space.M + 2, 0, Space.M, 0))
        line.addWidget(words)
        self.body.addLayout(line)

    def _preview_area(self) -> Area:
        sheet = Area("raised", "left")
        inside = column(sheet, margins=(Space.M, Space.XS, Space.S, Space.XS))
        inside.addWidget(Secondary(tr("As the customer will see it")))
        frame = scrolled(self._shown)
        frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        frame.setAccessibleName(tr("As the customer will see it"))
        self._frame = frame
        frame.setMinimumHeight(self.text.sizeHint().height())
        inside.addWidget(frame)
        self.body.addWidget(sheet)
        sheet.hide()
        return sheet

    def _toggle(self) -> None:
        shows = self._sheet.isHidden()
        if shows:
            self._shown.set_text(self.message())
        self._sheet.setVisible(shows)
        self.text.setVisible(not shows)
        self._first.setVisible(bool(self._before) and not shows)
        self._last.setVisible(bool(self._after) and not shows)
        self.preview.setText(tr("Go on writing") if shows else tr("Preview"))
        (self._frame if shows else self.text).setFocus(Qt.FocusReason.OtherFocusReason)
