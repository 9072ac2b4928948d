"""Who asks? Nobody passes without a session but on the few routes that say so (R06), and nobody acts on rights that are over (R04, R10)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from litestar import Request

from desk_server.accounts.service import AccountsService, Session
from desk_server.http import failure
from desk_server.rates import Rates
from desk_server.sync.service import Reader, StaleReader

T = TypeVar("T")

ANONYMOUS = {"anonymous": True}
"""The mark of a route that everybody may use."""


async def signed_in(request: Request[Any, Any, Any]) -> None:
    """Before every request: put the session into it, or refuse it; default deny.

    It runs as the application's ``before_request``: the framework copies the whole route for every call of a guard.
    """
    if request.route_handler.opt.get("anonymous"):
        return
    session = await _session(request, anew=False)
    rates: Rates = request.app.state.rates
    wait = rates.wait(session.reader.device)
    if wait:
        raise failure(
            429, "too_often", "This program asks too often; it goes on by itself in a moment.", retry_after=wait
        )
    request.scope["user"] = session


async def as_reader(request: Request[Any, Any, Any], work: Callable[[Reader], Awaitable[T]]) -> T:
    """Do ``work`` as who passed the guard; when rights have changed since that was looked up, once more as who it is now."""
    session: Session = request.scope["user"]
    try:
        return await work(session.reader)
    except StaleReader:
        session = await _session(request, anew=True)
        return await work(session.reader)


async def _session(request: Request[Any, Any, Any], *, anew: bool) -> Session:
    accounts: AccountsService = request.app.state.accounts
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = await accounts.session(token, anew=anew) if scheme.lower() == "bearer" and token else None
    if session is None:
        raise failure(401, "signed_out", "Sign in again; this session is over or was never begun.")
    return session
