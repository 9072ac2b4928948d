"""The telephone in the window, point by point of what an agent expects of it (desktop 1 to 14, 44; R38, R45, R52, R53)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_client.services.errors import DeskError
from desk_client.services.telephony import HELD_SECONDS, Heard
from desk_client.ui.theme import Theme
from desk_core import commands as c
from tests.support.call_keys import FAULT, chips, form_of, logged
from tests.support.desk_profile import MemoryKeyring
from tests.support.workplace import Workplace, small_desk, words, workplace

KEY = Qt.Key
UNKNOWN = "+4915199999999"


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme) as made:
        made.client.telephone.told = made.screens.told.emit
        made.sign_in()
        yield made


def hear(place: Workplace, event: str, number: str = "", phone_id: str = "", name: str = "") -> Heard:
    """What comes through the door."""
    return place.client.telephone.hear({"event": event, "number": number, "id": phone_id, "name": name})


def banner(place: Workplace) -> str:
    return str(place.window.work.banner.text)


def answer(place: Workplace) -> None:
    """One key, and the form."""
    before = place.screens.calls.current
    place.press(KEY.Key_F2)
    place.until(lambda: place.screens.calls.current is not before, "the form")


def test_point_01_a_known_number_is_shown_within_a_second(place: Workplace) -> None:
    """desktop 1; with a real softphone in test_softphone.py."""
    begun = time.monotonic()
    hear(place, "ringing", "040 5550177", "p1")
    place.until(lambda: "Imke Petersen, Nordlicht Druck GmbH" in banner(place))
    assert time.monotonic() - begun < 1.0
    assert place.window.call_bar.chip.words == "Ringing"


def test_point_02_a_pop_takes_neither_focus_nor_text_and_no_modal_window_opens(place: Workplace) -> None:
    """desktop 2: in the search, where no call is open."""
    place.ctrl(KEY.Key_K)
    place.type("Brandt")
    for event in ("ringing", "answered", "ended"):
        hear(place, event, "+441483555019", "p1", "Amy")
        place.until(lambda: "Amy Clarke" in banner(place))
        place.type("x")
    place.until(lambda: banner(place).startswith("Answered"))
    assert place.window.call_bar.search.text() == "Brandtxxx"
    assert place.window.call_bar.search.hasFocus()
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None


def test_point_03_every_caller_is_said_and_nobody_is_made_up(place: Workplace) -> None:
    """desktop 3: unknown, withheld, emergency number, extension, unreadable, doubled."""
    for phone_id, (number, says, field) in enumerate(
        (
            (UNKNOWN, "+49 1519 9999999 is calling", "+49 1519 9999999"),
            ("", "number withheld is calling", ""),
            ("110", "110 is calling", "110"),
            ("anonymous", "number withheld is calling", ""),
            ("sip:23@pbx.local", "23 is calling", "23"),
            ("<img src='file:///x'>\u202e", "number withheld is calling", ""),
            ("04055501770405550177", "Imke Petersen", "+49 40 5550177"),
        )
    ):
        hear(place, "ringing", number, f"p{phone_id}")
        place.until(lambda says=says: says in banner(place), says)  # type: ignore[misc]
        answer(place)
        form = form_of(place)
        assert form.values().phone == field
        if number == UNKNOWN:
            place.until(lambda: "New customer" in chips(place))
            assert place.focused() == "Caller"
        if not says.startswith("Imke"):
            assert (form.values().caller, form.values().company) == ("", "")


def test_point_04_a_number_that_is_only_written_somewhere_is_maybe(tmp_path: Path, theme: Theme) -> None:
    """desktop 4: in a customer's notes and in a note on a ticket; never the contact, also where it is the only one."""
    desk = small_desk()
    desk.customers["k1"] = msgspec.structs.replace(desk.customers["k1"], notes="At night: 0170 / 555 66 77 (porter)")
    desk.do(desk.members["jonas"], c.AddNote(ticket="t3", text="Calls from +49 171 5556688 this week"))
    desk.publish()
    with workplace(tmp_path / "profile", theme, desk) as place:
        place.client.telephone.told = place.screens.told.emit
        place.sign_in()
        for number, company, phone_id in (
            ("+491705556677", "Brandt & Söhne", "p1"),
            ("01715556688", "Hafenlogistik Nord", "p2"),
        ):
            hear(place, "ringing", number, phone_id)
            place.until(lambda: "(perhaps known) is calling" in banner(place))
            answer(place)
            place.until(lambda: "This number may belong to" in words(place.window.context))
            place.until(lambda company=company: company in words(place.window.context))  # type: ignore[misc]
            form = form_of(place)
            assert (form.values().caller, form.values().company) == ("", "")
            assert "Perhaps known: choose at the right" in chips(place)
        place.click("Hafenlogistik Nord")
        assert form_of(place).values().company == "Hafenlogistik Nord"


