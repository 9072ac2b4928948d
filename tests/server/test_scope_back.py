"""A member who loses a department and gets it back before a machine of theirs reads on (P7, P13)."""

from __future__ import annotations

from desk_core.commands import TakeNext
from tests.support.server import DESK, Mirror, RunningServer, digests_of


def test_a_cursor_from_before_both_changes_leads_to_all_that_is_in_the_scope(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.log()
    anna.applied(TakeNext())
    mirror = Mirror()
    mirror.fold(row for page in anna.snapshot() for row in page.rows)
    before = digests_of(anna.digest())
    for departments in (("customer_service",), ("technical_support",)):
        server.desks.set_departments(DESK, "anna", departments)
    moved = anna.pull()
    mirror.purge(moved.scope_purge)
    mirror.fold(moved.changes)
    mirror.fold(row for page in anna.snapshot() for row in page.rows if row.scope in moved.scope_add)
    mirror.fold(anna.pull_all())
    assert mirror.digests() == digests_of(anna.digest())
    assert {d[:3] for d in mirror.digests()} == {d[:3] for d in before}, (
        "what was held by anna from outside is held from inside again"
    )
