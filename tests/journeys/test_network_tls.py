"""Over TLS no bit of an answer can change on its way without being noticed, wherever it is (the network table: flipped bits)."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desk_client.models.network import Unreachable
from desk_client.sync.transport import Transport
from desk_core.protocol import Cursor
from tests.journeys.office import Office

PLACES = 12


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for localhost that this machine trusts."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(chain, secret)
    return found


def carry(source: socket.socket, sink: socket.socket, through: Callable[[bytes], bytes] = lambda data: data) -> None:
    """Bytes of one direction until its end; then both ends are closed."""
    with contextlib.suppress(OSError, ssl.SSLError):
        while data := source.recv(65_536):
            sink.sendall(through(data))
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port; each connection to it is served on a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=serve, args=(near,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


class Flipping:
    """Changes one bit of what a server says on a connection: the lowest one of the byte at ``place``; -1 changes none."""

    def __init__(self, target: int) -> None:
        self.target, self.place, self.passed = target, -1, 0

    def __call__(self, near: socket.socket) -> None:
        """Serve a connection."""
        self.passed = 0
        with near, socket.create_connection(("127.0.0.1", self.target)) as far:
            threading.Thread(target=carry, args=(near, far), daemon=True).start()
            carry(far, near, self._flipped)

    def _flipped(self, data: bytes) -> bytes:
        at, self.passed = self.place - self.passed, self.passed + len(data)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if 0 <= at < len(data) else data


def test_a_bit_that_changes_anywhere_is_noticed(office: Office, context: ssl.SSLContext) -> None:
    api = office.server.client("anna")
    token = api.enrolled.token

    def secured(near: socket.socket) -> None:
        """One request, which has no body, and its answer: one thread at a time uses a secured socket."""
        with (
            contextlib.suppress(OSError, ssl.SSLError),
            context.wrap_socket(near, server_side=True) as inside,
            socket.create_connection(("127.0.0.1", office.port)) as server,
        ):
            server.sendall(inside.recv(65_536))
            carry(server, inside)

    with listening(secured) as front, listening(flipping := Flipping(front)) as port:
        url = f"https://localhost:{port}"
        whole = Transport(deadline=5).pull(url, token, Cursor(), 0)
        assert whole.changes
        length = flipping.passed
        for part in range(PLACES):
            flipping.place = length * part // PLACES
            with pytest.raises(Unreachable):
                Transport(deadline=5).pull(url, token, Cursor(), 0)
        flipping.place = -1
        assert Transport(deadline=5).pull(url, token, Cursor(), 0).changes == whole.changes
