"""A member's own text blocks: made with keys alone, kept over a restart, deleted and put back (15, 24, 25, 26)."""

from __future__ import annotations

from pathlib import Path

from desk_client.ui.reply.blocks import TextBlocksPage
from desk_client.ui.theme import Theme
from desk_client.ui.widgets import Action
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import scene


def page(desk: DeskWindow) -> TextBlocksPage:
    shown = desk.window.work.page
    assert isinstance(shown, TextBlocksPage), shown
    return shown


def own(desk: DeskWindow) -> dict[str, str]:
    return {each.prefix: each.text for each in desk.profile.client.replies.blocks() if each.own}


def make(desk: DeskWindow, prefix: str, title: str, text: str) -> None:
    """As a person does it, from a new block on."""
    desk.press("Ctrl+1")
    for typed in (prefix, title, text):
        desk.type(typed)
        desk.press("Tab")
    desk.press("Ctrl+Return")
    desk.wait(lambda: page(desk).banner.text == f"“;{prefix}” is kept.", "the block")


def delete_and_put_back(desk: DeskWindow) -> None:
    """25, 26: what deletes says so, is not the default, and is put back by one key."""
    names = [each.text() for each in page(desk).findChildren(Action)]
    assert "Delete the text block" in names
    assert page(desk).expected.text() == "Save the text block"  # type: ignore[union-attr]
    page(desk).list.select("lorry")
    desk.press("Ctrl+2")
    desk.wait(lambda: "lorry" not in own(desk), "it to go")
    assert page(desk).banner.text == "“;lorry” is deleted."
    desk.press("Ctrl+3")
    desk.wait(lambda: "lorry" in own(desk), "it to be back")


def test_15_26_an_own_block_is_made_used_changed_deleted_and_put_back(tmp_path: Path, theme: Theme) -> None:
    day = scene()
    with desk_profile(tmp_path, day.world, day.sven, day.contacts) as profile:
        with open_window(profile, theme) as desk:
            desk.open_in_queue("busy")
            desk.press("Ctrl+Shift+T")
            make(desk, "lorry", "The lorry comes", "The lorry with {thing} comes by {reference}.\nRegards")
            assert own(desk) == {"lorry": "The lorry with {thing} comes by {reference}.\nRegards"}
            # Two of a name are refused at the field, and what was typed stays.
            desk.press("Ctrl+1")
            desk.type("LORRY")
            desk.press("Tab", "Tab")
            desk.type("Another")
            desk.press("Ctrl+Enter")
            desk.wait(lambda: page(desk).prefix.error, "the sentence")
            assert page(desk).prefix.error == "There is a text block of yours with the prefix “LORRY” already."
            page(desk).list.select("greet")
            assert page(desk).text.text() == "Another"
            desk.wait(lambda: page(desk).prefix.error and page(desk).prefix.editor.hasFocus(), "the field again")
            desk.press("Ctrl+A")
            desk.type("other")
            desk.press("Ctrl+Enter")
            desk.wait(lambda: page(desk).banner.text == "“;other” is kept.", "the second block")
            assert own(desk)["other"] == "Another"
            # One that ships can't be deleted, and an own one takes its place.
            page(desk).list.select("greet")
            desk.press("Ctrl+2")
            assert desk.window.work.hint.startswith("It comes with the program.")
            page(desk).text.editor.setFocus()
            desk.press("Ctrl+A")
            desk.type("Moin {caller},")
            desk.press("Ctrl+Enter")
            desk.wait(lambda: page(desk).banner.text == "“;greet” is kept.", "the own greeting")
            assert own(desk)["greet"] == "Moin {caller},"
            delete_and_put_back(desk)
            desk.press("Esc")
            assert desk.page.head.isVisible()
        profile.restart()
        with open_window(profile, theme) as desk:
            desk.open_in_queue("busy")
            desk.press("Ctrl+1")
            desk.type(";lor")
            desk.press("Tab")
            assert desk.panel.values()["text"] == "The lorry with {thing} comes by 100 000 2.\nRegards"
