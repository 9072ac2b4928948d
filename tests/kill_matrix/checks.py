"""What must be true once everything is quiet again: both sides are read from their disks, and what is missing or twice is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

import msgspec

from desk_client.models.cache import Cache
from desk_client.models.columns import BASE_COLUMNS, OVERLAY_COLUMNS
from desk_client.models.errors import Damaged
from desk_client.models.outbox import Outbox
from desk_core.commands import BeginCall
from desk_core.protocol import Verdict, WireCommand
from tests.kill_matrix.world import Machine, World
from tests.simulation import checks_server
from tests.simulation.oracle import Oracle

if TYPE_CHECKING:
    from tests.simulation.history import History
    from tests.simulation.server import SimServer

_COMMAND = msgspec.json.Decoder(WireCommand)
_VERDICT = msgspec.json.Decoder(Verdict)


class Finding(NamedTuple):
    """A promise that was broken."""

    kind: Literal["lost", "doubled", "wrong"]
    text: str


@dataclass(frozen=True)
class _Watched:
    """As much of a history as the server's checks need."""

    oracle: Oracle
    server: World


class Judge:
    """Follows the server's log, and compares the machines with it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._oracle = Oracle(cast("SimServer", world))
        self._shown: dict[str, Machine] = {}

    # --- the server ------------------------------------------------------------------------------------------------------

    def server(self) -> list[Finding]:
        """Everything that it committed is whole, and there once (P1, P2, P3, P6)."""
        self._oracle.catch_up()
        watched = cast("History", _Watched(self._oracle, self._world))
        found = [Finding("doubled", f"P1: {command} was executed twice") for command in self._oracle.twice]
        found += [
            Finding("doubled", f"P1: {pk} happened in {n} commits") for pk, n in self._happened().items() if n > 1
        ]
        checks: tuple[Callable[[History], None], ...] = (
            checks_server.check_p02_all_or_none,
            checks_server.check_p03_order_and_verdicts,
            checks_server.check_p06_numbers,
        )
        for check in checks:
            try:
                check(watched)
            except AssertionError as error:
                found.append(Finding("wrong", str(error)))
        return found

    def _happened(self) -> dict[str, int]:
        """By event: in how many commits it was told, without those in which it moved with its ticket."""
        commits: dict[str, set[int]] = defaultdict(set)
        moves: dict[str, set[int]] = defaultdict(set)
        for change in self._oracle.changes:
            if change.table == "event":
                (commits if change.op == "put" else moves)[change.pk].add(change.commit_seq)
        return {pk: len(told - moves[pk]) for pk, told in commits.items()}

    # --- a machine -------------------------------------------------------------------------------------------------------

    def machine(self, machine: Machine) -> list[Finding]:
        """The files of a machine that was in step with the server when its last process ended."""
        if machine.folder is None:
            return [Finding("lost", "there are no files")] if machine.shown or machine.commands else []
        try:
            with files(machine) as (outbox, cache):
                refused = self._refused(outbox)
                found = [
                    *self._numbers(machine, outbox),
                    *self._commands(machine, outbox, cache),
                    *self._cache(machine, cache),
                    *_housekeeping(machine, outbox, cache),
                ]
        except Damaged as error:
            return [Finding("wrong", f"the files are damaged: {error}")]
        shown = "".join(machine.run("outbox", "--json")[0]) if refused else ""
        return [
            *found,
            *(Finding("lost", f"P5: {each} was refused and is not shown") for each in refused if each not in shown),
        ]

    def _refused(self, outbox: Outbox) -> set[str]:
        """The commands of which a person must hear: refused, and not given up."""
        mine = (self._oracle.receipts.get(command) for command in _commands(outbox))
        return {
            receipt.command for receipt in mine if receipt and receipt.outcome == "refused"
        } - outbox.replacements().keys()

    def _numbers(self, machine: Machine, outbox: Outbox) -> Iterator[Finding]:
        """Every number that was shown is in the outbox, is the server's, and was shown once (P4, P6)."""
        kept = Counter(
            msgspec.json.decode(command.args)["reference"]
            for command in _commands(outbox).values()
            if command.name == BeginCall.name
        )
        known = {row[0] for row in self._world.behind.execute("SELECT reference FROM number").fetchall()}
        for number, times in Counter(machine.shown).items():
            first = self._shown.setdefault(number, machine)
            # Two copies of one machine give out the same numbers until they learn of each other.
            if times > 1 or (first is not machine and not (first.has_copy and machine.has_copy)):
                yield Finding("doubled", f"H-09: {number} was shown twice")
            if number not in kept:
                yield Finding("lost", f"P4: {number} was shown and is not in the outbox")
            if number not in known:
                yield Finding("lost", f"P6: {number} was shown and the server does not find it")
        for number, times in kept.items():
            if times > 1:
                yield Finding("doubled", f"P6: {number} is in {times} commands")

    def _commands(self, machine: Machine, outbox: Outbox, cache: Cache) -> Iterator[Finding]:
        """No command has gone; each is carried out once, or refused and visible, and its verdict is here (P1, P5, P10)."""
        commands = _commands(outbox)
        for lost in machine.commands - commands.keys():
            yield Finding("lost", f"P5: {lost} has gone from the outbox")
        machine.commands |= commands.keys()
        with cache.commit() as connection:
            rows = connection.run("SELECT id, body FROM settled").fetchall()
        settled = {str(row[0]): _VERDICT.decode(row[1]) for row in rows}
        for command_id, command in commands.items():
            receipt, verdict = self._oracle.receipts.get(command_id), settled.get(command_id)
            if receipt is None:
                yield Finding("lost", f"P5: {command.name} {command_id} never reached the server")
            elif verdict is None:
                yield Finding("wrong", f"P10: the verdict of {command.name} {command_id} is not here")
            elif msgspec.json.encode(verdict) != msgspec.json.encode(_VERDICT.decode(receipt.verdict)):
                yield Finding("wrong", f"P3: {command_id} has the verdict {verdict} here, {receipt.verdict} there")

    def _cache(self, machine: Machine, cache: Cache) -> Iterator[Finding]:
        """The confirmed rows are the fold of the server's log, up to its head (P7, P9, P11, P13, P24)."""
        cursor = cache.cursor()
        epoch, seq = machine.cursor
        if epoch == cursor.log_epoch and cursor.commit_seq < seq:
            yield Finding("wrong", f"P11: the cursor went back from {seq} to {cursor.commit_seq}")
        machine.cursor = (cursor.log_epoch, cursor.commit_seq)
        if not self._oracle.holds(cursor) or cursor.commit_seq != self._oracle.head:
            yield Finding("wrong", f"P13: {cursor} is not the head {self._oracle.epoch} {self._oracle.head}")
            return
        ((member, version),) = self._world.behind.execute(
            "SELECT id, scope_version FROM member WHERE body::json->>'login' = %s", (machine.login,)
        ).fetchall()
        if cursor.scope_version != version:
            yield Finding("wrong", f"P20: {cursor} is not of the member's scope {version}")
        fold = self._oracle.fold(self._oracle.scopes(member, version), cursor.commit_seq)
        wanted = {key: (c.scope, bytes(c.row)) for key, c in fold.rows.items() if key[0] in BASE_COLUMNS}
        found: dict[tuple[str, str], tuple[str, bytes]] = {}
        with cache.commit() as connection:
            for table in BASE_COLUMNS:
                for pk, scope, body in connection.run(f"SELECT id, scope, body FROM {table}").fetchall():
                    found[table, pk] = (scope, bytes(body))
        for key in sorted(wanted.keys() - found.keys())[:3]:
            yield Finding("lost", f"P9: {key} is not in the cache")
        for key in sorted(found.keys() - wanted.keys())[:3]:
            yield Finding("wrong", f"P9: {key} is in the cache and not in the log")
        for key in [key for key in wanted if key in found and found[key] != wanted[key]][:3]:
            yield Finding("wrong", f"P9: {key} is {found[key]} here and {wanted[key]} there")


