"""The least that can wake a thousand waiting clients: a bare application on uvicorn with a future for each. ``POST /fire`` answers when."""

import asyncio
import socket
import time
from typing import Any

import uvicorn

waiting: list[asyncio.Future[bytes]] = []
NEWS = b'{"news":"' + b"x" * 900 + b'"}'


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    await receive()
    if scope["path"] == "/fire":
        body = str(time.monotonic()).encode()
        for each in waiting:
            each.set_result(NEWS)
        waiting.clear()
    else:
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        waiting.append(future)
        body = await future
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]}
    )
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0), backlog=2_048)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(
        application, access_log=False, log_config=None, lifespan="off", server_header=False, timeout_keep_alive=600
    )
    uvicorn.Server(config).run(sockets=[listening])
