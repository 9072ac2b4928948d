"""The history of a ticket in words: who did what, when, and what it did to the promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from desk_client.services.formats import clock_time, day_time, hours_minutes
from desk_client.services.i18n import tr
from desk_client.services.records import TicketView
from desk_client.services.service_happenings import ServiceTelling
from desk_client.services.words import (
    channel_words,
    department_title,
    due_words,
    entitlement_words,
    file_words,
    office_title,
    office_zone,
    place_of,
    zone_of,
)
from desk_core import events as e
from desk_core import references
from desk_core.calls import Call
from desk_core.clocks import apply_change
from desk_core.events_of_leases import DraftLeft, LeaseEnded, LeaseResumed, StartLost
from desk_core.policy import Policy
from desk_core.tickets import Clock, Fault

_LATE_NEWS = dt.timedelta(minutes=2)
# What a command did first is what it is called by; the rest are facts below it.
_MINOR = (e.FaultSaved, e.TicketClassified, e.EntitlementFound, e.ReferenceAdded)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: ``what`` somebody did, the ``body`` in their own words, and ``facts`` that followed from it.

    ``at`` is local to the ticket's office. ``letter`` marks what the customer reads; ``quiet`` a step without words of a person.
    """

    key: str
    who: str
    what: str
    at: dt.datetime
    body: str = ""
    facts: tuple[str, ...] = ()
    letter: bool = False
    unsent: bool = False

    @property
    def quiet(self) -> bool:
        """True for a step without words of a person."""
        return not self.body


@dataclass(slots=True)
class _Telling:
    """What of one step has been put into words so far."""

    what: str = ""
    body: str = ""
    letter: bool = False


