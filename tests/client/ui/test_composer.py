"""Writing a reply: text blocks by a prefix, questions, hints, and the letter as the customer will read it (15; S05)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from desk_client.ui.reply import ReplyPanel, TicketHelp
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from desk_core import events as e
from desk_core.resources import resource
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import scene

WORDING = """
[wording]
no_shouting = true
longest_sentence = 8
jargon = [{ word = "DNS", plain = "address book" }]
rules = []
"""
ADDRESSES = """
[[address]]
id = "support"
address = "support@example.org"

[[part]]
id = "box"
text = "Write to the box."
"""


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Iterator[Theme]:
    """One look for all."""
    made = Theme(qapp, Scheme.LIGHT, base_px=13, reduced_motion=True)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, theme: Theme) -> Iterator[DeskWindow]:
    """One window for all, Sven's; his policy has hints, a sender and a mandatory part."""
    text = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    text = text.replace('title = "Written answer"\n', 'title = "Written answer"\nsender = "support"\nparts = ["box"]\n')
    day = scene(text + WORDING + ADDRESSES)
    folder = tmp_path_factory.mktemp("sven")
    with (
        desk_profile(folder, day.world, day.sven, day.contacts, day.policy_text) as profile,
        open_window(profile, theme) as window,
    ):
        yield window


@pytest.fixture
def panel(desk: DeskWindow) -> ReplyPanel:
    """The composer, with nothing typed in it."""
    desk.open_in_queue("busy")
    desk.page.close_panel()
    desk.press("Ctrl+1", "Ctrl+A", "Delete")
    assert isinstance(desk.panel, ReplyPanel)
    return desk.panel


def sent(desk: DeskWindow) -> list[str]:
    return [x.what.text for x in desk.ticket("busy").history if isinstance(x.what, e.ReplySent)]


def selected(panel: ReplyPanel) -> str:
    return panel.text.editor.textCursor().selectedText()


def test_15_a_prefix_and_tab_put_a_text_block_in_filled_from_the_ticket(desk: DeskWindow, panel: ReplyPanel) -> None:
    """The list hangs there while the prefix is typed; what the ticket knows is filled in."""
    desk.type(";gr")
    assert [item.title for item in panel.aid.offered] == ["Anrede", "Greeting"]
    desk.press("Tab")
    assert panel.text.text() == "Guten Tag Imke Petersen,"
    desk.type("\n;ref")
    desk.press("Down", "Return")
    assert panel.text.text().endswith("Please quote the number 100 000 2 when you write or call again.")
    assert panel.text.editor.hasFocus()


def test_15_what_is_not_filled_in_is_selected_and_is_not_sent(desk: DeskWindow, panel: ReplyPanel) -> None:
    """The next key replaces it; until then nothing goes out, and the sentence names it."""
    before = len(sent(desk))
    desk.type("Moin ;foto")
    desk.press("Tab")
    assert selected(panel) == "{was zu sehen sein soll}"
    desk.press("End", "Ctrl+Enter")
    desk.wait(lambda: panel.problem, "the sentence")
    assert panel.problem == "Fill in or delete {was zu sehen sein soll} first."
    assert (selected(panel), len(sent(desk))) == ("{was zu sehen sein soll}", before)
    desk.type("der Druckkopf")
    desk.carry_out()
    assert "auf dem der Druckkopf zu sehen ist." in sent(desk)[-1]


def test_15_escape_puts_the_list_away_and_keeps_the_panel(desk: DeskWindow, panel: ReplyPanel) -> None:
    """17: typing goes on as if nothing hung there; Enter breaks the line (24)."""
    desk.type("One ;g")
    desk.press("Esc")
    assert (panel.aid.offered, desk.page.panel is panel) == ((), True)
    desk.type("\nTwo; three")
    assert (panel.text.text(), panel.aid.offered) == ("One ;g\nTwo; three", ())


