"""The desk's figures for who supervises: from the server, and while it is away as they were told last (S10).

What was told is kept in the cache by what was asked, so that it goes when the cache goes; a list behind a number that was opened before
opens again without network.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from concurrent.futures import Future
from typing import Generic, Literal, TypeVar

import msgspec

from desk_client.models.access import Access
from desk_client.models.network import FigureNetwork
from desk_client.services.acting import spawn
from desk_client.services.errors import DeskError, Missing, Refused, Unreachable
from desk_core.facts import Part
from desk_core.reporting import BehindReply, Report, Trend
from desk_core.wording import refuse

_T = TypeVar("_T")
MOST_KEPT = 64
"""Answers that are kept; the one that was asked for longest ago goes first."""
_INDEX = "figures"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which report: its days, both inclusive, ``by`` what it is taken apart ("" not at all), ``live`` though it was signed off."""

    first: dt.date
    last: dt.date
    by: Part | Literal[""] = ""
    live: bool = False

    def params(self, **more: str) -> dict[str, str]:
        """As the server is asked."""
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        parts = {"by": self.by} if self.by else {}
        return {**days, **parts, **({"live": "true"} if self.live else {}), **more}


class Told(msgspec.Struct, Generic[_T], frozen=True):
    """An answer; ``kept`` says that the server is away and this is what it said last, and ``why`` it is away."""

    answer: _T
    kept: bool = False
    why: str = ""


class Figures:
    """Reports, lists and trends."""

    def __init__(self, access: Access, network: FigureNetwork) -> None:
        self._access = access
        self._network = network

    def report(self, asked: Asked) -> Future[Told[Report]]:
        """The figures of the period. Fails with :class:`Refused` for who does not supervise, and with :class:`Unreachable` when the server
        is away and nothing was kept."""
        return self._told("report", asked.params(), Report)

    def behind(
        self, asked: Asked, figure: str, result: str, part: str | None = None, offset: int = 0
    ) -> Future[Told[BehindReply]]:
        """The list behind a number, from ``offset`` on; of a ``part`` when the report is taken apart."""
        narrowed = {} if part is None else {"part": part}
        return self._told(
            "report/list", asked.params(figure=figure, result=result, offset=str(offset), **narrowed), BehindReply
        )

    def trend(self, asked: Asked, figure: str, step: Literal["day", "week", "month"]) -> Future[Told[Trend]]:
        """A figure over time."""
        days = Asked(first=asked.first, last=asked.last)
        return self._told("report/trend", days.params(figure=figure, step=step), Trend)

    def _told(self, path: str, asked: dict[str, str], kind: type[_T]) -> Future[Told[_T]]:
        return spawn(lambda: self._ask(path, asked, kind), "figures")

    def _ask(self, path: str, asked: dict[str, str], kind: type[_T]) -> Told[_T]:
        with self._access.read() as here:
            if not here.member.supervises:
                raise Refused.by(refuse("only_supervisor"))
        key = _key(path, asked)
        try:
            answer = self._network.ask(path, asked, kind)
        except Unreachable as away:
            kept = self._kept(key)
            if not kept:
                raise
            return Told(msgspec.json.decode(kept, type=kind), kept=True, why=away.text)
        except DeskError as error:
            raise Missing(error.text, code=error.code) if error.code == "not_found" else error from None
        self._keep(key, msgspec.json.encode(answer).decode())
        return Told(answer)

    def _kept(self, key: str) -> str:
        return self._access.act(lambda store: store.cache.fact(key)).result()

    def _keep(self, key: str, body: str) -> None:
        def keep() -> None:
            cache = self._access.store.cache
            known = [each for each in cache.fact(_INDEX).split() if each != key] + [key]
            gone = dict.fromkeys(known[:-MOST_KEPT], "")
            cache.note(**gone, **{key: body, _INDEX: " ".join(known[-MOST_KEPT:])})

        self._access.act(lambda _: keep()).result()


def _key(path: str, asked: dict[str, str]) -> str:
    said = "&".join(f"{name}={value}" for name, value in sorted(asked.items()))
    return f"figures/{hashlib.sha256(f'{path}?{said}'.encode()).hexdigest()[:32]}"
