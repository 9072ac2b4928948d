"""Histories with every fault (P1 to P25; the table is in the package's docstring)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.history import History
from tests.simulation.server import SimServer

STEPS = 250


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1, 13))
def test_every_promise_holds(sim_server: SimServer, memory: Path, seed: int) -> None:
    History(sim_server, memory, seed, STEPS).play()
