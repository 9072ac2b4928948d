"""Help while a text is typed: blocks by a prefix, marks on what is not filled in, hints that block nothing (15; A-29, K-08, V-31)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Item, Label, Offers, TextArea, ToneMark, announce, row
from desk_core import writing
from desk_core.writing import SIGN, TextBlock

HINTS_MS = 250
_QUESTION = "?"
_ASTRAL = 0xFFFF


class Help(Protocol):
    """What a text is helped with."""

    def blocks(self) -> Sequence[TextBlock]:
        """The text blocks that can be typed."""

    def fill(self, block: TextBlock) -> str:
        """A block's text, filled in as far as it can be."""

    def questions(self) -> Sequence[str]:
        """What could be asked."""

    def names(self) -> set[str]:
        """The placeholders that must not be sent."""

    def hints(self, text: str) -> Sequence[str]:
        """What could be better, as sentences."""

    def jargon(self) -> Sequence[str]:
        """Words that a customer need not know."""


class HintLine(QWidget):
    """One line below a text, kept free, so that nothing moves when a hint comes; more than one line only for more than one hint, and with
    ``one_line`` never."""

    def __init__(self, hints: Callable[[str], Sequence[str]], area: TextArea, *, one_line: bool = False) -> None:
        super().__init__()
        self._hints, self._area, self._between = hints, area, " " if one_line else "\n"
        self._mark, self._words = ToneMark(Tone.SOON), Label("", "secondary", wrap=not one_line, elide=one_line)
        self._words.set_tone(Tone.SOON)
        self._words.setMinimumHeight(self._words.fontMetrics().lineSpacing())
        layout = row(self, spacing=Space.XS)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self._soon = QTimer(self, singleShot=True, interval=HINTS_MS)
        self._soon.timeout.connect(self.look)
        area.edited.connect(lambda _text: self._soon.start())
        self._mark.hide()
        self.look()

    @property
    def words(self) -> str:
        """What is hinted at."""
        return self._words.text()

    def look(self) -> None:
        """Read the text again."""
        words = self._between.join(self._hints(self._area.text()))
        if words == self._words.text():
            return
        self._words.setText(words)
        self._mark.setVisible(bool(words))
        if words:
            announce(self._area.editor, words)


class _Marks(QSyntaxHighlighter):
    """Placeholders stand on a ground and are underlined; words of jargon are underlined with dots."""

    def __init__(self, document: QTextDocument, names: Iterable[str], jargon: Iterable[str]) -> None:
        super().__init__(document)
        self.names = set(names)
        self._jargon = [word.casefold() for word in jargon]

    def highlightBlock(self, text: str) -> None:
        """One line."""
        tone = look().colours.tones[Tone.SOON]
        open_, plain = QTextCharFormat(), QTextCharFormat()
        open_.setBackground(QColor(tone.ground))
        open_.setForeground(QColor(tone.text))
        open_.setFontUnderline(True)
        plain.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        plain.setUnderlineColor(QColor(tone.text))
        for start, end in writing.unfilled(text, self.names):
            self.setFormat(_units(text, start), _units(text, end) - _units(text, start), open_)
        for start, end in writing.words_at(text, self._jargon):
            self.setFormat(_units(text, start), _units(text, end) - _units(text, start), plain)


class WritingAid(QObject):
    """Stands by a text area as long as it is there."""

    def __init__(self, area: TextArea, help_: Help) -> None:
        super().__init__(area)
        self._area, self._help = area, help_
        self._editor: QPlainTextEdit = area.editor
        self._texts: dict[str, Callable[[], str]] = {}
        self._offers = Offers(self._editor, tr("Text blocks and questions"))
        self._offers.picked.connect(self._pick)
        self._marks = _Marks(self._editor.document(), help_.names(), help_.jargon())
        self.hints = HintLine(help_.hints, area)
        area.edited.connect(lambda _text: self._offer())
        self._editor.installEventFilter(self)

    @property
    def offered(self) -> Sequence[Item]:
        """What hangs under the cursor."""
        return self._offers.items()

    def follow(self) -> None:
        """The text stands somewhere else by now: so does what hangs under its cursor."""
        self._offers.follow()

    def begin_block(self) -> None:
        """As if the sign had been typed: the list of blocks hangs under the cursor."""
        self._begin(SIGN)

    def begin_question(self) -> None:
        """The same for questions."""
        self._begin(SIGN + _QUESTION)

    def select_open(self) -> bool:
        """Select the first placeholder that is not filled in, so that the next key replaces it; False when there is none."""
        text = self._editor.toPlainText()
        found = next(iter(writing.unfilled(text, self._marks.names)), None)
        if found is None:
            return False
        cursor = self._editor.textCursor()
        cursor.setPosition(_units(text, found[0]))
        cursor.setPosition(_units(text, found[1]), QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts the list away before it puts anything else away (17); another look is another colour of the marks."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.key() == Qt.Key.Key_Escape and self._offers.shown:  # type: ignore[attr-defined]  # it is a key's
            event.accept()
            return True
        if event.type() == QEvent.Type.PaletteChange:
            self._marks.rehighlight()
        return super().eventFilter(watched, event)

    def _begin(self, typed: str) -> None:
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        before = self._before()
        self._editor.insertPlainText(typed if not before or before[-1].isspace() else f" {typed}")

    def _before(self) -> str:
        """The line up to the cursor."""
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.position())
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _offer(self) -> None:
        typed = writing.typed_prefix(self._before())
        self._texts = {}
        items: list[Item] = []
        blocks = self._help.blocks() if typed is not None and not typed.startswith(_QUESTION) else ()
        for block in writing.fitting(blocks, typed or ""):
            items.append(Item(block.prefix, block.title, keys=f"{SIGN}{block.prefix}"))
            self._texts[block.prefix] = partial(self._help.fill, block)
        for question in self._help.questions() if typed in ("", _QUESTION) else ():
            items.append(Item(question, question, keys=f"{SIGN}{_QUESTION}"))
            self._texts[question] = partial(str, question)
        self._offers.offer(items)

    def _pick(self, key: str) -> None:
        """Put the text where the prefix was typed, and the cursor on what is still to be filled in."""
        text = self._texts[key]()
        self._marks.names = self._help.names()
        typed = writing.typed_prefix(self._before())
        cursor = self._editor.textCursor()
        if typed is not None:
            back = len(SIGN) + _units(typed, len(typed))
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, back)
        cursor.insertText(text)
        if not writing.unfilled(text, self._marks.names) or not self.select_open():
            self._editor.setTextCursor(cursor)


def assisted(panel: Panel, help_: Help) -> Panel:
    """A panel whose first field is a text to the customer, with help while it is typed."""
    area = panel.first_field()
    if isinstance(area, TextArea):
        panel.body.addWidget(WritingAid(area, help_).hints)
    return panel


def _units(text: str, place: int) -> int:
    """A place in a text as Qt counts it: what lies beyond the first plane counts twice."""
    return place + sum(ord(each) > _ASTRAL for each in text[:place])
