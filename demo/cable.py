"""A network cable on this machine that can be pulled out: bytes between client and server, until somebody cuts."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class Cable:
    """Forwards one loopback port to another. After :meth:`cut` every connection is broken and none is made until :meth:`mend`."""

    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._whole = threading.Event()
        self._whole.set()
        self._ends: set[socket.socket] = set()
        self._guard = threading.Lock()
        threading.Thread(target=self._accept, name="cable", daemon=True).start()

    @property
    def port(self) -> int:
        """The near end."""
        return int(self._listener.getsockname()[1])

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        self._whole.clear()
        with self._guard:
            ends, self._ends = self._ends, set()
        for end in ends:
            _break(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole.set()

    def lead_to(self, target_port: int) -> None:
        """Break all connections; new ones go to another port."""
        self.cut()
        self._target = ("127.0.0.1", target_port)
        self.mend()

    def close(self) -> None:
        """Cut for good."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._whole.is_set():
                threading.Thread(target=self._join, args=(near,), daemon=True).start()
            else:
                _break(near)

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target)
        except OSError:
            _break(near)
            return
        with self._guard:
            self._ends |= {near, far}
        with contextlib.suppress(OSError, ValueError):
            _pump(near, far)
        with self._guard:
            self._ends -= {near, far}
        _break(near)
        _break(far)


def _pump(near: socket.socket, far: socket.socket) -> None:
    """Carry bytes both ways until one side ends."""
    other = {near: far, far: near}
    while True:
        for end in select.select([near, far], [], [])[0]:
            data = end.recv(65536)
            if not data:
                return
            other[end].sendall(data)


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
