"""Each point of the kill matrix once: ``kill -9`` there loses nothing and doubles nothing (P1 to P6, P9 to P11, P13, P20, P24, R72)."""

from __future__ import annotations

import pytest

from tests.kill_matrix.checks import Judge
from tests.kill_matrix.points import CLIENT, SERVER, Point
from tests.kill_matrix.rounds import Kill, kills, strike
from tests.kill_matrix.world import World


def always(points: tuple[Point, ...]) -> list[Kill]:
    return kills(point for point in points if point.always)


@pytest.mark.parametrize("kill", always(CLIENT), ids=str)
def test_a_killed_client_loses_and_doubles_nothing(world: World, judge: Judge, kill: Kill) -> None:
    assert strike(world, judge, kill) == []


@pytest.mark.parametrize("kill", always(SERVER), ids=str)
def test_a_killed_server_loses_and_doubles_nothing(world: World, judge: Judge, kill: Kill) -> None:
    assert strike(world, judge, kill) == []
