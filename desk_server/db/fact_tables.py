"""The table of facts as the program writes it: columns, and statements that take whole sets of rows as one JSON document."""

from __future__ import annotations

KEY = (("figure", "text"), ("subject", "text"), ("number", "text"))
PARTS = (
    *(("office", "text"), ("department", "text"), ("holder", "text"), ("customer", "text"), ("channel", "text")),
    *(("entitlement", "text"), ("complaint", "text"), ("hidden", "text[]")),
)
COLUMNS = (
    *KEY,
    *(("result", "text"), ("at", "timestamptz"), ("day", "date"), ("hour", "smallint"), ("amount", "bigint")),
    *(("reference", "text"), ("policy", "text")),
    *PARTS,
)
NAMES = tuple(name for name, _ in COLUMNS)
_LISTED = ", ".join(NAMES)
_KEYS = [name for name, _ in KEY]
_VALUES = [name for name in NAMES if name not in _KEYS]


def _rows(columns: tuple[tuple[str, str], ...]) -> str:
    return f"json_to_recordset(%(rows)s::json) AS u ({', '.join(f'{name} {kind}' for name, kind in columns)})"


PUT = (
    f"INSERT INTO fact (desk, {_LISTED}) SELECT %(desk)s::text, {', '.join(f'u.{name}' for name in NAMES)} "  # noqa: S608 - our own names
    f"FROM {_rows(COLUMNS)} ON CONFLICT (desk, figure, subject, number) DO UPDATE SET "
    f"{', '.join(f'{name} = excluded.{name}' for name in _VALUES)} WHERE "
    f"({', '.join(f'fact.{name}' for name in _VALUES)}) IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in _VALUES)})"
)
DROP = (
    f"DELETE FROM fact USING {_rows(KEY)} WHERE fact.desk = %(desk)s::text AND "  # noqa: S608
    f"{' AND '.join(f'fact.{name} = u.{name}' for name in _KEYS)}"
)

# What a ticket brings to its own facts, but for the channel, which a survey has of its own (H-26); and to those of its calls and lines.
_WITH_TICKET = ("office", "department", "holder", "customer", "entitlement", "complaint", "hidden")
WITH_OTHERS = ("department", "customer", "entitlement", "complaint", "hidden")
_MOVED = (("id", "text"), *PARTS)


def _move(columns: tuple[str, ...], joined: str, subject: str) -> str:
    return (
        f"UPDATE fact SET {', '.join(f'{name} = u.{name}' for name in columns)} FROM {_rows(_MOVED)}{joined} "  # noqa: S608
        f"WHERE fact.desk = %(desk)s::text AND fact.subject = {subject} AND "
        f"({', '.join(f'fact.{name}' for name in columns)}) IS DISTINCT FROM ({', '.join(f'u.{name}' for name in columns)})"
    )


def _joined(table: str) -> str:
    return f" JOIN {table} o ON o.desk = %(desk)s::text AND o.ticket = u.id AND o.ticket <> ''"


MOVE_OWN = _move(_WITH_TICKET, "", "u.id")
"""After a ticket changed where it belongs: its own facts."""
MOVE_OTHERS = (_move(WITH_OTHERS, _joined("call"), "o.id"), _move(WITH_OTHERS, _joined("entry"), "o.id"))
"""Those of its calls and of its lines in registers, which have a member and an office of their own."""

SIGN = (
    "INSERT INTO sign_off (desk, review, first, last, member, at) "
    "VALUES (%(desk)s, %(review)s, %(first)s, %(last)s, %(member)s, %(at)s) ON CONFLICT DO NOTHING"
)
KEEP = (
    f"INSERT INTO signed_fact (desk, review, {_LISTED}) SELECT desk, %(review)s, {_LISTED} FROM fact "  # noqa: S608
    "WHERE desk = %(desk)s AND figure = ANY(%(figures)s) "
    "AND day BETWEEN %(first)s AND %(last)s ON CONFLICT DO NOTHING"
)
"""What a sign-off keeps: the facts of its days, as they stand in the transaction that signs."""
