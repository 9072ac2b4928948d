"""The past of a new desk, made elsewhere: stored as if its commands had been executed here, before anybody reads the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desk_core.calls import Call
from desk_core.events import Event
from desk_core.tickets import Ticket
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import Commit, collect
from desk_server.sync.policies import Policies
from desk_server.sync.view import Raw

_HORIZON = "UPDATE desk SET horizon_seq = head_seq WHERE id = %s"


def load_past(
    raw: Raw,
    desk: str,
    policies: Policies,
    tickets: Sequence[Ticket],
    calls: Sequence[Call],
    events: Sequence[Event],
    next_counter: int,
    now: dt.datetime,
) -> None:
    """Store tickets, calls and their events in one commit. The feed begins behind it: every client starts with a snapshot."""
    state = lock_desk(raw, desk)
    view = policies.view(raw, state)
    view.happened({ticket.id: ticket for ticket in tickets}, {call.id: call for call in calls})
    commit = Commit(state)
    collect(commit, raw, view, events)
    commit.changes.clear()
    commit.messages.clear()
    commit.write(raw, now, next_counter)
    raw.execute(_HORIZON, (desk,))
