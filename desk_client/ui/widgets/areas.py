"""Areas of the window and the layouts in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]


class Area(QFrame):
    """A ground with a place in the style sheet (``bar``, ``side``, ``work``, ``raised``) and perhaps a line at one edge."""

    def __init__(self, place: str, edge: str = "") -> None:
        super().__init__()
        self.setProperty("place", place)
        self.setProperty("edge", edge)


def rule() -> QFrame:
    """A thin horizontal line."""
    return Area("rule")


def column(parent: QWidget | None = None, *, margins: Margins = (0, 0, 0, 0), spacing: int = 0) -> QVBoxLayout:
    """A vertical layout without the platform's own margins."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def row(parent: QWidget | None = None, *, margins: Margins = (0, 0, 0, 0), spacing: int = 0) -> QHBoxLayout:
    """A horizontal layout without the platform's own margins."""
    layout = QHBoxLayout(parent) if parent else QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def scrolled(content: QWidget) -> QScrollArea:
    """``content`` in an area that scrolls downwards when it has to, and never takes the focus itself."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def clear_layout(layout: QBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear_layout(inner)  # type: ignore[arg-type]
