"""What may be said to the window from outside: a softphone's event, a link, a hot key; read strictly, since callers and web pages write it.

Nothing here is heavy: a softphone waits until whoever reads this has ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

EVENTS = ("ringing", "answered", "ended")
DIALLED = ("tel", "callto", "sip", "sips")
OURS = "deskclient"
CALL_START = "--call-start"
MOST = 100
"""Characters of a number, id or name that are passed on: written out as JSON, three of them fit through the window's door."""
_STATES = {"S": "ringing", "C": "answered", "E": "ended"}
_SAID_LAST = ("--number", "--id", "--name")


class Mistyped(Exception):
    """What was said is no event; the text is one sentence."""


class Said:
    """One message for the window, and the profile whose window is meant ("" is the person's own)."""

    def __init__(self, message: Mapping[str, str], profile: str = "") -> None:
        self.message = {key: value[:MOST] for key, value in message.items() if value}
        self.profile = profile


def of_profile(words: Sequence[str]) -> tuple[str, list[str]]:
    """The profile that is named before all else, and what follows."""
    if len(words) > 1 and words[0] == "--profile":
        return words[1], list(words[2:])
    return "", list(words)


def read(words: Sequence[str]) -> Said:
    """Understand a command line. Raises :class:`Mistyped`."""
    profile, rest = of_profile(words)
    if not rest:
        raise Mistyped("Say what the telephone does: ringing, answered or ended; or give a tel: or deskclient: link.")
    first = rest[0]
    if first in EVENTS:
        return Said(_event(first, rest[1:]), profile)
    if first == CALL_START and len(rest) == 1:
        return Said({"event": "begin"}, profile)
    if first[:3].upper() == "/N:":
        return Said(_assistant(rest), profile)
    scheme, colon, said = first.partition(":")
    if colon and len(rest) == 1 and scheme.lower() in (*DIALLED, OURS):
        return Said(_ours(said) if scheme.lower() == OURS else {"event": "dial", "number": said}, profile)
    raise Mistyped(f"A call rings, is answered or is ended; “{first[:60]}” is none of these.")


def _event(event: str, words: list[str]) -> dict[str, str]:
    """What follows the event. Whatever a softphone appends to ``--number`` is the number: no caller can name another profile or switch."""
    found: dict[str, list[str]] = {}
    into = ""
    for word in words:
        name, equals, value = word.partition("=")
        if name in _SAID_LAST and name not in found:
            into = name
            found[into] = [value] if equals else []
        elif into:
            found[into].append(word)
        else:
            raise Mistyped(f"“{word[:60]}” is not understood; say --number, --id or --name before it.")
    return {"event": event, **{name[2:]: " ".join(said) for name, said in found.items()}}


def _assistant(words: list[str]) -> dict[str, str]:
    """The way in which 3CX's assistant starts a program: ``/N:S /C:0405550177 /T:I /I:17``. Calls that one dials oneself are left out."""
    said = {word[1].upper(): word[3:] for word in words if len(word) > 2 and word[0] == "/" and word[2] == ":"}
    event = _STATES.get(said["N"].upper(), "")
    if not event:
        raise Mistyped("The state of the call (/N:) is S, C or E.")
    if said.get("T", "I").upper() != "I":
        return {}
    number = f"3cx-{said['I']}" if said.get("I") else ""
    return {"event": event, "number": said.get("C", ""), "id": number}


def _ours(said: str) -> dict[str, str]:
    """``deskclient:ringing?number=…&id=…``, ``deskclient:call-start``."""
    path, _, query = said.partition("?")
    wish = path.strip("/")
    if wish == CALL_START.lstrip("-"):
        return {"event": "begin"}
    if wish not in EVENTS:
        raise Mistyped("A deskclient: link says ringing, answered, ended or call-start.")
    # A web page's plus sign is a space, a telephone's is the beginning of a number: only %20 is a space here.
    pairs = (part.partition("=") for part in query.split("&"))
    told = {name: unquote(value, errors="replace") for name, _, value in pairs if name in ("number", "id", "name")}
    return {"event": wish, **told}
