"""Which tickets the sample desk has: 400 open ones in a believable mix and 3,000 that were finished in the last weeks."""

from __future__ import annotations

from random import Random

from desk_core import entitlement
from desk_core.calendars import Calendar
from desk_core.people import Asset
from desk_core.policy import Policy
from desk_server.demo.companies import Company
from desk_server.demo.hours import Hours
from desk_server.demo.paths import DAY, HOUR, MINUTE, Path, Staff
from desk_server.demo.plans import Plan, Tale, Teller
from desk_server.demo.sources import FirstCompany

# What is open, by what it waits for; with those of the first companies these are 400.
LATE, SOON, FINE = 3, 6, 18
NOT_ENTITLED, GIVEN_BACK = 20, 13
HELD, WAITING = 138, 91
REPAIRS, ENQUIRIES = 50, 55
# The workshop mends printers; scanners are exchanged.
_MENDED = "LabelJet"
_ENQUIRIES = (
    ("usage", "delivery", "complaint"),
    ("usage", "delivery", "complaint"),
    ("quotation", "contract"),
    ("invoice",),
)


class Planner:
    """Plans the tickets of one office. ``share`` of what the whole desk has falls to it."""

    def __init__(
        self,
        dice: Random,
        policy: Policy,
        office: str,
        calendar: Calendar,
        hours: Hours,
        teller: Teller,
        staff: Staff,
        companies: list[Company],
    ) -> None:
        self._dice = dice
        self._policy = policy
        self._office = office
        self._calendar = calendar
        self._hours = hours
        self._teller = teller
        self._staff = staff
        self._companies = companies
        self._takers = staff.takers

    def open_tickets(self, first: tuple[FirstCompany, ...], share: float) -> list[Plan]:
        """What is open now: calls back that are late, soon or fine, and all that is being worked on or waited for."""
        dice = self._dice
        plans = [self._first(company, wanted) for company, wanted in zip(self._companies, first, strict=False)]
        waits = [dice.uniform(124, 175) for _ in range(_part(LATE, share))]
        waits += [dice.uniform(66, 117) for _ in range(_part(SOON, share))]
        waits += [dice.uniform(1, 56) for _ in range(_part(FINE, share))]
        plans += [self._owed(wait * MINUTE) for wait in waits]
        plans += [self._not_entitled() for _ in range(_part(NOT_ENTITLED, share))]
        plans += [self._given_back() for _ in range(_part(GIVEN_BACK, share))]
        plans += [self._held() for _ in range(_part(HELD, share))]
        plans += [self._waiting() for _ in range(_part(WAITING, share))]
        plans += [self._repair(closed=False) for _ in range(_part(REPAIRS, share))]
        plans += [self._enquiry(closed=False) for _ in range(_part(ENQUIRIES, share))]
        return plans

    def closed_tickets(self, count: int) -> list[Plan]:
        """What was finished in the last weeks."""
        kinds = self._dice.choices(("fault", "repair", "enquiry"), (78, 9, 13), k=count)
        made = {"fault": self._closed_fault, "repair": self._closed_repair, "enquiry": self._closed_enquiry}
        return [made[kind]() for kind in kinds]

    # --- open ---

    def _first(self, company: Company, wanted: FirstCompany) -> Plan:
        tale = self._teller.this_fault(wanted.category, wanted.case)
        waited = wanted.waited * MINUTE
        path = self._call(company, company.assets[0], tale, self._hours.now - (waited or 1.6 * DAY) - 200)
        path.plan.contact = company.contacts[0]
        if waited:
            path.promise()
            # The promise began when the call ended, so the call lies a little before it.
            path.plan.start = self._hours.now - waited - path.plan.talk
        else:
            self._work_until_asked(path)
        return path.plan

    def _owed(self, waited: float) -> Plan:
        path = self._fault(self._hours.now - waited, entitled=True)
        path.plan.start -= path.plan.talk
        path.promise()
        return path.plan

    def _not_entitled(self) -> Plan:
        path = self._fault(self._recent(0.1 * HOUR, 1.5 * DAY), entitled=False)
        path.promise()
        return path.plan

    def _given_back(self) -> Plan:
        path = self._fault(self._recent(3 * HOUR, 2 * DAY), entitled=True)
        specialist = path.someone("technical_support")
        path.reach(specialist)
        path.examine(specialist)
        path.give_back(specialist)
        return self._fitted(path)

    def _held(self) -> Plan:
        path = self._fault(self._recent(0.4 * HOUR, 4 * DAY), entitled=True)
        specialist = path.someone("technical_support")
        path.reach(specialist)
        if self._dice.random() < 0.7:
            path.examine(specialist)
        if self._dice.random() < 0.15:
            specialist = path.hand_over(specialist)
        if self._dice.random() < 0.2:
            path.ask(specialist)
            path.answer(specialist)
        return self._fitted(path)

    def _waiting(self) -> Plan:
        path = self._fault(self._recent(3 * HOUR, 6 * DAY), entitled=True)
        return self._work_until_asked(path)

    def _work_until_asked(self, path: Path) -> Plan:
        specialist = path.someone("technical_support")
        path.reach(specialist)
        path.examine(specialist)
        path.ask(specialist)
        return self._fitted(path)

    def _repair(self, *, closed: bool) -> Plan:
        """Work for the workshop: by telephone, or passed on by technical support."""
        start = self._old() if closed else self._recent(HOUR, 6 * DAY)
        path = self._fault(start, entitled=True, tale=self._teller.repair())
        specialist = path.someone("technical_support")
        path.reach(specialist)
        path.transfer(specialist, "workshop", self._teller.book.office.repair_note)
        if closed or self._dice.random() < 0.6:
            mender = path.someone("workshop")
            path.take(mender)
            path.examine(mender)
            if closed:
                path.finish(mender)
        return self._fitted(path)

    def _enquiry(self, *, closed: bool) -> Plan:
        """An enquiry or complaint: by telephone with whoever serves it, or by mail and then from the queue."""
        dice = self._dice
        tale = self._teller.enquiry(dice.choice(_ENQUIRIES))
        company = dice.choice(self._companies)
        department = self._policy.department_for(tale.kind, tale.category)
        start = self._old() if closed else self._recent(0.5 * HOUR, 4 * DAY)
        path = self._call(company, None, tale, start, department=department)
        path.plan.by_phone = dice.random() < 0.5
        member = path.plan.taker
        taken = closed or path.plan.by_phone or dice.random() < 0.3
        if taken and not path.plan.by_phone:
            path.take(member)
        if closed:
            path.write(member, tale.reply)
            path.finish(member)
        return self._fitted(path)

    # --- finished ---

    def _closed_fault(self) -> Plan:
        entitled = self._dice.random() < 0.93
        path = self._fault(self._old(), entitled=entitled)
        if not entitled:
            return self._quoted(path)
        specialist = path.someone("technical_support")
        path.reach(specialist)
        path.examine(specialist)
        if self._dice.random() < 0.12:
            specialist = path.hand_over(specialist)
        if self._dice.random() < 0.4:
            path.ask(specialist)
            path.answer(specialist)
        path.finish(specialist)
        return self._fitted(path)

    def _quoted(self, path: Path) -> Plan:
        """Without contract and warranty: a specialist calls all the same, then sales makes an offer (H-05, H-29)."""
        specialist = path.someone("technical_support")
        path.promise()
        path.call_back(specialist, self._dice.uniform(20, 300) * MINUTE)
        path.transfer(specialist, "sales", self._teller.book.office.quote_note)
        seller = path.someone("sales")
        path.take(seller)
        path.finish(seller)
        return self._fitted(path)

    def _closed_repair(self) -> Plan:
        return self._repair(closed=True)

    def _closed_enquiry(self) -> Plan:
        return self._enquiry(closed=True)

    # --- parts ---

    def _recent(self, least: float, most: float) -> float:
        return self._hours.now - self._dice.uniform(least, most)

    def _old(self) -> float:
        return self._hours.now - self._dice.uniform(0.2 * DAY, 30 * DAY)

    def _fault(self, start: float, *, entitled: bool, tale: Tale | None = None) -> Path:
        """A call about a device of somebody who is entitled to help, or is not."""
        day = self._calendar.local_date(self._hours.at(start))
        while True:
            company = self._dice.choice(self._companies)
            asset = self._dice.choice(company.assets)
            if tale is not None and not asset.product.startswith(_MENDED):
                continue
            if entitlement.find(self._policy, company.contracts, asset, day).entitled is entitled:
                return self._call(company, asset, tale or self._teller.fault(asset.product), start)

    def _call(
        self, company: Company, asset: Asset | None, tale: Tale, start: float, department: str = "technical_support"
    ) -> Path:
        dice = self._dice
        plan = Plan(
            start=start,
            office=self._office,
            department=department,
            tale=tale,
            company=company,
            contact=dice.choice(company.contacts[:2]),
            asset=asset,
            entitlement=entitlement.find(
                self._policy, company.contracts, asset, self._calendar.local_date(self._hours.at(start))
            ),
            taker=dice.choice(self._takers),
            by_phone=True,
            talk=float(dice.randint(75, 290)),
            steps=[],
        )
        path = Path(dice, self._policy, self._teller, self._staff, plan)
        if department != "technical_support":
            plan.taker = path.someone(department)
        return path

    def _fitted(self, path: Path) -> Plan:
        """The plan of a path, begun earlier when its last step would lie in the future."""
        plan = path.plan
        latest = self._hours.now - self._dice.uniform(0, 2 * HOUR)
        plan.start = max(0.0, min(plan.start, latest - path.clock))
        return plan


def _part(whole: int, share: float) -> int:
    return round(whole * share)
