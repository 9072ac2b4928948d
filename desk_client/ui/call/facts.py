"""What this computer knows of a caller: read on another thread, shown beside the form (H-05, H-12, H-14; points 3, 4, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desk_client.services import Explanations, Lookup, Queue, Tickets
from desk_client.services.records import CustomerView, Match, Row, TicketView
from desk_core import events
from desk_core.clocks import Why
from desk_core.people import fold, fold_serial, phone_e164
from desk_core.policy import Policy
from desk_core.tickets import Entitlement

Sureness = Literal["", "known", "maybe", "unknown"]
_COMPARED = 12
_UNKNOWN = Entitlement()
_LEAST_WORD, _LEAST_NUMBER = 2, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What is in the form now. ``customer`` is an id when somebody picked one; ``ticket`` is the call's own, which is no duplicate."""

    customer: str = ""
    contact: str = ""
    caller: str = ""
    company: str = ""
    phone: str = ""
    product: str = ""
    serial: str = ""
    office: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. ``callers`` are the persons with the phone number when nothing was picked: one, or several of whom none is
    preferred; ``duplicate`` is the reference of an open ticket about the same device."""

    sureness: Sureness = ""
    customer: CustomerView | None = None
    callers: tuple[Match, ...] = ()
    entitlement: Entitlement = _UNKNOWN
    tickets: tuple[Row, ...] = ()
    duplicate: str = ""
    promise: Why | None = None
    promise_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The services that are read; they answer on any thread."""

    lookup: Lookup
    queue: Queue
    tickets: Tickets
    why: Explanations

    def facts(self, policy: Policy, asked: Asked) -> Facts:
        """Everything that belongs beside the form."""
        callers = self.lookup.by_phone(asked.phone, asked.office) if asked.phone and not asked.customer else ()
        customer, sureness = self._customer(asked, callers)
        view = self.lookup.customer(customer) if customer else None
        rows = tuple(r for r in self.queue.of_customer(customer) if r.id != asked.ticket) if customer else ()
        promise = self._promise(policy, asked.office)
        entitlement = _UNKNOWN
        if customer or asked.serial:
            entitlement = self.lookup.entitlement(customer, asked.serial, asked.office)
        return Facts(
            sureness=sureness,
            customer=view,
            callers=callers,
            entitlement=entitlement,
            tickets=rows,
            duplicate=self._duplicate(rows, asked),
            promise=promise,
            promise_lines=tuple(self.why.lines(promise)) if promise else (),
        )

    def _customer(self, asked: Asked, callers: Sequence[Match]) -> tuple[str, Sureness]:
        """The customer that is meant, and how sure that is (4)."""
        if asked.customer:
            return asked.customer, "known"
        if asked.serial:
            wanted = fold_serial(asked.serial)
            owners = {
                m.customer.id
                for m in self.lookup.by_serial(asked.serial)
                if m.asset and fold_serial(m.asset.serial) == wanted
            }
            if len(owners) == 1:
                return owners.pop(), "known"
        if asked.company:
            named = [
                m.customer.id
                for m in self.lookup.by_company(asked.company)
                if fold(m.customer.name) == fold(asked.company)
            ]
            return (named[0], "known") if len(named) == 1 else ("", "maybe" if named else "unknown")
        if callers:
            sure = {m.customer.id for m in callers if m.sure}
            return (sure.pop(), "known") if len(sure) == 1 else ("", "maybe")
        return "", "unknown" if asked.phone else ""

    def _duplicate(self, rows: Sequence[Row], asked: Asked) -> str:
        """An open ticket of this customer about the same device (13)."""
        if not asked.serial:
            return ""
        wanted = fold_serial(asked.serial)
        for row in rows[:_COMPARED]:
            found = self.tickets.get(row.id)
            if isinstance(found, TicketView) and fold_serial(found.ticket.fault.serial) == wanted:
                return row.reference
        return ""

    def _promise(self, policy: Policy, office: str) -> Why | None:
        clock = call_back_clock(policy)
        return self.why.if_promised(clock, office) if clock else None

    def matches(self, name: str, typed: str, customer: str, office: str) -> tuple[Match, ...]:
        """Whom or what the text typed into a field may mean."""
        view = self.lookup.customer(customer) if customer else None
        if view is not None and name in ("caller", "product", "serial"):
            return _of_customer(view, name, typed)
        if len(typed) < (_LEAST_NUMBER if name == "phone" else _LEAST_WORD):
            return ()
        if name == "phone":
            return self.lookup.by_phone(typed, office)
        if name == "company":
            return self.lookup.by_company(typed)
        if name == "serial":
            return self.lookup.by_serial(typed)
        if name == "caller":
            return tuple(m for m in self.lookup.find(typed).customers if m.contact is not None)
        return ()


def _of_customer(view: CustomerView, name: str, typed: str) -> tuple[Match, ...]:
    wanted = fold(typed)
    if name == "caller":
        return tuple(Match(customer=view.customer, contact=c) for c in view.contacts if wanted in fold(c.name))
    if name == "serial":
        number = fold_serial(typed)
        return tuple(Match(customer=view.customer, asset=a) for a in view.assets if number in fold_serial(a.serial))
    return tuple(Match(customer=view.customer, asset=a) for a in view.assets if wanted in fold(a.product))


def call_back_clock(policy: Policy) -> str:
    """The promise that begins when a caller cannot be put through (H-14), "" when the policy makes none."""
    begins = str(events.PutThroughNotPossible.__struct_config__.tag)
    return next((clock.id for clock in policy.clocks if clock.starts == begins), "")


def same_number(one: str, other: str, country: str) -> bool:
    """Whether two spellings are one phone number."""
    return one == other or (bool(one) and phone_e164(one, country) == phone_e164(other, country) != "")
