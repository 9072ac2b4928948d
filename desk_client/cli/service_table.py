"""Every sub-command that gives one command of the core, and which commands the others give: no command is without its word."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from desk_client.cli.service_cases import COMPLAINTS, DECISIONS
from desk_client.cli.service_rows import REPEATED, SWITCHES, Arg, Row
from desk_client.cli.service_work import WORK

TABLE: tuple[Row, ...] = (*WORK, *DECISIONS, *COMPLAINTS)
ROWS: dict[str, Row] = {row.word: row for row in TABLE}
# What the sub-commands give that are more than one command after the other.
BY_HAND: dict[str, tuple[str, ...]] = {
    "log-call": (
        *("begin_call", "give_name", "log_call", "put_through", "offer_call_back"),
        *("tell_call", "hang_up", "end_call"),
    ),
    "call-begin": ("begin_call",),
    "call": ("begin_call", "answer_call", "hang_up"),
    "ticket": ("create_ticket",),
    "attach": ("attach_file",),
    "take-next": ("take_next",),
    "add-entry": ("add_entry",),
    "change-entry": ("change_entry",),
    "absence": ("enter_absence",),
}


def commands_of(word: str) -> tuple[str, ...]:
    """The names of the commands that a sub-command can give."""
    row = ROWS.get(word)
    if row is None:
        return BY_HAND.get(word, ())
    return tuple(name for name in (row.command, row.otherwise[0]) if name)


def add_rows(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Every row as a sub-command."""
    for row in TABLE:
        number = "" if row.about == "nothing" else "417 211 6 "
        command = add(row.word, row.text, f"{number}{row.example}".rstrip())
        if row.about != "nothing":
            command.add_argument("reference", metavar="REF", nargs="+")
        add_args(command, row.args)
        command.add_argument(
            "--at", dest="stated", metavar="WHEN", help="when it happened; now when it is left out (2026-05-13 16:15)"
        )


def add_args(command: argparse.ArgumentParser, args: tuple[Arg, ...]) -> None:
    """Each argument as ``argparse`` wants it; two switches of one field exclude each other."""
    typed = [arg for arg in args if arg.flag]
    shared = {a.field for a in typed if sum(b.field == a.field and b.kind in SWITCHES for b in typed) > 1}
    groups = {field: command.add_mutually_exclusive_group() for field in sorted(shared)}
    for arg in typed:
        _add(groups.get(arg.field, command), arg)


def _add(command: argparse._ActionsContainer, arg: Arg) -> None:
    if arg.kind in SWITCHES:
        command.add_argument(arg.flag, dest=arg.field, action="store_const", const=arg.kind == "yes", help=arg.help)
    elif arg.kind == "plan":
        names = ("WHAT", "WHO", "DATE")
        command.add_argument(
            arg.flag, dest=arg.field, action="append", nargs=3, metavar=names, required=arg.needed, help=arg.help
        )
    else:
        action = "append" if arg.kind in REPEATED else "store"
        metavar = arg.metavar or arg.flag.removeprefix("--").upper()
        command.add_argument(
            arg.flag,
            dest=arg.field,
            action=action,
            metavar=metavar,
            required=arg.needed,
            default=arg.default,
            help=arg.help,
        )
