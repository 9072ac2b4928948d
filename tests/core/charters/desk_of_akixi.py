"""The desk on which the tests of this charter work, and what they do again and again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from desk_core import commands as c
from desk_core.people import Customer, Member
from desk_core.tickets import Ticket
from tests.support.world import FAULT, World, at, ready_policy

NINE = "2026-03-16T10:00+00:00"


def desk() -> World:
    """A new desk under this charter, with its people and one customer."""
    made = World(ready_policy("akixi"))
    made.now = at(NINE)
    full = {"phone": "+44 20 7946 0000", "departments": ("customer_services",), "office": "london"}
    made.add_member("anna", email="anna@desk.example", functions=("customer_services",), **full)
    made.add_member("ben", email="ben@desk.example", functions=("customer_services",), **full)
    boss = made.add_member("cora", email="cora@desk.example", functions=("customer_services_manager",), **full)
    made.members["cora"] = msgspec.structs.replace(boss, role="supervisor")
    chief = made.add_member("dan", email="dan@desk.example", functions=("senior_customer_services_manager",), **full)
    made.members["dan"] = msgspec.structs.replace(chief, role="manager")
    made.customers["k"] = Customer(id="k", name=FAULT.company, office="london", email="kim@customer.example")
    return made


def anna(world: World) -> Member:
    return world.members["anna"]


def mailed(world: World, ticket: str = "t1") -> Ticket:
    return world.mail(anna(world), ticket)


def phoned(world: World, ticket: str = "t1") -> Ticket:
    return world.log(anna(world), ticket, kind="request", email="kim@customer.example")


def answer(world: World, ticket: str = "t1", **fields: Any) -> None:
    world.do(anna(world), c.Reply(ticket=ticket, text="Which version do you have?", **fields))


def state(world: World, clock: str, ticket: str = "t1") -> str:
    found = world.tickets[ticket].clock(clock)
    return found.state if found else "none"


def deadline(world: World, clock: str, ticket: str = "t1") -> dt.datetime | None:
    found = world.tickets[ticket].clock(clock)
    assert found is not None
    return found.deadline
