"""Where a profile lies, and which members have files in it. Nothing secret: server, user name and folder only (R27, R31)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import platformdirs

from desk_client.system.problems import MachineError

APP = "desk-client"
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs"})


def default_profile() -> Path:
    """Where the profile of the system's user lies."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False)).absolute()


class ProfileFolder:
    """A profile: the default one of the system's user, or a folder of its own (``--profile``)."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or default_profile()).expanduser().absolute()
        try:
            for folder in (self.path, self.path / "members"):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
        except OSError as error:
            raise MachineError(
                "profile_folder", f"The folder {self.path} cannot be used: {error.strerror}; choose another."
            ) from error
        if (kind := file_system(self.path)) in _NETWORK_FILE_SYSTEMS:
            raise MachineError(
                "network_share",
                f"The folder {self.path} lies on a network share ({kind}); choose one on this machine's disk.",
            )
        self._index = self.path / "members.json"

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._index.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, facts: dict[str, Any]) -> None:
        fresh = self._index.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(facts, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._index)

    def folder(self, server: str, user: str) -> Path:
        """The folder of a member of a server; the same for every spelling of the login's case."""
        name = hashlib.sha256(f"{server}\n{user.casefold()}".encode()).hexdigest()[:16]
        return self.path / "members" / name

    def current(self) -> Path | None:
        """The folder of whoever is signed in, or None."""
        found = self._read().get("current")
        if not isinstance(found, dict):
            return None
        return self.folder(str(found.get("server", "")), str(found.get("user", "")))

    def last(self) -> tuple[str, str]:
        """Server and user of the last sign-in, for the sign-in form; empty when there was none."""
        found = self._read().get("last")
        return (str(found.get("server", "")), str(found.get("user", ""))) if isinstance(found, dict) else ("", "")

    def choose(self, server: str, user: str) -> None:
        """This member is signed in from now on."""
        member = {"server": server, "user": user}
        self._write({**self._read(), "current": member, "last": member})

    def leave(self) -> None:
        """Nobody is."""
        self._write({**self._read(), "current": None})


def file_system(path: Path) -> str:
    """The kind of file system that holds ``path``, "" where the system does not say."""
    best, kind = "", ""
    with contextlib.suppress(OSError):
        for line in Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines():
            _, mount, name, *_ = line.split(" ")
            inside = str(path) == mount or str(path).startswith(mount.rstrip("/") + "/")
            if inside and len(mount) >= len(best):
                best, kind = mount, name
    return kind
