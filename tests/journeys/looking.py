"""Looking for words where they must not be: in everything that a window could show or say, and in every page of a locked file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from sqlcipher3 import dbapi2

from desk_client.system.keys import SERVICE
from tests.support.desk_profile import MemoryKeyring

_PAGE, _RESERVED = 4_096, 80
_SAYS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def whole_window(window: QWidget) -> str:
    """Every text in the tree of a window's widgets, also of hidden ones: properties, what assistive tools are told, rows of lists, and
    what our own widgets paint."""
    found: list[str] = []
    for thing in (window, *window.findChildren(QObject)):
        meta = thing.metaObject()
        for place in range(meta.propertyCount()):
            value = meta.property(place).read(thing)
            if isinstance(value, str):
                found.append(value)
        found += [repr(value) for value in vars(thing).values() if not isinstance(value, QObject)]
        face = QAccessible.queryAccessibleInterface(thing)
        if face is not None:
            found += [face.text(kind) for kind in _SAYS]
        if isinstance(thing, QAbstractItemModel):
            found += _rows(thing)
    clipboard = QApplication.clipboard().text()
    return "\n".join([*found, clipboard])


def _rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    for row in range(model.rowCount(parent or QModelIndex())):
        index = model.index(row, 0, parent or QModelIndex())
        for role in (*Qt.ItemDataRole, *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 16)):
            value = model.data(index, role)
            if value is not None:
                yield repr(value)


def whole_cache(profile: Path, keyring: MemoryKeyring, *, segments: bool = True) -> str:
    """Everything in a member's cache: all rows of all tables, the words of the full text too. The key comes from the keyring.

    Without ``segments`` the full text is read by its words alone: SQLite keeps what was taken out in its segments until it merges them.
    """
    (folder,) = (path.parent for path in profile.rglob("outbox.db"))
    key = keyring.get_password(SERVICE, f"{folder.name}/key")
    assert key
    with _opened(folder / "outbox.db", key) as outbox:
        (cache_key,) = outbox.execute("SELECT value FROM identity WHERE key = 'cache_key'").fetchone()
    found: list[str] = []
    with _opened(folder / "cache.db", cache_key) as cache:
        tables = [name for (name,) in cache.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        for name in tables if segments else (name for name in tables if not name.endswith("_text_data")):
            for row in cache.execute(f"SELECT * FROM {name}").fetchall():
                found += [v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row]
        for name in (name for name in tables if f"{name}_data" in tables):
            cache.execute(f"CREATE VIRTUAL TABLE temp.words_{name} USING fts5vocab('main', '{name}', 'row')")
            found += [str(term) for (term,) in cache.execute(f"SELECT term FROM words_{name}").fetchall()]
    return "\n".join(found)


def cache_bytes(profile: Path, keyring: MemoryKeyring) -> str:
    """Every byte of the cache's file and of its write-ahead log without the lock: also what SQLite has let go of and not overwritten."""
    (folder,) = (path.parent for path in profile.rglob("outbox.db"))
    key = keyring.get_password(SERVICE, f"{folder.name}/key")
    assert key
    with _opened(folder / "outbox.db", key) as outbox:
        (cache_key,) = outbox.execute("SELECT value FROM identity WHERE key = 'cache_key'").fetchone()
    file, log = (folder / "cache.db").read_bytes(), b""
    if (folder / "cache.db-wal").exists():
        log = (folder / "cache.db-wal").read_bytes()[32:]
    pages = [file[at : at + _PAGE] for at in range(0, len(file), _PAGE)]
    pages += [log[at + 24 : at + 24 + _PAGE] for at in range(0, len(log), 24 + _PAGE)]
    found = [_unlocked(page, bytes.fromhex(cache_key), first=number == 0) for number, page in enumerate(pages)]
    return b"\n".join(found).decode("utf-8", "replace")


def _unlocked(page: bytes, key: bytes, *, first: bool) -> bytes:
    """A page of SQLCipher 4: AES-256 in CBC; its vector and its seal lie in the last 80 bytes, the file's salt in the first 16."""
    start = page[-_RESERVED : -_RESERVED + 16]
    cipher = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    return cipher.update(page[16 if first else 0 : -_RESERVED]) + cipher.finalize()


@contextmanager
def _opened(path: Path, key: str) -> Iterator[Any]:
    """A locked file, read only."""
    file = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    try:
        file.execute(f"PRAGMA key=\"x'{key}'\"")
        yield file
    finally:
        file.close()
