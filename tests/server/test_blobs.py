"""Attachments at the server: parts, digests, scope, what a browser may do with them (sync.md, R01, R02, R39, R84, C19, C31, C32)."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

import httpx
import msgspec
import pytest

from desk_core.commands import AttachFile, Transfer
from desk_core.protocol import HEADER, BlobReply, Problem
from desk_server.sync import blobs
from desk_server.sync.blobs import check_blobs
from tests.support.server import DESK, Api, RunningServer

BYTES = random.Random(7).randbytes(300_000)
_SERIAL = iter(range(10_000))


@pytest.fixture(scope="module")
def anna(shared_server: RunningServer) -> Api:
    return shared_server.client("anna")


@pytest.fixture(scope="module")
def ben(shared_server: RunningServer) -> Api:
    return shared_server.client("ben")


@pytest.fixture(scope="module")
def carla(shared_server: RunningServer) -> Api:
    return shared_server.client("carla")


@pytest.fixture
def content() -> bytes:
    """Bytes that no other test has."""
    return f"{next(_SERIAL)}".encode() + BYTES


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def attach(api: Api, ticket: str, content: bytes, name: str = "photo.png") -> str:
    """The file belongs to the ticket; its bytes are not sent yet."""
    api.applied(AttachFile(ticket=ticket, sha256=digest(content), file_name=name, size=len(content)))
    return digest(content)


def put(api: Api, sha256: str, body: bytes, at: int, size: int) -> httpx.Response:
    said = f"bytes {at}-{at + len(body) - 1}/{size}" if body else f"bytes */{size}"
    return api.raw("PUT", f"/v1/blob/{sha256}", body, headers={"Content-Range": said})


def sent(reply: httpx.Response) -> tuple[int, bool]:
    told = msgspec.json.decode(reply.content, type=BlobReply)
    return told.received, told.complete


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, msgspec.json.decode(reply.content, type=Problem).code


def send(api: Api, content: bytes) -> None:
    size = len(content)
    for at in range(0, size, 200_000):
        assert put(api, digest(content), content[at : at + 200_000], at, size).status_code == 200


def get(api: Api, sha256: str, asked: str = "") -> httpx.Response:
    return api.http.get(f"/v1/blob/{sha256}", headers={"Range": asked} if asked else {})


def test_a_file_goes_up_in_parts_and_comes_down_in_ranges(anna: Api, ben: Api, content: bytes) -> None:
    sha256, size = attach(anna, anna.log(), content), len(content)
    assert sent(put(anna, sha256, b"", 0, size)) == (0, False)
    assert sent(put(anna, sha256, content[:200_000], 0, size)) == (200_000, False)
    assert code(get(ben, sha256)) == (409, "blob_not_there")
    assert sent(put(anna, sha256, content[200_000:], 200_000, size)) == (size, True)
    whole = get(ben, sha256)
    assert (whole.status_code, whole.content) == (200, content)
    part = get(ben, sha256, "bytes=199990-200009")
    assert (part.status_code, part.content) == (206, content[199_990:200_010]), "across the border of two parts"
    assert part.headers["content-range"] == f"bytes 199990-200009/{size}"
    assert get(ben, sha256, f"bytes={size - 3}-").content == content[-3:]
    assert code(get(ben, sha256, f"bytes={size}-")) == (416, "bad_range")


def test_c32_r39_a_file_is_only_ever_something_to_save(anna: Api, content: bytes) -> None:
    """Whatever its sender says it is, no browser takes it for a page of the server."""
    ticket = anna.log()
    asked = AttachFile(
        ticket=ticket, sha256=digest(content), file_name="x.html", size=len(content), media_type="text/html"
    )
    anna.applied(asked)
    send(anna, content)
    reply = anna.http.get(f"/v1/blob/{digest(content)}", headers={"Accept-Encoding": "zstd"})
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"] == "attachment"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers[HEADER] == "1"
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize("seed", range(4))
def test_a_cut_upload_goes_on_where_it_stood(anna: Api, content: bytes, seed: int) -> None:
    """Parts that are lost, doubled, too early or too late: what is there in the end is the file (P1 of files)."""
    chance = random.Random(seed)
    sha256, size, received = attach(anna, anna.log(), content), len(content), 0
    complete = False
    while not complete:
        at = chance.choice((received, received, max(0, received - 1_000), min(size - 1, received + 1_000), 0))
        body = content[at : at + chance.randint(20_000, 150_000)]
        reply = put(anna, sha256, body, at, size)
        if chance.random() < 0.3:
            reply = put(anna, sha256, b"", 0, size)  # the answer was lost: how much is there?
        received, complete = sent(reply)
    assert sent(put(anna, sha256, content[:10], 0, size)) == (size, True), "once it is there nothing changes it"
    assert get(anna, sha256).content == content


def test_what_is_not_what_its_digest_says_is_thrown_away(anna: Api, content: bytes) -> None:
    sha256, size = attach(anna, anna.log(), content), len(content)
    put(anna, sha256, content[:200_000], 0, size)
    other = bytes(size - 200_000)
    assert code(put(anna, sha256, other, 200_000, size)) == (422, "blob_damaged")
    assert sent(put(anna, sha256, b"", 0, size)) == (0, False)
    send(anna, content)
    assert get(anna, sha256).content == content


def test_only_what_was_attached_is_taken_and_only_from_who_did(anna: Api, ben: Api, content: bytes) -> None:
    """C19: nobody fills the server with files that belong to nothing; a file that is unknown or another's is answered the same (R02)."""
    size = len(content)
    unknown = put(anna, digest(content), content[:100], 0, size)
    sha256 = attach(anna, anna.log(), content)
    another = put(ben, sha256, content[:100], 0, size)
    assert code(unknown) == code(another) == (404, "no_such_file")
    assert unknown.content == another.content
    assert code(put(anna, sha256, content[:100], 0, size - 1)) == (422, "other_size")
    assert put(anna, "..%2f..%2fx", content[:100], 0, size).status_code == 404, "no such address (C31)"
    assert code(put(anna, sha256.upper(), content[:100], 0, size)) == (404, "no_such_file")


