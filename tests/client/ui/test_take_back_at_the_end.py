"""What can still be taken back when the program ends: sent before the window closes, and told after a crash (26, 45)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_client.ui import grace
from desk_client.ui.theme import Theme
from desk_core.commands import Resolve
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import open_window
from tests.support.ticket_scene import scene
from tests.support.workplace import small_desk, workplace


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
