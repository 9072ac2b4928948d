"""``cache.db``: what the server confirmed, and the verdicts on this device's commands. Disposable: any doubt about it means fetch again.

A page is one transaction: base rows, verdicts, settled ids, the overlay wiped and replayed, the cursor (P8 to P11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from desk_client.models import policies
from desk_client.models.columns import BASE_COLUMNS, CACHE_SHAPE
from desk_client.models.connection import Connection
from desk_client.models.engines import check, open_file
from desk_client.models.errors import Damaged, saying
from desk_client.models.shapes import TICKET as TICKET_BODY
from desk_client.models.shapes import Shaped, shape, ticket_columns, ticket_doc
from desk_core.policy import Policy
from desk_core.protocol import Change, Cursor, PolicyRow, Verdict, row_hash

_VERDICT = msgspec.json.Decoder(Verdict)
_CURSOR = msgspec.json.Decoder(Cursor)
_FULL_TEXT_OF = {"ticket": "ticket_text", "customer": "party_text", "contact": "party_text", "asset": "party_text"}


def _upsert(table: str) -> str:
    columns = ("id", "scope", "seq", "hash", *BASE_COLUMNS[table], "body")
    changed = ", ".join(f"{c} = excluded.{c}" for c in columns[1:])
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608 - names of our own tables
        f"ON CONFLICT (id) DO UPDATE SET {changed} WHERE excluded.seq >= {table}.seq"
    )


_PUT = {table: _upsert(table) for table in BASE_COLUMNS}
_ADD_WORDS = "INSERT INTO {0} (rowid, text) VALUES (?, ?)"
_TAKE_WORDS = "INSERT INTO {0} ({0}, rowid, text) VALUES ('delete', ?, ?)"
_SINGLY = 200
"""So many rows at most are taken out of the full text word by word; for more of them it is made anew from those that stay."""
_CHUNK = 500
_ALL_BITS = (1 << 64) - 1


def _signed(value: int) -> int:
    """64 bits as SQLite keeps them."""
    return value - (1 << 64) if value >> 63 else value


def _words(shaped: Shaped) -> tuple[int, str]:
    return shaped.doc, shaped.words


class Cache:
    """The writing side, on the storage thread."""

    def __init__(self, path: Path, key: bytes, *, suspect: bool = False) -> None:
        """Open or create the file. Raises ``WrongKey`` or ``Damaged`` when it must be fetched again."""
        self.path = path
        with saying():
            self._connection = open_file(path, key, durable=False)
            try:
                if suspect:
                    check(self._connection)
                self._connection.run("PRAGMA secure_delete=ON")
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        with self._connection.begin():
            new = not self._connection.run("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            if new:
                # SQLAlchemy only where a file is made: its modules cost more than the first picture.
                from desk_client.models.tables import make_cache  # noqa: PLC0415

                make_cache(self._connection)
                self._set("shape", CACHE_SHAPE)
            elif self._get("shape") != CACHE_SHAPE:
                raise Damaged("The cache was written by another version of this program.")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def commit(self) -> Iterator[Connection]:
        """One transaction."""
        if self._connection.in_transaction():
            yield self._connection
            return
        with saying(), self._connection.begin():
            yield self._connection

    # --- facts about the cache itself ------------------------------------------------------------------------------------

    def _get(self, key: str) -> str:
        row = self._connection.run("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _set(self, key: str, value: str) -> None:
        self._connection.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def fact(self, key: str) -> str:
        """A fact about the cache, "" when it is not known."""
        with self.commit():
            return self._get(key)

    def note(self, **facts: str) -> None:
        """Keep facts about the cache."""
        with self.commit():
            for key, value in facts.items():
                self._set(key, value)

    def cursor(self) -> Cursor:
        """How far it has read; empty while nothing was fetched."""
        body = self.fact("cursor")
        return _CURSOR.decode(body) if body else Cursor()

    def set_cursor(self, cursor: Cursor) -> None:
        """Keep the cursor, in the page's transaction."""
        self.note(cursor=msgspec.json.encode(cursor).decode())

    def policy(self) -> PolicyRow | None:
        """The version in force of the feed's policies, or None while nothing was fetched."""
        with self.commit() as connection:
            rows = connection.run("SELECT body FROM policy").fetchall()
        return policies.in_force(row[0] for row in rows)

    # --- rows ------------------------------------------------------------------------------------------------------------

    def apply(self, changes: Iterable[Change], policy: Policy) -> None:
        """Fold changes into the base tables; an older row never replaces a newer one, so that doing it twice changes nothing (P8)."""
        puts: dict[str, dict[str, Change]] = {}
        with self.commit():
            for change in changes:
                if change.table not in BASE_COLUMNS:
                    continue
                waiting = puts.setdefault(change.table, {})
                if change.op == "put":
                    waiting[change.pk] = change
                    continue
                held = waiting.get(change.pk)
                if held is not None and (change.op == "delete" or held.scope == change.scope):
                    del waiting[change.pk]
                self._drop(change, policy)
            for table, rows in puts.items():
                if rows:
                    self._put(table, list(rows.values()), policy)

    def _put(self, table: str, rows: Sequence[Change], policy: Policy) -> None:
        shaped = [(row, shape(table, policy, row.row)) for row in rows]
        if table in _FULL_TEXT_OF:
            shaped = self._put_words(table, shaped, policy)
        parameters = [
            (row.pk, row.scope, row.commit_seq, _signed(row_hash(table, row.pk, row.row)), *s.columns, bytes(row.row))
            for row, s in shaped
        ]
        if parameters:
            self._connection.run_many(_PUT[table], parameters)
        aliases = [(alias, row.pk) for row, s in shaped for alias in s.aliases]
        if aliases:
            self._connection.run_many("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases)

    def _put_words(
        self, table: str, shaped: Sequence[tuple[Change, Shaped]], policy: Policy
    ) -> list[tuple[Change, Shaped]]:
        """Bring the words of these rows into the full text and take those of the rows in their place out; the rows that are not older
        than what is here."""
        asked = msgspec.json.encode([row.pk for row, _ in shaped]).decode()
        wanted = f"SELECT id, seq, body FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own tables
        held = {pk: (seq, body) for pk, seq, body in self._connection.run(wanted, (asked,)).fetchall()}
        fresh = [(row, s) for row, s in shaped if row.pk not in held or row.commit_seq >= held[row.pk][0]]
        new = {row.pk: _words(s) for row, s in fresh}
        old = {row.pk: _words(shape(table, policy, held[row.pk][1])) for row, _ in fresh if row.pk in held}
        self._text(table, _TAKE_WORDS, [words for pk, words in old.items() if words != new[pk]])
        self._text(table, _ADD_WORDS, [words for pk, words in new.items() if words != old.get(pk)])
        return fresh

    def _text(self, table: str, statement: str, words: Iterable[tuple[int, str]]) -> None:
        found = [(doc, text) for doc, text in words if text]
        if found:
            self._connection.run_many(statement.format(_FULL_TEXT_OF[table]), found)

    def _drop(self, change: Change, policy: Policy) -> None:
        """Take one row out: in the scope that it left, or (an explicit tombstone, P23) wherever it is; never one that came back since."""
        scope = change.scope if change.op == "leave" else ""
        self._delete(
            change.table,
            "WHERE id = ? AND (? = '' OR scope = ?) AND seq <= ?",
            (change.pk, scope, scope, change.commit_seq),
            policy,
        )

    def _delete(self, table: str, where: str, parameters: tuple[object, ...], policy: Policy) -> None:
        """Take rows out, and every word of them (P20)."""
        run = self._connection.run
        if table not in _FULL_TEXT_OF:
            run(f"DELETE FROM {table} {where}", parameters)  # noqa: S608 - our own tables, here and below
            return
        going = run(f"SELECT body FROM {table} {where} LIMIT {_SINGLY + 1}", parameters).fetchall()  # noqa: S608
        run(f"DELETE FROM {table} {where}", parameters)  # noqa: S608
        if len(going) <= _SINGLY:
            self._text(table, _TAKE_WORDS, [_words(shape(table, policy, row[0])) for row in going])
            return
        text = _FULL_TEXT_OF[table]
        run(f"INSERT INTO {text} ({text}) VALUES ('delete-all')")  # noqa: S608
        for other in (name for name, of in _FULL_TEXT_OF.items() if of == text):
            staying = run(f"SELECT body FROM {other}")  # noqa: S608
            while part := staying.fetchmany(_CHUNK):
                self._text(other, _ADD_WORDS, [_words(shape(other, policy, row[0])) for row in part])

    def purge(self, scopes: Iterable[str], policy: Policy) -> None:
        """Take a lost department's content out: rows, full text, everything, overwritten where it lay in the file (P20)."""
        with self.commit():
            for scope in scopes:
                for table in BASE_COLUMNS:
                    self._delete(table, "WHERE scope = ?", (scope,), policy)

    def fold_log(self) -> bool:
        """Fold the write-ahead log into the file and empty it, so that it keeps nothing that was taken out; False when a reader put that
        off."""
        with saying():
            busy, _, _ = self._connection.run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def digests(self) -> dict[tuple[str, str], tuple[int, str]]:
        """Count and XOR of the hashes by table and scope, as of :class:`desk_core.protocol.TableDigest` (P13)."""
        with self.commit() as connection:
            rows = connection.run("SELECT tbl, scope, count, xor FROM digest WHERE count <> 0").fetchall()
        return {(table, scope): (count, f"{xor & _ALL_BITS:016x}") for table, scope, count, xor in rows}

    def rank_again(self, policy: Policy) -> None:
        """After a change of policy: every ticket's place is computed anew."""
        with self.commit() as connection:
            rows = connection.run("SELECT id, body FROM ticket").fetchall()
            updates = []
            for ticket_id, body in rows:
                ticket = TICKET_BODY.decode(body)
                updates.append((ticket_columns(policy, ticket, ticket_doc(ticket))[5], ticket_id))
            if updates:
                connection.run_many("UPDATE ticket SET rank = ? WHERE id = ?", updates)

    # --- verdicts --------------------------------------------------------------------------------------------------------

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Verdicts whose effects this cache holds, in the page's transaction (P10)."""
        if verdicts:
            with self.commit() as connection:
                connection.run_many(
                    "INSERT OR IGNORE INTO settled VALUES (?, ?, ?, ?)",
                    [(v.id, v.commit_seq, v.outcome, msgspec.json.encode(v)) for v in verdicts],
                )

    def settled(self, among: Sequence[str], *, carried_out: bool = False) -> set[str]:
        """Which of these commands have left the replay list; with ``carried_out`` only those that were not refused."""
        with self.commit() as connection:
            rows = connection.run(
                "SELECT id FROM settled WHERE id IN (SELECT value FROM json_each(?)) AND NOT (? AND outcome = 'refused')",
                (msgspec.json.encode(among).decode(), carried_out),
            ).fetchall()
        return {str(row[0]) for row in rows}

    def verdict(self, command_id: str) -> Verdict | None:
        """The server's answer to a command, or None."""
        with self.commit() as connection:
            row = connection.run("SELECT body FROM settled WHERE id = ?", (command_id,)).fetchone()
        return _VERDICT.decode(row[0]) if row else None
