"""Every text that a person reads passes through :func:`tr`; English is the language of the source.

Qt's own tools find the texts: ``pyside6-lupdate`` reads a bare ``tr("…")`` and files it under one context without a name, for which
``QCoreApplication.translate`` is asked here. See docs/decisions on translation.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

_CONTEXT = ""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def tr(text: str, comment: str = "", n: int = -1, /, *, one: str = "", **values: object) -> str:
    """``text`` in the person's language, with ``{name}`` replaced by ``values`` (data is never a format string, R40).

    A plural is written ``tr("%n calls saved here", "", n, one="%n call saved here")``: ``one`` is the English singular, other languages
    keep their forms in the catalogue. A placeholder without a value stays as it is written.
    """
    found = QCoreApplication.translate(_CONTEXT, text, comment or None, n)
    if n == 1 and one and found == text.replace("%n", "1"):
        found = one.replace("%n", "1")
    if not values:
        return found
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), found)
