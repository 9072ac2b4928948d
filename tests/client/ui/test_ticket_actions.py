"""What is done with a ticket, with keys and clicks on real services over real encrypted files."""

import threading
from collections.abc import Callable

import pytest

from desk_client.services.errors import DiskFull
from desk_core import events as e
from tests.support.desk_window import DeskWindow

AtDesk = Callable[..., DeskWindow]


# --- acting --------------------------------------------------------------------------------------------------------------


def test_a_note_is_saved_with_keys_alone(at_desk: AtDesk) -> None:
    """24: Enter breaks the line, Ctrl+Enter saves; what is unsent is marked."""
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+2")
    desk.type("Courier ordered.\nArrives Wednesday.")
    desk.carry_out()
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
    desk.open_in_queue("busy")
    desk.press("Ctrl+2", "Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Write something first; the text is empty."
    assert desk.focus().accessibleDescription() == desk.panel.problem


def test_time_is_a_whole_number_of_minutes(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
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
    desk.carry_out()
    assert desk.ticket("busy").ticket.minutes == 55
    desk.wait(lambda: desk.sees("spent 30 min", desk.page))


def test_h28_the_manager_is_wanted_on_any_ticket_without_a_reason(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+Shift+M")
    desk.carry_out()
    desk.wait(lambda: [x.name for x in desk.profile.client.outbox.pending()] == ["escalate"], "the wish")
    (wish,) = desk.ticket("busy").ticket.escalations
    assert (wish.step, wish.reason) == ("technical_support_manager", "")


def test_handing_over_finds_the_colleague_by_typing(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
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
    desk.carry_out()
    assert desk.ticket("busy").ticket.holder == "anke"
    desk.wait(lambda: desk.sees("held by Anke Brandt", desk.page))
    assert desk.sees("handed it over to Anke Brandt", desk.page)


def test_a_transfer_needs_a_note_and_keeps_number_and_history(at_desk: AtDesk) -> None:
    """H-29."""
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+0")
    desk.type("spare")
    desk.press("Down", "Return", "Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Write something first; the text is empty."
    desk.type("The head has to be replaced.")
    desk.carry_out()
    moved = desk.ticket("busy").ticket
    assert (moved.department, moved.reference, moved.holder) == ("workshop", "1000002", "")
    desk.wait(lambda: desk.sees("transferred it to Workshop and spare parts", desk.page))


def test_waiting_for_the_customer_and_going_on(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+3")
    desk.type("Serial number of the new head")
    desk.carry_out()
    desk.wait(lambda: desk.sees("Waiting for the customer", desk.page))
    desk.press("Ctrl+4")
    desk.type("It is K-77.")
    desk.carry_out()
    desk.wait(lambda: desk.sees("Open", desk.page.head))
    assert desk.ticket("busy").ticket.status == "open"
    assert desk.page.timeline.entries[-1].body == "It is K-77."


def test_asking_for_details_says_that_no_promise_is_put_off(at_desk: AtDesk) -> None:
    """H-22."""
    desk = at_desk()
    desk.open_in_queue("soon")
    before = desk.ticket("soon").ticket.clocks
    desk.press("Ctrl+8")
    assert desk.panel.hint == "The question is noted; no promise is put off by it."
    desk.type("Which label size?")
    desk.carry_out()
    after = desk.ticket("soon").ticket
    assert after.questions == ("Which label size?",)
    assert after.clocks == before


def test_solving_closing_and_reopening(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+5")
    desk.type("New printhead.")
    desk.carry_out()
    desk.wait(lambda: desk.sees("Solved", desk.page.head))
    desk.press("Ctrl+6")
    desk.type("Head replaced, test label fine.")
    desk.carry_out()
    desk.wait(lambda: desk.sees("Closed", desk.page.head))
    assert desk.ticket("busy").ticket.status == "closed"
    desk.press("Ctrl+5")
    desk.type("E-114 is back.")
    desk.carry_out()
    desk.wait(lambda: desk.sees("Open", desk.page.head))
    assert desk.ticket("busy").ticket.status == "open"


def test_giving_back_needs_a_reason(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+M")
    desk.click("Give back")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: desk.panel.problem, "the sentence")
    assert desk.panel.problem == "Give a reason in a few words."
    desk.type("I am off sick.")
    desk.carry_out()
    assert desk.ticket("busy").ticket.holder == ""
    desk.wait(lambda: desk.page.reading.startswith("Take it first"))


# --- call back -----------------------------------------------------------------------------------------------------------


def test_a_specialists_call_back_keeps_the_promise(at_desk: AtDesk) -> None:
    """H-14, H-15."""
    desk = at_desk()
    desk.open_in_queue("soon")
    desk.press("Ctrl+B")
    assert desk.sees("+49 40 5550188", desk.panel)
    assert not desk.sees("the promise runs on", desk.panel)
    desk.carry_out("Ctrl+1")
    desk.wait(lambda: desk.sees("kept", desk.page.promises))
    assert desk.page.timeline.entries[-1].what == "called back and reached the customer"


def test_somebody_else_is_told_beforehand_that_the_promise_runs_on(at_desk: AtDesk) -> None:
    """H-15: the call is noted, the clock goes on."""
    desk = at_desk("anke")
    desk.open_in_queue("soon")
    desk.press("Ctrl+B")
    warning = (
        "Your call is noted, but the promise runs on: only a call by a Support specialist keeps it (H-13, H-14, H-15)."
    )
    assert desk.panel.hint == warning
    desk.carry_out("Ctrl+2")
    desk.wait(
        lambda: desk.window.work.banner.text == "Your call is noted. The promise runs on until a specialist has called."
    )
    now = desk.ticket("soon")
    assert isinstance(now.history[-1].what, e.CallBackAttempted)
    assert now.ticket.clocks[-1].owed
    assert desk.page.timeline.entries[-1].facts == ("Not a specialist's call: the promise runs on",)


# --- nothing is lost -----------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_within_a_second_and_is_there_again(at_desk: AtDesk) -> None:
    """12, 17: Esc closes the panel and loses nothing."""
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.press("Ctrl+2")
    desk.type("Half a thought")
    drafts = desk.profile.client.drafts
    desk.wait(lambda: drafts.load("note:busy") is not None, "the draft on the disk")
    desk.type(", and the rest")
    desk.press("Esc")
    desk.wait(lambda: desk.sees("Note (begun)"), "the mark on the button")
    desk.open_in_queue("soon")
    assert not desk.sees("Note (begun)")
    desk.open_in_queue("busy")
    desk.press("Ctrl+2")
    assert desk.panel.values() == {"text": "Half a thought, and the rest"}
    desk.carry_out()
    desk.wait(lambda: drafts.load("note:busy") is None, "the draft to go")
    desk.wait(lambda: not desk.sees("Note (begun)"))


def test_a_disk_that_hangs_shows_as_saving(at_desk: AtDesk) -> None:
    """R77: the window goes on while the storage thread waits, and a second key does nothing twice."""
    desk = at_desk()
    desk.open_in_queue("busy")
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
    desk.open_in_queue("busy")
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
    desk.carry_out()
    assert desk.page.timeline.entries[-1].body == "Disk full"
