"""``desk-call`` and what is behind it: words, links, the door, the dial command, the entries of the desktop (44; C38, C39, R45 to R50)."""

from __future__ import annotations

import json
import os
import plistlib
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from desk_client.bootstrap import Client
from desk_client.services.calls import MOST_RINGING
from desk_client.services.errors import DeskError
from desk_client.system import caller, url_handler
from desk_client.system.baresip import Netstrings, address, message_of
from desk_client.system.call_door import MOST_BYTES, drop_message, socket_path
from desk_client.system.call_words import MOST, Mistyped, read
from desk_client.system.dialling import arguments, dial
from desk_client.system.local_socket import CallDoor
from desk_client.system.problems import MachineError
from tests.waiting import until

HELPER_CPU, PYTHONS = 0.1, 4.0
"""Seconds of work for the whole program, Python's own start included; on a free machine no more time than that passes. On a busy one, as
many times Python's own start."""
NEVER = ("PySide6", "shiboken6", "sqlalchemy", "sqlcipher3", "requests", "msgspec", "phonenumbers", "desk_core")


# --- words -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("ringing --number +49405550177 --id 4711", {"event": "ringing", "number": "+49405550177", "id": "4711"}),
        ("answered --id=7 --number=040 555", {"event": "answered", "number": "040 555", "id": "7"}),
        ("ended", {"event": "ended"}),
        ("ringing --number", {"event": "ringing"}),
        (
            "ringing --number 040 555 01 77 --name Imke P",
            {"event": "ringing", "number": "040 555 01 77", "name": "Imke P"},
        ),
        # MicroSIP appends what the caller says of themselves: it stays a number, whatever it looks like (C39, R46).
        (
            "ringing --number 1 --profile /evil -platform minimal --offline",
            {"event": "ringing", "number": "1 --profile /evil -platform minimal --offline"},
        ),
        ("/N:S /C:0405550177 /T:I /I:17", {"event": "ringing", "number": "0405550177", "id": "3cx-17"}),
        ("/n:C /t:I /i:17", {"event": "answered", "id": "3cx-17"}),
        ("/N:E /T:O /I:17", {}),
        ("--call-start", {"event": "begin"}),
        ("tel:+49-40-5550177", {"event": "dial", "number": "+49-40-5550177"}),
        ("TEL:110", {"event": "dial", "number": "110"}),
        ("deskclient:call-start", {"event": "begin"}),
        (
            "deskclient://ringing/?number=%2B49405550177&id=a1&name=Imke%20P&profile=/evil",
            {"event": "ringing", "number": "+49405550177", "id": "a1", "name": "Imke P"},
        ),
        ("deskclient:ringing?number=+4940", {"event": "ringing", "number": "+4940"}),
    ],
)
def test_r46_words_and_links_become_one_message(words: str, message: dict[str, str]) -> None:
    said = read(words.split(" "))
    assert (said.message, said.profile) == (message, "")


@pytest.mark.parametrize(
    "words",
    [
        *("", "dance", "-platform minimal", "--style evil ringing", "ringing -reverse", "--call-start now"),
        *(
            "file:///etc/passwd",
            "javascript:alert(1)",
            "http://x",
            "ms-settings:x",
            "deskclient:quit",
            "tel:1 -reverse",
        ),
        "deskclient:dial?number=0190",
    ],
)
def test_c38_c39_anything_else_is_one_sentence(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Mistyped):
        read(words.split(" ") if words else [])
    assert caller.main(words.split(" ") if words else []) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_r49_a_message_fits_through_the_door_whatever_was_said(tmp_path: Path) -> None:
    heard: list[dict[str, object]] = []
    door = CallDoor(tmp_path, lambda message: heard.append(message) or {"done": True})  # type: ignore[func-returns-value]
    said = read(["ringing", "--id", "\x00" * 9_000, "--name", "🙂" * 9_000, "--number", "\udcff" * 9_000])
    try:
        assert len(json.dumps(said.message)) < MOST_BYTES
        assert drop_message(tmp_path, said.message)
        until(lambda: heard)
        assert heard == [said.message]
        assert all(len(value) == MOST for name, value in said.message.items() if name != "event")
    finally:
        door.close()


