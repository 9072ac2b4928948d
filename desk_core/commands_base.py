"""The base of every command's arguments."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Ask(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of every command's arguments; unknown fields are refused (R03)."""

    name: ClassVar[str]
    version: ClassVar[int] = 1
    captures: ClassVar[bool] = False
