"""What a ticket is, in the words of the window and of the terminal: state, kind, class, holder, entitlement, promises, unsent work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from desk_client.services.formats import date_time, full_date, hours_minutes, month, weekday
from desk_client.services.formats import phone_words as phone_words
from desk_client.services.i18n import from_core, tr
from desk_client.services.records import Unsent
from desk_client.services.service_words import service_command_words
from desk_core import wording
from desk_core.clock_changes import Moved
from desk_core.clocks import why_none
from desk_core.explanation_texts import deadline_reading, display_deadline
from desk_core.files import is_program, size_words
from desk_core.policy import Policy
from desk_core.tickets import Clock, Entitlement, Status, Ticket

# --- what it is ---------------------------------------------------------------------------------------------------------------


def status_words(status: Status) -> str:
    """The state of a ticket."""
    match status:
        case "open":
            return tr("Open")
        case "waiting_customer":
            return tr("Waiting for the customer")
        case "resolved":
            return tr("Solved")
        case _:
            return tr("Closed")


def entitlement_words(found: Entitlement) -> str:
    """What the customer was entitled to when the call came in (H-05, H-12)."""
    until = full_date(found.until) if found.until else ""
    if found.entitled:
        words = tr("{title} until {date}", title=found.title, date=until) if until else found.title
        return words or tr("Entitled")
    if until:
        return tr("{title} ended {date}", title=found.title, date=until)
    if found.source == "none":
        return tr("No contract, no warranty")
    return tr("Entitlement not known")


def kind_words(policy: Policy, ticket: Ticket) -> str:
    """Kind and class: ``Fault · Printhead · hardware``."""
    kind, category = policy.kind(ticket.kind), policy.category(ticket.category)
    given = category.title if category else ticket.classification
    return " · ".join((kind.title if kind else ticket.kind, given or tr("no class yet")))


def holder_words(member: str, names: Mapping[str, str], holder: str) -> str:
    """Who has it, seen by ``member``; ``names`` are members by id."""
    if not holder:
        return tr("nobody holds it")
    if holder == member:
        return tr("you hold it")
    return tr("held by {name}", name=names.get(holder) or tr("a colleague"))


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


# --- where it is --------------------------------------------------------------------------------------------------------------


def department_title(policy: Policy, department: str) -> str:
    """What a department is called."""
    found = policy.department(department)
    return found.title if found else department


def office_title(policy: Policy, office: str) -> str:
    """What an office is called."""
    found = policy.office(office)
    return found.title if found else office


def office_zone(policy: Policy, office: str) -> ZoneInfo:
    """The zone of an office, the first one's when there is no such office."""
    found = policy.office(office) or policy.offices[0]
    return ZoneInfo(policy.calendar(found.calendar).spec.zone)


def place_of(policy: Policy, calendar: str) -> str:
    """Whose time a calendar keeps: the offices that use it, else its own title."""
    offices = [office.title for office in policy.offices if office.calendar == calendar]
    return " / ".join(offices) or policy.calendar(calendar).spec.title


def zone_of(policy: Policy, clock: Clock) -> ZoneInfo:
    """The zone in which a clock counts and is shown (TS-10)."""
    return ZoneInfo(policy.calendar(clock.calendar).spec.zone)


# --- promises -----------------------------------------------------------------------------------------------------------------


def due_words(deadline: dt.datetime, zone: ZoneInfo, now: dt.datetime) -> str:
    """A deadline in its calendar's time, as briefly as today allows; the end of a day is 24:00 (TS-4)."""
    day, time = deadline_reading(deadline, zone)
    local = now.astimezone(zone).date()
    if day == local:
        return time
    if day.year == local.year:
        return tr("{day} {date} {month} {time}", day=weekday(day), date=day.day, month=month(day), time=time)
    return tr(
        "{day} {date} {month} {year} {time}",
        day=weekday(day), date=day.day, month=month(day), year=day.year, time=time,
    )  # fmt: skip


