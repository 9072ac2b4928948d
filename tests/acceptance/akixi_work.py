"""What the tests of the customer success charter do again and again."""

from __future__ import annotations

import datetime as dt

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import PlanStep
from tests.acceptance.desk import Desk

KIM, SUPPORT = "kim@customer.example", "support@desk.example"
DETAILS = ("anna", "Customer Services", "anna@desk.example", "+442079460000")
TIMELINE = "2026-03-17T10:00:01+00:00"
"""A second after the timescale of a request of 16 March, 10:00, has passed."""
A_WEEK = "2026-03-23T10:00:01+00:00"


def mailed(desk: Desk, sender: str = KIM, **fields: str) -> str:
    """A mail that became a ticket, or joined one; its id."""
    return desk["anna"].gets_mail(sender, SUPPORT, **fields)


def phoned(desk: Desk) -> str:
    """A call that became a ticket; its id."""
    return desk["anna"].hears(kind="request", email=KIM)


def closed(desk: Desk, ticket: str, login: str = "anna") -> None:
    """Time is logged and it is closed."""
    desk[login].does(c.LogTime(ticket=ticket, minutes=5), c.Close(ticket=ticket, summary="Cable replaced"))


def planned(desk: Desk, ticket: str) -> None:
    """An action plan to which the customer agreed."""
    step = PlanStep(what="swap it", owner="anna", due=dt.date(2026, 3, 25))
    desk["dan"].does(s.SetPlan(ticket=ticket, steps=(step,), customer_agreed=dt.date(2026, 3, 23)))
