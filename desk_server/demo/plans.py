"""What is to happen to a ticket of the sample desk: who calls about what, and the steps that follow."""

from __future__ import annotations

from random import Random
from typing import TypeVar

import msgspec

from desk_core import events as e
from desk_core.people import Asset, Contact, Member
from desk_core.tickets import Entitlement
from desk_server.demo.companies import Company
from desk_server.demo.scripts import EnquiryCase, EnquiryScript, FaultCase, FaultScript, Phrasebook, Question
from desk_server.demo.sources import Product

_T = TypeVar("_T")
_CODES = ("E-114", "E-117", "E-203", "E-041")
_FIRMWARES = ("4.1", "4.2", "4.2.1", "5.0")
_TIMES = ("12:45", "14:00", "15:30", "16:00")
_COUNTS = (12, 20, 25, 30, 40, 60, 80, 120)


class Step(msgspec.Struct, frozen=True):
    """Something that a member does ``after`` so many open seconds since the first ring."""

    after: float
    actor: Member
    what: e.Happening


class Tale(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller tells, and how it turns out."""

    category: str
    kind: str
    title: str
    says: str
    check: str = ""
    reply: str = ""
    solution: str
    question: Question = Question("", "")


class Plan(msgspec.Struct, kw_only=True):
    """A ticket to be. ``start`` is the open second of its office at which the customer came."""

    start: float
    office: str
    department: str
    tale: Tale
    company: Company
    contact: Contact
    asset: Asset | None
    entitlement: Entitlement
    taker: Member
    by_phone: bool
    talk: float
    steps: list[Step]


class Teller:
    """Tells the issues of an office in its words; never the same sentence twice in a row."""

    def __init__(self, dice: Random, book: Phrasebook, products: tuple[Product, ...]) -> None:
        self._dice = dice
        self.book = book
        self._last: dict[int, object] = {}
        self._scripts = {p.name: tuple(s for s in book.fault if set(s.families) & set(p.families)) for p in products}

    def pick(self, options: tuple[_T, ...]) -> _T:
        """One of the options, but not the one that was picked from them last time."""
        chosen = self._dice.choice(options)
        while len(options) > 1 and self._last.get(id(options)) == chosen:
            chosen = self._dice.choice(options)
        self._last[id(options)] = chosen
        return chosen

    def fault(self, product: str) -> Tale:
        """A fault that this product can have."""
        script = self.pick(self._scripts[product])
        return self._fault(script, self.pick(script.cases))

    def this_fault(self, category: str, case: int) -> Tale:
        """A certain case of a certain class."""
        script = next(s for s in self.book.fault if s.category == category)
        return self._fault(script, script.cases[case])

    def _fault(self, script: FaultScript, case: FaultCase) -> Tale:
        values = self._values()
        # A caller counts parcels, desks and labels with different numbers: each further sentence has its own.
        more = (self.pick(options).format_map(values | {"n": self._dice.choice(_COUNTS)}) for options in script.more)
        asked = self.pick(script.asks)
        return Tale(
            category=script.category,
            kind="fault",
            title=case.title.format_map(values),
            says=" ".join((case.says.format_map(values), *more)),
            check=case.check.format_map(values),
            solution=case.solution.format_map(values),
            question=asked,
        )

    def repair(self) -> Tale:
        """Work for the workshop."""
        case = self.pick(self.book.repair.cases)
        return Tale(
            category="repair",
            kind="fault",
            title=case.title,
            says=case.says,
            check=case.check,
            solution=case.solution,
        )

    def enquiry(self, categories: tuple[str, ...]) -> Tale:
        """An enquiry or complaint of one of these classes."""
        script: EnquiryScript = self.pick(tuple(s for s in self.book.enquiry if s.category in categories))
        case: EnquiryCase = self.pick(script.cases)
        return Tale(
            category=script.category,
            kind=script.kind,
            title=case.title,
            says=case.says,
            reply=case.reply,
            solution=case.solution,
        )

    def _values(self) -> dict[str, object]:
        dice, place = self._dice, self.pick(self.book.office.places)
        return {
            "n": dice.choice(_COUNTS),
            "mm": dice.randint(2, 8),
            "code": dice.choice(_CODES),
            "fw": dice.choice(_FIRMWARES),
            "time": dice.choice(_TIMES),
            "place": place,
            "host": f"LJ-{place.split()[-1 if place.startswith('the ') else 0].upper()}-{dice.randint(1, 9):02d}",
        }
