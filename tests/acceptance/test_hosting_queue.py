"""The customer support policy, black box: triage, departments, queue, approval (V-01 to V-15, V-21 to V-24, V-29 to V-37)."""

from __future__ import annotations

from typing import Any

import pytest

from desk_core import commands_of_service as s
from tests.acceptance.desk import Desk


def issue(desk: Desk, category: str = "hosting_domain", *, customer: str = "Klein & Co", **fields: Any) -> str:
    """An issue that CS took in and sent to the department of its category; its id."""
    ticket = desk["cleo"].opens(kind="fault", customer=desk.customers[customer], **fields)
    desk["cleo"].does(s.Triage(ticket=ticket, category=category))
    return ticket


@pytest.mark.rule("V-23")
def test_only_the_head_of_the_queue_can_be_taken_and_two_agents_get_two_issues(hosting: Desk) -> None:
    first = issue(hosting)
    hosting.later(minutes=1)
    second = issue(hosting, customer="Moser")
    assert hosting["tam"].may_not(s.Take(ticket=second)).code == "not_free"
    assert hosting["tam"].json("take-next")["ticket"] == first
    assert hosting["tuan"].json("take-next")["ticket"] == second
