"""The figures of a month: each with its share and its definition, what is behind every number, and how it went over time (S10; 61)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from desk_client.services.figures import Asked, Told
from desk_client.services.formats import date_time, month
from desk_client.ui.desk import Desk
from desk_client.ui.figures.chart import TrendChart, point_name, point_words
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, Banner, ChoiceList, Heading, Item, Label, Secondary, Segments, column
from desk_client.ui.workarea import WorkPage
from desk_core.facts import PARTS, Part
from desk_core.references import grouped
from desk_core.reporting import NONE, RESULTS, BehindReply, Line, Report, Trend

Level = Literal["figures", "numbers", "behind", "trend"]
_WHOLE = "whole"
_MONTHS_BACK = 12


class FiguresPage(WorkPage):
    """One list with levels: the figures, the numbers of one, what is behind a number; or the months of a trend. Enter goes deeper, Esc
    back. ``open_ticket`` takes the id of a ticket; ``leave`` is for Esc on the figures themselves."""

    def __init__(self, desk: Desk, open_ticket: Callable[[str], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._desk, self._open_ticket, self._leave = desk, open_ticket, leave
        self._month = dt.date.min
        self._report: Report | None = None
        self._line: Line | None = None
        self._behind: BehindReply | None = None
        self.level: Level = "figures"
        self.earlier = self._action(tr("Earlier month"), "Alt+PgUp", "figures_earlier", partial(self._move, -1))
        self.later = self._action(tr("Later month"), "Alt+PgDown", "figures_later", partial(self._move, 1))
        self.table = self._action(tr("Months as a list"), "Alt+T", "figures_table", self._show_months)
        self.up = self._action(tr("Back"), "Esc", "figures_up", self._up)
        self.others, self.aside = (self.earlier, self.later, self.table), (self.up,)
        self.heading, self.lead, self.banner = Heading(tr("Figures")), Secondary("", wrap=True), Banner()
        parts = {_WHOLE: tr("As a whole"), "office": tr("By office"), "department": tr("By department")}
        parts |= {"holder": tr("By member"), "customer": tr("By customer")}
        self.split = Segments(tr("Taken apart"), parts)
        self.split.choose(_WHOLE)
        self.split.chosen.connect(lambda _key: self._fetch())
        self.list = ChoiceList(tr("Figures"))
        self.list.setObjectName("figures_list")
        self.list.chosen.connect(self._chosen)
        self.list.moved.connect(self._moved)
        self.definition, self.chart = Label("", wrap=True), TrendChart()
        layout = column(self, margins=(Space.XL, Space.M, Space.XL, Space.M), spacing=Space.S)
        for part in (self.heading, self.lead, self.banner, self.split):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.definition)
        layout.addWidget(self.chart)

    def refresh(self) -> None:
        """Ask for the month that is on show, at first for the one that is running."""
        if self._month == dt.date.min:
            self._month = self._desk.local(self._desk.now()).date().replace(day=1)
        self._fetch()

    def take_focus(self) -> None:
        """The keyboard goes to the list."""
        self.list.setFocus()

    def _action(self, words: str, keys: str, name: str, done: Callable[[], None]) -> Action:
        action = Action(words, keys, self)
        action.setObjectName(name)
        action.fired.connect(done)
        self.addAction(action)
        return action

    # --- asking ---------------------------------------------------------------------------------------------------------------

    @property
    def asked(self) -> Asked:
        """The report that is on show."""
        last = self._month.replace(day=calendar.monthrange(self._month.year, self._month.month)[1])
        part: Part | None = next((each for each in PARTS if each == self.split.key), None)
        return Asked(first=self._month, last=last, by=part or "")

    def _move(self, months: int) -> None:
        index = self._month.year * 12 + self._month.month - 1 + months
        self._month = dt.date(index // 12, index % 12 + 1, 1)
        self._fetch()

    def _fetch(self) -> None:
        asked = self.asked
        self.heading.setText(f"{tr('Figures')}, {month(self._month)} {self._month.year}")
        self._desk.run(lambda: self._desk.figures.report(asked), partial(self._came, asked), self._failed, self)

    def _came(self, asked: Asked, told: Told[Report]) -> None:
        if asked != self.asked:
            return
        self._report = told.answer
        self._standing(told)
        self._show_figures()

    def _standing(self, told: Told[Report]) -> None:
        made = told.answer
        counted = tr("Counted {time}.", time=date_time(self._desk.local(made.as_of)))
        signed = made.signed
        if signed is not None:
            day = date_time(self._desk.local(signed.at))
            counted = tr("As signed off by {name}, {time}.", name=signed.by, time=day)
        self.lead.setText(counted)
        self.banner.clear()
        if told.kept:
            self.banner.show_message(Tone.SOON, tr("{why} These are the figures as they were told last.", why=told.why))

    def _failed(self, error: BaseException) -> None:
        self.banner.show_message(Tone.LATE, sentence(error))

    # --- the levels -----------------------------------------------------------------------------------------------------------

    def _show(self, level: Level, items: Sequence[Item]) -> None:
        self.level = level
        self.list.show_items(items)
        if items and self.list.current() is None:
            self.list.select(items[0].key)

    def _show_figures(self) -> None:
        made = self._report
        lines = (*made.figures, *made.surveys) if made is not None else ()
        self._show("figures", [_figure(place, line) for place, line in enumerate(lines)])

    def _lines(self) -> Sequence[Line]:
        return (*self._report.figures, *self._report.surveys) if self._report is not None else ()

    def _moved(self, key: str) -> None:
        if self.level != "figures" or not key:
            return
        self._line = self._lines()[int(key)]
        self.definition.setText(self._line.definition)
        self.chart.show_trend(None)
        line, asked = self._line, self.asked
        first = dt.date(self._month.year - 1, self._month.month, 1)
        over = Asked(first=first, last=asked.last)
        self._desk.run(
            lambda: self._desk.figures.trend(over, line.id, "month"), partial(self._trend, line.id), _nothing, self
        )

    def _trend(self, figure: str, told: Told[Trend]) -> None:
        if self._line is not None and self._line.id == figure:
            self.chart.show_trend(told.answer)

    def _chosen(self, key: str) -> None:
        if self.level == "figures" and self._line is not None:
            numbers = _numbers()
            shown = [Item(r, f"{numbers[r]}: {getattr(self._line, r)}") for r in RESULTS if getattr(self._line, r)]
            if shown:
                self._show("numbers", shown)
        elif self.level == "numbers" and self._line is not None:
            line, asked = self._line, self.asked
            part = line.key if line.part else None
            self._desk.run(
                lambda: self._desk.figures.behind(asked, line.id, key, part), self._listed, self._failed, self
            )
        elif self.level == "behind":
            self._open_ticket(key.partition("/")[2])

    def _listed(self, told: Told[BehindReply]) -> None:
        found = self._behind = told.answer
        rows = [
            Item(
                f"{place}/{row.id}",
                grouped(row.reference) if row.reference else row.id,
                ", ".join(filter(None, (date_time(self._desk.local(row.at)), row.customer, row.member))),
            )
            for place, row in enumerate(found.rows)
        ]
        self._show("behind", rows)

    def _show_months(self) -> None:
        if self.chart.points:
            self._show("trend", [Item(f"{p.first}", point_name(p), point_words(p)) for p in self.chart.points])
            self.take_focus()

    def _up(self) -> None:
        if self.level == "figures":
            self._leave()
            return
        line = self._line
        if self.level == "behind" and line is not None:
            self._show_figures()
            self.list.select(str(self._lines().index(line)))
            self._chosen("")
            return
        self._show_figures()
        if line is not None:
            self.list.select(str(self._lines().index(line)))


def _nothing(_error: BaseException) -> None:
    """A trend that cannot be had is not drawn; the figures say why."""


def _numbers() -> dict[str, str]:
    return {
        "met": tr("Met"),
        "missed": tr("Missed"),
        "running": tr("Running"),
        "not_measurable": tr("Not measurable"),
        "left_out": tr("Left out"),
        "abandoned": tr("Abandoned"),
        "counted": tr("Counted"),
    }


def _figure(place: int, line: Line) -> Item:
    title = f"– {line.part}" if line.part else f"{line.id}  {line.title}"
    names = _numbers()
    four = [f"{names[result]} {getattr(line, result)}" for result in RESULTS[:4]]
    others = [f"{names[result]} {getattr(line, result)}" for result in RESULTS[4:] if getattr(line, result)]
    target = [tr("Target {percent} %", percent=line.target)] if line.target else []
    tone = {"yes": Tone.FINE, "no": Tone.LATE}.get(line.reached, Tone.PAUSED)
    share = NONE if line.percent == NONE else f"{line.percent} %"
    return Item(str(place), title, ", ".join((*four, *others, *target)), share, tone)
