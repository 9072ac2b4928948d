"""What a correction of calendars does to a ticket that is being worked on (TS-13)."""

from __future__ import annotations

import datetime as dt

from desk_core import clocks
from desk_core.commands import Ask, Command
from desk_core.decisions.outcome import Decided, Story
from desk_core.events import CalendarRevised
from desk_core.tickets import Ticket
from desk_core.views import View


def calendars_revised(view: View, ticket: Ticket, command_id: str, now: dt.datetime) -> Decided:
    """The running promises of a ticket with the deadlines that the newest editions of their calendars give them; no event when none moved.

    What was kept or missed before stays so; a new deadline that has passed already is judged by the server's jobs like any other.
    """
    story = Story(view.policy, Command(id=command_id, ask=Ask(), actor="", issued_at=now), None, now, view)
    changes = clocks.recomputed(story.policy_of(ticket), ticket, now)
    if changes:
        calendars = tuple(dict.fromkeys(change.calendar for change in changes))
        story.ticket(ticket, CalendarRevised(calendars=calendars), functions=(), changes=changes)
    return story.decided(ticket=ticket.id)
