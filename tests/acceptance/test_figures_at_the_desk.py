"""A supervisor's figures at the desk, black box: fresh, as they were told last without network, and for nobody else (S10; D61, A-09)."""

from __future__ import annotations

import pytest

from desk_core.references import grouped
from tests.acceptance.akixi_work import mailed
from tests.acceptance.desk import Desk

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.mark.rule("A-09", "A-33")
def test_a_supervisor_reads_figures_and_what_is_behind_them_also_without_network(akixi: Desk) -> None:
    ticket = mailed(akixi)
    cora = akixi["cora"]
    told = cora.run("figures", *MARCH)
    assert "A1 E-mails answered in one working day: 0 met, 0 missed, 1 running, 0 not measurable" in told.splitlines()
    assert grouped(akixi.ref(ticket)) in cora.run("figures", *MARCH, "--list", "A1:running")
    mailed(akixi)
    assert cora.json("figures", *MARCH, "--offline")["kept"] is True
    away = cora.run("figures", *MARCH, "--offline")
    assert "as they were told last" in away.splitlines()[0]
    assert "1 running" in away, "of the second mail this machine was not told yet"
    assert grouped(akixi.ref(ticket)) in cora.run("figures", *MARCH, "--list", "A1:running", "--offline")
    found = cora.json("figures", *MARCH)
    assert (found["kept"], next(line["running"] for line in found["figures"] if line["id"] == "A1")) == (False, 2)
    other = ("--from", "2026-01-01", "--to", "2026-01-31")
    assert cora.refused("figures", *other, "--offline")["code"] == "network_forbidden"


@pytest.mark.rule("A-09")
def test_an_agent_reads_no_figures(akixi: Desk) -> None:
    mailed(akixi)
    assert akixi["anna"].refused("figures", *MARCH)["code"] == "only_supervisor"
