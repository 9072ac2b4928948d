"""What time alone does to a ticket: warnings, missed promises and the steps of the ladder that follow, promises broken (TS-12, A-25,
A-41, A-44, H-14). The server's jobs let it happen; a client shows what its clocks say and decides nothing by it."""

from __future__ import annotations

import datetime as dt
import uuid

from desk_core import clocks
from desk_core import events as e
from desk_core.commands import Command
from desk_core.commands_base import Ask
from desk_core.decisions import notices
from desk_core.decisions.on_escalation import escalated, lies_above
from desk_core.decisions.outcome import Decided, Story
from desk_core.events_of_service import EntryOverdue, PromiseBroken, SurveyOwed
from desk_core.falling_due import Act, next_act
from desk_core.policy import Policy
from desk_core.policy_tables import Survey
from desk_core.records import Entry
from desk_core.tickets import Ticket
from desk_core.views import View

_NAMES = uuid.UUID("0f4dbe7c-3c1e-5f7a-9d57-6a0a6b1c2d3e")


def act_id(*about: object) -> str:
    """The id of a command of the server's jobs: always the same for what it is about, so that nothing is done twice."""
    return str(uuid.uuid5(_NAMES, "/".join(str(each) for each in about)))


def policy_for(view: View, ticket: Ticket) -> Policy:
    """The policy that rules a ticket: the version in which it was opened (A-01)."""
    if ticket.policy_version in ("", view.policy.head.version):
        return view.policy
    return view.policy_at(ticket.policy_version)


def time_act(view: View, ticket: Ticket, now: dt.datetime) -> Decided | None:
    """The one thing that falls due first on a ticket, when that has passed at ``now``: it happened at its own moment and is recorded now.
    None while nothing has fallen due. Asked again after it was applied, it does not happen twice."""
    policy = policy_for(view, ticket)
    act = next_act(policy, ticket)
    if act is None or act.at >= now:
        return None
    clock = ticket.clocks[act.number] if act.kind != "promise" else None
    calendar = clock.calendar if clock is not None else _house(policy, ticket)
    silent = ticket.imported_at is not None and act.at < ticket.imported_at
    command = Command(
        id=act_id(ticket.id, act.kind, act.number, act.detail), ask=Ask(), actor="", issued_at=now, stated_at=act.at
    )
    story = Story(
        view.policy, command, None, now, view, silent=silent, not_before=notices.opening(policy, calendar, now)
    )
    match act.kind:
        case "warning":
            # Of a promise whose deadline has passed as well there is worse news.
            late = clock is not None and clock.deadline is not None and clock.deadline < now
            _warn(story, view, policy, ticket, act, quiet=silent or late)
        case "promise":
            story.ticket(ticket, PromiseBroken(id=act.subject), functions=())
        case "breach":
            _miss(story, view, policy, ticket, act, quiet=silent)
    return story.decided(ticket=ticket.id)


def time_acts(view: View, ticket: Ticket, now: dt.datetime) -> Decided:
    """All that time does to one ticket until ``now``, each at its own moment and in order, also after a long outage."""
    done = Decided(result={"ticket": ticket.id})
    while (acted := time_act(view, ticket, now)) is not None:
        ticket = acted.tickets[ticket.id]
        done = Decided(
            events=done.events + acted.events, tickets=done.tickets | acted.tickets, calls={}, result=done.result
        )
    return done


def ask_for_survey(view: View, survey: Survey, ticket: Ticket, at: dt.datetime, now: dt.datetime) -> Decided:
    """It is the turn of the ticket's customer in a survey by interval: recorded on the newest ticket (A-17, H-26, K-11)."""
    policy = view.policy
    command = Command(
        id=act_id("survey", survey.id, ticket.customer, at.isoformat()),
        ask=Ask(),
        actor="",
        issued_at=now,
        stated_at=at,
    )
    held = notices.opening(policy, _house(policy, ticket), now)
    story = Story(policy, command, None, now, view, not_before=held)
    customer = view.customer(ticket.customer)
    to = ticket.email
    if customer is not None:
        to = customer.end_contact if survey.to == "end_customer" else customer.email or to
    story.ticket(ticket, SurveyOwed(survey=survey.id, mode=survey.modes[0], to=to), functions=())
    return story.decided(ticket=ticket.id)


def overdue_id(entry: Entry, since: dt.datetime) -> str:
    """The id of the event that an entry is overdue since then."""
    return f"{act_id('overdue', entry.id, since.isoformat())}/0"


def find_overdue(view: View, entry: Entry, since: dt.datetime, now: dt.datetime) -> Decided:
    """The line of a register is overdue since ``since`` (A-21, E-25)."""
    command = Command(
        id=act_id("overdue", entry.id, since.isoformat()), ask=Ask(), actor="", issued_at=now, stated_at=since
    )
    story = Story(view.policy, command, None, now, view)
    story.entry(entry, EntryOverdue())
    return story.decided(entry=entry.id)


def _house(policy: Policy, ticket: Ticket) -> str:
    """The calendar of the ticket's office, else of the policy's first one."""
    office = policy.office(ticket.office) or next(iter(policy.offices), None)
    return office.calendar if office is not None else ""


def _warn(story: Story, view: View, policy: Policy, ticket: Ticket, act: Act, *, quiet: bool) -> None:
    near = e.DeadlineNear(clock=act.subject, warning=act.detail)
    change = e.ClockWarned(clock=act.subject, warning=act.detail)
    ticket = story.ticket(ticket, near, functions=(), changes=(change,))
    for notice in notices.of_warning(view, policy, ticket, near, act.at) if not quiet else ():
        ticket = story.ticket(ticket, notice)


def _miss(story: Story, view: View, policy: Policy, ticket: Ticket, act: Act, *, quiet: bool) -> None:
    change = next(each for each in clocks.breaches(ticket, _FOREVER) if each.clock == act.subject)
    owed = next((each.id for each in policy.obligations if each.clock == act.subject), "")
    passed = e.DeadlinePassed(clock=act.subject, obligation=owed)
    ticket = story.ticket(ticket, passed, functions=(), changes=(change,))
    for notice in notices.of_breach(view, policy, ticket, passed, act.at) if not quiet else ():
        ticket = story.ticket(ticket, notice)
    rule = policy.clock(act.subject)
    step = policy.step(rule.on_breach.escalate) if rule is not None and rule.on_breach is not None else None
    if step is not None and ticket.active and lies_above(policy, ticket, step):
        story.ticket(ticket, escalated(view, step, ticket, act.at, "", act.subject), functions=())


_FOREVER = dt.datetime.max.replace(tzinfo=dt.UTC)
