"""What a ticket is, as chips: tone and words of its state, entitlement and promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desk_client.services.formats import date_time
from desk_client.services.words import ended_words, entitlement_words, promise_words, promised, status_words, zone_of
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.queue.board import SOON_SECONDS, STATES
from desk_client.ui.queue.countdown import countdown
from desk_client.ui.queue.row import OpenTime
from desk_client.ui.tokens import Tone
from desk_core.decisions.on_handover import call_back_roles, is_specialist
from desk_core.policy import Policy
from desk_core.tickets import Clock, Entitlement, Stub, Ticket


@dataclass(frozen=True, slots=True)
class Mark:
    """A chip: tone, words, and whether it carries a check mark."""

    tone: Tone
    words: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """One clock of a ticket: its chip, what was promised, until when, and by which rules."""

    clock: str
    mark: Mark
    title: str
    due: str
    owed: bool


def state_mark(ticket: Ticket | Stub) -> Mark:
    """The state as a chip."""
    tone = Tone.FINE if ticket.status in ("open", "resolved") else Tone.PAUSED
    return Mark(tone, status_words(ticket.status), settled=ticket.status in ("resolved", "closed"))


def entitlement_mark(found: Entitlement) -> Mark:
    """What the customer was entitled to when the call came in (H-05, H-12)."""
    words = entitlement_words(found)
    if found.entitled:
        return Mark(Tone.FINE, words, settled=True)
    return Mark(Tone.SOON if found.until or found.source == "none" else Tone.PAUSED, words)


def promises(desk: Desk, ticket: Ticket, now: dt.datetime) -> tuple[Promise, ...]:
    """The newest clock of each promise, what is owed first."""
    policy = desk.policy_of(ticket.policy_version)
    newest = list({clock.id: clock for clock in promised(policy, ticket.clocks)}.values())
    newest.sort(key=lambda clock: (not clock.owed, clock.deadline or now))
    return tuple(_promise(policy, clock, now) for clock in newest)


def _promise(policy: Policy, clock: Clock, now: dt.datetime) -> Promise:
    return Promise(clock.id, clock_mark(policy, clock, now), clock.title, promise_words(policy, clock, now), clock.owed)


def clock_mark(policy: Policy, clock: Clock, now: dt.datetime) -> Mark:
    """The chip of a clock: what is left, how late it is, or how it ended."""
    if clock.stopped_at is not None and clock.state != "exempt":
        kept = clock.state == "met"
        return Mark(Tone.FINE if kept else Tone.LATE, ended_words(clock), settled=kept)
    calendar = policy.calendar(clock.calendar)
    open_time = OpenTime(0.0, None)
    if clock.state == "running" and clock.deadline is not None and now < clock.deadline:
        opening = None if calendar.is_open(now) else calendar.next_open(now)
        left = calendar.open_seconds_between(now, clock.deadline)
        open_time = OpenTime(left, opening.astimezone(zone_of(policy, clock)) if opening else None)
    chip = countdown(now, clock.deadline, open_time, STATES[clock.state], SOON_SECONDS)
    return Mark(chip.tone, chip.words or tr("no deadline"))


def full_words(at: dt.datetime, place: str) -> str:
    """An instant without any doubt: local time with date and place, for tooltips and screen readers (55)."""
    utc = at.astimezone(dt.UTC)
    return tr(
        "{when} {year}, {place} time ({utc} UTC)", when=date_time(at), year=at.year, place=place, utc=f"{utc:%H:%M:%S}"
    )


def call_back_warning(desk: Desk) -> str:
    """What somebody has to know whose call back does not keep the promise (H-15); empty for those whose call does."""
    if is_specialist(desk.policy, desk.member):
        return ""
    return tr(
        "Your call is noted, but the promise runs on: only a call by a {role} keeps it ({rules}).",
        role=_role_titles(desk.policy),
        rules=call_back_rules(desk.policy),
    )


def call_back_rules(policy: Policy) -> str:
    """The rules of the promises that only a role's call keeps."""
    return ", ".join(dict.fromkeys(r for clock in policy.clocks if any(s.by for s in clock.stops) for r in clock.rules))


def _role_titles(policy: Policy) -> str:
    wanted = call_back_roles(policy)
    return " / ".join(role.title for role in policy.roles if role.id in wanted)


def role_words(role: str) -> str:
    """What a role is called."""
    return {
        "agent": tr("agent"),
        "supervisor": tr("supervisor"),
        "manager": tr("manager"),
        "admin": tr("administrator"),
    }.get(role, role)
