"""``python -m tests.kill_matrix --kills 500``: kills for as long as one likes, and a table of what was lost or doubled."""

from __future__ import annotations

import argparse
import logging
import secrets
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from desk_server.db.embedded import EmbeddedPostgres
from tests.kill_matrix import rounds
from tests.kill_matrix.checks import Judge
from tests.kill_matrix.points import CLIENT, SERVER
from tests.kill_matrix.world import opened, small_desk
from tests.support.memory import memory_folder
from tests.support.postgres import QUICK_COPIES, Cluster

KILLS_OF_A_DESK = 150
"""Then another one is begun, so that a desk stays small."""


class Table:
    """Kills, and what they cost, by row of the matrix."""

    def __init__(self) -> None:
        self.kills: Counter[str] = Counter()
        self.found: Counter[tuple[str, str]] = Counter()

    def lines(self) -> list[str]:
        """For a person, and for the documents."""
        rows = [*dict.fromkeys(point.row for point in (*CLIENT, *SERVER))]
        kinds = ("lost", "doubled", "wrong")
        lines = ["| point | kills | lost | doubled | otherwise wrong |", "|---|---|---|---|---|"]
        for row in rows:
            lines.append(f"| {row} | {self.kills[row]} | " + " | ".join(str(self.found[row, k]) for k in kinds) + " |")
        sums = [str(sum(n for (_, kind), n in self.found.items() if kind == each)) for each in kinds]
        return [*lines, f"| all | {self.kills.total()} | {' | '.join(sums)} |"]


def main(arguments: list[str]) -> int:
    """Kill; 1 when anything was lost, doubled or otherwise wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.kill_matrix", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how many (500)")
    parser.add_argument("--seed", type=int, help="decides their order; a random one otherwise")
    chosen = parser.parse_args(arguments)
    logging.disable(logging.ERROR)
    seed = secrets.randbelow(1_000_000) if chosen.seed is None else chosen.seed
    began, table = time.monotonic(), Table()
    try:
        with tempfile.TemporaryDirectory(prefix="desk-kills-", dir=memory_folder()) as folder:
            place = Path(folder)
            place.chmod(0o711)  # PostgreSQL runs as a user of its own when this is started as root
            with EmbeddedPostgres(place / "postgres", durable=False, settings=QUICK_COPIES) as postgres:
                _kill(Cluster(postgres), place, Random(seed), chosen.kills, table)
    finally:  # also of a run that is broken off
        print(*table.lines(), sep="\n")
        print(f"seed {seed}, {time.monotonic() - began:.0f} s")
    return 1 if table.found else 0


def _kill(cluster: Cluster, place: Path, chance: Random, kills: int, table: Table) -> None:
    template = small_desk(cluster)
    each = rounds.shuffled(chance)
    for begin in range(0, kills, KILLS_OF_A_DESK):
        folder = place / f"desk-{begin}"
        folder.mkdir()
        with opened(cluster, template, folder) as world:
            judge = Judge(world)
            for _ in range(min(KILLS_OF_A_DESK, kills - begin)):
                kill = next(each)
                found = rounds.strike(world, judge, kill)
                table.kills[kill.point.row] += 1
                table.found.update((kill.point.row, finding.kind) for finding in found)
                for finding in found:
                    print(f"{kill}: {finding.kind}: {finding.text}", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
