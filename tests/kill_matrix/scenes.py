"""What a person was doing when the process ended: each scene prepares a machine, then uses it once under an order to die."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import partial

from desk_client.models.files import Folder
from desk_client.models.outbox import Outbox
from desk_client.system.call_door import socket_path, tell_window
from desk_core.commands import Command, Transfer
from desk_core.references import BLOCK_SIZE, REFILL_BELOW
from desk_server.clock import SystemClock
from tests.kill_matrix.processes import Process
from tests.kill_matrix.traps import NONE, Order
from tests.kill_matrix.world import Machine, World
from tests.support.server import DESK
from tests.support.terminal import FAULT, PASSPHRASE
from tests.waiting import until

Ended = tuple[list[str], int]
RINGS = 3
OTHER = "customer_service"


def _offline(machine: Machine) -> None:
    """A call that waits to be sent."""
    said, code = machine.run("log-call", "--offline", *FAULT)
    assert code == 0, said


def log(world: World, order: Order) -> Ended:
    """A call is logged and sent."""
    return world.machine(*MACHINES["log"]).run("log-call", *FAULT, order=order)


def log_offline(world: World, order: Order) -> Ended:
    """A call is logged without a network."""
    return world.machine(*MACHINES["log"]).run("log-call", "--offline", *FAULT, order=order)


def send(world: World, order: Order) -> Ended:
    """What waited is sent, and the answers are read."""
    machine = world.machine(*MACHINES["log"])
    _offline(machine)
    return machine.run("sync", order=order)


def sign_in(world: World, order: Order) -> Ended:
    """The first sign-in on a machine fetches everything."""
    return world.new_machine("sign in", "carla").sign_in(order)


def sign_in_by_passphrase(world: World, order: Order) -> Ended:
    """The same where there is no keyring: the token lies in the file."""
    return world.new_machine("sign in by passphrase", "carla", phrase=PASSPHRASE).sign_in(order)


def sign_in_again(world: World, order: Order) -> Ended:
    """After signing out with unsent work."""
    machine = world.machine(*MACHINES["sign out"])
    _offline(machine)
    said, code = machine.run("sign-out")
    assert code == 0, said
    return machine.sign_in(order)


def sign_out(world: World, order: Order) -> Ended:
    """Signing out with unsent work."""
    machine = world.machine(*MACHINES["sign out"])
    _offline(machine)
    return machine.run("sign-out", order=order)


def reset(world: World, order: Order) -> Ended:
    """The server has another epoch, as after the restore of a backup; there is unsent work."""
    machine = world.machine(*MACHINES["log"])
    _offline(machine)
    world.behind.execute(
        "UPDATE desk SET log_epoch = %s, next_counter = next_counter + %s",
        (f"restored-{world.next_number()}", 10 * BLOCK_SIZE),
    )
    return machine.run("sync", order=order)


def lost_cache(world: World, order: Order) -> Ended:
    """The cache is gone; some of the outbox was carried out, and its answer is not known."""
    machine = world.machine(*MACHINES["log"])
    _offline(machine)
    _, code = machine.run("sync", order=Order("answer push", "before"))
    assert code < 0, "the answer was to be lost"
    _offline(machine)
    assert machine.folder is not None
    Folder(machine.folder).remove(machine.folder / "cache.db")
    return machine.run("sync", order=order)


def few_numbers(world: World, order: Order) -> Ended:
    """The numbers run low."""
    machine = world.machine(*MACHINES["log"])
    assert machine.folder is not None
    outbox = Outbox(machine.folder / "outbox.db", machine.key)
    with outbox.commit():
        while outbox.numbers_left() >= REFILL_BELOW - 10:
            outbox.next_reference()
    outbox.close()
    return machine.run("sync", order=order)


def other_department(world: World, order: Order) -> Ended:
    """The member was moved to another department while there was unsent work."""
    machine = world.machine(*MACHINES["other department"])
    _offline(machine)
    now = world.services.desks.member(DESK, "ben").departments
    other = OTHER if now == ("technical_support",) else "technical_support"
    world.services.desks.set_departments(DESK, "ben", [other])
    return machine.run("sync", order=order)


def refused(world: World, order: Order) -> Ended:
    """A ticket is transferred without a network, and somebody else has done that meanwhile: the answer will be no."""
    machine = world.machine(*MACHINES["refused"])
    said, code = machine.run("log-call", *FAULT)
    assert code == 0, said
    said, code = machine.run("transfer", machine.shown[-1], "--to", OTHER, "--offline")
    assert code == 0, said
    query = "SELECT owner FROM number WHERE reference = %s AND kind = 'ticket'"
    ((ticket,),) = world.behind.execute(query, (machine.shown[-1],)).fetchall()
    ask = Transfer(ticket=ticket, department=OTHER, note="Theirs.")
    given = Command(id=str(uuid.uuid4()), ask=ask, actor="sam", issued_at=SystemClock().now())
    (verdict,) = world.services.sync.run(DESK, [given])
    assert verdict.outcome == "applied", verdict
    return machine.run("sync", order=order)


def given_up(world: World, order: Order) -> Ended:
    """The person gives a refused command up."""
    said, code = refused(world, NONE)
    assert code == 0, said
    machine = world.machine(*MACHINES["refused"])
    said, code = machine.run("outbox", "--json")
    assert code == 0, said
    attention = json.loads("".join(said))
    return machine.run("outbox", "--discard", attention[-1]["id"], order=order)


def copied(world: World, order: Order) -> Ended:
    """A copy of the machine has unsent work, and the machine itself went on meanwhile."""
    machine = world.machine(*MACHINES["copied"])
    copy = world.machines["copied"] = machine.copy(world.folder / f"copy-{world.next_number()}")
    said, code = machine.run("log-call", *FAULT)
    assert code == 0, said
    _offline(copy)
    return copy.run("sync", order=order)


def window(world: World, order: Order) -> Ended:
    """Calls ring in the window, which sends them at the same time."""
    machine = world.machine(*MACHINES["window"])
    process = machine.start(order=order)
    try:
        until(lambda: socket_path(machine.profile).exists() or not process.alive, "the window", every=0.05)
        for ring in range(RINGS):
            event = {"event": "ringing", "number": "+49405550177", "id": f"call-{world.next_number()}-{ring}"}
            told = until(partial(_told, machine, process, event), "the window's answer", every=0.05)
            if told == "gone":
                break
            machine.shown.append(told)
        until(lambda: not process.alive, "the window to pass its point", seconds=20, every=0.05)
    except AssertionError as error:
        return [str(error), *process.end(kill=True)[0]], 0
    return process.end()


def _told(machine: Machine, process: Process, event: dict[str, str]) -> str:
    """The number that the window gave the call; "gone" when there is no window any more, "" when it does not answer yet."""
    told = tell_window(machine.profile, event)
    if told is None:
        return "" if process.alive else "gone"
    return str(told.get("reference", ""))


SCENES: dict[str, Callable[[World, Order], Ended]] = {
    "log": log,
    "log offline": log_offline,
    "send": send,
    "sign in": sign_in,
    "sign in by passphrase": sign_in_by_passphrase,
    "sign in again": sign_in_again,
    "sign out": sign_out,
    "reset": reset,
    "lost cache": lost_cache,
    "few numbers": few_numbers,
    "other department": other_department,
    "refused": refused,
    "given up": given_up,
    "copied": copied,
    "window": window,
}
MACHINES = {
    **dict.fromkeys(("log", "log offline", "send", "reset", "lost cache", "few numbers"), ("log", "anna")),
    **dict.fromkeys(("sign in again", "sign out"), ("again", "sam")),
    "other department": ("moved", "ben"),
    **dict.fromkeys(("refused", "given up"), ("refused", "anna")),
    "copied": ("copied from", "ben"),
    "window": ("window", "anna"),
}
"""The machine on which a scene begins, and its member; a first sign-in has none."""


def begun(world: World, scene: str) -> None:
    """The machine is there, its member signed in, and it knows of every restore of the server but the scene's own."""
    if scene not in MACHINES:
        return
    machine = world.machine(*MACHINES[scene])
    if machine.cursor[0] not in ("", world.epoch):
        said, code = machine.run("sync")
        assert code == 0, said


def ended(world: World, scene: str) -> Machine:
    """The machine to look at after a scene."""
    return world.machines[scene if scene in world.machines else MACHINES[scene][0]]
