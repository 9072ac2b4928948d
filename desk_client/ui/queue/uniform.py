"""A list view for very long lists whose rows have one height: nothing in it grows with the number of rows.

Qt's own list view lays out every row at each reset, about 1.5 s for a million. The class stays a ``QListView``, because Qt's
accessibility knows that one.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


class UniformList(QListView):
    """Rows of the height that the delegate gives the first one."""

    def __init__(self) -> None:
        super().__init__()
        # First of all: the setters below already ask for rows.
        self._height = 1
        self._dirty = QRegion()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def row_height(self) -> int:
        """The height of every row in pixels."""
        return self._height

    def is_dirty(self, area: QRect) -> bool:
        """Whether the paint event at work has to draw in ``area`` of the viewport."""
        return self._dirty.intersects(area)

    def visible_rows(self) -> range:
        """The positions of the rows on screen."""
        count = self._count()
        first = self.verticalOffset() // self._height
        last = (self.verticalOffset() + self.viewport().height() - 1) // self._height
        return range(min(first, count), min(last + 1, count))

    def doItemsLayout(self) -> None:
        """There is nothing to lay out but the height of a row."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        self._height = max(1, self.itemDelegate().sizeHint(option, QModelIndex()).height())
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """The range of the scroll bar."""
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._count() * self._height - page))
        bar.setPageStep(page)
        bar.setSingleStep(self._height)

    def visualRect(self, index: Index) -> QRect:
        """Where a row is in the viewport, also when it is scrolled out."""
        if not index.isValid():
            return QRect()
        top = index.row() * self._height - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        position = (point.y() + self.verticalOffset()) // self._height
        return self.model().index(position, 0) if 0 <= position < self._count() else QModelIndex()

    def scrollTo(self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        """Bring a row into view."""
        if not index.isValid():
            return
        # After a reset the scroll bar's range is still the old one until the layout that is due has been done.
        self.executeDelayedItemsLayout()
        area, page = self.visualRect(index), self.viewport().height()
        top = index.row() * self._height
        bar = self.verticalScrollBar()
        if hint == QListView.ScrollHint.PositionAtTop or (
            hint == QListView.ScrollHint.EnsureVisible and area.top() < 0
        ):
            bar.setValue(top)
        elif hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (page - self._height) // 2)
        elif hint == QListView.ScrollHint.PositionAtBottom or area.bottom() >= page:
            bar.setValue(top - page + self._height)

    def moveCursor(self, action: QListView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads."""
        count = self._count()
        if not count:
            return QModelIndex()
        step = QListView.CursorAction
        page = max(1, self.viewport().height() // self._height - 1)
        current = self.currentIndex()
        if not current.isValid():
            return self.model().index(0, 0)
        to = {
            step.MoveUp: current.row() - 1,
            step.MovePrevious: current.row() - 1,
            step.MoveDown: current.row() + 1,
            step.MoveNext: current.row() + 1,
            step.MovePageUp: current.row() - page,
            step.MovePageDown: current.row() + page,
            step.MoveHome: 0,
            step.MoveEnd: count - 1,
        }.get(action, current.row())
        return self.model().index(max(0, min(count - 1, to)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row at the top left of ``rect``; one at a time."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)

    def isIndexHidden(self, _index: Index) -> bool:
        """No row is hidden."""
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that the event touches."""
        # A copy: what the event hands out lives no longer than the event.
        self._dirty = QRegion(event.region())
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain: QStyle.StateFlag = option.state & ~QStyle.StateFlag.State_HasFocus
        current, hovered = self.currentIndex(), self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        for position in self.visible_rows():
            index = self.model().index(position, 0)
            area = self.visualRect(index)
            if not self.is_dirty(area):
                continue
            state = plain
            if self.selectionModel().isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if index == current and self.hasFocus():
                state |= QStyle.StateFlag.State_HasFocus
            if index == hovered and self.viewport().underMouse():
                state |= QStyle.StateFlag.State_MouseOver
            option.rect, option.state = area, state
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _count(self) -> int:
        model: QAbstractItemModel | None = self.model()
        return 0 if model is None else model.rowCount()
