"""The history of a ticket on the screen: newest last, words of people clearly, steps of the system quietly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_client.services.formats import clock_time, day_words
from desk_client.services.happenings import Entry
from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space, Tone
from desk_client.ui.widgets import (
    Action,
    Area,
    Button,
    Chip,
    Kind,
    Label,
    Secondary,
    column,
    row,
    set_tooltip,
    visible_text,
)
from desk_client.ui.widgets.prose import Prose
from desk_client.ui.words import full_words

SHOWN_AT_ONCE = 20
_TIME_WIDTH = 46


class Timeline(QScrollArea):
    """Scrolls by itself and takes the focus, so that the arrow keys read on. ``save_wanted``: the file that a step (its key) attached."""

    save_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._files: Mapping[str, str] = {}
        self._entries: tuple[Entry, ...] = ()
        self._place = ""
        self._first = self._from_end = 0
        self._rows: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("History"))
        self.setMinimumHeight(look().scaled(96))
        self._earlier = Action(tr("Show earlier steps"), parent=self)
        self._earlier.fired.connect(self._show_earlier)
        self._more = Button(self._earlier, Kind.LINK)
        content = QWidget()
        self._column: QVBoxLayout = column(content, margins=(Space.S, Space.XS, Space.S, Space.XS), spacing=Space.S)
        self._column.addWidget(self._more)
        self._column.addStretch()
        self.setWidget(content)
        self._bar = _FocusBar(self)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._scroll)

    def sizeHint(self) -> QSize:
        """It takes the room that is left, whatever is in it."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that happened."""
        return self._entries

    def show_entries(
        self, entries: Sequence[Entry], place: str, files: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Show these steps, whose times are those of ``place``, with the names of the ``files`` that they attached. What is shown already
        stays as it is, and so does the place in it."""
        self._files = files
        fresh = tuple(entries)
        if fresh == self._entries and place == self._place:
            return
        bar = self.verticalScrollBar()
        goes_on = bool(fresh and self._entries and fresh[0].key == self._entries[0].key and place == self._place)
        at_end = not goes_on or bar.value() >= bar.maximum() - Space.XL
        kept = self._same_so_far(fresh) if goes_on else 0
        if not goes_on:
            self._first = max(0, len(fresh) - SHOWN_AT_ONCE)
        self._entries, self._place = fresh, place
        self._rebuild(kept)
        if at_end:
            self._from_end = 0
            self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """When a panel takes room, the newest step stays in view."""
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum() - Space.XL:
            self._from_end = 0
            self._settle.start()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus has to be seen."""
        super().focusInEvent(event)
        self._bar.follow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And to be gone."""
        super().focusOutEvent(event)
        self._bar.follow()

    def _same_so_far(self, fresh: tuple[Entry, ...]) -> int:
        """How many of the rows on screen stay as they are."""
        pairs = zip(self._entries[self._first :], fresh[self._first :], strict=False)
        return next((place for place, (old, new) in enumerate(pairs) if old != new), len(self._rows))

    def _rebuild(self, kept: int) -> None:
        for gone in self._rows[kept:]:
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        del self._rows[kept:]
        self._more.setVisible(self._first > 0)
        for position in range(self._first + kept, len(self._entries)):
            before = self._entries[position - 1] if position > self._first else None
            entry = self._entries[position]
            new_day = before is None or before.at.date() != entry.at.date()
            made = _Row(entry, self._place, new_day=new_day)
            if name := self._files.get(entry.key, ""):
                made.offer(name, partial(self.save_wanted.emit, entry.key))
            self._rows.append(made)
            self._column.insertWidget(len(self._rows), made)

    def _show_earlier(self) -> None:
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value()
        self._first = max(0, self._first - 2 * SHOWN_AT_ONCE)
        self._rebuild(0)
        self._settle.start()

    def _scroll(self) -> None:
        # A child's size is settled by the layout that is due; only then does the bar know its range.
        self._column.activate()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() - self._from_end)


class _Row(QWidget):
    """Time at the left; at the right who did what, their words, and what followed."""

    def __init__(self, entry: Entry, place: str, *, new_day: bool) -> None:
        super().__init__()
        when = full_words(entry.at, place)
        parts = (entry.who, entry.what, entry.body, *entry.facts, when)
        self.setAccessibleName(visible_text(", ".join(part for part in parts if part)))
        layout = column(self, spacing=Space.XS)
        if new_day:
            layout.addSpacing(Space.XS)
            layout.addWidget(Label(day_words(entry.at), "caption"))
        line = row(spacing=Space.S)
        time = Secondary(clock_time(entry.at))
        time.setFixedWidth(look().scaled(_TIME_WIDTH))
        time.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_tooltip(time, when)
        time.setAccessibleName(when)
        line.addWidget(time)
        self._words = _words(entry)
        line.addLayout(self._words, 1)
        layout.addLayout(line)

    def offer(self, name: str, save: Callable[[], None]) -> None:
        """Let the file that the step attached be saved."""
        action = Action(tr("Save as…"), parent=self)
        action.fired.connect(save)
        button = Button(action, Kind.LINK)
        button.setAccessibleName(visible_text(tr("Save {name} as…", name=name)))
        line = row(spacing=0)
        line.addWidget(button)
        line.addStretch()
        self._words.addLayout(line)


def _words(entry: Entry) -> QVBoxLayout:
    words = column(spacing=2)
    head = row(spacing=Space.XS + 1)
    if entry.who:
        head.addWidget(Label(entry.who, "secondary" if entry.quiet else "strong"))
    head.addWidget(Label(entry.what, "secondary", wrap=True), 1)
    if entry.unsent:
        head.addWidget(Chip(Tone.SOON, tr("saved here, not sent yet")))
    words.addLayout(head)
    if entry.body:
        words.addWidget(_letter(entry) if entry.letter else Prose(entry.body, name=entry.what))
    for fact in entry.facts:
        words.addWidget(Secondary(fact, wrap=True))
    return words


def _letter(entry: Entry) -> QWidget:
    """What the customer reads stands behind a line."""
    frame = Area("raised", "left")
    inside = column(frame, margins=(Space.M, Space.XS, Space.S, Space.XS))
    inside.addWidget(Prose(entry.body, name=entry.what))
    return frame


class _FocusBar(QWidget):
    """Drawn over the area, where its own contents can't cover it."""

    def __init__(self, around: QScrollArea) -> None:
        super().__init__(around)
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)
        self.hide()

    def follow(self) -> None:
        """Be there while the area has the focus."""
        self.setGeometry(self._around.rect())
        self.setVisible(self._around.hasFocus())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the area."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._around.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar in the accent along the left edge, as beside a selected row."""
        QPainter(self).fillRect(0, 0, Size.SELECTED_BAR, self.height(), QColor(look().colours.accent))
