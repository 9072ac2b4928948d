"""What time does to the tickets of a desk, as commits of the feed: in the order in which it fell due, across tickets (TS-12)."""

from __future__ import annotations

import datetime as dt
import heapq
import logging
from typing import NamedTuple

import psycopg

from desk_core.decisions import time_act
from desk_core.decisions.on_time import policy_for
from desk_core.events import Event
from desk_core.falling_due import due_at
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import Commit, DeskState, collect
from desk_server.sync.policies import Policies
from desk_server.sync.view import Raw

_LOG = logging.getLogger("desk_server.jobs")

AT_ONCE = 64
"""Tickets of one commit, so that commands get their turn in between."""
LEFT_ALONE = dt.timedelta(hours=1)
"""How long a ticket that cannot be judged is left alone; what falls due on it meanwhile is judged by its own moment all the same."""

_ANY_DUE = "SELECT 1 FROM ticket WHERE desk = %s AND due < %s LIMIT 1"
_DUE = "SELECT due, id FROM ticket WHERE desk = %s AND due < %s ORDER BY due, id LIMIT %s"
_SET_DUE = "UPDATE ticket SET due = %s WHERE desk = %s AND id = %s"


class Looked(NamedTuple):
    """What a look brought: the tickets that something happened to, and whether there may be more to look at."""

    concerned: int
    more: bool


def act_on_tickets(raw: Raw, desk: str, policies: Policies, now: dt.datetime, at_once: int = AT_ONCE) -> Looked:
    """Let happen what has fallen due on up to ``at_once`` tickets, the earliest first, also where one act makes the next one due.

    The desk's counter row is locked before the tickets are read, so that two processes never record the same act. A ticket that cannot be
    judged is said in the log and left alone for a while; the others go on without it (P15).
    """
    if raw.execute(_ANY_DUE, (desk, now)).fetchone() is None:
        return Looked(0, more=False)
    state = lock_desk(raw, desk)
    part = _Part(raw, state, policies, now)
    rows = raw.execute(_DUE, (desk, now, at_once + 1)).fetchall()
    # What falls due after the first ticket that has no place in this part waits for the next one.
    part.work(rows[:at_once], rows[at_once][0] if len(rows) > at_once else now)
    part.write()
    return Looked(len(part.view.changed_tickets), more=bool(rows))


def leave_alone(raw: Raw, desk: str, now: dt.datetime) -> None:
    """Leave the ticket alone whose turn it is: what happens to it cannot be written."""
    state = lock_desk(raw, desk)
    for _, ticket in raw.execute(_DUE, (state.id, now, 1)).fetchall():
        raw.execute(_SET_DUE, (now + LEFT_ALONE, desk, ticket))
        _LOG.error("what fell due on the ticket %s of the desk %s could not be written", ticket, desk)


class _Part:
    """The acts of one commit."""

    def __init__(self, raw: Raw, state: DeskState, policies: Policies, now: dt.datetime) -> None:
        self._raw, self._state, self._now = raw, state, now
        self.view = policies.view(raw, state)
        self._events: list[Event] = []

    def work(self, due: list[tuple[dt.datetime, str]], until: dt.datetime) -> None:
        """Act by act, in order, up to an instant."""
        heap = list(due)
        heapq.heapify(heap)
        while heap and heap[0][0] <= until:
            at, ticket = heapq.heappop(heap)
            try:
                following = self._act(ticket, at)
            except psycopg.Error:
                raise
            except Exception:
                _LOG.exception("the ticket %s of the desk %s could not be judged", ticket, self._state.id)
                self._raw.execute(_SET_DUE, (self._now + LEFT_ALONE, self._state.id, ticket))
                continue
            if following is not None and following < self._now:
                heapq.heappush(heap, (following, ticket))

    def _act(self, ticket_id: str, at: dt.datetime) -> dt.datetime | None:
        """Let happen what falls due on a ticket at ``at``; when something does so next."""
        ticket = self.view.ticket(ticket_id)
        if ticket is None:
            return None
        due = due_at(policy_for(self.view, ticket), ticket)
        if due != at:
            # It was noted by other rules: under a former policy, or while the ticket was left alone.
            self._raw.execute(_SET_DUE, (due, self._state.id, ticket_id))
            return due
        decided = time_act(self.view, ticket, self._now)
        if decided is None:
            return None
        self.view.happened(decided.tickets, decided.calls)
        self._events += decided.events
        ticket = decided.tickets[ticket_id]
        return due_at(policy_for(self.view, ticket), ticket)

    def write(self) -> None:
        """All of it as one commit; none where nothing happened."""
        if self._events:
            commit = Commit(self._state)
            collect(commit, self._raw, self.view, self._events)
            commit.write(self._raw, self._now, self._state.next_counter)
