"""What the window keeps from one start to the next (docs/desktop-points.md)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk_client.ui.theme import Theme
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import open_window
from tests.support.ticket_scene import scene


def test_43_place_width_and_last_view_are_there_again(tmp_path: Path, theme: Theme) -> None:
    made = scene()
    with desk_profile(tmp_path, made.world, made.sven, made.contacts, made.policy_text) as profile:
        with open_window(profile, theme) as first:
            first.open_in_queue("busy")
            first.press("Ctrl+H")
            first.window.resize(780, 560)
            QApplication.processEvents()
            first.window._split.setSizes([325, 455])
            width = first.window.queue.width()
        with open_window(profile, theme) as again:
            assert again.tickets.shown == "busy"
            assert again.screens.queue.mine
            assert again.window.size().toTuple() == (780, 560)
            assert abs(again.window.queue.width() - width) <= 2
            assert again.window.queue_view.hasFocus()
