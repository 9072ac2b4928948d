"""Is the process alive, and can it answer? Two questions, for whoever restarts and whoever routes (R81)."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from litestar import Request, Response, get

from desk_server.db.engine import Database
from desk_server.guard import ANONYMOUS
from desk_server.http import DeskResponse


class Health(msgspec.Struct, frozen=True):
    """The answer when all is well; anything else is a Problem."""

    status: str = "ok"


@get("/v1/health/live", opt=ANONYMOUS)
async def live() -> Response[Health]:
    """The process answers."""
    return DeskResponse(Health())


@get("/v1/health/ready", opt=ANONYMOUS)
async def ready(request: Request[Any, Any, Any]) -> Response[Health]:
    """The database answers too; 503 while it does not."""
    database: Database = request.app.state.database

    def ask() -> None:
        with database.reader("", ()) as connection:
            connection.exec_driver_sql("SELECT 1")

    await asyncio.to_thread(ask)
    return DeskResponse(Health())
