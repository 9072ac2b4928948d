"""The user that PostgreSQL runs as when we are root, which it refuses to be."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_server.db.problem import DatabaseProblem


@dataclass(frozen=True)
class Account:
    """The user that PostgreSQL runs as."""

    uid: int
    gid: int
    name: str


def account_for(folder: Path) -> Account:
    """The owner of the folder or of the one above it; where that is root, `nobody`."""
    for place in (folder, folder.parent):
        uid = place.stat().st_uid
        if uid != 0:
            try:
                found = pwd.getpwuid(uid)
            except KeyError:
                continue  # initdb wants a user with a name.
            return Account(found.pw_uid, found.pw_gid, found.pw_name)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise DatabaseProblem(
            f"PostgreSQL does not run as root, and there is no user nobody: give {folder.parent} to another user."
        ) from error
    return Account(nobody.pw_uid, nobody.pw_gid, nobody.pw_name)


def user_name(uid: int) -> str:
    """The name of a user, for a sentence."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def identity(account: Account | None) -> dict[str, Any]:
    """What subprocess needs to start a program as `account`; None is our own user."""
    return {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": [], "umask": 0o077}


def may_traverse(path: Path, account: Account) -> bool:
    """Whether `account` can reach and run what lies at `path`, by the modes of every folder above it."""
    return all(_may_search(step.stat(), account) for step in (path, *path.parents))


def _may_search(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
