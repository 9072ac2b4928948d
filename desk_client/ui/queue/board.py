"""The queue on show: rows of the local cache in the policy's order, *Take next*, and why the order is what it is (A-02, H-24)."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desk_client.services import CALLS, PEOPLE, POLICY, SYNC, TICKETS, Queue
from desk_client.services.formats import clock_time, date_time, day_time
from desk_client.services.records import Row, SyncState, Taken
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.model import QueueModel
from desk_client.ui.queue.panel import QueuePanel
from desk_client.ui.queue.row import ClockState, OpenTime, QueueRow
from desk_client.ui.sentences import sentence
from desk_client.ui.widgets import Action
from desk_client.ui.window import Actions
from desk_core.policy import OrderKey, Policy
from desk_core.tickets import Clock

SOON_SECONDS = 15 * 60
LONG = 2_000
_WEEK = dt.timedelta(days=6)
STATES = {
    "running": ClockState.RUNNING,
    "paused": ClockState.PAUSED,
    "met": ClockState.MET,
    "missed": ClockState.BREACHED,
    "exempt": ClockState.EXEMPT,
    "refused": ClockState.REFUSED,
}


def due_text(local: dt.datetime, now: dt.datetime) -> str:
    """A deadline as short as it may be: the time today, the day within a week, else the date; both are local to the office."""
    if local.date() == now.date():
        return tr("due {time}", time=clock_time(local))
    far = abs(local - now) > _WEEK
    return tr("due {time}", time=date_time(local) if far else day_time(local))


class Rows:
    """Rows of a list of tickets, read page by page from the local cache."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clocks: dict[int, tuple[Policy, Clock]] = {}

    def page(self, keys: Sequence[int]) -> list[QueueRow | None]:
        """The rows of these tickets in their order; None for one that has gone."""
        if self._desk.who is None:
            return [None] * len(keys)
        found = {row.id: row for row in self._desk.queue.rows([self._desk.ticket_id(key) for key in keys])}
        return [self.row(found[i]) if (i := self._desk.ticket_id(key)) in found else None for key in keys]

    def row(self, row: Row) -> QueueRow:
        """One row as it is shown."""
        desk, clock, key = self._desk, row.clock, self._desk.key(row.id)
        if clock is not None:
            self._clocks[key] = (desk.policy_of(row.policy_version), clock)
        promise, due, state = _promise(desk, row)
        if due and row.office and row.office != desk.office:
            # Times are those of the ticket's office (H-35); where that is not the reader's, it says so.
            due = tr("{due} {office} time", due=due, office=desk.office_title(row.office))
        return QueueRow(
            ticket_id=key,
            reference=row.reference,
            company=row.company or tr("no company"),
            title=row.title,
            promise=promise,
            due_text=due,
            deadline_utc=clock.deadline if clock else None,
            state=state,
            holder=row.holder_name,
            department=desk.department_title(row.department),
            office=desk.office_title(row.office),
        )

    def measure(self, row: QueueRow, now: dt.datetime) -> OpenTime:
        """What the calendar of the row's promise says at ``now`` (TS-10)."""
        policy, clock = self._clocks.get(row.ticket_id, (None, None))
        if policy is None or clock is None or clock.deadline is None:
            return OpenTime(0.0, None)
        calendar = policy.calendar(clock.calendar)
        left = calendar.open_seconds_between(now, clock.deadline) if now < clock.deadline else 0.0
        opens = None if calendar.is_open(now) else calendar.next_open(now)
        return OpenTime(left, opens)


def _promise(desk: Desk, row: Row) -> tuple[str, str, ClockState]:
    """What is promised in a few words, when, and how that clock stands."""
    now = desk.local(desk.now(), row.office)
    if row.clock is not None and row.clock.deadline is not None:
        words = tr("Call back") if row.call_back else row.clock.title
        return words, due_text(desk.local(row.clock.deadline, row.office), now), STATES[row.clock.state]
    # Waiting pauses no promise that is still owed (H-22): only without one does it lead.
    if row.status == "waiting_customer":
        return tr("Waiting for customer"), "", ClockState.PAUSED
    received = desk.local(row.received_at, row.office)
    when = clock_time(received) if received.date() == now.date() else date_time(received)
    return tr("Received {time}", time=when), "", ClockState.NONE


