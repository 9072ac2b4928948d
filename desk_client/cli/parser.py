"""What can be typed. Parsing imports nothing heavy, so that ``--help`` and ``call`` answer at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

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
    _work(add)
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


def _call(add: Add) -> None:
    command = add(
        "log-call",
        "Log a call; its reference is printed at once, with or without network. Without --put-through a fault is owed a call back.",
        '--caller "Imke Petersen" --company "Nordlicht Druck GmbH" --phone "040 5550177" --product "LabelJet 4300" '
        '--serial LJ43-0092817 --fault "Stops after 20 labels" --class Printhead --call-back',
    )
    for name in ("caller", "company", "phone", "product", "serial", "fault"):
        command.add_argument(f"--{name}", default="")
    command.add_argument("--class", dest="classification", default="", help="a class of the policy, or free words")
    command.add_argument("--kind", default="fault", help="fault (default), enquiry, complaint, …")
    command.add_argument("--title", default="", help="what it is about; made from the rest when it is left out")
    command.add_argument("--department", default="", help="where it belongs; the class decides when it is left out")
    command.add_argument("--office", default="", help="the office that took the call; yours when it is left out")
    command.add_argument("--not-told", action="store_true", help="number and class were not read out to the caller")
    way = command.add_mutually_exclusive_group()
    way.add_argument(
        "--put-through", metavar="NAME", default="", help="the specialist to whom the caller was put through"
    )
    way.add_argument("--call-back", action="store_true", help="promise a call back by a specialist")
    call = add("call", "What the telephone says; an open window hears it.", "ringing --number +49405550177 --id 42")
    call.add_argument("event", choices=("ringing", "answered", "ended"))
    call.add_argument("--number", default="", help="the caller's number, empty when it is withheld")
    call.add_argument("--id", required=True, help="the telephone's own id of the call")


def _looking(add: Add) -> None:
    queue = add("queue", "The open tickets in the mandated order; read-only.", "--waiting")
    queue.add_argument("--department", default="")
    queue.add_argument("--mine", action="store_true", help="what you hold")
    queue.add_argument("--waiting", action="store_true", help="what Take next can give")
    queue.add_argument("--call-backs", action="store_true", help="what is owed a call")
    take = add("take-next", "Claim the head of the queue; the only way to start work.", "")
    take.add_argument("--department", default="", help="from this one of your departments")
    add("show", "A ticket with its promises and its history.", "417 211 6").add_argument(
        "reference", metavar="REF", nargs="+"
    )
    why = add("why", "Why a deadline is when it is, or why nothing is promised.", "417 211 6 callback")
    why.add_argument("reference", metavar="REF [CLOCK]", nargs="+")
    add("find", "Search tickets, customers, products.", "nordlicht druck").add_argument("text", nargs="+")


def _work(add: Add) -> None:
    def on_ticket(name: str, text: str, example: str = "") -> argparse.ArgumentParser:
        command = add(name, text, f"417 211 6 {example}")
        command.add_argument("reference", metavar="REF", nargs="+")
        return command

    on_ticket(
        "reply",
        "Answer the customer in writing; the policy's first and last words are added.",
        '--text "Please clean the head."',
    ).add_argument("--text", required=True)
    on_ticket(
        "note", "A note for colleagues; also for a ticket of another department.", '--text "The customer called again"'
    ).add_argument("--text", required=True)
    spent = on_ticket("time", "Log time spent.", "--minutes 10")
    spent.add_argument("--minutes", type=int, required=True)
    spent.add_argument("--remark", default="")
    give = on_ticket(
        "hand-over", "Give it to a colleague of the department.", '--to sven --note "He knows this device"'
    )
    give.add_argument("--to", required=True, metavar="NAME")
    give.add_argument("--note", required=True)
    on_ticket("put-through", "Put the caller through to a specialist.", "--to sven").add_argument(
        "--to", required=True, metavar="NAME"
    )
    attempt = on_ticket(
        "call-back",
        "The customer was called back; without --reached or --not-reached: promise a call back.",
        "--reached",
    )
    reached = attempt.add_mutually_exclusive_group()
    reached.add_argument("--reached", action="store_true")
    reached.add_argument("--not-reached", action="store_true")
    on_ticket("wait", "Wait for the customer.", '--reason "Sends us a picture"').add_argument("--reason", default="")
    on_ticket("answered", "The customer answered; work goes on.", '--text "The picture is here"').add_argument(
        "--text", default=""
    )
    on_ticket("resolve", "A solution was given.", '--solution "Head cleaned"').add_argument("--solution", required=True)
    on_ticket("close", "Finish it.", '--summary "Head cleaned"').add_argument(
        "--summary",
        default="",
        help="how it ended; may be left out when a solution was given: its words are taken then",
    )
    on_ticket("reopen", "Go on with it.", '--reason "It stops again"').add_argument("--reason", required=True)
    transfer = on_ticket("transfer", "Refer it to another department; number and history stay.", "--to service")
    transfer.add_argument("--to", required=True, metavar="DEPARTMENT")
    transfer.add_argument("--note", help="what they should know; “Referred by” and your name when it is left out")
    on_ticket("give-back", "Back to its old place in the queue.", '--reason "I am leaving early"').add_argument(
        "--reason", required=True
    )
