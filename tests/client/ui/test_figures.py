"""The page of the figures: by keys alone from a share to the ticket behind it, over time, and as told last (S10; 5, 16, 61)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtGui import QImage

from desk_client.services.errors import Unreachable
from desk_client.services.figures import Asked, Told
from desk_client.ui.figures.page import FiguresPage
from desk_core.reporting import Behind, BehindReply, Line, Point, Report, Trend
from tests.support.desk_window import DeskWindow
from tests.support.ticket_scene import scene

AtDesk = Callable[..., DeskWindow]
NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
_NONE = {"running": 0, "not_measurable": 0, "left_out": 0, "abandoned": 0}


class Answers:
    """A server that counts: what was asked, and the same figures for every month."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.away: Unreachable | None = None
        self.kept = False

    def report(self, asked: Asked) -> Future[Told[Report]]:
        self.asked.append(asked)
        whole = Line(
            id="H1",
            title="Call backs",
            met=8,
            missed=1,
            percent="88.8",
            target=100,
            reached="no",
            definition="Met when kept.",
            **_NONE,
        )
        part = Line(
            id="H1", title="Call backs", part="Hamburg", key="hamburg", met=8, missed=1, percent="88.8", **_NONE
        )
        lines = (whole, part) if asked.by else (whole,)
        made: Any = Report(
            policy="p", version="1", first=asked.first, last=asked.last, by=asked.by, as_of=NOW, figures=lines, surveys=(), means=(),
            contacts=(), again={}, refused={}, reviews=(),
        )  # fmt: skip
        return self._said(made)

    def behind(
        self, asked: Asked, figure: str, result: str, part: str | None = None, offset: int = 0
    ) -> Future[Told[BehindReply]]:
        self.numbers = (asked.by, figure, result, part)
        row = Behind(id="busy", reference="4172116", at=NOW, customer="Nordlicht", member="Sven")
        return self._said(BehindReply(figure=figure, result=result, total=1, offset=offset, rows=(row,)))

    def trend(self, _asked: Asked, figure: str, step: str) -> Future[Told[Trend]]:
        points = (
            Point(first=dt.date(2026, 5, 1), met=3, missed=1, percent="75.0"),
            Point(first=dt.date(2026, 6, 1), met=8, missed=1, percent="88.8"),
        )
        return self._said(Trend(figure=figure, title="Call backs", step=step, as_of=NOW, points=points))  # type: ignore[arg-type]

    def _said(self, answer: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.away is not None:
            future.set_exception(self.away)
        else:
            future.set_result(Told(answer, kept=self.kept, why="The server is away." if self.kept else ""))
        return future


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def desk(at_desk: AtDesk, answers: Answers) -> DeskWindow:
    day = scene()
    day.world.add_member("sina", role="supervisor", office="hamburg")
    made = at_desk("sina", day)
    made.desk.figures = answers  # type: ignore[assignment]
    return made


def page(desk: DeskWindow) -> FiguresPage:
    shown = desk.window.work.page
    assert isinstance(shown, FiguresPage), shown
    return shown


def opened(desk: DeskWindow) -> FiguresPage:
    desk.press("Ctrl+Shift+F")
    desk.wait(lambda: bool(page(desk).list.items()), "the figures")
    return page(desk)


def test_61_from_a_share_to_the_ticket_behind_it_by_keys_alone(desk: DeskWindow, answers: Answers) -> None:
    made = opened(desk)
    (item,) = made.list.items()
    assert (item.title, item.chip) == ("H1  Call backs", "88.8 %")
    assert item.detail == "Met 8, Missed 1, Running 0, Not measurable 0, Target 100 %"
    assert (made.definition.text(), made.lead.text().startswith("Counted ")) == ("Met when kept.", True)
    desk.press("Return")
    assert [each.title for each in made.list.items()] == ["Met: 8", "Missed: 1"]
    desk.press("Down", "Return")
    desk.wait(lambda: made.level == "behind", "the list behind the number")
    assert answers.numbers == ("", "H1", "missed", None)
    assert made.list.items()[0].title == "417 211 6"
    desk.press("Esc")
    assert made.level == "numbers"
    desk.press("Down", "Return")
    desk.wait(lambda: made.level == "behind", "the list again")
    desk.press("Return")
    assert desk.page is desk.window.work.page, "the ticket is open"


def test_61_the_chart_says_the_same_as_its_list_and_as_its_description(desk: DeskWindow) -> None:
    made = opened(desk)
    desk.wait(lambda: len(made.chart.points) == 2, "the trend")
    assert made.chart.accessibleDescription() == (
        "May 2026: 3 met, 1 missed, 0 running, 75.0 %; Jun 2026: 8 met, 1 missed, 0 running, 88.8 %"
    )
    desk.press("Alt+T")
    assert [(each.title, each.detail) for each in made.list.items()] == [
        ("May 2026", "3 met, 1 missed, 0 running, 75.0 %"),
        ("Jun 2026", "8 met, 1 missed, 0 running, 88.8 %"),
    ]
    grey = made.chart.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    assert len({grey.pixelColor(x, y).lightness() for x in range(grey.width()) for y in range(0, grey.height(), 4)}) > 2


def test_months_and_parts_are_asked_for_and_a_server_that_is_away_is_said(desk: DeskWindow, answers: Answers) -> None:
    made = opened(desk)
    first = answers.asked[-1].first
    desk.press("Alt+PgUp")
    desk.wait(lambda: answers.asked[-1].first < first, "the month before")
    assert (answers.asked[-1].last + dt.timedelta(days=1)) == first
    made.split.take_focus()
    desk.press("Right")
    desk.wait(lambda: len(made.list.items()) == 2, "the parts")
    assert (answers.asked[-1].by, made.list.items()[1].title) == ("office", "– Hamburg")
    answers.kept = True
    desk.press("Alt+PgDown")
    desk.wait(lambda: "as they were told last" in made.banner.text, "what is said of kept figures")
    answers.away = Unreachable("The server cannot be reached.")
    desk.press("Alt+PgDown")
    desk.wait(lambda: made.banner.text == "The server cannot be reached.", "the sentence")
    desk.press("Esc")
    assert desk.window.work.page is not made


def test_an_agent_is_told_for_whom_the_figures_are(at_desk: AtDesk) -> None:
    desk = at_desk()
    desk.press("Ctrl+Shift+F")
    assert desk.sees("The figures are for supervisors and managers.")
