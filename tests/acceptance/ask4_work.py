"""What the tests of the charter of assistance and complaints do again and again."""

from __future__ import annotations

from typing import Any

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import Value
from tests.acceptance.desk import Desk

UGO = "ugo@customer.example"
HOW = ("modulo online", "lettera")
"""What tells somebody how to complain."""
FORM = ("ticket", "--channel", "form", "--email", UGO, "--complaint", "Nessuno è venuto")


def complaint(desk: Desk, channel: str = "form", login: str = "carla", **form: Any) -> str:
    """A complaint; its id."""
    filled = s.ComplaintForm(**{"summary": "Nessuno è venuto", **form})
    return desk[login].opens(channel=channel, kind="complaint", email=UGO, complaint=filled)


def contact(desk: Desk, **fields: Any) -> str:
    """A ticket that is no complaint; its id."""
    return desk["bob"].opens(kind="contact", email=UGO, **fields)


def solved(desk: Desk, ticket: str) -> None:
    """Its cause is found, it is resolved and closed."""
    cause = s.SetFields(ticket=ticket, values=(Value(field="cause", value="cavo"),))
    desk["bob"].does(cause, c.Resolve(ticket=ticket, solution="Cavo nuovo"), c.Close(ticket=ticket, summary="Fatto"))


def answered(desk: Desk, ticket: str) -> None:
    """The investigation was told of, answered formally, and closed."""
    updated = s.UpdateComplaint(ticket=ticket, text="Stiamo verificando.")
    desk["carla"].does(updated, s.AnswerComplaint(ticket=ticket, text="No."), c.Close(ticket=ticket, summary="No"))
