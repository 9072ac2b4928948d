"""The tables of the feed as the program writes them: their columns beside the row itself, with their PostgreSQL types.

The schema is made by the migrations; a test holds the two together. Rows are written set-based: one statement per table and commit, the
columns as arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_CONTENT = (("department", "text"), ("also", "text"))

# Beside desk, id, seq, hash and body, which every table of the feed has.
FEED_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "policy": (),
    "member": (("scope_version", "integer"),),
    "customer": (("folded", "text"),),
    "contact": (("customer", "text"),),
    "asset": (("customer", "text"), ("serial_key", "text")),
    "contract": (("customer", "text"),),
    "stub": (),
    "ticket": (
        *_CONTENT,
        ("reference", "text"),
        ("status", "text"),
        ("holder", "text"),
        ("waits", "boolean"),
        ("rank", "text"),
        ("due", "timestamptz"),
        ("customer", "text"),
        ("received_at", "timestamptz"),
    ),
    "event": (*_CONTENT, ("ticket", "text"), ("call", "text")),
    "call": (*_CONTENT, ("reference", "text"), ("ticket", "text"), ("member", "text"), ("ended", "boolean")),
}
_HEAD = (("id", "text"), ("hash", "bigint"), ("body", "text"))


def _upsert(table: str) -> str:
    columns = (*_HEAD, *FEED_COLUMNS[table])
    names = [name for name, _ in columns]
    values = ["u.body::json" if name == "body" else f"u.{name}" for name in names]
    # In its text form every quote of the JSON would have to be escaped, which takes longer than all the rest.
    arrays = ", ".join(f"{'%b' if name == 'body' else '%s'}::{kind}[]" for name, kind in columns)
    updated = ", ".join(f"{name} = excluded.{name}" for name in ("seq", *names[1:]))
    return (
        f"INSERT INTO {table} (desk, seq, {', '.join(names)}) SELECT %s, %s, {', '.join(values)} "  # noqa: S608 - our own names
        f"FROM unnest({arrays}) AS u ({', '.join(names)}) ON CONFLICT (desk, id) DO UPDATE SET {updated}"
    )


UPSERTS = {table: _upsert(table) for table in FEED_COLUMNS}

INSERT_CHANGES = (
    'INSERT INTO change (desk, commit_seq, idx, scope, "table", pk, op, "row") '
    "SELECT %s, %s, u.idx - 1, u.scope, u.kind, u.pk, u.op, u.body::json "
    "FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %b::text[]) "
    "WITH ORDINALITY AS u (scope, kind, pk, op, body, idx)"
)
INSERT_RECEIPTS = (
    "INSERT INTO receipt (desk, command, device, device_seq, payload_hash, verdict, commit_seq, made_at) "
    "SELECT %s, u.command, u.device, u.device_seq, u.payload_hash, u.verdict::json, %s, %s "
    "FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bytea[], %b::text[]) "
    "AS u (command, device, device_seq, payload_hash, verdict)"
)
INSERT_NUMBERS = (
    "INSERT INTO number (desk, reference, owner, kind) SELECT %s, u.* "
    "FROM unnest(%s::text[], %s::text[], %s::text[]) AS u (reference, owner, kind) ON CONFLICT (desk, reference, owner) DO NOTHING"
)


def columns_of(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows turned into one list per column, ready for ``unnest``; ``width`` columns also when there are no rows."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
