"""A field with its label above and its error below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QPlainTextEdit, QSizePolicy, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Space
from desk_client.ui.widgets.areas import column
from desk_client.ui.widgets.text import Label, announce, visible_text
from desk_core.texts import LONG


class _Labelled(QWidget):
    """Label above, editor, and one sentence below when what was typed can't be taken (29)."""

    edited = Signal(str)

    def __init__(self, label: str, editor: QLineEdit | QPlainTextEdit, *, required: bool = False) -> None:
        super().__init__()
        self._name = label
        self.caption = Label(label, "caption")
        self._error, self._hidden = Label("", "error", wrap=True), Label("", "secondary", wrap=True)
        self._error.hide()
        self._hidden.hide()
        self.caption.setBuddy(editor)
        editor.setAccessibleName(label)
        self._editor, self._hint = editor, tr("Needed") if required else ""
        editor.setAccessibleDescription(self._hint)
        layout = column(self, spacing=Space.XS)
        layout.addWidget(self.caption)
        layout.addWidget(editor)
        layout.addWidget(self._error)
        layout.addWidget(self._hidden)
        self.setFocusProxy(editor)

    def set_label(self, label: str) -> None:
        """Call the field something else."""
        self._name = label
        self.caption.setText(label)
        self._editor.setAccessibleName(label)

    def set_needed(self, needed: bool) -> None:
        """Whether something must stand here; what need not says so beside its label."""
        self._hint = tr("Needed") if needed else tr("Optional")
        self.caption.setText(self._name if needed else tr("{field} (optional)", field=self._name))
        self._editor.setAccessibleDescription(self.error or self._hint)

    def _refuse_long(self) -> None:
        """What is longer than anything that can be stored would hold the window up for minutes, so it is not taken in at all (R64)."""
        self.set_error(
            tr("This text is too long for a field: at most {most} characters fit. Paste a part of it.", most=LONG)
        )

    def _show_hidden(self, text: str) -> None:
        """An editor has to keep its text as it is: what it hides or turns around is written out below (R41)."""
        written_out = visible_text(text)
        self._hidden.setText(tr("With its hidden characters: {text}", text=written_out) if written_out != text else "")
        self._hidden.setVisible(written_out != text)

    @property
    def error(self) -> str:
        """The sentence shown below, or the empty text."""
        return self._error.text()

    def set_error(self, sentence: str) -> None:
        """Show what would be right, tied to the field for screen readers; an empty sentence takes it away."""
        if sentence == self._error.text():
            return
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._editor.setProperty("wrong", bool(sentence))
        self._editor.style().unpolish(self._editor)
        self._editor.style().polish(self._editor)
        self._editor.setAccessibleDescription(self._error.text() or self._hint)
        if sentence:
            announce(self._editor, f"{self._name}: {sentence}")


class _Room(QValidator):
    """Lets in what could be stored somewhere; whether it may be stored here the core says."""

    too_long = Signal()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Acceptable, or not to be taken in."""
        if len(text) <= LONG:
            return QValidator.State.Acceptable, text, place
        self.too_long.emit()
        return QValidator.State.Invalid, text, place


class Field(_Labelled):
    """One line of text. ``edited`` carries the text each time that the person changes it."""

    def __init__(self, label: str, *, placeholder: str = "", required: bool = False, secret: bool = False) -> None:
        self.editor = QLineEdit()
        super().__init__(label, self.editor, required=required)
        self.editor.setPlaceholderText(placeholder)
        if secret:
            self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.editor.textEdited.connect(self._was_edited)
        room = _Room(self.editor)
        room.too_long.connect(self._refuse_long)
        self.editor.setValidator(room)
        self.editor.setMaxLength(
            2 * LONG + 2
        )  # in UTF-16; Qt's own limit would cut in silence before anybody can say so
        self._choices: QStringListModel | None = None

    def text(self) -> str:
        """What is in the field, without spaces around it."""
        return self.editor.text().strip()

    def set_text(self, text: str) -> None:
        """Fill the field; an error about the old text goes away."""
        if text != self.editor.text():
            self.editor.setText(text)
        self._show_hidden(text)
        self.set_error("")

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer these texts while the person types; anything else may still be typed."""
        if self._choices is None:
            self._choices = QStringListModel(self)
            completer = QCompleter(self._choices, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            popup = QListView()
            popup.setProperty("popup", True)
            popup.setAccessibleName(tr("Choices for {field}", field=self._name))
            completer.setPopup(popup)
            completer.activated.connect(self._choose)
            self.editor.setCompleter(completer)
        self._choices.setStringList(list(choices))

    def _choose(self, text: str) -> None:
        self.editor.setText(text)
        self._was_edited(text)

    def _was_edited(self, text: str) -> None:
        self._show_hidden(text)
        self.set_error("")
        self.edited.emit(self.text())


class _Editor(QPlainTextEdit):
    """As high as it was asked to be, in lines of its font. ``too_long``: a text was pasted that never fits."""

    too_long = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what was pasted or dropped, as plain text."""
        if self.document().characterCount() + len(source.text()) > LONG:
            self.too_long.emit()
        else:
            super().insertFromMimeData(source)

    def sizeHint(self) -> QSize:
        """The lines and the space around them."""
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * self._lines + 2 * Space.M)

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() * 2 + 2 * Space.M)


class TextArea(_Labelled):
    """Several lines of text. Tab leaves it, Enter breaks the line (24)."""

    def __init__(self, label: str, *, placeholder: str = "", lines: int = 5, required: bool = False) -> None:
        self.editor = _Editor(lines)
        self._before = ""
        super().__init__(label, self.editor, required=required)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setTabChangesFocus(True)
        self.editor.textChanged.connect(self._was_edited)
        self.editor.too_long.connect(self._refuse_long)

    def text(self) -> str:
        """What is in the area, without empty lines around it."""
        return self.editor.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Fill the area; the cursor goes to the end."""
        if text != self.editor.toPlainText():
            self.editor.setPlainText(text)
            self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self._show_hidden(text)
        self.set_error("")

    def _was_edited(self) -> None:
        typed = self.editor.toPlainText()
        if typed == self._before:
            return  # Qt tells of a change of colour as well
        self._before = typed
        self._show_hidden(typed)
        self.set_error("")
        self.edited.emit(self.text())
