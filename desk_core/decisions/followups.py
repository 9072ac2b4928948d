"""What follows an event by itself: messages, surveys, and the turn of a customer's next issue."""

from __future__ import annotations

from collections.abc import Iterator

from desk_core import events as e
from desk_core import messages, routing
from desk_core.decisions import notices
from desk_core.events_of_service import MessageMade, NextIssue, SurveyOwed, TicketEscalated
from desk_core.people import Member
from desk_core.policy import Message, Policy
from desk_core.tickets import Ticket
from desk_core.views import View

Following = MessageMade | NextIssue | SurveyOwed


def of(
    view: View, policy: Policy, before: Ticket | None, after: Ticket, event: e.Event, actor: Member | None
) -> Iterator[tuple[Ticket, Following]]:
    """What ``event`` makes happen besides, each with the ticket to which it happens."""
    what = event.what
    if isinstance(what, MessageMade | NextIssue):
        return
    if isinstance(what, SurveyOwed) and (what.mode != "email" or not what.to):
        return
    kind = event.kind
    for message in messages.wanted(policy, after, what):
        yield (
            after,
            messages.make(policy, message, after, what, event.id, _facts(view, message, before, after, event, actor)),
        )
    for change in event.clocks if before is not None else ():
        if before is not None and isinstance(change, e.ClockStopped):
            corrections = notices.of_correction(view, policy, before, after, change, event.recorded_at)
            yield from ((after, each) for each in corrections)
    for survey in policy.surveys:
        if survey.after == kind and (not survey.channels or after.channel in survey.channels):
            to = after.email
            if survey.to == "end_customer":
                customer = view.customer(after.customer) if after.customer else None
                to = customer.end_contact if customer is not None else ""
            yield after, SurveyOwed(survey=survey.id, mode=survey.modes[0], to=to)
    if isinstance(what, e.TicketClosed) and policy.queue.one_per_customer and after.customer:
        waiting = [t for t in view.open_issues(after.customer) if t.id != after.id]
        if waiting and waiting[0].follows:
            yield waiting[0], NextIssue(after=after.id)


def _facts(
    view: View, message: Message, before: Ticket | None, after: Ticket, event: e.Event, actor: Member | None
) -> messages.Facts:
    customer = view.customer(after.customer) if after.customer else None
    people = routing.holders(view, message.role, event.at, excluded=after.excluded) if message.role else ()
    own = tuple(member for member in people if message.role in member.functions)
    roles = {message.role: own or people[:1] if message.to == "everyone" else people}
    holder = view.member(after.holder) if message.to == "holder" and after.holder else None
    return messages.Facts(dealing(view, before, after, event, actor), customer, roles, holder)


def dealing(
    view: View, before: Ticket | None, after: Ticket, event: e.Event | None, actor: Member | None
) -> Member | None:
    """The person who deals with a ticket: at an escalation the new one, else its holder, else who acted, else the first step of
    the ladder (A-30)."""
    what = event.what if event is not None else None
    ids = [what.member] if isinstance(what, TicketEscalated) else [after.holder, before.holder if before else ""]
    people = [view.member(each) for each in ids if each]
    if actor is not None and not isinstance(what, TicketEscalated):
        people.append(actor)
    known = [person for person in people if person is not None]
    whole = next((person for person in known if not messages.missing_details(person)), None)
    if whole is not None or (known and known[0] is not actor):
        return whole or known[0]
    steps = view.policy.ladder
    first = routing.holders(view, steps[0].role, after.changed_at, excluded=after.excluded)[:1] if steps else ()
    return first[0] if first else (known[0] if known else None)
