"""Cold start to the first painted page of real rows from the encrypted cache, against the least that Qt can show, in the same run.

The floor is the first paint of an empty table of twelve columns. Both are processes of their own, run in turns; the figures are medians
from before the process is made, memory is resident at that paint. The key comes from a key ring that answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))

from benchmarks import _sample  # noqa: E402 - found through the line above
from desk_client.system.paths import ProfileFolder  # noqa: E402

TARGET, STRETCH, TARGET_RSS = 2.8, 1.5, 1.6
OPEN = 400


def once(*arguments: str) -> tuple[float, int, float]:
    """Milliseconds to the first paint, KiB, and milliseconds of processor time."""
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    begins = time.monotonic()
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("_first_paint.py"), *arguments],
        env=env, capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    at, kib, cpu = done.stdout.split()
    return (float(at) - begins) * 1_000, int(kib), float(cpu) * 1_000


def profile_of(folder: Path, key: bytes, tickets: int, customers: int = _sample.CUSTOMERS) -> None:
    """A profile in which a member is signed in whose key lies in the key ring."""
    found = ProfileFolder(folder)
    found.choose(_sample.SERVER, _sample.LOGIN)
    files = found.folder(_sample.SERVER, _sample.LOGIN)
    _sample.filled_files(files, key, tickets, OPEN, customers)
    (files / "key.json").write_text(json.dumps({"kept": "keyring"}), encoding="utf-8")


def verdict(met: bool) -> str:
    """In a word or two."""
    return "met" if met else "not met"


def main() -> int:
    """Measure, print the ratios, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="30 rounds instead of 10, on 20,000 tickets instead of 3,400"
    )
    full = parser.parse_args().full
    rounds, tickets = (30, 20_000) if full else (10, 3_400)
    with tempfile.TemporaryDirectory() as temporary:
        key = secrets.token_bytes(32)
        profile = Path(temporary) / "profile"
        profile_of(profile, key, tickets)
        ours = ("ours", str(profile), key.hex())
        once(*ours), once("floor")
        measured = [(once("floor"), once(*ours)) for _ in range(rounds)]
    floor_ms, floor_kib, floor_cpu = (statistics.median(m[0][n] for m in measured) for n in (0, 1, 2))
    ours_ms, ours_kib, ours_cpu = (statistics.median(m[1][n] for m in measured) for n in (0, 1, 2))
    ratio, memory = ours_ms / floor_ms, ours_kib / floor_kib if floor_kib else 0.0
    print(f"first page of {OPEN} open tickets: {ours_ms:,.0f} ms; an empty table: {floor_ms:,.0f} ms")
    print(
        f"processor time until then: {ours_cpu:,.0f} ms, {ours_cpu / floor_cpu:.2f} times the floor's {floor_cpu:,.0f} ms"
    )
    print(f"start: {ratio:.2f} times the floor (target {TARGET}, stretch {STRETCH}): {verdict(ratio <= TARGET)}")
    print(
        f"memory: {ours_kib / 1024:,.0f} MiB, {memory:.2f} times the floor's (target {TARGET_RSS}): {verdict(memory <= TARGET_RSS)}"
    )
    return 0 if ratio <= TARGET and memory <= TARGET_RSS else 1


if __name__ == "__main__":
    sys.exit(main())
