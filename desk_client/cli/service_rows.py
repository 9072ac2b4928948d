"""What a sub-command of the terminal is made of: the command that it gives, and where each of its fields comes from.

Plain data, so that ``--help`` answers at once: a row names its command by the name that travels, and each argument says by a word how what
is typed becomes a value (:mod:`desk_client.cli.service_values`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

# What REF stands for: a ticket in scope; any ticket of the desk, also one of which only the stub is here; a call; a call or a ticket.
About = Literal["ticket", "any", "call", "either", "nothing"]
SWITCHES = ("yes", "no")
REPEATED = ("texts", "articles", "fields", "plan")


class Arg(NamedTuple):
    """One field of a command. Without a ``flag`` nothing is typed: the ``kind`` knows the value. ``default`` is typed for whoever leaves
    it out; without one the field stays away. An ``always`` kind is asked also when nothing was typed."""

    flag: str
    field: str
    kind: str = "text"
    help: str = ""
    metavar: str = ""
    needed: bool = False
    always: bool = False
    default: str | None = None


class Row(NamedTuple):
    """One sub-command: its word, the command it gives, what it does, what it says when that was done, an example after the word and REF.

    ``fixed`` fields are in the word itself; ``otherwise`` is the command, with what it says, when no argument was typed at all;
    ``numbered``: it takes one of this machine's numbers.
    """

    word: str
    command: str
    text: str
    said: str
    example: str = ""
    args: tuple[Arg, ...] = ()
    about: About = "ticket"
    fixed: tuple[tuple[str, object], ...] = ()
    otherwise: tuple[str, str] = ("", "")
    numbered: bool = False


def text(flag: str, field: str, help_: str = "", *, needed: bool = True) -> Arg:
    """A field of words."""
    return Arg(flag, field, help=help_, needed=needed)
