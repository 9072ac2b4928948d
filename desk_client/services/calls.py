"""Calls: begun, answered, told, hung up, logged, ended, by hand or by the telephone (H-08 to H-13, R45, R52)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Literal

import msgspec

from desk_client.models import queries
from desk_client.models.access import Access
from desk_client.models.network import Network
from desk_client.models.store import Captured
from desk_client.services.acting import Acting
from desk_client.services.errors import DeskError, Refused
from desk_client.services.records import Begun, CallRow, Saved
from desk_client.services.rehearsal import rehearse
from desk_core import references
from desk_core.caller_ids import as_it_came, caller_number
from desk_core.calls import Call, Direction, Outcome
from desk_core.commands import AnswerCall, Ask, BeginCall, EndCall, HangUp, LogCall, TellCall
from desk_core.commands_of_service import GiveName
from desk_core.decisions import Decided
from desk_core.tickets import Fault

PhoneEvent = Literal["ringing", "answered", "ended"]
_PHONE_ID = re.compile(r"[!-~]{1,100}")
_WITHOUT_ID = "without-id:"
MOST_RINGING = 10
"""Calls of one member that ring at the same time; what comes on top of them is a flood and makes no record."""


class Calls:
    """The phone conversations of the member at this machine."""

    def __init__(self, access: Access, network: Network, new_id: Callable[[], str]) -> None:
        self._access = access
        self._acting = Acting(access, network)
        self._new_id = new_id

    def begin(
        self,
        number: str = "",
        *,
        answered: bool = True,
        direction: Direction = "in",
        office: str = "",
        rang_at: dt.datetime | None = None,
        answered_at: dt.datetime | None = None,
        phone_call_id: str = "",
    ) -> Future[Begun]:
        """A call begins: its record and its reference are on the disk when the future is done, network or not (H-08, H-09). ``rang_at`` and
        ``answered_at`` are now when they are left out; the core bounds them (TS-11)."""
        call = self._new_id()

        def make(reference: str) -> BeginCall:
            now = self._access.now()
            rang = min(rang_at or answered_at or now, now)
            return BeginCall(
                call=call,
                reference=reference,
                direction=direction,
                number=number,
                office=office,
                rang_at=rang,
                answered_at=min(answered_at or now, now) if answered else None,
                phone_call_id=phone_call_id,
            )

        return self._acting.submit(lambda: _begun(self._acting.at_once(make, rang_at)))

    def answer(self, call: str, at: dt.datetime | None = None) -> Future[Saved]:
        """The call was answered, now or ``at``."""
        return self._acting.ask(AnswerCall(call=call, answered_at=at or self._access.now()), at)

    def tell(self, call: str) -> Future[Saved]:
        """Number and class were read out (H-11)."""
        return self._acting.ask(TellCall(call=call))

    def hang_up(self, call: str, at: dt.datetime | None = None) -> Future[Saved]:
        """The line is free; wrap-up begins."""
        return self._acting.ask(HangUp(call=call, ended_at=at or self._access.now()), at)

    def log(
        self,
        call: str,
        fault: Fault,
        *,
        kind: str = "fault",
        category: str = "",
        classification: str = "",
        title: str = "",
        department: str = "",
        customer: str = "",
        contact: str = "",
    ) -> Future[Saved]:
        """The call becomes a ticket with its reference; ``result`` has ``ticket`` and ``reference`` (H-08 to H-12, H-16 to H-21). A caller
        who is known (``contact``) is answered in writing where the customer's list says."""
        return self._acting.ask(
            LogCall(
                call=call,
                ticket=self._new_id(),
                kind=kind,
                fault=fault,
                category=category,
                classification=classification,
                title=title,
                department=department,
                customer=customer,
                contact=contact,
                email=self._address_of(contact),
            )
        )

    def _address_of(self, contact: str) -> str:
        with self._access.read() as here:
            known = queries.contact(here.reading.cache, contact) if contact else None
        return known.email if known else ""

    def file(self, log: LogCall, call: str) -> Future[Saved]:
        """The same with everything that such a ticket can say; ``call`` and a fresh ticket are put into it."""
        return self._acting.ask(msgspec.structs.replace(log, call=call, ticket=self._new_id()))

    def name(self, call: str) -> Future[Saved]:
        """The own name was given (A-49)."""
        return self._acting.ask(GiveName(call=call))

    def end(self, call: str, outcome: Outcome = "", *, remark: str = "", not_told: bool = False) -> Future[Saved]:
        """Finish the record; without a ticket ``outcome`` says why there is none (H-08)."""
        return self._acting.ask(EndCall(call=call, outcome=outcome, remark=remark, not_told=not_told))

    def rehearse(self, asks: Iterable[Ask]) -> Refused | None:
        """Why one of these would be refused if they were given one after the other, or None. Nothing is stored, no number is used."""
        with self._access.read() as here:
            refusal = rehearse(here.view, here.member, asks, self._access.now())
        return Refused.by(refusal) if refusal is not None else None

    def open(self) -> tuple[CallRow, ...]:
        """The member's calls that are on the line or in wrap-up, newest first."""
        with self._access.read() as here:
            unsent = {str(row[0]) for row in here.reading.cache.run("SELECT id FROM overlay_call").fetchall()}
            found = queries.open_calls(here.reading.cache, here.member.id)
        return tuple(CallRow(call=c, unsent=c.id in unsent) for c in found)

    def get(self, call: str) -> Call | None:
        """One call."""
        with self._access.read() as here:
            return here.view.call(call)

    def by_reference(self, typed: str) -> Call | None:
        """The call that has this number, or whose caller was told it (P6); with or without spaces. None when it is not here."""
        number = references.parse(typed)
        if number is None:
            return None
        with self._access.read() as here:
            return queries.call_by_reference(here.reading.cache, number)

    def phone(
        self, event: PhoneEvent, phone_call_id: str, number: str = "", at: dt.datetime | None = None
    ) -> Future[Begun]:
        """What the telephone says: events may come twice and in any order and give the same record (R52); nothing is saved as a ticket,
        dialled or opened by them (R45). A telephone that has no ids ("") is understood by the caller's number."""
        if phone_call_id and not _PHONE_ID.fullmatch(phone_call_id):
            raise DeskError("The telephone's id of the call cannot be read.", code="bad_call_event")
        return self._acting.submit(lambda: self._phone(event, phone_call_id, as_it_came(number), at))

    def _phone(self, event: PhoneEvent, phone_call_id: str, number: str, at: dt.datetime | None) -> Begun:
        """On the storage thread, so that two events of one call cannot pass each other."""
        now = self._access.now()
        when = min(at or now, now)
        call = self._known(event, phone_call_id, number)
        if call is None:
            phone_call_id = phone_call_id or f"{_WITHOUT_ID}{self._new_id()}"
            begun = _begun(self._acting.at_once(self._ring(number, phone_call_id, when), when))
        else:
            begun = Begun(call=call.id, reference=call.reference)
        if event == "answered" and (call is None or call.answered_at is None):
            self._acting.at_once(AnswerCall(call=begun.call, answered_at=when), when)
        if event == "ended" and (call is None or call.ended_at is None):
            self._acting.at_once(HangUp(call=begun.call, ended_at=when), when)
        return begun

    def _known(self, event: PhoneEvent, phone_call_id: str, number: str) -> Call | None:
        """The call that an event is about, None when it is a new one. However many a flood announces, few ring at a time."""
        store = self._access.store
        with store.cache.commit() as cache:
            known = queries.call_by_phone_id(cache, phone_call_id) if phone_call_id else None
            mine = queries.open_calls(cache, store.member.id) if store.member is not None else []
        if phone_call_id == "":
            wanted = caller_number(number)
            without = [c for c in mine if c.phone_call_id.startswith(_WITHOUT_ID) and c.ended_at is None]
            meant = (
                without
                if not wanted and event != "ringing"
                else [c for c in without if caller_number(c.number) == wanted]
            )
            known = next(iter(meant), None)
            if known is None and event == "ended":
                raise DeskError("No call with this number is open.", code="no_such_call")
        ringing = [c for c in mine if c.phone_call_id and c.answered_at is None and c.ended_at is None]
        if known is None and event != "ended" and len(ringing) >= MOST_RINGING:
            raise DeskError(
                f"{MOST_RINGING} calls ring already; answer or end one of them first.", code="too_many_calls"
            )
        return known

    def _ring(self, number: str, phone_call_id: str, when: dt.datetime) -> Callable[[str], BeginCall]:
        call = self._new_id()
        return lambda reference: BeginCall(
            call=call, reference=reference, number=number, rang_at=when, phone_call_id=phone_call_id
        )


def _begun(captured: Captured) -> Begun:
    result = captured.outcome.result if isinstance(captured.outcome, Decided) else {}
    return Begun(call=result.get("call", ""), reference=result.get("reference", ""))