# --- the program -------------------------------------------------------------------------------------------------------------


def work_of(command: Sequence[str]) -> float:
    """Seconds of processor time that a program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_44_the_tiny_program_is_quick_and_brings_nothing_heavy(tmp_path: Path) -> None:
    """No Qt, no database: a softphone that waits for it rings on at once (peers: MicroSIP waits for its hook)."""
    silent = threading.Event()
    door = CallDoor(tmp_path, lambda _: {"done": silent.wait(5)})
    command = [
        sys.executable,
        "-m",
        "desk_client.system.caller",
        "--profile",
        str(tmp_path),
        "ringing",
        "--number",
        "1",
    ]
    try:
        spent = min(work_of(command) for _ in range(3))
        bare = min(work_of([sys.executable, "-c", "pass"]) for _ in range(3))
        assert not silent.is_set(), "it does not wait for the window's answer"
        assert spent < max(HELPER_CPU, PYTHONS * bare), (spent, bare)
    finally:
        silent.set()
        door.close()
    shown = "import sys, desk_client.system.caller; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True, text=True).stdout.split()
    assert [name for name in found if name.partition(".")[0] in NEVER] == []


def test_a_window_that_is_too_busy_holds_nobody_up(tmp_path: Path) -> None:
    """Its door is full: nothing is told, no second window is started."""
    path = socket_path(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(0)
        waiting = [socket.socket(socket.AF_UNIX) for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(str(path))
        assert drop_message(tmp_path, {"event": "ringing"})
        for each in waiting:
            each.close()
    assert not drop_message(tmp_path, {"event": "ringing"}), "nobody is behind that door any more"


def test_without_a_window_one_is_started_and_gets_the_message_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the background; the number stands in no list of processes, and Qt never sees an argument of the caller's."""
    note = "import sys, os; open(sys.argv[2], 'wb').write(sys.stdin.buffer.read() + b'|%d' % os.getsid(0))"
    written = tmp_path / "written"
    monkeypatch.setattr(caller, "window_command", lambda profile: [sys.executable, "-c", note, profile, str(written)])
    assert caller.main(["--profile", str(tmp_path), "ringing", "--number", "+49405550177", "-platform", "minimal"]) == 0
    until(lambda: written.exists() and b"|" in written.read_bytes())
    message, session = written.read_bytes().split(b"|")
    assert json.loads(message) == {"event": "ringing", "number": "+49405550177 -platform minimal"}
    assert int(session) != os.getsid(0), "the softphone's end is not the window's"
    monkeypatch.undo()
    assert caller.window_command("/p")[1:] == ["-P", "-m", "desk_client", "--told", "--profile=/p"]


# --- what the service makes of it ------------------------------------------------------------------------------------------


def test_r52_without_ids_the_number_stands_for_the_call_and_a_flood_makes_few_records(ada: Client) -> None:
    """MicroSIP has no ids: twice the same event is one call, and the next call of that number is another one."""

    def hear(event: str, number: str = "", phone_id: str = "") -> str:
        return ada.telephone.hear({"event": event, "number": number, "id": phone_id}).call

    calls = [hear(event, "0405550177") for event in ("ringing", "ringing", "answered", "ended")]
    assert len(set(calls)) == 1
    with pytest.raises(DeskError, match="No call with this number is open"):
        hear("ended", "0405550177")
    other = hear("ringing", "01483 555019")
    assert hear("answered") == other
    assert hear("ended", "01483 555019") == other
    again = hear("ringing", "+49 40 5550177")
    assert again not in (calls[0], other)
    for number in range(MOST_RINGING - 1):
        hear("ringing", f"0405551{number:03}", f"p{number}")
    with pytest.raises(DeskError, match="ring already"):
        hear("ringing", "0405559999", "flood")
    assert hear("ended", "0405551000", "p0")
    assert hear("ringing", "0405559999", "flood")


