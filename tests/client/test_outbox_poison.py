"""A command that nobody can read, as a mistake in an older version might have left it in the outbox (P15)."""

from __future__ import annotations

import msgspec
import pytest

from desk_client.bootstrap import Client
from desk_client.models.store import Store
from desk_core.protocol import WireCommand
from tests.client.double import MemoryServer


@pytest.mark.parametrize("args", [b'{"ticket":7}', b"[]"])
def test_a_command_that_cannot_be_read_hides_no_other(ada: Client, server: MemoryServer, args: bytes) -> None:
    server.offline = True
    begun = ada.calls.begin("040 1234567").result(20)

    def leave(store: Store) -> None:
        command = WireCommand(
            id="poison", name="add_note", version=1, args=msgspec.Raw(args), actor="ada", issued_wall=store.clock.now()
        )
        store.pending.append(store.outbox.append(command, ""))

    ada.access.act(leave).result(20)
    first, second = ada.outbox.all()
    assert first.reference == begun.reference
    assert (second.id, second.ticket) == ("poison", "")
