"""Any command of the core as one sub-command: the number becomes a ticket or a call, what was typed becomes the command's fields, and the
answer says what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from desk_client.cli.context import SAVED_HERE, Context
from desk_client.cli.output import Answer
from desk_client.cli.service_rows import Row
from desk_client.cli.service_table import ROWS
from desk_client.cli.service_values import About, instant, values
from desk_client.services.errors import DeskError, Missing, Refused
from desk_client.services.records import Saved, TicketView
from desk_client.services.words import changed_words, hint_words
from desk_core.commands import ASKS, Ask
from desk_core.references import parse
from desk_core.texts import problems

_A = TypeVar("_A", bound=Ask)
_STORED = "Stored here, not carried out yet: only the server can say what comes of it."


def carry_out(context: Context) -> Answer:
    """One sub-command of the table. What this machine refuses or does not know may only be old news: the server's news is read and it is
    tried once more."""
    try:
        return _carry_out(context)
    except (Missing, Refused):
        synced = context.sync()
        if synced is None or not synced.reached:
            raise
    return _carry_out(context)


def _carry_out(context: Context) -> Answer:
    row = ROWS[context.args.command]
    if row.command == "take":
        _claimable(context)
    about = _about(context, row)
    name, said = _chosen(context, row)
    ask = _ask(context, row, ASKS[name], about)
    stated = instant(context, about, context.args.stated) if context.args.stated is not None else None
    return give(context, ask, said, stated)


def _claimable(context: Context) -> None:
    """First find out whether the server is there: where it hands out the work, a claim that was sent into nothing would be carried out
    hours later."""
    synced = context.sync()
    mandated = context.client.lookup.world().policy.queue.start == "take_next"
    problem = context.client.tickets.why_not_take_next()
    if mandated and problem is not None and (synced is None or not synced.reached):
        raise problem


def _chosen(context: Context, row: Row) -> tuple[str, str]:
    typed = any(getattr(context.args, arg.field, None) is not None for arg in row.args if arg.flag)
    return row.otherwise if row.otherwise[0] and not typed else (row.command, row.said)


def _ask(context: Context, row: Row, kind: type[Ask], about: About) -> Ask | Callable[[str], Ask]:
    found: dict[str, Any] = {"ticket": about.ticket, "call": about.call.id if about.call is not None else ""}
    found = {name: value for name, value in found.items() if value}
    found |= values(context, about, row.args, context.args) | dict(row.fixed)
    known = {name: value for name, value in found.items() if name in kind.__struct_fields__}
    if row.numbered:
        return lambda reference: checked(kind(**known, reference=reference))
    return checked(kind(**known))


def checked(ask: _A) -> _A:
    """The command as it will travel. A text that cannot be stored is left to the core, which says so in its own sentence."""
    if any(problems(ask)):
        return ask
    try:
        return msgspec.json.decode(msgspec.json.encode(ask), type=type(ask))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise DeskError(f"This cannot be given so: {error}.", code="bad_args") from error


def _about(context: Context, row: Row) -> About:
    words = context.args.reference if row.about != "nothing" else []
    match row.about:
        case "nothing":
            return About()
        case "call":
            return About(call=context.call(words))
        case "either":
            return _either(context, words)
        case "any":
            found = context.client.tickets.by_reference("".join(words))
            return _of(found) if isinstance(found, TicketView) else About(ticket=found.stub.id)
        case _:
            return _of(context.ticket(words))


def _of(view: TicketView) -> About:
    return About(ticket=view.ticket.id, view=view)


def _either(context: Context, words: list[str]) -> About:
    """The ticket of a number, or the call that never became one; the member's own call that is still open belongs to it."""
    number = "".join(words)
    open_ = next((row.call for row in context.client.calls.open() if row.call.reference == parse(number)), None)
    try:
        found = context.client.tickets.by_reference(number)
    except Missing as error:
        call = open_ or context.client.calls.by_reference(number)
        if call is None:
            raise error from None
        return About(call=call)
    about = _of(found) if isinstance(found, TicketView) else About(ticket=found.stub.id)
    return about._replace(call=open_)


def give(context: Context, ask: Ask | Callable[[str], Ask], said: str, stated: dt.datetime | None = None) -> Answer:
    """Carry out, sync, and say what came of it; a refusal by the server is this command's refusal, and nothing of it stays behind."""
    saved = context.client.tickets.ask(ask, stated).result()
    context.sync()
    context.refused(saved.command)
    waiting = context.pending(saved.command)
    kind = type(ask) if isinstance(ask, Ask) else type(ask("0"))
    policy = context.client.lookup.world().policy
    text = str(getattr(ask, "text", "") or getattr(ask, "summary", ""))
    hints = [hint_words(policy, code, text) for code in saved.hints]
    data = {
        "reference": saved.reference or context.typed_number(),
        "ticket": saved.ticket,
        "id": saved.command,
        "decided": saved.decided,
        "sent": not waiting,
        "changed": saved.changed,
        "hints": [{"code": code, "text": words} for code, words in zip(saved.hints, hints, strict=True)],
    }
    return Answer(data, [*_came_of(saved, kind, said, waiting=waiting), *hints])


def _came_of(saved: Saved, kind: type[Ask], said: str, *, waiting: bool) -> list[str]:
    """What is said of a command. Only what can't be refused any more is called done before the server has said so."""
    if waiting and not saved.decided:
        return [_STORED]
    if waiting and not kind.captures:
        return [SAVED_HERE]
    lines = [said, changed_words(kind.name, saved.changed)]
    return [line for line in [*lines, SAVED_HERE if waiting else ""] if line]