@contextmanager
def files(machine: Machine) -> Iterator[tuple[Outbox, Cache]]:
    """Both files, each page of them checked."""
    assert machine.folder is not None
    outbox = Outbox(machine.folder / "outbox.db", machine.key, suspect=True)
    try:
        cache_key = bytes.fromhex(outbox.identity("cache_key"))
        cache = Cache(machine.folder / "cache.db", cache_key, suspect=True)
        try:
            yield outbox, cache
        finally:
            cache.close()
    finally:
        outbox.close()


def _commands(outbox: Outbox) -> dict[str, WireCommand]:
    with outbox.commit() as connection:
        rows = connection.run("SELECT id, body FROM command").fetchall()
    return {str(row[0]): _COMMAND.decode(row[1]) for row in rows}


def _housekeeping(machine: Machine, outbox: Outbox, cache: Cache) -> Iterator[Finding]:
    """Nothing is half done (P9, P16, P24)."""
    assert machine.folder is not None
    if cache.fact("complete") != "1" or cache.fact("adding"):
        yield Finding("wrong", "P24: a snapshot is not complete")
    if (machine.folder / "cache-next.db").exists() or outbox.identity("anew"):
        yield Finding("wrong", "P24: a new cache is not in its place")
    if outbox.identity("forked"):
        yield Finding("wrong", "P19: the machine is no device of its own yet")
    with cache.commit() as connection:
        for table in OVERLAY_COLUMNS:
            (count,) = connection.run(f"SELECT count(*) FROM overlay_{table}").fetchone() or (0,)
            if count:
                yield Finding("wrong", f"P9: {count} rows of {table} are shown that nothing pending makes")
    for kind in ("damaged", "recover"):
        if list(machine.folder.glob(f"*{kind}*")):
            yield Finding("wrong", f"a file was taken for damaged: {list(machine.folder.iterdir())}")
