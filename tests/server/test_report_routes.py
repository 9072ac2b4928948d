"""The figures over HTTP: who may ask, what comes, and what is said when it cannot (S10, A-09)."""

from __future__ import annotations

import msgspec
import pytest

from desk_core.protocol import Problem
from desk_core.reporting import BehindReply, Report, Trend
from tests.support.server import Api, RunningServer

DAYS = {"first": "2026-06-01", "last": "2026-06-30"}


@pytest.fixture(scope="module")
def anna(shared_server: RunningServer) -> Api:
    """An agent who has logged two calls, of which each owes a call back."""
    anna = shared_server.client("anna")
    for _ in range(2):
        anna.log()
    return anna


@pytest.fixture(scope="module")
def sam(shared_server: RunningServer, anna: Api) -> Api:
    """A supervisor, after those calls."""
    assert anna.seq
    return shared_server.client("sam")


def test_a_supervisor_gets_the_figures_and_what_is_behind_each(sam: Api) -> None:
    made = sam.ask(Report, "GET", "/v1/report", params={**DAYS, "by": "department", "figures": "H1"})
    (whole, *parts) = made.figures
    assert (whole.id, whole.running, whole.percent, bool(whole.definition)) == ("H1", 2, "n/a", True)
    assert sum(part.running for part in parts) == whole.running
    asked = {**DAYS, "figure": "H1", "result": "running"}
    found = sam.ask(BehindReply, "GET", "/v1/report/list", params=asked)
    assert (found.total, len({row.reference for row in found.rows})) == (2, 2)
    second = sam.ask(BehindReply, "GET", "/v1/report/list", params={**asked, "offset": 1, "rows": 1})
    assert second.rows == found.rows[1:]
    trend = sam.ask(Trend, "GET", "/v1/report/trend", params={**DAYS, "figure": "H1", "step": "day"})
    assert sum(point.running for point in trend.points) == 2


@pytest.mark.parametrize(("kind", "starts"), [("csv", b"\xef\xbb\xbftable"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_supervisor_gets_files(sam: Api, kind: str, starts: bytes) -> None:
    reply = sam.http.get("/v1/report/file", params={**DAYS, "wanted": kind})
    assert (reply.status_code, reply.content.startswith(starts)) == (200, True)


@pytest.mark.parametrize("path", ["report", "report/list", "report/trend", "report/file"])
def test_r02_an_agent_gets_no_figures(anna: Api, path: str) -> None:
    more = {"figure": "H1", "result": "met", "wanted": "csv"}
    reply = anna.raw("GET", f"/v1/{path}", params={**DAYS, **more})
    assert reply.status_code == 403
    assert msgspec.json.decode(reply.content, type=Problem).code == "only_supervisor"


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("report", {"first": "2026-07-01"}, 400),
        ("report", {"by": "colour"}, 400),
        ("report", {"first": "soon"}, 400),
        ("report/list", {"figure": "H99", "result": "met"}, 404),
        ("report/list", {"figure": "H1", "result": "good"}, 400),
        ("report/trend", {"figure": "H1", "step": "century"}, 400),
        ("report/file", {"wanted": "docx"}, 400),
    ],
)
def test_r85_what_cannot_be_told_is_said_in_a_sentence(sam: Api, path: str, given: dict[str, str], status: int) -> None:
    reply = sam.raw("GET", f"/v1/{path}", params={**DAYS, **given})
    assert (reply.status_code, msgspec.json.decode(reply.content, type=Problem).text[-1]) == (status, ".")
