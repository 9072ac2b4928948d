"""Asks the server for figures, beside the sync: nothing waits for the answer but who asked."""

from __future__ import annotations

from typing import Protocol, TypeVar

from desk_client.models.network import Forbidden, SignIn, Unreachable

_T = TypeVar("_T")


class Wire(Protocol):
    """What is needed of a transport."""

    def figures(self, server: str, token: str, path: str, asked: dict[str, str], reply: type[_T]) -> _T: ...


class Line(Protocol):
    """What is needed of the runner: who is signed in where."""

    @property
    def sign_in(self) -> SignIn | None: ...


class FigureLine:
    """Implements :class:`desk_client.models.network.FigureNetwork`."""

    def __init__(self, wire: Wire, line: Line, *, forbidden: bool = False) -> None:
        self._wire, self._line, self._forbidden = wire, line, forbidden

    def ask(self, path: str, asked: dict[str, str], reply: type[_T]) -> _T:
        """What the server says now."""
        sign_in = self._line.sign_in
        if self._forbidden:
            raise Forbidden("The network must not be used now (--offline).")
        if sign_in is None:
            raise Unreachable("Nobody is signed in.")
        return self._wire.figures(sign_in.server, sign_in.token, path, asked, reply)
