"""``desk-client doctor``: what is wrong on this machine and what to do; no file is touched unless asked, and an outbox is copied first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_client.models.engines import open_file
from desk_client.models.outbox import Outbox
from desk_client.system.keys import KeyKeeper
from desk_client.system.lock import ProfileLock
from tests.client.double import MemoryServer
from tests.client.http_double import desk_over_http, serving
from tests.client.test_files import only, spoil
from tests.support.terminal import FAULT, PASSPHRASE, Twin


@pytest.fixture
def ada(tmp_path: Path, server: MemoryServer) -> Iterator[Twin]:
    """Signed in; one call was sent, one waits."""
    with serving(desk_over_http(server)) as address:
        twin = Twin(tmp_path / "ada")
        twin.run(
            "sign-in", "--server", address, "--user", "ada", "--password-stdin", typed=MemoryServer.password + "\n"
        )
        twin.run("log-call", *FAULT)
        twin.run("log-call", "--offline", *FAULT)
        yield twin


def codes(twin: Twin, *options: str, code: int = 1) -> list[str]:
    """What is found, but for the clock of this machine, which is not that of the played server."""
    answer = twin.json("doctor", *options, code=code)
    assert all(found["what"].endswith(".") and found["do"].endswith(".") for found in answer["findings"])
    assert answer["well"] is all(found["repaired"] for found in answer["findings"])
    return [found["code"] for found in answer["findings"] if found["code"] != "clock"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file as it is."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_what_is_well_is_left_as_it_is_and_the_clock_is_compared_r76(ada: Twin) -> None:
    before = contents(ada.profile / "members")
    (clock,) = ada.json("doctor", code=1)["findings"]
    assert clock["what"].startswith("This machine's clock is off by ")
    assert (clock["code"], clock["repairable"]) == ("clock", False)
    assert contents(ada.profile / "members") == before


def test_a_damaged_cache_is_set_aside_when_asked_and_fetched_again_r26(ada: Twin) -> None:
    spoil(only(ada.profile, "cache.db"))
    before = contents(ada.profile / "members")
    assert codes(ada) == ["cache_damaged"]
    assert {name: body for name, body in contents(ada.profile / "members").items() if "cache" not in name} == {
        name: body for name, body in before.items() if "cache" not in name
    }
    assert codes(ada, "--repair") == ["cache_damaged"]
    assert only(ada.profile, "cache.damaged-*.db").exists()
    ada.run("sync")
    assert codes(ada) == []
    assert len(ada.json("queue")) == 2


def test_rows_that_are_not_those_that_came_are_found_p13(ada: Twin) -> None:
    folder = only(ada.profile, "outbox.db").parent
    key = KeyKeeper(passphrase=lambda: PASSPHRASE).fetch(folder, "", create=False).key
    outbox = Outbox(folder / "outbox.db", key)
    cache = open_file(folder / "cache.db", bytes.fromhex(outbox.identity("cache_key")), durable=False)
    outbox.close()
    with cache.begin():
        cache.run("UPDATE ticket SET body = CAST('{}' AS BLOB)")
    cache.close()
    assert codes(ada) == ["cache_damaged"]


def test_a_damaged_outbox_is_copied_before_it_is_repaired_r24(ada: Twin, server: MemoryServer) -> None:
    spoil(only(ada.profile, "outbox.db"), 0.6)
    damaged = only(ada.profile, "outbox.db").read_bytes()
    assert codes(ada) == ["outbox_damaged"]
    assert only(ada.profile, "outbox.db").read_bytes() == damaged
    assert list(ada.profile.rglob("*examined*")) == []
    assert codes(ada, "--repair", code=0) == ["outbox_damaged"]
    assert only(ada.profile, "outbox.damaged-*.db").read_bytes() == damaged
    ada.run("sync")
    assert codes(ada) == []
    assert len(server.tickets) == 2


def test_files_that_others_may_read_are_closed_when_asked_r27(ada: Twin) -> None:
    outbox = only(ada.profile, "outbox.db")
    outbox.chmod(0o644)
    assert codes(ada) == ["permissions"]
    assert codes(ada, "--repair") == ["permissions"]
    assert outbox.stat().st_mode & 0o777 == 0o600
    assert codes(ada) == []


def _forget_key(twin: Twin) -> None:
    only(twin.profile, "key.json").unlink()


def _another_passphrase(twin: Twin) -> None:
    note = only(twin.profile, "key.json")
    text = note.read_text()
    note.write_text(text.replace('"check": "', '"check": "0'))


@pytest.mark.parametrize(("how", "code"), [(_forget_key, "key_missing"), (_another_passphrase, "wrong_key")])
def test_without_the_key_nothing_is_touched_r24(ada: Twin, how: Callable[[Twin], None], code: str) -> None:
    how(ada)
    before = contents(ada.profile / "members")
    assert codes(ada, "--repair") == [code]
    assert contents(ada.profile / "members") == before


def test_a_profile_that_is_open_is_not_looked_into(ada: Twin) -> None:
    lock = ProfileLock(ada.profile)
    lock.acquire()
    assert "already open" in ada.run("doctor", code=1)
    lock.release()


def test_a_profile_in_which_nobody_signed_in_is_well(tmp_path: Path) -> None:
    assert Twin(tmp_path / "new").run("doctor") == "All is well.\n"
