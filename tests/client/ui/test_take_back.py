"""Ten seconds to take back what was given: one line with the seconds, and Ctrl+Z (26)."""

from __future__ import annotations

from collections.abc import Callable

from desk_client.ui.grace import GraceLine
from tests.support.desk_window import DeskWindow

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
