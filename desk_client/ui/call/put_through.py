"""To whom a caller is put through: the specialists of the department, those who know the product first (H-03, H-13)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk_client.ui.i18n import tr
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, ChoiceList, Field, Heading, Item, Secondary, column
from desk_client.ui.workarea import WorkPage
from desk_core import references
from desk_core.people import Member, fold
from desk_core.routing import knows


class PutThroughPage(WorkPage):
    """Type a part of the name, arrows move, Enter puts through. ``chosen`` carries the member's id, ``left`` when the person goes back."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._members: Sequence[Member] = ()
        self._about: Sequence[str] = ()
        self._offices: dict[str, str] = {}
        self._heading, self._lead = Heading(tr("Put through to a specialist")), Secondary("", wrap=True)
        self.name = Field(tr("Name"))
        self.name.editor.setObjectName("put_through_name")
        self.list = ChoiceList(tr("Specialists"))
        self.list.setObjectName("put_through_list")
        self.go = Action(tr("Put through"), parent=self)
        self.back = Action(tr("Back to the form"), "Esc", self)
        self.addAction(self.back)
        self.expected, self.aside = self.go, (self.back,)
        layout = column(self, margins=(Space.XL, Space.M, Space.XL, Space.M), spacing=Space.M)
        for part in (self._heading, self._lead, self.name):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        self.name.edited.connect(self._narrow)
        self.name.editor.installEventFilter(self)
        self.list.chosen.connect(self.chosen)
        self.go.fired.connect(self.list.choose_current)
        self.back.fired.connect(self.left)

    def show_members(
        self, reference: str, members: Sequence[Member], about: Sequence[str], offices: dict[str, str]
    ) -> None:
        """Offer these for the call with this reference; ``about`` are product and class."""
        self._members, self._about, self._offices = members, about, offices
        number = references.grouped(reference)
        none = tr("No specialist of this department is here; go back and promise a call back.")
        words = tr("{number}: those who know this product stand first.", number=number)
        self._lead.setText(words if members else none)
        self.name.set_text("")
        self._narrow("")

    def take_focus(self) -> None:
        """The cursor goes to the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Up and Down move in the list while the cursor stays in the name; Enter puts through."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and watched is self.name.editor:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.list.step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.choose_current()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]  # Qt calls it with its own objects

    def _narrow(self, typed: str) -> None:
        wanted = fold(typed)
        fitting = [
            m
            for m in self._members
            if not wanted or any(part.startswith(wanted) for part in (fold(m.name), *fold(m.name).split()))
        ]
        self.list.show_items([self._item(member) for member in fitting])
        if typed and fitting and self.list.current() is None:
            self.list.step(1)

    def _item(self, member: Member) -> Item:
        detail = " · ".join(
            part for part in (self._offices.get(member.office, ""), member.phone, ", ".join(member.skills)) if part
        )
        expert = knows(member, self._about)
        return Item(member.id, member.name, detail, tr("knows this") if expert else "", Tone.FINE)
