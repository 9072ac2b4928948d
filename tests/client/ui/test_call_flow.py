"""A call from its first ring to the end of its record, with keys only (H-08 to H-14, H-16 to H-21, H-32; points 1 to 14)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_client.services.errors import DiskFull
from desk_client.ui.call.form import CallFields, CallForm
from desk_client.ui.theme import Theme
from desk_client.ui.widgets import Chip
from desk_core import references
from desk_core.tickets import Ticket
from tests.client.double import MemoryServer
from tests.support.desk_profile import MemoryKeyring
from tests.support.workplace import Workplace, small_desk, words, workplace

KEY = Qt.Key
FAULT = "Stops after about 20 labels"


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme) as made:
        made.sign_in()
        yield made


def begin(place: Workplace) -> CallForm:
    """Begin a call by its key; the form."""
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller", "the form")
    return form_of(place)


def form_of(place: Workplace) -> CallForm:
    work = place.screens.calls.current
    assert work is not None
    return work.form


def fill(place: Workplace, **texts: str) -> None:
    """Type from field to field with Tab, as a caller talks; the cursor stands in the first field."""
    values = {
        "caller": "Eva Lorenz",
        "company": "Lorenz Etiketten",
        "phone": "040 1234567",
        "product": "LabelJet 2100",
        "serial": "LJ21-555",
        "category": "does not start",
        "fault": FAULT,
    } | texts
    for place_, text in enumerate(values.values()):
        if place_:
            place.press(KEY.Key_Tab)
        place.type(text)


def logged(place: Workplace) -> Ticket:
    """The ticket of the call on show, as this computer knows it."""
    work = place.screens.calls.current
    assert work is not None
    found = place.client.tickets.get(work.saving.ticket)
    return found.ticket  # type: ignore[union-attr]


def chips(place: Workplace) -> list[str]:
    return [chip.words for chip in form_of(place).findChildren(Chip) if chip.isVisible()]


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
    """11: at most 12 keystrokes plus text."""
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


def test_a_picked_caller_fills_the_form_and_never_overwrites_without_asking(place: Workplace) -> None:
    """14."""
    form = begin(place)
    form.phone.setFocus()
    place.type("+44 99")
    form.caller.setFocus()
    place.type("Amy")
    place.until(lambda: form.offers["caller"].shown)
    assert [item.title for item in form.offers["caller"].items()] == ["Amy Clarke"]
    place.press(KEY.Key_Down)
    place.press(KEY.Key_Return)
    assert (form.values().caller, form.values().company) == ("Amy Clarke", "Surrey Foods Ltd")
    assert form.values().phone == "+44 99"
    assert "Replace what you typed: “+44 99” by “+44 1483 555019”?" in form.question.words
    place.click("answer_replace")
    assert form.values().phone == "+44 1483 555019"


def test_entitlement_and_a_duplicate_are_shown_before_saving_h05_h12(place: Workplace) -> None:
    """13."""
    form = begin(place)
    form.serial.setFocus()
    place.type("LJ43-0092817")
    place.until(lambda: "Maintenance contract until 30 Jun 2027" in chips(place))
    place.until(lambda: "Same device as" in "".join(c.words for c in place.window.context.findChildren(Chip)))
    assert "Printhead error E-114, stops soon" in words(place.window.context)
    assert "Known customer" in chips(place)
    form.company.setFocus()
    place.type("Nobody Ltd")
    form.serial.set_text("")
    place.type(".")
    place.until(lambda: "New customer" in chips(place))


def test_several_callers_with_one_number_are_listed_and_none_is_preselected(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3."""
    lookup, known = place.client.lookup, place.client.lookup.by_phone("+49405550177")
    both = (known[0], lookup.by_phone("+49405550212")[0])
    monkeypatch.setattr(lookup, "by_phone", lambda *_: both)
    place.client.calls.phone("ringing", "ph-2", "+49405550177").result(5)
    place.until(lambda: "2 possible callers" in place.window.work.banner.text)
    place.press(KEY.Key_F2)
    place.until(lambda: place.screens.calls.current)
    form = form_of(place)
    place.until(lambda: "2 people may have this number" in words(place.window.context))
    assert form.values() == CallFields(phone="+49 40 5550177")
    monkeypatch.undo()
    place.click("Rolf Brandt")
    assert (form.values().caller, form.values().company) == ("Rolf Brandt", "Brandt & Söhne")