def test_r45_nothing_else_is_obeyed(ada: Client) -> None:
    odd = ({}, {"event": "reboot"}, {"event": ["ringing"]}, {"event": "ringing", "id": "a b"}, {"event": None})
    for message in odd:
        with pytest.raises(DeskError) as refused:
            ada.telephone.hear(message)
        assert refused.value.code == "bad_call_event"
    assert ada.telephone.hear({"event": "ringing", "number": "x" * 5_000, "id": "p1", "name": 7}).call
    assert len(ada.calls.open()) == 1


# --- baresip -----------------------------------------------------------------------------------------------------------------


def test_baresips_netstrings_come_in_any_pieces() -> None:
    whole = b"5:hello,0:,3:a:b,"
    for cut in range(len(whole)):
        strings = Netstrings()
        assert [*strings.feed(whole[:cut]), *strings.feed(whole[cut:])] == [b"hello", b"", b"a:b"]
    for hostile in (b"99999999", b"x:", b"70000:", b"1:ab", b"-1:a,"):
        with pytest.raises(ValueError, match="no netstring"):
            list(Netstrings().feed(hostile))


def test_baresips_events_become_messages() -> None:
    event = {
        "event": True,
        "class": "call",
        "type": "CALL_INCOMING",
        "direction": "incoming",
        "id": "x\ny",
        "peeruri": "sip:1@h",
    }
    first = message_of(json.dumps(event).encode())
    assert (first["event"], first["number"]) == ("ringing", "sip:1@h")
    closed = message_of(json.dumps({**event, "type": "CALL_CLOSED", "peeruri": ["x"]}).encode())
    assert (closed["event"], closed["id"], closed["number"]) == ("ended", first["id"], "")
    for other in ({"direction": "outgoing"}, {"class": "ua"}, {"type": "CALL_RINGING"}, {"type": 7}):
        assert message_of(json.dumps({**event, **other}).encode()) == {}
    assert [message_of(body) for body in (b"", b"[]", b"{", b"\xff")] == [{}] * 4
    assert (address(""), address("phone.local:17")) == (("127.0.0.1", 4444), ("phone.local", 17))
    with pytest.raises(MachineError, match="host:port"):
        address("4444")


# --- dialling ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "number", "words"),
    [
        ("softphone", "+49405550177", ["softphone", "+49405550177"]),
        (
            '"C D/phone" call "sip-address={number}"',
            "+49 (40) 555-0177",
            ["C D/phone", "call", "sip-address=+49405550177"],
        ),
        ("phone -n {digits}", "+49405550177", ["phone", "-n", "49405550177"]),
        ("phone sip:{number}", "imke@nordlicht.example", ["phone", "sip:imke@nordlicht.example"]),
        ("phone {number}; reboot", "110", ["phone", "110;", "reboot"]),
    ],
)
def test_r45_a_number_is_an_argument_and_never_a_command(command: str, number: str, words: list[str]) -> None:
    assert arguments(command, number) == words


@pytest.mark.parametrize(
    "number", ["", "-e", "--help", "1; reboot", "$(reboot)", "`id`", "1\n2", "%PATH%", "a b@c", "1&2", "x" * 500]
)
def test_r45_what_nobody_can_dial_is_refused(number: str) -> None:
    with pytest.raises(MachineError, match="no number"):
        arguments("softphone {number}", number)


def test_dialling_starts_the_program_without_a_shell(tmp_path: Path) -> None:
    told = tmp_path / "told"
    phone = tmp_path / "phone; echo"
    phone.write_text(f'#!/bin/sh\necho "$#:$1" > "{told}"\n')
    phone.chmod(0o755)
    dial(f'"{phone}" "{{number}} $HOME"', "+49405550177")
    until(lambda: told.exists() and told.read_text())
    assert told.read_text() == "1:+49405550177 $HOME\n"
    for command, sentence in (
        ("", "Say in the settings"),
        ("'a", "quotation mark"),
        ("/no/such/phone", "is not there"),
    ):
        with pytest.raises(MachineError, match=sentence):
            dial(command, "110")


# --- who opens links -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ran() -> list[Sequence[str]]:
    return []


