"""A desk that writes to its customers, beside the small desk of a server: messages as they were handed to a folder."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from desk_core import commands as c
from desk_core.people import Customer, Member, Role
from desk_core.resources import resource
from desk_server.jobs.service import Jobs
from desk_server.mail.service import Listed, MailJob, listed
from tests.support.rules import without_rule
from tests.support.server import PASSWORD, Api, RunningServer

SOUTH = "south"
CUSTOMER = "kim@customer.example"


def _person(name: str, role: Role, function: str) -> Member:
    return Member(
        id=name,
        login=name,
        name=name.title(),
        role=role,
        email=f"{name}@desk.example",
        phone="+44 20 7946 0000",
        departments=("customer_services",),
        office="london",
        functions=(function,),
    )


PEOPLE = (
    # Nobody comes before the manager who takes over what escalates.
    _person("dan", "manager", "senior_customer_services_manager"),
    _person("cora", "supervisor", "customer_services_manager"),
    _person("ada", "agent", "customer_services"),
)


class WritingDesk:
    """The desk, one of its agents, and the folder that takes its messages."""

    def __init__(self, server: RunningServer, sink: Path, policy: str = "akixi", *changes: tuple[str, str]) -> None:
        self.server, self.sink = server, sink
        sink.mkdir(exist_ok=True)
        file = f"policies/{policy}.toml"
        text = without_rule(resource(file).read_text(encoding="utf-8"))
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        server.desks.create(SOUTH, "South", text, file, "test")
        for member in PEOPLE:
            server.desks.add_member(SOUTH, member, PASSWORD)
        server.desks.put_parties(SOUTH, [Customer(id="kim", name="Kim Ltd", office="london", email=CUSTOMER)])
        self.ada: Api = server.client("ada")

    def ticket(self, **fields: Any) -> str:
        """A ticket that came by e-mail; its id."""
        ticket = str(uuid.uuid4())
        ask = c.CreateTicket(
            ticket=ticket,
            reference=self.ada.reference(),
            channel="email",
            kind="request",
            title=fields.pop("title", "No sound"),
            received_at=self.server.clock.now(),
            email=CUSTOMER,
            office="london",
            **fields,
        )
        self.ada.applied(ask)
        return ticket

    def hand_on(self) -> int:
        """The mail job looks once; how many messages it handed on."""
        services = self.server.services
        return MailJob(services.database, self.server.clock, self.sink)(SOUTH)

    def jobs(self) -> Jobs:
        """The mail job as a process has it."""
        services = self.server.services
        return Jobs(services.database, {"messages": MailJob(services.database, self.server.clock, self.sink)})

    def letters(self) -> list[EmailMessage]:
        """What lies in the folder."""
        return [message_from_bytes(file.read_bytes(), policy=default) for file in self.files()]

    def files(self) -> list[Path]:
        """The files in the folder."""
        return sorted(self.sink.iterdir())

    def made(self, message: str = "") -> Iterator[Listed]:
        """The messages that the desk made, of one kind or all."""
        for each in listed(self.server.services.database, SOUTH, waiting=False):
            if message in ("", each.made.message):
                yield each
