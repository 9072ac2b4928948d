"""The safe widgets."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter, QWidget
from pytestqt.qtbot import QtBot

from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme, Tone
from desk_client.ui.widgets import (
    Action,
    Banner,
    Button,
    Chip,
    Choice,
    EmptyState,
    Field,
    Heading,
    Kind,
    Label,
    ReferenceLabel,
    Secondary,
    ShortcutOverview,
    TextArea,
    TimerLabel,
    duration,
    message_box,
    set_tooltip,
    spelled,
    visible_text,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nordlicht Druck GmbH", "Nordlicht Druck GmbH"),
        ("Brandt & Söhne, 日本, مرحبا", "Brandt & Söhne, 日本, مرحبا"),
        ("invoice\u202egnp.exe", "invoice⟨U+202E⟩gnp.exe"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩"),
        ("bell\x07 \x1b[31m", "bell⟨U+0007⟩ ⟨U+001B⟩[31m"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("two\nlines\tand tab", "two\nlines\tand tab"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("a\u200db", "a⟨U+200D⟩b"),
    ],
)
def test_hidden_characters_are_written_out(text: str, shown: str) -> None:
    """R41."""
    assert visible_text(text) == shown


@pytest.fixture
def red(tmp_path: Path) -> str:
    """Markup that would paint a red picture from the disk if anything took it for markup."""
    path = tmp_path / "red.png"
    picture = QPixmap(64, 64)
    picture.fill(QColor("#ff0000"))
    assert picture.save(str(path))
    return f'x<br>\n<b>bold</b><img src="file:{path}">'


def has_red(image: QImage) -> bool:
    return any(
        image.pixelColor(x, y).name() == "#ff0000"
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )


def test_markup_in_data_is_shown_as_text(qtbot: QtBot, red: str) -> None:
    """R33, R35, R36: in every widget that takes a text."""
    field, area, banner, reference = Field(red), TextArea(red), Banner(), ReferenceLabel(red)
    field.set_text(red)
    field.set_error(red)
    area.set_text(red)
    banner.show_message(Tone.LATE, red, [Action(red)])
    action = Action(red, "F9")
    action.block(red)
    widgets: list[QWidget] = [Label(red), Label(red, wrap=True), Label(red, elide=True), Heading(red), Secondary(red)]
    widgets += [Chip(Tone.LATE, red), Button(action), EmptyState("inbox", red, red, action), field, area, banner]
    widgets += [reference, ShortcutOverview({red: [action]}), message_box(None, red, red, [Choice("close", red)])]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.resize(600, 300)
        widget.show()
        assert not has_red(widget.grab().toImage()), type(widget).__name__
    assert "<img" in widgets[0].text()  # type: ignore[attr-defined]


def test_a_tooltip_is_escaped(qtbot: QtBot, red: str) -> None:
    """R34."""
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tooltip(widget, red + "\u202e")
    assert "<img" not in widget.toolTip()
    assert "&lt;img" in widget.toolTip()
    assert "⟨U+202E⟩" in widget.toolTip()


def test_a_blocked_action_says_why_and_does_nothing(qtbot: QtBot) -> None:
    """42: by key, by click, and on focus; the button stays in the tab order."""
    window = QWidget()
    action = Action("Take next", "F9", window)
    window.addAction(action)
    button = Button(action, Kind.PRIMARY)
    button.setParent(window)
    other = Button(Action("Other", parent=window))
    other.setParent(window)
    qtbot.addWidget(window)
    fired: list[bool] = []
    told: list[str] = []
    action.fired.connect(lambda: fired.append(True))
    action.refused.connect(told.append)
    window.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    reason = "You hold a ticket that is not answered yet."
    action.block(reason)
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told[-1] == reason
    count = len(told)
    other.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(told) == count + 1
    assert fired == []
    assert reason in button.accessibleDescription()
    action.allow()
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert fired == [True, True]
    assert reason not in button.accessibleDescription()


def test_a_button_shows_its_shortcut_and_keeps_ampersands(qtbot: QtBot) -> None:
    action = Action("Brandt & Söhne", "Ctrl+1")
    bare = Button(Action("Brandt & Söhne"))
    button = Button(action)
    for widget in (bare, button):
        qtbot.addWidget(widget)
    assert action.keys() == "Ctrl 1"
    assert button.sizeHint().width() > bare.sizeHint().width()
    assert button.accessibleName() == "Brandt & Söhne"
    assert button.shortcut().isEmpty()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_focus_of_a_button_can_be_seen(qtbot: QtBot, theme: Theme, scheme: Scheme, kind: Kind) -> None:
    """34."""
    theme.set_scheme(scheme)
    window = QWidget()
    first, second = Button(Action("Take next")), Button(Action("Take next"), kind)
    for place, button in enumerate((first, second)):
        button.setParent(window)
        button.move(0, 50 * place)
    qtbot.addWidget(window)
    window.show()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    without = second.grab().toImage()
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    assert second.grab().toImage() != without


@pytest.mark.parametrize("made", [Field, TextArea])
def test_a_field_is_named_by_its_label_and_described_by_its_error(qtbot: QtBot, made: type[Field | TextArea]) -> None:
    """28, 29; the error goes when the person goes on typing."""
    field = made("Serial number", required=True)
    qtbot.addWidget(field)
    field.show()
    interface = QAccessible.queryAccessibleInterface(field.editor)
    assert interface.text(QAccessible.Text.Name) == "Serial number"
    assert field.caption.buddy() is field.editor
    field.set_error("It stands below the lid.")
    assert field.error == interface.text(QAccessible.Text.Description) == "It stands below the lid."
    QTest.keyClicks(field.editor, "LJ")
    assert field.error == ""
    assert interface.text(QAccessible.Text.Description) == "Needed"


def test_a_field_keeps_hidden_characters_and_shows_them_below(qtbot: QtBot) -> None:
    """R41: what is in the field stays as it is, its look doesn't deceive."""
    field = Field("Company")
    qtbot.addWidget(field)
    field.set_text("a\u202eb")
    assert field.text() == "a\u202eb"
    shown = [label.text() for label in field.findChildren(Label) if not label.isHidden()]
    assert any("a⟨U+202E⟩b" in text for text in shown)


