"""Every colour, distance, radius and type ratio of the window, in one place.

Light and dark are fixed; high contrast is made from the system's palette. A test computes the contrast of each pair: text at least
4.5:1, outlines of fields and the focus ring at least 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QPalette

MIN_TEXT_CONTRAST = 4.5
MIN_OUTLINE_CONTRAST = 3.0
DARK_BELOW_LIGHTNESS = 128


class Tone(Enum):
    """What a colour says; a shape and a word always say it too."""

    FINE = "fine"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"


class Scheme(Enum):
    """Which colours are asked for; SYSTEM follows the lightness and the contrast preference of the system's palette."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class ToneColours:
    """Text and shape of a tone, and the ground they stand on."""

    text: str
    ground: str


@dataclass(frozen=True)
class Colours:
    """The colour roles, as ``#rrggbb``."""

    dark: bool
    window: str
    surface: str
    line: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    selected: str
    outline: str
    hover: str
    tones: dict[Tone, ToneColours]


LIGHT = Colours(
    dark=False,
    window="#F6F7F9",
    surface="#FFFFFF",
    line="#DFE3E8",
    text="#1B2430",
    secondary="#5A6675",
    accent="#1F5FBF",
    on_accent="#FFFFFF",
    selected="#E8F0FC",
    outline="#7F8A99",
    hover="#EEF1F5",
    tones={
        Tone.FINE: ToneColours("#1E7A46", "#E3F4EA"),
        Tone.SOON: ToneColours("#8A5300", "#FFF1D6"),
        Tone.LATE: ToneColours("#B3261E", "#FDE7E5"),
        Tone.PAUSED: ToneColours("#5A6675", "#ECEFF3"),
    },
)

DARK = Colours(
    dark=True,
    window="#14181D",
    surface="#1B2027",
    line="#323B46",
    text="#E7EBF0",
    secondary="#A0ACBA",
    accent="#7FB0FF",
    on_accent="#0C1A30",
    selected="#1F3050",
    outline="#76859A",
    hover="#262D37",
    tones={
        Tone.FINE: ToneColours("#7BD6A0", "#16382A"),
        Tone.SOON: ToneColours("#FFC56B", "#3D2C0E"),
        Tone.LATE: ToneColours("#FF9B92", "#46201D"),
        Tone.PAUSED: ToneColours("#A0ACBA", "#2A323C"),
    },
)


class Space:
    """Distances in pixels, on a grid of four."""

    XS = 4
    S = 8
    M = 12
    L = 16
    AREA = 20
    XL = 24


class Size:
    """Fixed sizes in pixels that the places of the window stand on."""

    RADIUS = 6
    CHIP_RADIUS = 11
    CALL_BAR = 56
    CONTEXT = 286
    QUEUE = 408
    QUEUE_LEAST = 300
    WORK_LEAST = 440
    WORK_MOST = 1000
    LEAST_HEIGHT = 480
    DRAWER_BELOW = 1100
    TARGET = 24
    FOCUS = 2
    SELECTED_BAR = 3


class Type:
    """Font sizes as ratios of the system's size, and the two weights in use."""

    SECONDARY = 0.92
    BODY = 1.0
    HEADING = 1.15
    TIMER = 1.5
    REFERENCE = 2.3
    REGULAR = 400
    STRONG = 600


FADE_MS = 120


def is_dark(palette: QPalette) -> bool:
    """Whether a palette is a dark one, by the lightness of its window colour (the platforms' own answer is often "unknown")."""
    return palette.color(QPalette.ColorRole.Window).lightness() < DARK_BELOW_LIGHTNESS


def high_contrast(palette: QPalette) -> Colours:
    """The roles made of the system's own colours; everything that would be a tint is ground and text, told apart by shape and outline."""

    def of(role: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, role).name()

    ground, text = of(QPalette.ColorRole.Base), of(QPalette.ColorRole.Text)
    if contrast(text, ground) < MIN_TEXT_CONTRAST:
        text = "#ffffff" if is_dark(palette) else "#000000"
        ground = "#000000" if is_dark(palette) else "#ffffff"
    accent, on_accent = of(QPalette.ColorRole.Highlight), of(QPalette.ColorRole.HighlightedText)
    if contrast(accent, ground) < MIN_TEXT_CONTRAST or contrast(accent, on_accent) < MIN_TEXT_CONTRAST:
        accent, on_accent = text, ground
    plain = ToneColours(text, ground)
    return Colours(
        dark=is_dark(palette),
        window=ground,
        surface=ground,
        line=text,
        text=text,
        secondary=text,
        accent=accent,
        on_accent=on_accent,
        selected=ground,
        outline=text,
        hover=ground,
        tones=dict.fromkeys(Tone, plain),
    )


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours after WCAG 2.2, between 1 and 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    return 0.2126 * _linear(colour.red()) + 0.7152 * _linear(colour.green()) + 0.0722 * _linear(colour.blue())


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
