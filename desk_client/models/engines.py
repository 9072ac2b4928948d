"""Opening an encrypted file: the raw key first, then the settings of SQLite that the sync rules ask for (R24 to R29)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desk_client.models.connection import Connection
from desk_client.models.errors import WRONG_KEY, Damaged, WrongKey

OLDEST_SQLITE = (3, 51, 3)
KEY_BYTES = 32
_BUSY_MS = 5_000
_CACHE_KIB = 65_536

if dbapi2.sqlite_version_info < OLDEST_SQLITE:  # pragma: no cover - depends on the installed wheel
    raise ImportError(
        f"sqlcipher3 brings SQLite {dbapi2.sqlite_version}; 3.51.3 or newer is needed (older ones can corrupt a WAL)."
    )


def open_file(path: Path, key: bytes, *, durable: bool, read_only: bool = False, salt: bytes = b"") -> Connection:
    """A connection to an encrypted file, which is created with mode 0600 if it is not there.

    ``salt`` is what a new file begins with, 16 bytes, random when it is not given. ``durable`` syncs every commit to the disk (the
    outbox); otherwise a power cut may lose the last commits (the cache). Raises :class:`WrongKey` when the key does not open the file; the
    file is left untouched.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    if not read_only:
        path.touch(mode=0o600)
        path.chmod(0o600)

    driver = _connect(path, key + salt, durable=durable, read_only=read_only)
    return Connection(driver, "BEGIN" if read_only else "BEGIN IMMEDIATE")


def _connect(path: Path, key: bytes, *, durable: bool, read_only: bool) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000)
    try:
        run = connection.execute
        run(f"PRAGMA key=\"x'{key.hex()}'\"")
        if not run("PRAGMA cipher_version").fetchone():
            raise WrongKey("This build of SQLite cannot encrypt; install the program again.")
        run("PRAGMA cipher_log_level=NONE")
        run(f"PRAGMA busy_timeout={_BUSY_MS}")
        run("PRAGMA temp_store=MEMORY")
        run("PRAGMA mmap_size=0")
        run("PRAGMA trusted_schema=OFF")
        run("PRAGMA foreign_keys=ON")
        run(f"PRAGMA cache_size=-{_CACHE_KIB}")
        if run("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
            raise Damaged(
                "The folder of the local data cannot be used; keep it on a disk of this machine, not on a network share."
            )
        run(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        if read_only:
            run("PRAGMA query_only=ON")
        run("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        connection.close()
        if "not a database" in str(error):
            raise WrongKey(WRONG_KEY) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: Connection) -> None:
    """Raise :class:`Damaged` when a page was changed behind our back (after an unclean exit, R26)."""
    try:
        with connection.begin():
            if connection.run("PRAGMA cipher_integrity_check").fetchall():
                raise Damaged("A page of the file does not carry its seal.")
            found = [row[0] for row in connection.run("PRAGMA quick_check(1)").fetchall()]
    except dbapi2.DatabaseError as error:
        raise Damaged("The file cannot be read.") from error
    if found != ["ok"]:
        raise Damaged("The file's structure is broken.")
