"""The facts of what happened itself, where the state of a ticket does not tell it any more: messages, replies, ways, surveys, measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from desk_core.calls import Call
from desk_core.events import Event, PutThrough, PutThroughNotPossible, ReplySent
from desk_core.events_base import What
from desk_core.events_of_service import (
    CallEscalated,
    ComplaintDecided,
    ComplaintMeasureDone,
    ComplaintStageOpened,
    MessageMade,
    SurveyAnswered,
    SurveyOwed,
    TicketEscalated,
)
from desk_core.facts import Fact, Parts, make, narrowed, parts_of, parts_of_call, zone_of
from desk_core.people import fold
from desk_core.policy import Policy
from desk_core.policy_tables import Kpi, Survey
from desk_core.tickets import Ticket
from desk_core.wording import reply_refusal

_Found = Iterator[tuple[str, str, str, int | None]]
"""The figure, the number, the result, the seconds."""


def kinds_of(policy: Policy) -> frozenset[str]:
    """The names of the events that may make facts under a policy."""
    judged = (str(kind.__struct_config__.tag) for kind in _JUDGES)
    return frozenset((*judged, *(name for kpi in policy.kpis for name in kpi.counts)))


def of_event(policy: Policy, event: Event, ticket: Ticket | None, call: Call | None = None) -> Iterator[Fact]:
    """The facts of an event of a ticket or a call as it is now; a later one may take the place of an earlier one by its key."""
    if ticket is not None:
        parts, reference, subject = parts_of(ticket), ticket.reference, ticket.id
    elif call is not None:
        parts, reference, subject = parts_of_call(call, None), call.reference, call.id
    else:
        return
    zone = zone_of(policy, parts.office)
    for figure, number, result, seconds in _found(policy, event, ticket):
        own = _own(event, parts)
        yield make(policy, figure, subject, (result, event.at, zone, seconds), own, reference=reference, number=number)


def _own(event: Event, parts: Parts) -> Parts:
    """A survey is asked and answered by a mode, which is its channel (H-26)."""
    what = event.what
    if isinstance(what, SurveyOwed | SurveyAnswered):
        return msgspec.structs.replace(parts, channel=what.mode)
    return parts


def _found(policy: Policy, event: Event, ticket: Ticket | None) -> _Found:
    judge = _JUDGES.get(type(event.what))
    for kpi in policy.kpis:
        if ticket is not None and not narrowed(kpi, ticket):
            continue
        if event.kind in kpi.counts and _of_step(kpi, event.what):
            yield kpi.id, event.id, "counted", None
        if judge is not None:
            yield from judge(policy, kpi, event, ticket)
    if judge is _asked:
        for survey in policy.surveys:
            yield from _survey(survey.id, survey, event)


def _of_step(kpi: Kpi, what: What) -> bool:
    """A figure may be about one step of the ladder, or one stage of complaints, alone."""
    if isinstance(what, TicketEscalated | CallEscalated):
        return not kpi.step or what.step == kpi.step
    return not (isinstance(what, ComplaintStageOpened) and kpi.stage) or what.stage == kpi.stage


def _message(policy: Policy, kpi: Kpi, event: Event, _: Ticket | None) -> _Found:
    what = event.what
    if not isinstance(what, MessageMade):
        return
    lag = max(0, int((event.recorded_at - event.at).total_seconds()))
    if what.message in kpi.messages:
        yield kpi.id, event.id, "met" if what.to else "missed", lag
    sender = next((each.address for each in policy.addresses if each.shared and each.address == what.sender), "")
    if kpi.copies and sender:
        yield kpi.id, event.id, "met" if sender in what.copies else "missed", None


def _reply(policy: Policy, kpi: Kpi, event: Event, ticket: Ticket | None) -> _Found:
    what = event.what
    if kpi.wording and isinstance(what, ReplySent):
        right = reply_refusal(policy, what.text, ticket) is None
        yield kpi.id, event.id, "met" if right else "missed", None


def _way(_: Policy, kpi: Kpi, event: Event, __: Ticket | None) -> _Found:
    if kpi.put_through and isinstance(event.what, PutThrough | PutThroughNotPossible):
        yield kpi.id, event.id, "met" if isinstance(event.what, PutThrough) else "missed", None


def _measure(_: Policy, kpi: Kpi, event: Event, __: Ticket | None) -> _Found:
    """Each measure of an outside decision, running until it was carried out (K-29)."""
    if kpi.measures and isinstance(event.what, ComplaintDecided):
        for number in range(len(event.what.measures)):
            yield kpi.id, str(number), "running", None
    if kpi.measures and isinstance(event.what, ComplaintMeasureDone):
        yield kpi.id, str(event.what.number), "met", None


def _asked(policy: Policy, kpi: Kpi, event: Event, _: Ticket | None) -> _Found:
    for survey in policy.surveys:
        if survey.id == kpi.survey:
            yield from _survey(kpi.id, survey, event)


def _survey(figure: str, survey: Survey, event: Event) -> _Found:
    """Who was asked and has not answered is running; an answer is met when the survey calls it good (A-07, E-24)."""
    what = event.what
    if isinstance(what, SurveyOwed) and what.survey == survey.id:
        yield figure, "", "running", None
    if isinstance(what, SurveyAnswered) and what.survey == survey.id:
        good = {fold(each) for each in survey.good}
        yield figure, "", "not_measurable" if not good else "met" if fold(what.answers[0]) in good else "missed", None


_JUDGES: Final[dict[type[What], Callable[[Policy, Kpi, Event, Ticket | None], _Found]]] = {
    MessageMade: _message,
    ReplySent: _reply,
    PutThrough: _way,
    PutThroughNotPossible: _way,
    ComplaintDecided: _measure,
    ComplaintMeasureDone: _measure,
    SurveyOwed: _asked,
    SurveyAnswered: _asked,
}
