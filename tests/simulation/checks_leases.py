"""What decision 009 promises of work that was taken from the queue, judged by the log alone (V-23, V-24, TS-4).

====  =====================================================================================================================
L1    a ticket is in one hand at a time: it is taken, or comes back to who had it, only while nobody else has it
L2    a lease ends once, for who holds the ticket, no earlier than it was said to last, nor than its time after the last contact
L3    work that arrives after the end is a draft: it is sent to nobody, and changes neither state nor holder
L4    only who has the ticket, or supervises, answers the customer, so that a mail leaves once
====  =====================================================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from desk_core.protocol import EnrolReply, LeaseReply
from tests.simulation.oracle import Oracle
from tests.simulation.wire import Letter
from tests.support.server import MEMBERS

if TYPE_CHECKING:
    from tests.simulation.history import History

SHORTEST = dt.timedelta(hours=8)
"""The lease of the simulation's policy, if every hour were open."""
_LETS_GO = {
    "ticket.given_back",
    "ticket.transferred",
    "ticket.handed_over",
    "handover.put_through",
    "handover.not_possible",
    "ticket.closed",
    "ticket.reopened",
    "work.lease_ended",
}
_GIVES = {"ticket.created", "ticket.taken", "work.lease_resumed", "ticket.handed_over", "handover.put_through"}
_REACHES_SOMEBODY = {"reply.sent", "message.made", "ticket.resolved", "ticket.closed", "ticket.taken", "stopped"}
_SUPERVISORS = {member.id for member in MEMBERS if member.role == "supervisor"}
_SELECTED = ("ticket.taken", "work.", "draft.left", "reply.sent")


class Happened(NamedTuple):
    """An event of interest: who had the ticket before its commit, and what its commit had done to the ticket before it."""

    kind: str
    command: str
    actor: str
    ticket: str
    what: dict[str, Any]
    recorded_at: dt.datetime
    before: dict[str, Any]
    earlier: tuple[tuple[str, str], ...]
    """Kinds, and to whom the ticket was given."""


def events(oracle: Oracle) -> Iterator[Happened]:
    """What happened to work on lease, in order."""
    held: dict[str, dict[str, Any]] = {}
    commit, after = 0, dict[str, dict[str, Any]]()
    earlier: dict[str, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    for change in oracle.changes:
        if change.commit_seq != commit:
            held |= after
            commit, after, earlier = change.commit_seq, {}, {}
        if change.op != "put" or change.table not in ("ticket", "event"):
            continue
        row = msgspec.json.decode(change.row)
        if change.table == "ticket":
            after[change.pk] = row
            continue
        if change.pk in seen:
            continue  # the history of a ticket goes along when it changes its department
        seen.add(change.pk)
        ticket, what = row.get("ticket", ""), row["what"]
        kind = what["event"]
        if kind.startswith(_SELECTED):
            before, recorded = held.get(ticket, {}), dt.datetime.fromisoformat(row["recorded_at"])
            done = tuple(earlier.get(ticket, ()))
            yield Happened(kind, row["command"], row["actor"], ticket, what, recorded, before, done)
        to = row["actor"] if kind == "ticket.created" else what.get("member", "")
        earlier.setdefault(ticket, []).append((kind, to))


def remember(history: History, letter: Letter, reply: Any) -> None:
    """An answer was given: its member was in contact, and was told perhaps until when a ticket may be worked on."""
    now = history.time.now()
    history.memory.contacts.append((letter.member, now))
    if isinstance(reply, (LeaseReply, EnrolReply)) and reply.lease.work_until is not None:
        for ticket in reply.lease.work:
            key = (letter.member, ticket)
            history.memory.promised[key] = max(reply.lease.work_until, history.memory.promised.get(key, now))


def check_l1_one_hand(history: History) -> None:
    """Taken or resumed only while nobody else has it."""
    for e in events(history.oracle):
        if e.kind in ("ticket.taken", "work.lease_resumed"):
            holder = e.before.get("holder", "")
            free = holder in ("", e.actor) or any(kind in _LETS_GO for kind, _ in e.earlier)
            assert free, f"L1: {e.actor} has {e.ticket} by {e.kind} of {e.command} while {holder} has it"


def check_l2_ends_once_and_not_early(history: History) -> None:
    """One end for each taking, of who holds the ticket; after the policy's time without contact, and after all that was promised."""
    ended: set[tuple[str, str]] = set()
    for e in events(history.oracle):
        if e.kind != "work.lease_ended":
            continue
        until, member = dt.datetime.fromisoformat(e.what["until"]), e.what["member"]
        assert e.before.get("holder") == member, f"L2: {e.ticket} was taken from {member}, who did not have it"
        taking = (e.ticket, e.before["taken_at"])
        assert taking not in ended, f"L2: the lease of {taking} has ended twice"
        ended.add(taking)
        assert until < e.recorded_at, f"L2: the lease of {e.ticket} ended before its time"
        contact = max((at for who, at in history.memory.contacts if who == member and at < e.recorded_at), default=None)
        assert contact is None or until >= contact + SHORTEST, (
            f"L2: {member} was in contact at {contact} and lost {e.ticket} as of {until}"
        )


def check_l3_late_work_is_a_draft(history: History) -> None:
    """The command of a draft does nothing else that anybody outside could see."""
    made: dict[str, list[str]] = {}
    for change in history.oracle.changes:
        if change.table == "event" and change.op == "put":
            row = msgspec.json.decode(change.row)
            made.setdefault(row["command"], []).append(row["what"]["event"])
    for command, kinds in made.items():
        if "draft.left" in kinds:
            assert not _REACHES_SOMEBODY.intersection(kinds), f"L3: {command} left a draft and did {kinds}"
            receipt = history.oracle.receipts.get(command)
            if receipt is not None:
                code = msgspec.json.decode(receipt.verdict)["code"]
                assert code in ("lease_expired", "kept_as_note"), f"L3: {command} left a draft and was answered {code}"


def check_l4_only_the_holder_answers(history: History) -> None:
    """Who replies had the ticket before, got it in the same commit, or may work on every ticket."""
    for e in events(history.oracle):
        if e.kind == "reply.sent":
            given = {to for kind, to in e.earlier if kind in _GIVES}
            holder = e.before.get("holder", "")
            assert e.actor in (holder, *given, *_SUPERVISORS), (
                f"L4: {e.actor} answered on {e.ticket}, which {holder or 'nobody'} has"
            )
