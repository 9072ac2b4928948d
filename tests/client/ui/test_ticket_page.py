"""The page of a ticket, with keys and clicks on real services over real encrypted files."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from desk_client.ui.theme import Theme
from desk_client.ui.ticket.timeline import Timeline
from desk_client.ui.tokens import Scheme
from desk_client.ui.widgets import Button, Chip, Label
from desk_client.ui.widgets.prose import Prose
from desk_core import commands as c
from tests.support.desk_window import DeskWindow
from tests.support.ticket_scene import Scene, fault, scene
from tests.support.world import at

AtDesk = Callable[..., DeskWindow]


# --- reading -------------------------------------------------------------------------------------------------------------


def test_enter_in_the_queue_opens_the_ticket(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
    words = desk.words(desk.page)
    assert "100 000 2" in words
    assert "Printhead error E-114, stops after 20 labels." in words
    assert "Fault · Printhead · hardware — Technical support · Hamburg — you hold it" in words
    assert "Nordlicht Druck GmbH · Imke Petersen · +49 40 5550177" in words
    assert "LabelJet 4300 · LJ43-0092817" in words
    assert {"Maintenance until 30 Jun 2027", "Open", "kept"} <= set(words)
    assert desk.sees("Received Fri 5 Jun 16:10, Hamburg time, by phone · 25 min spent")


def test_the_history_tells_who_did_what_when_newest_last(at_desk: AtDesk) -> None:
    """What one command did at once is one step; a system step has no words of a person."""
    desk = at_desk()
    desk.open_in_queue("busy")
    told = [(x.who, x.what) for x in desk.page.timeline.entries]
    assert told[0] == ("Anke Brandt", "took the call at 16:10, answered after 0 s, 4 min long")
    assert told[1:4] == [
        ("Anke Brandt", "promised a call back"),
        ("Sven Kröger", "took it from the queue"),
        ("Sven Kröger", "called back and reached the customer"),
    ]
    assert told[-1] == ("Anke Brandt", "wrote a note")
    first, promise = desk.page.timeline.entries[:2]
    assert first.facts == ("Class: Printhead · hardware", "Maintenance until 30 Jun 2027")
    assert promise.facts[0] == "Call back by a specialist: due Mon 8 Jun 09:44"
    assert promise.quiet
    assert not first.quiet
    assert desk.sees("She needs it for the 14:00 lorry.", desk.page.timeline)
    bar = desk.page.timeline.verticalScrollBar()
    desk.wait(lambda: bar.maximum() > 0 and bar.value() == bar.maximum(), "the newest step in view")


def test_times_are_also_told_without_any_doubt(at_desk: AtDesk) -> None:
    """55: absolute time in the tooltip and for screen readers."""
    desk = at_desk()
    desk.open_in_queue("busy")
    rows = [row.accessibleName() for row in desk.page.timeline.findChildren(QWidget) if row.accessibleName()]
    assert any("Tue 9 Jun 09:12 2026, Hamburg time (07:12:00 UTC)" in name for name in rows)
    assert any("07:12:00 UTC" in child.toolTip() for child in desk.page.timeline.findChildren(QWidget))


def test_a_ticket_that_nobody_holds_is_read_only_and_says_why(at_desk: AtDesk) -> None:
    """Work starts with Take next: there is no side door."""
    desk = at_desk("anke")
    desk.open_in_queue("soon")
    sentence = "Take it first: work starts with Take next, in the order of the queue."
    assert desk.page.reading == sentence
    desk.press("Ctrl+1")
    assert desk.page.panel is None
    assert desk.window.work.hint == sentence


def test_a_ticket_of_a_colleague_says_who_holds_it(at_desk: AtDesk) -> None:
    desk = at_desk("anke")
    desk.open_in_queue("busy")
    assert desk.page.reading == "Sven Kröger holds this ticket; ask for it to be handed over, or ask a supervisor."
    assert desk.sees("held by Sven Kröger", desk.page)


def test_the_countdown_goes_on_by_itself(at_desk: AtDesk) -> None:
    desk = at_desk("anke")
    desk.open_in_queue("soon")
    assert desk.sees("42 min left", desk.page)
    desk.profile.clock.go_on(minutes=50)
    desk.wait(lambda: desk.sees("late 8 min", desk.page), "the promise to be late")


def test_a_deadline_that_moved_shows_both(at_desk: AtDesk) -> None:
    """H-35: old and new deadline are both in the history."""
    day = scene()
    world = day.world
    boss = world.add_member("boss", role="supervisor")
    world.now = at("2026-06-09T11:00+02:00")
    world.do(boss, c.MoveOffice(ticket="late", office="woking"))
    world.now = at("2026-06-09T11:38+02:00")
    desk = at_desk("anke", day)
    desk.open_in_queue("late")
    moved = desk.page.timeline.entries[-1]
    assert (moved.who, moved.what) == ("Boss", "moved it to the office Woking")
    assert moved.facts == ("Call back by a specialist: deadline moved from 11:20 (Hamburg) to 10:30 (Woking)",)
    assert desk.sees("due 10:30", desk.page.promises)
    assert desk.sees("Woking time", desk.page.head)


# --- why -----------------------------------------------------------------------------------------------------------------


def test_one_key_shows_the_arithmetic_and_the_rule(at_desk: AtDesk) -> None:
    """A-02, TS-4: step by step, in the calendar's own time, with the rule's sentence and its id."""
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+I")
    words = desk.words(desk.panel)
    assert "Call back by a specialist: due Mon 8 Jun 2026 09:44" in words
    assert "Hamburg time (Europe/Berlin), Telefonzeiten Hamburg" in words
    steps = [
        "received Fri 16:14",
        "46 min counted on Fri",
        "Sat, Sun closed",
        "1 h 14 min counted on Mon",
        "due Mon 09:44",
    ]
    assert [word for word in words if word in steps] == steps
    assert "H-14" in words
    assert any("binnen zwei Stunden" in word for word in words)
    desk.press("Esc")
    assert desk.page.panel is None
    assert desk.page.timeline.hasFocus()


def test_without_a_promise_it_says_why_there_is_none(at_desk: AtDesk) -> None:
    """H-05, H-12."""
    desk = at_desk()
    desk.open_in_queue("free")
    sentence = "Nobody promised anything here, because neither a contract nor a warranty ran on the day of the call (H-05, H-12, H-34)."
    assert sentence in desk.words(desk.page.promises)
    desk.click("Why?")
    assert sentence in desk.words(desk.panel)


# --- the customer at the right -------------------------------------------------------------------------------------------


def test_the_customer_and_their_other_tickets_stand_at_the_right(at_desk: AtDesk) -> None:
    """13."""
    desk = at_desk()
    desk.open_in_queue("busy")
    words = desk.words(desk.window.context)
    assert words[:2] == ["Imke Petersen", "Nordlicht Druck GmbH\n+49 40 5550177\nimke.petersen@nordlicht.example"]
    assert "Other open tickets of this customer" in words
    desk.click("100 001 5")
    assert "100 001 5" in desk.words(desk.page.head)


# --- hostile text --------------------------------------------------------------------------------------------------------

_RED = "<h1>Big</h1><img src='file:///red.png'><b style='background:#ff0000'>&nbsp;&nbsp;</b>"


def hostile() -> Scene:
    day = scene()
    words = f"{_RED} invoice\u202egnp.exe zero\u200bwidth\n{'x' * 4000}\n<a href='file:///etc/passwd'>click</a>"
    day.world.now -= dt.timedelta(minutes=5)
    day.world.log(
        day.anke,
        "evil",
        fault=fault(f"{_RED}\u202eEvil", words, caller="Mallory\u2066"),
        title=f"{_RED}{'y' * 180}\u202e",
    )
    day.world.do(day.anke, c.EndCall(call="call-evil", outcome=""))
    day.world.now += dt.timedelta(minutes=5)
    return day


def test_data_is_shown_as_text_whatever_it_holds(at_desk: AtDesk) -> None:
    """R33, R41: no markup, no picture, characters that hide or turn text are written out; a word without end widens nothing."""
    desk = at_desk("anke", hostile())
    desk.open_in_queue("evil")
    for area in (desk.page.head, desk.page.timeline, desk.window.context):
        assert desk.sees("<img src='file:///red.png'>", area)
    assert desk.sees("invoice⟨U+202E⟩gnp.exe zero⟨U+200B⟩width", desk.page.timeline)
    assert desk.sees("Mallory⟨U+2066⟩", desk.page.head)
    assert not any("\u202e" in words or "\u200b" in words for words in desk.words())
    assert desk.page.width() <= desk.window.work.width()
    picture = desk.window.work.grab().toImage()
    red = [
        1
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
        if picture.pixel(x, y) & 0xFFFFFF == 0xFF0000
    ]
    assert red == []


# --- keys and names ------------------------------------------------------------------------------------------------------


def test_the_tab_order_is_the_reading_order(at_desk: AtDesk) -> None:
    """16, 17: the history is one stop, and there is no trap."""
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.window.call_bar.search.setFocus()
    order: list[str] = []
    for _ in range(30):
        name = desk.focus().accessibleName()
        if order and name == order[0]:
            break
        order.append(name)
        desk.press("Tab")
    assert order[order.index("Waiting tickets") :] == [
        "Waiting tickets",
        "Why?",
        "History",
        "Reply",
        "Note",
        "Wait",
        "Solve",
        "More",
        "100 001 5",
    ]


@pytest.mark.parametrize("keys", ["", "Ctrl+1", "Ctrl+7", "Ctrl+9", "Ctrl+I"])
def test_everything_that_takes_the_focus_has_a_name(at_desk: AtDesk, keys: str) -> None:
    """28."""
    desk = at_desk()
    desk.open_in_queue("busy")
    if keys:
        desk.press(keys)
    unnamed = [
        widget
        for widget in desk.window.work.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert unnamed == []


def test_no_key_is_given_twice(at_desk: AtDesk) -> None:
    """21, 22."""
    desk = at_desk()
    for name in ("busy", "soon"):
        desk.open_in_queue(name)
        actions = {*desk.window.actions(), *desk.page.actions()}
        keys = [keys.toString() for action in actions for keys in action.shortcuts() if keys.toString()]
        assert [key for key, count in Counter(keys).items() if count > 1] == []
        assert not [key for key in keys if len(key) == 1]


def test_more_shows_what_is_done_less_often(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
    assert not desk.sees("Hand over", desk.window.work)
    desk.press("Ctrl+M")
    shown = desk.words(desk.window.work)
    assert [
        name for name in ("Close", "Time", "Ask for details", "Hand over", "Transfer", "Give back") if name not in shown
    ] == []


def test_a_long_history_begins_with_its_newest_steps(at_desk: AtDesk) -> None:
    day = scene()
    for number in range(60):
        day.world.do(day.sven, c.AddNote(ticket="busy", text=f"Step {number}"))
    desk = at_desk("sven", day)
    desk.open_in_queue("busy")
    shown: Timeline = desk.page.timeline
    assert len(shown.entries) == 70
    assert desk.sees("Step 59", shown)
    assert not desk.sees("Step 12", shown)
    desk.click("Show earlier steps")
    assert desk.sees("Step 12", shown)


@pytest.mark.parametrize("base", [13, 26])
def test_nothing_is_cut_at_the_size_of_the_system(at_desk: AtDesk, qapp: QApplication, base: int) -> None:
    """35: at 200 % type the page is as narrow as the window asks, and what does not fit is scrolled to."""
    desk = at_desk()
    theme = Theme(qapp, Scheme.LIGHT, base_px=base, reduced_motion=True)
    desk.window.resize(1366, 900)
    desk.open_in_queue("busy")
    for keys in ("", "Ctrl+1", "Ctrl+9", "Ctrl+I", "Ctrl+B"):
        if keys:
            desk.press(keys)
        QApplication.processEvents()
        assert desk.page.width() <= desk.window.work.width()
        cut = [
            (widget.accessibleName(), widget.size().toTuple(), widget.minimumSizeHint().toTuple())
            for widget in desk.page.findChildren(QWidget)
            if isinstance(widget, Label | Button | Chip | Prose)
            and widget.isVisible()
            and widget.width() < widget.minimumSizeHint().width()
        ]
        assert cut == []
        if desk.page.panel is not None:
            desk.press("Esc")
    qapp.removeEventFilter(theme)


def test_a_promise_outside_the_charter_or_ended_with_help_says_so_a03_k10(at_desk: AtDesk) -> None:
    day = scene()
    for name, state in (("soon", "exempt"), ("late", "refused")):
        ticket = day.world.tickets[name]
        clocks = tuple(msgspec.structs.replace(clock, state=state) for clock in ticket.clocks)
        day.world.tickets[name] = msgspec.structs.replace(ticket, clocks=clocks)
    desk = at_desk("sven", day)
    desk.open_in_queue("soon")
    assert desk.sees("does not apply", desk.page)
    desk.open_in_queue("late")
    assert desk.sees("ended", desk.page)
