"""``desk-server init``: a data folder, complete or not at all, and every mistake in a sentence."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desk_core.resources import resource
from tests.support.commands import POLICY, Folder, desk_server, same_process, serving


def policy_with_mistakes(folder: Path) -> Path:
    text = resource(f"policies/{POLICY}.toml").read_text(encoding="utf-8")
    path = folder / "wrong.toml"
    path.write_text(
        text.replace('"2 open hours"', '"2 hours"').replace('country = "DE"', "country = 5"), encoding="utf-8"
    )
    return path


def test_a_policy_with_mistakes_is_listed_line_by_line_and_nothing_is_made(tmp_path: Path) -> None:
    wrong = policy_with_mistakes(tmp_path)
    done = desk_server("init", "--data", tmp_path / "new", "--policy", wrong, expect=1)
    lines = done.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(str(wrong)) for line in lines)
    assert "country" in lines[0]
    assert "amount" in lines[1]
    assert not (tmp_path / "new").exists()


def test_a_policy_that_is_not_there_names_those_that_ship(tmp_path: Path) -> None:
    done = same_process("init", "--data", tmp_path / "new", "--policy", "nowhere", expect=1)
    names = "akixi, ask4, expandit, hamburg-woking, hosting"
    assert done.sentence == f"nowhere: there is no such file; name one, or a policy that ships: {names}."


def test_a_folder_that_holds_something_is_never_touched(data: Folder, tmp_path: Path) -> None:
    again = data("init", "--policy", POLICY, expect=1)
    assert again.sentence.startswith(f"{data.path} already holds the data of a desk")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "note.txt").write_text("mine")
    full = same_process("init", "--data", mine, "--policy", POLICY, expect=1)
    assert full.sentence == f"{mine} is not empty: choose a new folder, or remove what is in it."
    assert [path.name for path in mine.iterdir()] == ["note.txt"]


def test_a_folder_that_init_did_not_make_is_not_opened(tmp_path: Path) -> None:
    done = same_process("member", "list", "--data", tmp_path, expect=1)
    assert done.sentence.startswith(f"{tmp_path} holds no desk: make one with desk-server init")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["init", "--policy", POLICY], "Missing option '--data'. See desk-server init --help."),
        (["init", "--data", "x", "--policy", POLICY, "--demo", "--test"], "Give --demo or --test, not both"),
        (["serve", "--data", "x", "--port", "70000"], "See desk-server serve --help."),
        (["xyz"], "No such command 'xyz'. See desk-server --help."),
    ],
)
def test_a_command_that_is_typed_wrongly_is_told_in_a_sentence_with_exit_2(arguments: list[str], said: str) -> None:
    assert said in same_process(*arguments, expect=2).sentence


def test_the_sample_desk_is_full_and_says_how_to_sign_in(tmp_path: Path) -> None:
    data, clock, sink = tmp_path / "demo", tmp_path / "clock", tmp_path / "mail"
    clock.write_text("2026-06-09T10:00:00+02:00")
    made = desk_server("init", "--data", data, "--policy", POLICY, "--demo", "--test-clock", clock)
    members = msgspec.json.decode((data / "sample-members.json").read_bytes(), type=list[dict[str, str]])
    assert len(members) == 12
    assert all(member["user"] in made.out and member["password"] in made.out for member in members)
    with serving(data, "--test-clock", clock, "--mail-sink", sink) as server:
        client = server.client(members[0]["user"], members[0]["password"])
        assert client.enrolled.server_time.isoformat() == "2026-06-09T08:00:00+00:00"
        rows = [row.table for page in client.snapshot() for row in page.rows]
        assert client.pull().changes == ()
    counts = {table: rows.count(table) for table in ("member", "customer", "stub")}
    assert counts == {"member": 13, "customer": 2_000, "stub": 3_400}
    assert 0 < rows.count("ticket") < 3_400
    assert sink.is_dir()
