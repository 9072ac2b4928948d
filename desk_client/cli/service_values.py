"""How what was typed becomes a value of a command: names to ids, times to instants; what nobody knows goes on as typed, and the core's own
sentence says what would be right."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

import msgspec

from desk_client.cli.context import Context
from desk_client.services.errors import DeskError, Missing, Refused
from desk_client.services.i18n import tr
from desk_client.services.records import TicketView
from desk_client.services.words import office_zone
from desk_core.calls import Call
from desk_core.events import TicketResolved
from desk_core.people import fold
from desk_core.policy import Policy
from desk_core.records import PlanStep, Value
from desk_core.references import grouped
from desk_core.tickets import Fault, Ticket


class About(NamedTuple):
    """What a command is about: the id of a ticket, the ticket itself when it is in scope, the call."""

    ticket: str = ""
    view: TicketView | None = None
    call: Call | None = None

    @property
    def whole(self) -> Ticket | None:
        """The ticket, when it is here."""
        return self.view.ticket if self.view is not None else None


class _Row(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


Typed = Any
Turn = Callable[[Context, About, Typed], Any]


def _policy(context: Context) -> Policy:
    return context.client.lookup.world().policy


def named(rows: Iterable[_Row], typed: str) -> str:
    """The id of the row with this id or title; what nobody has stays as it was typed."""
    wanted = fold(typed)
    return next((row.id for row in rows if wanted in (fold(row.id), fold(row.title))), typed)


# --- times --------------------------------------------------------------------------------------------------------------------


def _zone(context: Context) -> ZoneInfo:
    return office_zone(_policy(context), context.member.office)


def instant(context: Context, _about: About, typed: Typed) -> dt.datetime:
    """A moment: ISO with a zone, or ``2026-05-13 16:15``, a day, or today's ``16:15`` in the member's own zone."""
    zone, text = _zone(context), str(typed).strip()
    try:
        if ":" in text and "-" not in text and "T" not in text:
            today = context.client.status.now().astimezone(zone).date()
            return dt.datetime.combine(today, dt.time.fromisoformat(text), zone).astimezone(dt.UTC)
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _no_moment(
            "bad_time", "moment", text, "2026-05-13 16:15, or with a zone as 2026-05-13T16:15+02:00"
        ) from error
    return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(dt.UTC)


def day(_context: Context, _about: About, typed: Typed) -> dt.date:
    """A day as ``2026-05-13``."""
    try:
        return dt.date.fromisoformat(str(typed).strip())
    except ValueError as error:
        raise _no_moment("bad_date", "day", str(typed), "2026-05-13") from error


def _no_moment(code: str, what: str, typed: str, right: str) -> DeskError:
    return DeskError(f"“{typed}” is no {what} that can be read; write it as {right}.", code=code)


def instant_or_now(context: Context, about: About, typed: Typed) -> dt.datetime:
    """A moment, now when nothing was typed."""
    return context.client.status.now() if typed is None else instant(context, about, typed)


def timescale(context: Context, about: About, typed: Typed) -> str:
    """An amount as it is, or ``until`` an instant, which may be typed in the member's zone."""
    words = str(typed).strip()
    if not words.startswith("until "):
        return words
    return f"until {instant(context, about, words.removeprefix('until ')).isoformat()}"


# --- names --------------------------------------------------------------------------------------------------------------------


def category(context: Context, _about: About, typed: Typed) -> str:
    """A class of the policy, else the words as typed."""
    found, words = context.client.lookup.class_named(str(typed))
    return found or words


def _class_words(context: Context, _about: About, _typed: Typed) -> str:
    return context.client.lookup.class_named(context.args.category)[1]


def _step(context: Context, about: About, typed: Typed) -> str:
    """A step by id or title; the next one above what the ticket reached when nothing was typed."""
    steps = _policy(context).ladder
    if typed is not None:
        return named(steps, str(typed))
    reached = {each.step for each in about.whole.escalations} if about.whole is not None else set()
    last = max((number for number, step in enumerate(steps) if step.id in reached), default=-1)
    return next((step.id for step in steps[last + 1 :]), steps[-1].id if steps else "")


