"""What every command starts from: an open client, somebody signed in, and the round of sync that ends an online command."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import NamedTuple

from desk_client.bootstrap import Client, build
from desk_client.cli.lines import Reader
from desk_client.services.errors import DeskError, Missing, NotSignedIn
from desk_client.services.records import Synced, TicketView
from desk_client.system.problems import MachineError
from desk_core.calls import Call
from desk_core.people import Member
from desk_core.references import parse

SYNC_SECONDS, WAIT_SECONDS = 300.0, 15.0
SAVED_HERE = "Saved here; it is sent when the server can be reached."


class Context(NamedTuple):
    """One command being carried out."""

    client: Client
    args: argparse.Namespace
    offline: bool

    def sync(self, timeout: float = WAIT_SECONDS) -> Synced | None:
        """Push, then pull, before an online command returns; None with ``--offline``. A server that is away is no failure here."""
        if self.offline:
            return None
        return self.client.status.sync(timeout).result()

    def reader(self) -> Reader:
        """What the words of an answer need to know."""
        return Reader.of(self.client)

    @property
    def member(self) -> Member:
        """Who is signed in."""
        who = self.client.session.who()
        if who is None:
            raise NotSignedIn
        return who.member

    def saved_line(self, synced: Synced | None) -> list[str]:
        """What to add for a person when something stays here for now."""
        if synced is not None and synced.reached and not synced.unsent:
            return []
        return [SAVED_HERE if synced is None or synced.code in ("", "offline") else f"{SAVED_HERE} {synced.problem}"]

    def refused(self, command: str, *, keep: bool = False) -> None:
        """Raise the server's refusal of a command that was sent just now. The terminal says it on the spot, so it needs no attention later;
        with ``keep`` it stays among what does."""
        for item in self.client.outbox.needs_attention():
            if item.id == command:
                if not keep:
                    self.client.outbox.discard(command).result()
                raise DeskError(item.text, item.code, item.fields, item.params)

    def pending(self, command: str) -> bool:
        """True while the server has not judged a command."""
        return any(item.id == command for item in self.client.outbox.pending())

    def typed_number(self) -> str:
        """The digits of the number that was typed, "" where none was."""
        return parse("".join(getattr(self.args, "reference", ()))) or ""

    def call(self, words: list[str]) -> Call:
        """The call with this number. Raises ``Missing``."""
        found = self.client.calls.by_reference("".join(words))
        if found is None:
            raise Missing("There is no call with this number on this machine.", code="no_such_call")
        return found

    def attention(self, ticket: str) -> list[str]:
        """What the server refused of what was just done with a ticket."""
        return [f"Needs attention: {i.text}" for i in self.client.outbox.needs_attention() if i.ticket == ticket]

    def ticket(self, words: list[str]) -> TicketView:
        """The ticket of a reference, typed with or without spaces; it must be in scope."""
        found = self.client.tickets.by_reference("".join(words))
        if not isinstance(found, TicketView):
            text = f"This ticket belongs to {found.department_title}; you can send them a note, but not work on it."
            raise DeskError(text, "out_of_scope", params={"department": found.department_title})
        return found

    def ticket_id(self, words: list[str]) -> str:
        """The id behind a reference, also of a ticket that only its stub is known of."""
        found = self.client.tickets.by_reference("".join(words))
        return found.ticket.id if isinstance(found, TicketView) else found.stub.id


def split_reference(words: list[str]) -> tuple[list[str], str]:
    """A reference and the word after it, as in ``why 417 211 6 callback``: everything that makes a number is the number's."""
    for count in range(len(words), 0, -1):
        if parse("".join(words[:count])) is not None:
            return words[:count], " ".join(words[count:])
    return words, ""


def open_client(args: argparse.Namespace) -> Client:
    """The client of the profile; nobody's files are open yet."""
    return build(getattr(args, "profile", None), offline=getattr(args, "offline", False))


def resume(client: Client) -> None:
    """Open the files of whoever is signed in; a terminal is asked for the passphrase where one is needed."""
    try:
        who = client.session.resume().result()
    except MachineError as error:
        if error.code != "passphrase_needed" or not sys.stdin.isatty():
            raise
        who = client.session.resume(getpass.getpass("Passphrase: ")).result()
    if who is None:
        raise NotSignedIn
