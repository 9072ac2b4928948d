"""What can be typed about registers and absences. Parsing imports nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def add_registers(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """The sub-commands for registers, absences, whom a question goes to and to whom a caller."""
    add("registers", "The desk's registers, with how many lines they have and how many of them are overdue.", "")
    register = add("register", "The lines of a register.", "feedback --overdue")
    register.add_argument("name", metavar="NAME", nargs="+", help="a register of the policy, by id or title")
    register.add_argument("--overdue", action="store_true", help="what is past its date alone")
    entry = add("add-entry", "Add a line to a register.", 'feedback --set topic=system --set text="Too slow at noon"')
    entry.add_argument("name", metavar="NAME", nargs="+", help="a register of the policy, by id or title")
    _values(entry)
    entry.add_argument("--ticket", metavar="REF", help="the ticket that it is about")
    entry.add_argument("--member", metavar="NAME", help="the colleague whom it is about")
    about = entry.add_mutually_exclusive_group()
    about.add_argument("--customer", metavar="NAME", help="the customer whom it is about")
    about.add_argument("--subject", metavar="TEXT", help="what else it is about")
    change = add("change-entry", "Decide on a line of a register, or correct it.", '3f2c91d0 --decision "Done in 2.1"')
    change.add_argument("entry", metavar="ID", help="the line's id, or as much of it as no other line begins with")
    _values(change)
    change.add_argument("--decision", metavar="TEXT", help="what was decided")
    absence = add(
        "absence",
        "Enter that somebody will be away: yourself, or a colleague when you supervise.",
        '--from "2026-07-06 09:00" --to "2026-07-10 17:00" --notice "Please write to sales@desk.example"',
    )
    absence.add_argument("--from", dest="begins", metavar="WHEN", required=True)
    absence.add_argument("--to", dest="ends", metavar="WHEN", required=True)
    absence.add_argument(
        "--notice", default="", metavar="TEXT", help="what mails are answered with; names another address"
    )
    absence.add_argument("--member", metavar="NAME", help="yourself when it is left out")
    able = add("specialists", "To whom the caller can be put through: those who know the product first.", "417 211 6")
    able.add_argument("ref", metavar="REF", nargs="+", help="the ticket's number")
    whom = add("whom", "Whom a type of question goes to; who is absent comes last.", "licence")
    whom.add_argument("name", metavar="QUESTION", nargs="+", help="a type of question of the policy, by id or title")


def _values(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set", dest="values", action="append", default=[], metavar="FIELD=VALUE", help="a column; may be repeated"
    )
    command.add_argument("--due", metavar="DATE", help="until when, as 2026-05-13")
