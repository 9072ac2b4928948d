"""The base of everything that can happen."""

from __future__ import annotations

import msgspec


class What(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="event"):
    """Base of everything that can happen."""
