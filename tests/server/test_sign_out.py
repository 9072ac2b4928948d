"""Signing out ends the session of one device and nothing else (R10)."""

from __future__ import annotations

from tests.support.server import RunningServer


def test_r10_a_token_that_was_signed_out_opens_nothing(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    other = server.client("anna")
    assert anna.raw("GET", "/v1/digest").status_code == 200
    assert anna.raw("POST", "/v1/sign-out", {}).status_code == 200
    for method, path in (("GET", "/v1/digest"), ("POST", "/v1/sign-out")):
        assert anna.raw(method, path, {} if method == "POST" else None).status_code == 401
    assert ben.raw("GET", "/v1/digest").status_code == 200
    assert other.raw("GET", "/v1/digest").status_code == 200, "the member's other device stays signed in"
