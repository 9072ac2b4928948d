"""A customer at the terminal: who they are, what they have, what they are entitled to now, what more costs (E-01 to E-11, H-30)."""

from __future__ import annotations

from typing import Any

from desk_client.services.errors import Missing
from desk_client.services.i18n import tr
from desk_client.services.lookup import Lookup
from desk_client.services.records import CustomerView
from desk_core import entitlement
from desk_core.people import Customer
from desk_core.policy import Policy
from desk_core.tickets import Ticket


def customer_data(customer: Customer) -> dict[str, Any]:
    """What the desk knows of a company, as JSON; nothing is left out because it is empty."""
    return {name: getattr(customer, name) for name in Customer.__struct_fields__}


def of_ticket(lookup: Lookup, policy: Policy, ticket: Ticket) -> tuple[dict[str, Any], list[str]]:
    """The customer of a ticket as JSON and in lines, with the benefits that they had when the ticket came."""
    view = _view(lookup, ticket.customer)
    current = view.customer.current_version if view is not None else True
    benefits = entitlement.benefits(policy, ticket.entitlement, current_version=current)
    data: dict[str, Any] = {
        "customer_details": _details(view) if view is not None else None,
        "benefits": [{"title": title, "entitled": entitled} for title, entitled in benefits],
    }
    said = _lines(policy, view) if view is not None else []
    yes, no = tr("entitled"), tr("not entitled")
    return data, [*said, *(f"{title}: {yes if entitled else no}" for title, entitled in benefits)]


def level_of(lookup: Lookup, ticket: Ticket) -> int:
    """The level that the newest licence of the ticket's customer has. Raises ``Missing``."""
    view = _view(lookup, ticket.customer)
    levels = [each for each in view.contracts if each.feature_level] if view is not None else []
    if not levels:
        raise Missing("No level of a licence is known of this customer.", code="no_level")
    return max(levels, key=lambda each: each.ends).feature_level


def _view(lookup: Lookup, customer: str) -> CustomerView | None:
    try:
        return lookup.customer(customer) if customer else None
    except Missing:
        return None


def _details(view: CustomerView) -> dict[str, Any]:
    lists = {"contacts": view.contacts, "devices": view.assets, "contracts": view.contracts}
    return {
        **customer_data(view.customer),
        **{
            name: [{field: getattr(row, field) for field in row.__struct_fields__} for row in rows]
            for name, rows in lists.items()
        },
    }


def _lines(policy: Policy, view: CustomerView) -> list[str]:
    """What an agent has to know of the company while they talk; what is not known is left out."""
    customer = view.customer
    titles = {kind.id: kind.title for kind in policy.ticket.customer_kinds}
    told = (
        (tr("kind of customer"), titles.get(customer.kind, customer.kind)),
        (tr("end customer"), customer.end_contact),
        (tr("software"), "" if customer.current_version else tr("not the current version")),
        (tr("prior access to the source agreed on"), str(customer.priority_escrow or "")),
        (tr("notes"), customer.notes),
    )
    return [f"{title}: {value}" for title, value in told if value]
