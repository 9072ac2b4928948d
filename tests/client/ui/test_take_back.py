"""Ten seconds to take back what was given: one line with the seconds, and Ctrl+Z (26)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_client.ui import grace
from desk_client.ui.grace import GraceLine
from desk_client.ui.theme import Theme
from desk_core.commands import Resolve
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import scene
from tests.support.workplace import small_desk, workplace

AtDesk = Callable[..., DeskWindow]


def line(desk: DeskWindow) -> str:
    """The line that says what can be taken back."""
    (found,) = desk.window.findChildren(GraceLine)
    return str(found.text)


def waiting(desk: DeskWindow) -> list[str]:
    return [each.name for each in desk.profile.client.outbox.pending()]


def close_it(desk: DeskWindow) -> None:
    desk.open_in_queue("busy")
    desk.press("Ctrl+6")
    desk.type("Head replaced, test label fine.")
    desk.carry_out()
    desk.wait(lambda: line(desk), "the line")


def test_26_closing_is_taken_back_by_one_key_and_what_was_typed_is_there_again(at_desk: AtDesk) -> None:
    """Nobody is asked whether they are sure; the state, the draft and the panel are as they were."""
    desk = at_desk()
    close_it(desk)
    desk.wait(lambda: line(desk) == "Closed · 100 000 2 — can be taken back for 9 s", "the seconds that are left")
    assert desk.ticket("busy").ticket.status == "closed"
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.page.panel, "the panel")
    assert desk.ticket("busy").ticket.status == "open"
    assert (waiting(desk), line(desk)) == ([], "")
    assert desk.panel.values() == {"summary": "Head replaced, test label fine."}
    assert desk.sees("Taken back, nothing was sent: Closed · 100 000 2.")


def test_26_after_ten_seconds_it_counts(at_desk: AtDesk) -> None:
    desk = at_desk()
    close_it(desk)
    desk.profile.clock.go_on(seconds=9)
    desk.wait(lambda: not line(desk), "the line to go")
    desk.press("Ctrl+Z")
    assert desk.window.work.hint == "Nothing can be taken back now."
    assert (desk.ticket("busy").ticket.status, waiting(desk)) == ("closed", ["close"])


def test_26_handing_over_and_a_call_back_are_taken_back_newest_first(at_desk: AtDesk) -> None:
    """The line names the newest and counts the others; Ctrl+Z goes through them."""
    desk = at_desk()
    desk.open_in_queue("busy")
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


def test_26_a_field_that_has_something_to_undo_keeps_the_key(at_desk: AtDesk) -> None:
    """In an empty search field Ctrl+Z takes back; where something was typed it undoes that."""
    desk = at_desk()
    close_it(desk)
    desk.press("Ctrl+K")
    desk.type("xyz")
    desk.press("Ctrl+Z")
    assert desk.window.call_bar.search.text() == ""
    assert waiting(desk) == ["close"]
    desk.press("Ctrl+Z")
    desk.wait(lambda: waiting(desk) == [], "it to be taken back")


def test_26_closing_the_window_sends_what_is_held_and_asks_nothing(
    tmp_path: Path, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """45: what could still be taken back is said and done; nobody is asked about it while the server is there."""
    monkeypatch.setattr(grace, "LAST_ROUND_SECONDS", 20.0)  # however busy the machine is
    desk = small_desk()
    with workplace(tmp_path / "profile", theme, desk) as place:
        place.sign_in()
        place.press(Qt.Key.Key_F9)
        place.until(lambda: place.screens.tickets.shown, "the ticket that was taken")
        ticket = place.screens.tickets.shown
        place.ctrl(Qt.Key.Key_G)
        place.type("Not mine")
        place.ctrl(Qt.Key.Key_Return)
        place.until(lambda: place.client.graces.held(), "the ten seconds")
        assert [w.name for w in desk.pushed].count("give_back") == 0
        place.window.close()
        place.until(lambda: place.closed, "the end")
        assert desk.tickets[ticket].holder == ""


def test_26_after_a_crash_the_window_says_what_was_sent(tmp_path: Path, theme: Theme) -> None:
    day = scene()
    with desk_profile(tmp_path, day.world, day.sven, day.contacts) as profile:
        profile.client.graces.give(Resolve(ticket="busy", solution="New printhead.")).result(5)
        profile.client.access.store.grace.end_all = lambda: None  # type: ignore[method-assign]  # the process just ends
        profile.restart()
        with open_window(profile, theme) as desk:
            words = "The program ended before this could be taken back; it counts as given and is sent: Resolved · 100 000 2."
            desk.wait(lambda: desk.sees(words), "the notice")
