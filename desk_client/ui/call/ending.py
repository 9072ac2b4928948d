"""Ending a call: what is still missing is asked inside the page, one thing after the other (H-08, H-10, H-11, H-13)."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from desk_client.ui.call.form import CallForm
from desk_client.ui.call.question import Answer
from desk_client.ui.call.saving import Saving
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_core import commands as c
from desk_core.calls import Call, Outcome


class Ended(Protocol):
    """The call that is to be ended."""

    @property
    def call(self) -> Call: ...
    @property
    def form(self) -> CallForm: ...
    @property
    def saving(self) -> Saving: ...
    def was_ended(self) -> None: ...
    def go_to_way(self) -> None: ...


class Ending:
    """First the line is free and wrap-up begins; then class, way and told are asked for if they are missing; then the record ends."""

    def __init__(self, desk: Desk, work: Ended) -> None:
        self._desk, self._work = desk, work
        self._wanted = False

    def begin(self) -> None:
        """F4: hang up, and finish as soon as nothing is missing."""
        self._wanted = True
        if self._work.call.ended_at is None:
            call = self._work.call.id
            self._desk.run(
                lambda: self._desk.calls.hang_up(call),
                lambda _saved: self._check(),
                self._work.saving.refuse,
                self._work.form,
            )
        else:
            self._check()

    def go_on(self) -> None:
        """Something that was missing is there now."""
        if self._wanted:
            self._check()

    def _check(self) -> None:
        work = self._work
        if not work.saving.ticket:
            self._ask_reason()
        elif work.saving.unsaved:
            work.saving.save(self._check_gates)
        else:
            self._check_gates()

    def _check_gates(self) -> None:
        work = self._work
        problem = self._desk.tickets.check(c.EndCall(call=work.call.id))
        if problem is None:
            self._ask_told()
            return
        work.saving.show_missing(problem)
        if "way_chosen" in problem.fields:
            work.go_to_way()

    def _ask_reason(self) -> None:
        """A call that was begun is never discarded: without a ticket there is a reason (H-08)."""
        work = self._work
        reasons: tuple[tuple[Outcome, str], ...] = (
            ("no_ticket_needed", tr("No ticket needed")),
            ("wrong_number", tr("Wrong number")),
            ("not_entitled", tr("Not entitled")),
            ("abandoned", tr("Abandoned")),
        )
        save = Answer(tr("Save it as a ticket"), partial(work.saving.save, self._check), "save")
        answers = [Answer(words, partial(self._end, outcome), outcome) for outcome, words in reasons]
        typed = not work.form.is_empty()
        words = tr("This call has no ticket yet. Why is none needed?")
        detail = tr("A call that was begun stays recorded with its number, whatever the answer (H-08).")
        work.form.question.ask(words, detail, [save, *answers] if typed else [*answers, save])

    def _ask_told(self) -> None:
        # Read from the disk: told a moment ago, it may not have reached the form yet.
        call = self._desk.calls.get(self._work.call.id)
        if call is not None and call.told_at is not None:
            self._end("")
            return
        words = tr("Did you tell the caller the number and the class?")
        detail = tr("Both belong into the call itself (H-11).")
        yes = Answer(tr("Yes, told"), self._tell_and_end, "told")
        no = Answer(tr("No, not told"), partial(self._end, "", not_told=True), "not_told")
        self._work.form.question.ask(words, detail, [yes, no])

    def _tell_and_end(self) -> None:
        call = self._work.call.id
        self._desk.run(
            lambda: self._desk.calls.tell(call), lambda _saved: self._end(""), self._work.saving.refuse, self._work.form
        )

    def _end(self, outcome: Outcome, *, not_told: bool = False) -> None:
        work, calls = self._work, self._desk.calls
        remark = "" if not outcome else work.form.values().fault
        call = work.call.id
        self._desk.run(
            lambda: calls.end(call, outcome, remark=remark, not_told=not_told),
            lambda _saved: work.was_ended(),
            work.saving.refuse,
            work.form,
        )
