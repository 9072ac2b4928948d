"""A server in the test's own process that stops as soon as it is asked to, and not when it looks next whether it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from desk_server.app import Application
from desk_server.serving import Server


class _Brisk:
    """asyncio as uvicorn sees it when it stops: it pauses for a moment, where it would for a tenth of a second whatever there is to do."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        """A twentieth of what was asked for."""
        await asyncio.sleep(seconds / 20)


pytest.MonkeyPatch().setattr("uvicorn.server.asyncio", _Brisk())


class PromptServer(Server):
    """The server, which stops as soon as it is asked to, and not when it looks next whether it was."""

    def __init__(self, application: Application, ready: Callable[[str], None]) -> None:
        super().__init__(application, ready)
        self._wake: Callable[[], object] = lambda: None

    def end(self) -> None:
        """Ask it to stop."""
        self.should_exit = True
        with suppress(RuntimeError):  # it has stopped already
            self._wake()

    async def main_loop(self) -> None:
        """Wait until somebody asks."""
        asked, loop = asyncio.Event(), asyncio.get_running_loop()
        self._wake = lambda: loop.call_soon_threadsafe(asked.set)
        await self.on_tick(0)
        if not self.should_exit:
            await asked.wait()
