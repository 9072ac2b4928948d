"""A customer who has to call again about the same ticket: A-06."""

from __future__ import annotations

import pytest

from tests.acceptance.desk import Desk


@pytest.mark.rule("A-06")
def test_a_second_call_on_the_same_reference_is_counted_and_the_waiting_shown(akixi: Desk) -> None:
    anna = akixi["anna"]
    ticket = anna.hears(kind="request", email="kim@customer.example")
    received = akixi.clock.now()
    reference = akixi.ref(ticket)
    akixi.later(minutes=20)
    shown = anna.json("show", reference)
    assert shown["called_again"] == 0
    assert akixi.ticket(ticket).waiting_since == received
    again = anna.json("call-begin", "--phone", "020 7946 0001")["reference"]
    anna.run("call-end", again, "--about", reference)
    anna.run("sync")
    assert anna.json("show", reference)["called_again"] == 1
    assert "noted that the customer had to call again" in anna.run("show", reference)
