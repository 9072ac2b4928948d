"""Histories with every fault, the first half of the seeds (P1 to P25; the table is in the package's docstring)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.history import History
from tests.simulation.server import SimServer

STEPS = 250
SEEDS = range(1, 41)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_holds(sim_server: SimServer, memory: Path, seed: int) -> None:
    History(sim_server, memory, seed, STEPS).play()


@pytest.mark.parametrize("seed", [3, 12])
def test_the_same_seed_gives_the_same_history(sim_server: SimServer, memory: Path, seed: int) -> None:
    histories = [History(sim_server, memory, seed, STEPS) for _ in range(2)]
    for history in histories:
        history.play()
    first, second = (history.trace for history in histories)
    assert first == second
    assert len(first) >= STEPS
