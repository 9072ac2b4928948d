"""Actions and the buttons that show them, with the shortcut on the button."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desk_client.ui.assets import pixmap
from desk_client.ui.i18n import tr
from desk_client.ui.theme import Look, look
from desk_client.ui.tokens import Size, Type
from desk_client.ui.widgets.text import set_tooltip, visible_text

Keys = QKeySequence | QKeySequence.StandardKey | str


class Kind(Enum):
    """How much a button asks for attention; a link stands in a line of text, large it is strong and of body size; the chosen one of several
    has the accent's outline and a check mark."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    LINK = "link"
    CHOSEN = "chosen"


class Action(QAction):
    """Something a person can do, with its shortcut; when it can't be done now it says why instead of going grey and silent.

    Connect to ``fired``. ``refused`` carries the reason, when the person tries or puts the focus on the button. ``also`` are further
    keys, the platform's own for instance; the first one stands on the button.
    """

    fired = Signal()
    refused = Signal(str)

    def __init__(
        self, text: str, shortcut: Keys = "", parent: QObject | None = None, *, also: Sequence[Keys] = ()
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._why_not = ""
        keys = [QKeySequence(each) for each in (shortcut, *also) if each != ""]
        # A platform without a key of its own for something gives an empty one, or the one that is there.
        self.setShortcuts(list(dict.fromkeys(each for each in keys if not each.isEmpty())))
        # A key held down must not do the thing twice.
        self.setAutoRepeat(False)
        self.triggered.connect(self._try)

    @property
    def why_not(self) -> str:
        """Why this can't be done now; empty when it can."""
        return self._why_not

    def block(self, reason: str) -> None:
        """From now on answer with ``reason``, one sentence."""
        if self._why_not != reason:
            self._why_not = reason
            self.changed.emit()

    def allow(self) -> None:
        """It can be done again."""
        self.block("")

    def explain(self) -> None:
        """Tell the reason again, if there is one."""
        if self._why_not:
            self.refused.emit(self._why_not)

    def keys(self) -> str:
        """The shortcut as it stands on the button: ``Ctrl 1``."""
        native = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return native.replace("+", " ") if len(native) > 1 else native

    def _try(self) -> None:
        if self._why_not:
            self.explain()
        else:
            self.fired.emit()


class Button(QPushButton):
    """Shows an action: its text, and its shortcut at the right in lighter weight.

    A blocked action keeps the button in the tab order, so that the reason can be read (42); the button only looks switched off.
    """

    def __init__(self, action: Action, kind: Kind = Kind.SECONDARY, *, large: bool = False, icon: str = "") -> None:
        super().__init__()
        self._action, self._kind, self._large, self._icon = action, kind, large, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    @property
    def action(self) -> Action:
        """The action that this button triggers."""
        return self._action

    def set_kind(self, kind: Kind) -> None:
        """Ask for more or less attention."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    @property
    def icon_name(self) -> str:
        """The icon on it."""
        return "check" if self._kind is Kind.CHOSEN else self._icon

    def sizeHint(self) -> QSize:
        """Text, shortcut and the space around them; never below the size of a click target."""
        now = look()
        width = 2 * self._pad(now) + round(QFontMetricsF(self._text_font(now)).horizontalAdvance(self._shown()))
        if self._keys():
            width += now.scaled(12) + round(QFontMetricsF(self._keys_font(now)).horizontalAdvance(self._keys()))
        if self.icon_name:
            width += now.scaled(16) + (now.scaled(6) if self._shown() else 0)
        height = 24 if self._kind is Kind.LINK else 38 if self._large else 30
        return QSize(max(width, Size.TARGET), max(now.scaled(height), Size.TARGET))

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """A new font means a new size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A blocked button says why when the focus comes."""
        super().focusInEvent(event)
        self._action.explain()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as the space bar does; arrows are for the group that it stands in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, focus ring, text and shortcut."""
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter, now)
        area = QRectF(self.rect()).adjusted(self._pad(now), 0, -self._pad(now), 0)
        painter.setPen(ink)
        if self.icon_name:
            side = now.scaled(16)
            left = area.left() if self._shown() else QRectF(self.rect()).center().x() - side / 2
            picture = pixmap(self.icon_name, ink.name(), side, 2)
            painter.drawPixmap(QPointF(left, area.center().y() - side / 2), picture)
            area.setLeft(area.left() + side + now.scaled(6))
        painter.setFont(self._text_font(now))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._shown())
        painter.setFont(self._keys_font(now))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._keys())

    def _paint_ground(self, painter: QPainter, now: Look) -> QColor:
        """Draw the ground and the focus ring; the answer is the colour of the text on it."""
        colours = now.colours
        blocked = bool(self._action.why_not)
        primary = self._kind is Kind.PRIMARY and not blocked
        ground = QColor(colours.accent if primary else colours.window if blocked else colours.surface)
        ink = QColor(colours.on_accent if primary else colours.secondary if blocked else colours.text)
        edge = QColor(colours.accent if primary else colours.line)
        link = self._kind is Kind.LINK
        if link or self._kind is Kind.QUIET:
            ground.setAlpha(0)
            edge.setAlpha(0)
        if link and not blocked:
            ink = QColor(colours.accent)
        if self._kind is Kind.CHOSEN:
            ground, edge, ink = QColor(colours.selected), QColor(colours.accent), QColor(colours.text)
        if not blocked and not link and (self.isDown() or self.underMouse()):
            ground = ground.darker(108) if primary else QColor(colours.hover)
        painter.setBrush(ground)
        focused = self.hasFocus()
        if focused and link:
            painter.fillRect(0, self.height() - Size.FOCUS, self.width(), Size.FOCUS, QColor(colours.accent))
        elif focused and not primary:
            painter.setPen(QPen(QColor(colours.accent), Size.FOCUS))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Size.RADIUS, Size.RADIUS)
        else:
            painter.setPen(QPen(edge, 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Size.RADIUS, Size.RADIUS)
        if focused and primary:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.on_accent), Size.FOCUS))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), Size.RADIUS - 2, Size.RADIUS - 2)
        return ink

    def _pad(self, now: Look) -> int:
        return 0 if self._kind is Kind.LINK else now.scaled(13)

    def _text_font(self, now: Look) -> QFont:
        if self._kind is not Kind.LINK:
            return now.font(Type.BODY, Type.STRONG if self._kind is Kind.PRIMARY else Type.REGULAR)
        font = now.font(Type.BODY, Type.STRONG) if self._large else now.font(Type.SECONDARY)
        font.setUnderline(self.underMouse())
        return font

    def _keys_font(self, now: Look) -> QFont:
        return now.font(Type.SECONDARY, Type.REGULAR)

    def _shown(self) -> str:
        return "" if self._icon and self._kind is Kind.QUIET else visible_text(self._action.text())

    def _keys(self) -> str:
        hidden = self._kind is Kind.LINK or (self._icon and self._kind is Kind.QUIET)
        return "" if hidden else self._action.keys()

    def _follow(self) -> None:
        name = visible_text(self._action.text())
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name)
        why = self._action.why_not
        self.setAccessibleDescription(tr("Not possible now: {reason}", reason=why) if why else self._action.keys())
        hint = why or (self._action.text() if self._icon and self._kind is Kind.QUIET else "")
        set_tooltip(self, hint)
        self.updateGeometry()
        self.update()
