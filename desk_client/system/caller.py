"""``desk-call``: tells the open window what the telephone does, and has ended before a softphone notices (R45, R46, R49).

No Qt, no database, no waiting for an answer. Without a window one is started in the background; the message goes to it through a pipe, so
that no list of processes shows a number.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from desk_client.system.call_door import drop_message
from desk_client.system.call_words import Mistyped, Said, of_profile, read
from desk_client.system.paths import default_profile
from desk_client.system.problems import MachineError

_APART_ON_WINDOWS = 0x00000208
"""DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP."""
HELP = """desk-call ringing|answered|ended [--id ID] [--name NAME] --number NUMBER
desk-call tel:NUMBER | deskclient:ringing?number=NUMBER
desk-call --call-start
desk-call baresip [HOST:PORT]
Tells the open window of Desk Client what the telephone does. --profile DIR, before all else, means another window than yours.
"""


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 with one sentence."""
    typed = list(sys.argv[1:] if words is None else words)
    if typed[:1] in (["--help"], ["-h"]):
        _write(sys.stdout, HELP)
        return 0
    try:
        profile, said = of_profile(typed)
        if said[:1] == ["baresip"]:
            from desk_client.system.baresip import follow  # noqa: PLC0415 - runs as long as baresip; no other event needs it

            where = said[1] if len(said) > 1 else ""
            follow(
                where, lambda message: deliver(Said(message, profile)), lambda words: _write(sys.stdout, f"{words}\n")
            )
        else:
            deliver(read(typed))
    except (Mistyped, MachineError) as problem:
        _write(sys.stderr, f"{problem}\n")
        return 1
    return 0


def deliver(said: Said) -> None:
    """To the window, or to the one that is started for it."""
    if not said.message:
        return
    profile = Path(said.profile).expanduser().absolute() if said.profile else default_profile()
    if not drop_message(profile, said.message):
        start_window(said.message, said.profile)


def window_command(profile: str) -> list[str]:
    """The program that opens the window and reads its first message from standard input."""
    if getattr(sys, "frozen", False):
        program = [str(Path(sys.executable).with_name("desk-client" + Path(sys.executable).suffix))]
    else:
        program = [sys.executable, "-P", "-m", "desk_client"]
    return [*program, "--told", *([f"--profile={profile}"] if profile else [])]


def start_window(message: Mapping[str, str], profile: str) -> None:
    """Start it in the background, in a session of its own, and leave it the message."""
    import subprocess  # noqa: PLC0415 - 10 ms, and only while no window is open

    windows, quiet = os.name == "nt", subprocess.DEVNULL
    try:
        window = subprocess.Popen(  # noqa: S603 - our own program
            window_command(profile),
            stdin=subprocess.PIPE,
            stdout=quiet,
            stderr=quiet,
            creationflags=_APART_ON_WINDOWS if windows else 0,
            start_new_session=not windows,
        )
        if window.stdin is not None:
            window.stdin.write(json.dumps(message).encode())
            window.stdin.close()
    except OSError as error:
        raise MachineError("no_window", f"The window could not be started: {error.strerror}.") from error
    # It goes on without us; Popen would warn of that.
    window.returncode = 0


def _write(stream: TextIO | None, text: str) -> None:
    """A program without a console has no streams."""
    if stream is not None:
        stream.write(text)
        stream.flush()


if __name__ == "__main__":
    sys.exit(main())