def test_a_text_area_is_left_by_tab_and_breaks_lines_by_enter(qtbot: QtBot) -> None:
    """16, 24."""
    window = QWidget()
    area, after = TextArea("Fault"), Field("After")
    for place, widget in enumerate((area, after)):
        widget.setParent(window)
        widget.move(0, 200 * place)
    qtbot.addWidget(window)
    window.show()
    area.setFocus()
    qtbot.waitUntil(area.editor.hasFocus)
    QTest.keyClicks(area.editor, "one")
    QTest.keyClick(area.editor, Qt.Key.Key_Return)
    QTest.keyClicks(area.editor, "two")
    QTest.keyClick(area.editor, Qt.Key.Key_Tab)
    assert after.editor.hasFocus()
    assert area.text() == "one\ntwo"


@pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)
def test_choices_are_offered_and_taken_by_keyboard(qtbot: QtBot) -> None:
    field = Field("Company")
    edited: list[str] = []
    field.edited.connect(edited.append)
    field.set_choices(["Brandt & Söhne", "Nordlicht Druck GmbH"])
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    QTest.keyClicks(field.editor, "licht")
    popup = field.findChild(QCompleter).popup()  # type: ignore[union-attr]
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == edited[-1] == "Nordlicht Druck GmbH"


def test_a_banner_fades_in_unless_less_motion_is_wanted(qtbot: QtBot, theme: Theme) -> None:
    """37: 120 ms, or nothing at all."""
    still, moving = Banner(), Banner()
    for banner in (still, moving):
        qtbot.addWidget(banner)
    still.show_message(Tone.SOON, "Offline")
    assert still.graphicsEffect() is None
    theme.set_reduced_motion(False)
    moving.show_message(Tone.SOON, "Offline")
    assert moving.graphicsEffect() is not None
    qtbot.waitUntil(lambda: moving.graphicsEffect() is None)


def test_a_banner_takes_no_focus_and_can_be_put_away(qtbot: QtBot) -> None:
    """2, 46."""
    window = QWidget()
    field, banner = Field("Fault"), Banner()
    for widget in (field, banner):
        widget.setParent(window)
    qtbot.addWidget(window)
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    banner.show_message(Tone.PAUSED, "Imke Petersen is calling", [Action("Open the form", "F2")])
    assert field.editor.hasFocus()
    assert banner.text == "Imke Petersen is calling"
    close = [button for button in banner.findChildren(Button) if button.accessibleName().startswith("Put")]
    with qtbot.waitSignal(banner.dismissed):
        QTest.mouseClick(close[0], Qt.MouseButton.LeftButton)
    assert banner.text == ""


def test_the_first_choice_of_a_message_box_is_the_safe_one(qtbot: QtBot) -> None:
    """25."""
    box = message_box(None, "2 calls are not sent yet.", "", [Choice("stay", "Stay"), Choice("close", "Close now")])
    qtbot.addWidget(box)
    assert box.defaultButton().objectName() == "stay"
    assert box.escapeButton().objectName() == "stay"
    assert {button.text() for button in box.buttons()} == {"Stay", "Close now"}


def test_a_reference_is_grouped_and_spelled(qtbot: QtBot) -> None:
    label = ReferenceLabel("New fault")
    qtbot.addWidget(label)
    label.show_reference("4172116")
    assert label.text == "417 211 6"
    assert spelled("4172116") == "four one seven · two one one · six"


def test_the_timer_counts_by_the_clock_that_it_was_given(qtbot: QtBot) -> None:
    """7, 8."""
    now = [1_000.0]
    timer = TimerLabel(lambda: now[0])
    qtbot.addWidget(timer)
    timer.start(already_seconds=10)
    now[0] += 242
    timer.refresh()
    assert timer.text() == "04:12"
    assert timer.stop() == 252
    now[0] += 60
    timer.refresh()
    assert timer.text() == "04:12"
    assert duration(3_723) == "1:02:03"


def test_the_overview_lists_what_has_a_shortcut(qtbot: QtBot) -> None:
    """20."""
    overview = ShortcutOverview({"Everywhere": [Action("Take next", "F9"), Action("Wants the manager")]})
    qtbot.addWidget(overview)
    texts = [label.text() for label in overview.findChildren(Label)]
    assert "Take next" in texts
    assert "F9" in texts
    assert "Wants the manager" not in texts
