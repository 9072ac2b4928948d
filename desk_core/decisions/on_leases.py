"""Work on a lease that has ended: the ticket goes back, and what arrives late is never sent twice (sync.md, "Mandated order offline")."""

from __future__ import annotations

import datetime as dt

from desk_core import leases
from desk_core.commands import Command
from desk_core.commands_base import Ask
from desk_core.decisions.context import Context, resumable, unknowing
from desk_core.decisions.on_time import act_id
from desk_core.decisions.outcome import Decided, Story
from desk_core.events_of_leases import DraftLeft, LeaseEnded, StartLost
from desk_core.texts import blank
from desk_core.tickets import Ticket
from desk_core.views import View


def end_lease(view: View, ticket: Ticket, contact: dt.datetime | None, now: dt.datetime) -> Decided | None:
    """The ticket goes back to its old place when its lease has ended at ``now``; None while it has not. It happened when the lease ended,
    and does not happen twice. ``contact`` is the last one of its holder."""
    until = leases.lease_end(view.policy, ticket, contact)
    if until is None or until >= now:
        return None
    command = Command(
        id=act_id(ticket.id, "lease", ticket.holder, ticket.taken_at),
        ask=Ask(),
        actor="",
        issued_at=now,
        stated_at=until,
    )
    story = Story(view.policy, command, None, now, view)
    story.ticket(ticket, LeaseEnded(member=ticket.holder, until=until), functions=())
    return story.decided(ticket=ticket.id)


def left_as_draft(ctx: Context, ticket_id: str, text: str) -> Decided | None:
    """What the actor did on a ticket that was lost meanwhile, as a draft for whoever has it now; None where the actor may go on, or
    knew."""
    ticket = ctx.view.ticket(ticket_id)
    lapse = unknowing(ctx, ticket) if ticket is not None else None
    if ticket is None or lapse is None or blank(text) or ctx.actor.id in ticket.excluded:
        return None
    if ticket.holder == ctx.actor.id or resumable(ctx, ticket):
        return None
    ticket = ctx.story.ticket(ticket, DraftLeft(text=text, of=ctx.command.ask.name))
    return ctx.story.decided(
        changed="lease_expired" if lapse.held else "kept_as_note", ticket=ticket.id, reference=ticket.reference
    )


def start_lost(ctx: Context, ticket: Ticket) -> Decided | None:
    """A start without network that came too late: somebody had taken the ticket when it arrived, and later than the start was given."""
    if not ticket.holder or ticket.holder == ctx.actor.id or ticket.taken_at is None:
        return None
    if ctx.in_force.queue.start == "take_next" or ticket.taken_at <= ctx.command.issued_at:
        return None
    ticket = ctx.story.ticket(ticket, StartLost(member=ctx.actor.id, begun_at=ctx.at))
    return ctx.story.decided(changed="taken_meanwhile", ticket=ticket.id, reference=ticket.reference)
