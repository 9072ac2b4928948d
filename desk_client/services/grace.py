"""Given, and for ten seconds still to be taken back: replies, call backs, handing over, solving and closing (26)."""

from __future__ import annotations

from concurrent.futures import Future

import msgspec

from desk_client.models.access import Access
from desk_client.models.grace import OFFERED
from desk_client.models.network import Network
from desk_client.models.store import Store
from desk_client.services.acting import Acting, saved
from desk_client.services.errors import DeskError
from desk_client.services.records import Saved
from desk_core.commands import Ask


class Graces:
    """What the window gives goes through :meth:`give`; the terminal's commands are sent at once."""

    def __init__(self, access: Access, network: Network) -> None:
        self._access = access
        self._network = network
        self._acting = Acting(access, network)

    def give(self, ask: Ask) -> Future[Saved]:
        """Carry out one command; ``held`` in the answer says that it can be taken back for a while. Fails as any other does."""
        held = isinstance(ask, OFFERED)

        def work() -> Saved:
            done = saved(ask, self._acting.at_once(ask, grace=held))
            return msgspec.structs.replace(done, held=held)

        return self._acting.submit(work)

    def held(self) -> dict[str, float]:
        """The seconds that are left, by command; nothing when nobody is signed in."""
        return self._access.store.grace.held() if self._access.signed_in else {}

    def take_back(self, command: str) -> Future[None]:
        """It was never given, nor what was given after it and can be taken back too, because that builds on it. Facts that were noted
        meanwhile stay. Fails when it is on its way already."""

        def work(store: Store) -> None:
            held = store.grace.held()
            after = [k.command.id for k in store.pending if command in k.command.causes and k.command.id in held]
            for each in (*reversed(after), command):
                if not store.withdraw(each):
                    raise DeskError(
                        "It is on its way already; what it did has to be undone by another step.", code="sent_already"
                    )
            self._network.wake()

        return self._acting.submit(lambda: work(self._access.store))

    def end(self) -> Future[None]:
        """Whoever leaves has said everything: what is held goes now."""

        def work(store: Store) -> None:
            store.grace.end_all()
            self._network.wake()

        return self._access.act(work)

    def ended(self) -> None:
        """Something can be taken back no more: let the network look."""
        self._network.wake()

    def left_over(self) -> Future[tuple[tuple[str, str], ...]]:
        """What could still be taken back when the program ended without warning: names of commands, with the reference of their ticket. It
        counts as given and is sent; this is told once."""

        def work(store: Store) -> tuple[tuple[str, str], ...]:
            held = store.grace.held()
            found = [kept for kept in store.outbox.graces() if kept.command.id not in held]
            if not found:
                return ()
            with self._access.read() as here:
                tickets = [here.view.ticket(kept.subject) for kept in found]
            store.outbox.end_grace(kept.command.id for kept in found)
            names = (kept.command.name for kept in found)
            return tuple(
                (name, ticket.reference if ticket else "") for name, ticket in zip(names, tickets, strict=True)
            )

        return self._access.act(work)
