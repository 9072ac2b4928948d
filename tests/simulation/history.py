"""One history: a seed decides everything that happens, step by step, and every step is judged.

A plain seeded driver and not Hypothesis' state machine: a step costs milliseconds of real databases, so that thousands of steps go into
what Hypothesis would spend on shrinking one failure; a failing history ends at the step that failed, which is its shortest prefix.
"""

from __future__ import annotations

import dataclasses
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

from desk_client.models.errors import DeskError
from tests.simulation import checks, checks_leases, faults, more_faults
from tests.simulation.agents import LOGINS, Agents
from tests.simulation.disk import Disk, Killed
from tests.simulation.machine import Ledger, Machine
from tests.simulation.oracle import Log, Oracle
from tests.simulation.server import Asked, Desk, SimServer
from tests.simulation.wire import Letter, SimTransport, reply_of

FULL_CHECK_EVERY = 25
PAUSES = ((0.0, 30), (0.3, 40), (2.0, 20), (30.0, 8), (600.0, 2))
PAGES = (3, 25, 2_000)


class Broken(AssertionError):
    """A history that broke a promise; the text says how to play it again."""


class History:
    """The state of one history. ``steps`` is how long it is before everything is healed."""

    def __init__(
        self, server: SimServer, folder: Path, seed: int, steps: int, kinds: faults.Weights | None = None
    ) -> None:
        self.server, self.folder, self.seed, self.steps = server, folder, seed, steps
        self.random = Random(seed)
        self.time = server.time
        self.disk = Disk()
        self.agents = Agents(self.random)
        self.trace: list[str] = []
        self.counts: Counter[str] = Counter()
        self.machines: list[Machine] = []
        self.late: list[Letter] = []
        self.step_number = 0
        self.kinds = faults.USUAL | more_faults.MORE if kinds is None else kinds
        self._ids = 0
        self._rows = str(self.random.choice(PAGES))
        self.memory = checks.Memory()
        self.epochs = 0
        self.backups: list[tuple[Desk, Log]] = []
        self.copies: dict[str, dict[str, Ledger]] = {}

    # --- the whole -------------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """All of it. Raises :class:`Broken` with the command that plays it again."""
        try:
            with self._world():
                for number in range(1, self.steps + 1):
                    self.step_number = number
                    self.step()
                self.counts["steps"] += self.steps
                checks.full(self)
                faults.heal(self)
                self.counts += Counter(happened.kind for happened in checks_leases.events(self.oracle))
        except Exception as error:
            raise Broken(
                f"{type(error).__name__} in step {self.step_number} of seed {self.seed}: {error}\n"
                + "\n".join(self.trace[-12:])
                + f"\nagain: python3 dev.py simulate --seed {self.seed} --steps {self.step_number}"
            ) from error

    @contextmanager
    def _world(self) -> Iterator[None]:
        made = Random(self.seed)
        with ExitStack() as stack:
            stack.enter_context(patch.object(uuid, "uuid4", lambda: uuid.UUID(int=made.getrandbits(128), version=4)))
            stack.enter_context(self.disk.watched())
            self.time.seconds = 0.0
            self.server.first_day()
            self.oracle = Oracle(self.server)
            stack.callback(self._end)
            for _ in range(self.random.choice((1, 2, 2, 3, 4))):
                self.new_machine().sign_in(self.random.choice(LOGINS))
            yield

    def _end(self) -> None:
        for machine in self.machines:
            machine.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- machines --------------------------------------------------------------------------------------------------------

    def new_id(self) -> str:
        """An id that nobody has had."""
        self._ids += 1
        return f"id-{self._ids:06d}"

    def new_machine(self) -> Machine:
        """One more machine, switched off."""
        name = f"m{len(self.machines) + 1}"
        machine = Machine(
            name, self.folder / name, self.time, SimTransport(self.server), self.new_id, self.random.random
        )
        self.machines.append(machine)
        return machine

    def remains(self, machine: Machine) -> Path:
        """Where the files of a machine that is being killed are kept."""
        return self.folder / f"{machine.name}-remains"

    def end(self, machine: Machine) -> None:
        """The machine's process was killed; what it had sent may still arrive."""
        self.late += [letter for letter in machine.letters if letter.told is None]
        machine.end(self.remains(machine))

    def drop(self, machine: Machine) -> None:
        """The machine's process ends while it does nothing."""
        self.late += [letter for letter in machine.letters if letter.told is None]
        machine.kill(self.remains(machine))

    def fragile(self, machine: Machine, work: Callable[[], object], write: int) -> bool:
        """Do ``work`` at a machine whose process ends at its write number ``write``; True when it did."""
        try:
            with self.disk.killing(write, machine.folder, self.remains(machine)):
                work()
        except Killed:
            self.end(machine)
            return True
        return False

    # --- steps -----------------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One thing happens, and is judged."""
        pauses, weights = zip(*PAUSES, strict=True)
        self.time.pass_by(self.random.choices(pauses, weights)[0])
        for machine in self.machines:
            machine.ring()
        (kind,) = self.random.choices(list(self.kinds), list(self.kinds.values()))
        said = kind(self)
        name = kind.__name__
        if said is None:
            name, said = "deliver", faults.deliver(self) or "nothing on its way"
        elif name not in ("act", "deliver"):
            self.counts[name] += 1
        self.note(f"{name} {said}")
        self.look()
        if self.step_number % FULL_CHECK_EVERY == 0:
            checks.full(self)

    def note(self, text: str) -> None:
        """Add to the trace."""
        self.trace.append(f"{self.step_number} t={self.time.seconds:.1f} {text}")

    def look(self) -> None:
        """Read what was committed and judge it."""
        if self.oracle.catch_up():
            checks.cheap(self)

    # --- the network -----------------------------------------------------------------------------------------------------

    def ready(self) -> list[Letter]:
        """The letters to which something can happen now: a held poll waits for news or for its time."""
        return [letter for machine in self.machines for letter in machine.letters if not self.is_held(letter)]

    def is_held(self, letter: Letter) -> bool:
        """Whether the server holds it, since it has no news for it."""
        if letter.told is not None or letter.head < 0:
            return False
        waited = self.time.seconds - letter.sent >= float(letter.asked.params.get("wait", 0))
        return not waited and letter.head == self.oracle.head + self.oracle.accounts

    def limited(self, asked: Asked) -> Asked:
        """A request as it reaches the server: a poll is held by the history, not there, and pages are small."""
        if asked.path.rsplit("/", 1)[-1] not in ("pull", "snapshot"):
            return asked
        return dataclasses.replace(
            asked, params={**asked.params, "rows": self._rows} | ({"wait": "0"} if "wait" in asked.params else {})
        )

    def arrive(self, letter: Letter, *, dies: bool = False) -> str:
        """A request reaches the server; a poll without news is held there."""
        told = self.server.answer(self.limited(letter.asked), dies=dies)
        self.look()
        if told is None:
            return "the server died"
        reply = reply_of(letter.kind, told)
        if reply is not None:
            checks.reply(self, letter, reply)
        wait = float(letter.asked.params.get("wait", 0))
        if wait and self.time.seconds - letter.sent < wait and checks.is_empty(letter, reply):
            letter.head = self.oracle.head + self.oracle.accounts
            return "held"
        letter.told, letter.meant = told, reply
        return f"answered {told.status}"

    def hand_over(self, letter: Letter) -> str:
        """An answer reaches its machine."""
        checks.before(self, letter)
        letter.machine.receive(letter)
        checks.after(self, letter)
        return f"{letter.machine.runner.engine.push.doing}/{letter.machine.runner.engine.pull.doing}"

    # --- signing in ------------------------------------------------------------------------------------------------------

    def try_to_sign_in(self, machine: Machine, login: str) -> str:
        """A person types name and password."""
        try:
            machine.sign_in(login)
        except DeskError as error:
            return error.code
        finally:
            machine.wire.away = machine.wire.loses_reply = False
        checks.started(self, machine)
        return "signed in"
