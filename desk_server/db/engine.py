"""Transactions on PostgreSQL: one pool per role, each transaction bound to its desk, retried as a whole or not at all."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TypeVar

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from desk_server.db.problem import DatabaseProblem
from desk_server.db.roles import Role, database_statements, role_statements, schema_statements

T = TypeVar("T")

POOL_WAIT = 2.0
"""Seconds to wait for a free connection (R81)."""
RETRY_AFTER = 2
"""Seconds that a client is told to wait when the database can't answer."""
ATTEMPTS = 6
PAUSE = 0.02
"""Seconds: the first pause between two attempts is at most this; it doubles."""
LONGEST_PAUSE = 1.0

_SERIALIZATION = frozenset({"40001", "40P01"})
_BUSY = frozenset({"55P03", "57014", "53300", "53100", "53200", "25P03"})
"""Lock not available, time-out of a statement, too many connections, no disk, no memory, idle in transaction."""
_AWAY = frozenset({"57P01", "57P02", "57P03", "57P05"})
"""The server is going down or coming up."""


OLDEST_VERSION = 16


class Unavailable(Exception):
    """The database can't answer now: the HTTP layer says 503 with `Retry-After: retry_after` (seconds, R81)."""

    def __init__(self, reason: str, retry_after: int = RETRY_AFTER) -> None:
        super().__init__(f"The database can't answer now ({reason}): try again in {retry_after} seconds.")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Limits:
    """What one role's connections may use."""

    connections: int
    statement_seconds: int
    read_only: bool = False


LIMITS: Mapping[Role, Limits] = {
    Role.EXECUTOR: Limits(4, 30),
    Role.JOBS: Limits(2, 60),
    Role.READER: Limits(10, 10, read_only=True),
    Role.AUDIT: Limits(2, 10),
}
LOCK_SECONDS = 5
"""How long a statement waits for a lock; migrations have their own (R80)."""
IDLE_SECONDS = 60
"""A transaction that does nothing for so long holds locks for nobody."""


class Database:
    """The one way to PostgreSQL. Thread-safe; connections are opened when they are needed."""

    def __init__(self, address: URL | str, limits: Mapping[Role, Limits] = LIMITS) -> None:
        self._address = _psycopg(make_url(address))
        self._engines = {role: _engine(self._address, role, limit) for role, limit in limits.items()}

    def close(self) -> None:
        """Close what is idle; a transaction under way ends undisturbed."""
        for engine in self._engines.values():
            engine.dispose()

    def executor(self, desk: str) -> AbstractContextManager[Connection]:
        """A transaction that executes commands of `desk`."""
        return self._begin(Role.EXECUTOR, {"desk.id": desk})

    def jobs(self, desk: str) -> AbstractContextManager[Connection]:
        """A transaction of the work of `desk` that is driven by time."""
        return self._begin(Role.JOBS, {"desk.id": desk})

    def reader(self, desk: str, departments: Sequence[str], member: str = "") -> AbstractContextManager[Connection]:
        """One stable view of `desk`, ticket content of `departments` only and nothing that is hidden from `member` or, without one, from
        anybody; nothing can be written (R01, R07, K-13)."""
        if any("," in department for department in departments):
            raise ValueError("a department's key has no comma")
        return self._begin(
            Role.READER, {"desk.id": desk, "desk.departments": ",".join(departments), "desk.member": member}
        )

    def audit(self, desk: str) -> AbstractContextManager[Connection]:
        """A transaction that adds to the audit log of `desk`."""
        return self._begin(Role.AUDIT, {"desk.id": desk})

    @contextmanager
    def owner(self) -> Iterator[Connection]:
        """A connection for migrations, outside any pool; the caller begins its transactions."""
        engine = create_engine(self._address, poolclass=NullPool, connect_args=_options(Role.OWNER, {}))
        with _translated(), engine.connect() as connection:
            yield connection

    def listen(self) -> psycopg.Connection:
        """A connection of its own for LISTEN, in autocommit; it may read nothing."""
        address = self._address.set(drivername="postgresql").render_as_string(hide_password=False)
        with _translated():
            return psycopg.connect(make_conninfo(address, **_options(Role.READER, {})), autocommit=True)

    def retried(
        self,
        begin: Callable[[], AbstractContextManager[Connection]],
        work: Callable[[Connection], T],
        sleep: Callable[[float], None] = time.sleep,
    ) -> T:
        """Do `work` in a transaction; on a conflict or a lost connection all of it again (R82).

        A connection that is lost at the commit leaves open whether it took place: `work` must find out by itself,
        as the executor does by its receipts. Raises Unavailable when the attempts are used up.
        """
        for attempt in range(ATTEMPTS):
            if attempt:
                sleep(random.uniform(0, min(LONGEST_PAUSE, PAUSE * 2**attempt)))  # noqa: S311 - no secret
            try:
                with begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if not is_conflict(error):
                    raise
                reason: Exception = error
            except Unavailable as error:
                reason = error
        if isinstance(reason, Unavailable):
            raise reason
        raise Unavailable("too many conflicts") from reason

    def check(self) -> None:
        """Raise DatabaseProblem unless every role can be taken and none is above row-level security (R07)."""
        for role, engine in self._engines.items():
            with _translated(), engine.begin() as connection:
                found = connection.execute(
                    text("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
                ).one()
            if found[0] != role or found[1]:
                raise DatabaseProblem(f"The role {role} must exist and be neither superuser nor BYPASSRLS.")

    @contextmanager
    def _begin(self, role: Role, settings: Mapping[str, str]) -> Iterator[Connection]:
        with _translated(), self._engines[role].begin() as connection:
            bind(connection, settings)
            try:
                yield connection
            except psycopg.OperationalError:
                # Raised by the driver below SQLAlchemy, which does not know that the connection may be lost, in mid-pipeline perhaps.
                connection.invalidate()
                raise


def prepare(address: URL | str) -> None:
    """Make the roles in a PostgreSQL that isn't ours, for the user of `address`. Raises DatabaseProblem, Unavailable."""
    url = _psycopg(make_url(address))
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})
    with _translated(), engine.begin() as connection:
        version, user, database, superuser = connection.exec_driver_sql(
            "SELECT current_setting('server_version_num')::int, current_user, current_database(), "
            "(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
        ).one()
        if version < OLDEST_VERSION * 10_000:
            raise DatabaseProblem(f"The database must be PostgreSQL {OLDEST_VERSION} or newer.")
        if superuser:
            raise DatabaseProblem(
                f"{user} is above row-level security: give the address of a user with CREATEROLE that owns {database}."
            )
        try:
            for statement in (*role_statements(user), *database_statements(database, user), *schema_statements()):
                connection.exec_driver_sql(statement)
        except ProgrammingError as error:
            raise DatabaseProblem(
                f"{user} may not prepare the database {database}: let the user own it and have CREATEROLE."
            ) from error


