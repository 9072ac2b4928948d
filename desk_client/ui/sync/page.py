"""The outbox: every item that is not applied, in words, and what can be done with those that need attention (P5, 50)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desk_client.services import OUTBOX, SYNC
from desk_client.services.formats import clock_time, day_time
from desk_client.services.records import Saved, Unsent
from desk_client.services.words import command_words, unsent_words
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import refusal, sentence
from desk_client.ui.sync.versions import LONG, VersionList, label_of, texts, versions, with_texts
from desk_client.ui.sync.words import saved_here
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import (
    Action,
    Banner,
    ChoiceList,
    Field,
    Heading,
    Item,
    Label,
    Secondary,
    TextArea,
    clear_layout,
    column,
)
from desk_client.ui.workarea import WorkPage
from desk_core import references
from desk_core.commands import Ask


class OutboxPage(WorkPage):
    """A list and what belongs to the selected item. ``changed`` asks the window to show the actions again."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        super().__init__()
        self._desk, self._changed = desk, changed
        self._known: dict[str, Unsent] = {}
        self._fields: dict[str, Field | TextArea] = {}
        self._editing: tuple[str, Ask] | None = None
        self._discarding = ""
        self.send_again = self._action(tr("Send again"), "outbox_send_again", self._send_again)
        self.edit = self._action(tr("Edit and send again"), "outbox_edit", self._edit)
        self.discard = self._action(tr("Discard"), "outbox_discard", self._ask_discard)
        self._surely = self._action(tr("Discard it for good"), "outbox_discard_surely", self._discard)
        self.heading, self._lead = Heading(tr("Unsent work")), Secondary("", wrap=True)
        self._lead.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.banner = Banner()
        self.list = ChoiceList(tr("Unsent work"))
        self.list.setObjectName("outbox_list")
        self.list.moved.connect(self._moved)
        self._said, self.versions = Label("", wrap=True), VersionList()
        self._editor: QVBoxLayout = column(spacing=Space.M)
        layout = column(self, margins=(Space.XL, Space.M, Space.XL, Space.M), spacing=Space.S)
        for part in (self.heading, self._lead, self.banner):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._said)
        layout.addWidget(self.versions)
        layout.addLayout(self._editor)
        layout.addStretch()
        desk.changed.connect(self._follow)

    def refresh(self) -> None:
        """Read everything again."""
        items = self._desk.outbox.all() if self._desk.who is not None else ()
        self._known = {item.id: item for item in items}
        if not items and self.list.hasFocus():
            # Qt would hand the focus of a list that vanishes to the next field, the search.
            self._lead.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.show_items([self._item(item) for item in items])
        self.list.fit()
        attention = sum(item.state == "refused" for item in items)
        waiting = saved_here([item for item in items if item.state != "refused"])
        self._lead.setText(_lead(attention, waiting))
        if self._editing and self._editing[0] not in self._known:
            self._stop_editing()
        self._moved(self.list.current().key if self.list.current() else "")  # type: ignore[union-attr]

    def take_focus(self) -> None:
        """The list gets the keyboard; the sentence above it when nothing is unsent."""
        (self.list if self.list.items() else self._lead).setFocus(Qt.FocusReason.OtherFocusReason)

    def _action(self, words: str, name: str, done: Callable[[], None]) -> Action:
        action = Action(words, parent=self)
        action.setObjectName(name)
        action.fired.connect(done)
        return action

    def _item(self, item: Unsent) -> Item:
        local, now = self._desk.local(item.issued_at), self._desk.local(self._desk.now())
        when = clock_time(local) if local.date() == now.date() else day_time(local)
        number = references.grouped(item.reference) if item.reference else ""
        title = (
            tr("{what} · {number}", what=command_words(item.name), number=number)
            if number
            else command_words(item.name)
        )
        tone = Tone.LATE if item.state == "refused" else Tone.PAUSED
        return Item(item.id, title, tr("given {time}", time=when), unsent_words(item), tone)

    def _follow(self, what: frozenset[str]) -> None:
        if what & {OUTBOX, SYNC} and self.isVisible():
            self.refresh()

    def _moved(self, key: str) -> None:
        item = self._known.get(key)
        refused = item is not None and item.state == "refused"
        self._said.setText("")
        if item is not None and refused:
            said = refusal(item.code, item.params, item.text)
            self._said.setText(tr("The server says: {sentence}", sentence=said))
        self._said.setVisible(refused)
        self.versions.show_versions(versions(self._desk, item) if item is not None and refused else [])
        wanted = (self.send_again, self.edit, self.discard) if refused else ()
        if tuple(a for a in (self.expected, *self.others, *self.aside) if a) != wanted:
            self.expected = wanted[0] if wanted else None
            self.others, self.aside = wanted[1:2], wanted[2:]
            self._changed()

    # --- acts ------------------------------------------------------------------------------------------------------------

    def _selected(self) -> Unsent | None:
        item = self.list.current()
        return self._known.get(item.key) if item else None

    def _send_again(self) -> None:
        item = self._selected()
        if item is None:
            return
        edited = None
        if self._editing and self._editing[0] == item.id:
            edited = with_texts(self._editing[1], {name: field.text() for name, field in self._fields.items()})
        self._desk.run(lambda: self._desk.outbox.send_again(item.id, edited), self._sent, self._not_done, self)

    def _sent(self, _saved: Saved) -> None:
        self._stop_editing()
        self.refresh()
        self.banner.show_message(Tone.FINE, tr("Given again; it is sent with the next sync."))

    def _not_done(self, error: BaseException) -> None:
        for name in getattr(error, "fields", ()):
            if name in self._fields:
                self._fields[name].set_error(sentence(error))
        self.banner.show_message(Tone.LATE, sentence(error))

    def _edit(self) -> None:
        item = self._selected()
        if item is None:
            return
        self._stop_editing()
        ask = self._desk.outbox.editable(item)
        self._editing = (item.id, ask)
        for name, value in texts(ask):
            field = TextArea(label_of(name), lines=3) if name in LONG else Field(label_of(name))
            field.set_text(value)
            self._fields[name] = field
            self._editor.addWidget(field)
        first = next(iter(self._fields.values()), None)
        if first is None:
            self.banner.show_message(Tone.PAUSED, tr("There is nothing to edit in this; send it again or discard it."))
        else:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_editing(self) -> None:
        self._editing, self._fields = None, {}
        clear_layout(self._editor)

    def _ask_discard(self) -> None:
        item = self._selected()
        if item is None:
            return
        self._discarding = item.id
        words = tr(
            "“{what}” would never be sent; it stays in this computer's journal only.", what=command_words(item.name)
        )
        self.banner.show_message(Tone.SOON, words, [self._surely])

    def _discard(self) -> None:
        command, self._discarding = self._discarding, ""
        if command:
            self._desk.run(lambda: self._desk.outbox.discard(command), self._discarded, self._not_done, self)

    def _discarded(self, _nothing: None) -> None:
        self.refresh()
        self.banner.show_message(Tone.PAUSED, tr("Discarded."))


def _lead(attention: int, waiting: str) -> str:
    parts = []
    if attention:
        parts.append(
            tr(
                "The server refused %n items; they need you.",
                "",
                attention,
                one="The server refused %n item; it needs you.",
            )
        )
    if waiting:
        parts.append(tr("{saved}; it is sent by itself when the server can be reached.", saved=waiting))
    return " ".join(parts) or tr("Everything is sent.")
