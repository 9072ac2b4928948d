"""Commands on their way to a decision: decoded and digested before the desk is locked."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from desk_core.commands import Ask, Command
from desk_core.decisions import judge
from desk_core.protocol import Answered, Stop, UnknownCommand, WireCommand, ask_from
from desk_core.wording import Refusal, refuse


@dataclass(frozen=True)
class Given:
    """A command of the server's own programs, to be decided at ``now``; its seq is the next one of its device."""

    command: Command
    now: dt.datetime


@dataclass(frozen=True)
class Entry:
    """One command. ``ask`` is a refusal when the arguments cannot be read, so that this command fails alone (P15)."""

    sent: WireCommand | Given
    id: str
    name: str
    hash: bytes
    ask: Ask | Refusal


@dataclass
class Submission:
    """Commands of one device, in order, and the answer that they get. ``conflict`` is the id of a command that came with another
    payload before (422); ``clamped`` are those whose device said a time that cannot be. ``accounts`` is the desk's count of account
    changes under which the sender's session was looked up; under another one nothing is executed (``stale``)."""

    device: str
    member: str
    epoch: str
    entries: Sequence[Entry]
    received_at: dt.datetime
    accounts: int | None = None
    answered: list[Answered] = field(default_factory=list)
    stop: Stop | None = None
    conflict: str = ""
    log_epoch: str = ""
    stale: bool = False
    clamped: list[str] = field(default_factory=list)

    def reset(self) -> None:
        """Forget the answers of an attempt that was rolled back."""
        self.answered, self.stop, self.conflict, self.stale, self.clamped = [], None, "", False, []


def entry(sent: WireCommand | Given) -> Entry:
    """A command decoded and digested; arguments that cannot be read become a refusal."""
    if isinstance(sent, Given):
        command = sent.command
        parts = (command.actor, command.issued_at, command.stated_at, command.causes)
        hashed = _hash(command.ask.name, command.ask.version, command.ask, parts)
        return Entry(sent, command.id, command.ask.name, hashed, command.ask)
    ask: Ask | Refusal
    try:
        ask = ask_from(sent.name, sent.version, sent.args)
    except UnknownCommand:
        ask = refuse("unknown_command")
    except msgspec.DecodeError as error:
        ask = refuse("bad_args", detail=str(error))
    parts = (sent.actor, sent.issued_wall, sent.stated_at, sent.causes)
    return Entry(sent, sent.id, sent.name, _hash(sent.name, sent.version, msgspec.json.decode(sent.args), parts), ask)


def _hash(name: str, version: int, args: Any, parts: tuple[Any, ...]) -> bytes:
    """What makes a command the same command: all that its member gave, nothing that the sending added (seq, replay)."""
    return hashlib.sha256(msgspec.json.encode((name, version, args, parts), order="deterministic")).digest()


def command_of(entry: Entry, ask: Ask, submission: Submission, back_hours: int) -> Command:
    """The command to decide, with the instants that are judged to be true (P22)."""
    sent = entry.sent
    if isinstance(sent, Given):
        return sent.command
    judged = judge(sent, submission.received_at, back_hours)
    if judged.clamped:
        submission.clamped.append(sent.id)
    return Command(
        id=sent.id,
        ask=ask,
        actor=sent.actor,
        issued_at=judged.issued_at,
        stated_at=judged.stated_at,
        causes=sent.causes,
    )
