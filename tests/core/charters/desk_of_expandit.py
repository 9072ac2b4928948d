"""The desk on which the tests of this charter work, and what they do again and again."""

from __future__ import annotations

import datetime as dt

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.people import Customer, Member
from desk_core.records import Value
from desk_core.tickets import Ticket
from tests.support.world import FAULT, World, at, ready_policy

SUPPORT, SALES = "support@expandit.example", "sales@expandit.example"


def desk() -> World:
    """A new desk under this charter, with its people and one customer."""
    made = World(ready_policy("expandit"))
    made.now = at("2026-06-08T10:00+02:00")
    made.add_member("anna", email="anna@expandit.example", functions=("service",))
    made.add_member("fee", email="fee@expandit.example", functions=("fee_earner",))
    made.add_member("prog", email="prog@expandit.example", functions=("programmer",))
    made.add_member("lisa", email="lisa@expandit.example", functions=("licence_desk",))
    made.add_member("sam", email="sam@expandit.example", functions=("sales_desk",))
    made.add_member("susi", email="susi@expandit.example", functions=("supervisor",), role="supervisor")
    made.add_member("vera", email="vera@expandit.example", functions=("board",), role="manager")
    made.customers["k"] = Customer(id="k", name=FAULT.company, kind="partner", email="kim@customer.example")
    return made


def anna(world: World) -> Member:
    return world.members["anna"]


def says(**values: str) -> tuple[Value, ...]:
    return tuple(Value(field=field, value=value) for field, value in values.items())


def mailed(world: World, to: str = SUPPORT, ticket: str = "t1") -> Ticket:
    return world.mail(anna(world), ticket, to=(to,))


def enquiry(world: World, ticket: str = "t1", **fields: object) -> Ticket:
    values: dict[str, object] = {"kind": "enquiry", "customer": "k", "email": "kim@customer.example", **fields}
    return world.create(anna(world), ticket, channel="email", **values)


def close(ticket: str = "t1") -> c.Close:
    return c.Close(ticket=ticket, summary="Erledigt")


def ready_to_close(world: World, ticket: str = "t1", **values: str) -> None:
    said = {"what": "Absturz", "why": "Monatsende", "coverage": "not_applicable", **values}
    world.do(anna(world), s.SetFields(ticket=ticket, values=says(**said)))
    world.do(anna(world), c.Reply(ticket=ticket, text="Bitte neu starten."))


def clock(world: World, name: str, ticket: str = "t1") -> tuple[str, dt.datetime | None]:
    found = world.tickets[ticket].clock(name)
    return (found.state, found.deadline) if found else ("none", None)


def complain(world: World, ticket: str = "t1", **form: object) -> Ticket:
    values = {"kind": "beschwerde", "summary": "Zu spät", "log_under": "support", **form}
    return enquiry(world, ticket, kind="complaint", complaint=s.ComplaintForm(**values))  # type: ignore[arg-type]
