"""What the rest of the program may know of the network, and ask of it."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Protocol, TypeVar

import msgspec

from desk_client.models.errors import DeskError
from desk_core.protocol import EnrolReply, EnrolRequest
from desk_core.tickets import Stub

_T = TypeVar("_T")

Connection = Literal["forbidden", "signed_out", "connecting", "online", "offline", "refused"]


class NetState(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands: ``refused`` means that the server answers, but not to us, and ``problem`` says what to do. ``rounds`` counts the times
    at which everything was sent and everything was read."""

    connection: Connection = "signed_out"
    last_sync: dt.datetime | None = None
    code: str = ""
    problem: str = ""
    done: int = 0
    total: int = 0
    rounds: int = 0


class SignIn(msgspec.Struct, frozen=True):
    """Which sign-in work belongs to, as which device (``token``); what comes back for an older sign-in is dropped."""

    number: int
    server: str
    token: str


class Unreachable(DeskError):
    """No answer from the server, or not from ours."""

    code = "offline"


class Forbidden(Unreachable):
    """The network must not be used."""

    code = "network_forbidden"


class Network(Protocol):
    """The network as the services see it; :class:`desk_client.sync.runner.Runner` is the real one."""

    @property
    def state(self) -> NetState:
        """How it stands now."""

    def attach(self, server: str, token: str) -> None:
        """Work for this device from now on."""

    def detach(self) -> None:
        """Stop working for it."""

    def wake(self) -> None:
        """Something waits to be sent."""

    def round(self, timeout: float) -> NetState:
        """Send everything and read everything; wait until that is done, until the server cannot be reached, or ``timeout`` seconds."""

    def enrol(self, server: str, request: EnrolRequest) -> EnrolReply:
        """Sign in. Raises :class:`DeskError` with the server's or the network's sentence."""

    def find(self, reference: str) -> Stub | None:
        """Ask the server for the stub of a reference; None when nobody has it."""

    def sign_out(self, server: str, token: str) -> None:
        """Tell the server that the token is not needed any more; no answer is fine."""


class FileNetwork(Protocol):
    """The way of attached files as the services see it; :class:`desk_client.sync.courier.Courier` is the real one."""

    def get_part(self, sha256: str, at: int, count: int) -> bytes:
        """At most ``count`` bytes of a file from ``at`` on. Raises :class:`DeskError` with the server's or the network's sentence."""

    def round(self, timeout: float) -> bool:
        """Send all files that may be sent; True when that is done, False when it is not within ``timeout`` seconds, or fails."""


class FigureNetwork(Protocol):
    """Where figures are asked for, as the services see it; :class:`desk_client.sync.figures.FigureLine` is the real one."""

    def ask(self, path: str, asked: dict[str, str], reply: type[_T]) -> _T:
        """What the server says of the figures now. Raises :class:`DeskError` with the server's or the network's sentence."""
