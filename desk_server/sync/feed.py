"""Reading the feed: pages of whole commits after a cursor, this device's verdicts, and every reason to start anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from desk_core.protocol import DESK_SCOPE, PAGE_ROWS, Change, Cursor, Verdict
from desk_server.sync.places import own_scope, scopes_before
from desk_server.sync.view import Raw

Reset = Literal["", "EPOCH", "DIVERGED", "FUTURE", "PRUNED", "SCHEMA"]

_HEAD = (
    "SELECT d.log_epoch, d.head_seq, d.horizon_seq, d.chain, d.accounts, c.chain FROM desk d "
    "LEFT JOIN feed_commit c ON c.desk = d.id AND c.seq = %s WHERE d.id = %s"
)
_CHANGES = (
    'SELECT commit_seq, scope, "table", pk, op, "row"::text FROM change '
    "WHERE desk = %s AND commit_seq > %s AND commit_seq <= %s AND scope = ANY(%s) "
    "AND (hidden IS NULL OR NOT %s = ANY(hidden)) ORDER BY commit_seq, idx LIMIT %s"
)
_VERDICTS = (
    "SELECT verdict::text FROM receipt WHERE desk = %s AND device = %s AND commit_seq > %s AND commit_seq <= %s "
    "ORDER BY commit_seq, device_seq"
)
_CHAIN = "SELECT chain FROM feed_commit WHERE desk = %s AND seq = %s"
_OLD_SCOPES = (
    "SELECT version, departments FROM member_scope WHERE desk = %s AND member = %s AND version >= %s AND version < %s "
    "ORDER BY version"
)
_VERDICT = msgspec.json.Decoder(Verdict)
_NULL = msgspec.Raw(b"null")


@dataclass(frozen=True)
class Reader:
    """Who reads: a device of a member, with the scopes of ticket content that the member may see."""

    desk: str
    member: str
    device: str
    scopes: tuple[str, ...]
    scope_version: int
    departments: tuple[str, ...]
    accounts: int
    """The desk's count of account changes under which this is true."""
    works_in: tuple[str, ...] = ()
    """The departments in which the member acts: fewer than are read by those who follow every ticket (V-02)."""


class StaleReader(Exception):
    """Members or their rights have changed since the reader was looked up: look again (R04, R10)."""


@dataclass(frozen=True)
class Head:
    """Where the feed stands, and the digest at the reader's cursor (None: there is no such commit)."""

    log_epoch: str
    seq: int
    horizon: int
    chain: str
    accounts: int
    anchor: str | None


@dataclass(frozen=True)
class Page:
    """What a pull answers; ``empty`` when there is nothing new for this reader."""

    head: Head
    cursor: Cursor
    changes: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    reset: Reset = ""
    purge: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    rescoped: bool = False

    @property
    def empty(self) -> bool:
        """True when a client learns nothing from it but how far the feed is."""
        return not (self.changes or self.verdicts or self.reset or self.rescoped)


def head_of(raw: Raw, reader: Reader, seq: int) -> Head:
    """Where the feed of the reader's desk stands, with the digest at ``seq``: one indexed read. Raises :class:`StaleReader`."""
    row = raw.execute(_HEAD, (seq, reader.desk)).fetchone()
    if row is None:
        raise LookupError(reader.desk)
    head = Head(*row)
    if head.accounts != reader.accounts:
        raise StaleReader
    return head


def reset_of(head: Head, cursor: Cursor) -> Reset:
    """Why a cursor cannot be read on from, or "" (P17): another epoch, a cursor from the future (F2), another history, or pruned."""
    if cursor.log_epoch and cursor.log_epoch != head.log_epoch:
        return "EPOCH"
    if cursor.commit_seq > head.seq:
        return "FUTURE"
    if cursor.commit_seq and cursor.anchor != head.anchor:
        return "DIVERGED" if cursor.commit_seq >= head.horizon else "PRUNED"
    return "PRUNED" if cursor.commit_seq < head.horizon else ""


