"""What the tests of the customer service guideline do again and again."""

from __future__ import annotations

from typing import Any

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import Value
from tests.acceptance.desk import Desk

KIM, ANNA = "kim@customer.example", "anna@expandit.example"
SUPPORT, SALES = "support@expandit.example", "sales@expandit.example"
NORDLICHT, KERN = "Nordlicht Druck GmbH", "Kern AG"
CALL = ("log-call", "--caller", "Kim", "--company", NORDLICHT, "--title", "Absturz")
ASKED = ("--set", "what=Absturz", "--set", "why=Monatsende")


def says(**values: str) -> tuple[Value, ...]:
    """Fields of a ticket or columns of a register."""
    return tuple(Value(field=field, value=value) for field, value in values.items())


def mailed(desk: Desk, to: str = SUPPORT, **fields: str) -> str:
    """A mail that became a ticket; its id."""
    return desk["anna"].gets_mail(KIM, to, **fields)


def enquiry(desk: Desk, company: str = NORDLICHT, **fields: Any) -> str:
    """An enquiry of a company; its id."""
    return desk["anna"].opens(**{"kind": "enquiry", "customer": desk.customers[company], "email": KIM, **fields})


def complained(desk: Desk, kind: str = "beschwerde") -> str:
    """A complaint by letter; its id."""
    form = s.ComplaintForm(kind=kind, summary="Zu spät", log_under="support")
    return enquiry(desk, channel="letter", kind="complaint", complaint=form)


def ready_to_close(desk: Desk, ticket: str, **values: str) -> None:
    """What was asked for is filled in, and the customer has an answer."""
    said = says(**{"what": "Absturz", "why": "Monatsende", "coverage": "not_applicable", **values})
    desk["anna"].does(s.SetFields(ticket=ticket, values=said), c.Reply(ticket=ticket, text="Bitte neu starten."))


def close(ticket: str) -> c.Close:
    """Finish it by a hand-made request."""
    return c.Close(ticket=ticket, summary="Erledigt")
