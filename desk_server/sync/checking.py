"""Does a desk's data hold together? The feed and its digest, rows, receipts, sequences, numbers (`desk-server doctor`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Connection

from desk_core import references
from desk_core.findings import Finding
from desk_core.protocol import TABLES, row_hash
from desk_server.sync.batch import raw_of
from desk_server.sync.chain import chained
from desk_server.sync.judging import judge_again, owed
from desk_server.sync.policies import Policies

_DESK = "SELECT log_epoch, head_seq, horizon_seq, chain, policy_version, next_counter FROM desk WHERE id = %s"
_COMMITS = "SELECT seq, chain, made_at FROM feed_commit WHERE desk = %s ORDER BY seq"
_LINES = 'SELECT commit_seq, scope, "table", pk, op, "row"::text FROM change WHERE desk = %s AND commit_seq > %s ORDER BY commit_seq, idx'
_RECEIPTS = (
    "SELECT commit_seq, device, command, payload_hash FROM receipt WHERE desk = %s AND commit_seq > %s "
    "ORDER BY commit_seq, device, device_seq"
)
_ROWS = "SELECT id, seq, hash, body::text FROM {table} WHERE desk = %s"
_HASH = "UPDATE {table} SET hash = %s WHERE desk = %s AND id = %s"
_STUBS = (
    "SELECT count(*) FILTER (WHERE s.id IS NULL), count(*) FILTER (WHERE t.id IS NULL) "
    "FROM (SELECT id FROM ticket WHERE desk = %s) t FULL JOIN (SELECT id FROM stub WHERE desk = %s) s ON s.id = t.id"
)
_SEQS = (
    "SELECT d.id, d.last_seq, coalesce(max(r.device_seq), 0), count(r.device_seq) FROM device d "
    "LEFT JOIN receipt r ON r.desk = d.desk AND r.device = d.id WHERE d.desk = %s AND d.number > 0 GROUP BY d.id, d.last_seq ORDER BY d.id"
)
_LAST_SEQ = "UPDATE device SET last_seq = %s WHERE desk = %s AND id = %s"
_BLOCKS = "SELECT first, last, device FROM number_block WHERE desk = %s ORDER BY first"
_NUMBERS = "SELECT DISTINCT reference FROM number WHERE desk = %s"
_COUNTER = "UPDATE desk SET next_counter = %s WHERE id = %s"
_POLICY = "SELECT count(*) FROM policy WHERE desk = %s AND id = %s"
_LEASES = "SELECT count(*) FROM work_lease l LEFT JOIN ticket t ON t.desk = l.desk AND t.id = l.ticket WHERE l.desk = %s AND t.id IS NULL"
_END_LEASES = "DELETE FROM work_lease l WHERE l.desk = %s AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.desk = l.desk AND t.id = l.ticket)"
FROM_BACKUP = "Stop the server and restore the last backup that is well; the desks give again what they did since."
_SKEW = dt.timedelta(minutes=2)


def check_desk(connection: Connection, desk: str, now: dt.datetime, *, repair: bool) -> list[Finding]:
    """Everything that is wrong with a desk, as its executor sees it; with ``repair`` what can be mended from the data itself is mended."""
    return [
        *_feed(connection, desk, now),
        *_rows(connection, desk, repair=repair),
        *_sequences(connection, desk, repair=repair),
        *_numbers(connection, desk, repair=repair),
        *_others(connection, desk, repair=repair),
        *_facts(connection, desk, repair=repair),
    ]


def _all(connection: Connection, statement: str, parameters: tuple[Any, ...]) -> Iterator[Any]:
    """Rows one after the other, however many there are."""
    with connection.exec_driver_sql(statement, parameters, execution_options={"stream_results": True}) as found:
        yield from found


def _feed(connection: Connection, desk: str, now: dt.datetime) -> Iterator[Finding]:
    """The commits without a gap up to the head, each with the digest of what it holds."""
    _, head, horizon, chain, _, _ = connection.exec_driver_sql(_DESK, (desk,)).one()
    commits = {seq: (digest, made_at) for seq, digest, made_at in _all(connection, _COMMITS, (desk,))}
    missing = [seq for seq in range(horizon + 1, head + 1) if seq not in commits]
    beyond = [seq for seq in commits if seq > head]
    if missing or beyond or (head in commits and commits[head][0] != chain):
        yield Finding(code="feed", what=f"The feed of {desk} does not end where it says, or has a gap.", do=FROM_BACKUP)
        return
    if commits and max(made_at for _, made_at in commits.values()) > now + _SKEW:
        what = f"The feed of {desk} holds changes from the future: this machine's clock is slow, or was fast."
        yield Finding(code="clock", what=what, do="Set the clock of this machine, and let it be kept right (NTP).")
    bad = _first_broken(connection, desk, horizon, {seq: digest for seq, (digest, _) in commits.items()})
    if bad:
        yield Finding(code="chain", what=f"Change {bad} of {desk} is not what was committed.", do=FROM_BACKUP)


def _first_broken(connection: Connection, desk: str, horizon: int, chains: dict[int, str]) -> int:
    """The first commit whose digest is not that of its lines and receipts, 0 when all are; the order in which the receipts of several
    devices came is not kept, so that such commits count by their neighbours only."""
    lines = _Groups(_all(connection, _LINES, (desk, horizon)))
    receipts = _Groups(_all(connection, _RECEIPTS, (desk, horizon)))
    for seq in sorted(chains):
        told, got = lines.at(seq), receipts.at(seq)
        if seq <= horizon or (seq > 1 and seq - 1 not in chains) or len({device for device, _, _ in got}) > 1:
            continue
        rows = [(*line[:4], None if line[4] is None else line[4].encode()) for line in told]
        if (
            chained(chains.get(seq - 1, ""), rows, [(command, bytes(given)) for _, command, given in got])
            != chains[seq]
        ):
            return seq
    return 0


class _Groups:
    """Rows by their first column, a commit, by whose order they come."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def at(self, seq: int) -> list[Any]:
        """The rows of this commit; the earlier ones are gone."""
        found = []
        while self._next is not None and self._next[0] <= seq:
            if self._next[0] == seq:
                found.append(tuple(self._next[1:]))
            self._next = next(self._rows, None)
        return found


