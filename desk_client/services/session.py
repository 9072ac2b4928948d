"""Who is signed in on this machine: sign in, go on where one left, sign out (R17, R22 to R24, P21)."""

from __future__ import annotations

import platform
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from desk_client.models import changes
from desk_client.models.access import Access
from desk_client.models.files import Folder, device_of
from desk_client.models.network import Network
from desk_client.models.sending import files_alone
from desk_client.models.store import Sources, Store
from desk_client.services.acting import spawn
from desk_client.services.errors import WRONG_KEY, NotSignedIn, WrongKey
from desk_client.services.records import SignedOut, Who
from desk_core.protocol import EnrolRequest

Kept = Literal["keyring", "passphrase"]
_T = TypeVar("_T")


class Key(Protocol):
    """The key of a member's files, and where it is kept."""

    @property
    def key(self) -> bytes:
        """256 bits."""

    @property
    def kept(self) -> Kept:
        """Where it is kept."""

    @property
    def fits(self) -> bool | None:
        """Whether it is the key that the files were made with, None when that is not known."""


class Keys(Protocol):
    """Where keys and tokens are kept: the system's keyring, or nowhere but in the member's head."""

    def prepare(self, passphrase: str) -> None:
        """Raise ``passphrase_needed`` when nothing could lock new files."""

    def fetch(self, folder: Path, passphrase: str, *, create: bool) -> Key:
        """The key of the files in ``folder``; a new one with ``create``. Raises an error with ``code`` ``passphrase_needed``,
        ``wrong_key``, ``key_missing`` or ``keyring_locked``, and never touches a file (R24)."""

    def keep_token(self, folder: Path, token: str) -> bool:
        """Keep the token; False when it must lie inside the encrypted file instead."""

    def token(self, folder: Path) -> str:
        """The token, "" when it is not kept here."""

    def forget_token(self, folder: Path) -> None:
        """Forget it."""


class Profile(Protocol):
    """Which members have files on this machine, and who was last."""

    def folder(self, server: str, user: str) -> Path:
        """The folder of a member of a server."""

    def current(self) -> Path | None:
        """The folder of whoever signed in last, None when nobody is signed in."""

    def choose(self, server: str, user: str) -> None:
        """This member is signed in from now on."""

    def leave(self) -> None:
        """Nobody is."""


