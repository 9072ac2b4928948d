"""Passwords: Argon2id with 19 MiB and two passes, on a few threads of its own, so that a storm of sign-ins never stops the sync (R13)."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

import argon2
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST = 8
LONGEST = 1_000
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when there is nobody of that name, so that the answer takes as long (R12).
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


def login_key(login: str) -> str:
    """The one spelling of a login by which it is stored and looked up."""
    return unicodedata.normalize("NFC", login).strip().casefold()


def hash_password(password: str) -> str:
    """What is stored of a password. Raises ValueError with a sentence for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"A password must have from {SHORTEST} to {LONGEST} characters.")
    return _HASHER.hash(unicodedata.normalize("NFC", password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the stored one; takes the same time when there is nothing stored (R12)."""
    try:
        _HASHER.verify(stored or _NOBODY, unicodedata.normalize("NFC", password[:LONGEST]))
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


def new_token() -> tuple[str, bytes]:
    """An opaque token of 256 random bits, and the digest that is stored in its place (R09)."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


def token_hash(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()
