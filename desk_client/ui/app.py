"""``desk-client`` without a command: the window. A second start raises the first one's window (44, R46, R47, R50)."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import wait
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desk_client.bootstrap import Client, MachineError, build
from desk_client.services.errors import DeskError
from desk_client.system.call_door import tell_window
from desk_client.system.clock import MachineClock
from desk_client.system.dialling import dial
from desk_client.system.paths import ProfileFolder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desk_client.ui.screens import Screens
    from desk_client.ui.settings.store import Settings

_LOG = logging.getLogger(__name__)
SHOW = "show"
_DOOR_SECONDS, _DOOR_PAUSE = 15.0, 0.1
_FOREIGN = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE")
_SAVE_SECONDS = 1.5
_SETTLED_MS = 1_000


def run(profile: Path | None = None, *, offline: bool = False, first: Mapping[str, str] | None = None) -> int:
    """Show the window until it is closed. ``first`` is a message for it, or for the one that is open already. The exit code: 0, also when
    the window of a first start was raised; 1 with one sentence."""
    try:
        client = build(profile, offline=offline)
    except MachineError as problem:
        if problem.code == "profile_in_use" and _pass_on(ProfileFolder(profile).path, first):
            return 0
        sys.stderr.write(problem.text + "\n")
        return 1
    try:
        return _run(client, first)
    finally:
        client.close()


def _pass_on(profile: Path, first: Mapping[str, str] | None) -> bool:
    """Raise the first window, with the arguments of this start (44). A message waits for a window that has not opened its door yet."""
    until = time.monotonic() + (_DOOR_SECONDS if first else 0.0)
    while tell_window(profile, first or {"event": SHOW}) is None:
        if time.monotonic() >= until:
            return False
        time.sleep(_DOOR_PAUSE)
    return True


def _run(client: Client, first: Mapping[str, str] | None) -> int:
    for name in _FOREIGN:
        os.environ.pop(name, None)
    # Qt last: a second start that only raises the first window needs none of it (125 ms).
    from PySide6.QtCore import QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desk_client.ui.screens import Screens  # noqa: PLC0415
    from desk_client.ui.settings.store import Settings  # noqa: PLC0415
    from desk_client.ui.theme import Theme  # noqa: PLC0415

    app = QApplication(sys.argv[:1])
    app.setApplicationName("desk-client")
    app.setQuitOnLastWindowClosed(False)
    settings = Settings(client.profile.path)
    theme = Theme(app, settings.scheme, reduced_motion=settings.reduced_motion)
    shown = Shown(
        settings, lambda: Screens(client, theme, settings, client.profile.last, app.quit, MachineClock().mono, dial)
    )
    _catch(shown)
    door = client.open_door(lambda heard: shown.screens.told.emit(heard))
    woken = _obey_signals(app, client, shown)
    shown.screens.start()
    if first:
        with contextlib.suppress(DeskError):  # nobody is signed in yet: it is held for a minute
            client.telephone.hear(first)
    QTimer.singleShot(_SETTLED_MS, _collect_garbage)
    try:
        return app.exec()
    finally:
        door.close()
        for end in woken:
            end.close()


class Shown:
    """The screens of the moment: others, in the new words, after the language was changed (54)."""

    def __init__(self, settings: Settings, build_: Callable[[], Screens]) -> None:
        self._settings, self._build = settings, build_
        self.screens = self._in_words()

    def _in_words(self) -> Screens:
        from desk_client.ui.i18n import speak  # noqa: PLC0415 - as below

        speak(self._settings.language)
        screens = self._build()
        screens.spoken.connect(self._again)
        return screens

    def _again(self) -> None:
        self.screens.hand_over(self._open)

    def _open(self) -> None:
        before, self.screens = self.screens, self._in_words()
        self.screens.start()
        before.window.deleteLater()
        before.deleteLater()


def _collect_garbage() -> None:
    """From now on, and without what the start has made: that stays for as long as the window."""
    gc.freeze()
    gc.enable()


def _obey_signals(app: QApplication, client: Client, shown: Shown) -> tuple[socket.socket, socket.socket]:
    """SIGTERM, SIGINT and the end of the session: what is typed is on the disk within two seconds, without a question (R78)."""
    from PySide6.QtCore import QSocketNotifier  # noqa: PLC0415 - as above

    near, far = socket.socketpair()
    for end in (near, far):
        end.setblocking(False)
    signal.set_wakeup_fd(far.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    notifier = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_: shown.screens.close())

    def commit(*_manager: object) -> None:
        shown.screens.keep_drafts()
        if client.access.signed_in:
            # One more job behind the drafts: when it is done, they are on the disk.
            wait([client.drafts.forget("")], _SAVE_SECONDS)

    app.commitDataRequest.connect(commit)
    return near, far


def _catch(shown: Shown) -> None:
    """A mistake of ours becomes one sentence and a line in the log; a trace never reaches a person."""
    from desk_client.ui.sentences import sentence  # noqa: PLC0415 - as above

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            shown.screens.close()
            return
        _LOG.error("unexpected", exc_info=(kind, error, trace))
        shown.screens.desk.problem.emit(sentence(error))

    sys.excepthook = caught