def test_point_05_the_form_opens_from_outside_and_answers_what_rings(place: Workplace) -> None:
    """desktop 5: --call-start, bound to a key of the desktop."""
    hear(place, "begin")
    place.until(lambda: place.screens.calls.current)
    first = form_of(place)
    place.until(lambda: place.focused() == "Caller")
    ringing = hear(place, "ringing", UNKNOWN, "p1")
    place.until(lambda: "is calling" in banner(place))
    hear(place, "begin")
    place.until(lambda: form_of(place) is not first)
    assert place.screens.calls.current is not None
    assert place.screens.calls.current.call.id == ringing.call


def test_point_05_what_is_asked_for_while_the_window_starts_waits_for_the_sign_in(tmp_path: Path, theme: Theme) -> None:
    """desktop 5, 44: also a call that rings meanwhile; what is older than a minute is dropped."""
    with workplace(tmp_path / "profile", theme) as place:
        place.client.telephone.told = place.screens.told.emit
        for number, age in (("+49301", HELD_SECONDS), (UNKNOWN, 5)):
            with pytest.raises(DeskError, match="Nobody is signed in"):
                hear(place, "ringing", number, number)
            place.clock.go_on(seconds=age)
        place.sign_in()
        place.until(lambda: "1519 9999999" in banner(place))
        assert len(place.client.calls.open()) == 1
        hear(place, "begin")
        place.until(lambda: place.screens.calls.current)


def test_point_07_and_08_the_timer_survives_a_restart_and_no_clock_moves_it(tmp_path: Path, theme: Theme) -> None:
    """desktop 7, 8: the wall clock jumps by a day in either direction, before and after the restart."""
    desk, keyring, folder = small_desk(), MemoryKeyring(), tmp_path / "profile"
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.client.telephone.told = place.screens.told.emit
        place.sign_in()
        place.go_offline()
        hear(place, "answered", "+49405550177", "p1")
        place.until(lambda: place.screens.calls.current)
        place.clock.jump(days=1)
        place.clock.go_on(seconds=95)
        place.until(lambda: place.window.call_bar.timer.text() == "01:35")
        place.until(lambda: not place.screens.calls.dirty, "the draft on the disk")
        clock = place.clock
    with workplace(folder, theme, desk, keyring=keyring, clock=clock) as place:
        place.clock.jump(days=-2)
        clock.go_on(seconds=60)
        place.until(lambda: place.screens.calls.current)
        place.until(lambda: place.window.call_bar.timer.text() == "02:35", "the timer after a restart")
        place.client.telephone.hear({"event": "ended", "number": "+49405550177", "id": "p1"})
        [row] = place.client.calls.open()
        assert row.call.answered_at is not None
        assert row.call.ended_at is not None
        assert (row.call.ended_at - row.call.answered_at).total_seconds() == 155
        place.until(lambda: place.window.call_bar.chip.words == "Wrap-up")
        place.until(lambda: not place.screens.calls.dirty, "the draft on the disk")


def test_point_09_a_second_call_is_held_beside_the_first(place: Workplace) -> None:
    """desktop 9: events of one call never touch the other; one key switches."""
    hear(place, "answered", "+49405550177", "p1")
    place.until(lambda: place.screens.calls.current)
    first = form_of(place)
    hear(place, "ringing", "+441483555019", "p2")
    place.until(lambda: "Amy Clarke" in banner(place))
    answer(place)
    second = form_of(place)
    place.type("x")
    hear(place, "ended", "+49405550177", "p1")
    place.until(lambda: sum(row.call.ended_at is not None for row in place.client.calls.open()) == 1)
    assert place.window.call_bar.chip.words == "On a call"
    place.press(KEY.Key_F10)
    assert place.window.work.page is first
    place.until(lambda: place.window.call_bar.chip.words == "Wrap-up")
    place.press(KEY.Key_F10)
    assert place.window.work.page is second
    assert place.window.call_bar.chip.words == "On a call"


def test_point_10_wrap_up_has_a_timer_of_its_own_and_asks_for_nothing_but_the_required(place: Workplace) -> None:
    """desktop 10."""
    place.go_offline()
    hear(place, "answered", "+441483555019", "p1")
    place.until(lambda: place.screens.calls.current and form_of(place).values().company)
    place.clock.go_on(seconds=240)
    place.until(lambda: place.window.call_bar.timer.text() == "04:00")
    hear(place, "ended", "+441483555019", "p1")
    place.until(lambda: place.window.call_bar.chip.words == "Wrap-up")
    place.clock.go_on(seconds=31)
    place.until(lambda: place.window.call_bar.timer.text() == "00:31", "the wrap-up's own timer")
    form = form_of(place)
    form.product.set_text("LabelJet 4300")
    form.serial.set_text("LJ43-0100034")
    form.fault.setFocus()
    place.type(FAULT)
    assert form.values().category == ""
    place.ctrl(KEY.Key_S)
    place.until(lambda: form.notice.text.startswith("Saved."))


