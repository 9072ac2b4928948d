"""What can happen in a step. Each returns what it did, or None when there was nothing for it to happen to."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.simulation import checks
from tests.simulation import checks_client as client
from tests.simulation.machine import Machine
from tests.simulation.wire import Letter, reply_of

if TYPE_CHECKING:
    from tests.simulation.history import History

Kind = Callable[["History"], "str | None"]
Weights = dict[Kind, int]
MOST_WRITES = 25
HEALING_STEPS = 1_500
LETTERS_OF_A_ROUND = 12


def a_letter(history: History, *, back: bool | None = None) -> Letter | None:
    """A letter to which something can happen now; ``back`` asks for answers, or for requests, alone."""
    ready = [letter for letter in history.ready() if back is None or (letter.told is not None) == back]
    return history.random.choice(ready) if ready else None


def name_of(letter: Letter) -> str:
    """What the trace calls it."""
    return f"{letter.machine.name} {letter.kind}#{letter.number}"


def a_working_one(history: History) -> Machine | None:
    """A machine at which somebody is signed in."""
    working = [machine for machine in history.machines if machine.signed_in]
    return history.random.choice(working) if working else None


# --- as it should be ---------------------------------------------------------------------------------------------------------


def act(history: History) -> str | None:
    """A member does something."""
    machine = a_working_one(history)
    return f"{machine.name} {history.agents.act(machine)}" if machine else None


def deliver(history: History) -> str | None:
    """A request or an answer arrives, whichever it is: nothing keeps their order between lanes and machines."""
    letter = a_letter(history)
    if letter is None:
        return None
    return f"{name_of(letter)} {history.arrive(letter) if letter.told is None else history.hand_over(letter)}"


def a_round(history: History, machine: Machine) -> None:
    """Some letters of a machine arrive, and their answers."""
    for _ in range(LETTERS_OF_A_ROUND):
        machine.ring()
        ready = [letter for letter in machine.letters if not history.is_held(letter)]
        if not ready:
            return
        letter = ready[0]
        history.arrive(letter) if letter.told is None else history.hand_over(letter)


# --- the network -------------------------------------------------------------------------------------------------------------


def _lost(history: History, letter: Letter) -> str:
    fate = history.random.choice(("offline", "slow"))
    history.time.pass_by(30.0 if fate == "slow" else 0.0)
    letter.machine.receive(letter, fate)  # type: ignore[arg-type]
    return f"{name_of(letter)} {fate}"


def drop_request(history: History) -> str | None:
    """A request never arrives."""
    letter = a_letter(history, back=False)
    return _lost(history, letter) if letter else None


def drop_reply(history: History) -> str | None:
    """The server carried it out, and nobody hears of it."""
    letter = a_letter(history)
    if letter is None:
        return None
    if letter.told is None:
        history.arrive(letter)
    return _lost(history, letter)


def duplicate(history: History) -> str | None:
    """A request arrives now and once more at some later time."""
    letter = a_letter(history, back=False)
    if letter is None:
        return None
    history.late.append(dataclasses.replace(letter))
    return f"{name_of(letter)} {history.arrive(letter)}"


def arrive_late(history: History) -> str | None:
    """A request whose sender has given up on it arrives after all."""
    if not history.late:
        return None
    letter = history.late.pop(history.random.randrange(len(history.late)))
    told = history.server.answer(history.limited(letter.asked))
    reply = reply_of(letter.kind, told) if told else None
    history.look()
    if reply is not None:
        checks.reply(history, letter, reply)
    return f"{name_of(letter)} {told.status if told else 0}"


# --- processes ---------------------------------------------------------------------------------------------------------------


def crash_client(history: History) -> str | None:
    """A client's process is killed, idle or at one of the writes of what it is doing."""
    machine = a_working_one(history)
    if machine is None:
        return None
    random = history.random
    letters = [letter for letter in machine.letters if letter.told is not None]
    if letters and random.random() < 0.6:
        letter = random.choice(letters)
        client.remember(history, letter)
        killed = history.fragile(machine, lambda: machine.receive(letter), random.randint(1, MOST_WRITES))
    else:
        killed = history.fragile(machine, lambda: history.agents.act(machine), random.randint(1, 6))
    if not killed:
        history.drop(machine)
    said = f"{machine.name} {'at a write' if killed else 'idle'}"
    return f"{said} {start(history, machine)}" if random.random() < 0.8 else said


def start(history: History, machine: Machine) -> str:
    """The program is started again; now and then it dies while it starts."""
    machine._begin()
    if history.random.random() < 0.2 and history.fragile(machine, machine.resume, history.random.randint(1, 12)):
        return "died again"
    if not machine.signed_in:
        machine.start()
    checks.started(history, machine)
    return "started"


def start_client(history: History) -> str | None:
    """Somebody starts a program that is not running."""
    down = [machine for machine in history.machines if not machine.signed_in]
    if not down:
        return None
    machine = history.random.choice(down)
    return f"{machine.name} {start(history, machine)}"


def sign_in_again(history: History) -> str | None:
    """A member whom the server does not know any more signs in."""
    refused = [m for m in history.machines if m.signed_in and m.runner.engine.stopped]
    if not refused:
        return None
    machine = history.random.choice(refused)
    machine.wire.away = history.random.random() < 0.1
    machine.wire.loses_reply = history.random.random() < 0.1
    return f"{machine.name} {history.try_to_sign_in(machine, machine.member)}"


USUAL: Weights = {
    act: 30,
    deliver: 100,
    drop_request: 6,
    drop_reply: 6,
    duplicate: 5,
    arrive_late: 3,
    crash_client: 3,
    start_client: 3,
    sign_in_again: 5,
}


# --- and in the end ----------------------------------------------------------------------------------------------------------


def heal(history: History) -> None:
    """Everything works from now on for every machine but one, which is cut off: the others must get done without it (P13, P14)."""
    random = history.random
    cut = random.choice(history.machines) if len(history.machines) > 1 else None
    healed = [machine for machine in history.machines if machine is not cut]
    history.late.clear()
    for machine in healed:
        if not machine.signed_in:
            machine.start()
            checks.started(history, machine)
    watch = checks.Progress(history, healed)
    for _ in range(HEALING_STEPS):
        history.time.pass_by(0.2)
        if not _healing_step(history, healed) and all(checks.is_done(history, machine) for machine in healed):
            break
        watch.look()
    checks.healed(history, healed)


def _healing_step(history: History, healed: list[Machine]) -> bool:
    busy = False
    for machine in healed:
        busy |= machine.ring()
        if machine.runner.engine.stopped:
            history.note(f"{machine.name} signs in: {history.try_to_sign_in(machine, machine.member)}")
            busy = True
        for letter in list(machine.letters):
            if history.is_held(letter):
                continue
            busy = True
            history.arrive(letter) if letter.told is None else history.hand_over(letter)
        history.look()
    return busy
