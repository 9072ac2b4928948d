"""What a ticket carries beside its fault, as lines of words: what is owed, escalations, plan, promises, complaint, fields, messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desk_client.services.formats import date_time_year, full_date
from desk_client.services.i18n import tr
from desk_client.services.records import TicketView
from desk_client.services.service_happenings import plan_words, title_of, value_words
from desk_client.services.words import department_title, office_zone
from desk_core.decisions.complaint_forms import evidence_missing
from desk_core.events_of_service import MessageMade
from desk_core.obligations import Owed, owed
from desk_core.policy import Policy
from desk_core.policy_tables import ComplaintRule
from desk_core.records import Complaint
from desk_core.tickets import Ticket


class TicketFacts:
    """The lines of one ticket; instants are local to its office."""

    def __init__(self, policy: Policy, view: TicketView, now: dt.datetime) -> None:
        self._policy, self._view, self._now = policy, view, now
        self._ticket: Ticket = view.ticket
        self._zone = office_zone(policy, view.ticket.office)

    def lines(self) -> tuple[str, ...]:
        """Everything, in the order in which it matters: what stands in the way first."""
        parts = (self._state, self._said, self._obligations, self._ladder, self._plan, self._promises)
        return tuple(line for part in (*parts, self._complaint, self._messages) for line in part())

    def owed(self) -> tuple[Owed, ...]:
        """The obligations that are not fulfilled, the first due first (A-42, A-43, K-25)."""
        return owed(self._policy, self._ticket)

    def information_missing_since(self) -> dt.datetime | None:
        """Since when a complaint lacks the information from which its answer is owed; None where nothing waits for it (E-39)."""
        complaint, rules = self._ticket.complaint, self._policy.clocks
        waits = any(rule.starts == "complaint.information_complete" for rule in rules)
        if complaint is None or not waits or complaint.information_complete_at is not None or complaint.stage != "open":
            return None
        return self._ticket.received_at

    def messages(self) -> tuple[MessageMade, ...]:
        """The messages that were made for it, oldest first."""
        return tuple(event.what for event in self._view.history if isinstance(event.what, MessageMade))

    def _name(self, member: str) -> str:
        return self._view.names.get(member, member)

    def _when(self, at: dt.datetime) -> str:
        return date_time_year(at.astimezone(self._zone), self._now.astimezone(self._zone))

    def _state(self) -> Iterator[str]:
        ticket, policy = self._ticket, self._policy
        if ticket.triage_owed:
            yield tr("Nobody has decided yet which department this belongs to.")
        if ticket.approval:
            owing = next((each for each in policy.approvals if ticket.kind in each.kinds), None)
            department = department_title(policy, owing.department) if owing is not None else ""
            yield {
                "waiting": tr("It waits for approval by {department}.", department=department),
                "approved": tr("It was approved."),
                "rejected": tr("It was rejected."),
            }[ticket.approval]
        if ticket.exempt:
            yield tr("Outside the charter: {contract} rules instead.", contract=ticket.exempt)
        if ticket.follows:
            yield tr("An earlier issue of the same customer comes first.")
        if ticket.refusal:
            proposed = tr("It was proposed to refuse help; a supervisor decides.")
            yield proposed if ticket.refusal == "proposed" else tr("Help was refused.")
        if ticket.common:
            yield tr("A common issue.")
        if ticket.entitlement.source == "none":
            yield from (rule.without for rule in policy.entitlements if rule.without)

    def _said(self) -> Iterator[str]:
        ticket = self._ticket
        if ticket.timescale:
            yield tr("Timescale: {amount}", amount=ticket.timescale)
        if ticket.customer_kind:
            kinds = self._policy.ticket.customer_kinds
            yield tr("Kind of customer: {kind}", kind=title_of(kinds, ticket.customer_kind))
        if ticket.email or ticket.no_email:
            yield tr("E-mail: {address}", address=ticket.email or ticket.no_email)
        yield from value_words(self._policy, ticket.fields).splitlines()

    def _obligations(self) -> Iterator[str]:
        for each in self.owed():
            if each.deadline is None:
                yield tr("Owed: {title}", title=each.title)
            elif each.late:
                yield tr("Owed: {title}, was due {when}", title=each.title, when=self._when(each.deadline))
            else:
                yield tr("Owed: {title}, due {when}", title=each.title, when=self._when(each.deadline))

    def _ladder(self) -> Iterator[str]:
        for each in self._ticket.escalations:
            step = title_of(self._policy.ladder, each.step)
            who = self._name(each.member) or title_of(self._policy.roles, each.role)
            why = each.reason
            if not why and each.clock:
                rule = self._policy.clock(each.clock)
                why = tr("“{promise}” was missed", promise=rule.title if rule is not None else each.clock)
            line = tr("Escalated {when} to “{step}”: {who}", when=self._when(each.at), step=step, who=who)
            yield tr("{line} ({why})", line=line, why=why) if why else line

    def _plan(self) -> Iterator[str]:
        plan = self._ticket.plan
        if plan is None or not plan.steps:
            steps = [found for each in self._ticket.escalations if (found := self._policy.step(each.step)) is not None]
            if any(step.plan for step in steps):
                yield tr("An action plan is owed.")
            return
        agreed = tr("Action plan, not agreed yet:")
        if plan.agreed_by:
            agreed = tr("Action plan, agreed by {who}:", who=self._name(plan.agreed_by))
        yield agreed
        yield from plan_words(self._name, plan.steps).splitlines()
        if plan.customer_agreed is not None:
            yield tr("The customer agreed on {date}.", date=full_date(plan.customer_agreed))

    def _promises(self) -> Iterator[str]:
        for number, each in enumerate(self._ticket.promises, 1):
            stands = tr("open") if each.kept_at is None else tr("kept {when}", when=self._when(each.kept_at))
            if each.broken(self._now):
                stands = (
                    tr("broken") if each.kept_at is None else tr("kept late, {when}", when=self._when(each.kept_at))
                )
            when = self._when(each.due)
            yield tr(
                "Promise {number}: {what}, by {when}: {stands}", number=number, what=each.what, when=when, stands=stands
            )

    def _complaint(self) -> Iterator[str]:
        complaint = self._ticket.complaint
        if complaint is None:
            return
        rule = self._policy.complaint(complaint.kind)
        title = rule.title if rule is not None else complaint.kind
        yield tr("{title}, {stage}: {summary}", title=title, stage=_stage(rule, complaint), summary=complaint.summary)
        if complaint.member:
            yield tr("About {name}.", name=self._name(complaint.member))
        if complaint.personal_data:
            yield tr("It is about the use of personal data.")
        if complaint.log_under:
            yield tr("Kept under {address}.", address=title_of(self._policy.addresses, complaint.log_under))
        yield from self._evidence(rule, complaint)
        since = self.information_missing_since()
        if since is not None:
            yield tr(
                "The information is incomplete since {when}; the answer is not owed before.", when=self._when(since)
            )
        yield from self._so_far(complaint)
        for number, text in enumerate(complaint.measures, 1):
            done = tr("done") if number - 1 in complaint.measures_done else tr("to be done")
            yield tr("Measure {number}: {what}: {stands}", number=number, what=text, stands=done)
        yield from self._rights(rule)

    def _evidence(self, rule: ComplaintRule | None, complaint: Complaint) -> Iterator[str]:
        """What the customer added, which ticket numbers nobody knows, and what could still be added (K-14, K-16, K-17)."""
        titles = {each.id: each.title for each in rule.evidence} if rule is not None else {}
        if rule is not None and rule.heading:
            yield rule.heading
        for name in ("references", "staff", "times", "numbers", "mails"):
            given = getattr(complaint.evidence, name)
            if name == "references":
                unknown = tr("not found")
                given = [each if each in complaint.found else f"{each} ({unknown})" for each in given]
            if given:
                yield tr("{title}: {given}", title=titles.get(name, name), given=", ".join(given))
        if complaint.calls:
            yield tr(
                "%n calls from these numbers are on record.",
                "",
                len(complaint.calls),
                one="%n call from these numbers is on record.",
            )
        missing = evidence_missing(rule, complaint) if rule is not None else ()
        if missing:
            yield tr("Nothing is known yet of: {titles}.", titles=", ".join(missing))

    def _so_far(self, complaint: Complaint) -> Iterator[str]:
        if complaint.acknowledged_at is not None:
            yield tr("Receipt confirmed {when}", when=self._when(complaint.acknowledged_at))
        if complaint.updated_at is not None:
            yield tr("Last told how it stands {when}", when=self._when(complaint.updated_at))
        if complaint.update_received_at is not None:
            yield tr("First update received {when}", when=self._when(complaint.update_received_at))
        if complaint.information_complete_at is not None:
            yield tr("Information complete {when}", when=self._when(complaint.information_complete_at))
        if complaint.records_checked_at is not None:
            yield tr("Call records checked {when}", when=self._when(complaint.records_checked_at))
        if complaint.analysis:
            yield tr("Analysis: {text}", text=complaint.analysis)

    def _rights(self, rule: ComplaintRule | None) -> Iterator[str]:
        """Where the customer may go on after the answer (K-27, K-28)."""
        stages = [stage.title for stage in rule.stages] if rule is not None else []
        if stages:
            yield tr("After the answer the customer may go on to: {stages}.", stages=", ".join(stages))

    def _messages(self) -> Iterator[str]:
        for each in self.messages():
            title = title_of(self._policy.messages, each.message)
            nobody = tr("Message “{title}”: there is no address to send it to", title=title)
            yield tr("Message “{title}” to {to}", title=title, to=each.to) if each.to else nobody


def _stage(rule: ComplaintRule | None, complaint: Complaint) -> str:
    own = {"open": tr("not answered yet"), "answered": tr("answered")}
    return own.get(complaint.stage) or title_of(rule.stages if rule is not None else (), complaint.stage)