class History:
    """Tells a ticket's events in order; it keeps the promises and the fault as they were before each.

    ``now`` decides how briefly a deadline is said; ``call_of`` finds the call that a ticket was born in.
    """

    def __init__(
        self, policy: Policy, view: TicketView, now: dt.datetime, call_of: Callable[[str], Call | None]
    ) -> None:
        self._policy, self._view, self._now, self._call_of = policy, view, now, call_of
        self._zone = office_zone(policy, view.ticket.office)
        self._telling = ServiceTelling(policy, self._name, lambda at: at.astimezone(self._zone))
        self._clocks: tuple[Clock, ...] = ()
        self._fault: Fault | None = None

    def entries(self) -> tuple[Entry, ...]:
        """Every step, oldest first; what one command did at once is one step."""
        steps = groupby(self._view.history, key=lambda event: event.command or event.id)
        return tuple(self._step(list(events)) for _command, events in steps)

    def _step(self, events: list[e.Event]) -> Entry:
        first = next((event for event in events if not isinstance(event.what, _MINOR)), events[0])
        telling = self._headline(first)
        facts: list[str] = []
        for event in events:
            if event is not first:
                facts += self._fact(event, telling)
            facts += self._promises(event)
            facts += self._oddities(event)
            if isinstance(event.what, e.FaultSaved):
                self._fault = event.what.fault
        return Entry(
            key=first.id,
            who=self._name(first.actor),
            what=telling.what,
            at=first.at.astimezone(self._zone),
            body=telling.body.strip(),
            facts=tuple(facts),
            letter=telling.letter,
            unsent=first.command in self._view.unsent,
        )

    def _name(self, member: str) -> str:
        return self._view.names.get(member) or (tr("A colleague") if member else "")

    # --- the step itself -------------------------------------------------------------------------------------------------

    def _headline(self, event: e.Event) -> _Telling:
        for tell in (self._born, self._worked, self._moved, self._leased, self._detail, self._service):
            telling = tell(event)
            if telling is not None:
                return telling
        return _Telling(event.kind)

    def _service(self, event: e.Event) -> _Telling | None:
        told = self._telling.tell(event.what)
        return _Telling(*told) if told is not None else None

    def _born(self, event: e.Event) -> _Telling | None:
        match event.what:
            case e.TicketCreated(imported=source) if source:
                return _Telling(tr("brought it over from {source}", source=source))
            case e.TicketCreated(call=call, channel=channel):
                found = self._call_of(call) if call else None
                if found is not None:
                    return _Telling(tr("took the call {times}", times=_call_times(found, self._zone)))
                return _Telling(tr("opened the ticket, {channel}", channel=channel_words(channel)))
            case e.DeadlinePassed(clock=clock):
                return _Telling(tr("The deadline of “{title}” passed", title=self._promise(clock)))
            case e.CalendarRevised(calendars=calendars):
                titles = "”, “".join(self._policy.calendar(each).spec.title or each for each in calendars)
                return _Telling(tr("Dates of the calendar “{calendars}” were corrected", calendars=titles))
            case e.DeadlineNear(clock=clock):
                return _Telling(tr("The deadline of “{title}” is near", title=self._promise(clock)))
            case e.CalendarRevised(calendars=calendars):
                titles = ", ".join(place_of(self._policy, calendar) for calendar in calendars)
                return _Telling(tr("The hours or holidays of {places} were corrected", places=titles))
            case _:
                return None

    def _promise(self, clock: str) -> str:
        return next((c.title for c in self._clocks if c.id == clock), clock)

    def _worked(self, event: e.Event) -> _Telling | None:
        match event.what:
            case e.ReplySent(text=text, mark=mark):
                return _Telling(_reply_words(mark), text, letter=True)
            case e.NoteAdded(text=text):
                return _Telling(tr("wrote a note"), text)
            case e.FileAttached(file_name=name, size=size):
                return _Telling(file_words(name, size))
            case e.WorkLogged(minutes=minutes, remark=remark):
                return _Telling(tr("spent {time}", time=hours_minutes(minutes)), remark)
            case e.InformationRequested(question=question):
                return _Telling(tr("asked the customer"), question)
            case e.WaitingForCustomer(reason=reason):
                return _Telling(tr("set it to wait for the customer"), reason)
            case e.CustomerAnswered(text=text):
                return _Telling(tr("noted that the customer answered"), text)
            case e.CustomerCalledAgain():
                return _Telling(tr("noted that the customer had to call again"))
            case e.RoleEmpty(role=role):
                found = self._policy.role(role)
                return _Telling(tr("Nobody holds the role “{title}”", title=found.title if found is not None else role))
            case e.TicketResolved(solution=solution):
                return _Telling(tr("solved it"), solution)
            case e.TicketClosed(summary=summary):
                return _Telling(tr("closed it"), summary)
            case e.TicketReopened(reason=reason):
                return _Telling(tr("reopened it"), reason)
            case e.CallBackAttempted(reached=True):
                return _Telling(tr("called back and reached the customer"))
            case e.CallBackAttempted():
                return _Telling(tr("called back, nobody answered"))
            case _:
                return None

    def _moved(self, event: e.Event) -> _Telling | None:
        match event.what:
            case e.PutThrough(member=member):
                return _Telling(tr("put the caller through to {name}", name=self._name(member)))
            case e.PutThroughNotPossible():
                return _Telling(tr("promised a call back"))
            case e.TicketTaken(member=member) if member == event.actor:
                return _Telling(tr("took it from the queue"))
            case e.TicketTaken(member=member):
                return _Telling(tr("gave it to {name}", name=self._name(member)))
            case e.TicketGivenBack(reason=reason):
                return _Telling(tr("gave it back to the queue"), reason)
            case e.TicketHandedOver(member=member, note=note):
                return _Telling(tr("handed it over to {name}", name=self._name(member)), note)
            case e.TicketTransferred(department=department, note=note):
                title = department_title(self._policy, department)
                return _Telling(tr("transferred it to {department}", department=title), note)
            case e.OfficeMoved(office=office):
                return _Telling(tr("moved it to the office {office}", office=office_title(self._policy, office)))
            case _:
                return None

    def _leased(self, event: e.Event) -> _Telling | None:
        match event.what:
            case LeaseEnded(member=member):
                return _Telling(tr("It went back to the queue; {name} was offline too long", name=self._name(member)))
            case LeaseResumed():
                return _Telling(tr("has it again: the work was done in time"))
            case StartLost():
                return _Telling(tr("had begun it offline, too late"))
            case DraftLeft(text=text):
                return _Telling(tr("left a draft that was not sent"), text)
            case _:
                return None

    def _detail(self, event: e.Event) -> _Telling | None:
        match event.what:
            case e.FaultSaved(fault=fault):
                changes = "\n".join(_differences(self._fault or Fault(), fault))
                return _Telling(tr("corrected the details"), changes)
            case e.TicketClassified():
                return _Telling(tr("gave the class {title}", title=self._class(event.what)))
            case e.EntitlementFound(entitlement=found):
                return _Telling(
                    tr("looked up what the customer is entitled to: {found}", found=entitlement_words(found))
                )
            case e.CustomerFound():
                return _Telling(tr("noted whose it is: {customer}", customer=self._customer(event.what)))
            case e.ReferenceAdded(alias=alias):
                return _Telling(tr("noted a further number: {number}", number=references.grouped(alias)))
            case _:
                return None

    def _customer(self, found: e.CustomerFound) -> str:
        """The kind of customer; the company itself stands above."""
        kinds = self._policy.ticket.customer_kinds
        title = next((kind.title for kind in kinds if kind.id == found.customer_kind), found.customer_kind)
        return title or tr("a known customer")

    # --- what came with it -----------------------------------------------------------------------------------------------

    def _fact(self, event: e.Event, telling: _Telling) -> Iterator[str]:
        match event.what:
            case e.FaultSaved(fault=fault) if not telling.body:
                telling.body = fault.description
            case e.FaultSaved(fault=fault):
                yield from _differences(self._fault or Fault(), fault)
            case e.TicketClassified():
                yield tr("Class: {title}", title=self._class(event.what))
            case e.EntitlementFound(entitlement=found):
                yield entitlement_words(found)
            case e.ReferenceAdded(alias=alias):
                yield tr("The caller was told {number}; it stays valid.", number=references.grouped(alias))
            case _:
                other = self._headline(event)
                yield ": ".join(part for part in (other.what, other.body) if part)

    def _promises(self, event: e.Event) -> Iterator[str]:
        for change in event.clocks:
            before = next((c for c in reversed(self._clocks) if c.id == change.clock), None)
            self._clocks = apply_change(self._clocks, change)
            after = next((c for c in reversed(self._clocks) if c.id == change.clock), None)
            if after is not None and not isinstance(event.what, e.DeadlinePassed | e.DeadlineNear):
                words = self._change(change, before, after)
                yield tr("{promise}: {change}", promise=after.title, change=words)

    def _change(self, change: e.AnyClockChange, before: Clock | None, after: Clock) -> str:
        match change:
            case e.ClockStarted(deadline=deadline) if deadline is None:
                return tr("promised, without a deadline")
            case e.ClockStarted():
                return tr("due {when}", when=self._due(after))
            case e.ClockPaused():
                return tr("paused")
            case e.ClockMoved():
                places = self._placed(before or after), self._placed(after)
                return tr("deadline moved from {old} to {new}", old=places[0], new=places[1])
            case e.ClockResumed():
                old = before.deadline if before else None
                if old is None or old == after.deadline:
                    return tr("runs on, due {when}", when=self._due(after))
                return tr("deadline moved from {old} to {new}", old=self._due(before or after), new=self._due(after))
            case e.ClockStopped(met=True, learnt_late=learnt_late):
                return tr("kept; it became known only after the deadline") if learnt_late else tr("kept")
            case e.ClockExempted():
                return tr("does not apply, a contract rules instead")
            case e.ClockIncluded():
                return tr("applies after all, due {when}", when=self._due(after))
            case e.ClockRefused():
                return tr("ended with the help that was refused")
            case _:
                return tr("missed, was due {when}", when=self._due(after))

    def _placed(self, clock: Clock) -> str:
        """A deadline with the place whose time it is, for when another place counts on (H-35)."""
        return tr("{when} ({place})", when=self._due(clock), place=place_of(self._policy, clock.calendar))

    def _due(self, clock: Clock) -> str:
        if clock.deadline is None:
            return tr("open")
        return due_words(clock.deadline, zone_of(self._policy, clock), self._now)

    def _oddities(self, event: e.Event) -> Iterator[str]:
        if isinstance(event.what, e.CallBackAttempted) and not event.what.by_specialist:
            yield tr("Not a specialist's call: the promise runs on")
        if "note_from_outside" in event.flags:
            yield tr("From another department")
        if event.recorded_at - event.at > _LATE_NEWS and not isinstance(event.what, e.TicketCreated):
            recorded = event.recorded_at.astimezone(self._zone)
            same_day = recorded.date() == event.at.astimezone(self._zone).date()
            yield tr("recorded {when}", when=clock_time(recorded) if same_day else day_time(recorded))

    def _class(self, what: e.TicketClassified) -> str:
        category = self._policy.category(what.category)
        return category.title if category else what.classification


