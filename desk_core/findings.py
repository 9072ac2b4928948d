"""What a check found: the sentences that an administrator reads, each with what to do about it."""

from __future__ import annotations

import msgspec


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it should be. ``do`` says what to do; ``repairable``: --repair does it; ``repaired``: it has done it."""

    code: str
    what: str
    do: str
    repairable: bool = False
    repaired: bool = False
