"""`desk-server backup` and `desk-server restore`."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from pathlib import Path

import click
import psycopg

from desk_server.accounts.service import renew
from desk_server.audit import Audit
from desk_server.clock import Clock, SystemClock
from desk_server.commands import data as folder
from desk_server.commands.data import CLUSTER, RESTORED, data_option, database_option, mark_of, opened
from desk_server.commands.desks import services_of
from desk_server.commands.sentences import Problem
from desk_server.db import backup as archive
from desk_server.db.backup import Manifest
from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database
from desk_server.db.migrate import migrate
from desk_server.db.problem import DatabaseProblem

DRAFT = "database.draft"
BEFORE = "database.before-"
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'desk%%' "
    "AND pid <> pg_backend_pid()"
)


@click.command("backup")
@click.option(
    "--to",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; a backup of this name is replaced when the new one is complete.",
)
@data_option
@database_option
def backup(to: Path, data: Path, database: str | None) -> None:
    """Write all that DIR holds, as of this moment, to one file that only you may read; the server may go on serving.

    FILE holds everything, the members' hashed passwords too: keep it as safe as DIR.
    """
    if database is not None or mark_of(data).database != "own":
        raise Problem(
            "A PostgreSQL of your own is backed up with its own tools, such as pg_dump as its superuser, at any time; "
            "after a restore run desk-server restore --database URL."
        )
    if to.exists():
        _is_backup(to)
    with folder.embedded(data) as postgres:
        try:
            manifest = archive.save(postgres, to, SystemClock().now())
        except OSError as error:
            raise Problem(f"{to} cannot be written: {error.strerror or error}.") from None
    click.echo(f"{to} holds {_described(manifest)}.")


@click.command("restore")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@data_option
@database_option
def restore(file: Path | None, data: Path, database: str | None) -> None:
    """Put a backup in the place of what DIR holds, while nothing serves it; DIR may also be new.

    What the desks know of the time since comes back from them as soon as the server runs again. With --database and without FILE: what
    must be done after a PostgreSQL of your own was restored with its own tools.
    """
    clock = SystemClock()
    if database is not None:
        if file is not None:
            raise click.UsageError("Give FILE or --database: a PostgreSQL of your own is restored with its own tools.")
        _renew_other(data, database, clock)
        click.echo("The desks will notice at their next contact, and give again what is missing. Start the server.")
        return
    if file is None:
        raise click.UsageError("Missing argument 'FILE', the backup.")
    try:
        manifest = archive.look(file)
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror or error}.") from None
    new = not (data / folder.MARK).exists()
    if new:
        folder.make(data)
    elif mark_of(data).database != "own":
        raise Problem(
            f"The desk of {data} lies in a PostgreSQL of your own: restore it with its own tools, "
            f"then run desk-server restore --database URL."
        )
    try:
        with folder.alone(data):
            kept = _restore(file, data, manifest, clock)
        if new:
            folder.finish(data, own=True)
    except BaseException:
        if new:
            folder.clear(data)
        raise
    click.echo(
        f"{data} holds {_described(manifest)} again. Start the server: the desks give again what they have of the time since."
    )
    click.echo(
        "Members, passwords and policies are those of the backup: do again what an administrator changed since then."
    )
    if kept is not None:
        click.echo(f"What was there before lies in {kept}: remove it when all is well.")


def _restore(file: Path, data: Path, manifest: Manifest, clock: Clock) -> Path | None:
    """Restore beside what is there, then change the names; where what was there lies now (None: there was nothing)."""
    draft, done, place = data / DRAFT, data / RESTORED, data / CLUSTER
    for leftover in (draft, done):
        shutil.rmtree(leftover, ignore_errors=True)
    reached = _reached(place)
    try:
        with EmbeddedPostgres(draft) as postgres:
            archive.fill(postgres, file)
            database = Database(postgres.url())
            try:
                migrate(database)
                _is_whole(database, clock, manifest)
                renew(database, clock, Audit(database, clock), manifest.taken_at, reached)
            finally:
                database.close()
        draft.rename(done)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    kept = None
    if place.exists():
        kept = data / f"{BEFORE}{clock.now():%Y%m%dT%H%M%S}"
        place.rename(kept)
    done.rename(place)
    archive.sync_folder(data)
    return kept


def _reached(cluster: Path) -> dict[str, tuple[int, int]]:
    """How far the numbers of the desks are in the data that are replaced; nothing of a desk where that cannot be read any more."""
    if not (cluster / "data" / "PG_VERSION").exists():
        return {}
    with contextlib.suppress(DatabaseProblem, psycopg.Error), EmbeddedPostgres(cluster) as postgres:
        return archive.numbers_of(postgres)
    return {}


def _is_whole(database: Database, clock: Clock, manifest: Manifest) -> None:
    with services_of(database, clock) as services:
        found = {desk.id for desk in services.desks.list()}
    if found != {desk.id for desk in manifest.desks}:
        raise DatabaseProblem("The backup does not hold the desks that it names: take another one.")


def _renew_other(data: Path, address: str, clock: Clock) -> None:
    with opened(data, address) as database:
        with database.owner() as connection:
            others = int(connection.exec_driver_sql(_OTHERS).scalar_one())
        if others:
            raise Problem("The database of --database is in use: stop every server first.")
        # Nobody knows when its backup was made.
        renew(database, clock, Audit(database, clock), clock.now() - dt.timedelta(days=7))


def _is_backup(file: Path) -> None:
    try:
        archive.look(file)
    except (DatabaseProblem, OSError):
        raise Problem(f"{file} is there already and is no backup: choose another name.") from None


def _described(manifest: Manifest) -> str:
    desks = ", ".join(f"{desk.id} up to change {desk.head_seq}" for desk in manifest.desks)
    return f"the data of {manifest.taken_at:%Y-%m-%d %H:%M} UTC ({desks or 'no desk'})"
