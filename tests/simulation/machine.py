"""A machine of a history: the real client on real encrypted files, without a thread of its own."""

from __future__ import annotations

import queue
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from desk_client.models.access import Access
from desk_client.models.changes import Listeners
from desk_client.models.errors import told
from desk_client.models.network import SignIn
from desk_client.models.storage import NORMAL, StorageThread
from desk_client.models.store import Sources, Store
from desk_client.services import Calls, Outbox, Queue, Session, Tickets
from desk_client.sync import engine as e
from desk_client.sync.runner import Runner
from desk_client.system.paths import ProfileFolder
from tests.simulation.clocks import MachineClock, Time
from tests.simulation.disk import Killed
from tests.simulation.wire import Letter, SimTransport, written
from tests.support.server import PASSWORD

_T = TypeVar("_T")
SERVER = "http://127.0.0.1:1"


class _Key(NamedTuple):
    key: bytes
    kept: Literal["keyring", "passphrase"] = "keyring"
    fits: bool | None = None


class MemoryKeys:
    """The keyring of a machine: keys and tokens by the name of the folder."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}
        self.tokens: dict[str, str] = {}

    def prepare(self, passphrase: str) -> None:
        """There is a keyring."""

    def fetch(self, folder: Path, passphrase: str, *, create: bool) -> _Key:  # noqa: ARG002 - the protocol's
        """The key of a folder."""
        return _Key(self.keys.setdefault(folder.name, bytes([len(self.keys) + 1]) * 32))

    def keep_token(self, folder: Path, token: str) -> bool:
        """Keep it."""
        self.tokens[folder.name] = token
        return True

    def token(self, folder: Path) -> str:
        """The token kept."""
        return self.tokens.get(folder.name, "")

    def forget_token(self, folder: Path) -> None:
        """Forget it."""
        self.tokens.pop(folder.name, None)

    def copy(self) -> MemoryKeys:
        """The keyring of a machine that was cloned."""
        made = MemoryKeys()
        made.keys, made.tokens = dict(self.keys), dict(self.tokens)
        return made


class InlineStorage(StorageThread):
    """The storage thread's work, done at once by whoever asks."""

    def __init__(self) -> None:
        pass

    def submit(self, work: Callable[[], _T], priority: int = NORMAL) -> Future[_T]:  # noqa: ARG002 - one at a time
        """Do it, and answer as the thread would; a process that is killed answers nothing."""
        future: Future[_T] = Future()
        try:
            future.set_result(work())
        except Killed:
            raise
        except BaseException as error:
            sentence = told(error)
            if sentence is not None:
                sentence.__cause__ = error
            future.set_exception(sentence or error)
        return future

    def run(self, work: Callable[[], _T], priority: int = NORMAL) -> _T:
        """The same, and wait."""
        return self.submit(work, priority).result()

    def close(self) -> None:
        """There is no thread."""


class SimRunner(Runner):
    """The real runner: what its threads would carry waits in lists of the machine, and time is the history's."""

    def __init__(self, machine: Machine, access: Access, wire: SimTransport, chance: Callable[[], float]) -> None:
        super().__init__(access, wire, chance=chance, keep_token=machine.keys.keep_token)
        self._machine = machine

    def _start(self) -> None:
        """No threads."""

    def _next(self) -> Any:
        try:
            return self._events.get_nowait()
        except queue.Empty:
            return None

    def _do(self, at: SignIn, effect: e.Effect) -> None:
        machine = self._machine
        match effect:
            case e.Send():
                asked = written(machine.wire, lambda: self._request(at, effect))
                machine.post(at, effect, asked)
            case e.Wait(lane=lane, at_least=least, up_to=up_to):
                due = machine.time.seconds + max(least, self._chance() * up_to)
                machine.timers.append((due, at.number, lane))
            case _:
                super()._do(at, effect)

    @property
    def engine(self) -> e.State:
        """Where the engine stands."""
        return self._state

    def pump(self) -> None:
        """Do all that follows from what has happened."""
        self._run()

    def time_up(self, number: int, lane: e.Timer) -> None:
        """A timer has run out."""
        self._events.put((number, e.TimeUp(lane)))

    def knock(self) -> None:
        """A person asks for a round."""
        self._put(e.Woken(now=True))

    def receive(self, letter: Letter) -> None:
        """The real worker reads the answer; its event is next."""
        lane = self._lanes[letter.lane]
        lane.put((letter.at, letter.effect))
        lane.put(None)
        self._carry(letter.lane)


@dataclass
class Ledger:
    """What the member of one folder was shown as accepted on this machine: ids of commands in order, and numbers by command."""

    commands: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Ledger:
        """For a clone."""
        return Ledger(list(self.commands), dict(self.numbers))


