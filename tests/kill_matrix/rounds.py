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
    try:
        begun(world, kill.point.scene)
        found = _server_dies(world, kill) if kill.point in SERVER else _client_dies(world, kill)
        world.server.start()
        machine = ended(world, kill.point.scene)
        return [*found, *_recover(machine), *judge.server(), *judge.machine(machine)]
    except AssertionError as error:
        return [Finding("wrong", str(error))]


def _client_dies(world: World, kill: Kill) -> list[Finding]:
    said, code = SCENES[kill.point.scene](world, _order(world, kill))
    if code == -signal.SIGKILL:
        return []
    return [Finding("wrong", f"the client did not pass its point; it ended with {code}: {said}")]


def _server_dies(world: World, kill: Kill) -> list[Finding]:
    world.server.orders.give(_order(world, kill))
    said, code = SCENES[kill.point.scene](world, NONE)
    if not world.server.dies():
        world.server.orders.take_back()
        return [Finding("wrong", f"the server did not pass its point; the client ended with {code}: {said}")]
    if (died := world.server.ended())[1] != -signal.SIGKILL:
        return [Finding("wrong", f"the server ended by itself: {died}")]
    return []


def _order(world: World, kill: Kill) -> Order:
    return Order(kill.point.target, kill.moment, kill.nth, world.next_number())


def _recover(machine: Machine) -> list[Finding]:
    """Start it again, as a person would, until it says that everything is sent."""
    said: list[str] = []
    for _ in range(STARTS):
        said, code = machine.run("sync")
        if code == 0 and "Everything is sent and everything is read." in said:
            return []
        if code != 0:
            said, code = machine.sign_in()
    return [Finding("wrong", f"after {STARTS} starts it does not work: {said}")]
