"""What stands beside the form of a call: the person, open tickets, the promise; and the chips below the fields."""

from __future__ import annotations

from collections.abc import Callable

from desk_client.services.formats import full_date
from desk_client.services.i18n import from_core
from desk_client.services.records import Match
from desk_client.ui.call.facts import Facts
from desk_client.ui.call.form import Entitlement as EntitlementChip
from desk_client.ui.call.form import nobody_yet
from desk_client.ui.context import ContextPanel, OpenTicket
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.queue.board import due_text
from desk_client.ui.tokens import Tone
from desk_core import references
from desk_core.tickets import Entitlement

_MOST_TICKETS = 8


def chips(facts: Facts, *, from_number: bool) -> list[EntitlementChip]:
    """Who it is, and what the customer is entitled to. ``from_number``: the fields were filled from the caller's number, which proves
    nothing (R53)."""
    found = []
    if from_number:
        found.append(EntitlementChip(Tone.SOON, tr("Filled from the phone number; ask to be sure")))
    elif facts.sureness == "known" and facts.customer is not None:
        found.append(EntitlementChip(Tone.FINE, tr("Known customer"), settled=True))
    elif facts.sureness == "maybe":
        found.append(EntitlementChip(Tone.SOON, tr("Perhaps known: choose at the right")))
    elif facts.sureness == "unknown":
        found.append(EntitlementChip(Tone.PAUSED, tr("New customer")))
    else:
        found.append(nobody_yet())
    entitled = entitlement_chip(facts.entitlement)
    return found + ([entitled] if entitled is not None else [])


def entitlement_chip(entitlement: Entitlement) -> EntitlementChip | None:
    """Contract, warranty, or none (H-05, H-12)."""
    title = entitlement.title
    until = full_date(entitlement.until) if entitlement.until else ""
    if entitlement.entitled:
        words = tr("{title} until {date}", title=title, date=until) if until else title
        return EntitlementChip(Tone.FINE, words or tr("Entitled"), settled=True)
    if entitlement.source == "unknown":
        return None
    if until:
        return EntitlementChip(Tone.SOON, tr("{title} ended {date}", title=title, date=until))
    return EntitlementChip(Tone.SOON, tr("No contract, no warranty"))


class Aside:
    """Fills the context while a call is shown."""

    def __init__(self, desk: Desk, panel: ContextPanel) -> None:
        self._desk, self._panel = desk, panel

    def show(self, facts: Facts, caller: str, *, way_open: bool) -> None:
        """Everything that is known; ``way_open`` while a call back can still be promised."""
        panel = self._panel
        company = facts.customer.customer if facts.customer else None
        panel.show_person(caller or (company.name if company else ""), self._about(facts, caller))
        several = facts.customer is None and len(facts.callers) > 0
        words = (
            tr("%n people may have this number", "", len(facts.callers), one="This number may belong to")
            if several
            else ""
        )
        panel.show_choices(
            words, [choice(place, match) for place, match in enumerate(facts.callers)] if several else ()
        )
        rows = facts.tickets[:_MOST_TICKETS]
        panel.show_tickets(
            [OpenTicket(self._desk.key(r.id), r.reference, r.title) for r in rows], tr("Open tickets of this customer")
        )
        panel.show_duplicate(
            tr("Same device as {number}?", number=references.grouped(facts.duplicate)) if facts.duplicate else ""
        )
        heading, lines = self._promise(facts) if way_open else ("", [])
        panel.show_promise(heading, lines)

    def _about(self, facts: Facts, caller: str) -> str:
        if facts.customer is None:
            return ""
        company = facts.customer.customer
        office = self._desk.office_title(company.office) if company.office else ""
        return ", ".join(part for part in (company.name if caller else "", office) if part)

    def _promise(self, facts: Facts) -> tuple[str, list[str]]:
        why = facts.promise
        if why is None:
            return "", []
        if facts.entitlement.source == "none":
            return tr("A call back is not guaranteed"), [
                tr("No contract and no warranty: the call is logged all the same (H-05, H-12).")
            ]
        if why.deadline is None:
            return tr("If you call back: no time is promised"), list(facts.promise_lines)
        due = due_text(self._desk.local(why.deadline), self._desk.local(self._desk.now()))
        sources = ", ".join(rule for rule, _ in why.rules)
        last = tr("{amount}; rules {rules}", amount=from_core(why.amount), rules=sources)
        return tr("If you call back: {due}, if saved now", due=due), [*facts.promise_lines, last]


def choice(place: int, match: Match) -> tuple[str, str, str]:
    """One of several callers: key, name, second line."""
    name = match.contact.name if match.contact else match.customer.name
    about = match.customer.name if match.sure else tr("{company} · only alike", company=match.customer.name)
    return str(place), name, about


def call_line(number: str, answered_seconds: float | None, say: Callable[[str], str]) -> str:
    """The line of the call bar: the number, and how fast it was answered."""
    shown = say(number) if number else ""
    if answered_seconds is None:
        return shown
    fast = tr("answered in {seconds} s", seconds=round(answered_seconds))
    return tr("{number} · {fast}", number=shown, fast=fast) if shown else ""
