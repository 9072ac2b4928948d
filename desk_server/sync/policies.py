"""The versions of the desks' policies, compiled once per process and edition (A-01)."""

from __future__ import annotations

import msgspec

from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.policy_versions import policy_of
from desk_core.protocol import PolicyRow
from desk_server.sync.commit import DeskState
from desk_server.sync.rows import policy_row
from desk_server.sync.view import Raw, ServerView

_DIGEST = 17
"""How many characters of a mark come after the version: a plus sign and 16 hexadecimal digits."""
_BODY = "SELECT body::text FROM policy WHERE desk = %s AND id = %s"
_HASH = "SELECT hash FROM policy WHERE desk = %s AND id = %s"
_MARK = "SELECT policy_version FROM desk WHERE id = %s"
_ROWS = "SELECT body::text FROM policy WHERE desk = %s ORDER BY id"
_ROW = msgspec.json.Decoder(PolicyRow)
_HELD = 64


def mark_of(row: PolicyRow) -> str:
    """What tells one edition of a version from another: the version, and the digest of its row."""
    return _mark(row.version, policy_row(row).hash)


def version_of(mark: str) -> str:
    """The version of a mark."""
    return mark[:-_DIGEST]


def _mark(version: str, signed_hash: int) -> str:
    return f"{version}+{signed_hash & (1 << 64) - 1:016x}"


def policy_of_text(text: str, file: str) -> PolicyRow:
    """The row of a policy file. Raises :class:`desk_core.policy_file.PolicyError` with every mistake in it."""
    policy = load(text, file)
    return PolicyRow(policy.head.name, policy.head.version, text)


def rows_of(raw: Raw, desk: str) -> list[PolicyRow]:
    """Every version that the desk ever had."""
    return [_ROW.decode(body) for (body,) in raw.execute(_ROWS, (desk,)).fetchall()]


class Policies:
    """Finds compiled policies; thread-safe, since a value is only ever replaced by an equal one."""

    def __init__(self) -> None:
        self._compiled: dict[str, Policy] = {}

    def of(self, raw: Raw, desk: str, mark: str) -> Policy:
        """The policy of a desk by the mark of its row. Desks with the same row share one. Raises LookupError for an unknown version."""
        found = self._compiled.get(mark)
        if found is None:
            row = self._row(raw, desk, version_of(mark))
            found = policy_of(row)
            if len(self._compiled) >= _HELD:
                self._compiled.clear()
            self._compiled[mark_of(row)] = found
        return found

    def at(self, raw: Raw, desk: str, version: str) -> Policy:
        """The version that a ticket is pinned to, with the calendars as they stand. Raises LookupError for an unknown one."""
        found = raw.execute(_HASH, (desk, version)).fetchone()
        if found is None:
            raise LookupError(f"the desk {desk} never had a policy of version {version}")
        return self.of(raw, desk, _mark(version, found[0]))

    def row(self, raw: Raw, desk: str) -> PolicyRow:
        """The version in force as it is stored. Raises LookupError for a desk without one."""
        mark = raw.execute(_MARK, (desk,)).fetchone()
        return self._row(raw, desk, version_of(mark[0]) if mark else "")

    def view(self, raw: Raw, state: DeskState) -> ServerView:
        """The desk as its decisions see it, in the transaction that locked it."""
        policy = self.of(raw, state.id, state.policy_version)
        return ServerView(raw, state.id, policy, state.next_counter, lambda version: self.at(raw, state.id, version))

    def _row(self, raw: Raw, desk: str, version: str) -> PolicyRow:
        found = raw.execute(_BODY, (desk, version)).fetchone()
        if found is None:
            raise LookupError(f"the desk {desk} has no policy of version {version}")
        return _ROW.decode(found[0])
