"""The journal of what was sent and answered: kept for a time, so that a server that lost it gets it again (P18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk_client.models.cache import Cache
from desk_client.models.outbox import Kept, Outbox


def answered(outbox: Outbox, cache: Cache, since: dt.datetime, after: int = 0) -> list[Kept]:
    """What was carried out at the server according to ``cache`` and was first sent at or after ``since``, in order, after place ``after``.
    A refusal is none of it: a person sees it, or has dealt with it."""
    sent = outbox.sent_since(since, after)
    done = cache.settled([k.command.id for k in sent], carried_out=True)
    return [k for k in sent if k.command.id in done]


def carry_over(outbox: Outbox, old: Cache, fresh: Cache, since: dt.datetime) -> None:
    """What was settled in the old cache is settled in the one that takes its place (P16), but what was answered ``since`` then and the
    server does not know any more: it is pending again, to be judged anew. ``fresh`` has the server's receipts."""
    was = [k.command.id for k in answered(outbox, old, since)]
    lost = set(was) - fresh.settled(was)
    outbox.offer_again([command_id for command_id in was if command_id in lost], anew=True)
    with old.commit() as connection:
        rows = connection.run("SELECT id, commit_seq, outcome, body FROM settled").fetchall()
    kept = [tuple(row) for row in rows if row[0] not in lost]
    with fresh.commit() as connection:
        if kept:
            connection.run_many("INSERT OR IGNORE INTO settled VALUES (?, ?, ?, ?)", kept)
        fresh.note(born=str(outbox.last()), receipts="asked")


def waiting_for(outbox: Outbox, pending: Iterable[Kept], refused: str) -> set[str]:
    """The pending commands that wait until something is given instead of a refused one: that must not wait for them in turn (P14, P15)."""
    replaced = outbox.replacements()
    waiting = {refused, *(old for old in replaced if _last(replaced, old) == refused)}
    for kept in pending:
        if waiting.intersection(kept.command.causes):
            waiting.add(kept.command.id)
    return waiting


def _last(replaced: dict[str, str], command: str) -> str:
    """What was given instead of a command in the end; "" when that was discarded."""
    for _ in replaced:
        command = replaced.get(command, command)
    return command


def tidy(outbox: Outbox, cache: Cache, before: dt.datetime) -> None:
    """Let go of what was answered and first sent before ``before``; a refusal that nobody has dealt with stays."""
    old = outbox.answered_before(before)
    refused = set(old) - cache.settled(old, carried_out=True) - outbox.replacements().keys()
    gone = [command_id for command_id in old if command_id not in refused]
    if gone:
        outbox.let_go(gone)
        with cache.commit() as connection:
            ids = msgspec.json.encode(gone).decode()
            connection.run("DELETE FROM settled WHERE id IN (SELECT value FROM json_each(?))", (ids,))
