"""Commands on their way to a decision: decoded and digested before the desk is locked."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from desk_core.commands import Ask, Command
from desk_core.decisions import judge
from desk_core.protocol import Answered, Stop, UnknownCommand, WireCommand, ask_from
from desk_core.texts import is_id
from desk_core.wording import Refusal, refuse, text_refusal

_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError, OverflowError)
_LONGEST_DETAIL = 200
_IDS = ("ticket", "call", "entry")


@dataclass(frozen=True)
class Given:
    """A command of the server's own programs, to be decided at ``now``; its seq is the next one of its device."""

    command: Command
    now: dt.datetime


@dataclass(frozen=True)
class Entry:
    """One command. ``ask`` is a refusal when the arguments cannot be read or stored, so that this command fails alone (P15).

    ``id`` is the command's own, or what stands for one that cannot be stored: its receipt and its verdict bear it then.
    """

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
    """A command decoded and digested; whatever cannot be read or stored becomes a refusal. Never raises (P15, R74)."""
    if isinstance(sent, Given):
        command = sent.command
        parts = (command.actor, command.issued_at, command.stated_at, command.causes)
        hashed = _hash(command.ask.name, command.ask.version, command.ask, parts)
        return Entry(sent, command.id, command.ask.name, hashed, _fault(command.ask) or command.ask)
    parts = (sent.actor, sent.issued_wall, sent.stated_at, sent.causes)
    hashed = _hash(sent.name, sent.version, _value(sent.args), parts)
    if not is_id(sent.id):
        return Entry(sent, f"invalid-{_digest(sent.id)[:32]}", sent.name, hashed, _bad_id("id"))
    return Entry(sent, sent.id, sent.name, hashed, _ask(sent))


def _ask(sent: WireCommand) -> Ask | Refusal:
    """The arguments, or why they are refused before anything is looked up for them."""
    try:
        ask = ask_from(sent.name, sent.version, sent.args)
    except UnknownCommand:
        return refuse("unknown_command")
    except _UNREADABLE as error:
        # The decoder quotes what it found.
        detail = "".join(c if c.isprintable() else "?" for c in str(error))
        return refuse("bad_args", detail=detail[:_LONGEST_DETAIL])
    return _fault(sent) or _fault(ask) or ask


def _fault(record: msgspec.Struct) -> Refusal | None:
    """What in a record must not reach the database or the rules: an id that is none, a text, an instant without its zone."""
    for name in _ids(type(record)):
        if not is_id(getattr(record, name)):
            return _bad_id(name)
    for name in _optional_ids(type(record)):
        value = getattr(record, name)
        if value and not is_id(value):
            return _bad_id(name)
    for name in _zoneless(record):
        return refuse("bad_args", name, detail=f"{name} must say its time zone.")
    return text_refusal(record)


@cache
def _ids(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The ids that a command of this kind must bear."""
    return tuple(f.name for f in msgspec.structs.fields(kind) if f.name in _IDS and f.required)


@cache
def _optional_ids(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The ids that a command of this kind may leave empty: a line of a register about no ticket, an escalation without one."""
    return tuple(f.name for f in msgspec.structs.fields(kind) if f.name in _IDS and not f.required)


def _bad_id(name: str) -> Refusal:
    detail = f"{name} must have from 1 to 64 letters, digits or signs without blanks."
    return refuse("bad_args", name, detail=detail)


def _zoneless(record: msgspec.Struct) -> Iterator[str]:
    """The fields of ``record``, and of the records inside it, that hold an instant without a time zone."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, msgspec.Struct):
                yield from _zoneless(item)
            elif isinstance(item, dt.datetime) and item.tzinfo is None:
                yield name


def _value(args: msgspec.Raw) -> Any:
    """What arguments say, whatever the order of their keys; arguments that cannot be read say their bytes."""
    try:
        value = msgspec.json.decode(args)
        msgspec.json.encode(value)
    except _UNREADABLE:
        return bytes(args)
    return value


def _hash(name: str, version: int, args: Any, parts: tuple[Any, ...]) -> bytes:
    """What makes a command the same command: all that its member gave, nothing that the sending added (seq, replay)."""
    return hashlib.sha256(msgspec.json.encode((name, version, args, parts), order="deterministic")).digest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
        last_contact=sent.last_contact,
    )
