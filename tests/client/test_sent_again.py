"""A refused command is given again, and what waited for it goes on (P14, P15)."""

from __future__ import annotations

import msgspec

from desk_client.bootstrap import Client
from tests.client.conftest import Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.client.test_working import both


def test_what_waits_for_a_refused_command_is_not_waited_for_by_its_second_try_p14_p15(
    ada: Client, open_client: Open, server: MemoryServer
) -> None:
    """What is given instead of it goes first, then what was held; they never wait for each other."""
    spec = sign_in(open_client("spec"), "spec")
    _, ticket = log(ada)
    both(ada, spec)
    spec.tickets.take_next().result(20)
    server.offline = True
    spec.tickets.resolve(ticket, "Cleaned").result(5)
    spec.tickets.reopen(ticket, "Not yet").result(5)
    mine = server.tickets[ticket]
    server.tickets[ticket] = msgspec.structs.replace(mine, holder="ada")
    server.publish()
    server.offline = False
    both(spec)
    server.tickets[ticket] = mine
    server.publish()
    both(spec)
    (refused,) = spec.outbox.needs_attention()
    assert [u.state for u in spec.outbox.pending()] == ["held"]
    spec.outbox.send_again(refused.id).result(5)
    both(spec)
    assert spec.outbox.all() == ()
    assert [e.kind for e in server.events if e.ticket == ticket][-2:] == ["ticket.resolved", "ticket.reopened"]
