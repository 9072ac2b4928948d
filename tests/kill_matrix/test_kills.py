"""Each point of the kill matrix once: ``kill -9`` there loses nothing and doubles nothing (P1 to P6, P9 to P11, P13, P20, P24, R72)."""

from __future__ import annotations

import pytest

from tests.kill_matrix.checks import Judge, files
from tests.kill_matrix.points import CLIENT, SERVER, Point
from tests.kill_matrix.rounds import Kill, kills, strike
from tests.kill_matrix.scenes import MACHINES, begun
from tests.kill_matrix.world import World
from tests.support.terminal import FAULT


def always(points: tuple[Point, ...]) -> list[Kill]:
    return kills(point for point in points if point.always)


@pytest.mark.parametrize("kill", always(CLIENT), ids=str)
def test_a_killed_client_loses_and_doubles_nothing(world: World, judge: Judge, kill: Kill) -> None:
    assert strike(world, judge, kill) == []


@pytest.mark.parametrize("kill", always(SERVER), ids=str)
def test_a_killed_server_loses_and_doubles_nothing(world: World, judge: Judge, kill: Kill) -> None:
    assert strike(world, judge, kill) == []


def test_what_is_lost_or_doubled_is_noticed(world: World) -> None:
    """The judge itself: each kind of damage is told by its name."""
    begun(world, "log")
    machine = world.machine(*MACHINES["log"])
    for words in (("log-call", *FAULT), ("sync",)):
        said, code = machine.run(*words)
        assert code == 0, said
    judge = Judge(world)
    assert [*judge.server(), *judge.machine(machine)] == []
    machine.shown += [machine.shown[-1], "9999993"]
    machine.commands.add("a command that was there")
    with files(machine) as (_, cache), cache.commit() as connection:
        connection.run("DELETE FROM ticket")
        connection.run("DELETE FROM settled WHERE id IN (SELECT id FROM settled LIMIT 1)")
    found = judge.machine(machine)
    assert {(finding.kind, finding.text[:3]) for finding in found} == {
        ("doubled", "H-0"),
        ("lost", "P4:"),
        ("lost", "P6:"),
        ("lost", "P5:"),
        ("lost", "P9:"),
        ("wrong", "P10"),
    }
    world.behind.execute(
        'INSERT INTO change (desk, commit_seq, idx, scope, "table", pk, op, "row") '
        'SELECT desk, (SELECT min(seq) FROM feed_commit), 1000, scope, "table", pk, op, "row" FROM change '
        "WHERE \"table\" = 'event' AND op = 'put' ORDER BY commit_seq DESC LIMIT 1"
    )
    assert "doubled" in {finding.kind for finding in Judge(world).server()}
