"""A message as its reader sees it: whom it is from, whom it goes to, what stands above it and in it.

The server writes its letters from this and the client shows it beforehand, so that nobody is sent anything but what was previewed.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from desk_core.events_of_service import MessageMade

_UNSEEN: Final = re.compile(r"[\s\x00-\x1f\x7f]+")


class Sheet(NamedTuple):
    """What a letter says: addresses as they are written in it, ``to`` and ``copies`` one by one, the subject in one line, plain text."""

    sender: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    subject: str
    text: str


def sheet(made: MessageMade) -> Sheet:
    """The sheet of a message; ``sender`` is "" where the policy names no address of its own, ``to`` is empty where nobody gets it."""
    to = tuple(each.strip() for each in made.to.split(","))
    return Sheet(made.sender, tuple(each for each in to if each), made.copies, one_line(made.subject), made.text)


def one_line(text: str) -> str:
    """A text as a header holds it: no line end, tabulator or control character, which could begin another header (R57, C26)."""
    return _UNSEEN.sub(" ", text).strip()
