"""Small desks under the other ready policies, on the server of a test: what a charter says can then be asked of the real programs."""

from __future__ import annotations

from collections.abc import Sequence

from desk_core.people import Customer, Member, Role
from desk_core.resources import resource
from desk_server.accounts.desks import Party
from desk_server.accounts.service import Desks
from tests.support.rules import without_rule
from tests.support.server import PASSWORD

HOSTING = (
    Member(id="cleo", login="h-cleo", name="Cleo", functions=("cs",), departments=("cs",)),
    Member(id="tam", login="h-tam", name="Tam", departments=("technical",)),
    Member(id="tuan", login="h-tuan", name="Tuan", departments=("technical",)),
    Member(id="dora", login="h-dora", name="Dora", departments=("design",)),
    Member(id="head", login="h-head", name="Hoa", departments=("technical",), functions=("head",), role="supervisor"),
    Member(id="lead", login="h-lead", name="Linh", departments=("design",), functions=("head",), role="supervisor"),
)
EXPANDIT = (
    Member(id="anna", login="e-anna", name="Anna", email="anna@expandit.example", functions=("service",)),
    Member(id="lisa", login="e-lisa", name="Lisa", email="lisa@expandit.example", functions=("licence_desk",)),
    Member(id="sam", login="e-sam", name="Sam", email="sam@expandit.example", functions=("sales_desk",)),
    Member(
        id="susi",
        login="e-susi",
        name="Susi",
        email="susi@expandit.example",
        functions=("supervisor",),
        role="supervisor",
    ),
)


def _at_akixi(name: str, role: Role, function: str) -> Member:
    return Member(
        id=name.lower(),
        login=f"a-{name.lower()}",
        name=name,
        role=role,
        functions=(function,),
        departments=("customer_services",),
        office="london",
        email=f"{name.lower()}@desk.example",
        phone="+44 20 7946 0000",
    )


AKIXI = (
    # Nobody comes before the manager who takes over what escalates.
    _at_akixi("Dan", "manager", "senior_customer_services_manager"),
    _at_akixi("Cora", "supervisor", "customer_services_manager"),
    _at_akixi("Anna", "agent", "customer_services"),
)
PARTIES = (
    Customer(id="k", name="Klein & Co", email="kim@customer.example"),
    Customer(id="m", name="Moser", email="m@customer.example"),
)


def make_charter_desk(
    desks: Desks, desk: str, policy: str, members: Sequence[Member], parties: Sequence[Party] = PARTIES
) -> None:
    """A desk under the ready policy ``policy``, with everybody's password :data:`PASSWORD`."""
    file = f"policies/{policy}.toml"
    text = without_rule(resource(file).read_text(encoding="utf-8"))
    desks.create(desk, desk.title(), text, file, "test")
    for member in members:
        desks.add_member(desk, member, PASSWORD)
    desks.put_parties(desk, parties)
