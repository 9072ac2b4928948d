"""A figure over time as bars: how many were met (full) and missed (hatched), month by month; it can be read without colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_client.services.formats import month
from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space, Tone, Type
from desk_core.reporting import Point, Trend

_HEIGHT = 150
_WIDEST_BAR = 48


def point_words(point: Point) -> str:
    """A month in words: the same data as the bar."""
    share = "" if point.percent == "n/a" else f", {point.percent} %"
    said = tr(
        "{met} met, {missed} missed, {running} running", met=point.met, missed=point.missed, running=point.running
    )
    return f"{said}{share}"


def point_name(point: Point) -> str:
    """Which month it is."""
    return f"{month(point.first)} {point.first.year}"


class TrendChart(QWidget):
    """Bars of the last months. It takes no keyboard: the same data stand in a list, one key away, and in its description."""

    def __init__(self) -> None:
        super().__init__()
        self._trend: Trend | None = None
        self.setFixedHeight(look().scaled(_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_trend(None)

    @property
    def points(self) -> tuple[Point, ...]:
        """What is drawn."""
        return self._trend.points if self._trend is not None else ()

    def show_trend(self, trend: Trend | None) -> None:
        """Draw this; nothing without a figure, or while it never counted."""
        self._trend = trend
        self.setVisible(bool(self.points))
        self.setAccessibleName(tr("{title}, month by month", title=trend.title) if trend is not None else "")
        self.setAccessibleDescription("; ".join(f"{point_name(each)}: {point_words(each)}" for each in self.points))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(look().scaled(360), look().scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground line, bars, the share above and the month below each."""
        if not self.points:
            return
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = now.font(Type.SECONDARY)
        painter.setFont(font)
        line = QFontMetricsF(font).height()
        area = QRectF(self.rect()).adjusted(Space.XS, line + Space.XS, -Space.XS, -line - Space.XS)
        painter.setPen(QPen(QColor(now.colours.outline), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        step = area.width() / len(self.points)
        most = max(max(each.met + each.missed for each in self.points), 1)
        for place, point in enumerate(self.points):
            middle = area.left() + step * (place + 0.5)
            width = min(step * 0.6, now.scaled(_WIDEST_BAR))
            top = self._bar(painter, point, QPointF(middle - width / 2, area.bottom()), width, area.height() / most)
            painter.setPen(QColor(now.colours.text))
            share = "" if point.percent == "n/a" else f"{point.percent} %"
            centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(QRectF(middle - step / 2, top - line, step, line), centre, share)
            painter.drawText(QRectF(middle - step / 2, area.bottom() + 2, step, line), centre, f"{point.first:%m/%y}")
        painter.end()

    def _bar(self, painter: QPainter, point: Point, foot: QPointF, width: float, unit: float) -> float:
        """Met below, missed above it; where it ends at the top."""
        colours = look().colours
        top = foot.y()
        for count, colour, pattern in (
            (point.met, colours.accent, Qt.BrushStyle.SolidPattern),
            (point.missed, colours.tones[Tone.LATE].text, Qt.BrushStyle.BDiagPattern),
        ):
            height = count * unit
            painter.setPen(QPen(QColor(colour), 1))
            painter.setBrush(QBrush(QColor(colour), pattern))
            if height:
                painter.drawRect(QRectF(foot.x(), top - height, width, height))
            top -= height
        return top
