"""What the tests of the hosting firm's charter do again and again."""

from __future__ import annotations

from typing import Any

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.desk import Desk

HELLO = "Dear customers"
ENDING = "Thank you for your interest in our products and services."
ANSWER = f"{HELLO}\n\nIt works again.\n\n{ENDING}"
TAKES_NOTHING = "queue_empty"


def arrived(desk: Desk, *, customer: str = "Klein & Co", kind: str = "fault", **fields: Any) -> str:
    """An issue that CS has not looked at yet; its id."""
    values = {"email": "kim@customer.example", **fields}
    return desk["cleo"].opens(kind=kind, customer=desk.customers[customer], **values)


def issue(desk: Desk, category: str = "hosting_domain", **fields: Any) -> str:
    """An issue that CS sent to the department of its category; its id."""
    ticket = arrived(desk, **fields)
    desk["cleo"].does(s.Triage(ticket=ticket, category=category))
    return ticket


def taken(desk: Desk, login: str = "tam", category: str = "hosting_domain", **fields: Any) -> str:
    """An issue that a member works on; its id."""
    ticket = issue(desk, category, **fields)
    assert desk[login].does(c.TakeNext())["ticket"] == ticket
    return ticket


def finish(desk: Desk, login: str, ticket: str) -> None:
    """Answer in writing, and close."""
    desk[login].does(c.Reply(ticket=ticket, text=ANSWER), c.Close(ticket=ticket, summary="done"))
