"""What the terminal twin says: the words of the window, explanations, refusals in one sentence, help with examples."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_client.cli.lines import Reader
from desk_client.cli.parser import parser
from desk_client.cli.run import COMMANDS
from desk_core import references
from tests.client.double import MemoryServer
from tests.client.http_double import desk_over_http, serving
from tests.support.terminal import FAULT, Twin

NOBODY_KNOWN = [
    "--caller",
    "Jo Doe",
    "--company",
    "Unknown Ltd",
    "--phone",
    "040 5550000",
    "--product",
    "LabelJet 4300",
]
NOT_ENTITLED = [*NOBODY_KNOWN, "--serial", "XX-1", "--fault", "Dark", "--class", "Printhead"]


@pytest.fixture
def twin(tmp_path: Path, server: MemoryServer) -> Iterator[Callable[[str], Twin]]:
    with serving(desk_over_http(server)) as address:

        def signed_in(user: str) -> Twin:
            found = Twin(tmp_path / user)
            typed = MemoryServer.password + "\n"
            found.run("sign-in", "--server", address, "--user", user, "--password-stdin", typed=typed)
            return found

        yield signed_in


def test_show_says_titles_and_events_in_words(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    reference = twin("ada").json("log-call", *FAULT)["reference"]
    spec = twin("spec")
    spec.run("take-next")
    spec.run("reply", reference, "--text", "Please clean the head.\nThen call us.")
    shown = spec.run("show", reference)
    ticket = next(iter(server.tickets.values()))
    department, office = server.policy.department(ticket.department), server.policy.office(ticket.office)
    assert department is not None
    assert office is not None
    assert f"{department.title} · {office.title}" in shown
    for words in ("promised a call back", "took it from the queue", "you hold it", "answered in writing"):
        assert words in shown
    assert not re.search(r"\b[a-z]+\.[a-z_]+\b", shown), "no event or status is named by its id"
    lines = shown.splitlines()
    said = lines.index("    Please clean the head.")
    assert lines[said + 1] == "    Then call us."


def test_queue_says_department_and_holder(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    reference = ada.json("log-call", *FAULT)["reference"]
    department = server.policy.department(next(iter(server.tickets.values())).department)
    assert department is not None
    before = ada.run("queue")
    assert department.title in before
    assert "nobody holds it" in before
    twin("spec").run("take-next")
    assert f"held by {server.members['spec'].name}" in ada.run("queue")
    assert references.grouped(reference) in before


def test_a_moment_of_another_year_has_its_year(server: MemoryServer) -> None:
    reader = Reader(server.policy, "ada", "", {}, dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC), lambda _: None)
    assert reader.when(dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)) == "Mon 5 Jan 11:00"
    assert reader.when(dt.datetime(2025, 1, 6, 10, tzinfo=dt.UTC)) == "Mon 6 Jan 2025 11:00"


def test_why_carries_the_arithmetic_as_data_ts4(twin: Callable[[str], Twin]) -> None:
    ada = twin("ada")
    reference = ada.json("log-call", *FAULT)["reference"]
    [clock] = ada.json("why", reference)["clocks"]
    kinds = [step["kind"] for step in clock["steps"]]
    assert (kinds[0], kinds[-1]) == ("received", "due")
    assert clock["steps"][-1]["at"] == clock["deadline"]
    said = ada.run("why", reference)
    assert all(f"{rule['id']}: {rule['text']}" in said for rule in clock["rules"])


def test_why_says_that_nobody_was_promised_anything_h05(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    reference = ada.json("log-call", *NOT_ENTITLED)["reference"]
    answer = ada.json("why", reference)
    assert (answer["clocks"], answer["nothing"]["code"]) == ([], "not_entitled")
    rule = server.policy.rule("H-05")
    assert rule is not None
    assert {"id": "H-05", "text": rule.text} in answer["nothing"]["rules"]
    said = ada.run("why", reference)
    assert said.startswith("Nobody promised anything here")
    assert rule.text in said


def test_close_asks_for_a_summary_and_an_empty_reply_is_refused(twin: Callable[[str], Twin]) -> None:
    reference = twin("ada").json("log-call", *FAULT)["reference"]
    spec = twin("spec")
    spec.run("take-next")
    refused = spec.json("close", reference, code=1)
    assert (refused["code"], refused["fields"]) == ("missing_text", ["summary"])
    assert "--summary" in spec.run("close", reference, code=1)
    assert spec.json("reply", reference, "--text", "", code=1)["code"] == "missing_text"
    assert spec.run("reply", reference, "--text", " ", code=1).count("\n") == 1


def test_transfer_without_a_note_says_who_referred_it_h29(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    reference = ada.json("log-call", *FAULT)["reference"]
    there = server.policy.departments[1]
    assert ada.json("transfer", reference, "--to", there.id)["reference"] == reference
    ticket = next(t for t in server.tickets.values() if t.reference == reference)
    assert (ticket.department, ticket.reference) == (there.id, reference)
    [referred] = [e.what for e in server.events if e.kind == "ticket.transferred"]
    assert getattr(referred, "note", "") == f"Referred by {server.members['ada'].name}."
    assert ada.json("transfer", reference, "--to", "nowhere", code=1)["code"] == "unknown_department"


def test_outbox_says_what_waits(twin: Callable[[str], Twin]) -> None:
    ada = twin("ada")
    ada.run("log-call", "--offline", *FAULT)
    said = ada.run("outbox", "--offline")
    for words in ("Call begun", "Call logged", "Call back promised", "not sent yet"):
        assert words in said


def _subcommands() -> dict[str, argparse.ArgumentParser]:
    [found] = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(found.choices)


def test_every_command_has_help_with_an_example_that_can_be_typed() -> None:
    commands = _subcommands()
    assert set(COMMANDS) <= set(commands)
    for name, command in commands.items():
        assert command.description, name
        example = re.fullmatch(r"Example: desk-client (.*)", command.epilog or "")
        assert example is not None, name
        assert parser().parse_args(shlex.split(example[1])).command == name


def test_json_is_one_value_in_every_case(twin: Callable[[str], Twin]) -> None:
    ada = twin("ada")
    for words in (
        ["queue"],
        ["outbox"],
        ["members"],
        ["sync"],
        ["find", "nothing like it"],
        ["call", "ended", "--id", "7"],
    ):
        json.loads(ada.run(*words, "--json"))
    for words in (["show", "1"], ["reply"], ["why", "100 000 1"], ["outbox", "--discard", "x"]):
        refusal = json.loads(ada.run(*words, "--json", code=1))
        assert refusal["code"]
        assert refusal["text"].endswith(".")
