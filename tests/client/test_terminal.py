"""The terminal twin against a server on loopback; as a process of its own where that is the point."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_core import references
from tests.client.double import MemoryServer
from tests.client.http_double import desk_over_http, serving
from tests.support.terminal import FAULT, Twin


@pytest.fixture
def address(server: MemoryServer) -> Iterator[str]:
    with serving(desk_over_http(server)) as url:
        yield url


@pytest.fixture
def twin(tmp_path: Path, address: str) -> Callable[[str], Twin]:
    def signed_in(user: str) -> Twin:
        found = Twin(tmp_path / user)
        found.run(
            "sign-in", "--server", address, "--user", user, "--password-stdin", typed=MemoryServer.password + "\n"
        )
        return found

    return signed_in


def test_log_call_and_queue_carry_the_same_reference(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    logged = ada.json("log-call", *FAULT)
    assert references.parse(logged["reference"]) == logged["reference"]
    assert (logged["way"], logged["sent"]) == ("call_back", True)
    assert [row["reference"] for row in ada.json("queue")] == [logged["reference"]]
    assert [t.reference for t in server.tickets.values()] == [logged["reference"]]
    spaced = references.grouped(logged["reference"]).split()
    assert ada.json("show", *spaced)["reference"] == logged["reference"]
    assert ada.json("show", logged["reference"])["fault"]["serial"] == "LJ43-0092817"
    why = ada.json("why", *spaced, "callback")
    assert why["clocks"][0]["clock"] == "callback"
    assert ada.json("why", logged["reference"], "nothing", code=1)["code"] == "no_such_clock"


def test_log_call_says_that_nobody_was_put_through_h13(twin: Callable[[str], Twin]) -> None:
    out = twin("ada").run("log-call", *FAULT)
    assert references.parse(out.splitlines()[0]) is not None
    assert "The caller was not put through" in out


def test_offline_call_is_sent_once_by_sync_twice_p1(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    reference = ada.json("log-call", "--offline", *FAULT)["reference"]
    assert references.parse(reference) == reference
    assert server.tickets == {}
    assert {item["state"] for item in ada.json("outbox", "--offline")} == {"waiting"}
    ada.run_apart("sync")
    ada.run_apart("sync")
    assert [t.reference for t in server.tickets.values()] == [reference]
    assert ada.json("outbox") == []


def test_missing_field_is_one_sentence_and_uses_no_number_h20(twin: Callable[[str], Twin]) -> None:
    ada = twin("ada")
    without = [w for w in FAULT if w not in ("--serial", "LJ43-0092817")]
    refusal = ada.json("log-call", "--offline", *without, code=1)
    assert refusal["code"] == "incomplete"
    assert refusal["fields"] == ["serial"]
    assert "H-20" in ada.run("log-call", "--offline", *without, code=1)
    assert ada.json("outbox", "--offline") == []
    first = ada.json("log-call", "--offline", *FAULT)["reference"]
    assert first == references.reference(references.FIRST_COUNTER)


def test_unknown_class_is_free_text_h10(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    reference = ada.json("log-call", *FAULT[:-1], "it smells of burning")["reference"]
    ticket = next(t for t in server.tickets.values() if t.reference == reference)
    assert (ticket.category, ticket.classification) == ("", "it smells of burning")


def test_specialist_takes_answers_and_closes(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    reference = twin("ada").json("log-call", *FAULT)["reference"]
    spec = twin("spec")
    assert spec.json("take-next")["reference"] == reference
    assert spec.json("take-next", code=1)["code"] == "queue_empty"
    for words in (
        ("call-back", reference, "--reached"),
        ("note", reference, "--text", "A note"),
        ("time", reference, "--minutes", "5"),
        ("reply", reference, "--text", "Please clean the head."),
        ("wait", reference),
        ("answered", reference),
        ("resolve", reference, "--solution", "Head cleaned"),
        ("close", reference),
    ):
        assert spec.json(*words)["reference"] == reference
    ticket = next(iter(server.tickets.values()))
    assert (ticket.status, ticket.minutes) == ("closed", 5)


def test_wrong_password_unreachable_and_plain_http(tmp_path: Path, address: str) -> None:
    twin = Twin(tmp_path / "x")
    sign_in = ("sign-in", "--user", "ada", "--password-stdin", "--server")
    assert "wrong" in twin.run(*sign_in, address, typed="no\n", code=1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be reached" in twin.run(*sign_in, f"http://127.0.0.1:{port}", typed="x\n", code=1)
    assert "https://" in twin.run(*sign_in, "http://desk.example.org", typed="x\n", code=1)
    assert "sign in first" in twin.run("queue", code=1)
    assert not list(tmp_path.glob("x/members/*"))


def test_unreachable_server_saves_the_call_here(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    server.offline = True
    out = ada.run("log-call", *FAULT)
    assert "Saved here" in out
    assert ada.json("take-next", code=1)["code"] == "take_next_offline"


def test_second_process_says_so_and_a_stale_lock_is_no_hindrance_f11(twin: Callable[[str], Twin]) -> None:
    ada = twin("ada")
    script = (
        "import sys, time; from pathlib import Path; from desk_client.bootstrap import build; "
        "client = build(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(ada.profile)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        refusal = ada.json("queue", code=1)
        assert refusal["code"] == "profile_in_use"
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert holder.stdout is not None
        holder.stdout.close()
    assert ada.json("queue") == []


def test_kill_9_after_the_reference_was_shown_loses_nothing_p4(
    twin: Callable[[str], Twin], server: MemoryServer
) -> None:
    ada = twin("ada")
    process = ada.start("log-call", "--offline", *FAULT)
    assert process.stdout is not None
    shown = process.stdout.readline()
    process.kill()
    process.communicate()
    reference = references.parse(shown)
    assert reference is not None
    ada.run("sync")
    assert reference in {call.reference for call in server.calls.values()}
    again = ada.json("log-call", *FAULT)["reference"]
    assert again != reference


def test_call_events_without_a_window_make_one_record_r52(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    ada = twin("ada")
    first = ada.json("call", "ended", "--number", "040 5550177", "--id", "x1")
    again = ada.json("call", "answered", "--number", "040 5550177", "--id", "x1")
    assert first["reference"] == again["reference"]
    call = next(iter(server.calls.values()))
    assert len(server.calls) == 1
    assert call.answered_at is not None
    assert call.ended_at is not None
    assert "cannot be read" in ada.run("call", "ringing", "--number", "040 5550", "--id", "x\n2", code=1)
    ada.run("call", "ringing", "--number", "040\u202e\n5550", "--id", "x2")
    assert "040 5550" in {call.number for call in server.calls.values()}, (
        "a number that nobody can read is a call all the same"
    )


def test_other_department_shows_its_stub_and_nothing_more(twin: Callable[[str], Twin], server: MemoryServer) -> None:
    reference = twin("ada").json("log-call", *FAULT)["reference"]
    olga = twin("olga")
    shown = olga.json("show", reference)
    assert set(shown) == {"reference", "elsewhere", "department", "status", "id"}
    assert olga.json("queue") == []
    assert olga.json("reply", reference, "--text", "x", code=1)["code"] == "out_of_scope"
    olga.json("note", reference, "--text", "The customer called us")
    assert any(e.kind == "note.added" and e.flags for e in server.events)


def test_mistyped_and_help(tmp_path: Path) -> None:
    twin = Twin(tmp_path / "x")
    assert json.loads(twin.run("log-cal", "--json", code=1))["code"] == "mistyped"
    assert "log-call" in twin.run_apart("--help")
