"""The customer success charter, black box: nobody works without an escalation path (A-05, A-58, A-59)."""

from __future__ import annotations

import pytest

from tests.acceptance.desk import Desk
from tests.support.server import PASSWORD

TEAM = ("--function", "customer_services", "--department", "customer_services")
NEW = ("member", "add", "eve", "--role", "agent", "--name", "Eve Late", *TEAM, "--password-stdin")


@pytest.mark.rule("A-05", "A-58", "A-59")
def test_nobody_loses_the_manager_to_whom_what_is_late_goes(akixi: Desk) -> None:
    for login, needs in (("cora", "Customer Services Manager"), ("dan", "Senior Customer Services Manager")):
        for words in (("member", "disable", login), ("member", "set", login, "--role", "agent")):
            assert needs in akixi.admin(*words, expect=1).sentence
    assert akixi["cora"].json("members"), "nothing was changed"


@pytest.mark.rule("A-05")
def test_a_staff_list_with_somebody_without_a_manager_is_refused_by_name(akixi: Desk) -> None:
    akixi.admin("desk", "add", "south", "--policy", akixi.policy)
    here = ("--desk", "south")
    refused = akixi.admin(*NEW, *here, stdin=PASSWORD, expect=1).sentence
    assert "Eve Late has no escalation path" in refused
    assert "first add or enable a Customer Services Manager for customer_services" in refused
    manager = ("member", "add", "carl", "--role", "customer_services_manager", *TEAM[2:], "--password-stdin", *here)
    assert "Senior Customer Services Manager" in akixi.admin(*manager, stdin=PASSWORD, expect=1).sentence
    senior = ("member", "add", "sue", "--role", "senior_customer_services_manager", "--password-stdin", *here)
    for words in (senior, manager, (*NEW, *here)):
        akixi.admin(*words, stdin=PASSWORD)
    assert "Eve Late" in akixi.admin("member", "list", *here).out


@pytest.mark.rule("A-05")
def test_a_policy_that_wants_paths_is_not_put_in_force_over_people_without_one(akixi: Desk) -> None:
    lax = akixi.folder / "lax.toml"
    strict = akixi.policy.read_text(encoding="utf-8")
    loose = strict.replace("escalation_paths = true", "escalation_paths = false")
    assert loose != strict
    lax.write_text(loose, encoding="utf-8")
    akixi.admin("desk", "add", "south", "--policy", lax)
    akixi.admin(*NEW, "--desk", "south", stdin=PASSWORD)
    again = akixi.folder / "again.toml"
    again.write_text(strict.replace('version = "1.1"', 'version = "1.2"'), encoding="utf-8")
    told = akixi.admin("member", "list", "--desk", "south").err
    assert "Nobody holds the role Customer Services Manager" in told
    assert "Eve Late has no escalation path" in told
    assert "Eve Late" in akixi.admin("policy", "set", again, "--desk", "south", expect=1).sentence
