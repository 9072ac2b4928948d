"""Two members share a machine: what one could not send waits sealed for that one, and the other neither waits for it nor sees it (P21)."""

from __future__ import annotations

import msgspec

from desk_core.tickets import Fault
from tests.journeys.office import PASSWORD, SECONDS, Office, offline
from tests.support.server import FAULT

HERS = msgspec.structs.replace(FAULT, description="Anna's own words")
HIS = msgspec.structs.replace(FAULT, description="Ben's own words")


def wrote(office: Office, fault: Fault) -> list[str]:
    """Who took the calls that became tickets about this."""
    tickets = {t.id for t in office.colleague().tickets() if t.fault.description == fault.description}
    return [call.member for call in office.colleague().calls() if call.ticket in tickets]


def test_neither_blocks_sends_or_sees_the_others_work_p21(office: Office) -> None:
    anna = office.seat("anna")
    client, server = anna.client, f"http://127.0.0.1:{anna.wire.port}"
    with offline(anna.wire):
        number = anna.log_call(HERS)
        assert client.session.sign_out().result(SECONDS).unsent >= 5
    client.session.sign_in(server, "ben", PASSWORD).result(SECONDS)
    done = client.status.sync(SECONDS).result(SECONDS + 10)
    assert (done.reached, done.unsent, done.attention) == (True, 0, 0)
    assert client.outbox.all() == ()
    assert client.lookup.find(number).tickets == ()
    anna.log_call(HIS)
    anna.sync()
    assert wrote(office, HIS) == ["ben"]
    assert wrote(office, HERS) == [], "it waits for its member"
    client.session.sign_out().result(SECONDS)
    client.session.sign_in(server, "anna", PASSWORD).result(SECONDS)
    for _ in range(3):
        if not client.status.sync(SECONDS).result(SECONDS + 10).unsent:
            break
    anna.sync()
    assert wrote(office, HERS) == ["anna"]
    assert number in {t.reference for t in office.colleague().tickets()}


def test_who_signs_in_next_does_not_wait_for_the_others_long_poll_p21(office: Office) -> None:
    """The poll of whoever worked here before is held for up to 25 seconds; nobody waits for its answer."""
    anna = office.seat("anna")
    client, server = anna.client, f"http://127.0.0.1:{anna.wire.port}"
    client.session.sign_out().result(SECONDS)
    client.session.sign_in(server, "ben", PASSWORD).result(SECONDS)
    assert client.status.sync(10).result(SECONDS).reached
    assert client.lookup.members(), "ben's own copy is here"
