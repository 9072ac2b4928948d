"""Every route: who may use it, what it says when it does not answer, what is written about it."""

from __future__ import annotations

import logging

import httpx
import msgspec
import pytest
import zstandard

from desk_core.protocol import HEADER, MEDIA_TYPE, OLDEST_HEADER, Cursor, Problem, PushReply, PushRequest
from desk_server.app import ROUTES, create_app
from desk_server.openapi import path_of
from desk_server.rates import Rates
from desk_server.settings import Settings
from desk_server.sync.service import SyncService
from tests.support.postgres import Cluster
from tests.support.server import RunningServer, running_server

ANONYMOUS = {("POST", "/v1/enrol"), ("GET", "/v1/health/live"), ("GET", "/v1/health/ready")}
SIGNED_IN = {
    ("POST", "/v1/push"),
    ("GET", "/v1/pull"),
    ("GET", "/v1/snapshot"),
    ("POST", "/v1/receipts"),
    ("POST", "/v1/device"),
    ("POST", "/v1/lease"),
    ("POST", "/v1/sign-out"),
    ("GET", "/v1/digest"),
    ("GET", "/v1/find"),
    ("GET", "/v1/report"),
    ("GET", "/v1/report/list"),
    ("GET", "/v1/report/trend"),
    ("GET", "/v1/report/file"),
    ("PUT", "/v1/blob/{sha256:str}"),
    ("GET", "/v1/blob/{sha256:str}"),
}


def routes() -> set[tuple[str, str]]:
    return {(str(m), path) for handler in ROUTES for m in handler.http_methods for path in handler.paths}


def test_r06_every_route_is_listed_here_with_who_may_use_it() -> None:
    assert routes() == ANONYMOUS | SIGNED_IN
    application = create_app(Settings("postgresql://nobody@localhost/nothing"))
    assert {route.path for route in application.litestar.routes} == {path for _, path in routes()}
    application.services.close()


def test_c5_r06_nobody_passes_without_a_session(server: RunningServer) -> None:
    api = server.stranger()
    for method, path in sorted(SIGNED_IN):
        reply = api.raw(method, path, b"{}" if method == "POST" else None)
        assert reply.status_code == 401, path
        assert msgspec.json.decode(reply.content, type=Problem).code == "signed_out"
    for method, path in sorted(ANONYMOUS):
        assert api.raw(method, path, b"{}" if method == "POST" else None).status_code in (200, 400), path


def test_r70_every_answer_is_marked_as_ours(server: RunningServer) -> None:
    anna = server.client("anna")
    answers = [
        anna.http.get("/v1/digest"),
        anna.http.get("/v1/nowhere"),
        anna.http.get("/"),
        anna.http.get("/schema/openapi.json"),
        anna.http.put("/v1/push"),
        anna.http.get("/v1/find"),
        anna.http.get("/v1/pull", params={"wait": "soon"}),
        anna.http.get("/v1/digest", headers={HEADER: ""}),
        anna.http.get("/v1/digest", headers={"Authorization": "Bearer x"}),
    ]
    assert [a.status_code for a in answers] == [200, 404, 404, 404, 405, 400, 400, 426, 401]
    for answer in answers:
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert answer.headers[HEADER] == "1"
        assert answer.headers[OLDEST_HEADER] == "1"
        assert answer.headers["cache-control"] == "no-store"
        if answer.status_code != 200:
            assert msgspec.json.decode(answer.content, type=Problem).text.endswith(".")


def test_f16_a_client_that_is_too_old_is_told_so(server: RunningServer) -> None:
    anna = server.client("anna")
    for version in ("0", "-1", "one", ""):
        reply = anna.http.get("/v1/digest", headers={HEADER: version})
        assert reply.status_code == 426
        assert msgspec.json.decode(reply.content, type=Problem).code == "upgrade"


def test_r84_bombs_are_refused_quickly(server: RunningServer) -> None:
    anna = server.client("anna")
    assert anna.raw("POST", "/v1/push", b" " * 8_000_001).status_code == 413
    bomb = zstandard.ZstdCompressor(level=1).compress(b" " * 200_000_000)
    assert len(bomb) < 100_000
    assert anna.raw("POST", "/v1/push", bomb, headers={"Content-Encoding": "zstd"}).status_code == 413
    assert anna.raw("POST", "/v1/push", b"no zstd", headers={"Content-Encoding": "zstd"}).status_code == 413
    assert anna.raw("POST", "/v1/push", b"{}", headers={"Content-Encoding": "br"}).status_code == 413
    nested = b'{"cursor":{},"commands":' + b"[" * 100_000
    assert anna.raw("POST", "/v1/push", nested).status_code == 400
    assert anna.raw("POST", "/v1/receipts", {"ids": ["x"] * 5_001}).status_code == 413


