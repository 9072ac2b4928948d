"""Files at a ticket: add one from this machine, with or without network; fetch one, and save it (R39, R59).

Nothing is ever opened here: what came from outside is only something to save.
"""

from __future__ import annotations

import hashlib
import mimetypes
import stat
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from desk_client.models import fetched_files
from desk_client.models.access import Access
from desk_client.models.errors import saying
from desk_client.models.network import FileNetwork, Network
from desk_client.models.own_files import own_bytes
from desk_client.models.storage import LATER
from desk_client.models.store import Store
from desk_client.services.acting import Acting, saved, spawn
from desk_client.services.errors import DeskError, Missing, Refused, Unreachable
from desk_client.services.i18n import tr
from desk_client.services.records import Attachment, Saved, TicketView
from desk_client.services.rehearsal import rehearse
from desk_core.commands import AttachFile
from desk_core.events import FileAttached
from desk_core.files import MOST_BYTES, PART_BYTES, safe_name

_PIECE = 256 * 1024
"""Bytes in one commit: what is typed meanwhile waits for no longer."""
Write = Callable[[Path, bytes], None]
"""Puts bytes into a file that nothing runs by itself."""


class Attachments:
    """What is attached to tickets."""

    def __init__(self, access: Access, network: Network, files: FileNetwork, write: Write) -> None:
        self._access = access
        self._files = files
        self._write = write
        self._acting = Acting(access, network)

    def listed(self, view: TicketView) -> tuple[Attachment, ...]:
        """The files of a ticket, in the order in which they were attached."""
        return tuple(
            Attachment(
                id=event.id,
                sha256=event.what.sha256,
                name=safe_name(event.what.file_name),
                size=event.what.size,
                who=view.names.get(event.actor, ""),
                at=event.at,
            )
            for event in view.history
            if isinstance(event.what, FileAttached)
        )

    # --- adding ----------------------------------------------------------------------------------------------------------

    def add(self, ticket: str, path: Path) -> Future[Saved]:
        """Attach a file of this machine. Fails with :class:`Refused` when a rule says no (too large, empty, out of scope), with
        ``Missing`` or ``unreadable_file`` when it cannot be read, with ``NotSaved`` when the disk is full; nothing is stored then."""
        return spawn(lambda: self._add(ticket, path.name, *_content(path)), "attach")

    def add_content(self, ticket: str, name: str, content: bytes) -> Future[Saved]:
        """Attach what lies in no file, as a picture that was pasted."""
        return spawn(lambda: self._add(ticket, name, content, len(content)), "attach")

    def _add(self, ticket: str, name: str, content: bytes, size: int) -> Saved:
        sha256 = hashlib.sha256(content).hexdigest()
        safe = safe_name(name)
        media = mimetypes.guess_type(safe)[0] or ""
        ask = AttachFile(ticket=ticket, sha256=sha256, file_name=safe, size=size, media_type=media)
        with self._access.read() as here:
            refusal = rehearse(here.view, here.member, [ask], self._access.now())
        if refusal is not None:
            raise Refused.by(refusal)
        try:
            self._keep(sha256, content)
            return self._acting.submit(lambda: saved(ask, self._acting.at_once(ask))).result()
        finally:
            # What has no command by now is taken away by whoever looks for what is to be sent.
            self._access.act(lambda store: store.own_files.adding.discard(sha256)).result()

    def _keep(self, sha256: str, content: bytes) -> None:
        """The bytes first: a command on the disk always has its file there too."""
        if self._access.act(lambda store: store.own_files.begin(sha256, len(content))).result():
            return
        for at in range(0, len(content), _PIECE):
            piece = content[at : at + _PIECE]
            self._access.act(lambda store, at=at, piece=piece: store.own_files.add(sha256, at, piece), LATER).result()  # type: ignore[misc]

    # --- fetching --------------------------------------------------------------------------------------------------------

    def save(self, file: Attachment, target: Path, *, replace: bool = False) -> Future[Path]:
        """Put a file where the person wants it: into a folder under its own name, beside what is there; or under a name of the person's,
        where nothing is replaced unless that was wanted. It is fetched where it is not here."""
        return spawn(lambda: self._save(file, target, replace), "save")

    def _save(self, file: Attachment, target: Path, replace: bool) -> Path:
        found = _free(target / file.name) if target.is_dir() else target
        if found.exists() and not replace:
            text = tr("There is something called “{name}” there already; give another name.", name=found.name)
            raise DeskError(text, "file_exists", params={"name": found.name})
        content = self._content(file)
        with saying():
            self._write(found, content)
        return found

    def _content(self, file: Attachment) -> bytes:
        """The file, checked to be what was attached. Raises a sentence when it is nowhere to be had."""
        found = self._here(file)
        if found is None:
            self._fetch(file)
            found = self._here(file) or b""
        if hashlib.sha256(found).hexdigest() == file.sha256:
            return found
        self._access.act(lambda store: fetched_files.drop(store.cache, file.id)).result()
        raise DeskError("What came is not the file that was attached; try again.", "blob_damaged")

    def _here(self, file: Attachment) -> bytes | None:
        with self._access.read() as here:
            found = own_bytes(here.reading, file.sha256)
            return found if found is not None else fetched_files.fetched_bytes(here.reading, file.id)

    def _fetch(self, file: Attachment) -> None:
        """Fetch what is missing, part by part; each is on the disk before the next is asked for."""

        def begin(store: Store) -> int:
            return fetched_files.begin(store.cache, file.id, file.size, store.clock.now())

        at = self._access.act(begin).result()
        while at < file.size:
            part = self._files.get_part(file.sha256, at, min(PART_BYTES, file.size - at))
            if not part:
                raise Unreachable("The server sent nothing of this file; try again.")
            if not self._access.act(_adding(file.id, at, part), LATER).result():
                raise Missing("This ticket is not on this machine any more, and neither is its file.", "not_found")
            at += len(part)


def _adding(event: str, at: int, part: bytes) -> Callable[[Store], bool]:
    return lambda store: fetched_files.add(store.cache, event, at, part)


def _content(path: Path) -> tuple[bytes, int]:
    """What is in a file, and its size; of one that is too large only the size counts."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            text = tr("“{name}” is no file; name the files one by one.", name=path.name)
            raise DeskError(text, "unreadable_file", ("file_name",), {"name": path.name})
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        return content, max(len(content), found.st_size) if len(content) > MOST_BYTES else len(content)
    except FileNotFoundError:
        text = tr("There is no file {path}.", path=path)
        raise Missing(text, "no_such_file", ("file_name",), {"path": str(path)}) from None
    except OSError as error:
        text = tr("“{name}” cannot be read: {reason}.", name=path.name, reason=error.strerror or error)
        raise DeskError(text, "unreadable_file", ("file_name",), {"name": path.name}) from None


def _free(path: Path) -> Path:
    """``path``, or the same with a number where something is there already."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return found
