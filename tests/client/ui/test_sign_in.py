"""Signing in inside the window: each thing that can go wrong is one sentence where the person looks, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desk_client.services.records import SyncState
from desk_client.sync.transport import Transport
from desk_client.system.keys import KeyKeeper
from desk_client.ui.queue.board import progress
from desk_client.ui.sync.words import network_words
from desk_client.ui.theme import Theme
from tests.client.http_double import answering, serving
from tests.support.desk_profile import MemoryKeyring
from tests.support.workplace import PASSWORD, SERVER, Workplace, small_desk, words, workplace

KEY = Qt.Key


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    with workplace(tmp_path / "profile", theme) as made:
        yield made


def fill(place: Workplace, server: str = SERVER, user: str = "anke", password: str = PASSWORD) -> None:
    """Type into the three fields and press Enter."""
    place.until(lambda: place.focused() == "Server", "the sign-in page")
    for text in (server, user):
        place.type(text)
        place.press(KEY.Key_Tab)
    place.type(password)
    place.press(KEY.Key_Return)


def test_the_queue_is_there_after_signing_in(place: Workplace) -> None:
    place.sign_in()
    place.until(lambda: place.window.status.network.startswith("Online"))
    assert "Technical support · Hamburg" in words(place.window.queue)
    assert "6 waiting" in words(place.window.queue)
    assert "Anke Brandt · agent" in words(place.window.status)
    assert place.window.queue_view.hasFocus()


def test_a_wrong_password_is_said_at_the_password(place: Workplace) -> None:
    fill(place, password="wrong")
    page = place.screens.signin_page
    place.until(lambda: page.password.error)
    assert page.password.error == "User name or password is wrong."
    assert (page.server.text(), page.user.text(), place.focused()) == (SERVER, "anke", "Password")
    place.type(PASSWORD)
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.desk.who is not None)


def test_an_unreachable_server_is_said_at_the_address(place: Workplace) -> None:
    place.desk.offline = True
    fill(place)
    page = place.screens.signin_page
    place.until(lambda: page.server.error)
    assert page.server.error.startswith("The server cannot be reached: check the address")
    assert page.password.editor.text() == PASSWORD


def test_a_portal_page_is_said_at_the_address(tmp_path: Path, theme: Theme) -> None:
    """F3: a page of the network answers in the server's place."""
    portal = answering(200, b"<html>Please pay</html>", Content_Type="text/html")
    with serving(portal) as address, workplace(tmp_path / "profile", theme, wire=Transport()) as place:
        fill(place, server=address)
        place.until(lambda: place.screens.signin_page.server.error)
        assert "sign-in page" in place.screens.signin_page.server.error
        assert place.screens.signin_page.user.text() == "anke"


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        ("http://desk.example.org", "use https:// for another machine"),
        ("desk.example.org", "is no address of a server"),
    ],
)
def test_an_address_that_is_not_safe_is_said_at_the_address(
    tmp_path: Path, theme: Theme, server: str, sentence: str
) -> None:
    with workplace(tmp_path / "profile", theme, wire=Transport()) as place:
        fill(place, server=server)
        place.until(lambda: place.screens.signin_page.server.error)
        assert sentence in place.screens.signin_page.server.error


def test_what_is_missing_is_asked_for_before_anything_is_sent(place: Workplace) -> None:
    place.until(lambda: place.focused() == "Server")
    place.press(KEY.Key_Return)
    assert place.screens.signin_page.server.error.startswith("Type the address")
    place.type(SERVER)
    place.press(KEY.Key_Return)
    assert (place.focused(), place.screens.signin_page.user.error) == ("User name", "Type your user name.")


def test_the_password_can_be_pasted(place: Workplace) -> None:
    """41."""
    place.until(lambda: place.focused() == "Server")
    place.screens.signin_page.password.setFocus()
    QGuiApplication.clipboard().setText(PASSWORD)
    place.ctrl(KEY.Key_V)
    assert place.screens.signin_page.password.editor.text() == PASSWORD


def without_keyring() -> KeyKeeper:
    return KeyKeeper(backend=lambda: None, passphrase=lambda: "")