class Session:
    """One at a time; another member's files stay sealed."""

    def __init__(self, access: Access, network: Network, keys: Keys, profile: Profile, sources: Sources) -> None:
        self._access = access
        self._network = network
        self._keys = keys
        self._profile = profile
        self._sources = sources
        self._kept: Kept = "keyring"

    def who(self) -> Who | None:
        """Who is signed in, or None. Facts come from the open files."""
        if not self._access.signed_in:
            return None
        store = self._access.store
        if store.member is None or store.policy is None:
            return None
        return Who(
            member=store.member,
            server=store.server,
            desk=store.desk,
            desk_title=store.desk_title,
            key_kept=self._kept,
        )

    def known(self, server: str, user: str) -> bool:
        """True when this member already has files on this machine: their passphrase is asked for, not a new one."""
        return (self._profile.folder(server.strip().rstrip("/"), user.strip()) / "outbox.db").exists()

    def resume(self, passphrase: str = "") -> Future[Who | None]:
        """Open the files of whoever is signed in; None when nobody is. Fails with ``passphrase_needed``, ``wrong_key``, ``key_missing`` or
        ``keyring_locked``; the files stay as they are."""
        return spawn(lambda: self._resume(passphrase), "resume")

    def _resume(self, passphrase: str) -> Who | None:
        folder = self._profile.current()
        if folder is None:
            return None
        if not self._access.signed_in:
            key = self._keys.fetch(folder, passphrase, create=False)
            self._open(folder, key)
        # The one in the file first: a machine that has just become another device may have had no time to put it into the keyring.
        token = self._stored_token() or self._keys.token(folder)
        store = self._access.store
        if token:
            self._network.attach(store.server, token)
        return self.who()

    def sign_in(self, server: str, user: str, password: str, passphrase: str = "") -> Future[Who]:
        """Sign in at ``server``. ``passphrase`` protects the files where there is no usable keyring. Fails with the server's or the
        network's sentence (``wrong_password``, ``offline``, ``not_secure``, …) and changes nothing then."""
        return spawn(lambda: self._sign_in(server.strip().rstrip("/"), user.strip(), password, passphrase), "sign-in")

    def _sign_in(self, server: str, user: str, password: str, passphrase: str) -> Who:
        folder = self._profile.folder(server, user)
        key: Key | None = None
        device = token = ""
        if (folder / "outbox.db").exists():
            key = self._keys.fetch(folder, passphrase, create=False)
            device, token = self._device(folder, key)
            token = token or self._keys.token(folder)
        else:
            self._keys.prepare(passphrase)
        request = EnrolRequest(
            user=user, password=password, device_name=platform.node() or "desk", device_id=device, token=token
        )
        reply = self._network.enrol(server, request)
        self._open(folder, key or self._keys.fetch(folder, passphrase, create=True))
        inside = "" if self._keys.keep_token(folder, reply.token) else reply.token
        self._access.act(lambda store: store.enrolled(reply, server, inside)).result()
        self._profile.choose(server, user)
        self._network.attach(server, reply.token)
        who = self.who()
        if who is None:
            raise NotSignedIn
        return who

    def _device(self, folder: Path, key: Key) -> tuple[str, str]:
        """Which device these files are to the server, "" when it must be a new one, and the token in them. They are not in use by that: the
        password may be wrong, and whoever is signed in stays so (P21)."""

        def work() -> tuple[str, str]:
            if self._in_use(folder):
                outbox = self._access.store.outbox
                return outbox.device_to_enrol(), outbox.identity("token")
            return device_of(Folder(folder), key.key, sure=key.fits is True)

        return self._unlocking(key, work)

    def _open(self, folder: Path, key: Key) -> None:
        """Open these files; another member's are closed when these are open, and stay."""

        def work() -> None:
            if self._in_use(folder):
                return
            store = Store(Folder(folder), key.key, self._sources, self._access.listeners, sure=key.fits is True)
            self._network.detach()
            self._access.close()
            self._access.open(store)

        self._unlocking(key, work)
        self._kept = key.kept

    def _in_use(self, folder: Path) -> bool:
        return self._access.signed_in and self._access.store.folder.path == folder

    def _unlocking(self, key: Key, work: Callable[[], _T]) -> _T:
        """Run ``work`` on the storage thread; a passphrase that does not fit is the person's to correct."""
        try:
            if key.fits is False:
                raise WrongKey(WRONG_KEY)
            return self._access.storage.run(work)
        except WrongKey as error:
            if key.kept == "keyring":
                raise
            text = "This passphrase does not open the local files; type the one that was chosen for them."
            raise WrongKey(text, "wrong_passphrase") from error

    def _stored_token(self) -> str:
        return self._access.act(lambda store: store.outbox.identity("token")).result()

    def sign_out(self) -> Future[SignedOut]:
        """Delete the cache and its key and forget the token; unsent work stays sealed for its member, and the answer says how much."""
        return spawn(self._sign_out, "sign-out")

    def _sign_out(self) -> SignedOut:
        if not self._access.signed_in:
            raise NotSignedIn
        folder = self._access.store.folder.path
        token = self._stored_token() or self._keys.token(folder)
        server = self._access.store.server
        self._network.detach()

        def work() -> int:
            unsent = len(self._access.store.pending) + files_alone(self._access.store)
            self._access.close(seal=True)
            return unsent

        unsent = self._access.storage.run(work)
        self._keys.forget_token(folder)
        self._profile.leave()
        if token:
            self._network.sign_out(server, token)
        self._access.listeners.tell(changes.SESSION)
        return SignedOut(unsent=unsent)
