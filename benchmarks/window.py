"""The queue of the window: a tick of the countdowns and a full repaint at a thousand, a hundred thousand and a million rows, and how long
the window stands still while a sync is applied.

The floor of a repaint is a plain list of Qt's own with a ready model and as many rows on screen, in the same run. Rows are made on demand,
as they are read from the cache; their deadlines are spread over the minute, so that at every tick of a second some chips change. The gap is
the longest time between two turns of the event loop, which is asked to turn every millisecond, while the storage thread applies pages.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QWidget

from benchmarks import _sample
from benchmarks.storage import client_with
from desk_client.models.store import Store
from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.model import QueueModel
from desk_client.ui.queue.row import ClockState, OpenTime, QueueRow
from desk_client.ui.queue.view import QueueView
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from desk_core import references
from desk_core.policy import Policy
from desk_core.protocol import Change

SIZES = (1_000, 100_000, 1_000_000)
TICK_GROWTH, TICK_SHARE, REPAINT_TARGET, GAP_TARGET_MS = 1.3, 0.15, 1.5, 100.0
NOW = datetime(2026, 6, 12, 9, tzinfo=UTC)
WIDTH, HEIGHT = 408, 1_400


def rows(ids: Sequence[int]) -> list[QueueRow]:
    """Rows as they come from the cache, with a running promise each."""
    return [
        QueueRow(
            ticket_id=number, reference=references.reference(100_000 + number % 800_000), company=_sample.company(number % 2_000),
            title="LabelJet 4300 stops after some labels", promise="Call back", due_text="due 10:48",
            deadline_utc=NOW + timedelta(minutes=5 + number % 300, seconds=number * 7 % 60), state=ClockState.RUNNING, holder="",
            department="Technical support", office="Hamburg",
        )
        for number in ids
    ]  # fmt: skip


def left(row: QueueRow, now: datetime) -> OpenTime:
    """A calendar that is always open."""
    return OpenTime(((row.deadline_utc or now) - now).total_seconds(), None)


def median_ms(work: Callable[[], object], count: int) -> float:
    """The median of so many turns."""
    taken = []
    for _ in range(count):
        begins = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begins) * 1_000)
    return statistics.median(taken)


def repaint(viewport: QWidget) -> None:
    """All of it, now."""
    viewport.repaint()


def queue_of(size: int, ticks: int) -> tuple[float, float]:
    """Milliseconds of a tick, its repaint included, and of a full repaint."""
    countdowns = Countdowns(left, 15 * 60)
    countdowns.advance(NOW)
    model = QueueModel(rows, countdowns)
    view = QueueView(model, countdowns)
    model.setParent(view)
    view.resize(WIDTH, HEIGHT)
    view.show_ids(array("q", range(size)))
    view.show()
    QApplication.processEvents()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    QApplication.processEvents()
    second = [0]

    def tick() -> None:
        second[0] += 1
        view.tick(NOW + timedelta(seconds=second[0]))
        QApplication.processEvents()

    found = median_ms(tick, ticks), median_ms(lambda: repaint(view.viewport()), ticks // 2)
    view.close()
    view.deleteLater()
    return found


def plain(size: int, count: int) -> float:
    """A full repaint of Qt's own list, in which as many rows can be seen."""
    view, model = QListView(), QStandardItemModel()
    for row in rows(range(size)):
        model.appendRow(
            QStandardItem(
                f"{references.grouped(row.reference)} {row.company}\n{row.title}\n{row.promise} {row.due_text}"
            )
        )
    view.setModel(model)
    view.setUniformItemSizes(True)
    view.resize(WIDTH, HEIGHT)
    view.show()
    QApplication.processEvents()
    found = median_ms(lambda: repaint(view.viewport()), count)
    view.close()
    view.deleteLater()
    return found


def _apply(page: Sequence[Change], rules: Policy, store: Store) -> None:
    store.cache.apply(page, rules)


def gap(folder: Path, tickets: int) -> float:
    """The longest stand-still of the event loop in milliseconds, while so many tickets are applied on the storage thread."""
    rules = _sample.policy()
    pages = list(_sample.pages(rules, tickets, 400))
    with client_with(folder, 10) as client:
        longest, last = [0.0], [time.perf_counter()]

        def turn() -> None:
            now = time.perf_counter()
            longest[0] = max(longest[0], now - last[0])
            last[0] = now

        timer = QTimer(interval=1)
        timer.timeout.connect(turn)
        timer.start()
        done: list[Future[None]] = [client.access.act(partial(_apply, page, rules)) for page in pages]
        last[0] = time.perf_counter()
        while not all(future.done() for future in done):
            QApplication.processEvents()
        timer.stop()
    return longest[0] * 1_000


def main() -> int:
    """Measure, print the ratios, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="600 ticks instead of 120, and 20,000 tickets applied instead of 2,000"
    )
    full = parser.parse_args().full
    ticks = 600 if full else 120
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    theme = Theme(app, Scheme.LIGHT, base_px=13, reduced_motion=True)
    gc.freeze()
    measured = {size: queue_of(size, ticks) for size in SIZES}
    floor = plain(1_000, ticks // 2)
    for size, (tick, whole) in measured.items():
        print(f"{size:>9,} rows: tick {tick:.2f} ms, full repaint {whole:.1f} ms")
    small, large = measured[SIZES[0]], measured[SIZES[-1]]
    figures = [
        ("tick at a million rows", large[0] / small[0], "times the tick at a thousand", TICK_GROWTH),
        ("tick", large[0] / large[1], "of a full repaint", TICK_SHARE),
        ("full repaint", large[1] / floor, f"times Qt's own list with a ready model ({floor:.1f} ms)", REPAINT_TARGET),
    ]
    met = []
    for what, ratio, words, target in figures:
        met.append(ratio <= target)
        print(f"{what}: {ratio:.2f} {words} (target {target}): {'met' if met[-1] else 'not met'}")
    with tempfile.TemporaryDirectory() as temporary:
        longest = gap(Path(temporary), 20_000 if full else 2_000)
    met.append(longest <= GAP_TARGET_MS)
    print(
        f"longest stand-still while a sync is applied: {longest:.0f} ms (target {GAP_TARGET_MS:.0f}): {'met' if met[-1] else 'not met'}"
    )
    del theme
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
