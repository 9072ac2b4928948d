"""The person's settings in a plain file of the profile: colours and motion, nothing secret (R31)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desk_client.ui.tokens import Scheme


class Settings:
    """Read at start, written at each change."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Which colours; what is not understood means the system's."""
        kept = str(self._file.value("look/colours", Scheme.SYSTEM.value))
        return next((scheme for scheme in Scheme if scheme.value == kept), Scheme.SYSTEM)

    def set_scheme(self, scheme: Scheme) -> None:
        """Keep the colours."""
        self._keep("look/colours", scheme.value)

    @property
    def reduced_motion(self) -> bool:
        """True when nothing may move."""
        return str(self._file.value("look/reduced_motion", "no")) == "yes"

    def set_reduced_motion(self, reduced: bool) -> None:
        """Keep whether anything may move."""
        self._keep("look/reduced_motion", "yes" if reduced else "no")

    @property
    def dial_command(self) -> str:
        """What is started to dial a number, "" while nothing is."""
        return str(self._file.value("telephone/dial_command", ""))

    def set_dial_command(self, command: str) -> None:
        """Keep what dials."""
        self._keep("telephone/dial_command", command)

    @property
    def language(self) -> str:
        """The language of the window, "" for the system's (54)."""
        return str(self._file.value("look/language", ""))

    def set_language(self, language: str) -> None:
        """Keep the language."""
        self._keep("look/language", language)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, empty at the first start (43)."""
        kept = self._file.value("window/geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def set_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._keep("window/geometry", geometry)

    @property
    def queue_width(self) -> int:
        """How wide the queue was made, in pixels; 0 at the first start (43)."""
        kept = str(self._file.value("window/queue_width", "0"))
        return int(kept) if kept.isdecimal() else 0

    def set_queue_width(self, width: int) -> None:
        """Keep how wide the queue is."""
        self._keep("window/queue_width", width)

    def view(self, member: str) -> tuple[str, bool]:
        """The ticket that this member looked at last, "" for none, and whether the queue showed only what they hold (43)."""
        if not member or str(self._file.value("view/member", "")) != member:
            return "", False
        return str(self._file.value("view/ticket", "")), str(self._file.value("view/mine", "no")) == "yes"

    def set_view(self, member: str, ticket: str, *, mine: bool) -> None:
        """Keep what a member looks at: ids, no words."""
        self._file.setValue("view/member", member)
        self._file.setValue("view/ticket", ticket)
        self._keep("view/mine", "yes" if mine else "no")

    def _keep(self, key: str, value: object) -> None:
        self._file.setValue(key, value)
        self._file.sync()
