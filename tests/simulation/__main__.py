"""``python3 dev.py simulate``: histories for as long as one likes, or one of them again."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from desk_server.db.embedded import EmbeddedPostgres
from tests.simulation.clocks import Time
from tests.simulation.history import Broken, History
from tests.simulation.server import SimServer
from tests.support.memory import memory_folder
from tests.support.postgres import QUICK_COPIES, Cluster

STEPS = 400


def main(arguments: list[str]) -> int:
    """Play histories; 1 when one of them broke a promise."""
    parser = argparse.ArgumentParser(prog="python3 dev.py simulate", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="how long (2)")
    parser.add_argument("--seed", type=int, help="play this one alone, and print its trace")
    parser.add_argument("--first", type=int, help="the first seed, the others follow; a random one otherwise")
    parser.add_argument(
        "--steps", type=int, default=STEPS, help=f"steps of a history before everything is healed ({STEPS})"
    )
    chosen = parser.parse_args(arguments)
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="desk-simulation-", dir=memory_folder()) as folder:
        place = Path(folder)
        place.chmod(0o711)  # PostgreSQL runs as a user of its own when this is started as root
        with EmbeddedPostgres(place / "postgres", durable=False, settings=QUICK_COPIES) as postgres:
            server = SimServer(Cluster(postgres), Time())
            try:
                if chosen.seed is not None:
                    return again(server, place, chosen.seed, chosen.steps)
                first = secrets.randbelow(1_000_000_000) if chosen.first is None else chosen.first
                return many(server, place, first, chosen.steps, chosen.minutes * 60)
            finally:
                server.close()


def again(server: SimServer, place: Path, seed: int, steps: int) -> int:
    """One history with its trace."""
    history = History(server, place / "machines", seed, steps)
    try:
        history.play()
    except Broken as broken:
        print(*history.trace, broken, sep="\n")
        return 1
    print(*history.trace, "Every promise was kept.", sep="\n")
    return 0


def many(server: SimServer, place: Path, first: int, steps: int, seconds: float) -> int:
    """Histories one after the other; what was counted, and which seeds broke a promise."""
    began = time.monotonic()
    counts: Counter[str] = Counter()
    broken: list[int] = []
    seed = first
    while time.monotonic() - began < seconds:
        history = History(server, place / "machines", seed, steps)
        try:
            history.play()
        except Broken as problem:
            broken.append(seed)
            print(f"{problem}\n", flush=True)
        counts += history.counts
        seed += 1
    spent = time.monotonic() - began
    done = counts.pop("steps", 0)
    print(
        f"{seed - first} histories (seeds {first} to {seed - 1}), {done} steps in {spent:.0f} s: {done / spent:.0f} steps/s"
    )
    print("; ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(counts.items())))
    print(f"broken: {', '.join(map(str, broken))}" if broken else "every promise was kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
