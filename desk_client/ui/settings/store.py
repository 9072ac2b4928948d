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
    def geometry(self) -> QByteArray:
        """Where the window was, empty at the first start (43)."""
        kept = self._file.value("window/geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def set_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._keep("window/geometry", geometry)

    def _keep(self, key: str, value: object) -> None:
        self._file.setValue(key, value)
        self._file.sync()
