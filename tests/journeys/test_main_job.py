"""The main job of the window with keys only, on the real server: a colleague sees every end state there (H-05…H-24, H-31, H-35)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_client.system.call_door import tell_window
from desk_client.ui.call.work import CallWork
from desk_client.ui.theme import Theme
from desk_core.references import grouped, parse
from tests.journeys.looking import whole_window
from tests.journeys.office import Office, Sitting, offline
from tests.support.desk_profile import MemoryKeyring
from tests.support.server import FAULT

KEY = Qt.Key
WRITTEN = "We have seen this before: the ribbon guide sits one notch too low."
OFFLINE_FIELDS = ("Rosa Kern", "Elbe Optik", "040 555 01 99", "LabelJet 4300", "LJ43-0081234", "Ribbon and media")


def call_of(sitting: Sitting) -> CallWork:
    """The call whose form is on show."""
    work = sitting.until(lambda: sitting.screens.calls.current, "the call form")
    assert work is not None
    return work


def type_fields(sitting: Sitting, *texts: str) -> None:
    """Field after field with Tab; an offer that hangs below a field is put away."""
    for place, text in enumerate(texts):
        if place:
            sitting.press(KEY.Key_Tab)
        sitting.type(text)
    form = call_of(sitting).form
    assert form.values().fault == texts[-1]


def tab_to(sitting: Sitting, name: str) -> None:
    """Tab until the field of this name has the keyboard."""
    for _ in range(15):
        if sitting.focused() == name:
            return
        sitting.press(KEY.Key_Tab)
    raise AssertionError(f"the Tab key does not reach {name}")


def take_the_ringing_call(sitting: Sitting) -> str:
    """The telephone rings; F2 answers; who calls is known by the number. The reference that can be read out."""
    door = sitting.client.open_door()
    try:
        told = tell_window(
            sitting.client.profile.path, {"event": "ringing", "number": "+49405550177", "id": "softphone-1"}
        )
    finally:
        door.close()
    assert told is not None
    sitting.until(lambda: "is calling" in sitting.window.work.banner.text, "the banner")
    assert "Imke Petersen" in sitting.window.work.banner.text
    sitting.press(KEY.Key_F2)
    form = call_of(sitting).form
    assert parse(form.reference.text) == told["reference"]
    sitting.until(lambda: form.values().company == "Nordlicht Druck GmbH", "who calls")
    return str(told["reference"])


def log_it(sitting: Sitting) -> None:
    """What is wrong, told, a call back promised, the call ended."""
    form = call_of(sitting).form
    for name, text in (
        ("Product", FAULT.product),
        ("Serial number", FAULT.serial),
        ("Class", "Printhead"),
        ("Fault", FAULT.description),
    ):
        tab_to(sitting, name)
        if not sitting.window.focusWidget().property("text"):
            sitting.type(text)
    sitting.ctrl(KEY.Key_T)
    sitting.until(lambda: "Told at" in sitting.button("call_told").text(), "told")
    sitting.ctrl(KEY.Key_2)
    sitting.until(lambda: "calls back" in form.notice.text, "the promise")
    sitting.press(KEY.Key_F4)
    sitting.until(lambda: sitting.screens.calls.current is None, "the end of the call")


def let_the_grace_pass(sitting: Sitting, office: Office) -> None:
    """For ten seconds an answer can be taken back (26)."""
    sitting.until(lambda: sitting.client.graces.held(), "the answer to be given")
    office.clock.advance(seconds=11)


def test_the_main_job_by_keyboard_alone(office: Office, theme: Theme) -> None:
    colleague = office.colleague()
    with office.window("anna", theme) as sitting:
        sitting.sign_in()
        first = take_the_ringing_call(sitting)
        log_it(sitting)
        sitting.send_all()
        logged = colleague.ticket(first)
        assert (logged.status, logged.holder, logged.call_back, logged.customer) == ("open", "", True, "nordlicht")
        assert (logged.fault.serial, logged.contact) == (FAULT.serial, "imke")
        (call,) = colleague.calls()
        assert (call.ticket, call.outcome, call.told_at is not None) == (logged.id, "logged", True)

        office.clock.advance(minutes=3)
        sitting.press(KEY.Key_F9)
        sitting.until(lambda: sitting.page() == "ticket-page", "the ticket that was taken")
        assert colleague.ticket(first).holder == "anna"
        sitting.ctrl(KEY.Key_I)
        sitting.until(lambda: "2 h counted on Mon" in whole_window(sitting.window.work), "the arithmetic")
        sitting.press(KEY.Key_Escape)
        sitting.ctrl(KEY.Key_1)
        sitting.type(WRITTEN)
        sitting.ctrl(KEY.Key_Return)
        let_the_grace_pass(sitting, office)
        sitting.until(lambda: "replied" in colleague.ticket(first).flags, "the answer")
        assert WRITTEN in whole_window(sitting.window.work)

        with offline(sitting.wire):
            sitting.notice_offline()
            sitting.press(KEY.Key_F2)
            second = parse(call_of(sitting).form.reference.text)
            assert second is not None
            type_fields(sitting, *OFFLINE_FIELDS, "Ribbon runs out too early")
            sitting.ctrl(KEY.Key_2)
            sitting.until(lambda: "calls back" in call_of(sitting).form.notice.text, "the promise")
            sitting.ctrl(KEY.Key_T)
            sitting.press(KEY.Key_F4)
            sitting.until(lambda: sitting.screens.calls.current is None, "the end of the call")
            assert "1 call saved here" in sitting.window.status.network
            assert second not in {ticket.reference for ticket in colleague.tickets()}
        sitting.send_all()
        late = colleague.ticket(second)
        assert (late.fault.caller, late.call_back, late.category) == ("Rosa Kern", True, "ribbon")
        assert len(colleague.calls()) == 2
    ben = office.seat("ben")
    assert sorted(ben.queue()) == sorted([first, second])


def test_a_caller_is_put_through_and_the_specialist_answers_with_keys(office: Office, theme: Theme) -> None:
    """H-13: the ticket is the specialist's from then on, without Take next; Ben answers it in his window."""
    colleague = office.colleague()
    with office.window("anna", theme) as anna:
        anna.sign_in()
        anna.press(KEY.Key_F2)
        number = parse(call_of(anna).form.reference.text)
        assert number is not None
        type_fields(anna, *OFFLINE_FIELDS, "Ribbon runs out too early")
        anna.ctrl(KEY.Key_1)
        anna.until(lambda: anna.focused() == "Name", "the specialists")
        anna.type("ben")
        anna.press(KEY.Key_Return)
        anna.until(lambda: "Put through to Ben Brandt" in call_of(anna).form.notice.text, "put through")
        anna.ctrl(KEY.Key_T)
        anna.press(KEY.Key_F4)
        anna.until(lambda: anna.screens.calls.current is None, "the end of the call")
        anna.send_all()
    assert colleague.ticket(number).holder == "ben"
    with office.window("ben", theme) as ben:
        ben.sign_in()
        ben.ctrl(KEY.Key_K)
        ben.type(grouped(number))
        ben.press(KEY.Key_Return)
        ben.until(lambda: ben.page() == "ticket-page", "the ticket")
        ben.ctrl(KEY.Key_1)
        ben.type(WRITTEN)
        ben.ctrl(KEY.Key_Return)
        let_the_grace_pass(ben, office)
        ben.until(lambda: "replied" in colleague.ticket(number).flags, "the answer")


