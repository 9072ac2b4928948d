"""What a network makes of an answer."""

from __future__ import annotations

from random import Random

import msgspec

from desk_core.protocol import HEADER, MEDIA_TYPE, PROTOCOL, Problem, SnapshotPage
from tests.simulation.server import Told

_MAGIC = 4


def _ours(status: int, problem: Problem) -> Told:
    headers = {"content-type": MEDIA_TYPE, HEADER.lower(): str(PROTOCOL)}
    return Told(status, headers, msgspec.json.encode(problem))


def html(_random: Random, _told: Told) -> Told:
    """A portal's page with 200."""
    return Told(200, {"content-type": "text/html"}, b"<html><title>Sign in to this network</title></html>")


def bad_gateway(_random: Random, _told: Told) -> Told:
    """A proxy's own error."""
    return Told(502, {"content-type": "text/html"}, b"<html><title>502 Bad Gateway</title></html>")


def server_error(random: Random, _told: Told) -> Told:
    """The server's own."""
    if random.random() < 0.5:
        return _ours(
            500, Problem(code="server_fault", text="The server failed at this request; tell an administrator.")
        )
    return _ours(503, Problem(code="unavailable", text="The server cannot answer at this moment.", retry_after=2.0))


def too_many(random: Random, _told: Told) -> Told:
    """429 with Retry-After."""
    return _ours(
        429, Problem(code="too_often", text="This program asks too often.", retry_after=random.choice((1.0, 40.0)))
    )


def upgrade(_random: Random, _told: Told) -> Told:
    """The server wants a newer program."""
    return _ours(426, Problem(code="upgrade", text="This program is too old for the server; update it."))


def truncated(random: Random, told: Told) -> Told:
    """Cut off, with and without a length that says so."""
    headers = dict(told.headers)
    if random.random() < 0.5:
        headers.pop("content-length", None)
    return Told(told.status, headers, told.body[: random.randrange(max(1, len(told.body)))])


def empty(_random: Random, told: Told) -> Told:
    """Nothing but the head."""
    return Told(told.status, {**told.headers, "content-length": "0"}, b"")


def corrupt(random: Random, told: Told) -> Told:
    """Bytes that cannot be read; what passes for readable is stopped by TLS."""
    body = bytearray(told.body)
    at = random.randrange(_MAGIC) if "content-encoding" in told.headers else random.randrange(len(body))
    body[at] = 0 if body[at] else 1
    return Told(told.status, told.headers, bytes(body))


def fewer_rows(_random: Random, told: Told) -> Told:
    """A snapshot's page that lacks a row and is well formed (F19); any other answer is empty."""
    if told.status != 200 or "content-encoding" in told.headers:
        return empty(_random, told)
    try:
        page = msgspec.json.decode(told.body, type=SnapshotPage)
    except msgspec.ValidationError:
        return empty(_random, told)
    body = msgspec.json.encode(msgspec.structs.replace(page, rows=page.rows[1:]))
    headers = {**told.headers, "content-length": str(len(body))}
    return Told(200, headers, body) if page.rows else empty(_random, told)


KINDS = (html, bad_gateway, server_error, too_many, upgrade, truncated, empty, corrupt, fewer_rows)
