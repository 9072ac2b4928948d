"""Why this deadline: the arithmetic step by step, and the sentence of the rule that demands it (TS-4, A-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_client.services.i18n import from_core
from desk_client.services.why import Explanations
from desk_client.services.words import place_of
from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space
from desk_client.ui.widgets import Label, Secondary, column, row, visible_text
from desk_core.clocks import Why
from desk_core.policy import Policy

_NUMBER_WIDTH = 40
_MOST_HEIGHT = 300


@dataclass(frozen=True, slots=True)
class Explained:
    """One promise explained: its heading, the place whose time is meant, the steps, and the rules with their sentences."""

    heading: str
    place: str
    steps: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]


def explained(policy: Policy, why: Why) -> Explained:
    """The explanation of a promise in words."""
    due = Explanations.due(why, from_core)
    return Explained(
        heading=tr("{title}: due {when}", title=why.title, when=due)
        if due
        else tr("{title}: no deadline", title=why.title),
        place=tr(
            "{place} time ({zone}), {calendar}",
            place=place_of(policy, why.calendar),
            zone=why.zone,
            calendar=policy.calendar(why.calendar).spec.title,
        ),
        steps=(*Explanations.lines(why, from_core), *Explanations.moved(why)),
        rules=why.rules,
    )


class WhyPanel(Panel):
    """Every promise of the ticket, or the one sentence that says why there is none."""

    def __init__(self, found: Sequence[Explained], nothing: str) -> None:
        super().__init__("why", tr("Why this deadline?"), None)
        content = QWidget()
        inside = column(content, spacing=Space.XS)
        if not found:
            inside.addWidget(Label(nothing, wrap=True))
        for each in found:
            _add(inside, each)
        inside.addStretch()
        self._area = _Reading(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(visible_text(_spoken(found, nothing)))
        self.body.addWidget(self._area, 1)
        self.finish()

    def first_field(self) -> QWidget:
        """The arrow keys read on."""
        return self._area


class _Reading(QScrollArea):
    """As high as what is to be read, as long as that is not too high."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        content = self.widget()
        needed = content.heightForWidth(self.viewport().width()) if content else 0
        self.setFixedHeight(min(needed, look().scaled(_MOST_HEIGHT)))


def _add(inside: QVBoxLayout, each: Explained) -> None:
    inside.addWidget(Label(each.heading, "strong", wrap=True))
    inside.addWidget(Secondary(each.place, wrap=True))
    for number, step in enumerate(each.steps, 1):
        last = number == len(each.steps)
        _numbered(inside, str(number), Label(step, "strong" if last else "", wrap=True))
    for rule_id, sentence in each.rules:
        _numbered(inside, rule_id, Secondary(sentence, wrap=True))
    inside.addSpacing(Space.S)


def _numbered(inside: QVBoxLayout, number: str, words: Label) -> None:
    line = row(spacing=Space.S)
    first = Secondary(number)
    first.setFixedWidth(look().scaled(_NUMBER_WIDTH))
    first.setAlignment(Qt.AlignmentFlag.AlignTop)
    line.addWidget(first)
    line.addWidget(words, 1)
    inside.addLayout(line)


def _spoken(found: Sequence[Explained], nothing: str) -> str:
    parts = [part for each in found for part in (each.heading, *each.steps, *(" ".join(rule) for rule in each.rules))]
    return "; ".join(parts) or nothing
