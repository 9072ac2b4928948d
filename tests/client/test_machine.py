"""Keys, folders, locks and the local socket of one machine (R21 to R27, R48 to R50, F11, F17)."""

from __future__ import annotations

import json
import socket
import stat
import threading
from pathlib import Path
from typing import cast

import keyring as library
import pytest

from desk_client.services.errors import DeskError
from desk_client.services.telephony import Heard
from desk_client.sync import engine
from desk_client.system.call_door import socket_path, tell_window
from desk_client.system.keys import Backend, KeyKeeper, system_backend
from desk_client.system.local_socket import CallDoor
from desk_client.system.lock import ProfileLock
from desk_client.system.paths import ProfileFolder
from desk_client.system.problems import MachineError
from desk_core.references import grouped
from tests.client.conftest import SERVER, MemoryKeyring, Open, sign_in
from tests.client.double import MemoryServer
from tests.waiting import until


def files_of(profile: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(profile)): p.read_bytes()
        for p in sorted(profile.rglob("*.db*"))
        if not p.name.endswith("-shm")
    }


def test_files_are_encrypted_and_this_members_alone_r25_r27(open_client: Open, tmp_path: Path) -> None:
    client = sign_in(open_client("ada"))
    client.drafts.save("call:1", "sentinel-in-a-draft").result(5)
    begun = client.calls.begin("sentinel-number 040").result(5)
    client.close()
    for path in (tmp_path / "ada").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
        if path.is_file():
            content = path.read_bytes()
            assert not content.startswith(b"SQLite format 3"), path
            for secret in (b"sentinel", b"Nordlicht", b"token-", begun.reference.encode()):
                assert secret not in content, (path, secret)


def test_two_members_have_two_keys_and_two_outboxes_r21_p21(
    open_client: Open, server: MemoryServer, keyring: MemoryKeyring
) -> None:
    client = sign_in(open_client("one"), "ada")
    server.offline = True
    client.calls.begin("1").result(5)
    client.network.detach()
    server.offline = False
    client.session.sign_in(SERVER, "spec", MemoryServer.password).result(10)
    assert client.status.sync(10).result(20).unsent == 0
    assert server.calls == {}
    client.session.sign_in(SERVER, "ada", MemoryServer.password).result(10)
    client.status.sync(10).result(20)
    assert [c.member for c in server.calls.values()] == ["ada"]
    keys = [v for (_, name), v in keyring.kept.items() if name.endswith("/key")]
    assert len(set(keys)) == 2


def test_missing_keyring_entry_touches_no_file_r24(open_client: Open, tmp_path: Path, keyring: MemoryKeyring) -> None:
    sign_in(open_client("ada")).close()
    before = files_of(tmp_path / "ada")
    kept = dict(keyring.kept)
    keyring.kept.clear()
    client = open_client("ada")
    with pytest.raises(MachineError) as missing:
        client.session.resume().result(10)
    assert missing.value.code == "key_missing"
    with pytest.raises(MachineError):
        client.session.sign_in(SERVER, "ada", MemoryServer.password).result(10)
    assert files_of(tmp_path / "ada") == before
    keyring.kept.update(kept)
    assert client.session.resume().result(10) is not None


def test_wrong_key_touches_no_file_r24(open_client: Open, tmp_path: Path, keyring: MemoryKeyring) -> None:
    sign_in(open_client("ada")).close()
    before = files_of(tmp_path / "ada")
    for name in list(keyring.kept):
        if name[1].endswith("/key"):
            keyring.kept[name] = "00" * 32
    with pytest.raises(DeskError) as wrong:
        open_client("ada").session.resume().result(10)
    assert wrong.value.code == "wrong_key"
    assert files_of(tmp_path / "ada") == before


class HangingKeyring(MemoryKeyring):
    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(30)
        return super().get_password(service, username)


