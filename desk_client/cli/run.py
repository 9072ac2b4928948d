"""One command from the open profile to the exit code; no traceback ever reaches a person."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable

from desk_client.cli import attachments, calls, figures, registers, sessions, tickets
from desk_client.cli.context import Context, open_client, resume
from desk_client.cli.doctor import doctor
from desk_client.cli.output import Answer, complain, write
from desk_client.cli.service_asks import carry_out
from desk_client.services.errors import DeskError
from desk_client.system.problems import MachineError

_LOG = logging.getLogger(__name__)
_MISTAKE = (
    "Something went wrong inside the program; nothing that was saved is lost. Try again, and report it if it stays."
)
# Where a sentence of the window would leave somebody at a terminal without a way to go on.
_HERE = {
    "passphrase_needed": "There is no usable keyring on this machine: put the passphrase that locks the local files into the variable "
    "DESK_CLIENT_PASSPHRASE, or give the command in a terminal that can ask for it."
}

COMMANDS: dict[str, Callable[[Context], Answer]] = {
    "sign-in": sessions.sign_in,
    "sign-out": sessions.sign_out,
    "sync": sessions.sync,
    "outbox": sessions.outbox,
    "members": sessions.members,
    "log-call": calls.log_call,
    "call-begin": calls.begin,
    "call": calls.phone,
    "ticket": calls.ticket,
    "queue": tickets.queue,
    "take-next": tickets.take_next,
    "show": tickets.show,
    "why": tickets.why,
    "find": tickets.find,
    "upgrade": tickets.upgrade,
    "attach": attachments.attach,
    "attachment": attachments.attachment,
    "figures": figures.figures,
    **registers.COMMANDS,
}


def run(args: argparse.Namespace) -> int:
    """0, or 1 with one sentence."""
    as_json = getattr(args, "json", False)
    # What the program tells itself is no answer to the person; without a handler Python would print it.
    logging.getLogger("desk_client").addHandler(logging.NullHandler())
    try:
        answer = _answer(args)
    except (DeskError, MachineError) as error:
        complain(error.code, _HERE.get(error.code, error.text), error.fields, as_json=as_json)
        return 1
    except KeyboardInterrupt:
        complain("interrupted", "Stopped; nothing that was saved is lost.", (), as_json=as_json)
        return 1
    except Exception:
        _LOG.debug("a command failed", exc_info=True)
        complain("internal", _MISTAKE, (), as_json=as_json)
        return 1
    if as_json:
        write(answer.data, sys.stdout)
    else:
        sys.stdout.write("\n".join(answer.lines) + "\n")
    return answer.code


def _answer(args: argparse.Namespace) -> Answer:
    if args.command == "doctor":
        return doctor(args)
    client = open_client(args)
    try:
        if args.command != "sign-in":
            resume(client)
        context = Context(client, args, getattr(args, "offline", False))
        answer = COMMANDS.get(args.command, carry_out)(context)
        notices = [n.text for n in client.status.notices()]
        return Answer(answer.data, [*notices, *answer.lines])
    finally:
        client.close()
