"""What the window keeps from one start to the next (docs/desktop-points.md)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desk_client.ui.app import Shown
from desk_client.ui.i18n import speak
from desk_client.ui.screens import Screens
from desk_client.ui.settings.page import SettingsPage
from desk_client.ui.settings.store import Settings
from desk_client.ui.theme import Theme
from desk_client.ui.widgets import Button, Label
from tests.support.desk_profile import SERVER, desk_profile
from tests.support.desk_window import DeskWindow, open_window
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


def cut(shown: DeskWindow) -> list[str]:
    """The labels and buttons that have less room than they ask for."""
    QApplication.processEvents()
    return [
        widget.text()
        for widget in shown.window.findChildren(QWidget)
        if isinstance(widget, Label | Button)
        and widget.isVisible()
        and (
            widget.width() < widget.minimumSizeHint().width()
            or widget.height() < min(widget.minimumSizeHint().height(), widget.sizeHint().height())
        )
    ]


def test_54_56_another_language_at_once_nothing_typed_is_lost_and_nothing_is_cut(tmp_path: Path, theme: Theme) -> None:
    """The window of the new language stands where the old one stood, with the same ticket; what was begun is a draft."""
    made, ended = scene(), list[bool]()
    with desk_profile(tmp_path, made.world, made.sven, made.contacts, made.policy_text) as profile:
        client, settings = profile.client, Settings(profile.client.profile.path)
        shown = Shown(
            settings,
            lambda: Screens(
                client, theme, settings, lambda: (SERVER, ""), lambda: ended.append(True), profile.clock.mono
            ),
        )
        english = DeskWindow(profile, shown.screens)
        shown.screens.start()
        shown.screens.window.resize(1366, 768)
        english.wait(lambda: english.screens.tickets is not None and english.desk.queue.count() >= 0)
        english.open_in_queue("busy")
        english.press("Ctrl+2")
        english.type("She called again")
        english.press("Ctrl+,")
        page = english.window.work.page
        assert isinstance(page, SettingsPage)
        page.language.choose("de")
        page.language.chosen.emit("de")
        english.wait(lambda: shown.screens is not english.screens, "the other window")
        german = DeskWindow(profile, shown.screens)
        german.wait(lambda: german.screens.tickets is not None and german.tickets.shown == "busy", "the same ticket")
        assert german.sees("Nächstes nehmen")
        assert german.sees("Notiz (begonnen)")
        german.press("Ctrl+2")
        assert german.panel.values()["text"] == "She called again"
        for keys in ("Escape", "Ctrl+M", "Ctrl+I", "Escape", "F3", "F7", "Ctrl+,", "Escape"):
            german.press(keys)
            assert cut(german) == [], keys
        shown.screens.close()
        german.wait(lambda: ended, "the end")
        shown.screens.window.deleteLater()
        shown.screens.deleteLater()
        speak("en")
        QLocale.setDefault(QLocale.c())
