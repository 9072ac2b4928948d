"""Deadlines that have passed, as a commit of the feed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from desk_core.decisions import time_acts
from desk_core.events import Event
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import Commit, collect
from desk_server.sync.policies import Policies
from desk_server.sync.view import Raw

AT_ONCE = 64

_ANY_DUE = "SELECT 1 FROM ticket WHERE desk = %s AND due < %s LIMIT 1"
_DUE = "SELECT id FROM ticket WHERE desk = %s AND due < %s ORDER BY due, id LIMIT %s"


def record_breaches(raw: Raw, desk: str, policies: Policies, now: dt.datetime, new_id: Callable[[], uuid.UUID]) -> int:
    """Mark the promises whose deadline has passed as missed, on up to ``AT_ONCE`` tickets; how many tickets that were.

    The desk's counter row is locked before the tickets are read, so that two processes never record the same one.
    """
    if raw.execute(_ANY_DUE, (desk, now)).fetchone() is None:
        return 0
    state = lock_desk(raw, desk)
    view = policies.view(raw, state)
    made: list[Event] = []
    for (ticket_id,) in raw.execute(_DUE, (desk, now, AT_ONCE)).fetchall():
        ticket = view.ticket(ticket_id)
        if ticket is not None:
            decided = time_acts(view, ticket, now)
            view.happened(decided.tickets, {})
            made += decided.events
    if not made:
        return 0
    commit = Commit(state)
    collect(commit, raw, view, made)
    commit.write(raw, now, state.next_counter)
    return len(view.changed_tickets)
