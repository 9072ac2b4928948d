"""What decision 009 promises of work that was taken from the queue, judged by the log alone (V-23, V-24, TS-4).

====  =====================================================================================================================
L1    a ticket is in one hand at a time: it is taken, or comes back to who had it, only while nobody else has it
L2    a lease ends once, for who holds the ticket, no earlier than its holder could believe, nor than its time after the last contact
L3    work that arrives after the end is a draft: it is sent to nobody, and changes neither state nor holder
L4    only who has the ticket, or supervises, answers the customer, so that a mail leaves once
====  =====================================================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from tests.simulation.machine import Machine
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


def remember(history: History, letter: Letter) -> None:
    """The server answered: the member was in contact."""
    history.memory.contacts.append((letter.member, history.time.now()))


def believe(history: History, machine: Machine) -> None:
    """Until when a member may believe to have a ticket; not by a contact of which a restored server knows nothing."""
    contact, memory = machine.access.contact(), history.memory
    if contact is None or contact <= memory.restored_at:
        return
    with machine.access.read() as here:
        for row in machine.queue.page(mine=True, size=40).rows:
            ticket = here.view.ticket(row.id)
            until = None if ticket is None else machine.tickets._until(here, ticket)
            if until is not None:
                memory.believed.append((machine.member, row.id, history.time.now(), until))


def check_l1_one_hand(history: History) -> None:
    """Taken or resumed only while nobody else has it."""
    for e in events(history.oracle):
        if e.kind in ("ticket.taken", "work.lease_resumed"):
            holder = e.before.get("holder", "")
            free = holder in ("", e.actor) or any(kind in _LETS_GO for kind, _ in e.earlier)
            assert free, f"L1: {e.actor} has {e.ticket} by {e.kind} of {e.command} while {holder} has it"


def check_l2_ends_once_and_not_early(history: History) -> None:
    """One end for each taking, of who holds the ticket; after the policy's time without contact, and after all that was believed."""
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
        for who, ticket, at, believed in history.memory.believed:
            if (who, ticket) == (member, e.ticket) and at < e.recorded_at:
                assert until >= believed, (
                    f"L2: {who} could believe to have {ticket} until {believed}, and lost it as of {until}"
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