def _rows(connection: Connection, desk: str, *, repair: bool) -> Iterator[Finding]:
    """Every row with the hash that clients compare (P13), none from beyond the head, and every ticket with its stub."""
    head = connection.exec_driver_sql(_DESK, (desk,)).one()[1]
    for table in TABLES:
        wrong: list[tuple[str, int]] = []
        late = 0
        for pk, seq, kept, body in _all(connection, _ROWS.format(table=table), (desk,)):
            late += seq > head
            value = row_hash(table, pk, body.encode())
            signed = value - (1 << 64) if value >> 63 else value
            if signed != kept:
                wrong.append((pk, signed))
        if late:
            what = f"{late} rows of {table} of {desk} are newer than the feed."
            yield Finding(code="rows_ahead", what=what, do=FROM_BACKUP)
        if wrong:
            for pk, signed in wrong if repair else ():
                connection.exec_driver_sql(_HASH.format(table=table), (signed, desk, pk))
            what = f"{len(wrong)} rows of {table} of {desk} were changed behind the program's back ({wrong[0][0]})."
            do = f"Repair counts them as they are now, and the desks fetch them anew; to undo the change: {FROM_BACKUP}"
            yield Finding(code="row_hash", what=what, do=do, repairable=True, repaired=repair)
    without, orphans = connection.exec_driver_sql(_STUBS, (desk, desk)).one()
    if without or orphans:
        what = f"{without} tickets of {desk} have no stub, and {orphans} stubs no ticket."
        yield Finding(code="stubs", what=what, do=FROM_BACKUP)


