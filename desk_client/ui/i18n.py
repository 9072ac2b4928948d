"""The window's language: the texts of :mod:`desk_client.services.i18n` are looked up in Qt's catalogues."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from desk_client.services.i18n import tr, translate_with

__all__ = ["english", "tr"]

_CONTEXT = ""
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
_LEAST_LETTERS = 4
# What was translated in this process, by the words that came out: so that an action is found by its English name as well (19).
_sources: dict[str, str] = {}


def _from_catalogue(text: str, comment: str, number: int) -> str:
    found = QCoreApplication.translate(_CONTEXT, text, comment or None, number)
    if found != text:
        _sources[found] = text
    return found


def english(words: str) -> str:
    """What ``words`` are in the language of the source, "" when that is not known; a text with data in it is known by what surrounds it."""
    known = _sources.get(words)
    if known is not None:
        return known
    for found, source in _sources.items():
        if "{" in found and len(re.sub(r"\{\w+\}|\W", "", found)) >= _LEAST_LETTERS:
            match = re.fullmatch(_PLACEHOLDER.sub(r"(?P<\1>.+)", re.escape(found)), words)
            if match is not None:
                return _refilled(source, match.groupdict())
    return ""


def _refilled(source: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: english(parts.get(place[1], "")) or parts.get(place[1], ""), source)


translate_with(_from_catalogue)