def test_r84_a_device_that_asks_too_often_waits(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]
    rates = Rates(per_second=2, at_once=3, now=lambda: seconds[0])
    monkeypatch.setattr(server.services.rates, "wait", rates.wait)
    anna, ben = server.client("anna"), server.client("ben")
    assert [anna.raw("GET", "/v1/digest").status_code for _ in range(4)] == [200, 200, 200, 429]
    reply = anna.raw("GET", "/v1/digest")
    assert msgspec.json.decode(reply.content, type=Problem).retry_after == 0.5
    assert reply.headers["retry-after"] == "1"
    assert ben.raw("GET", "/v1/digest").status_code == 200
    seconds[0] += 0.5
    assert [anna.raw("GET", "/v1/digest").status_code for _ in range(2)] == [200, 429]


def test_packed_requests_are_unpacked(server: RunningServer) -> None:
    body = zstandard.compress(msgspec.json.encode(PushRequest(cursor=Cursor(), commands=())))
    reply = server.client("anna").raw("POST", "/v1/push", body, headers={"Content-Encoding": "zstd"})
    assert msgspec.json.decode(reply.content, type=PushReply).verdicts == ()


def test_r85_a_fault_of_the_server_tells_nothing_about_it(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError("secret-of-the-server in SELECT * FROM credential")

    anna = server.client("anna")
    monkeypatch.setattr(SyncService, "digest", fails)
    with caplog.at_level(logging.ERROR, "desk_server"):
        reply = anna.raw("GET", "/v1/digest")
    assert reply.status_code == 500
    assert msgspec.json.decode(reply.content, type=Problem).code == "server_fault"
    for word in (b"secret", b"SELECT", b"Traceback", b"RuntimeError"):
        assert word not in reply.content
    assert "secret-of-the-server" in caplog.text, "the administrator finds it in the log"


def test_r81_without_a_database_the_server_says_when_to_come_back(server: RunningServer, cluster: Cluster) -> None:
    anna = server.client("anna")
    name = str(server.database.database)
    with cluster.superuser() as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
    for path in ("/v1/health/ready", "/v1/digest"):
        reply = anna.raw("GET", path)
        assert reply.status_code == 503
        assert int(reply.headers["retry-after"]) >= 1
    assert anna.raw("GET", "/v1/health/live").status_code == 200
    with cluster.superuser() as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert anna.raw("GET", "/v1/health/ready").status_code == 200
    anna.log()


def test_two_processes_serve_one_database(cluster: Cluster) -> None:
    """What is pushed at one wakes who waits at the other, and both see the same feed."""
    address = cluster.new()
    with running_server(address) as first, running_server(address, fresh=False) as second:
        ticket = first.client("anna").log()
        ben = second.client("ben")
        assert ticket in {c.pk for c in ben.pull_all()}
        first.desks.set_active("north", "ben", False)
        assert ben.raw("GET", "/v1/digest").status_code == 401, "at once, also in another process (R10)"
    cluster.drop(address)


def test_everything_is_described() -> None:
    application = create_app(Settings("postgresql://nobody@localhost/nothing"))
    described = application.openapi()
    application.services.close()
    assert {(m.upper(), path) for path, methods in described["paths"].items() for m in methods} == {
        (m, path_of(path)) for m, path in routes()
    }
    schemas = described["components"]["schemas"]
    assert {"PushRequest", "PushReply", "WireCommand", "Verdict", "PullReply", "Change", "Problem"} <= set(schemas)
    push = described["paths"]["/v1/push"]["post"]
    assert push["requestBody"]["content"][MEDIA_TYPE]["schema"] == {"$ref": "#/components/schemas/PushRequest"}
    pull = described["paths"]["/v1/pull"]["get"]
    assert {p["name"] for p in pull["parameters"]} == {"cursor", "wait", "rows", HEADER}
    references = {word for word in msgspec.json.encode(described).decode().split('"') if word.startswith("#/")}
    assert references <= {f"#/components/schemas/{name}" for name in schemas}


def test_a_stranger_at_the_door_is_no_error(server: RunningServer) -> None:
    """Something that speaks no protocol of ours gets a sentence, not a hang-up."""
    reply = httpx.get(f"{server.url}/v1/pull")
    assert reply.status_code == 426
