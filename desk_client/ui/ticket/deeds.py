"""What can be done with a ticket: words, key, when it is offered, which panel it opens, and the command that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk_client.services.errors import Missing
from desk_client.services.records import TicketView
from desk_client.services.words import phone_words
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel
from desk_client.ui.reply import ReplyPanel, TicketHelp, assisted
from desk_client.ui.ticket.forms import ChoicePanel, call_back_panel, text_panel, time_panel
from desk_client.ui.widgets.choices import Item
from desk_client.ui.words import call_back_warning
from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.commands import Ask
from desk_core.events import ReplySent
from desk_core.scope import covers
from desk_core.tickets import Ticket
from desk_core.writing import questions_in

_ANY = "-"
LADDER_KEYS = "Ctrl+Shift+M"
"""The key of what the ladder has a button for, on the page of a ticket and in the form of a call."""
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done.

    ``offered`` says when it makes sense at all; ``probe`` is the command that is checked beforehand, so that the button can say why it
    can't be done now; ``panel`` asks for what is needed; ``ask`` makes the command of it and of the way chosen.
    """

    name: str
    words: str
    keys: str
    offered: Callable[[Ticket], bool]
    probe: Callable[[Ticket], Ask]
    panel: Callable[[TicketView], Panel]
    ask: Callable[[str, Values, str], Ask]


