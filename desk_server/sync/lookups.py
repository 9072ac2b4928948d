"""Small questions about a desk: whose number is this, which verdicts are known, do our rows agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from desk_core.protocol import DESK_SCOPE, TABLES, TableDigest, Verdict
from desk_core.tickets import Stub
from desk_server.sync.feed import Reader, head_of
from desk_server.sync.snapshot import SEEN, STEPS
from desk_server.sync.view import Raw

_STUBS = (
    "SELECT s.body::text FROM number n JOIN stub s ON s.desk = n.desk AND s.id = n.owner "
    "WHERE n.desk = %s AND n.reference = %s AND n.kind <> 'call' ORDER BY n.kind DESC, n.owner"
)
_RECEIPTS = (
    "SELECT r.verdict::text FROM receipt r JOIN device d ON d.desk = r.desk AND d.id = r.device "
    "WHERE r.desk = %s AND d.member = %s AND r.command = ANY(%s) ORDER BY r.commit_seq, r.device_seq"
)
_LAST_SEQ = "SELECT last_seq FROM device WHERE desk = %s AND id = %s"
_DIGEST_OF_DESK = "SELECT %(desk_scope)s, count(*), bit_xor(hash) FROM {table} WHERE desk = %(desk)s"
_DIGEST_OF_SCOPES = (
    "SELECT CASE WHEN department = ANY(%(scopes)s) THEN department ELSE also END AS scope, count(*), bit_xor(hash) FROM {table} "
    "WHERE desk = %(desk)s AND (department = ANY(%(scopes)s) OR also = ANY(%(scopes)s)) AND {seen} GROUP BY 1 ORDER BY 1"
)
_STUB = msgspec.json.Decoder(Stub)
_VERDICT = msgspec.json.Decoder(Verdict)
_CONTENT = frozenset(step.table for step in STEPS if step.content)


def find(raw: Raw, reader: Reader, reference: str) -> tuple[Stub, ...]:
    """The stubs of the tickets that are found by a number: the one that bears it first, then those that were told it (P6)."""
    head_of(raw, reader, 0)
    return tuple(_STUB.decode(row[0]) for row in raw.execute(_STUBS, (reader.desk, reference)).fetchall())


def receipts(raw: Raw, reader: Reader, ids: Sequence[str]) -> tuple[tuple[Verdict, ...], int]:
    """The verdicts of those commands that are known to have come from any device of the reader's member, and the last seq of the
    reader's own: a verdict names what came of a command, and is nobody else's (R02)."""
    head_of(raw, reader, 0)
    rows = raw.execute(_RECEIPTS, (reader.desk, reader.member, list(ids))).fetchall()
    last: tuple[Any, ...] | None = raw.execute(_LAST_SEQ, (reader.desk, reader.device)).fetchone()
    return tuple(_VERDICT.decode(row[0]) for row in rows), int(last[0]) if last else 0


def digests(raw: Raw, reader: Reader) -> tuple[TableDigest, ...]:
    """Count and XOR of the row hashes per table and scope of the reader (P13); a scope without rows is left out."""
    found: list[TableDigest] = []
    for table in TABLES:
        query = (_DIGEST_OF_SCOPES if table in _CONTENT else _DIGEST_OF_DESK).format(table=table, seen=SEEN)
        asked = {
            "desk": reader.desk,
            "member": reader.member,
            "scopes": [DESK_SCOPE, *reader.scopes],
            "desk_scope": DESK_SCOPE,
        }
        for scope, count, xor in raw.execute(query, asked).fetchall():
            if count:
                found.append(TableDigest(table=table, scope=scope, count=count, xor=f"{xor & (1 << 64) - 1:016x}"))
    return tuple(found)
