"""``desk-server doctor``: nothing to say of what is well, one line and a way out for each thing that is not; repairs only when asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.roles import DATABASE
from tests.support.commands import Folder, serving

DAMAGES = (
    # table, what is done to it behind the program's back, what is found, whether it can be repaired
    ("change", "UPDATE change SET pk = 'x' WHERE commit_seq = (SELECT max(commit_seq) FROM change)", ["chain"], False),
    ("feed_commit", "DELETE FROM feed_commit WHERE seq = 2", ["feed"], False),
    ("feed_commit", "UPDATE feed_commit SET made_at = now() + interval '1 day' WHERE seq = 2", ["clock"], False),
    ("desk", "UPDATE desk SET head_seq = head_seq - 1", ["feed", "rows_ahead"], False),
    ("ticket", "UPDATE ticket SET body = '{}'", ["row_hash"], True),
    ("stub", "DELETE FROM stub", ["stubs"], False),
    ("device", "UPDATE device SET last_seq = 1 WHERE number > 0", ["last_seq"], True),
    ("device", "UPDATE device SET last_seq = 99 WHERE number > 0", ["receipts"], False),
    ("number_block", "UPDATE number_block SET last = last + 1", ["numbers_twice", "numbers_behind"], False),
    ("desk", "UPDATE desk SET next_counter = 100000", ["numbers_behind"], True),
    ("desk", "UPDATE desk SET policy_version = 'gone+0'", ["policy"], False),
    ("work_lease", "INSERT INTO work_lease VALUES ('main', 'gone', 'gone', now())", ["work_leases"], True),
    (
        "message",
        "INSERT INTO message (desk, once_key, event, ticket, body, made_at, due, addressed, tries) "
        "SELECT desk, 'parked', event, ticket, body, made_at, due, true, 3 FROM message LIMIT 1",
        ["messages"],
        False,
    ),
)


class Patient:
    """A folder under the doctor's eyes, with the superuser's hands in its database."""

    def __init__(self, data: Folder, hands: psycopg.Connection) -> None:
        self.data = data
        self.hands = hands

    def codes(self, *options: str, code: int) -> list[str]:
        """What is found, each kind once."""
        answer = json.loads(self.data("doctor", "--json", *options, expect=code).out)
        assert answer["well"] is all(found["repaired"] for found in answer["findings"])
        assert all(found["what"].endswith(".") and found["do"].endswith(".") for found in answer["findings"])
        return list(dict.fromkeys(found["code"] for found in answer["findings"]))

    @contextmanager
    def damaged(self, table: str, how: str) -> Iterator[None]:
        """Something done to a table, undone at the end."""
        self.hands.execute(f"CREATE TEMP TABLE kept AS TABLE {table}".encode())
        try:
            self.hands.execute(how.encode())
            yield
        finally:
            self.hands.execute(f"DELETE FROM {table}".encode())
            self.hands.execute(f"INSERT INTO {table} SELECT * FROM kept".encode())
            self.hands.execute("DROP TABLE kept")


@pytest.fixture(scope="module")
def patient(template: Folder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Patient]:
    """A folder in which somebody has worked."""
    data = template.copy(tmp_path_factory.mktemp("patient") / "data")
    with EmbeddedPostgres(data.path / "database") as postgres:
        with serving(data.path) as server:
            ada = server.client("ada")
            ada.log()
            ada.log()
            # Also while it serves.
            assert data("doctor").out == "All is well.\n"
        address = postgres.superuser_url(DATABASE).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as hands:
            yield Patient(data, hands)


@pytest.mark.parametrize(("table", "how", "codes", "repairable"), DAMAGES)
def test_what_does_not_hold_together_is_found_p13_p3_p6(
    patient: Patient, table: str, how: str, codes: list[str], repairable: bool
) -> None:
    with patient.damaged(table, how):
        assert patient.codes(code=1) == codes
        if repairable:
            assert patient.codes("--repair", code=0) == codes
            assert patient.codes(code=0) == []
    assert patient.codes(code=0) == []


def test_the_folder_is_looked_at_too_r27(data: Folder) -> None:
    assert data("doctor").out == "All is well.\n"
    secrets, leftover = data.path / "database" / "secrets.json", data.path / "database.draft"
    secrets.chmod(0o644)
    leftover.mkdir()
    said = data("doctor", expect=1).out.splitlines()
    assert said[0].startswith(f"Others on this machine may look into {secrets}.")
    assert said[1] == f"{leftover} is left of a restore that did not end. Repair removes it."
    mended = data("doctor", "--repair").out.splitlines()
    assert mended[1] == f"{leftover} is left of a restore that did not end. This was repaired."
    assert data("doctor").out == "All is well.\n"
    assert not leftover.exists()


def test_a_database_that_does_not_start_is_a_finding(data: Folder, tmp_path: Path) -> None:
    (data.path / "database" / "data" / "global" / "pg_control").unlink()
    said = data("doctor", expect=1).out
    assert said.startswith(f"PostgreSQL did not start in {data.path / 'database'}")
    assert "restore the last backup" in said
    assert "holds no desk" in Folder(tmp_path / "none")("doctor", expect=1).sentence
