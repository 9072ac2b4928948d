"""Publishing a desk's policy: a new version, an earlier one again, or other dates in the calendars of them all (A-01, TS-13)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from desk_core import queue
from desk_core.decisions import calendars_revised
from desk_core.events import Event
from desk_core.policy import Policy
from desk_core.policy_versions import Redated, policy_of, revised, revision
from desk_core.protocol import PolicyRow
from desk_core.scope import closed
from desk_server.sync.batch import lock_desk
from desk_server.sync.commit import Commit, collect
from desk_server.sync.policies import Policies, mark_of, rows_of, version_of
from desk_server.sync.rows import policy_row
from desk_server.sync.view import TICKET, Raw
from desk_server.sync.writing import put_rows, replace_lines

AT_ONCE = 500
"""Tickets in one commit of a revision."""

_ACTIVE = "SELECT id, body::text FROM ticket WHERE desk = %s AND status IN ('open', 'waiting_customer')"
_RANK = (
    "UPDATE ticket SET rank = u.rank FROM unnest(%s::text[], %s::text[]) AS u (id, rank) "
    "WHERE ticket.desk = %s AND ticket.id = u.id AND ticket.rank <> u.rank"
)
_RUNNING = "SELECT id FROM ticket WHERE desk = %s AND due IS NOT NULL AND id > %s ORDER BY id LIMIT %s"
_OPEN = (
    "SELECT body::jsonb ->> 'policy_version', count(*) FROM ticket "
    "WHERE desk = %s AND status IN ('open', 'waiting_customer') GROUP BY 1"
)


class OtherRules(ValueError):
    """The version is there already, with other rules: tickets are pinned to it, so that it stays as it is (A-01)."""


class Published(NamedTuple):
    """What a publication did: the version that is in force now, whether that is another one than before, which calendars have other dates
    in some version, and on how many tickets that moved a deadline."""

    version: str
    other_version: bool = False
    calendars: tuple[str, ...] = ()
    moved: int = 0


class Version(NamedTuple):
    """A version that the desk keeps: its name, title and version, whether it is in force, how many of its calendars' editions came later,
    and how many open tickets are pinned to it."""

    name: str
    version: str
    in_force: bool
    revisions: int
    open_tickets: int


def versions(raw: Raw, desk: str) -> list[Version]:
    """Every version that the desk ever had, the one in force first."""
    pinned = {version or "": int(count) for version, count in raw.execute(_OPEN, (desk,)).fetchall()}
    kept = [
        Version(row.name, row.version, row.in_force, len(row.calendars), pinned.get(row.version, 0))
        for row in rows_of(raw, desk)
    ]
    return sorted(kept, key=lambda each: (not each.in_force, each.version))


def put_policy(raw: Raw, desk: str, row: PolicyRow, policies: Policies, now: dt.datetime) -> Published:
    """Publish a policy file: a version that the desk does not have comes into force for new tickets; one that it has comes into force
    again; one that differs from what is kept only in dated days of its calendars is a revision of those, for all versions.

    What is published is told to the feed, and decides from the caller's commit on. Raises :class:`OtherRules`.
    """
    state = lock_desk(raw, desk)
    kept = {each.version: each for each in rows_of(raw, desk)}
    known = kept.get(row.version)
    changes = () if known is None else _redated(known, row)
    if known is None:
        kept[row.version] = row
    after = {version: revised(each, changes) for version, each in kept.items()}
    after = {v: msgspec.structs.replace(each, in_force=v == row.version) for v, each in after.items()}
    put_rows(raw, desk, [policy_row(each) for each in after.values()], now)
    in_force = after[row.version]
    raw.execute("UPDATE desk SET policy_version = %s WHERE id = %s", (mark_of(in_force), desk))
    _rank_again(raw, desk, in_force)
    if state.policy_version:
        before, now_ruled = policies.of(raw, desk, state.policy_version), policy_of(in_force)
        replace_lines(raw, desk, _reclosed(before, now_ruled), policies, now)
    moved = _recompute(raw, desk, policies, now) if changes else 0
    return Published(
        in_force.version,
        other_version=version_of(state.policy_version) != in_force.version,
        calendars=tuple(change.before.id for change in changes),
        moved=moved,
    )


def _reclosed(before: Policy, after: Policy) -> list[str]:
    """The registers that are closed to those who do not supervise under one of these policies and open under the other."""
    known = dict.fromkeys(register.id for policy in (before, after) for register in policy.registers)
    return [each for each in known if closed(before.register(each)) != closed(after.register(each))]


def _redated(known: PolicyRow, given: PolicyRow) -> Sequence[Redated]:
    """The calendars of a kept version that get other dates. An earlier version that is given as it was published comes back with its
    calendars as they have become."""
    if given.text == known.text and not known.in_force:
        return ()
    changes = revision(policy_of(known), policy_of(given))
    if changes is None:
        raise OtherRules(known.version)
    return changes


def _rank_again(raw: Raw, desk: str, row: PolicyRow) -> None:
    """The order of what waits is that of the policy in force."""
    policy = policy_of(row)
    tickets = raw.execute(_ACTIVE, (desk,)).fetchall()
    ranks = [queue.rank(policy, TICKET.decode(body)) for _, body in tickets]
    raw.execute(_RANK, ([ticket_id for ticket_id, _ in tickets], ranks, desk))


def _recompute(raw: Raw, desk: str, policies: Policies, now: dt.datetime) -> int:
    """The running promises of all tickets by the newest editions of their calendars, part by part; how many tickets that moved."""
    moved, after = 0, ""
    while True:
        state = lock_desk(raw, desk)
        view = policies.view(raw, state)
        ids = [row[0] for row in raw.execute(_RUNNING, (desk, after, AT_ONCE)).fetchall()]
        if not ids:
            return moved
        after = ids[-1]
        view.load(ids)
        made: list[Event] = []
        for ticket_id in ids:
            ticket = view.ticket(ticket_id)
            if ticket is not None:
                decided = calendars_revised(view, ticket, str(uuid.uuid4()), now)
                view.happened(decided.tickets, {})
                made += decided.events
        if made:
            commit = Commit(state)
            collect(commit, raw, view, made)
            commit.write(raw, now, state.next_counter)
            moved += len(view.changed_tickets)