def _reply_words(mark: str) -> str:
    """A written answer, and what it is beside that (A-43, E-27, E-33)."""
    known = {
        "progress": tr("wrote how it goes"),
        "full": tr("answered in full, in writing"),
        "offer": tr("sent an offer"),
    }
    return known.get(mark) or tr("answered in writing")


def _call_times(call: Call, zone: ZoneInfo) -> str:
    """When it rang, how fast it was answered, how long it was."""
    if call.rang_at is None:
        return ""
    parts = [tr("at {time}", time=clock_time(call.rang_at.astimezone(zone)))]
    if call.answered_at is not None:
        waited = int((call.answered_at - call.rang_at).total_seconds())
        parts.append(tr("answered after {seconds} s", seconds=waited))
        if call.ended_at is not None:
            minutes = int((call.ended_at - call.answered_at).total_seconds() // 60)
            parts.append(tr("{time} long", time=hours_minutes(minutes)) if minutes else tr("under a minute long"))
    return ", ".join(parts)


def _differences(old: Fault, new: Fault) -> Iterable[str]:
    """Each field that changed, before and after."""
    names = {
        "caller": tr("Caller"),
        "company": tr("Company"),
        "phone": tr("Phone"),
        "product": tr("Product"),
        "serial": tr("Serial number"),
        "serial_missing": tr("No serial number because"),
        "description": tr("Fault"),
    }
    for field, name in names.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield tr(
                "{field}: {before} → {after}", field=name, before=before or tr("empty"), after=after or tr("empty")
            )
