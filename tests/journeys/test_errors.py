"""What goes wrong is one clear sentence where the person is looking, and nothing typed is lost: in the window and in the terminal, against
the real server (F3, F8, F11, F17, H-16…H-21, R22, R24, R26, R50, R70)."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_client.services.errors import DeskError
from desk_client.services.records import Who
from desk_client.ui.theme import Theme
from desk_core.commands import BeginCall, LogCall
from tests.client.http_double import answering, serving
from tests.journeys.office import PASSWORD, Office, Sitting
from tests.support.desk_profile import MemoryKeyring
from tests.support.server import FAULT as LOGGED
from tests.support.terminal import FAULT, Twin
from tests.waiting import until

KEY = Qt.Key
PORTAL = {
    "page": answering(200, b"<html>Please sign in to the guest network</html>", Content_Type="text/html"),
    "redirect": answering(302, b"", Location="http://portal.example.org/"),
    "json": answering(200, b'{"token": "x"}', Content_Type="application/json"),
}
FIELDS = ("Rosa Kern", "Elbe Optik", "040 555 01 99", "LabelJet 4300", "LJ43-0081234", "Ribbon", "Ribbon runs out")


def sign_in(twin: Twin, office: Office, user: str = "anna", **more: str) -> str:
    typed = more.get("password", PASSWORD) + "\n"
    words = ("sign-in", "--server", more.get("server", office.server.url), "--user", user, "--password-stdin")
    return twin.run(*words, typed=typed, code=int("code" in more))


def one_sentence(words: str) -> str:
    """A person sees one line, which ends as sentences do and names no part of the program."""
    (line,) = words.splitlines()
    assert line.endswith((".", "?", ")")), line
    assert not any(word in line for word in ("Traceback", "Error(", "Exception", "sqlalchemy")), line
    return line


@pytest.fixture
def anna(busy_office: Office) -> Twin:
    """Anna's terminal, signed in."""
    twin = Twin(busy_office.folder / "anna")
    sign_in(twin, busy_office)
    return twin


def fill_form(sitting: Sitting) -> None:
    """Begin a call and type into every field."""
    sitting.press(KEY.Key_F2)
    sitting.until(lambda: sitting.focused() == "Caller", "the call form")
    for place, text in enumerate(FIELDS):
        if place:
            sitting.press(KEY.Key_Tab)
        sitting.type(text)


# --- missing mandatory fields --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--caller", "--company", "--phone", "--product", "--serial", "--fault"])
def test_the_terminal_says_which_field_is_missing_and_uses_no_number_h16_h21(
    busy_office: Office, anna: Twin, option: str
) -> None:
    place = FAULT.index(option)
    said = anna.run("log-call", *FAULT[:place], *FAULT[place + 2 :], code=1)
    assert "(H-" in one_sentence(said)
    assert anna.json("outbox") == []
    assert busy_office.colleague().calls() == []


@pytest.mark.parametrize("field", ["caller", "company", "phone", "product", "serial", "description"])
def test_a_hand_made_request_gets_the_same_sentence_h16_h21(office: Office, field: str) -> None:
    anna = office.server.client("anna")
    now = anna.enrolled.server_time
    begun = BeginCall(call="c1", reference=anna.reference(), rang_at=now, answered_at=now)
    fault = msgspec.structs.replace(LOGGED, **{field: ""})
    (_, verdict) = anna.do(begun, LogCall(call="c1", ticket="t1", fault=fault, classification="Printhead"))
    assert verdict.outcome == "refused"
    assert verdict.fields == (field,)
    assert "(H-" in one_sentence(verdict.text)
    assert office.colleague().tickets() == []


# --- signing in ----------------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_said_at_the_password_by_the_real_server(office: Office, theme: Theme) -> None:
    with office.window("anna", theme) as sitting:
        sitting.type_sign_in(sitting.server, "anna", "not my password")
        page = sitting.screens.signin_page
        sitting.until(lambda: page.password.error, "the sentence")
        one_sentence(page.password.error)
        assert (page.user.text(), sitting.focused()) == ("anna", "Password")
        sitting.type(PASSWORD)
        sitting.press(KEY.Key_Return)
        sitting.wait_for_data()
    assert "not right" in one_sentence(sign_in(Twin(office.folder / "x"), office, password="no", code="1"))


