"""log-call and call."""

from __future__ import annotations

import sys

from desk_client.cli.context import Context
from desk_client.cli.output import Answer
from desk_client.services.errors import Missing
from desk_client.services.records import Saved
from desk_core import commands as c
from desk_core.references import grouped, reference
from desk_core.tickets import Fault

_NOT_USED = reference(0)


def log_call(context: Context) -> Answer:
    """``log-call``: begun, logged, put through or promised a call back, told, ended; each on the disk before the next.

    The whole is rehearsed first: a begun call could not be discarded any more (H-08), and its number would be used.
    """
    args, client = context.args, context.client
    category, words = client.lookup.class_named(args.classification) if args.classification.strip() else ("", "")
    member = client.lookup.member_named(args.put_through).id if args.put_through else ""
    log = c.LogCall(
        call="call",
        ticket="ticket",
        kind=args.kind,
        fault=_fault(context),
        category=category,
        classification=words,
        title=args.title,
        department=client.lookup.department_named(args.department) if args.department else "",
    )
    way = "put_through" if member else ("call_back" if args.call_back or args.kind == "fault" else "")
    _rehearse(context, log, way, member)
    begun = client.calls.begin(args.phone, office=args.office).result()
    if not getattr(args, "json", False):
        sys.stdout.write(grouped(begun.reference) + "\n")
        sys.stdout.flush()
    logged = client.calls.log(
        begun.call,
        log.fault,
        kind=log.kind,
        category=category,
        classification=words,
        title=log.title,
        department=log.department,
    ).result()
    lines = _go_on(context, logged, way, member)
    if not args.not_told:
        client.calls.tell(begun.call).result()
    client.calls.end(begun.call, not_told=args.not_told).result()
    synced = context.sync()
    sent = bool(synced and synced.reached and not synced.unsent)
    data = {"reference": begun.reference, "ticket": logged.ticket, "call": begun.call, "way": way, "sent": sent}
    return Answer(data, [*lines, *context.saved_line(synced), *context.attention(logged.ticket)])


def _fault(context: Context) -> Fault:
    args = context.args
    return Fault(
        caller=args.caller,
        company=args.company,
        phone=args.phone,
        product=args.product,
        serial=args.serial,
        description=args.fault,
    )


def _rehearse(context: Context, log: c.LogCall, way: str, member: str) -> None:
    args, calls = context.args, context.client.calls
    now = context.client.status.now()
    asks: list[c.Ask] = [
        c.BeginCall(call="call", reference=_NOT_USED, number=args.phone, office=args.office, rang_at=now),
        log,
    ]
    if way == "put_through":
        asks.append(c.PutThrough(ticket="ticket", member=member))
    elif way == "call_back":
        asks.append(c.OfferCallBack(ticket="ticket"))
    asks.append(c.EndCall(call="call", not_told=args.not_told))
    problem = calls.rehearse(asks)
    if problem is not None:
        raise problem


def _go_on(context: Context, logged: Saved, way: str, member: str) -> list[str]:
    """The two ways after a fault is saved (H-13): put through, else a call back is owed."""
    client = context.client
    if way == "put_through":
        client.tickets.put_through(logged.ticket, member).result()
        names = {m.id: m.name for m in client.lookup.members()}
        return [f"Put through to {names.get(member, 'a colleague')}."]
    if way != "call_back":
        return []
    client.tickets.offer_call_back(logged.ticket).result()
    promised = ""
    try:
        whys = client.why.of_ticket(logged.ticket)
        due = client.why.due(whys[-1]) if whys else ""
        promised = f" by {due}" if due else ""
    except Missing:
        pass
    alone = "" if context.args.call_back else "The caller was not put through: "
    owed = f"call back by a specialist is owed{promised}."
    if not promised:
        owed = "specialist calls back; that is not guaranteed, because no contract and no warranty was found (H-05)."
    return [f"{alone}{'a' if alone else 'A'} {owed}"]


def phone(context: Context) -> Answer:
    """``call`` while no window is open: the record is made here."""
    args = context.args
    begun = context.client.calls.phone(args.event, args.id, args.number).result()
    synced = context.sync()
    data = {"reference": begun.reference, "call": begun.call, "event": args.event}
    return Answer(data, [grouped(begun.reference), *context.saved_line(synced)])
