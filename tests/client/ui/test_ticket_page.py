"""The page of a ticket, with keys and clicks on real services over real encrypted files."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from desk_client.services.errors import DiskFull
from desk_client.services.records import TicketView
from desk_client.ui.ticket.timeline import Timeline
from desk_core import commands as c
from desk_core import events as e
from tests.support.desk_window import DeskWindow
from tests.support.ticket_scene import Scene, fault, scene
from tests.support.world import at

AtDesk = Callable[..., DeskWindow]


def open_in_queue(desk: DeskWindow, ticket: str) -> None:
    """As a person does it: to the queue, down to the ticket, Enter."""
    desk.press("F6", "Home")
    view = desk.window.queue_view
    wanted = desk.desk.key(ticket)
    for _ in range(10):
        if view.current_id() == wanted:
            break
        desk.press("Down")
    desk.press("Return")
    assert desk.tickets is not None


def ticket(desk: DeskWindow, ticket_id: str) -> TicketView:
    found = desk.profile.client.tickets.get(ticket_id)
    assert isinstance(found, TicketView)
    return found


def carry_out(desk: DeskWindow, keys: str = "Ctrl+Enter") -> None:
    """Press the key and wait until the panel has gone."""
    desk.press(keys)
    desk.wait(lambda: desk.page.panel is None, "the panel to go")


# --- reading -------------------------------------------------------------------------------------------------------------


def test_enter_in_the_queue_opens_the_ticket(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
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
    open_in_queue(desk, "busy")
    told = [(x.who, x.what) for x in desk.page.timeline.entries]
    assert told[0] == ("Anke Brandt", "took the call at 16:10, answered after 0 s")
    assert told[1:4] == [
        ("Anke Brandt", "promised a call back"),
        ("Sven Kröger", "took it from the queue"),
        ("Sven Kröger", "called back and reached the customer"),
    ]
    assert told[-1] == ("Anke Brandt", "wrote a note")
    first, promise = desk.page.timeline.entries[:2]
    assert first.facts == ("Class: Printhead · hardware", "Maintenance until 30 Jun 2027")
    assert promise.facts == ("Call back by a specialist: due Mon 8 Jun 09:44",)
    assert promise.quiet
    assert not first.quiet
    assert desk.sees("She needs it for the 14:00 lorry.", desk.page.timeline)
    bar = desk.page.timeline.verticalScrollBar()
    desk.wait(lambda: bar.maximum() > 0 and bar.value() == bar.maximum(), "the newest step in view")


def test_times_are_also_told_without_any_doubt(at_desk: AtDesk) -> None:
    """55: absolute time in the tooltip and for screen readers."""
    desk = at_desk()
    open_in_queue(desk, "busy")
    rows = [row.accessibleName() for row in desk.page.timeline.findChildren(QWidget) if row.accessibleName()]
    assert any("Tue 9 Jun 09:12 2026, Hamburg time (07:12:00 UTC)" in name for name in rows)
    assert any("07:12:00 UTC" in child.toolTip() for child in desk.page.timeline.findChildren(QWidget))


def test_a_ticket_that_nobody_holds_is_read_only_and_says_why(at_desk: AtDesk) -> None:
    """Work starts with Take next: there is no side door."""
    desk = at_desk("anke")
    open_in_queue(desk, "soon")
    sentence = "Take it first: work starts with Take next, in the order of the queue."
    assert desk.page.reading == sentence
    desk.press("Ctrl+1")
    assert desk.page.panel is None
    assert desk.window.work.hint == sentence


def test_a_ticket_of_a_colleague_says_who_holds_it(at_desk: AtDesk) -> None:
    desk = at_desk("anke")
    open_in_queue(desk, "busy")
    assert desk.page.reading == "Sven Kröger holds this ticket; ask for it to be handed over, or ask a supervisor."
    assert desk.sees("held by Sven Kröger", desk.page)


def test_the_countdown_goes_on_by_itself(at_desk: AtDesk) -> None:
    desk = at_desk("anke")
    open_in_queue(desk, "soon")
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
    open_in_queue(desk, "late")
    moved = desk.page.timeline.entries[-1]
    assert (moved.who, moved.what) == ("Boss", "moved it to the office Woking")
    assert moved.facts == ("Call back by a specialist: deadline moved from 11:20 (Hamburg) to 10:30 (Woking)",)
    assert desk.sees("due 10:30", desk.page.promises)
    assert desk.sees("Woking time", desk.page.head)


# --- why -----------------------------------------------------------------------------------------------------------------


def test_one_key_shows_the_arithmetic_and_the_rule(at_desk: AtDesk) -> None:
    """A-02, TS-4: step by step, in the calendar's own time, with the rule's sentence and its id."""
    desk = at_desk()
    open_in_queue(desk, "busy")
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
    open_in_queue(desk, "free")
    sentence = "Nobody promised anything here, because neither a contract nor a warranty ran on the day of the call (H-05, H-12, H-34)."
    assert sentence in desk.words(desk.page.promises)
    desk.click("Why?")
    assert sentence in desk.words(desk.panel)


# --- acting --------------------------------------------------------------------------------------------------------------


def test_a_note_is_saved_with_keys_alone(at_desk: AtDesk) -> None:
    """24: Enter breaks the line, Ctrl+Enter saves; what is unsent is marked."""
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+2")
    desk.type("Courier ordered.\nArrives Wednesday.")
    carry_out(desk)
    desk.wait(lambda: desk.sees("saved here, not sent yet", desk.page))
    newest = desk.page.timeline.entries[-1]
    assert (newest.who, newest.what, newest.body) == (
        "Sven Kröger",
        "wrote a note",
        "Courier ordered.\nArrives Wednesday.",
    )
    assert newest.unsent
    assert [x.name for x in desk.profile.client.outbox.pending()] == ["add_note"]


def test_an_empty_note_is_refused_at_the_field(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+2", "Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Write something first; the text is empty."
    assert desk.focus().accessibleDescription() == desk.panel.problem


def test_time_is_a_whole_number_of_minutes(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+7")
    desk.type("half an hour")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Minutes must be a whole number from 1 to 1440."
    assert desk.panel.values()["minutes"] == "half an hour"
    desk.press("Ctrl+A")
    desk.type("30")
    desk.press("Tab")
    desk.type("Test prints")
    carry_out(desk)
    assert ticket(desk, "busy").ticket.minutes == 55
    desk.wait(lambda: desk.sees("spent 30 min", desk.page))


def test_handing_over_finds_the_colleague_by_typing(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+9")
    desk.type("Nobody Known")
    desk.press("Tab")
    desk.type("She knows the customer.")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "There is nobody called “Nobody Known” at this desk."
    assert desk.panel.values()["note"] == "She knows the customer."
    desk.press("Ctrl+A")
    desk.type("bra")
    desk.press("Down", "Return")
    assert desk.panel.values() == {"member": "Anke Brandt", "note": "She knows the customer."}
    carry_out(desk)
    assert ticket(desk, "busy").ticket.holder == "anke"
    desk.wait(lambda: desk.sees("held by Anke Brandt", desk.page))
    assert desk.sees("handed it over to Anke Brandt", desk.page)


def test_a_transfer_needs_a_note_and_keeps_number_and_history(at_desk: AtDesk) -> None:
    """H-29."""
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+0")
    desk.type("spare")
    desk.press("Down", "Return", "Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Write something first; the text is empty."
    desk.type("The head has to be replaced.")
    carry_out(desk)
    moved = ticket(desk, "busy").ticket
    assert (moved.department, moved.reference, moved.holder) == ("workshop", "1000002", "")
    desk.wait(lambda: desk.sees("transferred it to Workshop and spare parts", desk.page))


def test_waiting_for_the_customer_and_going_on(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+3")
    desk.type("Serial number of the new head")
    carry_out(desk)
    desk.wait(lambda: desk.sees("Waiting for the customer", desk.page))
    desk.press("Ctrl+4")
    desk.type("It is K-77.")
    carry_out(desk)
    desk.wait(lambda: desk.sees("Open", desk.page.head))
    assert ticket(desk, "busy").ticket.status == "open"
    assert desk.page.timeline.entries[-1].body == "It is K-77."


def test_asking_for_details_says_that_no_promise_is_put_off(at_desk: AtDesk) -> None:
    """H-22."""
    desk = at_desk()
    open_in_queue(desk, "soon")
    before = ticket(desk, "soon").ticket.clocks
    desk.press("Ctrl+8")
    assert desk.panel.hint == "The question is noted; no promise is put off by it."
    desk.type("Which label size?")
    carry_out(desk)
    after = ticket(desk, "soon").ticket
    assert after.questions == ("Which label size?",)
    assert after.clocks == before


def test_solving_closing_and_reopening(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+5")
    desk.type("New printhead.")
    carry_out(desk)
    desk.wait(lambda: desk.sees("Solved", desk.page.head))
    desk.press("Ctrl+6")
    desk.type("Head replaced, test label fine.")
    carry_out(desk)
    desk.wait(lambda: desk.sees("Closed", desk.page.head))
    assert ticket(desk, "busy").ticket.status == "closed"
    desk.press("Ctrl+5")
    desk.type("E-114 is back.")
    carry_out(desk)
    desk.wait(lambda: desk.sees("Open", desk.page.head))
    assert ticket(desk, "busy").ticket.status == "open"


def test_giving_back_needs_a_reason(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+M")
    desk.click("Give back")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Give a reason in a few words."
    desk.type("I am off sick.")
    carry_out(desk)
    assert ticket(desk, "busy").ticket.holder == ""
    desk.wait(lambda: desk.page.reading.startswith("Take it first"))


# --- call back -----------------------------------------------------------------------------------------------------------


def test_a_specialists_call_back_keeps_the_promise(at_desk: AtDesk) -> None:
    """H-14, H-15."""
    desk = at_desk()
    open_in_queue(desk, "soon")
    desk.press("Ctrl+B")
    assert desk.sees("+49 40 5550188", desk.panel)
    assert not desk.sees("the promise runs on", desk.panel)
    carry_out(desk, "Ctrl+1")
    desk.wait(lambda: desk.sees("kept", desk.page.promises))
    assert desk.page.timeline.entries[-1].what == "called back and reached the customer"


def test_somebody_else_is_told_beforehand_that_the_promise_runs_on(at_desk: AtDesk) -> None:
    """H-15: the call is noted, the clock goes on."""
    desk = at_desk("anke")
    open_in_queue(desk, "soon")
    desk.press("Ctrl+B")
    warning = (
        "Your call is noted, but the promise runs on: only a call by a Support specialist keeps it (H-13, H-14, H-15)."
    )
    assert desk.panel.hint == warning
    carry_out(desk, "Ctrl+2")
    desk.wait(
        lambda: desk.window.work.banner.text == "Your call is noted. The promise runs on until a specialist has called."
    )
    now = ticket(desk, "soon")
    assert isinstance(now.history[-1].what, e.CallBackAttempted)
    assert now.ticket.clocks[-1].owed
    assert desk.page.timeline.entries[-1].facts == ("Not a specialist's call: the promise runs on",)


# --- nothing is lost -----------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_within_a_second_and_is_there_again(at_desk: AtDesk) -> None:
    """12, 17: Esc closes the panel and loses nothing."""
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+2")
    desk.type("Half a thought")
    drafts = desk.profile.client.drafts
    desk.wait(lambda: drafts.load("note:busy") is not None, "the draft on the disk")
    desk.type(", and the rest")
    desk.press("Esc")
    desk.wait(lambda: desk.sees("Note (begun)"), "the mark on the button")
    open_in_queue(desk, "soon")
    assert not desk.sees("Note (begun)")
    open_in_queue(desk, "busy")
    desk.press("Ctrl+2")
    assert desk.panel.values() == {"text": "Half a thought, and the rest"}
    carry_out(desk)
    desk.wait(lambda: drafts.load("note:busy") is None, "the draft to go")
    desk.wait(lambda: not desk.sees("Note (begun)"))


def test_a_disk_that_hangs_shows_as_saving(at_desk: AtDesk) -> None:
    """R77: the window goes on while the storage thread waits, and a second key does nothing twice."""
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+2")
    desk.type("Slow disk")
    gate = threading.Event()
    desk.profile.client.access.storage.submit(lambda: gate.wait(20), 0)
    desk.press("Ctrl+Enter", "Ctrl+Enter")
    desk.wait(lambda: desk.sees("Saving…", desk.panel), "what is the case")
    gate.set()
    desk.wait(lambda: desk.page.panel is None)
    assert [x.body for x in desk.page.timeline.entries].count("Slow disk") == 1


def test_a_full_disk_is_said_where_the_person_looks(at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """F8, P25: nothing is stored, nothing typed is lost, saving again works."""
    desk = at_desk()
    open_in_queue(desk, "busy")
    desk.press("Ctrl+2")
    desk.type("Disk full")

    def full(*_: object) -> None:
        raise DiskFull("There is no space left on this disk, so this was not saved; free some space and save again.")

    outbox = desk.profile.client.access.store.outbox
    monkeypatch.setattr(outbox, "append", full)
    desk.press("Ctrl+Enter")
    desk.wait(lambda: "no space left" in desk.panel.problem, "the sentence")
    assert desk.panel.values() == {"text": "Disk full"}
    monkeypatch.undo()
    carry_out(desk)
    assert desk.page.timeline.entries[-1].body == "Disk full"


# --- the customer at the right -------------------------------------------------------------------------------------------


def test_the_customer_and_their_other_tickets_stand_at_the_right(at_desk: AtDesk) -> None:
    """13."""
    desk = at_desk()
    open_in_queue(desk, "busy")
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
    day.world.now += dt.timedelta(minutes=5)
    return day


def test_data_is_shown_as_text_whatever_it_holds(at_desk: AtDesk) -> None:
    """R33, R41: no markup, no picture, characters that hide or turn text are written out; a word without end widens nothing."""
    desk = at_desk("anke", hostile())
    open_in_queue(desk, "evil")
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
    open_in_queue(desk, "busy")
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
    open_in_queue(desk, "busy")
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
        open_in_queue(desk, name)
        actions = {*desk.window.actions(), *desk.page.actions()}
        keys = [keys.toString() for action in actions for keys in action.shortcuts() if keys.toString()]
        assert [key for key, count in Counter(keys).items() if count > 1] == []
        assert not [key for key in keys if len(key) == 1]


def test_more_shows_what_is_done_less_often(at_desk: AtDesk) -> None:
    desk = at_desk()
    open_in_queue(desk, "busy")
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
    open_in_queue(desk, "busy")
    shown: Timeline = desk.page.timeline
    assert len(shown.entries) == 70
    assert desk.sees("Step 59", shown)
    assert not desk.sees("Step 12", shown)
    desk.click("Show earlier steps")
    assert desk.sees("Step 12", shown)
