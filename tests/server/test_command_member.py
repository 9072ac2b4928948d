"""``desk-server member``, ``desk`` and ``policy``: the people of a desk, from the command line."""

from __future__ import annotations

from pathlib import Path

from desk_core.resources import resource
from tests.support.commands import PASSWORD, POLICY, Folder


def test_members_are_added_listed_and_changed(data: Folder) -> None:
    data.add_member(
        "bea", "--name", "Bea Ott", "--department", "sales", "--department", "accounts", "--office", "woking"
    )
    data.add_member("cem", "--role", "specialist", "--skill", "french")
    listed = data.members()
    assert listed["bea"] == ["Bea Ott", "agent", "sales,accounts", "woking"]
    assert listed["cem"] == ["cem", "agent+specialist", "all", "hamburg"]
    changed = data("member", "set", "bea", "--role", "supervisor", "--all-departments", "--function", "specialist")
    assert changed.out == "bea is supervisor (specialist), all departments, woking.\n"
    data("member", "disable", "cem")
    listed = data.members()
    assert listed["bea"] == ["Bea Ott", "supervisor+specialist", "all", "woking"]
    assert listed["cem"][-1] == "off"
    data("member", "enable", "cem")
    assert data.members()["cem"][-1] == "hamburg"


def test_what_is_not_there_names_the_choices(data: Folder) -> None:
    role = data.add_member("x", "--role", "boss", expect=1)
    assert role.sentence.startswith("There is no role called “boss”; choose one of: agent, supervisor, manager, admin")
    department = data.add_member("x", "--department", "cellar", expect=1)
    assert department.sentence.startswith("There is no department called “cellar”; choose one of: technical_support,")
    assert "hamburg, woking" in data.add_member("x", "--office", "berlin", expect=1).sentence
    assert (
        "is for somebody in the role manager"
        in data.add_member("x", "--function", "technical_support_manager", expect=1).sentence
    )
    assert data.add_member("ada", expect=1).sentence == "Somebody already signs in as ada; choose another name."
    assert "x" not in data.members()


def test_a_password_comes_from_the_standard_input_and_is_long_enough(data: Folder) -> None:
    missing = data("member", "add", "x", "--role", "agent", expect=2)
    assert missing.sentence.startswith("Give the password on the standard input, with --password-stdin.")
    short = data("member", "add", "x", "--role", "agent", "--password-stdin", stdin="short\n", expect=1)
    assert short.sentence == "A password must have from 8 to 1000 characters."


def test_h31_the_last_technical_support_manager_can_neither_be_switched_off_nor_given_another_role(
    data: Folder,
) -> None:
    data.add_member("ute", "--role", "technical_support_manager", "--name", "Ute Brandt")
    for command in (["disable", "ute"], ["set", "ute", "--role", "agent"], ["set", "ute", "--function", "specialist"]):
        refused = data("member", *command, expect=1)
        assert refused.sentence.startswith("Ute Brandt must stay Technical Support Manager")
    data.add_member("ole", "--role", "technical_support_manager")
    data("member", "disable", "ute")
    assert data("member", "disable", "ole", expect=1).sentence.startswith("ole must stay")


def test_several_desks_are_told_apart_by_name(data: Folder, tmp_path: Path) -> None:
    policy = tmp_path / "second.toml"
    text = resource(f"policies/{POLICY}.toml").read_text(encoding="utf-8")
    text = text.replace('version = "1"', 'version = "orders"', 1)
    policy.write_text(text.replace('id = "sales"', 'id = "orders"').replace('"sales"', '"orders"'), encoding="utf-8")
    data("desk", "add", "repairs", "--policy", policy, "--title", "Repairs")
    assert data("desk", "list").out == "main\tService desk\ttest\nrepairs\tRepairs\ttest\n"
    assert data("member", "list", expect=1).sentence == (
        "There are several desks: say which one with --desk, one of main, repairs."
    )
    assert "the desks are main, repairs" in data("member", "list", "--desk", "north", expect=1).sentence
    data.add_member("kai", "--desk", "repairs", "--department", "orders")
    assert "sales" in data.add_member("pia", "--desk", "repairs", "--department", "sales", expect=1).sentence
    twice = data("desk", "add", "repairs", "--policy", POLICY, expect=1)
    assert twice.sentence == "There is already a desk called repairs; choose another name."
    left = data("policy", "set", POLICY, "--desk", "repairs", expect=1)
    assert left.sentence.startswith("kai does not fit the new policy. There is no department called “orders”")
    data("member", "set", "kai", "--desk", "repairs", "--department", "accounts")
    data("policy", "set", POLICY, "--desk", "repairs")
    data.add_member("pia", "--desk", "repairs", "--department", "sales")
    assert PASSWORD not in data("member", "list", "--desk", "repairs").out
