"""Keys and tokens: in the system's keyring where there is a usable one, else a key made from a passphrase (R21 to R24).

A keyring that is locked, missing or hanging never deletes or recreates a file. Which way a member's files went is written beside them.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from desk_client.system.problems import MachineError

SERVICE = "desk-client"
TIMEOUT = 5.0
_MOST = 1_280
_T = TypeVar("_T")
# Backends that keep secrets encrypted and for this user alone; everything else (null, fail, plain text) is not used.
ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_NEEDED = "There is no usable keyring on this machine: give a passphrase, which locks the local files and is asked for at each start."
_ARGON = {"time_cost": 3, "memory_cost": 65_536, "parallelism": 2}


class Backend(Protocol):
    """As much of a keyring backend as we use."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


class Key(NamedTuple):
    """A raw key of 256 bits, and where it is kept. ``fits``: whether it is the one that the files were made with, None when nobody noted
    that."""

    key: bytes
    kept: Literal["keyring", "passphrase"]
    fits: bool | None = None


def system_backend() -> Backend | None:
    """The system's keyring when it is one of the allowed kinds, else None."""
    import keyring  # noqa: PLC0415 - its discovery costs 32 to 48 ms and may ask D-Bus: only when a key is needed
    import keyring.backends.chainer  # noqa: PLC0415

    found = keyring.get_keyring()
    several = found.backends if isinstance(found, keyring.backends.chainer.ChainerBackend) else [found]
    return next((b for b in several if f"{type(b).__module__}.{type(b).__qualname__}" in ALLOWED), None)