def bind(connection: Connection, settings: Mapping[str, str]) -> None:
    """Set what the row-level policies ask for, until the transaction ends."""
    parts = ", ".join("set_config(%s, %s, true)" for _ in settings)
    values = tuple(value for setting in settings.items() for value in setting)
    connection.exec_driver_sql(f"SELECT {parts}", values)


def is_conflict(error: DBAPIError) -> bool:
    """Whether the same transaction may succeed when it is done again at once."""
    return error.connection_invalidated or _sqlstate(error) in _SERIALIZATION


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _is_unavailable(error: DBAPIError) -> bool:
    state = _sqlstate(error)
    never_connected = isinstance(error.orig, psycopg.OperationalError) and not state
    return error.connection_invalidated or never_connected or state in _BUSY | _AWAY or state.startswith("08")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what a person can only wait for into Unavailable; a conflict stays what it is, to be done again."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("all connections are in use") from error
    except DBAPIError as error:
        if _is_unavailable(error):
            raise Unavailable(_sqlstate(error) or "no connection") from error
        raise
    except psycopg.OperationalError as error:
        raise Unavailable(error.sqlstate or "no connection") from error


def _psycopg(address: URL) -> URL:
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseProblem("The database must be a PostgreSQL: give --database postgresql://user@host/name.")
    return address.set(drivername="postgresql+psycopg")


def _engine(address: URL, role: Role, limits: Limits) -> Engine:
    settings = {
        "statement_timeout": f"{limits.statement_seconds}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
        "default_transaction_read_only": "on" if limits.read_only else "off",
    }
    return create_engine(
        address,
        pool_size=limits.connections,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        pool_pre_ping=True,
        pool_recycle=1800,
        # A reader's statements must all see the same commits (P7); the others are serialised by the desk's counter row.
        isolation_level="REPEATABLE READ" if limits.read_only else "READ COMMITTED",
        connect_args=_options(role, settings),
    )


def _options(role: Role, settings: Mapping[str, str]) -> dict[str, str | int]:
    """For libpq: the role is the connection's from its first moment, and what RESET goes back to."""
    chosen = {"role": str(role), "timezone": "UTC", **settings}
    return {
        "options": " ".join(f"-c {name}={value}" for name, value in chosen.items()),
        "connect_timeout": 5,
        "application_name": str(role),
    }