def test_r01_a_file_of_another_department_is_not_there(
    shared_server: RunningServer, anna: Api, ben: Api, carla: Api, content: bytes
) -> None:
    """R02: as if it did not exist; who knows the digest and attaches it to a ticket in the own scope has nothing by that, and row-level
    security says the same (R07). After a transfer it goes the way of the ticket."""
    ticket = anna.log()
    sha256 = attach(anna, ticket, content)
    send(anna, content)
    foreign = get(carla, sha256)
    assert foreign.content == get(carla, "ab" * 32).content
    assert code(foreign) == (404, "no_such_file")
    attach(carla, carla.log(department="customer_service"), content)
    assert code(get(carla, sha256)) == (409, "blob_not_there")
    database = shared_server.services.database
    for departments, seen in ((("technical_support",), 1), (("customer_service",), 0), ((), 0)):
        with database.reader(DESK, departments) as connection:
            for table in ("blob", "blob_part"):
                counted = f"SELECT count(DISTINCT sha256) FROM {table} WHERE sha256 = %s"
                assert connection.exec_driver_sql(counted, (sha256,)).scalar_one() == seen, (departments, table)
    shared_server.client("sam").applied(Transfer(ticket=ticket, department="customer_service", note="Theirs"))
    assert get(carla, sha256).content == content
    assert code(get(ben, sha256)) == (404, "no_such_file")


def test_what_was_attached_may_be_sent_after_the_ticket_went_elsewhere(
    shared_server: RunningServer, anna: Api, carla: Api, content: bytes
) -> None:
    """It was taken when it was given; sending it reads nothing."""
    ticket = anna.log()
    sha256 = attach(anna, ticket, content)
    shared_server.client("sam").applied(Transfer(ticket=ticket, department="customer_service", note="Theirs"))
    send(anna, content)
    assert code(get(anna, sha256)) == (404, "no_such_file")
    assert get(carla, sha256).content == content


@pytest.mark.parametrize(
    ("said", "body", "status"),
    [
        ("", b"x", 400),
        ("bytes 0-5/10", b"x", 400),
        ("bytes */10", b"x", 400),
        ("bytes 0-0/9999999999999999", b"x", 400),
        ("bytes 5-4/10", b"x", 400),
        ("bytes 0-1048576/2000000", bytes(1_048_577), 413),
    ],
)
def test_r84_a_part_says_what_it_is(anna: Api, said: str, body: bytes, status: int) -> None:
    reply = anna.raw("PUT", f"/v1/blob/{'ab' * 32}", body, headers={"Content-Range": said})
    assert reply.status_code == status
    assert anna.raw("GET", f"/v1/blob/{'ab' * 32}", headers={"Range": "bytes=0-1,3-4"}).status_code == 400, "no lists"


def test_a_store_that_is_full_says_so_and_takes_no_new_file(
    shared_server: RunningServer, anna: Api, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256, size = attach(anna, anna.log(), content), len(content)
    monkeypatch.setattr(shared_server.services.blobs, "_most_bytes", 0)
    reply = put(anna, sha256, content[:100], 0, size)
    assert code(reply) == (507, "store_full")
    assert "tell an administrator" in msgspec.json.decode(reply.content, type=Problem).text
    assert int(reply.headers["retry-after"]) > 60
    monkeypatch.undo()
    send(anna, content)
    assert get(anna, sha256).content == content


def test_f22_files_are_shed_before_anything_else(anna: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "LONGEST_LINE", 0)
    assert get(anna, "ab" * 32).status_code == 503
    assert anna.raw("GET", "/v1/digest").status_code == 200


def found(server: RunningServer, *, repair: bool = False) -> Iterator[tuple[str, bool]]:
    with server.services.database.executor(DESK) as connection:
        yield from ((each.code, each.repaired) for each in check_blobs(connection, DESK, repair=repair))


def test_the_doctor_finds_files_that_are_missing_damaged_or_of_nothing(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket, (one, two) = anna.log(), (b"one", b"two")
    attach(anna, ticket, one)
    assert list(found(server)) == [("blobs_missing", False)]
    send(anna, one)
    attach(anna, ticket, two)
    send(anna, two)
    assert list(found(server)) == []
    with server.services.database.executor(DESK) as connection:
        connection.exec_driver_sql("UPDATE blob_part SET body = 'six' WHERE sha256 = %s", (digest(one),))
        connection.exec_driver_sql("UPDATE event SET file = '' WHERE file = %s", (digest(two),))
    assert list(found(server)) == [("blobs_damaged", False), ("blobs_unused", False)]
    assert list(found(server, repair=True)) == [
        ("blobs_damaged", True),
        ("blobs_unused", True),
        ("blobs_missing", False),
    ]
    assert get(anna, digest(one)).status_code == 409
    send(anna, one)
    assert list(found(server)) == []
    assert get(anna, digest(one)).content == one
