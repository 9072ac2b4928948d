"""``POST /v1/enrol``, ``POST /v1/device``, ``POST /v1/lease`` and ``POST /v1/sign-out``."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post

from desk_core.protocol import DeviceRequest, EnrolReply, EnrolRequest, LeaseReply, LeaseRequest
from desk_server.accounts.service import AccountsService, Busy, LockedOut, TooManyDevices, WrongPassword
from desk_server.guard import ANONYMOUS, as_reader
from desk_server.http import DeskResponse, body_of, failure
from desk_server.openapi import BODY

RETRY_AFTER = 5.0
NEXT_DEVICE_AFTER = 3_600.0


@post("/v1/enrol", opt=ANONYMOUS | {BODY: EnrolRequest}, status_code=200)
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


@post("/v1/device", opt={BODY: DeviceRequest}, status_code=200)
async def device(request: Request[Any, Any, Any]) -> Response[EnrolReply]:
    """A new identity for a machine whose data was copied: it goes on as a device of its own, without a password."""
    accounts: AccountsService = request.app.state.accounts
    data = await body_of(request, DeviceRequest)
    try:
        return DeskResponse(await as_reader(request, lambda reader: accounts.new_device(reader, data)))
    except TooManyDevices:
        text = "This account has got many new devices today; it goes on by itself later, or after signing in again."
        raise failure(429, "too_many_devices", text, retry_after=NEXT_DEVICE_AFTER) from None


@post("/v1/lease", opt={BODY: LeaseRequest}, status_code=200)
async def lease(request: Request[Any, Any, Any]) -> Response[LeaseReply]:
    """Refill numbers and work."""
    accounts: AccountsService = request.app.state.accounts
    data = await body_of(request, LeaseRequest)
    return DeskResponse(await as_reader(request, lambda reader: accounts.lease(reader, data)))


@post("/v1/sign-out", status_code=200)
async def sign_out(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """End this device's session; its token opens nothing any more."""
    accounts: AccountsService = request.app.state.accounts
    await as_reader(request, accounts.sign_out)
    return DeskResponse({})
