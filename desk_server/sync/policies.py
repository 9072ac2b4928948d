"""The desks' policies, compiled once per process and version."""

from __future__ import annotations

import hashlib

import msgspec

from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.protocol import PolicyRow
from desk_server.sync.view import Raw

_BODY = "SELECT body::text FROM policy WHERE desk = %s"
_ROW = msgspec.json.Decoder(PolicyRow)
_HELD = 64


def version_of(row: PolicyRow) -> str:
    """What tells one policy text from another: the version that it gives itself, and a digest, since people forget to count on."""
    return f"{row.version}+{hashlib.sha256(row.text.encode()).hexdigest()[:16]}"


def policy_of_text(text: str, file: str) -> PolicyRow:
    """The row of a policy file. Raises :class:`desk_core.policy_file.PolicyError` with every mistake in it."""
    policy = load(text, file)
    return PolicyRow(policy.head.name, policy.head.version, text)


class Policies:
    """Finds compiled policies; thread-safe, since a value is only ever replaced by an equal one."""

    def __init__(self) -> None:
        self._compiled: dict[str, Policy] = {}

    def of(self, raw: Raw, desk: str, version: str) -> Policy:
        """The policy of a desk, whose row says that this version is in force. Desks with the same text share one."""
        found = self._compiled.get(version)
        if found is None:
            row = self.row(raw, desk)
            found = load(row.text, row.name)
            if len(self._compiled) >= _HELD:
                self._compiled.clear()
            self._compiled[version_of(row)] = found
        return found

    def row(self, raw: Raw, desk: str) -> PolicyRow:
        """The policy as it is stored. Raises LookupError for a desk without one."""
        found = raw.execute(_BODY, (desk,)).fetchone()
        if found is None:
            raise LookupError(f"the desk {desk} has no policy")
        return _ROW.decode(found[0])
