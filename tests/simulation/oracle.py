"""The oracle: it reads what the server committed, commit by commit, and folds it in memory, with none of the code that is judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from desk_core.protocol import DESK_SCOPE, Change, Cursor
from tests.simulation.server import SimServer
from tests.support.server import Mirror

_DESK = "SELECT log_epoch, head_seq, chain, accounts FROM desk"
_COMMITS = "SELECT seq, chain FROM feed_commit WHERE seq > %s ORDER BY seq"
_CHANGES = (
    'SELECT commit_seq, scope, "table", pk, op, "row"::text FROM change WHERE commit_seq > %s ORDER BY commit_seq, idx'
)
_RECEIPTS = (
    "SELECT r.command, r.device, r.device_seq, r.verdict::text, r.commit_seq, d.member FROM receipt r "
    "LEFT JOIN device d ON d.id = r.device WHERE r.commit_seq > %s ORDER BY r.commit_seq, r.device, r.device_seq"
)
_SCOPES = "SELECT departments FROM member_scope WHERE member = %s AND version = %s"
_VERSIONS = "SELECT version FROM member_scope WHERE member = %s AND version >= %s ORDER BY version"
_SUPERVISORS = "=supervisors"
_NULL = msgspec.Raw(b"null")


@dataclass(frozen=True)
class Receipt:
    """A command that was executed."""

    command: str
    device: str
    seq: int
    verdict: str
    commit: int
    member: str

    @property
    def outcome(self) -> str:
        """applied, applied_changed or refused."""
        return str(msgspec.json.decode(self.verdict)["outcome"])


@dataclass(frozen=True)
class Log:
    """A committed log."""

    changes: list[Change]
    chains: dict[int, str]
    receipts: dict[str, Receipt]
    head: int


class Oracle:
    """The applied log of the desk as it stands."""

    def __init__(self, server: SimServer) -> None:
        self._server = server
        self.departments = tuple(d.id for d in server.services.desks.policy("north").departments)
        self.changes: list[Change] = []
        self.chains: dict[int, str] = {}
        self.receipts: dict[str, Receipt] = {}
        self.new_receipts: list[Receipt] = []
        self.twice: list[str] = []
        self.epoch, self.head, self.chain, self.accounts = "", 0, "", 0
        self.catch_up()

    def _rows(self, query: str, *parameters: Any) -> list[Any]:
        return self._server.behind.execute(query, parameters).fetchall()

    def catch_up(self) -> bool:
        """Read what was committed since; True when anything was."""
        before = self.head
        self.new_receipts = []
        ((self.epoch, self.head, self.chain, self.accounts),) = self._rows(_DESK)
        if self.head == before:
            return False
        for seq, chain in self._rows(_COMMITS, before):
            self.chains[seq] = chain
        for seq, scope, table, pk, op, body in self._rows(_CHANGES, before):
            row = _NULL if body is None else msgspec.Raw(body.encode())
            self.changes.append(Change(commit_seq=seq, scope=scope, table=table, pk=pk, op=op, row=row))
        for found in self._rows(_RECEIPTS, before):
            receipt = Receipt(*found)
            if receipt.command in self.receipts:
                self.twice.append(receipt.command)
            self.receipts[receipt.command] = receipt
            self.new_receipts.append(receipt)
        return True

    def copy(self) -> Log:
        """The log as it stands, for a backup."""
        return Log(list(self.changes), dict(self.chains), dict(self.receipts), self.head)

    def restored(self, log: Log) -> None:
        """The server's rows were replaced by those of a backup."""
        self.changes, self.chains, self.receipts = list(log.changes), dict(log.chains), dict(log.receipts)
        self.head = log.head
        self.catch_up()

    def scopes(self, member: str, version: int) -> tuple[str, ...]:
        """What a member may read under a version of the member's scope."""
        rows = self._rows(_SCOPES, member, version)
        kept = tuple(rows[0][0]) if rows else ()
        departments = tuple(each for each in kept if each != _SUPERVISORS) or self.departments
        closed = (_SUPERVISORS, *(f"{_SUPERVISORS}/{each}" for each in departments)) if _SUPERVISORS in kept else ()
        return (DESK_SCOPE, *departments, *closed, f"@{member}")

    def versions(self, member: str, since: int) -> list[int]:
        """The versions of a member's scope from ``since`` on."""
        return [int(row[0]) for row in self._rows(_VERSIONS, member, since)]

    def fold(self, scopes: tuple[str, ...], upto: int) -> Mirror:
        """The rows of these scopes after commit ``upto``."""
        mirror, seen = Mirror(), set(scopes)
        mirror.fold(change for change in self.changes if change.commit_seq <= upto and change.scope in seen)
        return mirror

    def between(self, scopes: tuple[str, ...], after: int, upto: int) -> list[Change]:
        """The changes of these scopes after one commit up to another."""
        return [c for c in self.changes if after < c.commit_seq <= upto and c.scope in scopes]

    def holds(self, cursor: Cursor) -> bool:
        """Whether the log still is what a cursor was given for."""
        if cursor.log_epoch not in ("", self.epoch):
            return False
        return cursor.commit_seq == 0 or self.chains.get(cursor.commit_seq) == cursor.anchor

    def knows(self, cursor: Cursor, member: str) -> bool:
        """The same, and it knows the scope of the member for which the cursor was given."""
        version = cursor.scope_version
        return self.holds(cursor) and version in (0, *self.versions(member, version))

    def bodies(self, table: str) -> list[str]:
        """The rows of a table as they are now."""
        return [row[0] for row in self._rows(f'SELECT body::text FROM "{table}"')]
