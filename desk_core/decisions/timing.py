"""When a command was given and when what it reports happened: judged from what a device says, within hard bounds (P22, TS-11)."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk_core import clocks, events
from desk_core.decisions.apply import apply_ticket
from desk_core.protocol import WireCommand
from desk_core.tickets import Ticket


class Judged(msgspec.Struct, frozen=True):
    """The instants that count; ``clamped`` when what the device said could not be true."""

    issued_at: dt.datetime
    stated_at: dt.datetime | None
    clamped: bool


def judge(sent: WireCommand, received_at: dt.datetime, back_hours: int) -> Judged:
    """``last_contact ≤ issued_at ≤ received_at`` and ``stated_at ≤ issued_at``, whatever the device's wall clock says (P22).

    While the machine has not restarted since its last contact, its monotonic clock (seconds) decides; else its corrected wall clock.
    ``stated_at`` may lie at most ``back_hours`` before ``issued_at`` (TS-11), and so may ``issued_at`` before the receipt when the device
    names no contact at all.
    """
    back = dt.timedelta(hours=back_hours)
    earliest = min(sent.last_contact, received_at) if sent.last_contact else received_at - back
    given = sent.issued_wall
    if sent.last_contact is not None and sent.mono_since_contact is not None:
        given = earliest + dt.timedelta(seconds=min(max(0.0, sent.mono_since_contact), 1e9))
    issued = max(earliest, min(given, received_at))
    stated = sent.stated_at
    if stated is not None:
        stated = max(min(stated, issued), issued - back)
    return Judged(issued, stated, issued != given or stated != sent.stated_at)


def breach(ticket: Ticket, command_id: str, now: dt.datetime) -> tuple[Ticket, tuple[events.Event, ...]]:
    """The ticket with every passed deadline marked missed, and the events that say so; judged by event time (TS-12, H-04)."""
    made: list[events.Event] = []
    for number, change in enumerate(clocks.breaches(ticket, now)):
        event = events.Event(
            id=f"{command_id}/{number}",
            command=command_id,
            actor="",
            at=change.at,
            recorded_at=now,
            ticket=ticket.id,
            what=events.DeadlinePassed(clock=change.clock),
            clocks=(change,),
        )
        ticket = apply_ticket(ticket, event)
        made.append(event)
    return ticket, tuple(made)
