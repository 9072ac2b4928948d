"""Running the application: one process, one event loop, and a stop that lets held requests go first."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import uvicorn

from desk_server.app import Application

BACKLOG = 2_048
STOP_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
"""Longer than a client is silent in normal work: a connection that is closed under a request costs it a try."""
SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter: with the usual 5 ms the executor waits for the event loop at every answer of the database."""


class Server(uvicorn.Server):
    """uvicorn, but whoever waits in a long poll is answered before it stops; else it would wait for them."""

    def __init__(self, application: Application, ready: Callable[[str], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # an identity or address in a header is nobody's word (R16)
                date_header=False,
                lifespan="on",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self._application = application
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell where we listen."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self._ready(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let held requests go, then stop."""
        self._application.release()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on; port 0 takes any that is free. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def serve(application: Application, listening: socket.socket, ready: Callable[[str], None]) -> bool:
    """Serve until SIGINT or SIGTERM; ``ready`` gets the address once requests are answered. False when it could not start."""
    sys.setswitchinterval(SWITCH_SECONDS)
    server = Server(application, ready)
    server.run(sockets=[listening])
    return server.started
