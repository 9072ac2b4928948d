"""Work leases on a desk: what goes back to the queue because its holder was silent for too long, and what a member has on lease."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

import psycopg

from desk_core import leases
from desk_core.decisions import end_lease
from desk_core.events import Event
from desk_core.policy import Policy
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import Commit, collect
from desk_server.sync.policies import Policies
from desk_server.sync.view import TICKET, Raw, ServerView

_LOG = logging.getLogger("desk_server.jobs")

CONTACT_NOTED_EVERY = dt.timedelta(minutes=5)
"""A contact is noted no more often than that, so a member may have been in contact for so much longer than is known."""
AT_ONCE = 64
"""Tickets of one commit, so that commands get their turn in between."""

_SILENT = (
    "SELECT t.id, t.body::text, max(d.seen_at) FROM ticket t JOIN device d ON d.desk = t.desk AND d.member = t.holder "
    "WHERE t.desk = %s AND t.holder <> '' AND t.status = 'open' AND t.body ->> 'taken_at' IS NOT NULL AND t.id > %s "
    "GROUP BY t.desk, t.id HAVING max(d.seen_at) < %s ORDER BY t.id LIMIT %s"
)
_HELD = "SELECT body::text FROM ticket WHERE desk = %s AND holder = %s AND holder <> '' AND status = 'open'"
_POLICY = "SELECT policy_version FROM desk WHERE id = %s"


def end_leases(raw: Raw, desk: str, policies: Policies, now: dt.datetime, after: str) -> tuple[int, str]:
    """Let the leases end of some of the tickets ``after`` an id, in the order of their ids: how many, and the last id that was looked
    at, "" when there are no more.

    The desk's counter row is locked before anything is ended, so that two processes never record the same end.
    """
    found = list(_over(raw, desk, policies.of(raw, desk, _mark(raw, desk)), now, after))
    if not any(over for _, over in found):
        return 0, found[-1][0] if len(found) == AT_ONCE else ""
    state = lock_desk(raw, desk)
    view = policies.view(raw, state)
    events: list[Event] = []
    for ticket, seen in _silent(raw, desk, now, after):
        events += _ended(view, ticket, seen, now)
    if events:
        commit = Commit(state)
        collect(commit, raw, view, events)
        commit.write(raw, now, state.next_counter)
    return len(view.changed_tickets), found[-1][0] if len(found) == AT_ONCE else ""


def _ended(view: ServerView, ticket_id: str, seen: dt.datetime, now: dt.datetime) -> tuple[Event, ...]:
    """What happens to a ticket; one that cannot be judged stays where it is, and the others do not wait for it (P15)."""
    try:
        ticket = view.ticket(ticket_id)
        decided = end_lease(view, ticket, seen + CONTACT_NOTED_EVERY, now) if ticket is not None else None
    except psycopg.Error:
        raise
    except Exception:
        _LOG.exception("the lease of the ticket %s could not be judged", ticket_id)
        return ()
    if decided is None:
        return ()
    view.happened(decided.tickets, decided.calls)
    return decided.events


def _silent(raw: Raw, desk: str, now: dt.datetime, after: str) -> Iterator[tuple[str, dt.datetime]]:
    """The tickets in hand of those who have not been heard from for a while, with their last contact."""
    rows = raw.execute(_SILENT, (desk, after, now - CONTACT_NOTED_EVERY, AT_ONCE)).fetchall()
    yield from ((ticket, seen) for ticket, _, seen in rows)


def _over(raw: Raw, desk: str, policy: Policy, now: dt.datetime, after: str) -> Iterator[tuple[str, bool]]:
    """The same tickets, and whether their leases seem to be over; nothing is locked for that."""
    for ticket, body, seen in raw.execute(_SILENT, (desk, after, now - CONTACT_NOTED_EVERY, AT_ONCE)).fetchall():
        until = leases.lease_end(policy, TICKET.decode(body), seen + CONTACT_NOTED_EVERY)
        yield ticket, until is not None and until < now


def work_of(
    raw: Raw, desk: str, member: str, policies: Policies, now: dt.datetime
) -> tuple[tuple[str, ...], dt.datetime | None]:
    """What a member who is in contact ``now`` may work on without network, and until when."""
    policy = policies.of(raw, desk, _mark(raw, desk))
    held = [TICKET.decode(body) for (body,) in raw.execute(_HELD, (desk, member)).fetchall()]
    work = leases.workable_alone(policy, held)
    ends = [until for ticket in work if (until := leases.lease_end(policy, ticket, now)) is not None]
    return tuple(ticket.id for ticket in work), min(ends, default=None)


def _mark(raw: Raw, desk: str) -> str:
    row = raw.execute(_POLICY, (desk,)).fetchone()
    return row[0] if row is not None else ""
