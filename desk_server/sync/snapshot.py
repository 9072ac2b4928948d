"""The whole of a reader's scopes as pages of rows as they are now, resumable by the token of the last page (P24)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from desk_core.protocol import DESK_SCOPE, PAGE_ROWS, Change, Cursor
from desk_server.sync.feed import Head, Reader, chain_at, head_of
from desk_server.sync.view import Raw


class Stale(Exception):
    """The token belongs to a feed that is not there any more: start the snapshot anew."""


class BadToken(ValueError):
    """The token is none of ours."""


class Token(msgspec.Struct, frozen=True, array_like=True):
    """Where a snapshot goes on: behind row ``after`` of ``step``. ``scopes`` narrows it to added scopes; it never widens anything.
    ``total`` is how many rows there were when it began; ``seen`` and ``anchor`` are the head and its digest when the last page was read."""

    cursor: Cursor
    step: int
    after: str
    scopes: tuple[str, ...] = ()
    total: int = 0
    seen: int = 0
    anchor: str = ""


class Step(NamedTuple):
    """One walk over a table; what a person needs first comes first."""

    table: str
    content: bool = False
    condition: str = "true"


SEEN = "(hidden IS NULL OR NOT %(member)s = ANY(hidden))"
"""The condition on rows of content: those that are not hidden from the reader (K-13)."""
_ACTIVE = "status IN ('open', 'waiting_customer')"
STEPS = (
    Step("policy"),
    Step("member"),
    Step("ticket", content=True, condition=_ACTIVE),
    Step("stub"),
    Step("customer"),
    Step("contact"),
    Step("asset"),
    Step("contract"),
    Step("call", content=True),
    Step("ticket", content=True, condition=f"NOT ({_ACTIVE})"),
    Step("event", content=True),
    Step("entry", content=True),
)


def _query(step: Step, columns: str) -> str:
    scoped = f" AND (department = ANY(%(scopes)s) OR also = ANY(%(scopes)s)) AND {SEEN}" if step.content else ""
    return f"SELECT {columns} FROM {step.table} WHERE desk = %(desk)s AND {step.condition}{scoped}"  # noqa: S608 - our own names


_PAGES = tuple(
    _query(step, f"id, seq, body::text, {'department, also' if step.content else repr(DESK_SCOPE) + ', NULL'}")
    + " AND id > %(after)s ORDER BY id LIMIT %(limit)s"
    for step in STEPS
)
# A page is a walk along an index. On a table that was just filled and has no statistics yet, PostgreSQL would rather sort it all.
_WALK = "SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"
_COUNTS = {step.table: _query(step._replace(condition="true"), "count(*)") for step in STEPS}


def first_token(raw: Raw, reader: Reader, scopes: Sequence[str]) -> Token:
    """Where a new snapshot begins; the pull from its cursor repairs what moves meanwhile. ``scopes`` fetches added scopes alone."""
    head = head_of(raw, reader, 0)
    cursor = Cursor(head.log_epoch, head.seq, head.chain if head.seq else "", reader.scope_version)
    token = Token(cursor, 0, "", tuple(scopes))
    return msgspec.structs.replace(token, total=_total(raw, reader, token))


def _total(raw: Raw, reader: Reader, token: Token) -> int:
    tables = {step.table for step in STEPS if step.content or not token.scopes}
    asked = {"desk": reader.desk, "member": reader.member, "scopes": _scopes(reader, token)}
    return sum(int(raw.execute(_COUNTS[table], asked).fetchall()[0][0]) for table in tables)


def page(raw: Raw, reader: Reader, token: Token, rows: int = PAGE_ROWS) -> tuple[list[Change], Token | None]:
    """Up to ``rows`` rows from the token on, and the token of what follows (None: nothing). Raises :class:`Stale`, also when
    an earlier page has brought what the desk has lost since (P17)."""
    head: Head = head_of(raw, reader, token.cursor.commit_seq)
    if token.cursor.log_epoch != head.log_epoch or (token.cursor.commit_seq and token.cursor.anchor != head.anchor):
        raise Stale
    if token.seen and chain_at(raw, reader.desk, token.seen) != token.anchor:
        raise Stale
    raw.execute(_WALK)
    found: list[Change] = []
    scopes = _scopes(reader, token)
    step, after = token.step, token.after
    while step < len(STEPS):
        limit = rows - len(found)
        if STEPS[step].content or not token.scopes:
            asked = {"desk": reader.desk, "member": reader.member, "scopes": scopes, "after": after, "limit": limit}
            batch = raw.execute(_PAGES[step], asked).fetchall()
            found += [_change(STEPS[step].table, row, scopes) for row in batch]
            if len(batch) == limit:
                going_on = msgspec.structs.replace(
                    token, step=step, after=batch[-1][0], seen=head.seq, anchor=head.chain
                )
                return found, going_on
        step, after = step + 1, ""
    return found, None


def _scopes(reader: Reader, token: Token) -> list[str]:
    """The scopes to fetch: those asked for, as far as the reader may see them (R01); what the whole desk may see is among them unless
    only added scopes are fetched."""
    if not token.scopes:
        return [DESK_SCOPE, *reader.scopes]
    return [scope for scope in reader.scopes if scope in token.scopes]


def _change(table: str, row: tuple[Any, ...], scopes: list[str]) -> Change:
    pk, seq, body, department, also = row
    scope = department if also is None or department in scopes else also
    return Change(commit_seq=seq, scope=scope, table=table, pk=pk, op="put", row=msgspec.Raw(body.encode()))


def to_text(token: Token) -> str:
    """The token as it travels; it grants nothing, so that it needs no signature."""
    return base64.urlsafe_b64encode(msgspec.json.encode(token)).decode().rstrip("=")


def from_text(text: str) -> Token:
    """The inverse of :func:`to_text`. Raises :class:`BadToken`."""
    try:
        token = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Token)
    except (binascii.Error, ValueError) as error:
        raise BadToken from error
    if not 0 <= token.step < len(STEPS):
        raise BadToken
    return token