def test_links_are_entered_for_this_person_and_taken_out_again_on_linux(
    tmp_path: Path, ran: list[Sequence[str]]
) -> None:
    listed = tmp_path / "config" / "mimeapps.list"
    listed.parent.mkdir()
    theirs = "# mine\n[Added Associations]\ntext/html=a.desktop;\n\n[Default Applications]\nx-scheme-handler/tel=phone.desktop\n"
    listed.write_text(theirs)
    desktop = url_handler.Desktop(tmp_path / "data", tmp_path / "config", ran.append)
    for _ in range(2):
        desktop.register(["/opt/desk client/100%/desk-call"], tel=False)
    entry = (tmp_path / "data" / "applications" / url_handler.ENTRY).read_text()
    assert 'Exec="/opt/desk client/100%%/desk-call" %u\n' in entry
    lines = listed.read_text().splitlines()
    assert lines.count(f"x-scheme-handler/deskclient={url_handler.ENTRY};") == 1
    assert "x-scheme-handler/tel=phone.desktop" in lines, "the softphone keeps its links"
    assert lines.index(f"x-scheme-handler/tel={url_handler.ENTRY};") < lines.index("[Default Applications]")
    desktop.register(["/usr/bin/desk-call"], tel=True)
    assert f"x-scheme-handler/tel={url_handler.ENTRY};phone.desktop" in listed.read_text().splitlines()
    desktop.unregister()
    assert url_handler.ENTRY not in listed.read_text()
    assert "# mine\n[Added Associations]\ntext/html=a.desktop;" in listed.read_text()
    assert "x-scheme-handler/tel=phone.desktop" in listed.read_text()
    assert list((tmp_path / "data" / "applications").iterdir()) == []


class FakeRegistry:
    """The keys of a Windows user, as a dictionary."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}

    def put(self, key: str, name: str, value: str) -> None:
        self.values[key, name] = value

    def take(self, key: str, name: str | None = None) -> None:
        gone = [
            k for k in self.values if (k == (key, name) if name is not None else f"{k[0]}\\".startswith(f"{key}\\"))
        ]
        for each in gone:
            del self.values[each]


def test_links_are_entered_for_this_person_on_windows_against_a_fake() -> None:
    """R46: the link is one quoted argument."""
    registry = FakeRegistry()
    registry.put(r"Software\Classes\tel", "", "theirs")
    windows = url_handler.Windows(registry)
    windows.register([r"C:\Program Files\Desk\desk-call.exe"], tel=True)
    said = registry.values[r"Software\Classes\deskclient\shell\open\command", ""]
    assert said == r'"C:\Program Files\Desk\desk-call.exe" "%1"'
    assert registry.values[r"Software\DeskClient\Capabilities\URLAssociations", "tel"] == url_handler.CLASS
    windows.register([r"C:\desk-call.exe"], tel=False)
    assert (r"Software\DeskClient\Capabilities\URLAssociations", "tel") not in registry.values
    windows.unregister()
    assert registry.values == {(r"Software\Classes\tel", ""): "theirs"}


def test_links_are_entered_for_this_person_on_a_mac_against_a_fake(tmp_path: Path) -> None:
    ran: list[Sequence[str]] = []

    def run(words: Sequence[str]) -> None:
        ran.append(words)
        if words[0] == "osacompile":
            facts = Path(words[2]) / "Contents" / "Info.plist"
            facts.parent.mkdir(parents=True)
            facts.write_bytes(plistlib.dumps({"CFBundleName": "applet"}))

    mac = url_handler.Mac(tmp_path, run)
    mac.register(['/Applications/Desk "Client"/desk-call'], tel=True)
    script = ran[0][ran[0].index("-e") + 3]
    assert (
        script
        == r'do shell script quoted form of "/Applications/Desk \"Client\"/desk-call" & " " & quoted form of link'
    )
    facts = plistlib.loads((tmp_path / "Desk Client Links.app/Contents/Info.plist").read_bytes())
    assert facts["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == ["deskclient", "tel"]
    mac.unregister()
    assert list(tmp_path.iterdir()) == []