class KeyKeeper:
    """``backend`` finds the keyring; ``passphrase`` is what the environment or a prompt gives ("" when nobody can be asked)."""

    def __init__(
        self,
        backend: Callable[[], Backend | None] = system_backend,
        passphrase: Callable[[], str] = lambda: os.environ.get("DESK_CLIENT_PASSPHRASE", ""),
        timeout: float = TIMEOUT,
    ) -> None:
        self._find = backend
        self._passphrase = passphrase
        self._timeout = timeout
        self._known: Backend | None = None
        self._looked = False

    # --- the keyring -----------------------------------------------------------------------------------------------------

    def _patiently(self, work: Callable[[], _T]) -> _T:
        """Run something that asks the keyring; a keyring that hangs must not hang us (F17)."""
        answer: list[Any] = []

        def run() -> None:
            try:
                answer.append((True, work()))
            except Exception as error:
                answer.append((False, error))

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._timeout)
        if not answer:
            raise MachineError(
                "keyring_silent",
                "The system's keyring does not answer; unlock it or start the session anew, then try again.",
            )
        fine, value = answer[0]
        if not fine:
            raise MachineError(
                "keyring_locked", "The system's keyring is locked or refuses; unlock it and try again."
            ) from value
        result: _T = value
        return result

    def _backend(self) -> Backend | None:
        """A keyring that was seen to keep and give back something of real size, or None."""
        if not self._looked:
            try:
                found = self._patiently(self._find)
                if found is not None:
                    self._patiently(lambda: _probe(found))
                self._known = found
            except MachineError:
                self._known = None
            self._looked = True
        return self._known

    def usable(self) -> bool:
        """True when the system's keyring can be used; else a passphrase is needed, and the person is told so."""
        return self._backend() is not None

    # --- keys ------------------------------------------------------------------------------------------------------------

    def prepare(self, passphrase: str) -> None:
        """Before a first sign-in: raise ``passphrase_needed`` when there is nothing that could lock the files."""
        if not self.usable() and not (passphrase or self._passphrase()):
            raise MachineError("passphrase_needed", _NEEDED)

    def fetch(self, folder: Path, passphrase: str, *, create: bool) -> Key:
        """The key of the files in ``folder``; a new one with ``create`` when there are no files yet.

        Raises ``passphrase_needed``, ``key_missing``, ``keyring_locked`` or ``keyring_silent``; no file is touched then.
        """
        if create and not (folder / "outbox.db").exists():
            return self._create(folder, passphrase)
        facts = _read(folder)
        if facts is None:
            raise MachineError(
                "key_missing", f"The note on how the files in {folder} are locked is missing; restore it from a backup."
            )
        key = self._from_keyring(folder) if facts["kept"] == "keyring" else self._from_passphrase(facts, passphrase)
        noted = facts.get("check")
        return Key(key, facts["kept"], hmac.compare_digest(_check_of(key), str(noted)) if noted else None)

    def _create(self, folder: Path, passphrase: str) -> Key:
        """A new key; how it is kept, and by what it is known again, is noted beside the files."""
        self.prepare(passphrase)
        facts: dict[str, Any] = {"kept": "keyring"}
        if self.usable():
            key = self._to_keyring(folder)
        else:
            facts = {"kept": "passphrase", "salt": secrets.token_hex(16), "cost": _ARGON}
            key = self._from_passphrase(facts, passphrase)
        _write(folder, {**facts, "check": _check_of(key)})
        return Key(key, facts["kept"], True)

    def _from_passphrase(self, facts: dict[str, Any], passphrase: str) -> bytes:
        phrase = passphrase or self._passphrase()
        if not phrase:
            raise MachineError("passphrase_needed", _NEEDED)
        salt = bytes.fromhex(facts["salt"])
        # Only where there is no keyring: every other start does without its compiled library.
        from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

        return hash_secret_raw(phrase.encode(), salt, hash_len=32, type=Type.ID, **facts["cost"])

    def _to_keyring(self, folder: Path) -> bytes:
        """The key that the keyring has for these files, or a new one that is kept there."""
        name = f"{folder.name}/key"
        backend = self._patiently(self._find)
        if backend is None:
            raise MachineError("keyring_locked", "The system's keyring is not there any more; unlock it and try again.")
        kept = self._patiently(lambda: backend.get_password(SERVICE, name))
        if kept is None:
            made = kept = secrets.token_hex(32)
            self._patiently(lambda: backend.set_password(SERVICE, name, made))
        return bytes.fromhex(kept)

    def _from_keyring(self, folder: Path) -> bytes:
        name = f"{folder.name}/key"
        backend = self._patiently(self._find)
        if backend is None:
            raise MachineError(
                "keyring_locked",
                "The key of the local files is in the system's keyring, which is not there now; unlock it.",
            )
        kept = self._patiently(lambda: backend.get_password(SERVICE, name))
        if kept is None:
            raise MachineError(
                "key_missing",
                "The key of the local files is not in the keyring any more. The files were left as they are: restore the keyring, "
                "or sign in with another profile; work that was not sent is readable only with that key.",
            )
        return bytes.fromhex(kept)

    # --- tokens ----------------------------------------------------------------------------------------------------------

    def keep_token(self, folder: Path, token: str) -> bool:
        """Keep the token in the keyring; False when it must lie inside the encrypted file."""
        facts = _read(folder)
        if not facts or facts["kept"] != "keyring" or len(token) > _MOST:
            return False
        backend = self._patiently(self._find)
        if backend is None:
            return False
        self._patiently(lambda: backend.set_password(SERVICE, f"{folder.name}/token", token))
        return True

    def token(self, folder: Path) -> str:
        """The token from the keyring, "" when it is not there."""
        facts = _read(folder)
        if not facts or facts["kept"] != "keyring":
            return ""
        backend = self._patiently(self._find)
        return (self._patiently(lambda: backend.get_password(SERVICE, f"{folder.name}/token")) or "") if backend else ""

    def forget_token(self, folder: Path) -> None:
        """Forget it; one that is not there is fine."""
        facts = _read(folder)
        if facts and facts["kept"] == "keyring" and self.token(folder):
            backend = self._patiently(self._find)
            if backend is not None:
                self._patiently(lambda: backend.delete_password(SERVICE, f"{folder.name}/token"))


def _check_of(key: bytes) -> str:
    """What tells the right key from a wrong one without a file to try it on; it gives nothing of the key away."""
    return hmac.digest(key, b"desk-client key check", "sha256").hex()


def _probe(backend: Backend) -> None:
    """Keep, read and forget something of the largest size (R23)."""
    name, value = f"probe-{secrets.token_hex(4)}", "x" * _MOST
    backend.set_password(SERVICE, name, value)
    try:
        if backend.get_password(SERVICE, name) != value:
            raise ValueError("the keyring gave back something else")
    finally:
        backend.delete_password(SERVICE, name)


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("kept") in ("keyring", "passphrase") else None


def _write(folder: Path, facts: dict[str, Any]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / "key.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(facts, file)
        file.flush()
        os.fsync(file.fileno())
