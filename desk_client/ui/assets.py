"""Fonts and icons of the program, read from its resources."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desk_core.resources import resource

FAMILY = "Inter"
_FONTS = ("fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf")


@lru_cache(maxsize=1)
def load_fonts() -> str:
    """Register the bundled font once per process and return its family, or the empty text when the files can't be used."""
    for path in _FONTS:
        if QFontDatabase.addApplicationFontFromData(QByteArray(resource(path).read_bytes())) < 0:
            return ""
    return FAMILY


@lru_cache(maxsize=64)
def icon(name: str, colour: str, size: int) -> QIcon:
    """The icon ``icons/NAME.svg`` drawn in ``colour`` (``#rrggbb``) for a square of ``size`` pixels, also at double density."""
    result = QIcon()
    for ratio in (1, 2):
        result.addPixmap(pixmap(name, colour, size, ratio))
    return result


@lru_cache(maxsize=64)
def pixmap(name: str, colour: str, size: int, ratio: int = 1) -> QPixmap:
    """One picture of an icon; ``ratio`` is the device pixel ratio."""
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(QSize(size, size) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
