"""What is only for data that were made for tests or as a sample: a clock that a file sets, and a folder that takes the mail."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from desk_server.accounts.service import Desk
from desk_server.clock import Clock, FileClock, SystemClock
from desk_server.commands.sentences import Problem

test_clock_option = click.option(
    "--test-clock",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take the time from FILE (2026-06-09T10:00:00+02:00, or “offset” and seconds); only for data made with --demo or --test.",
)
mail_sink_option = click.option(
    "--mail-sink",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write every message to a file in DIR instead of sending it; only for data made with --demo or --test.",
)


def clock_of(file: Path | None) -> Clock:
    """The machine's clock, or the one that the file sets. Raises Problem."""
    if file is None:
        return SystemClock()
    try:
        return FileClock(file)
    except ValueError as error:
        raise Problem(str(error)) from None


def refuse_on_live_data(option: str, desks: Iterable[Desk]) -> None:
    """Raise Problem unless all that is served was made for tests or as a sample."""
    live = [desk.id for desk in desks if desk.purpose == "live"]
    if live:
        raise Problem(f"{option} is only for data that was made with --demo or --test; the desk {live[0]} was not.")
