"""Text that was written to deceive or to break, in every field of a call and on the screens that show it (R33, R41, R63, R64, C29)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QWidget

from desk_client.ui.theme import Theme
from desk_client.ui.widgets.text import visible_text
from desk_core.texts import SHORT, tidy
from tests.support.call_keys import begin, fill, form_of, logged
from tests.support.workplace import Workplace, words, workplace

KEY = Qt.Key
MARKUP = (
    "<b>bold</b><img src='file:///red.png'><script>alert(1)</script>&amp; {title} {0.__class__} %s %1 ${HOME} &File"
)
TURNED = "invoice\u202egnp.exe\u2066x\u2069 ad\u200bmin\u200c \ufeffroot\u2060 \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd 123"
PICTURES = "\U0001f469\u200d\U0001f4bb \U0001f1e9\U0001f1ea \u2764\ufe0f Z\u0351\u036b\u0343a\u030a e" + "\u0301" * 60
ADDRESSES = '=HYPERLINK("http://x.example";"click") javascript:alert(1) file:///etc/passwd \\\\host\\share'
CORPUS = (MARKUP, TURNED, PICTURES, ADDRESSES)
FIELDS = ("caller", "company", "product", "serial", "category", "fault")
_TAG = re.compile(r"</?(p|br|span|b|i|qt|html|body|table|tr|td|style|head|meta)\b[^>]*>")


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme) as made:
        made.sign_in()
        yield made


def paste(place: Workplace, text: str) -> None:
    QApplication.clipboard().setText(text)
    place.ctrl(KEY.Key_V)


def texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Whatever a widget shows or says of its own accord, tooltips and what a screen reader hears included; not what a person typed."""
    for widget in (root, *root.findChildren(QWidget)):
        yield widget, widget.accessibleName()
        yield widget, widget.accessibleDescription()
        yield widget, widget.windowTitle()
        if isinstance(widget, QLabel) and widget.text():
            yield widget, widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for said in _cells(widget.model()):
                yield widget, said


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said: Any = model.data(model.index(row, 0), role)
            yield said if isinstance(said, str) else ""


def nothing_deceives(root: QWidget) -> None:
    """No label takes markup, no text on show hides or turns characters, no tooltip holds markup of the data's."""
    for widget, said in texts(root):
        assert visible_text(said) == said, (widget, said)
        if isinstance(widget, QLabel) and widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText, (widget.parent(), widget.text(), widget.objectName())
        if isinstance(widget, QTextEdit):
            assert not widget.acceptRichText(), widget
    for widget in root.findChildren(QWidget):
        tip = _TAG.sub("", widget.toolTip())
        assert "<" not in tip, (widget, tip)


def test_every_screen_shows_hostile_text_as_text_and_keeps_it_r33_r41_r63(place: Workplace) -> None:
    typed: dict[str, str] = {}
    for text in CORPUS:
        form = begin(place)
        fill(place, caller="", company="", product="", serial="", category="", fault="", phone="040 1234567")
        for field in FIELDS:
            getattr(form, field).setFocus()
            paste(place, text)
            place.press(KEY.Key_Escape)  # an open list of offers, and nothing else
        assert {getattr(form.values(), f) for f in FIELDS} == {text}
        nothing_deceives(place.window)
        place.ctrl(KEY.Key_2)
        place.until(lambda form=form: "calls back" in form.notice.text)  # type: ignore[misc]
        ticket = logged(place)
        typed[ticket.id] = text
        assert {ticket.fault.caller, ticket.fault.company, ticket.fault.serial, ticket.fault.description} == {
            tidy(text)
        }
        nothing_deceives(place.window)
        place.ctrl(KEY.Key_T)
        place.press(KEY.Key_F4)
        place.until(lambda: place.screens.calls.current is None, "the end of the call")
    place.go_online()
    for number, text in typed.items():
        assert place.desk.tickets[number].fault.description == tidy(text), "nothing is lost on the way round"
        place.ctrl(KEY.Key_K)
        place.type(place.desk.tickets[number].reference)
        place.press(KEY.Key_Return)
        place.until(lambda text=text: visible_text(tidy(text)) in words(place.window.work), "the page")  # type: ignore[misc]
        nothing_deceives(place.window)


def test_what_cannot_be_stored_is_said_at_its_field_and_stays_there_r63_r64(place: Workplace) -> None:
    form = begin(place)
    fill(place, caller="")
    long = "x" * 1_000_000
    for field in (form.fault, form.caller):
        before = field.text()
        field.setFocus()
        paste(place, long)
        assert field.error.startswith("This text is too long for a field: at most 50000 characters fit.")
        assert (field.text(), QApplication.clipboard().text()) == (before, long), "nothing is cut, nothing is lost"
        place.type("z")
        assert (field.text(), field.error) == (before + "z", "")
    for text, sentence in (
        ("y" * (SHORT + 1), "is longer than 500 characters; shorten it"),
        ("Eva\0 L\x1borenz", "holds a control character that cannot be stored"),
    ):
        form.caller.set_text("")
        form.caller.setFocus()
        paste(place, text)
        place.ctrl(KEY.Key_2)
        place.until(lambda: form.caller.error)
        assert sentence in form.caller.error
        assert (form.values().caller, form.caller.editor.hasFocus()) == (text, True)
    assert form_of(place).notice.text == "", "nothing was saved"