def test_hanging_keyring_is_left_for_a_passphrase_f17(open_client: Open) -> None:
    hanging = HangingKeyring()
    keeper = KeyKeeper(backend=lambda: cast("Backend", hanging), passphrase=lambda: "", timeout=0.1)
    client = open_client("ada", keys=keeper)
    with pytest.raises(MachineError) as needed:
        client.session.sign_in(SERVER, "ada", MemoryServer.password).result(10)
    assert needed.value.code == "passphrase_needed"
    who = client.session.sign_in(SERVER, "ada", MemoryServer.password, "open sesame").result(20)
    assert who.key_kept == "passphrase"
    client.close()
    again = open_client("ada", keys=keeper)
    with pytest.raises(DeskError) as wrong:
        again.session.resume("another").result(10)
    assert wrong.value.code == "wrong_passphrase"
    resumed = again.session.resume("open sesame").result(10)
    assert resumed is not None
    assert again.status.sync(10).result(20).reached
    hanging.released.set()


@pytest.mark.parametrize(
    "name",
    ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring"],
)
def test_only_allowed_keyrings_are_used_r22(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, _, kind = name.rpartition(".")
    backend = type(kind, (), {"__module__": module})()
    monkeypatch.setattr(library, "get_keyring", lambda: backend)
    assert system_backend() is None


def test_keyring_that_cannot_hold_a_token_is_not_used_r23() -> None:
    class Small(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            if len(password) > 100:
                raise ValueError("too long")
            super().set_password(service, username, password)

    assert KeyKeeper(backend=lambda: cast("Backend", Small())).usable() is False
    assert KeyKeeper(backend=lambda: cast("Backend", MemoryKeyring())).usable() is True


def test_one_process_at_a_time_holds_a_profile_r50(tmp_path: Path) -> None:
    first, second = ProfileLock(tmp_path), ProfileLock(tmp_path)
    first.acquire()
    with pytest.raises(MachineError) as busy:
        second.acquire()
    assert busy.value.code == "profile_in_use"
    first.release()
    second.acquire()
    second.release()


def test_folder_on_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk_client.system.paths.file_system", lambda _: "nfs4")
    with pytest.raises(MachineError) as share:
        ProfileFolder(tmp_path / "p")
    assert share.value.code == "network_share"


def test_signing_out_deletes_the_cache_and_seals_the_outbox(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    client = sign_in(open_client("ada"))
    server.offline = True
    reference = client.calls.begin("1").result(5).reference
    assert client.session.sign_out().result(10).unsent == 1
    assert not list((tmp_path / "ada").rglob("cache*.db*"))
    assert client.session.who() is None
    server.offline = False
    sign_in(client)
    assert [c.reference for c in server.calls.values()] == [reference]


def test_window_hears_the_telephone_through_its_door_r48(open_client: Open) -> None:
    client = sign_in(open_client("ada"))
    heard: list[Heard] = []
    door = client.open_door(heard.append)
    try:
        path = socket_path(client.profile.path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        rang = tell_window(client.profile.path, {"event": "ringing", "id": "p1", "number": "040 1"})
        assert rang == tell_window(client.profile.path, {"event": "ringing", "id": "p1", "number": "040 1"})
        (row,) = client.calls.open()
        assert rang is not None
        assert (rang["reference"], rang["call"], rang["event"]) == (row.call.reference, row.call.id, "ringing")
        assert rang["text"] == f"The window has it as {grouped(row.call.reference)}."
        refused = tell_window(client.profile.path, {"event": "reboot", "id": "p1"})
        assert refused is not None
        assert refused["code"] == "bad_call_event"
        assert [h.wish for h in heard] == ["ringing", "ringing"]
        assert len(client.calls.open()) == 1
    finally:
        door.close()
    assert tell_window(client.profile.path, {"event": "ringing", "id": "p2"}) is None


def test_door_takes_short_messages_only_and_not_too_many_r49(tmp_path: Path) -> None:
    door = CallDoor(tmp_path, lambda _: {"done": True})
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(str(socket_path(tmp_path)))
            peer.sendall(b'{"event": "' + b"x" * 5_000)
            assert json.loads(peer.recv(4_096))["code"] == "bad_call_event"
        answers = [tell_window(tmp_path, {"event": "ringing"}) for _ in range(40)]
        assert any(a is not None and a.get("code") == "too_many" for a in answers)
    finally:
        door.close()


def test_deep_profile_has_its_socket_elsewhere_of_this_user_alone(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)
    path = socket_path(deep)
    assert len(str(path)) < 100
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_wrong_password_leaves_everybody_as_they_were_p21(
    open_client: Open, server: MemoryServer, tmp_path: Path
) -> None:
    """Neither are the files of the member opened whose password was guessed, nor is whoever is signed in signed out."""
    client = sign_in(open_client("one"), "ada")
    server.offline = True
    client.calls.begin("1").result(5)
    server.offline = False
    client.session.sign_in(SERVER, "olga", MemoryServer.password).result(30)
    assert client.status.sync(20).result(30).reached
    before, pushed = files_of(tmp_path / "one"), len(server.pushed)
    for password, offline in (("utterly wrong", False), (MemoryServer.password, True)):
        server.offline = offline
        with pytest.raises(DeskError):
            client.session.sign_in(SERVER, "ada", password).result(30)
        server.offline = False
        who = client.session.who()
        assert who is not None
        assert who.member.login == "olga"
        with client.access.read() as here:
            assert here.member.login == "olga"
    assert files_of(tmp_path / "one").keys() == before.keys()
    assert client.status.sync(20).result(30).reached
    assert len(server.pushed) == pushed
    assert client.calls.begin("2").result(5).reference
    client.close()
    resumed = open_client("one").session.resume().result(10)
    assert resumed is not None
    assert resumed.member.login == "olga"


def test_wrong_password_with_nobody_signed_in_opens_nothing_p21(open_client: Open) -> None:
    client = sign_in(open_client("one"), "ada")
    client.session.sign_out().result(10)
    with pytest.raises(DeskError):
        client.session.sign_in(SERVER, "ada", "utterly wrong").result(30)
    assert client.session.who() is None
    assert not client.access.signed_in


def test_a_step_under_way_says_nothing_after_the_sign_out(open_client: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine has decided, but not said so yet, when the member signs out."""
    client = sign_in(open_client("one"), "ada")
    plain, stepped = engine.step, threading.Event()

    def step(state: engine.State, event: engine.Event) -> tuple[engine.State, tuple[engine.Effect, ...]]:
        found = plain(state, event)
        if isinstance(event, engine.Answered) and not stepped.is_set():
            client.network.detach()
            stepped.set()
        return found

    monkeypatch.setattr(engine, "step", step)
    client.calls.begin("1").result(5)
    assert stepped.wait(10)
    seen: list[str] = []
    end = client.listeners.subscribe(lambda _: seen.append(client.network.state.connection))
    client.network._events.put((0, engine.Woken()))
    until(client.network._events.empty, "the network thread has gone on")
    end()
    assert client.network.state.connection == "signed_out"
    assert set(seen) <= {"signed_out"}


def test_news_of_who_was_signed_in_before_is_never_put_into_the_next_ones_files_p20_p21(
    open_client: Open, server: MemoryServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A page of hers waits to be stored while the next member's files are opened: it goes with her."""
    client = sign_in(open_client("one"), "ada")
    storage, free = client.access.storage, threading.Event()
    storage.submit(lambda: free.wait(30))
    colleague = sign_in(open_client("two"), "spec")
    colleague.calls.begin("of another department").result(5)
    assert colleague.status.sync(20).result(30).reached
    until(lambda: storage._jobs.qsize() == 1, "her page")
    signing_in = client.session.sign_in(SERVER, "olga", MemoryServer.password)
    until(lambda: storage._jobs.qsize() == 2, "the next member's files")
    server.offline = True
    free.set()
    signing_in.result(30)
    until(lambda: storage._jobs.qsize() == 0, "both")
    with client.access.read() as here:
        assert here.member.login == "olga"
        assert here.reading.cache.value("SELECT count(*) FROM call") == 0
    assert client.access.act(lambda store: store.cursor().commit_seq).result(5) == 0
    assert "sync could not go on" not in caplog.text
