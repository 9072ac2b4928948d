"""Widgets in a line that breaks when there is no room, so that nothing is cut at 200 % type or in a narrow window (35)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_client.ui.tokens import Space


class FlowRow(QWidget):
    """Widgets from the left, and some that stand at the right edge as long as there is room; then they break too."""

    def __init__(self) -> None:
        super().__init__()
        self._left: Sequence[QWidget] = ()
        self._right: Sequence[QWidget] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_widgets(self, left: Sequence[QWidget], right: Sequence[QWidget] = ()) -> None:
        """Show these widgets and delete those before."""
        for widget in (*self._left, *self._right):
            widget.hide()
            widget.deleteLater()
        self._left, self._right = left, right
        for widget in (*left, *right):
            widget.setParent(self)
            widget.show()
        self._arrange()

    def add(self, widget: QWidget) -> None:
        """One more at the left; those that are there stay."""
        self._left = (*self._left, widget)
        widget.setParent(self)
        widget.show()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break where the new width asks for it."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A widget in the line has changed its size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """All in one line."""
        widgets = [*self._left, *self._right]
        width = sum(widget.sizeHint().width() + Space.M for widget in widgets)
        return QSize(max(0, width - Space.M), self.height())

    def minimumSizeHint(self) -> QSize:
        """The widest widget, made as narrow as it allows."""
        widgets = [*self._left, *self._right]
        return QSize(max((widget.minimumSizeHint().width() for widget in widgets), default=0), self.minimumHeight())

    def _lines(self) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        used = 0
        for widget in (*self._left, *self._right):
            width = widget.sizeHint().width()
            if not lines or used + width > self.width():
                lines.append([])
                used = 0
            lines[-1].append(widget)
            used += width + Space.M
        return lines

    def _arrange(self) -> None:
        top = 0
        for line in self._lines():
            height = max(widget.sizeHint().height() for widget in line)
            aside = sum(widget.sizeHint().width() + Space.M for widget in line if widget in self._right) - Space.M
            left, right = 0, self.width() - aside
            for widget in line:
                size = widget.sizeHint().boundedTo(QSize(self.width(), 16_777_215))
                at_right = widget in self._right
                place = top + (height - size.height()) // 2
                widget.setGeometry(right if at_right else left, place, size.width(), size.height())
                if at_right:
                    right += size.width() + Space.M
                else:
                    left += size.width() + Space.M
            top += height + Space.S
        self.setFixedHeight(max(0, top - Space.S))
