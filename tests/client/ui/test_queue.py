"""The list of the queue."""

import dataclasses
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QPaintEvent, QRegion
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.model import PAGE, PAGES_KEPT, ROW_ROLE, QueueModel
from desk_client.ui.queue.row import OpenTime, QueueRow
from desk_client.ui.queue.view import QueueView
from desk_client.ui.tokens import Tone
from tests.support.pictures import NOW, SOON_SECONDS, always_open, sample_rows


class Cache:
    """Rows made of the samples; remembers which pages were asked for."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []
        self.gone: set[int] = set()
        self.title = ""

    def page(self, ids: Sequence[int]) -> list[QueueRow | None]:
        self.asked.append(ids)
        samples = sample_rows()
        return [
            None
            if ticket_id in self.gone
            else dataclasses.replace(
                samples[ticket_id % 6], ticket_id=ticket_id, title=self.title or samples[ticket_id % 6].title
            )
            for ticket_id in ids
        ]


def _pixels(region: QRegion) -> int:
    # PySide's stubs don't know that a region is a run of rectangles.
    rectangles = cast("Iterable[QRect]", region)
    return sum(area.width() * area.height() for area in rectangles)


class Repaints(QObject):
    """Collects what the viewport was asked to repaint."""

    def __init__(self, view: QueueView) -> None:
        super().__init__()
        self.areas: list[int] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(_pixels(event.region()))
        return False


@pytest.fixture
def cache() -> Cache:
    return Cache()


@pytest.fixture
def view(qtbot: QtBot, cache: Cache) -> QueueView:
    countdowns = Countdowns(always_open, SOON_SECONDS)
    countdowns.advance(NOW)
    model = QueueModel(cache.page, countdowns)
    made = QueueView(model, countdowns)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(408, 600)
    made.show_ids(array("q", range(1_000)))
    made.show()
    qtbot.waitExposed(made)
    return made


def model_of(view: QueueView) -> QueueModel:
    model = view.model()
    assert isinstance(model, QueueModel)
    return model


def test_the_model_keeps_qts_rules(cache: Cache) -> None:
    model = QueueModel(cache.page, Countdowns(always_open, SOON_SECONDS))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for ids in (range(0), range(300), range(10), range(0)):
        model.set_ids(ids)
        model.refetch()
    assert tester.model() is model


def test_pages_are_fetched_when_they_are_painted_and_few_are_kept(view: QueueView, cache: Cache) -> None:
    """48: ids first, rows on demand."""
    view.viewport().repaint()
    assert [list(ids) for ids in cache.asked] == [list(range(PAGE))]
    model = model_of(view)
    model.set_ids(array("q", range(1_000_000)))
    cache.asked.clear()
    for page in range(PAGES_KEPT + 1):
        model.row(page * PAGE)
    assert len(cache.asked) == PAGES_KEPT + 1
    model.row(PAGE)
    assert len(cache.asked) == PAGES_KEPT + 1
    model.row(0)
    assert len(cache.asked) == PAGES_KEPT + 2
    assert all(len(ids) == PAGE for ids in cache.asked)


def test_the_last_row_of_a_long_list_can_be_reached(view: QueueView, cache: Cache) -> None:
    view.show_ids(array("q", range(1_000_000)))
    view.setFocus()
    cache.asked.clear()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == 999_999
    assert 999_999 in view.visible_rows()
    area = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(area)
    assert view.indexAt(area.center()).row() == 999_999
    view.viewport().repaint()
    assert len(cache.asked) <= 3


def test_a_ticket_that_is_gone_is_shown_as_such(view: QueueView, cache: Cache) -> None:
    cache.gone.add(0)
    model_of(view).refetch()
    view.viewport().repaint()
    index = model_of(view).index(0)
    assert index.data(ROW_ROLE) is None
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "This ticket is gone"


def test_keys_move_open_and_find(view: QueueView) -> None:
    """23: arrows, Enter, type-ahead by company."""
    picked: list[int] = []
    opened: list[int] = []
    view.picked.connect(picked.append)
    view.opened.connect(opened.append)
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [0]
    QTest.keyClicks(view, "els")
    assert picked[-1] == 5 == view.current_id()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model_of(view).index(2)).center())
    assert picked[-1] == 2
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert opened == [0, 2]


def test_copy_takes_the_row_as_tab_separated_text(view: QueueView) -> None:
    """58."""
    view.select_id(1)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells == ["417 206 1", "Brandt & Söhne", "Labels shifted 3 mm to the left", "Call back", "due 11:18"]


def test_selection_and_scroll_survive_a_sync(view: QueueView) -> None:
    """23: rows come and go above, the same ticket stays selected, the same row stays on top; nobody is told of a move."""
    view.verticalScrollBar().setValue(100 * view.row_height() + 10)
    view.select_id(104)
    top = view.verticalScrollBar().value() - 100 * view.row_height()
    picked: list[int] = []
    view.picked.connect(picked.append)
    view.show_ids(array("q", [*range(5_000, 5_007), *range(50, 1_000)]))
    assert view.current_id() == 104
    assert view.visible_rows()[0] == 50 + 7
    assert view.verticalScrollBar().value() - 57 * view.row_height() == top
    view.show_ids(array("q", range(200)))
    assert view.current_id() == 104
    assert picked == []
    view.show_ids(array("q", range(50)))
    assert view.current_id() is None


def test_the_same_ids_again_show_new_content(view: QueueView, cache: Cache) -> None:
    view.viewport().repaint()
    cache.title = "Solved by itself"
    view.show_ids(array("q", range(1_000)))
    assert model_of(view).row(3).title == "Solved by itself"  # type: ignore[union-attr]


def test_a_tick_repaints_chips_whose_words_changed_and_nothing_else(view: QueueView, qtbot: QtBot) -> None:
    view.viewport().repaint()
    repaints = Repaints(view)
    view.tick(NOW + timedelta(seconds=1))
    qtbot.waitUntil(lambda: True)
    assert repaints.areas == []
    view.tick(NOW + timedelta(minutes=1))
    qtbot.waitUntil(lambda: bool(repaints.areas))
    shown = len(view.visible_rows())
    whole = view.viewport().width() * view.viewport().height()
    assert 0 < sum(repaints.areas) < 0.15 * whole
    assert shown > 5


def test_a_hidden_list_does_not_tick(qtbot: QtBot, cache: Cache) -> None:
    asked: list[int] = []

    def measure(row: QueueRow, now: datetime) -> OpenTime:
        asked.append(row.ticket_id)
        return always_open(row, now)

    countdowns = Countdowns(measure, SOON_SECONDS)
    model = QueueModel(cache.page, countdowns)
    view = QueueView(model, countdowns)
    qtbot.addWidget(view)
    view.show_ids(range(20))
    view.tick(NOW)
    assert (asked, cache.asked) == ([], [])


def test_a_screen_reader_hears_the_whole_row(view: QueueView) -> None:
    """28, 30, 33: name of the list, and what the chip's colour says in words."""
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Waiting tickets"
    heard = model_of(view).index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == (
        "417 205 7, Nordlicht Druck GmbH, Printhead error E-114, stops after 20 labels, Call back due 10:48, "
        "late 18 min, held by Jonas Reimann, Technical support, Hamburg"
    )
    assert interface.childCount() >= 1


def test_chips_of_all_tones_differ_in_grey(view: QueueView) -> None:
    """33: shape and word, not colour alone."""
    words = {model_of(view).row(position).state for position in range(6)}  # type: ignore[union-attr]
    assert len(words) == 2
    countdowns = Countdowns(always_open, SOON_SECONDS)
    countdowns.advance(NOW)
    shown = [countdowns.of(row) for row in sample_rows()]
    assert {chip.tone for chip in shown} == set(Tone)
    by_words = {chip.words for chip in shown}
    assert len(by_words) == 6