def promise_words(policy: Policy, clock: Clock, now: dt.datetime) -> str:
    """Until when a promise runs, or ran; "" when it has no deadline and when it does not apply."""
    if clock.state in ("exempt", "refused"):
        return ""
    if clock.deadline is not None:
        when = due_words(clock.deadline, zone_of(policy, clock), now)
        return tr("due {when}", when=when) if clock.owed else tr("was due {when}", when=when)
    return tr("no deadline until the pause ends") if clock.state == "paused" else ""


def ended_words(clock: Clock) -> str:
    """How a promise ended, or why it does not apply (A-03, K-10); "" while it is owed."""
    if clock.state == "exempt":
        return tr("does not apply")
    if clock.state == "refused":
        return tr("ended with the help that was refused")
    if clock.stopped_at is None:
        return ""
    if clock.state == "met":
        return tr("kept, learnt late") if clock.learnt_late else tr("kept")
    late = int((clock.stopped_at - (clock.deadline or clock.stopped_at)).total_seconds() // 60)
    return tr("done {time} late", time=hours_minutes(late)) if late else tr("done late")


def clock_words(policy: Policy, clock: Clock, now: dt.datetime) -> str:
    """How a promise stands in full: until when, paused or late while it is owed, or how it ended."""
    late = clock.state == "missed" or (clock.deadline is not None and clock.deadline < now)
    stands = ""
    if clock.stopped_at is None and clock.state == "paused":
        stands = tr("paused") if clock.deadline is not None else ""
    elif clock.stopped_at is None and clock.state in ("running", "missed"):
        stands = tr("late") if late else ""
    failsafe = tr("it began because what should have begun it was missed") if clock.failsafe else ""
    words = (promise_words(policy, clock, now), stands, ended_words(clock), failsafe)
    rule = policy.clock(clock.id)
    unset = rule.unset_note if rule is not None and clock.owed else ""
    return ", ".join(word for word in words if word) or unset or tr("no deadline")


def clock_state_words(state: str) -> str:
    """How a clock stands in a word; "" while it simply runs."""
    known = {
        "paused": tr("paused"),
        "met": tr("kept"),
        "missed": tr("missed"),
        "exempt": tr("does not apply"),
        "refused": tr("ended with the help that was refused"),
    }
    return known.get(state, "")


def promised(policy: Policy, clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """The promises among a ticket's clocks, in every state; what only measures is none (H-06, E-36)."""
    measuring = {rule.id for rule in policy.clocks if rule.measure}
    return tuple(clock for clock in clocks if clock.id not in measuring)


def outcome_words(outcome: str) -> str:
    """Why a call has no ticket, or that it has one (H-08); "" while its record is not finished."""
    known = {
        "logged": tr("it became a ticket"),
        "abandoned": tr("the caller gave up"),
        "not_entitled": tr("the caller was not entitled"),
        "wrong_number": tr("wrong number"),
        "no_ticket_needed": tr("no ticket was needed"),
    }
    return known.get(outcome, outcome)


def moved_words(move: Moved, zone: ZoneInfo) -> str:
    """That a deadline was computed anew, and why, in the time of its calendar (TS-13, H-35)."""
    old, new = (display_deadline(at, zone, from_core) if at is not None else tr("none") for at in (move.old, move.new))
    if move.event == "calendar.revised":
        return tr("Dates of the calendar were corrected: the deadline moved from {old} to {new}.", old=old, new=new)
    return tr("The deadline moved from {old} to {new}.", old=old, new=new)


def nothing_promised(policy: Policy, ticket: Ticket) -> str:
    """Why no promise runs, as a sentence."""
    reason = why_none(policy, ticket)
    if reason == "no_clocks":
        return tr("Nobody promised anything here, because this desk's policy makes no promises.")
    if reason == "not_entitled":
        return tr(
            "Nobody promised anything here, because neither a contract nor a warranty ran on the day of the call ({rules}).",
            rules=", ".join(entitlement_rules(policy)),
        )
    titles = ", ".join(tr("“{title}”", title=clock.title) for clock in policy.clocks)
    return tr("Nobody promised anything here, because what starts {promises} has not happened.", promises=titles)


def entitlement_rules(policy: Policy) -> tuple[str, ...]:
    """The rules that say who is promised anything (H-05)."""
    return tuple(dict.fromkeys(rule for each in policy.entitlements for rule in each.rules))


def file_words(name: str, size: int) -> str:
    """What is said of a file that was attached; of a program also that it is one (R39, C33)."""
    if is_program(name):
        return tr(
            "attached {name}, {size}: a program, to be saved only by who expects it", name=name, size=size_words(size)
        )
    return tr("attached {name}, {size}", name=name, size=size_words(size))


# --- unsent work --------------------------------------------------------------------------------------------------------------


def command_words(name: str) -> str:
    """What a command is called in the list of unsent work."""
    known = {
        "begin_call": tr("Call begun"),
        "answer_call": tr("Call answered"),
        "hang_up": tr("Call hung up"),
        "tell_call": tr("Number and class told"),
        "end_call": tr("Call finished"),
        "log_call": tr("Call logged"),
        "create_ticket": tr("Ticket made"),
        "correct_fault": tr("Details corrected"),
        "classify": tr("Classified"),
        "take_next": tr("Take next"),
        "give_back": tr("Given back"),
        "reply": tr("Reply to the customer"),
        "add_note": tr("Note"),
        "log_time": tr("Time logged"),
        "hand_over": tr("Handed over"),
        "put_through": tr("Put through"),
        "offer_call_back": tr("Call back promised"),
        "attempt_call_back": tr("Called back"),
        "request_information": tr("Question to the customer"),
        "wait_for_customer": tr("Waits for the customer"),
        "customer_answers": tr("The customer answered"),
        "resolve": tr("Resolved"),
        "close": tr("Closed"),
        "reopen": tr("Reopened"),
        "transfer": tr("Transferred"),
        "move_office": tr("Moved to another office"),
        "attach_file": tr("File attached"),
    }
    return known.get(name) or service_command_words(name)


def changed_words(command: str, code: str) -> str:
    """What was done otherwise than was asked; "" when nothing was."""
    if code == "not_counted" and command == "acknowledge_complaint":
        return tr("It is on record, but what was spoken does not keep the promise of a written confirmation.")
    known = {
        "not_counted": tr("It is on record, but only a specialist's call keeps the promise."),
        "new_number": tr(
            "The number was taken already; it has another one now, and the one that was told stays valid."
        ),
        "sent_to_department": tr("It is sent to the department that the ticket belongs to."),
        "lease_expired": tr(
            "It was not sent: you were offline too long, and the ticket went back to the queue. It is a draft for whoever has it now."
        ),
        "taken_meanwhile": tr("Somebody else had taken it before this arrived; what you did on it is kept as a draft."),
        "kept_as_note": tr("It was not sent: somebody else has the ticket. It is kept there as a draft."),
        "joined": tr("It joined the ticket whose number it quotes."),
    }
    return known.get(code, "")


def hint_words(policy: Policy, code: str, text: str = "") -> str:
    """A hint as a sentence: what was asked for and is not there, or could be better; it refuses nothing (A-51). ``text`` is what was
    written."""
    found = wording.hint(policy, code, text)
    template = wording.HINTS.get(found.code) or wording.REFUSALS.get(found.code, found.text)
    params = dict(found.params)
    if "deadline" in params:
        # The core writes an instant as data does; a person reads it as all others.
        params["deadline"] = date_time(dt.datetime.strptime(params["deadline"], "%Y-%m-%d %H:%M %z"))
    return from_core(template, params)


def unsent_words(item: Unsent) -> str:
    """How far an unsent item is."""
    return {
        "waiting": tr("not sent yet"),
        "sent": tr("sent, no answer yet"),
        "held": tr("waits for the one that needs attention"),
        "refused": tr("needs attention"),
        "sending": tr("its file is still being sent"),
    }[item.state]
