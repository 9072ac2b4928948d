"""Files on the page of a ticket: by key, drop and paste; said in the history, saved by a button, never opened (R39, R59, C33, 16)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from desk_client.ui.ticket.files import TicketFiles
from desk_client.ui.widgets import Button
from tests.support.desk_window import DeskWindow

AtDesk = Callable[..., DeskWindow]
PICTURE = r"attached picture 2026-\d\d-\d\d \d\d\.\d\d\.\d\d\.png, \d+ B"


@pytest.fixture
def desk(at_desk: AtDesk) -> DeskWindow:
    made = at_desk()
    made.open_in_queue("busy")
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(b"png of a printhead")
    return path


def files(desk: DeskWindow) -> TicketFiles:
    return desk.tickets._ticket.files


def told(desk: DeskWindow) -> list[str]:
    return [entry.what for entry in desk.page.timeline.entries]


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def save_buttons(desk: DeskWindow) -> list[Button]:
    return [b for b in desk.page.timeline.findChildren(Button) if b.accessibleName().startswith("Save ")]


def test_a_file_is_attached_and_saved_by_keys_alone(desk: DeskWindow, photo: Path, tmp_path: Path) -> None:
    """Without network; it is marked as not sent, and one's own file is here."""
    files(desk).ask_files = lambda: [str(photo)]
    desk.press("Ctrl+Shift+A")
    desk.wait(lambda: "attached photo.png, 18 B" in told(desk), "the file in the history")
    desk.wait(lambda: desk.sees("saved here, not sent yet", desk.page.timeline), "the mark")
    (button,) = save_buttons(desk)
    assert button.accessibleName() == "Save photo.png as…"
    target = tmp_path / "saved.png"
    asked: list[str] = []
    files(desk).ask_place = lambda name: asked.append(name) or str(target)  # type: ignore[func-returns-value]
    button.setFocus()
    desk.press("Space")
    desk.wait(target.exists, "the file")
    desk.wait(lambda: desk.sees(f"Saved as {target}."), "the answer")
    assert (asked, target.read_bytes()) == (["photo.png"], photo.read_bytes())


def test_a_file_is_dropped_or_pasted_and_so_is_a_picture(desk: DeskWindow, photo: Path) -> None:
    keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    data, copy = urls(photo, photo.with_name("nothing.txt")), Qt.DropAction.CopyAction
    QApplication.sendEvent(desk.page, enter := QDragEnterEvent(QPoint(9, 9), copy, data, left, keys))
    assert enter.isAccepted()
    QApplication.sendEvent(desk.page, QDropEvent(QPointF(9, 9), copy, data, left, keys))
    desk.wait(lambda: "attached photo.png, 18 B" in told(desk), "what was dropped")
    desk.wait(
        lambda: desk.sees(f"There is no file {photo.with_name('nothing.txt')}."), "the sentence for the other one"
    )
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    QGuiApplication.clipboard().setImage(picture)
    desk.page.timeline.setFocus()
    desk.press("Ctrl+V")
    desk.wait(lambda: any(re.fullmatch(PICTURE, what) for what in told(desk)), "what was pasted")
    text = QMimeData()
    text.setText("no file")
    QApplication.sendEvent(desk.page, enter := QDragEnterEvent(QPoint(9, 9), copy, text, left, keys))
    assert not enter.isAccepted()
    assert not files(desk).take(text)
    text.setUrls([QUrl("file://server/share/x.png"), QUrl("https://desk.example/x.png")])
    assert not files(desk).take(text), "nothing is fetched from elsewhere"


def test_c33_r39_a_program_is_called_one_whatever_its_name_hides(desk: DeskWindow, tmp_path: Path) -> None:
    hostile = tmp_path / "invoice\u202efdp.exe"
    hostile.write_bytes(b"MZ")
    files(desk).take(urls(hostile))
    desk.wait(lambda: any("invoicefdp.exe" in what for what in told(desk)), "the file in the history")
    assert "a program, to be saved only by who expects it" in told(desk)[-1]
    target = tmp_path / "invoicefdp.exe"
    files(desk).ask_place = lambda _name: str(target)
    desk.page.timeline.save_wanted.emit(desk.page.timeline.entries[-1].key)
    desk.wait(lambda: desk.sees("do not open it unless you expected it"), "the warning")
    assert not target.stat().st_mode & 0o111


def test_what_cannot_be_attached_says_why(desk: DeskWindow, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    before = told(desk)
    files(desk).take(urls(empty))
    desk.wait(lambda: desk.sees("“empty.txt” is empty, so there is nothing to attach."), "the sentence")
    assert told(desk) == before
