"""Histories of network faults and crashes alone, which come to more ends, and the promise that a seed decides everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation import faults
from tests.simulation.history import History
from tests.simulation.server import SimServer

STEPS = 250


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1, 13))
def test_every_promise_holds_on_a_bad_network(sim_server: SimServer, memory: Path, seed: int) -> None:
    History(sim_server, memory, seed, STEPS, faults.USUAL).play()


@pytest.mark.timeout(600)
def test_the_same_seed_gives_the_same_history(sim_server: SimServer, memory: Path) -> None:
    histories = [History(sim_server, memory, 3, STEPS) for _ in range(2)]
    for history in histories:
        history.play()
    first, second = (history.trace for history in histories)
    assert first == second
    assert len(first) >= STEPS
