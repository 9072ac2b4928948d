"""The window around the calls: the queue, take next, search, unsent work, settings, closing (H-24, P5; points 21, 23, 43 to 51)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from desk_client.ui.theme import Theme, look
from desk_client.ui.widgets import Label
from desk_core import commands as c
from desk_core import references
from tests.client.double import MemoryServer
from tests.support.workplace import Workplace, small_desk, words, workplace

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk() -> MemoryServer:
    return small_desk()


@pytest.fixture
def place(tmp_path: Path, theme: Theme, desk: MemoryServer) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme, desk) as made:
        made.sign_in()
        yield made


def shown(place: Workplace) -> list[str]:
    model = place.window.queue_view.model()
    rows = [model.row(place_) for place_ in range(model.rowCount())]
    return [row.company for row in rows]


def opened(place: Workplace) -> str:
    """The reference of the ticket on show, "" when none is."""
    page = place.window.work.page
    labels = page.findChildren(Label) if page is not None else []
    return next((references.parse(x.text()) or "" for x in labels if x.property("type") == "reference"), "")


# --- the queue -----------------------------------------------------------------------------------------------------------


def test_the_queue_stands_in_the_mandated_order_with_countdowns(place: Workplace) -> None:
    assert shown(place) == [
        *("Nordlicht Druck GmbH", "Brandt & Söhne", "Surrey Foods Ltd"),
        *("Kessel Apotheken", "Elbe Optik", "Hafenlogistik Nord"),
    ]
    row = place.window.queue_view.model().row(0)
    chip = place.screens.rows.measure(row, place.screens.desk.now())
    assert (row.promise, row.due_text, chip.seconds_left) == ("Call back", "due 10:30", 30 * 60)


def test_why_this_order_is_explained_in_place(place: Workplace) -> None:
    place.press(KEY.Key_O, CTRL | SHIFT)
    assert "what is due first, then what came in first, then the lower number" in place.window.queue.order
    assert "H-24" in place.window.queue.order
    place.press(KEY.Key_O, CTRL | SHIFT)
    assert place.window.queue.order == ""


def test_take_next_gives_the_head_and_opens_it(place: Workplace) -> None:
    place.press(KEY.Key_F9)
    place.until(lambda: place.client.queue.in_hand(), "the ticket in hand")
    [held] = place.client.queue.in_hand()
    place.until(lambda: opened(place) == held.reference)
    assert held.company == "Nordlicht Druck GmbH"
    place.until(lambda: "1 in hand" in place.screens.queue.in_hand.text())
    place.press(KEY.Key_H, CTRL)
    place.until(lambda: shown(place) == ["Nordlicht Druck GmbH"])
    place.press(KEY.Key_H, CTRL)
    place.until(lambda: len(shown(place)) == 6)


def test_take_next_says_offline_what_is_in_hand(place: Workplace) -> None:
    place.press(KEY.Key_F9)
    place.until(lambda: place.client.queue.in_hand())
    number = references.grouped(place.client.queue.in_hand()[0].reference)
    place.go_offline()
    place.until(lambda: place.window.actions_.take_next.why_not)
    place.press(KEY.Key_F9)
    assert place.window.work.hint.startswith("Take next needs the server")
    assert f"In hand: {number} (yours until " in place.window.work.hint


def test_take_next_says_when_nothing_waits(place: Workplace, desk: MemoryServer) -> None:
    with desk.lock:
        for ticket in list(desk.tickets.values()):
            desk.tickets[ticket.id] = msgspec.structs.replace(ticket, holder="jonas")
    place.press(KEY.Key_F9)
    place.until(lambda: place.window.work.hint == "Nothing waits for you.")


def test_the_selection_survives_a_sync(place: Workplace, desk: MemoryServer) -> None:
    """23."""
    place.press(KEY.Key_Down)
    place.press(KEY.Key_Down)
    selected = place.window.queue_view.current_id()
    with desk.lock:
        desk.owed_call_back(desk.members["jonas"], "late", classification="Driver")
        desk.publish()
    place.until(lambda: len(shown(place)) == 7)
    assert place.window.queue_view.current_id() == selected
    assert place.window.queue_view.hasFocus()


def test_enter_opens_the_ticket_read_only(place: Workplace) -> None:
    place.press(KEY.Key_Down)
    place.press(KEY.Key_Return)
    place.until(lambda: opened(place) == place.desk.tickets["t1"].reference)
    assert place.client.queue.in_hand() == ()


def test_an_empty_queue_says_why_and_what_to_do(place: Workplace) -> None:
    """51."""
    place.press(KEY.Key_H, CTRL)
    place.until(lambda: "You hold no ticket" in words(place.window.queue))


# --- search --------------------------------------------------------------------------------------------------------------


def test_a_reference_opens_at_once_with_or_without_spaces(place: Workplace, desk: MemoryServer) -> None:
    plain, spoken = desk.tickets["t2"].reference, references.grouped(desk.tickets["t1"].reference)
    for typed in (plain, spoken):
        place.ctrl(KEY.Key_K)
        place.type(typed)
        place.press(KEY.Key_Return)
        number = plain if typed == plain else references.parse(spoken)
        place.until(lambda wanted=number: opened(place) == wanted)  # type: ignore[misc]


def test_words_find_tickets_and_customers(place: Workplace) -> None:
    place.ctrl(KEY.Key_K)
    place.type("soehne")
    results = place.screens.search.page.list
    place.until(lambda: results.items())
    assert {item.key.partition(":")[0] for item in results.items()} == {"ticket", "customer"}
    place.press(KEY.Key_Down)
    assert results.hasFocus()
    place.press(KEY.Key_Return)
    place.until(lambda: opened(place) == place.desk.tickets["t1"].reference)


def test_a_search_that_finds_nothing_says_so_and_escape_goes_back(place: Workplace) -> None:
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    form = place.window.work.page
    place.type("Eva")
    place.ctrl(KEY.Key_K)
    place.type("zzzz")
    place.until(lambda: place.screens.search.page.lead.startswith("Nothing was found"))
    place.press(KEY.Key_Escape)
    assert place.window.work.page is form
    assert place.window.call_bar.search.hasFocus(), "an empty search is still a search"
    assert place.screens.calls.current.form.values().caller == "Eva"  # type: ignore[union-attr]
    place.press(KEY.Key_Escape)
    assert place.focused() == "Caller"


def test_from_another_page_a_key_leads_back_to_the_call(place: Workplace) -> None:
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    assert place.screens.calls.other_call not in place.window.call_bar.actions_shown
    place.press(KEY.Key_F7)
    assert place.window.call_bar.actions_shown[0].text() == "Back to the call"
    place.press(KEY.Key_F10)
    assert place.window.work.page is place.screens.calls.current.form  # type: ignore[union-attr]
    assert place.screens.calls.other_call not in place.window.call_bar.actions_shown


def test_a_ticket_of_another_department_shows_its_stub_and_nothing_more(place: Workplace, desk: MemoryServer) -> None:
    other = desk.policy.departments[1].id
    with desk.lock:
        desk.log(desk.members["olga"], "far", department=other)
        desk.seq += 1
        desk.publish()
    reference = desk.tickets["far"].reference
    place.press(KEY.Key_F5)
    place.until(lambda: place.client.lookup.find(reference).elsewhere)
    place.ctrl(KEY.Key_K)
    place.type(reference)
    place.press(KEY.Key_Return)
    title = desk.policy.departments[1].title
    place.until(lambda: title in words(place.window.work))
    assert "Nordlicht" not in words(place.window.work)


# --- unsent work ---------------------------------------------------------------------------------------------------------


def begin_offline(place: Workplace) -> str:
    place.go_offline()
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    return place.screens.calls.current.call.reference  # type: ignore[union-attr]


def test_the_status_line_counts_what_waits_in_words(place: Workplace) -> None:
    begin_offline(place)
    place.until(lambda: "1 call saved here" in place.window.status.network)
    assert place.window.status.network == "Offline since 10:00 — 1 call saved here, sent when the network is back"
    place.press(KEY.Key_F2)
    place.until(lambda: "2 calls saved here" in place.window.status.network)


def test_the_outbox_lists_every_item_in_words(place: Workplace) -> None:
    number = references.grouped(begin_offline(place))
    place.press(KEY.Key_F7)
    page = place.screens.outbox
    assert [item.title for item in page.list.items()] == [f"Call begun · {number}"]
    assert page.list.hasFocus()
    place.go_online()
    place.until(lambda: "Everything is sent." in words(page))
    assert page.isAncestorOf(place.window.focusWidget()), "the keyboard stays where the list was"
    place.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert place.window.work.page is place.screens.calls.current.form  # type: ignore[union-attr]


@pytest.fixture
def refused(place: Workplace, desk: MemoryServer) -> Workplace:
    """An item that the server refuses: a ticket was handed to somebody else while this computer was offline."""
    place.press(KEY.Key_F9)
    place.until(lambda: place.client.queue.in_hand())
    place.go_offline()
    ticket = place.client.queue.in_hand()[0].id
    place.client.tickets.ask(c.Resolve(ticket=ticket, solution="Ribbon turned")).result(5)
    with desk.lock:
        desk.tickets[ticket] = msgspec.structs.replace(desk.tickets[ticket], holder="jonas")
    desk.offline = False
    place.press(KEY.Key_F5)
    place.until(lambda: "needs your attention" in place.window.status.network)
    place.press(KEY.Key_F7)
    return place


def test_what_needs_attention_shows_the_servers_sentence(refused: Workplace) -> None:
    page = refused.screens.outbox
    assert "The server says: Jonas Reimann holds this ticket" in words(page)
    assert page.list.items()[0].chip == "needs attention"


def test_what_needs_attention_is_edited_and_sent_again(refused: Workplace, desk: MemoryServer) -> None:
    [ticket] = [t.id for t in desk.tickets.values() if t.holder == "jonas" and t.title.startswith("Printhead")]
    with desk.lock:
        desk.tickets[ticket] = msgspec.structs.replace(desk.tickets[ticket], holder="anke")
    refused.click("outbox_edit")
    assert refused.focused() == "Solution"
    refused.ctrl(KEY.Key_A)
    refused.type("Head cleaned")
    refused.click("outbox_send_again")
    refused.until(lambda: any(getattr(e.what, "solution", "") == "Head cleaned" for e in desk.events))
    refused.until(lambda: "attention" not in refused.window.status.network)


def test_discarding_is_an_act_of_its_own(refused: Workplace) -> None:
    page = refused.screens.outbox
    refused.click("outbox_discard")
    assert "would never be sent" in page.banner.text
    assert len(page.list.items()) == 1
    refused.click("outbox_discard_surely")
    refused.until(lambda: not page.list.items())
    refused.until(lambda: "attention" not in refused.window.status.network)


# --- closing, settings, keys ---------------------------------------------------------------------------------------------


def test_closing_with_unsent_work_says_how_much_and_keeps_it(place: Workplace) -> None:
    """45: staying is the safe answer."""
    begin_offline(place)
    place.press(KEY.Key_Q, CTRL)
    box = place.until(lambda: place.screens.box)
    assert box is not None
    assert box.text() == "1 call saved here and not sent yet."
    assert box.defaultButton().text() == "Keep the window open"
    place.press(KEY.Key_Escape)
    place.until(lambda: place.screens.box is None)
    assert place.window.isVisible()
    place.press(KEY.Key_Q, CTRL)
    place.until(lambda: place.screens.box)
    place.press(KEY.Key_Right)
    place.press(KEY.Key_Space)
    place.until(lambda: place.closed)
    assert len(place.client.outbox.pending()) == 1


def test_closing_keeps_the_last_words(place: Workplace) -> None:
    """R78: also what was typed a moment ago is on the disk."""
    reference = begin_offline(place)
    place.type("Eva Lor")
    call = place.screens.calls.current.call.id  # type: ignore[union-attr]
    place.screens.close()
    place.until(lambda: place.closed)
    draft = place.client.drafts.load(f"call:{call}")
    assert draft is not None
    assert "Eva Lor" in draft.body
    assert [row.call.reference for row in place.client.calls.open()] == [reference]


def test_settings_apply_at_once_and_are_kept(place: Workplace, tmp_path: Path) -> None:
    place.press(KEY.Key_Comma, CTRL)
    assert place.focused() == "Colours: As the system, chosen"
    place.press(KEY.Key_Right)
    place.press(KEY.Key_Right)
    assert place.focused() == "Colours: Dark, chosen"
    assert look().colours.dark
    kept = (tmp_path / "profile" / "settings.ini").read_text()
    assert "dark" in kept
    assert "token" not in kept.lower()
    place.press(KEY.Key_Escape)
    assert place.window.work.page is None


def test_no_shortcut_is_given_twice(place: Workplace) -> None:
    """21: in the window and on the form."""
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    actions = [*place.window.actions_.all(), *place.window.further_actions, *place.window.work.page.actions()]
    keys = Counter(action.shortcut().toString() for action in actions if not action.shortcut().isEmpty())
    assert [key for key, count in keys.items() if count > 1] == []


def test_everything_that_takes_the_focus_has_a_name(place: Workplace) -> None:
    """28."""
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    for key in (None, KEY.Key_F7):
        if key is not None:
            place.press(key)
        unnamed = [
            widget
            for widget in place.window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
        ]
        assert unnamed == []


def test_tab_goes_through_the_form_in_the_order_in_which_people_speak(place: Workplace) -> None:
    """16."""
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    order = []
    for _ in range(11):
        order.append(place.focused())
        place.press(KEY.Key_Tab)
    assert order == [
        *("Caller", "Company", "Phone", "Product", "Serial number", "Class", "Fault"),
        *("Put through to a specialist", "Call back", "Wants the Technical Support Manager", "Save"),
    ]


def test_a_wrong_clock_of_this_computer_is_told_once(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """R76."""
    state = place.client.status.state()
    monkeypatch.setattr(place.client.status, "state", lambda: msgspec.structs.replace(state, skew=240.0))
    place.press(KEY.Key_F5)
    place.until(lambda: "4 min ahead" in place.window.work.banner.text)


def test_50_both_versions_of_what_was_refused_stand_side_by_side(refused: Workplace, desk: MemoryServer) -> None:
    """What was given here, and what the ticket says there by now; neither is dropped."""
    page = refused.screens.outbox
    assert page.versions.text().splitlines() == [
        "Solution, as given here: Ribbon turned",
        "Solution, as it stands there: empty",
    ]
    assert page.versions.isVisible()
    [ticket] = [t.id for t in desk.tickets.values() if t.holder == "jonas" and t.title.startswith("Printhead")]
    desk.do(desk.members["jonas"], c.Resolve(ticket=ticket, solution="Head replaced"))
    desk.publish()
    refused.press(KEY.Key_F5)
    refused.until(lambda: "Solution, as it stands there: Head replaced" in page.versions.text())