def _sequences(connection: Connection, desk: str, *, repair: bool) -> Iterator[Finding]:
    """Every device's last seq is that of its last receipt, and there is a receipt for each (P3)."""
    for device, last, highest, count in connection.exec_driver_sql(_SEQS, (desk,)).all():
        if last == highest == count:
            continue
        if last < highest == count:
            if repair:
                connection.exec_driver_sql(_LAST_SEQ, (highest, desk, device))
            what = f"The device {device} of {desk} has {count} receipts, but its last seq is {last}."
            do = f"Repair sets it to {highest}."
            yield Finding(code="last_seq", what=what, do=do, repairable=True, repaired=repair)
        else:
            what = f"The device {device} of {desk} has sent {last} commands, and {count} receipts are there."
            yield Finding(code="receipts", what=what, do=FROM_BACKUP)


def _numbers(connection: Connection, desk: str, *, repair: bool) -> Iterator[Finding]:
    """No number is leased to two devices, and none that is given out lies ahead of the next one (P6)."""
    next_counter = int(connection.exec_driver_sql(_DESK, (desk,)).one()[5])
    blocks = connection.exec_driver_sql(_BLOCKS, (desk,)).all()
    twice = [later.first for earlier, later in pairwise(blocks) if later.first <= earlier.last]
    if twice:
        what = f"The numbers from {twice[0]} of {desk} are leased to two devices."
        do = "Let both members sign out, which leases new ones; a number that was spoken twice finds both tickets."
        yield Finding(code="numbers_twice", what=what, do=do)
    used = _counters([row[0] for row in connection.exec_driver_sql(_NUMBERS, (desk,)).all()])
    reached = max([*used, *(block.last for block in blocks)], default=0) + 1
    if reached > next_counter:
        if repair:
            connection.exec_driver_sql(_COUNTER, (reached, desk))
        what = f"The next number of {desk} was given out already."
        do = f"Repair goes on from {references.grouped(references.reference(reached))}."
        yield Finding(code="numbers_behind", what=what, do=do, repairable=True, repaired=repair)


def _counters(numbers: Sequence[str]) -> Iterator[int]:
    """The counters of references that were leased; those of a device's own range lie beyond all of them."""
    for number in numbers:
        if references.parse(number) == number and int(number[:-1]) < references.RESERVE:
            yield int(number[:-1])


def _others(connection: Connection, desk: str, *, repair: bool) -> Iterator[Finding]:
    """The policy in force is there, and work is leased of tickets that exist."""
    version = str(connection.exec_driver_sql(_DESK, (desk,)).one()[4]).rpartition("+")[0]
    if not connection.exec_driver_sql(_POLICY, (desk, version)).scalar():
        do = f"Set it again: desk-server policy set FILE --desk {desk}."
        yield Finding(code="policy", what=f"The policy in force of {desk}, version {version}, is not there.", do=do)
    if leases := connection.exec_driver_sql(_LEASES, (desk,)).scalar():
        if repair:
            connection.exec_driver_sql(_END_LEASES, (desk,))
        what = f"{leases} leases of work of {desk} are for tickets that are not there."
        yield Finding(code="work_leases", what=what, do="Repair ends them.", repairable=True, repaired=repair)


def _facts(connection: Connection, desk: str, *, repair: bool) -> Iterator[Finding]:
    """The facts that figures count are those of what the desk holds; what was signed off stays as it was signed (A-09)."""
    raw = raw_of(connection)
    if owed(raw, desk) and not repair:
        return  # they are made when they are first asked for
    try:
        found = judge_again(raw, desk, Policies(), repair=repair)
    except (msgspec.MsgspecError, LookupError):
        return  # a row that cannot be read, or the lack of a policy, was told before
    if found.wrong:
        what = f"{found.wrong} facts of {desk} that figures count are not those of what it holds ({found.example})."
        do = "Repair judges them again; reports that were signed off stay as they are."
        yield Finding(code="facts", what=what, do=do, repairable=True, repaired=repair)
