"""Work on tickets: take next, answer, note, hand over, put through, call back, wait, close, transfer (H-13 to H-15, H-22, H-29)."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from desk_client.models import queries, search, waiting
from desk_client.models.access import Access, Here
from desk_client.models.network import Network
from desk_client.services.acting import Acting, saved, spawn
from desk_client.services.errors import DeskError, Missing, Refused, Unanswered, Unreachable
from desk_client.services.formats import date_time
from desk_client.services.records import Elsewhere, Saved, Taken, TicketView
from desk_client.services.rehearsal import rehearse
from desk_client.services.replies import policy_for
from desk_client.services.words import office_zone
from desk_core import commands as c
from desk_core import leases, references, wording
from desk_core.events_of_leases import DraftLeft
from desk_core.protocol import Verdict
from desk_core.tickets import Fault, Stub, Ticket

TAKE_SECONDS = 20.0


class Tickets:
    """What a member does with tickets, and what a ticket looks like."""

    def __init__(self, access: Access, network: Network, new_id: Callable[[], str]) -> None:
        self._access = access
        self._network = network
        self._new_id = new_id
        self._acting = Acting(access, network)

    # --- looking ---------------------------------------------------------------------------------------------------------

    def get(self, ticket: str) -> TicketView | Elsewhere:
        """A ticket by its id, with history; only whose it is when it lies outside the member's scope. Raises ``Missing``."""
        with self._access.read() as here:
            return _look(here, ticket)

    def by_reference(self, reference: str) -> TicketView | Elsewhere:
        """The same by any number that was ever spoken for it, with or without spaces (P6). Raises ``Missing``."""
        number = references.parse(reference)
        if number is None:
            raise Missing(
                f"“{reference}” is no reference number: it has at least seven digits, and the last one must fit.",
                code="bad_reference",
            )
        with self._access.read() as here:
            ticket = queries.by_reference(here.reading.cache, number)
            if ticket is not None:
                return _look(here, ticket)
        raise Missing(
            f"There is no ticket with the number {references.grouped(number)} on this machine.", code="not_found"
        )

    def find_far(self, reference: str) -> Future[Elsewhere]:
        """Ask the server whose ticket a number is that this machine does not know."""

        def work() -> Elsewhere:
            stub = self._network.find(references.parse(reference) or reference)
            if stub is None:
                raise Missing("There is no ticket with this number at this desk.", code="not_found")
            with self._access.read() as here:
                return _elsewhere(here, stub)

        return spawn(work, "find")

    def check(self, ask: c.Ask) -> Refused | None:
        """Why ``ask`` would be refused here and now, or None: what a disabled action says on focus."""
        with self._access.read() as here:
            refusal = rehearse(here.view, here.member, [ask], self._access.now())
        return Refused.by(refusal) if refusal is not None else None

    def whole_reply(self, body: str, ticket: Ticket | None = None) -> str:
        """What an agent wrote with the policy's first and last words, as the customer will see it; on a ``ticket`` the last words stand
        where they are owed (V-28)."""
        with self._access.read() as here:
            return wording.reply_text(policy_for(here, ticket), here.member, body, ticket)

    def draft_left(self, view: TicketView) -> str:
        """What a former holder had written to the customer and nobody has sent, without the words around it; "" when there is none."""
        left = [event for event in view.history if isinstance(event.what, DraftLeft) and event.what.of == "reply"]
        if not view.ticket.draft or not left:
            return view.ticket.draft
        with self._access.read() as here:
            author = here.view.member(left[-1].actor)
            text = view.ticket.draft
            return wording.reply_body(here.policy, author, text, view.ticket) if author is not None else text

    def new_id(self) -> str:
        """A fresh id, for what a command makes."""
        return self._new_id()

    # --- take next -------------------------------------------------------------------------------------------------------

    def take_next(self, department: str = "", timeout: float = TAKE_SECONDS) -> Future[Taken]:
        """Claim the head of the queue (the mandated order). Needs the server: fails with ``Unreachable``, whose text says what is in hand,
        with :class:`Refused` when nothing waits, and with ``Unanswered`` when it was sent and the answer is late."""
        return spawn(lambda: self._take(department, timeout), "take-next")

    def why_not_take_next(self) -> DeskError | None:
        """Why *Take next* cannot work now, with what is in hand, or None while the server can be reached."""
        return (
            self._cannot_take()
            if self._network.state.connection in ("offline", "forbidden", "signed_out", "refused")
            else None
        )

    def _take(self, department: str, timeout: float) -> Taken:
        problem = self.why_not_take_next()
        if problem is not None:
            raise problem
        changed, until = threading.Event(), time.monotonic() + timeout
        end = self._access.listeners.subscribe(lambda _: changed.set())
        try:
            ask = c.TakeNext(department=department)
            command = self._acting.submit(lambda: saved(ask, self._acting.at_once(ask))).result().command
            return self._await(command, changed, until)
        finally:
            end()

    def _await(self, command: str, changed: threading.Event, until: float) -> Taken:
        while True:
            changed.clear()
            verdict, here = self._access.act(
                lambda store: _verdict(store.outbox.hints(), store.cache.verdict(command), command)
            ).result()
            late = time.monotonic() >= until
            if verdict is not None and verdict.outcome == "refused":
                self._access.act(lambda store: store.outbox.put_away(command, "discarded", store.clock.now())).result()
                raise Refused(verdict.code, verdict.text, verdict.fields, dict(verdict.params))
            if verdict is not None and (here or late):
                return Taken(ticket=verdict.result.get("ticket", ""), reference=verdict.result.get("reference", ""))
            lost = self._network.state.connection in ("offline", "forbidden", "refused")
            if late or (lost and verdict is None):
                if self._access.act(lambda store: store.withdraw(command)).result():
                    raise self._cannot_take()
                raise Unanswered(
                    "The server has not answered yet; if it gives you a ticket, that shows here as soon as it does."
                )
            changed.wait(min(0.25, max(0.01, until - time.monotonic())))

    def _cannot_take(self) -> DeskError:
        with self._access.read() as here:
            chosen = queries.Filter(holder=here.member.id)
            mine = [self._in_hand(here, r.ticket) for r in queries.queue_page(here.reading.cache, chosen, "", 20)]
        state = self._network.state
        if state.connection == "refused":
            return Unreachable(state.problem, code=state.code)
        why = "Take next needs the server, which cannot be reached now"
        if not mine:
            return Unreachable(f"{why}. You have nothing in hand.", code="take_next_offline")
        numbers = ", ".join(mine)
        return Unreachable(f"{why}. In hand: {numbers}.", code="take_next_offline", params={"in_hand": numbers})

    def yours_alone_until(self, ticket: Ticket) -> dt.datetime | None:
        """Without network: until when the member has a ticket (UTC). None: for good, or not at all, or the server is there."""
        if self._network.state.connection not in ("offline", "forbidden"):
            return None
        with self._access.read() as here:
            return self._until(here, ticket)

    def _until(self, here: Here, ticket: Ticket) -> dt.datetime | None:
        if ticket.holder != here.member.id:
            return None
        return leases.lease_end(here.policy, ticket, self._access.contact())

    def _in_hand(self, here: Here, ticket: Ticket) -> str:
        until, number = self._until(here, ticket), references.grouped(ticket.reference)
        if until is None:
            return number
        zone = office_zone(here.policy, ticket.office)
        when = date_time(until.astimezone(zone))
        return f"{number} (yours until {when})"

    # --- acting ----------------------------------------------------------------------------------------------------------

    def ask(self, ask: c.Ask | Callable[[str], c.Ask], stated_at: dt.datetime | None = None) -> Future[Saved]:
        """Carry out any command of the core, also one that is made of a fresh reference; the methods below are its common cases.
        ``stated_at`` is when what it reports happened (TS-11)."""
        return self._acting.ask(ask, stated_at)

    def create(
        self,
        channel: str,
        fault: Fault,
        *,
        kind: str = "enquiry",
        category: str = "",
        classification: str = "",
        title: str = "",
        department: str = "",
        customer: str = "",
        contact: str = "",
    ) -> Future[Saved]:
        """A ticket that did not come by phone, with a number of this machine."""
        ticket = self._new_id()

        def make(reference: str) -> c.CreateTicket:
            return c.CreateTicket(
                ticket=ticket,
                reference=reference,
                channel=channel,
                kind=kind,
                fault=fault,
                category=category,
                classification=classification,
                title=title,
                department=department,
                customer=customer,
                contact=contact,
                received_at=self._access.now(),
            )

        return self.ask(make)

    def reply(self, ticket: str, text: str) -> Future[Saved]:
        """Answer in writing; ``text`` is the whole message (:meth:`whole_reply`)."""
        return self.ask(c.Reply(ticket=ticket, text=text))

    def note(self, ticket: str, text: str) -> Future[Saved]:
        """A note for colleagues."""
        return self.ask(c.AddNote(ticket=ticket, text=text))

    def log_time(self, ticket: str, minutes: int, remark: str = "") -> Future[Saved]:
        """Minutes spent."""
        return self.ask(c.LogTime(ticket=ticket, minutes=minutes, remark=remark))

    def hand_over(self, ticket: str, member: str, note: str) -> Future[Saved]:
        """A colleague of the department holds it from now on."""
        return self.ask(c.HandOver(ticket=ticket, member=member, note=note))

    def put_through(self, ticket: str, member: str) -> Future[Saved]:
        """The caller talks to a specialist (H-13)."""
        return self.ask(c.PutThrough(ticket=ticket, member=member))

    def offer_call_back(self, ticket: str) -> Future[Saved]:
        """Not possible now: a specialist calls back (H-14)."""
        return self.ask(c.OfferCallBack(ticket=ticket))

    def attempt_call_back(self, ticket: str, *, reached: bool) -> Future[Saved]:
        """The customer was called back (H-14, H-15)."""
        return self.ask(c.AttemptCallBack(ticket=ticket, reached=reached))

    def request_information(self, ticket: str, question: str) -> Future[Saved]:
        """Ask the customer for more (H-22)."""
        return self.ask(c.RequestInformation(ticket=ticket, question=question))

    def wait(self, ticket: str, reason: str = "") -> Future[Saved]:
        """Nothing can be done until the customer answers."""
        return self.ask(c.WaitForCustomer(ticket=ticket, reason=reason))

    def answered(self, ticket: str, text: str = "") -> Future[Saved]:
        """The customer answered."""
        return self.ask(c.CustomerAnswers(ticket=ticket, text=text))

    def classify(self, ticket: str, category: str, classification: str) -> Future[Saved]:
        """Give a class (H-10)."""
        return self.ask(c.Classify(ticket=ticket, category=category, classification=classification))

    def correct_fault(self, ticket: str, fault: Fault) -> Future[Saved]:
        """Complete or correct the details (H-16 to H-21)."""
        return self.ask(c.CorrectFault(ticket=ticket, fault=fault))

    def resolve(self, ticket: str, solution: str) -> Future[Saved]:
        """A solution was given."""
        return self.ask(c.Resolve(ticket=ticket, solution=solution))

    def close(self, ticket: str, summary: str) -> Future[Saved]:
        """Finish it."""
        return self.ask(c.Close(ticket=ticket, summary=summary))

    def reopen(self, ticket: str, reason: str) -> Future[Saved]:
        """Go on with it at its first place."""
        return self.ask(c.Reopen(ticket=ticket, reason=reason))

    def transfer(self, ticket: str, department: str, note: str) -> Future[Saved]:
        """Another department goes on (H-29); also the way of a ticket out of scope."""
        return self.ask(c.Transfer(ticket=ticket, department=department, note=note))

    def give_back(self, ticket: str, reason: str) -> Future[Saved]:
        """Back to its old place in the queue."""
        return self.ask(c.GiveBack(ticket=ticket, reason=reason))


