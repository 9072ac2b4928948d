"""Answering in writing, with keys alone: the mandated words, the preview, and nothing typed is ever lost."""

from collections.abc import Callable
from pathlib import Path

from desk_client.services.records import TicketView
from desk_client.ui.reply import ReplyPanel
from desk_client.ui.theme import Theme
from desk_core import events as e
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import CLOSING, GREETING, scene, worded_policy

AtDesk = Callable[..., DeskWindow]


def answer(desk: DeskWindow) -> ReplyPanel:
    """Open the held ticket by its own key from the queue, and the composer."""
    desk.press("Ctrl+H", "Home", "Return", "Ctrl+1")
    panel = desk.panel
    assert isinstance(panel, ReplyPanel)
    return panel


def sent(desk: DeskWindow) -> list[str]:
    view = desk.profile.client.tickets.get("busy")
    assert isinstance(view, TicketView)
    return [x.what.text for x in view.history if isinstance(x.what, e.ReplySent)]


def test_the_mandated_words_stand_around_the_text(at_desk: AtDesk) -> None:
    """M-V1, M-V2: fixed in place, and part of what is sent."""
    desk = at_desk("sven", scene(worded_policy()))
    panel = answer(desk)
    words = desk.words(panel)
    assert words.index(GREETING) < words.index("To Imke Petersen") < words.index(CLOSING)
    assert panel.fixed_words == (GREETING, CLOSING)
    desk.type("the spare head leaves today.\nIt arrives on Wednesday.")
    whole = f"{GREETING}\n\nthe spare head leaves today.\nIt arrives on Wednesday.\n\n{CLOSING}"
    desk.press("Ctrl+L")
    assert panel.previewed == whole
    assert desk.sees(whole, panel)
    desk.press("Ctrl+L", "Ctrl+Enter")
    desk.wait(lambda: desk.page.panel is None)
    assert sent(desk)[-1] == whole
    newest = desk.page.timeline.entries[-1]
    assert (newest.what, newest.body, newest.letter) == ("answered in writing", whole, True)


def test_the_signature_is_shown_and_sent(at_desk: AtDesk) -> None:
    """M-A0: full contact details of the person who deals with it."""
    desk = at_desk()
    panel = answer(desk)
    signature = "Sven Kröger\n+49 40 8000 130\nsven@example.org"
    assert desk.sees(signature, panel)
    desk.type("It leaves today.")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: desk.page.panel is None)
    assert sent(desk)[-1] == f"It leaves today.\n\n{signature}"


def test_24_enter_breaks_the_line_and_sends_nothing(at_desk: AtDesk) -> None:
    desk = at_desk()
    panel = answer(desk)
    before = len(sent(desk))
    desk.type("One\nTwo")
    assert panel.text.text() == "One\nTwo"
    assert len(sent(desk)) == before


def test_an_empty_answer_is_not_sent(at_desk: AtDesk) -> None:
    desk = at_desk("sven", scene(worded_policy()))
    panel = answer(desk)
    desk.type("   ")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: panel.problem, "the sentence")
    assert panel.problem == "Write something first; the text is empty."
    assert panel.text.editor.hasFocus()


def test_text_that_cannot_be_stored_stays_in_the_composer(at_desk: AtDesk) -> None:
    """R63: a control character is named where it was typed, and the text stays."""
    desk = at_desk()
    panel = answer(desk)
    panel.text.editor.insertPlainText("Half\u0001an answer")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: panel.problem, "the sentence")
    assert panel.problem == "The field text holds a control character that cannot be stored; type it again without it."
    assert panel.text.text() == "Half\u0001an answer"


def test_a_begun_answer_is_there_after_the_program_was_closed(tmp_path: Path, theme: Theme) -> None:
    """12: also when the last key was pressed a moment before the window closed."""
    day = scene()
    with desk_profile(tmp_path, day.world, day.sven, day.contacts) as profile:
        with open_window(profile, theme) as desk:
            answer(desk)
            desk.type("I have begun to")
            desk.press("Ctrl+L")
        profile.restart()
        with open_window(profile, theme) as desk:
            desk.open_in_queue("busy")
            assert desk.sees("Reply (begun)")
            desk.press("Ctrl+1")
            assert desk.panel.values() == {"text": "I have begun to"}


def test_mandated_last_words_stand_only_where_they_are_owed_v28(at_desk: AtDesk) -> None:
    text = worded_policy().replace(f'ends_with = "{CLOSING}"', f'ends_with = "{CLOSING}"\nending_channels = ["email"]')
    channels = '\n[[channel]]\nid = "email"\ntitle = "e-mail"\n\n[[channel]]\nid = "phone"\ntitle = "telephone"\n'
    panel = answer(at_desk("sven", scene(text + channels)))
    assert panel.fixed_words == (GREETING, "")
