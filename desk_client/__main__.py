"""``desk-client``: the window, and its terminal twin."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from desk_client.cli.parser import Mistyped, parser
from desk_client.system.call_door import MOST_BYTES


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 with one sentence."""
    typed = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        args = parser().parse_args(typed)
    except Mistyped as mistake:
        # The output's modules bring the services with them; nothing of that is needed to read the command line.
        from desk_client.cli.output import complain  # noqa: PLC0415

        complain("mistyped", str(mistake), (), as_json="--json" in typed)
        return 1
    if args.command is None:
        return _window(args)
    if args.command == "call" and args.event in ("register", "unregister"):
        from desk_client.cli.links import change  # noqa: PLC0415 - neither a window nor a profile is needed

        return change(args.event, tel=args.tel)
    if args.command == "call" and (code := _tell_window(args)) is not None:
        return code
    from desk_client.cli.run import run  # noqa: PLC0415 - SQLAlchemy and the core: not for --help, not for an event that a window takes

    return run(args)


def _window(args: argparse.Namespace) -> int:
    # Nothing that is made on the way to the first picture is garbage, and looking through it took a quarter of the start; the window
    # switches it on again.
    gc.disable()
    from desk_client.ui.app import run  # noqa: PLC0415 - Qt only when there is a window: it costs 125 ms and needs a display

    first = {"event": "begin"} if args.call_start else _message() if args.told else None
    return int(run(profile=getattr(args, "profile", None), offline=getattr(args, "offline", False), first=first))


def _message() -> dict[str, str] | None:
    """What ``desk-call`` left on standard input."""
    try:
        said = json.loads(sys.stdin.buffer.read(MOST_BYTES))
    except (OSError, ValueError):
        return None
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else None


def _tell_window(args: argparse.Namespace) -> int | None:
    """Hand a telephone event to an open window; None when there is none."""
    from desk_client.cli.telling import tell  # noqa: PLC0415 - only for `call`

    profile: Path | None = getattr(args, "profile", None)
    said = {"event": args.event, "number": args.number, "id": args.id, "name": args.name}
    return tell(profile, said, as_json=getattr(args, "json", False))


if __name__ == "__main__":
    sys.exit(main())