def test_whoever_types_while_the_files_are_opened_keeps_the_cursor(office: Office, theme: Theme) -> None:
    """F17: a keyring may take seconds to answer; its answer must not move the cursor under somebody's fingers."""
    answer: Future[Who | None] = Future()
    with office.window("anna", theme) as sitting, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitting.client.session, "resume", lambda _passphrase="": answer)
        sitting.screens.signin.start()
        sitting.until(lambda: sitting.focused() == "Server", "the sign-in page")
        sitting.type("http://127.0")
        answer.set_result(None)
        sitting.until(lambda: not sitting.screens.signin._busy, "the answer")
        sitting.type(".0.1")
        assert sitting.screens.signin_page.server.text() == "http://127.0.0.1"


@pytest.mark.parametrize("kind", sorted(PORTAL))
def test_a_portal_is_said_and_what_is_typed_stays(office: Office, theme: Theme, kind: str) -> None:
    """F3, R70: 200 with a page, a redirect that is not followed, JSON of somebody else."""
    with serving(PORTAL[kind]) as address:
        said = sign_in(Twin(office.folder / "twin"), office, server=address, code="1")
        assert "sign-in page" in one_sentence(said)
        with office.window("anna", theme, port=int(address.rpartition(":")[2])) as sitting:
            sitting.type_sign_in(sitting.server, "anna", PASSWORD)
            page = sitting.screens.signin_page
            sitting.until(lambda: page.server.error, "the sentence")
            assert "sign-in page" in one_sentence(page.server.error)
            assert (page.user.text(), page.password.text()) == ("anna", PASSWORD)


def test_a_portal_in_the_middle_of_work_sends_nothing_and_loses_nothing(office: Office, theme: Theme) -> None:
    """F3: the train's network after the office's; the calls wait, and reach the server once."""
    with office.window("anna", theme) as sitting, serving(PORTAL["page"]) as portal:
        sitting.sign_in()
        sitting.wire.lead_to(int(portal.rpartition(":")[2]))
        fill_form(sitting)
        sitting.ctrl(KEY.Key_2)
        form = sitting.screens.calls.current.form  # type: ignore[union-attr]  # it is on show
        sitting.until(lambda: "calls back" in form.notice.text, "the promise")
        sitting.press(KEY.Key_F5)
        sitting.until(lambda: "1 call saved here" in sitting.window.status.network, "what waits")
        assert office.colleague().calls() == []
        sitting.wire.lead_to(office.port)
        sitting.send_all()
    assert [ticket.fault.caller for ticket in office.colleague().tickets()] == ["Rosa Kern"]


# --- this machine --------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_said_in_the_window_and_the_text_stays(office: Office, theme: Theme) -> None:
    """F8, P25: the real storage refuses (the file may not grow), at the begin of a call and at its save; then there is space again."""
    with office.window("anna", theme) as sitting:
        sitting.sign_in()
        fill_form(sitting)
        form = sitting.screens.calls.current.form  # type: ignore[union-attr]  # it is on show
        # A log that was pasted: more than the rest of a page can hold.
        QApplication.clipboard().setText("\n".join(f"{n:05d} ribbon sensor E-114" for n in range(300)))
        sitting.ctrl(KEY.Key_V)
        sitting.until(lambda: not sitting.screens.calls.dirty, "the draft")
        before = form.values()
        assert len(before.fault) > 5_000
        limit(sitting, full=True)
        sitting.ctrl(KEY.Key_2)
        sitting.until(lambda: "no space left" in form.notice.text, "the sentence")
        assert form.values() == before
        limit(sitting, full=False)
        sitting.ctrl(KEY.Key_2)
        sitting.until(lambda: "calls back" in form.notice.text, "the promise")
        sitting.send_all()
    assert [ticket.fault.description for ticket in office.colleague().tickets()] == [before.fault]


def limit(sitting: Sitting, *, full: bool) -> None:
    """Let the outbox file grow no more, or again."""
    access = sitting.client.access

    def work() -> None:
        with access.store.outbox.commit() as connection:
            run = connection.run
            run("CREATE TABLE IF NOT EXISTS ballast (body BLOB)")
            run(f"PRAGMA max_page_count={connection.value('PRAGMA page_count') if full else 1_000_000}")
        for size in (3_000, 300, 30, 3) if full else ():
            with contextlib.suppress(DeskError):
                while True:
                    with access.store.outbox.commit() as connection:
                        connection.run("INSERT INTO ballast VALUES (zeroblob(?))", (size,))

    access.storage.submit(work).result(10)


