"""Gathers what the report of a period counts: each table is read once, and the core does the sums (A-09)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from desk_core.calls import Call
from desk_core.events import Event
from desk_core.kpis import Period
from desk_core.people import Member
from desk_core.records import Entry
from desk_core.reporting import Facts
from desk_core.tickets import Ticket
from desk_server.sync.service import PROGRAM, Raw

_PAGE = 2_000
_ZONES = dt.timedelta(days=1)
"""No zone's day begins farther from that of UTC."""

_TICKETS = "SELECT id, body::text FROM ticket WHERE desk = %s AND id > %s AND received_at < %s ORDER BY id LIMIT %s"
_CALLS = (
    "SELECT body::text FROM call WHERE desk = %s AND coalesce((body ->> 'rang_at')::timestamptz, "
    "(body ->> 'answered_at')::timestamptz, (body ->> 'ended_at')::timestamptz) >= %s AND coalesce((body ->> 'rang_at')::timestamptz, "
    "(body ->> 'answered_at')::timestamptz, (body ->> 'ended_at')::timestamptz) < %s ORDER BY id"
)
_SURVEYS = (
    "SELECT ticket, body::text FROM event WHERE desk = %s AND body -> 'what' ->> 'event' IN ('survey.owed', 'survey.answered') "
    "AND (body ->> 'at')::timestamptz >= %s AND (body ->> 'at')::timestamptz < %s ORDER BY seq, id"
)
_CLOSED = (
    "SELECT body::text FROM event WHERE desk = %s AND ticket = ANY(%s) AND body -> 'what' ->> 'event' = 'ticket.closed' "
    "ORDER BY seq, id"
)
_OF_IDS = "SELECT body::text FROM ticket WHERE desk = %s AND id = ANY(%s)"
_ENTRIES = "SELECT body::text FROM entry WHERE desk = %s ORDER BY id"
_MEMBERS = "SELECT body::text FROM member WHERE desk = %s AND id <> %s ORDER BY id"
_CUSTOMERS = "SELECT id, body ->> 'name' FROM customer WHERE desk = %s AND id = ANY(%s)"
_REFUSED = (
    "SELECT verdict ->> 'code', count(*) FROM receipt WHERE desk = %s AND made_at >= %s AND made_at < %s "
    "AND verdict ->> 'outcome' = 'refused' GROUP BY 1"
)

_TICKET = msgspec.json.Decoder(Ticket)
_CALL = msgspec.json.Decoder(Call)
_EVENT = msgspec.json.Decoder(Event)
_ENTRY = msgspec.json.Decoder(Entry)
_MEMBER = msgspec.json.Decoder(Member)


def facts(raw: Raw, desk: str, period: Period, day: tuple[dt.datetime, dt.datetime]) -> Facts:
    """All that a report over the period may count, and more around its edges, which the core leaves out. ``day`` are the first instant
    of the period and the first after it where the desk tells its days."""
    first = dt.datetime.combine(period.first, dt.time(), dt.UTC) - _ZONES
    end = dt.datetime.combine(period.last, dt.time(), dt.UTC) + 2 * _ZONES
    surveys = raw.execute(_SURVEYS, (desk, first, end)).fetchall()
    asked = sorted({ticket for ticket, _ in surveys})
    tickets = {ticket.id: ticket for ticket in _tickets(raw, desk, first, end)}
    others = [ticket for ticket in asked if ticket not in tickets]
    tickets |= {each.id: each for each in map(_TICKET.decode, _column(raw, _OF_IDS, (desk, others)))}
    events = (*_column(raw, _CLOSED, (desk, asked)), *(body for _, body in surveys))
    customers = sorted({ticket.customer for ticket in tickets.values() if ticket.customer})
    return Facts(
        tickets=tuple(sorted(tickets.values(), key=lambda each: (each.received_at, each.id))),
        calls=tuple(map(_CALL.decode, _column(raw, _CALLS, (desk, first, end)))),
        events=tuple(map(_EVENT.decode, events)),
        entries=tuple(map(_ENTRY.decode, _column(raw, _ENTRIES, (desk,)))),
        members=tuple(map(_MEMBER.decode, _column(raw, _MEMBERS, (desk, PROGRAM)))),
        customers=dict(raw.execute(_CUSTOMERS, (desk, customers)).fetchall()),
        refused=dict(raw.execute(_REFUSED, (desk, *day)).fetchall()),
    )


def _column(raw: Raw, statement: str, values: tuple[Any, ...]) -> list[str]:
    return [row[0] for row in raw.execute(statement, values).fetchall()]


def _tickets(raw: Raw, desk: str, first: dt.datetime, end: dt.datetime) -> Iterator[Ticket]:
    """Those that came, closed or had something due around the period."""
    last = ""
    while True:
        rows = raw.execute(_TICKETS, (desk, last, end, _PAGE)).fetchall()
        yield from (ticket for _, body in rows if _concerned(ticket := _TICKET.decode(body), first, end))
        if len(rows) < _PAGE:
            return
        last = rows[-1][0]


def _concerned(ticket: Ticket, first: dt.datetime, end: dt.datetime) -> bool:
    instants = [ticket.received_at, ticket.closed_at, *(clock.deadline or clock.started_at for clock in ticket.clocks)]
    return any(at is not None and first <= at < end for at in instants)
