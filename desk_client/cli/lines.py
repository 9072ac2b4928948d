"""Answers as a person reads them: the words of the window, line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from desk_client.bootstrap import Client
from desk_client.services.formats import date_time_year
from desk_client.services.happenings import Entry, History
from desk_client.services.i18n import tr
from desk_client.services.records import Elsewhere, Match, Row, TicketView, Unsent
from desk_client.services.service_happenings import title_of
from desk_client.services.ticket_facts import TicketFacts
from desk_client.services.words import (
    channel_words,
    clock_words,
    command_words,
    department_title,
    entitlement_words,
    holder_words,
    kind_words,
    office_title,
    office_zone,
    outcome_words,
    phone_words,
    promise_words,
    promised,
    status_words,
    unsent_words,
)
from desk_core.calls import Call
from desk_core.policy import Policy
from desk_core.references import grouped
from desk_core.tickets import Clock, Ticket

INDENT = "    "
# What a person wrote, in whatever command.
_WRITTEN = ("text", "note", "question", "solution", "summary", "reason", "remark", "facts", "what")
_WIDEST = 40


class Reader(NamedTuple):
    """Who reads, and what the words need to be brief: the policy, the members' names, the time, and the calls."""

    policy: Policy
    member: str
    office: str
    names: dict[str, str]
    now: dt.datetime
    call_of: Callable[[str], Call | None]
    versions: tuple[Policy, ...] = ()

    @classmethod
    def of(cls, client: Client) -> Reader:
        """The member who is signed in."""
        world, who = client.lookup.world(), client.session.who()
        return cls(
            policy=world.policy,
            member=who.member.id if who else "",
            office=who.member.office if who else "",
            names={m.id: m.name for m in world.members},
            now=client.status.now(),
            call_of=client.calls.get,
            versions=world.versions,
        )

    def policy_of(self, version: str) -> Policy:
        """The policy of a ticket that keeps this version (A-01)."""
        return next((policy for policy in self.versions if policy.head.version == version), self.policy)

    def when(self, at: dt.datetime, office: str = "") -> str:
        """A moment as the clock of an office shows it, the reader's own by default; with the year when it is another one."""
        zone = office_zone(self.policy, office or self.office)
        return date_time_year(at.astimezone(zone), self.now.astimezone(zone))


def queue_lines(reader: Reader, rows: Sequence[Row]) -> list[str]:
    """The tickets of a list, one in a line: number, what is owed, for whom, what about, whose."""
    return _table([_row_cells(reader, row) for row in rows])


def _row_cells(reader: Reader, row: Row) -> list[str]:
    marks = [holder_words(reader.member, reader.names, row.holder), *_special(reader, row)]
    if row.status != "open":
        marks.append(status_words(row.status))
    if row.unsent:
        marks.append(tr("not sent yet"))
    return [
        grouped(row.reference),
        _owed(reader, row),
        row.company or "–",
        row.title,
        department_title(reader.policy, row.department),
        ", ".join(marks),
    ]


def _special(reader: Reader, row: Row) -> list[str]:
    """What is special about a ticket of a list, in a word each."""
    approvals = {"waiting": tr("waits for approval"), "rejected": tr("rejected")}
    return [
        word
        for word in (
            tr("triage owed") if row.triage_owed else "",
            approvals.get(row.approval, ""),
            tr("outside the charter") if row.exempt else "",
            tr("an earlier issue comes first") if row.follows else "",
            tr("escalated to {step}", step=title_of(reader.policy.ladder, row.step)) if row.step else "",
        )
        if word
    ]


def _owed(reader: Reader, row: Row) -> str:
    clock, policy = row.clock, reader.policy_of(row.policy_version)
    if clock is None:
        stands = next((c for c in promised(policy, row.clocks) if c.owed), None)
        return "–" if stands is None else f"{stands.title} {clock_words(policy, stands, reader.now)}"
    due = promise_words(policy, clock, reader.now)
    late = clock.deadline is not None and clock.deadline < reader.now
    return tr("{promise} {due} (late)", promise=clock.title, due=due) if late else f"{clock.title} {due}".rstrip()


def _table(rows: Sequence[list[str]]) -> list[str]:
    """Columns under each other; a long cell does not push the others away."""
    if not rows:
        return []
    widths = [min(_WIDEST, max(len(row[column]) for row in rows)) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in (_one_line(row) for row in rows)
    ]


