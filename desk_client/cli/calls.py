"""log-call, call-begin, call, ticket."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from desk_client.cli.context import Context
from desk_client.cli.output import Answer
from desk_client.cli.service_asks import checked, give
from desk_client.cli.service_intake import form, moment
from desk_client.cli.service_values import named
from desk_client.services.errors import Missing
from desk_client.services.i18n import tr
from desk_client.services.records import Saved
from desk_client.services.words import hint_words
from desk_core import commands as c
from desk_core.commands_of_service import GiveName
from desk_core.decisions.gates import requirements
from desk_core.hours import Hours, offered
from desk_core.references import grouped, reference
from desk_core.wording import spoken_greeting

_NOT_USED = reference(0)
_USUAL_CALL, _USUAL_TICKET = "fault", "enquiry"


class _Times(NamedTuple):
    """When it rang, was answered and ended; None is now."""

    rang: dt.datetime | None
    answered: dt.datetime | None
    ended: dt.datetime | None


def _times(context: Context) -> _Times:
    args = context.args
    return _Times(*(moment(context, getattr(args, name, None)) for name in ("rang", "answered", "ended")))


def log_call(context: Context) -> Answer:
    """``log-call``: begun, logged, put through or promised a call back, told, ended; each on the disk before the next.

    The whole is rehearsed first: a begun call could not be discarded any more (H-08), and its number would be used.
    """
    args, client = context.args, context.client
    said, times = form(context, _USUAL_CALL), _times(context)
    office = said.pop("office", "")
    log = checked(c.LogCall(call="call", ticket="ticket", **said))
    member = client.lookup.member_named(args.put_through).id if args.put_through else ""
    way = "put_through" if member else ("call_back" if args.call_back or _way_owed(context, log.kind) else "")
    _rehearse(context, log, way, member, office, times)
    begun = client.calls.begin(args.phone or "", office=office, rang_at=times.rang, answered_at=times.answered).result()
    if not getattr(args, "json", False):
        sys.stdout.write(grouped(begun.reference) + "\n")
        sys.stdout.flush()
    if args.name_given:
        client.calls.name(begun.call).result()
    logged = client.calls.file(log, begun.call).result()
    lines = [*_hints(context, logged), *_go_on(context, logged, way, member)]
    if not args.not_told:
        client.calls.tell(begun.call).result()
    if times.ended is not None:
        client.calls.hang_up(begun.call, times.ended).result()
    client.calls.end(begun.call, not_told=args.not_told).result()
    synced = context.sync()
    sent = bool(synced and synced.reached and not synced.unsent)
    data = {
        "reference": begun.reference,
        "ticket": logged.ticket,
        "call": begun.call,
        "way": way,
        "sent": sent,
        "hints": list(logged.hints),
    }
    return Answer(data, [*lines, *context.saved_line(synced), *context.attention(logged.ticket)])


def _way_owed(context: Context, kind: str) -> bool:
    """Whether put through or call back must be chosen for such a ticket (H-13)."""
    policy = context.client.lookup.world().policy
    return "way_chosen" in requirements(policy, "call.ended", kind, channel="phone")


def _hints(context: Context, saved: Saved) -> list[str]:
    policy = context.client.lookup.world().policy
    return [hint_words(policy, code) for code in saved.hints]


def _rehearse(context: Context, log: c.LogCall, way: str, member: str, office: str, times: _Times) -> None:
    args, calls = context.args, context.client.calls
    asks: list[c.Ask] = [_began(context, args.phone or "", office, times), log]
    if args.name_given:
        asks.insert(1, GiveName(call="call"))
    if way == "put_through":
        asks.append(c.PutThrough(ticket="ticket", member=member))
    elif way == "call_back":
        asks.append(c.OfferCallBack(ticket="ticket"))
    asks.append(c.EndCall(call="call", not_told=args.not_told))
    problem = calls.rehearse(asks)
    if problem is not None:
        raise problem


def _began(context: Context, phone: str, office: str, times: _Times) -> c.BeginCall:
    now = context.client.status.now()
    rang = min(times.rang or times.answered or now, now)
    return c.BeginCall(call="call", reference=_NOT_USED, number=phone, office=office, rang_at=rang)


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


def begin(context: Context) -> Answer:
    """``call-begin``: the record of a call and its number, before anything else is known (H-08); what to say first (A-49)."""
    args, calls, times = context.args, context.client.calls, _times(context)
    problem = calls.rehearse([_began(context, args.phone, args.office, times)])
    if problem is not None:
        raise problem
    direction: Any = "out" if args.outgoing else "in"
    begun = calls.begin(
        args.phone, direction=direction, office=args.office, rang_at=times.rang, answered_at=times.answered
    ).result()
    synced = context.sync()
    data = {"reference": begun.reference, "call": begun.call}
    if args.outgoing:
        return Answer(data, [grouped(begun.reference), *context.saved_line(synced)])
    greeting = spoken_greeting(context.reader().policy, context.member)
    shown, lines = _open_now(context, args.office, times.rang)
    lines = [grouped(begun.reference), *filter(None, (greeting,)), *lines, *context.saved_line(synced)]
    return Answer({**data, "greeting": greeting, "hours": msgspec.to_builtins(shown)}, lines)


def _open_now(context: Context, office: str, rang: dt.datetime | None) -> tuple[Sequence[Hours], list[str]]:
    """The hours of the office that took the call; while it is closed, in words too, with the others that are open (A-08, H-06)."""
    reader = context.reader()
    shown = offered(reader.policy, office or reader.office or reader.policy.offices[0].id, rang or reader.now)
    lines = []
    for each in () if shown[0].open else shown:
        when = each.until if each.open else each.opens
        words = {"office": each.title, "when": reader.when(when, each.office) if when else "?"}
        said = tr("{office} is open until {when}.", **words) if each.open else ""
        lines.append(said or tr("{office} is closed until {when}.", **words))
    return shown, lines


def ticket(context: Context) -> Answer:
    """``ticket``: one that did not come by phone, with a number of this machine."""
    args, client = context.args, context.client
    said, new = form(context, _USUAL_TICKET), client.tickets.new_id()
    received = moment(context, args.received) or client.status.now()
    channel = named(client.lookup.world().policy.channels, args.channel)

    def make(number: str) -> c.Ask:
        return checked(c.CreateTicket(ticket=new, reference=number, channel=channel, received_at=received, **said))

    answer = give(context, make, "", received if args.received else None)
    return Answer(answer.data, [grouped(answer.data["reference"]), *answer.lines])


def phone(context: Context) -> Answer:
    """``call`` while no window is open: the record is made here."""
    args = context.args
    begun = context.client.calls.phone(args.event, args.id, args.number).result()
    synced = context.sync()
    data = {"reference": begun.reference, "call": begun.call, "event": args.event}
    return Answer(data, [grouped(begun.reference), *context.saved_line(synced)])
