"""Engines, roles and migrations on the embedded PostgreSQL."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from desk_server.db import engine
from desk_server.db.engine import Database, Limits, Unavailable, prepare
from desk_server.db.migrate import migrate
from desk_server.db.problem import DatabaseProblem
from desk_server.db.roles import Role
from tests.support.postgres import Cluster


def facts(connection: Connection) -> tuple[str, str, str]:
    row = connection.execute(
        text("SELECT current_user, current_setting('desk.id', true), current_setting('desk.departments', true)")
    ).one()
    return row[0], row[1], row[2]


def test_every_transaction_has_its_role_and_desk(database: Database) -> None:
    database.check()
    with database.reader("d1", ["tech", "billing"]) as connection:
        assert facts(connection) == ("desk_reader", "d1", "tech,billing")
    with database.executor("d2") as connection:
        assert facts(connection)[:2] == ("desk_executor", "d2")
    with database.jobs("d3") as connection:
        assert facts(connection)[:2] == ("desk_jobs", "d3")
    with database.audit("d4") as connection:
        assert facts(connection)[:2] == ("desk_audit", "d4")


def test_r07_the_desk_is_forgotten_at_the_end_of_the_transaction(database_url: URL) -> None:
    opened = Database(database_url, {Role.READER: Limits(1, 10, read_only=True)})
    with opened.reader("d1", ["tech"]):
        pass
    with opened._engines[Role.READER].begin() as same_connection:
        assert facts(same_connection)[1:] == ("", "")
    opened.close()


def test_r07_a_role_is_kept_by_reset_and_can_not_be_left_for_a_superuser(database: Database) -> None:
    with database.executor("d1") as connection:
        connection.execute(text("RESET ROLE"))
        assert facts(connection)[0] == "desk_executor"
    with pytest.raises(ProgrammingError, match="permission denied"), database.executor("d1") as connection:
        connection.execute(text("SET ROLE desk_superuser"))


def test_only_the_owner_makes_tables(database: Database) -> None:
    with pytest.raises(ProgrammingError, match="permission denied for schema"), database.executor("d1") as connection:
        connection.execute(text("CREATE TABLE own (x int)"))
    with database.owner() as connection, connection.begin():
        connection.execute(text("CREATE TABLE own (x int)"))


def test_a_reader_writes_nothing_and_sees_one_state(database: Database) -> None:
    with database.owner() as connection, connection.begin():
        connection.execute(text("CREATE TABLE seen (x int); GRANT ALL ON seen TO desk_reader, desk_executor"))
    with database.reader("d1", []) as reading:
        assert reading.execute(text("SELECT count(*) FROM seen")).scalar_one() == 0
        with database.executor("d1") as writing:
            writing.execute(text("INSERT INTO seen VALUES (1)"))
        assert reading.execute(text("SELECT count(*) FROM seen")).scalar_one() == 0
        with pytest.raises(DBAPIError, match="read-only"):
            reading.execute(text("INSERT INTO seen VALUES (2)"))


def test_r81_a_busy_pool_answers_with_the_time_to_wait(database_url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POOL_WAIT", 0.05)
    opened = Database(database_url, {Role.EXECUTOR: Limits(1, 10)})
    with opened.executor("d1"), pytest.raises(Unavailable, match="in use") as caught, opened.executor("d1"):
        pass
    assert caught.value.retry_after >= 1
    opened.close()


def test_r81_connections_that_the_server_closed_are_replaced_unseen(cluster: Cluster, database: Database) -> None:
    with database.executor("d1"):
        pass
    with cluster.superuser() as superuser:
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'desk_login'")
    with database.executor("d1") as connection:
        assert facts(connection)[1] == "d1"


def test_r81_an_absent_server_is_unavailable(database_url: URL) -> None:
    away = Database(database_url.update_query_dict({"host": "/nowhere"}))
    with pytest.raises(Unavailable, match="no connection"), away.executor("d1"):
        pass


def test_r82_a_conflict_does_the_whole_transaction_again(database: Database) -> None:
    """Two transactions take two locks in opposite order: 40P01 for one, which then succeeds."""
    with database.owner() as connection, connection.begin():
        connection.execute(text("CREATE TABLE lock (x int, n int); INSERT INTO lock VALUES (1, 0), (2, 0)"))
        connection.execute(text("GRANT ALL ON lock TO desk_executor"))
    both_have_one = threading.Barrier(2)
    tries: list[int] = []

    def work(first: int, second: int, connection: Connection) -> None:
        tries.append(first)
        connection.execute(text("UPDATE lock SET n = n + 1 WHERE x = :x"), {"x": first})
        if tries.count(first) == 1:
            both_have_one.wait(10)
        connection.execute(text("UPDATE lock SET n = n + 1 WHERE x = :x"), {"x": second})

    begin = partial(database.executor, "d1")
    other = threading.Thread(target=database.retried, args=(begin, partial(work, 2, 1)))
    other.start()
    database.retried(begin, partial(work, 1, 2))
    other.join(20)
    with database.executor("d1") as connection:
        assert connection.execute(text("SELECT array_agg(n) FROM lock")).scalar_one() == [2, 2]
    assert len(tries) == 3


def test_r82_a_lost_connection_does_the_whole_transaction_again(cluster: Cluster, database: Database) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> int:
        tries.append(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        if len(tries) == 1:
            with cluster.superuser() as superuser:
                superuser.execute("SELECT pg_terminate_backend(%s)", [tries[0]])
        return int(connection.execute(text("SELECT 1")).scalar_one())

    pauses: list[float] = []
    assert database.retried(partial(database.executor, "d1"), work, pauses.append) == 1
    assert len(set(tries)) == 2
    assert len(pauses) == 1


def test_r82_an_error_of_ours_is_not_tried_again(database: Database) -> None:
    begun = []

    @contextmanager
    def begin() -> Iterator[Connection]:
        begun.append(1)
        with database.executor("d1") as connection:
            yield connection

    with pytest.raises(ProgrammingError):
        database.retried(begin, lambda connection: connection.execute(text("SELECT nothing")))
    assert begun == [1]


def test_a_notice_reaches_who_listens(database: Database) -> None:
    with database.listen() as listening:
        listening.execute("LISTEN desk_changed")
        with database.executor("d1") as connection:
            connection.execute(text("NOTIFY desk_changed, 'd1'"))
        notice = next(listening.notifies(timeout=5))
    assert notice.payload == "d1"


def test_migrations_again_change_nothing_and_a_newer_schema_is_refused(database: Database) -> None:
    migrate(database)
    with database.owner() as connection, connection.begin():
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32) NOT NULL)"))
        connection.execute(text("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('from_the_future')"))
    with pytest.raises(DatabaseProblem, match="newer than this program"):
        migrate(database)


def test_r80_a_migration_waits_a_second_for_a_lock_then_lets_others_pass(database: Database) -> None:
    pauses: list[float] = []
    with database.owner() as connection, connection.begin():
        connection.execute(text("SELECT pg_advisory_lock(1684370283)"))
        began = time.monotonic()

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            connection.execute(text("SELECT pg_advisory_unlock(1684370283)"))

        migrate(database, sleep=pause)
        assert 0.9 < time.monotonic() - began < 10
    assert len(pauses) == 1


def test_another_postgresql_is_prepared_by_its_owner(cluster: Cluster) -> None:
    with cluster.superuser() as superuser:
        superuser.execute("CREATE ROLE guest LOGIN CREATEROLE PASSWORD 'guest'")
        superuser.execute("CREATE DATABASE guests OWNER guest")
        for role in Role:
            superuser.execute(f"GRANT {role} TO guest WITH ADMIN TRUE, SET FALSE, INHERIT FALSE")
    address = cluster.postgres.url("guests").set(username="guest", password="guest")
    prepare(address)
    prepare(address)
    opened = Database(address)
    migrate(opened)
    opened.check()
    opened.close()


def test_another_postgresql_by_its_superuser_or_a_stranger_is_refused_in_a_sentence(cluster: Cluster) -> None:
    with pytest.raises(DatabaseProblem, match="above row-level security"):
        prepare(cluster.postgres.superuser_url())
    with cluster.superuser() as superuser:
        superuser.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
    with pytest.raises(DatabaseProblem, match="CREATEROLE"):
        prepare(cluster.postgres.superuser_url().set(username="stranger", password="x"))
    with pytest.raises(DatabaseProblem, match="must be a PostgreSQL"):
        prepare("sqlite:///x")
