"""The call form: everything on one page, the reference large on top (6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_client.ui.call.question import Question
from desk_client.ui.i18n import tr
from desk_client.ui.reply import HintLine
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import (
    Action,
    Banner,
    Button,
    Chip,
    Field,
    FlowRow,
    Offers,
    ReferenceLabel,
    Secondary,
    Segments,
    TextArea,
    column,
    row,
)
from desk_client.ui.workarea import WorkPage


@dataclass(frozen=True, slots=True)
class CallFields:
    """What the form holds; all texts as typed."""

    caller: str = ""
    company: str = ""
    phone: str = ""
    product: str = ""
    serial: str = ""
    category: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A chip below the fields: a contract that runs (``settled``) or a warranty that ended."""

    tone: Tone
    words: str
    settled: bool = False


def nobody_yet() -> Entitlement:
    """Stands where the chips come, so that no field moves when they do (6)."""
    return Entitlement(Tone.PAUSED, tr("Caller not known yet"))


class FieldGrid(QWidget):
    """Fields side by side, in as many columns (three at most) as their width allows."""

    def __init__(self, members: Sequence[QWidget]) -> None:
        super().__init__()
        self._members, self._columns = members, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.M)
        self._arrange(3)

    def minimumSizeHint(self) -> QSize:
        """One column is enough."""
        widest = max(member.minimumSizeHint().width() for member in self._members)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the number of columns when the width asks for it."""
        super().resizeEvent(event)
        self._arrange(max(1, min(3, self.width() // look().scaled(165))))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, member in enumerate(self._members):
            self._grid.addWidget(member, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)


class _Corner(QWidget):
    """Told above, kinds below, both at the right edge."""

    def __init__(self, told: Button, kinds: Segments | None) -> None:
        super().__init__()
        layout = column(self, spacing=Space.S)
        for widget in (told, kinds):
            if widget is not None:
                layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight)


class CallForm(WorkPage):
    """The six fields, the fault, what the customer is entitled to. ``edited`` names the field and carries its text; ``wanted`` names a
    field in which choices are asked for by the Down key."""

    edited = Signal(str, str)
    wanted = Signal(str)

    def __init__(self, told: Action, kinds: dict[str, str] | None = None) -> None:
        """``told`` notes that number and class were told to the caller (H-10, H-11); ``kinds`` are the kinds of ticket (H-32)."""
        super().__init__()
        self.kinds = Segments(tr("Kind"), kinds or {})
        self.reference = ReferenceLabel(tr("New fault"))
        self.caller = Field(tr("Caller"), required=True)
        self.company = Field(tr("Company"), required=True)
        self.phone = Field(tr("Phone"), required=True)
        self.product = Field(tr("Product"), required=True)
        self.serial = Field(tr("Serial number"), required=True)
        self.category = Field(tr("Class"))
        self.fault = TextArea(tr("Fault"), required=True, lines=4 if kinds else 5)
        self.serial_missing = Field(tr("Why is there no serial number?"))
        self.serial_missing.hide()
        self.notice, self.question = Banner(), Question()
        self._saved = Secondary("")
        self._entitlements = FlowRow()
        layout = column(self, margins=(Space.XL, Space.XS, Space.XL, Space.M), spacing=Space.M)
        head = FlowRow()
        head.set_widgets([self.reference], [_Corner(Button(told, icon="check"), self.kinds if kinds else None)])
        layout.addWidget(head)
        layout.addWidget(self.notice)
        six = [self.caller, self.company, self.phone, self.product, self.serial, self.category]
        layout.addWidget(FieldGrid(six))
        layout.addWidget(self.serial_missing)
        layout.addWidget(self._entitlements)
        layout.addWidget(self.fault)
        self.hints: HintLine | None = None
        self._below = row(spacing=Space.L)
        self._below.addWidget(self._saved)
        self._below.addStretch()
        layout.addLayout(self._below)
        layout.addWidget(self.question)
        layout.addStretch()
        self.show_entitlements([nobody_yet()])
        self.offers: dict[str, Offers] = {}
        for name, field in self._fields().items():
            field.setObjectName(f"call_{name}")
            field.edited.connect(partial(self.edited.emit, name))
            if isinstance(field, Field):
                self.offers[name] = Offers(field.editor, tr("Choices for {field}", field=field.caption.text()))
                self.offers[name].wanted.connect(partial(self.wanted.emit, name))
        self.serial_missing.edited.connect(partial(self.edited.emit, "serial_missing"))

    def values(self) -> CallFields:
        """What is in the form now."""
        return CallFields(**{name: field.text() for name, field in self._fields().items()})

    def set_values(self, values: CallFields) -> None:
        """Fill the form."""
        for name, field in self._fields().items():
            field.set_text(getattr(values, name))

    def set_value(self, name: str, text: str) -> None:
        """Fill one field, by its name in :class:`CallFields`."""
        self._fields()[name].set_text(text)

    def set_choices(self, name: str, choices: Sequence[str]) -> None:
        """Offer texts for a field of one line."""
        field = self._fields()[name]
        if isinstance(field, Field):
            field.set_choices(choices)

    def set_needed(self, names: Collection[str]) -> None:
        """Which fields must be filled by the policy; the others say that they need not."""
        for name, field in self._fields().items():
            field.set_needed(name in names)

    def phone_number(self) -> str:
        """The caller's number as it stands in the form."""
        return self.phone.text()

    def is_empty(self) -> bool:
        """True while nothing was typed."""
        return self.values() == CallFields()

    def ask_serial_missing(self) -> None:
        """Ask a supervisor why there is no serial number (H-20)."""
        self.serial_missing.show()
        self.serial_missing.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_error(self, name: str, sentence: str) -> None:
        """Say below a field what would be right."""
        self._fields()[name].set_error(sentence)

    def focus_first_error(self) -> None:
        """Put the cursor where something is missing."""
        wrong = next((field for field in self._fields().values() if field.error), None)
        if wrong:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entitlements(self, entitlements: Sequence[Entitlement]) -> None:
        """What contract and warranty give."""
        self._entitlements.set_widgets([Chip(item.tone, item.words, check=item.settled) for item in entitlements])
        self._entitlements.setVisible(bool(entitlements))

    def help_with_fault(self, hints: Callable[[str], Sequence[str]]) -> None:
        """Say beside that line, while it is typed, what could be better about the fault; nothing waits for it."""
        self.hints = HintLine(hints, self.fault, one_line=True)
        self._below.insertWidget(1, self.hints, 1)

    def show_saved(self, words: str) -> None:
        """How safe it is, as in "Saved on this computer 1 s ago"."""
        self._saved.setText(words)

    def _fields(self) -> dict[str, Field | TextArea]:
        return {item.name: getattr(self, item.name) for item in fields(CallFields)}
