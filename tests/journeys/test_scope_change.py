"""A member who is moved to another department while away: the old one's content goes with the first page, whatever comes after it (P20)."""

from __future__ import annotations

import pytest

from desk_client.models.network import Unreachable
from desk_client.sync.transport import OFFLINE, Transport
from desk_core.commands import AddNote
from desk_core.protocol import SnapshotPage
from tests.journeys.looking import whole_cache
from tests.journeys.office import Office, offline
from tests.journeys.test_scope import SECRET, SENTINELS, secret_ticket, told
from tests.support.server import DESK
from tests.waiting import until


def test_moved_while_away_purges_with_the_first_page_p20(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The network breaks before anything of the gained department comes; what was lost is gone all the same."""
    ticket, lost = secret_ticket(office)
    anna = office.seat("anna")
    profile = anna.client.profile.path
    assert told(whole_cache(profile, anna.keyring)) == list(SENTINELS)
    carla = office.server.client("carla")
    gained = carla.log(fault=SECRET, classification="Zebraclass", department="customer_service")
    with offline(anna.wire):
        begun = anna.client.calls.begin("040 1").result(20)
        anna.client.tickets.note(ticket, "unsent").result(20)
        office.server.client("ben").applied(AddNote(ticket=ticket, text="Zebranews"))
        office.server.desks.set_departments(DESK, "anna", ["customer_service"])
    asked: list[object] = []

    def break_off(*request: object) -> SnapshotPage:
        asked.append(request[4])
        anna.wire.cut()
        raise Unreachable(OFFLINE)

    with monkeypatch.context() as patched:
        patched.setattr(Transport, "snapshot", break_off)
        anna.client.status.sync(20)
        until(lambda: asked, "the first page of the gained department")
    assert asked[0] == ("customer_service",), "no more is fetched than what was gained"
    until(lambda: anna.client.status.state().connection == "offline", "the word offline")
    assert told(whole_cache(profile, anna.keyring)) == []
    who = anna.client.session.who()
    assert who is not None
    assert who.member.departments == ("customer_service",)
    assert anna.client.calls.get(begun.call) is not None, "what is unsent stays"
    assert anna.client.queue.page().rows == ()
    anna.wire.mend()
    done = anna.client.status.sync(20).result(30)
    assert done.reached
    shown = {row.id for row in anna.client.queue.page().rows}
    assert gained in shown
    assert ticket not in shown
    assert lost not in anna.queue()
