"""``desk-server serve``: one line when it is ready, a clean stop, several processes, and what it refuses."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import URL

from desk_core.protocol import Cursor, PullReply
from desk_server.db.embedded import EmbeddedPostgres, Status
from desk_server.db.engine import Database
from desk_server.db.roles import Role
from tests.support.commands import PASSWORD, POLICY, Folder, serving
from tests.support.postgres import Cluster
from tests.support.server import Api
from tests.waiting import until


def held_pull(api: Api) -> tuple[threading.Thread, list[PullReply]]:
    """A long poll that is under way."""
    api.pull_all()
    cursor: Cursor = api.cursor
    replies: list[PullReply] = []
    thread = threading.Thread(target=lambda: replies.append(api.pull(cursor, wait=30)))
    thread.start()
    return thread, replies


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_while_a_client_waits_for_news(data: Folder, number: signal.Signals) -> None:
    with serving(data.path) as server:
        assert server.line == f"desk-server: ready on http://127.0.0.1:{server.port}"
        api = server.client("ada")
        thread, replies = held_pull(api)
        until(lambda: server.process.poll() is None and thread.is_alive())
        stopped = server.stop(number)
        thread.join(10)
        assert (stopped.code, stopped.err) == (0, "")
        assert stopped.out.count("\n") == 1
        assert len(replies) == 1
    assert EmbeddedPostgres(data.path / "database").status() is Status.STOPPED


def test_several_processes_serve_one_folder_and_a_port_serves_one(data: Folder) -> None:
    with serving(data.path) as first, serving(data.path) as second:
        one, other = first.client("ada"), second.client("ada")
        other.pull_all()
        thread, replies = held_pull(other)
        one.log()
        thread.join(20)
        assert [change.table for change in replies[0].changes if change.table == "stub"] == ["stub"]
        taken = data.process("serve", "--port", first.port, expect=1)
        assert taken.sentence == f"Port {first.port} of 127.0.0.1 is in use: stop what listens there, or give --port."
        assert first.stop().code == 0
        assert second.client("ada").enrolled.member.login == "ada"


def test_members_are_added_and_switched_off_while_it_runs(data: Folder) -> None:
    with serving(data.path) as server:
        data.process("member", "add", "late", "--role", "agent", "--password-stdin", stdin=PASSWORD)
        api = server.client("late")
        data.process("member", "disable", "late")
        until(lambda: api.raw("GET", "/v1/digest").status_code == 401, "the session to end")


def test_what_is_for_tests_is_refused_on_live_data(live: Folder, tmp_path: Path) -> None:
    clock, sink = tmp_path / "clock", tmp_path / "mail"
    clock.write_text("2026-06-09T10:00:00+02:00")
    refused = live.process("serve", "--port", "0", "--test-clock", clock, expect=1)
    assert (
        refused.sentence == "--test-clock is only for data that was made with --demo or --test; the desk main was not."
    )
    refused = live.process("serve", "--port", "0", "--mail-sink", sink, expect=1)
    assert (
        refused.sentence == "--mail-sink is only for data that was made with --demo or --test; the desk main was not."
    )
    assert not sink.exists()


def test_a_clock_that_cannot_be_read_is_told_in_a_sentence(data: Folder, tmp_path: Path) -> None:
    refused = data.process("serve", "--port", "0", "--test-clock", tmp_path / "none", expect=1)
    assert "must hold an instant with its zone" in refused.sentence


@pytest.fixture
def own_postgresql(cluster: Cluster) -> URL:
    """An empty database of an administrator who brings a PostgreSQL along."""
    with cluster.superuser() as superuser:
        superuser.execute("CREATE ROLE bringer LOGIN CREATEROLE PASSWORD 'bringer'")
        superuser.execute("CREATE DATABASE brought OWNER bringer")
        for role in Role:
            superuser.execute(f"GRANT {role} TO bringer WITH ADMIN TRUE, SET FALSE, INHERIT FALSE")
    return cluster.postgres.url("brought").set(username="bringer", password="bringer")


def restored_desk(address: URL) -> tuple[str, int]:
    """The epoch and the next counter of the desk."""
    database = Database(address)
    with database.executor("main") as connection:
        epoch, counter = connection.exec_driver_sql("SELECT log_epoch, next_counter FROM desk").one()
    database.close()
    return str(epoch), int(counter)


def test_a_postgresql_of_ones_own_is_made_ready_and_served(own_postgresql: URL, tmp_path: Path) -> None:
    address = own_postgresql.render_as_string(hide_password=False)
    data = Folder(tmp_path / "data")
    assert "holds no desk" in data("member", "list", "--database", address, expect=1).sentence
    data("init", "--policy", POLICY, "--test", "--database", address)
    data("member", "add", "ada", "--role", "agent", "--password-stdin", "--database", address, stdin="correct horse")
    with (
        serving(data.path, "--database", address) as server,
        serving(tmp_path / "other", "--database", address) as second,
    ):
        assert server.client("ada").enrolled.desk == second.client("ada").enrolled.desk == "main"
        in_use = data("restore", "--database", address, expect=1)
        assert in_use.sentence == "The database of --database is in use: stop every server first."
    assert "pg_dump" in data("backup", "--to", tmp_path / "backup", "--database", address, expect=1).sentence
    assert "with its own tools" in data("restore", tmp_path / "backup", "--database", address, expect=2).sentence
    before = restored_desk(own_postgresql)
    data("restore", "--database", address)
    after = restored_desk(own_postgresql)
    assert after[0] != before[0]
    assert after[1] > before[1] + 1_000
    assert "give --database" in data("member", "list", expect=1).sentence
    elsewhere = Folder(tmp_path / "b")("init", "--policy", POLICY, "--database", address, expect=1)
    assert elsewhere.sentence.startswith("This database already holds a desk")
    wrong = address.replace("bringer:bringer", "bringer:wrong")
    assert "does not accept" in data("member", "list", "--database", wrong, expect=1).sentence
    nobody = "postgresql://nobody@127.0.0.1:1/none"
    assert "cannot be reached" in data("member", "list", "--database", nobody, expect=1).sentence
    assert "postgresql://" in data.process("serve", "--port", "0", "--database", "nonsense", expect=1).sentence
