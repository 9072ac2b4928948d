"""Migrations: packaged with the program, run in process, one transaction each, never waiting long for a lock (R80)."""

import time
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from desk_server.db.engine import Database, Unavailable
from desk_server.db.problem import DatabaseProblem

SCRIPTS = Path(__file__).parent / "migrations"
LOCK_SECONDS = 1
ATTEMPTS = 10
ONE_AT_A_TIME = 0x6465736B
"""The key of the advisory lock under which migrations run ("desk")."""
_LOCK_NOT_AVAILABLE = "55P03"


def migrate(database: Database, revision: str = "head", sleep: Callable[[float], None] = time.sleep) -> None:
    """Bring the schema to `revision`. Raises Unavailable while others hold locks, DatabaseProblem if it is newer."""
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(LOCK_SECONDS)
        try:
            with database.owner() as connection:
                _check_known(connection)
                _upgrade(connection, revision)
                return
        except Unavailable as error:
            cause = error.__cause__
            if not isinstance(cause, DBAPIError) or getattr(cause.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise
    raise Unavailable("a migration waits for a lock that others hold", retry_after=30)


def known_revisions() -> frozenset[str]:
    """The schemas that this program knows; a database or a backup with another one was made by a newer program."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _check_known(connection: Connection) -> None:
    present = present_revision(connection)
    if present is not None and present not in known_revisions():
        raise DatabaseProblem("The database is newer than this program: install the newer program.")


def present_revision(connection: Connection) -> str | None:
    """The schema that a database has, None where it has no tables of ours."""
    with connection.begin():
        return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, revision: str) -> None:
    settings = _config()
    settings.attributes["connection"] = connection
    with connection.begin():
        connection.execute(text(f"SET lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
    command.upgrade(settings, revision)


def _config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return settings


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