class Machine:
    """A profile with at most one member signed in."""

    def __init__(
        self,
        name: str,
        folder: Path,
        time: Time,
        wire: SimTransport,
        new_id: Callable[[], str],
        chance: Callable[[], float],
    ) -> None:
        self.name = name
        self.folder = folder
        self.time = time
        self.wire = wire
        self.new_id = new_id
        self.chance = chance
        self.clock = MachineClock(time)
        self.keys = MemoryKeys()
        self.letters: list[Letter] = []
        self.timers: list[tuple[float, int, e.Timer]] = []
        self.ledgers: dict[str, Ledger] = {}
        self.member = ""
        self._letters_sent = 0
        self._begin()

    def _begin(self) -> None:
        self.access = Access(InlineStorage(), Listeners())
        self.runner = SimRunner(self, self.access, self.wire, self.chance)
        sources = Sources(self.clock, self.new_id, lambda size: b"\x07" * size)
        self.session = Session(self.access, self.runner, self.keys, ProfileFolder(self.folder), sources)
        self.calls = Calls(self.access, self.runner, self.new_id)
        self.tickets = Tickets(self.access, self.runner, self.new_id)
        self.queue = Queue(self.access)
        self.outbox = Outbox(self.access, self.runner)

    # --- what the network brings -----------------------------------------------------------------------------------------

    def post(self, at: SignIn, effect: e.Send, asked: Any) -> None:
        """A request begins its way."""
        self._letters_sent += 1
        self.letters.append(Letter(self, at, effect, asked, self.time.seconds, self._letters_sent, member=self.member))

    def receive(self, letter: Letter, fate: Literal["", "offline", "slow"] = "") -> None:
        """An answer arrives, or the waiting for it ends."""
        if letter in self.letters:
            self.letters.remove(letter)
        self.wire.mode, self.wire.told, self.wire.fate = "read", letter.told, fate
        try:
            self.runner.receive(letter)
        finally:
            self.wire.mode, self.wire.told, self.wire.fate = "direct", None, ""
        self.runner.pump()

    def ring(self) -> bool:
        """Let the timers that are due run out."""
        due = [timer for timer in self.timers if timer[0] <= self.time.seconds]
        self.timers = [timer for timer in self.timers if timer[0] > self.time.seconds]
        for _, number, lane in due:
            self.runner.time_up(number, lane)
        self.runner.pump()
        return bool(due)

    # --- its files -------------------------------------------------------------------------------------------------------

    @property
    def signed_in(self) -> bool:
        """True while somebody's files are open."""
        return self.access.signed_in

    @property
    def store(self) -> Store:
        """The open files."""
        return self.access.store

    @property
    def ledger(self) -> Ledger:
        """What the member at work was shown."""
        return self.ledgers.setdefault(self.member, Ledger())

    def sign_in(self, login: str) -> None:
        """Sign in; raises the client's own error when that fails."""
        self.session.sign_in(SERVER, login, PASSWORD).result()
        self.member = login
        self.drop_old_letters()
        self.runner.pump()

    def resume(self) -> None:
        """Go on where one left."""
        self.session.resume().result()
        if self.access.signed_in and self.store.member is not None:
            self.member = self.store.member.login
        self.drop_old_letters()
        self.runner.pump()

    def drop_old_letters(self) -> None:
        """What was asked for by an earlier sign-in is waited for by nobody."""
        self.letters = [letter for letter in self.letters if self.works_for(letter)]

    def works_for(self, letter: Letter) -> bool:
        """Whether the sign-in that asked is the one at work, perhaps as another device since."""
        at = self.runner._at
        return at is not None and letter.at.number == at.number

    def close(self) -> None:
        """End the program properly."""
        self.runner._at = None
        self.access.close()
        self.letters, self.timers = [], []

    def start(self) -> None:
        """Start the program; whoever was signed in goes on."""
        self._begin()
        self.resume()

    def end(self, remains: Path) -> None:
        """The process was killed: the files are what ``remains`` holds."""
        mark = self.folder
        self.close()
        shutil.rmtree(mark)
        remains.rename(mark)

    def twin(self, other: Machine) -> None:
        """Become a copy of another machine as it lies on the disk, keyring and all."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(other.folder, self.folder)
        self.keys = other.keys.copy()
        self.ledgers = {member: ledger.copy() for member, ledger in other.ledgers.items()}
        self.member = other.member

    def kill(self, remains: Path) -> None:
        """Kill the process now."""
        shutil.rmtree(remains, ignore_errors=True)
        shutil.copytree(self.folder, remains)
        self.end(remains)
