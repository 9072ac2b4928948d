"""Colours, type and the switch between schemes."""

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_client.ui import tokens
from desk_client.ui.assets import FAMILY, icon, load_fonts
from desk_client.ui.theme import Theme, look
from desk_client.ui.tokens import DARK, LIGHT, Colours, Scheme, Tone, contrast, high_contrast
from desk_client.ui.widgets import Area, Heading, Label


def system(ground: str, text: str, accent: str) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, ground),
        (role.Base, ground),
        (role.Text, text),
        (role.WindowText, text),
        (role.Highlight, accent),
        (role.HighlightedText, ground),
    ):
        palette.setColor(which, QColor(name))
    return palette


SCHEMES = {
    "light": LIGHT,
    "dark": DARK,
    "contrast on black": high_contrast(system("#000000", "#ffffff", "#1aebff")),
    "contrast on white": high_contrast(system("#ffffff", "#000000", "#37006e")),
    "contrast of a careless system": high_contrast(system("#777777", "#888888", "#808080")),
}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES.keys())
def test_text_and_outlines_can_be_seen(colours: Colours) -> None:
    """32: text at least 4.5:1, outlines of fields and the focus ring at least 3:1, each on every ground it stands on."""
    grounds = (colours.window, colours.surface)
    texts = [(text, ground) for text in (colours.text, colours.secondary, colours.accent) for ground in grounds]
    texts += [(colours.text, colours.selected), (colours.secondary, colours.selected)]
    texts += [(colours.text, colours.hover), (colours.secondary, colours.hover)]
    texts += [(colours.on_accent, colours.accent)]
    for tone in colours.tones.values():
        texts += [(tone.text, tone.ground), (tone.text, colours.surface), (tone.text, colours.window)]
    outlines = [(colours.outline, ground) for ground in grounds] + [(colours.accent, ground) for ground in grounds]
    outlines += [(colours.accent, colours.selected)]
    assert [pair for pair in texts if contrast(*pair) < tokens.MIN_TEXT_CONTRAST] == []
    assert [pair for pair in outlines if contrast(*pair) < tokens.MIN_OUTLINE_CONTRAST] == []
    assert set(colours.tones) == set(Tone)


def test_dark_is_decided_by_the_lightness_of_the_palette() -> None:
    """36: the platforms' own answer is often "unknown"."""
    assert tokens.is_dark(system("#202020", "#ffffff", "#3366ff"))
    assert not tokens.is_dark(system("#f0f0f0", "#000000", "#3366ff"))


def test_a_switch_repaints_what_is_on_screen(qtbot: QtBot, theme: Theme) -> None:
    """36: live, without a restart."""
    area = Area("work")
    area.setFixedSize(200, 40)
    qtbot.addWidget(area)
    area.show()
    light = area.grab().toImage().pixelColor(199, 39)
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme(Scheme.DARK)
    assert look().colours is DARK
    assert light.lightness() > 200 > 60 > area.grab().toImage().pixelColor(199, 39).lightness()


def test_inter_is_there_with_figures_of_one_width() -> None:
    assert load_fonts() == FAMILY
    metrics = QFontMetricsF(look().font())
    assert {metrics.horizontalAdvance(digit) for digit in "0123456789"} == {metrics.horizontalAdvance("0")}


def test_type_follows_the_size_of_the_system(qtbot: QtBot, qapp: QApplication) -> None:
    """35, 36: every size is a ratio of the system's, also in the style sheet."""
    sizes = []
    for base in (13, 26):
        other = Theme(qapp, Scheme.LIGHT, base_px=base)
        heading, body = Heading("Technical support"), Label("body")
        for label in (heading, body):
            qtbot.addWidget(label)
            label.show()
        sizes.append((heading.font().pixelSize(), body.font().pixelSize()))
        qapp.removeEventFilter(other)
    assert sizes == [(15, 13), (30, 26)]


def test_icons_take_the_colour_asked_for() -> None:
    picture = icon("check", "#ff0000", 16).pixmap(16, 16).toImage()
    seen = {
        picture.pixelColor(x, y).name() for x in range(16) for y in range(16) if picture.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#ff0000"}