def test_a35_questions_are_listed_and_are_what_is_waited_for(desk: DeskWindow, panel: ReplyPanel) -> None:
    desk.type("Thank you. Which label size do you use?\nAnd since when?")
    desk.wait(lambda: panel.questions, "the list")
    assert panel.questions == "You ask:\n1. Which label size do you use?\n2. And since when?"
    desk.carry_out()
    desk.press("Ctrl+3")
    assert desk.panel.values() == {"reason": "Which label size do you use? And since when?"}
    desk.press("Ctrl+A", "Delete", "Esc")


def test_e21_h22_what_the_ticket_does_not_say_is_a_question_one_key_away(desk: DeskWindow, panel: ReplyPanel) -> None:
    desk.press("Ctrl+Shift+J")
    assert desk.window.work.hint == "The ticket says already all that is usually asked."
    assert panel.text.text() == ""
    view = desk.ticket("busy")
    unknown = msgspec.structs.replace(view.ticket, fault=msgspec.structs.replace(view.ticket.fault, serial=""))
    bare = msgspec.structs.replace(view, ticket=unknown)
    asking = ReplyPanel(TicketHelp(desk.desk, bare), "")
    desk.page.open_panel(asking)
    desk.press("Ctrl+Shift+J")
    assert [item.title for item in asking.aid.offered] == [
        "Wie lautet die Seriennummer? Sie steht auf dem Typenschild."
    ]
    desk.press("Tab")
    assert asking.text.text() == "Wie lautet die Seriennummer? Sie steht auf dem Typenschild."


def test_hints_come_while_typing_and_block_nothing_a29_k08_v31(desk: DeskWindow, panel: ReplyPanel) -> None:
    """Jargon, length and capitals, each with what would be better."""
    desk.type("Please look at the DNS of it")
    desk.wait(lambda: "say it plainly: DNS → address book (K-08)" in panel.aid.hints.words, "the hint on jargon")
    desk.type(" and then count these words which are too many")
    desk.wait(lambda: "more than 8 words" in panel.aid.hints.words, "the hint on length")
    desk.press("Ctrl+A")
    desk.type("PLEASE CLEAN THE HEAD")
    desk.wait(lambda: panel.aid.hints.words.startswith("It reads like shouting"), "the hint on capitals")
    desk.carry_out()
    assert sent(desk)[-1].startswith("PLEASE CLEAN THE HEAD")
    assert "shouting" not in desk.window.work.banner.text  # it was said, and need not be said again


def test_the_preview_is_the_letter_that_the_server_writes_a30_e17(desk: DeskWindow, panel: ReplyPanel) -> None:
    """Sender, copy, subject, mandatory parts and contact details, made by the same rules as at the server (S05)."""
    assert panel.fixed_words[1] == "Sven Kröger\n+49 40 8000 130\nsven@example.org\n\nWrite to the box."
    desk.type("It leaves today.")
    desk.press("Ctrl+L")
    made = desk.profile.client.replies.letter("It leaves today.", desk.ticket("busy").ticket)
    assert panel.previewed == made.sheet.text
    assert panel.previewed.endswith("Write to the box.")
    assert desk.sees("From support@example.org", panel)
    assert desk.sees(f"Subject: {made.sheet.subject}", panel)


def test_hints_come_in_the_form_of_a_call_too_in_one_line_k08_v31(desk: DeskWindow) -> None:
    """While the caller speaks; nothing moves, and nothing waits for it."""
    desk.press("F2")
    desk.wait(lambda: desk.screens.calls.current, "the form")
    call = desk.screens.calls.current
    assert call is not None
    hints = call.form.hints
    assert hints is not None
    height = hints.height()
    call.form.fault.setFocus()
    desk.type("THE DNS OF THE PRINTER IS WRONG!!!")
    desk.wait(lambda: "It reads like shouting" in hints.words, "the hint")
    assert "DNS → address book" in hints.words
    assert hints.height() == height
    assert call.form.values().fault == "THE DNS OF THE PRINTER IS WRONG!!!"
