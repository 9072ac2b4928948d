"""Answering in writing, with keys alone: the mandated words, the preview, and nothing typed is ever lost."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from desk_client.services.records import TicketView
from desk_client.ui.reply import ReplyPanel, TicketHelp
from desk_client.ui.theme import Theme
from desk_core import events as e
from desk_core.resources import resource
from tests.support.call_keys import begin
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import CLOSING, GREETING, scene, worded_policy
from tests.support.workplace import small_desk, workplace

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


def test_enter_breaks_the_line_and_sends_nothing(at_desk: AtDesk) -> None:
    """24."""
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


# --- text blocks, questions, hints (15) ----------------------------------------------------------------------------------


def selected(panel: ReplyPanel) -> str:
    return panel.text.editor.textCursor().selectedText()


def test_15_a_prefix_and_tab_put_a_text_block_in_filled_from_the_ticket(at_desk: AtDesk) -> None:
    """The list hangs there while the prefix is typed; what the ticket knows is filled in."""
    desk = at_desk()
    panel = answer(desk)
    desk.type(";gr")
    assert [item.title for item in panel.aid.offered] == ["Anrede", "Greeting"]
    desk.press("Tab")
    assert panel.text.text() == "Guten Tag Imke Petersen,"
    desk.type("\n;ref")
    desk.press("Down", "Return")
    assert panel.text.text().endswith("Please quote the number 100 000 2 when you write or call again.")
    assert panel.text.editor.hasFocus()


def test_15_what_is_not_filled_in_is_selected_and_is_not_sent(at_desk: AtDesk) -> None:
    """The next key replaces it; until then nothing goes out, and the sentence names it."""
    desk = at_desk()
    panel = answer(desk)
    before = len(sent(desk))
    desk.type("Moin ;foto")
    desk.press("Tab")
    assert selected(panel) == "{was zu sehen sein soll}"
    desk.press("End", "Ctrl+Enter")
    desk.wait(lambda: panel.problem, "the sentence")
    assert panel.problem == "Fill in or delete {was zu sehen sein soll} first."
    assert (selected(panel), len(sent(desk))) == ("{was zu sehen sein soll}", before)
    desk.type("der Druckkopf")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: desk.page.panel is None, "the panel to go")
    assert "auf dem der Druckkopf zu sehen ist." in sent(desk)[-1]


def test_15_escape_puts_the_list_away_and_keeps_the_panel(at_desk: AtDesk) -> None:
    """17: typing goes on as if nothing hung there; Enter breaks the line (24)."""
    desk = at_desk()
    panel = answer(desk)
    desk.type("One ;g")
    desk.press("Esc")
    assert (panel.aid.offered, desk.page.panel is panel) == ((), True)
    desk.type("\nTwo; three")
    assert (panel.text.text(), panel.aid.offered) == ("One ;g\nTwo; three", ())


def test_a35_questions_are_listed_and_are_what_is_waited_for(at_desk: AtDesk) -> None:
    desk = at_desk()
    panel = answer(desk)
    desk.type("Thank you. Which label size do you use?\nAnd since when?")
    desk.wait(lambda: panel.questions, "the list")
    assert panel.questions == "You ask:\n1. Which label size do you use?\n2. And since when?"
    desk.carry_out()
    desk.press("Ctrl+3")
    assert desk.panel.values() == {"reason": "Which label size do you use? And since when?"}


def test_e21_h22_what_the_ticket_does_not_say_is_a_question_one_key_away(at_desk: AtDesk) -> None:
    desk = at_desk()
    view = desk.ticket("busy")
    unknown = msgspec.structs.replace(view.ticket, fault=msgspec.structs.replace(view.ticket.fault, serial=""))
    bare = msgspec.structs.replace(view, ticket=unknown)
    panel = ReplyPanel(TicketHelp(desk.desk, bare), "")
    desk.press("Ctrl+H", "Home", "Return")
    desk.page.open_panel(panel)
    desk.press("Ctrl+Shift+J")
    assert [item.title for item in panel.aid.offered] == ["Wie lautet die Seriennummer? Sie steht auf dem Typenschild."]
    desk.press("Tab")
    assert panel.text.text() == "Wie lautet die Seriennummer? Sie steht auf dem Typenschild."
    desk.page.open_panel(ReplyPanel(TicketHelp(desk.desk, view), ""))
    desk.press("Ctrl+Shift+J")
    assert desk.window.work.hint == "The ticket says already all that is usually asked."


def test_hints_come_while_typing_and_block_nothing_a29_k08_v31(at_desk: AtDesk) -> None:
    """Jargon, length and capitals, each with what would be better."""
    rules = '[wording]\nno_shouting = true\nlongest_sentence = 8\njargon = [{ word = "DNS", plain = "address book" }]\nrules = []\n'
    desk = at_desk("sven", scene(f"{worded_policy()}\n{rules}"))
    panel = answer(desk)
    desk.type("Please look at the DNS of it")
    desk.wait(lambda: "say it plainly: DNS → address book (K-08)" in panel.aid.hints.words, "the hint on jargon")
    desk.type(" and then count these words which are too many")
    desk.wait(lambda: "more than 8 words" in panel.aid.hints.words, "the hint on length")
    desk.press("Ctrl+A")
    desk.type("PLEASE CLEAN THE HEAD")
    desk.wait(lambda: panel.aid.hints.words.startswith("It reads like shouting"), "the hint on capitals")
    desk.carry_out()
    assert sent(desk)[-1].startswith(GREETING)
    assert "shouting" not in desk.window.work.banner.text  # it was said, and need not be said again


def test_the_preview_is_the_letter_that_the_server_writes_a30_e17(at_desk: AtDesk) -> None:
    """Sender, copy, subject, mandatory parts and contact details, made by the same rules as at the server (S05)."""
    text = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    text = text.replace('title = "Written answer"\n', 'title = "Written answer"\nsender = "support"\nparts = ["box"]\n')
    text += '\n[[address]]\nid = "support"\naddress = "support@example.org"\n[[part]]\nid = "box"\ntext = "Write to the box."\n'
    desk = at_desk("sven", scene(text))
    panel = answer(desk)
    assert panel.fixed_words[1] == "Sven Kröger\n+49 40 8000 130\nsven@example.org\n\nWrite to the box."
    desk.type("It leaves today.")
    desk.press("Ctrl+L")
    made = desk.profile.client.replies.letter("It leaves today.", desk.ticket("busy").ticket)
    assert panel.previewed == made.sheet.text
    assert panel.previewed.endswith("Write to the box.")
    assert desk.sees("From support@example.org", panel)
    assert desk.sees(f"Subject: {made.sheet.subject}", panel)


def test_hints_come_in_the_form_of_a_call_too_in_one_line_k08_v31(tmp_path: Path, theme: Theme) -> None:
    """While the caller speaks; the call is saved all the same."""
    rules = '[wording]\nno_shouting = true\njargon = [{ word = "DNS", plain = "address book" }]\nrules = []\n'
    with workplace(tmp_path / "profile", theme, small_desk(f"\n{rules}")) as place:
        place.sign_in()
        form = begin(place)
        height = form.hints.height()
        form.fault.setFocus()
        place.type("THE DNS OF THE PRINTER IS WRONG!!!")
        place.until(lambda: "It reads like shouting" in form.hints.words, "the hint")
        assert "DNS → address book" in form.hints.words
        assert form.hints.height() == height
        assert form.values().fault == "THE DNS OF THE PRINTER IS WRONG!!!"
