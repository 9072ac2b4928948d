"""A real softphone rings, is answered and hangs up; the window hears of it through ``desk-call`` (desktop 1; R45, R48, R52, R53)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_client.ui.theme import Theme
from tests.support.call_keys import form_of
from tests.support.softphone import Softphone, softphone
from tests.support.workplace import Workplace, workplace

KNOWN = '"Whoever" <sip:+49405550177@127.0.0.1>'
ODD = {
    '"Anonymous" <sip:anonymous@anonymous.invalid>': "number withheld is calling",
    '"\\"<img src=x>" <sip:%00%3Cb%3E%2F..%2F@127.0.0.1>': "number withheld, as “",
    "<sip:+441483555019+441483555019@127.0.0.1>": "Amy Clarke, Surrey Foods Ltd",
}


@pytest.fixture
def phone(tmp_path: Path, outside_tool: Callable[[str], str]) -> Iterator[Softphone]:
    folder = tmp_path / "baresip"
    folder.mkdir()
    with softphone(folder, outside_tool) as made:
        yield made


@pytest.fixture
def place(tmp_path: Path, theme: Theme, phone: Softphone) -> Iterator[Workplace]:
    """The window, its door open, and ``desk-call baresip`` beside the softphone."""
    with workplace(tmp_path / "profile", theme) as made:
        made.sign_in()
        door = made.client.open_door(made.screens.told.emit)
        command = ["--profile", str(made.client.profile.path), "baresip", f"127.0.0.1:{phone.events}"]
        program = [sys.executable, "-m", "desk_client.system.caller", *command]
        follower = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        try:
            assert follower.stdout is not None
            assert "baresip is there" in follower.stdout.readline()
            yield made
        finally:
            follower.terminate()
            follower.communicate()
            door.close()


def banner(place: Workplace) -> str:
    return str(place.window.work.banner.text)


def test_point_01_a_softphone_pops_the_caller_times_the_call_and_ends_it(place: Workplace, phone: Softphone) -> None:
    """desktop 1, 7, 10: within a second of the ring; answered by the person at the softphone; hung up by the caller."""
    place.go_offline()
    with phone.called_by(KNOWN, "hangs up"):
        place.until(lambda: "Imke Petersen, Nordlicht Druck GmbH" in banner(place), "the screen pop")
        took = time.monotonic() - phone.rang[0]
        place.press(Qt.Key.Key_F2)
        place.until(lambda: place.screens.calls.current)
        phone.key("accept")
        place.until(lambda: place.window.call_bar.chip.words == "On a call")
        place.clock.go_on(seconds=95)
        place.until(lambda: place.window.call_bar.timer.text() == "01:35", "the timer")
        place.until(lambda: place.window.call_bar.chip.words == "Wrap-up", "the end of the call")
    assert took <= 1.0
    assert form_of(place).values().company == "Nordlicht Druck GmbH"
    [call] = [row.call for row in place.client.calls.open()]
    assert call.answered_at is not None
    assert call.ended_at is not None
    assert (call.ended_at - call.answered_at).total_seconds() == 95
    assert call.number == "sip:+49405550177@127.0.0.1"


def test_point_03_odd_caller_ids_of_a_softphone_pop_too(place: Workplace, phone: Softphone) -> None:
    """desktop 3: withheld, malformed, doubled."""
    for caller, words in ODD.items():
        with phone.called_by(caller):
            place.until(lambda words=words: words in banner(place), words)  # type: ignore[misc]
            phone.key("hangup")
        place.until(lambda: banner(place).startswith("Missed call"))
    assert len(place.client.calls.open()) == len(ODD)
