"""What is overdue in registers, who is drawn for a survey, when an absence needs a notice (A-17, A-21, E-25, E-36, K-11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from desk_core.clocks import UNSET
from desk_core.durations import parse_amount
from desk_core.people import Customer, Member, fold
from desk_core.policy import Policy
from desk_core.policy_tables import Register, Survey
from desk_core.records import Entry
from desk_core.tickets import Ticket
from desk_core.zones import CalendarError


def overdue(register: Register, entries: Iterable[Entry], today: dt.date) -> tuple[Entry, ...]:
    """The lines that are past their date without a decision, and the last line of each subject that is longer ago than ``every``."""
    lines = [entry for entry in entries if entry.register == register.id]
    late = [entry for entry in lines if entry.due is not None and entry.due < today and not entry.decision]
    interval = days(register.every)
    if interval is None:
        return tuple(late)
    newest: dict[str, Entry] = {}
    for entry in sorted(lines, key=lambda each: each.at):
        newest[entry.subject or entry.member] = entry
    late += [e for e in newest.values() if (today - e.at.date()).days > interval and e not in late]
    return tuple(late)


def overdue_since(register: Register, entry: Entry) -> dt.date | None:
    """The first day on which a line that :func:`overdue` names is overdue."""
    if entry.due is not None and not entry.decision:
        return entry.due + dt.timedelta(days=1)
    interval = days(register.every)
    return entry.at.date() + dt.timedelta(days=interval + 1) if interval is not None else None


def untrained(policy: Policy, ticket: Ticket, member: Member, entries: Iterable[Entry], today: dt.date) -> str:
    """The topic that the ticket's category asks for and that the member has no valid training in; else "" (A-16, A-27)."""
    category = policy.category(ticket.category)
    if category is None or category.training is None:
        return ""
    return "" if trained(entries, member.id, category.training.topic, today) else category.training.topic


def trained(entries: Iterable[Entry], member: str, topic: str, today: dt.date) -> bool:
    """Whether a line says that the member learnt this, and its date has not passed."""
    return any(
        entry.member == member
        and any(value.field == "topic" and fold(value.value) == fold(topic) for value in entry.values)
        and (entry.due is None or entry.due >= today)
        for entry in entries
    )


def turn(survey: Survey, first: dt.datetime, last: dt.datetime, asked: dt.datetime | None) -> dt.datetime | None:
    """When it is a customer's turn in a survey by interval: so long after having been asked, or after the first ticket; with
    ``only_users`` not again before the customer ``last`` used the desk after that (K-11). None for a survey without an interval."""
    interval = days(survey.every)
    if interval is None:
        return None
    at = (asked or first) + dt.timedelta(days=interval)
    if asked is None or not survey.only_users:
        return at
    return max(at, last) if last > asked else None


def days(every: str) -> int | None:
    """The days of an interval as ``90 calendar days``; None when it is not set in the policy."""
    if every == UNSET:
        return None
    amount = parse_amount(every)
    if amount.unit not in ("calendar_days", "calendar_days_end"):
        raise CalendarError(f'"{every}" is no interval; write for example "90 calendar days".')
    return amount.days


def drawn(
    survey: Survey,
    customers: Iterable[Customer],
    tickets: Iterable[Ticket],
    last_asked: Mapping[str, dt.datetime],
    now: dt.datetime,
) -> tuple[Customer, ...]:
    """The customers whose turn it is in a survey by interval: asked longer ago than that, or never; with ``only_users`` those alone
    who had a ticket in that time (A-17, K-11). None while the interval is not set."""
    interval = days(survey.every)
    if interval is None:
        return ()
    since = now - dt.timedelta(days=interval)
    users = {ticket.customer for ticket in tickets if since <= ticket.changed_at <= now}
    first = {
        ticket.customer: ticket.received_at for ticket in sorted(tickets, key=lambda t: t.received_at, reverse=True)
    }
    return tuple(
        customer
        for customer in customers
        if (customer.id in users or not survey.only_users)
        and last_asked.get(customer.id, first.get(customer.id, now)) < since
    )


def needs_notice(policy: Policy, begins: dt.datetime, ends: dt.datetime) -> bool:
    """Whether an absence is longer than the policy's threshold, counted in the calendar of its measuring clock (E-36)."""
    rule = policy.clock(policy.absence.clock) if policy.absence is not None else None
    if rule is None or not isinstance(rule.calendar, str):
        return False
    limit = policy.calendar(rule.calendar).add(begins, parse_amount(rule.amount)).at
    return limit is not None and policy.calendar(rule.calendar).open_seconds_between(limit, ends) > 0
