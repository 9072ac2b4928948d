"""queue, take-next, show, why, find, and what is done with a ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

import msgspec

from desk_client.cli import lines, output
from desk_client.cli.context import Context, split_reference
from desk_client.cli.output import Answer
from desk_client.services.errors import DeskError, Missing, Refused
from desk_client.services.i18n import tr
from desk_client.services.records import Elsewhere, Row, Saved, TicketView
from desk_client.services.why import Explanations
from desk_core.clocks import Why
from desk_core.events import TicketResolved
from desk_core.references import grouped, parse


def queue(context: Context) -> Answer:
    """``queue``: every open ticket of the member's departments, in the mandated order."""
    args, client = context.args, context.client
    context.sync()
    department = client.lookup.department_named(args.department) if args.department else ""
    rows: list[Row] = []
    after = ""
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
            break
    return Answer(
        [output.row_data(r) for r in rows], lines.queue_lines(context.reader(), rows) or [tr("There is nothing here.")]
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
    """``show REF``; a number that this machine does not know is asked of the server."""
    context.sync()
    words = context.args.reference
    try:
        found: TicketView | Elsewhere = context.client.tickets.by_reference("".join(words))
    except Missing as missing:
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
    return Answer(output.ticket_data(found), lines.ticket_lines(context.reader(), found))


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
        "rules": [{"id": i, "text": t} for i, t in why.rules],
    }


def _why_lines(service: Explanations, why: Why) -> list[str]:
    due = service.due(why)
    heading = (
        tr("{title}: due {when}", title=why.title, when=due) if due else tr("{title}: no deadline", title=why.title)
    )
    return [heading, *(f"{lines.INDENT}{line}" for line in service.lines(why)), *_rule_lines(why.rules)]


def _rule_lines(rules: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{lines.INDENT}{rule}: {text}" for rule, text in rules]


def find(context: Context) -> Answer:
    """``find TEXT``."""
    context.sync()
    found = context.client.lookup.find(" ".join(context.args.text))
    if found.elsewhere is not None:
        answer = output.elsewhere(found.elsewhere)
        return Answer({"tickets": [], "customers": [], "elsewhere": answer.data}, answer.lines)
    said = [*lines.queue_lines(context.reader(), found.tickets), *(lines.match_line(m) for m in found.customers)]
    data = {
        "tickets": [output.row_data(r) for r in found.tickets],
        "customers": [output.match_data(m) for m in found.customers],
    }
    return Answer(data, said or [tr("Nothing was found.")])


def _done(context: Context, act: Callable[[], Future[Saved]], said: str) -> Answer:
    """Carry out, sync, and say what came of it; a refusal by the server is this command's refusal."""
    saved = act().result()
    synced = context.sync()
    context.refused(saved.command)
    data = {"reference": saved.reference, "ticket": saved.ticket, "id": saved.command, "decided": saved.decided}
    if saved.changed == "not_counted":
        said += " It is on record, but only a specialist's call keeps the promise."
    return Answer(data, [said, *context.saved_line(synced)])


def on_ticket(context: Context) -> Answer:
    """Everything that is done with one ticket."""
    args, client = context.args, context.client
    tickets = client.tickets
    if args.command == "note":
        ticket = context.ticket_id(args.reference)
        return _done(context, lambda: tickets.note(ticket, args.text), "Noted.")
    if args.command == "transfer":
        ticket, department = context.ticket_id(args.reference), client.lookup.department_named(args.to)
        note = args.note if args.note is not None else tr("Referred by {name}.", name=context.member.name)
        return _done(context, lambda: tickets.transfer(ticket, department, note), "Referred; number and history stay.")
    view = context.ticket(args.reference)
    act, said = _act(context, view)
    return _done(context, act, said)


def _act(context: Context, view: TicketView) -> tuple[Callable[[], Future[Saved]], str]:
    args, tickets, lookup = context.args, context.client.tickets, context.client.lookup
    ticket = view.ticket.id
    match args.command:
        case "reply":
            return lambda: tickets.reply(ticket, tickets.whole_reply(args.text)), "Answered."
        case "time":
            return lambda: tickets.log_time(ticket, args.minutes, args.remark), f"{args.minutes} minutes logged."
        case "hand-over":
            member = lookup.member_named(args.to)
            return lambda: tickets.hand_over(ticket, member.id, args.note), f"{member.name} has it now."
        case "put-through":
            member = lookup.member_named(args.to)
            return lambda: tickets.put_through(ticket, member.id), f"Put through to {member.name}."
        case "call-back":
            if args.reached or args.not_reached:
                return lambda: tickets.attempt_call_back(ticket, reached=args.reached), "The call back is on record."
            return lambda: tickets.offer_call_back(ticket), "A call back by a specialist is owed."
        case "wait":
            return lambda: tickets.wait(ticket, args.reason), "It waits for the customer."
        case "answered":
            return lambda: tickets.answered(ticket, args.text), "Work goes on."
        case "resolve":
            return lambda: tickets.resolve(ticket, args.solution), "Resolved."
        case "close":
            summary = args.summary or _solution(view)
            if not summary.strip():
                raise _no_summary(view.ticket.reference)
            return lambda: tickets.close(ticket, summary), "Closed."
        case "reopen":
            return lambda: tickets.reopen(ticket, args.reason), "Open again, at its first place."
        case _:
            return lambda: tickets.give_back(ticket, args.reason), "Back at its old place in the queue."


def _no_summary(reference: str) -> Refused:
    text = (
        f'Say in a few words how it ended: desk-client close {grouped(reference)} --summary "…"; '
        "only a solution that was given before can stand in for it."
    )
    return Refused("missing_text", text, ("summary",))


def _solution(view: TicketView) -> str:
    """The words of the last solution: a summary that was written already is not asked for again (3.3.7)."""
    return next((e.what.solution for e in reversed(view.history) if isinstance(e.what, TicketResolved)), "")
