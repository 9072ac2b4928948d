"""What can go wrong on this machine, each with a code for programs and one sentence that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2


class DeskError(Exception):
    """Base of everything that a person is told. ``params`` are the parts of ``text``, for translating it by ``code``."""

    code = "error"

    def __init__(
        self, text: str, code: str = "", fields: tuple[str, ...] = (), params: dict[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.text = text
        self.code = code or self.code
        self.fields = fields
        self.params = params or {}


class NotSaved(DeskError):
    """The disk did not take it: nothing was stored, and what was typed stays where it is (P25)."""

    code = "not_saved"


class DiskFull(NotSaved):
    """No space left."""

    code = "disk_full"


class WrongKey(DeskError):
    """The key does not open the file; the file is left as it is (R24)."""

    code = "wrong_key"


class Damaged(DeskError):
    """The content of a file is not what was written to it."""

    code = "damaged"


class Missing(DeskError):
    """This machine has nothing under that name."""

    code = "not_found"


WRONG_KEY = "The key on this machine does not open the local data; the files were left as they are."
_FULL = "There is no space left on this disk, so this was not saved; free some space and save again. Nothing that was saved before is lost."
_LOCKED = "Another program keeps the file locked, so this was not saved; save again in a moment."
_IO = "This disk could not be written to, so this was not saved; free some space or check the disk, then save again."
_DAMAGED = "A local file is damaged; start the program again, so that it can mend it."


def told(error: BaseException) -> DeskError | None:
    """The sentence for an error of the disk or the database, or None when it is none of theirs (a mistake of ours)."""
    if isinstance(error, dbapi2.DatabaseError):
        said = str(error).lower()
        if "full" in said:
            return DiskFull(_FULL)
        if "locked" in said or "busy" in said:
            return NotSaved(_LOCKED, code="locked")
        if "i/o error" in said or "readonly" in said or "unable to open" in said:
            return NotSaved(_IO)
        if "malformed" in said or "not a database" in said or "corrupt" in said:
            return Damaged(_DAMAGED)
    if isinstance(error, OSError):
        return DiskFull(_FULL) if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else NotSaved(_IO)
    return None


@contextmanager
def saying() -> Iterator[None]:
    """Turn errors of disk and database into :class:`DeskError`; mistakes of ours pass as they are."""
    try:
        yield
    except (dbapi2.DatabaseError, OSError) as error:
        sentence = told(error)
        if sentence is None:
            raise
        raise sentence from error
