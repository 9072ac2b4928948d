"""The window's language: the texts of :mod:`desk_client.services.i18n` are looked up in Qt's catalogues."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desk_client.services.i18n import tr, translate_with
from desk_core.resources import resource

__all__ = ["LANGUAGES", "english", "speak", "tr"]

# Each in its own words, so that whoever is lost in another language finds back. English is in the source.
LANGUAGES = {"en": "English", "de": "Deutsch", "it": "Italiano"}
_CONTEXT = ""
_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
_LEAST_LETTERS = 4
# What was translated in this process, by the words that came out: so that an action is found by its English name as well (19).
_sources: dict[str, str] = {}


_spoken: list[QTranslator] = []
# The catalogue as it was read: Qt looks into it for as long as it is spoken, and copies nothing.
_words: list[bytes] = []


def language_of(setting: str) -> str:
    """The language that a setting means: itself, or the first of the system's that the window speaks, else English."""
    wanted = [setting, *(name.partition("-")[0] for name in QLocale.system().uiLanguages())]
    return next((language for language in wanted if language in LANGUAGES), "en")


def speak(setting: str) -> None:
    """From now on every text is in this language, Qt's own too; "" is the system's. What is on the screen already stays as it is."""
    for before in _spoken:
        QCoreApplication.removeTranslator(before)
    _spoken.clear()
    _sources.clear()
    language = language_of(setting)
    QLocale.setDefault(QLocale(language) if setting else QLocale.system())
    if language == "en":
        return
    qts, ours = QTranslator(), QTranslator()
    if qts.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        _spoken.append(qts)
    _words[:] = [resource(f"translations/desk_{language}.qm").read_bytes()]
    if ours.load(_words[0]):
        _spoken.append(ours)
    for translator in _spoken:
        QCoreApplication.installTranslator(translator)


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
