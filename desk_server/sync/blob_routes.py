"""The routes of attachments (``PUT``, ``GET /v1/blob/{sha256}``). What is given out is only ever something to save (R39, C32)."""

from __future__ import annotations

import re
from typing import Any

from litestar import Request, Response, get, put
from litestar.params import FromPath

from desk_core.files import is_digest
from desk_core.protocol import BlobReply
from desk_server.guard import as_reader
from desk_server.http import DeskResponse, Failure, failure
from desk_server.openapi import BINARY
from desk_server.sync.blobs import LARGEST_PART, BlobService, Damaged, Full, NotThere, OtherSize, Part
from desk_server.sync.service import NotFound

_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,12})-(\d{1,12})|\*)/(\d{1,12})")
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{1,12})?")
_BINARY = "application/octet-stream"
_RETRY_WHEN_FULL = 600.0
# The bytes come from outside: no program may take them for a page of ours.
_ONLY_TO_SAVE = {
    "Content-Disposition": "attachment",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Accept-Ranges": "bytes",
}


def _service(request: Request[Any, Any, Any]) -> BlobService:
    service: BlobService = request.app.state.blobs
    return service


def _nowhere() -> Failure:
    return failure(404, "no_such_file", "There is no such file for you.")


@put("/v1/blob/{sha256:str}", opt={BINARY: "request"})
async def put_blob(request: Request[Any, Any, Any], sha256: FromPath[str]) -> Response[BlobReply]:
    """A part of a file that this member has attached; ``Content-Range: bytes FIRST-LAST/SIZE`` says which, ``bytes */SIZE`` with an empty
    body asks how much is there. The answer says where the next part begins."""
    part = await _part(request)
    if not is_digest(sha256):
        raise _nowhere()
    try:
        return DeskResponse(await as_reader(request, lambda reader: _service(request).put(reader, sha256, part)))
    except NotFound:
        raise _nowhere() from None
    except OtherSize:
        raise failure(422, "other_size", "The file is not as long as the one that was attached.") from None
    except Damaged:
        text = "What arrived is not the file that was attached; it is sent again from its beginning."
        raise failure(422, "blob_damaged", text) from None
    except Full:
        text = "The server has no room left for attachments; tell an administrator. The file stays on this computer."
        raise failure(507, "store_full", text, retry_after=_RETRY_WHEN_FULL) from None


async def _part(request: Request[Any, Any, Any]) -> Part:
    """What the request brings. Raises :class:`Failure` where head and body do not belong together."""
    said = _CONTENT_RANGE.fullmatch(request.headers.get("content-range", ""))
    body = await request.body()
    if len(body) > LARGEST_PART:
        raise failure(413, "too_large", f"Send at most {LARGEST_PART} bytes at once.")
    first, last, size = (int(number or -1) for number in said.groups()) if said is not None else (-1, -1, -1)
    if size < 0 or (len(body) != last - first + 1 if first >= 0 else body):
        raise failure(400, "bad_range", "Content-Range must say which bytes of how many these are.")
    return Part(max(0, first), size, body)


@get("/v1/blob/{sha256:str}", opt={BINARY: "reply"})
async def get_blob(request: Request[Any, Any, Any], sha256: FromPath[str]) -> Response[bytes]:
    """A file that is attached to something that this member may read, or the part of it that ``Range: bytes=FIRST-LAST`` asks for; of a
    range 1 MiB at most is given."""
    asked = request.headers.get("range", "")
    wanted = _RANGE.fullmatch(asked)
    if asked and wanted is None:
        raise failure(400, "bad_range", "Range must be bytes=FIRST-LAST.")
    first = int(wanted[1]) if wanted else 0
    last = None if wanted is None else int(wanted[2]) if wanted[2] else first + LARGEST_PART - 1
    if not is_digest(sha256):
        raise _nowhere()
    try:
        part = await as_reader(request, lambda reader: _service(request).get(reader, sha256, first, last))
    except NotFound:
        raise _nowhere() from None
    except NotThere:
        text = "This file has not come yet: the computer on which it was added still has to send it."
        raise failure(409, "blob_not_there", text) from None
    if not part.body:
        raise failure(416, "bad_range", "The file ends before that.", size=str(part.size))
    headers = {**_ONLY_TO_SAVE, "ETag": f'"{sha256}"'}
    if wanted is not None:
        headers["Content-Range"] = f"bytes {part.at}-{part.at + len(part.body) - 1}/{part.size}"
    return Response(part.body, media_type=_BINARY, headers=headers, status_code=200 if wanted is None else 206)
