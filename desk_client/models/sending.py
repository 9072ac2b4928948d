"""Which attached file is to be sent next, and which ones need not be kept any more; on the storage thread."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from desk_client.models import changes
from desk_client.models.own_files import Attaching
from desk_client.models.store import Store
from desk_core.protocol import BlobReply


class ToSend(NamedTuple):
    """A file that the server waits for."""

    sha256: str
    size: int


def next_file(store: Store, but: Collection[str] = ()) -> ToSend | None:
    """The first file, ``but`` these, of which the server has carried out the command and not got all bytes; what was given up goes."""
    if store.outbox.identity("anew"):
        return None  # which commands the server still knows is being found out
    waiting = [f for f in store.own_files.all() if not f.sent and f.sha256 not in store.own_files.adding]
    commands = store.own_files.attaching() if waiting else {}
    store.own_files.drop(f.sha256 for f in waiting if f.sha256 not in commands)
    for file in waiting:
        if file.sha256 not in but and any(
            _carried_out(store, each.command.id) for each in commands.get(file.sha256, ())
        ):
            return ToSend(file.sha256, file.size)
    return None


def files_alone(store: Store) -> int:
    """How many files the server lacks whose commands it has answered."""
    pending = {kept.command.id for kept in store.pending}
    waiting = [f.sha256 for f in store.own_files.all() if not f.sent]
    commands = store.own_files.attaching() if waiting else {}
    return sum(not any(c.command.id in pending for c in commands[f]) for f in waiting if f in commands)


def tidy_files(store: Store) -> None:
    """What was sent goes when the journal has let go of its commands, or when it belongs to nothing that this member may see any more
    (P20)."""
    sent = [f for f in store.own_files.all() if f.sent]
    commands = store.own_files.attaching() if sent else {}
    store.own_files.drop(f.sha256 for f in sent if _out_of_reach(store, commands.get(f.sha256, [])))


def _carried_out(store: Store, command: str) -> bool:
    verdict = store.outbox.hints().get(command) or store.cache.verdict(command)
    return verdict is not None and verdict.outcome != "refused"


def _out_of_reach(store: Store, commands: list[Attaching]) -> bool:
    ids = [each.command.id for each in commands]
    if len(store.cache.settled(ids)) < len(ids):
        return False
    with store.cache.commit() as connection:
        return not any(connection.value("SELECT 1 FROM ticket WHERE id = ?", (each.ask.ticket,)) for each in commands)


def told(store: Store, file: ToSend, reply: BlobReply) -> None:
    """What the server has of a file."""
    if reply.complete:
        store.own_files.sent(file.sha256, store.clock.now())
        store.listeners.tell(changes.OUTBOX, changes.TICKETS)
