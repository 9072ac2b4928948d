"""Row-level security: the barrier behind the query layer (R07), and the schema that the program believes in."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from desk_core.commands import AddNote
from desk_server.db.engine import Database
from desk_server.db.tables import FEED_COLUMNS
from tests.support.postgres import Cluster
from tests.support.server import DESK, RunningServer

CONTENT = ("ticket", "event", "call", "change")


@pytest.fixture
def tables(cluster: Cluster, filled: RunningServer) -> list[str]:
    """All our tables."""
    with cluster.superuser(str(filled.database.database)) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        ).fetchall()
    return sorted(name for (name,) in rows if name != "alembic_version")


def counted(database: Database, desk: str, departments: tuple[str, ...], tables: list[str]) -> dict[str, int]:
    """What a reader gets who forgets every WHERE."""
    found: dict[str, int] = {}
    for table in tables:
        with database.reader(desk, departments) as connection:
            allowed = connection.exec_driver_sql("SELECT has_table_privilege(%s, 'SELECT')", (table,)).scalar_one()
            if allowed:
                found[table] = int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
    return found


@pytest.fixture(scope="module")
def filled(shared_server: RunningServer) -> RunningServer:
    """A server on which customer service has a ticket."""
    carla = shared_server.client("carla")
    ticket = carla.log(department="customer_service")
    carla.applied(AddNote(ticket=ticket, text="secret"))
    return shared_server


def test_r07_every_table_is_guarded_also_against_its_owner(cluster: Cluster, filled: RunningServer) -> None:
    with cluster.superuser(str(filled.database.database)) as connection:
        rows = connection.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'alembic_version'"
        ).fetchall()
    assert len(rows) > 20
    assert [row for row in rows if row[1:] != (True, True, "desk_owner")] == []


def test_r07_a_reader_of_another_desk_gets_nothing(filled: RunningServer, tables: list[str]) -> None:
    database = filled.services.database
    departments = ("technical_support", "customer_service", "@carla")
    here = counted(database, DESK, departments, tables)
    assert all(here[table] > 0 for table in (*CONTENT, "stub", "member", "customer", "receipt", "desk"))
    assert set(counted(database, "south", departments, tables).values()) == {0}
    assert set(counted(database, "", (), tables).values()) == {0}


def test_r07_a_reader_of_another_department_gets_no_content(filled: RunningServer, tables: list[str]) -> None:
    found = counted(filled.services.database, DESK, ("technical_support", "@anna"), tables)
    assert [found[table] for table in ("ticket", "event", "call")] == [0, 0, 0]
    assert found["stub"] == 1
    with filled.services.database.reader(DESK, ("technical_support",)) as connection:
        scopes = connection.exec_driver_sql("SELECT DISTINCT scope FROM change").scalars().all()
    assert list(scopes) == ["desk"]


def test_r07_no_department_at_all_is_no_content(filled: RunningServer) -> None:
    found = counted(filled.services.database, DESK, (), ["ticket", "event", "call"])
    assert set(found.values()) == {0}


def test_readers_see_no_secrets_and_change_nothing(filled: RunningServer, tables: list[str]) -> None:
    database = filled.services.database
    assert not {"credential", "lockout", "audit"} & set(counted(database, DESK, ("customer_service",), tables))
    assert counted(database, DESK, ("customer_service",), ["token"]) == {"token": 0}, "only who knows it finds it"
    for table in tables:
        with pytest.raises(DBAPIError), database.reader(DESK, ("customer_service",)) as connection:
            connection.exec_driver_sql(f"DELETE FROM {table}")


def test_the_executor_of_one_desk_reaches_no_other(filled: RunningServer) -> None:
    with filled.services.database.executor("south") as connection:
        assert connection.exec_driver_sql("UPDATE ticket SET holder = 'me'").rowcount == 0
        assert connection.exec_driver_sql("UPDATE credential SET password_hash = ''").rowcount == 0
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        filled.services.database.executor("south") as connection,
    ):
        connection.exec_driver_sql("INSERT INTO work_lease VALUES ('north', 't', 'd', now())")


@pytest.mark.parametrize("statement", ["UPDATE receipt SET verdict = '{}'", "DELETE FROM change", "DELETE FROM ticket"])
def test_what_was_done_can_not_be_undone(filled: RunningServer, statement: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), filled.services.database.executor(DESK) as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("statement", ["SELECT * FROM audit", "UPDATE audit SET what = ''", "DELETE FROM audit"])
def test_r89_the_audit_log_is_only_added_to(filled: RunningServer, statement: str) -> None:
    for begin in (filled.services.database.audit, filled.services.database.executor):
        with pytest.raises(DBAPIError, match="permission denied"), begin(DESK) as connection:
            connection.exec_driver_sql(statement)


def test_the_program_and_the_schema_agree(cluster: Cluster, filled: RunningServer) -> None:
    kinds = {"timestamptz": "timestamp with time zone", "text[]": "ARRAY"}
    with cluster.superuser(str(filled.database.database)) as connection:
        for table, columns in FEED_COLUMNS.items():
            rows = connection.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", (table,)
            ).fetchall()
            expected = {name: kinds.get(kind, kind) for name, kind in columns}
            head = {"desk": "text", "id": "text", "seq": "bigint", "hash": "bigint", "body": "json"}
            assert dict(rows) == head | expected
