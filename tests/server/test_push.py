"""Commands through the real push: receipts, seqs, verdicts."""

from __future__ import annotations

from desk_core.commands import TakeNext
from tests.support.server import RunningServer


def test_a_logged_call_is_taken_next_and_pulled(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    (verdict,) = anna.applied(TakeNext())
    assert verdict.result["ticket"] == ticket
    changes = anna.pull_all()
    assert ticket in {change.pk for change in changes if change.table == "ticket"}
