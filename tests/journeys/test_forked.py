"""A profile that was copied: two machines go on as one device until the server notices (P5, P19)."""

from __future__ import annotations

import shutil

import msgspec

from desk_client.bootstrap import Client
from desk_core.tickets import Fault
from tests.journeys.office import PASSWORD, SECONDS, Office, Seat, offline
from tests.support.desk_profile import MemoryKeyring
from tests.support.server import FAULT

STORIES = ("before the copy", "the first goes on", "the copy goes on", "the first again", "the copy again")


def story(text: str) -> Fault:
    return msgspec.structs.replace(FAULT, description=text)


def descriptions(client: Client) -> list[str]:
    """What the tickets in a client's queue are about."""
    found = [client.tickets.get(row.id) for row in client.queue.page(size=100).rows]
    return sorted(view.ticket.fault.description for view in found)  # type: ignore[union-attr]


def test_a_copied_profile_goes_on_as_a_device_of_its_own_p19(office: Office) -> None:
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
        copy.client.session.resume().result(SECONDS)
        copy.log_call(story(STORIES[2]))
        told = copy.client.status.sync(SECONDS).result(SECONDS + 10)
        assert (told.reached, told.code) == (False, "forked"), "it is told, and nothing of its own is lost"
        assert told.unsent >= 5
        first.log_call(story(STORIES[3]))
        first.sync()
        server = f"http://127.0.0.1:{first.wire.port}"
        copy.client.session.sign_in(server, "anna", PASSWORD).result(SECONDS)
        copy.sync()
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
    finally:
        first.client.close()
        copy.client.close()
