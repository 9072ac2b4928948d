"""How the window behaves, point by point (docs/desktop-points.md): keys, palette, what is kept, what an empty place says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QRect, QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk_client.services.records import SyncState
from desk_client.ui import i18n
from desk_client.ui.palette import at_hand, ranked
from desk_client.ui.settings.store import Settings
from desk_client.ui.sync.words import network_words
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme, Tone
from desk_client.ui.widgets import Action, Label, ShortcutOverview
from desk_client.ui.widgets.empty import EmptyState
from desk_client.ui.window import on_screen
from desk_core.people import fold, fold_plain
from tests.support.desk_profile import DeskProfile, desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import scene

STANDARD = QKeySequence.StandardKey
AT = dt.datetime(2026, 6, 12, 11, 2, tzinfo=dt.UTC)


@pytest.fixture(scope="module", autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    """One look for all: applying it anew for each test would polish the whole window each time."""
    made = Theme(qapp, Scheme.LIGHT, base_px=13, reduced_motion=True)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProfile]:
    made = scene()
    folder = tmp_path_factory.mktemp("sven")
    with desk_profile(folder, made.world, made.sven, made.contacts, made.policy_text) as kept:
        yield kept


@pytest.fixture(scope="module")
def desk(profile: DeskProfile, theme: Theme) -> Iterator[DeskWindow]:
    """One window for all; each test leaves it as it was."""
    with open_window(profile, theme) as window:
        yield window


@pytest.fixture
def at_queue(desk: DeskWindow) -> DeskWindow:
    """The keyboard is on the queue, no ticket is open."""
    desk.window.palette_.put_away()
    desk.window.work.show_nothing()
    desk.press("F6", "Home")
    return desk


def every_key(actions: list[Action]) -> list[str]:
    return [keys.toString() for action in actions for keys in action.shortcuts()]


# --- 16 to 22: keys -----------------------------------------------------------------------------------------------------------


def test_16_every_action_of_the_window_has_a_key_or_a_button_that_tab_reaches(at_queue: DeskWindow) -> None:
    at_queue.open_in_queue("busy")
    window = at_queue.window
    for action in at_hand(window):
        buttons = [
            b for b in window.findChildren(QPushButton) if getattr(b, "action", None) is action and b.isVisible()
        ]
        reached = any(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)
        assert action.keys() or reached, action.text()


def test_17_tab_goes_round_and_escape_closes_the_top_layer_only(at_queue: DeskWindow) -> None:
    at_queue.open_in_queue("busy")
    at_queue.press("Ctrl+2")
    panel = at_queue.panel
    at_queue.type("She called again")
    at_queue.press("Ctrl+Shift+P")
    at_queue.press("Escape")
    assert at_queue.page.panel is panel
    assert panel.values()["text"] == "She called again"
    at_queue.press("Ctrl+K", "Escape")
    assert at_queue.page.panel is panel
    seen = []
    start = at_queue.focus()
    for _ in range(80):
        at_queue.press("Tab")
        seen.append(at_queue.focus())
        if at_queue.focus() is start:
            break
    assert seen[-1] is start
    at_queue.press("Escape")
    assert panel not in at_queue.page.children()
    at_queue.press("Ctrl+2")
    assert at_queue.panel.values()["text"] == "She called again"
    at_queue.panel.set_values({"text": ""})
    at_queue.press("Escape")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (STANDARD.Find, "Search"),
        (STANDARD.New, "New call"),
        (STANDARD.Refresh, "Sync now"),
        (STANDARD.HelpContents, "Shortcuts"),
        (STANDARD.Back, "Back"),
        (STANDARD.Quit, "Close the window"),
        (STANDARD.Preferences, "Settings"),
    ],
)
def test_18_the_platforms_own_key_does_it(at_queue: DeskWindow, key: QKeySequence.StandardKey, name: str) -> None:
    wanted = QKeySequence(key)
    action = next(a for a in at_queue.window.actions() if a.text() == name)
    # Some platforms have no key for it; the action has one in any case.
    assert wanted in action.shortcuts() or (wanted.isEmpty() and action.shortcuts())


def test_19_the_palette_lists_every_action_with_its_key_and_does_it(at_queue: DeskWindow) -> None:
    window, palette = at_queue.window, at_queue.window.palette_
    at_queue.open_in_queue("busy")
    at_queue.press("Ctrl+Shift+P")
    listed = {action.text(): action.keys() for action in palette.shown()}
    for action in window.actions():
        if isinstance(action, Action) and action is not window.actions_.palette:
            assert listed[action.text()] == action.keys()
    for action in at_queue.page.actions():
        assert action.text() in listed
    at_queue.type("unsent")
    assert [action.text() for action in palette.shown()] == ["Unsent work"]
    at_queue.press("Return")
    assert not palette.isVisible()
    assert window.work.page is at_queue.screens.outbox
    at_queue.press("Alt+Left")


def test_19_what_cannot_be_done_now_says_why_in_the_palette(at_queue: DeskWindow) -> None:
    at_queue.press("Ctrl+Shift+P")
    at_queue.type("take ne")
    item = at_queue.window.palette_.list.current()
    assert item is not None
    assert item.title == "Take next"
    assert item.detail
    at_queue.press("Return")
    assert at_queue.window.work.hint == item.detail


def test_19_escape_gives_the_keyboard_back_and_nothing_found_says_so(at_queue: DeskWindow) -> None:
    at_queue.press("Ctrl+Shift+P")
    at_queue.type("qqqq")
    assert at_queue.sees("No action has these words.")
    at_queue.press("Escape")
    assert at_queue.window.queue_view.hasFocus()


def test_19_an_action_is_found_by_its_english_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"Nächstes Ticket nehmen": "Take next", "{action} (begonnen)": "{action} (begun)", "Antworten": "Reply"}
    monkeypatch.setattr(i18n, "_sources", known)
    take, reply, other = Action("Nächstes Ticket nehmen"), Action("Antworten (begonnen)"), Action("Notiz")
    assert ranked([other, reply, take], "take") == [take]
    assert ranked([other, reply, take], "nachst") == [take]
    assert ranked([other, reply, take], "rep beg") == [reply]
    assert ranked([other, reply, take], "") == [other, reply, take]


def test_20_the_overview_is_made_of_the_actions(at_queue: DeskWindow) -> None:
    at_queue.open_in_queue("busy")
    at_queue.press("F1")
    overview = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutOverview) and w.isVisible())
    shown = {label.text() for label in overview.findChildren(Label)}
    wanted = [*at_queue.window.actions(), *at_queue.page.actions()]
    for action in wanted:
        if isinstance(action, Action) and action.keys():
            assert action.text() in shown
            assert any(words.startswith(action.keys()) for words in shown)
    overview.accept()
    at_queue.window.activateWindow()


def test_21_22_no_key_is_given_twice_none_is_a_letter_and_none_is_altgr(at_queue: DeskWindow) -> None:
    """Also 27: AltGr is Ctrl+Alt on Windows, so no action has that."""
    at_queue.open_in_queue("busy")
    for keys in ("", "Ctrl+2", "Ctrl+1", "F3"):
        if keys:
            at_queue.press(keys)
        # A button and its action are one; Esc is given to the top layer only.
        found = Counter(every_key(at_hand(at_queue.window)))
        assert [key for key, count in found.items() if count > 1] == [], keys
        for key in found:
            assert len(key) > 1, f"{key} would fire while somebody types"
            assert not re.search(r"Ctrl\+Alt|Alt\+Ctrl", key), f"{key} is AltGr"
            assert not re.fullmatch(r"Shift\+.", key)
        if at_queue.window.work.page is not None and keys in ("Ctrl+2", "Ctrl+1"):
            at_queue.press("Escape")


def test_27_altgr_characters_are_typed_and_start_nothing(at_queue: DeskWindow) -> None:
    fired: list[bool] = []
    for action in at_queue.window.findChildren(QAction):
        action.triggered.connect(lambda *_: fired.append(True))
    at_queue.press("Ctrl+K")
    fired.clear()
    altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    search = at_queue.window.call_bar.search
    for key, text in ((Qt.Key.Key_Q, "@"), (Qt.Key.Key_E, "€"), (Qt.Key.Key_8, "["), (Qt.Key.Key_M, "µ")):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(search, QKeyEvent(kind, key, altgr, text))
    assert fired == []
    assert search.text() == "@€[µ"
    at_queue.press("Escape", "Escape")


# --- 23: lists ------------------------------------------------------------------------------------------------------------


def test_23_next_and_previous_ticket_without_going_back(at_queue: DeskWindow) -> None:
    ids = list(at_queue.window.queue_view.model().ids())  # type: ignore[attr-defined]
    at_queue.press("Return")
    opened = [at_queue.tickets.shown]
    for _ in ids[1:]:
        at_queue.press("Alt+Down")
        opened.append(at_queue.tickets.shown)
    assert opened == [at_queue.desk.ticket_id(key) for key in ids]
    at_queue.press("Alt+Down")
    assert at_queue.window.work.hint == "This is the last ticket of the queue."
    at_queue.press("Alt+Up")
    assert at_queue.tickets.shown == opened[-2]


# --- 43: what is kept -------------------------------------------------------------------------------------------------------

SCREENS = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1366, 768)]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (QRect(100, 100, 1366, 768), QRect(100, 100, 1366, 768)),
        (QRect(2000, 10, 1200, 700), QRect(2000, 10, 1200, 700)),
        (QRect(5000, 4000, 1366, 768), QRect(554, 312, 1366, 768)),
        (QRect(-3000, -50, 1000, 700), QRect(0, 0, 1000, 700)),
        (QRect(1900, 700, 1300, 700), QRect(1920, 68, 1300, 700)),
        (QRect(0, 0, 4000, 3000), QRect(0, 0, 1920, 1080)),
    ],
)
def test_43_a_window_off_every_screen_is_brought_in(wanted: QRect, shown: QRect) -> None:
    assert on_screen(wanted, SCREENS) == shown


def test_43_settings_of_another_member_or_of_no_sense_are_left(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set_view("sven", "busy", mine=True)
    assert settings.view("sven") == ("busy", True)
    assert settings.view("anke") == ("", False)
    file = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    file.setValue("window/queue_width", "wide")
    file.setValue("window/geometry", "nonsense")
    file.sync()
    again = Settings(tmp_path)
    assert again.queue_width == 0
    assert again.geometry == QByteArray()


# --- 46 and 51: what is said ------------------------------------------------------------------------------------------------


def test_46_nothing_of_a_walk_through_the_window_is_a_dialog(at_queue: DeskWindow) -> None:
    at_queue.open_in_queue("busy")
    for keys in ("Ctrl+I", "Escape", "Ctrl+2", "Escape", "F3", "F7", "Ctrl+,", "Escape", "Ctrl+K", "Escape", "F5"):
        at_queue.press(keys)
        assert QApplication.activeModalWidget() is None, keys


def test_51_a_list_that_shows_only_some_says_so_and_offers_all(at_queue: DeskWindow) -> None:
    board, window = at_queue.screens.queue, at_queue.window
    window.queue_view.show_ids([])
    board._mine = True
    board._set_empty()
    window.queue.set_waiting(4, 0)
    assert at_queue.sees("The queue shows only what you hold. Take the next ticket, or show all again.", window.queue)
    at_queue.click("Show all tickets")
    assert not board.mine
    assert window.queue_view.isVisible()


def test_51_a_search_without_an_answer_says_why_and_is_cleared_by_one_button(at_queue: DeskWindow) -> None:
    at_queue.press("Ctrl+K")
    at_queue.type("zzzz nobody")
    at_queue.wait(lambda: at_queue.sees("Nothing was found"), "the answer")
    at_queue.click("Clear the search")
    assert at_queue.window.call_bar.search.text() == ""
    assert at_queue.window.work.page is not at_queue.screens.search.page


def test_51_an_empty_state_offers_at_most_one_way_on(qtbot: QtBot) -> None:
    empty = EmptyState("inbox", "Nothing waits", "New tickets appear here by themselves.")
    qtbot.addWidget(empty)
    done: list[bool] = []
    again = Action("Show all", parent=empty)
    again.fired.connect(lambda: done.append(True))
    empty.set_action(again)
    empty.resize(410, 500)
    empty.show()
    empty.set_words("Nobody is signed in", "Sign in, and the queue of your department appears here.")
    QApplication.processEvents()
    assert all(label.height() >= label.heightForWidth(label.width()) for label in empty.findChildren(Label)), "cut"
    [button] = empty.findChildren(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True]
    empty.set_action(None)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert empty.findChildren(QPushButton) == []


# --- 49: how it stands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "tone", "said"),
    [
        (SyncState(connection="online", last_sync=AT), Tone.FINE, "Online · everything is sent · last news 11:02"),
        (SyncState(connection="offline", last_contact=AT), Tone.SOON, "Offline since 11:02"),
        (SyncState(connection="offline", last_contact=AT - dt.timedelta(days=2)), Tone.SOON, "Offline since Wed 11:02"),
        (SyncState(connection="connecting"), Tone.PAUSED, "Connecting…"),
        (SyncState(connection="online", done=1, total=4), Tone.PAUSED, "Fetching the desk's data: 25 %"),
        (
            SyncState(connection="online", last_sync=AT, attention=2),
            Tone.LATE,
            "2 items need your attention (F7) — Online · everything is sent · last news 11:02",
        ),
    ],
)
def test_49_online_offline_syncing_and_conflict_are_said_with_the_time(state: SyncState, tone: Tone, said: str) -> None:
    assert network_words(state, (), lambda at: at, AT) == (tone, said)


def test_49_the_status_line_is_there_on_every_page(at_queue: DeskWindow) -> None:
    for keys in ("Return", "F3", "F7", "Ctrl+,", "Escape"):
        at_queue.press(keys)
        assert at_queue.window.status.isVisible()
        assert at_queue.window.status.network.startswith("Offline"), keys


# --- 59: search ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Söhne", "Soehne", "sohne", "SÖHNE", "brandt soh"])
def test_59_a_name_is_found_with_and_without_its_umlaut(desk: DeskWindow, typed: str) -> None:
    found = desk.profile.client.lookup.find(typed)
    assert "Brandt & Söhne" in {row.company for row in found.tickets}
    assert "Brandt & Söhne" in {match.customer.name for match in found.customers}


@pytest.mark.parametrize(("name", "typed"), [("Forlì", "forli"), ("Müller", "muller"), ("Müller", "mueller")])
def test_59_folding_knows_accents_and_both_ways_of_an_umlaut(name: str, typed: str) -> None:
    assert typed in (fold(name), fold_plain(name))


# --- 31: what is said aloud -----------------------------------------------------------------------------------------------------


def test_31_a_change_of_the_status_line_and_a_banner_are_announced(
    at_queue: DeskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    at_queue.window.status.show_network(Tone.SOON, "Offline since 11:02 — 2 calls saved here")
    at_queue.window.work.tell(Tone.LATE, "Late by now")
    assert said == ["Offline since 11:02 — 2 calls saved here", "Late by now"]
    at_queue.window.work.banner.clear()
    at_queue.screens.standing.show()
