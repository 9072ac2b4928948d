"""The window: places that never move. Services are plugged in from outside; here are only regions, setters and signals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QWidget

from desk_client.ui.callbar import CallBar
from desk_client.ui.context import ContextPanel
from desk_client.ui.focus import follow
from desk_client.ui.i18n import tr
from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.model import QueueModel
from desk_client.ui.queue.panel import QueuePanel
from desk_client.ui.queue.view import QueueView
from desk_client.ui.statusline import StatusLine
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size
from desk_client.ui.widgets import Action, ShortcutOverview, column
from desk_client.ui.workarea import WorkArea


class Actions(QObject):
    """What can be done from everywhere in the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        key = QKeySequence.StandardKey
        self.new_call = self._make(window, tr("New call"), "F2")
        self.end_call = self._make(window, tr("End call"), "F4")
        self.take_next = self._make(window, tr("Take next"), "F9")
        self.why_order = self._make(window, tr("Why this order?"), "Ctrl+Shift+O")
        self.search = self._make(window, tr("Search"), "Ctrl+K")
        self.show_queue = self._make(window, tr("Go to the queue"), "F6")
        self.show_context = self._make(window, tr("Customer and promise"), "F8")
        self.sync_now = self._make(window, tr("Sync now"), key.Refresh)
        self.shortcuts = self._make(window, tr("Shortcuts"), "F1")

    def all(self) -> list[Action]:
        """Every action, in the order in which they are made."""
        return [action for action in vars(self).values() if isinstance(action, Action)]

    def _make(self, window: QWidget, text: str, shortcut: QKeySequence.StandardKey | str) -> Action:
        action = Action(text, shortcut, self)
        window.addAction(action)
        return action


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
        self._drawer, self._fresh = False, True
        self._build()
        self.actions_.show_queue.fired.connect(self._focus_queue)
        self.actions_.show_context.fired.connect(self._toggle_context)
        self.actions_.shortcuts.fired.connect(self._show_shortcuts)
        for action in self.actions_.all():
            action.refused.connect(self.work.show_hint)
        self.call_bar.search.left.connect(self._focus_queue)
        # Said outright, or the context beside the work area would keep the window from getting narrow enough for the drawer.
        self.setMinimumSize(Size.QUEUE_LEAST + Size.WORK_LEAST, Size.LEAST_HEIGHT)
        self.resize(1366, 768)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is on the queue from the first moment."""
        super().showEvent(event)
        if self._fresh:
            self._fresh = False
            self._split.setSizes([self._queue_width(), self.width(), look().scaled(Size.CONTEXT)])
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

    def _show_shortcuts(self) -> None:
        overview = ShortcutOverview([*self.actions_.all(), *self.further_actions], self)
        overview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        overview.open()
