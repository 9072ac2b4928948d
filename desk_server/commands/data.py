"""The folder of ``--data``: what is in it, and the way to its database, whether the server runs or not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
import psycopg
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from desk_server.commands.sentences import Problem
from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database, prepare
from desk_server.db.locks import FileLock
from desk_server.db.migrate import migrate

MARK = "desk-server.json"
CLUSTER = "database"
RESTORED = "database.restored"
"""The cluster of a restored backup, complete and about to take the place of the other."""
IN_USE = "in-use.lock"

data_option = click.option(
    "--data",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that desk-server init made.",
)
database_option = click.option(
    "--database",
    metavar="URL",
    envvar="DESK_SERVER_DATABASE",
    help="A PostgreSQL of your own (postgresql://user:password@host/name) instead of the one in DIR; or DESK_SERVER_DATABASE.",
)


class Mark(msgspec.Struct, frozen=True):
    """The file that says that a folder was made completely; ``database`` is "own" where the data lie in DIR, else "other"."""

    layout: int
    database: str


def make(data: Path) -> None:
    """Make the folder for a new desk. Raises Problem when something is in it already."""
    if (data / MARK).exists():
        raise Problem(
            f"{data} already holds the data of a desk: choose another folder, or run desk-server serve on it."
        )
    try:
        if data.is_dir() and any(data.iterdir()):
            raise Problem(f"{data} is not empty: choose a new folder, or remove what is in it.")
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        data.chmod(0o700)
    except OSError as error:
        raise Problem(f"The folder {data} cannot be made: {error.strerror or error}.") from None


def finish(data: Path, *, own: bool) -> None:
    """Mark the folder as complete; before, nothing but init touches it."""
    mark = Mark(layout=1, database="own" if own else "other")
    (data / MARK).write_bytes(msgspec.json.encode(mark) + b"\n")


def clear(data: Path) -> None:
    """Empty a folder that could not be finished, so that init can be run again."""
    for each in data.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


@contextmanager
def new_database(data: Path, address: str | None) -> Iterator[Database]:
    """The database for a new desk, with its tables."""
    with _address(data, address) as found:
        if address is not None:
            _is_made(found)
            prepare(address)
        with _migrated(found) as database:
            yield database


@contextmanager
def opened(data: Path, address: str | None) -> Iterator[Database]:
    """The database of a folder, with the tables that this program needs; the embedded one is started, or joined where it runs."""
    with opened_at(data, address) as found, _connected(found) as database:
        yield database


@contextmanager
def opened_at(data: Path, address: str | None) -> Iterator[URL | str]:
    """The address of the database of a folder, with the tables that this program needs, for as long as the block lasts.

    With an address the folder may be new: several machines serve one database, and only one of them made it.
    """
    with unchanged_at(data, address) as found:
        with _migrated(found):
            pass
        yield found


@contextmanager
def unchanged_at(data: Path, address: str | None) -> Iterator[URL | str]:
    """The same, with the tables as they are."""
    if address is None and mark_of(data).database != "own":
        raise Problem(f"The desk of {data} lies in a PostgreSQL of your own: give --database with its address.")
    with _address(data, address) as found:
        if address is not None and not _is_made(found):
            raise Problem(
                "The database of --database holds no desk: run desk-server init with the same --database first."
            )
        yield found


@contextmanager
def embedded(data: Path) -> Iterator[EmbeddedPostgres]:
    """The database in a folder, started or joined where it runs. Raises Problem while the folder is being restored."""
    lock = _lock(data)
    if not lock.shared():
        raise Problem(f"{data} is being restored from a backup: wait until that is done.")
    try:
        with EmbeddedPostgres(data / CLUSTER) as postgres:
            yield postgres
    finally:
        lock.release()


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Nobody else uses the folder for as long as the block lasts. Raises Problem while somebody does."""
    lock = _lock(data)
    if not lock.exclusive():
        raise Problem(f"{data} is in use: stop the server (and every other desk-server command) first.")
    try:
        yield
    finally:
        lock.release()


def _lock(data: Path) -> FileLock:
    """Held in common by all who use the folder, alone by who restores it. A restore that was cut off after its last step but the
    names is completed first: nobody must find no database and make a new one."""
    lock = FileLock(data / IN_USE)
    lock.make()
    owner = data.stat()
    if os.geteuid() == 0 != owner.st_uid:
        os.chown(lock.path, owner.st_uid, owner.st_gid)
    if not (data / CLUSTER).exists() and (data / RESTORED).exists() and lock.exclusive():
        (data / RESTORED).rename(data / CLUSTER)
    return lock


@contextmanager
def _address(data: Path, address: str | None) -> Iterator[URL | str]:
    if address is None:
        with embedded(data) as postgres:
            yield postgres.url()
        return
    try:
        found = make_url(address)
        known = found.get_backend_name() in ("postgresql", "postgres")
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise Problem("--database must be an address such as postgresql://user:password@host/name.")
    yield found


def _is_made(address: URL | str) -> bool:
    """Whether a PostgreSQL that somebody brings along has our tables. Raises Problem, with its cause, when it cannot be asked."""
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(plain, connect_timeout=5) as connection:
            return connection.execute("SELECT 1 FROM pg_class WHERE relname = 'alembic_version'").fetchone() is not None
    except psycopg.Error as error:
        if "authentication failed" in str(error):
            why = "does not accept this name and password: correct them"
        else:
            why = "cannot be reached: start it, or correct the address"
        raise Problem(f"The PostgreSQL of --database {why}.") from None


@contextmanager
def _migrated(address: URL | str) -> Iterator[Database]:
    with _connected(address) as database:
        migrate(database)
        yield database


@contextmanager
def _connected(address: URL | str) -> Iterator[Database]:
    database = Database(address)
    try:
        yield database
    finally:
        database.close()


def mark_of(data: Path) -> Mark:
    """What the folder says of itself. Raises Problem where it is none of ours."""
    try:
        return msgspec.json.decode((data / MARK).read_bytes(), type=Mark)
    except FileNotFoundError:
        raise Problem(f"{data} holds no desk: make one with desk-server init --data {data} --policy NAME.") from None
    except (OSError, msgspec.MsgspecError) as error:
        raise Problem(f"{data / MARK} cannot be read ({error}): restore the folder from a backup.") from None
