"""The member's own text blocks: made, changed and deleted on one page, and put back by one key (15, 26)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.panels import leave_action, submit
from desk_client.ui.sentences import sentence
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, Banner, ChoiceList, Field, Heading, Item, Secondary, TextArea, column, row
from desk_client.ui.window import MainWindow
from desk_client.ui.workarea import WorkPage
from desk_core.writing import SIGN, TextBlock


class TextBlocksPage(WorkPage):
    """The list, and below it the block that is selected."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("text-blocks-page")
        self.banner = Banner()
        self.list = ChoiceList(tr("Text blocks"))
        self.prefix, self.title = Field(tr("Prefix"), required=True), Field(tr("Title"))
        self.text = TextArea(tr("Text"), lines=6, required=True)
        lead = tr(
            "In a reply type {sign} and the prefix, then Tab. {names} and the like are filled in from the ticket; "
            "what stays in braces has to be filled in by hand before the reply is sent.",
            sign=SIGN,
            names="{caller}, {product}, {reference}",
        )
        layout = column(self, margins=(Space.XL, Space.M, Space.XL, Space.M), spacing=Space.S)
        layout.addWidget(Heading(tr("Text blocks")))
        layout.addWidget(Secondary(lead, wrap=True))
        layout.addWidget(self.banner)
        layout.addWidget(self.list, 1)
        names = row(spacing=Space.M)
        names.addWidget(self.prefix, 1)
        names.addWidget(self.title, 2)
        layout.addLayout(names)
        layout.addWidget(self.text)

    def block(self) -> TextBlock:
        """What stands in the fields."""
        prefix = self.prefix.text().removeprefix(SIGN)
        return TextBlock(prefix=prefix, title=self.title.text() or prefix, text=self.text.text(), own=True)

    def show_block(self, block: TextBlock) -> None:
        """Fill the fields."""
        self.prefix.set_text(block.prefix)
        self.title.set_text(block.title)
        self.text.set_text(block.text)

    def show_problem(self, problem: str, fields: tuple[str, ...]) -> None:
        """Say at the field what would be right."""
        field = self.text if "text" in fields else self.prefix
        field.set_error(problem)
        field.setFocus(Qt.FocusReason.OtherFocusReason)


class TextBlocks(QObject):
    """Reads and keeps what the page shows. ``left`` is called when the person goes back."""

    ticket_id = ""

    def __init__(self, desk: Desk, window: MainWindow, left: Callable[[], None]) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.page = TextBlocksPage()
        self._shown = TextBlock(prefix="", title="", text="")
        self._dropped: TextBlock | None = None
        self._save = self._action(submit(tr("Save the text block")), self._keep)
        self._new = self._action(Action(tr("New text block"), "Ctrl+1"), self._make)
        self._drop = self._action(Action(tr("Delete the text block"), "Ctrl+2"), self._delete)
        self._back = Action(tr("Put it back"), "Ctrl+3", self)
        self._back.fired.connect(self._put_back)
        self.page.addAction(self._action(leave_action(), left))
        self.page.expected, self.page.others = self._save, (self._new, self._drop)
        self.page.list.moved.connect(self._moved)
        self.refresh()
        self._begin()

    def refresh(self) -> bool:
        """Read the list again."""
        self.page.list.show_items([self._item(block) for block in self._desk.replies.blocks()])
        return True

    def tick(self) -> None:
        """Nothing counts here."""

    def leave(self) -> None:
        """What was changed and not saved yet is kept, if it can be."""
        if self._changed():
            self._desk.run(lambda: self._desk.replies.keep_block(self.page.block(), self._own()), None, _nothing)

    def show_context(self) -> None:
        """No customer belongs to it."""
        self._window.context.clear()

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.page.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _action(self, action: Action, done: Callable[[], None]) -> Action:
        action.setParent(self.page)
        action.fired.connect(done)
        action.refused.connect(self._window.work.show_hint)
        self.page.addAction(action)
        return action

    def _item(self, block: TextBlock) -> Item:
        title = tr("{title} (your own)", title=block.title) if block.own else block.title
        return Item(block.prefix, title, block.text.replace("\n", " "), keys=f"{SIGN}{block.prefix}")

    def _own(self) -> str:
        """The prefix of the own block that is in the fields, "" when it is new or ships with the program."""
        return self._shown.prefix if self._shown.own else ""

    def _changed(self) -> bool:
        now, was = self.page.block(), self._shown
        return bool(now.text) and (now.prefix, now.text) != (was.prefix, was.text)

    def _moved(self, prefix: str) -> None:
        """Another block is selected; what was typed is kept first."""
        if prefix in ("", self._shown.prefix):
            return
        if self._changed():
            self._keep()
            return
        self._show(next((each for each in self._desk.replies.blocks() if each.prefix == prefix), None))

    def _show(self, block: TextBlock | None) -> None:
        self._shown = block or TextBlock(prefix="", title="", text="")
        self.page.show_block(self._shown)
        ships = tr("It comes with the program. Save one of your own with this prefix, and it takes its place.")
        self._drop.block("" if self._shown.own else ships if self._shown.prefix else tr("Nothing is selected."))

    def _make(self) -> None:
        if self._changed():
            self._keep()
        else:
            self._begin()

    def _begin(self) -> None:
        self._show(None)
        self.page.prefix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        block = self.page.block()

        def kept(_nothing: None) -> None:
            self._show(block)
            self.refresh()
            self.page.list.select(block.prefix)
            self.page.banner.show_message(Tone.FINE, tr("“{prefix}” is kept.", prefix=f"{SIGN}{block.prefix}"))

        self._desk.run(lambda: self._desk.replies.keep_block(block, self._own()), kept, self._failed, self.page)

    def _delete(self) -> None:
        block = self._shown

        def dropped(_nothing: None) -> None:
            self._dropped = block
            self._begin()
            self.refresh()
            words = tr("“{prefix}” is deleted.", prefix=f"{SIGN}{block.prefix}")
            self.page.addAction(self._back)
            self.page.banner.show_message(Tone.PAUSED, words, [self._back])

        self._desk.run(lambda: self._desk.replies.drop_block(block.prefix), dropped, self._failed, self.page)

    def _put_back(self) -> None:
        block, self._dropped = self._dropped, None
        self.page.removeAction(self._back)
        if block is not None:
            self._show(block)
            self._shown = TextBlock(prefix="", title="", text="")
            self._keep()

    def _failed(self, error: BaseException) -> None:
        if not self.page.list.select(self._shown.prefix):
            self.page.list.selectionModel().clear()
        self.page.show_problem(sentence(error), tuple(getattr(error, "fields", ())))


def _nothing(_error: BaseException) -> None:
    """It could not be kept as it was; nobody is there any more to be told."""
