"""The encrypted cache against the bare driver on the same rows, tables, indexes and full text, in the same run.

Applying changes: `Cache.apply` on pages of the feed's size, decoding included, against bare `executemany` of rows that were made ready
before, one transaction a page. A page of 50: `Queue.page` with its filters against one keyset read. Search: every beginning of some words,
newest first. A call: from the key to the reference on the disk, through the storage thread.
"""

from __future__ import annotations

import argparse
import gc
import secrets
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent))

from benchmarks import _sample
from desk_client.bootstrap import Client, build
from desk_client.models import cache as cache_module
from desk_client.models.cache import Cache
from desk_client.models.files import Folder
from desk_client.models.shapes import TICKET, shape
from desk_client.models.store import Store
from desk_core.policy import Policy
from desk_core.protocol import Change, row_hash

APPLY_TARGET, PAGE_TARGET, SEARCH_TARGET_MS, CALL_TARGET_MS = 1.3, 2.0, 16.0, 50.0
WORDS = ("nordlicht", "labeljet", "lj43-000", "restart", "e-114", "medizin", "imke")
Rows = list[tuple[Any, ...]]


def verdict(met: bool) -> str:
    """In a word or two."""
    return "met" if met else "not met"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def ready(pages: list[list[Change]], rules: Policy) -> list[list[tuple[str, Rows]]]:
    """The statements and rows that applying these pages comes to."""
    found = []
    for page in pages:
        rows: dict[str, Rows] = defaultdict(list)
        for change in page:
            shaped = shape(change.table, rules, change.row)
            body = bytes(change.row)
            digest = cache_module._signed(row_hash(change.table, change.pk, change.row))
            rows[cache_module._PUT[change.table]].append(
                (change.pk, change.scope, change.commit_seq, digest, *shaped.columns, body)
            )
            if change.table in cache_module._FULL_TEXT_OF:
                rows[cache_module._ADD_WORDS.format(cache_module._FULL_TEXT_OF[change.table])].append(
                    (shaped.doc, shaped.words)
                )
        found.append(list(rows.items()))
    return found


def bare(cache: Cache, statements: list[list[tuple[str, Rows]]]) -> float:
    """Seconds for the driver alone, on a connection like the cache's own."""
    with cache.commit() as connection:
        driver: Any = connection.driver
    begins = time.perf_counter()
    for page in statements:
        driver.execute("BEGIN")
        for statement, rows in page:
            driver.executemany(statement, rows)
        driver.execute("COMMIT")
    return time.perf_counter() - begins


def ours(cache: Cache, pages: list[list[Change]], rules: Policy) -> float:
    """Seconds for the same through the cache."""
    begins = time.perf_counter()
    for page in pages:
        cache.apply(page, rules)
    return time.perf_counter() - begins


def applying(folder: Path, rules: Policy, tickets: int, rounds: int) -> bool:
    """The ratio of both, from the medians of the rounds."""
    pages = list(_sample.pages(rules, tickets, 400))
    statements, key = ready(pages, rules), secrets.token_bytes(32)
    taken: dict[str, list[float]] = {"bare": [], "ours": []}
    for number in range(rounds):
        runs: dict[str, Callable[[Cache], float]] = {
            "bare": lambda cache: bare(cache, statements),
            "ours": lambda cache: ours(cache, pages, rules),
        }
        for name in sorted(runs, reverse=bool(number % 2)):
            cache = Cache(folder / f"{name}-{number}.db", key)
            taken[name].append(runs[name](cache))
            cache.close()
    count = sum(len(page) for page in pages)
    floor, mine = (statistics.median(taken[name]) for name in ("bare", "ours"))
    ratio = mine / floor
    print(f"applying {count:,} changes: {count / mine:,.0f}/s, bare driver {count / floor:,.0f}/s")
    print(f"applying: {ratio:.2f} times the bare driver (target {APPLY_TARGET}): {verdict(ratio <= APPLY_TARGET)}")
    return ratio <= APPLY_TARGET


@contextmanager
def client_with(folder: Path, tickets: int) -> Iterator[Client]:
    """A client whose member's files hold so many tickets."""
    key = secrets.token_bytes(32)
    files = folder / "files"
    _sample.filled_files(files, key, tickets, tickets // 8)
    client = build(folder / "profile", offline=True)
    client.access.storage.run(
        lambda: client.access.open(Store(Folder(files), key, _sample.sources(), client.listeners))
    )
    try:
        yield client
    finally:
        client.close()


def page_of_fifty(client: Client) -> bool:
    """The first page of the queue, against the same rows read by the driver alone."""
    statement = "SELECT rank, body FROM ticket WHERE rank > '' ORDER BY rank LIMIT 50"
    with client.access.read() as here:
        driver: Any = here.reading.cache.driver
        decode = TICKET.decode

        def floor() -> int:
            return len([decode(row[1]) for row in driver.execute(statement).fetchall()])

        assert floor() == 50
        assert len(client.queue.page().rows) == 50
        times: dict[str, list[float]] = {"floor": [], "ours": []}
        for _ in range(200):
            for name, ask in (("floor", floor), ("ours", client.queue.page)):
                begins = time.perf_counter()
                ask()
                times[name].append((time.perf_counter() - begins) * 1_000)
    low, mine = statistics.median(times["floor"]), statistics.median(times["ours"])
    print(f"page of 50: {mine:.2f} ms, bare driver with decoding {low:.2f} ms")
    print(
        f"page of 50: {mine / low:.2f} times the bare driver (target {PAGE_TARGET}): {verdict(mine / low <= PAGE_TARGET)}"
    )
    return mine / low <= PAGE_TARGET


def searching(client: Client, tickets: int) -> bool:
    """What each key press of some words costs."""
    taken = []
    for _ in range(3):
        for word in WORDS:
            for length in range(2, len(word) + 1):
                begins = time.perf_counter()
                client.lookup.find(word[:length])
                taken.append((time.perf_counter() - begins) * 1_000)
    high = percentile(taken, 0.95)
    print(
        f"search as you type in {tickets:,} tickets: median {statistics.median(taken):.1f} ms, p95 {high:.1f} ms "
        f"(target {SEARCH_TARGET_MS:.0f}): {verdict(high <= SEARCH_TARGET_MS)}"
    )
    return high <= SEARCH_TARGET_MS


def calling(client: Client, count: int) -> bool:
    """From the key to the reference on the disk."""
    taken = []
    for number in range(count):
        begins = time.perf_counter()
        begun = client.calls.begin(f"040 555{number:04d}").result()
        taken.append((time.perf_counter() - begins) * 1_000)
        client.calls.end(begun.call, "abandoned").result()
    middle, high = statistics.median(taken), percentile(taken, 0.99)
    print(
        f"call begun to its reference: p50 {middle:.1f} ms, p99 {high:.1f} ms "
        f"(target {CALL_TARGET_MS:.0f}): {verdict(high <= CALL_TARGET_MS)}"
    )
    return high <= CALL_TARGET_MS


def main() -> int:
    """Measure, print the ratios, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="100,000 changes, and search in a million tickets instead of 5,000"
    )
    full = parser.parse_args().full
    rules = _sample.policy()
    gc.freeze()
    met = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        met.append(applying(folder, rules, 25_000 if full else 5_000, 3))
        for tickets in (100_000, 1_000_000) if full else (5_000,):
            with client_with(folder / str(tickets), tickets) as client:
                met += [page_of_fifty(client), searching(client, tickets), calling(client, 300 if full else 100)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
