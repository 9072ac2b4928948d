"""The look of the program: Fusion, one palette and one style sheet from the tokens, Inter with tabular figures.

All type sizes are ratios of the system's font size, so a system set to 200 % gives a window at 200 %. The theme follows the system's
light, dark and high-contrast settings while the program runs (36), or a setting of the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from desk_client.ui.assets import load_fonts
from desk_client.ui.stylesheet import style_sheet
from desk_client.ui.tokens import DARK, LIGHT, Colours, Scheme, Type, high_contrast, is_dark


@dataclass(frozen=True)
class Look:
    """What a widget that paints itself needs to know."""

    colours: Colours
    base_px: float
    family: str
    reduced_motion: bool

    def px(self, ratio: float) -> int:
        """A type size in pixels; ``ratio`` is one of :class:`tokens.Type`."""
        return round(self.base_px * ratio)

    def scaled(self, pixels: int) -> int:
        """A length of the design, drawn for 13 px type, that has to grow with the type."""
        return round(pixels * max(1.0, self.base_px / 13))

    def font(self, ratio: float = Type.BODY, weight: int = Type.REGULAR) -> QFont:
        """Inter in this size and weight, with figures of one width."""
        font = QFont(self.family) if self.family else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(self.px(ratio))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


_look = Look(LIGHT, 13.0, "", reduced_motion=False)


def look() -> Look:
    """The look in force; widgets that paint themselves ask at each paint, so a switch needs no bookkeeping."""
    return _look


class Theme(QObject):
    """Applies the look to the application and keeps it in step with the system and the person's settings."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        scheme: Scheme = Scheme.SYSTEM,
        *,
        base_px: float | None = None,
        reduced_motion: bool = False,
    ) -> None:
        """``base_px`` fixes the body size in pixels; without it the system's font size is followed."""
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._fixed_px = base_px
        self._reduced_motion = reduced_motion
        self._applying = False
        app.setStyle("Fusion")
        self.apply()
        app.installEventFilter(self)
        app.styleHints().colorSchemeChanged.connect(self.apply)

    def set_scheme(self, scheme: Scheme) -> None:
        """Switch to a scheme at once."""
        self._scheme = scheme
        self.apply()

    def set_reduced_motion(self, reduced: bool) -> None:
        """No animation at all while set; Qt does not know the system's own preference."""
        self._reduced_motion = reduced
        self.apply()

    def apply(self) -> None:
        """Read the system's palette and font again and put the look in force."""
        if self._applying:
            return
        self._applying = True
        try:
            self._put_in_force()
        finally:
            self._applying = False
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a change of the system's theme or font."""
        if watched is self._app and event.type() == QEvent.Type.ThemeChange:
            self.apply()
        return False

    def _put_in_force(self) -> None:
        global _look
        # An empty palette gives the system's own back, whose lightness is the only answer that every platform knows.
        self._app.setPalette(QPalette())
        colours = self._colours(self._app.palette())
        base = self._fixed_px or float(
            QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
        )
        _look = Look(colours, base, load_fonts(), self._reduced_motion)
        self._app.setPalette(_palette(colours))
        self._app.setFont(_look.font())
        self._app.setStyleSheet(style_sheet(colours, base))

    def _colours(self, system: QPalette) -> Colours:
        hints = self._app.styleHints()
        accessibility = hints.accessibility()
        wants_contrast = accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        if self._scheme is Scheme.CONTRAST or (self._scheme is Scheme.SYSTEM and wants_contrast):
            return high_contrast(system)
        if self._scheme is Scheme.DARK or (self._scheme is Scheme.SYSTEM and is_dark(system)):
            return DARK
        return LIGHT


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.window),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.secondary),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.surface),
        (role.Link, colours.accent),
        (role.Mid, colours.line),
        (role.Dark, colours.outline),
        (role.Accent, colours.accent),
    ):
        palette.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.secondary))
    return palette