class Deeds:
    """All of them, in the order in which they stand at the bottom of the work area."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.all = (
            self._call_back(),
            self._reply(),
            self._note(),
            self._wait(),
            self._answered(),
            self._resolve(),
            self._reopen(),
            self._close(),
            self._time(),
            self._request(),
            self._hand_over(),
            self._transfer(),
            self._give_back(),
            *self._ladder(),
        )

    def _to_customer(self, panel: Callable[[], Panel]) -> Callable[[TicketView], Panel]:
        """A panel for a text that the customer reads, with the help that a reply has."""
        return lambda view: assisted(panel(), TicketHelp(self._desk, view))

    def _filled(self, text: str) -> str:
        """The text, once nothing in it is left to fill in (15)."""
        self._desk.replies.check(text)
        return text

    # --- with the customer -----------------------------------------------------------------------------------------------

    def _call_back(self) -> Deed:
        def panel(view: TicketView) -> Panel:
            fault = view.ticket.fault
            return call_back_panel(phone_words(fault), fault.caller, call_back_warning(self._desk))

        return Deed(
            "call_back",
            tr("Call back"),
            "Ctrl+B",
            lambda ticket: ticket.active and ticket.call_back,
            lambda ticket: c.AttemptCallBack(ticket=ticket.id, reached=True),
            panel,
            lambda ticket, _values, way: c.AttemptCallBack(ticket=ticket, reached=way == "reached"),
        )

    def _reply(self) -> Deed:
        def whole(ticket: str, body: str) -> str:
            found = self._desk.tickets.get(ticket)
            return self._desk.tickets.whole_reply(body, found.ticket if isinstance(found, TicketView) else None)

        def panel(view: TicketView) -> Panel:
            reader = view.contact.name if view.contact else view.ticket.fault.caller
            panel = ReplyPanel(TicketHelp(self._desk, view), reader)
            panel.text.set_text(self._desk.tickets.draft_left(view))
            return panel

        def ask(ticket: str, values: Values, _way: str) -> Ask:
            mark = values.get("mark", "")
            return c.Reply(ticket=ticket, text=whole(ticket, self._filled(values["text"])), mark=mark)  # type: ignore[arg-type]  # one of marks()

        return Deed(
            "reply",
            tr("Reply"),
            "Ctrl+1",
            _active,
            lambda ticket: c.Reply(ticket=ticket.id, text=self._desk.tickets.whole_reply(_ANY, ticket)),
            panel,
            ask,
        )

    def _request(self) -> Deed:
        return Deed(
            "request",
            tr("Ask for details"),
            "Ctrl+8",
            _active,
            lambda ticket: c.RequestInformation(ticket=ticket.id, question=_ANY),
            self._to_customer(
                lambda: text_panel(
                    "request",
                    "question",
                    tr("Ask the customer for more"),
                    tr("What is missing, and why"),
                    tr("Ask"),
                    hint=tr("The question is noted; no promise is put off by it."),
                )
            ),
            lambda ticket, values, _way: c.RequestInformation(ticket=ticket, question=self._filled(values["question"])),
        )

    def _wait(self) -> Deed:
        def panel(view: TicketView) -> Panel:
            """What the last answer asked is what is awaited (A-35)."""
            answers = [event.what.text for event in view.history if isinstance(event.what, ReplySent)]
            asked = questions_in(answers[-1]) if answers else ()
            panel = text_panel(
                "wait", "reason", tr("Wait for the customer"), tr("What is awaited"), tr("Wait"), lines=3
            )
            panel.set_values({"reason": " ".join(asked)})
            return panel

        return Deed(
            "wait",
            tr("Wait"),
            "Ctrl+3",
            lambda ticket: ticket.status == "open",
            lambda ticket: c.WaitForCustomer(ticket=ticket.id),
            panel,
            lambda ticket, values, _way: c.WaitForCustomer(ticket=ticket, reason=values["reason"]),
        )

    def _answered(self) -> Deed:
        return Deed(
            "answered",
            tr("Answered"),
            "Ctrl+4",
            lambda ticket: ticket.status == "waiting_customer" or bool(ticket.questions),
            lambda ticket: c.CustomerAnswers(ticket=ticket.id),
            lambda _view: text_panel(
                "answered", "text", tr("The customer answered"), tr("What they said"), tr("Go on with it")
            ),
            lambda ticket, values, _way: c.CustomerAnswers(ticket=ticket, text=values["text"]),
        )

    # --- with the work ---------------------------------------------------------------------------------------------------

    def _note(self) -> Deed:
        return Deed(
            "note",
            tr("Note"),
            "Ctrl+2",
            lambda _ticket: True,
            lambda ticket: c.AddNote(ticket=ticket.id, text=_ANY),
            lambda _view: text_panel("note", "text", tr("Note for colleagues"), tr("Note"), tr("Save the note")),
            lambda ticket, values, _way: c.AddNote(ticket=ticket, text=values["text"]),
        )

    def _time(self) -> Deed:
        return Deed(
            "time",
            tr("Time"),
            "Ctrl+7",
            lambda _ticket: True,
            lambda ticket: c.LogTime(ticket=ticket.id, minutes=1),
            lambda _view: time_panel(),
            lambda ticket, values, _way: c.LogTime(
                ticket=ticket, minutes=_minutes(values["minutes"]), remark=values["remark"]
            ),
        )

    def _resolve(self) -> Deed:
        return Deed(
            "resolve",
            tr("Solve"),
            "Ctrl+5",
            _active,
            lambda ticket: c.Resolve(ticket=ticket.id, solution=_ANY),
            self._to_customer(
                lambda: text_panel("resolve", "solution", tr("Solved"), tr("What solved it"), tr("Mark as solved"))
            ),
            lambda ticket, values, _way: c.Resolve(ticket=ticket, solution=self._filled(values["solution"])),
        )

    def _close(self) -> Deed:
        return Deed(
            "close",
            tr("Close"),
            "Ctrl+6",
            lambda ticket: ticket.status != "closed",
            lambda ticket: c.Close(ticket=ticket.id, summary=_ANY),
            self._to_customer(
                lambda: text_panel("close", "summary", tr("Close the ticket"), tr("Summary"), tr("Close the ticket"))
            ),
            lambda ticket, values, _way: c.Close(ticket=ticket, summary=self._filled(values["summary"])),
        )

    def _reopen(self) -> Deed:
        return Deed(
            "reopen",
            tr("Reopen"),
            "Ctrl+5",
            lambda ticket: not ticket.active,
            lambda ticket: c.Reopen(ticket=ticket.id, reason=_ANY),
            lambda _view: text_panel("reopen", "reason", tr("Reopen the ticket"), tr("Why"), tr("Reopen"), lines=3),
            lambda ticket, values, _way: c.Reopen(ticket=ticket, reason=values["reason"]),
        )

    # --- to others -------------------------------------------------------------------------------------------------------

    def _hand_over(self) -> Deed:
        def panel(view: TicketView) -> Panel:
            colleagues = [m for m in self._desk.lookup.members() if covers(m, view.ticket.department)]
            others = [
                Item(m.id, m.name, self._desk.office_title(m.office) if m.office else "")
                for m in colleagues
                if m.id != self._desk.member.id
            ]
            return ChoicePanel(
                "hand_over",
                "member",
                tr("Hand over to a colleague"),
                tr("Colleague"),
                tr("Hand over"),
                others,
                tr("What they should know"),
            )

        def ask(ticket: str, values: Values, _way: str) -> Ask:
            if not values["member"]:
                raise Missing(tr("Type the name of a colleague."), code="missing_colleague", fields=("member",))
            try:
                member = self._desk.lookup.member_named(values["member"])
            except Missing as error:
                raise Missing(error.text, error.code, ("member",), error.params) from error
            return c.HandOver(ticket=ticket, member=member.id, note=values["note"])

        me = self._desk.member.id
        return Deed(
            "hand_over",
            tr("Hand over"),
            "Ctrl+9",
            _active,
            lambda ticket: c.HandOver(ticket=ticket.id, member=me, note=_ANY),
            panel,
            ask,
        )

    def _transfer(self) -> Deed:
        def others(department: str) -> list[Item]:
            return [Item(d.id, d.title) for d in self._desk.policy.departments if d.id != department]

        def ask(ticket: str, values: Values, _way: str) -> Ask:
            if not values["department"]:
                raise Missing(tr("Type the name of a department."), code="missing_department", fields=("department",))
            try:
                department = self._desk.lookup.department_named(values["department"])
            except Missing as error:
                raise Missing(error.text, error.code, ("department",), error.params) from error
            return c.Transfer(ticket=ticket, department=department, note=values["note"])

        def elsewhere(ticket: Ticket) -> Ask:
            ids = (d.id for d in self._desk.policy.departments if d.id != ticket.department)
            return c.Transfer(ticket=ticket.id, department=next(ids, ticket.department), note=_ANY)

        return Deed(
            "transfer",
            tr("Transfer"),
            "Ctrl+0",
            _active,
            elsewhere,
            lambda view: ChoicePanel(
                "transfer",
                "department",
                tr("Transfer to another department"),
                tr("Department"),
                tr("Transfer"),
                others(view.ticket.department),
                tr("What it is about"),
            ),
            ask,
        )

    def _give_back(self) -> Deed:
        return Deed(
            "give_back",
            tr("Give back"),
            "Ctrl+G",
            lambda ticket: ticket.active and bool(ticket.holder),
            lambda ticket: c.GiveBack(ticket=ticket.id, reason=_ANY),
            lambda _view: text_panel(
                "give_back", "reason", tr("Give back to the queue"), tr("Why"), tr("Give back"), lines=3
            ),
            lambda ticket, values, _way: c.GiveBack(ticket=ticket, reason=values["reason"]),
        )

    def _ladder(self) -> tuple[Deed, ...]:
        """What the policy's ladder has a button for: the customer wants somebody, in any state and without a reason where it says so
        (H-28)."""
        step = next((each for each in self._desk.policy.ladder if each.button), None)
        if step is None:
            return ()
        why = tr("Why") if step.reason else tr("What it is about (need not be said)")
        deed = Deed(
            "escalate",
            step.button,
            LADDER_KEYS,
            lambda ticket: step.any_state or ticket.active,
            lambda ticket: s.Escalate(ticket=ticket.id, step=step.id, reason=_ANY),
            lambda _view: text_panel(
                "escalate", "reason", step.button, why, tr("Tell the {role}", role=step.title), lines=3
            ),
            lambda ticket, values, _way: s.Escalate(ticket=ticket, step=step.id, reason=values["reason"]),
        )
        return (deed,)


def _active(ticket: Ticket) -> bool:
    return ticket.active


def _minutes(typed: str) -> int:
    """A whole number as typed; anything else becomes one that the rule refuses with its own sentence."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
