"""The frame of the window with sample data."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_client.ui.call.form import CallForm
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme, Size, Tone
from desk_client.ui.widgets import Button, Label
from desk_client.ui.window import MainWindow
from tests.support.pictures import fill_call, gallery, sample_window


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = sample_window()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def form(window: MainWindow) -> CallForm:
    made = fill_call(window)
    QApplication.processEvents()
    return made


def focusable(parent: QWidget) -> Iterator[QWidget]:
    for widget in parent.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(parent):
            yield widget


def place(window: MainWindow, widget: QWidget) -> tuple[int, int, int, int]:
    corner = widget.mapTo(window, QPoint(0, 0))
    return corner.x(), corner.y(), widget.width(), widget.height()


@pytest.mark.usefixtures("form")
def test_the_places_are_those_of_the_picture(window: MainWindow) -> None:
    assert place(window, window.call_bar) == (0, 0, 1366, Size.CALL_BAR + 1)
    left, top, width, _height = place(window, window.queue)
    assert (left, top) == (0, Size.CALL_BAR + 1)
    assert 0.28 < width / 1366 < 0.32
    left, _top, width, _height = place(window, window.context)
    assert left + width == 1366
    assert 276 <= width <= 290
    _left, top, width, height = place(window, window.status)
    assert (top + height, width) == (768, 1366)


def test_the_whole_call_form_is_on_one_page(window: MainWindow, form: CallForm) -> None:
    """desktop 6: at 1366 × 768 nothing scrolls."""
    assert window.size().toTuple() == (1366, 768)
    frame = form.parentWidget()
    assert frame is not None
    assert form.height() <= frame.height()


def test_nothing_moves_when_a_page_is_shown(window: MainWindow) -> None:
    regions = (window.call_bar, window.queue, window.work, window.context, window.status)
    before = [place(window, region) for region in regions]
    fill_call(window)
    QApplication.processEvents()
    window.work.tell(Tone.SOON, "Imke Petersen is calling")
    QApplication.processEvents()
    assert [place(window, region) for region in regions] == before


@pytest.mark.usefixtures("form")
def test_under_1100_pixels_the_context_is_a_drawer(window: MainWindow) -> None:
    window.resize(1024, 700)
    assert window.context.isHidden()
    assert window.queue.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.context.isVisible()
    left, _top, width, _height = place(window, window.context)
    assert left + width == 1024
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.context.isHidden()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert place(window, window.context)[0] + window.context.width() == 1366
    assert window.context.isVisible()


@pytest.mark.usefixtures("form")
def test_everything_that_takes_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    """desktop 28."""
    kit = gallery()
    qtbot.addWidget(kit)
    kit.show()
    for parent in (window, kit):
        named = {widget: QAccessible.queryAccessibleInterface(widget) for widget in focusable(parent)}
        assert len(named) > 8
        unnamed = [widget for widget, face in named.items() if not face.text(QAccessible.Text.Name).strip()]
        assert unnamed == []


@pytest.mark.usefixtures("form")
def test_targets_are_large_enough(window: MainWindow) -> None:
    """desktop 38."""
    small = [
        widget.accessibleName()
        for widget in focusable(window)
        if isinstance(widget, QAbstractButton | QLineEdit) and min(widget.width(), widget.height()) < Size.TARGET
    ]
    assert small == []


def test_no_shortcut_is_given_twice(window: MainWindow, form: CallForm) -> None:
    """desktop 21."""
    keys = [action.keys() for action in window.actions_.all() if action.keys()]
    keys += [action.keys() for action in (form.expected, *form.others, *form.aside) if action and action.keys()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert not [key for key in keys if len(key) == 1]


@pytest.mark.usefixtures("form")
def test_the_tab_order_is_the_reading_order(window: MainWindow) -> None:
    """desktop 16."""
    window.call_bar.search.setFocus()
    order: list[str] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused else ""
        if order and name == order[0]:
            break
        order.append(name)
        QTest.keyClick(focused or window, Qt.Key.Key_Tab)
    assert order == [
        "Search tickets, people, serial numbers",
        "End call",
        "Take next",
        "Why this order?",
        "Waiting tickets",
        "Told at 11:02",
        "Caller",
        "Company",
        "Phone",
        "Product",
        "Serial number",
        "Class",
        "Fault",
        "Put through to a specialist",
        "Call back within 2 h",
        "Wants the manager",
        "417 205 7",
        "416 880 8",
    ]


def test_the_search_is_reached_by_key_and_left_by_escape(qtbot: QtBot, window: MainWindow) -> None:
    """desktop 17."""
    assert window.queue_view.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.call_bar.search
    assert search.hasFocus()
    with qtbot.waitSignal(window.call_bar.search_entered) as entered:
        QTest.keyClicks(search, "nord")
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert entered.args == ["nord"]
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert window.queue_view.hasFocus()


def test_a_blocked_action_explains_itself_above_the_actions(window: MainWindow, form: CallForm) -> None:
    sentence = "Fill in the serial number first."
    assert form.expected is not None
    form.expected.block(sentence)
    button = next(button for button in window.work.findChildren(Button) if button.action is form.expected)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.work.hint == sentence


def test_what_was_typed_stays_when_another_page_is_shown(window: MainWindow, form: CallForm) -> None:
    """desktop 9, 17."""
    QTest.keyClicks(form.fault.editor, " And again.")
    window.work.show_nothing()
    pages = [window.work.page]
    window.work.show_page(form)
    assert [*pages, window.work.page] == [None, form]
    assert form.values().fault.endswith("lorry. And again.")


def test_the_form_puts_the_cursor_where_something_is_missing(form: CallForm) -> None:
    form.set_error("serial", "It stands below the lid.")
    form.set_error("fault", "Say what the caller sees.")
    form.focus_first_error()
    assert form.serial.editor.hasFocus()


@pytest.mark.parametrize("base", [13, 26])
def test_nothing_is_cut_at_the_size_of_the_system(qtbot: QtBot, qapp: QApplication, base: int) -> None:
    """desktop 35: at 200 % type every label and button has the room that it asks for."""
    theme = Theme(qapp, Scheme.LIGHT, base_px=base, reduced_motion=True)
    window = sample_window()
    form = fill_call(window)
    qtbot.addWidget(window)
    window.resize(1366, 900)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    cut = [
        (widget.text(), widget.size().toTuple(), widget.minimumSizeHint().toTuple())
        for widget in window.findChildren(QWidget)
        if isinstance(widget, Label | Button)
        and widget.isVisible()
        and (
            widget.width() < widget.minimumSizeHint().width()
            or widget.height() < min(widget.minimumSizeHint().height(), widget.sizeHint().height())
        )
    ]
    assert cut == []
    assert form.width() <= window.work.width()
    qapp.removeEventFilter(theme)


def test_an_empty_queue_says_so(qtbot: QtBot) -> None:
    """desktop 51."""
    window = sample_window([])
    qtbot.addWidget(window)
    window.show()
    shown = [label.text() for label in window.queue.findChildren(Label) if label.isVisible()]
    assert "Nothing waits" in shown
    assert not window.queue_view.isVisible()
