"""Who a customer is and what they are entitled to, from the administrator's file to the agent's terminal: E-01 to E-11."""

from __future__ import annotations

import msgspec
import pytest

from tests.acceptance.desk import Desk
from tests.support.server import FAULT

HEADING = (
    "company,contact,phone,email,product,serial,warranty until,contract from,contract to,"
    "contract type,feature level,kind,customer email,end customer,current version,priority escrow"
)
ALSTER = "Alster Software GmbH"
BENEFITS = 7


def imported(desk: Desk, ends: str, current: str) -> None:
    """The administrator brings in one partner with software assurance."""
    file = desk.folder / "partners.csv"
    line = (
        f"{ALSTER},Kim,,kim@alster.example,,,,2026-01-01,{ends},assurance,1000,partner,post@alster.example,"
        f"end@user.example,{current},2026-02-01"
    )
    file.write_text(f"{HEADING}\n{line}\n", encoding="utf-8")
    desk.admin("import", file, "--mapping", "customers")


@pytest.mark.rule("E-01", "E-02", "E-10")
@pytest.mark.parametrize(
    ("ends", "current", "entitled"),
    [("2026-06-07", "yes", 0), ("2026-06-09", "yes", BENEFITS), ("2026-06-09", "no", BENEFITS - 1)],
)
def test_what_the_file_says_of_a_partner_is_what_the_agent_sees(
    expandit: Desk, ends: str, current: str, entitled: int
) -> None:
    imported(expandit, ends, current)
    ticket = expandit["anna"].opens(
        kind="enquiry",
        customer=expandit.customers[ALSTER],
        fault=msgspec.structs.replace(FAULT, company=ALSTER),
        email="kim@alster.example",
    )
    assert expandit.ticket(ticket).customer_kind == "partner"
    shown = expandit["anna"].json("show", expandit.ref(ticket))
    assert sum(each["entitled"] for each in shown["benefits"]) == entitled
    assert len(shown["benefits"]) == BENEFITS
    if entitled == BENEFITS - 1:
        (lost,) = [each["title"] for each in shown["benefits"] if not each["entitled"]]
        assert lost == "Quellcode beim Treuhänder"


@pytest.mark.rule("E-11")
def test_levels_escrow_and_the_end_customers_contact_are_found(expandit: Desk) -> None:
    """Also E-08 and E-24: what the upgrade helper and the survey work with."""
    imported(expandit, "2026-12-31", "yes")
    details = expandit["anna"].json("find", "alster")["customers"][0]["details"]
    assert (details["kind"], details["email"]) == ("partner", "post@alster.example")
    assert (details["end_contact"], details["priority_escrow"]) == ("end@user.example", "2026-02-01")
    ticket = expandit["anna"].opens(kind="enquiry", customer=expandit.customers[ALSTER], email="kim@alster.example")
    shown = expandit["anna"].json("show", expandit.ref(ticket))["customer_details"]
    assert [(each["type"], each["feature_level"]) for each in shown["contracts"]] == [("assurance", 1000)]
