"""The command palette: every action of the moment with its key, found by typing, in the window's language and in English (19)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desk_client.ui.i18n import english, tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Size, Space
from desk_client.ui.widgets import Action, Area, Button, ChoiceList, Item, Secondary, announce, column
from desk_core.people import fold_plain

_WIDTH, _ROWS = 560, 9
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS - 1, Qt.Key.Key_PageUp: 1 - _ROWS}


def at_hand(area: QWidget) -> list[Action]:
    """The actions that answer in this area now: its own, and those of everything in it that can be seen."""
    found: list[Action] = []
    for widget in (area, *area.findChildren(QWidget)):
        if widget.isVisible():
            found += [action for action in widget.actions() if isinstance(action, Action)]
            found += [widget.action] if isinstance(widget, Button) else []
    return [action for action in dict.fromkeys(found) if action.text() and action.isEnabled()]


def ranked(actions: Iterable[Action], typed: str) -> list[Action]:
    """The actions that have every typed word, in the language of the window or in English; what begins with the text comes first."""
    wanted = fold_plain(typed).split()
    places: list[tuple[int, Action]] = []
    for action in actions:
        names = [fold_plain(name) for name in dict.fromkeys((action.text(), english(action.text())))]
        best = min((_place(name, wanted) for name in names), default=None)
        if best is not None and best < _NOT:
            places.append((best, action))
    return [action for _, action in sorted(places, key=lambda each: each[0])]


_NOT = 3


def _place(name: str, wanted: Sequence[str]) -> int:
    """0: the name begins with what was typed; 1: its words do; 2: it is somewhere in it; 3: it is not."""
    if name.startswith(" ".join(wanted)):
        return 0
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 1
    return 2 if all(part in name for part in wanted) else _NOT


class _Field(QLineEdit):
    """Keeps the focus while the list moves; ``keys`` gets every key first."""

    def __init__(self, keys: Callable[[QKeyEvent], bool], left: Callable[[], None]) -> None:
        super().__init__()
        self._keys, self._left = keys, left

    def event(self, event: QEvent) -> bool:
        """Esc is ours before it is any page's."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Esc are the list's."""
        if not self._keys(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere wants no command."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._left()


class Palette(Area):
    """A layer over the window. Enter does what is selected, Esc goes back to where the keyboard was; nothing behind it is touched."""

    def __init__(self, window: QWidget, actions: Callable[[], Sequence[Action]]) -> None:
        """``actions`` are asked for at each opening."""
        super().__init__("popup")
        self.setParent(window)
        self._ask, self._known = actions, dict[str, Action]()
        self._before: QWidget | None = None
        self.field = _Field(self._key, self.put_away)
        self.field.setPlaceholderText(tr("What do you want to do?"))
        self.field.setAccessibleName(tr("What do you want to do?"))
        self.field.textChanged.connect(self._find)
        self.list = ChoiceList(tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self._do())
        self._none = Secondary(tr("No action has these words."), wrap=True)
        layout = column(self, margins=(Space.S, Space.S, Space.S, Space.S), spacing=Space.S)
        for part in (self.field, self.list, self._none):
            layout.addWidget(part)
        self.hide()

    def open(self) -> None:
        """Show what can be done now, and listen."""
        if self.isVisible():
            self.put_away()
            return
        self._before = QApplication.focusWidget()
        self._known = {str(place): action for place, action in enumerate(self._ask())}
        self.field.clear()
        self._find("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Go away; the keyboard is where it was before."""
        if not self.isVisible():
            return
        had = self.field.hasFocus()
        self.hide()
        before, self._before = self._before, None
        if had and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> list[Action]:
        """What is in the list, best first."""
        return [self._known[item.key] for item in self.list.items()]

    def _find(self, typed: str) -> None:
        keys = {action: key for key, action in self._known.items()}
        items = [
            Item(keys[action], action.text(), action.why_not, keys=action.keys())
            for action in ranked([a for a in self._known.values() if shiboken6.isValid(a)], typed)
        ]
        self.list.show_items(items)
        self.list.setVisible(bool(items))
        self._none.setVisible(not items)
        if items:
            self.list.select(items[0].key)
            self.list.scrollToTop()
        self._place()

    def _place(self) -> None:
        """Below the call bar, in the middle; as high as what it shows."""
        window, now = self.parentWidget(), look()
        if window is None:
            return
        width = min(now.scaled(_WIDTH), window.width() - 2 * Space.XL)
        top = now.scaled(Size.CALL_BAR) + Space.S
        room = window.height() - top - now.scaled(80)
        rows = max(
            min(sum(self.list.sizeHintForRow(row) for row in range(min(_ROWS, len(self.list.items())))), room), 1
        )
        self.list.setFixedHeight(rows + 2)
        layout = self.layout()
        height = (
            layout.heightForWidth(width)
            if layout is not None and layout.hasHeightForWidth()
            else self.sizeHint().height()
        )
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.put_away()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
        elif key in _STEPS:
            self.list.step(_STEPS[key])
            item = self.list.current()
            if item is not None:
                announce(self.field, ", ".join(part for part in (item.title, item.keys, item.detail) if part))
        else:
            return False
        return True

    def _do(self) -> None:
        item = self.list.current()
        action = self._known.get(item.key) if item is not None else None
        self.put_away()
        if action is not None and shiboken6.isValid(action):
            action.trigger()
