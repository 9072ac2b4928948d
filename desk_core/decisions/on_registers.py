"""Registers, absences and what surveys brought (A-14, A-20, E-25, E-36, E-37, H-26, K-12)."""

from __future__ import annotations

import re
from typing import Final

from desk_core import registers, scope
from desk_core.commands_of_service import AddEntry, AnswerSurvey, ChangeEntry, EnterAbsence
from desk_core.decisions.apply_service import with_values
from desk_core.decisions.context import Context, known_member, needed, seen_ticket, stop, supervisor_only
from desk_core.decisions.outcome import Decided
from desk_core.events_of_service import EntryAdded, EntryChanged, SurveyAnswered
from desk_core.policy_tables import Register
from desk_core.records import Entry, Value
from desk_core.texts import blank

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")


def _register(ctx: Context, register_id: str) -> Register:
    register = ctx.in_force.register(register_id)
    if register is None:
        choices = ", ".join(each.id for each in ctx.in_force.registers) or "none"
        stop("unknown_register", "register", value=register_id, choices=choices)
    if scope.closed(register) and not scope.keeps_closed(ctx.actor):
        stop("only_supervisor")
    return register


def _check_values(register: Register, values: tuple[Value, ...]) -> None:
    columns = {field.id: field for field in register.fields}
    for each in values:
        column = columns.get(each.field)
        if column is None:
            stop("unknown_field", "values", value=each.field, choices=", ".join(columns))
        if column.choices and each.value not in column.choices:
            choices = ", ".join(column.choices)
            stop("unknown_choice", each.field, value=each.value, title=column.title, choices=choices)
    written = {each.field for each in values if not blank(each.value)}
    missing = next((column for column in register.fields if column.needed and column.id not in written), None)
    if missing is not None:
        stop("missing_field", missing.id, title=missing.title, rules="")


def add_entry(ctx: Context, ask: AddEntry) -> Decided:
    """A line with its columns checked; the same line twice is one. A line about a ticket says something of its content, so that only who
    may see the ticket writes it (P20)."""
    register = _register(ctx, ask.register)
    if ask.ticket:
        seen_ticket(ctx, ask.ticket)
    if ask.member and ctx.view.member(ask.member) is None:
        stop("unknown_member", "member", value=ask.member)
    if ctx.view.entry(ask.entry) is not None:
        return ctx.story.decided(changed="known_already", entry=ask.entry)
    _check_values(register, ask.values)
    entry = Entry(
        id=ask.entry,
        register=register.id,
        at=ctx.at,
        member=ask.member,
        subject=ask.subject,
        ticket=ask.ticket,
        values=ask.values,
        due=ask.due,
    )
    ctx.story.entry(None, EntryAdded(entry=entry))
    return ctx.story.decided(entry=entry.id)


def change_entry(ctx: Context, ask: ChangeEntry) -> Decided:
    """What was decided on a line, or what it should say; the former words stay in its history."""
    before = ctx.view.entry(ask.entry)
    if before is None:
        stop("no_such_entry", "entry")
    register = _register(ctx, before.register)
    if before.ticket:
        seen_ticket(ctx, before.ticket)
    values = with_values(before.values, ask.values)
    _check_values(register, values)
    changed = Entry(
        id=before.id,
        register=before.register,
        at=before.at,
        member=before.member,
        subject=before.subject,
        ticket=before.ticket,
        values=values,
        due=ask.due or before.due,
        begins=before.begins,
        ends=before.ends,
        decision=ask.decision or before.decision,
        decided_at=ctx.at if ask.decision else before.decided_at,
    )
    ctx.story.entry(before, EntryChanged(entry=changed))
    return ctx.story.decided(entry=before.id)


def enter_absence(ctx: Context, ask: EnterAbsence) -> Decided:
    """One's own, or a colleague's by a supervisor. A notice names another address; a long absence without one is warned of (E-36, E-37)."""
    rule = ctx.policy.absence
    if rule is None:
        stop("unknown_register", "register", value="absence", choices="none")
    if ctx.view.entry(ask.entry) is not None:
        return ctx.story.decided(changed="known_already", entry=ask.entry)
    member = known_member(ctx, ask.member)
    if member.id != ctx.actor.id:
        supervisor_only(ctx)
    if ask.ends <= ask.begins:
        stop("bad_absence", "ends")
    own = member.email.casefold()
    named = [each for each in _ADDRESS.findall(ask.notice) if each.casefold().strip(".") != own]
    if not blank(ask.notice) and not named:
        stop("notice_without_address", "notice")
    if blank(ask.notice) and registers.needs_notice(ctx.policy, ask.begins, ask.ends):
        ctx.story.hint("notice_needed")
    entry = Entry(
        id=ask.entry,
        register=rule.register,
        at=ctx.at,
        member=member.id,
        begins=ask.begins,
        ends=ask.ends,
        values=(Value(field="notice", value=ask.notice),),
    )
    ctx.story.entry(None, EntryAdded(entry=entry))
    return ctx.story.decided(entry=entry.id)


def answer_survey(ctx: Context, ask: AnswerSurvey) -> Decided:
    """What was answered, in one of the ways in which this survey is asked (H-26)."""
    ticket = seen_ticket(ctx, ask.ticket)
    survey = next((each for each in ctx.policy.surveys if each.id == ask.survey), None)
    if survey is None:
        choices = ", ".join(each.id for each in ctx.policy.surveys) or "none"
        stop("no_such_survey", "survey", value=ask.survey, choices=choices)
    if ask.mode not in survey.modes:
        stop("survey_mode", "mode", choices=", ".join(survey.modes))
    if not any(not blank(each) for each in ask.answers):
        needed("", "missing_text", "answers")
    what = SurveyAnswered(survey=survey.id, mode=ask.mode, answers=ask.answers)
    ticket = ctx.story.ticket(ticket, what)
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference)
