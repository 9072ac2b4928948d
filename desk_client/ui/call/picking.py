"""Looking up while the caller talks: choices under the field that is typed in, and what a picked one fills (points 3, 4, 14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from desk_client.services.records import Match
from desk_client.ui.call.facts import Asked, Facts, Sources, same_number
from desk_client.ui.call.form import CallForm
from desk_client.ui.call.question import Answer
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.widgets import Item
from desk_core.people import fold, fold_serial

LOOK_MS = 120
_LOOKED_UP = ("caller", "company", "phone", "product", "serial")


class Picking(QObject):
    """Fills the form of one call from what this computer knows. ``told`` hears the facts; what the person typed is never overwritten
    without asking."""

    def __init__(
        self, desk: Desk, form: CallForm, office: str, told: Callable[[Facts], None], filled: Callable[[], None]
    ) -> None:
        super().__init__(form)
        self._desk, self._form, self._office, self._told, self._filled = desk, form, office, told, filled
        self._sources = Sources(desk.lookup, desk.queue, desk.tickets, desk.why)
        self._matches: dict[str, tuple[Match, ...]] = {}
        self._callers: tuple[Match, ...] = ()
        self._field, self._asked = "", 0
        self.customer = self.contact = self.ticket = ""
        self.from_number = False
        self.facts = Facts()
        self._look = self._timer(self._look_up)
        self._read = self._timer(self._read_facts)
        form.edited.connect(self._edited)
        form.wanted.connect(self._wanted)
        for name, offers in form.offers.items():
            offers.picked.connect(partial(self._picked, name))

    def _timer(self, done: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        timer.timeout.connect(done)
        return timer

    def read(self) -> None:
        """Read the facts again, soon."""
        self._read.start()

    def stop(self) -> None:
        """Look nothing up any more."""
        self._look.stop()
        self._read.stop()

    # --- while typing ----------------------------------------------------------------------------------------------------

    def _edited(self, name: str, text: str) -> None:
        if name == "company" and self.facts.customer and fold(text) != fold(self.facts.customer.customer.name):
            self.customer = self.contact = ""
        if name == "caller":
            self.contact = ""
        if name in ("caller", "company", "phone"):
            self.from_number = False
        if name == "category":
            self._form.offers[name].offer(self._classes(text))
        elif name in _LOOKED_UP:
            self._field = name
            self._look.start()
        if name in _LOOKED_UP:
            self._read.start()

    def _wanted(self, name: str) -> None:
        """Down was pressed: offer what there is, also for nothing typed."""
        if name == "category":
            self._form.offers[name].offer(self._classes(self._form.values().category))
        elif name in _LOOKED_UP:
            self._field = name
            self._look_up()

    def _classes(self, typed: str) -> list[Item]:
        wanted = fold(typed)
        kind = self._form.kinds.key
        fitting = [c for c in self._desk.policy.categories if not c.kinds or kind in c.kinds]
        return [
            Item(c.id, c.title, ", ".join(self._desk.department_title(d) for d in c.departments))
            for c in fitting
            if wanted in fold(c.title) and fold(c.title) != wanted
        ]

    def _look_up(self) -> None:
        name, typed = self._field, getattr(self._form.values(), self._field)
        sources, customer, office = self._sources, self._customer_id(), self._office
        self._desk.later(
            lambda: sources.matches(name, typed, customer, office),
            lambda found: self._offer(name, typed, found),
            owner=self,
        )

    def _customer_id(self) -> str:
        return self.customer or (self.facts.customer.customer.id if self.facts.customer else "")

    def _offer(self, name: str, typed: str, found: Sequence[Match]) -> None:
        if getattr(self._form.values(), name) != typed:
            return
        self._matches[name] = tuple(found)
        items = [_item(name, place, match) for place, match in enumerate(found)]
        only_itself = len(items) == 1 and fold(items[0].title) == fold(typed)
        self._form.offers[name].offer([] if only_itself and self._customer_id() else items)

    def _picked(self, name: str, key: str) -> None:
        if name == "category":
            category = self._desk.policy.category(key)
            if category is not None:
                self._form.set_value("category", category.title)
                self._form.edited.emit("category", category.title)
            return
        self.pick(self._matches[name][int(key)], chosen_in=name)

    # --- picking ---------------------------------------------------------------------------------------------------------

    def pick_caller(self, key: str) -> None:
        """One of several callers with this number was chosen at the right."""
        self.pick(self._callers[int(key)])

    def pick(self, match: Match, *, chosen_in: str = "") -> None:
        """Fill the form from a match. Empty fields are filled, the field in which it was chosen too; for others the person is asked."""
        self.customer = match.customer.id
        if match.contact is not None:
            self.contact = match.contact.id
        now, differing = self._form.values(), {}
        for name, text in _texts(match).items():
            before = getattr(now, name)
            if not before or name == chosen_in:
                self._form.set_value(name, text)
            elif not self._same(name, before, text):
                differing[name] = text
        if differing:
            self._ask(differing)
        self._filled()
        self._read.start()

    def _same(self, name: str, one: str, other: str) -> bool:
        if name == "serial":
            return fold_serial(one) == fold_serial(other)
        if name == "phone":
            office = self._desk.policy.office(self._office) or self._desk.policy.offices[0]
            return same_number(one, other, office.country)
        return fold(one) == fold(other)

    def _ask(self, differing: dict[str, str]) -> None:
        values = self._form.values()
        parts = [
            tr("“{typed}” by “{known}”", typed=getattr(values, name), known=text) for name, text in differing.items()
        ]

        def replace() -> None:
            for name, text in differing.items():
                self._form.set_value(name, text)
            self._filled()
            self._read.start()

        words = tr("Replace what you typed: {parts}?", parts=", ".join(parts))
        answers = [Answer(tr("Keep what I typed"), _keep, "keep"), Answer(tr("Replace"), replace, "replace")]
        self._form.question.ask(words, "", answers, focus=False)

    # --- facts -----------------------------------------------------------------------------------------------------------

    def _read_facts(self) -> None:
        values = self._form.values()
        self._asked += 1
        number, policy, sources = self._asked, self._desk.policy, self._sources
        asked = Asked(
            customer=self.customer,
            contact=self.contact,
            caller=values.caller,
            company=values.company,
            phone=values.phone,
            product=values.product,
            serial=values.serial,
            office=self._office,
            ticket=self.ticket,
        )
        self._desk.later(lambda: sources.facts(policy, asked), lambda facts: self._came(number, facts), owner=self)

    def _came(self, number: int, facts: Facts) -> None:
        if number != self._asked:
            return
        self.facts, self._callers = facts, facts.callers
        self._told(facts)


def _texts(match: Match) -> dict[str, str]:
    found = {"company": match.customer.name}
    if match.contact is not None:
        found |= {"caller": match.contact.name, "phone": match.contact.phone}
    if match.asset is not None:
        found |= {"product": match.asset.product, "serial": match.asset.serial}
    return {name: text for name, text in found.items() if text}


def _item(name: str, place: int, match: Match) -> Item:
    contact, asset = match.contact, match.asset
    likely = "" if match.sure else tr("only alike")
    if name == "serial" and asset is not None:
        return Item(
            str(place),
            asset.serial,
            tr("{product} · {company}", product=asset.product, company=match.customer.name),
            likely,
        )
    if name == "product" and asset is not None:
        return Item(str(place), asset.product, asset.serial, likely)
    if name == "phone" and contact is not None:
        return Item(
            str(place),
            contact.name,
            tr("{company} · {phone}", company=match.customer.name, phone=contact.phone),
            likely,
        )
    if contact is not None:
        return Item(str(place), contact.name, match.customer.name, likely)
    return Item(str(place), match.customer.name, "", likely)


def _keep() -> None:
    """What was typed stays."""
