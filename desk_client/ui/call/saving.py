"""A call becomes a ticket, and how it goes on: put through, call back, told, finished (H-08 to H-14, H-16 to H-21, H-32)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import msgspec
from PySide6.QtCore import QObject

from desk_client.services.errors import Refused
from desk_client.services.records import Saved
from desk_client.services.words import hint_words
from desk_client.ui.call.form import CallForm
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import refusal, sentence
from desk_client.ui.tokens import Tone
from desk_core import commands as c
from desk_core.texts import blank
from desk_core.tickets import Fault, Ticket

# Which field of the form a field of the core's refusals stands for.
FIELD_OF = {
    "description": "fault",
    "title": "fault",
    "text": "fault",
    "classification": "category",
    "category": "category",
    "caller": "caller",
    "company": "company",
    "phone": "phone",
    "product": "product",
    "serial": "serial",
}


class _Form(msgspec.Struct, frozen=True):
    """What of the form the ticket holds."""

    fault: Fault
    category: str
    classification: str


class Saving(QObject):
    """Saves the form of one call. ``picked`` answers the ids of customer and person; ``changed`` hears that the ticket has changed."""

    def __init__(
        self, desk: Desk, form: CallForm, call: str, picked: Callable[[], tuple[str, str]], changed: Callable[[], None]
    ) -> None:
        super().__init__(form)
        self._desk, self._form, self._call, self._picked, self._changed = desk, form, call, picked, changed
        self._busy = False
        self._kept: _Form | None = None
        self._hints: tuple[str, ...] = ()
        self.ticket = ""

    def follow(self, ticket: Ticket) -> None:
        """The call has this ticket."""
        self.ticket = ticket.id
        if self._kept is None:
            self._kept = _Form(ticket.fault, ticket.category, ticket.classification)

    @property
    def unsaved(self) -> bool:
        """True while the form holds something that the ticket does not."""
        return self._kept is None or not _alike(self._kept, self._now())

    def save(self, then: Callable[[], None]) -> None:
        """Log the call, or correct its ticket, then go on; a refusal is said at the fields and nothing typed is lost."""
        if self._busy:
            return
        now = self._now()
        if not self.ticket:
            self._log(now, then)
        elif self._kept is not None and not _alike_fault(self._kept.fault, now.fault):
            self._run(lambda: self._desk.tickets.correct_fault(self.ticket, now.fault), now, then)
        elif self._kept is not None and not _alike(self._kept, now) and now.classification:
            self._run(lambda: self._desk.tickets.classify(self.ticket, now.category, now.classification), now, then)
        else:
            then()

    def show_missing(self, problem: Refused) -> None:
        """Say each missing field at its place, and put the cursor into the first."""
        placed = False
        for name in problem.fields:
            field = FIELD_OF.get(name)
            if field is not None:
                single = len(problem.fields) == 1
                self._form.set_error(
                    field, sentence(problem) if single else refusal(f"missing_{name}", {}, problem.text)
                )
                placed = True
        if problem.fields == ("serial",) and self._desk.member.supervises:
            self._form.ask_serial_missing()
        elif placed:
            self._form.focus_first_error()
        else:
            self._form.notice.show_message(Tone.LATE, sentence(problem))

    def refuse(self, error: BaseException) -> None:
        """What could not be done, where the person looks; everything typed is still there."""
        self._busy = False
        if isinstance(error, Refused):
            self.show_missing(error)
        else:
            self._form.notice.show_message(Tone.LATE, sentence(error))

    def tells_class(self) -> bool:
        """Whether there is a class to tell (H-10)."""
        return not blank(self._form.values().category)

    # --- how -------------------------------------------------------------------------------------------------------------

    def _now(self) -> _Form:
        values = self._form.values()
        category, words = self._desk.lookup.class_named(values.category) if not blank(values.category) else ("", "")
        fault = Fault(
            caller=values.caller,
            company=values.company,
            phone=values.phone,
            product=values.product,
            serial=values.serial,
            serial_missing="" if self._form.serial_missing.isHidden() else self._form.serial_missing.text(),
            description=values.fault,
        )
        return _Form(fault, category, words)

    def _log(self, now: _Form, then: Callable[[], None]) -> None:
        customer, contact = self._picked()
        calls, call, kind = self._desk.calls, self._call, self._form.kinds.key

        def logged(saved: Saved) -> None:
            self._busy, self._kept, self.ticket, self._hints = False, now, saved.ticket, saved.hints
            self._changed()
            then()

        self._busy = True
        self._desk.run(
            lambda: calls.log(
                call,
                now.fault,
                kind=kind,
                category=now.category,
                classification=now.classification,
                customer=customer,
                contact=contact,
            ),
            logged,
            self.refuse,
            self,
        )

    def _run(self, work: Callable[[], Future[Saved]], now: _Form, then: Callable[[], None]) -> None:
        def done(_saved: Saved) -> None:
            kept = self._kept or now
            alike = _alike_fault(kept.fault, now.fault)
            # One thing at a time: the fault first, the class with the next round.
            self._kept = msgspec.structs.replace(kept, fault=now.fault) if not alike else now
            self._busy = False
            self._changed()
            self.save(then)

        self._busy = True
        self._desk.run(work, done, self.refuse, self)

    def check_way(self) -> Refused | None:
        """Why the caller cannot be put through or promised a call back yet (H-10)."""
        return self._desk.tickets.check(c.OfferCallBack(ticket=self.ticket))

    def tell_done(self, words: str) -> None:
        """Something was done; the words stay until the next thing happens. What was asked for and is not there is said once (A-51)."""
        hints = [hint_words(self._desk.policy, code) for code in self._hints]
        tone, self._hints = Tone.SOON if hints else Tone.FINE, ()
        self._form.notice.show_message(tone, " ".join([words or tr("Saved."), *hints]))


def _alike(one: _Form, other: _Form) -> bool:
    return _alike_fault(one.fault, other.fault) and (one.category, one.classification) == (
        other.category,
        other.classification,
    )


def _alike_fault(one: Fault, other: Fault) -> bool:
    """Whether two say the same; the international form of the number is the core's own."""
    return msgspec.structs.replace(one, phone_e164="") == msgspec.structs.replace(other, phone_e164="")
