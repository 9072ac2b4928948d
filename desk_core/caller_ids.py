"""What a telephone says about who calls, made fit for looking up and calling back: a number, an extension, a SIP address, or nothing.

Whoever calls decides what stands there. It is a hint and never an order (R45, R53); how it came is kept beside it (R65).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

MOST = 100
_LONGEST_NAME = 60
_WITHHELD = frozenset(
    (
        *("", "anonymous", "anonym", "unknown", "unbekannt", "unavailable", "restricted", "private", "withheld"),
        *("blocked", "no number", "number withheld", "null", "none"),
    )
)
_ADDRESS = re.compile(r"<([^<>]*)>")
_SCHEME = re.compile(r"(?:sips?|tel|callto):/{0,2}", re.IGNORECASE)
_NUMBER = re.compile(r"\+? ?\(?[0-9*#][0-9*# ()/.-]*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~+-]{0,63}")
_HOST = re.compile(r"\[?[A-Za-z0-9][A-Za-z0-9.:-]{0,99}\]?")
_LEAST_OF_DOUBLED = 14
"""Digits in all from which a number that is the same twice over is taken for one: no real number of that length repeats itself."""


def visible(text: str, most: int) -> str:
    """``text`` without what no eye sees (control characters, direction overrides, zero-width ones), at most so many characters."""
    seen = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(seen).split())[:most].strip()


def as_it_came(raw: str) -> str:
    """The caller's number as the telephone gave it, for the record (R65)."""
    return visible(raw, MOST)


def shown_name(raw: str) -> str:
    """The name that the telephone shows, for the eye alone: anybody can call themselves anything (R53). A name that says that there is
    none, or the number once more, is ""."""
    name = visible(raw.strip().strip('"'), _LONGEST_NAME)
    return "" if name.casefold() in _WITHHELD or not any(c.isalpha() for c in name) else name


def caller_number(raw: str) -> str:
    """What can be looked up and called back: a number as it is written, an extension, a short code, a SIP address or a SIP name; "" for a
    withheld caller and for what nobody can read. A number that stands there twice is one."""
    text = unicodedata.normalize("NFKC", visible(raw, 2 * MOST))
    found = _ADDRESS.search(text)
    if found and (_digits(found[1]) or _SCHEME.match(found[1])):
        text = found[1]
    text = "".join(str(unicodedata.digit(c, c)) for c in unquote(text, errors="replace")).strip().strip('"')
    text = _SCHEME.sub("", text, count=1) if _SCHEME.match(text) else text
    parts = [p for p in (_one(part) for part in re.split(r"[,|&]|(?<=\d)\s*(?=\+)", text)) if p]
    if not parts:
        return ""
    longest = max(parts, key=_digits_of)
    same = all(_digits(longest).endswith(_digits(p)[-7:]) for p in parts)
    return longest if same else parts[0]


def _one(text: str) -> str:
    """One of the numbers that stand there."""
    text = re.split(r"[;?]", text, maxsplit=1)[0].strip()
    user, at, host = text.partition("@")
    user = user.strip()
    # "sip:user:password@host" is an address too; a password is nobody's business.
    user = user.split(":", 1)[0] if at else user
    if user.casefold() in _WITHHELD or host.casefold() == "anonymous.invalid":
        return ""
    if _NUMBER.fullmatch(user) and _digits(user):
        return _undoubled(user.rstrip(" -./("))
    if at and _NAME.fullmatch(user) and _HOST.fullmatch(host):
        return f"{user}@{host}"[:MOST]
    return user if not at and _NAME.fullmatch(user) else ""


def _undoubled(number: str) -> str:
    digits = _digits(number)
    half = len(digits) // 2
    twice = len(digits) >= _LEAST_OF_DOUBLED and digits[:half] == digits[half:]
    return ("+" if number.startswith("+") else "") + digits[:half] if twice else number[:MOST]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())


def _digits_of(text: str) -> int:
    return len(_digits(text))
