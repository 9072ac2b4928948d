"""The settings page; everything applies at once (54)."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_client.ui.i18n import LANGUAGES, tr
from desk_client.ui.settings.store import Settings
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme, Space
from desk_client.ui.widgets import Action, Field, Heading, Label, Secondary, Segments, column
from desk_client.ui.workarea import WorkPage

_FADES, _NONE, _SYSTEM = "fades", "none", "system"


class SettingsPage(WorkPage):
    """Language, colours and motion, dialling, and signing out. ``done`` leaves the page; ``spoken`` when the language was changed."""

    spoken = Signal()

    def __init__(self, settings: Settings, theme: Theme, sign_out: Action, done: Action) -> None:
        super().__init__()
        self._settings, self._theme = settings, theme
        self.expected, self.aside = done, (sign_out,)
        self.language = Segments(tr("Language"), {_SYSTEM: tr("As the system"), **LANGUAGES})
        self.language.choose(settings.language or _SYSTEM)
        self.language.chosen.connect(self._set_language)
        self.colours = Segments(
            tr("Colours"),
            {
                Scheme.SYSTEM.value: tr("As the system"),
                Scheme.LIGHT.value: tr("Light"),
                Scheme.DARK.value: tr("Dark"),
                Scheme.CONTRAST.value: tr("High contrast"),
            },
        )
        self.colours.choose(settings.scheme.value)
        self.colours.chosen.connect(self._set_colours)
        self.motion = Segments(tr("Motion"), {_FADES: tr("Short fades"), _NONE: tr("None at all")})
        self.motion.choose(_NONE if settings.reduced_motion else _FADES)
        self.motion.chosen.connect(self._set_motion)
        self.dial = Field(tr("Command that dials"))
        self.dial.set_text(settings.dial_command)
        self.dial.edited.connect(settings.set_dial_command)
        layout = column(self, margins=(Space.XL, Space.M, Space.XL, Space.M), spacing=Space.M)
        layout.addWidget(Heading(tr("Settings")))
        layout.addWidget(Label(tr("Colours"), "caption"))
        layout.addWidget(self.colours)
        layout.addSpacing(Space.S)
        layout.addWidget(Label(tr("Motion"), "caption"))
        layout.addWidget(self.motion)
        layout.addSpacing(Space.S)
        layout.addWidget(Label(tr("Language"), "caption"))
        layout.addWidget(self.language)
        layout.addSpacing(Space.S)
        layout.addWidget(self.dial)
        about = tr(
            "A program and what it needs; {number} stands for the number. It is started without a shell.",
            number="{number}",
        )
        layout.addWidget(Secondary(about, wrap=True))
        layout.addWidget(Secondary(tr("These settings are kept on this computer and apply at once."), wrap=True))
        layout.addStretch()

    def take_focus(self) -> None:
        """The keyboard goes to the first setting."""
        self.colours.take_focus()

    def _set_language(self, key: str) -> None:
        language = "" if key == _SYSTEM else key
        if language != self._settings.language:
            self._settings.set_language(language)
            self.spoken.emit()

    def _set_colours(self, key: str) -> None:
        self._settings.set_scheme(Scheme(key))
        self._theme.set_scheme(Scheme(key))

    def _set_motion(self, key: str) -> None:
        reduced = key == _NONE
        self._settings.set_reduced_motion(reduced)
        self._theme.set_reduced_motion(reduced)