def _button_step(context: Context, about: About, _typed: Typed) -> str:
    """The step that has a button; the first of the ladder in a policy without one."""
    steps = _policy(context).ladder
    return next((step.id for step in steps if step.button), _step(context, about, None))


def _stage(context: Context, about: About, typed: Typed) -> str:
    complaint = about.whole.complaint if about.whole is not None else None
    rule = _policy(context).complaint(complaint.kind) if complaint is not None else None
    return named(rule.stages if rule is not None else (), str(typed))


def _address(context: Context, _about: About, typed: Typed) -> str:
    """A shared address of the desk by id, title or as it is written in a mail."""
    addresses = _policy(context).addresses
    written = next((each.id for each in addresses if fold(each.address) == fold(str(typed))), "")
    return written or named(addresses, str(typed))


def _conduct(context: Context, _about: About, typed: Typed) -> str:
    rule = _policy(context).refusal
    return named(rule.conduct if rule is not None else (), str(typed))


def customer(context: Context, typed: str) -> str:
    """The id of the customer with this id or name. Raises ``Missing``."""
    found = [match.customer for match in context.client.lookup.by_company(typed)]
    exact = [each for each in found if fold(each.name) == fold(typed)] or found
    if len(exact) == 1:
        return exact[0].id
    if exact:
        names = ", ".join(each.name for each in exact)
        raise Missing(f"More than one customer is called “{typed}”: {names}.", code="ambiguous_customer")
    try:
        return context.client.lookup.customer(typed).customer.id
    except Missing as error:
        raise Missing(f"There is no customer called “{typed}” at this desk.", code="unknown_customer") from error


def fields(context: Context, _about: About, typed: Typed) -> tuple[Value, ...]:
    """``FIELD=VALUE``, each by id or title."""
    return tuple(_field(_policy(context), str(each)) for each in typed)


def _field(policy: Policy, typed: str) -> Value:
    name, equals, said = typed.partition("=")
    if not equals:
        raise DeskError(f"“{typed}” says nothing of a field; write it as FIELD=VALUE.", code="bad_field")
    field = named(policy.fields, name.strip())
    rule = policy.field(field)
    return Value(field=field, value=named(rule.choices if rule is not None else (), said.strip()))


# --- what only the ticket knows -----------------------------------------------------------------------------------------------


def _whole(context: Context, about: About, typed: Typed) -> str:
    return context.client.tickets.whole_reply(str(typed), about.whole)


def _summary(_context: Context, about: About, typed: Typed) -> str:
    """The words of the last solution stand in for a summary: what was written already is not asked for again (3.3.7)."""
    if typed is not None and str(typed).strip():
        return str(typed)
    history = about.view.history if about.view is not None else ()
    found = next((e.what.solution for e in reversed(history) if isinstance(e.what, TicketResolved)), "")
    if found.strip():
        return found
    reference = grouped(about.whole.reference) if about.whole is not None else ""
    said = (
        f'Say in a few words how it ended: desk-client close {reference} --summary "…"; '
        "only a solution that was given before can stand in for it."
    )
    raise Refused("missing_text", said, ("summary",))


def _referral(context: Context, _about: About, typed: Typed) -> str:
    return str(typed) if typed is not None else tr("Referred by {name}.", name=context.member.name)


def _corrected(context: Context, about: About, _typed: Typed) -> Fault:
    old = about.whole.fault if about.whole is not None else Fault()
    typed = {name: getattr(context.args, name, None) for name in Fault.__struct_fields__}
    return msgspec.structs.replace(old, **{name: said for name, said in typed.items() if said is not None})


