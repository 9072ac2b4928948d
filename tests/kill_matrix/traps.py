"""Where a process kills itself. A trap is laid around a function of the program from outside; the program knows nothing of it."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
import signal
import threading
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import psycopg

Moment = Literal["before", "half", "after"]
_HEADS = b"\r\n\r\n"


class Order(NamedTuple):
    """Die at the ``nth`` passing of a moment of ``target``, from when this order, which bears a ``number``, is known."""

    target: str
    moment: Moment
    nth: int = 1
    number: int = 0


NONE = Order("", "before")


class Orders:
    """The order that a file holds at this moment: for a process that lives longer."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> Order:
        try:
            return Order(*json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return NONE

    def give(self, order: Order) -> None:
        """This one from now on."""
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(order), encoding="utf-8")
        fresh.replace(self._path)

    def take_back(self) -> None:
        """None from now on."""
        self._path.unlink(missing_ok=True)


class Trap:
    """Counts the passings of one target and ends the process at the one that was ordered."""

    def __init__(self, target: str, ordered: Callable[[], Order]) -> None:
        self._target = target
        self._ordered = ordered
        self._number = -1
        self._passed = 0
        self._lock = threading.Lock()

    def due(self, moment: Moment) -> bool:
        """One more passing: whether it is the one."""
        order = self._ordered()
        if (order.target, order.moment) != (self._target, moment):
            return False
        with self._lock:
            if order.number != self._number:
                self._number, self._passed = order.number, 0
            self._passed += 1
            return self._passed == order.nth

    def at(self, moment: Moment) -> None:
        """One more passing; the process ends here when it is the one."""
        if self.due(moment):
            die()


class Laid(Protocol):
    """Lays a trap of a kind of its own."""

    def __call__(self, trap: Trap) -> None: ...


def die() -> None:
    """Nothing that runs at an orderly end may help."""
    os.kill(os.getpid(), signal.SIGKILL)


def lay_all(targets: Iterable[str], ordered: Callable[[], Order]) -> None:
    """Traps around all of these."""
    for target in targets:
        lay(target, ordered)


def lay(target: str, ordered: Callable[[], Order]) -> None:
    """A trap around ``module:Class.function``, or of the kind that :data:`KINDS` has under this name."""
    trap = Trap(target, ordered)
    if target in KINDS:
        KINDS[target](trap)
        return
    owner, name = _place(target)
    setattr(owner, name, _deadly(getattr(owner, name), trap))


def _place(target: str) -> tuple[Any, str]:
    module, _, path = target.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    return owner, name


def _deadly(work: Callable[..., Any], trap: Trap) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(work):

        @wraps(work)
        async def waiting(*arguments: Any, **more: Any) -> Any:
            trap.at("before")
            answer = await work(*arguments, **more)
            trap.at("after")
            return answer

        return waiting

    @wraps(work)
    def working(*arguments: Any, **more: Any) -> Any:
        trap.at("before")
        answer = work(*arguments, **more)
        trap.at("after")
        return answer

    return working


def _around(target: str, trap: Trap, counts: Callable[..., bool]) -> None:
    """A trap for the calls that count, by their arguments."""
    owner, name = _place(target)
    work = getattr(owner, name)
    deadly = _deadly(work, trap)

    @wraps(work)
    def working(*arguments: Any, **more: Any) -> Any:
        return (deadly if counts(*arguments) else work)(*arguments, **more)

    setattr(owner, name, working)


# --- the client's own kinds ---------------------------------------------------------------------------------------------------


def _request(path: bytes) -> Laid:
    """The body of a request on its way out; half of it is sent with what came before."""

    def laid(trap: Trap) -> None:
        owner, name = _place("desk_client.sync.trust:_Plain.send")
        send = getattr(owner, name)
        here = threading.local()

        def sending(self: Any, data: bytes) -> None:
            heads = data.endswith(_HEADS)
            if heads:
                here.counts = data.startswith(b"POST " + path)
            if heads or not here.counts:
                send(self, data)
                return
            trap.at("before")
            if trap.due("half"):
                send(self, data[: len(data) // 2])
                die()
            send(self, data)
            trap.at("after")

        setattr(owner, name, sending)

    return laid


def _answer(path: str) -> Laid:
    """The body of an answer on its way in; half of it is read."""

    def laid(trap: Trap) -> None:
        owner, name = _place("desk_client.sync.transport:_read")
        read = getattr(owner, name)

        def reading(answer: Any, until: float) -> bytes:
            if path not in answer.url:
                return bytes(read(answer, until))
            trap.at("before")
            if trap.due("half"):
                answer.raw.read1(16, decode_content=False)
                die()
            body = bytes(read(answer, until))
            trap.at("after")
            return body

        setattr(owner, name, reading)

    return laid


def _renamed(trap: Trap) -> None:
    """The new cache takes the old one's name."""
    _around("pathlib:Path.replace", trap, lambda file, *_: file.name == "cache-next.db")


# --- the server's own kinds ---------------------------------------------------------------------------------------------------


def _statement(trap: Trap) -> None:
    """Effects, change rows, numbers and receipts of a commit: PostgreSQL has carried them out, in a transaction that is open."""
    from desk_server.db.tables import WRITE_COMMIT  # noqa: PLC0415 - the client's processes need none of it

    execute = psycopg.Connection.execute

    def executing(self: Any, query: Any, *arguments: Any, **more: Any) -> Any:
        if query != WRITE_COMMIT:
            return execute(self, query, *arguments, **more)
        trap.at("before")
        cursor = execute(self, query, *arguments, **more)
        if trap.due("after"):
            with contextlib.suppress(psycopg.ProgrammingError):
                cursor.fetchone()  # inside a pipeline it may not have been sent yet
            die()
        return cursor

    psycopg.Connection.execute = executing  # type: ignore[method-assign]


def _commit(trap: Trap) -> None:
    """The end of a transaction of the executor."""
    _around("psycopg:Connection.commit", trap, lambda *_: threading.current_thread().name.startswith("executor"))


def _reply(path: str) -> Laid:
    """The answer to a request on its way out: nothing, half of its body, all of it."""

    def laid(trap: Trap) -> None:
        owner, name = _place("desk_server.http:Wire.__call__")
        carry = getattr(owner, name)

        async def carrying(self: Any, scope: Any, receive: Any, send: Any) -> None:
            if scope.get("path") != path:
                await carry(self, scope, receive, send)
                return

            async def sending(message: Any) -> None:
                if message["type"] == "http.response.start":
                    trap.at("before")
                    await send(message)
                    return
                body = message.get("body", b"")
                if trap.due("half"):
                    await send({**message, "body": body[: len(body) // 2], "more_body": True})
                    die()
                await send(message)
                trap.at("after")

            await carry(self, scope, receive, sending)

        setattr(owner, name, carrying)

    return laid


KINDS: dict[str, Laid] = {
    **{f"request {name}": _request(f"/v1/{name}".encode()) for name in ("push", "lease")},
    **{f"answer {name}": _answer(f"/v1/{name}") for name in ("push", "pull", "snapshot", "lease", "enrol")},
    "new name": _renamed,
    "statement": _statement,
    "commit": _commit,
    **{f"reply {name}": _reply(f"/v1/{name}") for name in ("push", "pull", "snapshot", "lease", "enrol")},
}
