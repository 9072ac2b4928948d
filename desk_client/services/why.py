"""Why a deadline is when it is, and what would be promised if one acted now (TS-4, A-02)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk_client.models import queries
from desk_client.models.access import Access, Here
from desk_client.services.errors import Missing
from desk_client.services.records import Nothing
from desk_client.services.words import entitlement_rules, moved_words, nothing_promised
from desk_core import explanation_texts
from desk_core.clocks import Why, explain_clock, if_started, why_none
from desk_core.policy import Policy
from desk_core.tickets import Ticket
from desk_core.views import Lacking

Translate = explanation_texts.Translate


class Explanations:
    """The arithmetic of promises; read-only."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of_ticket(self, ticket: str, clock: str = "") -> tuple[Why, ...]:
        """Every promise of a ticket, or the one named, newest rule text included. Raises ``Missing`` for a clock that it does not have."""
        with self._access.read() as here:
            found = here.view.ticket(ticket)
            if found is None:
                raise Missing("There is no such ticket on this machine.")
            ids = list(dict.fromkeys(c.id for c in found.clocks))
            if clock and clock not in ids:
                has = f"it has: {', '.join(ids)}" if ids else "nothing is promised on it"
                raise Missing(f"This ticket has no clock called “{clock}”; {has}.", code="no_such_clock")
            now, policy = self._access.now(), _policy_of(here, found)
            history = queries.history(here.reading.cache, "ticket", ticket)
            whys = [explain_clock(policy, found, each, now, history) for each in ([clock] if clock else ids)]
        return tuple(w for w in whys if w is not None)

    def nothing(self, ticket: str) -> Nothing:
        """Why nothing is promised on a ticket, with the sentences of the rules that say so (H-05). Raises ``Missing``."""
        with self._access.read() as here:
            found = here.view.ticket(ticket)
            if found is None:
                raise Missing("There is no such ticket on this machine.")
            policy = _policy_of(here, found)
        code = why_none(policy, found)
        ids = entitlement_rules(policy) if code == "not_entitled" else tuple(r for c in policy.clocks for r in c.rules)
        sentences = ((rule_id, policy.rule(rule_id)) for rule_id in dict.fromkeys(ids))
        rules = tuple((rule_id, rule.text) for rule_id, rule in sentences if rule is not None)
        return Nothing(code=code, text=nothing_promised(policy, found), rules=rules)

    def if_promised(self, clock: str, office: str = "") -> Why | None:
        """What would be due if the promise began now: shown before the agent makes it."""
        with self._access.read() as here:
            return if_started(
                here.policy, clock, office or here.member.office or here.policy.offices[0].id, self._access.now()
            )

    @staticmethod
    def lines(why: Why, translate: Translate = str) -> list[str]:
        """The arithmetic in words, one part after the other."""
        return explanation_texts.render_each(why.steps, ZoneInfo(why.zone), translate)

    @staticmethod
    def moved(why: Why) -> list[str]:
        """From where the deadline came, each move in a line: by other dates of the calendar (TS-13), another office (H-35), …"""
        zone = ZoneInfo(why.zone)
        return [moved_words(move, zone) for move in why.moves]

    @staticmethod
    def due(why: Why, translate: Translate = str) -> str:
        """The deadline in its calendar's own time, "" without one."""
        return explanation_texts.display_deadline(why.deadline, ZoneInfo(why.zone), translate) if why.deadline else ""


def _policy_of(here: Here, ticket: Ticket) -> Policy:
    """The version that the ticket keeps (A-01). Raises ``Missing`` where this machine does not have it."""
    try:
        return here.view.policy_at(ticket.policy_version)
    except Lacking:
        text = f"This machine does not have version {ticket.policy_version} of the desk's policy, by which this was promised."
        raise Missing(text, code="no_such_version") from None
