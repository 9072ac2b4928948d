"""The window: places that never move. Services are plugged in from outside; here are only regions, setters and signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QWidget

from desk_client.ui.callbar import CallBar
from desk_client.ui.context import ContextPanel
from desk_client.ui.focus import follow
from desk_client.ui.i18n import tr
from desk_client.ui.palette import Palette, at_hand
from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.model import QueueModel
from desk_client.ui.queue.panel import QueuePanel
from desk_client.ui.queue.view import QueueView
from desk_client.ui.statusline import StatusLine
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size
from desk_client.ui.widgets import Action, Keys, ShortcutOverview, column
from desk_client.ui.workarea import WorkArea


class Actions(QObject):
    """What can be done from everywhere in the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        key = QKeySequence.StandardKey
        self.new_call = self._make(window, tr("New call"), "F2", key.New)
        self.end_call = self._make(window, tr("End call"), "F4")
        self.take_next = self._make(window, tr("Take next"), "F9")
        self.why_order = self._make(window, tr("Why this order?"), "Ctrl+Shift+O")
        self.search = self._make(window, tr("Search"), "Ctrl+K", key.Find)
        self.show_queue = self._make(window, tr("Go to the queue"), "F6")
        self.next_ticket = self._make(window, tr("Next ticket"), "Alt+Down")
        self.previous_ticket = self._make(window, tr("Previous ticket"), "Alt+Up")
        self.show_context = self._make(window, tr("Customer and promise"), "F8")
        self.sync_now = self._make(window, tr("Sync now"), key.Refresh)
        self.palette = self._make(window, tr("All actions"), "Ctrl+Shift+P")
        self.shortcuts = self._make(window, tr("Shortcuts"), "F1", key.HelpContents, "Ctrl+?")

    def all(self) -> list[Action]:
        """Every action, in the order in which they are made."""
        return [action for action in vars(self).values() if isinstance(action, Action)]

    def _make(self, window: QWidget, text: str, shortcut: Keys, *also: Keys) -> Action:
        action = Action(text, shortcut, self, also=also)
        window.addAction(action)
        return action


def on_screen(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """``wanted`` where people can reach it: on the screen that has most of it, else on the first, no larger than that screen."""

    def shared(screen: QRect) -> int:
        common = screen.intersected(wanted)
        return common.width() * common.height()

    screen = max(screens, key=shared)
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.left() + screen.width() - size.width())
    top = min(max(wanted.top(), screen.top()), screen.top() + screen.height() - size.height())
    return QRect(QPoint(left, top), size)


class MainWindow(QMainWindow):
    """Call bar on top, queue at the left, work in the middle, context at the right, one status line."""

    def __init__(self, model: QueueModel, countdowns: Countdowns, monotonic: Callable[[], float]) -> None:
        """``monotonic`` gives the seconds that the call timer runs on."""
        super().__init__()
        self.setWindowTitle(tr("Desk Client"))
        self.actions_ = Actions(self)
        self.call_bar = CallBar(self.actions_.search, monotonic)
        self.queue_view = QueueView(model, countdowns)
        self.queue = QueuePanel(self.queue_view, self.actions_.take_next, self.actions_.why_order)
        self.work = WorkArea()
        self.context = ContextPanel()
        self.status = StatusLine()
        self.further_actions: list[Action] = []
        self.palette_ = Palette(self, self.actions_at_hand)
        self._drawer, self._fresh, self._kept_width = False, True, 0
        self._build()
        self.actions_.show_queue.fired.connect(self._focus_queue)
        self.actions_.show_context.fired.connect(self._toggle_context)
        self.actions_.palette.fired.connect(self.palette_.open)
        self.actions_.shortcuts.fired.connect(self._show_shortcuts)
        for action in self.actions_.all():
            action.refused.connect(self.work.show_hint)
        self.call_bar.search.left.connect(self._focus_queue)
        # Said outright, or the context beside the work area would keep the window from getting narrow enough for the drawer.
        self.setMinimumSize(Size.QUEUE_LEAST + Size.WORK_LEAST, Size.LEAST_HEIGHT)
        self.resize(1366, 768)

    def restore(self, geometry: QByteArray, queue_width: int) -> None:
        """Stand where the window stood before, as far as there is still a screen, with the queue as wide as it was; 0 is the usual (43)."""
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
            self.setGeometry(
                on_screen(self.geometry(), [screen.availableGeometry() for screen in QGuiApplication.screens()])
            )
        self._kept_width = queue_width

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is on the queue from the first moment."""
        super().showEvent(event)
        if self._fresh:
            self._fresh = False
            width = min(self._kept_width, self.width() // 2) or self._queue_width()
            self._split.setSizes([width, self.width(), look().scaled(Size.CONTEXT)])
        if self.focusWidget() is None:
            self._focus_queue()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab and Shift+Tab, in reading order."""
        areas = (self.call_bar, self.queue, *self.work.areas(), self.context)
        return follow(areas, QApplication.focusWidget(), forward=next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under 1,100 px the context becomes a drawer over the work area; the queue never disappears."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for place, (region, stretch) in enumerate(((self.queue, 0), (self.work, 1), (self.context, 0))):
            self._split.addWidget(region)
            self._split.setStretchFactor(place, stretch)
        central = QWidget()
        layout = column(central)
        layout.addWidget(self.call_bar)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(central)

    def _queue_width(self) -> int:
        """About 30 % of the window; with large type more, but never so much that the form is cramped."""
        return round(max(0.30 * self.width(), min(look().scaled(Size.QUEUE), 0.42 * self.width())))

    def _arrange(self) -> None:
        drawer = self.width() < look().scaled(Size.DRAWER_BELOW)
        if drawer != self._drawer:
            self._drawer = drawer
            if drawer:
                self.context.setParent(self.centralWidget())
                self.context.hide()
            else:
                self._split.addWidget(self.context)
                self._split.setStretchFactor(2, 0)
                self.context.show()
        if drawer:
            area = self._split.geometry()
            self.context.setGeometry(
                area.right() + 1 - self.context.width(), area.top(), self.context.width(), area.height()
            )
            self.context.raise_()

    def _toggle_context(self) -> None:
        if self._drawer:
            self.context.setVisible(self.context.isHidden())
            self._arrange()

    def _focus_queue(self) -> None:
        self.queue.take_focus()

    def actions_at_hand(self) -> list[Action]:
        """Every action that answers now: those of what is in work first, then those of the window."""
        found = dict.fromkeys([*at_hand(self.work), *at_hand(self)])
        return [action for action in found if action is not self.actions_.palette]

    def _show_shortcuts(self) -> None:
        here = [action for action in at_hand(self.work) if action not in self.actions()]
        everywhere = [action for action in self.actions() if isinstance(action, Action)]
        overview = ShortcutOverview({tr("Everywhere"): everywhere, tr("What is open now"): here}, self)
        overview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        overview.open()
