"""One open ticket: reads it, shows it, carries out what is done with it. The page knows no service, the services no widget."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desk_client.services.formats import date_time
from desk_client.services.happenings import History
from desk_client.services.records import Elsewhere, Row, Saved, TicketView
from desk_client.services.words import (
    channel_words,
    hint_words,
    holder_words,
    kind_words,
    nothing_promised,
    phone_words,
)
from desk_client.ui.context import OpenTicket
from desk_client.ui.desk import Desk
from desk_client.ui.grace import Held, held_words
from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel, leave_action
from desk_client.ui.sentences import sentence
from desk_client.ui.ticket.deeds import Deed, Deeds, Values
from desk_client.ui.ticket.draft import DraftKeeper, bring_back
from desk_client.ui.ticket.files import TicketFiles
from desk_client.ui.ticket.head import HeadLines
from desk_client.ui.ticket.page import TicketPage
from desk_client.ui.ticket.why import WhyPanel, explained
from desk_client.ui.tokens import Tone
from desk_client.ui.widgets import Action, announce
from desk_client.ui.window import MainWindow
from desk_client.ui.words import Mark, call_back_warning, entitlement_mark, full_words, promises, state_mark
from desk_core import references
from desk_core.policy import Policy
from desk_core.tickets import Ticket

SAVING_AFTER_MS = 150
_AT_ONCE = 4
_HELD = ("not_held", "held_by_other")


class TicketPresenter(QObject):
    """The page serves for one ticket after the other."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window, self.ticket_id = desk, window, ""
        self._why, self._leave = Action(tr("Why?"), "Ctrl+I"), leave_action()
        self.page = TicketPage(self._why, self._leave)
        self.page.setObjectName("ticket-page")
        self._why.fired.connect(self._explain)
        self._leave.fired.connect(window.queue.take_focus)
        self.page.actions_changed.connect(self._actions_changed)
        self.files = TicketFiles(desk, window, self.page)
        self._deeds = Deeds(desk)
        self._actions = {deed.name: self._action(deed) for deed in self._deeds.all}
        self._keeper = DraftKeeper(desk, self)
        self._view: TicketView | None = None
        self._lease = ""
        self._busy = False
        self._slow = QTimer(self, singleShot=True, interval=SAVING_AFTER_MS)
        self._slow.timeout.connect(self._say_saving)

    def open(self, ticket_id: str) -> bool:
        """Show another ticket on the page; False when it is not this member's to read."""
        if ticket_id != self.ticket_id:
            self.leave()
            self.page.close_panel()
            self.ticket_id, self._view = ticket_id, None
        readable = self.refresh()
        if readable and self._view is not None:
            shown = self._view.ticket
            number = references.grouped(shown.reference)
            announce(self.page, tr("Ticket {number}: {title}", number=number, title=shown.title))
        return readable

    # --- showing ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Read the ticket again; False when it is not this member's to read any more."""
        found = self._desk.tickets.get(self.ticket_id)
        if isinstance(found, Elsewhere):
            return False
        if found != self._view:
            self._view = found
            self._show(found)
        self.tick()
        return True

    def tick(self) -> None:
        """The countdowns as they are now."""
        if self._view is not None:
            ticket = self._view.ticket
            if self._lease_words(ticket) != self._lease:
                self._show(self._view)
            shown = promises(self._desk, ticket, self._desk.now())
            self.page.promises.show_promises(shown, "" if shown else nothing_promised(self._policy(ticket), ticket))

    def _policy(self, ticket: Ticket) -> Policy:
        return self._desk.policy_of(ticket.policy_version)

    def show_context(self) -> None:
        """The customer at the right, and what else is open for them (13)."""
        view, context = self._view, self._window.context
        if view is None:
            return
        fault = view.ticket.fault
        name = view.contact.name if view.contact else fault.caller
        company = view.customer.name if view.customer else fault.company
        lines = [company, phone_words(fault), view.contact.email if view.contact else ""]
        if view.contact and view.contact.phone and view.contact.phone_e164 != fault.phone_e164:
            lines.insert(2, view.contact.phone)
        context.show_person(name or company, "\n".join(line for line in lines if line))
        rows = self._desk.queue.of_customer(view.ticket.customer) if view.ticket.customer else ()
        others = [row for row in rows if row.id != self.ticket_id]
        context.show_tickets([self._line(row) for row in others], tr("Other open tickets of this customer"))
        context.show_duplicate("")
        context.show_promise("", ())

    def _line(self, row: Row) -> OpenTicket:
        return OpenTicket(self._desk.key(row.id), row.reference, row.title)

    def _show(self, view: TicketView) -> None:
        desk, ticket = self._desk, view.ticket
        place = desk.office_title(ticket.office) or desk.office_title(desk.office)
        received = desk.local(ticket.received_at, ticket.office)
        self.page.phone = ticket.fault.phone_e164 or ticket.fault.phone
        exactly = full_words(received, place)
        number = ", ".join(references.grouped(alias) for alias in ticket.aliases)
        self.page.head.show_lines(
            HeadLines(
                reference=ticket.reference,
                marks=self._marks(view),
                entitled=entitlement_mark(ticket.entitlement),
                title=ticket.title,
                about=" — ".join(
                    (
                        kind_words(self._policy(ticket), ticket),
                        " · ".join((desk.department_title(ticket.department), place)),
                        holder_words(desk.member.id, view.names, ticket.holder),
                    )
                ),
                customer=_dotted(ticket.fault.company, ticket.fault.caller, phone_words(ticket.fault)),
                thing=_dotted(ticket.fault.product, ticket.fault.serial),
                received=_dotted(
                    tr(
                        "Received {when}, {place} time, {channel}",
                        when=date_time(received),
                        place=place,
                        channel=channel_words(ticket.channel),
                    ),
                    tr("{minutes} min spent", minutes=ticket.minutes) if ticket.minutes else "",
                    tr("also known as {number}", number=number) if number else "",
                ),
                received_exactly=tr("Received {when}", when=exactly),
            )
        )
        history = History(self._policy(ticket), view, desk.now(), desk.calls.get)
        self.page.timeline.show_entries(history.entries(), place, self.files.show(view))
        self._offer(ticket)

    def _marks(self, view: TicketView) -> tuple[Mark, ...]:
        ticket = view.ticket
        marks = []
        if view.unsent:
            marks.append(Mark(Tone.SOON, tr("saved here, not sent yet")))
        self._lease = self._lease_words(ticket)
        if self._lease:
            marks.append(Mark(Tone.SOON, self._lease))
        if ticket.imported:
            marks.append(Mark(Tone.PAUSED, tr("imported from {source}", source=ticket.imported)))
        return (*marks, state_mark(ticket))

    def _lease_words(self, ticket: Ticket) -> str:
        """Without network: until when a ticket in hand stays in hand."""
        until = self._desk.tickets.yours_alone_until(ticket)
        if until is None:
            return ""
        when = date_time(self._desk.local(until, ticket.office))
        if until < self._desk.now():
            return tr("was yours until {when}, offline", when=when)
        return tr("yours until {when}, offline", when=when)

    def _offer(self, ticket: Ticket) -> None:
        """The actions that make sense, each with the reason why it can't be done now."""
        drafts = self._keeper.names(self.ticket_id)
        offered: list[Action] = []
        reading = ""
        for deed in self._deeds.all:
            if not deed.offered(ticket):
                continue
            action = self._actions[deed.name]
            refusal = self._desk.tickets.check(deed.probe(ticket))
            if refusal and refusal.code == "out_of_scope":
                # Of a ticket that is only followed nothing is offered but what anybody may do (V-02).
                reading = sentence(refusal)
                continue
            action.block(sentence(refusal) if refusal else "")
            if refusal and refusal.code in _HELD:
                reading = reading or sentence(refusal)
            action.setText(tr("{action} (begun)", action=deed.words) if deed.name in drafts else deed.words)
            offered.append(action)
        if self.files.offered(ticket):
            offered.append(self.files.attach)
        self.page.set_actions(self._expected(offered), offered[:_AT_ONCE], offered[_AT_ONCE:])
        self.page.show_reading(reading)

    def _expected(self, offered: list[Action]) -> Action | None:
        """What is to be done next: the call back by those whose call keeps the promise, else the answer, else going on with it."""
        wanted = ["reply", "reopen"] if call_back_warning(self._desk) else ["call_back", "reply", "reopen"]
        found = [
            action for name in wanted for action in offered if action is self._actions[name] and not action.why_not
        ]
        return next(iter(found), None)

    def _actions_changed(self) -> None:
        if self._window.work.page is self.page:
            self._window.work.refresh_actions()

    # --- acting ----------------------------------------------------------------------------------------------------------

    def _action(self, deed: Deed) -> Action:
        action = Action(deed.words, deed.keys, self)
        action.setObjectName(deed.name)
        action.fired.connect(partial(self.begin, deed.name))
        action.refused.connect(self._window.work.show_hint)
        return action

    def begin(self, name: str) -> None:
        """Open the panel of an action, with what was typed there before."""
        deed = next(deed for deed in self._deeds.all if deed.name == name)
        if self._view is None:
            return
        panel = deed.panel(self._view)
        kept = self._keeper.load(self.ticket_id, name)
        panel.set_values(kept)
        panel.submitted.connect(partial(self._submit, deed, panel))
        panel.edited.connect(partial(self._keep, panel))
        self._open(panel)

    def leave(self) -> None:
        """The page is left: keep what is typed."""
        self._keeper.flush()

    def _open(self, panel: Panel) -> None:
        self._keeper.flush()
        panel.closed.connect(self._put_away)
        self.page.open_panel(panel)

    def _put_away(self) -> None:
        self._keeper.flush()
        self.page.close_panel()
        self._offer_again()

    def _offer_again(self) -> None:
        if self._view is not None:
            self._offer(self._view.ticket)

    def _keep(self, panel: Panel) -> None:
        self._keeper.keep(self.ticket_id, panel)

    def _explain(self) -> None:
        if self._view is None:
            return
        policy = self._policy(self._view.ticket)
        found = [explained(policy, why) for why in self._desk.why.of_ticket(self.ticket_id)]
        nothing = "" if found else nothing_promised(policy, self._view.ticket)
        self._open(WhyPanel(found, nothing))

    def _submit(self, deed: Deed, panel: Panel, way: str) -> None:
        if self._busy:
            return
        panel.show_problem("")
        try:
            values = panel.values()
            ask = deed.ask(self.ticket_id, values, way)
        except Exception as error:
            self._failed(panel, error)
            return
        self._busy = True
        self._slow.start()
        # Whoever goes on to another ticket meanwhile still hears how this ended: the page outlives its panels.
        self._desk.run(
            lambda: self._desk.graces.give(ask),
            partial(self._done, self.ticket_id, deed, panel, values),
            partial(self._failed, panel),
            self.page,
        )

    def _done(self, ticket: str, deed: Deed, panel: Panel, values: Values, saved: Saved) -> None:
        self._rest()
        self._keeper.forget(ticket, deed.name, self._offer_again)
        if self.page.panel is panel:
            self.page.close_panel()
        self._tell(saved, "\n".join(values.values()), panel.said)
        self.refresh()
        if saved.held:
            words = held_words(saved.name, saved.reference)
            back = partial(bring_back, self._desk, ticket, deed.name, values)
            self._desk.held.emit(Held(saved.command, words, back))

    def _tell(self, saved: Saved, text: str, said: frozenset[str]) -> None:
        work, hints = self._window.work, [code for code in saved.hints if code not in said]
        if not saved.decided:
            work.tell(Tone.PAUSED, tr("Saved here; the server decides as soon as it can be reached."))
        elif saved.changed == "not_counted":
            work.tell(Tone.SOON, tr("Your call is noted. The promise runs on until a specialist has called."))
        elif hints:
            words = " ".join(hint_words(self._desk.policy, code, text) for code in hints)
            work.tell(Tone.SOON, tr("Saved. {hints}", hints=words))
        else:
            announce(self.page, tr("Saved"))

    def _failed(self, panel: Panel, error: BaseException) -> None:
        self._rest()
        if self.page.panel is panel:
            panel.show_problem(sentence(error), tuple(getattr(error, "fields", ())))
        else:
            self._window.work.tell(Tone.LATE, sentence(error))

    def _rest(self) -> None:
        self._busy = False
        self._slow.stop()
        if self.page.panel is not None:
            self.page.panel.show_kept("")

    def _say_saving(self) -> None:
        if self.page.panel is not None:
            self.page.panel.show_kept(tr("Saving…"))


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