def _one_line(row: Iterable[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def ticket_lines(reader: Reader, view: TicketView) -> list[str]:
    """A ticket with its promises and its history, newest last."""
    ticket, fault = view.ticket, view.ticket.fault
    policy = reader.policy_of(ticket.policy_version)
    place = office_title(reader.policy, ticket.office)
    lines = [
        f"{grouped(ticket.reference)}  {ticket.title}".rstrip(),
        _dashed(
            kind_words(policy, ticket),
            status_words(ticket.status),
            _dotted(department_title(reader.policy, ticket.department), place),
            holder_words(reader.member, view.names, ticket.holder),
        ),
        _dotted(fault.company, fault.caller, phone_words(fault)),
        _dotted(fault.product, fault.serial),
        _dotted(entitlement_words(ticket.entitlement), _received(reader, ticket)),
        *fault.description.splitlines(),
    ]
    lines += [_promise(policy, clock, reader.now) for clock in promised(policy, ticket.clocks)]
    lines += TicketFacts(policy, view, reader.now).lines()
    for entry in History(policy, view, reader.now, reader.call_of).entries():
        lines += _happened(reader, entry)
    if view.unsent:
        lines.append(tr("Some of this is saved here and not sent yet."))
    return [line for line in lines if line]


def _received(reader: Reader, ticket: Ticket) -> str:
    when = reader.when(ticket.received_at, ticket.office)
    return tr("received {when} {channel}", when=when, channel=channel_words(ticket.channel))


def _promise(policy: Policy, clock: Clock, now: dt.datetime) -> str:
    return tr("{promise}: {stands}", promise=clock.title, stands=clock_words(policy, clock, now))


def _happened(reader: Reader, entry: Entry) -> list[str]:
    when = date_time_year(entry.at, reader.now.astimezone(entry.at.tzinfo))
    unsent = tr("(not sent yet)") if entry.unsent else ""
    first = f"{when}  {' '.join(part for part in (entry.who, entry.what, unsent) if part)}"
    return [first, *(f"{INDENT}{line}".rstrip() or INDENT for line in (*entry.body.splitlines(), *entry.facts))]


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _dashed(*parts: str) -> str:
    return " — ".join(part for part in parts if part)


def elsewhere_line(found: Elsewhere) -> str:
    """Whose ticket it is, and nothing more."""
    return tr(
        "{number} belongs to {department} ({status}). You can send them a note.",
        number=grouped(found.stub.reference),
        department=found.department_title,
        status=status_words(found.stub.status),
    )


def match_line(match: Match) -> str:
    """A customer that was found in one line."""
    parts = [match.customer.name]
    if match.contact:
        parts += [match.contact.name, match.contact.phone]
    if match.asset:
        parts += [match.asset.product, match.asset.serial]
    return _dotted(*parts)


def call_lines(reader: Reader, call: Call) -> list[str]:
    """A call and how far its record is."""
    way = tr("called by us") if call.direction == "out" else tr("called us")
    times = (
        (tr("rang"), call.rang_at),
        (tr("answered"), call.answered_at),
        (tr("told"), call.told_at),
        (tr("own name given"), call.named_at),
        (tr("hung up"), call.ended_at),
    )
    lines = [
        _dashed(grouped(call.reference), tr("a call without a ticket") if not call.ticket else tr("a call")),
        _dotted(call.number or tr("number withheld"), way, reader.names.get(call.member, "")),
        _dotted(department_title(reader.policy, call.department), office_title(reader.policy, call.office)),
        *(f"{reader.when(at, call.office)}  {words}" for words, at in times if at is not None),
        tr("told as {number}", number=grouped(call.spoken)) if call.spoken else "",
        outcome_words(call.outcome) or tr("not finished yet"),
        call.remark,
    ]
    return [line for line in lines if line]


def unsent_lines(reader: Reader, items: Sequence[Unsent]) -> list[str]:
    """The commands that are not applied, one in a line; what was written for a refused one stands below it, so that it can be used."""
    lines = _table(
        [
            [
                item.id,
                reader.when(item.issued_at),
                command_words(item.name),
                grouped(item.reference) if item.reference else "–",
                " — ".join(part for part in (unsent_words(item), item.text) if part),
            ]
            for item in items
        ]
    )
    return [part for line, item in zip(lines, items, strict=True) for part in (line, *_written(item))]


def _written(item: Unsent) -> list[str]:
    """The words of a person in a refused command."""
    if item.state != "refused" or not item.args:
        return []
    args = msgspec.json.decode(item.args)
    texts = [str(args[name]) for name in _WRITTEN if args.get(name)]
    return [f"{INDENT}{line}".rstrip() for text in texts for line in text.splitlines()]
