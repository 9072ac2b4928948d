"""The agents' handbook lists the keys that the window has, no more and no fewer (20)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from desk_client.ui.desk import Desk
from desk_client.ui.ticket.deeds import Deeds
from desk_client.ui.widgets import Action
from desk_client.ui.workarea import WorkPage
from tests.support.desk_window import DeskWindow

HANDBOOK = Path(__file__).parents[3] / "docs" / "agents.md"
Keys = set[tuple[str, str]]


def handbook(heading: str) -> Keys:
    """The rows of the table under a heading."""
    text = HANDBOOK.read_text(encoding="utf-8")
    section = re.split(r"^#+ ", text.split(f"\n### {heading}\n")[1], flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, flags=re.MULTILINE)
    assert rows[0] == ("what", "key")
    assert len(set(rows)) == len(rows)
    return set(rows[1:])


def keys(actions: Iterable[Action | None]) -> Keys:
    return {(action.text(), action.keys()) for action in actions if action is not None and action.keys()}


def of_page(window: DeskWindow) -> Keys:
    page = window.window.work.page
    assert isinstance(page, WorkPage)
    return keys((page.expected, *page.others, *page.aside))


def deeds(desk: Desk) -> Keys:
    def native(shown: str) -> str:
        return shown.replace("+", " ")

    return {(deed.words, native(deed.keys)) for deed in Deeds(desk).all}


def test_the_keys_of_the_handbook_are_those_of_the_window(at_desk: Callable[[], DeskWindow]) -> None:
    window = at_desk()
    everywhere = keys((*window.window.actions_.all(), *window.window.further_actions))
    # This one counts: "1 in hand".
    counted = {(re.sub(r"^\d+ in hand$", "In hand", words), key) for words, key in everywhere}
    assert counted == handbook("Everywhere")
    window.open_in_queue("busy")
    on_ticket = handbook("On a ticket")
    assert of_page(window) <= on_ticket
    assert on_ticket == deeds(window.desk) | {
        ("Attach a file…", "Ctrl Shift A"),
        ("More", "Ctrl M"),
        ("Why?", "Ctrl I"),
    }
    window.press("F3")
    assert of_page(window) == handbook("In the list of call backs")
    window.press("F2")
    window.wait(lambda: window.screens.calls.current is not None, "the call form")
    call = window.screens.calls.current
    assert call is not None
    shown = of_page(window) | keys(call.form.findChildren(Action)) | keys(call.findChildren(Action))
    assert shown == handbook("While a call is open")
