"""What can be typed. Parsing imports nothing heavy, so that ``--help`` and ``call`` answer at once."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from desk_client.cli.register_args import add_registers
from desk_client.cli.service_intake_args import add_intake
from desk_client.cli.service_table import add_rows

# A command's name, what it does, and an example of what to type after the name.
Add = Callable[[str, str, str], argparse.ArgumentParser]


class Mistyped(Exception):
    """What was typed is no command; the text is one sentence."""


class _Parser(argparse.ArgumentParser):
    """Says what would be right in one sentence, and exits as every other refusal does."""

    def error(self, message: str) -> NoReturn:
        raise Mistyped(f"{message[0].upper()}{message[1:]}; see {self.prog} --help.")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    common = _Parser(add_help=False)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer with JSON")
    common.add_argument(
        "--profile", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="keep this member's data in DIR"
    )
    common.add_argument("--offline", action="store_true", default=argparse.SUPPRESS, help="do not use the network")
    main = _Parser(prog="desk-client", description="Without a command the window opens.", parents=[common])
    main.add_argument(
        "--call-start", action="store_true", help="begin a call in the window, which is opened or brought to the front"
    )
    # What desk-call leaves for the window that it starts: a message on standard input, where no list of processes shows it.
    main.add_argument("--told", action="store_true", help=argparse.SUPPRESS)
    commands = main.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, text: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=text,
            description=text,
            epilog=f"Example: desk-client {name} {example}".rstrip(),
            parents=[common],
        )

    _session(add)
    _call(add)
    _looking(add)
    _files(add)
    add_rows(add)
    add_registers(add)
    return main


def _session(add: Add) -> None:
    command = add("sign-in", "Sign in at a server.", "--server https://desk.example.org --user anke")
    command.add_argument("--server", required=True, metavar="URL")
    command.add_argument("--user", required=True, metavar="NAME")
    command.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input; else it is asked for"
    )
    add("sign-out", "Sign out; unsent work stays sealed on this machine.", "")
    add("sync", "Send everything and read everything now.", "")
    outbox = add("outbox", "What the server has not applied, and what needs attention.", "--offline")
    group = outbox.add_mutually_exclusive_group()
    group.add_argument("--send-again", metavar="ID", help="give a refused command again")
    group.add_argument("--discard", metavar="ID", help="give a refused command up")
    add("members", "Who works at this desk.", "")
    doctor = add("doctor", "Is everything as it should be on this machine, and if not, what to do.", "--repair")
    doctor.add_argument(
        "--repair", action="store_true", help="mend what can be mended; a damaged outbox is copied first"
    )


def _call(add: Add) -> None:
    command = add(
        "log-call",
        "Log a call; its reference is printed at once, with or without network. Without --put-through a call back is promised where the "
        "policy owes one of both.",
        '--caller "Imke Petersen" --company "Nordlicht Druck GmbH" --phone "040 5550177" --product "LabelJet 4300" '
        '--serial LJ43-0092817 --fault "Stops after 20 labels" --class Printhead --call-back',
    )
    add_intake(command, "fault")
    _times(command)
    command.add_argument("--ended", metavar="WHEN", help="when the line was free again; now when it is left out")
    command.add_argument("--not-told", action="store_true", help="number and class were not read out to the caller")
    command.add_argument("--name-given", action="store_true", help="you gave your own name when you answered")
    way = command.add_mutually_exclusive_group()
    way.add_argument(
        "--put-through", metavar="NAME", default="", help="the specialist to whom the caller was put through"
    )
    way.add_argument("--call-back", action="store_true", help="promise a call back by a specialist")
    begin = add("call-begin", "A call rings or is dialled: its record and its number.", '--phone "040 5550177"')
    begin.add_argument("--phone", default="", help="the caller's number, empty when it is withheld")
    begin.add_argument("--office", default="", help="the office that took the call; yours when it is left out")
    begin.add_argument("--outgoing", action="store_true", help="you call")
    _times(begin)
    ticket = add(
        "ticket",
        "A ticket that did not come by phone: by letter, at the counter, through the portal.",
        '--channel letter --caller "Imke Petersen" --company "Nordlicht Druck GmbH" --fault "Asks for a price list" '
        '--received "2026-05-13 16:15"',
    )
    ticket.add_argument(
        "--channel", required=True, help="how it came: a channel of the policy, or letter, counter, portal"
    )
    ticket.add_argument("--received", metavar="WHEN", help="when it arrived; now when it is left out")
    add_intake(ticket, "enquiry")
    call = add("call", "What the telephone says; an open window hears it.", "ringing --number +49405550177 --id 42")
    call.add_argument(
        "event",
        choices=("ringing", "answered", "ended", "register", "unregister"),
        help="what the call does; or let this person's deskclient: links (with --tel also tel: ones) open the window, or no longer",
    )
    call.add_argument("--number", default="", help="the caller's number, empty when it is withheld")
    call.add_argument("--name", default="", help="the name that the telephone shows; it is shown and not kept")
    call.add_argument(
        "--id", default="", help="the telephone's own id of the call; without one the number stands for it"
    )
    call.add_argument("--tel", action="store_true", help="with register: tel: links as well")


def _looking(add: Add) -> None:
    queue = add("queue", "The open tickets in the mandated order; read-only.", "--waiting")
    queue.add_argument("--department", default="")
    queue.add_argument("--mine", action="store_true", help="what you hold")
    queue.add_argument("--waiting", action="store_true", help="what Take next can give")
    queue.add_argument("--call-backs", action="store_true", help="what is owed a call")
    queue.add_argument("--stalled", type=float, metavar="HOURS", help="on which nothing has happened for so long")
    take = add("take-next", "Claim the head of the queue; the only way to start work.", "")
    take.add_argument("--department", default="", help="from this one of your departments")
    add("show", "A ticket with its promises and its history.", "417 211 6").add_argument(
        "reference", metavar="REF", nargs="+"
    )
    why = add("why", "Why a deadline is when it is, or why nothing is promised.", "417 211 6 callback")
    why.add_argument("reference", metavar="REF [CLOCK]", nargs="+")
    upgrade = add("upgrade", "What a customer pays for a higher level of a licence.", "417 211 6 --to 1400")
    upgrade.add_argument("reference", metavar="REF", nargs="+")
    upgrade.add_argument("--to", type=int, required=True, metavar="LEVEL", help="the price of the higher level")
    _figures(
        add("figures", "The figures of a period, for supervisors and managers.", "--from 2026-03-01 --to 2026-03-31")
    )
    add("find", "Search tickets, customers, products.", "nordlicht druck").add_argument("text", nargs="+")


def _figures(command: argparse.ArgumentParser) -> None:
    for name, place in (("from", "first"), ("to", "last")):
        command.add_argument(f"--{name}", dest=place, required=True, type=dt.date.fromisoformat, metavar="DAY")
    parts = ("office", "department", "holder", "customer", "channel", "entitlement", "complaint")
    command.add_argument("--by", default="", choices=parts, help="take each figure apart")
    command.add_argument("--list", default="", metavar="KPI:RESULT", help="what is behind a number, as in A1:missed")
    command.add_argument("--part", metavar="ID", help="of this part alone")
    command.add_argument("--live", action="store_true", help="as they are now, though they were signed off")


def _times(command: argparse.ArgumentParser) -> None:
    for name, words in (("rang", "when it rang"), ("answered", "when it was answered")):
        command.add_argument(
            f"--{name}", metavar="WHEN", help=f"{words}; now when it is left out (2026-05-13 16:15, or 16:15 of today)"
        )


def _files(add: Add) -> None:
    attach = add("attach", "Attach files to a ticket; without network they follow later.", "417 211 6 --file photo.png")
    attach.add_argument("reference", metavar="REF", nargs="+")
    attach.add_argument(
        "--file", dest="files", metavar="FILE", type=Path, action="append", required=True, help="may be repeated"
    )
    files = add(
        "attachment", "The files of a ticket: list them, or save one.", "save 417 211 6 --name photo.png --to ~/Desktop"
    )
    files.add_argument("what", choices=("list", "save"))
    files.add_argument("reference", metavar="REF", nargs="+")
    files.add_argument(
        "--name", metavar="NAME", help="which one, where there are several; its number in the list also does"
    )
    files.add_argument(
        "--to", type=Path, metavar="PATH", default=Path(), help="a folder, or a new file; here when it is left out"
    )
