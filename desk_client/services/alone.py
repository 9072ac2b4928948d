"""What may be done without the server where the order is mandated: answered, solved and closed is only what is handed out for it."""

from __future__ import annotations

from desk_client.models import queries
from desk_client.models.access import Access
from desk_client.models.network import Network
from desk_client.services.errors import Refused
from desk_core import leases, references
from desk_core.commands import Ask, Close, Reply, RequestInformation, Resolve

_MOST = 500


def not_alone(access: Access, network: Network, ask: Ask) -> Refused | None:
    """Why ``ask`` has to wait for the server, or None. What reports a fact never has to."""
    if network.state.connection not in ("offline", "forbidden") or not isinstance(
        ask, Reply | Resolve | Close | RequestInformation
    ):
        return None
    with access.read() as here:
        ticket = here.view.ticket(ask.ticket)
        rule = here.policy.queue
        if ticket is None or ticket.holder != here.member.id or rule.start != "take_next" or not rule.lease_size:
            return None
        chosen = queries.Filter(holder=here.member.id)
        held = [each.ticket for each in queries.queue_page(here.reading.cache, chosen, "", _MOST)]
    alone = leases.workable_alone(here.policy, held)
    if not leases.on_lease(ticket) or ticket.id in {each.id for each in alone}:
        return None
    numbers = ", ".join(references.grouped(each.reference) for each in alone)
    text = f"Without the server only {numbers} can be worked on; this one waits until the server can be reached."
    return Refused("not_on_lease", text, ("ticket",), {"numbers": numbers})
