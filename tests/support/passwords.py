"""Passwords that cost nothing to check, for every test but the few that are about their cost."""

from __future__ import annotations

from collections.abc import Iterator

import argon2
import pytest

from desk_server.accounts import passwords

_COSTLY = (passwords._HASHER, passwords._NOBODY)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The session's servers hash quickly; those that are processes of their own hash as they always do."""
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
        yield


def make_costly(patch: pytest.MonkeyPatch) -> None:
    """From here on passwords cost what they cost in the program."""
    patch.setattr(passwords, "_HASHER", _COSTLY[0])
    patch.setattr(passwords, "_NOBODY", _COSTLY[1])
