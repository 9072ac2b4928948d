"""Files on the page of a ticket: added by a key, by dropping or by pasting them; saved, and never opened (R39, R59)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QStandardPaths
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog

from desk_client.services.records import Attachment, Saved, TicketView
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import sentence
from desk_client.ui.ticket.page import TicketPage
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets import Action, announce
from desk_client.ui.window import MainWindow
from desk_core.commands import AttachFile
from desk_core.files import is_program
from desk_core.tickets import Ticket

ATTACH_KEYS = "Ctrl+Shift+A"
_ANY = "0" * 64


class TicketFiles(QObject):
    """Beside the presenter of a ticket. ``ask_files`` and ``ask_place`` are the system's own dialogs."""

    def __init__(self, desk: Desk, window: MainWindow, page: TicketPage) -> None:
        super().__init__(page)
        self._desk, self._window, self._page = desk, window, page
        self._ticket = ""
        self._listed: dict[str, Attachment] = {}
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        self.ask_files: Callable[[], list[str]] = self._ask_files
        self.ask_place: Callable[[str], str] = self._ask_place
        self.attach = Action(tr("Attach a file…"), ATTACH_KEYS, self)
        self.attach.setObjectName("attach")
        self.attach.fired.connect(self._choose)
        self.attach.refused.connect(window.work.show_hint)
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        page.timeline.installEventFilter(self)
        page.timeline.save_wanted.connect(self._save)

    def show(self, view: TicketView) -> dict[str, str]:
        """This ticket is on the page from now on; its files by the steps that attached them."""
        self._ticket = view.ticket.id
        self._listed = {file.id: file for file in self._desk.attachments.listed(view)}
        return {key: file.name for key, file in self._listed.items()}

    def offered(self, ticket: Ticket) -> bool:
        """Whether a file can be attached to it at all; if not now, the action says why."""
        refusal = self._desk.tickets.check(AttachFile(ticket=ticket.id, sha256=_ANY, file_name="-", size=1))
        self.attach.block(sentence(refusal) if refusal else "")
        return refusal is None or refusal.code != "out_of_scope"

    # --- adding ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is dropped on the page, or pasted while no text field has the focus."""
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if _paths(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            event.acceptProposedAction()
            self.take(event.mimeData())
            return True
        elif isinstance(event, QKeyEvent) and watched is self._page.timeline and _pastes(event):
            return self.take(QGuiApplication.clipboard().mimeData())
        return super().eventFilter(watched, event)

    def take(self, data: QMimeData) -> bool:
        """Attach the files, or the picture, that somebody dropped or pasted; False when it is something else."""
        paths = _paths(data)
        picture = data.imageData() if not paths and data.hasImage() else None
        if self.attach.why_not and (paths or picture is not None):
            self._window.work.show_hint(self.attach.why_not)
        elif isinstance(picture, QImage):
            when = self._desk.local(self._desk.now())
            name = tr("picture {when}", when=f"{when:%Y-%m-%d %H.%M.%S}")
            service, ticket, content = self._desk.attachments, self._ticket, _png(picture)
            self._give(lambda: service.add_content(ticket, f"{name}.png", content))
        else:
            self._add(self._ticket, paths)
        return bool(paths) or picture is not None

    def _choose(self) -> None:
        ticket = self._ticket  # another one may be on the page when the dialog ends
        self._add(ticket, [Path(name) for name in self.ask_files()])

    def _ask_files(self) -> list[str]:
        names, _ = QFileDialog.getOpenFileNames(self._page, tr("Attach files"))
        return names

    def _add(self, ticket: str, paths: list[Path]) -> None:
        for path in paths:
            self._give(partial(self._desk.attachments.add, ticket, path))

    def _give(self, work: Callable[[], Future[Saved]]) -> None:
        self._desk.run(work, self._added, self._failed, self._page)

    def _added(self, saved: Saved) -> None:
        announce(self._page, tr("Attached: {name}", name=saved.result.get("file_name", "")))

    def _failed(self, error: BaseException) -> None:
        self._window.work.tell(Tone.LATE, sentence(error))

    # --- saving ----------------------------------------------------------------------------------------------------------

    def _save(self, key: str) -> None:
        file = self._listed.get(key)
        place = self.ask_place(file.name) if file is not None else ""
        if file is None or not place:
            return
        self._folder = str(Path(place).parent)
        self._window.work.tell(Tone.PAUSED, tr("Saving {name}…", name=file.name))
        # The dialog has asked whether what is there may be replaced.
        service = self._desk.attachments
        self._desk.run(lambda: service.save(file, Path(place), replace=True), self._saved, self._failed, self._page)

    def _ask_place(self, name: str) -> str:
        place, _ = QFileDialog.getSaveFileName(self._page, tr("Save as"), str(Path(self._folder) / name))
        return place

    def _saved(self, path: Path) -> None:
        words = tr("Saved as {path}.", path=path)
        if is_program(path.name):
            words = tr("{saved} It is a program: do not open it unless you expected it.", saved=words)
        self._window.work.tell(Tone.SOON if is_program(path.name) else Tone.FINE, words)


def _pastes(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Paste)


def _paths(data: QMimeData) -> list[Path]:
    """The files of this machine that were dropped or pasted; never an address elsewhere."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and not url.host()]


def _png(picture: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows no str here
    return bytes(content.data())
