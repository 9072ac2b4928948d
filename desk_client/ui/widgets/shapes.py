"""The shapes that say what a colour says: ● fine, ▲ soon, ◆ late, ■ paused, ✓ settled; and the chip that carries one with a word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desk_client.ui.theme import Look
from desk_client.ui.tokens import Size, Tone, Type

_PAD = 10
_GAP = 6
_SHAPE = 9


def draw_shape(painter: QPainter, area: QRectF, tone: Tone, *, check: bool = False) -> None:
    """Draw a tone's shape, or a check mark, filling ``area`` in the painter's brush colour."""
    if check:
        painter.setPen(QPen(painter.brush().color(), area.width() / 5, c=Qt.PenCapStyle.RoundCap))
        left, middle, right = area.left(), area.left() + area.width() * 0.36, area.right()
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(left, area.center().y()),
                    QPointF(middle, area.bottom() - area.height() * 0.12),
                    QPointF(right, area.top() + area.height() * 0.12),
                ]
            )
        )
        return
    painter.setPen(Qt.PenStyle.NoPen)
    centre = area.center()
    if tone is Tone.FINE:
        painter.drawEllipse(area)
    elif tone is Tone.SOON:
        painter.drawPolygon(QPolygonF([QPointF(centre.x(), area.top()), area.bottomRight(), area.bottomLeft()]))
    elif tone is Tone.LATE:
        wide = area.adjusted(-1, -1, 1, 1)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(centre.x(), wide.top()),
                    QPointF(wide.right(), centre.y()),
                    QPointF(centre.x(), wide.bottom()),
                    QPointF(wide.left(), centre.y()),
                ]
            )
        )
    else:
        painter.drawRect(area)


def chip_height(look: Look) -> int:
    """The height of a chip in pixels."""
    return look.scaled(2 * Size.CHIP_RADIUS - 2)


def chip_width(metrics: QFontMetricsF, words: str, look: Look) -> int:
    """The width of a chip in pixels; ``metrics`` are those of the font CHIP_RATIO, CHIP_WEIGHT."""
    return round(metrics.horizontalAdvance(words)) + 2 * look.scaled(_PAD) + look.scaled(_GAP) + look.scaled(_SHAPE)


def draw_chip(painter: QPainter, area: QRectF, tone: Tone, words: str, look: Look, *, check: bool = False) -> None:
    """Draw a chip that fills ``area``; the painter has the font CHIP_RATIO, CHIP_WEIGHT already."""
    colours = look.colours.tones[tone]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    same = colours.ground == look.colours.surface
    painter.setPen(QPen(QColor(colours.text), 1) if same else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    radius = area.height() / 2
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5) if same else area, radius, radius)
    side = look.scaled(_SHAPE)
    shape = QRectF(area.left() + look.scaled(_PAD), area.center().y() - side / 2, side, side)
    painter.setBrush(QColor(colours.text))
    draw_shape(painter, shape, tone, check=check)
    painter.setPen(QColor(colours.text))
    painter.drawText(
        area.adjusted(look.scaled(_PAD) + side + look.scaled(_GAP), 0, 0, 0),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        words,
    )


CHIP_RATIO = Type.SECONDARY
CHIP_WEIGHT = Type.STRONG
