"""Rows that no command made: members, customers and the policy, brought in by programs and administrators, as commits of the feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from desk_core.protocol import PAGE_ROWS
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import CHANNEL, Commit, Wakeup, collect
from desk_server.sync.policies import Policies
from desk_server.sync.rows import Row, encode
from desk_server.sync.view import Raw

ROWS_PER_COMMIT = PAGE_ROWS // 2

_KNOWN = "SELECT id, hash FROM {table} WHERE desk = %s AND id = ANY(%s)"

_LINES = "SELECT id FROM entry WHERE desk = %s AND register = ANY(%s) AND id > %s ORDER BY id LIMIT %s"


def put_rows(raw: Raw, desk: str, rows: Iterable[Row], now: dt.datetime) -> int:
    """Store rows that the whole desk sees, in commits of at most ``ROWS_PER_COMMIT``; what is already there makes no change.

    Returns how many rows changed. The caller's transaction makes it all or nothing.
    """
    changed = 0
    for part in _parts(rows):
        commit = Commit(lock_desk(raw, desk))
        known = _known(raw, desk, part)
        for row in part:
            if known.get((row.table, row.pk)) != row.hash:
                commit.put(row)
        if commit.changes:
            commit.write(raw, now, commit.desk.next_counter)
            changed += len(commit.changes)
    return changed


def replace_scopes(raw: Raw, desk: str, member: str, policies: Policies, now: dt.datetime) -> None:
    """After a member's departments changed: what the member holds from outside gets its place anew."""
    state = lock_desk(raw, desk)
    view = policies.view(raw, state)
    view.touch(member)
    commit = Commit(state)
    collect(commit, raw, view, ())
    if commit.changes:
        commit.write(raw, now, state.next_counter)


def replace_lines(raw: Raw, desk: str, registers: Sequence[str], policies: Policies, now: dt.datetime) -> None:
    """After a policy closed registers or opened them: their lines get their place anew, with their history (P20)."""
    after = ""
    while True:
        state = lock_desk(raw, desk)
        ids = [row[0] for row in raw.execute(_LINES, (desk, list(registers), after, ROWS_PER_COMMIT)).fetchall()]
        if not ids:
            return
        after = ids[-1]
        view = policies.view(raw, state)
        view.touch_entries(ids)
        commit = Commit(state)
        collect(commit, raw, view, ())
        commit.write(raw, now, state.next_counter)


def accounts_changed(raw: Raw, desk: str) -> None:
    """Let no session of the desk be answered from memory any more, in no process, and wake whoever waits (R10)."""
    raw.execute("UPDATE desk SET accounts = accounts + 1 WHERE id = %s", (desk,))
    raw.execute("SELECT pg_notify(%s, %s)", (CHANNEL, encode(Wakeup(desk, accounts=True)).decode()))


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while part := list(islice(remaining, ROWS_PER_COMMIT)):
        yield part


def _known(raw: Raw, desk: str, rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    known: dict[tuple[str, str], int] = {}
    for table in {row.table for row in rows}:
        ids = [row.pk for row in rows if row.table == table]
        found = raw.execute(_KNOWN.format(table=table), (desk, ids)).fetchall()
        known |= {(table, pk): value for pk, value in found}
    return known