def test_a_full_disk_is_one_sentence_in_the_terminal(busy_office: Office, anna: Twin) -> None:
    """F8: a process that may not make files longer; nothing that was saved before is lost."""
    first = anna.json("log-call", "--offline", *FAULT)["reference"]
    process = anna.start(
        "log-call", "--offline", *FAULT, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
    )
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "space" in one_sentence(said)
    anna.run("sync")
    assert [ticket.reference for ticket in busy_office.colleague().tickets()] == [first]


def test_a_damaged_cache_is_said_once_in_the_terminal_and_fetched_again_r26(busy_office: Office, anna: Twin) -> None:
    number = anna.json("log-call", *FAULT)["reference"]
    kept = anna.json("log-call", "--offline", *FAULT)["reference"]
    (cache,) = anna.profile.rglob("cache.db")
    cache.write_bytes(b"not a database" * 4096)
    said = anna.run("queue").splitlines()
    assert "was damaged" in said[0]
    assert len(said) == 3
    assert "was damaged" not in anna.run("queue")
    assert {row["reference"] for row in anna.json("queue")} == {number, kept}
    assert {ticket.reference for ticket in busy_office.colleague().tickets()} == {number, kept}


def test_without_a_keyring_and_a_passphrase_the_terminal_says_what_to_do_r22(busy_office: Office) -> None:
    twin = Twin(busy_office.folder / "x")
    twin.env["DESK_CLIENT_PASSPHRASE"] = ""
    words = ("sign-in", "--server", busy_office.server.url, "--user", "anna", "--password-stdin")
    process = twin.start(*words, stdin=subprocess.PIPE)
    _, said = process.communicate(PASSWORD + "\n", timeout=60)
    assert process.returncode == 1
    assert "keyring" in one_sentence(said)
    assert "DESK_CLIENT_PASSPHRASE" in said
    assert not list(twin.profile.rglob("outbox.db"))


def test_a_keyring_that_has_gone_is_said_in_the_window_and_no_file_is_touched_r24(office: Office, theme: Theme) -> None:
    keyring, wire = MemoryKeyring(), office.cable()
    with office.window("anna", theme, keyring=keyring, wire=wire) as sitting:
        sitting.sign_in()
        wire.cut()
        sitting.notice_offline()
        fill_form(sitting)
        sitting.until(lambda: not sitting.screens.calls.dirty, "the draft")
    with office.window("anna", theme, keyring=MemoryKeyring(), wire=wire) as lost:
        lost.until(lambda: lost.screens.signin_page.banner.text, "the sentence")
        assert "keyring" in lost.screens.signin_page.banner.text
        assert lost.screens.desk.who is None
    wire.mend()
    with office.window("anna", theme, keyring=keyring, wire=wire) as again:
        again.until(lambda: again.screens.calls.current, "the open call")
        assert again.screens.calls.current.form.values().fault == FIELDS[-1]  # type: ignore[union-attr]  # just waited for


def test_a_second_start_raises_the_first_window_and_the_terminal_says_who_has_the_profile(anna: Twin) -> None:
    """R46, R50."""
    window = desk_window(anna.profile)
    try:
        second = desk_window(anna.profile)
        _, said = second.communicate(timeout=60)
        assert (second.returncode, said) == (0, "")
        refused = anna.start("queue")
        out, said = refused.communicate(timeout=60)
        assert (refused.returncode, out) == (1, "")
        assert "already open with this profile" in one_sentence(said)
    finally:
        window.send_signal(signal.SIGTERM)
        assert window.wait(30) == 0
        for stream in (window.stdout, window.stderr):
            if stream is not None:
                stream.close()
    assert anna.json("queue") == []


def desk_window(profile: Path) -> subprocess.Popen[str]:
    """The window as a process of its own; the first one is waited for."""
    environment = {**os.environ, "DESK_CLIENT_PASSPHRASE": Twin(profile).env["DESK_CLIENT_PASSPHRASE"]}
    process = subprocess.Popen(
        [sys.executable, "-m", "desk_client", "--profile", str(profile)],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: process.poll() is not None or (profile / "call.sock").exists(), "the window")
    return process
