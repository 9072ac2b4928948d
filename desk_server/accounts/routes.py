"""``POST /v1/enrol`` and ``POST /v1/lease``, and the guard that lets nobody pass without a session (R06)."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from desk_core.protocol import EnrolReply, EnrolRequest, LeaseReply, LeaseRequest
from desk_server.accounts.service import AccountsService, Busy, LockedOut, Session, WrongPassword
from desk_server.http import DeskResponse, body_of, failure

ANONYMOUS = "anonymous"
"""The mark of a route that everybody may use; without it a session is needed."""
RETRY_AFTER = 5.0


async def signed_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Put the session into the request, or refuse it; default deny."""
    if handler.opt.get(ANONYMOUS):
        return
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    accounts: AccountsService = connection.app.state.accounts
    session = await accounts.session(token) if scheme.lower() == "bearer" and token else None
    if session is None:
        raise failure(401, "signed_out", "Sign in again; this session is over or was never begun.")
    connection.scope["user"] = session


def session_of(request: Request[Any, Any, Any]) -> Session:
    """The session of a request that passed the guard."""
    session: Session = request.scope["user"]
    return session


@post("/v1/enrol", opt={ANONYMOUS: True}, status_code=200)
async def enrol(request: Request[Any, Any, Any]) -> Response[EnrolReply]:
    """Sign in on a device: identity, token, numbers and policy."""
    accounts: AccountsService = request.app.state.accounts
    try:
        return DeskResponse(await accounts.enrol(await body_of(request, EnrolRequest)))
    except WrongPassword:
        raise failure(401, "wrong_password", "The name or the password is not right.") from None
    except LockedOut as locked:
        text = "Too many wrong passwords; wait a little before the next try."
        raise failure(429, "locked_out", text, retry_after=locked.seconds) from None
    except Busy:
        text = "Many people sign in at this moment; try again in a few seconds."
        raise failure(503, "busy", text, retry_after=RETRY_AFTER) from None


@post("/v1/lease", status_code=200)
async def lease(request: Request[Any, Any, Any]) -> Response[LeaseReply]:
    """Refill numbers and work."""
    accounts: AccountsService = request.app.state.accounts
    return DeskResponse(await accounts.lease(session_of(request).reader, await body_of(request, LeaseRequest)))
