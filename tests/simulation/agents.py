"""What the members do: one action at a time, through the client's own services, on what their own screens show."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from random import Random
from typing import Any

import msgspec

from desk_client.models.errors import DeskError, NotSaved
from desk_client.services.errors import Refused
from desk_core import commands as c
from desk_core.protocol import WireCommand
from desk_core.tickets import Fault
from tests.simulation.machine import Machine
from tests.support.server import FAULT, MEMBERS

DEPARTMENTS = ("technical_support", "customer_service")
LOGINS = tuple(member.login for member in MEMBERS)


class Agents:
    """Chooses and carries out actions; every text bears a token of its own, by which its effects are counted (P1)."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._tokens = 0
        self.token_of: dict[str, str] = {}
        self.actions: dict[Callable[[Machine], Future[Any] | None], int] = {
            self._begin: 12,
            self._log: 14,
            self._end: 6,
            self._create: 3,
            self._note: 14,
            self._reply: 6,
            self._take_next: 8,
            self._hand_over: 4,
            self._transfer: 5,
            self._close: 5,
            self._reopen: 2,
            self._give_back: 2,
            self._ask_customer: 3,
            self._call_back: 4,
            self._choose_way: 14,
            self._classify: 2,
            self._send_again: 2,
            self._discard: 1,
            self._poison: 1,
        }

    def work_alone(self, machine: Machine) -> str:
        """Something of what may be done without network on a ticket in hand (decision 009)."""
        return self.act(machine, {self._reply: 5, self._call_back: 1, self._note: 1, self._close: 2})

    def take(self, machine: Machine) -> str:
        """The head of the queue is asked for."""
        return self.act(machine, {self._take_next: 1})

    def act(self, machine: Machine, among: dict[Callable[[Machine], Future[Any] | None], int] | None = None) -> str:
        """One action at this machine; what it was, and how it ended. What the member is shown goes to the ledger."""
        actions = among or self.actions
        (action,) = self._random.choices(list(actions), list(actions.values()))
        name = action.__name__.lstrip("_")
        outbox = machine.store.outbox
        before, tokens = outbox.last(), self._tokens
        shown = ""
        try:
            future = action(machine)
            result = None if future is None else future.result()
            shown = getattr(result, "reference", "") if name in ("begin", "create") else ""
            said = "nothing" if future is None else "done"
        except Refused as refused:
            said = f"refused {refused.code}"
        except NotSaved as problem:
            assert outbox.last() == before, f"P25: {name} was said to be unsaved and is in the outbox"
            said = problem.code
        except DeskError as problem:
            said = problem.code
        stored = [kept.command.id for kept in outbox.commands(before)]
        if said == "done" and name not in ("discard",):
            assert stored, f"P25: {name} was said to be saved and is not in the outbox"
        assert said != "done" or name not in ("begin", "create") or shown, (
            f"H-09: {name} at {machine.name} has no number"
        )
        for command in stored:
            machine.ledger.commands.append(command)
            if shown:
                machine.ledger.numbers[command] = shown
            if self._tokens > tokens:
                self.token_of[command] = f"token-{self._tokens}."
            elif name == "send_again":  # the same text, as another command
                again = outbox.replacements().items()
                self.token_of |= {
                    new: self.token_of[old] for old, new in again if new == command and old in self.token_of
                }
        machine.runner.pump()
        return f"{name} {said} {' '.join(stored)}"

    def _text(self) -> str:
        self._tokens += 1
        return f"token-{self._tokens}."

    # --- choosing --------------------------------------------------------------------------------------------------------

    def _ticket(self, machine: Machine, *, mine: bool = False) -> str:
        rows = machine.queue.page(mine=mine, size=40).rows
        return self._random.choice(rows).id if rows else ""

    def _call(self, machine: Machine, *, logged: bool) -> str:
        calls = [row.call.id for row in machine.calls.open() if bool(row.call.ticket) == logged]
        return self._random.choice(calls) if calls else ""

    def _fault(self) -> Fault:
        return msgspec.structs.replace(FAULT, description=self._text())

    # --- actions ---------------------------------------------------------------------------------------------------------

    def _begin(self, machine: Machine) -> Future[Any]:
        return machine.calls.begin(FAULT.phone, office="hamburg")

    def _log(self, machine: Machine) -> Future[Any] | None:
        call = self._call(machine, logged=False)
        return machine.calls.log(call, self._fault(), classification="Printhead") if call else None

    def _end(self, machine: Machine) -> Future[Any] | None:
        call = self._call(machine, logged=True)
        return machine.calls.end(call, not_told=True) if call else None

    def _create(self, machine: Machine) -> Future[Any]:
        return machine.tickets.create("email", self._fault(), kind="fault", classification="Printhead")

    def _note(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine)
        return machine.tickets.note(ticket, self._text()) if ticket else None

    def _reply(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine, mine=True)
        return machine.tickets.reply(ticket, machine.tickets.whole_reply(self._text())) if ticket else None

    def _take_next(self, machine: Machine) -> Future[Any]:
        return machine.tickets.ask(c.TakeNext())

    def _hand_over(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine, mine=True)
        to = self._random.choice([login for login in LOGINS if login != machine.member])
        return machine.tickets.hand_over(ticket, to, self._text()) if ticket else None

    def _transfer(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine, mine=self._random.random() < 0.7)
        department = self._random.choice(DEPARTMENTS)
        return machine.tickets.transfer(ticket, department, self._text()) if ticket else None

    def _close(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine, mine=True)
        return machine.tickets.close(ticket, self._text()) if ticket else None

    def _reopen(self, machine: Machine) -> Future[Any] | None:
        with machine.access.read() as here:
            closed = here.reading.cache.run("SELECT id FROM ticket WHERE status = 'closed' ORDER BY id").fetchall()
        return machine.tickets.reopen(self._random.choice(closed)[0], self._text()) if closed else None

    def _give_back(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine, mine=True)
        return machine.tickets.give_back(ticket, self._text()) if ticket else None

    def _ask_customer(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine, mine=True)
        return machine.tickets.request_information(ticket, self._text()) if ticket else None

    def _call_back(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine)
        if not ticket:
            return None
        if self._random.random() < 0.5:
            return machine.tickets.offer_call_back(ticket)
        return machine.tickets.attempt_call_back(ticket, reached=self._random.random() < 0.5)

    def _choose_way(self, machine: Machine) -> Future[Any] | None:
        """Who calls with a fault is put through, or promised a call back (H-13)."""
        with machine.access.read() as here:
            found = [here.view.ticket(row.id) for row in machine.queue.page(size=40).rows]
        undecided = [ticket.id for ticket in found if ticket is not None and ticket.undecided]
        if not undecided:
            return None
        ticket = self._random.choice(undecided)
        if self._random.random() < 0.7:
            return machine.tickets.offer_call_back(ticket)
        return machine.tickets.put_through(ticket, self._random.choice(LOGINS))

    def _classify(self, machine: Machine) -> Future[Any] | None:
        ticket = self._ticket(machine)
        return machine.tickets.classify(ticket, "", "Printhead") if ticket else None

    def _send_again(self, machine: Machine) -> Future[Any] | None:
        refused = machine.outbox.needs_attention()
        known = [unsent.id for unsent in refused if unsent.name != "poison"]
        return machine.outbox.send_again(self._random.choice(known)) if known else None

    def _discard(self, machine: Machine) -> Future[Any] | None:
        refused = machine.outbox.needs_attention()
        return machine.outbox.discard(self._random.choice(refused).id) if refused else None

    def _poison(self, machine: Machine) -> Future[Any]:
        """A command that nobody can read, as a mistake in an older version might have left it (P15)."""
        name, args = self._random.choice((("poison", b"{}"), ("add_note", b'{"ticket":7}'), ("log_call", b"[]")))
        store = machine.store
        command = WireCommand(
            id=machine.new_id(),
            name=name,
            version=1,
            args=msgspec.Raw(args),
            actor=machine.member,
            issued_wall=store.clock.now(),
        )

        def work() -> None:
            store.pending.append(store.outbox.append(command, ""))
            machine.runner.wake()

        return machine.access.storage.submit(work)
