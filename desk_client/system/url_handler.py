"""Who opens ``deskclient:`` and ``tel:`` links for this person: the tiny program ``desk-call``, entered for this user alone (R46).

A link is handed over as one argument, never through a shell that could read it.
"""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from desk_client.system.problems import MachineError

OURS, TEL = "deskclient", "tel"
ENTRY = "desk-client-links.desktop"
CLASS = "DeskClient.Link"
_DEFAULTS, _ADDED = "[Default Applications]", "[Added Associations]"


class Registry(Protocol):
    """This user's part of the Windows registry: keys below ``HKEY_CURRENT_USER``, values by name ("" is the key's own)."""

    def put(self, key: str, name: str, value: str) -> None:
        """Set a value; the key is made."""

    def take(self, key: str, name: str | None = None) -> None:
        """Take a value out, or (None) the key with everything below it; what is not there is fine."""


def helper() -> list[str]:
    """The command line of ``desk-call``, beside this program or in this Python's scripts. Raises ``no_desk_call``."""
    suffix = ".exe" if os.name == "nt" else ""
    if getattr(sys, "frozen", False):
        found = Path(sys.executable).with_name(f"desk-call{suffix}")
    else:
        found = Path(sysconfig.get_path("scripts")) / f"desk-call{suffix}"
    if not found.exists():
        raise MachineError("no_desk_call", f"The program {found} is not there; install Desk Client again.")
    return [str(found)]


# --- Linux: freedesktop.org ------------------------------------------------------------------------------------------------


class Desktop:
    """An entry of its own for links, and the person's list of what opens what. ``data`` and ``config`` are the XDG folders."""

    def __init__(self, data: Path, config: Path, run: Callable[[Sequence[str]], object]) -> None:
        self._folder, self._list = data / "applications", config / "mimeapps.list"
        self._run = run

    def register(self, command: Sequence[str], *, tel: bool) -> None:
        """Open ``deskclient:`` links, and be offered for ``tel:`` ones; with ``tel`` open those too."""
        self._folder.mkdir(parents=True, exist_ok=True)
        words = " ".join(quoted(word) for word in command)
        entry = (
            "[Desktop Entry]\nType=Application\nName=Desk Client\nNoDisplay=true\nTerminal=false\n"
            f"Exec={words} %u\nMimeType=x-scheme-handler/{OURS};x-scheme-handler/{TEL};\n"
        )
        (self._folder / ENTRY).write_text(entry, encoding="utf-8")
        wanted = {f"x-scheme-handler/{OURS}": _DEFAULTS, f"x-scheme-handler/{TEL}": _DEFAULTS if tel else _ADDED}
        self._write(entered(without(self._read()), wanted))
        self._tell()

    def unregister(self) -> None:
        """Open no links any more."""
        (self._folder / ENTRY).unlink(missing_ok=True)
        self._write(without(self._read()))
        self._tell()

    def _read(self) -> list[str]:
        try:
            return self._list.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _write(self, lines: Sequence[str]) -> None:
        self._list.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._list.with_suffix(".desk-client")
        fresh.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        fresh.replace(self._list)

    def _tell(self) -> None:
        """The desktop's index, where there is one; without it the entry is found at the next sign-in."""
        if shutil.which("update-desktop-database"):
            self._run(["update-desktop-database", str(self._folder)])


def quoted(word: str) -> str:
    """A word of a desktop entry's command line; ``%`` and ``\\`` mean something there."""
    plain = re.fullmatch(r"[A-Za-z0-9/._+-]+", word)
    return word if plain else '"' + re.sub(r'(["`$\\])', r"\\\\\1", word).replace("%", "%%") + '"'


def without(lines: Sequence[str]) -> list[str]:
    """The list without our entry; other people's lines stay as they are."""
    kept = []
    for line in lines:
        kind, equals, programs = line.partition("=")
        if equals and ENTRY in programs.split(";"):
            rest = [p for p in programs.split(";") if p and p != ENTRY]
            if not rest:
                continue
            line = f"{kind}={';'.join(rest)};"
        kept.append(line)
    return kept


def entered(lines: Sequence[str], wanted: Mapping[str, str]) -> list[str]:
    """The list with our entry first among those that open these kinds, in these sections."""
    found = list(lines)
    for kind, section in wanted.items():
        if section not in found:
            found += [section]
        start = found.index(section) + 1
        end = next((place for place in range(start, len(found)) if found[place].startswith("[")), len(found))
        place = next((p for p in range(start, end) if found[p].partition("=")[0].strip() == kind), None)
        if place is None:
            found.insert(start, f"{kind}={ENTRY};")
        else:
            found[place] = f"{kind}={ENTRY};{found[place].partition('=')[2].strip()}"
    return found


