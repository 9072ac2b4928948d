"""``python3 dev.py demo``: the sample desk with its server and the window; with ``--screenshots DIR`` the main job, walked and pictured."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from demo import desk

_FOLDER = Path(__file__).resolve().parent.parent / ".demo"


def main() -> int:
    """The exit code: 0 when it went well, 1 with a sentence."""
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument(
        "--screenshots", type=Path, metavar="DIR", help="walk the main job offscreen and save a picture of every step"
    )
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if arguments.screenshots is None:
            return _show()
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Qt only when there is a walk; the interactive demonstration starts the window as a process of its own.
        from demo.walk import walk_all  # noqa: PLC0415

        return walk_all(arguments.screenshots)
    except desk.DemoProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _show() -> int:
    data, profile = _FOLDER / "server", _FOLDER / "client"
    print("Making the sample desk, unless today's is there: 12 members, 2,000 companies, 3,400 tickets…", flush=True)
    desk.make(data)
    served = desk.serve(data)
    try:
        print(f"The server answers at {served.url} (log: {_FOLDER / 'server.log'}).", flush=True)
        if profile.exists():
            shutil.rmtree(profile)
        desk.SigningIn(profile, served, desk.AGENT).done()
        print(
            f"The window opens, with {desk.AGENT} signed in. Everybody's password: {served.password}. Close it to end.",
            flush=True,
        )
        return subprocess.run(
            desk.program("desk_client", "--profile", str(profile)), env=desk.environment(), check=False
        ).returncode
    finally:
        served.stop()


if __name__ == "__main__":
    sys.exit(main())
