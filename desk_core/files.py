"""Files at a ticket: the command that attaches one, what happened by it, and what its name may look like (R39, R41, R59, C30 to C33).

Only the name, size and digest travel in a command; the bytes follow by themselves (``PUT /v1/blob``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from desk_core.commands_base import Ask
from desk_core.events_base import What

MOST_BYTES = 25 * 1024 * 1024
"""The largest file that can be attached."""
LONGEST_NAME = 120
"""Characters of a file's name, its ending among them."""
PART_BYTES = 512 * 1024
"""So many bytes of a file travel at once, at most."""

_MEGABYTE = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MEDIA = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
_UNKNOWN_MEDIA = "application/octet-stream"
_NAMELESS = "file"
_LONGEST_ENDING = 16
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# Devices of Windows, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_ENDINGS_OF_PROGRAMS = """
    ade adp apk app appimage application appref-ms appx bas bat bin bundle cab chm class cmd com command cpl crt csh deb desktop diagcab dll
    dmg docm dotm elf exe fxp gadget grp hlp hta htm html img inf ins iqy iso isp jar jnlp js jse ksh lnk mad maf mam maq mar mas mat mau
    mav maw mda mdb mde mdt mdw mdz mht mhtml mpkg msc msh msh1 msh2 mshxml msi msix msp mst one ops osd pcd pif pkg pl plg potm ppam ppsm
    pptm prf prg ps1 ps1xml ps2 ps2xml psc1 psc2 py pyc pyw reg rpm run scf scpt scr sct search-ms settingcontent-ms sh shb shs slk so svg
    swf sys theme tmp url vb vbe vbs vhd vhdx vsmacros vsw webloc website workflow ws wsc wsf wsh xbap xhtml xlam xlsb xlsm xltm xll xml xnk
    xsl
"""
_PROGRAMS = frozenset(_ENDINGS_OF_PROGRAMS.split())


class AttachFile(Ask, frozen=True, kw_only=True):
    """A file belongs to the ticket from now on. ``sha256`` is the digest of its bytes in hexadecimal digits, ``size`` their number;
    ``media_type`` is what its sender believes it to be, and nobody relies on that (R39)."""

    name: ClassVar[str] = "attach_file"
    captures: ClassVar[bool] = True
    ticket: str
    sha256: str
    file_name: str
    size: int
    media_type: str = ""


class FileAttached(What, frozen=True, kw_only=True, tag="file.attached"):
    """A file was attached. ``file_name`` is one that :func:`safe_name` made."""

    sha256: str
    file_name: str
    size: int
    media_type: str = _UNKNOWN_MEDIA


def is_digest(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in lower-case hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def media_type(text: str) -> str:
    """``text`` where it has the form of a media type without parameters, else the type of which nothing is known."""
    found = text.strip().lower()
    return found if _MEDIA.fullmatch(found) else _UNKNOWN_MEDIA


def safe_name(name: str) -> str:
    """A name that is no path, looks like what it is, and can be used on every system (R41, R59, C30 to C33).

    What is not seen or turns the direction of writing is taken out first; only what is left then is judged, so that nothing hides behind
    it. :func:`safe_name` of a safe name is that name.
    """
    seen = "".join(c for c in unicodedata.normalize("NFKC", name) if not _hidden(c))
    last = re.split(r"[/\\]", seen)[-1]
    plain = " ".join(_FORBIDDEN.sub("_", last).split()).strip(" .")
    if not plain or _DEVICES.fullmatch(plain.split(".")[0].strip()):
        plain = f"{_NAMELESS}_{plain}" if plain else _NAMELESS
    return _shortened(plain)


def _hidden(character: str) -> bool:
    """Control characters and marks of direction, of no width, of private or no use; a tab or line end is a blank."""
    return character not in "\t\n\r" and unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn")


def _shortened(name: str) -> str:
    """At most ``LONGEST_NAME`` characters; what goes is taken out before the ending."""
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        return name[:LONGEST_NAME].rstrip(" .")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}{dot}{ending}"


def is_program(name: str) -> bool:
    """Whether a file of this name may do something when it is opened; such a file is only ever saved (R39, DA6)."""
    _, dot, ending = safe_name(name).rpartition(".")
    return bool(dot) and ending.casefold() in _PROGRAMS


def size_words(size: int) -> str:
    """``size`` in bytes as people say it: 812 B, 14 KB, 3.2 MB."""
    if size < 1024:
        return f"{size} B"
    if size < _MEGABYTE:
        return f"{round(size / 1024)} KB"
    return f"{size / _MEGABYTE:.1f} MB"
