"""A program that is too old for its server keeps what it has and goes on capturing; after the update everything is sent (F16, P5)."""

from __future__ import annotations

import pytest

from desk_core.protocol import PROTOCOL
from desk_server import http
from tests.journeys.office import SECONDS, Office
from tests.journeys.test_restored import story


def test_f16_a_program_that_is_too_old_goes_on_capturing_and_sends_it_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = office.seat("anna")
    monkeypatch.setattr(http, "OLDEST_CLIENT", PROTOCOL + 1)
    reference = anna.log_call(story("while too old"))
    done = anna.client.status.sync(SECONDS).result(SECONDS + 10)
    assert (done.reached, done.code) == (False, "upgrade")
    assert "update" in done.problem
    pending, attention = anna.client.outbox.counts()
    assert (pending > 0, attention) == (True, 0)
    assert reference in anna.queue()
    monkeypatch.setattr(http, "OLDEST_CLIENT", PROTOCOL)
    anna.sync()
    assert [ticket.reference for ticket in office.colleague().tickets()] == [reference]
