"""Pictures of a window as small files: 256 colours of the picture's own, which is more than a calm window has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtGui import QImage

_MOST = 256
_ALIKE = 10**2  # the square of how far two colours are apart that look alike at the edge of a letter
_LARGE = 300  # pixels of one colour that are an area, not an edge
_SMALLEST = 0  # what Qt calls the quality of a PNG is how fast it is packed


def save(picture: QImage, file: Path) -> bool:
    """Save ``picture`` as PNG with a palette; False when it could not be written."""
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(whole.constBits()).cast("I")
    counted = Counter(pixels)
    kept: list[tuple[int, int, int]] = []
    place: dict[int, int] = {}
    for colour, often in counted.most_common():
        red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
        far, near = min(
            (((r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2, n) for n, (r, g, b) in enumerate(kept)),
            default=(_ALIKE + 1, 0),
        )
        if (far > _ALIKE or often > _LARGE) and len(kept) < _MOST:
            # Grounds stay as they are; so does what is seldom but like nothing else.
            near = len(kept)
            kept.append((red, green, blue))
        place[colour] = near
    indexed = bytes(map(place.__getitem__, pixels))
    small = QImage(indexed, whole.width(), whole.height(), whole.width(), QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | red << 16 | green << 8 | blue for red, green, blue in kept])
    return small.save(str(file), None, _SMALLEST)
