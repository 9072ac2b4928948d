"""The reply composer: the fixed words stand in place around the text; the preview is the letter as the customer will read it (S05)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desk_client.services.replies import Letter
from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel, submit
from desk_client.ui.reply.aid import Help, WritingAid
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Space
from desk_client.ui.widgets import Action, Area, Secondary, Segments, TextArea, column, scrolled
from desk_client.ui.widgets.prose import Prose
from desk_core import wording, writing

_MARK = "mark"


class ReplyHelp(Help, Protocol):
    """What the composer needs to know of the ticket."""

    def frame(self) -> tuple[str, str]:
        """The fixed words before and after the text (M-A0, M-V1, M-V2)."""

    def letter(self, text: str, mark: str) -> Letter:
        """What the customer will read."""

    def marks(self) -> Sequence[str]:
        """What the answer can be beside an answer (A-43, E-27, E-33)."""


class ReplyPanel(Panel):
    """Mandated words can't be edited, and are always visible; what is typed stands between them."""

    said = wording.WRITTEN | {"no_address"}

    def __init__(self, help_: ReplyHelp, to: str) -> None:
        """``to`` says who reads it."""
        super().__init__("reply", tr("Answer in writing"), submit(tr("Send")))
        self._help = help_
        self._before, self._after = help_.frame()
        self.text = TextArea(tr("To {person}", person=to) if to else tr("Answer"), lines=6)
        self._first, self._last = (
            self._fixed(self._before, tr("First words")),
            self._fixed(self._after, tr("Last words")),
        )
        self.marks = Segments(tr("What it is"), {"": tr("Answer")} | {key: mark_words(key) for key in help_.marks()})
        self.marks.choose("")
        self.marks.chosen.connect(lambda _key: self.edited.emit())
        self.body.addWidget(self.marks)
        self.marks.setVisible(bool(help_.marks()))
        self._add_fixed(self._first)
        self.add_field("text", self.text)
        self.aid = WritingAid(self.text, help_)
        self._add_fixed(self._last)
        self.body.addWidget(self.aid.hints)
        self._asked = Secondary("", wrap=True)
        self.body.addWidget(self._asked)
        self._asked.hide()
        self.text.edited.connect(lambda _text: self._list_questions())
        # After the layout that is due: only then is it known how high it has become.
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(self._bring_into_view)
        self._sheet = self._preview_area()
        self.preview = self._way(tr("Preview"), "Ctrl+L", self._toggle)
        self.block = self._way(tr("Text block"), "Ctrl+J", self.aid.begin_block)
        self.question = self._way(tr("Question"), "Ctrl+Shift+J", self.aid.begin_question)
        if not help_.questions():
            self.question.block(tr("The ticket says already all that is usually asked."))
        self.finish()
        self._show_copies()

    @property
    def fixed_words(self) -> tuple[str, str]:
        """What stands before and after the text."""
        return self._before, self._after

    @property
    def previewed(self) -> str:
        """The text of the letter while it is on show, else the empty text."""
        return "" if self._sheet.isHidden() else self._shown.text()

    @property
    def questions(self) -> str:
        """The questions of the text, as they are listed."""
        return "" if self._asked.isHidden() else self._asked.text()

    def values(self) -> dict[str, str]:
        """What is typed, and what it is beside an answer."""
        return super().values() | ({_MARK: self.marks.key} if self.marks.key else {})

    def set_values(self, values: dict[str, str]) -> None:
        """Fill it, with a draft for example."""
        super().set_values(values)
        self.marks.choose(values.get(_MARK, "") if values.get(_MARK) in self._help.marks() else "")
        self._list_questions()

    def show_problem(self, sentence: str, fields: Sequence[str] = ()) -> None:
        """Say what would be right; what is not filled in is selected."""
        if sentence and not self._sheet.isHidden():
            self._toggle()
        super().show_problem(sentence, fields)
        if sentence and fields:
            self.aid.select_open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It grows with its hints: what is typed and the hints about it stay in view."""
        super().resizeEvent(event)
        if event.size().height() > event.oldSize().height() > 0:
            self._reveal.start()

    # --- what stands in it -----------------------------------------------------------------------------------------------

    def _way(self, words: str, keys: str, done: object) -> Action:
        action = Action(words, keys, self)
        action.fired.connect(done)
        self.ways = (*self.ways, action)
        self.addAction(action)
        return action

    def _fixed(self, words: str, name: str) -> Prose:
        prose = Prose(words, name=name)
        prose.setProperty("fixed", True)
        if not words:
            prose.hide()
        return prose

    def _add_fixed(self, words: Prose) -> None:
        """Fixed words stand where the text stands, so that the whole reads as one message."""
        line = column(margins=(Space.M + 2, 0, Space.M, 0))
        line.addWidget(words)
        self.body.addLayout(line)

    def _show_copies(self) -> None:
        """Whom else it goes to, which nobody can take away (E-17), or that it reaches nobody."""
        letter = self._help.letter("-", "")
        copies = tr("Copy to {addresses}", addresses=", ".join(letter.sheet.copies)) if letter.sheet.copies else ""
        self.show_hint(no_address() if letter.withheld else copies)

    def _list_questions(self) -> None:
        """The questions to the customer as a list, so that it is seen what is awaited (A-35)."""
        asked = writing.questions_in(self.text.text())
        lines = "\n".join(f"{place}. {question}" for place, question in enumerate(asked, 1))
        words = tr("You ask:\n{questions}", questions=lines) if asked else ""
        if words != self._asked.text():
            self._asked.setText(words)
        self._asked.setVisible(bool(asked) and self._sheet.isHidden())

    def _bring_into_view(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.isVisible():
            area.ensureVisible(0, self.geometry().bottom(), 0, 0)
            self.aid.follow()

    # --- the preview -----------------------------------------------------------------------------------------------------

    def _preview_area(self) -> Area:
        sheet = Area("raised", "left")
        inside = column(sheet, margins=(Space.M, Space.XS, Space.S, Space.XS), spacing=Space.XS)
        inside.addWidget(Secondary(tr("As the customer will see it")))
        self._head = Secondary("", wrap=True)
        inside.addWidget(self._head)
        self._shown = Prose(name=tr("As the customer will see it"))
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
            letter = self._help.letter(self.text.text(), self.marks.key)
            self._shown.set_text(letter.sheet.text)
            self._head.setText(head_words(letter))
        self._sheet.setVisible(shows)
        self.text.setVisible(not shows)
        self.aid.hints.setVisible(not shows)
        self._first.setVisible(bool(self._before) and not shows)
        self._last.setVisible(bool(self._after) and not shows)
        self._list_questions()
        self.preview.setText(tr("Go on writing") if shows else tr("Preview"))
        (self._frame if shows else self.text).setFocus(Qt.FocusReason.OtherFocusReason)


def head_words(letter: Letter) -> str:
    """What stands above a letter, or why nobody gets it, one thing a line."""
    shown = letter.sheet
    if letter.problem is not None:
        return tr("Not as it stands: {reason}", reason=sentence(letter.problem))
    if not letter.sent:
        return tr("No mail is sent of it by the policy of this desk; it is kept with the ticket.")
    lines = (
        tr("From {address}", address=shown.sender) if shown.sender else "",
        tr("To {address}", address=", ".join(shown.to)) if shown.to else "",
        tr("Copy to {addresses}", addresses=", ".join(shown.copies)) if shown.copies else "",
        tr("Subject: {subject}", subject=shown.subject) if shown.subject else "",
    )
    return "\n".join(line for line in lines if line)


def no_address() -> str:
    """That nobody would get it, and what to do about it."""
    return tr("There is no e-mail address: nobody gets this by mail. Ask for one, or tell the customer.")


def mark_words(mark: str) -> str:
    """What an answer is beside an answer."""
    known = {"progress": tr("Progress update"), "full": tr("Full answer"), "offer": tr("Offer")}
    return known.get(mark, mark)
