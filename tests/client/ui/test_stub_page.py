"""A ticket of another department: its stub and nothing more; a note is the way to them (H-29)."""

from collections.abc import Callable

from desk_client.ui.ticket.stub import StubPage
from desk_core import commands as c
from desk_core.commands import AddNote
from tests.support.desk_window import DeskWindow
from tests.support.ticket_scene import scene

AtDesk = Callable[..., DeskWindow]


def find(desk: DeskWindow, reference: str) -> StubPage:
    """As a person does it: type the number that the caller says into the search."""
    desk.press("Ctrl+K")
    desk.type(reference)
    desk.press("Return")
    desk.wait(lambda: isinstance(desk.window.work.page, StubPage), "the stub")
    page = desk.window.work.page
    assert isinstance(page, StubPage)
    return page


def test_it_says_whose_it_is_and_nothing_of_what_it_is_about(at_desk: AtDesk) -> None:
    desk = at_desk()
    page = find(desk, "100 004 4")
    words = desk.words(page)
    assert {"100 004 4", "It belongs to Workshop and spare parts", "Open", "Nobody holds it at the moment."} <= set(
        words
    )
    everything = "\n".join(desk.words())
    for secret in ("Needs a repair", "Jonas Reimann", "5550188", "LJ43-0011223", "Repair and return"):
        assert secret not in "\n".join(words) + "\n".join(desk.words(desk.window.context))
    assert "Needs a repair" not in everything
    assert [action.text() for action in (page.expected, *page.others, *page.aside) if action] == ["Send the note"]


def test_the_holders_department_is_told_but_not_the_holder(at_desk: AtDesk) -> None:
    day = scene()
    wilma = day.world.members["wilma"]
    day.world.do(wilma, c.TakeNext())
    desk = at_desk("sven", day)
    page = find(desk, "100 004 4")
    assert desk.sees("Held by a colleague in Workshop and spare parts.", page)
    assert not desk.sees("Wilma", page)


def test_a_note_goes_to_them(at_desk: AtDesk) -> None:
    """Only the server can say what comes of it: it is saved here."""
    desk = at_desk()
    page = find(desk, "100 004 4")
    desk.type("Jonas called again,\nhe waits for a date.")
    desk.press("Ctrl+Enter")
    sentence = "The note is saved here; Workshop and spare parts gets it as soon as the server has it."
    desk.wait(lambda: desk.window.work.banner.text == sentence, "what became of it")
    outbox = desk.profile.client.outbox
    (note,) = outbox.pending()
    ask = outbox.editable(note)
    assert isinstance(ask, AddNote)
    assert ask.text == "Jonas called again,\nhe waits for a date."
    assert page.panel.values() == {"text": ""}


def test_an_empty_note_is_refused_and_a_begun_one_is_kept(at_desk: AtDesk) -> None:
    desk = at_desk()
    page = find(desk, "100 004 4")
    desk.press("Ctrl+Enter")
    desk.wait(lambda: page.panel.problem, "the sentence")
    assert page.panel.problem == "Write something first; the text is empty."
    desk.type("Half a")
    desk.press("Esc")
    assert desk.window.queue_view.hasFocus()
    desk.press("Home", "Return")
    assert find(desk, "100 004 4").panel.values() == {"text": "Half a"}


def test_a_ticket_that_leaves_the_scope_becomes_a_stub_on_the_screen(at_desk: AtDesk) -> None:
    """What somebody may not read any more does not stay on the screen."""
    desk = at_desk()
    desk.press("Ctrl+H", "Home", "Return")
    assert desk.sees("Printhead error E-114", desk.page)
    store = desk.profile.client.access

    def moved() -> None:
        store.store.cache.purge(["technical_support"], desk.screens.desk.policy)
        store.listeners.tell("tickets")

    store.storage.submit(moved).result(10)
    desk.wait(lambda: isinstance(desk.window.work.page, StubPage), "the stub")
    assert not desk.sees("Printhead error E-114")
