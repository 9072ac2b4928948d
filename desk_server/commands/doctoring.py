"""`desk-server doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from desk_core.findings import Finding
from desk_server.clock import Clock, SystemClock
from desk_server.commands import data as folder
from desk_server.commands.backing_up import DRAFT
from desk_server.commands.data import CLUSTER, RESTORED, data_option, database_option, mark_of
from desk_server.commands.desks import services_of
from desk_server.commands.sentences import FAILED, Problem
from desk_server.db.engine import Database, Unavailable, bind
from desk_server.db.migrate import known_revisions, present_revision
from desk_server.db.problem import DatabaseProblem
from desk_server.db.roles import Role
from desk_server.mail.service import listed
from desk_server.sync.blobs import check_blobs
from desk_server.sync.checking import FROM_BACKUP, check_desk

LEAST_SPACE = 1_000_000_000
_BROKEN = ("XX001", "XX002", "58P01", "58030")
"""What PostgreSQL says of damaged tables and indexes, and of files that are gone or cannot be read."""
_FAILURES = "SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database"


class Health(msgspec.Struct, frozen=True):
    """The answer of ``--json``."""

    well: bool
    findings: tuple[Finding, ...]


@click.command("doctor")
@data_option
@database_option
@click.option("--repair", is_flag=True, help="Mend what can be mended from the data themselves.")
@click.option("--json", "as_json", is_flag=True, help="Answer with JSON.")
def doctor(data: Path, database: str | None, repair: bool, as_json: bool) -> int:
    """Look at everything that DIR holds, while the server runs or not: one line for each thing that is wrong, and what to do.

    Exit code 0 when all is well, 1 with findings. Nothing is changed without --repair.
    """
    clock = SystemClock()
    found = [*_files(data, repair=repair), *_looked(data, database, clock, repair=repair)]
    well = all(each.repaired for each in found)
    if as_json:
        click.echo(msgspec.json.encode(Health(well, tuple(found))).decode())
    else:
        for each in found:
            click.echo(f"{each.what} {'This was repaired.' if each.repaired else each.do}")
        if not found:
            click.echo("All is well.")
    return 0 if well else FAILED


# --- the folder ----------------------------------------------------------------------------------------------------------


def _files(data: Path, *, repair: bool) -> Iterator[Finding]:
    """What can be seen without asking the database."""
    own = (data / folder.MARK).exists() and mark_of(data).database == "own"
    cluster = data / CLUSTER
    private = [data, cluster, cluster / "data"] if own else []
    for place in (*private, cluster / "secrets.json"):
        if place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            if repair:
                place.chmod(stat.S_IMODE(place.stat().st_mode) & 0o700)
            what = f"Others on this machine may look into {place}."
            do = "Repair keeps them out; change the passwords of the members if they are not all trusted."
            yield Finding(code="permissions", what=what, do=do, repairable=True, repaired=repair)
    free = shutil.disk_usage(data).free if data.exists() else LEAST_SPACE
    if free < LEAST_SPACE:
        what = f"The disk that holds {data} has {free // 1_000_000} MB left."
        yield Finding(code="space", what=what, do="Free some space, or move the folder while the server is stopped.")
    for leftover in (data / DRAFT, data / RESTORED):
        if leftover.exists() and cluster.exists():
            if repair:
                with folder.alone(data):
                    shutil.rmtree(leftover)
            what = f"{leftover} is left of a restore that did not end."
            yield Finding(code="leftover", what=what, do="Repair removes it.", repairable=True, repaired=repair)


# --- the database --------------------------------------------------------------------------------------------------------


def _looked(data: Path, address: str | None, clock: Clock, *, repair: bool) -> list[Finding]:
    """What the database tells; one that cannot be started is a finding too."""
    try:
        with folder.unchanged_at(data, address) as found:
            return list(_database(found, clock, repair=repair))
    except (DatabaseProblem, Unavailable) as error:
        return [Finding(code="database", what=str(error), do="If that does not help, restore the last backup.")]


def _database(address: URL | str, clock: Clock, *, repair: bool) -> Iterator[Finding]:
    database = Database(address)
    try:
        with database.owner() as connection:
            schema = present_revision(connection)
            failures = connection.exec_driver_sql(_FAILURES).scalar()
        if schema not in known_revisions():
            do = "Install the newer program."
            yield Finding(code="schema", what="The database is newer than this program.", do=do)
            return
        if failures:
            what = f"PostgreSQL has read {failures} damaged pages: the disk is failing."
            yield Finding(code="pages", what=what, do=f"Replace the disk. {FROM_BACKUP}")
        database.check()
        with services_of(database, clock) as services:
            desks = [desk.id for desk in services.desks.list()]
        if not desks:
            raise Problem("This database holds no desk: make one with desk-server init.")
        for desk in desks:
            yield from _desk(database, desk, clock, repair=repair)
    finally:
        database.close()


def _desk(database: Database, desk: str, clock: Clock, *, repair: bool) -> Iterator[Finding]:
    try:
        with _repairing(database, desk) if repair else _looking(database, desk) as connection:
            yield from check_desk(connection, desk, clock.now(), repair=repair)
            yield from check_blobs(connection, desk, repair=repair)
        parked = sum(each.state == "parked" for each in listed(database, desk, waiting=True))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") not in _BROKEN:
            raise
        yield Finding(code="unreadable", what=f"A part of the data of {desk} cannot be read.", do=FROM_BACKUP)
        return
    if parked:
        what = f"{parked} messages of {desk} cannot be sent."
        do = f"Their reasons: desk-server messages {desk} --waiting."
        yield Finding(code="messages", what=what, do=do)


@contextmanager
def _looking(database: Database, desk: str) -> Iterator[Connection]:
    """One moment of a desk that goes on working, for as long as it takes to look at all of it."""
    with database.owner() as connection, connection.begin():
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.exec_driver_sql(f"SET LOCAL ROLE {Role.EXECUTOR}")
        bind(connection, {"desk.id": desk})
        yield connection


@contextmanager
def _repairing(database: Database, desk: str) -> Iterator[Connection]:
    """A desk on which nobody else works: its clients wait until what is wrong was mended."""
    with database.executor(desk) as connection:
        connection.exec_driver_sql("SELECT 1 FROM desk WHERE id = %s FOR UPDATE", (desk,))
        yield connection