# --- Windows ---------------------------------------------------------------------------------------------------------------


class Windows:
    """Entries below this user's own keys. Windows asks the person before a program takes ``tel:`` over; we are among those offered."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def register(self, command: Sequence[str], *, tel: bool) -> None:
        """Open ``deskclient:`` links; with ``tel`` be offered for ``tel:`` ones."""
        put, words = self._registry.put, " ".join(f'"{word}"' for word in command)
        for name in (OURS, CLASS):
            put(rf"Software\Classes\{name}", "", "URL:Desk Client")
            put(rf"Software\Classes\{name}", "URL Protocol", "")
            put(rf"Software\Classes\{name}\shell\open\command", "", f'{words} "%1"')
        self._registry.take(r"Software\DeskClient\Capabilities")
        put(r"Software\DeskClient\Capabilities", "ApplicationName", "Desk Client")
        put(r"Software\DeskClient\Capabilities", "ApplicationDescription", "Calls at a service desk")
        put(r"Software\DeskClient\Capabilities\URLAssociations", OURS, CLASS)
        if tel:
            put(r"Software\DeskClient\Capabilities\URLAssociations", TEL, CLASS)
        put(r"Software\RegisteredApplications", "Desk Client", r"Software\DeskClient\Capabilities")

    def unregister(self) -> None:
        """Open no links any more."""
        for name in (OURS, CLASS):
            self._registry.take(rf"Software\Classes\{name}")
        self._registry.take(r"Software\DeskClient\Capabilities")
        self._registry.take(r"Software\RegisteredApplications", "Desk Client")


class UserRegistry:
    """The real one."""

    def __init__(self) -> None:
        import winreg  # noqa: PLC0415 - Windows alone has it

        self._api: Any = winreg

    def put(self, key: str, name: str, value: str) -> None:
        """Set a value; the key is made."""
        with self._api.CreateKey(self._api.HKEY_CURRENT_USER, key) as made:
            self._api.SetValueEx(made, name, 0, self._api.REG_SZ, value)

    def take(self, key: str, name: str | None = None) -> None:
        """Take a value or a whole key out."""
        api = self._api
        try:
            if name is not None:
                with api.OpenKey(api.HKEY_CURRENT_USER, key, 0, api.KEY_SET_VALUE) as held:
                    api.DeleteValue(held, name)
                return
            with api.OpenKey(api.HKEY_CURRENT_USER, key) as held:
                below = [api.EnumKey(held, place) for place in range(api.QueryInfoKey(held)[0])]
            for child in below:
                self.take(rf"{key}\{child}")
            api.DeleteKey(api.HKEY_CURRENT_USER, key)
        except FileNotFoundError:
            return


# --- macOS -----------------------------------------------------------------------------------------------------------------


class Mac:
    """A small application of this user that takes links (the system gives them to applications alone) and hands them on."""

    def __init__(self, applications: Path, run: Callable[[Sequence[str]], object]) -> None:
        self._app, self._run = applications / "Desk Client Links.app", run

    def register(self, command: Sequence[str], *, tel: bool) -> None:
        """Open ``deskclient:`` links, with ``tel`` also ``tel:`` ones."""
        self._app.parent.mkdir(parents=True, exist_ok=True)
        words = ' & " " & '.join(f'quoted form of "{_script(word)}"' for word in command)
        lines = ("on open location link", f'do shell script {words} & " " & quoted form of link', "end open location")
        self._run(["osacompile", "-o", str(self._app), *(part for line in lines for part in ("-e", line))])
        facts = self._app / "Contents" / "Info.plist"
        told = plistlib.loads(facts.read_bytes())
        told["CFBundleIdentifier"] = "desk-client.links"
        told["CFBundleURLTypes"] = [
            {"CFBundleURLName": "Desk Client", "CFBundleURLSchemes": [OURS, *([TEL] if tel else [])]}
        ]
        facts.write_bytes(plistlib.dumps(told))
        self._run([_LSREGISTER, "-f", str(self._app)])

    def unregister(self) -> None:
        """Open no links any more."""
        if self._app.exists():
            self._run([_LSREGISTER, "-u", str(self._app)])
            shutil.rmtree(self._app)


_LSREGISTER = "/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister"


def _script(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


# ---------------------------------------------------------------------------------------------------------------------------


def here() -> Desktop | Windows | Mac:
    """What opens links on this machine."""

    def run(words: Sequence[str]) -> object:
        return subprocess.run(words, check=False, capture_output=True)  # noqa: S603 - programs of the system, argument by argument

    if os.name == "nt":
        return Windows(UserRegistry())
    if sys.platform == "darwin":
        return Mac(Path.home() / "Applications", run)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Desktop(Path(data), Path(config), run)
