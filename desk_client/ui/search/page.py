"""What a search found: a ticket by its reference at once, tickets and customers by any words, newest first (59)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer

from desk_client.services.records import Elsewhere, Found, Match, Row
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.queue.board import due_text
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, ChoiceList, Heading, Item, Secondary, column
from desk_client.ui.workarea import WorkPage
from desk_core import references

DEBOUNCE_MS = 120


class SearchPage(WorkPage):
    """Results as the person types; Enter opens the selected one."""

    def __init__(self, clear: Action) -> None:
        """``clear`` empties the search; it is offered while nothing is found (51)."""
        super().__init__()
        self._clear = clear
        self.heading, self._lead = Heading(tr("Search")), Secondary("", wrap=True)
        self.list = ChoiceList(tr("What was found"))
        self.list.setObjectName("search_results")
        layout = column(self, margins=(Space.XL, Space.M, Space.XL, Space.M), spacing=Space.S)
        layout.addWidget(self.heading)
        layout.addWidget(self._lead)
        layout.addWidget(self.list, 1)
        layout.addStretch()

    @property
    def lead(self) -> str:
        """The sentence above the results."""
        return self._lead.text()

    def show_found(self, typed: str, items: list[Item], sentence_: str) -> None:
        """Show these results of a search for ``typed``."""
        self.heading.setText(tr("Search: {words}", words=typed))
        self._lead.setText(sentence_)
        self.list.show_items(items)
        self.list.fit()
        self.expected = None if items else self._clear


class Search:
    """Answers the search field. ``open_ticket`` and ``open_elsewhere`` show what was chosen; ``show_page`` shows the results."""

    def __init__(
        self, desk: Desk, show_page: Callable[[SearchPage], None], open_ticket: Callable[[str], None],
        open_elsewhere: Callable[[Elsewhere], None], left: Callable[[], None], clear: Callable[[], None],
    ) -> None:  # fmt: skip
        self._clear = clear
        clear_search = Action(tr("Clear the search"))
        clear_search.fired.connect(clear)
        self.page = SearchPage(clear_search)
        clear_search.setParent(self.page)
        self._desk, self._show, self._open_ticket, self._open_elsewhere, self._left = (
            desk,
            show_page,
            open_ticket,
            open_elsewhere,
            left,
        )
        self._typed, self._entered = "", False
        self._elsewhere: dict[str, Elsewhere] = {}
        self._wait = QTimer(self.page, singleShot=True, interval=DEBOUNCE_MS)
        self._wait.timeout.connect(self._look)
        self.page.list.chosen.connect(self._chosen)

    def typed(self, text: str) -> None:
        """The search field was edited."""
        self._typed, self._entered = text.strip(), False
        if not self._typed:
            self._wait.stop()
            self._left()
        elif self._desk.who is not None:
            self._wait.start()

    def entered(self, text: str) -> None:
        """Enter was pressed in the field: a reference opens at once, words go into the list."""
        if not text or self._desk.who is None:
            return
        self._typed, self._entered = text, True
        self._wait.stop()
        self._look()

    def enter_list(self) -> None:
        """Down was pressed in the field: the keyboard goes to the results."""
        if self.page.isVisible() and self.page.list.items():
            self.page.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        typed = self._typed
        self._desk.later(
            lambda: self._desk.lookup.find(typed), lambda found: self._found(typed, found), owner=self.page
        )

    def _found(self, typed: str, found: Found) -> None:
        if typed != self._typed:
            return
        number = references.parse(typed)
        if self._entered and number is not None:
            if found.elsewhere is not None:
                there = found.elsewhere
                self._go(lambda: self._open_elsewhere(there))
                return
            if len(found.tickets) == 1:
                self._go(lambda: self._open_ticket(found.tickets[0].id))
                return
            if not found.tickets:
                self._ask_server(typed)
                return
        items = self._items(found)
        self.page.show_found(typed, items, _lead(found, len(items)))
        self._show(self.page)
        if self._entered and items:
            self.page.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, there: Callable[[], None]) -> None:
        """To what was found; the search has done its work and is empty again."""
        there()
        self._clear()

    def _ask_server(self, typed: str) -> None:
        self.page.show_found(typed, [], tr("This computer does not know the number; the server is being asked…"))
        self._show(self.page)

        def unknown(error: BaseException) -> None:
            self.page.show_found(typed, [], sentence(error))

        def known(elsewhere: Elsewhere) -> None:
            self._go(lambda: self._open_elsewhere(elsewhere))

        self._desk.run(lambda: self._desk.tickets.find_far(typed), known, unknown, self.page)

    def _items(self, found: Found) -> list[Item]:
        items = [self._ticket(row) for row in found.tickets]
        if found.elsewhere is not None:
            stub = found.elsewhere.stub
            self._elsewhere[stub.id] = found.elsewhere
            words = tr("Belongs to {department}", department=found.elsewhere.department_title)
            items.append(Item(f"elsewhere:{stub.id}", references.grouped(stub.reference), words))
        return items + [_customer(match) for match in found.customers]

    def _ticket(self, row: Row) -> Item:
        desk = self._desk
        number = references.grouped(row.reference)
        title = tr("{number}  {company}", number=number, company=row.company) if row.company else number
        chip, tone = _state(row), Tone.PAUSED
        if row.clock is not None and row.clock.deadline is not None:
            now = desk.now()
            chip = due_text(desk.local(row.clock.deadline, row.office), desk.local(now, row.office))
            tone = Tone.LATE if now > row.clock.deadline else Tone.FINE
        return Item(f"ticket:{row.id}", title, row.title, chip, tone)

    def _chosen(self, key: str) -> None:
        kind, _, found = key.partition(":")
        if kind == "ticket":
            self._go(lambda: self._open_ticket(found))
        elif kind == "elsewhere":
            self._go(lambda: self._open_elsewhere(self._elsewhere[found]))
        elif kind == "customer":
            self._show_customer(found)

    def _show_customer(self, customer: str) -> None:
        """The open tickets of a customer, in the same list."""
        rows = self._desk.queue.of_customer(customer)
        name = self._desk.lookup.customer(customer).customer.name
        none = tr("{company} has no open ticket in your departments.", company=name)
        words = tr("Open tickets of {company}", company=name) if rows else none
        self.page.show_found(name, [self._ticket(row) for row in rows], words)
        self.page.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _state(row: Row) -> str:
    return {
        "open": tr("open"),
        "waiting_customer": tr("waits for the customer"),
        "resolved": tr("resolved"),
        "closed": tr("closed"),
    }[row.status]


def _customer(match: Match) -> Item:
    parts = [match.contact.name, match.contact.phone] if match.contact else []
    parts += [match.asset.product, match.asset.serial] if match.asset else []
    detail = " · ".join(part for part in parts if part) or tr("Customer")
    return Item(f"customer:{match.customer.id}", match.customer.name, detail)


def _lead(found: Found, count: int) -> str:
    if not count:
        return tr("Nothing was found; every word that you type must begin a word of the ticket or the customer.")
    if not found.tickets and not found.customers:
        return ""
    if found.more:
        return tr("The first %n; type more to find less. Down and Enter open", "", count)
    return tr("%n found; Down and Enter open", "", count)
