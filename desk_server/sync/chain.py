"""The feed's rolling digest: two servers with the same digest at a commit have the same history up to it (P17)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

Line = tuple[str, str, str, str, bytes | None]
"""A line of the feed: scope, table, primary key, what happened, and the row (None: none)."""


def chained(before: str, lines: Iterable[Line], receipts: Iterable[tuple[str, bytes]]) -> str:
    """The digest after a commit of these lines and receipts (command id and payload hash), each in order, on the one ``before`` it."""
    digest = hashlib.blake2b(before.encode(), digest_size=16)
    for scope, table, pk, op, body in lines:
        digest.update(f"{scope}/{table}/{pk}/{op}/".encode())
        digest.update(body or b"")
    for command, payload_hash in receipts:
        digest.update(command.encode() + payload_hash)
    return digest.hexdigest()
