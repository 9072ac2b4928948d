"""Folding what concerns leases: since when a ticket is on lease, who lost it, what was left for its next holder."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk_core import events as e
from desk_core.events_of_leases import DraftLeft, LeaseEnded, LeaseResumed, StartLost
from desk_core.records import Lapse
from desk_core.tickets import Ticket

_replace = msgspec.structs.replace


def leased(before: Ticket, after: Ticket, event: e.Event) -> Ticket:
    """``after`` an event, with what the event means for leases. A lease ends with every change of the holder."""
    match event.what:
        case e.TicketTaken(member=member):
            return _given(after, member, None if _of_the_past(after, event) else event.recorded_at)
        case LeaseResumed(member=member, department=department):
            return _given(_replace(after, holder=member, holder_department=department), member, event.recorded_at)
        case LeaseEnded(member=member, until=until):
            free = _replace(after, holder="", holder_department="", taken_at=None)
            return _lapsed(free, Lapse(member=member, until=until, noted_at=event.recorded_at))
        case StartLost(member=member, begun_at=begun_at):
            return _lapsed(after, Lapse(member=member, until=begun_at, noted_at=event.recorded_at, held=False))
        case DraftLeft(text=text, of="reply"):
            return _replace(after, draft=text)
        case e.ReplySent():
            after = _replace(after, draft="")
        case _:
            pass
    return after if after.holder == before.holder else _replace(after, taken_at=None)


def _given(ticket: Ticket, member: str, taken_at: dt.datetime | None) -> Ticket:
    others = tuple(each for each in ticket.lapses if each.member != member)
    return _replace(ticket, taken_at=taken_at, lapses=others)


def _lapsed(ticket: Ticket, lapse: Lapse) -> Ticket:
    others = tuple(each for each in ticket.lapses if each.member != lapse.member)
    return _replace(ticket, lapses=(*others, lapse))


def _of_the_past(ticket: Ticket, event: e.Event) -> bool:
    """Taken in another helpdesk: this queue never handed it out."""
    return ticket.imported_at is not None and event.at < ticket.imported_at