def test_without_a_keyring_a_passphrase_is_asked_for_twice(tmp_path: Path, theme: Theme) -> None:
    desk = small_desk()
    with workplace(tmp_path / "profile", theme, desk, keys=without_keyring()) as place:
        fill(place)
        page = place.screens.signin_page
        place.until(lambda: page.asks_twice)
        assert "no usable keyring" in page.banner.text
        assert page.password.editor.text() == PASSWORD
        place.type("correct horse battery")
        place.press(KEY.Key_Tab)
        place.type("another one")
        place.press(KEY.Key_Return)
        assert page.again.error == "The two passphrases differ; type the same one twice."
        place.type("correct horse battery")
        place.press(KEY.Key_Return)
        place.until(lambda: place.screens.desk.who is not None)
    with workplace(tmp_path / "profile", theme, desk, keys=without_keyring()) as place:
        page = place.screens.signin_page
        place.until(lambda: page.asks_passphrase)
        assert page.password.isHidden()
        assert not page.asks_twice
        place.type("a wrong one")
        place.press(KEY.Key_Return)
        place.until(lambda: page.passphrase.error)
        assert page.passphrase.error.startswith("This passphrase does not open the local files")
        place.type("correct horse battery")
        place.press(KEY.Key_Return)
        place.until(lambda: place.window.queue_view.model().rowCount() > 0)


def test_a_damaged_cache_is_mended_and_told(tmp_path: Path, theme: Theme) -> None:
    """R26: the copy is fetched again; the person is told once."""
    desk, keyring, folder = small_desk(), MemoryKeyring(), tmp_path / "profile"
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.sign_in()
    cache = next(folder.rglob("cache.db"))
    cache.write_bytes(b"not a database" * 4096)
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.until(lambda: "was damaged" in place.window.work.banner.text)
        assert "unsent work is safe" in place.window.work.banner.text
        place.until(lambda: place.window.queue_view.model().rowCount() == 6)


def test_the_window_opens_from_the_cache_without_a_network(tmp_path: Path, theme: Theme) -> None:
    desk, keyring, folder = small_desk(), MemoryKeyring(), tmp_path / "profile"
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.sign_in()
    desk.offline = True
    with workplace(folder, theme, desk, keyring=keyring) as place:
        place.until(lambda: place.window.queue_view.model().rowCount() == 6)
        place.until(lambda: place.window.status.network.startswith("Offline"))


def test_signing_out_says_what_becomes_of_unsent_work(place: Workplace) -> None:
    """R17: it stays sealed for its member; staying is the safe answer."""
    place.sign_in()
    place.go_offline()
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller")
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    place.press(KEY.Key_Q, shift)
    box = place.until(lambda: place.screens.box)
    assert box is not None
    assert box.text() == "1 call saved here and not sent yet."
    assert "sealed on this computer" in box.informativeText()
    place.press(KEY.Key_Return)
    place.until(lambda: place.screens.box is None)
    assert place.screens.desk.who is not None
    place.press(KEY.Key_Q, shift)
    place.until(lambda: place.screens.box)
    place.press(KEY.Key_Right)
    place.press(KEY.Key_Space)
    page = place.screens.signin_page
    place.until(lambda: page.banner.text)
    assert "1 unsent item stays sealed" in page.banner.text
    assert place.window.queue_view.model().rowCount() == 0


def test_a_first_download_shows_how_far_it_is(place: Workplace) -> None:
    """47: longer than a second shows progress."""
    place.sign_in()
    state, desk = SyncState(connection="online", done=1200, total=5000), place.screens.desk
    assert progress(state) == "1,200 of 5,000 rows are here"
    assert network_words(state, (), desk.local, desk.now())[1] == "Fetching the desk's data: 24 %"


def test_signing_out_asks_also_when_everything_is_sent(place: Workplace) -> None:
    place.sign_in()
    place.press(KEY.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    box = place.until(lambda: place.screens.box)
    assert box is not None
    assert box.text() == "Everything of yours is sent."
    place.press(KEY.Key_Right)
    place.press(KEY.Key_Space)
    page = place.screens.signin_page
    place.until(lambda: page.banner.text == "You are signed out. Nothing of your work was left unsent.")
    assert place.focused() == "Password"
    place.type(PASSWORD)
    place.press(KEY.Key_Return)
    place.wait_for_data()
    place.until(lambda: place.window.queue_view.model().rowCount() == 6)
