"""One kill after the other: the order is given, the process dies, everything is started again, and both sides are judged."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from tests.kill_matrix.checks import Finding, Judge
from tests.kill_matrix.points import CLIENT, SERVER, Point
from tests.kill_matrix.scenes import SCENES, begun, ended
from tests.kill_matrix.traps import NONE, Moment, Order
from tests.kill_matrix.world import STARTS, Machine, World


class Kill(NamedTuple):
    """A moment of a point, and at which passing of it."""

    point: Point
    moment: Moment
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.point.row}: {self.moment} {self.point.target} ({self.point.scene}, {self.nth})"


def kills(points: Iterable[Point] = (*CLIENT, *SERVER)) -> list[Kill]:
    """Every moment of every point once, at its first passing."""
    return [Kill(point, moment) for point in points for moment in point.moments]


def shuffled(chance: Random) -> Iterator[Kill]:
    """Rounds without an end: every moment of every point, in another order each time, each at any of its passings."""
    while True:
        every = [kill._replace(nth=chance.randint(1, kill.point.most)) for kill in kills()]
        chance.shuffle(every)
        yield from every


def strike(world: World, judge: Judge, kill: Kill) -> list[Finding]:
    """One kill, and everything that is not as it should be afterwards; a point that was not passed is a finding too."""
    point = kill.point
    order = Order(point.target, kill.moment, kill.nth, world.next_number())
    scene = SCENES[point.scene]
    found: list[Finding] = []
    begun(world, point.scene)
    if point in SERVER:
        world.server.orders.give(order)
        said, code = scene(world, NONE)
        if not world.server.dies():
            found.append(Finding("wrong", f"the server did not pass {kill}; the client ended with {code}: {said}"))
            world.server.orders.take_back()
        elif (died := world.server.ended())[1] != -signal.SIGKILL:
            found.append(Finding("wrong", f"the server ended by itself: {died}"))
    else:
        said, code = scene(world, order)
        if code != -signal.SIGKILL:
            found.append(Finding("wrong", f"the client did not pass {kill}; it ended with {code}: {said}"))
    world.server.start()
    machine = ended(world, point.scene)
    return [*found, *_recover(machine), *judge.server(), *judge.machine(machine)]


def _recover(machine: Machine) -> list[Finding]:
    """Start it again, as a person would, until it says that everything is sent."""
    said: list[str] = []
    for _ in range(STARTS):
        said, code = machine.run("sync")
        if code == 0 and said[-1:] == ["Everything is sent and everything is read."]:
            return []
        if code != 0:
            said, code = machine.sign_in()
    return [Finding("wrong", f"after {STARTS} starts it does not work: {said}")]
