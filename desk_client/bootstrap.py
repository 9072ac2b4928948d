"""Builds everything but the window. Whatever has a side effect can be replaced: clock, ids, keys, network, folder."""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desk_client.models.access import Access
from desk_client.models.changes import Listeners
from desk_client.models.storage import StorageThread
from desk_client.models.store import Sources
from desk_client.models.times import Clock
from desk_client.services import (
    Attachments,
    Calls,
    Drafts,
    Explanations,
    Graces,
    Lookup,
    Outbox,
    Queue,
    Registers,
    Replies,
    Session,
    Status,
    Tickets,
)
from desk_client.services.figures import Figures
from desk_client.services.telephony import Heard, Telephone
from desk_client.sync.courier import Courier
from desk_client.sync.courier import Wire as FileWire
from desk_client.sync.figures import FigureLine
from desk_client.sync.figures import Wire as FigureWire
from desk_client.sync.runner import Runner
from desk_client.sync.runner import Wire as SyncWire
from desk_client.sync.transport import Transport
from desk_client.system.clock import MachineClock
from desk_client.system.keys import KeyKeeper
from desk_client.system.local_socket import CallDoor
from desk_client.system.lock import ProfileLock
from desk_client.system.paths import ProfileFolder
from desk_client.system.problems import MachineError
from desk_client.system.saving import save
from desk_core.references import grouped


class Wire(SyncWire, FileWire, FigureWire, Protocol):
    """The way to the server; :class:`desk_client.sync.transport.Transport` is the real one."""


@dataclass(frozen=True)
class Client:
    """A running client without a window. :meth:`close` ends it."""

    profile: ProfileFolder
    access: Access
    listeners: Listeners
    session: Session
    calls: Calls
    tickets: Tickets
    attachments: Attachments
    figures: Figures
    queue: Queue
    lookup: Lookup
    why: Explanations
    outbox: Outbox
    registers: Registers
    drafts: Drafts
    graces: Graces
    replies: Replies
    status: Status
    telephone: Telephone
    network: Runner
    _courier: Courier
    _storage: StorageThread
    _lock: ProfileLock

    def open_door(self, told: Callable[[Heard], None] = lambda _heard: None) -> CallDoor:
        """Let ``desk-call``, ``desk-client call`` and a second start reach this process: ``told`` hears what was asked for, on the door's
        thread (or on that of the sign-in, for a call that rang before)."""
        self.telephone.told = told

        def handle(message: dict[str, Any]) -> dict[str, Any]:
            try:
                heard = self.telephone.hear(message)
            except Exception as error:
                unknown = "The call was not recorded."
                return {"code": str(getattr(error, "code", "error")), "text": str(getattr(error, "text", unknown))}
            if not heard.call:
                return {"done": True, "text": "The window has it."}
            text = f"The window has it as {grouped(heard.reference)}."
            return {"reference": heard.reference, "call": heard.call, "event": heard.wish, "text": text}

        return CallDoor(self.profile.path, handle)

    def close(self) -> None:
        """End properly: what was asked for is finished, the files are closed, the profile is free."""
        self._courier.close()
        self.network.close()
        self._storage.submit(self.access.close)
        self._storage.close()
        self._lock.release()


def build(
    profile: Path | None = None,
    *,
    offline: bool = False,
    clock: Clock | None = None,
    new_id: Callable[[], str] | None = None,
    new_key: Callable[[int], bytes] = secrets.token_bytes,
    keys: KeyKeeper | None = None,
    wire: Wire | None = None,
    chance: Callable[[], float] | None = None,
) -> Client:
    """A client that holds the profile; nobody's files are open until ``session.resume()`` or ``session.sign_in()``.

    Raises :class:`MachineError` when another process holds the profile or its folder cannot be used.
    """
    folder, lock = _locked(profile)
    listeners = Listeners()
    storage = StorageThread()
    access = Access(storage, listeners)
    machine, make_id, keeper = clock or MachineClock(), new_id or _new_id, keys or KeyKeeper()
    network, courier, figure_line = _network(access, wire, keeper, chance or random.random, offline=offline)
    calls = Calls(access, network, make_id)
    session = Session(access, network, keeper, folder, Sources(machine, make_id, new_key))
    return Client(
        profile=folder,
        access=access,
        listeners=listeners,
        session=session,
        calls=calls,
        tickets=Tickets(access, network, make_id),
        attachments=Attachments(access, network, courier, save),
        figures=Figures(access, figure_line),
        queue=Queue(access),
        lookup=Lookup(access),
        why=Explanations(access),
        outbox=Outbox(access, network),
        registers=Registers(access, network, make_id),
        drafts=Drafts(access),
        graces=Graces(access, network),
        replies=Replies(access),
        status=Status(access, network, courier),
        telephone=Telephone(calls, lambda: session.who() is not None, listeners, machine.mono),
        network=network,
        _courier=courier,
        _storage=storage,
        _lock=lock,
    )


def _locked(profile: Path | None) -> tuple[ProfileFolder, ProfileLock]:
    """The profile's folder, which is this process's alone."""
    folder = ProfileFolder(profile)
    lock = ProfileLock(folder.path)
    lock.acquire()
    return folder, lock


def _network(
    access: Access, wire: Wire | None, keeper: KeyKeeper, chance: Callable[[], float], *, offline: bool
) -> tuple[Runner, Courier, FigureLine]:
    """The ways of commands, of files and of figures, over the same wire."""
    way = wire or Transport(forbidden=offline)
    runner = Runner(access, way, forbidden=offline, chance=chance, keep_token=keeper.keep_token)
    courier = Courier(access, way, runner, forbidden=offline, chance=chance)
    return runner, courier, FigureLine(way, runner, forbidden=offline)


def _new_id() -> str:
    return str(uuid.uuid4())


__all__ = ["Client", "MachineError", "build"]
