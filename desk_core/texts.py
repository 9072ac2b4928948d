"""The one gate for text that people type, on both sides: no lone surrogates, NUL or control characters, and no silent cut (R63, R64)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

_S = TypeVar("_S", bound=msgspec.Struct)
SHORT = 500
LONG = 50_000
_LONG_FIELDS = frozenset({"description", "text", "note", "solution", "summary", "question", "reason", "remark"})
_ID = re.compile(r"[!-~]{1,64}")
_FAULT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")


def blank(text: str) -> bool:
    """True when nothing can be seen: white space and zero-width characters alone are empty (H-21)."""
    return all(c.isspace() or c in _INVISIBLE for c in text)


def tidy(text: str) -> str:
    """``text`` in composed form (NFC), with one kind of line end; the ends are not stripped, so that nothing typed is lost."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_id(text: str) -> bool:
    """Whether ``text`` may be the id of a command, ticket, call or device: 1 to 64 printable ASCII characters without blanks."""
    return _ID.fullmatch(text) is not None


def fault_in(text: str, limit: int) -> str:
    """What is wrong with ``text``: ``control``, ``surrogate``, ``long``, or "" when it may be stored."""
    if len(text) > limit:
        return "long"
    found = _FAULT.search(text)
    if found is None:
        return ""
    return "control" if found[0] < " " else "surrogate"


def problems(record: msgspec.Struct) -> Iterator[tuple[str, str, int]]:
    """Field, fault and limit of every text in ``record`` (and the records inside it) that may not be stored."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, msgspec.Struct):
            yield from problems(value)
        elif isinstance(value, str):
            limit = LONG if name in _LONG_FIELDS else SHORT
            fault = fault_in(value, limit)
            if fault:
                yield name, fault, limit
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, msgspec.Struct):
                    yield from problems(item)


def composed(record: _S) -> _S:
    """``record`` with every text in it, and in the records inside it, as :func:`tidy` makes it (R63): typed text is composed once, where
    it enters."""
    changed = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        fresh = _composed(value)
        if fresh is not value:
            changed[name] = fresh
    return msgspec.structs.replace(record, **changed) if changed else record


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        fresh = tidy(value)
        return value if fresh == value else fresh
    if isinstance(value, msgspec.Struct):
        return composed(value)
    if isinstance(value, tuple):
        items = tuple(_composed(item) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value
