"""The middle of the window: one page at a time, its actions at the bottom where they always are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space, Tone
from desk_client.ui.widgets import (
    Action,
    Area,
    Banner,
    Button,
    EmptyState,
    FlowRow,
    Kind,
    Secondary,
    column,
    scrolled,
)

GOOD_NEWS_MS = 10_000


class WorkPage(QWidget):
    """What the work area shows: its content, and the actions for the bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: Action | None = None
        self.others: Sequence[Action] = ()
        self.aside: Sequence[Action] = ()

    def phone_number(self) -> str:
        """The telephone number that the page is about, as far as it names one."""
        return ""


class WorkArea(Area):
    """Banner, page, actions. Pages are kept when another is shown, with everything typed in them. ``turned`` when another one is shown."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__("work")
        self.setMinimumWidth(Size.WORK_LEAST)
        self.banner = Banner()
        self._good_news = QTimer(self, singleShot=True, interval=GOOD_NEWS_MS)
        self._good_news.timeout.connect(self.banner.clear)
        self._frames: dict[WorkPage, QWidget] = {}
        self._stack = QStackedWidget()
        self.nothing = EmptyState("phone", tr("Nothing is open"), tr("Take the next ticket, or answer the phone."))
        self._stack.addWidget(self.nothing)
        self._hint = Secondary("", wrap=True)
        self._hint.hide()
        self._actions = FlowRow()
        self._actions.setMaximumWidth(look().scaled(Size.WORK_MOST) - 2 * Space.XL)
        self._line: QWidget | None = None
        self.banner.setMaximumWidth(look().scaled(Size.WORK_MOST) - 2 * Space.XL)
        banner = column(margins=(Space.XL, Space.M, Space.XL, 0))
        banner.addWidget(self.banner)
        layout = column(self, margins=(0, 0, 0, Space.M + 2), spacing=Space.S)
        layout.addLayout(banner)
        layout.addWidget(self._stack, 1)
        self._bottom = column(margins=(Space.XL, 0, Space.XL, 0), spacing=Space.S)
        self._bottom.addWidget(self._hint)
        self._bottom.addWidget(self._actions)
        layout.addLayout(self._bottom)

    @property
    def page(self) -> WorkPage | None:
        """The page on show; None when nothing is open."""
        shown = self._stack.currentWidget()
        return next((page for page, frame in self._frames.items() if frame is shown), None)

    @property
    def hint(self) -> str:
        """The sentence above the actions."""
        return self._hint.text()

    def areas(self) -> list[QWidget]:
        """Banner, page, line and actions, in the order in which they are read."""
        page = self._stack.currentWidget() or self.nothing
        return [self.banner, page, *([self._line] if self._line is not None else []), self._actions]

    def set_line(self, line: QWidget | None) -> None:
        """A line that stands above the actions whatever page is shown; None takes it away."""
        if self._line is not None:
            self._line.hide()
            self._line.deleteLater()
        self._line = line
        if line is not None:
            self._bottom.insertWidget(0, line)

    def keep_page(self, page: WorkPage) -> None:
        """The page belongs to the window from now on, shown or not."""
        if page not in self._frames:
            # On a wide screen lines stay short enough to be read.
            page.setMaximumWidth(look().scaled(Size.WORK_MOST))
            self._frames[page] = scrolled(page)
            self._stack.addWidget(self._frames[page])

    def show_page(self, page: WorkPage) -> None:
        """Show a page and its actions."""
        self.keep_page(page)
        if self.page is not page:
            self.clear_good_news()
        self._stack.setCurrentWidget(self._frames[page])
        self.refresh_actions()
        self.turned.emit()

    def show_nothing(self) -> None:
        """Nothing is open."""
        self._stack.setCurrentWidget(self.nothing)
        self.refresh_actions()
        self.turned.emit()

    def close_page(self, page: WorkPage) -> None:
        """Forget a page and what is in it."""
        frame = self._frames.pop(page, None)
        if frame is not None:
            self._stack.removeWidget(frame)
            frame.deleteLater()
            self.refresh_actions()

    def refresh_actions(self) -> None:
        """Put the page's actions at the bottom again, after they have changed."""
        self.show_hint("")
        page = self.page
        if page is None:
            self._actions.set_widgets(())
            return
        left = [self._button(page.expected, Kind.PRIMARY, large=True)] if page.expected else []
        left += [self._button(action, Kind.SECONDARY, large=True) for action in page.others]
        self._actions.set_widgets(left, [self._button(action, Kind.SECONDARY) for action in page.aside])

    def show_hint(self, sentence: str) -> None:
        """Why an action can't be done, above the actions; empty takes it away."""
        self._hint.setText(sentence)
        self._hint.setVisible(bool(sentence))

    def tell(self, tone: Tone, sentence: str, actions: Sequence[Action] = ()) -> None:
        """A message at the top of the work area; good news goes away by itself."""
        self.banner.show_message(tone, sentence, actions)
        if tone is Tone.FINE:
            self._good_news.start()
        else:
            self._good_news.stop()

    def clear_good_news(self) -> None:
        """Something new begins: the message about what went well is over."""
        if self._good_news.isActive():
            self._good_news.stop()
            self.banner.clear()

    def _button(self, action: Action, kind: Kind, *, large: bool = False) -> Button:
        action.refused.connect(self.show_hint, Qt.ConnectionType.UniqueConnection)
        return Button(action, kind, large=large)