def test_point_11_an_unknown_caller_takes_no_key_but_content_tab_and_enter(place: Workplace) -> None:
    """desktop 11: all six fields, from ringing to the reference that was told; F2 is the key that answers."""
    hear(place, "ringing", "", "p1")
    place.until(lambda: "number withheld is calling" in banner(place))
    answer(place)
    form = form_of(place)
    place.until(lambda: place.focused() == "Caller")
    assert form.reference.text, "the reference is there before anything is typed"
    pressed: list[Qt.Key] = []
    texts = ("Eva Lorenz", "Lorenz Etiketten", "040 1234567", "LabelJet 2100", "LJ21-555", "does not start", FAULT)
    for place_, text in enumerate(texts):
        if place_:
            pressed.append(KEY.Key_Tab)
            place.press(KEY.Key_Tab)
        place.type(text)
    while place.focused() != "Save  Ctrl S" and not place.focused().startswith("Put through") and len(pressed) < 14:
        pressed.append(KEY.Key_Tab)
        place.press(KEY.Key_Tab)
    assert place.focused().startswith(("Save", "Put through"))
    pressed.append(KEY.Key_Return)
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.calls.current.saving.ticket)  # type: ignore[union-attr]
    assert set(pressed) <= {KEY.Key_Tab, KEY.Key_Return, KEY.Key_Enter}
    fault = logged(place).fault
    assert (fault.caller, fault.company, fault.phone) == texts[:3]
    assert (fault.product, fault.serial, fault.description) == (texts[3], texts[4], FAULT)


def test_r53_a_name_from_the_telephone_is_shown_and_neither_believed_nor_kept(place: Workplace) -> None:
    hear(place, "ringing", UNKNOWN, "p1", '"Your bank\u202e <b>"')
    place.until(lambda: "as “Your bank <b>” is calling" in banner(place))
    hear(place, "ringing", "+49405550177", "p2", "Somebody else")
    place.until(
        lambda: "Imke Petersen, Nordlicht Druck GmbH (+49 40 5550177, not verified) is calling" in banner(place)
    )
    assert "bank" not in str(place.client.calls.open())


def test_dialling_takes_one_key_from_a_ticket_and_from_the_list_of_call_backs(place: Workplace) -> None:
    """The command is started with the whole number; without one in the settings it is said where to set it."""
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.tickets and place.screens.tickets.shown)
    place.until(lambda: place.window.work.page and place.window.work.page.phone_number())
    place.press(KEY.Key_F11)
    assert place.window.work.hint == "Say in the settings which command dials."
    place.ctrl(KEY.Key_Comma)
    place.until(lambda: place.button("settings_done"))
    settings = place.window.work.page
    settings.dial.setFocus()
    place.type("softphone call {number}")
    place.press(KEY.Key_Escape)
    place.press(KEY.Key_F11)
    place.until(lambda: place.dialled, "the softphone")
    command, number = place.dialled[0]
    shown = place.client.tickets.get(place.screens.tickets.shown)  # type: ignore[union-attr]
    assert (command, number) == ("softphone call {number}", shown.ticket.fault.phone_e164)  # type: ignore[union-attr]
    assert "Dialling +4" in banner(place)
    place.screens.tickets.call_backs.trigger()  # type: ignore[union-attr]
    place.until(lambda: place.window.work.page.objectName() == "call-backs-page")
    place.press(KEY.Key_F11)
    place.until(lambda: len(place.dialled) == 2)
    assert place.dialled[1][1].startswith("+4")


def test_r45_a_link_dials_nothing_before_a_person_says_so(place: Workplace) -> None:
    place.screens._settings.set_dial_command("softphone {number}")
    hear(place, "dial", "%2B49%20151%2099999999")
    place.until(lambda: banner(place) == "A link asks you to call +49 1519 9999999.")
    assert place.dialled == []
    for hostile in ("javascript:alert(1)", "--reverse", "", "a" * 4_000):
        with pytest.raises(DeskError, match="no number"):
            hear(place, "dial", hostile)
    place.press(KEY.Key_F11)
    place.until(lambda: place.dialled)
    assert place.dialled == [("softphone {number}", UNKNOWN)]