def _promise(_context: Context, about: About, typed: Typed) -> str:
    """A promise by its number in ``show``; the only open one when nothing was typed."""
    made = about.whole.promises if about.whole is not None else ()
    if typed is not None:
        number = _counted(str(typed))
        return made[number].id if 0 <= number < len(made) else str(typed)
    open_ = [each.id for each in made if each.kept_at is None]
    if len(open_) > 1:
        raise Missing("More than one promise is open: say which one with --number.", code="which_promise")
    return next(iter(open_), "")


def _counted(typed: str) -> int:
    """People count from 1, the core from 0; what is no number is none of them."""
    return int(typed) - 1 if typed.strip().isascii() and typed.strip().isdigit() and len(typed) < 6 else -1


def _plan(context: Context, about: About, typed: Typed) -> tuple[PlanStep, ...]:
    return tuple(
        PlanStep(what=what, owner=context.client.lookup.member_named(who).id, due=day(context, about, until))
        for what, who, until in typed
    )


def _joined(typed: str) -> str:
    """A word of the core from one that people type: ``in person`` is ``in_person``."""
    return "_".join(typed.casefold().replace("-", " ").split())


def _number(_context: Context, _about: About, typed: Typed) -> int:
    """A whole number as typed; anything else becomes one that the rule refuses with its own sentence."""
    return _counted(str(typed)) + 1


def _ticket(context: Context, _about: About, typed: Typed) -> str:
    """The id of the ticket with this number, also of one of which only the stub is here."""
    found = context.client.tickets.by_reference(str(typed))
    return found.ticket.id if isinstance(found, TicketView) else found.stub.id


VALUES: dict[str, Turn] = {
    "text": lambda _c, _a, typed: str(typed),
    "yes": lambda _c, _a, typed: typed,
    "no": lambda _c, _a, typed: typed,
    "texts": lambda _c, _a, typed: tuple(typed),
    "articles": lambda _c, _a, typed: tuple(typed),
    "number": _number,
    "measure": lambda _c, _a, typed: _counted(str(typed)),
    "instant": instant,
    "instant_or_now": instant_or_now,
    "date": day,
    "timescale": timescale,
    "ticket": _ticket,
    "member": lambda c, _a, typed: c.client.lookup.member_named(typed).id,
    "department": lambda c, _a, typed: c.client.lookup.department_named(typed),
    "office": lambda c, _a, typed: named(_policy(c).offices, typed),
    "category": category,
    "class_words": _class_words,
    "kind": lambda c, _a, typed: named(_policy(c).kinds, typed),
    "channel": lambda c, _a, typed: named(_policy(c).channels, typed),
    "customer_kind": lambda c, _a, typed: named(_policy(c).ticket.customer_kinds, typed),
    "customer_named": lambda c, _a, typed: customer(c, typed),
    "role": lambda c, _a, typed: named(_policy(c).roles, typed),
    "message": lambda c, _a, typed: named(_policy(c).messages, typed),
    "survey": lambda c, _a, typed: named(_policy(c).surveys, typed),
    "mode": lambda _c, _a, typed: _joined(str(typed).replace("e-mail", "email")),
    "outcome": lambda _c, _a, typed: _joined(str(typed)),
    "exemption": lambda c, _a, typed: named(_policy(c).exemptions, typed),
    "address": _address,
    "step": _step,
    "button_step": _button_step,
    "stage": _stage,
    "conduct": _conduct,
    "fields": fields,
    "plan": _plan,
    "whole": _whole,
    "summary": _summary,
    "referral": _referral,
    "corrected": _corrected,
    "promise": _promise,
    "fresh": lambda c, _a, _typed: c.client.tickets.new_id(),
    "mail_id": lambda c, _a, typed: str(typed) if typed is not None else c.client.tickets.new_id(),
}


def values(context: Context, about: About, args: Iterable[Any], typed: argparse.Namespace) -> dict[str, Any]:
    """The fields that were typed or that are known without typing."""
    found: dict[str, Any] = {}
    for arg in args:
        said = getattr(typed, arg.field, None) if arg.flag else None
        if said is not None or arg.always:
            found[arg.field] = VALUES[arg.kind](context, about, said)
    return found
