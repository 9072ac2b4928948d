"""A call from its first ring to the end of its record, with keys only (H-08 to H-14, H-16 to H-21, H-32; points 1 to 14)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_client.ui.theme import Theme
from desk_core import references
from tests.client.double import MemoryServer
from tests.support.call_keys import FAULT, begin, fill, form_of, logged
from tests.support.workplace import Workplace, words, workplace

KEY = Qt.Key


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme) as made:
        made.sign_in()
        yield made


def test_the_reference_is_there_at_once_without_a_network_h09(place: Workplace) -> None:
    place.go_offline()
    form = begin(place)
    number = form.reference.text
    assert references.parse(number) is not None
    assert "read it out with the class" in words(form)
    assert place.window.call_bar.chip.words == "On a call"


def test_a_fault_is_logged_and_put_through_with_keys_only_h13(place: Workplace) -> None:
    form = begin(place)
    number = references.parse(form.reference.text)
    fill(place)
    place.ctrl(KEY.Key_T)
    place.until(lambda: "Told at 10:00" in place.button("call_told").text())
    place.ctrl(KEY.Key_1)
    place.until(lambda: place.focused() == "Name", "the specialists")
    place.type("petra")
    place.press(KEY.Key_Return)
    place.until(lambda: form.notice.text == "Put through to Petra Vogt.")
    place.press(KEY.Key_F4)
    place.until(lambda: place.screens.calls.current is None, "the end of the call")
    place.go_online()
    [ticket] = [t for t in place.desk.tickets.values() if t.reference == number]
    assert (ticket.holder, ticket.fault.description, ticket.undecided) == ("petra", FAULT, False)
    [call] = [c for c in place.desk.calls.values() if c.ticket == ticket.id]
    assert (call.outcome, call.told_at is not None, call.not_told) == ("logged", True, False)


def test_a_known_caller_is_put_through_in_few_keys(place: Workplace) -> None:
    """desktop 11: at most 12 keystrokes plus text."""
    place.client.calls.phone("ringing", "ph-1", "+49405550177").result(5)
    place.until(lambda: "is calling" in place.window.work.banner.text)
    keys = 0

    def press(key: Qt.Key, *, ctrl: bool = False) -> None:
        nonlocal keys
        keys += 1
        place.ctrl(key) if ctrl else place.press(key)

    press(KEY.Key_F2)
    place.until(lambda: place.screens.calls.current)
    form = form_of(place)
    place.until(lambda: form.values().caller == "Imke Petersen", "the screen pop")
    place.until(lambda: place.screens.calls.current.picking.facts.customer)  # type: ignore[union-attr]
    place.screens.calls.current.take_focus()  # type: ignore[union-attr]
    assert place.focused() == "Product"
    press(KEY.Key_Down)
    place.until(lambda: form.offers["product"].shown)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert form.values().serial == "LJ43-0092817"
    press(KEY.Key_Tab)
    press(KEY.Key_Tab)
    place.type("printhead")
    press(KEY.Key_Tab)
    place.type(FAULT)
    press(KEY.Key_1, ctrl=True)
    place.until(lambda: place.focused() == "Name")
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    place.until(lambda: "Put through to" in form.notice.text)
    assert keys <= 12
    assert logged(place).holder == "petra", "who knows the product stands first (H-03)"


def test_a_call_back_is_promised_with_its_time_h14(place: Workplace) -> None:
    form = begin(place)
    fill(place, company="Surrey Foods Ltd", serial="LJ43-0100034")
    place.until(lambda: "If you call back: due 12:00, if saved now" in words(place.window.context))
    assert "2 h counted on Tue" in words(place.window.context)
    place.ctrl(KEY.Key_2)
    place.until(lambda: form.notice.text == "A specialist calls back: due 12:00. Tell the caller.")
    assert logged(place).call_back
    place.press(KEY.Key_F4)
    place.until(lambda: form.question.words)
    assert form.question.words == "Did you tell the caller the number and the class?"
    place.until(lambda: place.window.call_bar.chip.words == "Wrap-up")
    place.press(KEY.Key_Right)
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.calls.current is None)
    place.go_online()
    assert [c.not_told for c in place.desk.calls.values() if c.outcome == "logged"][-1] is True


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("caller", "Ask for the caller's name"),
        ("company", "Ask for the company"),
        ("phone", "Ask for the phone number"),
        ("product", "Ask for the product"),
        ("serial", "Ask for the serial number"),
        ("fault", "Say what is wrong in a few words"),
    ],
)
def test_each_missing_field_is_said_at_its_place(place: Workplace, name: str, sentence: str) -> None:
    """H-16 to H-21: nothing typed is lost, the cursor stands where something is missing."""
    form = begin(place)
    fill(place, **{name: ""})
    before = form.values()
    place.ctrl(KEY.Key_2)
    field = getattr(form, name)
    place.until(lambda: field.error)
    assert field.error.startswith(sentence)
    assert field.editor.hasFocus()
    assert form.values() == before
    place.type("x-12345")
    assert field.error == ""
    place.ctrl(KEY.Key_2)
    place.until(lambda: "calls back" in form.notice.text)


def test_a_missing_class_is_asked_for_before_a_way_is_taken_h10(place: Workplace) -> None:
    form = begin(place)
    fill(place, category="")
    place.ctrl(KEY.Key_1)
    place.until(lambda: form.category.error)
    assert form.category.error.startswith("Choose a class or type one")
    assert place.focused() == "Class"
    place.type("driv")
    place.until(lambda: form.offers["category"].shown)
    place.press(KEY.Key_Down)
    place.press(KEY.Key_Return)
    assert form.values().category == "Driver"
    place.ctrl(KEY.Key_1)
    place.until(lambda: place.focused() == "Name")
    assert logged(place).category == "driver"


def test_an_enquiry_has_other_mandatory_fields_h32(place: Workplace) -> None:
    place.go_offline()
    form = begin(place)
    place.press(KEY.Key_Backtab)
    assert place.focused() == "Kind: Fault, chosen"
    place.press(KEY.Key_Right)
    assert place.focused() == "Kind: Enquiry, chosen"
    assert form.serial.caption.text() == "Serial number (optional)"
    form.fault.setFocus()
    place.type("Which ribbon fits?")
    place.ctrl(KEY.Key_S)
    place.until(lambda: form.notice.text.startswith("Saved."))
    place.press(KEY.Key_F4)
    place.until(lambda: form.question.words)
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.calls.current is None)
    place.go_online()
    assert [t.kind for t in place.desk.tickets.values() if t.title == "Which ribbon fits?"] == ["enquiry"]


def test_a_call_without_a_ticket_ends_with_a_reason_h08(place: Workplace) -> None:
    form = begin(place)
    number = references.parse(form.reference.text)
    place.press(KEY.Key_F4)
    place.until(lambda: form.question.words)
    assert "Why is none needed?" in form.question.words
    assert place.focused() == "No ticket needed"
    place.press(KEY.Key_Escape)
    assert (form.question.words, place.focused()) == ("", "Caller")
    place.press(KEY.Key_F4)
    place.until(lambda: form.question.words)
    place.press(KEY.Key_Right)
    assert place.focused() == "Wrong number"
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.calls.current is None)
    place.go_online()
    assert [c.outcome for c in place.desk.calls.values() if c.reference == number] == ["wrong_number"]


def test_the_way_is_asked_for_when_a_call_ends_without_one_h13(place: Workplace) -> None:
    begin(place)
    fill(place, company="Surrey Foods Ltd", serial="LJ43-0100034")
    place.ctrl(KEY.Key_S)
    place.until(lambda: form_of(place).notice.text.startswith("Saved."))
    place.press(KEY.Key_F4)
    place.until(lambda: "Choose how it goes on" in place.window.work.hint)
    assert place.screens.calls.current is not None


def test_a_second_member_sees_the_call_once(place: Workplace) -> None:
    form = begin(place)
    fill(place)
    place.ctrl(KEY.Key_2)
    place.until(lambda: "calls back" in form.notice.text)
    place.go_online()
    desk: MemoryServer = place.desk
    assert [t.fault.caller for t in desk.tickets.values()].count("Eva Lorenz") == 1


def test_a_supervisor_may_leave_out_the_serial_number_with_a_reason_h20(tmp_path: Path, theme: Theme) -> None:
    with workplace(tmp_path / "profile", theme) as place:
        place.sign_in("susanne")
        form = begin(place)
        fill(place, serial="")
        place.ctrl(KEY.Key_2)
        place.until(lambda: place.focused() == "Why is there no serial number?")
        place.type("The label is torn off")
        place.ctrl(KEY.Key_2)
        place.until(lambda: "calls back" in form.notice.text)
        assert logged(place).fault.serial_missing == "The label is torn off"


def test_two_calls_ring_and_the_key_answers_the_one_that_is_named(place: Workplace) -> None:
    """desktop 3, 9: the other is announced next."""
    first = place.client.calls.phone("ringing", "ph-1", "+4915199999999").result(5)
    place.until(lambda: "1519 9999999" in place.window.work.banner.text)
    second = place.client.calls.phone("ringing", "ph-2", "+49405550177").result(5)
    place.until(lambda: "Imke Petersen" in place.window.work.banner.text)
    place.press(KEY.Key_F2)
    place.until(lambda: place.screens.calls.current)
    assert place.screens.calls.current is not None
    assert place.screens.calls.current.call.id == second.call
    place.until(lambda: "1519 9999999" in place.window.work.banner.text, "the other call to be named")
    place.press(KEY.Key_F2)
    place.until(lambda: place.screens.calls.current and place.screens.calls.current.call.id == first.call)
