"""The promises P1 to P26, each as a check named after it (the table is in the package's docstring)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from desk_core.protocol import PullReply, SnapshotPage, cursor_from_text
from tests.simulation import checks_client as client
from tests.simulation import checks_leases as leases
from tests.simulation import checks_server as server
from tests.simulation.machine import Machine
from tests.simulation.oracle import Receipt
from tests.simulation.wire import Letter
from tests.support.server import MONDAY

if TYPE_CHECKING:
    from tests.simulation.history import History


class Memory:
    """What the checks remember of earlier steps."""

    def __init__(self) -> None:
        self.verdicts: dict[str, bytes] = {}
        self.cursors: dict[str, tuple[str, int]] = {}
        self.moving: dict[str, int] = {}
        self.torn: dict[str, str] = {}
        self.down: set[str] = set()
        self.contacts: list[tuple[str, dt.datetime]] = []
        self.believed: list[tuple[str, str, dt.datetime, dt.datetime]] = []
        self.restored_at = MONDAY
        self.kept: object = None

    def copy(self, machine: Machine, to: Machine) -> None:
        """What was seen of one machine was seen of its copy."""
        for known in (self.cursors, self.moving, self.torn):
            for path, value in list(known.items()):
                if path.startswith(f"{machine.folder}/"):
                    known[f"{to.folder}{path.removeprefix(str(machine.folder))}"] = value  # type: ignore[assignment]

    def rolled_back(self, receipts: Iterable[Receipt], machines: Iterable[Machine], now: dt.datetime) -> None:
        """The server was restored: what it lost may be judged anew, and cursors go back. A machine that had all pages of a download,
        and not yet what moved meanwhile, may hold rows that were lost though its cursor was not: the comparison of digests finds them."""
        self.verdicts = {receipt.command: server.as_told(receipt) for receipt in receipts}
        self.cursors.clear()
        self.contacts.clear()
        self.believed.clear()
        self.restored_at = now
        for machine in machines:
            self.down.update(path for path in self.moving if path.startswith(f"{machine.folder}/"))
            if machine.signed_in:
                self.tear(machine)

    def tear(self, machine: Machine) -> None:
        """The server was restored amid what a machine fetches."""
        path, store = str(machine.store.folder.path), machine.store
        self.down.discard(path)
        if store.cursor().commit_seq < self.moving.get(path, 0):
            self.torn[path] = store.cache.fact("agreed_at")

    def forget(self, machine: Machine, head: int) -> None:
        """A machine's files were put back: what was seen of the newer ones says nothing any more, and they may lie amid a snapshot."""
        for path in [path for path in self.cursors if path.startswith(f"{machine.folder}/")]:
            del self.cursors[path]
            self.moving[path] = head


def is_empty(letter: Letter, reply: Any) -> bool:
    """Whether the server would hold this poll."""
    if not isinstance(reply, PullReply):
        return False
    news = reply.changes or reply.verdicts or reply.reset or reply.scope_purge or reply.scope_add or reply.departments
    return not news and reply.cursor == cursor_from_text(letter.asked.params["cursor"])


def cheap(history: History) -> None:
    """After every step in which something was committed."""
    server.check_p01_no_command_runs_twice(history)
    server.check_p03_order_and_verdicts(history)
    server.check_p22_instants(history)


def full(history: History) -> None:
    """Now and then, and at the end."""
    history.counts["full checks"] += 1
    server.check_p01_effects_once(history)
    server.check_p02_all_or_none(history)
    server.check_p06_numbers(history)
    server.check_p21_actor(history)
    leases.check_l1_one_hand(history)
    leases.check_l2_ends_once_and_not_early(history)
    leases.check_l3_late_work_is_a_draft(history)
    leases.check_l4_only_the_holder_answers(history)
    for machine in history.machines:
        if machine.signed_in:
            client.check_p04_shown_numbers_are_kept(history, machine)
            client.check_p05_nothing_vanishes(history, machine)
            client.check_p07_reader_sees_the_log(history, machine)
            client.check_p09_view(history, machine)
            client.check_p10_verdict_with_effects(history, machine)
            client.check_p20_nothing_outside_the_scope(history, machine)
            leases.believe(history, machine)


def reply(history: History, letter: Letter, found: Any) -> None:
    """When the server has answered."""
    server.check_p03_same_verdict(history, found)
    leases.remember(history, letter)
    if isinstance(found, PullReply):
        server.check_p07_p08_whole_commits(history, letter, found)
        server.check_p17_rollback_is_detected(history, letter, found)
    if isinstance(found, (PullReply, SnapshotPage)):
        server.check_p20_wire(history, letter, found)


def before(history: History, letter: Letter) -> None:
    """Before an answer is handed to its machine."""
    client.remember(history, letter)
    history.memory.kept = client.kept_over_a_reset(letter)


def after(history: History, letter: Letter) -> None:
    """After an answer was handed to its machine."""
    client.check_p11_monotonic(history, letter.machine)
    client.check_p16_reset_keeps(history.memory.kept, letter)


def started(history: History, machine: Machine) -> None:
    """After a start of the program."""
    if machine.signed_in:
        if str(machine.store.folder.path) in history.memory.down:
            history.memory.tear(machine)
        client.check_p04_shown_numbers_are_kept(history, machine)
        client.check_p05_nothing_vanishes(history, machine)
        client.check_p09_view(history, machine)
        client.check_p11_monotonic(history, machine)


def is_done(history: History, machine: Machine) -> bool:
    """Whether nothing more is to come: all is sent and read by somebody whom the server knows."""
    if not machine.runner.engine.quiet or {"push", "pull"} & {lane for _, _, lane in machine.timers}:
        return False
    return history.server.session(client.token_of(machine)) is not None


class Progress:
    """P14: whoever has something to send gets on with it, or shows why not, within 60 seconds of virtual time."""

    def __init__(self, history: History, healed: list[Machine]) -> None:
        self._history, self._healed = history, healed
        self._since = {machine.name: (history.time.seconds, self._mark(machine)) for machine in healed}

    def _mark(self, machine: Machine) -> object:
        if not machine.signed_in:
            return None
        store = machine.store
        return (len(store.pending), len(store.outbox.hints()), store.cursor(), machine.runner.engine.done)

    def look(self) -> None:
        """Judge it."""
        for machine in self._healed:
            since, mark = self._since[machine.name]
            now = self._mark(machine)
            if now != mark or not client.may_go(machine):
                self._since[machine.name] = (self._history.time.seconds, now)
                continue
            shown = machine.runner.engine.problem
            waited = self._history.time.seconds - since
            assert waited <= 61 or shown, f"P14: {machine.name} has not got on for {waited:.0f} s and shows nothing"


def healed(history: History, machines: list[Machine]) -> None:
    """At the end, when all is healed."""
    history.look()
    full(history)
    for machine in machines:
        client.check_p13_digests(history, machine)
        client.check_p15_all_is_judged(history, machine)
