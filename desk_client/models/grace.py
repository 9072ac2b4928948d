"""The ten seconds in which what was given can be taken back: it stands in the outbox and has no seq yet (26, docs/decisions/012)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desk_client.models.outbox import Outbox
from desk_core import commands as c
from desk_core.commands_base import Ask

SECONDS = 10.0
"""By this machine's monotonic clock."""

OFFERED: tuple[type[Ask], ...] = (
    c.Reply,
    c.RequestInformation,
    c.WaitForCustomer,
    c.AttemptCallBack,
    c.Resolve,
    c.Close,
    c.Reopen,
    c.HandOver,
    c.Transfer,
    c.GiveBack,
)
_KEEPS_PLACE = (c.Reply, c.RequestInformation, c.WaitForCustomer, c.AttemptCallBack)


def subjects(ask: Ask) -> list[str]:
    """The ticket, the call and the line of a register that an ask is about: what causes what."""
    return [str(v) for name in ("ticket", "call", "entry") if (v := getattr(ask, name, ""))]


class Grace:
    """What is held back, by the id of its command. The outbox knows of it too, so that a start after a crash can say what was sent.

    Changed on the storage thread; :meth:`held` may be asked on any.
    """

    def __init__(self, outbox: Outbox, mono: Callable[[], float]) -> None:
        self._outbox, self._mono = outbox, mono
        self._until: dict[str, tuple[float, Ask]] = {}

    def held(self) -> dict[str, float]:
        """The seconds that are left, by command; what has none left is held no more."""
        now = self._mono()
        return {command: until - now for command, (until, _) in self._until.items() if until > now}

    def keep(self, command: str, ask: Ask, *, held: bool) -> None:
        """Inside the commit that stores a command: it is going to be held, or what it builds on goes first."""
        if held:
            self._outbox.note_grace(command)
        elif ended := self.ended_by(ask):
            self._outbox.end_grace(ended)

    def kept(self, command: str, ask: Ask, *, held: bool) -> None:
        """That commit is on the disk."""
        if held:
            self._until = {**self._until, command: (self._mono() + SECONDS, ask)}
        else:
            self._drop(self.ended_by(ask))

    def end(self, commands: Iterable[str]) -> None:
        """These are held no more: they go, or were taken back."""
        if ended := set(commands) & self._until.keys():
            self._outbox.end_grace(ended)
            self._drop(ended)

    def end_all(self) -> None:
        """Whoever leaves has said everything: it goes as soon as it can."""
        self.end(self._until)

    def _drop(self, commands: Iterable[str]) -> None:
        gone = set(commands)
        self._until = {command: kept for command, kept in self._until.items() if command not in gone}

    def ended_by(self, ask: Ask) -> set[str]:
        """What is sent at once because ``ask`` was given, which is not held. A fact waits behind what is held. Anything else is asked of
        the server now, and what it builds on goes before it: what was given for the same ticket, and for *Take next* all that decides
        which ticket is the next one."""
        if ask.captures:
            return set()
        about = set(subjects(ask))
        if isinstance(ask, c.TakeNext):
            about.update(
                s for _, held in self._until.values() if not isinstance(held, _KEEPS_PLACE) for s in subjects(held)
            )
        return {command for command, (_, held) in self._until.items() if about.intersection(subjects(held))}
