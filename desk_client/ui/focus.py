"""Tab goes in reading order, whatever order the widgets were made in (16)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

_SAME_LINE = 14


def reading_order(areas: Iterable[QWidget]) -> list[QWidget]:
    """The widgets that Tab reaches: area by area, in each line by line, in each line from the left."""
    return [widget for area in areas if area.isVisible() for widget in _in_area(area)]


def follow(areas: Iterable[QWidget], current: QWidget | None, *, forward: bool) -> bool:
    """Put the focus on the widget after, or before, ``current``; False when there is none to go to."""
    order = reading_order(areas)
    if not order:
        return False
    step = 1 if forward else -1
    start = order.index(current) if current in order else -1 if forward else 0
    target = order[(start + step) % len(order)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _scroll_to(target)
    return True


def _in_area(area: QWidget) -> list[QWidget]:
    found = [
        widget
        for widget in area.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.isVisible()
        and widget.focusProxy() is None
    ]
    centres = {widget: widget.mapTo(area, QPoint(widget.width() // 2, 0)) for widget in found}
    # Buttons of one line may differ in height: what counts is the middle, and for tall editors the top.
    heights = {widget: centres[widget].y() + min(widget.height() // 2, 2 * _SAME_LINE) for widget in found}
    lines: list[list[QWidget]] = []
    for widget in sorted(found, key=heights.__getitem__):
        if lines and heights[widget] - heights[lines[-1][0]] <= _SAME_LINE:
            lines[-1].append(widget)
        else:
            lines.append([widget])
    return [widget for line in lines for widget in sorted(line, key=lambda member: centres[member].x())]


def _scroll_to(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
