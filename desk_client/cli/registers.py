"""registers, register, add-entry, change-entry, absence, whom, specialists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from desk_client.cli.context import Context
from desk_client.cli.lines import INDENT
from desk_client.cli.output import Answer
from desk_client.cli.service_asks import give
from desk_client.cli.service_values import About, customer, day, instant
from desk_client.services.errors import DeskError
from desk_client.services.formats import full_date
from desk_client.services.i18n import tr
from desk_client.services.registers import Counted, Line
from desk_core.commands_of_service import AddEntry, ChangeEntry, EnterAbsence
from desk_core.hours import of
from desk_core.people import fold
from desk_core.policy_tables import Register
from desk_core.records import Value
from desk_core.references import grouped
from desk_core.routing import knows

_SHOWN = 8
"""Letters of a line's id that a list shows."""


def registers(context: Context) -> Answer:
    """``registers``."""
    context.sync()
    found = context.client.registers.all()
    data = [
        {
            "id": each.register.id,
            "title": each.register.title,
            "lines": each.lines,
            "overdue": each.overdue,
            "supervisors_only": each.register.supervisors_only,
            "rules": list(each.register.rules),
        }
        for each in found
    ]
    return Answer(data, [_counted_line(each) for each in found] or [tr("This desk keeps no registers.")])


def _counted_line(counted: Counted) -> str:
    register = counted.register
    lines = tr("%n lines", "", counted.lines, one="%n line")
    late = tr("{number} overdue", number=counted.overdue) if counted.overdue else ""
    closed = tr("supervisors only") if register.supervisors_only else ""
    return f"{register.id}  {register.title}: " + ", ".join(part for part in (lines, late, closed) if part)


def register(context: Context) -> Answer:
    """``register NAME [--overdue]``."""
    context.sync()
    service = context.client.registers
    lines = service.lines(" ".join(context.args.name), overdue=context.args.overdue)
    said = [text for line in lines for text in _lines(context, line)]
    return Answer([_data(line) for line in lines], said or [tr("There is nothing here.")])


def _data(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "id": entry.id,
        "register": entry.register,
        "at": entry.at,
        "values": {each.field: each.value for each in entry.values},
        "member": line.member,
        "subject": line.subject,
        "reference": line.reference,
        "due": entry.due,
        "begins": entry.begins,
        "ends": entry.ends,
        "decision": entry.decision,
        "decided_at": entry.decided_at,
        "history": list(entry.history),
        "overdue": line.overdue,
        "unsent": line.unsent,
    }


def _lines(context: Context, line: Line) -> list[str]:
    """A line: when, about whom, what is owed; its columns below it."""
    reader, entry = context.reader(), line.entry
    span = (
        tr("away from {begins} to {ends}", begins=reader.when(entry.begins), ends=reader.when(entry.ends))
        if entry.begins is not None and entry.ends is not None
        else ""
    )
    due = tr("due {when}", when=full_date(entry.due)) if entry.due else ""
    head = (
        reader.when(entry.at),
        line.subject,
        line.member,
        grouped(line.reference) if line.reference else "",
        span,
        due,
        tr("overdue") if line.overdue else "",
        tr("not sent yet") if line.unsent else "",
    )
    titles = {column.id: column.title for column in line.register.fields}
    columns = [f"{titles.get(each.field, each.field)}: {each.value}" for each in entry.values if each.value]
    decided = [tr("Decided: {decision}", decision=entry.decision)] if entry.decision else []
    said = [" ".join(each.split()) for each in (*columns, *decided)]
    return [f"{entry.id[:_SHOWN]}  {' · '.join(part for part in head if part)}", *(INDENT + each for each in said)]


def add_entry(context: Context) -> Answer:
    """``add-entry NAME``."""
    args, service = context.args, context.client.registers
    into = service.named(" ".join(args.name))
    ask = service.add(
        into.id,
        _values(into, args.values),
        member=context.client.lookup.member_named(args.member).id if args.member else "",
        subject=customer(context, args.customer) if args.customer else args.subject or "",
        ticket=context.ticket([args.ticket]).ticket.id if args.ticket else "",
        due=_due(context),
    )
    return _given(context, ask, tr("Added to “{title}”.", title=into.title))


def change_entry(context: Context) -> Answer:
    """``change-entry ID``."""
    args = context.args
    line = context.client.registers.line(args.entry)
    ask = ChangeEntry(
        entry=line.entry.id,
        values=_values(line.register, args.values),
        decision=args.decision or "",
        due=_due(context),
    )
    return _given(context, ask, tr("Decided.") if ask.decision else tr("Changed."))


def absence(context: Context) -> Answer:
    """``absence --from WHEN --to WHEN``."""
    args = context.args
    member = context.client.lookup.member_named(args.member) if args.member else context.member
    begins, ends = (instant(context, About(), typed) for typed in (args.begins, args.ends))
    ask = context.client.registers.absence(member.id, begins, ends, args.notice)
    return _given(context, ask, tr("The absence of {name} is entered.", name=member.name))


def _due(context: Context) -> dt.date | None:
    return day(context, About(), context.args.due) if context.args.due else None


def _given(context: Context, ask: AddEntry | ChangeEntry | EnterAbsence, said: str) -> Answer:
    answer = give(context, ask, said)
    return Answer({**answer.data, "entry": ask.entry}, answer.lines)


def _values(register: Register, typed: list[str]) -> tuple[Value, ...]:
    """``FIELD=VALUE``, each by id or title; what the register does not have goes on as typed, and the core says what would be right."""
    return tuple(_value(register, each) for each in typed)


def _value(register: Register, typed: str) -> Value:
    name, equals, said = typed.partition("=")
    if not equals:
        raise DeskError(f"“{typed}” says nothing of a column; write it as FIELD=VALUE.", code="bad_field")
    wanted = fold(name)
    column = next((each for each in register.fields if wanted in (fold(each.id), fold(each.title))), None)
    choices = column.choices if column is not None else ()
    value = next((choice for choice in choices if fold(choice) == fold(said)), said.strip())
    return Value(field=column.id if column is not None else name.strip(), value=value)


def whom(context: Context) -> Answer:
    """``whom QUESTION``: the matrix of who answers what (E-29)."""
    context.sync()
    found = context.client.registers.suggested(" ".join(context.args.name))
    data = [{"id": each.member.id, "name": each.member.name, "absent": each.absent} for each in found]
    lines = [each.member.name + (f" ({tr('absent')})" if each.absent else "") for each in found]
    return Answer(data, lines or [tr("Nobody answers this type of question.")])


def specialists(context: Context) -> Answer:
    """``specialists REF``: to whom the caller can be put through, those who know it first, and whether their office is open (H-03)."""
    ticket = context.ticket(context.args.ref).ticket
    about, members = context.client.lookup.specialists(ticket)
    now = context.client.status.now()
    policy = context.reader().policy
    data, said = [], []
    for each in members:
        hours = of(policy, each.office, now) if policy.office(each.office) is not None else None
        knowing, is_open = knows(each, about), hours is None or hours.open
        data.append({"id": each.id, "name": each.name, "login": each.login, "knows": knowing, "office_open": is_open})
        notes = (tr("knows this") if knowing else "", "" if is_open else tr("office closed"), each.phone)
        said.append(" · ".join((each.name, *filter(None, notes))))
    return Answer(data, said or [tr("No specialist of this department is here; go back and promise a call back.")])


COMMANDS: dict[str, Callable[[Context], Answer]] = {
    "registers": registers,
    "register": register,
    "add-entry": add_entry,
    "change-entry": change_entry,
    "absence": absence,
    "whom": whom,
    "specialists": specialists,
}
