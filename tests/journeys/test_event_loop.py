"""The GUI thread waits for no network and no write (§ 6 of the design, F8, P25): a disk that hangs shows, and nobody's typing stops."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from sqlcipher3 import dbapi2

from desk_client.system.keys import SERVICE
from desk_client.ui.theme import Theme
from desk_core.references import parse
from tests.journeys.office import Office, Sitting
from tests.support.desk_profile import MemoryKeyring

KEY = Qt.Key
# More than the 100 ms that a person may feel, so that a busy machine fails nothing; far less than the 2 s for which the disk hangs.
WORST_SECONDS = 0.25
HANGS_SECONDS = 2.0


class Watch:
    """The largest gap between two turns of the event loop, beyond what a thread that only looks at the clock had to wait meanwhile:
    a machine with too much to do holds both up, a GUI thread that waits for something holds up itself alone."""

    def __init__(self) -> None:
        self._loop, self._beside = _Gap(), _Gap()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._loop.turn)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    @property
    def worst(self) -> float:
        """Seconds."""
        return max(0.0, self._loop.worst - self._beside.worst)

    def _look(self) -> None:
        while not self._ended.wait(0.005):
            self._beside.turn()

    def __enter__(self) -> Watch:
        self._loop.begin()
        self._beside.begin()
        self._timer.start()
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.turn()
        self._timer.stop()
        self._ended.set()
        self._thread.join(10)


class _Gap:
    """The longest time between two turns."""

    def __init__(self) -> None:
        self.worst, self._last = 0.0, 0.0

    def begin(self) -> None:
        self._last = time.monotonic()

    def turn(self) -> None:
        now = time.monotonic()
        self.worst, self._last = max(self.worst, now - self._last), now


@contextmanager
def slow_disk(sitting: Sitting, keyring: MemoryKeyring) -> Iterator[threading.Event]:
    """The outbox cannot be written to for two seconds: another connection holds it; the event is set when it is free again."""
    (file,) = sitting.client.profile.path.rglob("outbox.db")
    key = keyring.get_password(SERVICE, f"{file.parent.name}/key")
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        other = dbapi2.connect(str(file), isolation_level=None)
        other.execute(f"PRAGMA key=\"x'{key}'\"")
        other.execute("BEGIN IMMEDIATE")
        held.set()
        free.wait(HANGS_SECONDS)
        other.execute("ROLLBACK")
        other.close()
        free.set()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    try:
        yield free
    finally:
        thread.join(10)


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        taken: list[socket.socket] = []
        ending = threading.Event()

        def swallow() -> None:
            while not ending.is_set():
                try:
                    taken.append(server.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=swallow)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            ending.set()
            thread.join(10)
            for each in taken:
                each.close()


def test_typing_and_saving_go_on_while_the_disk_hangs_and_the_network_swallows_everything(
    office: Office, theme: Theme
) -> None:
    keyring, wire = MemoryKeyring(), office.cable()
    with black_hole() as hole, office.window("anna", theme, keyring=keyring, wire=wire) as sitting:
        sitting.sign_in()
        wire.lead_to(hole)
        sitting.press(KEY.Key_F2)
        sitting.until(lambda: sitting.screens.calls.current, "the call form")
        form = sitting.screens.calls.current.form  # type: ignore[union-attr]  # it has just come
        with Watch() as watch, slow_disk(sitting, keyring) as free:
            for place, text in enumerate(
                ("Rosa Kern", "Elbe Optik", "040 555", "LabelJet", "LJ43-1", "Ribbon", "Ribbon runs out")
            ):
                if place:
                    sitting.press(KEY.Key_Tab)
                for letter in text:
                    sitting.type(letter)
            sitting.ctrl(KEY.Key_2)
            sitting.press(KEY.Key_F5)
            assert not free.is_set(), "the disk still hangs"
            sitting.until(free.is_set, "the disk")
            sitting.until(lambda: "calls back" in form.notice.text, "the promise")
        assert form.values().fault == "Ribbon runs out"
        assert watch.worst < WORST_SECONDS
        number = parse(form.reference.text)
        wire.lead_to(office.port)
        sitting.send_all()
    assert office.colleague().ticket(str(number)).fault.caller == "Rosa Kern"


def test_the_watch_sees_a_write_on_the_gui_thread(office: Office, theme: Theme) -> None:
    """The counter-proof: work of the storage thread that somebody waits for on the GUI thread is a stall."""
    keyring = MemoryKeyring()
    with office.window("anna", theme, keyring=keyring) as sitting:
        sitting.sign_in()
        with Watch() as watch, slow_disk(sitting, keyring):
            sitting.client.drafts.save("call:x", "typed").result(10)
        assert watch.worst > 1


def test_signing_in_at_a_server_that_never_answers_does_not_stop_the_window(office: Office, theme: Theme) -> None:
    with black_hole() as hole, office.window("anna", theme, port=hole) as sitting:
        sitting.type_sign_in(sitting.server, "anna", "correct horse")
        with Watch() as watch:
            began = time.monotonic()
            sitting.until(lambda: time.monotonic() - began > 1, "a second to pass")
        assert watch.worst < WORST_SECONDS
        assert sitting.screens.signin_page.isVisible()


def test_a_call_that_cannot_be_stored_yet_is_shown_as_soon_as_it_is(office: Office, theme: Theme) -> None:
    """H-09: no number is shown that is not on the disk."""
    keyring = MemoryKeyring()
    with office.window("anna", theme, keyring=keyring) as sitting:
        sitting.sign_in()
        with Watch() as watch, slow_disk(sitting, keyring) as free:
            sitting.press(KEY.Key_F2)
            assert sitting.screens.calls.current is None
            sitting.until(lambda: sitting.screens.calls.current, "the form")
            assert free.is_set()
        assert watch.worst < WORST_SECONDS
