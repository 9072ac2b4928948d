"""What was asked for on this machine and is not applied: pending, or refused and in need of attention (P5)."""

from __future__ import annotations

from concurrent.futures import Future

import msgspec

from desk_client.models import queries, waiting
from desk_client.models.access import Access
from desk_client.models.changes import OUTBOX
from desk_client.models.network import Network
from desk_client.models.store import Store
from desk_client.services.acting import Acting, saved
from desk_client.services.errors import DeskError, Missing
from desk_client.services.records import Saved, Unsent
from desk_core.commands import ASKS, Ask
from desk_core.protocol import UnknownCommand, ask_from


class _About(msgspec.Struct, frozen=True):
    ticket: str = ""


_ABOUT = msgspec.json.Decoder(_About)


class Outbox:
    """Nothing in it ever vanishes: it is applied, visibly refused, or still there."""

    def __init__(self, access: Access, network: Network) -> None:
        self._access = access
        self._network = network
        self._acting = Acting(access, network)

    def all(self) -> tuple[Unsent, ...]:
        """Everything that is not applied; what needs attention comes first."""
        with self._access.read() as here:
            items = waiting.items(here.reading)
            about = {s for i in items for s in i.subject.split()}
            numbers = {r.ticket.id: r.ticket.reference for r in queries.tickets(here.reading.cache, sorted(about))}
            for call_id in about - numbers.keys():
                call = here.view.call(call_id)
                if call is not None:
                    numbers[call_id] = call.reference
        return tuple(_unsent(i, numbers) for i in items)

    def pending(self) -> tuple[Unsent, ...]:
        """What the server has not judged yet."""
        return tuple(u for u in self.all() if u.state != "refused")

    def needs_attention(self) -> tuple[Unsent, ...]:
        """What the server refused and nobody has dealt with."""
        return tuple(u for u in self.all() if u.state == "refused")

    def counts(self) -> tuple[int, int]:
        """How many commands are pending, and how many need attention."""
        with self._access.read() as here:
            return waiting.counts(here.reading)

    def discard(self, command: str) -> Future[None]:
        """Give up a refused command; it stays in the journal."""

        def work(store: Store) -> None:
            self._refused(command)
            store.outbox.put_away(command, "discarded", store.clock.now())
            store.listeners.tell(OUTBOX)
            self._network.wake()

        return self._access.act(work)

    def send_again(self, command: str, edited: Ask | None = None) -> Future[Saved]:
        """Give a refused command again, as it was or ``edited``; what waited for it waits for the new one."""

        def work() -> Saved:
            self._refused(command)
            kept = self._access.store.outbox.command(command)
            if kept is None:
                raise _no_such(command)
            try:
                again = edited or ask_from(kept.command.name, kept.command.version, kept.command.args)
            except (UnknownCommand, msgspec.ValidationError) as error:
                raise DeskError(
                    "This cannot be sent again by this version of the program; update it.", code="unknown_command"
                ) from error
            return saved(again, self._acting.at_once(again, kept.command.stated_at, instead_of=command))

        return self._acting.submit(work)

    def editable(self, command: Unsent) -> Ask:
        """The arguments of a refused command, to edit."""
        return msgspec.json.decode(command.args, type=ASKS[command.name])

    def _refused(self, command: str) -> None:
        if command not in {u.id for u in self.needs_attention()}:
            raise _no_such(command)


def _no_such(command: str) -> Missing:
    return Missing(f"Nothing that needs attention has the id {command}.", code="not_found")


def _ticket(args: bytes | msgspec.Raw) -> str:
    """The ticket that a command names, "" when it names none, or when nobody can read it: one such command hides no other (P15)."""
    try:
        return _ABOUT.decode(args).ticket
    except msgspec.MsgspecError:
        return ""


def _unsent(item: waiting.Item, numbers: dict[str, str]) -> Unsent:
    subjects = item.subject.split()
    verdict = item.verdict
    return Unsent(
        id=item.command.id,
        name=item.command.name,
        state=item.state,
        issued_at=item.command.issued_wall,
        ticket=_ticket(item.command.args),
        reference=next((numbers[s] for s in subjects if s in numbers), ""),
        code=verdict.code if verdict else "",
        text=verdict.text if verdict else "",
        fields=verdict.fields if verdict else (),
        params=dict(verdict.params) if verdict else {},
        args=bytes(item.command.args).decode(),
    )
