"""Ten seconds to take back what was given: one line with the seconds, and Ctrl+Z (26)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk_client.ui.grace import GraceLine
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import scene


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Iterator[Theme]:
    """One look for all."""
    made = Theme(qapp, Scheme.LIGHT, base_px=13, reduced_motion=True)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, theme: Theme) -> Iterator[DeskWindow]:
    """One window for all, Sven's; each test takes back what it does, or leaves its ten seconds behind."""
    day = scene()
    folder = tmp_path_factory.mktemp("sven")
    with (
        desk_profile(folder, day.world, day.sven, day.contacts, day.policy_text) as profile,
        open_window(profile, theme) as window,
    ):
        yield window


def line(desk: DeskWindow) -> str:
    """The line that says what can be taken back."""
    (found,) = desk.window.findChildren(GraceLine)
    return str(found.text)


def waiting(desk: DeskWindow) -> list[str]:
    """What was given and is not taken back; the question of one test stays."""
    names = [each.name for each in desk.profile.client.outbox.pending()]
    return [name for name in names if name != "request_information"]


def close_it(desk: DeskWindow) -> None:
    desk.open_in_queue("busy")
    desk.page.close_panel()
    desk.press("Ctrl+6")
    desk.type("Head replaced, test label fine.")
    desk.carry_out()
    desk.wait(lambda: line(desk), "the line")


def test_26_closing_is_taken_back_by_one_key_and_what_was_typed_is_there_again(desk: DeskWindow) -> None:
    """Nobody is asked whether they are sure; the state, the draft and the panel are as they were."""
    close_it(desk)
    desk.wait(lambda: line(desk) == "Closed · 100 000 2 — can be taken back for 9 s", "the seconds that are left")
    assert desk.ticket("busy").ticket.status == "closed"
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.page.panel, "the panel")
    assert desk.ticket("busy").ticket.status == "open"
    assert (waiting(desk), line(desk)) == ([], "")
    assert desk.panel.values() == {"summary": "Head replaced, test label fine."}
    assert desk.sees("Taken back, nothing was sent: Closed · 100 000 2.")
    desk.wait(lambda: desk.window.queue_view.model().rowCount() == 4, "the ticket in the queue again")


def test_26_after_ten_seconds_it_counts(desk: DeskWindow) -> None:
    desk.open_in_queue("busy")
    desk.page.close_panel()
    desk.press("Ctrl+8")
    desk.type("Which label size?")
    desk.carry_out()
    desk.wait(lambda: line(desk), "the line")
    desk.profile.clock.go_on(seconds=9)
    desk.wait(lambda: not line(desk), "the line to go")
    desk.press("Ctrl+Z")
    assert desk.window.work.hint == "Nothing can be taken back now."
    assert desk.ticket("busy").ticket.questions == ("Which label size?",)


def test_25_26_the_safe_answer_is_the_default_and_the_other_says_what_it_does(desk: DeskWindow) -> None:
    """Of the two questions that are left, about leaving; on a ticket nobody is asked anything."""
    desk.screens.sign_out.trigger()
    desk.wait(lambda: desk.screens.box, "the question")
    box = desk.screens.box
    assert box is not None
    assert box.defaultButton().text() == "Stay signed in"
    assert box.escapeButton() is box.defaultButton()
    assert {button.text() for button in box.buttons()} == {"Stay signed in", "Sign out"}
    box.reject()
    desk.wait(lambda: desk.screens.box is None, "the question to go")
    desk.window.activateWindow()  # what a window manager does when a box has closed
    QTest.qWaitForWindowActive(desk.window)
    assert desk.desk.who is not None


def test_26_handing_over_and_a_call_back_are_taken_back_newest_first(desk: DeskWindow) -> None:
    """The line names the newest and counts the others; Ctrl+Z goes through them."""
    desk.open_in_queue("busy")
    desk.page.close_panel()
    desk.press("Ctrl+9")
    desk.type("bra")
    desk.press("Down", "Return")
    desk.type("She knows the customer.")
    desk.carry_out()
    desk.wait(lambda: line(desk), "the line")
    desk.tickets.call_backs.trigger()
    desk.press("Ctrl+1")
    desk.wait(lambda: "more" in line(desk), "the second one")
    assert line(desk).startswith("Called back · ")
    assert line(desk).endswith("s (and 1 more)")
    assert waiting(desk) == ["hand_over", "attempt_call_back"]
    desk.press("Ctrl+Z")
    desk.wait(lambda: waiting(desk) == ["hand_over"], "the call back to go")
    desk.wait(lambda: line(desk).startswith("Handed over · 100 000 2"), "the one before")
    desk.press("F6", "Ctrl+Z")
    desk.wait(lambda: waiting(desk) == [], "everything to go")
    desk.wait(lambda: desk.page.panel, "the panel")
    assert desk.ticket("busy").ticket.holder == "sven"
    assert desk.panel.values() == {"member": "Anke Brandt", "note": "She knows the customer."}


def test_26_a_field_that_has_something_to_undo_keeps_the_key(desk: DeskWindow) -> None:
    """In an empty search field Ctrl+Z takes back; where something was typed it undoes that."""
    close_it(desk)
    desk.press("Ctrl+K")
    desk.type("xyz")
    desk.press("Ctrl+Z")
    assert desk.window.call_bar.search.text() == ""
    assert waiting(desk) == ["close"]
    desk.press("Ctrl+Z")
    desk.wait(lambda: waiting(desk) == [], "it to be taken back")
