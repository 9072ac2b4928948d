"""A ticket outside the member's scope: whose it is, how it stands, and a note to send them; nothing else (§ 2, H-29)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from desk_client.services.errors import Missing
from desk_client.services.records import Elsewhere, Saved
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel, leave_action, submit
from desk_client.ui.sentences import sentence
from desk_client.ui.ticket.draft import DraftKeeper
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Chip, FlowRow, Heading, Label, ReferenceLabel, Secondary, TextArea, column, rule
from desk_client.ui.window import MainWindow
from desk_client.ui.words import state_mark
from desk_client.ui.workarea import WorkPage
from desk_core.commands import AddNote


class NotePanel(Panel):
    """The note box; it can't be put away, because there is nothing else here."""

    def __init__(self, department: str) -> None:
        super().__init__(
            "outside",
            tr("Send {department} a note", department=department),
            submit(tr("Send the note")),
            tr("Say who called and what it is about; they see it in the history of the ticket."),
        )
        self.removeAction(self.put_away)
        self.close_button.hide()
        self.add_field("text", TextArea(tr("Note"), lines=5))
        self.finish()


class StubPage(WorkPage):
    """What the whole desk may know."""

    def __init__(self, elsewhere: Elsewhere, holder: str) -> None:
        super().__init__()
        self.setObjectName("stub-page")
        stub = elsewhere.stub
        self.number = ReferenceLabel(tr("Ticket of another department"))
        self.number.show_reference(stub.reference)
        self.panel = NotePanel(elsewhere.department_title)
        mark = state_mark(stub)
        chips = FlowRow()
        chips.set_widgets([Chip(mark.tone, mark.words, check=mark.settled)])
        layout = column(self, margins=(Space.XL, Space.XS, Space.XL, Space.XS), spacing=Space.S)
        layout.addWidget(self.number)
        layout.addWidget(Heading(tr("It belongs to {department}", department=elsewhere.department_title)))
        layout.addWidget(chips)
        layout.addWidget(Label(holder, wrap=True))
        layout.addWidget(Secondary(tr("What it is about can be read there only; you can send them a note."), wrap=True))
        layout.addWidget(rule())
        layout.addWidget(self.panel)
        layout.addStretch()
        self.expected = self.panel.submit


class StubPresenter(QObject):
    """Shows a stub and sends the note."""

    def __init__(self, desk: Desk, window: MainWindow, elsewhere: Elsewhere) -> None:
        super().__init__(window)
        self._desk, self._window, self._elsewhere = desk, window, elsewhere
        self.ticket_id = elsewhere.stub.id
        self.page = StubPage(elsewhere, self._holder())
        leave = leave_action()
        leave.setParent(self.page)
        leave.fired.connect(window.queue.take_focus)
        self.page.addAction(leave)
        self._keeper = DraftKeeper(desk, self)
        self._busy = False
        panel = self.page.panel
        panel.set_values(self._keeper.load(self.ticket_id, panel.name))
        panel.edited.connect(partial(self._keeper.keep, self.ticket_id, panel))
        panel.submitted.connect(self._submit)

    def show_context(self) -> None:
        """Nothing of the customer is known here."""
        self._window.context.clear()

    def leave(self) -> None:
        """Keep what is typed."""
        self._keeper.flush()

    def tick(self) -> None:
        """Nothing counts here."""

    def refresh(self) -> bool:
        """False when it is another stub by now, or this member's to read."""
        try:
            return self._desk.tickets.get(self.ticket_id) == self._elsewhere
        except Missing:
            return True  # the server told of it before the feed did

    def _holder(self) -> str:
        department = self._elsewhere.stub.holder_department
        if not department:
            return tr("Nobody holds it at the moment.")
        return tr("Held by a colleague in {department}.", department=self._desk.department_title(department))

    def _submit(self, _way: str) -> None:
        if self._busy:
            return
        self._busy = True
        panel = self.page.panel
        panel.show_problem("")
        ask = AddNote(ticket=self.ticket_id, text=panel.values()["text"])
        self._desk.run(lambda: self._desk.tickets.ask(ask), self._done, self._failed, panel)

    def _done(self, _saved: Saved) -> None:
        self._busy = False
        panel = self.page.panel
        self._keeper.forget(self.ticket_id, panel.name, _nothing)
        panel.set_values({"text": ""})
        panel.show_kept("")
        title = self._elsewhere.department_title
        words = tr("The note is saved here; {department} gets it as soon as the server has it.", department=title)
        self._window.work.tell(Tone.FINE, words)
        panel.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self.page.panel.show_problem(sentence(error), tuple(getattr(error, "fields", ())))


def _nothing() -> None:
    """There is no mark of a draft here."""
