"""The table of messages: what waits, what was handed on, what could not be (one row for a once-key)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from desk_core.decisions.notices import BREACH, CORRECTION
from desk_core.events_of_service import MessageMade
from desk_server.sync.service import Raw

MOST_TRIES = 3
"""A message that could not be written so often is parked, with its reason; it keeps no other waiting (R60)."""

# The index `message_waiting` holds exactly these rows.
_WAITING = "handed_at IS NULL AND addressed AND tries < 3"
_NEXT = (
    "SELECT once_key, body::text, greatest(made_at, due) FROM message "  # noqa: S608 - our own words, here and below
    f"WHERE desk = %s AND {_WAITING} AND due <= %s ORDER BY due, made_at, once_key LIMIT %s FOR UPDATE SKIP LOCKED"
)
WITHDRAWN = "It was corrected before it went out."
"""Why a notice of a missed promise and its correction go to nobody."""
# Both bear the same key behind their names, and each row says once that it is not handed on.
_WITHDRAW = (
    "WITH pair AS (SELECT n.once_key AS notice, c.once_key AS correction FROM message c "
    "JOIN message n ON n.desk = c.desk AND n.once_key = %(notice)s || substr(c.once_key, length(%(correction)s) + 1) "
    "WHERE c.desk = %(desk)s AND starts_with(c.once_key, %(correction)s) "
    "AND c.handed_at IS NULL AND c.addressed AND n.handed_at IS NULL AND n.addressed FOR UPDATE OF n, c) "
    "UPDATE message SET addressed = false, problem = %(why)s FROM pair "
    "WHERE message.desk = %(desk)s AND message.once_key IN (pair.notice, pair.correction)"
)
_HANDED = "UPDATE message SET handed_at = %s, problem = '' WHERE desk = %s AND once_key = ANY(%s)"
_FAILED = "UPDATE message SET tries = tries + 1, problem = %s WHERE desk = %s AND once_key = %s"
_LIST = (
    "SELECT once_key, ticket, body::text, made_at, due, addressed, tries, problem, handed_at FROM message "
    "WHERE desk = %s AND (NOT %s OR handed_at IS NULL) ORDER BY made_at, once_key"
)
_MADE = msgspec.json.Decoder(MessageMade)


class Waiting(NamedTuple):
    """A message whose turn it is; ``at`` is the date that its letter bears."""

    once_key: str
    made: MessageMade
    at: dt.datetime


class Listed(msgspec.Struct, frozen=True):
    """A message as an administrator sees it."""

    once_key: str
    ticket: str
    made: MessageMade
    made_at: dt.datetime
    due: dt.datetime
    addressed: bool
    tries: int
    problem: str
    handed_at: dt.datetime | None

    @property
    def state(self) -> str:
        """``handed``, ``waiting``, ``withdrawn`` (corrected before it went out), ``parked`` (it cannot be written as a letter) or
        ``nobody`` (there is no address to write to)."""
        if self.handed_at is not None:
            return "handed"
        if not self.addressed:
            return "withdrawn" if self.problem == WITHDRAWN else "nobody"
        return "parked" if self.tries >= MOST_TRIES else "waiting"


def next_waiting(raw: Raw, desk: str, now: dt.datetime, limit: int) -> list[Waiting]:
    """The next messages that may go out, locked; those that another process has in hand are left to it."""
    rows = raw.execute(_NEXT, (desk, now, limit)).fetchall()
    return [Waiting(key, _MADE.decode(body), at) for key, body, at in rows]


def withdraw(raw: Raw, desk: str) -> None:
    """Drop the notices of missed promises that were corrected before they went out, with their corrections: there is nothing to say
    (TS-12)."""
    asked = {"desk": desk, "notice": f"{BREACH}/", "correction": f"{CORRECTION}/", "why": WITHDRAWN}
    raw.execute(_WITHDRAW, asked)


def handed(raw: Raw, desk: str, keys: Sequence[str], now: dt.datetime) -> None:
    """Note that they were handed on."""
    raw.execute(_HANDED, (now, desk, list(keys)))


def failed(raw: Raw, desk: str, key: str, problem: str) -> None:
    """Note why one could not be handed on."""
    raw.execute(_FAILED, (problem, desk, key))


def listed(raw: Raw, desk: str, *, waiting: bool) -> list[Listed]:
    """All messages of a desk in the order in which they were made, or those alone that were not handed on."""
    rows = raw.execute(_LIST, (desk, waiting)).fetchall()
    return [Listed(key, ticket, _MADE.decode(body), *rest) for key, ticket, body, *rest in rows]
