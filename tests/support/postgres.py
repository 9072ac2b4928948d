"""Real PostgreSQL for tests: one cluster per session, one fresh database per test, copied from a migrated template."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL

from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database
from desk_server.db.migrate import migrate
from desk_server.db.roles import DATABASE, LOGIN, Role

QUICK_COPIES = {"wal_level": "minimal", "max_wal_senders": "0", "scram_iterations": "1"}
"""The copy of a template then takes a quarter of the time, and whoever connects need not prove much."""

_numbers = count(1)


class Cluster:
    """The session's PostgreSQL; its database `desk` is migrated and stays empty: the template."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self.postgres = postgres
        self._commands = self.superuser()
        template = Database(postgres.url())
        migrate(template)
        template.close()

    def new(self, template: str = DATABASE) -> URL:
        """A fresh migrated database, some milliseconds later; or a copy of `template`, which nobody uses now."""
        name = f"test_{next(_numbers)}"
        self._command(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(Role.OWNER)
            )
        )
        self._command(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(LOGIN)))
        return self.postgres.url(name)

    def drop(self, address: URL) -> None:
        """Remove it, whoever is still connected."""
        self._command(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(str(address.database))))

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection above every rule, to look behind the scenes."""
        address = self.postgres.superuser_url(database).set(drivername="postgresql")
        return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)

    def close(self) -> None:
        """Leave it."""
        self._commands.close()

    def _command(self, statement: sql.Composed) -> None:
        self._commands.execute(statement)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The session's PostgreSQL."""
    folder: Path = tmp_path_factory.mktemp("postgres")
    with EmbeddedPostgres(folder / "cluster", durable=False, settings=QUICK_COPIES) as postgres:
        made = Cluster(postgres)
        yield made
        made.close()


@pytest.fixture
def database_url(cluster: Cluster) -> Iterator[URL]:
    """The address of a fresh, migrated database."""
    address = cluster.new()
    yield address
    cluster.drop(address)


@pytest.fixture
def database(database_url: URL) -> Iterator[Database]:
    """A fresh, migrated database."""
    opened = Database(database_url)
    yield opened
    opened.close()
