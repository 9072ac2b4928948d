"""Is this caller entitled to help? A running contract, else a device in warranty, else not; the call is logged anyway (H-05, H-12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from desk_core.people import Asset, Contract, fold_serial
from desk_core.policy import Policy
from desk_core.tickets import Entitlement
from desk_core.views import View


def find(policy: Policy, contracts: Sequence[Contract], asset: Asset | None, day: dt.date) -> Entitlement:
    """The first entitlement of the policy's list that holds on ``day`` (the local date of the office on the day of the call).

    A contract covers the whole company or one serial number. Both a contract's last day and a warranty's last day count in full (H-12).
    With none, the newest that ended is named, so that the agent can say so.
    """
    if not policy.entitlements:
        return Entitlement("contract", "", None)
    ended: list[Entitlement] = []
    for rule in policy.entitlements:
        if rule.id == "contract":
            serial = fold_serial(asset.serial) if asset else ""
            fitting = [c for c in contracts if not c.serial or fold_serial(c.serial) == serial]
            fitting = [c for c in fitting if not rule.contract_type or c.type == rule.contract_type]
            running = [c for c in fitting if c.starts <= day <= c.ends]
            if running:
                best = max(running, key=lambda c: c.ends)
                return Entitlement("contract", best.title or rule.title, best.ends)
            ended += [Entitlement("none", c.title or rule.title, c.ends) for c in fitting if c.ends < day]
        elif asset is not None and asset.warranty_until is not None:
            if day <= asset.warranty_until:
                return Entitlement("warranty", rule.title, asset.warranty_until)
            ended.append(Entitlement("none", rule.title, asset.warranty_until))
    return max(ended, key=lambda e: e.until or dt.date.min, default=Entitlement("none"))


def benefits(policy: Policy, entitlement: Entitlement, *, current_version: bool = True) -> tuple[tuple[str, bool], ...]:
    """What an entitlement gives, each with whether this customer has it now (E-02 to E-10)."""
    return tuple(
        (benefit.title, entitlement.entitled and (current_version or not benefit.current_only))
        for rule in policy.entitlements
        for benefit in rule.benefits
    )


def upgrade_price(old: int, new: int) -> int:
    """What a step up costs: the difference between the two levels, in the unit of both; never less than nothing (E-08)."""
    return max(0, new - old)


def of_call(view: View, customer: str, serial: str, office: str, received: dt.datetime) -> Entitlement:
    """What a caller is entitled to on the day of the call, in the office's own date (H-05, H-12); ``customer`` is an id or "".

    The serial number's asset counts for the company that owns it, and for a caller whose company is not known by name; a contract counts
    for the company, known by name or by that asset.
    """
    policy = view.policy
    asset = view.asset(serial) if serial.strip() else None
    if asset is not None and customer and asset.customer != customer:
        asset = None
    owner = customer or (asset.customer if asset else "")
    contracts = view.contracts(owner) if owner else ()
    calendar = next(o.calendar for o in policy.offices if o.id == office)
    zone = next(c.zone for c in policy.calendars if c.id == calendar)
    return find(policy, contracts, asset, received.astimezone(ZoneInfo(zone)).date())
