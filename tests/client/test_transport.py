"""What counts as an answer, and what is never sent (R70, R71, F3, F5, F6)."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_client.models.errors import DeskError
from desk_client.models.network import Forbidden, Unreachable
from desk_client.sync.transport import TooSlow, Transport, Trouble, address
from desk_core.protocol import HEADER, MEDIA_TYPE, Cursor, EnrolRequest
from tests.client.double import MemoryServer
from tests.client.http_double import answering, desk_over_http, serving

REQUEST = EnrolRequest(user="ada", password=MemoryServer.password, device_name="test")
OURS = {"Content_Type": MEDIA_TYPE, HEADER.replace("-", "_"): "1"}


def code_of(status: int, body: bytes, **headers: str) -> str:
    with serving(answering(status, body, **headers)) as url, pytest.raises(DeskError) as error:
        Transport().pull(url, "t", Cursor(), 0)
    return error.value.code


def test_portal_page_is_no_answer_f3() -> None:
    page = b"<html>Welcome to the hotel</html>"
    assert code_of(200, page, Content_Type="text/html") == "not_our_server"
    assert code_of(302, b"", Location="http://portal.example.org/") == "not_our_server"
    assert code_of(200, b"{}", Content_Type=MEDIA_TYPE) == "not_our_server"
    assert code_of(200, b"<html>", **OURS) == "not_our_server"
    assert code_of(200, b'{"changes": []}', **OURS) == "not_our_server"


def test_redirect_is_not_followed_r70(server: MemoryServer) -> None:
    handler = desk_over_http(server)
    with serving(handler) as there, serving(answering(302, b"", Location=f"{there}/v1/enrol")) as here:
        with pytest.raises(Unreachable):
            Transport().enrol(here, REQUEST)
        assert handler.seen == []  # type: ignore[attr-defined]


def test_netrc_and_proxies_of_the_environment_are_not_asked_r71(
    server: MemoryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    handler = desk_over_http(server)
    with serving(handler) as url:
        reply = Transport().enrol(url, REQUEST)
        Transport().pull(url, reply.token, Cursor(), 0)
    heads: list[dict[str, str]] = handler.seen  # type: ignore[attr-defined]
    assert heads[1]["Authorization"] == f"Bearer {reply.token}"


@pytest.mark.parametrize(
    ("server_address", "code"),
    [
        ("http://desk.example.org", "not_secure"),
        ("http://192.0.2.7:8080", "not_secure"),
        ("http://localhost.example.org", "not_secure"),
        ("http://127.0.0.1@example.org", "bad_address"),
        ("ftp://desk.example.org", "bad_address"),
        ("desk.example.org", "bad_address"),
        ("", "bad_address"),
        ("http://[foo", "bad_address"),
        ("https://host:99999999/", "bad_address"),
        ("https://host:port", "bad_address"),
        ("https://ho st", "bad_address"),
        ("https://[::1", "bad_address"),
    ],
)
def test_plain_http_goes_to_this_machine_only(server_address: str, code: str) -> None:
    with pytest.raises(DeskError) as refused:
        address(server_address)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "fine", ["http://127.0.0.1:8080", "http://localhost:1/", "http://[::1]:1", "https://desk.example.org"]
)
def test_addresses_that_are_fine(fine: str) -> None:
    assert address(fine) == fine.rstrip("/")


def test_wrong_password_is_the_servers_own_sentence(server: MemoryServer) -> None:
    with serving(desk_over_http(server)) as url, pytest.raises(Trouble) as wrong:
        Transport().enrol(url, EnrolRequest(user="ada", password="no", device_name="test"))
    assert (wrong.value.code, wrong.value.status) == ("wrong_password", 403)


def test_offline_forbids_the_network() -> None:
    with pytest.raises(Forbidden):
        Transport(forbidden=True).pull("http://127.0.0.1:9", "t", Cursor(), 0)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable) as away:
        Transport().pull(f"http://127.0.0.1:{port}", "t", Cursor(), 0)
    assert away.value.code == "offline"


_HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: {MEDIA_TYPE}\r\n{HEADER}: 1\r\n"


@pytest.fixture(params=[f"{_HEAD}Content-Length: 100000\r\n\r\n", f"{_HEAD}Drip: "], ids=["body", "heads"])
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that begins well and then sends a byte now and then: of a long body, or of heads that never end."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.recv(65_536)
            peer.sendall(request.param.encode())
            while not ended.wait(0.02):
                try:
                    peer.sendall(b" ")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    ended.set()
    thread.join()
    listener.close()


def test_total_deadline_holds_against_a_dripping_server(dripping: str) -> None:
    """All of an answer counts, its heads too."""
    began = time.monotonic()
    with pytest.raises(TooSlow) as slow:
        Transport(deadline=0.4).pull(dripping, "t", Cursor(), 0)
    assert time.monotonic() - began < 3
    assert slow.value.code == "offline"


def test_total_deadline_holds_while_the_connection_is_secured() -> None:
    """A server that accepts and never says a word of TLS, or one byte at a time."""
    listener, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve() -> None:
        peer, _ = listener.accept()
        with peer:
            while not ended.wait(0.05):
                try:
                    peer.sendall(b"\x16")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    began = time.monotonic()
    with pytest.raises(Unreachable):
        Transport(deadline=0.4).pull(f"https://127.0.0.1:{listener.getsockname()[1]}", "t", Cursor(), 0)
    assert time.monotonic() - began < 3
    ended.set()
    thread.join()
    listener.close()


def test_body_cut_short_is_no_answer_f6() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.recv(65_536)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {MEDIA_TYPE}\r\n{HEADER}: 1\r\nContent-Length: 1000\r\n\r\n"
            peer.sendall(head.encode() + b'{"verdicts": []')

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with pytest.raises(Unreachable):
        Transport().pull(f"http://127.0.0.1:{listener.getsockname()[1]}", "t", Cursor(), 0)
    thread.join()
    listener.close()


def test_certificate_that_nobody_trusts_is_refused_f5(
    server: MemoryServer, tmp_path: Path, outside_tool: Callable[[str], str]
) -> None:
    openssl = outside_tool("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = desk_over_http(server)
    with serving(handler, context) as url, pytest.raises(Unreachable) as refused:
        Transport().enrol(url.replace("http://127.0.0.1", "https://localhost"), REQUEST)
    assert refused.value.code == "tls"
    assert handler.seen == []  # type: ignore[attr-defined]
