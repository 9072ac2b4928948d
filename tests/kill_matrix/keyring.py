"""A keyring that outlives a process: a file, written as a whole, in the place of the system's."""

from __future__ import annotations

import json
import os
from pathlib import Path


class FileKeyring:
    """Keeps secrets in ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _kept(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        found: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        return found

    def _keep(self, kept: dict[str, str]) -> None:
        fresh = self._path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self._path)

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        return self._kept().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self._keep({**self._kept(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        self._keep({name: kept for name, kept in self._kept().items() if name != f"{service}/{username}"})
