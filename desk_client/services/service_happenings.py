"""What happens to a ticket beyond its first answer, in words: mail, triage, escalation, plans, complaints, surveys, refused help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from desk_client.services.formats import date_time, full_date
from desk_client.services.i18n import tr
from desk_client.services.words import department_title
from desk_core import events_of_service as s
from desk_core.events import Happening
from desk_core.policy import Policy
from desk_core.records import PlanStep, Value


class Told(NamedTuple):
    """What somebody did, in the words of who did it, and whether the customer reads them."""

    what: str
    body: str = ""
    letter: bool = False


class _Titled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


def title_of(rows: Iterable[_Titled], row_id: str) -> str:
    """The title of a row of the policy; its id when the policy does not have it or gives it no title."""
    return next((row.title for row in rows if row.id == row_id), "") or row_id


def value_words(policy: Policy, values: Iterable[Value]) -> str:
    """Fields with what they say, each in a line."""
    lines = []
    for each in values:
        field = policy.field(each.field)
        said = title_of(field.choices, each.value) if field is not None else each.value
        lines.append(tr("{field}: {value}", field=field.title if field is not None else each.field, value=said))
    return "\n".join(lines)


def plan_words(name: Callable[[str], str], steps: Iterable[PlanStep]) -> str:
    """The steps of an action plan, counted from 1."""
    return "\n".join(
        tr(
            "{number}. {what} — {who}, until {date}",
            number=n,
            what=each.what,
            who=name(each.owner),
            date=full_date(each.due),
        )
        for n, each in enumerate(steps, 1)
    )


class ServiceTelling:
    """Puts the events of the service into words; ``name`` gives the name of a member, ``local`` a moment in the ticket's place."""

    def __init__(self, policy: Policy, name: Callable[[str], str], local: Callable[[dt.datetime], dt.datetime]) -> None:
        self._policy, self._name, self._local = policy, name, local

    def tell(self, what: Happening) -> Told | None:
        """The words, or None for an event of another kind."""
        for words in (self._mail, self._state, self._ladder, self._complaint, self._further, self._asked):
            told = words(what)
            if told is not None:
                return told
        return None

    def _mail(self, what: Happening) -> Told | None:
        match what:
            case s.MailReceived(sender=sender, text=text):
                return Told(tr("A mail came from {sender}", sender=sender), text)
            case s.MessageMade(message=message, to=to) if to:
                title = title_of(self._policy.messages, message)
                return Told(tr("The message “{title}” goes to {to}", title=title, to=to))
            case s.MessageMade(message=message):
                title = title_of(self._policy.messages, message)
                return Told(tr("The message “{title}” can't go out: there is no address", title=title))
            case s.MessageLeft(role=role, text=text):
                return Told(tr("took down a message for {role}", role=title_of(self._policy.roles, role)), text)
            case s.CallNamed():
                return Told(tr("gave the own name"))
            case s.CallEscalated(role=role):
                return Told(tr("noted that the caller wants {role}", role=title_of(self._policy.roles, role)))
            case _:
                return None

    def _state(self, what: Happening) -> Told | None:
        policy = self._policy
        match what:
            case s.FieldsSet(values=values):
                return Told(tr("filled in"), value_words(policy, values))
            case s.TimescaleSet(timescale=timescale):
                return Told(tr("agreed on “{amount}” with the customer", amount=timescale))
            case s.TicketTriaged(category=category, department=department):
                titles = title_of(policy.categories, category), department_title(policy, department)
                return Told(tr("triaged it: {category}, {department}", category=titles[0], department=titles[1]))
            case s.TicketApproved():
                return Told(tr("approved it"))
            case s.TicketRejected():
                return Told(tr("rejected it"))
            case s.TicketExempted(exemption=exemption, contract=contract):
                title = title_of(policy.exemptions, exemption)
                return Told(tr("took it out of the charter: {title}", title=title), contract)
            case s.TicketIncluded(reason=reason):
                return Told(tr("put it under the charter again"), reason)
            case s.TicketMarkedCommon(common=common):
                return Told(tr("marked it as a common issue") if common else tr("marked it as no common issue"))
            case s.NextIssue():
                return Told(tr("The customer's issue before this one is done: it is this one's turn"))
            case _:
                return None

    def _ladder(self, what: Happening) -> Told | None:
        policy = self._policy
        match what:
            case s.TicketEscalated(step=step, role=role, member=member, reason=reason):
                who = self._name(member) or title_of(policy.roles, role)
                return Told(tr("Escalated to “{step}”: {who}", step=title_of(policy.ladder, step), who=who), reason)
            case s.PlanSet(steps=steps):
                return Told(tr("wrote the action plan"), plan_words(self._name, steps))
            case s.PlanAgreed():
                return Told(tr("agreed the action plan"))
            case s.PromiseMade(promise=promise, due=due):
                return Told(tr("promised something by {when}", when=date_time(self._local(due))), promise)
            case s.PromiseKept():
                return Told(tr("kept a promise"))
            case s.PromiseBroken():
                return Told(tr("The moment of a promise passed, and it was not kept"))
            case _:
                return None

    def _complaint(self, what: Happening) -> Told | None:
        match what:
            case s.ComplaintFiled(complaint=complaint):
                title = title_of(self._policy.complaints, complaint.kind)
                return Told(tr("A complaint arrived: {title}", title=title), complaint.summary)
            case s.ComplaintAcknowledged(spoken=spoken):
                told = tr("confirmed its receipt by voice") if spoken else tr("confirmed its receipt in writing")
                return Told(told)
            case s.ComplaintUpdated(text=text):
                return Told(tr("told how the investigation goes"), text, letter=True)
            case s.ComplaintUpdateReceived(deemed=deemed):
                known = tr("The customer is taken to have the first update")
                return Told(known if deemed else tr("The customer has the first update"))
            case s.ComplaintAnswered(text=text):
                return Told(tr("answered the complaint"), text, letter=True)
            case _:
                return None

    def _further(self, what: Happening) -> Told | None:
        match what:
            case s.ComplaintStageOpened(stage=stage, reason=reason):
                stages = [each for rule in self._policy.complaints for each in rule.stages]
                return Told(tr("The complaint goes further: {stage}", stage=title_of(stages, stage)), reason)
            case s.ComplaintDecided(measures=measures):
                return Told(tr("noted the decision of an outside body"), "\n".join(measures))
            case s.ComplaintMeasureDone(number=number):
                return Told(tr("carried out measure {number}", number=number + 1))
            case s.ComplaintInformationComplete():
                return Told(tr("noted that all information is there"))
            case s.ComplaintRecordsChecked():
                return Told(tr("looked through the call records"))
            case s.ComplaintAnalysed(text=text):
                return Told(tr("analysed the complaint"), text)
            case _:
                return None

    def _asked(self, what: Happening) -> Told | None:
        policy = self._policy
        match what:
            case s.SurveyOwed(survey=survey, mode=mode, to=to):
                nobody = "" if to or mode != "email" else tr("Nobody can be asked: there is no address.")
                return Told(tr("The survey “{title}” is owed", title=title_of(policy.surveys, survey)), nobody)
            case s.SurveyAnswered(survey=survey, answers=answers):
                title = title_of(policy.surveys, survey)
                return Told(tr("noted the answers to “{title}”", title=title), "\n".join(answers))
            case s.RefusalProposed(conduct=conduct, facts=facts):
                kinds = policy.refusal.conduct if policy.refusal is not None else ()
                return Told(tr("proposed to refuse help: {conduct}", conduct=title_of(kinds, conduct)), facts)
            case s.RefusalApproved(approved=approved):
                return Told(tr("refused help") if approved else tr("did not refuse help"))
            case _:
                return None