def test_a_ringing_call_takes_no_focus_and_no_text(place: Workplace) -> None:
    """2."""
    form = begin(place)
    place.type("Eva Lo")
    place.client.calls.phone("ringing", "ph-3", "+441483555019").result(5)
    place.until(lambda: "Amy Clarke, Surrey Foods Ltd" in place.window.work.banner.text)
    assert "not verified" in place.window.work.banner.text
    place.client.calls.phone("answered", "ph-3", "+441483555019").result(5)
    place.until(lambda: "Answered" in place.window.work.banner.text)
    place.type("renz")
    assert (form.values().caller, place.focused(), place.window.work.page) == ("Eva Lorenz", "Caller", form)


def test_two_calls_are_kept_and_switched_by_one_key(place: Workplace) -> None:
    """9."""
    first = begin(place)
    place.type("Eva")
    place.press(KEY.Key_F2)
    place.until(lambda: form_of(place) is not first)
    second = form_of(place)
    place.type("Otto")
    place.press(KEY.Key_F10)
    assert place.window.work.page is first
    assert (first.values().caller, second.values().caller) == ("Eva", "Otto")
    assert first.reference.text != second.reference.text


def test_an_answered_call_opens_by_itself_while_nobody_types(place: Workplace) -> None:
    assert place.window.queue_view.hasFocus()
    place.client.calls.phone("answered", "ph-4", "+441483555019").result(5)
    place.until(lambda: place.screens.calls.current and form_of(place).values().company == "Surrey Foods Ltd")
    assert "Filled from the phone number; ask to be sure" in chips(place)


def test_the_timer_goes_on_after_a_restart_and_ignores_the_wall_clock(tmp_path: Path, theme: Theme) -> None:
    """7, 8."""
    desk, keyring, folder = small_desk(), MemoryKeyring(), tmp_path / "profile"
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.sign_in()
        begin(place)
        place.clock.go_on(seconds=95)
        place.until(lambda: place.window.call_bar.timer.text() == "01:35")


def test_a_draft_is_there_again_after_a_crash(tmp_path: Path, theme: Theme) -> None:
    """12: what was typed a second ago is back, with its call and its number."""
    desk, keyring, folder = small_desk(), MemoryKeyring(), tmp_path / "profile"
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.sign_in()
        place.go_offline()
        form = begin(place)
        number = form.reference.text
        fill(place, fault="Only half a sent")
        place.until(lambda: "Saved on this computer" in words(form))
        place.until(lambda: not place.screens.calls.dirty)
        # As the power would: nothing that runs at an orderly end may help.
        place.screens.calls.keep_drafts = lambda: None  # type: ignore[method-assign]
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.until(lambda: place.screens.calls.current)
        form = form_of(place)
        assert form.reference.text == number
        assert form.values().fault == "Only half a sent"
        assert form.values().caller == "Eva Lorenz"
        assert "go on where you left it" in form.notice.text


def test_a_full_disk_is_said_and_keeps_the_text(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """F8: what was typed stays in the form; the next try saves it."""
    form = begin(place)
    fill(place)

    def full(*_args: object, **_more: object) -> Future[None]:
        future: Future[None] = Future()
        future.set_exception(DiskFull("There is no space left on this disk; free some space and save again."))
        return future

    with monkeypatch.context() as patch:
        patch.setattr(place.client.calls, "log", full)
        place.ctrl(KEY.Key_2)
        place.until(lambda: "no space left" in form.notice.text)
    assert form.values().fault == FAULT
    place.ctrl(KEY.Key_2)
    place.until(lambda: "calls back" in form.notice.text)


def test_escape_closes_the_list_only(place: Workplace) -> None:
    """17."""
    form = begin(place)
    place.type("Amy")
    place.until(lambda: form.offers["caller"].shown)
    place.press(KEY.Key_Escape)
    assert not form.offers["caller"].shown
    assert (form.values().caller, place.window.work.page) == ("Amy", form)


def test_window_keys_work_while_somebody_types(place: Workplace) -> None:
    """22: and no key that types is taken away."""
    form = begin(place)
    form.fault.setFocus()
    place.type("a")
    place.press(KEY.Key_Return)
    place.ctrl(KEY.Key_K)
    assert place.focused() == "Search tickets, people, serial numbers"
    assert form.fault.editor.toPlainText() == "a\n"
    assert QApplication.activeModalWidget() is None


def test_a_second_member_sees_the_call_once(place: Workplace) -> None:
    form = begin(place)
    fill(place)
    place.ctrl(KEY.Key_2)
    place.until(lambda: "calls back" in form.notice.text)
    place.go_online()
    desk: MemoryServer = place.desk
    assert [t.fault.caller for t in desk.tickets.values()].count("Eva Lorenz") == 1
