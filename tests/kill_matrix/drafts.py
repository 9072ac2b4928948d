"""``kill -9`` while somebody types into the form of a call; ``python -m tests.kill_matrix.drafts --kills 50`` (12, R28, R72).

A process of its own has the window; it types into the same call again and again and says what it has typed and what it has read back from
the disk. After each kill the next one has to find the call open, and in it everything that the disk had, and nothing that was not typed.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, cast

import msgspec

from desk_client import bootstrap
from desk_client.services.records import Draft
from desk_client.system.keys import Backend, KeyKeeper
from tests.client.double import Door, MemoryServer
from tests.kill_matrix.keyring import FileKeyring
from tests.kill_matrix.processes import Process, speak_into
from tests.waiting import until

LONGEST = 1.5
"""Seconds of typing within which the kill comes."""
KEY_SECONDS = 0.005
DESCRIPTION = "".join(f"{number} is what the caller says; " for number in range(2_000))


@dataclass
class Seen:
    """What was found: ``lost`` and ``wrong`` are characters, ``late`` the longest time (s) from a key to the disk."""

    kills: int = 0
    lost: int = 0
    wrong: int = 0
    late: float = 0.0
    back: list[int] = field(default_factory=list)


def prepare(profile: Path) -> None:
    """A member who has signed in on this machine and closed the program."""
    desk = MemoryServer.ready()
    desk.add_member("anke", departments=(desk.policy.departments[0].id,), office=desk.policy.offices[0].id)
    desk.publish()
    client = bootstrap.build(profile, keys=_keys(profile), wire=cast("bootstrap.Wire", Door(desk)))
    client.session.sign_in("https://desk.example.org", "anke", MemoryServer.password).result(30)
    until(lambda: client.status.state().last_sync is not None and not client.status.state().total, "the data")
    client.close()


def kill_typing(profile: Path, kills: int, chance: Random, longest: float = LONGEST) -> Seen:
    """Type and kill, so many times, each within ``longest`` seconds of typing, and look once more after the last one."""
    seen, typed, kept = Seen(), 0, 0
    for number in range(kills + 1):
        process = Process(_type, profile)
        back, right = (int(word) for word in _answer(process, "back"))
        seen.back.append(back)
        seen.lost += max(0, kept - back)
        seen.wrong += (0 if right else 1) + max(0, back - typed)
        if number < kills:
            threading.Event().wait(chance.uniform(0.0, longest))
            seen.kills += 1
        said, _code = process.end(kill=True)
        typed, kept = back, back
        for line in said:
            word, count, when = (*line.split(), "0", "0")[:3]
            typed = int(count) if word == "typed" else typed
            kept = int(count) if word == "kept" else kept
            seen.late = max(seen.late, float(when)) if word == "kept" else seen.late
    return seen


def _answer(process: Process, word: str) -> list[str]:
    while line := process.line():
        if line.startswith(word):
            return line.split()[1:]
    raise AssertionError(f"the window ended without a word: {process.end()}")


def _keys(profile: Path) -> KeyKeeper:
    keyring = FileKeyring(profile.with_suffix(".keyring"))
    return KeyKeeper(backend=lambda: cast("Backend", keyring))


class _Fault(msgspec.Struct):
    fault: str = ""


def _type(profile: Path, out: Connection) -> None:
    """The window's process: it never ends by itself."""
    speak_into(out)
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    from PySide6.QtTest import QTest  # noqa: PLC0415 - Qt belongs into this process alone
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desk_client.ui.screens import Screens  # noqa: PLC0415
    from desk_client.ui.settings.store import Settings  # noqa: PLC0415
    from desk_client.ui.theme import Theme  # noqa: PLC0415
    from desk_client.ui.tokens import Scheme  # noqa: PLC0415

    app = QApplication(sys.argv[:1])
    client = bootstrap.build(profile, offline=True, keys=_keys(profile))
    theme = Theme(app, Scheme.LIGHT, base_px=13, reduced_motion=True)
    screens = Screens(client, theme, Settings(profile), client.profile.last, app.quit)
    screens.start()

    def wait(condition: Callable[[], Any]) -> Any:
        return until(lambda: (app.processEvents(), condition())[1], every=0.002)

    wait(lambda: screens.desk.who is not None)
    if not client.calls.open():
        screens.calls.begin()
    work = wait(lambda: screens.calls.current)
    editor = work.form.fault.editor
    text = work.form.values().fault
    length = len(editor.toPlainText())
    _say("back", length, int(DESCRIPTION[:length].strip() == text))
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    keys: list[float] = []
    first, kept = length, length
    while True:
        QTest.keyClicks(editor, DESCRIPTION[length])
        length += 1
        keys.append(time.monotonic())
        _say("typed", length)
        app.processEvents()
        drafts = client.drafts.all()
        now = _kept(drafts)
        if now > kept:
            kept = now
            _say("kept", kept, f"{time.monotonic() - keys[kept - first - 1]:.3f}")
        threading.Event().wait(KEY_SECONDS)


def _kept(drafts: tuple[Draft, ...]) -> int:
    """Characters of the description that the disk has; a blank at the end is typed and not counted as text."""
    return max((len(msgspec.json.decode(draft.body, type=_Fault).fault) for draft in drafts), default=0)


def _say(*words: object) -> None:
    print(*words, flush=True)


def main(arguments: list[str]) -> int:
    """Kill; 1 when anything was lost or wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.kill_matrix.drafts", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="how many (50)")
    parser.add_argument("--seed", type=int, help="decides the moments; a random one otherwise")
    chosen = parser.parse_args(arguments)
    seed = secrets.randbelow(1_000_000) if chosen.seed is None else chosen.seed
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="desk-drafts-") as folder:
        profile = Path(folder) / "profile"
        prepare(profile)
        seen = kill_typing(profile, chosen.kills, Random(seed))
    took = time.monotonic() - began
    print(
        f"seed {seed}: {seen.kills} kills in {took:.0f} s; {seen.back[-1]} characters back at the end; lost of what the disk had:"
        f" {seen.lost}; not as it was typed: {seen.wrong}; longest time from a key to the disk: {seen.late:.2f} s"
    )
    return 1 if seen.lost or seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
