"""The window's language: the texts of :mod:`desk_client.services.i18n` are looked up in Qt's catalogues."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_client.services.i18n import tr, translate_with

__all__ = ["tr"]

_CONTEXT = ""


def _from_catalogue(text: str, comment: str, number: int) -> str:
    return QCoreApplication.translate(_CONTEXT, text, comment or None, number)


translate_with(_from_catalogue)
