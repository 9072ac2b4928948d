"""What a ticket says of itself: the policy's own fields, the timescale, promises to the customer (A-24, A-25, E-19, E-21, K-06)."""

from __future__ import annotations

from desk_core.clocks import fixed_instant
from desk_core.commands_of_service import KeepPromise, MakePromise, SetFields, SetTimescale
from desk_core.decisions.context import Context, active_only, needed, role_titles, seen_ticket, stop
from desk_core.decisions.outcome import Decided
from desk_core.durations import parse_amount
from desk_core.events_of_service import FieldsSet, PromiseKept, PromiseMade, TimescaleSet
from desk_core.policy_tables import Field
from desk_core.records import Value
from desk_core.texts import blank
from desk_core.tickets import Ticket
from desk_core.zones import CalendarError

UNSET = "unset"


def checked_values(ctx: Context, ticket: Ticket | None, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values, each of a field of the policy, one of its choices, and set by somebody who may."""
    written = {each.field: each.value for each in (*(ticket.fields if ticket else ()), *values)}
    for each in values:
        field = ctx.policy.field(each.field)
        if field is None:
            stop("unknown_field", "values", value=each.field, choices=", ".join(f.id for f in ctx.policy.fields))
        _check_choice(field, each.value)
        if field.by and not set(field.by) & set(ctx.actor.functions):
            stop("only_role", each.field, role=role_titles(ctx, field.by))
        other = ctx.policy.field(field.differs_from)
        if other is not None and _folded(each.value) == _folded(written.get(other.id, "")):
            stop("same_as", each.field, title=field.title, other=other.title)
    return values


def _check_choice(field: Field, value: str) -> None:
    if field.choices and not field.free and value and value not in [choice.id for choice in field.choices]:
        choices = ", ".join(choice.id for choice in field.choices)
        stop("unknown_choice", field.id, value=value, title=field.title, choices=choices)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def set_fields(ctx: Context, ask: SetFields) -> Decided:
    """Fill in fields of the policy on a ticket in scope."""
    ticket = seen_ticket(ctx, ask.ticket)
    active_only(ticket)
    ticket = ctx.story.ticket(ticket, FieldsSet(values=checked_values(ctx, ticket, ask.values)))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def checked_timescale(ctx: Context, wanted: str) -> str:
    """What was agreed with the customer, or the policy's default (A-24)."""
    default = ctx.policy.ticket.timescale
    if blank(wanted):
        return "" if default == UNSET else default
    try:
        if fixed_instant(wanted) is None:
            parse_amount(wanted)
    except CalendarError as error:
        stop("bad_timescale", "timescale", detail=str(error))
    return wanted


def set_timescale(ctx: Context, ask: SetTimescale) -> Decided:
    """The customer agreed to another end; the clocks that count to it move (A-24)."""
    ticket = seen_ticket(ctx, ask.ticket)
    active_only(ticket)
    needed(ask.timescale, "missing_timescale", "timescale")
    ticket = ctx.story.ticket(ticket, TimescaleSet(timescale=checked_timescale(ctx, ask.timescale)))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def make_promise(ctx: Context, ask: MakePromise) -> Decided:
    """A promise with its moment; it is counted as broken from then on (A-25)."""
    ticket = seen_ticket(ctx, ask.ticket)
    needed(ask.what, "missing_text", "what")
    if all(promise.id != ask.promise for promise in ticket.promises):
        ticket = ctx.story.ticket(ticket, PromiseMade(id=ask.promise, promise=ask.what, due=ask.due))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)


def keep_promise(ctx: Context, ask: KeepPromise) -> Decided:
    """It was done."""
    ticket = seen_ticket(ctx, ask.ticket)
    found = next((p for p in ticket.promises if p.id == ask.promise and p.kept_at is None), None)
    if found is None:
        stop("no_such_promise", "promise")
    ticket = ctx.story.ticket(ticket, PromiseKept(id=found.id))
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)