@pytest.mark.parametrize("how", ["key", "window manager"])
def test_closing_with_unsent_work_says_how_much_and_keeps_it(office: Office, theme: Theme, how: str) -> None:
    """P5, R78: the question names it, staying is the safe answer, and the next start sends it, once."""
    keyring, wire = MemoryKeyring(), office.cable()
    with office.window("anna", theme, keyring=keyring, wire=wire) as sitting:
        sitting.sign_in()
        wire.cut()
        sitting.notice_offline()
        sitting.press(KEY.Key_F2)
        number = parse(call_of(sitting).form.reference.text)
        type_fields(sitting, *OFFLINE_FIELDS, "Half a sent")
        for answer in ("stay", "close"):
            sitting.ctrl(KEY.Key_Q) if how == "key" else sitting.window.close()
            box = sitting.until(lambda: sitting.screens.box, "the question")
            assert box is not None
            assert box.text() == "1 call saved here and not sent yet."
            assert sitting.window.isVisible()
            if answer == "close":
                sitting.press(KEY.Key_Right)
            sitting.press(KEY.Key_Space)
            if answer == "stay":
                sitting.until(lambda: sitting.screens.box is None, "the window to stay")
                assert not sitting.closed
        sitting.until(lambda: sitting.closed, "the end")
    colleague = office.colleague()
    assert colleague.calls() == []
    with office.window("anna", theme, keyring=keyring, wire=wire) as again:
        again.until(lambda: "go on where you left it" in call_of(again).form.notice.text, "the open call")
        assert parse(call_of(again).form.reference.text) == number
        assert call_of(again).form.values().fault == "Half a sent"
        again.until(lambda: "1 call saved here" in again.window.status.network, "what is unsent")
        wire.mend()
        again.send_all()
    assert [call.reference for call in colleague.calls()] == [number]
