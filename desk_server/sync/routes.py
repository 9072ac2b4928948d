"""The sync routes. A cursor travels as the query parameter ``cursor``, in the form of :func:`desk_core.protocol.cursor_to_text`."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery, QueryParameter

from desk_core.protocol import (
    MAX_BATCH,
    PAGE_ROWS,
    DigestReply,
    FindReply,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    ReceiptsRequest,
    SnapshotPage,
    cursor_from_text,
)
from desk_core.texts import is_id
from desk_server.guard import as_reader
from desk_server.http import DeskResponse, body_of, failure
from desk_server.openapi import BODY
from desk_server.sync.service import BadToken, Conflict, NotFound, Stale, SyncService

MOST_RECEIPTS = 5_000
_Seconds = Annotated[float, QueryParameter(ge=0, le=60)]
_Rows = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS)]


def _service(request: Request[Any, Any, Any]) -> SyncService:
    service: SyncService = request.app.state.sync
    return service


@post("/v1/push", opt={BODY: PushRequest}, status_code=200)
async def push(request: Request[Any, Any, Any]) -> Response[PushReply]:
    """Execute an ordered batch of this device's commands."""
    data = await body_of(request, PushRequest, mend=True)
    if len(data.commands) > MAX_BATCH:
        raise failure(413, "too_large", f"Send at most {MAX_BATCH} commands at once.")
    try:
        return DeskResponse(await as_reader(request, lambda reader: _service(request).push(reader, data)))
    except Conflict as conflict:
        text = "A command came with the id of another one; nothing of this batch was carried out."
        raise failure(422, "payload_conflict", text, id=conflict.command) from None


@get("/v1/pull")
async def pull(
    request: Request[Any, Any, Any], cursor: FromQuery[str] = "", wait: _Seconds = 0, rows: _Rows = PAGE_ROWS
) -> Response[PullReply]:
    """Whole commits after the cursor, about ``rows`` rows at most; with ``wait`` (seconds) held until there is something."""
    try:
        after = cursor_from_text(cursor)
    except ValueError:
        raise failure(400, "bad_cursor", "This cursor is none of ours; fetch a snapshot.") from None

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return DeskResponse(
        await as_reader(request, lambda reader: _service(request).pull(reader, after, wait, gone, rows))
    )


@get("/v1/snapshot")
async def snapshot(
    request: Request[Any, Any, Any],
    token: FromQuery[str] = "",
    scopes: FromQuery[str] = "",
    rows: _Rows = PAGE_ROWS,
) -> Response[SnapshotPage]:
    """A page of all that this member may see, at most ``rows`` rows; ``scopes`` (comma) narrows a new snapshot to added departments."""
    wanted = [scope for scope in scopes.split(",") if scope]
    try:
        return DeskResponse(
            await as_reader(request, lambda reader: _service(request).snapshot(reader, token, wanted, rows))
        )
    except BadToken:
        raise failure(400, "bad_token", "This token is none of ours; begin the snapshot anew.") from None
    except Stale:
        raise failure(409, "stale", "The server's history has changed; begin the snapshot anew.") from None
    except NotFound:
        raise failure(404, "not_found", "There is no such department for you.") from None


@post("/v1/receipts", opt={BODY: ReceiptsRequest}, status_code=200)
async def receipts(request: Request[Any, Any, Any]) -> Response[ReceiptsReply]:
    """Which of these commands are known, with their verdicts."""
    data = await body_of(request, ReceiptsRequest)
    if len(data.ids) > MOST_RECEIPTS:
        raise failure(413, "too_large", f"Ask for at most {MOST_RECEIPTS} commands at once.")
    if not all(map(is_id, data.ids)):
        raise failure(422, "bad_ids", "An id has from 1 to 64 letters, digits or signs without blanks.")
    return DeskResponse(await as_reader(request, lambda reader: _service(request).receipts(reader, data.ids)))


@get("/v1/digest")
async def digest(request: Request[Any, Any, Any]) -> Response[DigestReply]:
    """Count and hash of what this member's cache should hold, at the head."""
    return DeskResponse(await as_reader(request, _service(request).digest))


@get("/v1/find")
async def find(request: Request[Any, Any, Any], reference: FromQuery[str]) -> Response[FindReply]:
    """The stub of any ticket of the desk, by its number or a number that was spoken."""
    try:
        return DeskResponse(await as_reader(request, lambda reader: _service(request).find(reader, reference)))
    except NotFound:
        raise failure(404, "not_found", "No ticket of this desk has that number.") from None
