"""The versions of the desk's policy that this machine has: the one in force, and those that tickets are pinned to (A-01)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from desk_client.models.connection import Connection
from desk_client.models.shapes import POLICY
from desk_core.policy import Policy
from desk_core.policy_file import PolicyError
from desk_core.policy_versions import policy_of
from desk_core.protocol import PolicyRow


def kept(cache: Connection) -> tuple[Policy, ...]:
    """Every version that was fetched and can be read here."""
    return tuple(readable(row[0] for row in cache.run("SELECT body FROM policy ORDER BY id").fetchall()))


def readable(bodies: Iterable[Any]) -> Iterable[Policy]:
    """The policies of stored rows; one from a newer server that cannot be read here is left out (P26)."""
    for body in bodies:
        try:
            yield policy_of(POLICY.decode(body))
        except (msgspec.ValidationError, PolicyError):
            continue


def in_force(bodies: Iterable[Any]) -> PolicyRow | None:
    """The row of the version in force, or None."""
    rows: list[PolicyRow] = [POLICY.decode(body) for body in bodies]
    return next((row for row in rows if row.in_force), None)
