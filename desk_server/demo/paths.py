"""The ways that tickets of the sample desk go: put through or called back, worked on, waited for, passed on, finished."""

from __future__ import annotations

from random import Random

from desk_core import events as e
from desk_core import scope, wording
from desk_core.people import Member
from desk_core.policy import Policy
from desk_server.demo.plans import Plan, Step, Teller

MINUTE = 60.0
HOUR = 3600.0
DAY = 8.5 * HOUR


class Staff:
    """The members of one office and who of them serves what."""

    def __init__(self, dice: Random, members: list[Member], loads: dict[str, float]) -> None:
        self._dice = dice
        self._members = members
        self._loads = loads

    @property
    def takers(self) -> list[Member]:
        """Those who take calls about faults."""
        return [m for m in self._members if "call_taker" in m.functions and "technical_support" in m.departments]

    def someone(self, department: str, but: Member | None = None) -> Member:
        """Anyone who serves a department, if possible not ``but``; only specialists do in technical support."""
        able = [m for m in self._members if m.role == "agent" and scope.covers(m, department)]
        if department == "technical_support":
            able = [m for m in able if "specialist" in m.functions]
        rest = [m for m in able if m is not but] or able
        return self._dice.choices(rest, [self._loads[m.id] for m in rest])[0]


class Path:
    """Writes the steps of one plan, one after the other; ``clock`` is the open second that was reached,
    counted from the first ring, and ``department`` the one that has the ticket by then."""

    def __init__(self, dice: Random, policy: Policy, teller: Teller, staff: Staff, plan: Plan) -> None:
        self._dice = dice
        self._policy = policy
        self._teller = teller
        self._phrases = teller.book.office
        self._staff = staff
        self.plan = plan
        self.department = plan.department
        self.clock = plan.talk

    def _do(self, actor: Member, *whats: e.Happening) -> None:
        for what in whats:
            self.plan.steps.append(Step(self.clock, actor, what))

    def _pass(self, least: float, most: float) -> None:
        self.clock += self._dice.uniform(least, most)

    def someone(self, department: str, but: Member | None = None) -> Member:
        """Anyone who serves a department, if possible not ``but``."""
        return self._staff.someone(department, but)

    # --- on its way to a specialist ---

    def put_through(self, specialist: Member) -> None:
        """The caller talks to a specialist at once (H-13)."""
        self._do(self.plan.taker, e.PutThrough(member=specialist.id, department=self.department))
        self._pass(4 * MINUTE, 14 * MINUTE)

    def promise(self) -> None:
        """A call back is promised (H-14)."""
        self._do(self.plan.taker, e.PutThroughNotPossible())

    def call_back(self, specialist: Member, waited: float) -> None:
        """The specialist takes the ticket and calls back after ``waited`` open seconds (H-15)."""
        self.clock += max(waited - 2 * MINUTE, MINUTE)
        self._do(specialist, e.TicketTaken(member=specialist.id, department=self.department))
        self.clock += 2 * MINUTE
        reached = self._dice.random() < 0.86
        self._do(specialist, e.CallBackAttempted(reached=reached, by_specialist=True))
        if not reached:
            self._do(specialist, e.NoteAdded(text=self._teller.pick(self._phrases.not_reached)))
            self._pass(18 * MINUTE, 30 * MINUTE)
        else:
            self._pass(3 * MINUTE, 12 * MINUTE)
        self._do(specialist, e.NoteAdded(text=self._teller.pick(self._phrases.call_back)))

    def reach(self, specialist: Member) -> None:
        """Put through, or called back: mostly in time, now and then late."""
        if self._dice.random() < 0.45:
            self.put_through(specialist)
            return
        self.promise()
        late = self._dice.random() < 0.04
        self.call_back(
            specialist, self._dice.uniform(124, 190) * MINUTE if late else self._dice.uniform(6, 108) * MINUTE
        )

    # --- work ---

    def examine(self, member: Member) -> None:
        """The member finds out what it is, and logs the time."""
        self._pass(3 * MINUTE, 40 * MINUTE)
        self._do(member, e.NoteAdded(text=self.plan.tale.check), e.WorkLogged(minutes=self._dice.randint(5, 35)))

    def hand_over(self, member: Member) -> Member:
        """A colleague goes on; the holder after it."""
        colleague = self.someone(self.department, but=member)
        self._pass(10 * MINUTE, 2 * HOUR)
        note = self._teller.pick(self._phrases.hand_over)
        self._do(member, e.TicketHandedOver(member=colleague.id, department=self.department, note=note))
        return colleague

    def ask(self, member: Member) -> None:
        """The customer is asked, and everything waits for the answer (H-22)."""
        self._pass(2 * MINUTE, 30 * MINUTE)
        question = self.plan.tale.question.question
        if question:
            text = self._letter(member, self._phrases.asks.format(question=question))
            self._do(member, e.InformationRequested(question=question), e.ReplySent(text=text))
        self._do(member, e.WaitingForCustomer(reason=self._teller.pick(self._phrases.waits)))

    def answer(self, member: Member) -> None:
        """The customer answers."""
        self._pass(0.4 * HOUR, 1.2 * DAY)
        self._do(member, e.CustomerAnswered(text=self.plan.tale.question.answer))

    def give_back(self, member: Member) -> None:
        """Back to its place in the queue."""
        self._pass(5 * MINUTE, HOUR)
        self._do(member, e.TicketGivenBack(reason=self._teller.pick(self._phrases.given_back)))

    def take(self, member: Member) -> None:
        """Somebody of the department takes it from the queue."""
        self._pass(10 * MINUTE, 0.6 * DAY)
        self._do(member, e.TicketTaken(member=member.id, department=self.department))

    def transfer(self, member: Member, department: str, note: str) -> None:
        """Another department goes on with it (H-29)."""
        self._pass(5 * MINUTE, 40 * MINUTE)
        self._do(member, e.TicketTransferred(department=department, note=note))
        self.department = department

    def write(self, member: Member, text: str) -> None:
        """A written answer to the customer."""
        self._pass(3 * MINUTE, HOUR)
        self._do(member, e.ReplySent(text=self._letter(member, text)))

    def finish(self, member: Member) -> None:
        """Resolved, now and then reopened, closed at last."""
        tale = self.plan.tale
        self._pass(10 * MINUTE, 0.5 * DAY)
        if tale.kind == "fault" and self._dice.random() < 0.5:
            asset = self.plan.asset
            product = asset.product if asset else ""
            self.write(member, self._phrases.solved.format(product=product, solution=tale.solution))
        self._do(member, e.WorkLogged(minutes=self._dice.randint(5, 40)), e.TicketResolved(solution=tale.solution))
        if self._dice.random() < 0.03:
            self._pass(0.5 * DAY, 1.5 * DAY)
            self._do(member, e.TicketReopened(reason=self._teller.pick(self._phrases.reopened)))
            self._pass(20 * MINUTE, 0.5 * DAY)
            self._do(member, e.TicketResolved(solution=tale.solution))
        self._pass(HOUR, 2 * DAY)
        self._do(member, e.TicketClosed(summary=tale.solution))

    def _letter(self, member: Member, text: str) -> str:
        greeting = self._phrases.greeting.format(caller=self.plan.contact.name)
        return wording.reply_text(self._policy, member, f"{greeting}\n\n{text}\n\n{self._phrases.closing}")
