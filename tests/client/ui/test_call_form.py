"""The form of a call while somebody types: look-ups, ringing calls, drafts (R53; points 1 to 14, 17, 22, 35)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desk_client.services.errors import DiskFull
from desk_client.ui.call.form import CallFields
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from desk_client.ui.widgets import Button, Chip, Label
from tests.support.call_keys import FAULT, begin, chips, fill, form_of
from tests.support.desk_profile import MemoryKeyring
from tests.support.workplace import Workplace, small_desk, words, workplace

KEY = Qt.Key


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme) as made:
        made.sign_in()
        yield made


def test_a_picked_caller_fills_the_form_and_never_overwrites_without_asking(place: Workplace) -> None:
    """desktop 14."""
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
    """desktop 13."""
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


def test_h28_a_caller_who_gave_nothing_but_wants_the_manager_is_noted_by_one_key(place: Workplace) -> None:
    form = begin(place)
    place.click("call_manager")
    place.until(lambda: "Noted: the Technical Support Manager is told." in words(form))
    assert form.is_empty()


def test_several_callers_with_one_number_are_listed_and_none_is_preselected(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """desktop 3."""
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
    """desktop 2."""
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
    """desktop 9."""
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
    """desktop 7, 8."""
    desk, keyring, folder = small_desk(), MemoryKeyring(), tmp_path / "profile"
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.sign_in()
        begin(place)
        place.clock.go_on(seconds=95)
        place.until(lambda: place.window.call_bar.timer.text() == "01:35")


def test_a_draft_is_there_again_after_a_crash(tmp_path: Path, theme: Theme) -> None:
    """desktop 12: what was typed a second ago is back, with its call and its number."""
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
    """desktop 17."""
    form = begin(place)
    place.type("Amy")
    place.until(lambda: form.offers["caller"].shown)
    place.press(KEY.Key_Escape)
    assert not form.offers["caller"].shown
    assert (form.values().caller, place.window.work.page) == ("Amy", form)


def test_window_keys_work_while_somebody_types(place: Workplace) -> None:
    """desktop 22: and no key that types is taken away."""
    form = begin(place)
    form.fault.setFocus()
    place.type("a")
    place.press(KEY.Key_Return)
    place.ctrl(KEY.Key_K)
    assert place.focused() == "Search tickets, people, serial numbers"
    assert form.fault.editor.toPlainText() == "a\n"
    assert QApplication.activeModalWidget() is None


def cut(place: Workplace) -> list[str]:
    """Texts that have less room than they ask for."""
    return [
        widget.text()
        for widget in place.window.findChildren(QWidget)
        if isinstance(widget, Label | Button)
        and widget.isVisible()
        and (widget.width() < widget.minimumSizeHint().width() or widget.height() < widget.minimumSizeHint().height())
    ]


@pytest.mark.parametrize("base", [13, 26])
def test_nothing_is_cut_at_the_size_of_the_system(tmp_path: Path, qapp: QApplication, base: int) -> None:
    """desktop 35: the form with a question and the queue's head, at 100 % and at 200 %."""
    large = Theme(qapp, Scheme.LIGHT, base_px=base, reduced_motion=True)
    with workplace(tmp_path / "profile", large) as place:
        place.sign_in()
        form = begin(place)
        place.press(KEY.Key_F4)
        place.until(lambda: form.question.words)
        place.until(lambda: not cut(place), "a layout in which nothing is cut")
    qapp.removeEventFilter(large)


def test_what_is_asked_for_and_not_there_is_said_and_refuses_nothing_a51(tmp_path: Path, theme: Theme) -> None:
    gate = '\n[[gate]]\nrules = ["H-08"]\nbefore = "ticket.created"\nrequires = ["email"]\nonly_warn = true\n'
    with workplace(tmp_path / "profile", theme, small_desk(gate)) as place:
        place.sign_in()
        form = begin(place)
        fill(place)
        place.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
        place.until(lambda: "Ask for the customer's e-mail address" in form.notice.text, "the hint")
        assert form.notice.text.startswith("Saved.")
