"""What a ticket is, in the words of the window: state, kind, class, holder, entitlement, promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale

from desk_client.ui.desk import Desk
from desk_client.ui.formats import date_time, hours_minutes
from desk_client.ui.i18n import tr
from desk_client.ui.queue.board import SOON_SECONDS
from desk_client.ui.queue.countdown import countdown
from desk_client.ui.queue.row import ClockState, OpenTime
from desk_client.ui.tokens import Tone
from desk_core.clocks import why_none
from desk_core.decisions.on_handover import call_back_roles, is_specialist
from desk_core.explanation_texts import deadline_reading
from desk_core.people import phone_display
from desk_core.policy import Policy
from desk_core.tickets import Clock, Entitlement, Fault, Stub, Ticket

_SHORT = QLocale.FormatType.ShortFormat


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
    match ticket.status:
        case "open":
            return Mark(Tone.FINE, tr("Open"))
        case "waiting_customer":
            return Mark(Tone.PAUSED, tr("Waiting for the customer"))
        case "resolved":
            return Mark(Tone.FINE, tr("Solved"), settled=True)
        case _:
            return Mark(Tone.PAUSED, tr("Closed"), settled=True)


def entitlement_mark(found: Entitlement) -> Mark:
    """What the customer was entitled to when the call came in (H-05, H-12)."""
    until = date_words(found.until) if found.until else ""
    if found.entitled:
        words = tr("{title} until {date}", title=found.title, date=until) if until else found.title
        return Mark(Tone.FINE, words or tr("Entitled"), settled=True)
    if until:
        return Mark(Tone.SOON, tr("{title} ended {date}", title=found.title, date=until))
    if found.source == "none":
        return Mark(Tone.SOON, tr("No contract, no warranty"))
    return Mark(Tone.PAUSED, tr("Entitlement not known"))


def date_words(day: dt.date) -> str:
    """``30 Jun 2027``."""
    return tr("{date} {month} {year}", date=day.day, month=QLocale().monthName(day.month, _SHORT), year=day.year)


def day_words(at: dt.datetime) -> str:
    """``Tue 9 Jun``."""
    day, month = QLocale().dayName(at.isoweekday(), _SHORT), QLocale().monthName(at.month, _SHORT)
    return tr("{day} {date} {month}", day=day, date=at.day, month=month)


def kind_words(policy: Policy, ticket: Ticket) -> str:
    """Kind and class: ``Fault · Printhead · hardware``."""
    kind, category = policy.kind(ticket.kind), policy.category(ticket.category)
    given = category.title if category else ticket.classification
    return " · ".join((kind.title if kind else ticket.kind, given or tr("no class yet")))


def holder_words(desk: Desk, ticket: Ticket) -> str:
    """Who has it."""
    if not ticket.holder:
        return tr("nobody holds it")
    if ticket.holder == desk.member.id:
        return tr("you hold it")
    return tr("held by {name}", name=desk.member_name(ticket.holder) or tr("a colleague"))


def channel_words(channel: str) -> str:
    """How it came."""
    words = {
        "phone": tr("by phone"),
        "email": tr("by e-mail"),
        "mail": tr("by e-mail"),
        "web": tr("by web form"),
        "letter": tr("by letter"),
        "portal": tr("by the portal"),
    }
    return words.get(channel, channel)


def phone_words(fault: Fault) -> str:
    """The number in readable groups; as it was typed when it has no international form (H-18)."""
    return phone_display(fault.phone_e164) if fault.phone_e164 else fault.phone


def due_words(deadline: dt.datetime, zone: ZoneInfo, now: dt.datetime) -> str:
    """A deadline in its calendar's time, as briefly as today allows; the end of a day is 24:00 (TS-4)."""
    day, time = deadline_reading(deadline, zone)
    local = now.astimezone(zone).date()
    if day == local:
        return time
    name, month = QLocale().dayName(day.isoweekday(), _SHORT), QLocale().monthName(day.month, _SHORT)
    if day.year == local.year:
        return tr("{day} {date} {month} {time}", day=name, date=day.day, month=month, time=time)
    return tr("{day} {date} {month} {year} {time}", day=name, date=day.day, month=month, year=day.year, time=time)


def zone_of(policy: Policy, clock: Clock) -> ZoneInfo:
    """The zone in which a clock counts and is shown (TS-10)."""
    return ZoneInfo(policy.calendar(clock.calendar).spec.zone)


def place_of(policy: Policy, calendar: str) -> str:
    """Whose time a calendar keeps: the offices that use it, else its own title."""
    offices = [office.title for office in policy.offices if office.calendar == calendar]
    return " / ".join(offices) or policy.calendar(calendar).spec.title


def promises(desk: Desk, ticket: Ticket, now: dt.datetime) -> tuple[Promise, ...]:
    """The newest clock of each promise, what is owed first."""
    newest = list({clock.id: clock for clock in ticket.clocks}.values())
    newest.sort(key=lambda clock: (not clock.owed, clock.deadline or now))
    return tuple(_promise(desk.policy, clock, now) for clock in newest)


def _promise(policy: Policy, clock: Clock, now: dt.datetime) -> Promise:
    due = ""
    if clock.deadline is not None:
        when = due_words(clock.deadline, zone_of(policy, clock), now)
        due = tr("due {when}", when=when) if clock.owed else tr("was due {when}", when=when)
    elif clock.state == "paused":
        due = tr("no deadline until the pause ends")
    return Promise(clock.id, clock_mark(policy, clock, now), clock.title, due, clock.owed)


def clock_mark(policy: Policy, clock: Clock, now: dt.datetime) -> Mark:
    """The chip of a clock: what is left, how late it is, or how it ended."""
    if clock.stopped_at is not None:
        if clock.state == "met":
            return Mark(Tone.FINE, tr("kept, learnt late") if clock.learnt_late else tr("kept"), settled=True)
        late = int((clock.stopped_at - (clock.deadline or clock.stopped_at)).total_seconds() // 60)
        return Mark(Tone.LATE, tr("done {time} late", time=hours_minutes(late)) if late else tr("done late"))
    calendar = policy.calendar(clock.calendar)
    open_time = OpenTime(0.0, None)
    if clock.state == "running" and clock.deadline is not None and now < clock.deadline:
        opening = None if calendar.is_open(now) else calendar.next_open(now)
        left = calendar.open_seconds_between(now, clock.deadline)
        open_time = OpenTime(left, opening.astimezone(zone_of(policy, clock)) if opening else None)
    state = {"running": ClockState.RUNNING, "paused": ClockState.PAUSED, "missed": ClockState.BREACHED}[clock.state]
    chip = countdown(now, clock.deadline, open_time, state, SOON_SECONDS)
    return Mark(chip.tone, chip.words or tr("no deadline"))


def nothing_promised(policy: Policy, ticket: Ticket) -> str:
    """Why no promise runs, as a sentence."""
    reason = why_none(policy, ticket)
    if reason == "no_clocks":
        return tr("Nobody promised anything here, because this desk's policy makes no promises.")
    if reason == "not_entitled":
        rules = ", ".join(dict.fromkeys(rule for each in policy.entitlements for rule in each.rules))
        return tr(
            "Nobody promised anything here, because neither a contract nor a warranty ran on the day of the call ({rules}).",
            rules=rules,
        )
    titles = ", ".join(tr("“{title}”", title=clock.title) for clock in policy.clocks)
    return tr("Nobody promised anything here, because what starts {promises} has not happened.", promises=titles)


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