def _verdict(hints: dict[str, Verdict], settled: Verdict | None, command: str) -> tuple[Verdict | None, bool]:
    """What is known of the server's answer, and whether its effects are here."""
    return settled or hints.get(command), settled is not None


def _look(here: Here, ticket_id: str) -> TicketView | Elsewhere:
    cache = here.reading.cache
    found = queries.tickets(cache, [ticket_id])
    if not found:
        stub = queries.stub(cache, ticket_id)
        if stub is None:
            raise Missing("There is no such ticket on this machine.", code="not_found")
        return _elsewhere(here, stub)
    ticket, rank, unsent = found[0]
    contacts = search.contacts_of(cache, ticket.customer) if ticket.contact else []
    return TicketView(
        ticket=ticket,
        history=tuple(queries.history(cache, "ticket", ticket.id)),
        names={m.id: m.name for m in queries.members(cache)} | {here.member.id: here.member.name},
        customer=here.view.customer(ticket.customer) if ticket.customer else None,
        contact=next((p for p in contacts if p.id == ticket.contact), None),
        contracts=tuple(here.view.contracts(ticket.customer)) if ticket.customer else (),
        asset=here.view.asset(ticket.fault.serial) if ticket.fault.serial else None,
        unsent=_unsent(here, ticket) if unsent else (),
        rank=rank,
    )


def _unsent(here: Here, ticket: Ticket) -> tuple[str, ...]:
    return tuple(i.command.id for i in waiting.items(here.reading) if ticket.id in i.subject.split())


def _elsewhere(here: Here, stub: Stub) -> Elsewhere:
    department = here.policy.department(stub.department)
    return Elsewhere(stub=stub, department_title=department.title if department else stub.department)
