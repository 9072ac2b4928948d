"""Every text that a person reads passes through :func:`tr`, in the window and in the terminal; English is the language of the source.

Qt's own tools find the texts: ``pyside6-lupdate`` reads a bare ``tr("…")`` and files it under one context without a name. Who looks a text
up is said once per process by :func:`translate_with`: the window asks Qt's catalogues, the terminal speaks the language of the source.
See docs/decisions on translation.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# A text, a comment for the translator ("" for none), and the number for a plural (-1 for none).
Translator = Callable[[str, str, int], str]
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _source(text: str, _comment: str, number: int) -> str:
    return text if number < 0 else text.replace("%n", str(number))


_translator: Translator = _source


def translate_with(translator: Translator) -> None:
    """Ask ``translator`` for every text of this process from now on."""
    global _translator
    _translator = translator


def tr(text: str, comment: str = "", n: int = -1, /, *, one: str = "", **values: object) -> str:
    """``text`` in the person's language, with ``{name}`` replaced by ``values`` (data is never a format string, R40).

    A plural is written ``tr("%n calls saved here", "", n, one="%n call saved here")``: ``one`` is the English singular, other languages
    keep their forms in the catalogue. A placeholder without a value stays as it is written.
    """
    found = _translator(text, comment, n)
    if n == 1 and one and found == text.replace("%n", "1"):
        found = one.replace("%n", "1")
    return _filled(found, values)


def from_core(template: str, params: dict[str, str] | None = None) -> str:
    """A text of the core in the person's language, its ``{name}`` replaced as data (R40)."""
    return _filled(_translator(template, "", -1), params or {})


def _filled(text: str, values: dict[str, object] | dict[str, str]) -> str:
    if not values:
        return text
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)
