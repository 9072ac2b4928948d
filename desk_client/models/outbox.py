"""``outbox.db``: what was asked for on this machine, the numbers it may give out, and who it is. Append-only; never deleted on an error.

Every method runs on the storage thread inside :meth:`Outbox.commit`, one transaction that is on the disk when it returns (P4, P5).
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlcipher3 import dbapi2

from desk_client.models.columns import OUTBOX_TABLES
from desk_client.models.connection import Connection
from desk_client.models.engines import check, open_file
from desk_client.models.errors import saying
from desk_core.protocol import Verdict, WireCommand
from desk_core.references import REFILL_BELOW, NumberBlock, reference, reserve

_COMMAND = msgspec.json.Decoder(WireCommand)
_VERDICT = msgspec.json.Decoder(Verdict)


class Kept(NamedTuple):
    """A command of the outbox: its place, the call or ticket that it is about, the command itself."""

    n: int
    subject: str
    command: WireCommand


class Anchor(NamedTuple):
    """The last contact with the server: its time, and the monotonic clock of this boot at that moment, in milliseconds."""

    server_time: dt.datetime
    mono: int
    boot: str
    wall: dt.datetime


class Outbox:
    """The writing side; :mod:`desk_client.models.reading` reads through a second connection."""

    def __init__(self, path: Path, key: bytes, *, suspect: bool = False) -> None:
        """Open or create the file. ``suspect`` checks every page after an unclean exit and raises ``Damaged``."""
        with saying():
            self._connection = open_file(path, key, durable=True)
            try:
                if suspect:
                    check(self._connection)
                with self._connection.begin():
                    _complete(self._connection)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it."""
        self._connection.close()

    def fold_log(self) -> None:
        """Fold the write-ahead log into the file: who this is does not go with a log that somebody removes (R73). Nothing depends on
        it: a disk that fails leaves the log as it is."""
        with contextlib.suppress(dbapi2.DatabaseError):
            self._connection.run("PRAGMA wal_checkpoint").fetchall()

    @contextmanager
    def commit(self) -> Iterator[Connection]:
        """One transaction, on the disk when the block ends."""
        if self._connection.in_transaction():
            yield self._connection
            return
        with saying(), self._connection.begin():
            yield self._connection

    def _rows(self, statement: str, parameters: tuple[object, ...] = ()) -> Sequence[tuple[object, ...]]:
        with self.commit() as connection:
            rows: list[tuple[object, ...]] = connection.run(statement, parameters).fetchall()
        return rows

    # --- identity --------------------------------------------------------------------------------------------------------

    def identity(self, key: str) -> str:
        """A fact about this device, "" when it is not known."""
        rows = self._rows("SELECT value FROM identity WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def identify(self, **facts: str) -> None:
        """Keep facts about this device."""
        with self.commit() as connection:
            connection.run_many("INSERT OR REPLACE INTO identity VALUES (?, ?)", facts.items())

    def device_to_enrol(self) -> str:
        """The device id for the next sign-in; "" asks for a new one: there is none yet, or another machine goes on as this device (P19)."""
        return "" if self.identity("forked") else self.identity("device_id")

    # --- commands --------------------------------------------------------------------------------------------------------

    def append(self, command: WireCommand, subject: str) -> Kept:
        """Keep a command for ever."""
        with self.commit() as connection:
            connection.run(
                "INSERT INTO command (id, subject, body) VALUES (?, ?, ?)",
                (command.id, subject, msgspec.json.encode(command)),
            )
            n = connection.value("SELECT max(n) FROM command")
        return Kept(int(n), subject, command)

    def command(self, command_id: str) -> Kept | None:
        """One command, or None."""
        return next(iter(self._kept("WHERE id = ?", (command_id,))), None)

    def commands(self, after: int = 0) -> list[Kept]:
        """The commands that housekeeping does not know as settled, in order, from place ``after`` on."""
        return self._kept(
            "WHERE n > ? AND id NOT IN (SELECT id FROM settled) AND id NOT IN (SELECT id FROM put_away WHERE how = 'withdrawn') ORDER BY n",
            (after,),
        )

    def _kept(self, where: str, parameters: tuple[object, ...] = ()) -> list[Kept]:
        with self.commit() as connection:
            rows = connection.run(f"SELECT n, subject, body FROM command {where}", parameters).fetchall()  # noqa: S608 - ours
        return [Kept(n, subject, _COMMAND.decode(body)) for n, subject, body in rows]

    def last(self) -> int:
        """The place of the newest command, 0 when there is none."""
        return _int(self._rows("SELECT coalesce(max(n), 0) FROM command")[0][0])

    # --- the sent journal ------------------------------------------------------------------------------------------------

    def sequence(self, device: str, ids: Iterable[str], now: dt.datetime) -> dict[str, int]:
        """Give each command its seq at the first send, dense per device; one that has it keeps it."""
        with self.commit() as connection:
            known = self.sequences(device)
            last = max([_int(self.identity("last_seq") or 0), *known.values()])
            new = [i for i in ids if i not in known]
            numbered = {command_id: last + k for k, command_id in enumerate(new, 1)}
            if numbered:
                connection.run_many(
                    "INSERT OR REPLACE INTO sent (id, device, seq, at) VALUES (?, ?, ?, ?)",
                    [(i, device, seq, now.isoformat()) for i, seq in numbered.items()],
                )
        return known | numbered

    def sequences(self, device: str) -> dict[str, int]:
        """The seq of every command that was sent and is not known as settled."""
        rows = self._rows("SELECT id, seq FROM sent WHERE device = ? AND id NOT IN (SELECT id FROM settled)", (device,))
        top = self._rows("SELECT id, seq FROM sent WHERE device = ? ORDER BY seq DESC LIMIT 1", (device,))
        return {str(i): _int(seq) for i, seq in (*rows, *top)}

    def renumber(self, device: str, last_seq: int, unknown: Sequence[str], now: dt.datetime) -> None:
        """After a gap or a fork: the server's last seq counts, and ``unknown`` follow it densely, in order."""
        with self.commit() as connection:
            # What the server knew from another device used up no seq of this one: the answer is kept, its place is free.
            connection.run(
                "UPDATE sent SET device = '', seq = (SELECT n FROM command WHERE command.id = sent.id) "
                "WHERE device = ? AND seq > ? AND verdict IS NOT NULL",
                (device, last_seq),
            )
            connection.run("DELETE FROM sent WHERE device = ? AND seq > ?", (device, last_seq))
            connection.run("DELETE FROM sent WHERE id IN (SELECT value FROM json_each(?))", (_json(unknown),))
            self.identify(last_seq=str(last_seq))
        self.sequence(device, unknown, now)

    def hint(self, verdicts: Iterable[Verdict], epoch: str) -> None:
        """Note what a push reply said, in the server's ``epoch``; what one of another epoch said counts no more."""
        with self.commit() as connection:
            self.only_hints_of(epoch)
            rows = [(v.id, msgspec.json.encode(v)) for v in verdicts]
            if rows:
                # What the server knows from another machine was never sent from here: it uses up no seq of this device.
                given = "json_extract(CAST(body AS TEXT), '$.issued_wall')"
                connection.run_many(
                    f"INSERT INTO sent (id, device, seq, at, verdict) SELECT id, '', n, {given}, ?2 "  # noqa: S608
                    "FROM command WHERE id = ?1 ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict",
                    rows,
                )

    def only_hints_of(self, epoch: str) -> None:
        """Forget what was answered before the server was restored: those commands are offered again (P18)."""
        with self.commit() as connection:
            if self.identity("hint_epoch") != epoch:
                connection.run("UPDATE sent SET verdict = NULL WHERE id NOT IN (SELECT id FROM settled)")
                self.identify(hint_epoch=epoch)

    def hints(self) -> dict[str, Verdict]:
        """What push replies said about commands that are not settled."""
        rows = self._rows(
            "SELECT id, verdict FROM sent WHERE verdict IS NOT NULL AND id NOT IN (SELECT id FROM settled)"
        )
        return {str(i): _VERDICT.decode(body) for i, body in rows if isinstance(body, bytes)}

    def settle(self, verdicts: Iterable[Verdict], epoch: str) -> None:
        """Housekeeping: these left the replay list in the cache's commit; the journal keeps the answers."""
        with self.commit() as connection:
            found = tuple(verdicts)
            if found:
                answers = [(msgspec.json.encode(v), v.id) for v in found]
                connection.run_many("UPDATE sent SET verdict = ? WHERE id = ?", answers)
                self.mark_settled([(v.id, v.commit_seq) for v in found], epoch)

    def mark_settled(self, settled: Iterable[tuple[str, int]], epoch: str) -> None:
        """Housekeeping: the cache knows these as settled, up to a commit of ``epoch``."""
        with self.commit() as connection:
            rows = [(i, epoch, seq) for i, seq in settled]
            if rows:
                connection.run_many("INSERT OR REPLACE INTO settled VALUES (?, ?, ?)", rows)

    def marked(self) -> list[str]:
        """What housekeeping takes for settled."""
        return [str(row[0]) for row in self._rows("SELECT id FROM settled")]

    def unsettle(self, ids: Iterable[str]) -> None:
        """The cache knows nothing of their being settled: after a power cut, or when it is another one."""
        with self.commit() as connection:
            connection.run("DELETE FROM settled WHERE id IN (SELECT value FROM json_each(?))", (_json(list(ids)),))

    # --- the journal -----------------------------------------------------------------------------------------------------

    def sent_since(self, since: dt.datetime, after: int = 0) -> list[Kept]:
        """What was first sent at or after ``since``, or answered without being sent from here, after place ``after``; without the refusals
        that a person dealt with."""
        return self._kept(
            "WHERE n > ? AND id NOT IN (SELECT id FROM sent WHERE at < ?) AND id NOT IN (SELECT id FROM put_away) ORDER BY n",
            (after, since.isoformat()),
        )

    def answered_before(self, before: dt.datetime) -> list[str]:
        """The ids of what was first sent before ``before`` and is settled; the newest command never is among them: its place counts on."""
        return [
            str(row[0])
            for row in self._rows(
                "SELECT c.id FROM command c JOIN sent s ON s.id = c.id WHERE s.at < ? AND c.id IN (SELECT id FROM settled) "
                "AND c.n < (SELECT max(n) FROM command) ORDER BY c.n",
                (before.isoformat(),),
            )
        ]

    def let_go(self, ids: Sequence[str]) -> None:
        """Forget these commands and what became of them; the seqs of this device go on from where they were."""
        with self.commit() as connection:
            self._remember_last_seq()
            for table in ("command", "sent", "settled", "put_away", "offered_again"):
                connection.run(
                    f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own tables
                    (_json(ids),),
                )

    def offer_again(self, ids: Sequence[str], *, anew: bool = False) -> None:
        """The server knows nothing of these: whatever it answered is forgotten, and what it had answered says that it is sent again.

        ``anew`` with a new cache: all of these had been answered; every answer whose effects were not seen is void; and when anything was
        lost, everything unsettled is numbered anew, in order."""
        with self.commit() as connection:
            rows = [(command_id,) for command_id in ids]
            if rows:
                had = "SELECT id FROM sent WHERE id = ? AND verdict IS NOT NULL" if not anew else "VALUES (?)"
                connection.run_many(f"INSERT OR IGNORE INTO offered_again {had}", rows)
                connection.run_many("UPDATE sent SET verdict = NULL WHERE id = ?", rows)
                connection.run_many("DELETE FROM settled WHERE id = ?", rows)
            if anew:
                connection.run("UPDATE sent SET verdict = NULL WHERE id NOT IN (SELECT id FROM settled)")
            if anew and rows:
                self._remember_last_seq()
                connection.run("DELETE FROM sent WHERE id NOT IN (SELECT id FROM settled)")

    def offered_again(self) -> set[str]:
        """Commands that the server had answered before it lost them."""
        return {str(row[0]) for row in self._rows("SELECT id FROM offered_again")}

    def _remember_last_seq(self) -> None:
        """Rows of the journal are about to go; no seq is given twice for it."""
        device = self.identity("device_id")
        used = _int(self._rows("SELECT coalesce(max(seq), 0) FROM sent WHERE device = ?", (device,))[0][0])
        self.identify(last_seq=str(max(used, _int(self.identity("last_seq") or 0))))

    # --- what a person did about refusals ---------------------------------------------------------------------------------

    def put_away(self, command_id: str, how: str, at: dt.datetime, replaced_by: str = "") -> None:
        """A refused command was ``discarded``, ``sent_again`` or ``edited``; one that was never sent was ``withdrawn``. It is recorded."""
        with self.commit() as connection:
            deed = (at.isoformat(), how, command_id)
            connection.run("INSERT INTO deed (at, how, command) VALUES (?, ?, ?)", deed)
            connection.run("INSERT OR REPLACE INTO put_away VALUES (?, ?, ?)", (command_id, how, replaced_by))

    def deeds(self) -> list[tuple[str, str, str]]:
        """When, what and about which command a person did something, in order."""
        return [
            (str(at), str(how), str(i)) for at, how, i in self._rows("SELECT at, how, command FROM deed ORDER BY n")
        ]

    def replacements(self) -> dict[str, str]:
        """By id of a refused command: the one given instead, "" when it was discarded."""
        return {str(i): str(new) for i, new in self._rows("SELECT id, replaced_by FROM put_away")}

    def note_grace(self, command_id: str) -> None:
        """A command is held back for the time in which it can be taken back."""
        with self.commit() as connection:
            connection.run("INSERT OR IGNORE INTO grace VALUES (?)", (command_id,))

    def end_grace(self, ids: Iterable[str]) -> None:
        """These are held back no more."""
        with self.commit() as connection:
            connection.run("DELETE FROM grace WHERE id IN (SELECT value FROM json_each(?))", (_json([*ids]),))

    def graces(self) -> list[Kept]:
        """What is held back, or was when the program ended, in order."""
        return self._kept("WHERE id IN (SELECT id FROM grace) ORDER BY n", ())

    # --- numbers ---------------------------------------------------------------------------------------------------------

    def next_reference(self) -> str:
        """Consume a number, in the same transaction as the command that needs it (H-09); the device's own range when all are used."""
        with self.commit() as connection:
            row = connection.run(
                "SELECT first, next FROM number_block WHERE next <= last ORDER BY first LIMIT 1"
            ).fetchone()
            if row is not None:
                connection.run("UPDATE number_block SET next = next + 1 WHERE first = ?", (row[0],))
                return reference(int(row[1]))
            used = _int(self.identity("reserve_used") or 0)
            self.identify(reserve_used=str(used + 1))
            return reserve(_int(self.identity("device_number") or 0), used)

    def numbers_left(self) -> int:
        """Leased numbers that nobody has yet."""
        return _int(self._rows("SELECT coalesce(sum(last - next + 1), 0) FROM number_block")[0][0])

    def numbers_wanted(self) -> bool:
        """True when it is time to ask for more."""
        return self.numbers_left() < REFILL_BELOW

    def drop_blocks(self) -> None:
        """Give out none of the numbers at hand any more: another machine may give out the same ones."""
        with self.commit() as connection:
            connection.run("UPDATE number_block SET next = last + 1")

    def add_blocks(self, blocks: Iterable[NumberBlock]) -> None:
        """Numbers leased to this device; a block that is known keeps its place."""
        with self.commit() as connection:
            rows = [(b.first, b.last, b.first) for b in blocks]
            if rows:
                connection.run_many("INSERT OR IGNORE INTO number_block VALUES (?, ?, ?)", rows)

    # --- clock and drafts ------------------------------------------------------------------------------------------------

    def anchor(self) -> Anchor | None:
        """The last contact with the server, or None."""
        rows = self._rows("SELECT server_time, mono, boot, wall FROM anchor")
        if not rows:
            return None
        server_time, mono, boot, wall = rows[0]
        return Anchor(
            dt.datetime.fromisoformat(str(server_time)), _int(mono), str(boot), dt.datetime.fromisoformat(str(wall))
        )

    def set_anchor(self, anchor: Anchor) -> None:
        """Keep the last contact."""
        with self.commit() as connection:
            row = (1, anchor.server_time.isoformat(), anchor.mono, anchor.boot, anchor.wall.isoformat())
            connection.run("INSERT OR REPLACE INTO anchor VALUES (?, ?, ?, ?, ?)", row)

    def save_draft(self, key: str, body: str, now: dt.datetime) -> None:
        """Keep what is being typed; an empty body forgets it."""
        with self.commit() as connection:
            if body:
                connection.run("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (key, body, now.isoformat()))
            else:
                connection.run("DELETE FROM draft WHERE key = ?", (key,))


def _complete(connection: Connection) -> None:
    """Make what an outbox has and this file has not."""
    there = {str(row[0]) for row in connection.run("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not there.issuperset(OUTBOX_TABLES):
        # SQLAlchemy only where a file is made: its modules cost more than the first picture.
        from desk_client.models.tables import make_outbox  # noqa: PLC0415

        make_outbox(connection, there)


def _int(value: object) -> int:
    return int(str(value))


def _json(values: Sequence[str]) -> str:
    return msgspec.json.encode(values).decode()
