"""queue, take-next, show, why, upgrade, find, and what is done with a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from desk_client.cli import customers, lines, output
from desk_client.cli.context import Context, split_reference
from desk_client.cli.output import Answer
from desk_client.services.errors import DeskError, Missing
from desk_client.services.i18n import tr
from desk_client.services.records import Elsewhere, Row, TicketView
from desk_client.services.why import Explanations
from desk_client.services.words import clock_state_words
from desk_core.clocks import Why
from desk_core.entitlement import upgrade_price
from desk_core.hours import of_category
from desk_core.references import grouped, parse
from desk_core.tickets import Ticket


def queue(context: Context) -> Answer:
    """``queue``: every open ticket of the member's departments, in the mandated order."""
    args, client = context.args, context.client
    context.sync()
    department = client.lookup.department_named(args.department) if args.department else ""
    rows: list[Row] = []
    after = ""
    if args.stalled is not None:
        return _rows(context, client.queue.stalled(args.stalled))
    while True:
        page = client.queue.page(
            department=department,
            mine=args.mine,
            waiting=args.waiting,
            call_backs=args.call_backs,
            after=after,
            size=500,
        )
        rows += page.rows
        after = page.after
        if not after:
            return _rows(context, rows)


def _rows(context: Context, rows: Sequence[Row]) -> Answer:
    reader = context.reader()
    return Answer(
        [output.row_data(reader.policy, r) for r in rows],
        lines.queue_lines(reader, rows) or [tr("There is nothing here.")],
    )


def take_next(context: Context) -> Answer:
    """``take-next``: needs the server."""
    args, client = context.args, context.client
    department = client.lookup.department_named(args.department) if args.department else ""
    # First find out whether the server is there: a claim that was sent into nothing would be carried out hours later.
    context.sync()
    taken = client.tickets.take_next(department).result()
    context.sync()
    return Answer(
        {"reference": taken.reference, "ticket": taken.ticket},
        [grouped(taken.reference), *_lines(context, taken.ticket)],
    )


def _lines(context: Context, ticket: str) -> list[str]:
    try:
        found = context.client.tickets.get(ticket)
    except Missing:
        return []
    return lines.ticket_lines(context.reader(), found)[1:] if isinstance(found, TicketView) else []


def show(context: Context) -> Answer:
    """``show REF``: a ticket, or a call that never became one; a number that this machine does not know is asked of the server."""
    context.sync()
    words, reader = context.args.reference, context.reader()
    try:
        found: TicketView | Elsewhere = context.client.tickets.by_reference("".join(words))
    except Missing as missing:
        call = context.client.calls.by_reference("".join(words))
        if call is not None:
            return Answer(output.call_data(call), lines.call_lines(reader, call))
        if context.offline or parse("".join(words)) is None:
            raise
        try:
            found = context.client.tickets.find_far("".join(words)).result()
        except Missing:
            raise
        except DeskError:
            raise missing from None
    if isinstance(found, Elsewhere):
        return output.elsewhere(found)
    customer, known = customers.of_ticket(context.client.lookup, reader.policy, found.ticket)
    hours, served = _served(reader, found.ticket)
    data = {**output.ticket_data(reader.policy, found, reader.now), **customer, "category_hours": hours}
    return Answer(data, [*lines.ticket_lines(reader, found), *served, *known])


def _served(reader: lines.Reader, ticket: Ticket) -> tuple[dict[str, Any] | None, list[str]]:
    """The hours in which the ticket's category is served, where it has hours of its own (V-16)."""
    hours = of_category(reader.policy, ticket.category, reader.now)
    if hours is None:
        return None, []
    later = hours.until if hours.open else hours.opens
    when = reader.when(later, ticket.office) if later else "?"
    said = tr("{category}: served until {when}.", category=hours.title, when=when)
    closed = tr("{category}: served again from {when}.", category=hours.title, when=when)
    return msgspec.to_builtins(hours), [said if hours.open else closed]


def why(context: Context) -> Answer:
    """``why REF [CLOCK]``."""
    context.sync()
    words, clock = split_reference(context.args.reference)
    ticket = context.ticket(words).ticket
    service = context.client.why
    whys = service.of_ticket(ticket.id, clock)
    data: dict[str, Any] = {"reference": ticket.reference, "clocks": [_why_data(service, w) for w in whys]}
    if whys:
        return Answer(data, [line for w in whys for line in _why_lines(service, w)])
    none = service.nothing(ticket.id)
    rules = [{"id": i, "text": t} for i, t in none.rules]
    data["nothing"] = {"code": none.code, "text": none.text, "rules": rules}
    return Answer(data, [none.text, *_rule_lines(none.rules)])


def _why_data(service: Explanations, why: Why) -> dict[str, Any]:
    return {
        "clock": why.clock,
        "title": why.title,
        "state": why.state,
        "amount": why.amount,
        "calendar": why.calendar,
        "zone": why.zone,
        "started_at": why.started_at,
        "deadline": why.deadline,
        "steps": msgspec.to_builtins(why.steps),
        "why": service.lines(why),
        "moves": msgspec.to_builtins(why.moves),
        "rules": [{"id": i, "text": t} for i, t in why.rules],
    }


def _why_lines(service: Explanations, why: Why) -> list[str]:
    due = service.due(why)
    heading = (
        tr("{title}: due {when}", title=why.title, when=due) if due else tr("{title}: no deadline", title=why.title)
    )
    state = clock_state_words(why.state)
    return [
        tr("{heading} ({state})", heading=heading, state=state) if state else heading,
        *(f"{lines.INDENT}{line}" for line in (*service.lines(why), *service.moved(why))),
        *_rule_lines(why.rules),
    ]


def _rule_lines(rules: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{lines.INDENT}{rule}: {text}" for rule, text in rules]


def upgrade(context: Context) -> Answer:
    """``upgrade REF --to LEVEL``: the difference to a higher level (E-08)."""
    context.sync()
    ticket = context.ticket(context.args.reference).ticket
    old, new = customers.level_of(context.client.lookup, ticket), context.args.to
    price = upgrade_price(old, new)
    data = {"reference": ticket.reference, "from": old, "to": new, "price": price}
    return Answer(data, [tr("From level {old} to {new}: {price}", old=old, new=new, price=price)])


def find(context: Context) -> Answer:
    """``find TEXT``."""
    context.sync()
    found = context.client.lookup.find(" ".join(context.args.text))
    if found.elsewhere is not None:
        answer = output.elsewhere(found.elsewhere)
        return Answer({"tickets": [], "customers": [], "elsewhere": answer.data}, answer.lines)
    reader = context.reader()
    said = [*lines.queue_lines(reader, found.tickets), *(lines.match_line(m) for m in found.customers)]
    said += lines.call_lines(reader, found.call) if found.call is not None else []
    if found.more:
        said.append(tr("These are the first ones; type more to find less."))
    data = {
        "call": output.call_data(found.call) if found.call is not None else None,
        "more": found.more,
        "tickets": [output.row_data(reader.policy, r) for r in found.tickets],
        "customers": [output.match_data(m) for m in found.customers],
    }
    return Answer(data, said or [tr("Nothing was found.")])
