"""One call from its first ring to the end of its record: the form, its draft, the ways it can go, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from desk_client.services.formats import clock_time
from desk_client.services.records import Saved, TicketView
from desk_client.services.words import hint_words
from desk_client.ui.call.aside import Aside, chips
from desk_client.ui.call.draft import CallDraft, from_body, key_of, to_body
from desk_client.ui.call.ending import Ending
from desk_client.ui.call.facts import Facts
from desk_client.ui.call.form import CallForm
from desk_client.ui.call.picking import Picking
from desk_client.ui.call.put_through import PutThroughPage
from desk_client.ui.call.saving import FIELD_OF, Saving
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.queue.board import due_text
from desk_client.ui.sentences import sentence
from desk_client.ui.ticket.deeds import LADDER_KEYS
from desk_client.ui.widgets import Action
from desk_client.ui.workarea import WorkArea
from desk_core.caller_ids import caller_number
from desk_core.calls import Call
from desk_core.commands_of_service import Escalate
from desk_core.decisions.gates import requirements
from desk_core.people import phone_display

AUTOSAVE_MS = 400
_AGAIN_MS = 2_000


class Room(Protocol):
    """What a call needs of the window."""

    @property
    def work(self) -> WorkArea: ...
    @property
    def aside(self) -> Aside: ...
    @property
    def end_call(self) -> Action: ...
    def monotonic(self) -> float: ...


class CallWork(QObject):
    """``finished`` is called when the record of the call is complete."""

    def __init__(self, desk: Desk, room: Room, call: Call, finished: Callable[[str], None]) -> None:
        super().__init__()
        self.call = call
        self._desk, self._room, self._finished = desk, room, finished
        self._told = self._action(tr("Told number and class"), "Ctrl+T", "told", self._tell)
        self.form = CallForm(self._told, {kind.id: kind.title for kind in desk.policy.kinds})
        self.form.setObjectName("call_form")
        self.form.help_with_fault(self._hints)
        self._page: PutThroughPage | None = None
        self._put = self._action(tr("Put through to a specialist"), "Ctrl+1", "put_through", self._put_through)
        self._back = self._action(tr("Call back"), "Ctrl+2", "call_back", self._call_back)
        self._save = self._action(tr("Save"), "Ctrl+S", "save", self._save_only)
        self._step = next((s for s in desk.policy.ladder if s.button and s.any_state and not s.reason), None)
        self._manager = (
            (self._action(self._step.button, LADDER_KEYS, "manager", self._want_manager),) if self._step else ()
        )
        self.picking = Picking(desk, self.form, call.office or desk.office, self._facts_came, self._filled)
        self.saving = Saving(desk, self.form, call.id, self._picked, self._ticket_changed)
        self.ending = Ending(desk, self)
        self._saved_at: float | None = None
        self._dirty = False
        self._way_open = True
        self._offered: tuple[Action | None, ...] = ()
        self._autosave = QTimer(self.form, singleShot=True, interval=AUTOSAVE_MS)
        self._autosave.timeout.connect(self.keep_draft)
        self._fill()
        self.form.kinds.chosen.connect(self._kind_chosen)
        self.form.edited.connect(self._edited)
        self.follow(call)

    def _action(self, words: str, keys: str, name: str, done: Callable[[], None]) -> Action:
        action = Action(words, keys, self)
        action.setObjectName(f"call_{name}")
        action.fired.connect(done)
        return action

    def _hints(self, text: str) -> list[str]:
        """What could be better about how something is written (A-29, K-08, V-31)."""
        codes = self._desk.replies.hints(text) if text else ()
        return [hint_words(self._desk.policy, code, text) for code in codes]

    # --- the form --------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Begin with the draft that was kept, or with what the ticket says, or with the caller's number."""
        form, call = self.form, self.call
        for action in (self._told, self._put, self._back, self._save, *self._manager):
            form.addAction(action)
        kept = self._desk.drafts.load(key_of(call.id))
        draft = (
            from_body(kept.body)
            if kept
            else CallDraft(phone=phone_display(call.number_e164 or caller_number(call.number)))
        )
        found = self._desk.tickets.get(call.ticket) if call.ticket else None
        if isinstance(found, TicketView):
            self.saving.follow(found.ticket)
            if kept is None:
                fault = found.ticket.fault
                draft = CallDraft(
                    kind=found.ticket.kind, customer=found.ticket.customer, contact=found.ticket.contact, caller=fault.caller,
                    company=fault.company, phone=fault.phone, product=fault.product, serial=fault.serial,
                    category=found.ticket.classification, fault=fault.description,
                )  # fmt: skip
        form.kinds.choose(draft.kind)
        form.set_values(draft.fields())
        if draft.serial_missing:
            form.serial_missing.set_text(draft.serial_missing)
            form.serial_missing.show()
        self.picking.customer, self.picking.contact = draft.customer, draft.contact
        if kept is not None:
            self._saved_at = self._room.monotonic()
        self._kind_chosen(draft.kind)

    def show(self) -> None:
        """Show the form, and the context that belongs to it."""
        self._room.work.show_page(self.form)
        self._room.aside.show(self.picking.facts, self.form.values().caller, way_open=self._way_open)
        self.picking.read()

    def take_focus(self) -> None:
        """The cursor goes to the first field that is empty, in the order in which people speak."""
        form = self.form
        for field in (form.caller, form.company, form.phone, form.product, form.serial, form.category, form.fault):
            if not field.text():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        form.fault.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, call: Call) -> None:
        """The call's record has changed."""
        self.call = call
        advice = tr("read it out with the class")
        self.form.reference.show_reference(call.reference, caption=self._caption(), advice=advice)
        if call.ticket and not self.saving.ticket:
            found = self._desk.tickets.get(call.ticket)
            if isinstance(found, TicketView):
                self.saving.follow(found.ticket)
        self._show_told()
        self._ticket_changed()

    def _caption(self) -> str:
        kind = self._desk.policy.kind(self.form.kinds.key)
        title = kind.title if kind else ""
        return tr("{kind}, saved", kind=title) if self.saving.ticket else tr("New: {kind}", kind=title)

    def _kind_chosen(self, kind: str) -> None:
        """Another kind, other mandatory fields (H-32)."""
        policy = self._desk.policy
        wanted = {*requirements(policy, "fault.saved", kind), *requirements(policy, "handover", kind)}
        self.form.set_needed({FIELD_OF[name] for name in wanted if name in FIELD_OF} | {"fault"})
        self.form.fault.set_label(tr("Fault") if "serial" in wanted else tr("What it is about"))
        self.form.reference.show_reference(
            self.call.reference, caption=self._caption(), advice=tr("read it out with the class")
        )
        self._ticket_changed()
        self._edited("kind", kind)

    def _edited(self, _name: str, _text: str) -> None:
        self._dirty = True
        self._show_told()
        if not self._autosave.isActive():
            self._autosave.start(AUTOSAVE_MS)

    def _filled(self) -> None:
        self._edited("", "")

    # --- the draft -------------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep what is typed; it is on the disk within a second (12)."""
        if not self._dirty:
            return
        self._dirty = False
        body = to_body(self._draft())
        self._desk.run(lambda: self._desk.drafts.save(key_of(self.call.id), body), self._kept, self._not_kept, self)

    @property
    def dirty(self) -> bool:
        """True while something typed is on no disk."""
        return self._dirty

    def _draft(self) -> CallDraft:
        v, form = self.form.values(), self.form
        return CallDraft(
            kind=form.kinds.key, customer=self.picking.customer, contact=self.picking.contact, caller=v.caller, company=v.company,
            phone=v.phone, product=v.product, serial=v.serial, category=v.category, fault=v.fault,
            serial_missing=form.serial_missing.text(),
        )  # fmt: skip

    def _kept(self, _nothing: None) -> None:
        self._saved_at = self._room.monotonic()
        self.tick()

    def _not_kept(self, error: BaseException) -> None:
        self._dirty = True
        self.form.show_saved(tr("Not on the disk yet: {reason}", reason=sentence(error)))
        self._autosave.start(_AGAIN_MS)

    def tick(self) -> None:
        """A second has passed: how old is what is on the disk?"""
        if self._saved_at is not None and not self._autosave.isActive():
            self.form.show_saved(saved_words(self._room.monotonic() - self._saved_at))

    # --- what is known ---------------------------------------------------------------------------------------------------

    def _picked(self) -> tuple[str, str]:
        facts = self.picking.facts
        known = facts.customer.customer if facts.sureness == "known" and facts.customer else None
        return self.picking.customer or (known.id if known else ""), self.picking.contact

    def _facts_came(self, facts: Facts) -> None:
        only = facts.callers[0] if len(facts.callers) == 1 else None
        values = self.form.values()
        if (
            only is not None
            and only.sure
            and self.call.number
            and not values.caller
            and not values.company
            and not self.saving.ticket
        ):
            # The screen pop of a known number (1): the fields were empty, so nothing is overwritten; the number is a hint (R53).
            self.picking.from_number = True
            self.picking.pick(only)
        hinted = self.picking.from_number and not self.saving.ticket
        self.form.show_entitlements(chips(facts, from_number=hinted))
        if self._room.work.page is self.form:
            self._room.aside.show(facts, values.caller, way_open=self._way_open)

    # --- the ways --------------------------------------------------------------------------------------------------------

    def _ticket_changed(self) -> None:
        """Which actions stand at the bottom: the expected one is filled."""
        if self.picking.ticket != self.saving.ticket:
            self.picking.ticket = self.saving.ticket
            self.picking.read()
        ticket = self._desk.tickets.get(self.saving.ticket) if self.saving.ticket else None
        self.form.kinds.setVisible(not self.saving.ticket)
        owed = "way_chosen" in requirements(self._desk.policy, "call.ended", self.form.kinds.key)
        self._way_open = owed and (ticket is None or (isinstance(ticket, TicketView) and ticket.ticket.undecided))
        form = self.form
        if self._way_open:
            form.expected, form.others, form.aside = self._put, (self._back,), (*self._manager, self._save)
        elif self.saving.ticket and not self.saving.unsaved:
            form.expected, form.others, form.aside = self._room.end_call, (), (*self._manager, self._save)
        else:
            form.expected, form.others, form.aside = self._save, (), self._manager
        offered = (form.expected, *form.others, *form.aside)
        if offered != self._offered and self._room.work.page is form:
            self._room.work.refresh_actions()
        self._offered = offered

    def _save_only(self) -> None:
        self.saving.save(lambda: self.saving.tell_done(tr("Saved. The number stays the same for ever.")))

    def _put_through(self) -> None:
        self.saving.save(self._choose_specialist)

    def _ready(self) -> bool:
        problem = self.saving.check_way()
        if problem is not None:
            self.saving.show_missing(problem)
        return problem is None

    def _choose_specialist(self) -> None:
        if not self._ready():
            return
        found = self._desk.tickets.get(self.saving.ticket)
        if not isinstance(found, TicketView):
            return
        ticket = found.ticket
        page = self._page = PutThroughPage()
        about, members = self._desk.lookup.specialists(ticket)
        page.show_members(ticket.reference, members, about, {o.id: o.title for o in self._desk.policy.offices})
        page.chosen.connect(self._put_through_to)
        page.left.connect(self._leave_page)
        self._room.work.show_page(page)
        page.take_focus()

    def _put_through_to(self, member: str) -> None:
        def done(_saved: Saved) -> None:
            self._leave_page()
            self._decided(tr("Put through to {name}.", name=self._desk.member_name(member)))

        def refused(error: BaseException) -> None:
            self._leave_page()
            self.saving.refuse(error)

        self._desk.run(lambda: self._desk.tickets.put_through(self.saving.ticket, member), done, refused, self)

    def _leave_page(self) -> None:
        page, self._page = self._page, None
        self.show()
        self.take_focus()
        if page is not None:
            self._room.work.close_page(page)

    def _call_back(self) -> None:
        def promise() -> None:
            if self._ready():
                self._desk.run(
                    lambda: self._desk.tickets.offer_call_back(self.saving.ticket),
                    self._promised,
                    self.saving.refuse,
                    self,
                )

        self.saving.save(promise)

    def _promised(self, _saved: Saved) -> None:
        found = self._desk.tickets.get(self.saving.ticket)
        clock = found.ticket.leading_clock if isinstance(found, TicketView) else None
        if clock is None or clock.deadline is None:
            self._decided(tr("A specialist calls back."))
            return
        office = self.call.office or self._desk.office
        due = due_text(self._desk.local(clock.deadline, office), self._desk.local(self._desk.now(), office))
        self._decided(tr("A specialist calls back: {due}. Tell the caller.", due=due))

    def _decided(self, words: str) -> None:
        self._ticket_changed()
        self._room.aside.show(self.picking.facts, self.form.values().caller, way_open=self._way_open)
        self.saving.tell_done(words)
        self.ending.go_on()

    def _want_manager(self) -> None:
        """The caller wants somebody of the ladder: at any time, whatever is filled in, and nothing is asked (H-28)."""
        step = self._step
        if step is None:
            return
        wish = Escalate(step=step.id, call=self.call.id, ticket=self.saving.ticket)
        told = tr("Noted: the {role} is told.", role=step.title)
        self._desk.run(
            lambda: self._desk.tickets.ask(wish), lambda _saved: self.saving.tell_done(told), self.saving.refuse, self
        )

    # --- told and ended --------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        self._desk.run(lambda: self._desk.calls.tell(self.call.id), None, self.saving.refuse, self)

    def _show_told(self) -> None:
        if self.call.told_at is not None:
            local = self._desk.local(self.call.told_at)
            self._told.setText(tr("Told at {time}", time=clock_time(local)))
            self._told.block(tr("The caller was told number and class at {time}.", time=clock_time(local)))
        elif self.saving.tells_class():
            self._told.allow()
        else:
            self._told.block(tr("Choose a class first: number and class are told together (H-10)."))

    def end(self) -> None:
        """The person wants to finish the call."""
        self.ending.begin()

    def stop(self) -> None:
        """Nothing is looked up or kept any more."""
        self._autosave.stop()
        self.picking.stop()
        self._dirty = False

    def was_ended(self) -> None:
        """The record is complete: nothing is left to keep."""
        self.stop()
        self._desk.run(lambda: self._desk.drafts.forget(key_of(self.call.id)))
        self._finished(self.call.id)

    def go_to_way(self) -> None:
        """The question how it goes on stands at the bottom; say so."""
        self._room.work.show_hint(
            tr("Choose how it goes on: put the caller through (Ctrl+1) or promise a call back (Ctrl+2) (H-13).")
        )


def saved_words(seconds: float) -> str:
    """How old the copy on the disk is."""
    if seconds < 60:
        return tr("Saved on this computer {seconds} s ago", seconds=max(1, int(seconds)))
    return tr("Saved on this computer {minutes} min ago", minutes=int(seconds // 60))