@dataclass(frozen=True, slots=True)
class _List:
    """What is on show: the tickets in order, how many wait, how many the member holds."""

    keys: array[int]
    waiting: int
    held: int


def _read(queue: Queue, key: Callable[[str], int], *, mine: bool) -> _List:
    keys = array("q", (key(ticket) for ticket in queue.ids(mine=mine)))
    return _List(keys, queue.count(waiting=True), queue.count(mine=True))


def order_words(policy: Policy) -> str:
    """Why the list is in this order: the policy's keys in words, and the sentences of its rules (A-02)."""
    keys: dict[OrderKey, str] = {
        "deadline": tr("what is due first"),
        "received": tr("then what came in first"),
        "reference": tr("then the lower number"),
    }
    words = ", ".join(keys[key] for key in policy.queue.order)
    start = tr(
        "The order is mandated: {keys}. Work starts with Take next; the list itself opens read-only.", keys=words
    )
    rules = [f"{rule.id}: {rule.text}" for rule in (policy.rule(rule_id) for rule_id in policy.queue.rules) if rule]
    return "\n".join([start, *rules])


class QueueBoard:
    """Fills the panel and answers its keys. ``opened`` shows a ticket that was chosen or taken; ``hint`` says a sentence near the keys."""

    def __init__(
        self,
        desk: Desk,
        panel: QueuePanel,
        actions: Actions,
        opened: Callable[[str], None],
        hint: Callable[[str], None],
    ) -> None:
        self._desk, self._panel, self._take, self._opened, self._hint = desk, panel, actions.take_next, opened, hint
        self._taking = self._mine = False
        self._asked = 0
        self.in_hand = Action(tr("In hand"), "Ctrl+H", panel)
        self._show_all = Action(tr("Show all tickets"), parent=panel)
        self._show_all.fired.connect(self._toggle_mine)
        panel.add_link(self.in_hand)
        panel.window().addAction(self.in_hand)
        panel.view.opened.connect(self._open)
        actions.take_next.fired.connect(self._take_next)
        actions.why_order.fired.connect(self._explain_order)
        actions.next_ticket.fired.connect(partial(self._step, 1))
        actions.previous_ticket.fired.connect(partial(self._step, -1))
        self.in_hand.fired.connect(self._toggle_mine)
        desk.changed.connect(self._follow)

    def refresh(self, *, at_once: bool = True) -> None:
        """Read the list again; the selection and the scroll position stay (23). Not ``at_once``: beside the window, when it is long."""
        desk = self._desk
        if desk.who is None:
            self._panel.set_place(tr("Queue"), "")
            self._panel.set_waiting(0)
            self._panel.view.show_ids([])
            self._panel.set_empty(
                tr("Nobody is signed in"), tr("Sign in, and the queue of your department appears here.")
            )
            self._panel.show_order("")
            self._panel.set_signed_in(signed_in=False)
            self.refresh_take()
            return
        self._panel.set_signed_in(signed_in=True)
        member = desk.member
        departments = [desk.department_title(d) for d in member.departments] or [tr("All departments")]
        self._panel.set_place(", ".join(departments), desk.office_title(member.office) if member.office else "")
        self._panel.view.set_show_office(len(desk.policy.offices) > 1 and not member.office)
        self._set_empty()
        self.refresh_take()
        self._asked += 1
        number, queue, key, mine = self._asked, desk.queue, desk.key, self._mine
        if not at_once and self._panel.view.model().rowCount() > LONG:
            # It would take longer than a frame; the window shows the list before meanwhile.
            desk.later(lambda: _read(queue, key, mine=mine), lambda found: self._show(number, found), owner=self._panel)
        else:
            self._show(number, _read(queue, key, mine=mine))

    def _show(self, number: int, found: _List) -> None:
        if number != self._asked or self._desk.who is None:
            return
        self._panel.view.show_ids(found.keys)
        self._panel.set_waiting(found.waiting, len(found.keys))
        self.in_hand.setText(tr("Show all") if self._mine else tr("%n in hand", "", found.held))

    def refresh_take(self) -> None:
        """Say on *Take next* why it cannot be done now, if it cannot: without the server nobody can know the head of the queue."""
        if self._desk.who is None:
            self._take.block(tr("Sign in first."))
            return
        if self._taking:
            return
        problem = self._desk.tickets.why_not_take_next()
        if problem is None:
            self._take.allow()
        else:
            self._take.block(sentence(problem))

    def tick(self, now: dt.datetime) -> None:
        """A second has passed."""
        self._panel.view.tick(now)

    def _set_empty(self) -> None:
        state = self._desk.status.state()
        if state.total and state.done < state.total:
            self._panel.set_empty(tr("Fetching the desk's data"), progress(state))
        elif self._mine:
            sentence = tr("The queue shows only what you hold. Take the next ticket, or show all again.")
            self._panel.set_empty(tr("You hold no ticket"), sentence, self._show_all)
        else:
            self._panel.set_empty(tr("Nothing waits"), tr("New tickets appear here by themselves."))

    def _follow(self, what: frozenset[str]) -> None:
        if what & {TICKETS, CALLS, PEOPLE, POLICY} or SYNC in what:
            self.refresh(at_once=False)

    def _open(self, key: int) -> None:
        self._opened(self._desk.ticket_id(key))

    @property
    def mine(self) -> bool:
        """Whether only what the member holds is on show."""
        return self._mine

    def show_mine(self, *, mine: bool) -> None:
        """Show only what the member holds, or everything again."""
        if mine != self._mine:
            self._mine = mine
            self.refresh()

    def select(self, ticket: str) -> None:
        """The ticket that is on show is the one selected, wherever it was opened from."""
        self._panel.view.select_id(self._desk.key(ticket))

    def _toggle_mine(self) -> None:
        self.show_mine(mine=not self._mine)
        self._panel.take_focus()

    def _step(self, steps: int) -> None:
        """Open the ticket after or before the one selected, without a way back to the list (23)."""
        ticket = self._panel.view.neighbour(steps)
        if ticket is not None:
            self._open(ticket)
        elif self._desk.who is not None:
            last = tr("This is the last ticket of the queue.")
            self._hint(last if steps > 0 else tr("This is the first ticket of the queue."))

    def _explain_order(self) -> None:
        shown = self._panel.order
        self._panel.show_order("" if shown or self._desk.who is None else order_words(self._desk.policy))

    # --- take next -------------------------------------------------------------------------------------------------------

    def _take_next(self) -> None:
        if self._taking:
            return
        self._taking = True
        self._take.block(tr("The server is being asked for the next ticket."))
        self._hint(tr("Asking the server for the next ticket…"))
        self._desk.run(self._desk.tickets.take_next, self._taken, self._not_taken)

    def _taken(self, taken: Taken) -> None:
        self._taking = False
        self._hint("")
        self.refresh()
        self._panel.view.select_id(self._desk.key(taken.ticket))
        self._opened(taken.ticket)

    def _not_taken(self, error: BaseException) -> None:
        self._taking = False
        self.refresh_take()
        self._hint(sentence(error))


def progress(state: SyncState) -> str:
    """How far a first download is."""
    return tr("{done} of {total} rows are here", done=f"{state.done:,}", total=f"{state.total:,}")


def countdowns(rows: Rows) -> Countdowns:
    """The chips of a list of tickets."""
    return Countdowns(rows.measure, SOON_SECONDS)


def queue_model(rows: Rows, chips: Countdowns) -> QueueModel:
    """The model of a list of tickets."""
    return QueueModel(rows.page, chips)
