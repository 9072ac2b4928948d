"""A profile that was copied: two machines go on as one device until the server notices (P5, P19)."""

from __future__ import annotations

import shutil

import msgspec
import pytest

from desk_client.bootstrap import Client
from desk_client.system.keys import KeyKeeper
from desk_core.tickets import Fault
from tests.journeys.office import SECONDS, Office, Seat, offline
from tests.support.desk_profile import MemoryKeyring
from tests.support.server import FAULT

STORIES = ("before the copy", "the first goes on", "the copy goes on", "the first again", "the copy again")


def story(text: str) -> Fault:
    return msgspec.structs.replace(FAULT, description=text)


def descriptions(client: Client) -> list[str]:
    """What the tickets in a client's queue are about."""
    found = [client.tickets.get(row.id) for row in client.queue.page(size=100).rows]
    return sorted(view.ticket.fault.description for view in found)  # type: ignore[union-attr]


def device(client: Client) -> str:
    """Which device a client is to the server."""
    return client.access.act(lambda store: store.outbox.identity("device_id")).result(SECONDS)


@pytest.mark.parametrize("token_in", ["keyring", "file"])
def test_a_copied_profile_goes_on_as_a_device_of_its_own_p19(
    office: Office, token_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody types a password: the copy is told, asks what is known, and goes on. Also after the program ended on the way."""
    if token_in == "file":
        monkeypatch.setattr(KeyKeeper, "keep_token", lambda *_: False)
    first = office.seat("anna")
    with offline(first.wire):
        first.log_call(story(STORIES[0]))
        first.client.close()
        shutil.copytree(office.folder / "anna", office.folder / "copy")
    ring = MemoryKeyring()
    ring._kept.update(first.keyring._kept)
    first.client = office.new_client("anna", first.keyring)
    copy = Seat("anna", office.new_client("copy", ring), first.wire, ring)
    try:
        first.client.session.resume().result(SECONDS)
        first.log_call(story(STORIES[1]))
        first.sync()
        with offline(first.wire):
            copy.client.session.resume().result(SECONDS)
            copy.log_call(story(STORIES[2]))
        copy.sync()
        first.log_call(story(STORIES[3]))
        first.sync()
        number = copy.log_call(story(STORIES[4]))
        copy.sync()
        first.sync()
        assert copy.client.outbox.counts() == (0, 0)
        tickets = office.colleague().tickets()
        assert sorted(t.fault.description for t in tickets) == sorted(STORIES), "each command was carried out once"
        assert len({t.reference for t in tickets}) == len(tickets)
        assert number in {t.reference for t in tickets}, "numbers of its own, that nobody else gives out"
        assert len(office.colleague().calls()) == len(STORIES)
        assert descriptions(first.client) == descriptions(copy.client) == sorted(STORIES)
        assert device(first.client) != device(copy.client)
        copy.client.close()
        copy.client = office.new_client("copy", ring)
        assert copy.client.session.resume().result(SECONDS)
        copy.sync()
        begun = copy.client.calls.begin("040 9").result(SECONDS)
        copy.sync()
        assert begun.reference in {call.reference for call in office.colleague().calls()}, "by its own token"
    finally:
        first.client.close()
        copy.client.close()
