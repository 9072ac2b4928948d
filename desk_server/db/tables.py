"""The tables of the feed as the program writes them: their columns beside the row itself, with their PostgreSQL types.

The schema is made by the migrations; a test holds the two together. A commit is one statement: every table's rows go as one JSON
document each, which the program encodes and PostgreSQL takes apart faster than either does with arrays of columns, and the rows in it
keep their bytes.
"""

from __future__ import annotations

_CONTENT = (("department", "text"), ("also", "text"), ("hidden", "text[]"))

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
    "event": (*_CONTENT, ("ticket", "text"), ("call", "text"), ("entry", "text"), ("file", "text")),
    "call": (*_CONTENT, ("reference", "text"), ("ticket", "text"), ("member", "text"), ("ended", "boolean")),
    "entry": (
        *_CONTENT,
        ("register", "text"),
        ("member", "text"),
        ("ticket", "text"),
        ("due", "date"),
        ("at", "timestamptz"),
    ),
}
HEAD = (("id", "text"), ("hash", "bigint"), ("body", "json"))
WORK = ("ticket", "event", "call", "stub")
"""What commands change; the other tables change rarely and are written by statements of their own."""


def _rows(document: str, columns: tuple[tuple[str, str], ...]) -> str:
    return f"json_to_recordset(%({document})s::json) AS u ({', '.join(f'{name} {kind}' for name, kind in columns)})"


def _upsert(table: str) -> str:
    columns = (*HEAD, *FEED_COLUMNS[table])
    names = [name for name, _ in columns]
    updated = ", ".join(f"{name} = excluded.{name}" for name in ("seq", *names[1:]))
    return (
        f"INSERT INTO {table} (desk, seq, {', '.join(names)}) "  # noqa: S608 - our own names, here and below
        f"SELECT %(desk)s::text, %(seq)s::bigint, {', '.join(f'u.{name}' for name in names)} FROM {_rows(table, columns)} "
        f"ON CONFLICT (desk, id) DO UPDATE SET {updated}"
    )


UPSERTS = {table: _upsert(table) for table in FEED_COLUMNS}

_CHANGE = (
    ("idx", "integer"),
    ("scope", "text"),
    ("kind", "text"),
    ("pk", "text"),
    ("op", "text"),
    ("body", "json"),
    ("hidden", "text[]"),
)
_RECEIPT = (
    ("command", "text"),
    ("device", "text"),
    ("device_seq", "bigint"),
    ("payload_hash", "text"),
    ("verdict", "json"),
)
_NUMBER = (("reference", "text"), ("owner", "text"), ("kind", "text"))
_DEVICE = (("id", "text"), ("last_seq", "bigint"))

_STEPS = {
    **{table: UPSERTS[table] for table in WORK},
    "change": (
        'INSERT INTO change (desk, commit_seq, idx, scope, "table", pk, op, "row", hidden) SELECT %(desk)s::text, %(seq)s::bigint, '  # noqa: S608
        f"u.idx, u.scope, u.kind, u.pk, u.op, u.body, u.hidden FROM {_rows('change', _CHANGE)}"
    ),
    "receipt": (
        "INSERT INTO receipt (desk, command, device, device_seq, payload_hash, verdict, commit_seq, made_at) "  # noqa: S608
        "SELECT %(desk)s::text, u.command, u.device, u.device_seq, decode(u.payload_hash, 'hex'), u.verdict, "
        f"%(seq)s::bigint, %(now)s::timestamptz FROM {_rows('receipt', _RECEIPT)}"
    ),
    "number": (
        "INSERT INTO number (desk, reference, owner, kind) SELECT %(desk)s::text, u.reference, u.owner, u.kind "  # noqa: S608
        f"FROM {_rows('number', _NUMBER)} ON CONFLICT (desk, reference, owner) DO NOTHING"
    ),
    "device": (
        f"UPDATE device SET last_seq = u.last_seq FROM {_rows('device', _DEVICE)} "  # noqa: S608
        "WHERE device.desk = %(desk)s::text AND device.id = u.id"
    ),
    "feed_commit": (
        "INSERT INTO feed_commit (desk, seq, chain, made_at) "
        "VALUES (%(desk)s::text, %(seq)s::bigint, %(chain)s::text, %(now)s::timestamptz)"
    ),
    "desk": (
        "UPDATE desk SET head_seq = %(seq)s::bigint, chain = %(chain)s::text, next_counter = %(next_counter)s::bigint "
        "WHERE id = %(desk)s::text"
    ),
}
DOCUMENTS = (*WORK, "change", "receipt", "number", "device")
"""The names of the JSON documents that :data:`WRITE_COMMIT` takes."""


def _write_commit(steps: dict[str, str]) -> str:
    return (
        f"WITH {', '.join(f'write_{name} AS ({statement})' for name, statement in steps.items())} "
        "SELECT pg_notify(%(channel)s::text, %(wakeup)s::text)"
    )


WRITE_COMMIT = _write_commit(_STEPS)
# Jobs give no verdicts and may touch no receipts, numbers or devices.
WRITE_WORK = _write_commit({name: s for name, s in _STEPS.items() if name not in ("receipt", "number", "device")})

_MESSAGE = (
    ("once_key", "text"),
    ("event", "text"),
    ("ticket", "text"),
    ("body", "json"),
    ("due", "timestamptz"),
    ("addressed", "boolean"),
)
WRITE_MESSAGES = (
    "INSERT INTO message (desk, once_key, event, ticket, body, made_at, due, addressed) "  # noqa: S608
    "SELECT %(desk)s::text, u.once_key, u.event, u.ticket, u.body, %(now)s::timestamptz, u.due, u.addressed "
    f"FROM {_rows('message', _MESSAGE)} ON CONFLICT (desk, once_key) DO NOTHING"
)
"""Messages go out once for their key, whatever is repeated."""