def pull(raw: Raw, reader: Reader, cursor: Cursor, rows: int = PAGE_ROWS) -> Page:
    """The page after ``cursor``: whole commits (P8) of the reader's scopes, at most ``rows`` rows unless one commit alone has more."""
    head = head_of(raw, reader, cursor.commit_seq)
    reset = reset_of(head, cursor)
    if reset:
        return Page(head, Cursor(head.log_epoch), reset=reset)
    if cursor.scope_version not in (0, reader.scope_version):
        return _rescoped(raw, reader, head, cursor)
    if cursor.commit_seq == head.seq:
        return Page(head, Cursor(head.log_epoch, head.seq, head.chain if head.seq else "", reader.scope_version))
    found, end = _whole_commits(raw, reader, cursor.commit_seq, head.seq, rows)
    verdicts = raw.execute(_VERDICTS, (reader.desk, reader.device, cursor.commit_seq, end)).fetchall()
    anchor = head.chain if end == head.seq else chain_at(raw, reader.desk, end)
    return Page(
        head,
        Cursor(head.log_epoch, end, anchor, reader.scope_version),
        tuple(_change(row) for row in found),
        tuple(_VERDICT.decode(row[0]) for row in verdicts),
    )


@dataclass(frozen=True)
class Stretch:
    """Commits as everybody in some departments reads them: nothing of one member alone, nothing that is hidden from anybody."""

    head: Head
    changes: tuple[Change, ...]
    end: int
    anchor: str


def stretch(raw: Raw, reader: Reader, after: int, upto: int, rows: int) -> Stretch:
    """The commits behind ``after`` up to ``upto``, about ``rows`` rows; ``reader`` is nobody in particular."""
    head = head_of(raw, reader, after)
    if upto == after or upto > head.seq:
        return Stretch(head, (), after, head.anchor or "")
    found, end = _whole_commits(raw, reader, after, upto, rows)
    anchor = head.chain if end == head.seq else chain_at(raw, reader.desk, end)
    return Stretch(head, tuple(_change(row) for row in found), end, anchor)


def page_of(read: Stretch, reader: Reader, cursor: Cursor, upto: int) -> Page | None:
    """What ``reader`` learns from a stretch that was read for everybody; None when each must read alone: the cursor is not one of this
    feed and of the reader's scopes, or the feed is further than was heard of."""
    head = read.head
    strange = reset_of(head, cursor) or cursor.scope_version not in (0, reader.scope_version)
    if strange or upto > head.seq or (upto == cursor.commit_seq and head.seq != upto):
        return None
    return Page(head, Cursor(head.log_epoch, read.end, read.anchor, reader.scope_version), read.changes)


def _whole_commits(raw: Raw, reader: Reader, after: int, head: int, rows: int) -> tuple[Sequence[Any], int]:
    """Rows of whole commits, and the last commit that they reach."""
    scopes = [DESK_SCOPE, *reader.scopes]
    found = raw.execute(_CHANGES, (reader.desk, after, head, scopes, reader.member, rows + 1)).fetchall()
    if len(found) <= rows:
        return found, head
    last = found[-1][0]
    whole = [row for row in found if row[0] < last]
    if whole:
        return whole, last - 1
    return raw.execute(_CHANGES, (reader.desk, last - 1, last, scopes, reader.member, None)).fetchall(), last


def _change(row: tuple[Any, ...]) -> Change:
    seq, scope, table, pk, op, body = row
    return Change(
        commit_seq=seq,
        scope=scope,
        table=table,
        pk=pk,
        op=op,
        row=_NULL if body is None else msgspec.Raw(body.encode()),
    )


def chain_at(raw: Raw, desk: str, seq: int) -> str:
    """The digest of a commit, "" where there is none."""
    row = raw.execute(_CHAIN, (desk, seq)).fetchone()
    return str(row[0]) if row else ""


def _rescoped(raw: Raw, reader: Reader, head: Head, cursor: Cursor) -> Page:
    """What the member may read has changed: what to purge and what to fetch, before anything else is read (P20). A snapshot that went on
    under a scope between then and now has brought that scope's rows, and lacks those of a scope that was lost in between (P7)."""
    asked = (reader.desk, reader.member, cursor.scope_version, reader.scope_version)
    rows = raw.execute(_OLD_SCOPES, asked).fetchall()
    if not rows or rows[0][0] != cursor.scope_version:
        return Page(head, Cursor(head.log_epoch), reset="DIVERGED")
    before = [scopes_before(kept, reader.departments) for _, kept in rows]
    now = tuple(scope for scope in reader.scopes if scope != own_scope(reader.member))
    return Page(
        head,
        msgspec.structs.replace(cursor, scope_version=reader.scope_version),
        purge=tuple(dict.fromkeys(scope for scopes in before for scope in scopes if scope not in now)),
        add=tuple(scope for scope in now if not all(scope in scopes for scopes in before)),
        rescoped=True,
    )
