"""What the tests of the firm with two offices do again and again."""

from __future__ import annotations

from typing import Any

from desk_core import commands as c
from desk_core.tickets import Fault
from tests.acceptance.desk import Desk
from tests.support.server import FAULT

FIELDS = ("caller", "company", "phone", "product", "serial", "description")
FLAGS = {"description": "--fault"}
KERN = Fault(
    caller="Rosa Kern",
    company="Kern AG",
    phone="040 5550199",
    product="LabelJet 4300",
    serial="K-1",
    description="Stops after about 20 labels",
)
"""Of a company without a contract, on a device whose warranty ended yesterday."""


def typed(fault: Fault = FAULT, *, without: str = "", **other: Any) -> list[str]:
    """The fault as the words of ``log-call``."""
    said = {name: other.get(name, getattr(fault, name)) for name in FIELDS if name != without}
    return [word for name, text in said.items() for word in (FLAGS.get(name, f"--{name}"), text)]


def owed(desk: Desk, login: str = "anke", fault: Fault = FAULT, **fields: str) -> str:
    """A call that was logged and a call back that was promised; the ticket's id."""
    ticket = desk[login].hears(fault, **{"classification": "Printhead", **fields})
    desk[login].does(c.OfferCallBack(ticket=ticket))
    return ticket
