"""queue, take-next, show, why, find, and what is done with a ticket."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from desk_client.cli import output
from desk_client.cli.context import Context, split_reference
from desk_client.cli.output import Answer
from desk_client.services.errors import DeskError, Missing
from desk_client.services.records import Elsewhere, Row, Saved, TicketView
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
    now = client.status.now()
    return Answer([output.row_data(r) for r in rows], [output.row_line(r, now) for r in rows] or ["Nothing waits."])


def take_next(context: Context) -> Answer:
    """``take-next``: needs the server."""
    args, client = context.args, context.client
    department = client.lookup.department_named(args.department) if args.department else ""
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
    return output.ticket_lines(found)[1:] if isinstance(found, TicketView) else []


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
    return Answer(output.ticket_data(found), output.ticket_lines(found))


def why(context: Context) -> Answer:
    """``why REF [CLOCK]``."""
    context.sync()
    words, clock = split_reference(context.args.reference)
    ticket = context.ticket(words).ticket
    service = context.client.why
    whys = service.of_ticket(ticket.id, clock)
    data = [
        {
            "clock": w.clock,
            "title": w.title,
            "state": w.state,
            "amount": w.amount,
            "calendar": w.calendar,
            "zone": w.zone,
            "started_at": w.started_at,
            "deadline": w.deadline,
            "why": service.lines(w),
            "rules": [{"id": i, "text": t} for i, t in w.rules],
        }
        for w in whys
    ]
    lines: list[str] = []
    for w in whys:
        lines += [
            f"{w.title} ({', '.join(i for i, _ in w.rules)}), {w.state}",
            *(f"  {line}" for line in service.lines(w)),
        ]
    return Answer({"reference": ticket.reference, "clocks": data}, lines or ["Nothing is promised on this ticket."])


def find(context: Context) -> Answer:
    """``find TEXT``."""
    context.sync()
    found = context.client.lookup.find(" ".join(context.args.text))
    if found.elsewhere is not None:
        answer = output.elsewhere(found.elsewhere)
        return Answer({"tickets": [], "customers": [], "elsewhere": answer.data}, answer.lines)
    now = context.client.status.now()
    lines = [*(output.row_line(r, now) for r in found.tickets), *(output.match_line(m) for m in found.customers)]
    data = {
        "tickets": [output.row_data(r) for r in found.tickets],
        "customers": [output.match_data(m) for m in found.customers],
    }
    return Answer(data, lines or ["Nothing was found."])


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
        return _done(
            context, lambda: tickets.transfer(ticket, department, args.note), "Referred; number and history stay."
        )
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
            return lambda: tickets.close(ticket, args.summary or _solution(view)), "Closed."
        case "reopen":
            return lambda: tickets.reopen(ticket, args.reason), "Open again, at its first place."
        case _:
            return lambda: tickets.give_back(ticket, args.reason), "Back at its old place in the queue."


def _solution(view: TicketView) -> str:
    """The words of the last solution: a summary that was written already is not asked for again (3.3.7)."""
    return next((e.what.solution for e in reversed(view.history) if isinstance(e.what, TicketResolved)), "")
