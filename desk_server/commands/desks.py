"""Desks on the command line: the services that commands ask, which desk is meant, `desk add` and `desk list`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from desk_server.accounts.service import Desk, Desks
from desk_server.audit import Audit
from desk_server.clock import Clock, SystemClock
from desk_server.commands.data import data_option, database_option, opened
from desk_server.commands.files import read_policy
from desk_server.commands.sentences import Problem
from desk_server.db.engine import Database
from desk_server.imports.service import Imports
from desk_server.reports.service import Exports, Reports
from desk_server.sync.service import Hub, Policies, SyncService

desk_option = click.option("--desk", metavar="D", help="Which desk, where there are several.")
policy_option = click.option(
    "--policy",
    required=True,
    metavar="NAME",
    help="A policy file, or the name of a policy that ships with the program.",
)


@dataclass(frozen=True)
class Services:
    """What commands ask for; they run in a process of their own, beside the server or without it."""

    policies: Policies
    desks: Desks
    imports: Imports
    exports: Exports
    reports: Reports


@contextmanager
def services_of(database: Database, clock: Clock | None = None) -> Iterator[Services]:
    """The services over an open database, by the machine's clock or another."""
    clock, policies = clock or SystemClock(), Policies()
    audit = Audit(database, clock)
    sync = SyncService(database, clock, Hub(database, lambda _: None), policies, audit)
    try:
        yield Services(
            policies=policies,
            desks=Desks(database, clock, policies, audit),
            imports=Imports(database, clock, policies, sync),
            exports=Exports(database),
            reports=Reports(database, clock, policies, sync),
        )
    finally:
        sync.close()


@contextmanager
def desk_services(data: Path, address: str | None, desk: str | None) -> Iterator[tuple[str, Services]]:
    """The desk that is meant and the services. Raises Problem when it is not clear which."""
    with opened(data, address) as database, services_of(database) as services:
        yield meant(services.desks.list(), desk), services


def meant(desks: list[Desk], wanted: str | None) -> str:
    """The desk that is meant, the only one where none is named. Raises Problem when it is not clear which."""
    names = ", ".join(desk.id for desk in desks)
    if not desks:
        raise Problem("This database holds no desk: make one with desk-server init.")
    if wanted is None and len(desks) > 1:
        raise Problem(f"There are several desks: say which one with --desk, one of {names}.")
    if wanted is None:
        return desks[0].id
    if wanted not in [desk.id for desk in desks]:
        raise Problem(f"There is no desk called {wanted}: the desks are {names}.")
    return wanted


@click.group("desk")
def desk_group() -> None:
    """Add and list desks: each has its own policy, queue, members and numbers."""


@desk_group.command("add")
@click.argument("name", metavar="NAME")
@policy_option
@click.option("--title", metavar="T", default="", help="What people call the desk; without it NAME.")
@data_option
@database_option
def add(name: str, policy: str, title: str, data: Path, database: str | None) -> None:
    """Add a desk called NAME (letters, digits, - and _) with a policy."""
    text, _ = read_policy(policy)
    with opened(data, database) as opened_database, services_of(opened_database) as services:
        # The switches for tests hold for all that a server serves: beside a desk for tests there are only such.
        for_tests = any(desk.purpose != "live" for desk in services.desks.list())
        services.desks.create(name, title, text, policy, "test" if for_tests else "live")
    click.echo(f"The desk {name} is there; add its members with desk-server member add NAME --desk {name}.")


@desk_group.command("list")
@data_option
@database_option
def list_desks(data: Path, database: str | None) -> None:
    """The desks, one on each line: name, title, and whether it was made for tests or as a sample."""
    with opened(data, database) as opened_database, services_of(opened_database) as services:
        for desk in services.desks.list():
            click.echo("\t".join((desk.id, desk.title, *([] if desk.purpose == "live" else [desk.purpose]))))
